"""What would remove a conflict: single edits of one claim, cheapest first.

A cost is small where the edit is a common slip and something speaks for it: a wrong power of ten, neighbouring digits exchanged, a
figure taken over without its day, scope or hedge. The slips and their costs are ours; no study stands behind the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from claims_cli.core.amount import is_counted
from claims_cli.core.claim import Kind, Modality, Stance
from claims_cli.core.explanation import figure_of, on_day, possessive, whose
from claims_cli.core.notation import figure_for_people
from claims_cli.core.policy import HOUSE
from claims_cli.core.relation import Relation, conflict_between, relation_alone, relation_between
from claims_cli.core.removal import conflicting_pairs
from claims_cli.core.series import Series
from claims_cli.core.slip import (
    Slip,
    fits,
    is_narrow,
    more_than_all,
    named_value,
    neighbours_of,
    scaled,
    size_of,
    swapped,
    way_between,
)
from claims_cli.core.statement import LAST_DAY, bounds
from claims_cli.core.value import Figure, Hedge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from claims_cli.core.policy import Policy
    from claims_cli.core.ruling import Cause
    from claims_cli.core.statement import Statement

NO_WAY = Decimal(0)
FARTHEST_DAY = 31
MOST_DAYS = 3


FIELDS = {
    Slip.POWER_OF_TEN: "value",
    Slip.SWAPPED_DIGITS: "value",
    Slip.OTHER_DAY: "as_of",
    Slip.NARROWER_SCOPE: "question",
    Slip.WIDER_SCOPE: "question",
    Slip.LOST_HEDGE: "hedge",
    Slip.FORECAST: "modality",
    Slip.NOT_DENIED: "stance",
}
# What an edit costs when nothing speaks for it or against it: lower where fewer other edits would have done as well.
COSTS = {
    Slip.POWER_OF_TEN: 3,
    Slip.SWAPPED_DIGITS: 3,
    Slip.OTHER_DAY: 5,
    Slip.NARROWER_SCOPE: 5,
    Slip.WIDER_SCOPE: 6,
    Slip.LOST_HEDGE: 4,
    Slip.FORECAST: 6,
    Slip.NOT_DENIED: 5,
}
SPOKEN_FOR = 3  # off the cost where words, or figures that then agree to the digit, speak for an edit
SPOKEN_AGAINST = 2
AT_LARGE = 3  # onto the cost of a power of ten that merely falls somewhere: beyond a bound any larger one would have done as well


@dataclass(frozen=True, slots=True)
class Words:
    """What the quote of a claim says, each as it stands there.

    ``days`` are the days named, by ordinal; ``figures`` its numbers; ``causes`` the words for why a count went down.
    """

    hedges: tuple[str, ...] = ()
    forecasts: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    days: Mapping[int, str] = field(default_factory=dict)
    figures: tuple[Decimal, ...] = ()
    causes: Mapping[Cause, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Repair:
    """An edit of one claim after which no two of the conflict's claims conflict. ``now`` and ``then`` are the field as people write it.

    ``way`` tells how far it goes: how many times a value becomes larger or smaller, by how many days a day is another, else nothing.
    """

    claim: int
    slip: Slip
    now: str
    then: str
    cost: int
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    explanation: str
    way: Decimal

    @property
    def field(self) -> str:
        """The field that is edited, as import names it."""
        return FIELDS[self.slip]


@dataclass(frozen=True, slots=True)
class Edit:
    """A claim as it would be, before it is known whether that helps; ``way`` as in a repair.

    ``at_large`` says that a power of ten falls anywhere beyond a bound, and that nothing speaks for it.
    """

    slip: Slip
    claim: Statement
    now: str
    then: str
    words: str
    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()
    way: Decimal = NO_WAY
    at_large: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A claim of a conflict, with all that an edit of it is tried against.

    ``rivals`` are the other claims of the conflict, ``others`` those that take no part in it, ``series`` its voice's own on the question.
    """

    one: Statement
    rivals: Sequence[Statement]
    others: Sequence[Statement]
    series: Series
    words: Words
    policy: Policy


