"""Ruling on a conflict as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims_cli.assess.conflicts import Which, conflicts_found
from claims_cli.core.errors import NotFound
from claims_cli.core.ruling import Judgement
from claims_cli.store.database import stamp_of, writing
from claims_cli.store.reading import reading

if TYPE_CHECKING:
    from claims_cli.core.claim import Operation
    from claims_cli.core.ruling import Cause, Verdict
    from claims_cli.store.database import Address
    from claims_cli.store.reading import Reader


def conflict_named(reader: Reader, name: str) -> dict[str, Any]:
    """A conflict, settled or not, by its id. Raises NotFound with the ids that look like it."""
    from difflib import get_close_matches

    question = name.partition("@")[0]
    asked = question if any(row["slug"] == question for row in reader.query("names") if row["what"] == "question") else None
    known = {row["id"]: row for row in conflicts_found(reader, question=asked, which=Which.ALL)}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    raise NotFound(f"there is no conflict {name!r}", fix=f"did you mean {' or '.join(near)}?" if near else "see: claims conflicts --all")


def claims_in(conflict: dict[str, Any]) -> dict[int, str | None]:
    """The claims that take part in a conflict, by number, with the callers' keys."""
    return {number: ref for position in conflict["positions"] for number, ref in zip(position["claims"], position["refs"], strict=True)}


def rule(  # noqa: PLR0913  the judgement's parts as they are given
    name: str,
    verdict: Verdict,
    reason: str,
    address: Address,
    operation: Operation,
    *,
    claim: str | None = None,
    cause: Cause | None = None,
) -> dict[str, Any]:
    """Record a ruling on a conflict; gives the conflict as it was before.

    ``claim`` is a number or ref of a claim that takes part. Raises NotFound for a conflict or a claim that is not there, NotUnderstood
    when the verdict needs a claim and none is named, or the reason is empty.
    """
    with reading(address) as reader:
        conflict = conflict_named(reader, name)
    members = claims_in(conflict)
    number = None if claim is None else next((one for one, ref in members.items() if claim in {str(one), ref}), None)
    if claim is not None and number is None:
        raise NotFound(f"claim {claim!r} takes no part in {name}", fix=f"its claims: {', '.join(map(str, members))}")
    judgement = Judgement(verdict, reason, number, cause)
    with writing(address, operation) as (connection, operation_id):
        from claims_cli.store.ruling import keep_ruling  # the models load slowly, and a ruling that is refused needs none

        at = stamp_of(operation)
        keep_ruling(connection, operation_id, judgement, conflict=name, question=conflict["question"], claims=members, at=at)
    return conflict
