"""Ruling on a conflict as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims_cli.assess.conflicts import Which, Width, conflicts_found
from claims_cli.core.errors import NotFound
from claims_cli.core.policy import PolicyName
from claims_cli.core.ruling import Judgement

if TYPE_CHECKING:
    from claims_cli.core.ruling import Cause, Verdict
    from claims_cli.store.reading import Reader


def conflict_named(reader: Reader, name: str, policy: PolicyName = PolicyName.HOUSE) -> dict[str, Any]:
    """A conflict that a policy finds, settled or not, by its id. Raises NotFound with the ids that look like it."""
    from difflib import get_close_matches

    question = name.partition("@")[0]
    asked = question if any(row["slug"] == question for row in reader.query("names") if row["what"] == "question") else None
    known = {row["id"]: row for row in conflicts_found(reader, question=asked, which=Which.ALL, width=Width(policy))}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    shown = "claims conflicts --all" if policy is PolicyName.HOUSE else f"claims conflicts --all --policy {policy}"
    raise NotFound(f"there is no conflict {name!r}", fix=f"did you mean {' or '.join(near)}?" if near else f"see: {shown}")


def claims_in(conflict: dict[str, Any]) -> dict[int, str | None]:
    """The claims that take part in a conflict, by number, with the callers' keys."""
    return {number: ref for position in conflict["positions"] for number, ref in zip(position["claims"], position["refs"], strict=True)}


def positions_in(conflict: dict[str, Any]) -> dict[int, int]:
    """The claims that take part in a conflict, by number, each with the number of its position."""
    return {number: at for at, position in enumerate(conflict["positions"]) for number in position["claims"]}


def judgement_on(
    conflict: dict[str, Any], verdict: Verdict, reason: str, *, claim: int | None = None, cause: Cause | None = None
) -> Judgement:
    """A judgement on a conflict; ``claim`` is the number of a claim that takes part, ``None``: none is judged.

    Raises NotFound for a claim that takes no part, NotUnderstood when the verdict needs a claim and none is named, or the reason is empty.
    """
    members = claims_in(conflict)
    if claim is not None and claim not in members:
        raise NotFound(f"claim {claim} takes no part in {conflict['id']}", fix=f"its claims: {', '.join(map(str, members))}")
    return Judgement(verdict, reason, claim, cause)
