"""A server's database as one SQLite file: every table row by row, with the same numbers, history and hashes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sqlalchemy import select

from claims_cli.store.database import Address, blame, server_to_read
from claims_cli.store.ledger import OPERATION, PURGE
from claims_cli.store.models import HISTORY, VERSIONED
from claims_cli.store.schema import make_database

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Table

AT_ONCE = 1000  # rows


def copy_from_server(address: Address, path: Path) -> None:
    """Copy a server's database, read in one transaction, into an empty file. Raises NotFound, DatabaseUnusable, FileTrouble."""
    make_database(Address(path, ""))
    try:
        with server_to_read(address) as server, closing(sqlite3.connect(path, isolation_level=None)) as file:
            file.execute("PRAGMA journal_mode=OFF")  # an unfinished copy is thrown away
            file.execute("BEGIN")
            for table in (OPERATION, PURGE, *VERSIONED, *HISTORY.values()):
                copy_table(server, file, table)
            file.execute("COMMIT")
            file.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise blame(error, address.shown) from error


def copy_table(server: Connection, file: sqlite3.Connection, table: Table) -> None:
    """Copy all rows of a table; references are looked at when all is there."""
    names = [column.name for column in table.columns]
    into = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608  our own names
    with server.execution_options(stream_results=True, max_row_buffer=AT_ONCE).execute(select(table)) as rows:
        while some := rows.fetchmany(AT_ONCE):
            file.executemany(into, [tuple(row) for row in some])
