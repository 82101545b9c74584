"""CSV as tables, block by block: the same rows, lines and faults as the module csv finds cell by cell."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rabatt.command_line.csv_files import csv_lines, names_and_line_end, read_csv
from rabatt.command_line.jobs import csv_tables as under_test
from rabatt.command_line.jobs.csv_rows import csv_text
from rabatt.command_line.jobs.csv_tables import csv_tables
from rabatt.errors import Error

Cells = list[str | None]

ROWS = "".join(f'{n},"row {n}",x\n' for n in range(5000))

#: What comes behind the header `a,b,c`.
FILES = {
    "no rows": "",
    "plain": "1,2,3\n4,5,6\n",
    "no line end at the end": "1,2,3\n4,5,6",
    "CRLF": "1,2,3\r\n4,5,6\r\n",
    "mixed ends": "1,2,3\r\n4,5,6\n7,8,9\r\n",
    "ends of old Macs": "1,2,3\r4,5,6\r",
    "one such end": "1,2,3\n4,5,6\r7,8,9\n",
    "carriage return at the end": "1,2,3\n4,5,6\r",
    "empty lines": "\n1,2,3\n\n\n4,5,6\r\n\r\n7,8,9\n\n",
    "an empty line and a short one": "\na",
    "three quotes": ',,"""',
    "commas at the ends of quotes": '"1,",",2",","\n4,"5"",",6\n',
    "blank cells": ',,\n"","",\n ,\t, \n',
    "quotes": '"1","2","3"\n"a ""b""","","c"\n""""," "" ",""""""\n',
    "byte order marks": "\ufeff1,2,3\n" * 20,
    "long lines": f"1,2,3\n{'x' * 5000},2,3\n4,5,6\n7,{'y' * 5000},9\n",
    "quotes inside": 'a"b,c"",d"\n5",6"",7"8"\n',
    "commas in quotes": '"1,5",",",",,"\n',
    "line ends in quotes": '"a\nb","c\r\nd","e\rf"\n1,2,3\n',
    "a row over many blocks": f'1,2,3\n"{ROWS.replace(chr(34), "")}",2,3\n4,5,6\n',
    "many rows": ROWS,
    "many rows, one in two lines": f'{ROWS}x,"y\nz",\n{ROWS}',
    "text behind quotes": '"1"2,3,4\n',
    "text behind quotes, later": f'{ROWS}"1" ,3,4\n',
    "quotes that do not end": f'{ROWS}1,"2,3\n4,5,6\n',
    "a cell too few": f"{ROWS}1,2\n",
    "a cell too many": f"{ROWS}1,2,3,4\n",
    "any characters": "\0,\x0b\x0c,\x85\u2028\n\N{BYTE ORDER MARK},ü,\U0001f600\n",
}


