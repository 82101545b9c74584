"""`rabatt price` with requests in JSON: what other programs rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rabatt

from tests.command_line.program import run
from tests.command_line.shop import (
    BAD_REQUEST,
    BOOK,
    NETS,
    REQUESTS,
    invoke,
    price,
    read_csv,
    write_book,
    write_json,
    write_jsonl,
)

QUOTES = [rabatt.price(rabatt.Book.from_dict(BOOK), request).to_json() for request in REQUESTS]
UNKNOWN_ITEM = '{"error":{"code":"unknown_item","subject":"lines[0].item COFFEE"}}'


def test_many_requests(tmp_path: Path) -> None:
    done = run("price", write_book(tmp_path), write_jsonl(tmp_path), "--format", "jsonl")
    assert (done.status, done.messages) == (0, "")
    assert done.text == "".join(f"{quote}\n" for quote in QUOTES)
    assert run("price", write_book(tmp_path), write_jsonl(tmp_path)).out == done.out


def test_errors_stand_in_the_order_of_the_requests(tmp_path: Path) -> None:
    requests = tmp_path / "requests.jsonl"
    first, bad, last = map(json.dumps, (REQUESTS[0], BAD_REQUEST, REQUESTS[1]))
    requests.write_text("\n".join(["\ufeff" + first, "", bad, " \t\r", "{", last]), encoding="utf-8")
    done = run("price", write_book(tmp_path), requests, "--format", "jsonl")
    empty, blanks, brace = (
        f'{{"error":{{"code":"invalid_value","subject":"no JSON: incomplete JSON at byte {byte}"}}}}'
        for byte in (0, 2, 1)
    )
    assert done.status == 2
    assert done.text.splitlines() == [QUOTES[0], empty, UNKNOWN_ITEM, blanks, brace, QUOTES[1]]
    assert done.messages.splitlines() == [
        "rabatt: invalid_value 3 requests, the first: line 2: no JSON: incomplete JSON at byte 0",
        "rabatt: unknown_item line 3: lines[0].item COFFEE",
    ]


def test_a_newline_at_the_end_begins_no_line(tmp_path: Path) -> None:
    requests = write_jsonl(tmp_path)
    for end, answers in ((b"", 2), (b"\n", 3), (b"\r\n\n", 4)):
        orders = tmp_path / "more.jsonl"
        orders.write_bytes(requests.read_bytes() + end)
        assert len(price(tmp_path, orders).stdout.splitlines()) == answers


def test_what_is_no_object(tmp_path: Path) -> None:
    """The subject is the empty path; people are told more."""
    book, many = write_book(tmp_path), write_jsonl(tmp_path, [REQUESTS[0], []])
    said = "the document must be an object"
    done = invoke("price", book, many)
    assert done.stdout.splitlines()[1] == '{"error":{"code":"invalid_value","subject":""}}'
    assert done.stderr == f"rabatt: invalid_value line 2: {said}\n"
    for arguments in (
        ("price", write_json(tmp_path, []), "--fail-fast"),
        ("explain", many, "--order", "2"),
    ):
        command, orders, *options = arguments
        assert invoke(command, book, orders, *options).stderr == f"rabatt: invalid_value {said}\n"


def test_one_request(tmp_path: Path) -> None:
    done = run("price", write_book(tmp_path), write_json(tmp_path), "--format", "json")
    assert (done.status, done.text, done.messages) == (0, f"{QUOTES[0]}\n", "")


def test_one_request_that_is_refused(tmp_path: Path) -> None:
    done = run("price", write_book(tmp_path), write_json(tmp_path, BAD_REQUEST), "--format", "json")
    assert (done.status, done.text) == (2, f"{UNKNOWN_ITEM}\n")
    assert done.messages == "rabatt: unknown_item lines[0].item COFFEE\n"


def test_one_request_over_many_lines(tmp_path: Path) -> None:
    request = tmp_path / "request.json"
    request.write_bytes(b"\xef\xbb\xbf" + json.dumps(REQUESTS[0], indent=2).encode())
    assert price(tmp_path, request).stdout == f"{QUOTES[0]}\n"


def test_many_requests_as_one_array(tmp_path: Path) -> None:
    done = price(tmp_path, write_jsonl(tmp_path), "--format", "json")
    assert json.loads(done.stdout) == [json.loads(quote) for quote in QUOTES]
    assert done.stdout.splitlines()[1:-1] == [f"{QUOTES[0]},", QUOTES[1]]


def test_no_requests(tmp_path: Path) -> None:
    book, requests = write_book(tmp_path), write_jsonl(tmp_path, [])
    assert invoke("price", book, requests, "--format", "json").stdout == "[]\n"
    assert invoke("price", book, requests, "--format", "jsonl").stdout == ""


def test_as_tables(tmp_path: Path) -> None:
    totals = tmp_path / "totals.csv"
    requests = write_jsonl(tmp_path, [*REQUESTS, BAD_REQUEST])
    done = price(tmp_path, requests, "--format", "csv", "--orders", totals)
    rows = read_csv(done.stdout_bytes)
    assert done.exit_code == 2
    assert [(row["order"], row["status"], row["net"]) for row in rows] == [
        ("1", "ok", NETS[0]),
        ("1", "ok", NETS[2]),
        ("2", "ok", NETS[1]),
        ("3", "unknown_item", ""),
    ]
    assert totals.read_text().splitlines()[1:] == [
        "1,ok,40.67,0.00,40.67,2026-03-18,0.81,39.86,0",
        "2,ok,8.00,0.00,8.00,,,,0",
        "3,unknown_item,,,,,,,",
    ]


def test_second_table_beside_quotes(tmp_path: Path) -> None:
    totals = tmp_path / "totals.csv"
    done = price(tmp_path, write_jsonl(tmp_path), "--orders", totals)
    assert done.stdout == "".join(f"{quote}\n" for quote in QUOTES)
    assert [row["total"] for row in read_csv(totals.read_bytes())] == ["40.67", "8.00"]


@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "table"])
def test_fail_fast(tmp_path: Path, form: str) -> None:
    requests = write_jsonl(tmp_path, [REQUESTS[0], BAD_REQUEST, "no request"])
    done = price(tmp_path, requests, "--fail-fast", "--format", form)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "rabatt: unknown_item line 2: lines[0].item COFFEE\n"


def test_fail_fast_with_one_request(tmp_path: Path) -> None:
    done = price(tmp_path, write_json(tmp_path, BAD_REQUEST), "--fail-fast")
    assert (done.exit_code, done.stdout) == (1, "")


def test_errors_that_alike_are_told_once(tmp_path: Path) -> None:
    done = price(tmp_path, write_jsonl(tmp_path, [BAD_REQUEST] * 3))
    assert done.stderr == "rabatt: unknown_item 3 requests, the first: line 1: lines[0].item COFFEE\n"


def test_text_stays_text(tmp_path: Path) -> None:
    """Not escaped where the engine does not: its text goes out byte for byte."""
    book = {"items": [{"item": "Müsli ☕", "prices": {"EUR": "1"}}]}
    request = {"date": "2026-03-10", "currency": "EUR", "lines": [{"item": "Müsli ☕", "quantity": "1"}]}
    done = run("price", write_book(tmp_path, book), write_jsonl(tmp_path, [request]))
    assert "Müsli ☕" in done.text
    assert done.text == rabatt.price(rabatt.Book.from_dict(book), request).to_json() + "\n"
