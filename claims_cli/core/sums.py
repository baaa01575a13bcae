"""Figures that do not add up: amounts of days against the rise of a toll, parts against their whole, and a total against its terms.

A finding holds whichever of several rival claims is right, unless it says on what it rests. Where a day or a part is not known there is
no finding.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from claims_cli.core.amount import NOTHING, amount_for_people, amounts_of, either, minus, plus, total
from claims_cli.core.claim import Kind, Modality, Stance
from claims_cli.core.explanation import figure_of, on_day, possessive, stretch_of_days, whose
from claims_cli.core.folding import fold
from claims_cli.core.value import EXACT, Hedge, Interval

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from claims_cli.core.claim import Question
    from claims_cli.core.statement import Statement

NOT_SUMMED = frozenset({Kind.FLOW, Kind.RATE})  # an amount of days is no part of a level, and a part's rate may be above the whole's
FEWEST_TERMS = 2
JOINING = frozenset(map(fold, ("and", "or", "و", "أو")))
JOINED = frozenset("+&,;/\u060c\u061b")  # signs that do the same: "soldiers, officers"
AND = fold("و")  # is also written onto the next word: "جنود وضباط"
Partitions: TypeAlias = "Mapping[str, frozenset[frozenset[str]]]"


class Sum(StrEnum):
    """What does not add up."""

    DAYS_AND_TOLL = "days_and_toll"
    PARTS_ABOVE_WHOLE = "parts_above_whole"
    TOTAL_AND_TERMS = "total_and_terms"


@dataclass(frozen=True, slots=True)
class Imbalance:
    """Amounts that do not add up.

    ``first`` and ``last`` are the days that it is about, ``added`` what the terms come to, ``against`` what they should be;
    ``remarks`` say what would explain it.
    """

    kind: Sum
    question: str
    first: int
    last: int
    claims: tuple[int, ...]
    added: Interval
    against: Interval
    explanation: str
    remarks: tuple[str, ...] = ()


def is_counted_on(one: Statement) -> bool:
    """Whether a claim gives an observed figure that its speaker did not replace."""
    return one.stance is Stance.ASSERTS and one.modality is Modality.OBSERVED and one.interval is not None and one.stands


# --- amounts of days against the rise of a toll ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """The amount of one run of days, the last one included: what any of its claims allows."""

    first: int
    last: int
    claims: tuple[Statement, ...]
    amount: Interval

    @property
    def told(self) -> str:
        """The figures as people write them."""
        figures = list(dict.fromkeys(map(figure_of, self.claims)))
        return figures[0] if len(figures) == 1 else f"({' or '.join(figures)})"


@dataclass(frozen=True, slots=True)
class Cover:
    """Runs of days that follow one another without a gap: all that any way of covering the days allows, and the finest way."""

    amount: Interval = NOTHING
    pieces: tuple[Piece, ...] = ()


def days_against_tolls(tolls: Sequence[Statement], flows: Sequence[Statement]) -> list[Imbalance]:
    """Where the amounts of days do not come to the rise of a speaker's toll, over the shortest stretches that they cover whole.

    A toll of a day holds all of that day. The speaker's own amounts count; for days of which the speaker gives none, those of others.
    """
    by_voice: dict[int, list[Statement]] = defaultdict(list)
    for one in sorted(filter(is_counted_on, tolls), key=lambda one: (one.day or 0, one.id)):
        if one.day_from == one.day:
            by_voice[one.voice].append(one)
    known = sorted(filter(is_counted_on, flows), key=lambda one: (one.day_from or 0, one.day or 0, one.id))
    found: list[Imbalance] = []
    for own in by_voice.values():
        days = {day: tuple(of_day) for day, of_day in groupby(own, key=lambda one: one.day or 0)}
        pieces = pieces_for(own[0].voice, known)
        for start, earlier in days.items():
            reached = covered_from(start, pieces, days)
            if reached is not None:
                found += imbalance_of_days(earlier, days[reached[0]], reached[1], pieces)
    return sorted(found, key=lambda one: (one.first, one.last, one.claims))


def pieces_for(voice: int, flows: Sequence[Statement]) -> dict[int, list[Piece]]:
    """The amounts to hold against a speaker's toll, by their first day."""
    own = [one for one in flows if one.voice == voice]
    taken = {day for one in own for day in range(one.day_from or 0, (one.day or 0) + 1)}
    others = [one for one in flows if one.voice != voice and taken.isdisjoint(range(one.day_from or 0, (one.day or 0) + 1))]
    amounts: dict[int, Interval] = {}
    for _, of_voice in groupby(sorted([*own, *others], key=lambda one: one.voice), key=lambda one: one.voice):
        given = list(of_voice)
        amounts.update(zip((one.id for one in given), amounts_of(given), strict=True))
    periods: dict[tuple[int, int], list[Statement]] = defaultdict(list)
    for one in [*own, *others]:
        periods[one.day_from or 0, one.day or 0].append(one)
    found: dict[int, list[Piece]] = defaultdict(list)
    for (first, last), claims in sorted(periods.items()):
        found[first].append(Piece(first, last, tuple(claims), either([amounts[one.id] for one in claims])))
    return found


