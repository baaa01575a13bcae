"""When claims on one question disagree: disputed days, joined into episodes, with the claims that take part.

Never by pairs: a question with a hundred thousand claims can hold millions of them. Each claim is compared with the strongest rival
that it could have (the largest low end, the smallest high end of those that stand beside it), in n log n.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from claims_cli.core.claim import Kind, Modality, Stance
from claims_cli.core.pair import in_order
from claims_cli.core.relation import reserved_against_asserted
from claims_cli.core.statement import (
    FOR_GOOD,
    HIGHEST,
    LOWER_BOUNDS,
    LOWEST,
    End,
    beyond_a_days_rise,
    bounds,
    negative,
    published_before,
    published_to_the_hour,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from claims_cli.core.statement import Statement


Key = TypeVar("Key", bound=tuple[Any, ...])


@dataclass(frozen=True, slots=True)
class Episode:
    """A stretch of days on which claims disagree. ``last`` is ``None`` when it goes on for good."""

    first: int
    last: int | None
    members: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which some claims are known to disagree, the last one included."""

    first: int
    last: int
    members: Sequence[Statement]


def episodes_of(statements: Sequence[Statement]) -> list[Episode]:
    """The episodes in which figures disagree, earliest first, among claims of one question, one modality and one period.

    Only assertions with a figure and a day take part, and figures given with reserve for the day of an assertion. Claims on a part of
    the question may stand among them, with an open upper end.
    """
    reserved = reserved_stretches(statements)
    standing = [one for one in statements if one.stance is Stance.ASSERTS and one.interval is not None and one.stands]
    if any(one.kind is Kind.CUMULATIVE and one.modality is Modality.OBSERVED for one in standing):
        return joined([*falling_stretches(standing), *reserved])
    return joined([*overlapping_stretches(standing), *reserved])


def reserved_stretches(statements: Sequence[Statement]) -> list[Stretch]:
    """The days on which a figure given with reserve stands against another voice's assertion, pair by pair: few are given so."""
    asserted = defaultdict(list)
    for one in statements:
        if one.stance is Stance.ASSERTS and one.interval is not None:
            asserted[one.day, one.question].append(one)
    return [
        Stretch(first_day(one), first_day(one), (one, rival))
        for one in statements
        if one.stance is Stance.UNCONFIRMED and one.interval is not None and one.stands
        for rival in asserted[one.day, one.question]
        if reserved_against_asserted(in_order(one, rival))
    ]


def denials_of(statements: Sequence[Statement]) -> list[Episode]:
    """The episodes in which one claimant denies what another asserts, earliest first, among claims of one question."""
    denials = [one for one in statements if one.stance is Stance.DENIES and one.stands]
    if not denials:
        return []
    assertions = sorted((one for one in statements if one.stance is Stance.ASSERTS and one.stands), key=first_day)
    of_anything = [one for one in denials if one.interval is None]
    of_figures = [one for one in denials if one.interval is not None]
    return joined([*denied_altogether(of_anything, assertions), *denied_figures(of_figures, assertions)])


def same_figure(one: Statement, other: Statement) -> bool:
    """Whether a denial touches an assertion: some value is allowed by both, or one names none."""
    return one.interval is None or other.interval is None or one.interval.meets(other.interval)


def last_day(statement: Statement) -> int:
    """The last day on which it stands, as a number that compares."""
    return FOR_GOOD if statement.until is None else statement.until


def first_day(statement: Statement) -> int:
    """The first day on which it stands; only asked of dated claims."""
    return statement.day or 0


def days_together(one: Statement, other: Statement) -> tuple[int, int]:
    """The first and last day on which both stand; the wrong way round when there is none."""
    return max(first_day(one), first_day(other)), min(last_day(one), last_day(other))


def joined(stretches: Iterable[Stretch]) -> list[Episode]:
    """Stretches that touch or overlap, as episodes; members in order of their number."""
    episodes: list[Episode] = []
    run: dict[int, Statement] = {}
    first = last = 0
    for stretch in sorted(stretches, key=lambda one: (one.first, one.last)):
        if run and stretch.first > last + 1:
            episodes.append(episode(first, last, run))
            run = {}
        first, last = (min(first, stretch.first), max(last, stretch.last)) if run else (stretch.first, stretch.last)
        run.update((one.id, one) for one in stretch.members)
    if run:
        episodes.append(episode(first, last, run))
    return episodes


def episode(first: int, last: int, members: dict[int, Statement]) -> Episode:
    """An episode, its members in order of their number."""
    return Episode(first, None if last >= FOR_GOOD else last, tuple(members[key] for key in sorted(members)))


# --- questions whose claims stand for a while --------------------------------------------------------------------------------


