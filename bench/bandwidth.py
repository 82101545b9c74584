"""How fast one core moves memory, beside which the speed of everything else is to be read.

Two kernels of STREAM, each a call of NumPy, counted as STREAM counts: copy, a = b, and add, a = b + c. The
copy is memcpy, which writes past the caches, and about the most that one core can have.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np

NUMBERS = 48_000_000  # 384 MB an array: no cache holds one


@dataclass
class Bandwidth:
    """GB/s, one a round."""

    copy: list[float] = field(default_factory=list)
    add: list[float] = field(default_factory=list)

    def to_json(self) -> dict[str, list[float]]:
        return {name: [round(speed, 2) for speed in speeds] for name, speeds in vars(self).items()}


class Memory:
    def __init__(self, numbers: int = NUMBERS) -> None:
        self._a, self._b, self._c = (np.ones(numbers) for _ in range(3))

    def measure(self, bandwidth: Bandwidth) -> None:
        """Adds one round."""
        begin = time.perf_counter_ns()
        np.copyto(self._a, self._b)
        between = time.perf_counter_ns()
        np.add(self._b, self._c, out=self._a)
        end = time.perf_counter_ns()
        bandwidth.copy.append(2 * self._a.nbytes / (between - begin))
        bandwidth.add.append(3 * self._a.nbytes / (end - between))
