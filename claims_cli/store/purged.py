"""What was purged: the sources whose words must not come back, whoever brings them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Text, case, cast, exists, literal, select

from claims_cli.store.ledger import PURGE
from claims_cli.store.models import HISTORY, SourceRow

if TYPE_CHECKING:
    from sqlalchemy import Connection, Label, Table

# SQLModel adds __table__ without telling the type checker.
SOURCE: Table = SourceRow.__table__  # type: ignore[attr-defined]


class PurgedSource(NamedTuple):
    """A purged source, as far as it is still known."""

    id: int
    uid: str
    text_hash: str | None


def purged_sources(connection: Connection) -> dict[str, PurgedSource]:
    """Every purged source by each uid and text_hash that it ever had; empty in most databases."""
    keys = connection.execute(select(PURGE.c.row_key).where(PURGE.c.table_name == "source").distinct()).scalars().all()
    ids = [json.loads(key)[0] for key in keys]
    found: dict[str, PurgedSource] = {}
    if ids:
        for table in (HISTORY["source"], SOURCE):
            for row in connection.execute(select(table.c.id, table.c.uid, table.c.text_hash).where(table.c.id.in_(ids))):
                known = PurgedSource(*row)
                found[known.uid] = known
                if known.text_hash is not None:
                    found[known.text_hash] = known
    return found


def uid_when_purged() -> Label[str | None]:
    """The column that has a source's uid where it was purged, else null: nothing else tells it from others any more."""
    key = literal("[") + cast(SOURCE.c.id, Text) + literal("]")
    there = exists().where(PURGE.c.table_name == "source", PURGE.c.row_key == key)
    return case((there, SOURCE.c.uid)).label("purged_uid")