class Extremes(Generic[Key]):
    """The largest (or smallest) of any run of a list, each in constant time after n log n of making (a sparse table)."""

    __slots__ = ("levels", "pick")

    def __init__(self, values: Sequence[Key], pick: Callable[[Key, Key], Key]) -> None:
        """``pick`` is ``max`` or ``min``."""
        self.pick = pick
        self.levels = [list(values)]
        width = 1
        while 2 * width <= len(values):
            below = self.levels[-1]
            self.levels.append([pick(below[at], below[at + width]) for at in range(len(values) - 2 * width + 1)])
            width *= 2

    def over(self, start: int, end: int) -> Key:
        """The extreme of ``values[start:end]``, which must not be empty."""
        level = (end - start).bit_length() - 1
        row = self.levels[level]
        return self.pick(row[start], row[end - (1 << level)])


def overlapping_stretches(standing: Sequence[Statement]) -> list[Stretch]:
    """The runs of days on which some two of the claims that stand have figures apart, with all claims that have a rival then."""
    starts = sorted({day for one in standing for day in (first_day(one), last_day(one) + 1)})
    if not starts:
        return []
    floors, ceilings = extremes_by_segment(standing, starts)
    highest_floor, lowest_ceiling = Extremes(floors, max), Extremes(ceilings, min)
    runs = runs_of([floor > ceiling for floor, ceiling in zip(floors, ceilings, strict=True)])

    def disputed(one: Statement, begin: int, stop: int) -> bool:
        low, high = bounds(one)
        return highest_floor.over(begin, stop) > high or lowest_ceiling.over(begin, stop) < low

    return stretches_of(runs, starts, standing, disputed)


def stretches_of(
    runs: Sequence[tuple[int, int]],
    starts: Sequence[int],
    standing: Iterable[Statement],
    disputed: Callable[[Statement, int, int], bool],
) -> list[Stretch]:
    """Runs of segments as stretches of days, each with the claims that are disputed in it: ``disputed`` is given a claim and segments."""
    ends = [end for _, end in runs]
    members: list[list[Statement]] = [[] for _ in runs]
    for one in standing:
        begin, stop = bisect_left(starts, first_day(one)), bisect_left(starts, last_day(one) + 1)
        for number in range(bisect_right(ends, begin), len(runs)):
            from_here, to_here = max(begin, runs[number][0]), min(stop, runs[number][1])
            if from_here >= to_here:
                break
            if disputed(one, from_here, to_here):
                members[number].append(one)
    return [Stretch(starts[begin], starts[end] - 1, taking_part) for (begin, end), taking_part in zip(runs, members, strict=True)]


def runs_of(disputed: Sequence[bool]) -> list[tuple[int, int]]:
    """The runs of true values, each as its first index and the index after its last."""
    found = []
    for is_disputed, run in groupby(range(len(disputed)), key=disputed.__getitem__):
        indices = list(run)
        if is_disputed:
            found.append((indices[0], indices[-1] + 1))
    return found


def extremes_by_segment(standing: Sequence[Statement], starts: Sequence[int]) -> tuple[list[End], list[End]]:
    """For each run of days between two starts: the largest low end and the smallest high end of the claims that stand then."""
    beginning = defaultdict(list)
    for one in standing:
        beginning[first_day(one)].append(one)
    lows: list[tuple[End, int]] = []
    highs: list[tuple[End, int]] = []
    floors, ceilings = [], []
    for day in starts:
        for one in beginning.get(day, ()):
            low, high = bounds(one)
            heapq.heappush(lows, (negative(low), last_day(one)))
            heapq.heappush(highs, (high, last_day(one)))
        for heap in (lows, highs):
            while heap and heap[0][1] < day:
                heapq.heappop(heap)
        floors.append(negative(lows[0][0]) if lows else LOWEST)
        ceilings.append(highs[0][0] if highs else HIGHEST)
    return floors, ceilings


# --- denials -----------------------------------------------------------------------------------------------------------------


NOBODY, SEVERAL = 0, -1  # no actor has these numbers


