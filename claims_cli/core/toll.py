"""Why a toll may have gone down: each cause that words or arithmetic speak for, with the days and numbers, the likeliest first.

The causes are those of ``ruling.Cause``. What speaks for them, and how much it weighs, is ours; no study stands behind it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from claims_cli.core.amount import amount_for_people, amounts_of, minus, total
from claims_cli.core.claim import Modality, Stance
from claims_cli.core.explanation import figure_of, on_day, possessive, stretch_of_days, whose
from claims_cli.core.folding import fold
from claims_cli.core.notation import grouped
from claims_cli.core.pair import in_order
from claims_cli.core.relation import Relation, conflict_between, relation_alone
from claims_cli.core.repair import FARTHEST_DAY, Words
from claims_cli.core.ruling import Cause
from claims_cli.core.slip import fits, named_value, neighbours_of, scaled, swapped
from claims_cli.core.statement import bounds
from claims_cli.core.value import EXACT, Figure, Interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from claims_cli.core.statement import Statement

TIGHT = Decimal("0.05")  # either way: a difference that is known less well is equal to much by chance
SMALL = 10  # below it a number is often found equal to another by chance
MOST_SHOWN = 3


class Weight(IntEnum):
    """How much a piece of evidence says."""

    SETTING = 1  # it could be so, and nothing speaks against it
    FIGURES = 2  # numbers agree, to the rounding
    WORDS = 3  # someone says so


@dataclass(frozen=True, slots=True)
class Fall:
    """A later figure of a toll below an earlier one that it cannot be reconciled with."""

    higher: Statement
    lower: Statement

    @property
    def amounts(self) -> list[Interval]:
        """What the higher and the lower figure allow."""
        if self.higher.voice == self.lower.voice:
            return amounts_of([self.higher, self.lower])
        return [*amounts_of([self.higher]), *amounts_of([self.lower])]

    @property
    def drop(self) -> Interval:
        """By how much it went down, as far as the figures tell."""
        higher, lower = self.amounts
        return minus(higher, lower)

    @property
    def drop_told(self) -> str:
        """By how much, as people write it: the difference of single figures, else what it may be."""
        points = [one.figure.point for one in (self.higher, self.lower) if one.figure is not None]
        values = [point for point in points if point is not None]
        return amount_for_people(self.drop) if len(values) < len(points) else grouped(EXACT.subtract(values[0], values[1]))

    @property
    def days(self) -> tuple[int, int]:
        """The day of the higher figure and that of the lower one."""
        return self.higher.day or 0, self.lower.day or 0


@dataclass(frozen=True, slots=True)
class Around:
    """The other claims that may tell why: on the question, its parts, the amounts of its days, its whole, and other parts of that."""

    own: Sequence[Statement] = ()
    parts: Sequence[Statement] = ()
    flows: Sequence[Statement] = ()
    wholes: Sequence[Statement] = ()
    siblings: Sequence[Statement] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the figure of a claim; ``None`` where it is not stated. ``dated`` tells whether its as-of day is stated."""

    words: Words = field(default_factory=Words)
    place: str | None = None
    basis: str | None = None
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for a cause, in a sentence, and the claims that it names."""

    cause: Cause
    weight: Weight
    told: str
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PossibleCause:
    """A cause with all that speaks for it, the weightiest first. ``weight`` orders causes; it is no probability."""

    cause: Cause
    weight: int
    evidence: tuple[str, ...]
    claims: tuple[int, ...]


def falls_among(members: Sequence[Statement]) -> list[Fall]:
    """The falls among the claims of a conflict: of each lower figure from its own speaker's last higher one, else from the highest.

    Of several lower figures of one speaker below one higher figure the first is the fall.
    """
    found: dict[tuple[int, int], Fall] = {}
    for lower in sorted(members, key=lambda one: (one.day or 0, one.said_day or 0, one.id)):
        rivals = [one for one in members if one.id != lower.id and is_fall(one, lower)]
        if rivals:
            higher = max(rivals, key=lambda one: (one.voice == lower.voice, bounds(one)[0], one.day or 0, -one.id))
            found.setdefault((higher.id, lower.voice), Fall(higher, lower))
    return sorted(found.values(), key=lambda fall: (fall.days[1], fall.lower.id, fall.higher.id))


def is_fall(higher: Statement, lower: Statement) -> bool:
    """Whether a toll fell from one figure to a later one, and nothing settles it."""
    in_time = in_order(higher, lower).earlier is higher
    return in_time and relation_alone(higher, lower) is Relation.FALLS and conflict_between(higher, lower)


def causes_of(fall: Fall, around: Around, beside: Callable[[Statement], Beside]) -> list[PossibleCause]:
    """What may have made a toll fall, the likeliest first; ``unexplained`` alone where nothing speaks for any cause."""
    by_cause: dict[Cause, dict[str, Evidence]] = defaultdict(dict)
    evidence = (one for find in FINDERS for one in find(fall, around, beside))
    for one in sorted(evidence, key=lambda one: (one.told, one.claims)):
        by_cause[one.cause].setdefault(one.told, one)
    found = [possible_cause(cause, list(found.values())) for cause, found in by_cause.items()]
    nothing = PossibleCause(Cause.UNEXPLAINED, 0, ("neither words nor numbers tell why",), (fall.higher.id, fall.lower.id))
    return sorted(found, key=lambda one: (-one.weight, list(Cause).index(one.cause))) or [nothing]


def possible_cause(cause: Cause, evidence: Sequence[Evidence]) -> PossibleCause:
    """A cause with its evidence; several things of one weight count once, for numbers that agree by chance come in numbers."""
    weight = sum({one.weight for one in evidence})
    ordered = sorted(evidence, key=lambda one: (-one.weight, one.claims, one.told))[:MOST_SHOWN]
    claims = dict.fromkeys(claim for one in ordered for claim in one.claims)
    return PossibleCause(cause, weight, tuple(one.told for one in ordered), tuple(claims))


def dated(one: Statement) -> str:
    """A claim with its day."""
    return f"{whose(one)} ({on_day(one.day)})"


def is_tight(amount: Interval) -> bool:
    """Whether an amount is known well enough to be found equal to another."""
    if amount.low is None or amount.high is None or amount.low <= 0:
        return False
    width, middle = EXACT.subtract(amount.high, amount.low), EXACT.divide(EXACT.add(amount.high, amount.low), Decimal(2))
    return width <= EXACT.multiply(middle, 2 * TIGHT)


def weight_of(amount: Interval) -> Weight:
    """What it says that an amount equals another: little for a small one, which many numbers are."""
    return Weight.FIGURES if amount.low is not None and amount.low >= SMALL else Weight.SETTING


def equal(amount: Interval, one: Statement, beside: Sequence[Statement] = ()) -> bool:
    """Whether a claim gives an amount, both known well enough; ``beside`` are figures by the same speaker that tell how it rounds."""
    if not has_figure(one):
        return False
    other = amounts_of([one, *(each for each in beside if each.voice == one.voice)])[0]
    return is_tight(amount) and is_tight(other) and amount.meets(other)


def has_figure(one: Statement) -> bool:
    """Whether a claim gives an observed figure of a day."""
    return one.stance is Stance.ASSERTS and one.modality is Modality.OBSERVED and one.interval is not None and one.day is not None


def near(one: Statement, fall: Fall) -> bool:
    """Whether a claim is of about the time of a fall."""
    first, last = fall.days
    return one.day is not None and first - FARTHEST_DAY <= one.day <= last + FARTHEST_DAY


def series_of(voice: int, around: Around) -> list[Statement]:
    """A speaker's own figures on the question, in the order of their days."""
    own = (one for one in around.own if one.voice == voice and has_figure(one))
    return sorted(own, key=lambda one: (one.day or 0, one.said_day or 0, one.id))


