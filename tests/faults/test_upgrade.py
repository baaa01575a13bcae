"""Databases of every schema that there was: brought up to date they are as new ones and hold what they held, even if the upgrade is killed.

``frozen/N.sql`` is a database of schema N as text: it can be read, compared and searched, and depends on no version of SQLite's file.
"""

from __future__ import annotations

import json
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.config import Config

from claims_cli.store.database import SCHEMA, address_of, transaction
from claims_cli.store.schema import Made, migrations_folder, upgrade_database
from tests.faults.conftest import HOURS
from tests.faults.offspring import ended, killed_at_a_point, started
from tests.faults.world import answers, claims, content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Golden

FROZEN = {int(path.stem): path for path in sorted((Path(__file__).parent / "frozen").glob("*.sql"))}
MOST = 1000

NUMBERED = "SELECT table_name FROM information_schema.columns WHERE column_default LIKE 'nextval%'"
# Everything that a server knows of a schema, in its own words.
SERVER_SCHEMA = """
SELECT 'column', table_name, column_name || ' ' || data_type || ' ' || is_nullable || ' ' || COALESCE(collation_name, '')
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'view', viewname, definition FROM pg_views WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
ORDER BY 1, 2, 3
"""
FILE_SCHEMA = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"


def thaw(number: int, where: str) -> None:
    """Make the frozen database of a schema; on a server by that schema's own migrations, then with the rows of the file."""
    address = address_of(where)
    written = FROZEN[number].read_text(encoding="utf-8")
    if address.path is not None:
        with closing(sqlite3.connect(address.path)) as connection:
            connection.executescript(written)
        return
    with transaction(address) as server:
        config = Config()
        config.set_main_option("script_location", str(migrations_folder()))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = server
        command.upgrade(config, f"{number:04}")
        driver: Any = server.connection.driver_connection
        driver.execute("SET session_replication_role = replica")  # references are not looked at while the rows come in
        driver.execute("DELETE FROM alembic_version")
        for row in rows_of(written):
            driver.execute(row)
        for (table,) in driver.execute(NUMBERED).fetchall():
            driver.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT MAX(id) FROM {table}))")  # noqa: S608  names as the database gives them


def rows_of(written: str) -> Iterator[str]:
    """The INSERT statements of a frozen database."""
    pending = ""
    for line in written.splitlines(keepends=True):
        if pending or line.startswith("INSERT INTO "):
            pending += line
        if pending and sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def schema_of(where: str) -> list[tuple[Any, ...]]:
    """What a database says of its tables, indexes and views."""
    with transaction(address_of(where)) as connection:
        driver: Any = connection.connection.driver_connection
        return list(driver.execute(SERVER_SCHEMA if address_of(where).path is None else FILE_SCHEMA).fetchall())


def told(where: str) -> str:
    """What a database answers."""
    return json.dumps(answers(where), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("number", FROZEN)
def test_an_upgraded_database_is_as_a_new_one_and_answers_as_it_did(
    database_url: str, fresh: Callable[[], str], number: int, golden: Golden
) -> None:
    thaw(number, database_url)
    said = claims("list", db=database_url)
    if number < SCHEMA:
        assert (said.code, said.stdout) == (7, "")
        assert said.stderr.endswith(f"has schema {number}, older than this program's {SCHEMA}; run: claims db upgrade\n")
        assert upgrade_database(address_of(database_url)) is Made.UPGRADED
    assert schema_of(database_url) == schema_of(fresh())
    golden(f"frozen-{number:04}.json", told(database_url))
    assert upgrade_database(address_of(database_url)) is Made.THERE


@pytest.mark.parametrize("step", [25, pytest.param(1, marks=[pytest.mark.nightly, pytest.mark.timeout(HOURS)])])
def test_an_upgrade_that_is_killed_at_any_statement_leaves_the_old_schema_or_the_new(database_url: str, step: int, golden: Golden) -> None:
    thaw(1, database_url)
    before = content(database_url)
    for point in range(1, MOST, step):
        how = ended(started(killed_at_a_point, ["db", "upgrade"], database_url, point))
        if how == 0:
            break
        assert how == -signal.SIGKILL
        if content(database_url) != before:
            assert upgrade_database(address_of(database_url)) is Made.THERE
            break
    assert point > 300
    golden("frozen-0001.json", told(database_url))
