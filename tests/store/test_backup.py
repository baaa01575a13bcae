"""Backups: whole, sound, private, and there or not there; also while others write, from a server, and before an upgrade."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.config import Config

from claims_cli.core.errors import DatabaseUnusable, FileTrouble, NotFound
from claims_cli.store import backup, database, schema
from claims_cli.store.backup import back_up
from claims_cli.store.database import SCHEMA, address_of, schema_of_file, transaction
from claims_cli.store.models import HISTORY, VERSIONED
from claims_cli.store.schema import Made, make_database, migrations_folder, upgrade_database
from tests.store.conftest import CLAIM, asked, recorded
from tests.store.eventful import happened, verified

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.conftest import Run

TABLES = ["operation", "purge", *(table.name for table in VERSIONED), *(table.name for table in HISTORY.values())]
COPIES = 25
KILLED = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=5")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE source_text SET text = hex(randomblob(200000))")
connection.execute("UPDATE operation SET summary = 'half written'")
print("written", flush=True)
time.sleep(60)
"""


def contents(where: str) -> dict[str, list[str]]:
    """All rows of all tables, in an order of their own."""
    return {table: sorted(str(row) for row in asked(where, f"SELECT * FROM {table}")) for table in TABLES}  # noqa: S608  our own names


def older(path: Path, revision: int) -> None:
    """A file of an earlier schema, with a claim in it."""
    with transaction(address_of(str(path))) as connection:
        config = Config()
        config.set_main_option("script_location", str(migrations_folder()))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, f"{revision:04}")
        connection.exec_driver_sql(f"PRAGMA application_id = {database.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {revision}")
        connection.exec_driver_sql("INSERT INTO operation (id, at, who, command, summary) VALUES (1, '2024-12-01T00:00:00Z', 'x', 'y', '')")
        connection.exec_driver_sql("INSERT INTO topic (id, slug, title, operation_id) VALUES (1, 'kept', 'Kept', 1)")


def test_a_backup_has_all_that_the_database_has(base: str, tmp_path: Path) -> None:
    happened(base)
    copy = tmp_path / "copy.db"
    back_up(address_of(base), copy)
    assert contents(str(copy)) == contents(base)
    assert verified(str(copy)) == verified(base)
    assert schema_of_file(copy) == SCHEMA
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith((".", "copy.db-"))] == []


def test_a_backup_can_be_written_to_and_read_like_any_database(run: Run, base: str, tmp_path: Path) -> None:
    happened(base)
    copy = str(tmp_path / "copy.db")
    told = run("db", "backup", "copy.db", db=base)
    assert (told.code, told.stdout) == (0, "")
    assert "copy.db: a whole copy of" in told.stderr
    assert run("list", "--json", db=copy).stdout == run("list", "--json", db=base).stdout
    assert run("history", "--json", db=copy).stdout == run("history", "--json", db=base).stdout
    recorded(copy, replace(CLAIM, claimant="Gus"))
    assert run("undo", db=copy).code == 0
    assert verified(copy)[0] == []


def test_a_file_that_is_there_is_written_over_only_when_told(base: str, tmp_path: Path) -> None:
    recorded(base, CLAIM)
    copy = tmp_path / "copy.db"
    copy.write_text("mine")
    with pytest.raises(FileTrouble, match="is there already"):
        back_up(address_of(base), copy)
    assert copy.read_text() == "mine"
    back_up(address_of(base), copy, force=True)
    assert contents(str(copy)) == contents(base)


