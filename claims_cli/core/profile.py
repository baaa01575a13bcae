"""The support profile of a question on a day: which values how many independent origins allow, shown and never decreed.

Every origin counts once, however many reports it has (core/origin.py). Two ranges that do not meet stay two: the method is Marzullo's
agreement of intervals ("Maintaining the time in a distributed system", 1984) without its choice of a single maximum, which would hide that
the evidence is divided.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from claims_cli.core.claim import Kind, Modality, Stance
from claims_cli.core.statement import bounds, figure_named
from claims_cli.core.value import EXACT, HIGHEST, LOWEST, Interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from claims_cli.core.statement import Statement
    from claims_cli.core.value import End, Figure


@dataclass(frozen=True, slots=True)
class Range:
    """Values that the same origins allow, and no further origin does at any point of it.

    ``low`` and ``high`` are ends of what is allowed, ``None`` without bound; ``members`` are the claims, in order of their number.
    """

    low: Decimal | None
    high: Decimal | None
    members: tuple[Statement, ...]

    @property
    def origins(self) -> frozenset[int]:
        """The origins that allow it."""
        return frozenset(one.origin for one in self.members)

    @property
    def claimants(self) -> list[str]:
        """Their names, in alphabetical order."""
        return sorted({one.claimant for one in self.members})


@dataclass(frozen=True, slots=True)
class Profile:
    """What the claims that stand on a day support: the maximal ranges, lowest first, and what is shown beside them.

    ``other_periods`` are amounts of periods that hold the day too, but are not the one that is counted.
    """

    day: int
    ranges: tuple[Range, ...]
    counted: tuple[Statement, ...]
    other_periods: tuple[Statement, ...]
    forecasts: tuple[Statement, ...]
    denials: tuple[Statement, ...]
    stale: tuple[Statement, ...]

    @property
    def origins(self) -> frozenset[int]:
        """The origins of the claims that are counted."""
        return frozenset(one.origin for one in self.counted)

    @property
    def best(self) -> tuple[Range, ...]:
        """The ranges that most origins allow; several when they are equally many."""
        most = max((len(one.origins) for one in self.ranges), default=0)
        return tuple(one for one in self.ranges if len(one.origins) == most)


def profile_of(statements: Sequence[Statement], day: int) -> Profile:
    """The profile of a question on a day, among all the claims on it.

    Counted are assertions with a figure that stand on the day, those of a toll as far as they tell of it, and of amounts those of one
    period. Forecasts for it and denials are told apart; a level whose last figure no longer stands is stale, named and not counted.
    """
    asserted = [one for one in statements if one.stance is Stance.ASSERTS and one.interval is not None and one.day is not None]
    observed = [one for one in asserted if one.modality is Modality.OBSERVED]
    floors = floors_kept(observed, day)
    standing = [one for one in observed if one.stands_on(day) or one.id in floors]
    period = period_counted(standing)
    counted = [told for one in standing if period in {None, one.period} and (told := told_of(one, day)) is not None]
    other_periods = [one for one in standing if period not in {None, one.period}]
    voices = {one.voice for one in (*counted, *other_periods)}
    last: dict[int, Statement] = {}
    for one in sorted(observed, key=lambda one: (one.day or 0, one.said_day or 0, one.id)):
        if (one.day or 0) <= day and one.voice not in voices:
            last[one.voice] = one
    return Profile(
        day=day,
        ranges=tuple(maximal_ranges(counted)),
        counted=tuple(counted),
        other_periods=tuple(other_periods),
        forecasts=tuple(one for one in asserted if one.modality is Modality.FORECAST and looks_at(one, day)),
        denials=tuple(one for one in statements if one.stance is Stance.DENIES and one.stands_on(day)),
        stale=tuple(sorted(last.values(), key=lambda one: one.id)),
    )


def period_counted(claims: Iterable[Statement]) -> tuple[int, int] | None:
    """Of the periods that amounts are for the shortest, of those as short the latest; ``None`` where no claim is of an amount.

    A day's own figure says more of the day than a month's does, and the two are no answers to one thing.
    """
    periods = [period for one in claims if (period := one.period) is not None]
    return min(periods, key=lambda days: (days[1] - days[0], -days[1]), default=None)


def told_of(one: Statement, day: int) -> Statement | None:
    """What a claim that stands on a day tells of it; ``None``: nothing.

    A toll only rises: a figure of an earlier day is a floor of it, whatever its high end, and a mere ceiling tells nothing any more.
    """
    if one.kind is not Kind.CUMULATIVE or one.interval is None or one.day == day:
        return one
    if reaches_down(one):
        return None
    return replace(one, interval=Interval(one.interval.low, None, low_open=one.interval.low_open))


def floors_kept(observed: Sequence[Statement], day: int) -> frozenset[int]:
    """The lower bounds of a toll that hold on a day though their voice has spoken again, by number.

    Not those that a later figure of the voice excludes: these it took back.
    """
    by_voice: dict[int, list[Statement]] = defaultdict(list)
    for one in observed:
        if one.kind is Kind.CUMULATIVE and (one.day or 0) <= day:
            by_voice[one.voice].append(one)
    return frozenset(one.id for own in by_voice.values() for one in floors_of(own) if not one.stands_on(day))


def floors_of(own: Sequence[Statement]) -> Iterator[Statement]:
    """The lower bounds of one voice that none of its later figures lies below."""

    def moment(one: Statement) -> tuple[int, int]:
        return one.day or 0, one.said_day or 0

    ceiling = HIGHEST
    for _, together in groupby(sorted(own, key=moment, reverse=True), key=moment):
        claims = list(together)
        yield from (one for one in claims if bounds(one)[0] <= ceiling and bounds(one)[1] == HIGHEST)
        ceiling = min([ceiling, *(bounds(one)[1] for one in claims)])


def counted_by(profile: Profile, counted: Sequence[Statement]) -> Profile:
    """The profile with other claims counted, or the same of which it is known that some share an origin."""
    return replace(profile, ranges=tuple(maximal_ranges(counted)), counted=tuple(counted))


def looks_at(forecast: Statement, day: int) -> bool:
    """Whether a forecast was made by a day, and looks to it or further."""
    made = forecast.said_day if forecast.said_day is not None else forecast.day
    return made is not None and made <= day and (forecast.horizon is None or day <= forecast.horizon)


def maximal_ranges(counted: Sequence[Statement]) -> list[Range]:
    """The ranges that the two-sided claims form, each with the bounds that allow some of it, and those that bounds alone mark off.

    A bound never makes a range narrower than two-sided claims do, since it says nothing of where within it the value lies. But where bounds
    allow only such values of a wide claim as other two-sided claims exclude, theirs is a range beside: it may be the widest-supported one.
    """
    whole = overlaps(counted)
    with_bounds: dict[tuple[int, ...], list[Range]] = defaultdict(list)
    for one in whole:
        with_bounds[two_sided_of(one)].append(one)
    ranges = []
    for one in overlaps([each for each in counted if is_closed(each)]):
        same = with_bounds.pop(two_sided_of(one))
        ranges.append(Range(one.low, one.high, max(same, key=lambda each: (len(each.origins), len(each.members))).members))
    beside = [one for same in with_bounds.values() for one in same]
    return sorted([*ranges, *beside], key=ends_of)


def two_sided_of(one: Range) -> tuple[int, ...]:
    """Its claims that name both ends, by number."""
    return tuple(each.id for each in one.members if is_closed(each))


def is_closed(one: Statement) -> bool:
    """Whether a claim names a value or both ends of a range: one that says "at most" reaches down to nothing and names neither."""
    return one.interval is not None and one.interval.high is not None and not reaches_down(one)


def reaches_down(one: Statement) -> bool:
    """Whether a claim names no least value: one without a number, or an upper bound, which allows all below it."""
    if one.interval is None or one.figure is None or one.interval.low is None:
        return True
    return one.figure.low is None and one.interval.low == 0


def overlaps(claims: Sequence[Statement]) -> list[Range]:
    """The largest sets of claims that share a value, by a sweep over their ends, lowest first."""
    events = sorted([(bounds(one)[0], 0, one.id) for one in claims] + [(bounds(one)[1], 1, one.id) for one in claims])
    by_id = {one.id: one for one in claims}
    active: set[int] = set()
    found: list[Range] = []
    grew = False
    for _, closes, number in events:
        if closes:
            if grew:
                found.append(range_of([by_id[one] for one in sorted(active)]))
            grew = False
            active.discard(number)
        else:
            active.add(number)
            grew = True
    return found


def range_of(members: Sequence[Statement]) -> Range:
    """The values that all members allow."""
    low: End = max(bounds(one)[0] for one in members)
    high: End = min(bounds(one)[1] for one in members)
    return Range(None if low == LOWEST else low[0], None if high == HIGHEST else high[0], tuple(members))


def ends_of(one: Range) -> tuple[Decimal, Decimal]:
    """The ends of a range as numbers that compare, infinite where it has none."""
    return LOWEST[0] if one.low is None else one.low, HIGHEST[0] if one.high is None else one.high


# --- what depends on what ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Without:
    """What most origins would allow without one of them. ``decides`` tells whether that is another answer than with it.

    ``claimant`` names all who share the origin, in alphabetical order.
    """

    origin: int
    claimant: str
    best: tuple[Range, ...]
    decides: bool


def leave_one_out(profile: Profile) -> list[Without]:
    """The best ranges without each origin, in order of the claimants' names.

    Without an origin that is in none of them they stay what they are; without one whose two-sided claims are in some, the others do.
    The profile is made again only where that is not enough: without one that is in all; one whose bounds other bounds might stand in
    for; and, where bounds narrow one of the ranges, one whose two-sided claims kept it narrow.
    """
    best = profile.best
    allowing = Counter(origin for one in best for origin in one.origins)
    forming = Counter(origin for one in best for origin in {each.origin for each in one.members if is_closed(each)})
    narrowed = any(map(is_narrowed, best))
    by_origin: dict[int, list[Statement]] = defaultdict(list)
    for one in profile.counted:
        by_origin[one.origin].append(one)
    found = []
    for origin, own in by_origin.items():
        names = ", ".join(sorted({each.voice: each.claimant for each in own}.values()))
        if allowing[origin] in (0, forming[origin]) and allowing[origin] < len(best) and not (narrowed and any(map(is_closed, own))):
            rest = tuple(one for one in best if origin not in one.origins) if allowing[origin] else best
        else:
            rest = counted_by(profile, [one for one in profile.counted if one.origin != origin]).best
        found.append(Without(origin, names, rest, decides=rest is not best and not same_answer(best, rest)))
    return sorted(found, key=lambda one: (one.claimant, one.origin))


def is_narrowed(one: Range) -> bool:
    """Whether bounds leave less of a range than its two-sided claims allow: it may widen where another two-sided claim is left out."""
    two_sided = [each for each in one.members if is_closed(each)]
    if not two_sided:
        return False
    whole = range_of(two_sided)
    return (whole.low, whole.high) != (one.low, one.high)


def same_answer(one: Sequence[Range], other: Sequence[Range]) -> bool:
    """Whether two sets of ranges are one answer: as many of them, each meeting one of the others."""
    return len(one) == len(other) and each_meets(one, other) and each_meets(other, one)


def each_meets(one: Sequence[Range], other: Sequence[Range]) -> bool:
    """Whether each of some ranges has a value in common with one of the others."""
    ends = sorted(map(ends_of, other))
    lows = [low for low, _ in ends]
    reached = list(accumulate((high for _, high in ends), max))
    for low, high in map(ends_of, one):
        begun = bisect_right(lows, high)  # as many of the others begin by its end: it meets one if the farthest of these reaches it
        if not begun or reached[begun - 1] < low:
            return False
    return True


# --- what simple rules would answer ------------------------------------------------------------------------------------------


def latest(claims: Sequence[Statement]) -> list[Statement]:
    """The claims about the latest day that were said and published last; several where it is not known which of them came last."""
    left = list(claims)
    for moment in MOMENTS:
        moments = [moment(one) for one in left]
        last = max([when for when in moments if when is not None], default=None)
        if last is None or None in moments:
            break
        left = [one for one, when in zip(left, moments, strict=True) if when == last]
    return left


# What orders claims, the day that they are about first; ``None``: not known.
MOMENTS: tuple[Callable[[Statement], int | None], ...] = (
    lambda one: one.day,
    lambda one: one.said_day,
    lambda one: None if one.published is None else one.published[0],
    lambda one: None if one.published is None else one.published[1],
)


def figure_agreed(claims: Sequence[Statement]) -> Figure | None:
    """The widest figure of claims that all agree, as ~10,000 is beside 10,000; ``None`` where they do not, or none is widest."""
    if not claims:
        return None
    lows, highs = zip(*map(bounds, claims), strict=True)
    widest = {one.figure for one in claims if bounds(one) == (min(lows), max(highs))}
    return widest.pop() if len(widest) == 1 and max(lows) <= min(highs) else None


def median_point(profile: Profile) -> Decimal | None:
    """The median of one point per origin, the middle of its last two-sided claim; ``None`` where no origin names two ends."""
    by_origin: dict[int, list[Statement]] = defaultdict(list)
    for one in profile.counted:
        if is_closed(one):
            by_origin[one.origin].append(one)
    points = [middle_point([point for one in latest(own) if (point := middle_of(one)) is not None]) for own in by_origin.values()]
    return middle_point(points) if points else None


def middle_point(points: Iterable[Decimal]) -> Decimal:
    """The median, exact: of an even number of points the middle of the two in the middle. There must be one."""
    ordered = sorted(points)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return EXACT.divide(EXACT.add(low, high), Decimal(2))


def middle_of(one: Statement) -> Decimal | None:
    """The middle of what a claim names; ``None`` where it gives no figure."""
    ends = [end for end in figure_named(one) if end is not None]
    return middle_point(ends) if ends else None


def majority(profile: Profile) -> Range | None:
    """The one range that more than half of the origins allow; ``None`` when none does, or two do."""
    found = [one for one in profile.ranges if 2 * len(one.origins) > len(profile.origins)]
    return found[0] if len(found) == 1 else None
