"""Slips of the pen: what a figure may have been before it was mistyped, and whether it is no chance that it would then fit."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from claims_cli.core.statement import beyond_a_days_rise, bounds
from claims_cli.core.value import EXACT, HIGHEST, LOWEST, Figure, is_kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims_cli.core.statement import Statement
    from claims_cli.core.value import End, Interval

POWERS = (1, 2, 3, 6)  # of ten: a digit too many, a share taken for percent, "thousand" lost, "million" lost
TEN = Decimal(10)
PERCENT = "percent"
ALL_OF_IT = Decimal(100)  # percent
# A slip moves a figure anywhere; only where it lands in a room much smaller than its way is that no chance.
ROOM_OF_A_SLIP = 4


class Slip(StrEnum):
    """What may have gone wrong with a claim."""

    POWER_OF_TEN = "power_of_ten"
    SWAPPED_DIGITS = "swapped_digits"
    OTHER_DAY = "other_day"
    NARROWER_SCOPE = "narrower_scope"
    WIDER_SCOPE = "wider_scope"
    LOST_HEDGE = "lost_hedge"
    FORECAST = "forecast"
    NOT_DENIED = "not_denied"


def named_value(figure: Figure) -> Decimal | None:
    """The number that a figure names first."""
    return figure.low if figure.low is not None else figure.high


def scaled(figure: Figure) -> Iterator[tuple[Slip, Figure, str]]:
    """The figure times and divided by powers of ten, where whole numbers stay whole."""
    value = named_value(figure)
    counted = value is not None and value == value.to_integral_value()
    for power in POWERS:
        for sign, exponent in (("×", power), ("÷", -power)):
            low, high = (None if end is None else end.scaleb(exponent, EXACT) for end in (figure.low, figure.high))
            ends = [end for end in (low, high) if end is not None]
            if any(ends) and all(is_kept(end) and (not counted or end == end.to_integral_value()) for end in ends):
                yield Slip.POWER_OF_TEN, Figure(low, high, figure.hedge), f"{sign} {10**power:,}"


def swapped(figure: Figure) -> Iterator[tuple[Slip, Figure, str]]:
    """The figure, if it names a single number, with two neighbouring digits exchanged, a zero never first."""
    numbers = {end for end in (figure.low, figure.high) if end is not None}
    text = format(numbers.pop(), "f") if len(numbers) == 1 else ""
    for at in range(len(text) - 1):
        first, second = text[at], text[at + 1]
        turned = text[:at] + second + first + text[at + 2 :]
        if first != second and (first + second).isdigit() and not turned.startswith("0"):
            value = Decimal(turned)
            low, high = (None if end is None else value for end in (figure.low, figure.high))
            yield Slip.SWAPPED_DIGITS, Figure(low, high, figure.hedge), "two digits exchanged"


def size_of(figure: Figure) -> Decimal:
    """The larger end of a figure, without its sign."""
    return max(end.copy_abs() for end in (figure.low, figure.high) if end is not None)


def way_between(figure: Figure, other: Figure) -> Decimal:
    """How many times one figure is the other, whichever is the larger; neither may be nothing."""
    smaller, larger = sorted((size_of(figure), size_of(other)))
    return EXACT.divide(larger, smaller)


def more_than_all(figure: Figure, was: Figure, unit: str | None) -> bool:
    """Whether a percentage became more than the whole, which what it was is not."""
    return unit == PERCENT and size_of(was) <= ALL_OF_IT < size_of(figure)


def is_narrow(allowed: Interval | None) -> bool:
    """Whether an interval has room for one power of ten of a figure only: both its ends are known, less than ten times apart."""
    if allowed is None or allowed.low is None or allowed.high is None or allowed.low.is_signed() != allowed.high.is_signed():
        return False
    smaller, larger = sorted((allowed.low.copy_abs(), allowed.high.copy_abs()))
    return larger < EXACT.multiply(smaller, TEN)


def neighbours_of(one: Statement, rest: Sequence[Statement]) -> tuple[Statement | None, Statement | None]:
    """Of other figures of a toll the largest floor until a claim's day, and the smallest ceiling from then on; ``None``: there is none."""
    floors = [each for each in rest if (each.day or 0) <= (one.day or 0) and bounds(each)[0] > LOWEST]
    ceilings = [each for each in rest if (each.day or 0) >= (one.day or 0) and bounds(each)[1] < HIGHEST]
    before = max(floors, key=lambda each: (bounds(each)[0], -each.id), default=None)
    return before, min(ceilings, key=lambda each: (bounds(each)[1], each.id), default=None)


def fits(figure: Figure, was: Figure, before: Statement | None, after: Statement | None) -> bool:
    """Whether a figure lies between what came before and after, or near the one of them that is known, and that is no chance."""
    value, given = figure.point, was.point
    if value is None or given is None or (before is None and after is None):
        return False
    own = (value, 0)
    low: End = own if before is None else bounds(before)[0]
    high: End = own if after is None else bounds(after)[1]
    if not low <= own <= high or (before is None and beyond_a_days_rise(high, own)) or (after is None and beyond_a_days_rise(own, low)):
        return False
    way, room = EXACT.subtract(value, given).copy_abs(), EXACT.subtract(high[0], low[0])
    return way >= EXACT.multiply(room, Decimal(ROOM_OF_A_SLIP))
