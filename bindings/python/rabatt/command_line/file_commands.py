"""`rabatt import` and `rabatt export`."""

from __future__ import annotations

import typer

from rabatt.command_line.command_group import Command
from rabatt.command_line.records.options import (
    Apply,
    By,
    DecimalMark,
    Encoding,
    ExportColumns,
    ExportFile,
    Into,
    KeepGood,
    Letter,
    Limit,
    MapFile,
    Match,
    PlacesOf,
    Records,
    Search,
    SearchedText,
    Separator,
    Sort,
    SourceFile,
    StoreUrl,
    Tags,
    Title,
    View,
    Where,
)

_IMPORT_EXAMPLES = """\b
    Examples:
      rabatt import items.csv --into items
      rabatt import items.csv --into items --match number --apply
      rabatt import prices.xlsx --into price_book_lines --apply --keep-good
      rabatt import products.txt --map products.yaml --separator tab --apply"""

_EXPORT_EXAMPLES = """\b
    Examples:
      rabatt export items --out items.xlsx
      rabatt export campaigns --out campaigns.pdf --where status=active --sort -date
      rabatt export campaigns --out big.csv --view all --where "budget>=60000" --columns all
      rabatt export items --out items.csv --separator ";" --decimal-mark ,"""


def add_file_commands(app: typer.Typer) -> None:
    app.command(cls=Command, name="import", epilog=_IMPORT_EXAMPLES)(import_records)
    app.command(cls=Command, name="export", epilog=_EXPORT_EXAMPLES)(export_records)


def import_records(
    source: SourceFile,
    into: Into = None,
    match: Match = None,
    map_file: MapFile = None,
    apply: Apply = False,
    keep_good: KeepGood = False,
    decimal_mark: DecimalMark = None,
    encoding: Encoding = None,
    separator: Separator = None,
    places: PlacesOf = [],  # noqa: B006
    store: StoreUrl = None,
    by: By = None,
) -> int:
    """Add the rows of a table to a store, or change its records.

    Without --apply it is a dry run: what would be done is told, and every row that is wrong, with its line.
    All rows are stored or none, unless --keep-good.
    The exit status is 1 if nothing could be stored, 2 if some rows could not.
    """
    from rabatt.command_line.import_run import import_run
    from rabatt.command_line.records.table_options import places_stated, separator_of

    return import_run(
        source,
        into,
        match,
        map_file,
        apply,
        keep_good,
        decimal_mark,
        encoding,
        separator_of(separator),
        places_stated(places),
        store,
        by,
    )


def export_records(
    records: Records,
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
    """Write a list of records to a spreadsheet, CSV or PDF.

    It has what `rabatt RECORD list` shows of the same records, all pages of it. A text that a spreadsheet
    would run as a formula has an apostrophe before it in CSV; `rabatt import` takes it away.
    """
    from rabatt.command_line.export_run import export_run
    from rabatt.command_line.records.kinds import kind_named
    from rabatt.command_line.records.searches import Asked

    asked = Asked(view, where, text, tag, letter, sort, limit, search)
    return export_run(kind_named(records), asked, out, columns, separator, decimal_mark, title, store, by)
