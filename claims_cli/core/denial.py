"""Denials: the days on which something is denied and asserted, with all who take part."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from claims_cli.core.account import accounts_of, disputed_accounts
from claims_cli.core.statement import denies_what
from claims_cli.core.stretch import Stretch, by_span, first_day, last_day, runs_of, span_of, stretches_of, turning_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims_cli.core.statement import Statement

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

    def rivals(self, group: Sequence[Statement], begin: int, stop: int) -> list[Statement]:
        """Those of some claims beside which a voice other than their own speaks from one place to before another."""
        at = self.somebody[begin]
        if at >= stop:
            return []
        return [one for one in group if self.speaking[at] != one.voice or self.change[at] < stop]


def denied_figures(denials: Sequence[Statement], assertions: Sequence[Statement]) -> Iterator[Stretch]:
    """The days on which figures are denied and, by other voices, asserted, or something without a figure is."""
    if denials:
        denied, asserted = accounts_of(denials, span_of), accounts_of(assertions, span_of)
        yield from disputed_accounts(asserted, denied, lambda one, other: denies_what(other.members[0], one.members[0]))
        yield from disputed_accounts(denied, asserted, lambda one, other: denies_what(one.members[0], other.members[0]))


def denied_altogether(denials: Sequence[Statement], assertions: Sequence[Statement]) -> list[Stretch]:
    """The runs of days on which something is denied and asserted by different voices, with all who have a rival then."""
    if not denials:
        return []
    denied, asserted = by_span(denials), by_span(assertions)
    starts = turning_days(denied, asserted)
    denying, asserting = Voices(denials, starts), Voices(assertions, starts)
    pairs = zip(denying.speaking, asserting.speaking, strict=True)
    runs = runs_of([NOBODY not in pair and (pair[0] != pair[1] or pair[0] == SEVERAL) for pair in pairs])
    return [*stretches_of(runs, starts, asserted, denying.rivals), *stretches_of(runs, starts, denied, asserting.rivals)]


def denied_by_oneself(denials: Sequence[Statement], assertions: Sequence[Statement]) -> Iterator[Stretch]:
    """Each denial of a voice with what another document has it assert in the very same statement."""
    said = {statement_of(one) for one in denials}
    asserted = defaultdict(list)
    for one in assertions:
        if (of_it := statement_of(one)) in said:
            asserted[of_it].append(one)
    for denial in denials:
        for one in asserted.get(statement_of(denial), ()):
            if one.source != denial.source and denies_what(denial, one):
                yield Stretch(first_day(denial), min(last_day(denial), last_day(one)), (denial, one))


def statement_of(one: Statement) -> tuple[int, int | None, int | None, int | None]:
    """What tells one statement of a voice from another: what days it is about, and when it was said."""
    return one.voice, one.day_from, one.day, one.said_day
