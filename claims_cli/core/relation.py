"""What one claim is to another: a table of rules, of which the first that fits holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from claims_cli.core.claim import ASSERTS, CONDITIONAL, CUMULATIVE, DENIES, FIXED, FLOW, FORECAST, OBSERVED, RATE, TARGET, UNCONFIRMED
from claims_cli.core.explanation import (
    agreement,
    beside_denial,
    both,
    denied,
    drifted,
    fall,
    figure_of,
    growth,
    judged,
    larger_part,
    looks_ahead,
    moved,
    never_together,
    not_one_matter,
    on_day,
    one_telling,
    together,
    turned,
    withheld,
)
from claims_cli.core.outline import NotInOutline, Outline, outline_of, sketch_of
from claims_cli.core.pair import Pair, forecast_and_outcome, in_order
from claims_cli.core.statement import (
    LOWER_BOUNDS,
    beyond_a_days_rise,
    bounds,
    count_of,
    figure_named,
    published_before,
    published_to_the_hour,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims_cli.core.statement import Statement


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


FORECASTS = frozenset({FORECAST})
OBSERVATIONS = frozenset({OBSERVED})
ASSERTIONS = frozenset({ASSERTS})
DENIAL_OF_ASSERTION = frozenset({ASSERTS, DENIES})
RESERVE_ON_ASSERTION = frozenset({ASSERTS, UNCONFIRMED})
CONFLICTS = frozenset({Relation.MISREPORTS, Relation.CONTRADICTS, Relation.FALLS, Relation.DENIES, Relation.EXCEEDS_WHOLE})


@dataclass(frozen=True, slots=True)
class Finding:
    """The relation of two claims. ``explanation`` is one sentence.

    ``conflict`` says whether they cannot both be right, be it that one was given up since: what still stands is ``conflict_between``'s.
    """

    relation: Relation
    conflict: bool
    explanation: str


def same_outlook(pair: Pair) -> bool:
    """Whether two forecasts (or two targets) look at one day: the same stated one, or none stated, by one speaker or at about one time."""
    horizons = {pair.earlier.horizon, pair.later.horizon}
    if horizons == {None}:
        return pair.same_voice or pair.same_days or (pair.modalities == FORECASTS and pair.common_day is not None)
    return None not in horizons and pair.same_days


def running_toll(pair: Pair) -> bool:
    """Whether the pair are counts of a toll, which may rise from one to the next; what a toll is expected to reach is one figure."""
    return pair.earlier.kind is CUMULATIVE and pair.modalities == OBSERVATIONS


def toll_figures_clash(pair: Pair) -> bool:
    """Whether two figures of a toll for one day contradict rather than follow each other.

    They do when one document sets them side by side, when the one published later is lower, when a floor lies above a plain figure
    and is not known to have come later, or when they lie further apart than a toll rises within a day: then two voices count
    differently. Only hours of publication that show the rise explain such a distance: reports of later days look back on one day.
    """
    lower, higher = sorted((pair.earlier, pair.later), key=bounds)
    higher_first = published_before(higher, lower)
    if lower.source == higher.source or higher_first:
        return True
    if higher_first is False and published_to_the_hour(lower) and published_to_the_hour(higher):
        return False
    if beyond_a_days_rise(bounds(higher)[0], bounds(lower)[1]):
        return True
    return higher_first is None and higher.figure is not None and higher.figure.hedge in LOWER_BOUNDS


def counted_again(pair: Pair) -> bool:
    """Whether a toll was counted on a later day and had risen, be it by less than round numbers leave open.

    A toll is counted one by one and time only adds to it: 119 dead and, a week later, 120 dead are a rise, though 120 might stand for
    anything from 115. What is only about so, or at least so, is no count.
    """
    if not running_toll(pair) or not both_assert(pair):
        return False
    before, after = count_of(pair.earlier), count_of(pair.later)
    return before is not None and after is not None and pair.dated and pair.earlier.day != pair.later.day and before < after


def counted_on(pair: Pair) -> bool:
    """Whether the hours of publication show that a toll rose from one figure to the next within a day, be they one speaker's."""
    timed = published_to_the_hour(pair.earlier) and published_to_the_hour(pair.later)
    return timed and running_toll(pair) and pair.rises and published_before(pair.earlier, pair.later) is True


