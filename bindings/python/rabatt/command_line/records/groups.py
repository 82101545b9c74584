"""A group of commands for each kind of record: `rabatt item list`, `rabatt price-book show …`."""

from __future__ import annotations

import textwrap
from difflib import get_close_matches
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from rabatt.command_line.command_group import Command, CommandGroup, print_help
from rabatt.command_line.records.examples import examples_of
from rabatt.command_line.records.kinds import SETTINGS, Field, RecordKind, kind_of_command, record_kinds
from rabatt.command_line.records.options import (
    Assignments,
    By,
    Columns,
    DecimalMark,
    ExportColumns,
    ExportFile,
    JsonFile,
    Key,
    Keys,
    Letter,
    Limit,
    SaveAs,
    Search,
    SearchedText,
    Separator,
    Sort,
    StoreUrl,
    TableJsonOrCsv,
    Tags,
    Title,
    View,
    Where,
    Yes,
)

_FORCE_HELP = "Let its lines lose the prices or discounts of the pricing_type that it had."
_SUMMARY = "list, show, add, edit, delete"

#: A key and assignments as they may be typed, of the kinds that are asked for most.
_EXAMPLES = {
    "campaign": ("CMP-0001", "name=Spring pricing_type=set_discount date=2026-03-01", "status=active"),
    "item": ("TEA", "number=TEA name=Tea prices.EUR=12.50", "prices.EUR=13"),
    "party": ("C5", "number=C5 name='Hansen AS' is_customer=true", "discount=5"),
    "price_book": ("PB-0001", "name=Retail currency=EUR type=generic", "valid_until=2026-12-31"),
    "recipient": ("7", "campaign=CMP-0001 contact_name='Ann Li' email=ann@shop.example", "status=confirmed"),
    "employee": ("ANN", "initials=ANN name='Ann Li'", "email=ann@shop.example"),
    "settings": ("", "", "company_name='The shop'"),
}


