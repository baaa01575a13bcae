"""Opening a database, by path or URL, for reading or for one operation that writes.

SQLite is driven with our own BEGIN: with the driver's, two writers that read first refuse each other
(https://docs.sqlalchemy.org/en/20/dialects/sqlite.html, "serializable isolation / savepoints / transactional DDL").
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.core.errors import ClaimsError, DatabaseBusy, DatabaseUnusable, FileTrouble, NotFound, UsageError
from claims_cli.core.secrets import without_passwords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine

    from claims_cli.core.claim import Operation
    from claims_cli.store.ledger import Ledger

APPLICATION_ID = 0x636C616D  # "clam", so that file(1) and we ourselves know our files
SCHEMA = 6
BUSY_MILLISECONDS = 10_000
LONGEST_PAUSE = 8_000_000  # nanoseconds
WRITE_LOCK = 0x636C6169
HEADER = 100  # bytes (sqlite.org/fileformat2.html, 1.3)
MAGIC = b"SQLite format 3\x00"
SETTINGS = (
    "foreign_keys=ON",
    f"busy_timeout={BUSY_MILLISECONDS}",
    "synchronous=FULL",
    "trusted_schema=OFF",
    "recursive_triggers=ON",  # else INSERT OR REPLACE slips past triggers
    "cell_size_check=ON",
    "secure_delete=ON",
    "cache_size=-65536",  # KiB: the index of a million content addresses, which many rows meet all over, fits
)
VERSION_TABLE = "alembic_version"
SERVER_TABLES = frozenset({"operation", "claim"})  # of every schema of ours
REVISION = re.compile(r"[0-9]{4}")
SERVERS = frozenset({"postgresql", "postgres", "postgresql+psycopg"})
DAMAGE_WORDS = ("malformed", "not a database", "Could not decode", "codec can't decode")
BUSY_WORDS = ("database is locked", "database table is locked", "lock timeout", "deadlock detected", "could not serialize")


class Commitment(StrEnum):
    """Whether an operation is kept, or only tried."""

    KEEP = "keep"
    TRY = "try"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is. ``path`` is ``None`` for a server, ``url`` then says which."""

    path: Path | None
    url: str

    @property
    def shown(self) -> str:
        """The address without a password, for messages."""
        return without_passwords(self.url if self.path is None else str(self.path))


def address_of(text: str) -> Address:
    """Where a ``--db`` points: a path, ``sqlite:///path`` or ``postgresql://…``. Raises UsageError for another."""
    scheme, colon, rest = text.partition("://")
    if not colon:
        return Address(Path(text), "")
    if scheme == "sqlite" and rest.startswith("/"):
        return Address(Path(rest[1:]), "")
    if scheme in SERVERS and rest.partition("?")[0].count("@") > 1:
        raise UsageError("the address of the database has more than one @", fix="write %40 for an @ in a name or password")
    if scheme in {"postgresql", "postgres"}:
        return Address(None, f"postgresql://{rest}")
    if scheme == "postgresql+psycopg":
        return Address(None, text)
    raise UsageError(f"databases of the kind {scheme!r} are not known", fix="give a path, sqlite:///PATH or postgresql://…")


def schema_of_file(path: Path) -> int:
    """The schema number of a SQLite file of ours.

    Raises NotFound when there is no such file, DatabaseUnusable when it is something else or damaged.
    """
    head = head_of_file(path)
    if is_ours(head) and Path(f"{path}-journal").exists():
        undo_unfinished(path)
        head = head_of_file(path)
    if not head.startswith(MAGIC) or len(head) < HEADER:
        raise DatabaseUnusable(f"{path} is not a database", fix="give another --db, or make one with: claims init")
    if not is_ours(head):
        raise DatabaseUnusable(f"{path} is a SQLite database of another program", fix="give another --db, or make one with: claims init")
    return int.from_bytes(head[60:64], "big")


