"""Loading: tables of any source become records, all or none, and what is wrong is told with its line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import rabatt
from rabatt import Error
from rabatt.store import Loaded
from rabatt.store.files import loading

openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture
def store() -> Iterator[rabatt.Store]:
    with rabatt.open("sqlite::memory:", by="ANN", zone="UTC") as store:
        yield store


def file_of(folder: Path, text: str | bytes, name: str = "items.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def said(loaded: Loaded) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.code) for problem in loaded.problems]


def test_a_dry_run_stores_nothing(store: rabatt.Store, tmp_path: Path) -> None:
    path = file_of(tmp_path, "number,name,prices.EUR\nTEA,Tea,1.50\nCAKE,Cake,2\n")
    dry = store.items.load(path)
    assert (dry.added, dry.updated, dry.problems, dry.applied) == (2, 0, (), False)
    assert len(store.items.find()) == 0
    done = store.items.load(path, apply=True)
    assert (done.added, done.applied, store.items.get("TEA").prices) == (2, True, {"EUR": Decimal("1.50")})


def test_match_changes_what_is_there(store: rabatt.Store, tmp_path: Path) -> None:
    store.items.add(
        number="TEA", name="Tea", unit="bag", prices={"EUR": 1, "NOK": 10}, tags=["hot"], custom={"a": "b"}
    )
    path = file_of(
        tmp_path, "number,prices.EUR,units.BOX,custom.season,kind\ntea,2,12,spring,\nNEW,3,,,service\n"
    )
    loaded = store.items.load(path, match="number", apply=True)
    assert (loaded.added, loaded.updated, loaded.problems) == (1, 1, ())
    tea = store.items.get("TEA")
    assert (tea.prices, tea.units) == ({"EUR": Decimal(2), "NOK": Decimal(10)}, {"BOX": Decimal(12)})
    assert (tea.custom, tea.tags, tea.unit, tea.kind) == (
        {"a": "b", "season": "spring"},
        ("hot",),
        "bag",
        "inventory",
    )
    assert (store.items.get("NEW").kind, store.items.get("NEW").units) == ("service", {})


def test_every_bad_row_with_its_line(store: rabatt.Store, tmp_path: Path) -> None:
    text = 'number,name,prices.EUR\nTEA,Tea,1\n"BAD\nX",x,1\nX,x,"1,5"\n\nSHORT,x\nCAKE,Cake,2\nTEA,again,1\n'
    path = file_of(tmp_path, text)
    loaded = store.items.load(path, apply=True)
    assert [line for line, _, _ in said(loaded)] == [3, 5, 7, 9]
    assert [code for _, _, code in said(loaded)] == [
        "invalid_text",
        "invalid_decimal",
        "bad_row",
        "number_taken",
    ]
    assert (loaded.added, loaded.applied, len(store.items.find())) == (0, False, 0)
    kept = store.items.load(path, apply=True, keep_good=True)
    assert (kept.added, kept.applied, said(kept)) == (2, True, said(loaded))
    assert sorted(str(item.number) for item in store.items.find()) == ["CAKE", "TEA"]


def test_more_than_one_matches(store: rabatt.Store) -> None:
    store.items.load([{"number": "A", "name": "Tea"}, {"number": "B", "name": "Tea"}], apply=True)
    loaded = store.items.load([{"name": "Tea", "unit": "bag"}], match="name")
    assert said(loaded) == [(1, "name Tea", "ambiguous_match")]


def test_many_keys_and_some_that_are_none(store: rabatt.Store) -> None:
    rows = [{"number": f"I{number}", "prices.EUR": number} for number in range(1500)]
    assert store.items.load(rows, apply=True).added == 1500
    changes = [{"number": row["number"], "prices.NOK": 1} for row in rows]
    assert store.items.load(changes, match="number", apply=True).updated == 1500
    assert store.items.get("I7").prices == {"EUR": Decimal(7), "NOK": Decimal(1)}
    wrong = [{"id": "x", "prices.EUR": 2}, {"id": store.items.get("I7").id, "prices.EUR": 2}]
    loaded = store.items.load(wrong, match="id", keep_good=True, apply=True)
    assert (said(loaded), loaded.updated) == ([(1, "id x", "invalid_value")], 1)
    assert store.items.get("I7").prices == {"EUR": Decimal(2), "NOK": Decimal(1)}


def test_chunks_are_one_transaction(
    store: rabatt.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "CHUNK", 3)
    rows = [f"I{number},{'x' if number == 8 else number}" for number in range(10)]
    path = file_of(tmp_path, "\n".join(["number,prices.EUR", *rows, ""]))
    loaded = store.items.load(path, apply=True)
    assert (said(loaded), len(store.items.find())) == ([(10, "prices.EUR x", "invalid_decimal")], 0)
    assert store.items.load(path, apply=True, keep_good=True).added == len(store.items.find()) == 9


def test_columns_that_are_wrong(store: rabatt.Store, tmp_path: Path) -> None:
    path = file_of(tmp_path, "number,colour,number\nTEA,red,X\n")
    assert said(store.items.load(path)) == [(1, "number", "duplicate_field"), (1, "colour", "unknown_column")]
    path = file_of(tmp_path, "number,name\nB,Book\n")
    assert said(store.price_books.load(path)) == [(1, "currency", "missing_column")]
    path = file_of(tmp_path, "item,discount\nTEA,5\n")
    assert said(store.campaign_lines.load(path)) == [(1, "campaign", "missing_column")]
    assert said(store.items.load(file_of(tmp_path, "name\nTea\n"), match="number")) == [
        (1, "number", "missing_column")
    ]


def test_lines_are_records_of_their_own(store: rabatt.Store, tmp_path: Path) -> None:
    store.items.load([{"number": "TEA"}, {"number": "7"}], apply=True)
    campaign = store.campaigns.add(name="Spring", pricing_type="set_discount", date="2026-03-01")
    path = file_of(tmp_path, f"campaign,item,discount\n{campaign.number},TEA,5\n{campaign.number},7,7.5\n")
    assert store.campaign_lines.load(path, apply=True).added == 2
    lines = store.campaigns.get(campaign).lines or ()
    assert [(line.item, line.discount) for line in lines] == [("TEA", 5), ("7", Decimal("7.5"))]
    path = file_of(tmp_path, f"campaign,item,discount\n{campaign.number},NONE,5\nNONE,TEA,5\n")
    assert [line for line, _, _ in said(store.campaign_lines.load(path))] == [2, 3]


def test_separator_mark_and_encoding(store: rabatt.Store, tmp_path: Path) -> None:
    path = file_of(tmp_path, "number;name;prices.NOK\nTEA;Grønn te;12,50\nX;x;1.5\n".encode("cp1252"))
    loaded = store.items.load(path, decimal_mark=",", encoding="cp1252", apply=True, keep_good=True)
    assert said(loaded) == [(3, "prices.NOK", "invalid_decimal")]
    tea = store.items.get("TEA")
    assert (tea.name, tea.prices) == ("Grønn te", {"NOK": Decimal("12.50")})
    for options, code in (
        ({"encoding": "klingon"}, "invalid_value"),
        ({"separator": ";;"}, "invalid_value"),
        ({"decimal_mark": "'"}, "invalid_value"),
        ({}, "file_not_readable"),  # it is no UTF-8
    ):
        with pytest.raises(Error) as caught:
            store.items.load(path, **options)  # type: ignore[arg-type]
        assert caught.value.code == code


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_json_lines(store: rabatt.Store, tmp_path: Path, mark: str) -> None:
    rows: list[Any] = [
        {"number": "TEA", "prices": {"EUR": 1.1}, "tags": ["a", "b;c"], "discountable": False},
        {"number": 7, "units.BOX": 12, "created_by": "X"},
        {"number": "Y", "colour": "red"},
        [1],
    ]
    text = mark + "\n".join(map(json.dumps, rows)) + '\n\n{"number": NaN}\n{"number": 1, "number": 2}\n'
    loaded = store.items.load(file_of(tmp_path, text, "items.jsonl"), apply=True, keep_good=True)
    assert said(loaded) == [
        (3, "colour", "unknown_column"),
        (4, "", "bad_row"),
        (6, "", "bad_row"),
        (7, "", "bad_row"),
    ]
    tea = store.items.get("TEA")
    assert (tea.prices, tea.tags, tea.discountable) == ({"EUR": Decimal("1.1")}, ("a", "b;c"), False)
    assert store.items.get("7").units == {"BOX": 12}


def test_rows_of_a_program(store: rabatt.Store) -> None:
    rows = [{"number": "A", "prices.EUR": Decimal("1E+1")}, {"number": "B", "prices.EUR": 0.5}, 7]
    loaded = store.items.load(rows, keep_good=True, apply=True)
    assert said(loaded) == [(2, "prices.EUR", "float_column"), (3, "", "bad_row")]
    with rabatt.open("sqlite::memory:", by="ANN", zone="UTC") as other:
        assert other.items.load(store.items.find(), apply=True).added == 1
        assert other.items.get("A").prices == {"EUR": 10}
    with pytest.raises(TypeError):
        store.items.load(7)  # type: ignore[arg-type]


def test_frames_and_parquet(store: rabatt.Store, tmp_path: Path) -> None:
    table = pa.table(
        {
            "number": ["A", "B"],
            "prices.EUR": pa.array([Decimal("1.50"), None], pa.decimal128(38, 2)),
            "tags": pa.array([["x", "y"], None], pa.list_(pa.string())),
            "units": pa.array([[("BOX", Decimal(6))], []], pa.map_(pa.string(), pa.decimal128(9, 0))),
        }
    )
    pq.write_table(table, tmp_path / "items.parquet")
    sources: list[Any] = [tmp_path / "items.parquet", table, pl.from_arrow(table.drop(["units"]))]
    for source in sources:
        assert store.items.load(source, match="number", apply=True).problems == ()
    a = store.items.get("A")
    assert (a.prices, a.tags, a.units) == ({"EUR": Decimal("1.50")}, ("x", "y"), {"BOX": Decimal(6)})
    frame = pd.DataFrame({"number": ["C"], "prices.EUR": [0.1 + 0.2]})
    assert said(store.items.load(frame)) == [(1, "prices.EUR", "float_column")]
    for places in (2, {"prices.EUR": 2}):
        loaded = store.items.load(frame, places=places, match="number", apply=True)
        assert loaded.problems == ()
    assert store.items.get("C").prices == {"EUR": Decimal("0.30")}
    export = store.items.find().to_arrow()
    assert store.items.load(export, match="number", apply=True).updated == 3


def test_a_spreadsheet(store: rabatt.Store, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("number", "name", "currency", "discount", "valid_from", "active"),
        (1, "Spring", "NOK", 0.1 + 0.2, date(2026, 3, 1), True),
        (None, None, None, None, None, None),
        ("B2", "=1+1", "EUR", "12345678901234567.5", "2026-03-02", "false"),
        ("B3", "Bad", "EUR", 5, "yesterday", True),
    ):
        sheet.append(row)
    sheet["B4"].data_type = "s"
    book.save(tmp_path / "books.xlsx")
    loaded = store.price_books.load(tmp_path / "books.xlsx")
    assert [problem[0] for problem in said(loaded)] == [4, 5]
    loaded = store.price_books.load(tmp_path / "books.xlsx", keep_good=True, apply=True)
    first = store.price_books.get("1")
    assert (first.name, first.discount, first.valid_from, first.active) == (
        "Spring",
        Decimal("0.3"),
        date(2026, 3, 1),
        True,
    )
    with pytest.raises(Error) as caught:
        store.price_books.load(file_of(tmp_path, "no spreadsheet", "x.xlsx"))
    assert caught.value.code == "file_not_readable"


def test_what_cannot_be_read(store: rabatt.Store, tmp_path: Path) -> None:
    for path, code in (
        (tmp_path / "none.csv", "file_not_readable"),
        (file_of(tmp_path, "x", "x.ods"), "unknown_format"),
        (file_of(tmp_path, 'number\n"open\n'), "file_not_readable"),
        (file_of(tmp_path, "x", "x.parquet"), "file_not_readable"),
    ):
        with pytest.raises(Error) as caught:
            store.items.load(path)
        assert (caught.value.code, str(path) in caught.value.subject) == (code, True)


def test_inside_a_transaction(store: rabatt.Store) -> None:
    rows = [{"number": "A"}, {"number": "B", "kind": "wrong"}]
    with store.transaction():
        with pytest.raises(RuntimeError, match="dry run"):
            store.items.load(rows)
        assert store.items.load(rows, apply=True).added == 0
        assert store.items.load(rows[:1], apply=True).added == 1
    assert [item.number for item in store.items.find()] == ["A"]


def test_a_mapping(store: rabatt.Store, tmp_path: Path) -> None:
    mapping = file_of(
        tmp_path,
        """
