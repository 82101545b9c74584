"""Splitting an amount by weights so that the parts sum to it: largest remainders, earlier part first."""

from __future__ import annotations

from collections.abc import Sequence

from .decimals import Dec, fixed, on_one_scale, parse_decimal, stripped
from .faults import OracleError


def split(amount: int, step: int, weights: Sequence[int]) -> list[int]:
    """Parts of an amount that is a multiple of the step; the weights must not sum to 0.

    A negative amount mirrors the positive one.
    """
    total = sum(weights)
    if total < 0:
        total, weights = -total, [-weight for weight in weights]
    steps = abs(amount) // step
    parts = [steps * weight // total for weight in weights]  # towards minus infinity
    remainders = [steps * weight % total for weight in weights]
    left_over = steps - sum(parts)
    for index in sorted(range(len(parts)), key=lambda i: -remainders[i])[:left_over]:
        parts[index] += 1
    return [part * step if amount >= 0 else -part * step for part in parts]


def split_within_quote(amount: int, step: int, weights: Sequence[int]) -> list[int]:
    """Inside a quote an amount of 0 splits to zeros, whatever the weights."""
    return split(amount, step, weights) if amount else [0] * len(weights)


def allocate(amount: str, step: str, weights: Sequence[str]) -> list[str]:
    """The free function: decimals as text in and out, with the places of the step."""
    whole, unit = _decimal(amount), _decimal(step)
    shares = on_one_scale(_decimal(weight) for weight in weights)
    if unit.mantissa <= 0:
        raise OracleError("invalid_amount", step)
    if sum(shares) == 0:  # no weights at all sum to 0 too
        raise OracleError("invalid_weights", "weights")
    unit = stripped(unit)
    amount_mantissa, step_mantissa = on_one_scale([whole, unit])
    if amount_mantissa % step_mantissa:
        raise OracleError("invalid_amount", amount)
    steps = amount_mantissa // step_mantissa
    return [fixed(part * unit.mantissa, unit.places) for part in split(steps, 1, shares)]


def _decimal(text: str) -> Dec:
    parsed = parse_decimal(text)
    if parsed is None:
        raise OracleError("invalid_decimal", text)
    return parsed