def repairs_of(
    members: Sequence[Statement],
    others: Sequence[Statement],
    words_of: Callable[[Statement], Words],
    *,
    currencies: Mapping[str, int],
    policy: Policy = HOUSE,
) -> list[Repair]:
    """The single edits that remove the conflict among some claims, cheapest first. ``others`` are the other claims on the question.

    ``currencies`` has the currency of each question of a claim, in days. Figures are taken as wide as the policy takes them, those of
    edits too.
    """
    pairs = conflicting_pairs(members)
    found = []
    for one in members:
        if any(one.id not in pair for pair in pairs):
            continue  # without this claim, too, there is a conflict
        rivals = [other for other in members if other.id != one.id]
        series = Series(one, [*members, *others], currencies[one.question])
        case = Case(one, rivals, others, series, words_of(one), policy)
        found += [repair(one, edit) for edit in edits_of(case) if settles(case, edit.claim)]
    return sorted(found, key=lambda each: (each.cost, list(Slip).index(each.slip), each.way, each.claim, each.then))


def settles(case: Case, told: Statement) -> bool:
    """Whether no two claims conflict once the claim of a case is as it is ``told``.

    Another day of it lets other claims of its voice stand on other days: neither may those come to conflict with its rivals.
    """
    told = case.series.ended(told, told)
    changed = list(case.series.ended_otherwise(told))
    now = {after.id: after for _, after in changed}
    rivals = [(rival, now.get(rival.id, rival)) for rival in case.rivals]
    if any(conflict_between(told, then) for _, then in rivals):
        return False
    return not any(
        after.id != then.id and conflict_between(after, then) and not conflict_between(before, rival)
        for before, after in changed
        for rival, then in rivals
    )


def repair(one: Statement, edit: Edit) -> Repair:
    """An edit that helps, with its cost."""
    for_it, against_it = bool(edit.speaks_for), bool(edit.speaks_against)
    cost = COSTS[edit.slip] - SPOKEN_FOR * for_it + SPOKEN_AGAINST * against_it + AT_LARGE * edit.at_large
    return Repair(one.id, edit.slip, edit.now, edit.then, cost, edit.speaks_for, edit.speaks_against, edit.words, edit.way)


def edits_of(case: Case) -> Iterator[Edit]:
    """The edits of a claim that are worth trying."""
    yield from without_larger(case, value_edits(case))
    yield from hedge_edits(case)
    yield from day_edits(case)
    yield from scope_edits(case)
    one, words = case.one, case.words
    if one.modality is Modality.OBSERVED and one.stance is Stance.ASSERTS:
        told = f"If {whose(one)} was a forecast, it would be no account of {on_day(one.day)}"
        as_forecast = replace(one, modality=Modality.FORECAST)
        yield Edit(Slip.FORECAST, as_forecast, Modality.OBSERVED.value, Modality.FORECAST.value, told, words.forecasts)
    if one.stance is Stance.DENIES:
        told = f"If {one.claimant} did not deny it but declined to confirm it, the accounts could stand side by side"
        silent = replace(one, stance=Stance.UNCONFIRMED)
        yield Edit(Slip.NOT_DENIED, silent, Stance.DENIES.value, Stance.UNCONFIRMED.value, told, words.withheld)


# --- the value ---------------------------------------------------------------------------------------------------------------


def with_figure(one: Statement, figure: Figure, policy: Policy) -> Statement:
    """The claim with another figure, as wide as a policy takes it."""
    return replace(one, figure=figure, interval=policy.interval_of(figure, counted=is_counted(one.unit)))


