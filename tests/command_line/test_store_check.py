"""`rabatt db check`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rabatt

from tests.command_line.shop import read_csv
from tests.command_line.store_program import Shop, made
from tests.command_line.test_terminal import on_terminal, plain
from tests.python.test_store_check import damaged


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    url = f"sqlite:{tmp_path}/shop.db"
    rabatt.open(url, by="ANN").close()
    return made(Shop(url))


def file_of(shop: Shop) -> Path:
    return Path(shop.url.removeprefix("sqlite:"))


def test_a_store_is_clean(shop: Shop) -> None:
    told = shop.done("db", "check")
    assert re.fullmatch(rf"{shop.url}: clean, [0-9]+ records and [0-9]+ changes looked at\n", told)
    answer = shop.json("db", "check")
    assert answer["findings"] == []
    assert f"{answer['records']} records and {answer['changes']} changes" in told
    assert shop.done("db", "check", "--format", "csv") == "code,record,message\n"


def test_findings(shop: Shop) -> None:
    damaged(file_of(shop), "update campaign set name = 'Other'")
    told = shop.run("db", "check")
    assert (told.exit_code, told.stderr) == (1, "")
    head, _, first, *_, last = told.stdout.splitlines()
    assert head.split() == ["code", "record", "what", "is", "wrong"]
    assert first.split()[:3] == ["wrong_key", "campaign", "#1"]
    assert re.fullmatch("[0-9]+ records and [0-9]+ changes looked at", last)
    assert "Other" not in told.stdout
    as_csv = shop.run("db", "check", "--format", "csv")
    as_json = shop.run("db", "check", "--format", "json")
    assert (as_csv.exit_code, as_json.exit_code) == (1, 1)
    (row, *_) = read_csv(as_csv.stdout_bytes)
    assert row["code"] == "wrong_key"
    assert '"findings":[{"code":"wrong_key","record":"campaign #1","message":"' in as_json.stdout


def test_messages_are_whole_on_a_narrow_terminal(shop: Shop) -> None:
    damaged(file_of(shop), "alter table item drop column name_key")
    text = plain(on_terminal("db", "check", "--store", shop.url, width=50))
    assert max(map(len, text.splitlines())) <= 50
    assert "…" not in text
    assert text.endswith("no records looked at\n")


def test_what_is_no_store(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "no.db").write_bytes(b"SQLite format 3\0" + bytes(200))
    refused = Shop(f"sqlite:{tmp_path}/no.db").refused("db", "check")
    assert refused.startswith("rabatt: store_corrupt ")
    assert Shop(f"sqlite:{tmp_path}/none.db").refused("db", "check").startswith("rabatt: store_missing ")
