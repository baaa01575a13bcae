"""Figures that do not add up: amounts of days against the rise of a toll, parts against their whole, and a total against its terms.

A finding holds whichever of several rival claims is right, unless it says on what it rests. Where a day or a part is not known there is
no finding.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

from claims_cli.core.amount import NOTHING, amount_for_people, amounts_of, total
from claims_cli.core.claim import Kind, Modality, Stance
from claims_cli.core.explanation import figure_of, on_day, whose
from claims_cli.core.folding import fold
from claims_cli.core.value import EXACT, Hedge, Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from claims_cli.core.claim import Question
    from claims_cli.core.statement import Statement

Term: TypeAlias = "tuple[Question, tuple[Decimal, Statement]]"  # a part, the least that it is said to be, and by which claim
NOT_SUMMED = frozenset({Kind.FLOW, Kind.RATE})  # an amount of days is no part of a level, and a part's rate may be above the whole's
FEWEST_TERMS = 2
MOST_SEARCHED = 15  # parts in a chain of overlaps among which the largest sum is surely found: 243 sets at most
JOINING = frozenset(map(fold, ("and", "or", "و", "أو")))
JOINED = frozenset("+&,;/\u060c\u061b")  # signs that do the same: "soldiers, officers"
AND = fold("و")  # is also written onto the next word: "جنود وضباط"


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


def sum_of_plain(claims: Sequence[Statement]) -> Interval | None:
    """The sum of plain numbers as they stand; ``None`` where one of them is hedged."""
    figures = [one.figure for one in claims]
    plain = [figure.low for figure in figures if figure is not None and figure.low is not None and figure.hedge is Hedge.EXACT]
    return total(Interval(value, value) for value in plain) if len(plain) == len(figures) else None


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
    family: Family, claims: Mapping[str, Sequence[Statement]], on: int | None = None, partitions: frozenset[frozenset[str]] = frozenset()
) -> list[Imbalance]:
    """Where parts that share nothing come to more than the whole on a day, be each of them less; ``claims`` by slug.

    ``on`` is a day on which the claim on the whole stands, ``None``: any. For each claim on the whole: of each part what its own speaker
    says, else the least that any other does.
    """
    standing = {part.slug: Standing(claims.get(part.slug, ())) for part in family.parts}
    overlaps = overlaps_among(family.parts, partitions)
    found: dict[tuple[int, ...], Imbalance] = {}
    for whole in sorted(filter(is_counted_on, claims.get(family.whole.slug, ())), key=lambda one: (one.day or 0, one.id)):
        for day in days_to_look_at(whole, standing.values(), on):
            terms = [(part, least) for part in family.parts if (least := least_of(standing[part.slug], whole, day)) is not None]
            above = imbalance_of_parts(family, whole, day, largest_disjoint(terms, overlaps))
            if above is not None:
                found.setdefault(above.claims, above)
    return list(found.values())


class Standing:
    """The claims on a part, by speaker and day, to find those that stand on a day."""

    def __init__(self, claims: Iterable[Statement]) -> None:
        """``claims`` may come in any order; only observed figures that were not replaced are kept."""
        self.by_voice: dict[int, list[Statement]] = defaultdict(list)
        for one in sorted(filter(is_counted_on, claims), key=lambda one: (one.day or 0, one.id)):
            self.by_voice[one.voice].append(one)
        self.days = {voice: [one.day or 0 for one in own] for voice, own in self.by_voice.items()}

    def on(self, day: int) -> list[Statement]:
        """Each speaker's last figures by a day, if they stand on it."""
        found = []
        for voice, own in self.by_voice.items():
            stop = bisect_right(self.days[voice], day)
            start = bisect_left(self.days[voice], self.days[voice][stop - 1]) if stop else 0
            found += [one for one in own[start:stop] if one.stands_on(day)]
        return found

    def starts_within(self, first: int, last: int | None) -> Iterator[int]:
        """The days within a stretch on which a figure begins to stand; ``None``: it has no end."""
        for days in self.days.values():
            yield from days[bisect_left(days, first) : None if last is None else bisect_right(days, last)]


def days_to_look_at(whole: Statement, parts: Iterable[Standing], on: int | None) -> list[int]:
    """The days on which parts can be held against a claim on their whole: a toll's own, else those on which anything begins to stand.

    A toll may have grown since; what is fixed has not, whichever was said first.
    """
    first = whole.day or 0
    if on is not None and not whole.stands_on(on):
        return []
    if whole.kind is Kind.CUMULATIVE:
        return [first]
    return [on] if on is not None else sorted({first, *(day for part in parts for day in part.starts_within(first, whole.until))})


