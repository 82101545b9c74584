"""`rabatt campaign show CMP-0001` and those of all other records: everything of one record, in sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rabatt.command_line.csv_files import csv_rows, names_line
from rabatt.command_line.destinations import StandardOutput
from rabatt.command_line.failures import SUCCESS
from rabatt.command_line.formats import named_format
from rabatt.command_line.messages import shown
from rabatt.command_line.records.columns import cell_of, json_line, listed_columns
from rabatt.command_line.records.kinds import SETTINGS, RecordKind, counted, record_kinds
from rabatt.command_line.records.opening import collection_of, found, opened
from rabatt.command_line.screen import heading, remark, rendered
from rabatt.store import StoreView

if TYPE_CHECKING:
    from rich.console import RenderableType

_FORMATS = ("table", "json", "csv")
_MOST_SHOWN = 10  # records of a section
_NOTHING = "none yet"

#: The sections of a campaign behind its details and budget, and the records in them; what else belongs to
#: a campaign are results.
_CAMPAIGN_SECTIONS = {
    "Recipients": ("recipient",),
    "Attachments": ("attachment",),
    "Results": (),
    "Sales orders": ("sales_order", "order", "quote", "invoice"),
}
_NOT_SHOWN = ("campaign_line", "plan", "frozen_member", "lead")


@dataclass(frozen=True, slots=True)
class Belonging:
    """Records that refer to one, the first of them, and how many there are."""

    kind: RecordKind
    count: int
    first: list[dict[str, Any]]


def show_run(kind: RecordKind, key: str, form: str, store: str | None, by: str | None) -> int:
    """The exit status. Raises Error."""
    wanted = named_format(form, _FORMATS)
    with opened(store, by) as at:
        content = found(at, kind, key).to_dict()
        if wanted == "table":
            StandardOutput().write(rendered(*_screen(at, kind, content)))
            return SUCCESS
    if wanted == "json":
        StandardOutput().write(f"{json_line(content)}\n".encode())
        return SUCCESS
    columns = {"field": list(content), "value": [cell_of(value) for value in content.values()]}
    StandardOutput().write(names_line(columns, "\n") + b"".join(csv_rows(columns, "\n")))
    return SUCCESS


def _screen(store: StoreView, kind: RecordKind, content: Mapping[str, Any]) -> Iterator[RenderableType]:
    name = content.get("name") if "name" in kind.fields and "name" not in kind.labels else None
    label = "" if kind.name == SETTINGS else f" {kind.label_of(content)}"
    yield heading(f"{kind.title.capitalize()}{label}{f': {name}' if name else ''}")
    yield remark(_stamps(content))
    if kind.name == "campaign":
        yield from _campaign_sections(store, kind, content)
        return
    yield ""
    yield from _fields([*kind.fields, *kind.lists], content, kind)
    for child in kind.children.values():
        yield from _section(child.name.capitalize().replace("_", " "))
        yield from _children(record_kinds()[child.record], content.get(child.name), kind.name)
    for belonging in _belonging(store, kind, content["id"], _parts_of(kind)):
        yield from _section(f"{belonging.kind.title_of_many.capitalize()} ({belonging.count:,})")
        yield from _first_of(belonging, kind.name)


def _campaign_sections(
    store: StoreView, kind: RecordKind, content: Mapping[str, Any]
) -> Iterator[RenderableType]:
    """The seven tabs of a campaign's window."""
    kinds = record_kinds()
    yield from _section("Details")
    of_plan = kinds["plan"].fields  # budget and recipients, which have a section
    yield from _fields([name for name in [*kind.fields, "tags"] if name not in of_plan], content, kind)
    lines = content.get("lines") or []
    yield ""
    yield remark(counted(kinds["campaign_line"], len(lines)))
    yield from _children(kinds["campaign_line"], lines, kind.name)
    yield from _section("Budget")
    plan = kinds["plan"]
    yield from _fields([name for name in plan.fields if name != "campaign"], content.get("plan") or {}, plan)
    for title, names in _sections().items():
        parts = [part for part in _belonging(store, kind, content["id"], names) if part.count]
        of_one = len(names) == 1 and parts
        yield from _section(f"{title} ({parts[0].count:,})" if of_one else title)
        if not parts:
            yield remark(_NOTHING)
        for part in parts:
            if not of_one:
                yield remark(counted(part.kind, part.count))
            yield from _first_of(part, kind.name)
    yield from _section("Custom fields")
    custom = content.get("custom") or {}
    yield from _fields(list(custom), custom, kind)


def _sections() -> dict[str, tuple[str, ...]]:
    named = {name for names in _CAMPAIGN_SECTIONS.values() for name in names}
    others = [
        name
        for name, kind in record_kinds().items()
        if name not in named and name not in _NOT_SHOWN and _refers(kind, "campaign")
    ]
    known = record_kinds()
    return {
        title: tuple(others) if title == "Results" else tuple(name for name in names if name in known)
        for title, names in _CAMPAIGN_SECTIONS.items()
    }


def _parts_of(kind: RecordKind) -> list[str]:
    """Records that live in one of this kind, and are not read with it."""
    read = {child.record for child in kind.children.values()}
    return [
        each.name for each in record_kinds().values() if each.parent == kind.name and each.name not in read
    ]


def _refers(kind: RecordKind, target: str) -> bool:
    return target in kind.fields and kind.fields[target].target == target


def _belonging(store: StoreView, kind: RecordKind, key: int, names: Sequence[str]) -> Iterator[Belonging]:
    for name in names:
        part = record_kinds()[name]
        records: Any = collection_of(store, part)
        rows = records.find(where=[(kind.name, "=", key)])
        count = len(rows)
        first = records.find(where=[(kind.name, "=", key)], limit=_MOST_SHOWN).to_dicts() if count else []
        yield Belonging(part, count, first)


def _first_of(part: Belonging, parent: str) -> Iterator[RenderableType]:
    if part.count:
        yield from _children(part.kind, part.first, parent)
    if part.count > len(part.first):
        rest = part.count - len(part.first)
        condition = f"{parent}={part.first[0][parent]}"
        yield remark(f"{rest:,} more: rabatt {part.kind.command} list --view all --where {condition}")


def _children(kind: RecordKind, records: Any, parent: str) -> Iterator[RenderableType]:
    from rabatt.command_line.records.record_screen import legend, record_table

    several = records if isinstance(records, list) else [] if records is None else [records]
    names = [name for name in listed_columns(kind) if name not in (parent, "id")]
    if several:
        yield record_table(kind, names, several)
        yield from legend(kind, names, several)
    else:
        yield remark(_NOTHING)


def _fields(names: Sequence[str], content: Mapping[str, Any], kind: RecordKind) -> Iterator[RenderableType]:
    """Those that are not blank; what is long goes on below its beginning."""
    from rich.table import Table

    from rabatt.command_line.records.record_screen import shown_field

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name in names:
        value = shown_field(kind, name, content.get(name))
        if value.plain:
            grid.add_row(shown(name.replace("_", " ")), value)
    yield grid if grid.row_count else remark(_NOTHING)


def _section(title: str) -> Iterator[RenderableType]:
    yield ""
    yield heading(title)


def _stamps(content: Mapping[str, Any]) -> str:
    from rabatt.command_line.records.record_screen import moment

    by = {
        what: f"{moment(content[f'{what}_at'])} by {content[f'{what}_by']}" for what in ("created", "changed")
    }
    added = f"id {content['id']}, added {by['created']}"
    if content.get("revision", 1) == 1:
        return added
    return f"{added}, changed {by['changed']}, revision {content['revision']}"