class Voices:
    """Who speaks on each run of days between two starts: nobody, one voice, or several."""

    __slots__ = ("change", "somebody", "speaking")

    def __init__(self, standing: Sequence[Statement], starts: Sequence[int]) -> None:
        """``starts`` has the first day of each claim, and the day after its last."""
        moves = sorted([(first_day(one), 1, one.voice) for one in standing] + [(last_day(one) + 1, -1, one.voice) for one in standing])
        counts: Counter[int] = Counter()
        self.speaking: list[int] = []
        at = 0
        for day in starts:
            while at < len(moves) and moves[at][0] <= day:
                counts[moves[at][2]] += moves[at][1]
                if not counts[moves[at][2]]:
                    del counts[moves[at][2]]
                at += 1
            self.speaking.append(SEVERAL if len(counts) > 1 else next(iter(counts), NOBODY))
        # From each place on: where somebody speaks next, and where another does than speaks there.
        never = len(starts)
        self.somebody, self.change = [never] * (never + 1), [never] * (never + 1)
        for at in reversed(range(never)):
            following = self.somebody[at + 1]
            here = self.speaking[at]
            self.somebody[at] = following if here == NOBODY else at
            turns = following < never and self.speaking[following] != here
            self.change[at] = following if turns else self.change[following]

    def rival(self, one: Statement, begin: int, stop: int) -> bool:
        """Whether a voice other than a claim's speaks from one place to before another."""
        at = self.somebody[begin]
        return at < stop and (self.speaking[at] != one.voice or self.change[at] < stop)


def denied_figures(denials: Iterable[Statement], assertions: Sequence[Statement]) -> Iterator[Stretch]:
    """Each denial of a figure with each assertion that it touches; only those that stand with it are looked at, in order of day."""
    starts = [first_day(one) for one in assertions]
    latest_yet = list(accumulate(map(last_day, assertions), max))
    for denial in denials:
        begin, stop = bisect_left(latest_yet, first_day(denial)), bisect_right(starts, last_day(denial))
        for rival in assertions[begin:stop]:
            first, last = days_together(denial, rival)
            if first <= last and rival.voice != denial.voice and same_figure(denial, rival):
                yield Stretch(first, last, (denial, rival))


def denied_altogether(denials: Sequence[Statement], assertions: Sequence[Statement]) -> list[Stretch]:
    """The runs of days on which something is denied and asserted by different voices, with all who have a rival then."""
    if not denials:
        return []
    starts = sorted({day for one in (*denials, *assertions) for day in (first_day(one), last_day(one) + 1)})
    denying, asserting = Voices(denials, starts), Voices(assertions, starts)
    pairs = zip(denying.speaking, asserting.speaking, strict=True)
    runs = runs_of([NOBODY not in pair and (pair[0] != pair[1] or pair[0] == SEVERAL) for pair in pairs])
    accused, accusers = stretches_of(runs, starts, assertions, denying.rival), stretches_of(runs, starts, denials, asserting.rival)
    return [*accused, *accusers]


# --- tolls -------------------------------------------------------------------------------------------------------------------


def falling_stretches(standing: Sequence[Statement]) -> list[Stretch]:
    """The disagreements on a toll: a figure below a floor that still stands, each claim with its strongest rival.

    A toll may rise: a claim's low end holds from its day on, its high end on its day only. So a later claim is disputed when its
    high end lies below an earlier low end that still stands, or that its own voice gave before.
    """
    ordered = sorted(standing, key=lambda one: (first_day(one), one.id))
    found = [*below_earlier_floors(ordered), *above_later_ceilings(ordered), *apart_from_own(ordered)]
    for _, of_one_day in groupby(ordered, key=first_day):
        found.extend(rivals_of_a_day(list(of_one_day)))
    return found


def disputed_from(later: Statement, earlier: Statement) -> Stretch:
    """The days of a fall: from the lower figure's day, as long as both stand."""
    last = min(last_day(later), last_day(earlier)) if later.voice != earlier.voice else last_day(later)
    return Stretch(first_day(later), max(first_day(later), last), (earlier, later))


def below_earlier_floors(ordered: Sequence[Statement]) -> Iterator[Stretch]:
    """Each claim that lies below the highest floor of the days before it that still stands."""
    floors: list[tuple[End, int, int]] = []
    for day, group in groupby(range(len(ordered)), key=lambda at: first_day(ordered[at])):
        today = list(group)
        while floors and floors[0][1] < day:
            heapq.heappop(floors)
        for at in today:
            if floors and negative(floors[0][0]) > bounds(ordered[at])[1]:
                yield disputed_from(ordered[at], ordered[floors[0][2]])
        for at in today:
            heapq.heappush(floors, (negative(bounds(ordered[at])[0]), last_day(ordered[at]), at))


def above_later_ceilings(ordered: Sequence[Statement]) -> Iterator[Stretch]:
    """Each claim that lies above the lowest high end of the days after its own on which it still stands."""
    if not ordered:
        return
    days = [first_day(one) for one in ordered]
    lowest = Extremes([(bounds(one)[1], at) for at, one in enumerate(ordered)], min)
    for one in ordered:
        start, end = bisect_right(days, first_day(one)), bisect_right(days, last_day(one))
        if start < end:
            ceiling, at = lowest.over(start, end)
            if ceiling < bounds(one)[0]:
                yield disputed_from(ordered[at], one)


