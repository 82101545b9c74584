"""`rabatt db`: the database of a store."""

from __future__ import annotations

from typing import Annotated

import typer

from rabatt.command_line.command_group import Command, CommandGroup, print_help
from rabatt.command_line.records.examples import examples_of
from rabatt.command_line.records.options import By, StoreUrl, TableJsonOrCsv

db = typer.Typer(
    cls=CommandGroup,
    name="db",
    help="The database of a store: make, check and copy it.",
    epilog=examples_of("rabatt db init", "rabatt db check"),
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)
db.callback(invoke_without_command=True)(print_help)

_CURRENCY_HELP = "The company's currency."


@db.command(
    cls=Command, epilog=examples_of("rabatt db init", "rabatt db init --store sqlite:shop.db --currency NOK")
)
def init(
    currency: Annotated[str, typer.Option("--currency", metavar="CURRENCY", help=_CURRENCY_HELP)] = "EUR",
    store: StoreUrl = None,
    by: By = None,
) -> int:
    """Make a store in an empty database.

    A store that is there stays as it is.
    """
    from rabatt.command_line.records.database_run import init_run

    return init_run(currency, store, by)


@db.command(cls=Command, epilog=examples_of("rabatt db migrate --store sqlite:shop.db"))
def migrate(store: StoreUrl = None) -> int:
    """Bring the store of an older version up to date."""
    from rabatt.command_line.records.database_run import migrate_run

    return migrate_run(store)


@db.command(
    cls=Command, epilog=examples_of("rabatt db check --store sqlite:shop.db", "rabatt db check --format json")
)
def check(format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None) -> int:
    """List all that is wrong with a store, or tell that it is clean.

    All of it is read: values, references, numbers, former versions, and whether the log leads to what is
    there.
    The exit status is 1 if anything was found.
    """
    from rabatt.command_line.records.database_run import check_run

    return check_run(format, store, by)


@db.command(
    cls=Command, epilog=examples_of("rabatt db backup friday.db", "rabatt db backup postgresql://db/copy")
)
def backup(
    to: Annotated[str, typer.Argument(metavar="FILE", help="A new file, or the URL of an empty database.")],
    store: StoreUrl = None,
    by: By = None,
) -> int:
    """Copy a whole store, as it is now, to another place."""
    from rabatt.command_line.records.database_run import backup_run

    return backup_run(to, store, by)
