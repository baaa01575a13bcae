"""Trace: how the answers to a question moved, claim by claim and per claimant."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from claims_cli.assess.arithmetic import imbalances_about, imbalances_within, questions_known
from claims_cli.assess.origins import Compared
from claims_cli.assess.statements import rows_on, statements_on
from claims_cli.core.claim import Modality, Stance
from claims_cli.core.origin import may_echo
from claims_cli.core.relation import Relation, relation_alone
from claims_cli.core.value import EXACT
from claims_cli.store.rows import decimal_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claims_cli.core.statement import Statement
    from claims_cli.store.reading import Reader, Row

RATIO_DIGITS = Decimal("0.01")
TAKEN_BACK = frozenset({Relation.REVISES, Relation.FALLS})  # a toll that grows takes nothing back
SETTLED_WITHIN = Decimal("0.2")  # "settled" is within 20 % of the last figure, as in studies of how tolls converge


@dataclass(frozen=True, slots=True)
class Traced:
    """The trace of one question: its claims in the order in which they were said, what each claimant did, and what does not add up."""

    question: str
    text: str
    unit: str | None
    rows: tuple[dict[str, Any], ...]
    claimants: tuple[dict[str, Any], ...]
    arithmetic: tuple[dict[str, Any], ...]


def traces_of(reader: Reader, *, topic: str | None = None, question: str | None = None) -> list[Traced]:
    """The traces of one question, or of those of a topic on which there is anything to compare, numbers first. Raises NotFound.

    A yes or no question that a single claim answers has nothing to trace.
    """
    rows = rows_on(reader, topic=topic, question=question)
    known = questions_known(reader)
    found = []
    for _, of_question in groupby(rows, key=lambda row: row["asked"]):
        own = list(of_question)
        slug, statements = own[0]["question"], statements_on(own)
        traced, moves = tuple(steps(own, statements, to_latest(reader, statements))), tuple(movements(statements))
        sums = imbalances_within(reader, known, slug) if question is None else imbalances_about(reader, slug)
        found.append(Traced(slug, own[0]["question_text"], own[0]["unit"], traced, moves, tuple(sums)))
    wanted = found if question is not None else [one for one in found if one.unit is not None or len(one.rows) > 1]
    return sorted(wanted, key=lambda one: (one.unit is None, one.question))


def relations_to_latest(reader: Reader, statements: Iterable[Statement]) -> Iterator[tuple[int, Relation]]:
    """What each claim on one question is to the claim before it, by number, as ``traces_of`` tells it; the first one is nothing to any."""
    ordered = sorted(statements, key=lambda one: (one.said_day or one.day or 0, one.day or 0, one.id))
    for this, (_, relation) in zip(ordered, to_latest(reader, ordered), strict=True):
        if relation is not None:
            yield this.id, relation


def to_latest(reader: Reader, statements: Sequence[Statement]) -> list[tuple[Statement | None, Relation | None]]:
    """For each claim the one before it, the same voice's last or else anyone's last, and what it is to that; ``None`` for the first.

    Quotes are read only where two voices give one figure for one day: there one may echo the other.
    """
    latest = Latest()
    found: list[tuple[Statement | None, Relation | None]] = []
    doubtful = {}
    for at, this in enumerate(statements):
        before = latest.before(this)
        relation = None if before is None else relation_alone(before, this)
        found.append((before, relation))
        if before is not None and relation is Relation.CORROBORATES and may_echo(before, this):
            doubtful[at] = before, this
    if doubtful:
        compared = Compared(reader, statements, [one.id for pair in doubtful.values() for one in pair]).by_number
        for at, (before, this) in doubtful.items():
            found[at] = before, relation_alone(compared[before.id], compared[this.id])
    return found


def steps(
    rows: Sequence[Row], statements: Sequence[Statement], related: Sequence[tuple[Statement | None, Relation | None]]
) -> list[dict[str, Any]]:
    """One row for each claim, with what it is to the claim before it."""
    found = []
    for row, this, (before, relation) in zip(rows, statements, related, strict=True):
        change, ratio = (None, None) if before is None else moved(before, this)
        found.append(
            {
                "claim": this.id,
                "ref": this.ref,
                "question": this.question,
                "said_on": row["said_on"],
                "as_of": row["as_of"],
                "claimant": this.claimant,
                "value": row["value"],
                "low": decimal_of(row["low_exact"]),
                "high": decimal_of(row["high_exact"]),
                "modality": this.modality.value,
                "stance": this.stance.value,
                "relation": None if relation is None else relation.value,
                "previous": None if before is None else before.id,
                "change": change,
                "ratio": ratio,
                "days": None if before is None or before.day is None or this.day is None else this.day - before.day,
                "day": this.day,
                "said_day": this.said_day,
            }
        )
    return found


class Latest:
    """The last claims seen: of each voice and modality, of each modality, of all; and the last of each that is a speaker's own."""

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self.seen: dict[object, Statement] = {}
        self.own_figures: dict[object, Statement] = {}

    def before(self, this: Statement) -> Statement | None:
        """The same voice's last claim of the same modality, else the last of anyone of that modality, else the last of anyone.

        What somebody denies or gives with reserve stands between no two figures of speakers' own. The claim that is asked about is the
        last one from then on.
        """
        kept = (self.seen,) if this.is_aside else (self.own_figures, self.seen)
        keys = ((this.voice, this.modality), this.modality, None)
        found = next((last for key in keys for some in kept if (last := some.get(key)) is not None), None)
        for some in kept:
            some.update(dict.fromkeys(keys, this))
        return found