def outrun(pair: Pair) -> bool:
    """Whether a figure given with reserve is exceeded by what is asserted of that day or a later one: then the toll did rise."""
    reserved, asserted = (pair.earlier, pair.later) if pair.earlier.stance is UNCONFIRMED else (pair.later, pair.earlier)
    if asserted.stance is not ASSERTS or bounds(asserted)[0] <= bounds(reserved)[1]:
        return False
    return asserted is pair.later or asserted.day == reserved.day


def same_day_toll(pair: Pair) -> bool:
    """Whether the pair are two figures of a toll for the same day."""
    return running_toll(pair) and pair.earlier.day == pair.later.day


@dataclass(frozen=True, slots=True)
class Rule:
    """When a relation holds, and the words for it. ``stands`` narrows, for a conflict, when neither of the two was given up since."""

    relation: Relation
    holds: Callable[[Pair], bool]
    says: Callable[[Pair], str]
    stands: Callable[[Pair], bool] = lambda _: True


def part_exceeds_whole(pair: Pair) -> bool:
    """Whether a part is larger than its whole while both stand."""
    found = pair.part_and_whole
    if found is None or not pair.both_have_figures or pair.stances != ASSERTIONS or pair.modalities != OBSERVATIONS:
        return False
    part, whole = found
    if part.unit != whole.unit or part.kind in (FLOW, RATE) or whole.kind in (FLOW, RATE) or bounds(part)[0] <= bounds(whole)[1]:
        return False
    if whole.kind is CUMULATIVE:
        return whole.day is not None and whole.stands and part.stands_on(whole.day)
    return pair.common_day is not None


def given(*conditions: Callable[[Pair], bool]) -> Callable[[Pair], bool]:
    """The condition that all of these hold."""

    def hold(pair: Pair) -> bool:
        for condition in conditions:  # noqa: SIM110  all() with a generator takes twice the time, and this is asked most of all
            if not condition(pair):
                return False
        return True

    return hold


def one_voice(pair: Pair) -> bool:  # noqa: D103  the property, as a condition
    return pair.same_voice


def figures_apart(pair: Pair) -> bool:
    """Whether both give numbers and no value is allowed by both."""
    return pair.both_have_figures and not pair.figures_meet


def hedges_differ(pair: Pair) -> bool:
    """Whether two figures are hedged otherwise: "about 12,000" in one report, 12,000 in the next."""
    one, other = pair.earlier.figure, pair.later.figure
    return one is not None and other is not None and one.hedge is not other.hedge


def told_again(pair: Pair) -> bool:
    """Whether two voices have one statement from one origin, whomever a report names: one figure, however hedged, for the same day."""
    return pair.one_origin and pair.same_days and figure_named(pair.earlier) == figure_named(pair.later)


def stance_differs(pair: Pair) -> bool:
    """Whether they take different stances."""
    return len(pair.stances) > 1


def reserved_against_asserted(pair: Pair) -> bool:
    """Whether a figure given with reserve stands against what another voice asserts of the very same day.

    Who refuses to confirm names no figure of his own; "perhaps 35 dead" does, and cannot be right beside an official 20. The reserve
    looks to the next count, so it is held against no other day, nor against the speaker's own confirmed figure, which it goes beyond.
    """
    if pair.stances != RESERVE_ON_ASSERTION or pair.same_voice or pair.earlier.day != pair.later.day:
        return False
    return figures_apart(pair) and pair.common_day is not None and (not running_toll(pair) or toll_figures_clash(pair))


def doubtful_count(pair: Pair) -> bool:
    """Whether a figure of a toll is given with reserve, and nothing asserted outran it: such a toll neither rose nor fell.

    Nor does a fixed quantity.
    """
    return UNCONFIRMED in pair.stances and (pair.earlier.kind is FIXED or (running_toll(pair) and not outrun(pair)))


def one_withholds(pair: Pair) -> bool:
    """Whether exactly one of them does not confirm."""
    return stance_differs(pair) and UNCONFIRMED in pair.stances


def denial_of_assertion(pair: Pair) -> bool:
    """Whether one denies and the other asserts."""
    return pair.stances == DENIAL_OF_ASSERTION


def denies_the_other(pair: Pair) -> bool:
    """Whether one denies just what the other asserts."""
    return denial_of_assertion(pair) and pair.denial_of_it


def denies_another(pair: Pair) -> bool:
    """Whether one denies a figure that is not what the other asserts, though some value may be allowed by both."""
    return denial_of_assertion(pair) and not pair.denial_of_it


def denial_borne_out(pair: Pair) -> bool:
    """Whether what one asserts leaves nothing of what the other denies: 223 are held, not "only eight"; 250 died, not "500 or more"."""
    return denial_of_assertion(pair) and not pair.figures_meet


