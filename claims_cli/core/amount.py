"""Amounts that are added up and taken from one another: what each figure allows as a count, and their sums and differences."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import reduce
from typing import TYPE_CHECKING

from claims_cli.core.notation import grouped
from claims_cli.core.value import EXACT, Hedge, Interval, half_unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims_cli.core.statement import Statement
    from claims_cli.core.value import Figure

# Units of what is measured; the others, but for currencies, are of what is counted one by one.
MEASURES = frozenset({"km", "km2", "m2", "metre", "mile", "tonne", "kg", "hectare", "litre", "barrel", "megawatt", "degree", "percent"})
CURRENCY_LETTERS = 3  # ISO 4217
NOTHING = Interval(Decimal(0), Decimal(0))


def is_counted(unit: str | None) -> bool:
    """Whether a unit is of things that are counted one by one, so that a sum of them is a whole number."""
    return unit is not None and unit not in MEASURES and not (len(unit) == CURRENCY_LETTERS and unit.isupper())


def amounts_of(statements: Sequence[Statement]) -> list[Interval]:
    """What each of one speaker's figures on one question allows, beside the others; all must have figures.

    Who gives 1,270 counts to the ten at least, so the same speaker's 1,200 beside it is not rounded to the hundred. Things that are
    counted one by one are whole numbers: 3 and 4 make 7, not anything from 6 up to 8.
    """
    plain = [one.figure.low for one in statements if one.figure is not None and one.figure.hedge is Hedge.EXACT]
    reach = min((half_unit_of(value) for value in plain if value is not None), default=None)
    return [amount(one.figure, one.interval, reach, counted=is_counted(one.unit)) for one in statements if one.figure and one.interval]


def amount(figure: Figure, allowed: Interval, reach: Decimal | None, *, counted: bool) -> Interval:
    """What a figure allows of all that its policy allows, where plain ones are known to lie within ``reach`` of what they name."""
    low, high = allowed.low, allowed.high
    if figure.hedge is Hedge.EXACT and reach is not None and figure.low is not None and low != high:
        allowed = Interval(EXACT.subtract(figure.low, reach), EXACT.add(figure.low, reach), high_open=True)
    whole = all(end == end.to_integral_value() for end in (figure.low, figure.high) if end is not None)
    return whole_numbers(allowed) if counted and whole and figure.hedge is not Hedge.ABOUT else allowed


def whole_numbers(allowed: Interval) -> Interval:
    """The whole numbers of an interval, which must hold one."""
    low, high = allowed.low, allowed.high
    if low is not None:
        low = EXACT.add(low.to_integral_value(ROUND_FLOOR), Decimal(1)) if allowed.low_open else low.to_integral_value(ROUND_CEILING)
    if high is not None:
        high = (
            EXACT.subtract(high.to_integral_value(ROUND_CEILING), Decimal(1)) if allowed.high_open else high.to_integral_value(ROUND_FLOOR)
        )
    return Interval(low, high)


def plus(one: Interval, other: Interval) -> Interval:
    """What the sum of two amounts may be; an open end stays open."""
    low = None if one.low is None or other.low is None else EXACT.add(one.low, other.low)
    high = None if one.high is None or other.high is None else EXACT.add(one.high, other.high)
    return Interval(low, high, low_open=one.low_open or other.low_open, high_open=one.high_open or other.high_open)


def minus(one: Interval, other: Interval) -> Interval:
    """What is left of an amount when another is taken from it."""
    low = None if other.high is None else other.high.copy_negate()
    high = None if other.low is None else other.low.copy_negate()
    return plus(one, Interval(low, high, low_open=other.high_open, high_open=other.low_open))


def total(amounts: Iterable[Interval]) -> Interval:
    """What the sum of some amounts may be; of none, nothing."""
    return reduce(plus, amounts, NOTHING)


def either(amounts: Sequence[Interval]) -> Interval:
    """From the least that any of some amounts allows to the most; there must be one."""
    lows, highs = [one.low for one in amounts], [one.high for one in amounts]
    low = None if None in lows else min(end for end in lows if end is not None)
    high = None if None in highs else max(end for end in highs if end is not None)
    low_open = all(one.low_open for one in amounts if one.low == low)
    high_open = all(one.high_open for one in amounts if one.high == high)
    return Interval(low, high, low_open=low_open, high_open=high_open)


def amount_for_people(amount: Interval) -> str:
    """An amount with separators for thousands: ``95``, ``90–100``, ``≥90``."""
    low, high = (None if end is None else grouped(end) for end in (amount.low, amount.high))
    if low is None or high is None:
        return "any number" if low is high else f"≥{low}" if high is None else f"≤{high}"
    return low if low == high else f"{low}–{high}"
