"""`rabatt explain`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rabatt
from rabatt import demo

from tests.command_line.program import run
from tests.command_line.shop import (
    BAD_REQUEST,
    BAD_ROW,
    BOOK,
    COLUMNS,
    REQUESTS,
    ROWS,
    invoke,
    write_book,
    write_csv,
    write_json,
    write_jsonl,
    write_parquet,
)


def test_a_line_of_a_table(tmp_path: Path) -> None:
    done = run("explain", write_book(tmp_path), write_csv(tmp_path), "--order", "A", "--line", "0")
    assert (done.status, done.messages) == (0, "")
    lines = [line.rstrip() for line in done.text.splitlines()]
    assert lines[0] == "Order A, line 0: 3 each TEA, net 25.47 EUR (2026-03-10, C5)"
    assert [line.split() for line in lines[4:8]] == [
        ["list", "price", "9.99"],
        ["quantity", "29.97", "×", "3"],
        ["campaign", "discount", "25.4745", "15", "%"],
        ["rounding", "25.47", "−0.0045"],
    ]
    assert "It saves 4.50 against the list price." in lines


def test_the_line_of_the_demonstration() -> None:
    """A price book with rounding, another unit, campaign and customer together, cash rounding."""
    done = invoke("explain", demo.book_path(), demo.orders_path(), "--order", "SO-26-0070", "--line", "0")
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert lines[0] == "Order SO-26-0070, line 0: 3 BOX CUP-ESPR, net 178.70 CHF (2026-04-13, K-3002)"
    assert [line.split()[-2:] for line in lines[4:10]] == [
        ["ALPEN-26,", "rounded"],
        ["per", "BOX"],
        ["×", "3"],
        ["201.25", "+0.01"],
        ["11.2", "%"],
        ["178.70", "−0.01"],
    ]
    assert "Not CMP-26-09: it had not begun." in lines


def test_the_same_line_for_programs(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    quote = json.loads(rabatt.price(rabatt.Book.from_dict(BOOK), REQUESTS[0]).to_json())
    for orders, order in ((write_csv, "A"), (write_parquet, "A"), (write_json, None), (write_jsonl, "1")):
        for line in (0, 1):
            named = [] if order is None else ["--order", order]
            done = invoke("explain", book, orders(tmp_path), *named, "--line", str(line), "--format", "json")
            assert (done.exit_code, json.loads(done.stdout)) == (0, quote["lines"][line])


def test_faults_of_other_lines_do_not_matter(tmp_path: Path) -> None:
    bad = ["A", *BAD_ROW[1:]]
    done = invoke(
        "explain", write_book(tmp_path), write_csv(tmp_path, [bad, *ROWS]), "--order", "A", "--line", "1"
    )
    assert (done.exit_code, "net 25.47 EUR" in done.stdout) == (0, True)


def test_document_fields_may_stand_on_one_row_only(tmp_path: Path) -> None:
    columns = [*COLUMNS, "prices_include_tax"]
    rows = [["A", "", "", "", "CUP", "1", "", ""], ["A", "2026-03-10", "EUR", "C5", "TEA", "3", "", "FALSE"]]
    done = invoke("explain", write_book(tmp_path), write_csv(tmp_path, rows, columns), "--order", "A")
    assert "1 each CUP, net 7.60 EUR (2026-03-10, C5)" in done.stdout


def test_a_campaign_that_was_asked_for_in_vain(tmp_path: Path) -> None:
    """It has nothing to do with the line's item, so that no reason is known for it."""
    rows = [[*ROWS[1][:4], "CUP", *ROWS[1][5:], "SPRING"]]
    orders = write_csv(tmp_path, rows, [*COLUMNS, "campaign"])
    done = invoke("explain", write_book(tmp_path), orders, "--order", rows[0][0])
    assert "Not SPRING: it was asked for, and this line did not take it." in done.stdout


def test_a_code_of_white_space_is_blank(tmp_path: Path) -> None:
    rows = [[*ROWS[0], " \u2003"], [*ROWS[2], "TEATIME"]]
    book = {**BOOK, "campaigns": [{**BOOK["campaigns"][0], "code": "TEATIME", "code_required": True}]}
    done = invoke(
        "explain", write_book(tmp_path, book), write_csv(tmp_path, rows, [*COLUMNS, "code"]), "--order", "A"
    )
    assert (done.exit_code, "Campaign SPRING gives 15 %" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "missing_field --order: which of those in {orders}"),
        (["--order", "Z"], "missing_field --order Z: there is no such order in {orders}"),
        (["--order", "A", "--line", "2"], "missing_field --line 2: the order has 2 lines, counted from 0"),
        (["--order", "C", "--line", "1"], "missing_field --line 1: the order has 1 line, counted from 0"),
        (["--order", "A", "--line", "-1"], "invalid_value --line -1"),
        (["--order", "A", "--line", "x"], "invalid_value --line x"),
        (["--order", "C"], "unknown_item lines[0].item COFFEE"),
        (["--order", "D"], "inconsistent_order order D, line 0, currency EUR, USD"),
        (["--order", "D", "--line", "2"], "invalid_decimal lines[2].quantity 1,5"),
        (["--order", "E", "--line", "1"], "unknown_item lines[1].item NOPE"),
        (["--order", "F", "--line", "1"], "unknown_customer customer lines[0]"),
    ],
)
def test_what_cannot_be_explained(tmp_path: Path, options: list[str], message: str) -> None:
    """The code is the one that the row has in the priced table."""
    more = [["D", "2026-03-10", currency, "", "CUP", "1", ""] for currency in ("EUR", "USD")]
    more += [["D", "2026-03-10", "EUR", "", "CUP", "1,5", ""]]
    more += [["E", "2026-03-10", "EUR", "", item, "1", ""] for item in ("CUP", "NOPE")]
    more += [["F", "2026-03-10", "EUR", "lines[0]", "CUP", "1", ""] for _ in range(2)]
    orders = write_csv(tmp_path, [*ROWS, BAD_ROW, *more])
    done = invoke("explain", write_book(tmp_path), orders, *options)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"rabatt: {message.format(orders=orders)}\n")


def test_a_table_without_its_columns(tmp_path: Path) -> None:
    orders = write_csv(tmp_path, [["A", "CUP"]], ["order", "item"])
    done = invoke("explain", write_book(tmp_path), orders, "--order", "A")
    said = "there are no columns date, currency, quantity"
    assert (done.exit_code, done.stderr) == (1, f"rabatt: missing_field {orders}: {said}\n")


def test_a_request_that_is_refused(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    for done in (
        invoke("explain", book, write_json(tmp_path, BAD_REQUEST)),
        invoke("explain", book, write_jsonl(tmp_path, [REQUESTS[0], BAD_REQUEST]), "--order", "2"),
    ):
        assert (done.exit_code, done.stderr) == (1, "rabatt: unknown_item lines[0].item COFFEE\n")
