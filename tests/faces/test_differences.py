"""Engine against oracle over 100,000 lines of seeded random orders; ten million in the long form."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.faces.differences import compare_all
from tests.faces.program import ProgramFace

BUILD = Path(os.environ.get("RABATT_BUILD", "build/release"))
SEED = os.environ.get("RABATT_SEED", "20260301")


def run(seed: str, lines: int) -> None:
    program = BUILD / "faces" / "engine"
    if not program.exists():
        pytest.skip(f"{program} is not built")
    face = ProgramFace(program)
    counts: Counter[str] = Counter()
    differences = list(compare_all(face, seed, lines, counts))
    face.close()
    print(f"seed {seed}: {dict(counts)}, {len(differences)} differences")
    assert counts["lines"] >= lines
    assert not differences, "\n".join(differences[:10])


@pytest.mark.parametrize("part", range(4))  # parts, so that all processors have some
def test_a_hundred_thousand_lines(part: int) -> None:
    run(f"{SEED}/{part}", 25_000)


@pytest.mark.soak
def test_ten_million_lines() -> None:
    run(SEED + "/soak", 10_000_000)
