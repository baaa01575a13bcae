"""Making and upgrading the tables, by the migrations."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.core.errors import DatabaseUnusable, FileTrouble
from claims_cli.store.backup import back_up_before_upgrade
from claims_cli.store.database import APPLICATION_ID, SCHEMA, Address, require_schema, schema_of_file, schema_of_server, transaction

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

ADVISORY_LOCK = 0x636C616D


class Made(StrEnum):
    """What came of asking for a database."""

    NEW = "new"
    UPGRADED = "upgraded"
    THERE = "already there"


def migrations_folder() -> Path:
    """The migrations: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def make_database(address: Address) -> Made:
    """Make the tables where there are none. A database that is there already is left as it is.

    Raises DatabaseUnusable when there is something else, FileTrouble when the folder is missing or not writable.
    """
    if address.path is None:
        with transaction(address) as connection:
            found = schema_of_server(connection, address.shown)
            if found == 0:
                migrate(connection)
                return Made.NEW
        require_schema(found, address.shown)
        return Made.THERE
    if address.path.exists() and address.path.stat().st_size > 0:
        require_schema(schema_of_file(address.path), address.shown)
        return Made.THERE
    create_private(address.path)
    with transaction(address) as connection:
        migrate(connection)
    return Made.NEW


def upgrade_database(address: Address, backed_up: Callable[[Path], None] = lambda _: None) -> Made:
    """Bring the tables to this program's schema, in one transaction; an older file is first copied beside it.

    ``backed_up`` is told the name of the copy. Raises NotFound, or DatabaseUnusable when they are newer.
    """
    if address.path is not None and schema_of_file(address.path) < SCHEMA:
        backed_up(back_up_before_upgrade(address.path))
    with transaction(address) as connection:
        found = schema_of_server(connection, address.shown) if address.path is None else schema_of_file(address.path)
        if found == SCHEMA:
            return Made.THERE
        if found > SCHEMA:
            require_schema(found, address.shown)
        if found == 0:
            raise DatabaseUnusable(f"{address.shown} holds no claims yet", fix="make the tables with: claims init")
        migrate(connection)
    return Made.UPGRADED


def create_private(path: Path) -> None:
    """Make an empty file that only its owner may read: sources may need protection. Raises FileTrouble."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise FileTrouble(f"cannot make {path}: {error.strerror}", fix="give another --db, or make the folder first") from None


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing, on an open transaction."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import text

    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
