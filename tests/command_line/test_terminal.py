"""What people see on a terminal, and that nobody else sees it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from pathlib import Path

import pytest
from rabatt import demo

from tests.command_line.program import COMMAND, environment, run
from tests.command_line.shop import BAD_ROW, ROWS, write_book, write_csv, write_jsonl, write_parquet

COLOUR = r"\x1b\[[0-9;]*[349][0-7][;m]"
SHOP = (demo.book_path(), demo.orders_path())


def on_terminal(*arguments: str | Path, width: int = 100, messages: bool = False, **changes: str) -> str:
    """What a terminal of so many columns gets on standard output, or of messages."""
    try:
        master, slave = pty.openpty()
    except OSError as reason:
        pytest.skip(f"no terminal can be opened here: {reason}")
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    out, error = (subprocess.DEVNULL, slave) if messages else (slave, subprocess.DEVNULL)
    program = subprocess.Popen(
        [*COMMAND, *map(str, arguments)], stdout=out, stderr=error, env=environment(**changes)
    )
    os.close(slave)
    content = b""
    while block := _read(master):
        content += block
    os.close(master)
    program.wait()
    return content.decode().replace("\r\n", "\n")


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:  # the other end is closed
        return b""


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_tables_fit(width: int) -> None:
    lines = plain(on_terminal("price", *SHOP, width=width)).splitlines()
    assert max(map(len, lines)) <= width
    assert not any("…" in line for line in lines)
    assert lines[0].split()[:2] == ["order", "item"] if width < 140 else ["order", "date"]
    assert any("416 lines left out here" in line for line in lines)


def test_a_wide_terminal_shows_more() -> None:
    narrow, wide = (plain(on_terminal("price", *SHOP, width=width)).splitlines()[0] for width in (60, 160))
    assert "customer" in wide
    assert "customer" not in narrow
    assert "net" in narrow


@pytest.mark.parametrize("width", [40, 50])
def test_amounts_are_whole_on_the_narrowest_terminals(width: int, tmp_path: Path) -> None:
    for form in (["price", *SHOP], ["demo", "--store", f"sqlite:{tmp_path}/x.db"]):
        lines = plain(on_terminal(*form, width=width)).split("To look around")[0].splitlines()
        assert not any(re.search(r"\.\d*…", line) for line in lines)
        assert any(line.startswith("EUR ") and "47344.21" in line for line in lines)
        assert max(map(len, lines)) <= width


@pytest.mark.parametrize("width", [40, 60, 80])
def test_why_a_line_has_no_price_is_told_on_every_terminal(tmp_path: Path, width: int) -> None:
    bad = ["D", "2026-03-10", "EUR", "C5", "TEA", "2,5", "x" * 50]
    orders = write_csv(tmp_path, [*ROWS, BAD_ROW, bad])
    text = plain(on_terminal("price", write_book(tmp_path), orders, width=width))
    assert "unknown_item" in text
    assert "invalid_decimal" in text
    assert max(map(len, text.splitlines())) <= width


def test_lines_end_where_their_text_ends(tmp_path: Path) -> None:
    text = run("price", write_book(tmp_path), write_csv(tmp_path), "--format", "table").text
    assert text == "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def test_colours_on_a_terminal_only(tmp_path: Path) -> None:
    book, orders = write_book(tmp_path), write_csv(tmp_path, [*ROWS, BAD_ROW])
    assert re.search(COLOUR, on_terminal("price", book, orders))
    assert not re.search(COLOUR, on_terminal("price", book, orders, NO_COLOR="1"))
    assert "\x1b" not in on_terminal("price", book, orders, TERM="dumb")
    assert "\x1b" not in run("price", book, orders, "--format", "table", FORCE_COLOR="1").text


def test_other_formats_on_a_terminal_are_the_same(tmp_path: Path) -> None:
    book, orders = write_book(tmp_path), write_jsonl(tmp_path)
    for form in ("csv", "json", "jsonl"):
        assert (
            on_terminal("price", book, orders, "--format", form)
            == run("price", book, orders, "--format", form).text
        )


def test_parquet_is_not_for_a_terminal(tmp_path: Path) -> None:
    book, orders = write_book(tmp_path), write_parquet(tmp_path)
    assert on_terminal("price", book, orders, "--format", "parquet") == ""
    assert "TEA" in on_terminal("price", book, orders)


def test_progress_goes_to_messages_and_vanishes(tmp_path: Path) -> None:
    book, orders = write_book(tmp_path), write_jsonl(tmp_path)
    said = on_terminal("price", book, orders, messages=True)
    assert "pricing" in said
    assert said.rstrip("\n").endswith(("\x1b[2K", "\x1b[?25h"))
    assert "pricing" in on_terminal("price", book, write_csv(tmp_path), messages=True)
    assert run("price", book, orders).messages == ""


def test_no_progress_among_the_results(tmp_path: Path) -> None:
    assert "pricing" not in on_terminal(
        "price", write_book(tmp_path), write_jsonl(tmp_path), "--format", "jsonl"
    )
