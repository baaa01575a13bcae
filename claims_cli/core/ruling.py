"""Rulings: an analyst's recorded judgement on a conflict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claims_cli.core.errors import NotUnderstood


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
    """Where a conflict stands: no ruling, a ruling on all of its claims, or a claim that joined after the ruling."""

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
    """A judgement as it is kept: what was judged, by whom and when, and the claims that took part in the conflict then."""

    id: int
    conflict: str
    question: str
    verdict: str
    reason: str
    claim: int | None
    cause: str | None
    who: str
    recorded_at: str
    claims: frozenset[int]

    @property
    def shown(self) -> dict[str, str | int | None]:
        """Its words, for output."""
        return {name: getattr(self, name) for name in ("id", "verdict", "reason", "claim", "cause", "who", "recorded_at")}

    def judges(self, members: frozenset[int]) -> bool:
        """Whether it was made on a conflict that these claims go on with: two or more of them were judged, so that they still differ."""
        return len(self.claims & members) > 1


def status_of(ruling: Ruling | None, members: frozenset[int]) -> Status:
    """Where a conflict among some claims stands; one that a new claim joined is open again."""
    if ruling is None:
        return Status.OPEN
    return Status.SETTLED if members <= ruling.claims else Status.REOPENED