# --- what words say ----------------------------------------------------------------------------------------------------------


def told_in_words(fall: Fall, _: Around, beside: Callable[[Statement], Beside]) -> Iterator[Evidence]:
    """Words beside either figure that name a cause: "revised", "duplicates", "no longer includes"."""
    for one, weight in ((fall.lower, Weight.WORDS), (fall.higher, Weight.SETTING)):  # a count can be revised upwards, too
        for cause, said in beside(one).words.causes.items():
            for words in dict.fromkeys(said):
                yield Evidence(cause, weight, f"“{words}” stands beside {dated(one)}", (one.id,))


# --- a slip of the pen -------------------------------------------------------------------------------------------------------


def slips(fall: Fall, around: Around, beside: Callable[[Statement], Beside]) -> Iterator[Evidence]:
    """Either figure as a slip for one that makes its speaker's figures rise again: other powers of ten, digits exchanged or misread."""
    for one, other in ((fall.lower, fall.higher), (fall.higher, fall.lower)):
        if one.figure is None or one.figure.point is None:
            continue
        rest = [each for each in series_of(one.voice, around) if each.id != one.id] + [other] * (one.voice != other.voice)
        before, after = neighbours_of(one, [each for each in rest if each.day != one.day])
        own = before is not None and after is not None and before.voice == after.voice == one.voice
        quoted = beside(one).words.figures
        for figure, change in readings(one.figure, own=own):
            if fits(figure, one.figure, before, after):
                known = [each for each in (before, after) if each is not None]
                where = f"{'lies between' if len(known) > 1 else 'goes with'} {' and '.join(map(dated, known))}"
                then = figure_of(replace(one, figure=figure))
                told = f"{dated(one)} read as {then} ({change}) {where}"
                weight = Weight.FIGURES if own else Weight.SETTING
                yield Evidence(Cause.TYPO, weight, told, (one.id, *(each.id for each in known)))
                if named_value(figure) in quoted and named_value(one.figure) not in quoted:
                    yield Evidence(Cause.TYPO, Weight.WORDS, f"the quote of {dated(one)} has {then}", (one.id,))


