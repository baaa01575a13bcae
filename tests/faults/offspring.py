"""Children of the test run that can be killed, starved and crowded: forked from a process that has the program loaded, 10 ms each."""

from __future__ import annotations

import ctypes
import resource
import signal
import tempfile
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg  # noqa: F401  a driver
import sqlalchemy.dialects.postgresql.psycopg
import sqlalchemy.dialects.sqlite.pysqlite  # noqa: F401  how to use the drivers

from tests.faults.failing import Fate, Points, failing
from tests.faults.world import build, claims

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerProcess

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["pytest", __name__])
PATIENCE = 120  # seconds, on a machine that does other things too

with tempfile.TemporaryDirectory() as folder:  # what is loaded and compiled on the way, children have from the start
    build(str(Path(folder) / "first.db"), Path(folder))


def started(work: Callable[..., None], *given: object) -> ForkServerProcess:
    """A child that does some work."""
    child = CONTEXT.Process(target=work, args=given, daemon=True)
    child.start()
    return child


def ended(child: ForkServerProcess, works: int = 1) -> int:
    """How a child ended that has so much to do: its exit code, or minus the number of the signal that killed it."""
    child.join(PATIENCE * works)
    assert child.exitcode is not None, "a child does not end"
    return child.exitcode


def carrying_out(lines: Sequence[Sequence[str]], where: str, acknowledged: Connection) -> None:
    """Carry out commands one after the other, and tell of each that is done with its number and exit code."""
    for number, words in enumerate(lines):
        done = claims(*words, db=where)
        acknowledged.send((number, done.code, done.stderr))


def killed_by_a_full_file(words: Sequence[str], where: str, largest: int) -> None:
    """Carry out a command, and be killed by the first write that makes a file larger than so many bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    raise SystemExit(claims(*words, db=where).code)


def killed_at_a_point(words: Sequence[str], where: str, point: int) -> None:
    """Carry out a command, and be killed at the n-th statement, commit, write, fsync or replace."""
    with failing(Points(point, Fate.KILLED)):
        done = claims(*words, db=where)
    raise SystemExit(done.code)


def heard(acknowledged: Connection) -> list[Any]:
    """All that a child told before its end."""
    told = []
    try:
        while acknowledged.poll():
            told.append(acknowledged.recv())
    except EOFError:
        pass
    return told


def starved(words: Sequence[str], where: str, largest: int, told: Connection) -> None:
    """Carry out a command where no file can grow larger than so many bytes, and tell how it ended."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    told.send(claims(*words, db=where))


def without_privilege(words: Sequence[str], where: str, told: Connection) -> None:
    """Carry out a command as somebody for whom permissions hold, and tell how it ended; root gives up passing over them."""
    give_up_override()
    told.send(claims(*words, db=where))


def give_up_override() -> None:
    """Drop CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH (capabilities(7)) of this process."""
    system = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable, twice 32 bits
    if system.capget(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    for which in range(3):
        sets[which] &= ~0b110
    if system.capset(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def told_by(work: Callable[..., None], *given: object) -> Any:  # noqa: ANN401  whatever it tells
    """What a child tells of its work."""
    mine, its = CONTEXT.Pipe(duplex=False)
    child = started(work, *given, its)
    its.close()
    assert mine.poll(PATIENCE)
    answer = mine.recv()
    assert ended(child) == 0
    return answer
