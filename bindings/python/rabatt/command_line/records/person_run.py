"""What a store holds about a person: told, exported, erased."""

from __future__ import annotations

import dataclasses
from typing import Any

from rabatt.command_line.destinations import StandardOutput
from rabatt.command_line.failures import NOTHING_DONE, SUCCESS
from rabatt.command_line.messages import say_lines
from rabatt.command_line.records.change_run import agreed, answer_format, counted_kinds, tell
from rabatt.command_line.records.columns import json_line
from rabatt.command_line.records.kinds import record_kinds
from rabatt.command_line.records.opening import found, opened
from rabatt.errors import Error
from rabatt.store import Erased, Held, StoreView


def find_run(
    email: str | None,
    party: str | None,
    lead: str | None,
    form: str | None,
    store: str | None,
    by: str | None,
) -> int:
    """The exit status. Raises Error."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        held = at.persons.find(**_asked(at, email, party, lead))
    tell("held:", dataclasses.asdict(held), _told(held), wanted)
    return SUCCESS


def export_run(
    email: str | None, party: str | None, lead: str | None, store: str | None, by: str | None
) -> int:
    """The exit status. Raises Error."""
    with opened(store, by) as at:
        content = at.persons.export(**_asked(at, email, party, lead))
    StandardOutput().write(f"{json_line(content)}\n".encode())
    return SUCCESS


def erase_run(
    email: str | None,
    party: str | None,
    lead: str | None,
    yes: bool,
    form: str | None,
    store: str | None,
    by: str | None,
) -> int:
    """The exit status. Nothing is erased before somebody agreed, unless `yes`."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        asked = _asked(at, email, party, lead)
        if not yes:
            held = at.persons.find(**asked)
            people = [*held.records.get("party", ()), *held.records.get("lead", ())]
            if email and len(people) > 1:
                say_lines("rabatt: warning: several have this address; --party and --lead are one of them\n")
            if held != Held({}, 0) and not agreed(f"Erase what is personal in {_told(held)}?"):
                return _nothing_erased()
        erased = at.persons.erase(**asked)
    tell("erased:", dataclasses.asdict(erased), _told(erased), wanted)
    return SUCCESS


def erase_expired_run(yes: bool, form: str | None, store: str | None, by: str | None) -> int:
    """The exit status. Nothing is erased before somebody agreed, unless `yes`."""
    wanted = answer_format(form)
    with opened(store, by) as at:
        if not yes:
            expired = at.persons.expired()
            if expired != Erased({}, 0) and not agreed(f"Erase what is personal in {_told(expired)}?"):
                return _nothing_erased()
        erased = at.persons.erase_expired()
    tell("erased:", dataclasses.asdict(erased), _told(erased), wanted)
    return SUCCESS


def _nothing_erased() -> int:
    say_lines("rabatt: nothing was erased\n")
    return NOTHING_DONE


def _asked(at: StoreView, email: str | None, party: str | None, lead: str | None) -> dict[str, Any]:
    keys = {"party": party, "lead": lead}
    return {"email": email} | {name: _key(at, name, key) for name, key in keys.items() if key is not None}


def _key(at: StoreView, record: str, key: str) -> str | int:
    """The id of a record that is there; of one that is gone the id that was given."""
    try:
        return found(at, record_kinds()[record], key).id
    except Error as error:
        if error.code not in ("not_found", "permission_denied"):
            raise
    return int(key) if key.isascii() and key.isdigit() else key


def _told(answer: Held | Erased) -> str:
    """
    >>> _told(Erased({"party": 1, "recipient": 3}, 1)), _told(Held({"lead": (4,)}, 2)), _told(Erased({}, 0))
    ('1 party, 3 recipients; 1 change in the log', '1 lead (id 4); 2 changes in the log', 'nothing')
    """
    if isinstance(answer, Held):
        counts = {name: len(ids) for name, ids in answer.records.items()}
        parts = [
            f"{counted_kinds({name: counts[name]})} (id {', '.join(map(str, ids))})"
            for name, ids in answer.records.items()
        ]
        records = ", ".join(parts)
    else:
        records = counted_kinds(answer.records)
    changes = f"{answer.changes:,} change{'' if answer.changes == 1 else 's'} in the log"
    return "; ".join(filter(None, [records, changes if answer.changes else ""])) or "nothing"