def head_of_file(path: Path) -> bytes:
    """The first bytes of a file, in which SQLite says what it is. Raises NotFound, DatabaseUnusable, FileTrouble."""
    try:
        with path.open("rb") as file:
            return file.read(HEADER)
    except FileNotFoundError:
        raise NotFound(f"there is no database {path}", fix=f"make one with: claims --db {path} init") from None
    except IsADirectoryError:
        raise DatabaseUnusable(f"{path} is a folder, not a database", fix="give the database file, for example data.db") from None
    except OSError as error:
        raise FileTrouble(f"cannot read {path}: {error.strerror}") from None


def is_ours(head: bytes) -> bool:
    """Whether a file that begins so is a database of this program."""
    return head.startswith(MAGIC) and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def undo_unfinished(path: Path) -> None:
    """Take back what a program that was killed left half written: SQLite does it on opening, but not for those who only read.

    A journal is there while somebody writes, too; then this only waits.
    """
    if not os.access(path, os.W_OK):
        return
    try:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise blame(error, str(path)) from error


def require_schema(found: int, shown: str) -> None:
    """Raise DatabaseUnusable unless the schema is the one that this program knows."""
    if found > SCHEMA:
        raise DatabaseUnusable(f"{shown} has schema {found}, newer than this program's {SCHEMA}", fix="use a newer claims")
    if found < SCHEMA:
        raise DatabaseUnusable(f"{shown} has schema {found}, older than this program's {SCHEMA}", fix="run: claims db upgrade")


def blame(error: Exception, shown: str) -> ClaimsError:
    """What a database driver's error means for a person."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    words = said[0] if said else type(error).__name__
    if any(busy in words for busy in BUSY_WORDS):
        return DatabaseBusy(f"{shown} is in use by another program", fix="try again in a moment")
    if "disk I/O error" in words:
        return FileTrouble(f"cannot read or write {shown}: {words}")
    if "readonly database" in words or "disk is full" in words or "unable to open" in words:
        return FileTrouble(f"cannot write {shown}: {words}")
    if any(broken in words for broken in DAMAGE_WORDS):
        return DatabaseUnusable(f"{shown} is damaged: {words}", fix="see: claims db verify; restore a backup")
    if "connection" in words or "could not translate" in words:
        return FileTrouble(f"cannot reach {shown}: {words}", fix="check the address, and that the server runs")
    return DatabaseUnusable(f"{shown}: {words}")


def engine_for(address: Address) -> Engine:
    """An engine with our settings on each connection."""
    from sqlalchemy import create_engine, event, pool
    from sqlalchemy.exc import ArgumentError

    if address.path is None:
        try:
            return create_engine(address.url, poolclass=pool.NullPool, connect_args=server_settings())
        except (ArgumentError, ValueError):
            fix = "write postgresql://USER@SERVER:PORT/DATABASE, with %40 for an @ and %2F for a / in a name"
            raise UsageError(f"{address.shown} is not the address of a database", fix=fix) from None
    path = address.path

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            for setting in SETTINGS:
                connection.execute(f"PRAGMA {setting}")
        except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter where SQLite quotes in its complaint what is not UTF-8
            connection.close()
            raise blame(error, address.shown) from error
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=pool.NullPool)
    event.listen(engine, "begin", begin_writing)
    return engine


def begin_writing(connection: Connection) -> None:
    """Wait for SQLite's write lock, at most BUSY_MILLISECONDS, looking every few of them.

    SQLite itself waits up to 100 ms between two looks: with eight busy writers, now and then one was passed by for ten seconds.
    """
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101  the engine makes no others
    driver.execute("PRAGMA busy_timeout=0")
    end = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            driver.execute("BEGIN IMMEDIATE")
            break
        except sqlite3.OperationalError as error:
            if not any(busy in str(error) for busy in BUSY_WORDS) or time.monotonic() > end:
                raise
        time.sleep((1 + time.monotonic_ns() % LONGEST_PAUSE) / 1e9)  # as the clock happens to stand, so that no two keep step
    driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def opened_to_read(path: Path, patience: int = BUSY_MILLISECONDS) -> sqlite3.Connection:
    """A SQLite file, opened so that nothing can be written to it; no transaction is begun. A writer is waited for so many milliseconds."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=patience / 1000)
    connection.execute("PRAGMA trusted_schema=OFF")
    return connection


