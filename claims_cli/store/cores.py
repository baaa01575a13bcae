"""Reading on all cores: the questions of a large file are worked on part by part, in processes that all see one state of it.

A process that cannot see that state, or comes to any harm, is done without: what it leaves is worked on by the others, or by the program
that asked, so that what goes wrong is told once and by it. A process that has lost its asker ends: it would keep writers from the file.
"""

from __future__ import annotations

import gc
import os
from contextlib import closing, contextmanager, suppress
from pickle import HIGHEST_PROTOCOL, dumps, loads
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from claims_cli.store.database import opened_to_read
from claims_cli.store.reading import FileReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnContext, SpawnProcess
    from pathlib import Path

    from claims_cli.store.reading import Reader

Given = TypeVar("Given")
Bounds: TypeAlias = "Mapping[str, int]"
Work: TypeAlias = "Callable[[Reader, Bounds], Iterable[Given]]"

# On two cores conflicts among 20,000 and 50,000 claims took four fifths of what one process takes, among 100,000 three fifths.
ENOUGH = 20_000  # claims
MOST_PROCESSES = 16
PARTS_PER_PROCESS = 8
PATIENCE = 100  # milliseconds: a writer that waits for the asker to end must not be waited for


def on_all_cores(reader: Reader, bounds: Bounds, work: Work[Given]) -> Iterator[Given]:
    """What some work gives on the questions within bounds, question by question in order of their number.

    Both the work and what it gives must be fit for ``pickle``. A database on a server, one as it was earlier, and few claims are worked
    on by this process alone.
    """
    path = reader.path if isinstance(reader, FileReader) else None
    if path is None or len(parts := parts_of(reader, bounds)) == 1:
        yield from work(reader, bounds)
        return
    with answers_to(parts, path, last_operation(reader), work) as answers:
        for part, answer in zip(parts, answers, strict=True):
            given = answer.result()
            yield from work(reader, part) if given is None else loads(given)  # noqa: S301  our own process wrote it


def parts_of(reader: Reader, bounds: Bounds) -> list[Bounds]:
    """Parts of about as many claims each that together are the questions within bounds; just the bounds where there are few claims."""
    if bounds["first_question"] == bounds["last_question"] or processes_wanted() == 1:
        return [bounds]
    counts = list(reader.told("claims_by_question", **bounds))
    claims = sum(count for _, count in counts)
    if claims < ENOUGH:
        return [bounds]
    share = claims / (PARTS_PER_PROCESS * processes_wanted())
    starts, held = [bounds["first_question"]], 0
    for question, count in counts:
        if held >= share or (held and count >= share):  # what is much reported is a part of its own
            starts.append(question)
            held = 0
        held += count
    ends = [*(start - 1 for start in starts[1:]), bounds["last_question"]]
    return [{**bounds, "first_question": first, "last_question": last} for first, last in zip(starts, ends, strict=True)]


def processes_wanted() -> int:
    """As many processes as this one may use cores, within reason."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_PROCESSES)


def last_operation(reader: Reader) -> int | None:
    """The number of the last operation that a reader sees; ``None`` before the first."""
    number: int | None
    ((number,),) = reader.told("last_operation")
    return number


@contextmanager
def answers_to(parts: Sequence[Bounds], path: Path, operation: int | None, work: Work[Given]) -> Iterator[Sequence[Future[bytes | None]]]:
    """What the work gives on each part, as it comes, pickled; ``None`` where no process could do it. Leaving it ends the processes.

    The processes read a file whose last operation is to be ``operation``.
    """
    from concurrent.futures import Future
    from multiprocessing import get_context

    answers: list[Future[bytes | None]] = [Future() for _ in parts]
    left = Left(parts, answers)
    context = get_context("spawn")  # a fork would take open connections along
    processes: list[SpawnProcess] = []
    try:
        with suppress(OSError, RuntimeError):  # a machine may refuse more processes: then there are fewer
            while len(processes) < min(processes_wanted(), len(parts)):
                process, ours = process_started(context, (path, operation, work))
                processes.append(process)
                left.attended_by(ours)
        left.given_up()
        yield answers
    finally:
        for process in processes:
            process.kill()  # it only reads
            process.join()


def process_started(context: SpawnContext, told: tuple[Path, int | None, Work[Any]]) -> tuple[SpawnProcess, Connection]:
    """A process that does some work on parts of a file, and the connection by which it is asked.

    It takes no part in what a terminal sends to all: the program that asked ends it.
    """
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, *told), daemon=True)
    with closing(theirs):  # so that the end of the process is noticed
        if not hasattr(os, "fork"):
            process.start()
            return process, ours
        from multiprocessing.resource_tracker import ensure_running
        from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask

        ensure_running()  # else the first start runs it, and unblocks on the way
        before = pthread_sigmask(SIG_BLOCK, {SIGINT})
        try:
            process.start()
        finally:
            pthread_sigmask(SIG_SETMASK, before)
    return process, ours


class Left:
    """The parts that are left to be worked on, and the threads that hand them to processes; whichever is free takes the next."""

    def __init__(self, parts: Sequence[Bounds], answers: Sequence[Future[bytes | None]]) -> None:
        """``answers`` are filled in, one for each part."""
        self.pairs = iter(list(zip(parts, answers, strict=True)))
        self.lock = Lock()
        self.attending = 1  # who starts the processes counts until he gives up

    def attended_by(self, process: Connection) -> None:
        """Let a process have parts, too."""
        with self.lock:
            self.attending += 1
        try:
            Thread(target=self.attend, args=(process,), daemon=True).start()
        except RuntimeError:
            self.given_up()
            raise

    def attend(self, process: Connection) -> None:
        """Hand parts to a process one after the other and take its answers, until nothing is left or it fails."""
        with closing(process):
            for part, answer in self.pairs:
                given = None
                with suppress(Exception):  # whatever it is, the asker must not wait for ever
                    process.send(part)
                    given = process.recv_bytes()
                answer.set_result(given)
                if given is None:
                    break
        self.given_up()

    def given_up(self) -> None:
        """Note that one who handed out parts does so no more; after the last, what is left has no answer."""
        with self.lock:
            self.attending -= 1
            if self.attending == 0:
                for _, answer in self.pairs:
                    answer.set_result(None)


def serve(asker: Connection, path: Path, operation: int | None, work: Work[Any]) -> None:
    """Do the work on parts of a file until nobody asks any more. As in the program that asks, garbage is not collected."""
    from signal import SIG_IGN, SIGINT, signal

    signal(SIGINT, SIG_IGN)
    gc.disable()
    Thread(target=end_with_the_asker, daemon=True).start()
    with suppress(Exception), closing(opened_to_read(path, PATIENCE)) as connection:  # the asker meets with the same trouble, and tells it
        connection.execute("BEGIN")
        reader = FileReader(connection, None)
        while last_operation(reader) == operation:
            asker.send_bytes(dumps(list(work(reader, asker.recv())), HIGHEST_PROTOCOL))


def end_with_the_asker() -> None:
    """End this process at once when the one that started it has ended."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    asker = parent_process()
    if asker is not None:
        wait([asker.sentinel])
        os._exit(1)
