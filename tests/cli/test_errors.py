"""What goes wrong is said in one line, with the exit code of its kind, and never with a traceback."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from claims_cli.store.database import SCHEMA

if TYPE_CHECKING:
    from tests.conftest import Done, Run

SEEDS = Path(__file__).parents[2] / "seeds"
QUESTION = ("--question", "dprk-troops-in-kursk", "--claimant", "Somebody")


@pytest.fixture
def desk(run: Run, tmp_path: Path) -> str:
    """A database of the seeds' codebook."""
    path = str(tmp_path / "desk.db")
    assert run("init", "--codebook", str(SEEDS / "codebook.toml"), db=path).code == 0
    return path


def refused(done: Done, code: int) -> str:
    """The one line of an error."""
    assert done.stdout == ""
    assert done.code == code, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("list", "--topic", "trops"), 4, "there is no topic 'trops'; did you mean troops?"),
        (("list", "--question", "how-many"), 4, "there is no question 'how-many'"),
        (("list", "--claimant", "Nobody"), 4, "there is no claimant 'Nobody'"),
        (("list", "--min", "nan"), 3, "--min 'nan' is not a number"),
        (("list", "--since", "2024-02-30"), 3, "February 2024 has 29 days"),
        (("list", "--until", "2024-10-28/.."), 3, "--until '2024-10-28/..' has no end; write a day such as 2024-10-28"),
        (("list", "--since", "../2024-10-28"), 3, "--since '../2024-10-28' has no beginning; write a day such as 2024-10-28"),
        (("list", "--since", "XXXX-10-28"), 3, "--since 'XXXX-10-28' has no beginning"),
        (("review", "--accept-all", "--until", "2024-10-28/.."), 3, "--until '2024-10-28/..' has no end"),
        (("list", "--sort", "colour"), 3, "cannot sort by 'colour'"),
        (("list", "--columns", "colour"), 2, "there is no column 'colour'"),
        (("list", "--json", "--csv"), 2, "more than one format"),
        (("list", "--stance", "perhaps"), 2, "'perhaps' is not one of"),
        (("list", "--limit", "abc"), 2, "claims: '--limit': Input should be a valid integer; see --help"),
        (("rule", "x@2024-10-28", "--reason", "y"), 2, "Missing option '--verdict'. Choose from: one_stands, both_stand,"),
        (("rule", "x@2024-10-28", "--reason", "y", "--verdict", "z"), 2, "'--verdict': 'z' is not one of"),
        (("show", "999"), 4, "there is no claim '999'"),
        (("relate", "1"), 2, "relate needs two claims"),
        (("trace",), 2, "trace needs a topic or a question"),
        (("conflicts", "--on", "2024-10"), 3, "'2024-10' is not one day"),
        (("add", "NaN", *QUESTION), 3, "'NaN' is not a value"),
        (("add", "inf", *QUESTION), 3, "'inf' is not a value"),
        (("add", "1e400", *QUESTION), 3, "'1e400' is not a value"),
        (("add", "5", *QUESTION, "--as-of", "2024-02-30"), 3, "February 2024 has 29 days"),
        (("add", "5", *QUESTION, "--as-of", "2024-11-09", "--published", "2024-11-07"), 3, "cannot stand in a source published on"),
        (("add", "5", "--question", "nope", "--claimant", "Somebody"), 3, "there is no question 'nope'"),
        (("add", "5", "--question", "dprk-troops-deployed-in-russia", "--claimant", "Somebody"), 3, "is a yes or no question"),
        (("import", "missing.csv"), 4, "there is no file missing.csv"),
        (("export", "report.docx"), 2, "the format of report.docx is not known"),
        (("export", "nowhere/report.csv"), 5, "cannot write nowhere/report.csv"),
        (("nonsense",), 2, "No such command 'nonsense'"),
    ],
)
def test_a_mistake_is_told_in_one_line(run: Run, desk: str, words: tuple[str, ...], code: int, said: str) -> None:
    assert said in refused(run(*words, db=desk), code)


def test_a_missing_database_is_not_made_by_looking_at_it(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "missing.db"
    for words in (("list",), ("conflicts",), ("add", "5", *QUESTION), ("db", "upgrade")):
        assert "there is no database" in refused(run(*words, db=str(path)), 4)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"hello\n", b"SQLite format 3\x00" + bytes(20)])
def test_a_file_that_is_no_database_is_refused(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "text.db"
    path.write_bytes(content)
    assert "is not a database" in refused(run("list", db=str(path)), 7)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE a (b)")
    connection.close()
    before = path.read_bytes()
    for words in (("list",), ("init",), ("db", "upgrade")):
        assert "another program" in refused(run(*words, db=str(path)), 7)
    assert path.read_bytes() == before


def test_a_database_of_a_newer_schema_is_refused(run: Run, desk: str) -> None:
    with sqlite3.connect(desk) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    for words in (("list",), ("add", "5", *QUESTION), ("db", "upgrade"), ("init",)):
        assert f"has schema 99, newer than this program's {SCHEMA}" in refused(run(*words, db=desk), 7)


def test_errors_are_json_where_answers_are(run: Run, desk: str) -> None:
    told = json.loads(refused(run("list", "--topic", "trops", "--json", db=desk), 4))
    assert told == {
        "error": "not_found",
        "message": "there is no topic 'trops'",
        "where": None,
        "fix": "did you mean troops?",
        "exit_code": 4,
    }


def test_a_server_that_is_not_there_is_told_without_the_password(run: Run) -> None:
    said = refused(run("list", db="postgresql://desk:secret@127.0.0.1:1/claims"), 5)
    assert "cannot reach" in said
    assert "secret" not in said


def test_a_busy_database_says_so(run: Run, desk: str) -> None:
    holder = sqlite3.connect(desk, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert "is in use by another program; try again in a moment" in refused(run("list", db=desk), 6)
    finally:
        holder.close()
