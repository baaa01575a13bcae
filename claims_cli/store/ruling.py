"""Keeping rulings: a new one closes what was ruled on the same conflict before, and deletes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from claims_cli.store.database import stamp_of, writing
from claims_cli.store.models import RulingClaimRow, RulingRow
from claims_cli.store.recording import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Table

    from claims_cli.core.claim import Operation
    from claims_cli.core.ruling import Judgement
    from claims_cli.store.database import Address

# SQLModel adds __table__ without telling the type checker.
RULING: Table = RulingRow.__table__  # type: ignore[attr-defined]
RULING_CLAIM: Table = RulingClaimRow.__table__  # type: ignore[attr-defined]


def rule(  # noqa: PLR0913  what is ruled, on what, where and when
    address: Address, operation: Operation, judgement: Judgement, *, conflict: str, question: str, claims: Iterable[int], before: int | None
) -> None:
    """Record a judgement on a conflict among some claims, in one operation.

    ``question`` is the slug on which they conflict, ``before`` the ruling that this one takes the place of, ``None`` for the first.
    """
    with writing(address, operation) as (connection, operation_id):
        former = ((RULING.c.id == before) | (RULING.c.conflict == conflict)) & RULING.c.superseded_at.is_(None)
        recorded = connection.execute(select(func.max(RULING.c.recorded_at)).where(former)).scalar()
        moment = max(stamp_of(operation), recorded or "")  # a clock that was set back must not end a ruling before it was made
        connection.execute(update(RULING).where(former).values(superseded_at=moment))
        row = {
            "conflict": conflict,
            "question_id": connection.execute(select(QUESTION.c.id).where(QUESTION.c.slug == question)).scalar_one(),
            "verdict": judgement.verdict.value,
            "reason": judgement.reason.strip(),
            "claim_id": judgement.claim,
            "cause": None if judgement.cause is None else judgement.cause.value,
            "recorded_at": moment,
            "operation_id": operation_id,
        }
        number = connection.execute(RULING.insert().values(row).returning(RULING.c.id)).scalar_one()
        connection.execute(RULING_CLAIM.insert(), [{"ruling_id": number, "claim_id": claim} for claim in sorted(set(claims))])