def value_edits(case: Case) -> Iterator[Edit]:
    """Other powers of ten, and neighbouring digits exchanged; what a rival gives to the digit speaks for it, and so does the quote.

    Any rise settles the fall of a toll: where nothing speaks for an edit of it, it must land between the figures around it by no chance.
    """
    one, rivals, words = case.one, case.rivals, case.words
    if one.figure is None:
        return
    slipped = all(each.stance is Stance.ASSERTS for each in (one, *rivals))  # who denies a figure slipped in none
    alike = [rival for rival in rivals if rival.question == one.question]
    running = bool(alike) and one.kind is Kind.CUMULATIVE and one.modality is Modality.OBSERVED
    before, after = neighbours_of(one, [*alike, *series_beside(one, case.others)]) if running else (None, None)
    own = named_value(one.figure)
    for slip, figure, change in [*scaled(one.figure), *swapped(one.figure)]:
        value = named_value(figure)
        now, then = figure_for_people(one.figure), figure_for_people(figure)
        agreeing = [rival for rival in rivals if rival.figure is not None and value in {rival.figure.low, rival.figure.high}]
        speaks = [whose(rival) for rival in agreeing] + [f"the quote has {then}"] * (value in words.figures)
        against = (f"the quote has {now}",) if own in words.figures and value not in words.figures else ()
        edited = with_figure(one, figure, case.policy)
        told = f"If {possessive(one.claimant)} {now} were {then} ({change}), {outcome(edited, rivals)}"
        if not speaks and more_than_all(figure, one.figure, one.unit):
            continue
        if speaks or (slipped and (not running or fits(figure, one.figure, before, after))):
            at_large = slip is Slip.POWER_OF_TEN and not (speaks or running or lands_between_ends(edited, rivals))
            way = way_between(figure, one.figure)
            yield Edit(slip, edited, now, then, told, tuple(speaks), against, way, at_large)


def lands_between_ends(edited: Statement, rivals: Sequence[Statement]) -> bool:
    """Whether a figure, and one that it is held against, leave room for no other power of ten: a part and its whole bound each other."""
    return is_narrow(edited.interval) and any(is_narrow(rival.interval) for rival in rivals if rival.question == edited.question)