def test_no_file_is_left_where_the_copy_fails(base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded(base, CLAIM)

    def fails(*_: object) -> None:
        raise DatabaseUnusable("it is not sound")

    folder = tmp_path / "there"
    folder.mkdir()
    former = folder / "copy.db"
    former.write_text("mine")
    monkeypatch.setattr(backup, "look_at", fails)
    with pytest.raises(DatabaseUnusable):
        back_up(address_of(base), former, force=True)
    assert [(one.name, one.read_text()) for one in folder.iterdir()] == [("copy.db", "mine")]


def test_a_name_that_cannot_be_used_is_told(base: str, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere" / "copy.db", tmp_path, tmp_path / ("x" * 300)):
        with pytest.raises(FileTrouble):
            back_up(address_of(base), path, force=True)
    for name in ("", ".", "/", ".."):
        with pytest.raises(FileTrouble, match="is a folder"):
            back_up(address_of(base), Path(name))
    (tmp_path / "copy.db-journal").touch()
    with pytest.raises(FileTrouble, match="would be taken for the journal"):
        back_up(address_of(base), tmp_path / "copy.db")


def test_a_database_is_not_copied_onto_itself(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    make_database(address_of(str(path)))
    with pytest.raises(FileTrouble, match="is the database itself"):
        back_up(address_of(str(path)), path, force=True)
    with pytest.raises(NotFound):
        back_up(address_of(str(tmp_path / "missing.db")), tmp_path / "copy.db")


def test_copies_are_good_while_two_write(base: str, tmp_path: Path) -> None:
    recorded(base, CLAIM)
    stop = Event()

    def write(name: str) -> int:
        count = 0
        while not stop.is_set():
            count += recorded(base, replace(CLAIM, claimant=f"{name} {count}")).new
        return count

    with ThreadPoolExecutor(2) as writers:
        working = [writers.submit(write, name) for name in ("Ann", "Ben")]
        try:
            bad = []
            for number in range(COPIES):
                copy = tmp_path / f"copy-{number}.db"
                back_up(address_of(base), copy)
                bad += verified(str(copy))[0]
        finally:
            stop.set()
        assert all(one.result() for one in working)
    assert bad == []
    assert verified(base)[0] == []


def test_what_a_killed_program_left_is_taken_back_by_the_next_that_reads(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    make_database(address_of(str(path)))
    recorded(str(path), CLAIM)
    before = contents(str(path))
    for words in (("list",), ("db", "verify"), ("db", "backup", "copy.db"), ("doctor",)):
        with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE) as killed:
            assert killed.stdout is not None
            killed.stdout.readline()
            killed.send_signal(signal.SIGKILL)
        assert path.with_name("claims.db-journal").exists()
        told = run(*words, db=str(path))
        assert told.code == 0, (words, told)
        assert not path.with_name("claims.db-journal").exists()
        assert contents(str(path)) == before


def test_an_upgrade_keeps_a_copy_of_the_older_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "data.db"
    older(path, 4)
    content = path.read_bytes()
    told = run("db", "upgrade", db="data.db")
    assert told.code == 0, told.stderr
    assert told.stderr == "backup before the upgrade: data.db.schema-4.bak\ndata.db: upgraded\n"
    kept = tmp_path / "data.db.schema-4.bak"
    assert (schema_of_file(kept), schema_of_file(path)) == (4, SCHEMA)
    assert kept.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(kept)) as copy:
        assert copy.execute("SELECT slug FROM topic").fetchall() == [("kept",)]
    assert verified(str(path))[0] == []
    path.write_bytes(content)
    assert run("db", "upgrade", db="data.db").stderr.startswith("backup before the upgrade: data.db.schema-4.2.bak\n")
    assert run("db", "upgrade", db="data.db").stderr == "data.db: already there\n"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data.db", "data.db.schema-4.2.bak", "data.db.schema-4.bak"]


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.db"
    older(path, 4)
    content = path.read_bytes()
    migrate = schema.migrate

    def fails(connection: Connection) -> None:
        migrate(connection)
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(schema, "migrate", fails)
    with pytest.raises(OSError, match="No space left"):
        upgrade_database(address_of(str(path)))
    assert path.read_bytes() == content
    assert schema_of_file(tmp_path / "data.db.schema-4.bak") == 4
    monkeypatch.undo()
    assert upgrade_database(address_of(str(path))) is Made.UPGRADED


def test_a_damaged_file_is_not_backed_up_as_if_it_were_sound(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    make_database(address_of(str(path)))
    recorded(str(path), CLAIM)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM source")
        connection.commit()
    with pytest.raises(DatabaseUnusable, match="was not made, the copy is not sound"):
        back_up(address_of(str(path)), tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
