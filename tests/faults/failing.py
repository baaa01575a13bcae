"""Parts of the program's footing that fail on the n-th use: statements, commits, and what is done to files."""

from __future__ import annotations

import errno
import io
import os
import signal
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NO_ROOM = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
CAUSES = ("disk I/O error", "connection to server was lost", os.strerror(errno.ENOSPC))


class Fate(StrEnum):
    """What befalls the program at the point of failure."""

    ERROR = "error"
    KILLED = "killed"


@dataclass(slots=True)
class Points:
    """Counts the points at which something can fail, and lets the n-th of them fail; 0: none."""

    at: int
    fate: Fate = Fate.ERROR
    passed: int = 0

    @property
    def reached(self) -> bool:
        """Whether the point was come to at all."""
        return 0 < self.at <= self.passed

    def pass_one(self, error: Exception) -> None:
        """Pass a point, or fail there."""
        self.passed += 1
        if self.passed != self.at:
            return
        if self.fate is Fate.KILLED:
            os.kill(os.getpid(), signal.SIGKILL)
        raise error


def before(points: Points, work: Callable[..., Any], error: Exception) -> Callable[..., Any]:
    """The same work with a point before it."""

    def done(*given: Any, **named: Any) -> Any:  # noqa: ANN401  whatever the work takes and gives
        points.pass_one(error)
        return work(*given, **named)

    return done


@contextmanager
def failing(points: Points) -> Iterator[None]:
    """Let the n-th execute, commit, write, fsync or replace fail; a commit has a point before and one after it."""
    with failing_file(points), failing_server(points), failing_disk(points):
        yield


@contextmanager
def failing_file(points: Points) -> Iterator[None]:
    """Points on the way to SQLite."""
    broken = sqlite3.OperationalError("disk I/O error")

    class Cursor(sqlite3.Cursor):
        def execute(self, *given: Any) -> Cursor:  # noqa: ANN401  whatever the driver takes
            points.pass_one(broken)
            return super().execute(*given)

        def executemany(self, *given: Any) -> Cursor:  # noqa: ANN401  the same
            points.pass_one(broken)
            return super().executemany(*given)

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:  # noqa: ANN401  the same
            return super().cursor(factory)

        def execute(self, *given: Any) -> Any:  # noqa: ANN401  the same
            return self.cursor().execute(*given)

        def commit(self) -> None:
            points.pass_one(broken)
            super().commit()
            points.pass_one(broken)

    connect = sqlite3.connect
    with patch.object(sqlite3, "connect", lambda *given, **named: connect(*given, factory=Connection, **named)):
        yield


@contextmanager
def failing_server(points: Points) -> Iterator[None]:
    """Points on the way to PostgreSQL."""
    lost = psycopg.OperationalError("connection to server was lost")
    committed = psycopg.Connection.commit

    def commit(connection: psycopg.Connection[Any]) -> None:
        points.pass_one(lost)
        committed(connection)
        points.pass_one(lost)

    with (
        patch.object(psycopg.Cursor, "execute", before(points, psycopg.Cursor.execute, lost)),
        patch.object(psycopg.Cursor, "executemany", before(points, psycopg.Cursor.executemany, lost)),
        patch.object(psycopg.ServerCursor, "execute", before(points, psycopg.ServerCursor.execute, lost)),
        patch.object(psycopg.Connection, "commit", commit),
    ):
        yield


@contextmanager
def failing_disk(points: Points) -> Iterator[None]:
    """Points on the way to a file: each write, fsync and replace."""

    class File(io.FileIO):
        def write(self, content: Any) -> int:  # noqa: ANN401  whatever can be written
            points.pass_one(NO_ROOM)
            return super().write(content)

    def opened(handle: int, mode: str = "r", *, encoding: str | None = None, newline: str | None = None) -> Any:  # noqa: ANN401  a text or a file of bytes
        raw = io.BufferedWriter(File(handle, mode.replace("b", "")))
        return raw if "b" in mode else io.TextIOWrapper(raw, encoding=encoding, newline=newline)

    with (
        patch.object(os, "fdopen", opened),
        patch.object(os, "fsync", before(points, os.fsync, NO_ROOM)),
        patch.object(os, "replace", before(points, os.replace, NO_ROOM)),
    ):
        yield
