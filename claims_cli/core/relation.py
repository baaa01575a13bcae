"""What one claim is to another: a table of rules, of which the first that fits holds, and the sentence that says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from claims_cli.core.claim import Kind, Modality, Stance
from claims_cli.core.notation import figure_for_people
from claims_cli.core.statement import LOWER_BOUNDS, bounds, common_day, published_before

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims_cli.core.statement import Statement

MONTHS = "January February March April May June July August September October November December".split()


class Relation(StrEnum):
    """What two claims are to each other."""

    ECHOES = "echoes"
    CORROBORATES = "corroborates"
    REVISES = "revises"
    RESTATES = "restates"
    MISREPORTS = "misreports"
    CONTRADICTS = "contradicts"
    CHANGES = "changes"
    GROWS = "grows"
    FALLS = "falls"
    FORECAST = "forecast"
    MEETS = "meets"
    MISSES = "misses"
    DENIES = "denies"
    REVERSES = "reverses"
    UNCONFIRMED = "unconfirmed"
    EXCEEDS_WHOLE = "exceeds_whole"
    INCOMPARABLE = "incomparable"


CONFLICTS = frozenset({Relation.MISREPORTS, Relation.CONTRADICTS, Relation.FALLS, Relation.DENIES, Relation.EXCEEDS_WHOLE})


@dataclass(frozen=True, slots=True)
class Finding:
    """The relation of two claims. ``conflict`` says whether they cannot both be right; ``explanation`` is one sentence."""

    relation: Relation
    conflict: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims, the one about the earlier day (else said, published or entered earlier) first."""

    earlier: Statement
    later: Statement

    @property
    def same_voice(self) -> bool:
        """Whether one actor speaks in both."""
        return self.earlier.voice == self.later.voice

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
    def figures_meet(self) -> bool:
        """Whether some value is allowed by both; true also where a number is missing."""
        one, other = self.earlier.interval, self.later.interval
        return one is None or other is None or one.meets(other)

    @property
    def stances(self) -> frozenset[Stance]:
        """The one or two stances taken."""
        return frozenset({self.earlier.stance, self.later.stance})

    @property
    def modalities(self) -> frozenset[Modality]:
        """The one or two modalities."""
        return frozenset({self.earlier.modality, self.later.modality})

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
    """The two as a pair, whichever way they are given."""

    def rank(claim: Statement) -> tuple[int, int, tuple[int, str], int]:
        return (claim.day or 0, claim.said_day or 0, claim.published or (0, ""), claim.id)

    return Pair(one, other) if rank(one) <= rank(other) else Pair(other, one)


def forecast_and_outcome(pair: Pair) -> tuple[Statement, Statement] | None:
    """The forecast and the observation that can judge it: made on or after the last day that the forecast looks to."""
    forecast, seen = (pair.earlier, pair.later) if pair.earlier.modality is Modality.FORECAST else (pair.later, pair.earlier)
    if seen.modality is not Modality.OBSERVED or forecast.horizon is None or seen.day is None or seen.day < forecast.horizon:
        return None
    return forecast, seen


def same_outlook(pair: Pair) -> bool:
    """Whether two forecasts (or two targets) are for one day: the same stated one, or one speaker's with none stated."""
    if pair.earlier.horizon is None and pair.later.horizon is None:
        return pair.same_voice or pair.same_days
    return pair.same_days


def toll_figures_clash(pair: Pair) -> bool:
    """Whether two figures of a toll for one day contradict rather than follow each other.

    They do when one document sets them side by side, when the one published later is lower, or when a floor lies above a plain figure
    and is not known to have come later.
    """
    lower, higher = sorted((pair.earlier, pair.later), key=bounds)
    if lower.source == higher.source:
        return True
    higher_first = published_before(higher, lower)
    if higher_first is None:
        return higher.figure is not None and higher.figure.hedge in LOWER_BOUNDS
    return higher_first


def same_day_toll(pair: Pair) -> bool:
    """Whether the pair are two figures of a toll for the same day."""
    return pair.earlier.kind is Kind.CUMULATIVE and pair.earlier.day == pair.later.day


def factual_or_bare(pair: Pair) -> bool:
    """Whether neither claim brings a number of its own."""
    return pair.earlier.interval is None and pair.later.interval is None


