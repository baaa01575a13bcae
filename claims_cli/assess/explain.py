"""Explaining a conflict: the single edits that would remove it, and the fewest claims without which the others agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims_cli.assess.falls import falls_explained, words_about
from claims_cli.assess.ruling import claims_in, conflict_named
from claims_cli.assess.statements import rows_on, statements_on
from claims_cli.core.policy import POLICIES, PolicyName
from claims_cli.core.removal import MOST_MEMBERS, removals_of
from claims_cli.core.repair import repairs_of

if TYPE_CHECKING:
    from claims_cli.assess.falls import QuoteReader
    from claims_cli.core.repair import Repair, Words
    from claims_cli.core.statement import Statement
    from claims_cli.store.reading import Reader


def explained(reader: Reader, name: str, read: QuoteReader, policy: PolicyName = PolicyName.HOUSE) -> dict[str, Any]:
    """A conflict that a policy finds, by its id, with ``repairs`` (cheapest first) and ``removals``.

    ``removals`` are sets of claims, given only where two claims are not all; ``smallest`` tells whether surely none is smaller.
    ``falls`` are those of a toll, each with the causes that words or numbers speak for, the likeliest first. ``read`` tells what a quote
    says, given its language and its source's publication.
    Of a conflict with more than MOST_MEMBERS claims only the removal is told. Raises NotFound.
    """
    conflict = conflict_named(reader, name, policy)
    numbers = claims_in(conflict)
    currencies = currencies_beside(reader, conflict["question"])
    every = [one for slug in currencies for one in statements_on(rows_on(reader, question=slug), POLICIES[policy])]
    members = [one for one in every if one.id in numbers]

    def words_of(one: Statement) -> Words:
        (row,) = reader.query("claim_detail", id=one.id)
        return words_about(row, read)

    few = len(members) <= MOST_MEMBERS
    others = [one for one in every if one.id not in numbers]
    repairs = repairs_of(members, others, words_of, currencies=currencies, policy=POLICIES[policy]) if few else []
    removals = removals_of(members) if len(members) > 2 else []  # noqa: PLR2004  of two, leaving out either settles it
    return {
        **conflict,
        "falls": falls_explained(reader, conflict["question"], members, read, POLICIES[policy]) if few else [],
        "repairs": [shaped(one, members) for one in repairs],
        "removals": [list(one) for one in removals],
        "smallest": few,
    }


def currencies_beside(reader: Reader, question: str) -> dict[str, int]:
    """The currency, in days, of a question and then of each part of it, by slug."""
    rows = reader.query("asked", **reader.scope(topic=None, question=question))
    return {row["slug"]: row["currency"] for row in sorted(rows, key=lambda row: (row["slug"] != question, row["slug"]))}


def shaped(repair: Repair, members: list[Statement]) -> dict[str, Any]:
    """A repair as a row of the output."""
    claim = next(one for one in members if one.id == repair.claim)
    return {
        "claim": repair.claim,
        "ref": claim.ref,
        "claimant": claim.claimant,
        "field": repair.field,
        "slip": repair.slip.value,
        "now": repair.now,
        "then": repair.then,
        "cost": repair.cost,
        "speaks_for": list(repair.speaks_for),
        "speaks_against": list(repair.speaks_against),
        "explanation": repair.explanation,
    }