def denial_holds_then(pair: Pair) -> bool:
    """Whether a denial is of what was asserted, be it that the assertion no longer stands.

    A fixed quantity does not change between the two, and what is denied of a day cannot have been so on it. A toll does not fall: who
    denies "500 or more", or any, denies those of the day before, too.
    """
    if not denies_the_other(pair):
        return False
    if pair.common_day is not None or (pair.earlier.kind is FIXED and (pair.both_have_figures or pair.same_days)):
        return True
    figure = pair.later.figure
    return pair.earlier.kind is CUMULATIVE and pair.later.stance is DENIES and (figure is None or figure.hedge in LOWER_BOUNDS)


def denial_among(pair: Pair) -> bool:
    """Whether one of them is a denial."""
    return DENIES in pair.stances


def forecast_among(pair: Pair) -> bool:
    """Whether a forecast is compared with an observation, or with a forecast for another day."""
    return FORECAST in pair.modalities and (len(pair.modalities) > 1 or not same_outlook(pair))


def outside_comparison(pair: Pair) -> bool:
    """Whether the two answer different things: other question, a condition, a target against something else."""
    if not pair.same_question or CONDITIONAL in pair.modalities:
        return True
    return TARGET in pair.modalities and (len(pair.modalities) > 1 or not same_outlook(pair))


def a_figure_is_missing(pair: Pair) -> bool:
    """Whether just one of two assertions gives a number."""
    return pair.stances == ASSERTIONS and (pair.earlier.interval is None) != (pair.later.interval is None)


def both_assert(pair: Pair) -> bool:
    """Whether both are assertions."""
    return pair.stances == ASSERTIONS


def other_period(pair: Pair) -> bool:
    """Whether two amounts are of different periods, or two rates are of periods of different length: a quarter's is not a year's."""
    if pair.earlier.kind is RATE:
        return pair.earlier.months != pair.later.months
    return pair.earlier.kind is FLOW and not pair.same_days


def undated(pair: Pair) -> bool:
    """Whether the day of one is not known, so that disjoint figures decide nothing; those of a fixed quantity do on whatever day."""
    return pair.earlier.kind is not FIXED and not pair.dated


