"""The report: every claim with what it is to the claim before it, and the conflict that it takes part in."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never

from claims_cli.assess.conflicts import Which, conflicts_found, conflicts_of_claims
from claims_cli.assess.listing import Selection, claims_listed
from claims_cli.assess.trace import relations_to_latest, traces_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims_cli.store.reading import Reader


class Content(StrEnum):
    """What a report holds, one row each."""

    CLAIMS = "claims"
    CONFLICTS = "conflicts"
    TRACE = "trace"


def rows_of(reader: Reader, content: Content, *, topic: str | None, question: str | None) -> Iterator[dict[str, Any]]:
    """The rows of a report on a topic or question (``None``: all). Raises NotFound."""
    match content:
        case Content.CLAIMS:
            return claims_reported(reader, topic=topic, question=question)
        case Content.CONFLICTS:
            return conflicts_found(reader, topic=topic, question=question, which=Which.ALL)
        case Content.TRACE:
            return (row for traced in traces_of(reader, topic=topic, question=question) for row in traced.rows)
        case _:
            assert_never(content)


def claims_reported(reader: Reader, *, topic: str | None, question: str | None) -> Iterator[dict[str, Any]]:
    """Claims as listed, with ``relation`` (to the claim before it on its question) and ``conflict`` (the ids, joined by spaces)."""
    relations = relations_to_latest(reader, topic=topic, question=question)
    conflicts = conflicts_of_claims(reader, topic=topic, question=question)
    for row in claims_listed(reader, Selection(topic=topic, question=question)):
        yield {**row, "relation": relations.get(row["id"]), "conflict": " ".join(conflicts.get(row["id"], [])) or None}