def readings(figure: Figure, *, own: bool) -> Iterator[tuple[Figure, str]]:
    """What a figure may be a slip for; a misread digit only between figures of its speaker's ``own``."""
    yield from ((other, change) for _, other, change in (*scaled(figure), *swapped(figure)))
    text = format(figure.point, "f") if own and figure.point is not None else ""
    for at, digit in enumerate(text):
        for new in "0123456789" if digit.isdigit() else "":
            if new != digit and (at or new != "0"):
                other = Decimal(text[:at] + new + text[at + 1 :])
                yield Figure(other, other, figure.hedge), f"{new} misread for {digit}"


# --- another count -----------------------------------------------------------------------------------------------------------


def other_counts(fall: Fall, around: Around, beside: Callable[[Statement], Beside]) -> Iterator[Evidence]:
    """Two speakers, each of whose own figures never fall; or one speaker's figures that rest on different things."""
    higher, lower = fall.higher, fall.lower
    first, then = beside(higher).basis, beside(lower).basis
    if first and then and fold(first) != fold(then):
        told = f"{dated(higher)} rests on “{first}”, {dated(lower)} on “{then}”"
        yield Evidence(Cause.SOURCE_SWITCH, Weight.WORDS, told, (higher.id, lower.id))
    if higher.voice == lower.voice:
        return
    runs = [series_of(one.voice, around) or [one] for one in (higher, lower)]
    if any(is_fall(before, after) for run in runs for before, after in pairwise(run)):
        return
    counts = " and ".join(series_told(run) for run in runs)
    weight = Weight.FIGURES if min(map(len, runs)) > 1 else Weight.SETTING
    told = f"the figures are of two claimants, and neither's own fall: {counts}"
    yield Evidence(Cause.SOURCE_SWITCH, weight, told, tuple(one.id for run in runs for one in run[-MOST_SHOWN:]))


