"""`rabatt import` and `rabatt export`."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import rabatt
from rabatt.command_line import export_run

from tests.command_line.program import Ended, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with rabatt.open(f"sqlite:{tmp_path / 'shop.db'}", by="ANN", zone="UTC"):
        pass
    (tmp_path / "items.csv").write_text("number;name;prices.NOK\nTEA;Te;12,50\nCAKE;Kake;30\n", "utf-8")
    (tmp_path / "bad.csv").write_text("number,prices.NOK\nPOT,1\nCUP,x\n", "utf-8")
    return tmp_path


def store_run(folder: Path, *arguments: str | Path) -> Ended:
    return run(*arguments, "--as", "ANN", cwd=folder, RABATT_STORE="sqlite:shop.db")


def numbers(folder: Path) -> list[str | None]:
    with rabatt.open(f"sqlite:{folder / 'shop.db'}", by="ANN", zone="UTC") as store:
        return [item.number for item in store.items.find(sort=["number"])]


def test_import(folder: Path) -> None:
    given = ("import", "items.csv", "--into", "items", "--decimal-mark", ",")
    dry = store_run(folder, *given)
    assert (dry.status, dry.text, dry.messages) == (
        0,
        "2 would be added, 0 changed; --apply stores them\n",
        "",
    )
    assert numbers(folder) == []
    done = store_run(folder, *given, "--match", "number", "--apply")
    assert (done.status, done.text, numbers(folder)) == (0, "2 added, 0 changed\n", ["CAKE", "TEA"])
    again = store_run(folder, *given, "--match", "number", "--apply")
    assert again.text == "0 added, 2 changed\n"


def test_bad_rows(folder: Path) -> None:
    given = ("import", "bad.csv", "--into", "items", "--apply")
    refused = store_run(folder, *given)
    assert (refused.status, refused.text) == (1, "nothing was stored: 1 bad row\n")
    assert refused.messages.startswith("rabatt: invalid_decimal line 3: prices.NOK x")
    assert numbers(folder) == []
    kept = store_run(folder, *given, "--keep-good")
    assert (kept.status, kept.text, numbers(folder)) == (2, "1 added, 0 changed, 1 bad row\n", ["POT"])


def test_a_mapping(folder: Path) -> None:
    (folder / "map.yaml").write_text(
        "record: items\ncolumns: {number: Id, prices.EUR: Price}\nconstants: {unit: bag}\n", "utf-8"
    )
    (folder / "theirs.csv").write_text("Id\tPrice\tJunk\nA\t1.5\tx\n", "utf-8")
    done = store_run(folder, "import", "theirs.csv", "--map", "map.yaml", "--apply", "--separator", "tab")
    assert (done.text, done.messages) == ("1 added, 0 changed\n", "")
    with rabatt.open(f"sqlite:{folder / 'shop.db'}", by="ANN", zone="UTC") as store:
        assert store.items.get("A").prices == {"EUR": Decimal("1.5")}


def test_export(folder: Path) -> None:
    store_run(folder, "import", "items.csv", "--into", "items", "--decimal-mark", ",", "--apply")
    for name in ("out.csv", "out.xlsx", "out.pdf"):
        done = store_run(folder, "export", "items", "--out", name, "--columns", "number,name,prices")
        assert (done.status, done.out, done.messages) == (0, b"", f"rabatt: 2 rows in {name}\n")
    out = (folder / "out.csv").read_bytes().decode("utf-8-sig")
    assert out == "number,name,prices.NOK\r\nCAKE,Kake,30\r\nTEA,Te,12.5\r\n"
    given = ("--separator", ";", "--decimal-mark", ",", "--sort", "-number", "--columns", "prices.NOK")
    store_run(folder, "export", "item", "--out", "out.csv", *given)
    assert (folder / "out.csv").read_bytes().decode("utf-8-sig") == "prices.NOK\r\n12,5\r\n30\r\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("import", "items.csv"), "missing_field --into RECORDS: which records are these?"),
        (("import", "items.csv", "--into", "things"), "unknown_record things"),
        (("import", "none.csv", "--into", "items"), "file_not_readable none.csv: No such file or directory"),
        (
            ("import", "items.csv", "--into", "items", "--places", "x"),
            "invalid_value --places x: 0 to 38, or NAME=N",
        ),
        (("import", "items.csv", "--into", "items", "--store", "sqlite:no.db"), "store_missing"),
        (("import", "items.csv", "--into", "items", "--match", "colour"), "missing_column line 1: colour"),
        (("export", "items", "--out", "x.ods"), "unknown_format x.ods: one of .csv, .xlsx, .pdf"),
        (
            ("export", "items", "--out", "x.csv", "--columns", "colour"),
            "unknown_column colour: there is no such field in items",
        ),
    ],
)
def test_refusals(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    done = store_run(folder, *arguments)
    assert (done.status, done.messages.count("\n")) == (1, 1)
    assert done.messages.startswith(f"rabatt: {message}")


def test_rows_of_any_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with rabatt.open(f"sqlite:{folder / 'shop.db'}", by="ANN", zone="UTC") as store:
        store.items.add(number="TEA")
        assert export_run.export_rows(store.items.find(), str(folder / "x.csv"), "number, name") == 0
    assert capsys.readouterr().err.startswith("rabatt: 1 row in ")
    assert (folder / "x.csv").read_bytes().decode("utf-8-sig") == "number,name\r\nTEA,\r\n"
