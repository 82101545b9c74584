"""What the engine is meant to reach, and what the last results say.

Ratios are of medians, and a goal is met where the median meets it. The share of what memory allows counts the
bytes that a line needs (its columns, and a cache line each for the look at its item and at its customer, as
if no cache had them) at the speed measured, beside the copy that one core did in the same run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from bench.tables import Result, Shown, growth, markdown, over, spread

SETS = ("AVX-512", "AVX2", "portable")  # the best first
READ = 4 + 4 + 8  # item, customer, quantity
WRITTEN = 1 + 16 + 4  # status, net, campaign
LOOKED_UP = 64 + 64  # item, customer
USUAL = "100,000 items, uniform"


@dataclass(frozen=True)
class Reached:
    measured: str
    is_met: bool
    share: float | None = None  # of what memory allows


@dataclass(frozen=True)
class Goal:
    work: str
    goal: str
    result: str  # the file it is seen in
    judge: Callable[[Result], Reached]  # LookupError: it was not measured there


def goals_table(results: Mapping[str, Result]) -> Iterator[str]:
    """A row for each goal; what has no results yet says so."""
    head = ["work", "goal", "measured: smallest / median / largest", "", "share of memory"]
    yield from markdown(head, [_row(goal, results.get(goal.result)) for goal in GOALS], numbers=False)


def _row(goal: Goal, result: Result | None) -> list[str]:
    try:
        reached = goal.judge(result) if result else None
    except LookupError:  # a machine without the instructions
        reached = None
    if not reached:
        return [goal.work, goal.goal, "not measured yet", "", ""]
    share = "" if reached.share is None else f"{reached.share:.0%}"
    return [goal.work, goal.goal, reached.measured, "met" if reached.is_met else "**missed**", share]


def _figures(result: Result, workload: str = "") -> dict[str, Shown]:
    """By name; of a workload where there are several."""
    figures: list[Shown] = result["figures"]
    return {one["name"]: one for one in figures if not workload or one["workload"] == workload}


def _share(result: Result, figure: Shown, bytes_per_line: int) -> float:
    copy: float = median(result["gigabytes_per_second"]["copy"])
    return bytes_per_line / float(figure["median"]) / copy


def _best(figures: Mapping[str, Shown], form: str) -> Shown:
    """That of the best set of instructions there is."""
    names = [form.format(instructions) for instructions in SETS]
    return figures[next((name for name in names if name in figures), names[-1])]


def _millions(figure: Shown) -> str:
    return " / ".join(f"{1e3 / figure[key]:.1f}" for key in ("max", "median", "min")) + " M lines/s"


def _decimal(result: Result) -> Reached:
    figures = _figures(result)
    ours, plain = figures["scaled_integers"], figures["plain_multiply_and_shift"]
    ratio = over(ours, plain)
    measured = f"{spread(ours)} ns beside {spread(plain)}: {ratio:.2f} ×, {ours['wrong']} wrong"
    return Reached(measured, ratio <= 2 and ours["wrong"] == 0)


def _rate(instructions: str, millions: float) -> Callable[[Result], Reached]:
    def judge(result: Result) -> Reached:
        figure = _figures(result, USUAL)[f"batch, {instructions}, net, 1 thread"]
        share = _share(result, figure, READ + WRITTEN + LOOKED_UP)
        return Reached(_millions(figure), 1e3 / figure["median"] >= millions, share)

    return judge


def _two_cores(result: Result) -> Reached:
    figures = _figures(result, USUAL)
    one, two = (_best(figures, f"batch, {{}}, net, {threads}") for threads in ("1 thread", "2 threads"))
    ratio = over(one, two)
    return Reached(f"{_millions(two)}: {ratio:.2f} ×", ratio >= 1.9)


def _flat(result: Result) -> Reached:
    ratios = {
        instructions: growth(own)
        for instructions in SETS
        if (own := [one for one in result["figures"] if f" {instructions}, net" in one["name"]])
    }
    measured = ", ".join(f"{name} {ratio:.2f} ×" for name, ratio in ratios.items())
    return Reached(measured, max(ratios.values()) <= 1.2)


def _quote(name: str, nanoseconds: float, bytes_per_quote: int) -> Callable[[Result], Reached]:
    def judge(result: Result) -> Reached:
        figure = _figures(result)[name]
        share = _share(result, figure, bytes_per_quote) if bytes_per_quote else None
        return Reached(f"{spread(figure)} ns", figure["median"] <= nanoseconds, share)

    return judge


def _live(result: Result) -> Reached:
    """Whoever swaps books that were opened is told to verify them first; what it costs not to is shown."""
    figures = _figures(result)
    kinds = ("kept books", "checked books", "opened books")
    ratios = {kind: over(figures[f"{kind}, p99"], figures["no swaps, p99"]) for kind in kinds}
    without = spread(figures["no swaps, p99"], 1e3)
    measured = ", ".join(
        f"{kind} {spread(figures[f'{kind}, p99'], 1e3)} µs: {ratio:.2f} ×" for kind, ratio in ratios.items()
    )
    return Reached(f"none {without} µs; {measured}", max(ratios["kept books"], ratios["checked books"]) <= 2)


def _arrow(result: Result) -> Reached:
    figures = _figures(result)
    shares, worst = [], 1.0
    for threads in ("1 thread", "2 threads"):
        ours = figures[f"Arrow from Python, {threads}"]
        rate = 1 / over(ours, figures[f"C++ batch, {threads}"])
        worst = min(worst, rate)
        shares.append(f"{threads} {_millions(ours)}: {rate:.0%}")
    share = _share(result, figures["Arrow from Python, 1 thread"], READ + WRITTEN + LOOKED_UP)
    return Reached(", ".join(shares), worst >= 0.6, share)


def _milliseconds(name: str, most: float) -> Callable[[Result], Reached]:
    def judge(result: Result) -> Reached:
        figure = _figures(result)[name]
        return Reached(f"{spread(figure, 1e6)} ms", figure["median"] <= most * 1e6)

    return judge


def _peers(result: Result) -> Reached:
    figures = _figures(result)
    ours = _best(figures, "rabatt, {}")
    others = [one for one in figures.values() if not one["name"].startswith("rabatt") and not one["wrong"]]
    fastest = min(others, key=lambda one: float(one["median"]))
    ratio = over(fastest, ours)
    share = _share(result, ours, READ + WRITTEN + LOOKED_UP)
    measured = f"{spread(ours)} ns per line beside {spread(fastest)} ({fastest['name']}): {ratio:.1f} ×"
    return Reached(measured, ratio >= 15, share)


def _in_store(part: str, milliseconds: float) -> Callable[[Result], Reached]:
    """Each figure of that name, in each database; the slowest of a database is shown."""

    def judge(result: Result) -> Reached:
        slowest: dict[str, Shown] = {}
        for one in result["figures"]:
            name = one["workload"]
            if part in one["name"] and (name not in slowest or over(one, slowest[name]) > 1):
                slowest[name] = one
        measured = ", ".join(f"{name} {spread(one, 1e6)} ms" for name, one in slowest.items())
        return Reached(measured, max(one["median"] for one in slowest.values()) <= milliseconds * 1e6)

    return judge


def _memory(result: Result) -> Reached:
    grown: dict[tuple[str, str], list[float]] = {}
    for one in result["memory"]:
        grown.setdefault((one["workload"], one["name"]), []).append(one["bytes"])
    more = {key: (max(each) - min(each)) / 1e6 for key, each in grown.items()}
    measured = ", ".join(
        f"{database} {name} {bytes_more:.0f}" for (database, name), bytes_more in more.items()
    )
    return Reached(f"{measured} MB", max(more.values()) <= 32)


GOALS = (
    Goal("one line in scaled integers", "≤ 2 × multiplication and shift, none wrong", "decimal", _decimal),
    Goal("batch, 100,000 items × customers, portable", "≥ 20 M lines/s", "batch", _rate("portable", 20)),
    Goal("the same with AVX-512", "≥ 50 M lines/s", "batch", _rate("AVX-512", 50)),
    Goal("the same with two cores", "≥ 1.9 × one", "batch", _two_cores),
    Goal("batch, from 10 to 100,000 campaigns", "at most 20 % apart", "curve", _flat),
    Goal("one quote by ids, hot", "≤ 50 ns", "quote", _quote("ids_hot/100000", 50, 0)),
    Goal("one quote by ids, cold", "≤ 150 ns", "quote", _quote("ids_cold/100000", 150, LOOKED_UP)),
    Goal("p99 of a quote while books are swapped", "≤ 2 × that without", "live", _live),
    Goal("from Python, Arrow in and out, 10 M lines", "≥ 60 % of the C++ batch", "arrow", _arrow),
    Goal("a book of 100,000 campaigns of 10 lines: build", "≤ 2 s", "book", _milliseconds("build", 2_000)),
    Goal("the same: open a saved one", "≤ 1 ms", "book", _milliseconds("open", 1)),
    Goal("beside the fastest peer that is right", "≥ 15 × as fast", "peers", _peers),
    Goal("store: the first page of two text criteria, sorted", "≤ 50 ms", "store", _in_store("find", 50)),
    Goal("store: add 100,000 recipients from the address book", "≤ 5 s", "store", _in_store("add", 5_000)),
    Goal("store: publish 100,000 campaigns", "≤ 3 s", "store", _in_store("publish", 3_000)),
    Goal("store: find and write a hundred times the rows", "≤ 32 MB more", "store", _memory),
    Goal("open the command line", "≤ 0.3 s", "store", _in_store("rabatt", 300)),
)
