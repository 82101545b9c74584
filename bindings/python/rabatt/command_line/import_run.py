"""rabatt import: a table becomes records of a store."""

from __future__ import annotations

from rabatt.command_line.destinations import StandardOutput
from rabatt.command_line.failures import NOTHING_DONE, SOME_NOT_PRICED, SUCCESS
from rabatt.command_line.messages import say_lines, shown
from rabatt.command_line.records.kinds import kind_named
from rabatt.command_line.records.opening import collection_of, opened
from rabatt.errors import Error
from rabatt.store import Loaded
from rabatt.store.files.mapping import mapping_of
from rabatt.store.files.table import Places

#: Bad rows that are told one by one.
_MOST_TOLD = 20


def import_run(
    source: str,
    into: str | None,
    match: str | None,
    map_file: str | None,
    apply: bool,
    keep_good: bool,
    decimal_mark: str | None,
    encoding: str | None,
    separator: str | None,
    places: Places,
    store: str | None,
    by: str | None,
) -> int:
    mapping = mapping_of(map_file)
    if not (into or mapping.record):
        raise Error("missing_field", "--into RECORDS: which records are these?")
    kind = kind_named(into or mapping.record or "")
    with opened(store, by) as at:
        loaded = collection_of(at, kind).load(
            source, match, mapping, apply, keep_good, decimal_mark, encoding, separator, places
        )
    _tell_problems(loaded)
    StandardOutput().write(f"{summary(loaded, apply, keep_good)}\n".encode())
    if not loaded.problems:
        return SUCCESS
    return SOME_NOT_PRICED if keep_good and loaded.added + loaded.updated else NOTHING_DONE


def summary(loaded: Loaded, apply: bool, keep_good: bool) -> str:
    """
    >>> summary(Loaded(3, 1), False, False)
    '3 would be added, 1 changed; --apply stores them'
    >>> summary(Loaded(3, 1, (), True), True, False)
    '3 added, 1 changed'
    """
    bad = len({problem.line for problem in loaded.problems})
    rows = f"{bad:,} bad row{'' if bad == 1 else 's'}"
    if loaded.problems and not keep_good:
        return f"nothing was stored: {rows}"
    said = f"{loaded.added:,} {'' if apply else 'would be '}added, {loaded.updated:,} changed"
    if loaded.problems:
        said += f", {rows}"
    return said if apply else f"{said}; --apply stores them"


def _tell_problems(loaded: Loaded) -> None:
    for problem in loaded.problems[:_MOST_TOLD]:
        place = [f"line {problem.line}"] if problem.line else []
        subject = ": ".join(part for part in [*place, problem.column, problem.message] if part)
        say_lines(f"rabatt: {problem.code} {shown(subject)}\n")
    if len(loaded.problems) > _MOST_TOLD:
        say_lines(f"rabatt: … and {len(loaded.problems) - _MOST_TOLD:,} more\n")