def covered_from(start: int, pieces: Mapping[int, Sequence[Piece]], stops: Collection[int]) -> tuple[int, Cover] | None:
    """The nearest of some days up to which all days after a start are covered, with what covers them; ``None``: a day is missing."""
    covers = {start: Cover()}
    waiting = [start]
    while waiting:
        day = heapq.heappop(waiting)
        if day in stops and day != start:
            return day, covers[day]
        before = covers[day]
        for piece in pieces.get(day + 1, ()):
            amount = plus(before.amount, piece.amount)
            known = covers.get(piece.last)
            if known is None:
                heapq.heappush(waiting, piece.last)
                covers[piece.last] = Cover(amount, (*before.pieces, piece))
            else:
                finer = max(known.pieces, (*before.pieces, piece), key=len)
                covers[piece.last] = Cover(either([known.amount, amount]), finer)
    return None


def imbalance_of_days(
    earlier: tuple[Statement, ...], later: tuple[Statement, ...], cover: Cover, pieces: Mapping[int, Sequence[Piece]]
) -> Iterator[Imbalance]:
    """The finding of a toll's rise that is not what its days come to, if it is not."""
    amounts = amounts_of([*earlier, *later])
    rise = minus(either(amounts[len(earlier) :]), either(amounts[: len(earlier)]))
    if rise.meets(cover.amount):
        return
    first, last = cover.pieces[0].first, cover.pieces[-1].last
    days = [one for piece in cover.pieces for one in piece.claims]
    before, after = (" or ".join(dict.fromkeys(map(figure_of, side))) for side in (earlier, later))
    toll = f"{possessive(later[0].claimant)} toll {change_told(rise, earlier, later)} ({before} → {after})"
    told = f"{stretch_of_days(first, last)}: {' + '.join(piece.told for piece in cover.pieces)}{result_of(cover)} by days, but {toll}"
    claims = tuple(one.id for one in (*earlier, *days, *later))
    remarks = tuple(remarks_on(earlier, later, cover, rise, pieces))
    yield Imbalance(Sum.DAYS_AND_TOLL, later[0].question, first, last, claims, cover.amount, rise, told, remarks)


def result_of(cover: Cover) -> str:
    """What a sum of days comes to."""
    claims = [one for piece in cover.pieces for one in piece.claims]
    sum_ = (sum_of_plain(claims) if len(claims) == len(cover.pieces) else None) or cover.amount
    if len(cover.pieces) > 1:
        return f" = {amount_for_people(sum_)}"
    return ""


def sum_of_plain(claims: Sequence[Statement]) -> Interval | None:
    """The sum of plain numbers as they stand; ``None`` where one of them is hedged."""
    figures = [one.figure for one in claims]
    plain = [figure.low for figure in figures if figure is not None and figure.low is not None and figure.hedge is Hedge.EXACT]
    return total(Interval(value, value) for value in plain) if len(plain) == len(figures) else None


def change_told(rise: Interval, earlier: Sequence[Statement], later: Sequence[Statement]) -> str:
    """How a toll moved: by the difference of plain figures, else by what their difference may be."""
    figures = [one.figure for one in (*earlier, *later)]
    if len(figures) == FEWEST_TERMS and all(figure is not None and figure.hedge is Hedge.EXACT for figure in figures):
        values = [figure.low for figure in figures if figure is not None and figure.low is not None]
        change = EXACT.subtract(values[1], values[0])
        rise = Interval(change, change)
    if rise.high is not None and rise.high < 0:
        return f"fell by {amount_for_people(minus(NOTHING, rise))}"
    lowest = rise.low if rise.low is not None and rise.low >= 0 else None  # how far it may have fallen does not matter here
    return f"rose by {amount_for_people(Interval(lowest, rise.high))}"


def remarks_on(
    earlier: Sequence[Statement], later: Sequence[Statement], cover: Cover, rise: Interval, pieces: Mapping[int, Sequence[Piece]]
) -> Iterator[str]:
    """What would explain the difference: figures that are rounded after all, or a toll that does not yet hold its own day."""
    sides = [either([one.interval for one in side if one.interval is not None]) for side in (earlier, later)]
    days = total(either([one.interval for one in piece.claims if one.interval is not None]) for piece in cover.pieces)
    if minus(sides[1], sides[0]).meets(days):
        yield "if figures among them are rounded, they may add up"
    start, stop = cover.pieces[0].first - 2, cover.pieces[-1].last - 1
    shifted = covered_from(start, pieces, {stop})
    if shifted is not None and rise.meets(shifted[1].amount):
        yield f"the days from {stretch_of_days(start + 1, stop)} would add up: the toll may leave out its own day"


