"""Tables of bench/README.md, from bench/results: each between `<!-- results: NAME -->` and `<!-- end -->`.

python bench/readme.py

What stands outside of these marks is written by hand, and stays.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # when it runs as a script

from bench.goals import goals_table
from bench.tables import Result, table_of

README = Path(__file__).parent / "README.md"
RESULTS = Path(__file__).parent / "results"
MARKED = re.compile(r"(?<=<!-- results: )(\w+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)


def results_in(folder: Path) -> dict[str, Result]:
    """By name; the goals count those that there are."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


def write_readme(results: Mapping[str, Result], path: Path = README) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(filled(text, results), encoding="utf-8")


def filled(text: str, results: Mapping[str, Result]) -> str:
    def fill(mark: re.Match[str]) -> str:
        name = mark[1]
        lines = goals_of(results) if name == "goals" else section(name, results.get(name))
        return f"{name}{mark[2]}" + "".join(f"{line}\n" for line in lines)

    return MARKED.sub(fill, text)


def goals_of(results: Mapping[str, Result]) -> Iterator[str]:
    yield from goals_table(results)
    yield ""
    machines = dict.fromkeys(result["machine"] for result in results.values())
    yield f"On {'; and on '.join(machines)}." if machines else "Nothing is measured yet."


def section(name: str, result: Result | None) -> Iterator[str]:
    if not result:
        yield "Not measured yet."
        return
    yield from table_of(name, result)
    yield ""
    copy = [f"{speed:.1f}" for speed in sorted(result["gigabytes_per_second"]["copy"])]
    memory = f"; memory copied at {copy[0]} to {copy[-1]} GB/s by one core in the same run" if copy else ""
    yield f"{result['date']}, commit {result['commit']}{memory}."
    if (RESULTS / f"{name}.png").exists():
        yield f"\n![{name}](results/{name}.png)"


if __name__ == "__main__":
    write_readme(results_in(RESULTS))
    sys.exit(0)
