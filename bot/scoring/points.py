"""Points as exact decimals: rounding, hundredths for storage, and the one way to show them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDREDTH = Decimal("0.01")
_TENTH = Decimal("0.1")
# A quotient such as 1/3 keeps 28 digits; sums of a few are settled here first, so that a true half stays a half.
_SETTLED = Decimal("1e-15")
MODES = {"half_up": ROUND_HALF_UP, "floor": ROUND_FLOOR, "ceil": ROUND_CEILING}


def round_half_up(value: Decimal, step: Decimal = HUNDREDTH) -> Decimal:
    """Round points to a multiple of `step`; halves go away from zero (四舍五入)."""
    return round_to(value, step, "half_up")


def round_to(value: Decimal, step: Decimal, mode: str) -> Decimal:
    """Round points to a multiple of `step` by a mode of `MODES`; the result has the digits of the step."""
    if not _is_power_of_ten(step):
        return (value.quantize(_SETTLED) / step).quantize(ONE, MODES[mode]) * step
    near = value.quantize(step, MODES[mode])
    return near if near == value else value.quantize(_SETTLED).quantize(step, MODES[mode])


@cache
def _is_power_of_ten(step: Decimal) -> bool:
    return step.as_tuple().digits == (1,)


def hundredths(value: Decimal) -> int:
    """Points as whole hundredths, as they are stored; a value between two hundredths is a ValueError."""
    scaled = value * 100
    if scaled != int(scaled):
        raise ValueError(f"{value} is not a whole number of hundredths")
    return int(scaled)


def from_hundredths(stored: int) -> Decimal:
    """Stored hundredths as points with two digits."""
    return Decimal(stored).scaleb(-2)


def show(value: Decimal) -> str:
    """Points to a tenth, half up, as people read them: "86.5", "60"; never "-0" and never an exponent."""
    text = f"{round_half_up(value, _TENTH):f}".removesuffix(".0")
    return "0" if text == "-0" else text


def share_of(text: object) -> Fraction:
    """A share such as 0.1 or "1/3" as an exact fraction above 0 and up to 1; anything else is a ValueError."""
    try:
        share = Fraction(str(text))
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"a share such as 0.1 or 1/3, not {text}") from None
    if not 0 < share <= 1:
        raise ValueError(f"a share above 0 and up to 1, not {text}")
    return share


def places(share: Fraction, members: int, rounding: str) -> int:
    """How many whole members a share is: "ceil", "floor" or "half_up"."""
    exact = share * members
    return {"ceil": math.ceil(exact), "floor": math.floor(exact), "half_up": math.floor(exact + Fraction(1, 2))}[
        rounding
    ]


def mean(values: Iterable[Decimal]) -> Decimal | None:
    """The arithmetic mean, unrounded; None of nothing."""
    listed = list(values)
    return sum(listed, ZERO) / len(listed) if listed else None
