"""One line to the cent by Python's decimal module, as its documentation would write it."""

from __future__ import annotations

import decimal
import random
import time

from bench.figure import Figure

LINES = 4096


def python_decimal(repetitions: int) -> Figure:
    rng = random.Random(1)
    cent = decimal.Decimal("0.01")
    lines = [
        (
            rng.randrange(10 ** rng.randint(1, 8)),
            rng.randint(1, 1000),
            50 if i % 4 == 0 else rng.randint(0, 100),
        )
        for i in range(LINES)
    ]
    values = [
        (decimal.Decimal(p) / 100, decimal.Decimal(q), decimal.Decimal(left) / 100) for p, q, left in lines
    ]

    def net(price: decimal.Decimal, quantity: decimal.Decimal, left: decimal.Decimal) -> decimal.Decimal:
        return (price * quantity * left).quantize(cent, decimal.ROUND_HALF_UP)

    wrong = sum(
        int(net(*v) * 100) != (p * q * left + 50) // 100
        for v, (p, q, left) in zip(values, lines, strict=True)
    )
    figure = Figure("python_decimal", wrong=wrong)
    for _ in range(repetitions):
        begin = time.perf_counter_ns()
        for price, quantity, left in values:
            net(price, quantity, left)
        figure.times.append((time.perf_counter_ns() - begin) / LINES)
    return figure