def apart_from_own(ordered: Sequence[Statement]) -> Iterator[Stretch]:
    """Each claim that lies below an earlier figure of the same voice, and each that lies above a later one."""
    by_voice = defaultdict(list)
    for one in ordered:
        by_voice[one.voice].append(one)
    for own in by_voice.values():
        yield from clashes_in_order([list(group) for _, group in groupby(own, key=first_day)])


def rivals_of_a_day(claims: Sequence[Statement]) -> Iterator[Stretch]:
    """The disagreements among figures for one day: the cases of ``relation.toll_figures_clash``, without looking at every two."""
    if len(claims) <= 1:
        return
    yield from clashes_within(claims, lambda one: one.source)
    yield from clashes_within(claims, lambda one: (one.voice, one.said_day))
    by_publication = defaultdict(list)
    for one in claims:
        by_publication[one.published and one.published[0]].append(one)
    unknown = by_publication.pop(None, [])
    yield from clashes_in_order([by_publication[day] for day in sorted(by_publication, key=lambda day: day or 0)])
    for same_publication in by_publication.values():
        timed = [one for one in same_publication if published_to_the_hour(one)]
        timed.sort(key=publication)
        moments = [list(group) for _, group in groupby(timed, key=publication)]
        yield from clashes_in_order(moments)
        for moment in moments:
            yield from clashes_far_apart(moment, moment)
        yield from clashes_with_bounds(same_publication, [*same_publication, *unknown])
    yield from clashes_with_bounds(unknown, claims)
    untimed = [one for one in claims if not published_to_the_hour(one)]
    yield from clashes_far_apart(claims, untimed)
    yield from clashes_far_apart(untimed, claims)


def publication(statement: Statement) -> tuple[int, int]:
    """When a claim was published, as a key that compares; only asked where the time of day is known."""
    day, seconds = statement.published or (0, None)
    return day, seconds or 0


def clashes_within(claims: Iterable[Statement], key: Callable[[Statement], Hashable]) -> Iterator[Stretch]:
    """Each group of one key in which figures lie apart: those that have a rival in it."""
    groups = defaultdict(list)
    for one in claims:
        groups[key(one)].append(one)
    for group in groups.values():
        floor, ceiling = max(bounds(one)[0] for one in group), min(bounds(one)[1] for one in group)
        if floor > ceiling:
            members = [one for one in group if bounds(one)[0] > ceiling or bounds(one)[1] < floor]
            yield Stretch(first_day(members[0]), max(first_day(members[0]), min(map(last_day, members))), members)


def clashes_in_order(groups: Sequence[Sequence[Statement]]) -> Iterator[Stretch]:
    """Each claim that lies below the highest floor published before it, and each that lies above the lowest figure after it."""
    highest: Statement | None = None
    for group in groups:
        if highest is not None:
            yield from (disputed_from(one, highest) for one in group if bounds(one)[1] < bounds(highest)[0])
        best = max(group, key=lambda one: bounds(one)[0])
        highest = best if highest is None or bounds(best)[0] > bounds(highest)[0] else highest
    lowest: Statement | None = None
    for group in reversed(groups):
        if lowest is not None:
            yield from (disputed_from(lowest, one) for one in group if bounds(one)[0] > bounds(lowest)[1])
        best = min(group, key=lambda one: bounds(one)[1])
        lowest = best if lowest is None or bounds(best)[1] < bounds(lowest)[1] else lowest


def clashes_with_bounds(claims: Iterable[Statement], beside: Iterable[Statement]) -> Iterator[Stretch]:
    """Each claim that lies below a floor ("at least") which is not known to have come later."""
    floors = [one for one in beside if one.figure is not None and one.figure.hedge in LOWER_BOUNDS]
    floors.sort(key=lambda one: bounds(one)[0], reverse=True)
    for one in claims:
        for floor in floors:
            if bounds(floor)[0] <= bounds(one)[1]:
                break
            if published_before(one, floor) is not True:
                yield disputed_from(one, floor)


def clashes_far_apart(claims: Iterable[Statement], beside: Sequence[Statement]) -> Iterator[Stretch]:
    """Each claim with the highest floor, and with the lowest high end, beside it that a toll does not reach within a day."""
    if not beside:
        return
    highest = max(beside, key=lambda one: bounds(one)[0])
    lowest = min(beside, key=lambda one: bounds(one)[1])
    for one in claims:
        if beyond_a_days_rise(bounds(highest)[0], bounds(one)[1]):
            yield disputed_from(one, highest)
        if beyond_a_days_rise(bounds(one)[0], bounds(lowest)[1]):
            yield disputed_from(lowest, one)
