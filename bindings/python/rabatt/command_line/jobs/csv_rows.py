"""Tables of Arrow as rows of CSV."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from rabatt.command_line.csv_files import STRUCTURE


def csv_text(table: pa.Table, line_end: str) -> bytes:
    """Columns of text as rows, without their names: cells have quotes where they need them, null is blank."""
    cells = [_quoted(column.cast(pa.large_string()).combine_chunks()) for column in table.columns]
    rows = pc.binary_join_element_wise(*cells, _text(","), null_handling="replace")
    ended = pc.binary_join_element_wise(rows, _text(""), _text(line_end))
    return _characters(ended)


def _quoted(cells: pa.LargeStringArray) -> pa.LargeStringArray:
    characters = _characters(cells)
    if not any(character.encode() in characters for character in STRUCTURE):
        return cells  # the same, in less time
    doubled = pc.replace_substring(cells, '"', '""')
    quoted = pc.binary_join_element_wise(_text(""), doubled, _text(""), _text('"'))
    return pc.if_else(pc.match_substring_regex(cells, f"[{STRUCTURE}]"), quoted, cells)


def _characters(texts: pa.LargeStringArray) -> bytes:
    """Of all of them, one behind the other."""
    _, ends, characters = texts.buffers()
    if not characters:
        return b""
    places = memoryview(ends).cast("q")
    begin, end = places[texts.offset], places[texts.offset + len(texts)]
    return bytes(memoryview(characters)[begin:end])


def _text(text: str) -> pa.LargeStringScalar:
    return pa.scalar(text, pa.large_string())