# --- words -----------------------------------------------------------------------------------------------------------------


def on_day(day: int | None) -> str:
    """A day as people write it."""
    if day is None:
        return "an unknown day"
    when = date.fromordinal(day)
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def figure_of(statement: Statement) -> str:
    """The figure as people write it, or what is done with the statement."""
    if statement.figure is None:
        return {Stance.ASSERTS: "statement", Stance.DENIES: "denial", Stance.UNCONFIRMED: "refusal to confirm"}[statement.stance]
    return figure_for_people(statement.figure)


def whose(statement: Statement) -> str:
    """The claim in two words: whose, and what."""
    return f"{statement.claimant}'s {figure_of(statement)}"


def both(pair: Pair) -> str:
    """The two claims, named."""
    return f"{whose(pair.earlier)} ({on_day(pair.earlier.day)}) and {whose(pair.later)} ({on_day(pair.later.day)})"


def days_between(pair: Pair) -> str:
    """How long after the first the second is."""
    if pair.earlier.day is None or pair.later.day is None:
        return "at another time"
    days = pair.later.day - pair.earlier.day
    return "on the same day" if days == 0 else "a day later" if days == 1 else f"{days} days later"


def moved(pair: Pair, verb: str) -> str:
    """The sentence of a claimant whose own figure moved."""
    return f"{pair.later.claimant} {verb} from {figure_of(pair.earlier)} to {figure_of(pair.later)}, {days_between(pair)}"


def agreement(pair: Pair) -> str:
    """The sentence of two claims that agree, with a warning where they never stood on one day."""
    apart = "" if pair.common_day is not None or not pair.dated else ", though they never stood on the same day"
    return f"{both(pair)} agree{apart}"


def never_together(pair: Pair) -> str:
    """The sentence of two figures of different days."""
    return f"{both(pair)} never stood on the same day: the world may have moved between them"


def together(pair: Pair) -> str:
    """The sentence of two figures that cannot both be right."""
    day = pair.common_day
    about = f"both describe {on_day(day)}" if day == pair.earlier.day == pair.later.day else f"both stand on {on_day(day)}"
    return f"{whose(pair.earlier)} and {whose(pair.later)} {about} and cannot both be right"


def growth(pair: Pair) -> str:
    """The sentence of a toll that rose."""
    if pair.rises:
        return f"the toll rose: {both(pair)}"
    return f"{both(pair)} are of one day of a rising toll, and which came first is not known"


def larger_part(pair: Pair) -> str:
    """The sentence of a part that is larger than its whole."""
    part, whole = pair.part_and_whole or (pair.earlier, pair.later)
    return f"{whose(part)} counts only a part of what {whose(whole)} counts, and is larger"


def denied(pair: Pair) -> str:
    """The sentence of a denial."""
    denial, assertion = (pair.earlier, pair.later) if pair.earlier.stance is Stance.DENIES else (pair.later, pair.earlier)
    what = "what" if assertion.figure is None else f"the {figure_of(assertion)} that"
    return f"{denial.claimant} denies {what} {assertion.claimant} asserts"


def withheld(pair: Pair) -> str:
    """The sentence of a refusal to confirm."""
    silent, other = (pair.earlier, pair.later) if pair.earlier.stance is Stance.UNCONFIRMED else (pair.later, pair.earlier)
    return f"{silent.claimant} does not confirm what {other.claimant} {other.stance.value}, and does not deny it"


def turned(pair: Pair) -> str:
    """The sentence of a claimant who takes another stance."""
    words = {Stance.ASSERTS: "asserted", Stance.DENIES: "denied", Stance.UNCONFIRMED: "did not confirm"}
    now = {Stance.ASSERTS: "asserts", Stance.DENIES: "denies", Stance.UNCONFIRMED: "does not confirm"}
    first, then = words[pair.earlier.stance], now[pair.later.stance]
    speaker = pair.later.claimant
    if pair.earlier.claimant != speaker:
        return f"{pair.earlier.claimant} {first} it, and {speaker}, the same voice, {then} it {days_between(pair)}"
    return f"{speaker} {first} it, and {then} it {days_between(pair)}"


