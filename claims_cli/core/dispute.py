"""When claims on one question disagree: disputed days, joined into episodes, with the claims that take part.

Never by pairs: a question with a hundred thousand claims can hold millions of them. Each claim is compared with the strongest rival
that it could have (the largest low end, the smallest high end of those that stand beside it), in n log n.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, groupby
from operator import attrgetter, gt, itemgetter
from typing import TYPE_CHECKING

from claims_cli.core.account import Account, accounts_of, disputed_accounts
from claims_cli.core.claim import ASSERTS, CUMULATIVE, DENIES, OBSERVED, UNCONFIRMED
from claims_cli.core.denial import denied_altogether, denied_by_oneself, denied_figures
from claims_cli.core.pair import in_order
from claims_cli.core.relation import reserved_against_asserted
from claims_cli.core.statement import (
    FOR_GOOD,
    LOWER_BOUNDS,
    beyond_a_days_rise,
    bounds,
    negative,
    published_before,
    published_to_the_hour,
)
from claims_cli.core.stretch import (
    Extremes,
    Stretch,
    by_span,
    first_day,
    last_day,
    runs_of,
    stretches_of,
    turning_days,
)
from claims_cli.core.value import HIGHEST, LOWEST

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from claims_cli.core.statement import Statement
    from claims_cli.core.stretch import Span
    from claims_cli.core.value import End

LOW, HIGH = itemgetter(0), itemgetter(1)


@dataclass(frozen=True, slots=True)
class Episode:
    """A stretch of days on which claims disagree. ``last`` is ``None`` when it goes on for good."""

    first: int
    last: int | None
    members: tuple[Statement, ...]


def episodes_of(statements: Sequence[Statement], parts: Sequence[Statement] = ()) -> list[Episode]:
    """The episodes in which figures disagree, earliest first, among claims of one question, one modality and one period.

    Only assertions with a figure and a day take part, and figures given with reserve for the day of an assertion. ``parts`` are claims on
    parts of the question, with an open upper end; they disagree with claims on the whole only.
    """
    reserved = reserved_stretches(statements)
    standing, floors = figures_that_stand(statements), figures_that_stand(parts)
    if not any_apart([*standing, *floors]):
        return joined(reserved)
    if any(one.kind is CUMULATIVE and one.modality is OBSERVED for one in standing):
        return joined([*falling_stretches(standing), *exceeded_stretches(standing, floors), *reserved])
    return joined([*overlapping_stretches([*standing, *floors]), *reserved])


def figures_that_stand(statements: Iterable[Statement]) -> list[Statement]:
    """The assertions with a figure that are current on some day."""
    return [one for one in statements if one.stance is ASSERTS and one.interval is not None and one.stands]


def any_apart(standing: Sequence[Statement]) -> bool:
    """Whether any two figures lie apart, on whatever days."""
    if len(standing) <= 1:
        return False
    floor, ceiling = innermost(standing)
    return floor > ceiling


def innermost(claims: Sequence[Statement]) -> tuple[End, End]:
    """The largest low end and the smallest high end of some claims."""
    if len(claims) == 1:
        return bounds(claims[0])
    ends = [bounds(one) for one in claims]
    return max(map(LOW, ends)), min(map(HIGH, ends))


def reserved_stretches(statements: Sequence[Statement]) -> list[Stretch]:
    """The days on which a figure given with reserve stands against another voice's assertion of that day.

    Figures of a toll are held against each other one by one, as much of the pair decides whether they clash.
    """
    reserved = [one for one in statements if one.stance is UNCONFIRMED and one.interval is not None and one.stands]
    if not reserved:
        return []
    days = {one.day for one in reserved}
    asserted = figures_that_stand(one for one in statements if one.day in days)
    if any(one.kind is CUMULATIVE and one.modality is OBSERVED for one in reserved):
        return list(reserved_tolls(reserved, asserted))
    doubtful, firm = accounts_of(reserved, own_day), accounts_of(asserted, own_day)
    return [*disputed_accounts(doubtful, firm, Account.lies_apart), *disputed_accounts(firm, doubtful, Account.lies_apart)]


def own_day(statement: Statement) -> Span:
    """The day that a claim is about, as a span."""
    return first_day(statement), first_day(statement)


def reserved_tolls(reserved: Iterable[Statement], asserted: Iterable[Statement]) -> Iterator[Stretch]:
    """Each figure of a toll that is given with reserve, with what it stands against."""
    by_day = defaultdict(list)
    for one in asserted:
        by_day[one.day].append(one)
    for one in reserved:
        low, high = bounds(one)
        apart = [rival for rival in by_day[one.day] if bounds(rival)[0] > high or bounds(rival)[1] < low]
        rivals = [rival for rival in apart if reserved_against_asserted(in_order(one, rival))]
        if rivals:
            yield Stretch(first_day(one), first_day(one), (one, *rivals))


def denials_of(statements: Sequence[Statement]) -> list[Episode]:
    """The episodes in which one claimant denies what another asserts, earliest first, among claims of one question.

    Or what it asserts itself in another report of the same statement: then one of the reports has it wrong.
    """
    denials = [one for one in statements if one.stance is DENIES and one.stands]
    if not denials:
        return []
    begin, end = min(map(first_day, denials)), max(map(last_day, denials))
    asserted = (one for one in statements if one.stance is ASSERTS and one.stands)
    assertions = [one for one in asserted if first_day(one) <= end and last_day(one) >= begin]
    of_anything = [one for one in denials if one.interval is None]
    of_figures = [one for one in denials if one.interval is not None]
    by_others = [*denied_altogether(of_anything, assertions), *denied_figures(of_figures, assertions)]
    return joined([*by_others, *denied_by_oneself(denials, assertions)])


def joined(stretches: Iterable[Stretch]) -> list[Episode]:
    """Stretches that touch or overlap, as episodes."""
    episodes: list[Episode] = []
    run: list[Stretch] = []
    last = 0
    for stretch in sorted(stretches, key=lambda one: (one.first, one.last)):
        if run and stretch.first > last + 1:
            episodes.append(episode(run, last))
            run = []
        last = max(last, stretch.last) if run else stretch.last
        run.append(stretch)
    if run:
        episodes.append(episode(run, last))
    return episodes


def episode(run: Sequence[Stretch], last: int) -> Episode:
    """The episode that some stretches make, the first first; its members in order of their number, each once."""
    members = sorted(chain.from_iterable(one.members for one in run), key=attrgetter("id"))
    if len(run) > 1:
        members = [one for one, before in zip(members, [None, *members], strict=False) if one is not before]
    return Episode(run[0].first, None if last >= FOR_GOOD else last, tuple(members))


# --- questions whose claims stand for a while --------------------------------------------------------------------------------


def overlapping_stretches(standing: Sequence[Statement]) -> list[Stretch]:
    """The runs of days on which some two of the claims that stand have figures apart, with all claims that have a rival then."""
    spans = by_span(standing)
    starts = turning_days(spans)
    floors, ceilings = extremes_by_segment(spans, starts)
    highest_floor, lowest_ceiling = Extremes(floors, max), Extremes(ceilings, min)
    runs = runs_of([floor > ceiling for floor, ceiling in zip(floors, ceilings, strict=True)])

    def disputed(group: Sequence[Statement], begin: int, stop: int) -> list[Statement]:
        floor, ceiling = highest_floor.over(begin, stop), lowest_ceiling.over(begin, stop)
        return [one for one in group if floor > bounds(one)[1] or ceiling < bounds(one)[0]]

    return stretches_of(runs, starts, spans, disputed)


def extremes_by_segment(spans: Mapping[Span, Sequence[Statement]], starts: Sequence[int]) -> tuple[list[End], list[End]]:
    """For each run of days between two starts: the largest low end and the smallest high end of the claims that stand then."""
    coming = sorted(spans, reverse=True)
    lows: list[tuple[End, int, End]] = []
    highs: list[tuple[End, int]] = []
    floors, ceilings = [], []
    for day in starts:
        while coming and coming[-1][0] == day:
            span = coming.pop()
            low, high = innermost(spans[span])
            heapq.heappush(lows, (negative(low), span[1], low))
            heapq.heappush(highs, (high, span[1]))
        while lows and lows[0][1] < day:
            heapq.heappop(lows)
        while highs and highs[0][1] < day:
            heapq.heappop(highs)
        floors.append(lows[0][2] if lows else LOWEST)
        ceilings.append(highs[0][0] if highs else HIGHEST)
    return floors, ceilings


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


def exceeded_stretches(wholes: Sequence[Statement], parts: Sequence[Statement]) -> Iterator[Stretch]:
    """Where a part of a toll is larger than its whole: each claim with its strongest rival.

    A part speaks against what is said of the whole for a day on which the part stands: of days before, it says nothing.
    """
    if not parts:
        return
    ordered = sorted(wholes, key=lambda one: (first_day(one), one.id))
    coming = sorted(parts, key=lambda one: (first_day(one), one.id), reverse=True)
    floors: list[tuple[End, int, int, Statement]] = []
    for one in ordered:
        while coming and first_day(coming[-1]) <= first_day(one):
            part = coming.pop()
            heapq.heappush(floors, (negative(bounds(part)[0]), last_day(part), part.id, part))
        while floors and floors[0][1] < first_day(one):
            heapq.heappop(floors)
        if floors and negative(floors[0][0]) > bounds(one)[1]:
            yield exceeded_from(one, floors[0][3])
    days = [first_day(one) for one in ordered]
    lowest = Extremes([(bounds(one)[1], at) for at, one in enumerate(ordered)], min)
    for part in parts:
        start, end = bisect_left(days, first_day(part)), bisect_right(days, last_day(part))
        if start < end:
            ceiling, at = lowest.over(start, end)
            if ceiling < bounds(part)[0]:
                yield exceeded_from(ordered[at], part)


def exceeded_from(whole: Statement, part: Statement) -> Stretch:
    """The days on which a part exceeds its whole: from the day of the whole's figure, as long as both stand."""
    return Stretch(first_day(whole), min(last_day(whole), last_day(part)), (whole, part))


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
        if any_apart(own):
            yield from clashes_in_order([list(group) for _, group in groupby(own, key=first_day)])