# --- parts against their whole -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Family:
    """A question and its parts of the same unit, whose amounts can be added up."""

    whole: Question
    parts: tuple[Question, ...]


def names_in(text: str | None) -> frozenset[str]:
    """The words of a place or a population, folded; the ones that join names left out."""
    return frozenset(fold(text or "").split()) - JOINING


def disjoint(one: Question, other: Question, partitions: frozenset[frozenset[str]] = frozenset()) -> bool:
    """Whether nothing is counted in both of two parts of one whole, as far as is known.

    Their places or their populations are named and differ, neither being named within the other; or some document adds both up.
    """
    if any({one.slug, other.slug} <= partition for partition in partitions):
        return True
    names = [(names_in(one.place), names_in(other.place)), (names_in(one.population), names_in(other.population))]
    return any(first and second and not (first <= second or second <= first) for first, second in names)


def parts_against_wholes(
    family: Family, claims: Mapping[str, Sequence[Statement]], days: Iterable[int], partitions: frozenset[frozenset[str]] = frozenset()
) -> list[Imbalance]:
    """Where parts that share nothing come to more than the whole on one of some days, be each of them less; by slug, the claims.

    For each claim on the whole: of each part what its own speaker says, else the least that any other does.
    """
    found: dict[tuple[int, ...], Imbalance] = {}
    for day in sorted(set(days)):
        for whole in filter(is_counted_on, claims.get(family.whole.slug, ())):
            about = whole.day if whole.kind in {Kind.CUMULATIVE, Kind.FIXED} else day
            if about is None or not whole.stands_on(day) or not whole.stands_on(about):
                continue
            terms = [(part, least) for part in family.parts if (least := least_of(claims.get(part.slug, ()), whole, about)) is not None]
            above = imbalance_of_parts(family, whole, about, largest_disjoint(terms, partitions))
            if above is not None:
                found.setdefault(above.claims, above)
    return list(found.values())


def least_of(claims: Iterable[Statement], whole: Statement, day: int) -> tuple[Decimal, Statement] | None:
    """The least that a part is said to be on a day by the speaker of the whole, else by others; ``None``: nobody gives a floor.

    Of the others' figures for a toll those of the latest day count: the earlier ones it has outgrown.
    """
    standing = [one for one in claims if is_counted_on(one) and one.stands_on(day)]
    own = [one for one in standing if one.voice == whole.voice]
    if not own and whole.kind is Kind.CUMULATIVE:
        latest = max((one.day or 0 for one in standing), default=0)
        standing = [one for one in standing if one.day == latest]
    floors = [(floor, one) for one in own or standing if (floor := amounts_of([one])[0].low) is not None]
    return min(floors, key=lambda each: (each[0], each[1].id), default=None)


def largest_disjoint(
    terms: Sequence[tuple[Question, tuple[Decimal, Statement]]], partitions: frozenset[frozenset[str]]
) -> list[tuple[Question, tuple[Decimal, Statement]]]:
    """Parts of which no two share anything, the largest first: perhaps not the largest sum of all, but never one counted twice."""
    chosen: list[tuple[Question, tuple[Decimal, Statement]]] = []
    for term in sorted(terms, key=lambda term: (-term[1][0], term[0].slug)):
        if all(disjoint(term[0], other, partitions) for other, _ in chosen):
            chosen.append(term)
    return chosen


def imbalance_of_parts(
    family: Family, whole: Statement, day: int, terms: Sequence[tuple[Question, tuple[Decimal, Statement]]]
) -> Imbalance | None:
    """The finding of parts that come to more than their whole; ``None`` where they do not."""
    added = Interval(total(Interval(floor, floor) for _, (floor, _) in terms).low, None)
    against = amounts_of([whole])[0]
    if not added.lies_above(against):
        return None
    named = " + ".join(f"{figure_of(one)} ({name_of(part, family)})" for part, (_, one) in terms)
    sum_ = sum_of_plain([one for _, (_, one) in terms]) or added
    least = "" if len(terms) == 1 else f" = {amount_for_people(sum_)}"
    reason = "a figure is wrong, or the part is none" if len(terms) == 1 else "some are counted twice, or a figure is wrong"
    told = f"{on_day(day)}: {named}{least}, more than {whose(whole)} in all: {reason}"
    claims = (whole.id, *(one.id for _, (_, one) in terms))
    return Imbalance(Sum.PARTS_ABOVE_WHOLE, family.whole.slug, day, day, claims, added, against, told)


