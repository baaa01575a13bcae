"""A claim as the relations see it: its figure, its voice, and the days on which it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from claims_cli.core.claim import Kind, Modality, Stance
from claims_cli.core.value import EXACT, Hedge

if TYPE_CHECKING:
    from claims_cli.core.value import Figure, Interval

LAST_DAY = date.max.toordinal()
FOR_GOOD = 10_000_000  # a day far after 9999-12-31, for claims that stand without end
LOWER_BOUNDS = frozenset({Hedge.MORE_THAN, Hedge.AT_LEAST, Hedge.VAGUE})

End: TypeAlias = "tuple[Decimal, int]"
# How far a toll is taken to rise within a day: by a third, and by ten where a third is less. In seven labelled events no official toll
# rose by more in a day (1.32 times at most); the four pairs of voices whose figures for one day lay further apart were contradictions.
DAYS_RISE_PARTS = 3
DAYS_RISE_LEAST = 10
LOWEST: End = (Decimal("-Infinity"), 0)
HIGHEST: End = (Decimal("Infinity"), 0)


@dataclass(frozen=True, slots=True)
class Statement:
    """What is needed of a claim to compare it with another.

    Days are proleptic Gregorian ordinals. ``day_from`` to ``day`` is what the claim is about; both ``None``: no date is known.
    ``until`` is the last day on which it stands; ``None``: it stands for good; before ``day``: it was replaced at once.
    ``voice`` is the actor who finally speaks. ``figure`` and ``interval`` are ``None`` where no number is given.
    ``horizon`` is the last day that a forecast looks to, ``None`` when it names none.
    ``published`` orders publications: the day and, where known, the seconds into it (UTC); ``None``: unknown.
    ``shared`` is the voice that stands for an origin which several voices are found to share (core/origin.py); ``None``: for its own.
    """

    id: int
    ref: str | None
    question: str
    whole: str | None
    kind: Kind
    unit: str | None
    voice: int
    claimant: str
    source: int
    figure: Figure | None
    interval: Interval | None
    stance: Stance
    modality: Modality
    day_from: int | None
    day: int | None
    said_day: int | None
    until: int | None
    horizon: int | None = None
    published: tuple[int, int | None] | None = None
    shared: int | None = None

    @property
    def origin(self) -> int:
        """The voice that stands for where it comes from: all reports of one voice have one origin."""
        return self.voice if self.shared is None else self.shared

    @property
    def stands(self) -> bool:
        """Whether there is a day on which the claim is current."""
        return self.day is not None and self.stands_on(self.day)

    def stands_on(self, day: int) -> bool:
        """Whether the claim is current on a day."""
        return self.day is not None and self.day <= day and (self.until is None or day <= self.until)


def last_standing_day(  # noqa: PLR0913  the eight facts that the rule is made of, each named at the call
    kind: Kind,
    modality: Modality,
    *,
    day_from: int,
    day: int,
    currency: int,
    horizon: int | None,
    next_day: int | None,
    replaced_same_day: bool,
) -> int | None:
    """The last day on which a claim stands; ``None``: for good.

    A forecast that names no day looks ahead from when it is made, and is trusted as long as a level is: forecasts of one week look at
    one future. A target is its speaker's own, and a forecast for a stated day is compared on that day.
    ``next_day`` is the day of the same voice's next statement, ``currency`` the days for which a level is trusted. A level of
    imprecise date is trusted from its last possible day until ``currency`` days after its first: only on those days it surely stands.
    """
    if replaced_same_day:
        return day - 1
    open_forecast = modality is Modality.FORECAST and horizon is None
    if kind is Kind.FLOW or not (open_forecast or modality is Modality.OBSERVED):
        return day
    before_next = None if next_day is None else next_day - 1
    if open_forecast or kind in {Kind.LEVEL, Kind.RATE}:
        reach = max(day, day_from + currency)
        return reach if before_next is None else min(reach, before_next)
    return before_next


def common_day(one: Statement, other: Statement) -> int | None:
    """The first day on which both stand, ``None`` when there is none."""
    if one.day is None or other.day is None:
        return None
    first = max(one.day, other.day)
    return first if one.stands_on(first) and other.stands_on(first) else None


def published_before(one: Statement, other: Statement) -> bool | None:
    """Whether one was published before the other; ``None`` when the order is not known."""
    if one.published is None or other.published is None:
        return None
    (day, time), (other_day, other_time) = one.published, other.published
    if day != other_day:
        return day < other_day
    if time is None or other_time is None or time == other_time:
        return None
    return time < other_time


def published_to_the_hour(statement: Statement) -> bool:
    """Whether the time of day of its publication is known."""
    return statement.published is not None and statement.published[1] is not None


def beyond_a_days_rise(low: End, high: End) -> bool:
    """Whether a low end lies further above a high end than a toll rises within a day."""
    if low <= high:
        return False
    rise = EXACT.subtract(low[0], high[0])
    return rise > DAYS_RISE_LEAST and EXACT.multiply(rise, Decimal(DAYS_RISE_PARTS)) > high[0]


def figure_named(statement: Statement) -> tuple[Decimal | None, Decimal | None]:
    """The number or the two that a claim names, whatever its hedge."""
    if statement.figure is None:
        return None, None
    low, high = statement.figure.low, statement.figure.high
    return (high if low is None else low), (low if high is None else high)


def bounds(statement: Statement) -> tuple[End, End]:
    """The ends of a claim's interval as keys that compare, infinite where unbounded.

    Two intervals lie apart when one's low end is greater than the other's high end. An end that is itself excluded counts as a little
    further in.
    """
    interval = statement.interval
    if interval is None:
        return LOWEST, HIGHEST
    low = LOWEST if interval.low is None else (interval.low, 1 if interval.low_open else 0)
    high = HIGHEST if interval.high is None else (interval.high, -1 if interval.high_open else 0)
    return low, high


def negative(end: End) -> End:
    """The end mirrored at zero, for heaps that give the smallest first."""
    return -end[0], -end[1]
