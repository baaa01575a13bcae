"""Keeping rulings: a new one closes the one that the conflict had before, and deletes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from claims_cli.store.database import writing
from claims_cli.store.models import RulingClaimRow, RulingRow
from claims_cli.store.recording import QUESTION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Table

    from claims_cli.core.claim import Operation
    from claims_cli.core.ruling import Judgement
    from claims_cli.store.database import Address

# SQLModel adds __table__ without telling the type checker.
RULING: Table = RulingRow.__table__  # type: ignore[attr-defined]
RULING_CLAIM: Table = RulingClaimRow.__table__  # type: ignore[attr-defined]


def rule(  # noqa: PLR0913  what is ruled, on what, where and when
    address: Address,
    operation: Operation,
    judgement: Judgement,
    *,
    conflict: str,
    question: str,
    positions: Mapping[int, int],
    before: int | None,
) -> None:
    """Record a judgement on a conflict, in one operation.

    ``question`` is the slug on which claims conflict, ``positions`` has each of them with the number of its position, and ``before`` is
    the ruling that this one takes the place of, ``None`` for the first.
    """
    with writing(address, operation) as ledger:
        if before is not None:
            ledger.remove(RULING_CLAIM, RULING_CLAIM.c.ruling_id == before)
            ledger.remove(RULING, RULING.c.id == before)
        number = ledger.open(
            RULING,
            conflict=conflict,
            question_id=ledger.connection.execute(select(QUESTION.c.id).where(QUESTION.c.slug == question)).scalar_one(),
            verdict=judgement.verdict.value,
            reason=judgement.reason.strip(),
            claim_id=judgement.claim,
            cause=None if judgement.cause is None else judgement.cause.value,
            recorded_at=ledger.at,
        )
        judged = sorted(positions)
        stood = [positions[claim] for claim in judged]
        ledger.insert(RULING_CLAIM, {"ruling_id": [number] * len(judged), "claim_id": judged, "position": stood})