def series_told(run: Sequence[Statement]) -> str:
    """A speaker's last figures in a line."""
    figures = ", ".join(f"{figure_of(one)} ({on_day(one.day)})" for one in run[-MOST_SHOWN:])
    return f"{possessive(run[-1].claimant)} {'… ' if len(run) > MOST_SHOWN else ''}{figures}"


def stands_by_it(fall: Fall, around: Around, _: Callable[[Statement], Beside]) -> Iterator[Evidence]:
    """One speaker whose next figures go on from the lower one: a count that was taken back, not a slip."""
    if fall.higher.voice != fall.lower.voice:
        return
    later = [one for one in series_of(fall.lower.voice, around) if (one.day or 0) > fall.days[1]]
    following = [one for one in later if bounds(one)[1] < bounds(fall.higher)[0] and bounds(one)[1] >= bounds(fall.lower)[0]]
    if following and following[0] is later[0]:
        figures = ", ".join(f"{figure_of(one)} ({on_day(one.day)})" for one in following[:MOST_SHOWN])
        told = f"{fall.lower.claimant} goes on from the lower figure: {figures}"
        yield Evidence(Cause.CORRECTION, Weight.SETTING, told, tuple(one.id for one in following[:MOST_SHOWN]))


# --- another scope -----------------------------------------------------------------------------------------------------------


def other_scopes(fall: Fall, around: Around, beside: Callable[[Statement], Beside]) -> Iterator[Evidence]:
    """Places that differ, words of a part, and figures of parts and of the whole that one of the two figures, or the drop, equals."""
    higher, lower = fall.higher, fall.lower
    first, then = beside(higher).place, beside(lower).place
    if first and then and fold(first) != fold(then):
        told = f"{dated(higher)} is of “{first}”, {dated(lower)} of “{then}”"
        yield Evidence(Cause.SCOPE_CHANGE, Weight.WORDS, told, (higher.id, lower.id))
    for words in beside(lower).words.parts:
        yield Evidence(Cause.SCOPE_CHANGE, Weight.SETTING, f"“{words}” stands beside {dated(lower)}", (lower.id,))
    amounts = dict(zip(("higher", "lower"), fall.amounts, strict=True)) | {"drop": fall.drop}
    alike = (
        ("lower", around.parts, "the lower figure is that of a part"),
        ("higher", around.wholes, "the higher figure is that of the whole"),
        ("drop", around.parts, "the drop is as much as a part"),
    )
    for name, claims, what in alike:
        yield from (
            Evidence(Cause.SCOPE_CHANGE, weight_of(amounts[name]), f"{what}: {dated(one)} on {one.question}", (one.id,))
            for one in claims
            if near(one, fall) and equal(amounts[name], one)
        )


def moved_elsewhere(fall: Fall, around: Around, _: Callable[[Statement], Beside]) -> Iterator[Evidence]:
    """What the toll lost, found under another part of the same whole: given there since, it may have been moved; before, left out."""
    drop = fall.drop
    series: dict[tuple[str, int], list[Statement]] = defaultdict(list)
    for one in sorted(filter(has_figure, around.siblings), key=lambda one: (one.day or 0, one.said_day or 0, one.id)):
        series[one.question, one.voice].append(one)
        if near(one, fall) and equal(drop, one):
            cause = Cause.RECLASSIFICATION if (one.day or 0) > fall.days[0] else Cause.SCOPE_CHANGE
            told = f"the drop of {fall.drop_told} is as much as {dated(one)} on {one.question}"
            yield Evidence(cause, weight_of(drop), told, (one.id,))
    for run in series.values():
        for before, after in pairwise(run):
            spans = (before.day or 0) <= fall.days[1] and (after.day or 0) >= fall.days[0] and near(before, fall) and near(after, fall)
            first, then = amounts_of([before, after])
            rise = minus(then, first)
            if spans and is_tight(drop) and is_tight(rise) and drop.meets(rise):
                change = f"{figure_of(before)} ({on_day(before.day)}) to {figure_of(after)} ({on_day(after.day)})"
                told = f"the drop of {fall.drop_told} is as much as {after.question} rose by, from {change}"
                yield Evidence(Cause.RECLASSIFICATION, weight_of(drop), told, (before.id, after.id))