def rivals_of_a_day(claims: Sequence[Statement]) -> Iterator[Stretch]:
    """The disagreements among figures for one day: the cases of ``relation.toll_figures_clash``, without looking at every two."""
    if not any_apart(claims):
        return
    yield from clashes_within(claims, lambda one: one.source)
    yield from clashes_of_statements(claims)
    by_publication = defaultdict(list)
    for one in claims:
        by_publication[one.published and one.published[0]].append(one)
    unknown = by_publication.pop(None, [])
    yield from clashes_in_order([by_publication[day] for day in sorted(by_publication, key=lambda day: day or 0)])
    for same_publication in by_publication.values():
        moments = by_moment(same_publication)
        yield from clashes_in_order(moments)
        for moment in moments:
            yield from clashes_apart(moment, moment, beyond_a_days_rise)
        yield from clashes_with_bounds(same_publication, [*same_publication, *unknown])
    yield from clashes_with_bounds(unknown, claims)
    untimed = [one for one in claims if not published_to_the_hour(one)]
    yield from clashes_apart(claims, untimed, beyond_a_days_rise)
    yield from clashes_apart(untimed, claims, beyond_a_days_rise)


def clashes_of_statements(claims: Iterable[Statement]) -> Iterator[Stretch]:
    """The figures of one voice's one statement that lie apart, save where the hours of publication show a rise from one to the next."""
    by_statement = defaultdict(list)
    for one in claims:
        by_statement[one.voice, one.said_day].append(one)
    for said in by_statement.values():
        if any_apart(said):
            moments, untimed = by_moment(said), [one for one in said if not published_to_the_hour(one)]
            yield from clashes_in_order(moments)
            for together in (*moments, untimed):
                yield from clashes_within(together, lambda one: one.voice)
            if moments:
                yield from clashes_apart(said, untimed, gt)
                yield from clashes_apart(untimed, said, gt)


def by_moment(claims: Iterable[Statement]) -> list[list[Statement]]:
    """Those of some claims whose time of publication is known, by that time, the first first."""
    timed = sorted((one for one in claims if published_to_the_hour(one)), key=publication)
    return [list(group) for _, group in groupby(timed, key=publication)]


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
        floor, ceiling = innermost(group)
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


def clashes_apart(claims: Iterable[Statement], beside: Sequence[Statement], apart: Callable[[End, End], bool]) -> Iterator[Stretch]:
    """Each claim with the highest floor, and with the lowest high end, beside it that lies apart: a low end too far above a high end."""
    if not beside:
        return
    highest = max(beside, key=lambda one: bounds(one)[0])
    lowest = min(beside, key=lambda one: bounds(one)[1])
    for one in claims:
        if apart(bounds(highest)[0], bounds(one)[1]):
            yield disputed_from(one, highest)
        if apart(bounds(one)[0], bounds(lowest)[1]):
            yield disputed_from(lowest, one)
