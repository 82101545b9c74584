"""Writing: the rows that were found as CSV, XLSX and PDF (XS-53)."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rabatt
from rabatt import Error
from rabatt.store.files import pdf_export

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
pytest.importorskip("typst")

HOSTILE = ["=1+1", "+47 22", "-5", "-5+A1", "@SUM(A1)", "'=1", "'", '#eval("x")', 'a;b,c"d']


@pytest.fixture
def store() -> Iterator[rabatt.Store]:
    with rabatt.open("sqlite::memory:", by="ANN", zone="UTC") as store:
        with store.transaction():
            for number, name in enumerate(HOSTILE):
                store.items.add(number=f"I{number:02}", name=name, prices={"EUR": f"{number}.50"})
            store.items.save(
                store.items.get("I00"),
                prices={"EUR": "0.50", "NOK": "123456789012345678.25"},
                tags=["a", "b"],
                units={"BOX": 12},
            )
            store.price_books.add(number="B", name="Book", currency="EUR", valid_from="2026-03-01")
        yield store


def csv_rows(path: Path, separator: str = ",") -> list[list[str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_csv(store: rabatt.Store, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    rows = store.items.find(sort=["number"])
    assert rows.write(path, ["number", "name", "prices", "tags", "discountable"]) == len(HOSTILE)
    written = csv_rows(path)
    assert written[0] == ["number", "name", "prices.EUR", "prices.NOK", "tags", "discountable"]
    assert written[1] == ["I00", "'=1+1", "0.5", "123456789012345678.25", "a;b", "true"]
    assert [row[1] for row in written[1:]] == [
        "'=1+1",
        "'+47 22",
        "-5",
        "'-5+A1",
        "'@SUM(A1)",
        "''=1",
        "'",
        '#eval("x")',
        'a;b,c"d',
    ]
    rows.write(path, ["prices.EUR", "name"], separator=";", decimal_mark=",")
    assert csv_rows(path, ";")[2] == ["1,5", "'+47 22"]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["items.csv", "items.xlsx"])
def test_what_was_written_can_be_loaded(store: rabatt.Store, tmp_path: Path, name: str) -> None:
    store.items.find().write(tmp_path / name)
    with rabatt.open("sqlite::memory:", by="ANN", zone="UTC") as other:
        loaded = other.items.load(tmp_path / name, apply=True)
        assert loaded.problems == ()
        for ours in store.items.find():
            theirs = other.items.get(ours.number or "")
            assert (theirs.name, theirs.prices, theirs.units, theirs.tags) == (
                ours.name,
                ours.prices,
                ours.units,
                ours.tags,
            )
    assert store.items.load(tmp_path / name, match="number").updated == len(HOSTILE)


def test_xlsx(store: rabatt.Store, tmp_path: Path) -> None:
    path = tmp_path / "books.xlsx"
    store.price_books.find().write(path, ["number", "valid_from", "active", "discount", "created_at"])
    sheet: Any = openpyxl.load_workbook(path).active
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:E2"
    found = [cell.value for cell in sheet[2]]
    assert found[:4] == ["B", datetime(2026, 3, 1), True, 0] and isinstance(found[4], datetime)
    store.items.find(sort=["number"]).write(path, ["number", "name", "prices.NOK", "prices.EUR"])
    sheet = openpyxl.load_workbook(path).active
    assert [cell.value for cell in sheet[2]] == ["I00", "=1+1", "123456789012345678.25", 0.5]
    assert sheet["B2"].data_type == "s"


def test_pdf(store: rabatt.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "items.pdf"
    store.items.find().write(path, title='#panic("x") *Items*')
    content = path.read_bytes()
    assert content.startswith(b"%PDF") and b"/Count 1/" in content
    with pytest.raises(Error) as caught:
        store.campaigns.find().write(path, [f"custom.{'x' * 15}_{n}" for n in range(40)])
    assert caught.value.code == "limit_exceeded"
    monkeypatch.setattr(pdf_export, "MOST_ROWS", 3)
    with pytest.raises(Error) as caught:
        store.items.find().write(path)
    assert (caught.value.code, path.read_bytes()) == ("limit_exceeded", content)


def test_the_list_as_it_was_filtered_and_sorted(store: rabatt.Store, tmp_path: Path) -> None:
    for number in range(3):
        name, budget = f"As {number}", f"{number}000.50"
        store.campaigns.add(name=name, sort_index=-number, active=number != 1, plan={"budget": budget})
    store.campaigns.add(name="Oak")
    columns = ["flag", "symbol", "sort_index", "name", "budget"]
    found = store.campaigns.find(view="active", name="as%", sort=["sort_index"])
    assert found.write(tmp_path / "x.csv", columns) == 2
    assert csv_rows(tmp_path / "x.csv") == [
        columns,
        ["blue", "envelope", "-2", "As 2", "2000.5"],
        ["blue", "envelope", "0", "As 0", "0.5"],
    ]
    assert found.write(tmp_path / "x.xlsx", columns) == found.write(tmp_path / "x.pdf", columns) == 2


def test_what_there_is_of_a_campaign(store: rabatt.Store, tmp_path: Path) -> None:
    """AF-11: a campaign, its actions and their contacts."""
    spring = store.campaigns.add(name="Spring", expected_revenue=7500)
    store.parties.add(number="C1", name="Kari")
    action = store.actions.add(campaign=spring, description="Ring", channel="telephone", cost_per_unit="1.85")
    store.action_contacts.add(action=action, party="C1")
    lists: list[tuple[Any, list[str], list[str]]] = [
        (store.campaigns.find(), ["number", "expected_revenue"], ["CMP-0001", "7500"]),
        (store.actions.find(campaign=spring), ["campaign", "cost_per_unit"], ["CMP-0001", "1.85"]),
        (store.action_contacts.find(action=action), ["action", "party", "linked"], ["1", "C1", "true"]),
    ]
    for rows, columns, content in lists:
        rows.write(tmp_path / "x.csv", columns)
        assert csv_rows(tmp_path / "x.csv") == [columns, content]


def test_nothing_found(store: rabatt.Store, tmp_path: Path) -> None:
    none = store.campaigns.find(name="none")
    for name in ("x.csv", "x.xlsx", "x.pdf"):
        assert none.write(tmp_path / name) == 0
    assert csv_rows(tmp_path / "x.csv")[0][:3] == ["number", "numerator", "name"]


def test_refusals(store: rabatt.Store, tmp_path: Path) -> None:
    rows = store.items.find()
    cases: list[tuple[str, dict[str, Any], str]] = [
        ("x.ods", {}, "unknown_format"),
        ("x.csv", {"columns": ["colour"]}, "unknown_column"),
        ("x.csv", {"columns": ["tags.x"]}, "unknown_column"),
        ("x.csv", {"separator": ";;"}, "invalid_value"),
        ("x.csv", {"decimal_mark": "x"}, "invalid_value"),
        ("none/x.csv", {}, "file_not_writable"),
    ]
    for name, options, code in cases:
        with pytest.raises(Error) as caught:
            rows.write(tmp_path / name, **options)
        assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_days_and_decimals_stay_what_they_are(store: rabatt.Store, tmp_path: Path) -> None:
    path = tmp_path / "books.xlsx"
    store.price_books.find().write(path)
    with rabatt.open("sqlite::memory:", by="ANN", zone="UTC") as other:
        assert other.price_books.load(path, apply=True).problems == ()
        book = other.price_books.get("B")
        assert (book.valid_from, book.discount, book.active) == (date(2026, 3, 1), Decimal(0), True)


@pytest.mark.parametrize(("module", "name"), [("xlsxwriter", "x.xlsx"), ("typst", "x.pdf")])
def test_without_the_extra(
    store: rabatt.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(Error, match=r"pip install 'rabatt\[files\]'"):
        store.items.find().write(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