class CommandsAndRecords(CommandGroup):
    """The commands, and a group for each kind of record, which is made when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*super().list_commands(ctx), *(kind.command for kind in record_kinds().values())]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if command := super().get_command(ctx, cmd_name):
            return command
        kind = kind_of_command(cmd_name)
        return None if kind is None else group_of(kind)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Of what nearly is the name of a command or record, that is told."""
        self.suggest_commands = False
        try:
            return super().resolve_command(ctx, args)
        except TyperException as error:
            for name in get_close_matches(args[0], self.list_commands(ctx), n=1):
                error.message = f"{error.message.rstrip('.')}. Did you mean {name!r}?"
            raise

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The records by their names alone."""
        commands = [(name, super(CommandsAndRecords, self).get_command(ctx, name)) for name in self.commands]
        room = formatter.width - 6 - max(len(name) for name, _ in commands)
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, command.get_short_help_str(room)) for name, command in commands if command]
            )
        names = ", ".join(kind.command for kind in record_kinds().values() if kind.parent is None)
        parts = ", ".join(kind.command for kind in record_kinds().values() if kind.parent is not None)
        for title, words in (
            (f"Records of a store ({_SUMMARY}; rabatt RECORD --help)", names),
            ("Records inside those", parts),
        ):
            with formatter.section(title):
                start = " " * formatter.current_indent
                formatter.write(
                    textwrap.fill(
                        words,
                        formatter.width,
                        initial_indent=start,
                        subsequent_indent=start,
                        break_on_hyphens=False,
                    )
                    + "\n"
                )


def group_of(kind: RecordKind) -> Any:
    """The command group of these records."""
    key, to_add, to_change = _EXAMPLES.get(kind.name, (_key_of(kind), _to_add(kind), _to_change(kind)))
    example = f"rabatt {kind.command} edit {to_change}" if not key else f"rabatt {kind.command} list"
    app = typer.Typer(
        cls=CommandGroup,
        name=kind.command,
        help=f"{kind.title_of_many.capitalize()} of a store.",
        context_settings={"help_option_names": ["-h", "--help"]},
        add_completion=False,
        rich_markup_mode=None,
        epilog=examples_of(f"rabatt {kind.command} show {key}".rstrip(), example),
    )
    app.callback(invoke_without_command=True)(print_help)
    _add_show(app, kind, key)
    if kind.name == SETTINGS:
        _add_edit_settings(app, kind, to_change)
    else:
        _add_list(app, kind)
        _add_export(app, kind)
        if kind.by_hand:
            _add_writing(app, kind, key, to_add, to_change)
        _add_own_verbs(app, kind)
    _add_history(app, kind, key)
    group = typer.main.get_command(app)
    group.name = kind.command
    return group


def _add_writing(app: typer.Typer, kind: RecordKind, key: str, to_add: str, to_change: str) -> None:
    _add_add(app, kind, to_add)
    if kind.name == "campaign":
        _add_edit_campaign(app, kind, key, to_change)
    else:
        _add_edit(app, kind, key, to_change)
    _add_delete(app, kind, key)


def _add_list(app: typer.Typer, kind: RecordKind) -> None:
    examples = [
        f"rabatt {kind.command} list",
        f"rabatt {kind.command} list --view all --format csv",
    ]
    if kind.name == "campaign":
        examples += [
            'rabatt campaign list --where "budget>=60000" --where name=AS% --sort -date',
            'rabatt campaign list --where "budget>=60000" --save-as big',
            "rabatt campaign list --search big --where status=active",
        ]
    text = f"List {kind.title_of_many}.\n\nThey are a table on a terminal, and CSV elsewhere."

    @app.command("list", cls=Command, help=text, epilog=examples_of(*examples))
    def list_records(
        view: View = None,
        where: Where = [],  # noqa: B006
        text: SearchedText = None,
        tag: Tags = [],  # noqa: B006
        letter: Letter = None,
        sort: Sort = None,
        limit: Limit = None,
        search: Search = None,
        save_as: SaveAs = None,
        columns: Columns = None,
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        from rabatt.command_line.records.list_run import list_run
        from rabatt.command_line.records.searches import Asked

        asked = Asked(view, where, text, tag, letter, sort, limit, search)
        return list_run(kind, asked, save_as, columns, format, store, by)


def _add_export(app: typer.Typer, kind: RecordKind) -> None:
    examples = [
        f"rabatt {kind.command} export --out {kind.plural}.xlsx",
        f"rabatt {kind.command} export --out all.csv --view all --columns all",
    ]
    text = f"Write {kind.title_of_many} to a spreadsheet, CSV or PDF.\n\nIt has what the list shows of them."

    @app.command("export", cls=Command, help=text, epilog=examples_of(*examples))
    def export(
        out: ExportFile,
        view: View = None,
        where: Where = [],  # noqa: B006
        text: SearchedText = None,
        tag: Tags = [],  # noqa: B006
        letter: Letter = None,
        sort: Sort = None,
        limit: Limit = None,
        search: Search = None,
        columns: ExportColumns = None,
        separator: Separator = None,
        decimal_mark: DecimalMark = None,
        title: Title = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        from rabatt.command_line.export_run import export_run
        from rabatt.command_line.records.searches import Asked

        asked = Asked(view, where, text, tag, letter, sort, limit, search)
        return export_run(kind, asked, out, columns, separator, decimal_mark, title, store, by)


def _add_show(app: typer.Typer, kind: RecordKind, key: str) -> None:
    example = examples_of(f"rabatt {kind.command} show {key}".rstrip())
    if kind.name == SETTINGS:

        @app.command("show", cls=Command, help="Show the settings.", epilog=example)
        def show_settings(format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None) -> int:
            from rabatt.command_line.records.show_run import show_run

            return show_run(kind, "1", format or "table", store, by)

        return

    @app.command("show", cls=Command, help=f"Show everything of one {kind.title}.", epilog=example)
    def show(key: Key, format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None) -> int:
        from rabatt.command_line.records.show_run import show_run

        return show_run(kind, key, format or "table", store, by)


def _add_add(app: typer.Typer, kind: RecordKind, assignments: str) -> None:
    examples = [
        f"rabatt {kind.command} add {assignments}",
        f"rabatt {kind.command} add --json {kind.plural}.json",
    ]

    text = f"Add {_article(kind)}.\n\nFields, those with * have to be given: {_fields_told(kind)}."

    @app.command("add", cls=Command, help=text, epilog=examples_of(*examples))
    def add(
        assignments: Assignments = None,
        json: JsonFile = None,
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        from rabatt.command_line.records.change_run import add_run

        return add_run(kind, assignments or [], json, format, store, by)


def _add_edit(app: typer.Typer, kind: RecordKind, key: str, assignments: str) -> None:
    examples = [f"rabatt {kind.command} edit {key} {assignments}"]

    @app.command("edit", cls=Command, help=f"Change {_article(kind)}.", epilog=examples_of(*examples))
    def edit(
        key: Key,
        assignments: Assignments = None,
        json: JsonFile = None,
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        from rabatt.command_line.records.change_run import edit_run

        return edit_run(kind, key, assignments or [], json, format, store, by)


def _add_edit_campaign(app: typer.Typer, kind: RecordKind, key: str, assignments: str) -> None:
    examples = [
        f"rabatt campaign edit {key} {assignments}",
        f"rabatt campaign edit {key} pricing_type=set_price --force",
    ]

    @app.command("edit", cls=Command, help="Change a campaign.", epilog=examples_of(*examples))
    def edit(
        key: Key,
        assignments: Assignments = None,
        json: JsonFile = None,
        force: Annotated[bool, typer.Option("--force", help=_FORCE_HELP)] = False,
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        from rabatt.command_line.records.change_run import edit_run

        return edit_run(kind, key, assignments or [], json, format, store, by, force)


def _add_edit_settings(app: typer.Typer, kind: RecordKind, assignments: str) -> None:
    example = examples_of(f"rabatt settings edit {assignments}")

    @app.command("edit", cls=Command, help="Change the settings.", epilog=example)
    def edit(
        assignments: Assignments = None,
        json: JsonFile = None,
        format: TableJsonOrCsv = None,
        store: StoreUrl = None,
        by: By = None,
    ) -> int:
        from rabatt.command_line.records.change_run import edit_run

        return edit_run(kind, "1", assignments or [], json, format, store, by)


def _add_delete(app: typer.Typer, kind: RecordKind, key: str) -> None:
    text = f"Delete {kind.title_of_many}, all or none.\n\nWhat lives in them goes too."
    examples = [f"rabatt {kind.command} delete {key}", f"rabatt {kind.command} delete {key} --yes"]

    @app.command("delete", cls=Command, help=text, epilog=examples_of(*examples))
    def delete(
        keys: Keys, yes: Yes = False, format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None
    ) -> int:
        from rabatt.command_line.records.change_run import delete_run

        return delete_run(kind, keys, yes, format, store, by)


def _add_history(app: typer.Typer, kind: RecordKind, key: str) -> None:
    what = "the settings" if kind.name == SETTINGS else _article(kind)
    text = (
        f"Tell who changed {what}.\n\nAlso when, what it was and what it is; of one that is gone by its id."
    )
    example = examples_of(f"rabatt {kind.command} history {key}".rstrip())
    if kind.name == SETTINGS:

        @app.command("history", cls=Command, help=text, epilog=example)
        def history_of_settings(format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None) -> int:
            from rabatt.command_line.records.history_run import history_run

            return history_run(kind, "1", format, store, by)

        return

    @app.command("history", cls=Command, help=text, epilog=example)
    def history(key: Key, format: TableJsonOrCsv = None, store: StoreUrl = None, by: By = None) -> int:
        from rabatt.command_line.records.history_run import history_run

        return history_run(kind, key, format, store, by)


def _add_own_verbs(app: typer.Typer, kind: RecordKind) -> None:
    if kind.name == "campaign":
        from rabatt.command_line.records.campaign_verbs import add_verbs

        add_verbs(app, kind)
    if kind.name == "attachment":
        from rabatt.command_line.records import attachment_verbs

        attachment_verbs.add_verbs(app)
    from rabatt.command_line.records import audience_verbs

    audience_verbs.add_verbs(app, kind.name)


def _article(kind: RecordKind) -> str:
    return f"{'an' if kind.title[0] in 'aeiou' else 'a'} {kind.title}"


def _key_of(kind: RecordKind) -> str:
    return {"number": "1001", "code": "A", "name": "First"}.get(kind.labels[0], "7") if kind.labels else "7"


def _to_add(kind: RecordKind) -> str:
    label = kind.labels[0] if kind.labels else ""
    start = [f"{label}={_key_of(kind)}"] if label else []
    required = [field for field in kind.fields.values() if field.required and field.name != label]
    return " ".join(start + [f"{field.name}={_sample(field)}" for field in required])


def _sample(field: Field) -> str:
    """A value that may stand in a field."""
    if field.choices:
        return field.choices[0]
    by_name = {"email": "ann@shop.example", "currency": "NOK", "kind": "campaign", "record": "item"}
    by_kind = {"reference": "7", "day": "2026-03-01", "instant": "2026-03-01T09:00:00Z", "text": "First"}
    return by_name.get(field.name) or by_kind.get(field.kind, "1")


def _fields_told(kind: RecordKind) -> str:
    """All that can be given, with the words that a choice has."""
    words = []
    for field in kind.fields.values():
        if not field.computed:
            choices = f" ({', '.join(field.choices)})" if field.choices else ""
            words.append(f"{field.name}{'*' if field.required else ''}{choices}")
    return ", ".join([*words, *kind.lists, *kind.children])


def _to_change(kind: RecordKind) -> str:
    for name in ("name", "active", "description", "note", "subject"):
        if name in kind.fields:
            return f"{name}={'false' if name == 'active' else 'Second'}"
    return f"{list(kind.fields)[-1]}=…"
