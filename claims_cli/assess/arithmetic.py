"""What does not add up on a question: the days of a toll, its parts, and totals with their terms; brings the claims for ``core.sums``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from claims_cli.assess.statements import rows_on, statements_on
from claims_cli.core.claim import Kind, Question
from claims_cli.core.increments import days_against_tolls
from claims_cli.core.policy import HOUSE
from claims_cli.core.sums import (
    NOT_SUMMED,
    Family,
    Imbalance,
    partitions_of,
    parts_against_wholes,
    totals_against_terms,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claims_cli.core.policy import Policy
    from claims_cli.core.statement import Statement
    from claims_cli.store.reading import Reader


def questions_known(reader: Reader) -> dict[str, Question]:
    """Every question with what tells which of them add up, by slug."""
    return {row["slug"]: Question(**{**row, "kind": Kind(row["kind"])}) for row in reader.query("families")}


def imbalances_within(
    reader: Reader, known: Mapping[str, Question], question: str, *, on: int | None = None, policy: Policy = HOUSE
) -> list[dict[str, Any]]:
    """What does not add up among a question, its parts and the amounts of its days; ``on`` a day by which it is so, ``None``: ever."""
    whole = known[question]
    parts = [one for one in known.values() if one.part_of == question and one.unit == whole.unit is not None]
    if not parts or whole.kind is Kind.RATE:
        return []
    claims = {one.slug: statements_on(rows_on(reader, question=one.slug), policy) for one in (whole, *parts)}
    found = []
    if whole.kind is Kind.CUMULATIVE:
        flows = [one for part in parts if part.kind is Kind.FLOW for one in claims[part.slug]]
        found += [one for one in days_against_tolls(claims[question], flows) if on is None or one.last <= on]
    summed = tuple(one for one in parts if (one.kind is Kind.FLOW if whole.kind is Kind.FLOW else one.kind not in NOT_SUMMED))
    family = Family(whole, summed)
    return [shaped(one) for one in (*found, *imbalances_of_parts(family, claims, on))]


def imbalances_of_parts(family: Family, claims: Mapping[str, Sequence[Statement]], on: int | None) -> list[Imbalance]:
    """What parts and totals do not add up to, each set of claims once."""
    standing = {one.id for one in claims[family.whole.slug] if on is None or one.stands_on(on)}
    totals = [one for one in totals_against_terms(family, claims) if one.claims[0] in standing]
    if family.whole.kind is Kind.FLOW:
        return totals
    above = parts_against_wholes(family, claims, on, partitions_of(family, claims))
    known = {frozenset(one.claims) for one in totals}
    return [*totals, *(one for one in above if frozenset(one.claims) not in known)]


def imbalances_about(reader: Reader, question: str, *, on: int | None = None, policy: Policy = HOUSE) -> list[dict[str, Any]]:
    """What does not add up where a question takes part: with its own parts, and within its whole."""
    known = questions_known(reader)
    wholes = [question, *([whole] if (whole := known[question].part_of) is not None else [])]
    return [one for slug in wholes for one in imbalances_within(reader, known, slug, on=on, policy=policy)]


def shaped(one: Imbalance) -> dict[str, Any]:
    """A finding as it is given out: ``low`` and ``high`` are what the terms come to, beside what they should."""
    return {
        "finding": one.kind.value,
        "question": one.question,
        "from": date.fromordinal(one.first).isoformat(),
        "to": date.fromordinal(one.last).isoformat(),
        "claims": list(one.claims),
        "low": one.added.low,
        "high": one.added.high,
        "against_low": one.against.low,
        "against_high": one.against.high,
        "explanation": one.explanation,
        "remarks": list(one.remarks),
    }
