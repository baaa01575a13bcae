"""A claim as the relations see it: its figure, its voice, and the days on which it stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from claims_cli.core.claim import FLOW, FORECAST, LEVEL, OBSERVED, RATE, Kind, Modality, Stance
from claims_cli.core.value import EXACT, HIGHEST, LOWEST, Hedge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims_cli.core.value import End, Figure, Interval

LAST_DAY = date.max.toordinal()
FOR_GOOD = 10_000_000  # a day far after 9999-12-31, for claims that stand without end
LOWER_BOUNDS = frozenset({Hedge.MORE_THAN, Hedge.AT_LEAST, Hedge.VAGUE})
# How far a toll is taken to rise within a day: by a third, and by ten where a third is less. In seven labelled events no official toll
# rose by more in a day (1.32 times at most); the four pairs of voices whose figures for one day lay further apart were contradictions.
DAYS_RISE_PARTS = 3
DAYS_RISE_LEAST = 10
UNBOUNDED = (LOWEST, HIGHEST)
DAY = attrgetter("day")


@dataclass(slots=True)
class Statement:  # not frozen: that takes six times as long to make, and a million are made at once
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
        return self.day is not None and (self.until is None or self.day <= self.until)

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
    open_forecast = modality is FORECAST and horizon is None
    if kind is FLOW or not (open_forecast or modality is OBSERVED):
        return day
    before_next = None if next_day is None else next_day - 1
    if open_forecast or kind is LEVEL or kind is RATE:
        reach = max(day, day_from + currency)
        return reach if before_next is None else min(reach, before_next)
    return before_next


def end_each(statements: Iterable[Statement], currency: int) -> None:
    """Set the last day on which each claim on one question stands, told from all that its voice claims there. ``currency`` is in days."""
    by_voice = defaultdict(list)
    for one in statements:
        if one.day is not None:
            by_voice[one.voice, one.modality].append(one)
    for own in by_voice.values():
        next_day = None
        for same_day in latest_first(own):
            last_said = max([one.said_day for one in same_day if one.said_day is not None], default=None)
            for one in same_day:
                day = one.day or 0
                one.until = last_standing_day(
                    one.kind,
                    one.modality,
                    day_from=day if one.day_from is None else one.day_from,
                    day=day,
                    currency=currency,
                    horizon=one.horizon,
                    next_day=next_day,
                    replaced_same_day=one.said_day is not None and last_said is not None and one.said_day < last_said,
                )
            next_day = same_day[0].day


def latest_first(own: Sequence[Statement]) -> Iterable[list[Statement]]:
    """The claims of one voice by the day that they are about, the latest day first. Most voices claim once."""
    if len(own) == 1:
        return [[*own]]
    return [list(of_day) for _, of_day in groupby(sorted(own, key=DAY, reverse=True), key=DAY)]


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
    """The ends of a claim's interval as keys that compare; infinite without one."""
    return UNBOUNDED if statement.interval is None else statement.interval.ends


def negative(end: End) -> End:
    """The end mirrored at zero, for heaps that give the smallest first."""
    return end[0].copy_negate(), -end[1]  # a minus sign would round to the digits of the context
