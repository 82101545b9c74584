"""The arguments and options that commands of the store have in common."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from rabatt.command_line.records.kinds import STAMPS, RecordKind, kind_named, kind_of_command
from rabatt.errors import Error

_STORE_HELP = "sqlite:PATH or postgresql://…; by default $RABATT_STORE, else sqlite:rabatt.db."
_WHERE_HELP = "FIELD=VALUE, % is any text; also == != < <= > >= and in. Once per condition."
_MAP_HELP = "What other headers and values mean, as YAML or JSON."
_PLACES_HELP = "A column of floats is read only with this: 2, or prices.EUR=2 once per column."
_EXPORTED_HELP = "Just these: number,name,prices; by default those of the list, and all are all."
_BY_HELP = "Who does it; by default $RABATT_AS, else the login name. $RABATT_MAY limits what they may do."


def _before_equals(context: typer.Context, incomplete: str) -> list[str]:
    """The fields that can be set of the record whose command is being typed."""
    from rabatt.command_line.records.assignments import words_of

    kind = _kind_typed(context)
    words = [f"{word}=" for word in words_of(kind)] if kind else []
    return [word for word in words if word.startswith(incomplete)]


def _searched(context: typer.Context, incomplete: str) -> list[str]:
    """The fields that can be looked for."""
    kind = _kind_typed(context)
    words = [f"{word}=" for word in (*kind.fields, *STAMPS, "id")] if kind else []
    return [word for word in words if word.startswith(incomplete)]


def _kind_typed(context: typer.Context) -> RecordKind | None:
    """Of the command's group; or what is to be exported, which is no parameter yet behind an option."""
    group = context.parent.info_name if context.parent else None
    exported = context.params.get("records") or next(iter(context.args), None)
    return kind_of_command(group or "") or _kind_of_plural(exported)


def _kind_of_plural(word: str | None) -> RecordKind | None:
    try:
        return kind_named(word or "")
    except Error:
        return None


StoreUrl: TypeAlias = Annotated[str | None, typer.Option("--store", metavar="URL", help=_STORE_HELP)]
By: TypeAlias = Annotated[str | None, typer.Option("--as", metavar="INITIALS", help=_BY_HELP)]
TableJsonOrCsv: TypeAlias = Annotated[
    str | None, typer.Option("--format", metavar="FORMAT", help="table, json or csv.")
]
Key: TypeAlias = Annotated[
    str, typer.Argument(metavar="KEY", help="The record's number, code or name; or its id.")
]
CampaignKey: TypeAlias = Annotated[
    str, typer.Argument(metavar="CAMPAIGN", help="The campaign's number or code; or its id.")
]
Keys: TypeAlias = Annotated[
    list[str], typer.Argument(metavar="KEY…", help="Numbers, codes or names; or ids.")
]
Assignments: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FIELD=VALUE…",
        help="Nothing after = blanks the field. A list is a,b or JSON; prices.EUR=12 is a member.",
        autocompletion=_before_equals,
    ),
]
JsonFile: TypeAlias = Annotated[
    str | None,
    typer.Option("--json", metavar="FILE", help="Take the record from a JSON file, - is standard input."),
]
View: TypeAlias = Annotated[
    str | None,
    typer.Option("--view", metavar="VIEW", help="active (by default), mine, not_mine, inactive or all."),
]
Where: TypeAlias = Annotated[
    list[str], typer.Option("--where", metavar="CONDITION", help=_WHERE_HELP, autocompletion=_searched)
]
SearchedText: TypeAlias = Annotated[
    str | None, typer.Option("--text", metavar="TEXT", help="What is in any of its texts.")
]
Tags: TypeAlias = Annotated[list[str], typer.Option("--tag", metavar="TAG", help="It has this tag, and …")]
Letter: TypeAlias = Annotated[
    str | None, typer.Option("--letter", metavar="LETTER", help="What its name begins with.")
]
Sort: TypeAlias = Annotated[
    str | None, typer.Option("--sort", metavar="FIELDS", help="name,-date: by name, the newest first.")
]
Search: TypeAlias = Annotated[
    str | None,
    typer.Option("--search", metavar="NAME", help="A saved search; what is asked for besides narrows it."),
]
SaveAs: TypeAlias = Annotated[
    str | None, typer.Option("--save-as", metavar="NAME", help="Keep what is asked for as a saved search.")
]
Limit: TypeAlias = Annotated[str | None, typer.Option("--limit", metavar="N", help="At most so many.")]
Columns: TypeAlias = Annotated[
    str | None, typer.Option("--columns", metavar="FIELDS", help="Just these: number,name,date.")
]
Yes: TypeAlias = Annotated[bool, typer.Option("--yes", help="Do not ask.")]

# ---- files ----

SourceFile: TypeAlias = Annotated[
    str, typer.Argument(metavar="FILE", help="The table: .csv, .xlsx, .jsonl or .parquet.")
]
Into: TypeAlias = Annotated[
    str | None, typer.Option("--into", metavar="RECORDS", help="Which records: items, campaign_lines, …")
]
Match: TypeAlias = Annotated[
    str | None,
    typer.Option("--match", metavar="FIELD", help="Change the record that has the same value in this field."),
]
MapFile: TypeAlias = Annotated[str | None, typer.Option("--map", metavar="FILE", help=_MAP_HELP)]
Apply: TypeAlias = Annotated[bool, typer.Option("--apply", help="Store them: without it nothing is.")]
KeepGood: TypeAlias = Annotated[
    bool, typer.Option("--keep-good", help="Store the rows that are right although others are not.")
]
DecimalMark: TypeAlias = Annotated[
    str | None, typer.Option("--decimal-mark", metavar="MARK", help=". or , in CSV.")
]
Encoding: TypeAlias = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="Of text that is not UTF-8: cp1252.")
]
Separator: TypeAlias = Annotated[
    str | None, typer.Option("--separator", metavar="C", help="Between the cells of CSV; tab is a tab.")
]
PlacesOf: TypeAlias = Annotated[list[str], typer.Option("--places", metavar="[NAME=]N", help=_PLACES_HELP)]
Records: TypeAlias = Annotated[
    str, typer.Argument(metavar="RECORDS", help="Which records: items, campaigns, price_book_lines, …")
]
ExportFile: TypeAlias = Annotated[
    str, typer.Option("--out", metavar="FILE", help="The file: .csv, .xlsx or .pdf.")
]
ExportColumns: TypeAlias = Annotated[
    str | None, typer.Option("--columns", metavar="FIELDS", help=_EXPORTED_HELP)
]
Title: TypeAlias = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Over a PDF.")]
