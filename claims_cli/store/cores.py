"""Reading on all cores: the questions of a large file are worked on part by part, in processes that all see one state of it.

A process that cannot see that state, or comes to any harm, gives no answer; the part is then worked on by the program that asked, so that
what goes wrong is told once and by it. A process that has lost its asker ends: it would keep writers from the file.
"""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pickle import HIGHEST_PROTOCOL, dumps, loads
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from claims_cli.store.database import Address
from claims_cli.store.reading import FileReader, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from multiprocessing.connection import Connection
    from pathlib import Path

    from claims_cli.store.reading import Reader

Given = TypeVar("Given")
Bounds: TypeAlias = "Mapping[str, int]"
Work: TypeAlias = "Callable[[Reader, Bounds], Iterable[Given]]"

ENOUGH = 50_000  # claims: fewer are worked on before another process has started
PARTS_PER_CORE = 32
PATIENCE = 100  # milliseconds: a writer that waits for the asker to end must not be waited for


@dataclass(frozen=True, slots=True)
class State:
    """A file, and the last operation that is seen in it."""

    path: Path
    last_operation: int


def on_all_cores(reader: Reader, bounds: Bounds, work: Work[Given]) -> Iterator[Given]:
    """What some work gives on the questions within bounds, question by question in order of their number.

    Both the work and what it gives must be fit for ``pickle``. A database on a server, one as it was earlier, and one with few claims are
    worked on by this process alone.
    """
    parts = parts_of(reader, bounds)
    if len(parts) <= 1 or not isinstance(reader, FileReader) or reader.path is None:
        yield from work(reader, bounds)
        return
    with answers_to(parts, state_of(reader, reader.path), work) as answers:
        for part, answer in zip(parts, answers, strict=True):
            given = answer.result()
            yield from work(reader, part) if given is None else loads(given)  # noqa: S301  our own process wrote it


def parts_of(reader: Reader, bounds: Bounds) -> list[Bounds]:
    """The parts in which the questions within bounds are worked on; just the bounds where one process does it all."""
    several = bounds["first_question"] != bounds["last_question"] and cores() > 1
    if not several or not isinstance(reader, FileReader) or reader.path is None or last_number(reader, "claim") < ENOUGH:
        return [bounds]
    last = min(bounds["last_question"], last_number(reader, "question"))
    step = max(1, last // (PARTS_PER_CORE * cores()))
    starts = range(bounds["first_question"], last + 1, step)
    return [{**bounds, "first_question": start, "last_question": min(start + step - 1, bounds["last_question"])} for start in starts]


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def last_number(reader: FileReader, table: str) -> int:
    """The largest number of a row of a table; 0 without rows."""
    (found,) = reader.connection.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}").fetchone()  # noqa: S608  our own names
    assert isinstance(found, int)  # noqa: S101  for the type checker
    return found


def state_of(reader: FileReader, path: Path) -> State:
    """The state that a reader sees."""
    return State(path, last_number(reader, "operation"))


@contextmanager
def answers_to(parts: Sequence[Bounds], state: State, work: Work[Given]) -> Iterator[list[Future[bytes | None]]]:
    """What the work gives on each part, as it comes, pickled; ``None`` where no process could do it. Leaving it ends the processes."""
    from concurrent.futures import Future
    from multiprocessing import get_context
    from threading import Thread

    answers: list[Future[bytes | None]] = [Future() for _ in parts]
    left = iter(list(zip(parts, answers, strict=True)))  # whichever thread is free takes the next
    context = get_context("spawn")  # a fork would take open connections along
    processes = []
    try:
        for _ in range(min(cores(), len(parts))):
            ours, theirs = context.Pipe()
            process = context.Process(target=serve, args=(theirs, state, work), daemon=True)
            with interrupts_kept_from_it():
                process.start()
            theirs.close()  # so that the end of the process is noticed
            processes.append(process)
            Thread(target=attend, args=(ours, left), daemon=True).start()
        yield answers
    finally:
        for process in processes:
            process.kill()  # it only reads
            process.join()


@contextmanager
def interrupts_kept_from_it() -> Iterator[None]:
    """Whatever starts meanwhile takes no part in what a terminal sends to all: the program that asked ends it."""
    if not hasattr(os, "fork"):
        yield
        return
    from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask

    before = pthread_sigmask(SIG_BLOCK, {SIGINT})
    try:
        yield
    finally:
        pthread_sigmask(SIG_SETMASK, before)


def attend(process: Connection, left: Iterator[tuple[Bounds, Future[bytes | None]]]) -> None:
    """Hand parts to a process one after the other, and take its answers."""
    for part, answer in left:
        given = None
        with suppress(OSError, EOFError):
            process.send(part)
            given = process.recv_bytes()
        answer.set_result(given)


def serve(asker: Connection, state: State, work: Work[Any]) -> None:
    """Do the work on parts of a file until nobody asks any more. As in the program that asks, garbage is not collected."""
    gc.disable()
    with suppress(Exception), reading(Address(state.path, "")) as reader:  # the asker meets with the same trouble, and tells it
        assert isinstance(reader, FileReader)  # noqa: S101  for the type checker
        reader.connection.execute(f"PRAGMA busy_timeout={PATIENCE}")
        while state_of(reader, state.path) == state:
            asker.send_bytes(dumps(list(work(reader, asker.recv())), HIGHEST_PROTOCOL))
