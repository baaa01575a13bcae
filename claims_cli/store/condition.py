"""The state of the set-up: what a person needs to know when something does not work."""

from __future__ import annotations

import locale
import platform
import shutil
import sqlite3
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from claims_cli.core.errors import ClaimsError
from claims_cli.store.database import SCHEMA, Address, schema_of_file
from claims_cli.store.reading import first, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST_SQLITE = (3, 40, 0)
WAL_RESET_MENDED = (3, 51, 3)  # SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode; ours are in DELETE mode
SCARCE = 100 * 1024 * 1024


def condition_of(address: Address) -> Iterator[dict[str, str | None]]:
    """One row a check: its name, ``ok``, ``note`` or ``bad``, what was found, and what to do."""
    yield row("program", "ok", f"claims {version_of('claims-cli')}, schema {SCHEMA}")
    yield row("python", "ok", platform.python_version())
    yield sqlite_found()
    yield row("sqlalchemy", "ok", version_of("sqlalchemy"))
    yield postgres_found()
    yield locale_found()
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


def database_found(address: Address) -> Iterator[dict[str, str | None]]:
    """Whether the database is there, ours, sound and not in need of space."""
    try:
        with reading(address) as reader:
            found = first(reader.query("counts"))
            if found is not None:
                yield row("database", "ok", f"{address.shown}: " + ", ".join(f"{count} {what}" for what, count in found.items()))
            if address.path is not None:
                yield from file_found(address)
    except ClaimsError as error:
        yield row("database", "bad", error.what, error.fix)


def file_found(address: Address) -> Iterator[dict[str, str | None]]:
    """What a database file is like: its schema, its pages, who may read it, and the room beside it."""
    if address.path is None:
        return
    yield row("schema", "ok", str(schema_of_file(address.path)))
    connection = sqlite3.connect(f"{address.path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        connection.close()
    yield row("pages", "ok", "sound") if said == "ok" else row("pages", "bad", said, "restore a backup")
    mode = address.path.stat().st_mode & 0o777
    if mode & 0o077:
        yield row("permissions", "note", f"{mode:o}: others may read it", f"chmod 600 {address.path}")
    else:
        yield row("permissions", "ok", f"{mode:o}")
    free = shutil.disk_usage(address.path.resolve().parent).free
    if free < SCARCE:
        yield row("disk", "bad", f"{free // 1_000_000} MB free", "make room before writing")
    else:
        yield row("disk", "ok", f"{free // 1_000_000_000} GB free")
