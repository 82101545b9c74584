"""Files that nobody meant to be orders: an error with its place, one line, no traceback."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import Result

from tests.command_line.program import run
from tests.command_line.shop import (
    BOOK,
    COLUMNS,
    NETS,
    REQUESTS,
    ROWS,
    invoke,
    price,
    read_csv,
    write_book,
    write_csv,
    write_jsonl,
    write_parquet,
)

ZERO_UUID = "00000000-0000-0000-0000-000000000000"
LONG = "x" * 10_000_000
HEADER = ",".join(COLUMNS)


def refused(done: Result, code: str) -> str:
    """Its one message."""
    assert (done.exit_code, done.stdout) == (1, ""), done.output
    assert done.stderr.startswith(f"rabatt: {code} ")
    assert len(done.stderr.splitlines()) == 1
    assert len(done.stderr) < 1000
    return done.stderr


def price_csv(folder: Path, content: bytes | str) -> Result:
    orders = folder / "orders.csv"
    orders.write_bytes(content.encode() if isinstance(content, str) else content)
    return price(folder, orders)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        pytest.param(b"\xff\xfe\x00\x01garbage", "line 1: this is not UTF-8", id="binary"),
        pytest.param(f"{HEADER}\nA,2026\n".encode("utf-16"), "line 1: this is not UTF-8", id="utf-16"),
        pytest.param(f"{HEADER}\n".encode() + b"A,\xe4", "line 2: this is not UTF-8", id="latin 1"),
        pytest.param(f"{HEADER}\nA,2026\n", "line 2: 2 cells, and the header has 7", id="short row"),
        pytest.param(
            f"{HEADER}\n\n1,2,3,4,5,6,7,8\n", "line 3: 8 cells, and the header has 7", id="long row"
        ),
        pytest.param(HEADER.replace(",", ";"), "line 1: cells must be separated by commas", id="semicolons"),
        pytest.param(HEADER.replace(",", "\t"), "line 1: cells must be separated by commas", id="tabs"),
        pytest.param(f'{HEADER}\n"A,2026\n', "line 2: unexpected end of data", id="open quote"),
        pytest.param(f'{HEADER}\n"A"B,2026\n', "line 2: ',' expected after '\"'", id="text after a quote"),
    ],
)
def test_no_csv(tmp_path: Path, content: bytes | str, where: str) -> None:
    assert refused(price_csv(tmp_path, content), "file_not_readable").endswith(f"orders.csv {where}\n")


@pytest.mark.parametrize(
    ("content", "code", "subject"),
    [
        ("", "missing_field", "{orders}: there are no columns order, date, currency, item, quantity\n"),
        ("\n\n", "missing_field", "{orders}: there are no columns order, date, currency, item, quantity\n"),
        ("order,date,currency,item\n", "missing_field", "{orders}: there is no column quantity\n"),
        ("Order,date,currency,item,quantity\n", "missing_field", "{orders}: there is no column order\n"),
        (f"{HEADER},item\n", "duplicate_field", "item"),
        (f"{HEADER},,\n", "duplicate_field", "columns 8 and 9 have no name\n"),
        (f",{HEADER},,\n", "duplicate_field", "columns 1, 9 and 10 have no name\n"),
    ],
)
def test_csv_without_its_columns(tmp_path: Path, content: str, code: str, subject: str) -> None:
    done = price_csv(tmp_path, content)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"rabatt: {code} {subject.format(orders=tmp_path / 'orders.csv')}".rstrip())


def test_a_column_without_a_name(tmp_path: Path) -> None:
    done = price_csv(tmp_path, f",{HEADER}\n7,{','.join(ROWS[0])}\n")
    assert (done.exit_code, done.stdout.splitlines()[1][:4]) == (0, "7,A,")


def test_a_table_without_rows(tmp_path: Path) -> None:
    done = price_csv(tmp_path, f"{HEADER}\n")
    assert (done.exit_code, done.stdout.startswith(HEADER)) == (0, True)


def test_cells_of_10_megabytes(tmp_path: Path) -> None:
    rows = [["C", *ROWS[1][1:4], LONG, "1", ""], ["E", *ROWS[1][1:6], LONG]]
    orders = write_csv(tmp_path, rows)
    done = run("price", write_book(tmp_path), orders)
    assert done.status == 2
    assert done.messages.startswith(f"rabatt: invalid_identifier {orders} line 2, order C, item xxx")
    assert len(done.messages) < 1000
    _, bad, good = done.text.splitlines()
    assert bad.endswith(f",{LONG},1,,invalid_identifier,,,,,,,,,,,,")
    assert good.endswith(f",{LONG},ok,8,8,0,8.00,0.00,8.00,8,8.00,0.00,list,,")


def test_text_that_would_command_a_terminal(tmp_path: Path) -> None:
    row = ["C", "2026-03-10", "EUR", "", "\x1b[2J\x1b]0;title\x07\nrabatt: all is well\u202e", "1", ""]
    book, orders = write_book(tmp_path), write_csv(tmp_path, [row])
    done = run("price", book, orders, "--format", "table")
    assert done.messages.count("\n") == 1
    assert r"item \x1b[2J\x1b]0;title\x07\nrabatt: all is well\u202e" in done.messages
    assert "\x1b" not in done.text
    assert "\u202e" not in done.text


def test_markup_is_text(tmp_path: Path) -> None:
    row = ["[red]C[/red]", "2026-03-10", "EUR", "", "CUP", "1", ""]
    done = price(tmp_path, write_csv(tmp_path, [row]), "--format", "table")
    assert "[red]C[/red]" in done.stdout


ARROW_COLUMNS = {name: [text] for name, text in zip(COLUMNS, ROWS[1], strict=True)}
REQUEST = json.dumps(REQUESTS[0])


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(REQUEST[:-1], id="cut off"),
        pytest.param(REQUEST[:50], id="cut off in a text"),
        pytest.param("[" * 1_000_000, id="deep arrays"),
        pytest.param('{"lines":' * 100_000, id="deep objects"),
        pytest.param('{"date": NaN}', id="nan"),
        pytest.param('{"date": Infinity}', id="infinity"),
        pytest.param(f'{{"date": "{LONG}"}}', id="long text"),
        pytest.param(f'{{"{LONG}": 1}}', id="long name"),
        pytest.param(f'{{"date": {"9" * 1_000_000}}}', id="long number"),
        pytest.param("\x00", id="nul"),
        pytest.param('"\ud800"', id="half a character"),
        pytest.param('{"date": "\\ud800"}', id="half a character, escaped"),
        pytest.param("null", id="null"),
        pytest.param("[]", id="array"),
        pytest.param('{"date": "2026-03-10", "currency": "' + "€" * 300 + '"}', id="long text of many bytes"),
    ],
)
def test_no_request(tmp_path: Path, line: str) -> None:
    """An error in its place, and the requests around it are priced."""
    requests = tmp_path / "requests.jsonl"
    requests.write_bytes(f"{REQUEST}\n{line}\n{REQUEST}\n".encode("utf-8", "surrogatepass"))
    done = run("price", write_book(tmp_path), requests, "--format", "jsonl")
    first, error, last = done.text.splitlines()
    assert (done.status, first) == (2, last)
    found = json.loads(error)
    assert list(found) == ["error"]
    assert list(found["error"]) == ["code", "subject"]
    assert len(done.messages.splitlines()) == 1
    assert done.messages.startswith(f"rabatt: {found['error']['code']} ")
    assert len(done.messages) < 1000
    single = tmp_path / "request.json"
    single.write_bytes(line.encode("utf-8", "surrogatepass"))
    alone = price(tmp_path, single, "--format", "json")
    assert (alone.exit_code, json.loads(alone.stdout)) == (2, found)


def test_seeded_garbage(tmp_path: Path) -> None:
    """Every file of orders with some bytes changed, cut out or put in: answers or errors, no traceback."""
    book, chance = write_book(tmp_path), random.Random(20260301)
    for path in (write_csv(tmp_path), write_parquet(tmp_path), write_jsonl(tmp_path)):
        content = path.read_bytes()
        for _ in range(40):
            changed = bytearray(content)
            for _ in range(chance.randint(1, 4)):
                at = chance.randrange(len(changed))
                changed[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
            path.write_bytes(changed)
            done = invoke("price", book, path)
            assert done.exit_code in (0, 1, 2), done.output
            assert "internal_error" not in done.stderr, bytes(changed)
            assert (done.exit_code == 0) == (not done.stderr)


@pytest.mark.parametrize("name", ["quantity", "list_price", "manual_discount", "tax_rate"])
def test_columns_of_floats(tmp_path: Path, name: str) -> None:
    table = pa.table({**ARROW_COLUMNS, name: pa.array([1.5])})
    pq.write_table(table, tmp_path / "orders.parquet")
    for form in ("csv", "parquet"):
        done = price(tmp_path, tmp_path / "orders.parquet", "--format", form)
        said = f"a column of floats; --float-places {name}=N reads it with N places"
        assert refused(done, "invalid_decimal") == f"rabatt: invalid_decimal {name}: {said}\n"


def test_columns_of_something_else(tmp_path: Path) -> None:
    strange = {
        "customer": (pa.array([["C5"]]), "invalid_value"),
        "item": (pa.array([b"\xff\x00"]), "invalid_value"),
        "date": (pa.array([0], pa.timestamp("us", "UTC")), "invalid_date"),
        "quantity": (pa.array([{"a": 1}]), "invalid_value"),
    }
    for name, (column, code) in strange.items():
        pq.write_table(pa.table({**ARROW_COLUMNS, name: column}), tmp_path / "orders.parquet")
        for form in ("csv", "parquet"):
            done = price(tmp_path, tmp_path / "orders.parquet", "--format", form)
            assert refused(done, code) == f"rabatt: {code} {name}\n"


NOT_TEXT = {
    "lists": pa.array([[1, 2]]),
    "structs": pa.array([{"a": 1}]),
    "maps": pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int64())),
    "binary": pa.array([b"\xff\x00"]),
    "binary of a size": pa.array([b"ab"], pa.binary(2)),
    "binary views": pa.array([b"ab"], pa.binary_view()),
    "binary dictionaries": pa.array([b"ab"]).dictionary_encode(),
    "tensors": pa.ExtensionArray.from_storage(
        pa.fixed_shape_tensor(pa.int64(), [2]), pa.array([[1, 2]], pa.list_(pa.int64(), 2))
    ),
}


@pytest.mark.parametrize("kind", NOT_TEXT)
def test_columns_that_are_carried_and_have_no_text(tmp_path: Path, kind: str) -> None:
    """Refused before anything is written, where they would become text; what is Parquet keeps them."""
    orders, rejects, totals = (tmp_path / name for name in ("orders.parquet", "rejects.csv", "totals.csv"))
    table = pa.table({**ARROW_COLUMNS, "note": NOT_TEXT[kind]})
    pq.write_table(table, orders)
    for options in (
        ["--format", "csv"],
        ["--format", "jsonl", "--out", f"{tmp_path}/parts/"],
        ["--out", tmp_path / "out.json", "--orders", tmp_path / "totals.parquet"],
        ["--out", tmp_path / "out.parquet", "--rejects", rejects],
        ["--format", "parquet", "--out", f"{tmp_path}/parts/", "--rejects", rejects],
    ):
        said = f"CSV, JSON and rejects have no text for {pq.read_schema(orders).field('note').type}"
        message = f"rabatt: invalid_value note: {said}; Parquet keeps it\n"
        assert refused(price(tmp_path, orders, *options), "invalid_value") == message
        assert sorted(path.name for path in tmp_path.iterdir()) == ["book.json", "orders.parquet"]
    done = price(tmp_path, orders, "--out", tmp_path / "out.parquet", "--orders", totals)
    assert (done.exit_code, done.stderr) == (0, "")
    assert pq.read_table(tmp_path / "out.parquet")["note"].equals(pq.read_table(orders)["note"])
    assert totals.read_text().startswith("order,status,")
    assert price(tmp_path, orders, "--format", "table").exit_code == 0


def test_columns_that_are_carried_as_text(tmp_path: Path) -> None:
    carried = {
        "float": (pa.array([0.1]), "0.1"),
        "moment": (pa.array([1], pa.timestamp("us", "UTC")), "1970-01-01 00:00:00.000001+00:00"),
        "time": (pa.array([61], pa.time32("s")), "00:01:01"),
        "uuid": (pa.ExtensionArray.from_storage(pa.uuid(), pa.array([b"\0" * 16], pa.binary(16))), ZERO_UUID),
    }
    table = pa.table({**ARROW_COLUMNS, **{name: column for name, (column, _) in carried.items()}})
    pq.write_table(table, tmp_path / "orders.parquet")
    (row,) = read_csv(price(tmp_path, tmp_path / "orders.parquet", "--format", "csv").stdout_bytes)
    assert {name: row[name] for name in carried} == {name: text for name, (_, text) in carried.items()}


@pytest.mark.parametrize("form", ["csv", "table"])
@pytest.mark.parametrize("name", ["order", "note"])
def test_text_of_parquet_that_is_not_utf8(tmp_path: Path, name: str, form: str) -> None:
    ends = pa.array([0, 1], pa.int32()).buffers()[1]
    column = pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(b"\xff")])
    pq.write_table(pa.table({**ARROW_COLUMNS, name: column}), tmp_path / "orders.parquet")
    done = price(tmp_path, tmp_path / "orders.parquet", "--format", form)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"rabatt: file_not_readable {tmp_path}/orders.parquet: ")
    assert "Invalid UTF8 sequence" in done.stderr


def test_parquet_with_a_column_twice(tmp_path: Path) -> None:
    pq.write_table(pa.table([pa.array(["A"])] * 2, names=["item", "item"]), tmp_path / "orders.parquet")
    done = price(tmp_path, tmp_path / "orders.parquet")
    assert refused(done, "duplicate_field") == "rabatt: duplicate_field item\n"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\x00" * 1000 + b"PAR1", b"order,date\n"])
def test_no_parquet(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "orders.parquet").write_bytes(content)
    refused(price(tmp_path, tmp_path / "orders.parquet"), "file_not_readable")


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(BOOK)[:-1],
        "[" * 100_000,
        '{"items": NaN}',
        "\x00\x01\x02",
        f'{{"items": [{{"item": "{LONG}"}}]}}',
        f'{{"{LONG}": 1}}',
    ],
    ids=["cut off", "deep", "nan", "binary", "long text", "long name"],
)
def test_no_book(tmp_path: Path, text: str) -> None:
    orders = write_csv(tmp_path)
    for name in ("book.json", "book.yaml"):
        (tmp_path / name).write_text(text)
        done = invoke("price", tmp_path / name, orders)
        assert (done.exit_code, done.stdout) == (1, "")
        assert all(line.startswith(f"{tmp_path / name}:") for line in done.stderr.splitlines()[:-1])
        assert "internal_error" not in done.stderr
        assert len(done.stderr) < 1000


def test_yaml_that_grows(tmp_path: Path) -> None:
    book = tmp_path / "book.yaml"
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    book.write_text("\n".join(["a0: &a0 [x]", *levels]))
    done = invoke("check", book)
    assert done.exit_code == 1
    assert "limit_exceeded" in done.stdout


def test_what_cannot_stand_in_parquet(tmp_path: Path) -> None:
    """A price of 38 digits beside one with places: the line is told, all others have their prices."""
    wide = {**BOOK, "items": [*BOOK["items"], {"item": "GOLD", "prices": {"EUR": "9" * 36}}]}
    gold = ["G", "2026-03-10", "EUR", "", "GOLD", "1", ""]
    done = invoke(
        "price",
        write_book(tmp_path, wide),
        write_csv(tmp_path, [*ROWS, gold]),
        "--out",
        tmp_path / "out.parquet",
    )
    assert (done.exit_code, done.stderr) == (
        2,
        f"rabatt: overflow {tmp_path}/orders.csv line 5, order G, item GOLD\n",
    )
    assert [str(net) for net in pq.read_table(tmp_path / "out.parquet").column("net").to_pylist()[:3]] == [
        f"{net}000" for net in NETS
    ]


def test_nul_in_a_cell(tmp_path: Path) -> None:
    done = price_csv(tmp_path, f"{HEADER}\nA,2026-03-10,EUR,,CU\x00P,1,\n")
    assert (done.exit_code, read_csv(done.stdout_bytes)[0]["status"]) == (2, "invalid_identifier")
