"""Two claims side by side, the earlier one first, and what can be asked of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

from claims_cli.core.claim import ASSERTS, DENIES, FLOW, FORECAST, OBSERVED, Modality, Stance
from claims_cli.core.statement import bounds, common_day, denies_what
from claims_cli.core.value import Hedge

if TYPE_CHECKING:
    from claims_cli.core.statement import Statement


# Made once: most rules ask for one of them.
STANCES = {pair: frozenset(pair) for pair in product(Stance, repeat=2)}
MODALITIES = {pair: frozenset(pair) for pair in product(Modality, repeat=2)}


@dataclass(slots=True)
class Pair:
    """Two claims, the one about the earlier day (else said, published or entered earlier) first.

    What most rules ask for is told once: whether one actor speaks in both, the one or two stances and modalities, and whether some value
    is allowed by both (true also where a number is missing).
    """

    earlier: Statement
    later: Statement
    same_voice: bool = field(init=False)
    stances: frozenset[Stance] = field(init=False)
    modalities: frozenset[Modality] = field(init=False)
    figures_meet: bool = field(init=False)

    def __post_init__(self) -> None:
        """Tell what most rules ask for."""
        one, other = self.earlier, self.later
        self.same_voice = one.voice == other.voice
        self.stances = STANCES[one.stance, other.stance]
        self.modalities = MODALITIES[one.modality, other.modality]
        self.figures_meet = one.interval is None or other.interval is None or one.interval.meets(other.interval)

    @property
    def one_origin(self) -> bool:
        """Whether they come from one place: one actor speaks in both, or both actors have it from one statement."""
        return self.earlier.origin == self.later.origin

    @property
    def same_question(self) -> bool:
        """Whether both answer one question."""
        return self.earlier.question == self.later.question

    @property
    def part_and_whole(self) -> tuple[Statement, Statement] | None:
        """The claim on the part and the claim on the whole, ``None`` when they are not such."""
        if self.earlier.whole == self.later.question:
            return self.earlier, self.later
        if self.later.whole == self.earlier.question:
            return self.later, self.earlier
        return None

    @property
    def both_have_figures(self) -> bool:
        """Whether both give a number."""
        return self.earlier.interval is not None and self.later.interval is not None

    @property
    def denial_of_it(self) -> bool:
        """Whether one denies just what the other asserts; only asked of a denial and an assertion."""
        denial, assertion = (self.earlier, self.later) if self.earlier.stance is DENIES else (self.later, self.earlier)
        return denies_what(denial, assertion)

    @property
    def dated(self) -> bool:
        """Whether the day of both is known."""
        return self.earlier.day is not None and self.later.day is not None

    @property
    def same_days(self) -> bool:
        """Whether both are about exactly the same day or period."""
        return (self.earlier.day_from, self.earlier.day) == (self.later.day_from, self.later.day)

    @property
    def one_statement(self) -> bool:
        """Whether both were said on one day, about one day or period."""
        return self.same_days and self.earlier.said_day == self.later.said_day

    @property
    def other_document(self) -> bool:
        """Whether they stand in two documents."""
        return self.earlier.source != self.later.source

    @property
    def common_day(self) -> int | None:
        """The first day on which both stand."""
        return common_day(self.earlier, self.later)

    @property
    def rises(self) -> bool:
        """Whether the later figure lies above the earlier one; only asked where they do not meet."""
        return bounds(self.later)[0] > bounds(self.earlier)[1]


def in_order(one: Statement, other: Statement) -> Pair:
    """The two as a pair, whichever way they are given, and in whichever order they were entered."""
    first, second = time_order(one), time_order(other)
    if first == second:
        first, second = content_order(one), content_order(other)
    return Pair(one, other) if first <= second else Pair(other, one)


def time_order(claim: Statement) -> tuple[Any, ...]:
    """What orders claims by time: the day that each is about, when it was said, and when it came out."""
    day, seconds = claim.published or (0, None)
    return claim.day or 0, claim.said_day or 0, day, seconds or 0


def is_plain(claim: Statement) -> bool:
    """Whether a claim gives a figure without any hedge."""
    return claim.figure is not None and claim.figure.hedge is Hedge.EXACT


def content_order(claim: Statement) -> tuple[Any, ...]:
    """What orders claims of one time: what they say; their numbers, by which they were entered, come last."""
    figure = claim.figure
    low, high = (None, None) if figure is None else (figure.low, figure.high)
    hedge = (is_plain(claim), "" if figure is None else figure.hedge)  # what was said firmer is taken for the later report
    ends = (low is None, low or 0, high is None, high or 0)
    return claim.claimant, claim.stance, claim.modality, claim.question, hedge, ends, claim.ref or "", claim.id


def forecast_and_outcome(pair: Pair) -> tuple[Statement, Statement] | None:
    """The forecast and the observation that can judge it: asserted of the last day that the forecast looks to, or of a later one.

    An amount judges a forecast of the same period alone, a rate one of as many months.
    """
    forecast, seen = (pair.earlier, pair.later) if pair.earlier.modality is FORECAST else (pair.later, pair.earlier)
    if forecast.stance is not ASSERTS or seen.stance is not ASSERTS:
        return None
    if (seen.kind is FLOW and not pair.same_days) or pair.earlier.months != pair.later.months:
        return None
    if seen.modality is not OBSERVED or forecast.horizon is None or seen.day is None or seen.day < forecast.horizon:
        return None
    return forecast, seen