@contextmanager
def server_to_read(address: Address, prepare: Callable[[Connection], object] = lambda _: None) -> Iterator[Connection]:
    """A server's database of our schema: all queries see one state, and nothing is written but by ``prepare``, which comes first.

    Raises NotFound, DatabaseUnusable, DatabaseBusy, FileTrouble.
    """
    from sqlalchemy.exc import DBAPIError

    engine = engine_for(address)
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            require_server(connection, address.shown)
            prepare(connection)
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            yield connection
    except DBAPIError as error:
        raise blame(error, address.shown) from error
    finally:
        engine.dispose()


def server_settings() -> dict[str, object]:
    """What PostgreSQL is told on connecting, with limits in milliseconds."""
    return {"connect_timeout": 10, "application_name": "claims", "options": f"-c lock_timeout={BUSY_MILLISECONDS}"}


@contextmanager
def transaction(address: Address) -> Iterator[Connection]:
    """One transaction on a database, of whatever schema: committed at the end, rolled back on any error."""
    from sqlalchemy.exc import DBAPIError

    engine = engine_for(address)
    try:
        with engine.begin() as connection:
            yield connection
    except (DBAPIError, sqlite3.Error) as error:
        raise blame(error, address.shown) from error
    finally:
        engine.dispose()


def schema_of_server(connection: Connection, shown: str) -> int:
    """The schema number of a PostgreSQL database, 0 when it holds no tables of ours.

    Raises DatabaseUnusable when those that go by our names are another program's: migrations have the same table in all that use Alembic.
    """
    from sqlalchemy import inspect, text

    there = set(inspect(connection).get_table_names())
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars().all() if VERSION_TABLE in there else []  # noqa: S608  our own name
    if VERSION_TABLE not in there and there.isdisjoint(SERVER_TABLES):
        return 0
    if len(found) != 1 or not REVISION.fullmatch(str(found[0])) or not there.issuperset(SERVER_TABLES):
        raise DatabaseUnusable(
            f"{shown} holds tables of another program", fix="give another --db; a database of its own is best for claims"
        )
    return int(found[0])


def require_server(connection: Connection, shown: str) -> None:
    """Raise NotFound when the server's database is not ours yet, DatabaseUnusable when its schema is another."""
    found = schema_of_server(connection, shown)
    if found == 0:
        raise NotFound(f"{shown} holds no claims yet", fix="make the tables with: claims --db URL init")
    require_schema(found, shown)


@contextmanager
def writing(address: Address, operation: Operation, commitment: Commitment = Commitment.KEEP) -> Iterator[Ledger]:
    """One operation: a transaction, and the ledger through which it writes. All of it is kept, or none.

    One that changes nothing leaves no trace. A clock that was set back does not make an operation earlier than the one before it.
    """
    from sqlalchemy import func, select

    from claims_cli.store.ledger import OPERATION, Ledger

    if address.path is not None:
        require_schema(schema_of_file(address.path), address.shown)
        if not os.access(address.path, os.W_OK):
            raise FileTrouble(f"cannot write {address.shown}: permission denied")
    with transaction(address) as connection:
        if address.path is None:
            require_server(connection, address.shown)
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")  # one writer at a time, as on SQLite
        last_id, last_at = connection.execute(select(func.max(OPERATION.c.id), func.max(OPERATION.c.at))).one()
        ledger = Ledger(connection, (last_id or 0) + 1, max(stamp_of(operation), last_at or ""))
        row = {"id": ledger.operation_id, "at": ledger.at, "who": operation.who, "command": operation.command}
        connection.execute(OPERATION.insert().values(**row, summary=operation.summary))
        yield ledger
        if commitment is Commitment.KEEP and ledger.wrote:
            ledger.seal()
            return
        transaction_at_hand = connection.get_transaction()
        if transaction_at_hand is not None:
            transaction_at_hand.rollback()


def stamp_of(operation: Operation) -> str:
    """The moment of an operation as it is kept: ISO 8601, UTC, whole seconds."""
    return operation.at.strftime("%Y-%m-%dT%H:%M:%SZ")
