"""Inserting many rows at once."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Table


def insert_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the columns of the first.

    The driver gets them as they are: texts and numbers need no conversion, and SQLAlchemy's look at each value took longer than SQLite's.
    """
    compiled = table.insert().compile(dialect=connection.dialect, column_keys=list(rows[0]))
    order = compiled.positiontup  # None where the driver takes parameters by name
    given = list(rows) if order is None else list(map(itemgetter(*order), rows))
    connection.exec_driver_sql(str(compiled), given)
