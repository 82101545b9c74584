"""PDF: a table with a title, the date and page numbers. typst sets it; what stands in the cells reaches it as
data, so that nothing in them can be taken for its language."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from rabatt.errors import Error
from rabatt.store.files.cells import OutColumn, SpooledRows
from rabatt.store.files.extras import needed

#: Rows that a PDF may have: typst holds the whole document, 90 kB a row.
MOST_ROWS = 5_000

_TEMPLATE = Path(__file__).with_name("table.typ")
_GAP = 2  # between columns, in characters
_LONG_WORD = 18
_AFTER = re.compile(r"([@._/\-])(?=\w)")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: characters in a line of it, the points of its letters, the most that a column of text gets."""

    landscape: bool
    characters: int
    size: float
    widest: int


_PAGES = (
    _Page(False, 104, 9, 40),
    _Page(True, 154, 9, 40),
    _Page(True, 154, 9, 24),
    _Page(True, 184, 7.5, 20),
    _Page(True, 216, 6.5, 14),
)


def write_pdf(
    rows: SpooledRows,
    file: BinaryIO,
    name: str,
    title: str,
    day: date,
    decimal_mark: str,
    may_leave_out: bool,
) -> None:
    """With `may_leave_out` columns that tell nothing are not there, nor those for which there is no room.

    Raises Error `limit_exceeded`, and `unknown_format` where typst is not installed.
    """
    typst = needed("typst", name, "writing PDF")
    if rows.count > MOST_ROWS:
        raise Error("limit_exceeded", f"{name}: {rows.count} rows, and a PDF has room for {MOST_ROWS}")
    chosen = [index for index, column in enumerate(rows.columns) if column.tells or not may_leave_out]
    filled = len(chosen)
    page = _page(rows, chosen)
    while page is None and may_leave_out:
        chosen.pop()
        page = _page(rows, chosen)
    if page is None:
        raise Error("limit_exceeded", f"{name}: {len(chosen)} columns do not fit on a page; name fewer")
    columns = [rows.columns[index] for index in chosen]
    widths = _widths(columns, page)
    content = {
        "title": title,
        "day": day.isoformat(),
        "count": f"{rows.count:,} row{'' if rows.count == 1 else 's'}".replace(",", " "),
        "left_out": f"the first {len(chosen)} of {filled} columns" if len(chosen) < filled else "",
        "landscape": page.landscape,
        "size": page.size,
        "columns": [
            {
                "title": _breakable(column.name.replace("_", " ")),
                "width": width,
                "align": "right" if column.is_number else "left",
            }
            for column, width in zip(columns, widths, strict=True)
        ],
        "rows": [[_text(rows.columns[index], row[index], decimal_mark) for index in chosen] for row in rows],
    }
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "content.json").write_text(json.dumps(content), encoding="utf-8")
        shutil.copy(_TEMPLATE, Path(folder, "table.typ"))
        file.write(typst.compile(str(Path(folder, "table.typ")), root=folder, format="pdf"))


def _page(rows: SpooledRows, chosen: list[int]) -> _Page | None:
    """The first one with room for these columns."""
    for page in _PAGES:
        if sum(_room(rows.columns[index], page.widest) for index in chosen) <= page.characters:
            return page
    return None if len(chosen) > 1 else _PAGES[-1]


def _widths(columns: Sequence[OutColumn], page: _Page) -> list[int]:
    """Room that is left goes to texts that are cut."""
    widths = [_room(column, page.widest) for column in columns]
    cut = [index for index, column in enumerate(columns) if _room(column, column.longest) > widths[index]]
    for index in cut:
        widths[index] += max(page.characters - sum(widths), 0) // (len(cut) - cut.index(index))
    return widths


def _room(column: OutColumn, widest: int) -> int:
    words = max(map(len, column.name.split("_")))
    if column.kind in ("day", "boolean"):
        room = {"day": 10, "boolean": 5}[column.kind]
    elif column.is_number:
        room = column.longest + 2
    elif column.kind == "instant":
        room = column.longest
    else:
        room = min(column.longest + column.longest // 8, widest)  # capitals are wide
    return max(room, min(words, _LONG_WORD), 3) + _GAP


def _text(column: OutColumn, cell: Any, decimal_mark: str) -> str:
    if cell is None or cell is False:
        return ""
    if cell is True:
        return "yes"
    text = str(cell)
    if column.kind == "decimal":
        return _with_places(text, column.places).replace(".", decimal_mark)
    if column.kind == "instant":
        return text[:16].replace("T", " ")
    if column.kind == "list" and text[0] != "[":
        text = text.replace(";", ", ")
    return _breakable(text)


def _with_places(text: str, places: int) -> str:
    """As many as the others of the column have, so that the points stand below each other."""
    whole, _, fraction = text.partition(".")
    return f"{whole}.{fraction.ljust(max(places, 2), '0')}" if places else text


def _breakable(text: str) -> str:
    """Where a long word may go on in the next line there is a space without width."""
    return " ".join(_breakable_word(word) for word in text.split(" "))


def _breakable_word(word: str) -> str:
    if len(word) <= _LONG_WORD // 2:
        return word
    parts = _AFTER.sub("\\1\u200b", word).split("\u200b")
    return "\u200b".join(
        "\u200b".join(part[start : start + _LONG_WORD // 2] for start in range(0, len(part), _LONG_WORD // 2))
        if len(part) > _LONG_WORD
        else part
        for part in parts
    )