RULES: tuple[Rule, ...] = (
    Rule(Relation.EXCEEDS_WHOLE, part_exceeds_whole, larger_part),
    Rule(Relation.INCOMPARABLE, outside_comparison, not_one_matter),
    Rule(Relation.MEETS, given(forecast_among, lambda p: forecast_and_outcome(p) is not None, lambda p: p.figures_meet), judged),
    Rule(Relation.MISSES, given(forecast_among, lambda p: forecast_and_outcome(p) is not None), judged),
    Rule(Relation.FORECAST, forecast_among, looks_ahead),
    Rule(Relation.INCOMPARABLE, other_period, lambda p: f"{both(p)} are of different periods"),
    Rule(Relation.INCOMPARABLE, a_figure_is_missing, lambda p: f"one of {both(p)} gives no figure"),
    Rule(
        Relation.MISREPORTS,
        given(one_voice, lambda p: p.one_statement, lambda p: p.other_document, denies_the_other),
        lambda p: f"two sources have {p.later.claimant} both assert and deny it on {on_day(p.later.day)}: one has it wrong",
        lambda p: p.common_day is not None,
    ),
    Rule(Relation.REVERSES, given(one_voice, stance_differs, lambda p: p.figures_meet, lambda p: not denies_another(p)), turned),
    Rule(Relation.DENIES, denial_holds_then, denied, lambda p: p.common_day is not None),
    Rule(Relation.CHANGES, denies_the_other, never_together),
    Rule(Relation.RESTATES, given(denial_borne_out, one_voice), beside_denial),
    Rule(Relation.CORROBORATES, denial_borne_out, beside_denial),
    Rule(Relation.INCOMPARABLE, denial_of_assertion, lambda p: f"{both(p)} are about different figures"),
    Rule(Relation.UNCONFIRMED, given(one_withholds, lambda p: p.figures_meet), withheld),
    Rule(
        Relation.MISREPORTS,
        given(one_voice, both_assert, figures_apart, lambda p: p.one_statement, lambda p: not counted_on(p)),
        lambda p: (
            f"{figure_of(p.earlier)} and {figure_of(p.later)} are both given as what {p.later.claimant} said"
            f" of {on_day(p.later.day)}: one report has it wrong"
        ),
        lambda p: p.common_day is not None,
    ),
    Rule(
        Relation.ECHOES,
        given(one_voice, lambda p: p.one_statement, lambda p: p.other_document, lambda p: p.earlier.figure == p.later.figure),
        lambda p: f"another report of what {p.later.claimant} said: {figure_of(p.later)}",
    ),
    Rule(Relation.GROWS, counted_again, growth),
    Rule(
        Relation.RESTATES,
        given(one_voice, lambda p: p.one_statement, lambda p: p.other_document, lambda p: p.figures_meet, hedges_differ),
        drifted,
    ),
    Rule(Relation.RESTATES, given(one_voice, lambda p: p.figures_meet), lambda p: moved(p, "holds to its account,")),
    Rule(Relation.ECHOES, given(told_again, lambda p: p.figures_meet), one_telling),
    Rule(Relation.CORROBORATES, lambda p: p.figures_meet, agreement),
    # From here on both give figures that no single value satisfies.
    Rule(Relation.INCOMPARABLE, denial_among, lambda p: f"{both(p)} are of different figures"),
    Rule(Relation.INCOMPARABLE, undated, lambda p: f"the day of one of {both(p)} is not known"),
    Rule(
        Relation.CONTRADICTS,
        given(same_day_toll, lambda p: not p.same_voice, both_assert, toll_figures_clash),
        together,
        lambda p: p.common_day is not None,
    ),
    Rule(Relation.CONTRADICTS, reserved_against_asserted, together),
    Rule(Relation.UNCONFIRMED, given(doubtful_count, lambda p: not p.same_voice), withheld),
    Rule(
        Relation.GROWS,
        given(running_toll, lambda p: not doubtful_count(p), lambda p: p.rises or (same_day_toll(p) and not p.same_voice)),
        growth,
    ),
    Rule(
        Relation.REVISES, given(one_voice, lambda p: p.same_days or not running_toll(p) or not both_assert(p)), lambda p: moved(p, "went")
    ),
    Rule(
        Relation.FALLS,
        given(running_toll, both_assert),
        fall,
        lambda p: p.common_day is not None or (p.same_voice and p.earlier.stands and p.later.stands),
    ),
    Rule(
        Relation.CONTRADICTS,
        given(both_assert, lambda p: p.common_day is not None or p.same_days or p.earlier.kind is FIXED),
        together,
        lambda p: p.common_day is not None,
    ),
    Rule(Relation.CHANGES, lambda _: True, never_together),
)


def relation_between(one: Statement, other: Statement) -> Finding:
    """The one relation that holds between two claims, whichever way round they are given."""
    pair = in_order(one, other)
    rule = rule_for(pair)
    return Finding(rule.relation, rule.relation in CONFLICTS, rule.says(pair))


def relation_alone(one: Statement, other: Statement) -> Relation:
    """As ``relation_between``, without the words for it, which take longer to find than the relation."""
    return rule_for(in_order(one, other)).relation


def conflict_between(one: Statement, other: Statement) -> bool:
    """Whether two claims conflict while both stand, without the words for it."""
    return rule_of_conflict(one, other) is not None


def conflict_told(one: Statement, other: Statement) -> Finding | None:
    """What holds between two claims that conflict while both stand, ``None`` for others."""
    found = rule_of_conflict(one, other)
    if found is None:
        return None
    pair, rule = found
    return Finding(rule.relation, conflict=True, explanation=rule.says(pair))


def rule_of_conflict(one: Statement, other: Statement) -> tuple[Pair, Rule] | None:
    """The rule by which two claims that stand conflict, and the two in order.

    ``None`` for others: claims of one stance never conflict when a value is allowed by both.
    """
    if one.stance is other.stance and (one.interval is None or other.interval is None or one.interval.meets(other.interval)):
        return None
    pair = in_order(one, other)
    rule = rule_for(pair)
    return (pair, rule) if rule.relation in CONFLICTS and rule.stands(pair) else None


def rule_for(pair: Pair) -> Rule:
    """The first rule that holds."""
    for rule in rules_for(outline_of(pair)):
        if rule.holds(pair):
            return rule
    raise AssertionError("the last rule holds for every pair")


@cache
def rules_for(outline: Outline) -> tuple[Rule, ...]:
    """The rules of which one holds for every pair of an outline, in their order; the others never do."""
    sketch = sketch_of(outline)
    found = []
    for rule in RULES:
        try:
            holds = rule.holds(sketch)
        except NotInOutline:
            found.append(rule)
            continue
        if holds:
            return (*found, rule)
    return tuple(found)
