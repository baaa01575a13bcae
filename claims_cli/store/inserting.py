"""Statements for many values at once, handed to the driver as they are.

Texts and numbers need no conversion, and SQLAlchemy's look at each value takes longer than the database's work.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection, Index, Row, Table

# Rows in one statement: the checks of a table are set up once for each statement. With more the gain is small; what is left over
# goes row by row, as each other number of rows would be another statement to compile.
AT_ONCE = 100
MOST_PLACES = 32_000  # in a statement; SQLite takes 32,766, PostgreSQL twice as many


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows that are given column by column, at least one. A column that only holds nulls is better left out.

    The driver takes twice as long to hand over a null as a text.
    """
    into = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES "  # noqa: S608  names of our tables and columns
    one = places(connection, len(columns))
    many = ", ".join([one] * AT_ONCE)
    rows = zip(*columns.values(), strict=True)
    while len(some := list(islice(rows, AT_ONCE))) == AT_ONCE:
        connection.exec_driver_sql(f"{into}{many}", tuple(chain.from_iterable(some)))
    if some:
        connection.exec_driver_sql(f"{into}{one}", some)


def select_among(connection: Connection, query: str, values: Sequence[str]) -> list[Row[Any]]:
    """The rows of a query that ends in ``IN``, for some values."""
    found: list[Row[Any]] = []
    for start in range(0, len(values), MOST_PLACES):
        some = tuple(values[start : start + MOST_PLACES])
        found += connection.exec_driver_sql(f"{query} {places(connection, len(some))}", some).all()
    return found


@contextmanager
def indexes_later(connection: Connection, table: Table) -> Iterator[None]:
    """While many rows come into a table: where it is empty, its indexes are made when all are there, in half the time.

    It is the same transaction, so that a program that dies leaves the table as it was. Only SQLite parts with an index without a lock
    that others would wait for.
    """
    indexes: Sequence[Index] = ()
    if connection.dialect.name == "sqlite" and connection.execute(select(table).limit(1)).first() is None:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
    for index in indexes:
        index.drop(connection, checkfirst=True)
    yield
    for index in indexes:
        index.create(connection)


def places(connection: Connection, count: int) -> str:
    """So many places for values, as the driver marks them."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    return f"({', '.join([mark] * count)})"