def judged(pair: Pair) -> str:
    """The sentence of a forecast whose day has come."""
    forecast, seen = forecast_and_outcome(pair) or (pair.earlier, pair.later)
    verb = "meets" if pair.figures_meet else "misses"
    return f"{whose(seen)} ({on_day(seen.day)}) {verb} {forecast.claimant}'s forecast of {figure_of(forecast)}"


def looks_ahead(pair: Pair) -> str:
    """The sentence of a forecast that cannot be judged yet."""
    if pair.modalities == {Modality.FORECAST}:
        return f"{both(pair)} are forecasts for different days"
    forecast = pair.earlier if pair.earlier.modality is Modality.FORECAST else pair.later
    return f"{whose(forecast)} is a forecast, not an observation"


def not_one_matter(pair: Pair) -> str:
    """The sentence of two claims that answer different things."""
    if pair.part_and_whole:
        return "one counts a part of what the other counts"
    if not pair.same_question:
        return f"they answer different questions ({pair.earlier.question}; {pair.later.question})"
    return "one holds only on a condition, or is a target rather than an observation"


# --- the table -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """When a relation holds, and the words for it. ``stands`` narrows, for relations that conflict, when they do."""

    relation: Relation
    holds: Callable[[Pair], bool]
    says: Callable[[Pair], str]
    stands: Callable[[Pair], bool] = lambda _: True


def part_exceeds_whole(pair: Pair) -> bool:
    """Whether a part is larger than its whole while both stand."""
    found = pair.part_and_whole
    if found is None or not pair.both_have_figures or pair.stances != {Stance.ASSERTS} or pair.modalities != {Modality.OBSERVED}:
        return False
    part, whole = found
    if part.unit != whole.unit or part.kind is Kind.FLOW or bounds(part)[0] <= bounds(whole)[1]:
        return False
    if whole.kind is Kind.CUMULATIVE:
        return part.stands_on(whole.day) if whole.day is not None else False
    return pair.common_day is not None


def given(*conditions: Callable[[Pair], bool]) -> Callable[[Pair], bool]:
    """The condition that all of these hold."""
    return lambda pair: all(condition(pair) for condition in conditions)


def one_voice(pair: Pair) -> bool:  # noqa: D103  the property, as a condition
    return pair.same_voice


def figures_apart(pair: Pair) -> bool:
    """Whether both give numbers and no value is allowed by both."""
    return pair.both_have_figures and not pair.figures_meet


def stance_differs(pair: Pair) -> bool:
    """Whether they take different stances."""
    return len(pair.stances) == 2


def one_withholds(pair: Pair) -> bool:
    """Whether exactly one of them does not confirm."""
    return stance_differs(pair) and Stance.UNCONFIRMED in pair.stances


def denial_of_assertion(pair: Pair) -> bool:
    """Whether one denies and the other asserts."""
    return pair.stances == {Stance.ASSERTS, Stance.DENIES}


def forecast_among(pair: Pair) -> bool:
    """Whether a forecast is compared with an observation, or with a forecast for another day."""
    return Modality.FORECAST in pair.modalities and (len(pair.modalities) == 2 or not same_outlook(pair))


def of_kind(*kinds: Kind) -> Callable[[Pair], bool]:
    """The condition that the question is of one of these kinds."""
    return lambda pair: pair.earlier.kind in kinds


def outside_comparison(pair: Pair) -> bool:
    """Whether the two answer different things: other question, a condition, a target against something else."""
    if not pair.same_question or Modality.CONDITIONAL in pair.modalities:
        return True
    return Modality.TARGET in pair.modalities and (len(pair.modalities) == 2 or not same_outlook(pair))


def a_figure_is_missing(pair: Pair) -> bool:
    """Whether just one of two assertions gives a number."""
    return pair.stances == {Stance.ASSERTS} and (pair.earlier.interval is None) != (pair.later.interval is None)


def both_assert(pair: Pair) -> bool:
    """Whether both are assertions."""
    return pair.stances == {Stance.ASSERTS}


def other_period(pair: Pair) -> bool:
    """Whether two amounts are of different periods."""
    return pair.earlier.kind is Kind.FLOW and not pair.same_days


def undated(pair: Pair) -> bool:
    """Whether the day of one is not known, so that disjoint figures decide nothing."""
    return not pair.dated