def without_larger(case: Case, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Edits of a value, the smallest power of ten first; of those at large only the first that helps, up and down."""
    helped: set[bool] = set()
    for edit in edits:
        if edit.at_large and edit.claim.figure is not None and case.one.figure is not None:
            up = size_of(edit.claim.figure) > size_of(case.one.figure)
            if up in helped or not settles(case, edit.claim):
                continue
            helped.add(up)
        yield edit


def series_beside(one: Statement, others: Sequence[Statement]) -> list[Statement]:
    """The other figures of a claim's own voice on its question."""
    own = (each for each in others if each.voice == one.voice and each.question == one.question and each.day is not None)
    return [each for each in own if each.stance is Stance.ASSERTS and each.modality is one.modality and each.interval is not None]


def outcome(edited: Statement, rivals: Sequence[Statement]) -> str:
    """What would come of an edit: figures that agree, or claims that no longer exclude each other for another reason."""
    assertions = all(each.stance is Stance.ASSERTS and each.interval is not None for each in (edited, *rivals))
    agree = assertions and all(edited.interval.meets(each.interval) for each in rivals if edited.interval and each.interval)
    return "the figures would agree" if agree else "nothing would stand against it"


# --- hedge, day, scope -------------------------------------------------------------------------------------------------------


def hedge_edits(case: Case) -> Iterator[Edit]:
    """A plain figure that was "about", a floor or a ceiling, whichever would reach the rivals."""
    one, rivals = case.one, case.rivals
    if one.figure is None or one.figure.hedge is not Hedge.EXACT or one.stance is not Stance.ASSERTS:
        return
    value = one.figure.low
    lower = all(lies_below(one, rival) for rival in rivals if rival.interval is not None)
    bound = Figure(value, None, Hedge.AT_LEAST) if lower else Figure(None, value, Hedge.AT_MOST)
    for figure in (Figure(value, value, Hedge.ABOUT), bound):
        then = figure_for_people(figure)
        edited = with_figure(one, figure, case.policy)
        told = f"If {one.claimant} said {then} rather than {figure_of(one)}, {outcome(edited, rivals)}"
        yield Edit(Slip.LOST_HEDGE, edited, figure_of(one), then, told, case.words.hedges)


def lies_below(one: Statement, other: Statement) -> bool:
    """Whether every value that one allows is less than what the other allows."""
    return bounds(one)[1] < bounds(other)[0]


def day_edits(case: Case) -> Iterator[Edit]:
    """Other days: those on which others give this figure, those that the quote names, when it was said, and the nearest that helps.

    None is after the publication: an observation of such a day cannot stand there.
    """
    one, rivals = case.one, case.rivals
    if one.day is None or one.modality is not Modality.OBSERVED:
        return
    witnesses = witnessed_days(one, case.others)
    named = {day: f"the quote says “{told}”" for day, told in case.words.days.items()}
    against = (named[one.day],) if one.day in named else ()
    last = LAST_DAY if one.published is None else one.published[0]
    near = (one.day + sign * step for step in range(1, FARTHEST_DAY + 1) for sign in (-1, 1) if one.day + sign * step > 0)
    wanted = [*sorted({*witnesses, *named} - {one.day}, key=lambda day: abs(day - (one.day or 0))), *near]
    seen: set[int] = set()
    for day in (day for day in wanted if day <= last):
        moved = moved_to(case, day)
        speaks = (*witnesses.get(day, ())[:2], *([named[day]] if day in named else []))
        rival = next((rival for rival in rivals if describes(rival, day)), None)
        if day in seen or (rival is not None and not speaks) or not settles(case, moved):
            continue
        seen.add(day)
        words = f"If {whose(one)} described {on_day(day)}, {day_outcome(moved, rivals, rival, witnessed=day in witnesses)}"
        yield Edit(Slip.OTHER_DAY, moved, on_day(one.day), on_day(day), words, speaks, against, Decimal(abs(day - one.day)))
        if len(seen) >= MOST_DAYS or not speaks:
            break


def moved_to(case: Case, day: int) -> Statement:
    """The claim of a case about another day; where no other date is known it was said on that day, too."""
    one = case.one
    said_day = day if one.published is None and one.said_day == one.day else one.said_day
    told = replace(one, day_from=day, day=day, said_day=said_day)
    return case.series.ended(told, told)


def witnessed_days(one: Statement, others: Iterable[Statement]) -> dict[int, list[str]]:
    """The days of which others say what a claim says, on the same question, each with who does."""
    found: dict[int, list[str]] = {}
    for other in others:
        agrees = other.interval is not None and one.interval is not None and other.interval.meets(one.interval)
        alike = (other.question, other.stance, other.modality) == (one.question, one.stance, one.modality)
        if agrees and alike and other.id != one.id and other.day is not None:
            found.setdefault(other.day, []).append(f"{whose(other)} ({on_day(other.day)})")
    return found


def describes(one: Statement, day: int) -> bool:
    """Whether a claim is about a day."""
    return one.day_from is not None and one.day is not None and one.day_from <= day <= one.day


def day_outcome(moved: Statement, rivals: Sequence[Statement], rival: Statement | None, *, witnessed: bool) -> str:
    """What would come of another day, where a ``rival`` may be about it, too, and a figure of others that day may agree."""
    if rival is not None:
        return f"it would stand beside another figure of that day: {relation_between(moved, rival).explanation}"
    if witnessed:
        return "the figures would agree"
    rises = all(relation_alone(moved, each) is Relation.GROWS for each in rivals)
    return "the toll would only have risen" if rises else "the two would speak of different days"


def scope_edits(case: Case) -> Iterator[Edit]:
    """Another scope than the question's: a part of it where the figure is the smaller one, more than it where it is the larger."""
    one, words = case.one, case.words
    elsewhere = replace(one, question=f"{one.question} (other scope)", whole=None)
    figures = [rival for rival in case.rivals if rival.interval is not None]
    smaller = one.interval is None or all(lies_below(one, rival) for rival in figures)
    slip = Slip.NARROWER_SCOPE if smaller else Slip.WIDER_SCOPE
    counted = "only a part of what is asked" if smaller else "more than what is asked"
    told = f"If {whose(one)} counted {counted}, both could stand"
    if one.figure is None:
        told = f"If {possessive(one.claimant)} {figure_of(one)} was of something narrower, both could stand"
    speaks = (*(words.parts if smaller else ()), *words.places)
    yield Edit(slip, elsewhere, one.question, "a part of it" if smaller else "more than it", told, speaks)