@pytest.fixture(autouse=True, params=[64, 1 << 20])
def block_size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows must not depend on it."""
    monkeypatch.setattr(under_test, "_BYTES_AT_ONCE", request.param)


@pytest.mark.parametrize("mark", ["", "\N{BYTE ORDER MARK}"], ids=["", "mark"])
@pytest.mark.parametrize("header", ["a,b,c\n", '\n\r\n"a","b\n,",c\r\n'], ids=["plain", "odd"])
@pytest.mark.parametrize("rows", FILES.values(), ids=FILES.keys())
def test_read_as_the_module_csv_reads(tmp_path: Path, mark: str, header: str, rows: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes((mark + header + rows).encode())
    assert read_by_blocks(path) == read_at_once(path)


PARTS = [*'ab,,"\n\ufeff', '","', "\r", "\r\n", ',"', '"\n', '""', "1,2,3\n"]


@given(parts=st.lists(st.sampled_from(PARTS), max_size=30))
def test_any_file_is_read_as_the_module_csv_reads(
    parts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    path.write_bytes(("a,b,c\n" + "".join(parts)).encode())
    assert read_by_blocks(path) == read_at_once(path)


@pytest.mark.parametrize("place", ["a", '"a"', '"a\n'])
def test_what_is_not_utf8_is_told_with_its_line(tmp_path: Path, place: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(f"a,b,c\n{ROWS}{place}".encode() + b"\xff,2,3\n")
    assert read_by_blocks(path) == read_at_once(path)
    assert "line 500" in str(read_by_blocks(path))


def test_what_is_not_utf8_is_found_in_all_columns(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"a,b,c\n1,\xff,3\n")
    with pytest.raises(Error, match="line 2: this is not UTF-8"):
        list(csv_tables(str(path), ["a", "b", "c"], ["a"]))


def test_rows_behind_a_long_line_come_a_few_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"a,b,c\n{'x' * (4 << 20)},2,3\n" + '"1\n1",2,3\n' * 100_000)
    assert max(len(rows.table) for rows in csv_tables(str(path), ["a", "b", "c"], ["a"])) <= 8192


def test_plain_rows_are_not_read_cell_by_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That would be ten times slower."""

    def never(*_: object) -> Iterator[under_test.CsvRows]:
        raise AssertionError
        yield

    monkeypatch.setattr(under_test, "_rows_by_cells", never)
    path = tmp_path / "table.csv"
    plain = [FILES[name] for name in ("plain", "CRLF", "quotes", "quotes inside", "many rows")]
    path.write_text("".join(["a,b,c\n", *plain]))
    assert len(list(csv_tables(str(path), ["a", "b", "c"], ["b"]))) >= 1


def test_some_columns_of_all_rows(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('a,b,c\n1,2,3\n"4\n4",5,6\n')
    tables = [rows.table for rows in csv_tables(str(path), ["a", "b", "c"], ["c", "a"])]
    assert pa.concat_tables(tables).to_pydict() == {"c": ["3", "6"], "a": ["1", "4\n4"]}


def test_all_bytes_are_told(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b,c\n" + FILES["many rows, one in two lines"])
    told: list[int] = []
    for _ in csv_tables(str(path), ["a", "b", "c"], ["a"], told.append):
        pass
    assert sum(told) == path.stat().st_size


CELLS = st.none() | st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(',"\r\n '), max_size=5)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=5), line_end=st.sampled_from(["\n", "\r\n"]))
def test_written_as_cell_by_cell(rows: list[tuple[str | None, str | None]], line_end: str) -> None:
    columns: dict[str, Cells] = {"a": [row[0] for row in rows], "b": [row[1] for row in rows]}
    table = pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})
    wanted = list(csv_lines(columns, line_end))[1:]
    assert csv_text(table, line_end) == b"".join(wanted)
    assert csv_text(table.slice(1), line_end) == b"".join(list(csv_lines(sliced(columns), line_end))[1:])


def sliced(columns: dict[str, Cells]) -> dict[str, Cells]:
    return {name: cells[1:] for name, cells in columns.items()}


def test_written_with_as_few_quotes_as_python_writes() -> None:
    rng = random.Random(7)
    cells = ["".join(rng.choices('ab,"\n', k=rng.randrange(4))) or "x" for _ in range(2000)]
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(zip(cells, cells[::-1], strict=True))
    table = pa.table({"a": cells, "b": cells[::-1]})
    assert csv_text(table, "\n") == file.getvalue().encode()


def read_by_blocks(path: Path) -> tuple[Sequence[Cells], list[int]] | tuple[str, str]:
    try:
        names, _ = names_and_line_end(str(path))
        found = list(csv_tables(str(path), names, names))
    except Error as error:
        return error.code, error.subject
    columns = [[cell for rows in found for cell in rows.table.column(name).to_pylist()] for name in names]
    return columns, [line for rows in found for line in rows.row_lines.to_pylist()]


def read_at_once(path: Path) -> tuple[Sequence[Cells], list[int]] | tuple[str, str]:
    try:
        columns, _, row_lines = read_csv(str(path))
    except Error as error:
        return error.code, error.subject
    return [[cell or None for cell in cells] for cells in columns.values()], list(row_lines)