record: items
separator: "|"
header: [ProductID, Title, ListPrice, Type, Junk]
columns: {number: ProductID, name: Title, prices.EUR: ListPrice, kind: Type, custom.margin: Title}
constants: {unit: piece}
values: {kind: {S: service, "": inventory}, custom.margin: {Tea: "1"}}
shift: {prices.EUR: -2}
skip: {Title: ["", test]}
""",
        "map.yaml",
    )
    path = file_of(tmp_path, "1|Tea|150|S|x\n2||3||\n3|test|3||\n4|Cake|5||\n")
    assert store.items.load(path, mapping=mapping, apply=True).added == 2
    tea, cake = store.items.get("1"), store.items.get("4")
    assert (tea.name, tea.prices, tea.kind, tea.unit) == ("Tea", {"EUR": Decimal("1.50")}, "service", "piece")
    assert (cake.prices, cake.kind, cake.custom) == (
        {"EUR": Decimal("0.05")},
        "inventory",
        {"margin": "Cake"},
    )
    wrong = {"columns": {"number": "No", "colour": "Title"}}
    assert said(store.items.load(file_of(tmp_path, "Id,Title\n1,Tea\n"), mapping=wrong)) == [
        (0, "colour", "unknown_column"),
        (1, "No", "missing_column"),
    ]
    for content, code in (
        ({"colums": {}}, "unknown_field"),
        ({"columns": []}, "invalid_value"),
        ({"shift": {"discount": "x"}}, "invalid_value"),
        ({"record": "campaigns"}, "invalid_value"),
    ):
        with pytest.raises(Error) as caught:
            store.items.load([], mapping=content)
        assert caught.value.code == code


def test_a_spreadsheet_that_unpacks_to_too_much(
    store: rabatt.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openpyxl.Workbook().save(tmp_path / "x.xlsx")
    monkeypatch.setattr("rabatt.store.files.xlsx_tables._MOST_BYTES", 1000)
    with pytest.raises(Error) as caught:
        store.items.load(tmp_path / "x.xlsx")
    assert caught.value.code == "limit_exceeded"
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(Error, match=r"pip install 'rabatt\[files\]'"):
        store.items.load(tmp_path / "x.xlsx")
