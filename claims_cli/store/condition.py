"""The state of the set-up: what a person needs to know when something does not work."""

from __future__ import annotations

import locale
import os
import platform
import sqlite3
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from claims_cli.core.errors import ClaimsError
from claims_cli.core.secrets import without_passwords
from claims_cli.store.database import SCHEMA, Address, opened_to_read, schema_of_file, schema_of_server, transaction
from claims_cli.store.hashing import head_shown
from claims_cli.store.reading import first, reading
from claims_cli.store.surroundings import surroundings_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from claims_cli.store.reading import Row

OLDEST_SQLITE = (3, 40, 0)
WAL_RESET_MENDED = (3, 51, 3)  # SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode; ours are in DELETE mode
LAST = "SELECT id, at, who, chain FROM operation ORDER BY id DESC LIMIT 1"


def condition_of(address: Address) -> Iterator[dict[str, str | None]]:
    """One row a check: its name, ``ok``, ``note`` or ``bad``, what was found, and what to do."""
    yield row("program", "ok", f"claims {version_of('claims-cli')}, schema {SCHEMA}")
    yield row("python", "ok", platform.python_version())
    yield sqlite_found()
    yield row("sqlalchemy", "ok", version_of("sqlalchemy"))
    yield postgres_found()
    yield locale_found()
    yield from environment_found()
    yield from database_found(address)


def row(check: str, state: str, found: str, advice: str | None = None) -> dict[str, str | None]:
    """A finding."""
    return {"check": check, "state": state, "found": found, "advice": advice}


def version_of(package: str) -> str:
    """The version of an installed package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def sqlite_found() -> dict[str, str | None]:
    """SQLite's version, and whether it is new enough."""
    found = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        return row("sqlite", "bad", found, "use a Python with SQLite 3.40 or newer")
    if sqlite3.sqlite_version_info < WAL_RESET_MENDED:
        return row("sqlite", "note", f"{found}, which can damage databases in WAL mode", "leave our database in its DELETE mode")
    return row("sqlite", "ok", found)


def postgres_found() -> dict[str, str | None]:
    """Whether PostgreSQL can be reached."""
    found = version_of("psycopg")
    if found == "not installed":
        return row("postgresql", "note", "no driver", "for a team's server: pip install 'claims-cli[postgres]'")
    return row("postgresql", "ok", f"psycopg {found}")


def locale_found() -> dict[str, str | None]:
    """Whether the terminal's encoding shows Arabic."""
    encoding = locale.getpreferredencoding(do_setlocale=False)
    if encoding.lower().replace("-", "") == "utf8":
        return row("locale", "ok", f"{encoding}, output in {sys.stdout.encoding}")
    return row("locale", "note", f"{encoding}; output is UTF-8 all the same", "set LANG=C.UTF-8 if letters look wrong")


def environment_found() -> Iterator[dict[str, str | None]]:
    """What is set around the program that changes what it does."""
    told = {name: os.environ[name] for name in ("CLAIMS_DB", "CLAIMS_USER") if name in os.environ}
    if "SOURCE_DATE_EPOCH" in os.environ:
        yield row("clock", "note", f"SOURCE_DATE_EPOCH={os.environ['SOURCE_DATE_EPOCH']} stands in for it", "unset SOURCE_DATE_EPOCH")
    if told:
        yield row("environment", "ok", ", ".join(f"{name}={without_passwords(value)}" for name, value in told.items()))


def database_found(address: Address) -> Iterator[dict[str, str | None]]:
    """Whether the database is there, ours and sound, and what was done last; then the file or server itself."""
    try:
        with reading(address) as reader:
            counts = first(reader.query("counts")) or {}
            yield row("database", "ok", f"{address.shown}: " + ", ".join(f"{count} {what}" for what, count in counts.items()))
            yield last_found(first(reader.rows(LAST, {})))
    except ClaimsError as error:
        yield row("database", "bad", error.what, error.fix)
    if address.path is None:
        yield from server_found(address)
    elif address.path.is_file():
        yield from file_found(address.path)


def last_found(last: Row | None) -> dict[str, str | None]:
    """The last operation, and the head of the chain, which stands for all that was ever done."""
    if last is None:
        return row("last operation", "ok", "none yet")
    head = "" if last["chain"] is None else f"; head of the chain {head_shown(last['chain'])}"
    return row("last operation", "ok", f"{last['id']} at {last['at']} by {last['who']}{head}")


def file_found(path: Path) -> Iterator[dict[str, str | None]]:
    """What a database file is like: its schema and pages where it is ours, and what is around it."""
    try:
        yield row("schema", "ok", str(schema_of_file(path)))
    except ClaimsError:
        return  # told already
    try:
        connection = opened_to_read(path)
        try:
            said = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
            mode = str(connection.execute("PRAGMA journal_mode").fetchone()[0])
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        said, mode = (str(error).splitlines() or [type(error).__name__])[0], "delete"
    yield row("pages", "ok", "sound; for the content: claims db verify") if said == "ok" else row("pages", "bad", said, "restore a backup")
    if mode != "delete":
        yield row("mode", "note", f"journal mode {mode}, set by another program", f"sqlite3 {path} 'PRAGMA journal_mode=DELETE'")
    for found in surroundings_of(path):
        yield row(*found)


def server_found(address: Address) -> Iterator[dict[str, str | None]]:
    """What a server is like: its version, the schema, the encoding and how it sorts."""
    try:
        with transaction(address) as connection:
            version_told = connection.exec_driver_sql("SHOW server_version").scalar_one()
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
            collation = connection.exec_driver_sql("SELECT datcollate FROM pg_database WHERE datname = current_database()").scalar_one()
            found = schema_of_server(connection, address.shown)
    except ClaimsError:
        return  # told already
    yield row("server", "ok", f"PostgreSQL {version_told}")
    if found == SCHEMA:
        yield row("schema", "ok", str(found))
    else:
        yield row("schema", "bad", str(found), f"claims --db {address.shown} {'init' if found == 0 else 'db upgrade'}")
    if encoding == "UTF8":
        yield row("encoding", "ok", encoding)
    else:
        yield row("encoding", "bad", f"{encoding}, which cannot hold every text", "make the database with ENCODING 'UTF8'")
    yield row("collation", "ok", f"{collation}; our own texts sort byte by byte")
