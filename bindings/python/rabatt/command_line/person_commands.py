"""`rabatt person`: what a store holds about somebody."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from rabatt.command_line.command_group import Command, CommandGroup, print_help
from rabatt.command_line.records.examples import examples_of
from rabatt.command_line.records.options import By, StoreUrl, TableJsonOrCsv, Yes

person = typer.Typer(
    cls=CommandGroup,
    name="person",
    help="What a store holds about somebody: find, export, erase it.",
    epilog=examples_of("rabatt person find kari@x.no", "rabatt person erase --party P-0001"),
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)
person.callback(invoke_without_command=True)(print_help)

Email: TypeAlias = Annotated[str | None, typer.Argument(metavar="[EMAIL]", help="Their e-mail address.")]
Party: TypeAlias = Annotated[
    str | None, typer.Option("--party", metavar="KEY", help="Or the party that they are.")
]
Lead: TypeAlias = Annotated[str | None, typer.Option("--lead", metavar="KEY", help="Or the lead.")]


@person.command(
    cls=Command, epilog=examples_of("rabatt person find kari@x.no", "rabatt person find --party P-0001")
)
def find(
    email: Email = None,
    party: Party = None,
    lead: Lead = None,
    format: TableJsonOrCsv = None,
    store: StoreUrl = None,
    by: By = None,
) -> int:
    """List the records that are about a person.

    By address these are all with that address, and what refers to a party or lead with it. By party or lead
    it is that one, what refers to it, and, unless another party has the same address, records with its
    address that refer to nobody else.
    """
    from rabatt.command_line.records.person_run import find_run

    return find_run(email, party, lead, format, store, by)


@person.command(cls=Command, epilog=examples_of("rabatt person export kari@x.no > kari.json"))
def export(
    email: Email = None, party: Party = None, lead: Lead = None, store: StoreUrl = None, by: By = None
) -> int:
    """Print all that is held about a person, as JSON.

    The records, and what is logged of them.
    """
    from rabatt.command_line.records.person_run import export_run

    return export_run(email, party, lead, store, by)


@person.command(cls=Command, epilog=examples_of("rabatt person erase kari@x.no"))
def erase(
    email: Email = None,
    party: Party = None,
    lead: Lead = None,
    yes: Yes = False,
    format: TableJsonOrCsv = None,
    store: StoreUrl = None,
    by: By = None,
) -> int:
    """Blank all that is about a person.

    In the records and in the log; this cannot be undone. Records stay, with their counts and money; a name
    that one must have becomes (erased). The address stays blocked, as a hash. Backups, and the log of a
    PostgreSQL server, have what they have.
    """
    from rabatt.command_line.records.person_run import erase_run

    return erase_run(email, party, lead, yes, format, store, by)


@person.command(
    "erase-expired",
    cls=Command,
    epilog=examples_of("rabatt settings edit retention=36", "rabatt person erase-expired"),
)
def erase_expired(
    yes: Yes = False, format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None
) -> int:
    """Blank what is about people, and old.

    That is what nobody has changed for as many months as the retention of the settings says. Employees,
    e-mail permissions, and parties who are customers or suppliers stay as they are.
    """
    from rabatt.command_line.records.person_run import erase_expired_run

    return erase_expired_run(yes, format, store, by)
