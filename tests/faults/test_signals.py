"""Ctrl-C, a request to end, a reader who leaves, a full device: 130, 143, 0 and 5, no traceback, and a database in order."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import termios
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.conftest import settled_environment
from tests.faults.world import content, worked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

QUESTIONS = 400  # so that each answer is larger than a pipe holds
MUCH = 30_000  # bytes, of the 65,536 that a pipe holds at most (pipe(7))
SHOWING = {
    "list": ("list", "--json"),
    "conflicts": ("conflicts", "--json"),
    "trace": ("trace", "--topic", "crowd", "--json"),
    "export": ("export", "/dev/stdout", "--format", "jsonl"),
}
PATIENCE = 30  # seconds
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}


@pytest.fixture(scope="module")
def crowded(files: Path) -> Path:
    """A database with many conflicts, and two candidates."""
    path = shutil.copyfile(files / "model.db", files / "crowded.db")
    rows = [
        {"topic": "crowd", "question": f"q{number}", "unit": "person", "value": value, "claimant": f"Voice {value}", "as_of": "2024-10-28"}
        for number in range(QUESTIONS)
        for value in ("10", "900")
    ]
    (files / "crowd.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    worked("import", str(files / "crowd.jsonl"), db=str(path))
    return path


@pytest.fixture
def desk(crowded: Path, tmp_path: Path) -> str:
    """A copy of it."""
    return str(shutil.copyfile(crowded, tmp_path / "desk.db"))


@contextmanager
def running(*words: str, db: str, stdout: int = subprocess.PIPE, stdin: int = subprocess.DEVNULL) -> Iterator[subprocess.Popen[bytes]]:
    """The program with a command, in the database's folder and in a session of its own."""
    command = [sys.executable, "-m", "claims_cli", "--db", db, *words]
    folder = os.path.dirname(db)  # noqa: PTH120  a path as text
    with subprocess.Popen(
        command, cwd=folder, env=settled_environment(), stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, start_new_session=True
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def until(done: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.01)


def unread(pipe: int) -> int:
    """How many bytes of a pipe are not read yet."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, b"\0\0\0\0"), sys.byteorder)


def stuck(pipe: int) -> bool:
    """Whether a pipe's writer waits: so much lies in it, and no more comes."""
    before = unread(pipe)
    time.sleep(0.1)
    return MUCH < before == unread(pipe)


def ended(child: subprocess.Popen[bytes]) -> int:
    """The exit code of a child, as a shell tells it; nothing may be left but silence or one line."""
    assert child.stderr is not None
    said = child.stderr.read().decode()
    code = child.wait(PATIENCE)
    assert said.count("\n") <= 1, said
    assert "Traceback" not in said
    return code if code >= 0 else 128 - code


def unharmed(db: str, before: dict[str, list[str]]) -> None:
    """Check that a database is in order and holds what it held, and that no unfinished file lies beside it."""
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert content(db) == before
    assert [name for name in os.listdir(os.path.dirname(db)) if name.startswith(".")] == []  # noqa: PTH120, PTH208  paths as text


@pytest.mark.parametrize("sent", CODES, ids=lambda sent: sent.name)
@pytest.mark.parametrize("words", SHOWING.values(), ids=SHOWING)
def test_a_signal_while_an_answer_is_written_ends_it(desk: str, words: tuple[str, ...], sent: signal.Signals) -> None:
    before = content(desk)
    with running(*words, db=desk) as child:
        assert child.stdout is not None
        pipe = child.stdout.fileno()
        until(lambda: stuck(pipe))
        child.send_signal(sent)
        child.stdout.close()
        assert ended(child) == CODES[sent]
    unharmed(desk, before)


@pytest.mark.parametrize("words", SHOWING.values(), ids=SHOWING)
def test_a_reader_who_leaves_ends_it_quietly(desk: str, words: tuple[str, ...]) -> None:
    with running(*words, db=desk) as child:
        assert child.stdout is not None
        child.stdout.read(10)
        child.stdout.close()
        assert ended(child) == 0


@pytest.mark.parametrize("words", SHOWING.values(), ids=SHOWING)
def test_a_full_device_is_told(desk: str, words: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full, running(*words, db=desk, stdout=full.fileno()) as child:  # noqa: PTH123  a device
        assert ended(child) == 5


@pytest.mark.parametrize("sent", CODES, ids=lambda sent: sent.name)
@pytest.mark.parametrize(
    ("words", "written"),
    [
        (("import", "rows.jsonl"), '{"question": "camp-people", "value": "7", "claimant": "Ben"}\n'),
        (("ingest", "article.txt", "--published", "2024-11-05"), "The ministry said that 600 people live in the camp.\n"),
        (("codebook", "apply", "book.toml"), "[topics.more]\ntitle = 'More'\n"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_signal_while_something_is_taken_in_leaves_nothing_of_it(
    desk: str, tmp_path: Path, words: tuple[str, ...], written: str, sent: signal.Signals
) -> None:
    before = content(desk)
    pipe = tmp_path / next(word for word in words if "." in word)
    os.mkfifo(pipe)
    with running(*words, db=desk) as child, pipe.open("w", encoding="utf-8") as end:
        end.write(written)
        end.flush()
        until(lambda: unread(end.fileno()) == 0)
        child.send_signal(sent)
        assert ended(child) == CODES[sent]
    unharmed(desk, before)


@pytest.mark.parametrize("sent", CODES, ids=lambda sent: sent.name)
def test_a_signal_to_a_review_keeps_what_was_decided(desk: str, sent: signal.Signals) -> None:
    with running("review", db=desk, stdin=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(b"r\n")
        child.stdin.flush()
        shown = b""
        while shown.count(b"q quit") < 2:
            shown += os.read(child.stdout.fileno(), 4096)
        decided = content(desk)
        child.send_signal(sent)
        child.stdin.close()
        assert ended(child) == CODES[sent]
    unharmed(desk, decided)
    assert [row["review"] for row in json.loads(worked("list", "--json", "--review", "candidate", db=desk))] == ["candidate"]


@pytest.mark.parametrize("sent", CODES, ids=lambda sent: sent.name)
def test_a_signal_while_a_report_is_written_leaves_the_old_one(desk: str, tmp_path: Path, sent: signal.Signals) -> None:
    report = tmp_path / "report.jsonl"
    report.write_text("old", encoding="utf-8")
    many = tmp_path / "many.jsonl"
    rows = [{"question": f"q{number % QUESTIONS}", "value": "10", "claimant": f"Voice {number}"} for number in range(3000)]
    many.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    worked("import", str(many), db=desk)
    with running("export", str(report), "--force", db=desk) as child:
        until(lambda: any(one.name.startswith(".report.jsonl.") and one.stat().st_size for one in tmp_path.iterdir()))
        child.send_signal(sent)
        assert ended(child) == CODES[sent]
    assert report.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


@pytest.mark.parametrize("sent", CODES, ids=lambda sent: sent.name)
def test_a_signal_ends_the_wait_for_a_lock(desk: str, sent: signal.Signals) -> None:
    with closing(sqlite3.connect(desk, isolation_level=None)) as holder:
        before = content(desk)
        holder.execute("BEGIN IMMEDIATE")
        with running("add", "5", "--question", "camp-people", "--claimant", "Ben", db=desk) as child:
            time.sleep(1)  # most likely it waits by then; if not, the test is none, but no failure
            child.send_signal(sent)
            assert ended(child) == CODES[sent]
        holder.execute("ROLLBACK")
    unharmed(desk, before)
