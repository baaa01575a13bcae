"""Rulings: an analyst's recorded judgement on a conflict."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from claims_cli.core.dispute import any_apart
from claims_cli.core.errors import NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claims_cli.core.position import Position
    from claims_cli.core.statement import Statement


class Verdict(StrEnum):
    """What is judged of a conflict."""

    ONE_STANDS = "one_stands"
    BOTH_STAND = "both_stand"
    SOURCE_IN_ERROR = "source_in_error"
    CANNOT_BE_SETTLED = "cannot_be_settled"


class Cause(StrEnum):
    """Why a toll went down. The terms are ours, after what those who record casualties say when they correct a count."""

    CORRECTION = "correction"
    DEDUPLICATION = "deduplication"
    RECLASSIFICATION = "reclassification"
    SCOPE_CHANGE = "scope_change"
    SOURCE_SWITCH = "source_switch"
    LAG = "lag"
    PERIOD_MERGED = "period_merged"
    TYPO = "typo"
    UNEXPLAINED = "unexplained"


class Status(StrEnum):
    """Where a conflict stands: no ruling, a ruling on all that it is about, or a claim that joined or changed after the ruling."""

    OPEN = "open"
    SETTLED = "settled"
    REOPENED = "reopened"


NAMING_A_CLAIM = frozenset({Verdict.ONE_STANDS, Verdict.SOURCE_IN_ERROR})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be recorded: a verdict with its reason.

    ``claim`` is the number of a claim of the position that stands, or of the one whose source is in error, ``None`` for the other
    verdicts; ``cause`` is ``None`` where no cause is given.

    Raises NotUnderstood when the reason is empty, or when a claim is missing or too many.
    """

    verdict: Verdict
    reason: str
    claim: int | None = None
    cause: Cause | None = None

    def __post_init__(self) -> None:
        """Check what the verdict needs."""
        if not self.reason.strip():
            raise NotUnderstood("the ruling gives no reason", fix='write one: --reason "…"')
        if self.verdict in NAMING_A_CLAIM and self.claim is None:
            which = "stands" if self.verdict is Verdict.ONE_STANDS else "has it wrong"
            raise NotUnderstood(f"the verdict {self.verdict} needs a claim", fix=f"name one of the position that {which}: --claim ID")
        if self.verdict not in NAMING_A_CLAIM and self.claim is not None:
            raise NotUnderstood(f"the verdict {self.verdict} is about no single claim", fix="leave --claim out")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement as it is kept: what was judged, by whom and when.

    ``judged`` has the claims that took part in the conflict then and are still what they were, each with the number of the position in
    which it stood; ``None``: it was not kept.
    """

    id: int
    conflict: str
    question: str
    verdict: str
    reason: str
    claim: int | None
    cause: str | None
    who: str
    recorded_at: str
    judged: Mapping[int, int | None]

    @property
    def shown(self) -> dict[str, str | int | None]:
        """Its words, for output."""
        return {name: getattr(self, name) for name in ("id", "verdict", "reason", "claim", "cause", "who", "recorded_at")}

    def stood(self, claim: int) -> tuple[str, int]:
        """Where a judged claim stood: in a position, or by itself."""
        position = self.judged[claim]
        return ("alone", claim) if position is None else ("position", position)

    def judges(self, positions: Sequence[Position]) -> bool:
        """Whether it was made on a disagreement that goes on: some two claims stand apart that stood apart when it was made.

        A conflict's name says nothing of that: it is told by its first day, and another may come to bear it.
        """
        told = [{self.stood(one.id) for one in position.members if one.id in self.judged} for position in positions]
        return sum(map(bool, told)) > 1 and len(set(chain.from_iterable(told))) > 1


def status_of(ruling: Ruling | None, positions: Sequence[Position]) -> Status:
    """Where a conflict stands. It is open again when a claim joined it, or when claims stand apart that were judged as one position."""
    if ruling is None:
        return Status.OPEN
    now = {one.id: at for at, position in enumerate(positions) for one in position.members}
    if not now.keys() <= ruling.judged.keys():
        return Status.REOPENED
    together: dict[tuple[str, int], list[Statement]] = defaultdict(list)
    for one in chain.from_iterable(position.members for position in positions):
        together[ruling.stood(one.id)].append(one)
    parted = (side for side in together.values() if len({now[one.id] for one in side}) > 1)
    return Status.REOPENED if any(len({one.stance for one in side}) > 1 or any_apart(side) for side in parted) else Status.SETTLED
