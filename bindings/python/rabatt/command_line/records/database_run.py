"""The database of a store: made, brought up to date, checked, copied."""

from __future__ import annotations

import dataclasses

import rabatt
from rabatt.command_line.csv_files import csv_rows, names_line
from rabatt.command_line.destinations import StandardOutput
from rabatt.command_line.failures import NOTHING_DONE, SUCCESS
from rabatt.command_line.messages import shown
from rabatt.command_line.records.change_run import answer_format
from rabatt.command_line.records.columns import json_line
from rabatt.command_line.records.opening import initials, opened, store_url, without_password
from rabatt.store import Finding, Inspection

_OF_FINDING = tuple(field.name for field in dataclasses.fields(Finding))


def init_run(currency: str, store: str | None, by: str | None) -> int:
    """The exit status. Raises Error as rabatt.open."""
    url = store_url(store)
    with rabatt.open(url, by=initials(by), currency=currency) as at:
        settings = at.settings.get()
    _tell(f"{without_password(url)}: a store in {settings.company_currency}")
    return SUCCESS


def migrate_run(store: str | None) -> int:
    """The exit status. Raises Error as rabatt.migrate."""
    url = store_url(store)
    rabatt.migrate(url)
    _tell(f"{without_password(url)}: up to date")
    return SUCCESS


def backup_run(to: str, store: str | None, by: str | None) -> int:
    """The exit status. Raises Error `store_read_only` where something is there already."""
    url = to if to.startswith("sqlite:") or "://" in to else f"sqlite:{to}"
    with opened(store, by) as at:
        rows = at.back_up(url)
    _tell(f"{without_password(url)}: {rows:,} rows")
    return SUCCESS


def check_run(form: str | None, store: str | None, by: str | None) -> int:
    """The exit status: 1 where anything was found. Raises Error for a store that cannot be opened."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        found = at.inspection()
    if wanted == "json":
        StandardOutput().write(f"{json_line(dataclasses.asdict(found))}\n".encode())
    elif wanted == "csv":
        columns = {name: [getattr(each, name) for each in found.findings] for name in _OF_FINDING}
        StandardOutput().write(names_line(_OF_FINDING, "\n") + b"".join(csv_rows(columns, "\n")))
    elif found.findings:
        _tell_findings(found)
    else:
        _tell(f"{without_password(store_url(store))}: clean, {_looked_at(found)}")
    return NOTHING_DONE if found.findings else SUCCESS


def _tell_findings(found: Inspection) -> None:
    from rabatt.command_line.screen import Column, remark, rendered, table

    columns = (Column("code", whole=True), Column("record", whole=True), Column("what is wrong", wraps=True))
    rows = [[getattr(each, name) for name in _OF_FINDING] for each in found.findings]
    StandardOutput().write(rendered(table(columns, rows), remark(_looked_at(found))))


def _looked_at(found: Inspection) -> str:
    """
    >>> _looked_at(Inspection((), 1, 1200)), _looked_at(Inspection((), 0, 0))
    ('1 record and 1,200 changes looked at', 'no records looked at')
    """
    if not found.records:
        return "no records looked at"
    records = "1 record" if found.records == 1 else f"{found.records:,} records"
    return f"{records} and {found.changes:,} change{'' if found.changes == 1 else 's'} looked at"


def _tell(text: str) -> None:
    StandardOutput().write(f"{shown(text)}\n".encode())