def moved(before: Statement, this: Statement) -> tuple[Decimal | None, Decimal | None]:
    """The change between two figures and their ratio (two decimals).

    ``None`` where one of them is not a single value or is denied, one is a forecast and the other none, or they are amounts of two periods.
    """
    old, new = point(before), point(this)
    alike = before.modality is this.modality and before.period == this.period
    if old is None or new is None or not alike or Stance.DENIES in {before.stance, this.stance}:
        return None, None
    return EXACT.subtract(new, old), None if old <= 0 else EXACT.divide(new, old).quantize(RATIO_DIGITS, context=EXACT)


def point(statement: Statement) -> Decimal | None:
    """The single value that a claim names, hedged or not; ``None`` for bounds, ranges, vague words and no figure."""
    return None if statement.figure is None else statement.figure.point


def movements(statements: Sequence[Statement]) -> list[dict[str, Any]]:
    """What each voice did: how many claims, revisions, in which direction, from what to what, and days until settled."""
    voices: dict[int, list[Statement]] = {}
    for one in statements:
        if one.modality is Modality.OBSERVED and one.stance is Stance.ASSERTS and one.figure is not None:
            voices.setdefault(one.voice, []).append(one)
    return [movement(own) for own in voices.values()]


def movement(own: Sequence[Statement]) -> dict[str, Any]:
    """What one voice did. Direction, spread and days until settled are ``None`` where it gave no two single values of one thing."""
    ordered = sorted(own, key=lambda one: (one.day or 0, one.said_day or 0, one.id))
    runs = runs_of(ordered)
    revisions = [pair for run in runs for pair in pairwise(run) if relation_alone(*pair) in TAKEN_BACK]
    values = [[value for one in run if (value := point(one)) is not None] for run in runs]
    every = [value for one in ordered if (value := point(one)) is not None]
    steps = [pair for run in values for pair in pairwise(run)]
    days = [found for run in runs if (found := days_to_settle(run)) is not None]
    return {
        "claimant": ordered[-1].claimant,
        "claims": len(own),
        "revisions": len(revisions),
        "direction": direction(steps) if steps else None,
        "first": every[0] if every else None,
        "last": every[-1] if every else None,
        "spread": max((EXACT.subtract(max(run), min(run)) for run in values if len(run) > 1), default=None),
        "days_to_settle": max(days, default=None),
    }


def runs_of(ordered: Sequence[Statement]) -> list[list[Statement]]:
    """One voice's figures as far as they answer one thing, in their order: of amounts those of each period, of others all."""
    runs: dict[tuple[int, int] | None, list[Statement]] = {}
    for one in ordered:
        runs.setdefault(one.period, []).append(one)
    return list(runs.values())


def direction(steps: Sequence[tuple[Decimal, Decimal]]) -> str:
    """Whether single values only rose, only fell, did both, or stayed, step by step."""
    rose = any(later > earlier for earlier, later in steps)
    fell = any(later < earlier for earlier, later in steps)
    return {(True, True): "both ways", (True, False): "up", (False, True): "down", (False, False): "steady"}[rose, fell]


def days_to_settle(ordered: Sequence[Statement]) -> int | None:
    """Days from the first figure to the first from which on all lie within 20 % of the last; ``None`` with fewer than two."""
    dated = [(one.day, value) for one in ordered if one.day is not None and (value := point(one)) is not None]
    if len(dated) < 2:  # noqa: PLR2004
        return None
    last = dated[-1][1]
    settled = dated[-1][0]
    for day, value in reversed(dated):
        if EXACT.subtract(value, last).copy_abs() > EXACT.multiply(SETTLED_WITHIN, last.copy_abs()):
            break
        settled = day
    return settled - dated[0][0]