RULES: tuple[Rule, ...] = (
    Rule(Relation.EXCEEDS_WHOLE, part_exceeds_whole, larger_part),
    Rule(Relation.INCOMPARABLE, outside_comparison, not_one_matter),
    Rule(Relation.MEETS, given(forecast_among, lambda p: forecast_and_outcome(p) is not None, lambda p: p.figures_meet), judged),
    Rule(Relation.MISSES, given(forecast_among, lambda p: forecast_and_outcome(p) is not None), judged),
    Rule(Relation.FORECAST, forecast_among, looks_ahead),
    Rule(Relation.INCOMPARABLE, other_period, lambda p: f"{both(p)} are amounts of different periods"),
    Rule(Relation.INCOMPARABLE, a_figure_is_missing, lambda p: f"one of {both(p)} gives no figure"),
    Rule(
        Relation.MISREPORTS,
        given(one_voice, lambda p: p.one_statement, lambda p: p.other_document, lambda p: denial_of_assertion(p) and p.figures_meet),
        lambda p: f"two sources have {p.later.claimant} both assert and deny it on {on_day(p.later.day)}: one has it wrong",
        lambda p: p.common_day is not None,
    ),
    Rule(Relation.REVERSES, given(one_voice, stance_differs, lambda p: p.figures_meet), turned),
    Rule(
        Relation.DENIES,
        given(denial_of_assertion, lambda p: p.figures_meet, lambda p: p.common_day is not None),
        denied,
    ),
    Rule(Relation.CHANGES, given(denial_of_assertion, lambda p: p.figures_meet), never_together),
    Rule(Relation.INCOMPARABLE, denial_of_assertion, lambda p: f"{both(p)} are about different figures"),
    Rule(Relation.UNCONFIRMED, given(one_withholds, lambda p: p.figures_meet), withheld),
    Rule(
        Relation.MISREPORTS,
        given(one_voice, both_assert, figures_apart, lambda p: p.one_statement),
        lambda p: f"{figure_of(p.earlier)} and {figure_of(p.later)} are both given as what {p.later.claimant} said"
        f" of {on_day(p.later.day)}: one report has it wrong",
        lambda p: p.common_day is not None,
    ),
    Rule(
        Relation.ECHOES,
        given(one_voice, lambda p: p.one_statement, lambda p: p.other_document, lambda p: p.earlier.figure == p.later.figure),
        lambda p: f"another report of what {p.later.claimant} said: {figure_of(p.later)}",
    ),
    Rule(Relation.RESTATES, given(one_voice, lambda p: p.figures_meet), lambda p: moved(p, "holds to its account,")),
    Rule(Relation.CORROBORATES, lambda p: p.figures_meet, agreement),
    # From here on both give figures that no single value satisfies.
    Rule(Relation.INCOMPARABLE, undated, lambda p: f"the day of one of {both(p)} is not known"),
    Rule(
        Relation.CONTRADICTS,
        given(same_day_toll, lambda p: not p.same_voice, both_assert, toll_figures_clash, lambda p: p.common_day is not None),
        together,
    ),
    Rule(
        Relation.GROWS,
        given(of_kind(Kind.CUMULATIVE), lambda p: p.rises or (same_day_toll(p) and not p.same_voice)),
        growth,
    ),
    Rule(Relation.REVISES, given(one_voice, lambda p: p.same_days or p.earlier.kind is not Kind.CUMULATIVE), lambda p: moved(p, "went")),
    Rule(
        Relation.FALLS,
        of_kind(Kind.CUMULATIVE),
        lambda p: f"the toll went down: {both(p)}; a cause is needed (correction, deduplication, scope change, typo …)",
        lambda p: both_assert(p) and (p.common_day is not None or (p.same_voice and p.earlier.stands and p.later.stands)),
    ),
    Rule(Relation.CONTRADICTS, given(both_assert, lambda p: p.common_day is not None), together),
    Rule(Relation.CHANGES, lambda _: True, never_together),
)


def relation_between(one: Statement, other: Statement) -> Finding:
    """The one relation that holds between two claims, whichever way round they are given."""
    pair = in_order(one, other)
    rule = next(rule for rule in RULES if rule.holds(pair))
    return Finding(rule.relation, rule.relation in CONFLICTS and rule.stands(pair), rule.says(pair))
