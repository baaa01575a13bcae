"""Reading as of an earlier time: each table is hidden by a temporary view of what it held then, so that every query stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

# Every table that has a history, parents before those that refer to them: rows are put back in this order, and taken away in the other.
VERSIONED_NAMES = (
    "topic",
    "actor",
    "actor_alias",
    "actor_office",
    "question",
    "source",
    "source_text",
    "source_original",
    "claim",
    "claim_relay",
    "ruling",
    "ruling_claim",
)


class Asked(Protocol):
    """Carries out a statement; gives the names of the columns of its answer and its first row, ``None`` without one."""

    def __call__(self, statement: str) -> tuple[Sequence[str], Sequence[Any] | None]:
        """Carry it out."""


def look_back(ask: Asked, schema: str, moment: str) -> None:
    """Let every table show what was known at a moment (ISO 8601 in UTC, as operations keep theirs), on this connection alone."""
    _, row = ask(f"SELECT COALESCE(MAX(id), 0) FROM {schema}.operation WHERE at <= '{moment}'")  # noqa: S608  a moment of our own making
    last = 0 if row is None else int(row[0])
    ask(f"CREATE TEMPORARY VIEW operation AS SELECT * FROM {schema}.operation WHERE id <= {last}")  # noqa: S608  our own names
    for name in VERSIONED_NAMES:
        names, _ = ask(f"SELECT * FROM {schema}.{name} LIMIT 0")  # noqa: S608  our own names
        columns = ", ".join(names)
        then = f"operation_id <= {last}"
        ask(
            f"CREATE TEMPORARY VIEW {name} AS SELECT {columns} FROM {schema}.{name} WHERE {then} "  # noqa: S608  our own names
            f"UNION ALL SELECT {columns} FROM {schema}.{name}_history WHERE {then} AND closed_by > {last}"
        )
        ask(f"CREATE TEMPORARY VIEW {name}_history AS SELECT * FROM {schema}.{name}_history WHERE closed_by <= {last}")  # noqa: S608
