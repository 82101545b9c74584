"""Results as Markdown tables, in the terminal and in the README. A cell has smallest / median / largest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

Result = dict[str, Any]  # a file of bench/results
Shown = dict[str, Any]  # one of its figures

OPERATIONS = {
    "plain_multiply_and_shift": "plain 64-bit multiplication and shift (no rounding, no check)",
    "scaled_integers": "**scaled integers** (`scaled.h`)",
    "decimal": "`Decimal` (`decimal.h`)",
    "binary_double": "`double`",
    "boost_checked_int128": "Boost `checked_int128_t`",
    "boost_cpp_dec_float_50": "Boost `cpp_dec_float_50`",
    "python_decimal": "Python `decimal`",
}
MEMORY = {"find": "find every record", "csv": "write a .csv"}
QUOTES = {
    "other_items": "campaigns on other items",
    "other_dates": "campaigns on other dates",
    "cold": "items and customers all over the book",
    "ids_hot": "by ids, the same ten items",
    "ids_cold": "by ids, every item, planes of four days",
}


def table_of(name: str, result: Result) -> list[str]:
    """Of the section of that name."""
    return list(_TABLES[name](result))


def spread(figure: Shown, unit: float = 1) -> str:
    return " / ".join(_number(figure[key] / unit) for key in ("min", "median", "max"))


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = True) -> Iterator[str]:
    """As wide as its widest cells, to be read as it is. Numbers, in all columns but the first, go right."""
    kept = [list(head), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*kept, strict=True)]
    right = [numbers and at > 0 for at in range(len(widths))]
    kept.insert(1, ["-" * (width - go) + ":" * go for width, go in zip(widths, right, strict=True)])
    for row in kept:
        cells = zip(row, widths, right, strict=True)
        yield f"| {' | '.join(text.rjust(width) if go else text.ljust(width) for text, width, go in cells)} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def over(figure: Shown, reference: Shown) -> float:
    """How many times as long it takes."""
    return float(figure["median"] / reference["median"])


def growth(figures: Iterable[Shown]) -> float:
    medians = [float(figure["median"]) for figure in figures]
    return max(medians) / min(medians)


def _ratio(figure: Shown, reference: Shown) -> str:
    return _number(over(figure, reference))


def _pivot(
    result: Result,
    first: str,
    place: Callable[[Shown], tuple[str, str]],
    unit: float = 1,
    last: tuple[str, Callable[[list[Shown], list[Shown]], str]] | None = None,
) -> Iterator[str]:
    """`place` tells row and column of a figure; `last` is a column made of its row and of the first."""
    rows: dict[str, dict[str, Shown]] = {}
    for figure in result["figures"]:
        row, column = place(figure)
        rows.setdefault(row, {})[column] = figure
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    top = list(next(iter(rows.values())).values())
    yield from markdown(
        [first, *columns, *([last[0]] if last else [])],
        [
            [
                name,
                *(spread(row[column], unit) if column in row else "" for column in columns),
                *([last[1](list(row.values()), top)] if last else []),
            ]
            for name, row in rows.items()
        ],
    )


def _store(result: Result) -> Iterator[str]:
    """What was done by database; then the memory that it took, and how long filling took."""

    def place(figure: Shown) -> tuple[str, str]:
        return figure["name"], figure["workload"]

    yield from _pivot(result, f"{result['workload']}: ms", place, 1e6)
    yield ""
    counts = sorted({one["rows"] for one in result["memory"]})
    rows: dict[tuple[str, str], dict[int, Shown]] = {}
    for one in result["memory"]:
        rows.setdefault((MEMORY[one["name"]], one["workload"]), {})[one["rows"]] = one
    yield from markdown(
        ["largest memory, MB (s)", *(f"{count:,} rows" for count in counts)],
        [
            [
                f"{name}, {database}",
                *(
                    f"{row[count]['bytes'] / 1e6:.0f} ({row[count]['nanoseconds'] / 1e9:.1f})"
                    for count in counts
                ),
            ]
            for (name, database), row in rows.items()
        ],
    )
    yield ""
    yield from _pivot({"figures": result["filling"]}, "filling, s", place, 1e9)


def _growth(row: list[Shown], top: list[Shown]) -> str:
    return _number(growth(row))


def _decimal(result: Result) -> Iterator[str]:
    figures = result["figures"]
    yield from markdown(
        ["one line to the cent", "ns", "ratio", "wrong of 4,096"],
        [
            [OPERATIONS[one["name"]], spread(one), _ratio(one, figures[0]), f"{one['wrong']:,}"]
            for one in figures
        ],
    )


def _quote(result: Result) -> Iterator[str]:
    def place(figure: Shown) -> tuple[str, str]:
        kind, _, campaigns = figure["name"].partition("/")
        return QUOTES[kind], f"{int(campaigns):,}"

    yield from _pivot(result, "one quote, ns, by campaigns", place, last=("largest ratio", _growth))


def _live(result: Result) -> Iterator[str]:
    def place(figure: Shown) -> tuple[str, str]:
        swaps, percentile = figure["name"].split(", ")
        return swaps, percentile

    def slower(row: list[Shown], top: list[Shown]) -> str:
        return _ratio(row[1], top[1])

    yield from _pivot(result, "one quote, µs", place, 1e3, ("ratio of p99", slower))


def _book(result: Result) -> Iterator[str]:
    figures = result["figures"]
    head = [figures[0]["workload"], "ms"]
    yield from markdown(head, [[figure["name"], spread(figure, 1e6)] for figure in figures])


def _curve(result: Result) -> Iterator[str]:
    def place(figure: Shown) -> tuple[str, str]:
        return figure["name"].split(", ")[1], figure["workload"].removesuffix(" campaigns")

    yield from _pivot(result, "ns per line, by campaigns", place, last=("largest ratio", _growth))


def _batch(result: Result) -> Iterator[str]:
    def place(figure: Shown) -> tuple[str, str]:
        _, instructions, columns, threads = figure["name"].split(", ")
        return f"{figure['workload']}, {instructions}", f"{columns}, {threads}"

    yield from _pivot(result, "ns per line", place)


def _dates(result: Result) -> Iterator[str]:
    def place(figure: Shown) -> tuple[str, str]:
        _, instructions, columns, threads = figure["name"].split(", ")
        dates = figure["workload"] if columns == "net dated" else "one date"
        return f"{figure['lines']:,} lines, {dates}, {instructions}", threads

    yield from _pivot(result, "ns per line", place)


def _arrow(result: Result) -> Iterator[str]:
    def place(figure: Shown) -> tuple[str, str]:
        name, threads = figure["name"].split(", ")
        return name, threads

    def rate(row: list[Shown], top: list[Shown]) -> str:
        return ", ".join(f"{100 / over(*pair):.0f} %" for pair in zip(row, top, strict=True))

    lines = result["figures"][0]["lines"]
    yield from _pivot(result, f"ns per line, {lines:,} lines", place, last=("rate", rate))


def _peers(result: Result) -> Iterator[str]:
    """Fastest first; the ratio is to the fastest that is right."""
    figures = sorted(result["figures"], key=lambda figure: float(figure["median"]))
    fastest = next((figure for figure in figures if not figure["wrong"]), figures[0])
    yield from markdown(
        [f"ns per line, {result['threads']} thread(s)", "lines", "time", "ratio", "wrong"],
        [
            [
                figure["name"],
                f"{figure['lines']:,}",
                spread(figure),
                _ratio(figure, fastest),
                f"{figure['wrong']:,}",
            ]
            for figure in figures
        ],
    )


_TABLES: dict[str, Callable[[Result], Iterator[str]]] = {
    "decimal": _decimal,
    "quote": _quote,
    "live": _live,
    "book": _book,
    "curve": _curve,
    "batch": _batch,
    "dates": _dates,
    "peers": _peers,
    "arrow": _arrow,
    "store": _store,
}
