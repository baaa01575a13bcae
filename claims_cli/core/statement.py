"""A claim as the relations see it: its figure, its voice, and the days on which it stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from claims_cli.core.claim import ASSERTS, DENIES, FLOW, FORECAST, LEVEL, OBSERVED, RATE, Kind, Modality, Stance
from claims_cli.core.value import EXACT, HIGHEST, LOWEST, Hedge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims_cli.core.value import End, Figure, Interval

LAST_DAY = date.max.toordinal()
FOR_GOOD = 10_000_000  # a day far after 9999-12-31, for claims that stand without end
DAYS_OF_A_MONTH = 30.4  # on the average
COUNTED_SO_FAR = frozenset({Hedge.MORE_THAN, Hedge.AT_LEAST})
LOWER_BOUNDS = COUNTED_SO_FAR | {Hedge.VAGUE}
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
    ``until`` is the last day on which it stands; ``None``: it stands for good; before ``since``: it was replaced at once.
    ``voice`` is the actor who finally speaks. ``figure`` and ``interval`` are ``None`` where no number is given.
    ``horizon`` is the last day that a forecast looks to, ``None`` when it names none.
    ``published`` orders publications: the day and, where known, the seconds into it (UTC); ``None``: unknown.
    ``publisher`` is the voice of who published it, ``None`` where that is not known.
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
    publisher: int | None = None
    shared: int | None = None

    @property
    def origin(self) -> int:
        """The voice that stands for where it comes from: all reports of one voice have one origin."""
        return self.voice if self.shared is None else self.shared

    @property
    def period(self) -> tuple[int, int] | None:
        """The first and the last day that an amount, or a rate of several months, is for; ``None`` for all else, or without a date."""
        if (self.kind is not FLOW and not self.months) or self.day is None:
            return None
        return self.day if self.day_from is None else self.day_from, self.day

    @property
    def months(self) -> int:
        """How many months a rate is measured over, to the nearest; 0 for one at most, and for what is no rate.

        A month may be meant for a day of it that is not known, a quarter or a year hardly.
        """
        if self.kind is not RATE or self.day is None or self.day_from is None:
            return 0
        months = round((self.day - self.day_from) / DAYS_OF_A_MONTH)
        return months if months > 1 else 0

    @property
    def since(self) -> int | None:
        """The first day on which it may stand: of an amount the first of its period, of all else the day that it is about."""
        return self.day_from if self.kind is FLOW else self.day

    @property
    def stands(self) -> bool:
        """Whether there is a day on which the claim is current."""
        since = self.since
        return since is not None and (self.until is None or since <= self.until)

    def stands_on(self, day: int) -> bool:
        """Whether the claim is current on a day."""
        since = self.since
        return since is not None and since <= day and (self.until is None or day <= self.until)

    @property
    def is_aside(self) -> bool:
        """Whether it speaks of a figure that is not its speaker's own: one that is denied, or given with reserve."""
        return self.stance is not ASSERTS and self.interval is not None


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
        return (day_from if kind is FLOW else day) - 1
    open_forecast = modality is FORECAST and horizon is None
    if kind is FLOW or not (open_forecast or modality is OBSERVED):
        return day
    before_next = None if next_day is None else next_day - 1
    if open_forecast or kind is LEVEL or kind is RATE:
        reach = max(day, day_from + currency)
        return reach if before_next is None else min(reach, before_next)
    return before_next


def end_each(statements: Iterable[Statement], currency: int) -> None:
    """Set the last day on which each claim on one question stands, told from all that its voice claims there. ``currency`` is in days.

    Who denies a figure, or gives one with reserve, has not taken back another that he gave before.
    """
    by_voice = defaultdict(list)
    for one in statements:
        if one.day is not None:
            by_voice[one.voice, one.modality, one.months].append(one)
    for own in by_voice.values():
        next_day = next_word = None
        asides: list[Statement] = []  # those between what is looked at and the voice's next word of its own
        for same_day in latest_first(own):
            for one in same_day:
                day = one.day or 0
                following = next_day
                if asides and not one.is_aside:
                    following = min([aside.day for aside in asides if aside.day is not None and replaces(aside, one)], default=next_word)
                one.until = last_standing_day(
                    one.kind,
                    one.modality,
                    day_from=day if one.day_from is None else one.day_from,
                    day=day,
                    currency=currency,
                    horizon=one.horizon,
                    next_day=following,
                    replaced_same_day=len(same_day) > 1 and any(replaced_at_once(one, other) for other in same_day),
                )
            next_day = same_day[0].day
            of_its_own = [one for one in same_day if not one.is_aside]
            if of_its_own:
                next_word, asides = next_day, []
            else:
                asides += same_day


def replaced_at_once(one: Statement, other: Statement) -> bool:
    """Whether a claim was said before another of the same voice that takes its place for the same day, or period."""
    if one.said_day is None or other.said_day is None or one.said_day >= other.said_day:
        return False
    same_period = one.kind is not FLOW or one.day_from == other.day_from
    return same_period and replaces(other, one)


def replaces(later: Statement, one: Statement) -> bool:
    """Whether a later claim of the same voice takes the place of one: any does but what speaks of another figure than it."""
    if one.is_aside or not later.is_aside:
        return True
    if later.stance is DENIES:
        return denies_what(later, one)
    return later.interval is None or one.interval is None or later.interval.meets(one.interval)


def denies_what(denial: Statement, assertion: Statement) -> bool:
    """Whether what is denied is what is asserted: it leaves no value of the assertion, or the very number that this names.

    Who denies 1,000 says nothing against "at least 200", which leaves others, but does against "at least 1,000": that is the count
    that he denies. Without a figure a denial is of all, and all deny what gives none.
    """
    if denial.interval is None or assertion.interval is None or assertion.interval.lies_within(denial.interval):
        return True
    if denial.figure is None or assertion.figure is None:
        return False
    is_floor = denial.figure.point is not None and assertion.figure.hedge in COUNTED_SO_FAR
    named = assertion.figure.low if is_floor else assertion.figure.point
    return named is not None and denial.interval.holds(named)


def latest_first(own: Sequence[Statement]) -> Iterable[list[Statement]]:
    """The claims of one voice by the day that they are about, the latest day first. Most voices claim once."""
    if len(own) == 1:
        return [[*own]]
    return [list(of_day) for _, of_day in groupby(sorted(own, key=DAY, reverse=True), key=DAY)]


def common_day(one: Statement, other: Statement) -> int | None:
    """The first day on which both stand, ``None`` when there is none."""
    if one.since is None or other.since is None:
        return None
    first = max(one.since, other.since)
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


def count_of(statement: Statement) -> Decimal | None:
    """The number that was counted; ``None`` for what is given as a bound, a range or about so."""
    figure = statement.figure
    return figure.low if figure is not None and figure.hedge is Hedge.EXACT else None


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