def least_of(claims: Standing, whole: Statement, day: int) -> tuple[Decimal, Statement] | None:
    """The least that a part is said to be on a day by the speaker of the whole, else by others; ``None``: nobody gives a floor.

    Of the others' figures for a toll those of the latest day count: the earlier ones it has outgrown.
    """
    standing = claims.on(day)
    own = [one for one in standing if one.voice == whole.voice]
    if not own and whole.kind is Kind.CUMULATIVE:
        latest = max((one.day or 0 for one in standing), default=0)
        standing = [one for one in standing if one.day == latest]
    floors = [(floor, one) for one in own or standing if (floor := amounts_of([one])[0].low) is not None]
    return min(floors, key=lambda each: (each[0], each[1].id), default=None)


def overlaps_among(parts: Sequence[Question], partitions: frozenset[frozenset[str]]) -> dict[str, frozenset[str]]:
    """Of each part, by slug, the others that may count what it counts."""
    return {
        one.slug: frozenset(other.slug for other in parts if other.slug != one.slug and not disjoint(one, other, partitions))
        for one in parts
    }


def largest_disjoint(terms: Sequence[Term], overlaps: Mapping[str, frozenset[str]]) -> list[Term]:
    """Of some parts those that come to most and of which no two share anything, the largest first.

    None is left out that shares nothing with any of them, though it be a loss. Where more than MOST_SEARCHED overlap one another in a
    chain, it may not be the largest sum of all, but never counts anything twice.
    """
    amounts = {part.slug: floor for part, (floor, _) in terms}

    def rank(slugs: Iterable[str]) -> tuple[Decimal, list[str]]:  # most first
        slugs = sorted(slugs)
        return reduce(EXACT.subtract, (amounts[slug] for slug in slugs), Decimal(0)), slugs

    within = {slug: overlaps[slug] & amounts.keys() for slug in amounts}
    chosen: set[str] = set()
    for chain in chains_of(within):
        few = len(chain) <= MOST_SEARCHED
        ordered = sorted(chain, key=lambda slug: rank([slug]))
        sets = disjoint_sets(frozenset(chain), within) if few else greedy_sets(ordered, within)
        chosen.update(min(sets, key=rank))
    return sorted((term for term in terms if term[0].slug in chosen), key=lambda term: (-term[1][0], term[0].slug))


def chains_of(overlaps: Mapping[str, frozenset[str]]) -> Iterator[set[str]]:
    """The parts that overlap, with those that these overlap, and so on; most stand alone."""
    left = set(overlaps)
    while left:
        chain: set[str] = set()
        fresh = {min(left)}
        while fresh:
            chain |= fresh
            fresh = {other for slug in fresh for other in overlaps[slug]} - chain
        left -= chain
        yield chain


def disjoint_sets(left: frozenset[str], overlaps: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, ...]]:
    """All sets of parts of which no two overlap and to which no other can be added, some of them several times.

    Each has the part of fewest overlaps or one that overlaps it: of n parts there are no more than about 3 ** (n / 3).
    """
    if not left:
        yield ()
        return
    part = min(left, key=lambda slug: (len(overlaps[slug] & left), slug))
    for one in sorted({part} | (overlaps[part] & left)):
        yield from ((one, *more) for more in disjoint_sets(left - {one} - overlaps[one], overlaps))


def greedy_sets(ordered: Sequence[str], overlaps: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, ...]]:
    """Sets of parts of which no two overlap: from each part on, whatever of the others in their order still fits."""
    for first in ordered:
        chosen = [first]
        for slug in ordered:
            if slug != first and overlaps[slug].isdisjoint(chosen):
                chosen.append(slug)
        yield tuple(chosen)


def imbalance_of_parts(family: Family, whole: Statement, day: int, terms: Sequence[Term]) -> Imbalance | None:
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
        for one in sorted(filter(is_plain_count, claims.get(part.slug, ())), key=lambda one: one.id):
            beside[setting(one)].setdefault(part.slug, one)
    wholes = sorted(filter(is_plain_count, claims.get(family.whole.slug, ())), key=lambda one: one.id)
    return [(one, beside[setting(one)]) for one in wholes if len(beside[setting(one)]) >= FEWEST_TERMS]


def is_plain_count(one: Statement) -> bool:
    """Whether a claim gives a plain observed number."""
    return is_counted_on(one) and one.figure is not None and one.figure.hedge is Hedge.EXACT


def partitions_of(family: Family, claims: Mapping[str, Sequence[Statement]]) -> frozenset[frozenset[str]]:
    """The sets of parts that are known to make up the whole: its population names theirs, or some document adds them up.

    The numbers as they stand decide there: 1,301 and 3,399 are 4,700, though 4,700 alone may be rounded. That nothing and nothing are
    nothing tells of no sum.
    """
    told = ((frozenset(terms), sum_of_plain([*terms.values()]), sum_of_plain([whole])) for whole, terms in sets_together(family, claims))
    found = {terms for terms, added, stated in told if added == stated != NOTHING}
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
