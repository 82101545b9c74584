"""What only target groups, recipients, actions and e-mail permissions have."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from rabatt.command_line.command_group import Command
from rabatt.command_line.records.examples import examples_of
from rabatt.command_line.records.options import By, CampaignKey, Key, StoreUrl, TableJsonOrCsv

_SINCE_TEMPLATE_HELP = "Just those who were added after the campaign got its e-mail template."

_Several: TypeAlias = Annotated[list[str], typer.Argument(metavar="RECIPIENT…", help="Their ids.")]
_Maybe: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(metavar="[RECIPIENT]…", help="Their ids; by default all who are to get it."),
]
_Group: TypeAlias = Annotated[
    str | None, typer.Option("--target-group", metavar="KEY", help="The linked members of this group.")
]
_Parties: TypeAlias = Annotated[list[str], typer.Option("--party", metavar="KEY", help="This party, and …")]
_Leads: TypeAlias = Annotated[list[str], typer.Option("--lead", metavar="KEY", help="This lead, and …")]
_Where: TypeAlias = Annotated[
    list[str],
    typer.Option("--where", metavar="CONDITION", help="The active parties that meet all conditions."),
]
_Email: TypeAlias = Annotated[str, typer.Argument(metavar="EMAIL", help="The address.")]
_Reason: TypeAlias = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")]
_Token: TypeAlias = Annotated[
    str | None, typer.Option("--token", metavar="TOKEN", help="What the address was sent.")
]
_Proof: TypeAlias = Annotated[
    str | None, typer.Option("--proof", metavar="TEXT", help="Without a token: what proves it.")
]


def add_verbs(app: typer.Typer, record: str) -> None:
    """Those of a kind of record, if it has any."""
    verbs = {
        "target_group": _of_target_groups,
        "recipient": _of_recipients,
        "action": _of_actions,
        "email_permission": _of_permissions,
    }
    if record in verbs:
        verbs[record](app)


def _of_target_groups(app: typer.Typer) -> None:
    @app.command(cls=Command, epilog=examples_of("rabatt target-group refresh TG-0001"))
    def refresh(key: Key, format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None) -> int:
        """Bring the members in line with the conditions."""
        from rabatt.command_line.records.audience_run import refresh_run

        return refresh_run(key, format, store, by)


def _of_recipients(app: typer.Typer) -> None:
    adding = [
        "rabatt recipient add-from CMP-0001 --target-group TG-0001",
        "rabatt recipient add-from CMP-0001 --where city=Oslo --where is_customer=true",
    ]

    @app.command("add-from", cls=Command, epilog=examples_of(*adding))
    def add_from(
        campaign: CampaignKey,
        target_group: _Group = None,
        party: _Parties = [],  # noqa: B006
        lead: _Leads = [],  # noqa: B006
        where: _Where = [],  # noqa: B006
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        """Copy parties and others into a campaign.

        They are parties, leads, and members of a target group, each once.
        """
        from rabatt.command_line.records.audience_run import add_from_run

        return add_from_run(campaign, target_group, party, lead, where, format, store, by)

    @app.command(cls=Command, epilog=examples_of("rabatt recipient outbox CMP-0001 --format csv"))
    def outbox(
        campaign: CampaignKey,
        since_template: Annotated[bool, typer.Option("--since-template", help=_SINCE_TEMPLATE_HELP)] = False,
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        """List who is to get a campaign, and who is not.

        These have not got it yet; the others are told with the reason.
        """
        from rabatt.command_line.records.audience_run import outbox_run

        return outbox_run(campaign, since_template, format, store, by)

    @app.command("mark-sent", cls=Command, epilog=examples_of("rabatt recipient mark-sent CMP-0001"))
    def mark_sent(
        campaign: CampaignKey,
        recipients: _Maybe = None,
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        """Mark recipients as sent to."""
        from rabatt.command_line.records.audience_run import mark_run

        return mark_run("mark_sent", campaign, recipients or None, format, store, by)

    missing = examples_of("rabatt recipient mark-undeliverable CMP-0001 7 12")

    @app.command("mark-undeliverable", cls=Command, epilog=missing)
    def mark_undeliverable(
        campaign: CampaignKey,
        recipients: _Several,
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        """Mark recipients whom nothing reached."""
        from rabatt.command_line.records.audience_run import mark_run

        return mark_run("mark_undeliverable", campaign, recipients, format, store, by)


def _of_actions(app: typer.Typer) -> None:
    @app.command(
        "add-target-group", cls=Command, epilog=examples_of("rabatt action add-target-group 7 TG-0001")
    )
    def add_target_group(
        key: Key,
        target_group: Annotated[str, typer.Argument(metavar="TARGET_GROUP", help="Its number; or its id.")],
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        """Copy the linked members of a target group to an action."""
        from rabatt.command_line.records.audience_run import add_target_group_run

        return add_target_group_run(key, target_group, format, store, by)

    @app.command("copy-contacts", cls=Command, epilog=examples_of("rabatt action copy-contacts 7 3"))
    def copy_contacts(
        key: Key,
        other: Annotated[str, typer.Argument(metavar="FROM", help="The id of the action that has them.")],
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        """Copy the contacts of another action."""
        from rabatt.command_line.records.audience_run import copy_contacts_run

        return copy_contacts_run(key, other, format, store, by)

    @app.command(cls=Command, epilog=examples_of("rabatt action generate 7"))
    def generate(key: Key, format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None) -> int:
        """Make the dossier items of an action."""
        from rabatt.command_line.records.audience_run import generate_run

        return generate_run(key, format, store, by)


def _of_permissions(app: typer.Typer) -> None:
    start = "rabatt email-permission"

    @app.command(cls=Command, epilog=examples_of(f"{start} request ann@shop.example"))
    def request(email: _Email, format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None) -> int:
        """Ask for a permission, and print its token.

        The address is to be sent the token.
        """
        from rabatt.command_line.records.audience_run import request_run

        return request_run(email, format, store, by)

    confirming = [
        f"{start} confirm ann@shop.example --{how}" for how in ("token 1f7c…", "proof 'signed form'")
    ]

    @app.command(cls=Command, epilog=examples_of(*confirming))
    def confirm(
        email: _Email,
        token: _Token = None,
        proof: _Proof = None,
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        """Confirm a permission, by its token or by hand."""
        from rabatt.command_line.records.audience_run import confirm_run

        return confirm_run(email, token, proof, format, store, by)

    def add(verb: str, help: str) -> None:
        example = examples_of(f"{start} {verb} ann@shop.example --reason 'by telephone'")

        @app.command(verb, cls=Command, help=help, epilog=example)
        def withdraw(
            email: _Email,
            reason: _Reason = None,
            format: TableJsonOrCsv = None,
            store: StoreUrl = None,
            by: By = None,
        ) -> int:
            from rabatt.command_line.records.audience_run import withdraw_run

            return withdraw_run(verb, email, reason, format, store, by)

    add("cancel", "Take a confirmed permission back.")
    add("stop", "Withdraw the request for a permission.")
    add("block", "Send no bulk e-mail to an address any more.")
