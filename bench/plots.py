"""The figures in bench/results as pictures, for those who would rather look.

python bench/plots.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")  # no display
from matplotlib import pyplot as plt

RESULTS = Path(__file__).parent / "results"
OURS = "#1b7a4b"
OTHERS = "#9aa5b1"


def draw(results: Path) -> None:
    """`peers.png`: ns per line beside the peers; `curve.png`: against the number of campaigns."""
    for name, draw_one in (("peers", _draw_peers), ("curve", _draw_curve)):
        if (results / f"{name}.json").exists():
            draw_one(
                json.loads((results / f"{name}.json").read_text(encoding="utf-8")), results / f"{name}.png"
            )


def _draw_peers(peers: dict, path: Path) -> None:  # type: ignore[type-arg]
    figures = sorted(peers["figures"], key=lambda figure: -figure["median"])
    names = [
        figure["name"] + (f"  ({figure['wrong']:,} wrong)" if figure["wrong"] else "") for figure in figures
    ]
    times = [figure["median"] for figure in figures]
    colours = [OURS if figure["name"].startswith("rabatt") else OTHERS for figure in figures]
    picture, axes = plt.subplots(figsize=(8, 0.42 * len(figures) + 1.2), layout="constrained")
    bars = axes.barh(names, times, color=colours)
    axes.bar_label(bars, [f"{time:,.0f}" for time in times], padding=4)
    axes.set_xscale("log")
    axes.margins(x=0.12)
    axes.set_xlabel("nanoseconds per order line, one thread, median of all rounds (logarithmic)")
    axes.spines[["top", "right"]].set_visible(False)
    picture.savefig(path, dpi=120)
    plt.close(picture)


def _draw_curve(curve: dict, path: Path) -> None:  # type: ignore[type-arg]
    figures = curve["figures"]
    names = list(dict.fromkeys(figure["name"] for figure in figures))
    picture, axes = plt.subplots(figsize=(8, 4), layout="constrained")
    for name in names:
        own = [figure for figure in figures if figure["name"] == name]
        counts = [int(figure["workload"].split()[0].replace(",", "")) for figure in own]
        axes.plot(
            counts, [figure["median"] for figure in own], marker="o", label=name.removeprefix("batch, ")
        )
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("campaigns in the book, ten lines each")
    axes.set_ylabel("nanoseconds per order line, median")
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    picture.savefig(path, dpi=120)
    plt.close(picture)


if __name__ == "__main__":
    draw(RESULTS)
    sys.exit(0)