# --- another day -------------------------------------------------------------------------------------------------------------


def older_days(fall: Fall, around: Around, beside: Callable[[Statement], Beside]) -> Iterator[Evidence]:
    """A lower figure that reports an older day: it is one of before the fall, its quote names such a day, or no day is stated."""
    lower, first_day = fall.lower, fall.days[0]
    amount = fall.amounts[1]
    for one in around.own:
        if near(one, fall) and (one.day or 0) < first_day and equal(amount, one, [lower]):
            yield Evidence(Cause.LAG, weight_of(amount), f"{dated(lower)} is what {dated(one)} was, within rounding", (lower.id, one.id))
    for day, words in sorted(beside(lower).words.days.items()):
        if day < first_day:
            told = f"the quote of {dated(lower)} says “{words}”, which is {on_day(day)}"
            yield Evidence(Cause.LAG, Weight.WORDS, told, (lower.id,))
    if not beside(lower).dated:
        told = f"no day is stated for {whose(lower)}: {on_day(lower.day)} is when it was said or published"
        yield Evidence(Cause.LAG, Weight.SETTING, told, (lower.id,))


def days_counted_twice(fall: Fall, around: Around, _: Callable[[Statement], Beside]) -> Iterator[Evidence]:
    """A drop by as much as one day's amount (counted twice), or as a run of them (a period merged in), that went into the figures."""
    drop = fall.drop
    before = [one.day or 0 for one in series_of(fall.higher.voice, around) if (one.day or 0) < fall.days[0]]
    start = max(before, default=fall.days[0] - 1)
    by_voice: dict[int, dict[int, Statement]] = defaultdict(dict)
    for one in sorted(filter(has_figure, around.flows), key=lambda one: one.id):
        if one.day_from == one.day and one.stands:
            by_voice[one.voice].setdefault(one.day or 0, one)
    for days in by_voice.values() if is_tight(drop) else ():
        for one in (days[day] for day in sorted(days) if start < day <= fall.days[1]):
            if equal(drop, one):
                told = f"the drop is as much as {dated(one)} alone: that day may have been counted twice"
                yield Evidence(Cause.DEDUPLICATION, weight_of(drop), told, (one.id,))
        for run in runs_of_days(days, (start, *fall.days)):
            added = total(amounts_of(run))
            if is_tight(added) and added.meets(drop):
                figures = " + ".join(map(figure_of, run))
                told = f"the drop is as much as the days of {stretch_of_days(run[0].day or 0, run[-1].day or 0)} together: {figures}"
                yield Evidence(Cause.PERIOD_MERGED, weight_of(drop), told, tuple(one.id for one in run))


def runs_of_days(days: Mapping[int, Statement], ends: Iterable[int]) -> Iterator[list[Statement]]:
    """The runs of two and more days without a gap that end on one of some days, a month long at most."""
    for end in dict.fromkeys(ends):
        run: list[Statement] = []
        for day in range(end, end - FARTHEST_DAY, -1):
            if day not in days:
                break
            run.insert(0, days[day])
            if len(run) > 1:
                yield list(run)


FINDERS: tuple[Callable[[Fall, Around, Callable[[Statement], Beside]], Iterable[Evidence]], ...] = (
    told_in_words,
    slips,
    other_counts,
    stands_by_it,
    other_scopes,
    moved_elsewhere,
    older_days,
    days_counted_twice,
)
