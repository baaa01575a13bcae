"""The amounts of days against the rise of a toll: what each stretch of days adds, and where it is not what the toll rose by."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from claims_cli.core.amount import NOTHING, amount_for_people, amounts_of, either, minus, plus, total
from claims_cli.core.explanation import figure_of, possessive, stretch_of_days
from claims_cli.core.sums import FEWEST_TERMS, Imbalance, Sum, is_counted_on, sum_of_plain
from claims_cli.core.value import EXACT, Hedge, Interval

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from claims_cli.core.statement import Statement

MOST_TERMS = 10  # of a longer sum not all are written out: a month of days fills several lines


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
    amounts = amounts_by_claim(known)
    found: list[Imbalance] = []
    for voice, own in by_voice.items():
        days = {day: tuple(of_day) for day, of_day in groupby(own, key=lambda one: one.day or 0)}
        pieces = pieces_for(voice, known, amounts)
        for start, earlier in days.items():
            reached = covered_from(start, pieces, days, own[-1].day or 0)
            if reached is not None:
                found += imbalance_of_days(earlier, days[reached[0]], reached[1], pieces)
    return sorted(found, key=lambda one: (one.first, one.last, one.claims))


def amounts_by_claim(flows: Sequence[Statement]) -> dict[int, Interval]:
    """What each amount allows beside its speaker's others, by the number of the claim."""
    by_voice: dict[int, list[Statement]] = defaultdict(list)
    for one in flows:
        by_voice[one.voice].append(one)
    return {one.id: allowed for own in by_voice.values() for one, allowed in zip(own, amounts_of(own), strict=True)}


def pieces_for(voice: int, flows: Sequence[Statement], amounts: Mapping[int, Interval]) -> dict[int, list[Piece]]:
    """The amounts to hold against a speaker's toll, by their first day: the speaker's own, and those of others for the days between."""
    starts: list[int] = []
    ends: list[int] = []  # the last day of all that begins so early, so that both lists ascend
    for one in flows:
        if one.voice == voice:
            starts.append(one.day_from or 0)
            ends.append(max(one.day or 0, ends[-1] if ends else 0))
    periods: dict[tuple[int, int], list[Statement]] = defaultdict(list)
    for one in flows:
        first, last = one.day_from or 0, one.day or 0
        if one.voice == voice or bisect_left(ends, first) == bisect_right(starts, last):
            periods[first, last].append(one)
    found: dict[int, list[Piece]] = defaultdict(list)
    for (first, last), claims in sorted(periods.items()):
        found[first].append(Piece(first, last, tuple(claims), either([amounts[one.id] for one in claims])))
    return found


def covered_from(start: int, pieces: Mapping[int, Sequence[Piece]], stops: Collection[int], last: int) -> tuple[int, Cover] | None:
    """The nearest of some days up to which all days after a start are covered, with what covers them; ``None``: a day is missing.

    ``last`` is the last of those days.
    """
    covers = {start: Cover()}
    waiting = [start]
    while waiting:
        day = heapq.heappop(waiting)
        if day in stops and day != start:
            return day, covers[day]
        before = covers[day]
        for piece in pieces.get(day + 1, ()):
            if piece.last > last:
                continue
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
    told = f"{stretch_of_days(first, last)}: {terms_of(cover)}{result_of(cover)} by days, but {toll}"
    claims = tuple(one.id for one in (*earlier, *days, *later))
    remarks = tuple(remarks_on(earlier, later, cover, rise, pieces))
    yield Imbalance(Sum.DAYS_AND_TOLL, later[0].question, first, last, claims, cover.amount, rise, told, remarks)


def terms_of(cover: Cover) -> str:
    """The figures that are added up, in the order of their days; of many the first and the last."""
    terms = [piece.told for piece in cover.pieces]
    if len(terms) > MOST_TERMS:
        terms = [*terms[: MOST_TERMS - 2], "…", terms[-1]]
    return " + ".join(terms)


def result_of(cover: Cover) -> str:
    """What a sum of days comes to."""
    claims = [one for piece in cover.pieces for one in piece.claims]
    sum_ = (sum_of_plain(claims) if len(claims) == len(cover.pieces) else None) or cover.amount
    if len(cover.pieces) > 1:
        return f" = {amount_for_people(sum_)}"
    return ""


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
    shifted = covered_from(start, pieces, {stop}, stop)
    if shifted is not None and rise.meets(shifted[1].amount):
        yield f"the days from {stretch_of_days(start + 1, stop)} would add up: the toll may leave out its own day"
