"""Tables and text for people, as wide as their terminal; colours only there, and not if NO_COLOR is set."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from rabatt.command_line.formats import on_terminal
from rabatt.command_line.messages import shown

_WIDTH_ELSEWHERE = 100  # of what goes into a file or a pipe
_LONGEST_CELL = 60
_SHORTEST_TEXT = 4


@dataclass(frozen=True, slots=True)
class Column:
    """`rank` says what goes first where a terminal is too narrow: the highest. 0 always stays, and so does
    every character of a `whole` column, and of a number: half an amount is another amount. A text is cut to
    `least` characters before a column goes; one that `wraps` goes on in the next line instead."""

    title: str
    align: Literal["left", "right"] = "left"
    rank: int = 0
    style: str = ""
    whole: bool = False
    wraps: bool = False
    least: int = 0
    styles: Mapping[str, str] = field(default_factory=dict)  # of cells with these texts


def rendered(*parts: RenderableType) -> bytes:
    content = io.StringIO()
    console = Console(file=content, force_terminal=on_terminal(), width=width())
    for part in parts:
        console.print(part, highlight=False, markup=False, emoji=False, crop=False)
    encoding = (on_terminal() and sys.stdout.encoding) or "utf-8"
    lines = (line.rstrip(" ") for line in content.getvalue().split("\n"))
    return "\n".join(lines).encode(encoding, "replace")


def width() -> int:
    if on_terminal() or "COLUMNS" in os.environ:
        return max(shutil.get_terminal_size().columns, 40)
    return _WIDTH_ELSEWHERE


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    gap_after: int | None = None,
    alarming: Collection[int] = (),
) -> Table:
    """Columns that are blank in every row are left out, and so are those for which there is no room. After so
    many rows a gap tells that some are missing; the rows `alarming` are red."""
    widths = _that_fit(columns, rows)
    grid = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), pad_edge=False)
    grid.header_style = "dim"
    grid.show_header = any(column.title for column in columns)
    for index, room in widths.items():
        column = columns[index]
        grid.add_column(
            column.title, justify=column.align, style=column.style, no_wrap=not column.wraps, width=room
        )
    for number, row in enumerate(rows):
        if number == gap_after:
            grid.add_row("⋮", style="dim")
        texts = [_cell(columns[index], row[index]) for index in widths]
        grid.add_row(*texts, style="red" if number in alarming else "")
    return grid


def _cell(column: Column, text: str) -> Text:
    return Text(_text(column, text), style=column.styles.get(text, ""))


def _text(column: Column, text: str) -> str:
    return shown(text) if column.wraps else shown(text, _LONGEST_CELL)


def _that_fit(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> dict[int, int]:
    """The columns that are shown, with their widths; of texts the longest are cut."""
    widths: dict[int, int] = {}
    for index, column in enumerate(columns):
        cells = [_text(columns[index], row[index]) for row in rows]
        if any(cells):
            widths[index] = max(map(cell_len, [column.title, *cells]))
    for index in sorted(widths, key=lambda index: -columns[index].rank):
        if _excess(_least(columns, widths)) <= 0 or not columns[index].rank:
            break
        del widths[index]
    texts = [index for index in widths if not (columns[index].whole or columns[index].align == "right")]
    while _excess(widths) > 0 and any(widths[index] > _SHORTEST_TEXT for index in texts):
        widths[max(texts, key=widths.__getitem__)] -= 1
    return widths


def _least(columns: Sequence[Column], widths: Mapping[int, int]) -> dict[int, int]:
    return {index: min(room, columns[index].least or room) for index, room in widths.items()}


def _excess(widths: Mapping[int, int]) -> int:
    return sum(widths.values()) + 2 * len(widths) - width()


def heading(text: str) -> Text:
    return Text(shown(text), style="bold")


def remark(text: str) -> Text:
    return Text(text, style="dim")


def aligned(numbers: Iterable[str], least_places: int = 0) -> list[str]:
    """Decimals of one column with their points below each other, and at least so many places.

    >>> aligned(["9.9", "100", "2.125", ""], 2)
    ['9.90 ', '100.00 ', '2.125', '']
    """
    texts = [_with_places(text, least_places) if text else "" for text in numbers]
    most = max((_after_point(text) for text in texts), default=0)
    return [text and text + " " * (most - _after_point(text)) for text in texts]


def align_columns(rows: Sequence[list[str]], least_places: Mapping[int, int]) -> None:
    """The same in the rows themselves, for these columns."""
    for column, least in least_places.items():
        for row, text in zip(rows, aligned((row[column] for row in rows), least), strict=True):
            row[column] = text


def _after_point(text: str) -> int:
    """The point and the places: so many characters."""
    return len("".join(text.partition(".")[1:]))


def _with_places(text: str, least: int) -> str:
    whole, _, places = text.partition(".")
    places = places.ljust(least, "0")
    return f"{whole}.{places}" if places else whole
