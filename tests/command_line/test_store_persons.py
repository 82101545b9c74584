"""What is held about people, and what was done with records, on the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import rabatt

from tests.command_line.store_program import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    url = f"sqlite:{tmp_path}/shop.db"
    rabatt.open(url, by="ANN").close()
    shop = Shop(url)
    shop.done("party", "add", "number=C1", "name=Kari", "email=kari@x.example", "is_customer=true")
    shop.done("campaign", "add", "name=Spring")
    shop.done("recipient", "add-from", "CMP-0001", "--party", "C1")
    return shop


def test_what_is_held(shop: Shop) -> None:
    told = "held: 1 party (id 1), 1 recipient (id 1); 2 changes in the log\n"
    assert shop.done("person", "find", "KARI@x.example") == told
    assert shop.done("person", "find", "--party", "C1") == told
    answer = {"records": {"party": [1], "recipient": [1]}, "changes": 2}
    assert json.loads(shop.done("person", "find", "kari@x.example", "--format", "json")) == answer
    assert shop.done("person", "find", "per@x.example") == "held: nothing\n"
    content = json.loads(shop.done("person", "export", "--party", "C1"))
    assert [party["name"] for party in content["records"]["party"]] == ["Kari"]
    assert [change["verb"] for change in content["changes"]] == ["add", "add"]
    assert shop.refused("person", "export", "per@x.example") == "rabatt: not_found person\n"
    assert shop.refused("person", "find") == "rabatt: field_required email\n"
    assert shop.refused("person", "find", "--party", "C2") == "rabatt: not_found party C2\n"


def test_erasing_asks_first(shop: Shop) -> None:
    question = "Erase what is personal in 1 party (id 1), 1 recipient (id 1); 2 changes in the log? [y/N] "
    done = shop.run("person", "erase", "kari@x.example", typed="n\n")
    assert (done.exit_code, done.stderr) == (1, f"{question}rabatt: nothing was erased\n")
    assert json.loads(shop.done("party", "show", "C1", "--format", "json"))["name"] == "Kari"
    told = shop.done("person", "erase", "kari@x.example", "--yes")
    assert told == "erased: 1 party, 1 recipient; 2 changes in the log\n"
    assert json.loads(shop.done("party", "show", "C1", "--format", "json"))["name"] == "(erased)"
    assert (
        shop.refused("email-permission", "request", "kari@x.example")
        == "rabatt: erased email_permission #1\n"
    )
    assert shop.done("db", "check").endswith(" changes looked at\n")


def test_an_address_that_several_have(shop: Shop) -> None:
    shop.done("party", "add", "number=C2", "name=Per", "email=kari@x.example")
    done = shop.run("person", "erase", "kari@x.example", typed="n\n")
    warning = "rabatt: warning: several have this address; --party and --lead are one of them\n"
    assert (done.exit_code, done.stderr.startswith(warning)) == (1, True)
    assert shop.done("person", "erase", "--party", "C2", "--yes").startswith("erased: 1 party;")
    assert shop.json("party", "show", "C1")["email"] == "kari@x.example"


def test_erasing_what_has_expired(shop: Shop) -> None:
    assert shop.done("person", "erase-expired") == "erased: nothing\n"
    shop.done("settings", "edit", "retention=12")
    assert shop.done("person", "erase-expired") == "erased: nothing\n"


def test_history(shop: Shop) -> None:
    shop.done("party", "edit", "C1", "name=Kari N", "tags=a,b")
    lines = shop.done("party", "history", "C1").splitlines()
    assert lines[0].split() == ["at", "by", "verb", "field", "was", "is"]
    assert [line.split()[2:] for line in lines if " save " in line] == [
        ["ANN", "save", "name", "Kari", "Kari", "N"]
    ]
    assert lines[-1].split() == ["tags", "a,", "b"]
    rows = list(csv.DictReader(shop.done("party", "history", "1", "--format", "csv").splitlines()))
    assert {row["verb"] for row in rows} == {"add", "save"}
    assert rows[-1] == rows[-1] | {"by": "ANN", "verb": "save", "field": "tags", "was": "", "is": "a, b"}
    changes = [
        json.loads(line) for line in shop.done("party", "history", "C1", "--format", "json").splitlines()
    ]
    assert changes[1]["changes"]["name"] == ["Kari", "Kari N"]
    assert shop.refused("party", "history", "C2") == "rabatt: not_found party C2\n"
    shop.done("party", "add", "number=C3", "name=Per")
    shop.done("party", "delete", "C3", "--yes")
    assert " remove " in shop.done("party", "history", "2")  # by its id, which is all that is left
    assert "fiscal_year_start" in shop.done("settings", "history")


def test_what_somebody_may(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RABATT_MAY", "sales, log.read")
    shop.done("party", "edit", "C1", "discount=5")
    shop.done("party", "history", "C1")
    assert (
        shop.refused("campaign", "edit", "CMP-0001", "name=A") == "rabatt: permission_denied campaign.write\n"
    )
    assert shop.refused("person", "find", "kari@x.example") == "rabatt: permission_denied person.export\n"
    monkeypatch.setenv("RABATT_MAY", "")
    assert shop.refused("party", "list") == "rabatt: permission_denied party.read\n"
