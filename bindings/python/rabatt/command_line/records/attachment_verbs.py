"""What only attachments have: their files."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from rabatt.command_line.command_group import Command
from rabatt.command_line.records.examples import examples_of
from rabatt.command_line.records.options import Assignments, By, CampaignKey, StoreUrl, TableJsonOrCsv

_Id: TypeAlias = Annotated[str, typer.Argument(metavar="ID", help="The attachment's id.")]
_File: TypeAlias = Annotated[str, typer.Argument(metavar="FILE", help="The file, 64 MiB at most.")]
_Copy: TypeAlias = Annotated[
    str, typer.Argument(metavar="FILE", help="Where to write it; - is standard output.")
]
_Title: TypeAlias = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", help="By default the file's name.")
]
_ContentId: TypeAlias = Annotated[
    str | None,
    typer.Option("--content-id", metavar="ID", help="What HTML mail calls an image by: cid:ID."),
]


def add_verbs(app: typer.Typer) -> None:
    putting = [
        "rabatt attachment put CMP-0001 letter.pdf",
        "rabatt attachment put CMP-0001 logo.png --title Logo --content-id logo included=false",
    ]

    @app.command(cls=Command, epilog=examples_of(*putting))
    def put(
        campaign: CampaignKey,
        file: _File,
        assignments: Assignments = None,
        title: _Title = None,
        content_id: _ContentId = None,
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        """Attach a file to a campaign."""
        from rabatt.command_line.records.attachment_run import put_run

        named = {"title": title, "content_id": content_id}
        return put_run(campaign, file, assignments or [], named, format, store, by)

    @app.command(cls=Command, epilog=examples_of("rabatt attachment replace 7 logo.png"))
    def replace(
        key: _Id, file: _File, format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None
    ) -> int:
        """Give an attachment another content.

        It stays under its title and content id.
        """
        from rabatt.command_line.records.attachment_run import replace_run

        return replace_run(key, file, format, store, by)

    saving = ["rabatt attachment save-to 7 logo.png", "rabatt attachment save-to 7 - > logo.png"]

    @app.command("save-to", cls=Command, epilog=examples_of(*saving))
    def save_to(key: _Id, file: _Copy, store: StoreUrl = None, by: By = None) -> int:
        """Write the content of an attachment into a file."""
        from rabatt.command_line.records.attachment_run import save_to_run

        return save_to_run(key, file, store, by)

    @app.command(cls=Command, epilog=examples_of("rabatt attachment check CMP-0001"))
    def check(
        campaign: CampaignKey, format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None
    ) -> int:
        """Check the images that a campaign's e-mail refers to.

        Told are references in the HTML of its template that no attachment has, and content ids that are not
        referred to. The exit status is 2 if an image would be missing.
        """
        from rabatt.command_line.records.attachment_run import check_run

        return check_run(campaign, format, store, by)
