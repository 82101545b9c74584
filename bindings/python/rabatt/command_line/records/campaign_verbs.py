"""What only campaigns have: posting, their lines, copies."""

from __future__ import annotations

from typing import Annotated

import typer

from rabatt.command_line.command_group import Command
from rabatt.command_line.records.examples import examples_of
from rabatt.command_line.records.kinds import RecordKind
from rabatt.command_line.records.options import By, Key, Keys, StoreUrl, TableJsonOrCsv

_PERCENT_HELP = "Such as 10, or -10 for new prices; by default the campaign's change_percent."


def add_verbs(app: typer.Typer, kind: RecordKind) -> None:
    @app.command(cls=Command, epilog=examples_of("rabatt campaign post CMP-0001 CMP-0002"))
    def post(keys: Keys, format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None) -> int:
        """Post campaigns, all or none.

        Only those that are posted price.
        """
        from rabatt.command_line.records.campaign_run import post_run

        return post_run(kind, keys, format, store, by)

    @app.command(cls=Command, epilog=examples_of("rabatt campaign unpost CMP-0001"))
    def unpost(keys: Keys, format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None) -> int:
        """Make campaigns drafts again, all or none."""
        from rabatt.command_line.records.campaign_run import unpost_run

        return unpost_run(kind, keys, format, store, by)

    @app.command(cls=Command, epilog=examples_of("rabatt campaign refreeze CMP-0001"))
    def refreeze(key: Key, format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None) -> int:
        """Freeze the target group of a posted campaign again.

        The campaign is then for those who are in the group now.
        """
        from rabatt.command_line.records.campaign_run import refreeze_run

        return refreeze_run(kind, key, format, store, by)

    @app.command(cls=Command, epilog=examples_of("rabatt campaign copy CMP-0001 --recipients"))
    def copy(
        key: Key,
        recipients: Annotated[bool, typer.Option("--recipients", help="Copy its recipients too.")] = False,
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        """Add a campaign like this one, planned and not posted."""
        from rabatt.command_line.records.campaign_run import copy_run

        return copy_run(kind, key, recipients, format, store, by)

    @app.command(cls=Command, epilog=examples_of("rabatt campaign lines CMP-0001 --format csv"))
    def lines(key: Key, format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None) -> int:
        """List the lines of a campaign.

        `rabatt campaign-line` adds, edits and deletes them.
        """
        from rabatt.command_line.records.campaign_run import lines_run

        return lines_run(kind, key, format, store, by)

    @app.command(
        "set-for-all",
        cls=Command,
        context_settings={"ignore_unknown_options": True},  # -10 is none
        epilog=examples_of("rabatt campaign set-for-all CMP-0001 10"),
    )
    def set_for_all(
        key: Key,
        percent: Annotated[str | None, typer.Argument(metavar="[PERCENT]", help=_PERCENT_HELP)] = None,
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        """Fill the lines of a campaign from one percentage."""
        from rabatt.command_line.records.campaign_run import set_for_all_run

        return set_for_all_run(kind, key, percent, format, store, by)