def name_of(part: Question, family: Family) -> str:
    """What sets a part apart from its whole: its population, its place, else its slug."""
    if part.population is not None and part.population != family.whole.population:
        return part.population
    return part.place if part.place is not None and part.place != family.whole.place else part.slug


# --- a total against its terms -----------------------------------------------------------------------------------------------


def totals_against_terms(family: Family, claims: Mapping[str, Sequence[Statement]]) -> list[Imbalance]:
    """Where one speaker gives, in one document and of one day, a total with all its terms, and they do not come to it."""
    told = sets_together(family, claims)
    known = partitions_of(family, claims)
    found: list[Imbalance] = []
    for whole, terms in told:
        for partition in known:
            if partition <= terms.keys():
                found += imbalance_of_total(family, whole, {slug: one for slug, one in terms.items() if slug in partition})
    return sorted(found, key=lambda one: (one.first, one.claims))


def sets_together(family: Family, claims: Mapping[str, Sequence[Statement]]) -> list[tuple[Statement, dict[str, Statement]]]:
    """Each plain total with the plain figures of parts that its speaker gives of the same day in the same document, by slug."""

    def setting(one: Statement) -> tuple[int, int, int | None, int | None, int | None]:
        return one.source, one.voice, one.day_from, one.day, one.said_day

    beside: dict[object, dict[str, Statement]] = defaultdict(dict)
    for part in family.parts:
        for one in sorted(filter(is_plain, claims.get(part.slug, ())), key=lambda one: one.id):
            beside[setting(one)].setdefault(part.slug, one)
    wholes = sorted(filter(is_plain, claims.get(family.whole.slug, ())), key=lambda one: one.id)
    return [(one, beside[setting(one)]) for one in wholes if len(beside[setting(one)]) >= FEWEST_TERMS]


def is_plain(one: Statement) -> bool:
    """Whether a claim gives a plain observed number."""
    return is_counted_on(one) and one.figure is not None and one.figure.hedge is Hedge.EXACT


def partitions_of(family: Family, claims: Mapping[str, Sequence[Statement]]) -> frozenset[frozenset[str]]:
    """The sets of parts that are known to make up the whole: its population names theirs, or some document adds them up."""
    found = {
        frozenset(terms)
        for whole, terms in sets_together(family, claims)
        if total(amounts_of([one])[0] for one in terms.values()) == amounts_of([whole])[0] != NOTHING
    }
    named = {part.slug: names_in(part.population) for part in family.parts if part.population is not None}
    listed = names_listed(family.whole.population or "", frozenset().union(*named.values()))
    within = {slug: names for slug, names in named.items() if names < listed}
    if len(within) >= FEWEST_TERMS and frozenset().union(*within.values()) == listed and all_apart(within.values()):
        found.add(frozenset(within))
    return frozenset(found)


def names_listed(text: str, known: frozenset[str]) -> frozenset[str]:
    """The words of a population that lists several, "soldiers and officers", in Arabic with the joining letter taken off those known.

    Nothing for one that joins none: "wounded soldiers" are not the wounded and the soldiers.
    """
    words = fold(text).split()
    joined = [word.removeprefix(AND) if word.startswith(AND) and word.removeprefix(AND) in known else word for word in words]
    lists = words != joined or any(word in JOINING for word in words) or any(sign in text for sign in JOINED)
    return frozenset(joined) - JOINING if lists else frozenset()


def all_apart(names: Iterable[frozenset[str]]) -> bool:
    """Whether no name of some stands within another: "soldiers" and "wounded soldiers" do."""
    every = list(names)
    return not any(one <= other for at, one in enumerate(every) for other in every[:at] + every[at + 1 :])


def imbalance_of_total(family: Family, whole: Statement, terms: Mapping[str, Statement]) -> Iterator[Imbalance]:
    """The finding of a total that is not what its terms come to, if it is not."""
    added, against = total(amounts_of([one])[0] for one in terms.values()), amounts_of([whole])[0]
    if added.meets(against):
        return
    parts = [(part, terms[part.slug]) for part in family.parts if part.slug in terms]
    named = " + ".join(f"{figure_of(one)} ({name_of(part, family)})" for part, one in parts)
    sum_ = sum_of_plain([one for _, one in parts]) or added
    told = f"{on_day(whole.day)}: {whose(whole)} in all, but {named} = {amount_for_people(sum_)} in the same document"
    claims = (whole.id, *(one.id for _, one in parts))
    day = whole.day or 0
    yield Imbalance(Sum.TOTAL_AND_TERMS, family.whole.slug, day, day, claims, added, against, told)
