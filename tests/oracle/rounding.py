"""Rounding of exact ratios to multiples of a step, on the magnitude, with the sign put back."""

from __future__ import annotations

from dataclasses import dataclass, field

from .decimals import Dec, pow10, stripped

MODES = ("half_up", "half_even", "half_down", "up", "down", "ceiling", "floor")


def rounded_quotient(numerator: int, denominator: int, mode: str) -> int:
    """numerator / denominator (0 <= numerator, 0 < denominator) as an integer.

    A magnitude has no sign, so `ceiling` acts as `up` and `floor` as `down`.
    """
    whole, rest = divmod(numerator, denominator)
    if rest == 0:
        return whole
    if mode == "half_up":
        return whole + (2 * rest >= denominator)
    if mode == "half_even":
        twice = 2 * rest
        return whole + (twice > denominator or (twice == denominator and whole % 2 == 1))
    if mode == "half_down":
        return whole + (2 * rest > denominator)
    return whole + (mode in ("up", "ceiling"))


@dataclass(slots=True)
class Rounder:
    """R or Ru of a quote: first to the intermediate digits when set, then to the step, same mode."""

    step: Dec
    mode: str
    intermediate_digits: int | None = None
    places: int = field(init=False)
    step_mantissa: int = field(init=False)
    _scale: int = field(init=False)

    def __post_init__(self) -> None:
        # 0.05 and 0.050 are one step, so both print with two places.
        self.step_mantissa, self.places = stripped(self.step)
        self._scale = pow10(self.places)

    def mantissa(self, numerator: int, denominator: int) -> int:
        """The rounded ratio (denominator > 0) as a mantissa at the places of the step."""
        magnitude = abs(numerator)
        if self.intermediate_digits is not None:
            shift = pow10(self.intermediate_digits)
            magnitude = rounded_quotient(magnitude * shift, denominator, self.mode)
            denominator = shift
        steps = rounded_quotient(magnitude * self._scale, denominator * self.step_mantissa, self.mode)
        result = steps * self.step_mantissa
        return -result if numerator < 0 else result

    def decimal(self, value: Dec) -> Dec:
        return Dec(self.mantissa(value.mantissa, pow10(value.places)), self.places)
