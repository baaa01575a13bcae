"""Reading on all cores: the same answers as one process gives, whatever happens to the others, and none of them outlives its asker."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from benchmarks.filling import fill
from benchmarks.world import World
from claims_cli.assess.conflicts import Width, conflicts_found
from claims_cli.assess.report import claims_reported
from claims_cli.core.errors import NotUnderstood
from claims_cli.store import cores
from claims_cli.store.database import Address
from claims_cli.store.reading import EVERY_ID, FileReader, Reader, reading
from tests.conftest import PATIENCE, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EVERYTHING = {name: EVERY_ID[name.startswith("last")] for name in ("first_topic", "last_topic", "first_question", "last_question")}
ORPHANS = """
import sys
from claims_cli.store import cores
from claims_cli.store.database import Address
from claims_cli.store.reading import reading
from pathlib import Path
from tests.store.test_cores import EVERYTHING, long_work
cores.ENOUGH = 1
cores.processes_wanted = lambda: 2
if __name__ == "__main__":
    with reading(Address(Path(sys.argv[1]), "")) as reader:
        list(cores.on_all_cores(reader, EVERYTHING, long_work))
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of some seventy questions."""
    path = tmp_path_factory.mktemp("cores") / "world.db"
    fill(path, World(3_000))
    return path


@pytest.fixture
def at_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two processes work however few claims there are."""
    monkeypatch.setattr(cores, "ENOUGH", 1)
    monkeypatch.setattr(cores, "processes_wanted", lambda: 2)


def process_of_each_part(reader: Reader, bounds: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """The process that works on a part, and the part's first question."""
    assert isinstance(reader, FileReader)
    yield os.getpid(), bounds["first_question"]


def refusing(reader: Reader, bounds: Mapping[str, int]) -> Iterator[int]:
    """A piece of work that fails on some part."""
    del reader
    yield bounds["first_question"]
    if bounds["first_question"] > 1:
        raise NotUnderstood("the second part is refused")


def long_work(reader: Reader, bounds: Mapping[str, int]) -> Iterator[int]:
    """A piece of work that tells which process does it, and goes on for long."""
    del reader
    os.write(sys.stdout.fileno(), f"{os.getpid()}\n".encode())
    time.sleep(10 * PATIENCE)
    yield bounds["first_question"]


def dying_once(reader: Reader, bounds: Mapping[str, int]) -> Iterator[int]:
    """A piece of work at which the process dies that takes the first part, unless it is the one that asks."""
    del reader
    if bounds["first_question"] <= 1 and os.environ.get("ASKER") != str(os.getpid()):
        os._exit(1)
    yield os.getpid()


def dying(reader: Reader, bounds: Mapping[str, int]) -> Iterator[int]:
    """A piece of work at which a process dies, unless it is the one that asks."""
    del reader
    if os.environ.get("ASKER") != str(os.getpid()):
        os._exit(1)
    yield bounds["first_question"]


def test_conflicts_and_the_report_are_those_of_one_process(world: Path, request: pytest.FixtureRequest) -> None:
    def told() -> tuple[list[object], list[object], list[object]]:
        with reading(Address(world, "")) as reader:
            robust = conflicts_found(reader, width=Width(robust=True))
            return list(conflicts_found(reader)), list(robust), list(claims_reported(reader, topic=None, question=None))

    alone = told()
    request.getfixturevalue("at_any_size")
    assert told() == alone
    assert all(alone)


@pytest.mark.usefixtures("at_any_size")
def test_parts_are_worked_on_elsewhere_and_told_in_order(world: Path) -> None:
    with reading(Address(world, "")) as reader:
        told = list(cores.on_all_cores(reader, EVERYTHING, process_of_each_part))
    processes, firsts = zip(*told, strict=True)
    assert os.getpid() not in processes
    assert list(firsts) == sorted(set(firsts))
    assert firsts[0] <= 1


@pytest.mark.usefixtures("at_any_size")
def test_one_question_and_a_database_as_it_was_are_worked_on_here(world: Path) -> None:
    one = {**EVERYTHING, "first_question": 3, "last_question": 3}
    with reading(Address(world, "")) as reader:
        assert [process for process, _ in cores.on_all_cores(reader, one, process_of_each_part)] == [os.getpid()]
    with reading(Address(world, ""), known_at="2999-01-01T00:00:00Z") as reader:
        assert [process for process, _ in cores.on_all_cores(reader, EVERYTHING, process_of_each_part)] == [os.getpid()]


@pytest.mark.usefixtures("at_any_size")
def test_what_goes_wrong_elsewhere_is_told_here(world: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with reading(Address(world, "")) as reader, pytest.raises(NotUnderstood, match="the second part is refused"):
        list(cores.on_all_cores(reader, EVERYTHING, refusing))
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("at_any_size")
def test_the_parts_of_a_process_that_dies_are_worked_on_here(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKER", str(os.getpid()))
    with reading(Address(world, "")) as reader:
        told = list(cores.on_all_cores(reader, EVERYTHING, dying))
    assert told[0] <= 1
    assert told == sorted(set(told))


@pytest.mark.usefixtures("at_any_size")
def test_a_process_that_sees_another_state_gives_no_answer(world: Path) -> None:
    with reading(Address(world, "")) as reader:
        parts = cores.parts_of(reader, EVERYTHING)
        with cores.answers_to(parts, world, 0, process_of_each_part) as answers:
            assert {answer.result(PATIENCE) for answer in answers} == {None}


@pytest.mark.usefixtures("at_any_size")
def test_one_process_that_dies_leaves_the_other_parts_to_the_rest(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKER", str(os.getpid()))
    with reading(Address(world, "")) as reader:
        told = list(cores.on_all_cores(reader, EVERYTHING, dying_once))
    assert told[0] == os.getpid()
    assert os.getpid() not in told[1:]


@pytest.mark.usefixtures("at_any_size")
def test_a_machine_that_refuses_processes_gets_the_answer_from_one(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(cores, "process_started", refused)
    with reading(Address(world, "")) as reader:
        processes, firsts = zip(*cores.on_all_cores(reader, EVERYTHING, process_of_each_part), strict=True)
    assert set(processes) == {os.getpid()}
    assert list(firsts) == sorted(set(firsts))


@pytest.mark.usefixtures("at_any_size")
def test_a_writer_that_waits_for_the_asker_is_not_waited_for(world: Path) -> None:
    failed: list[Exception] = []

    def write() -> None:
        try:
            with closing(sqlite3.connect(world, isolation_level=None, timeout=8)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE topic SET title = title")
                connection.execute("COMMIT")  # waits until nobody reads
        except sqlite3.Error as error:
            failed.append(error)

    with reading(Address(world, "")) as reader:
        parts = cores.parts_of(reader, EVERYTHING)
        writer = Thread(target=write)
        writer.start()
        while not is_locked(world):
            time.sleep(0.01)
        told = list(cores.on_all_cores(reader, EVERYTHING, process_of_each_part))
        assert [first for _, first in told] == [part["first_question"] for part in parts]
    writer.join()
    assert not failed


def is_locked(path: Path) -> bool:
    """Whether a writer keeps new readers out."""
    try:
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            connection.execute("SELECT MAX(id) FROM topic").fetchone()
    except sqlite3.OperationalError:
        return True
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc to look into")
def test_no_process_outlives_an_asker_that_is_killed_however_long_its_work(world: Path, tmp_path: Path) -> None:
    program = tmp_path / "orphans.py"
    program.write_text(ORPHANS, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(program), str(world)], stdout=subprocess.PIPE, encoding="utf-8", env=environment) as asker:
        assert asker.stdout is not None
        others = [int(asker.stdout.readline()) for _ in range(2)]
        assert all(map(is_running, others))
        asker.send_signal(signal.SIGKILL)
        asker.wait(PATIENCE)
        end = time.monotonic() + PATIENCE
        while any(map(is_running, others)) and time.monotonic() < end:
            time.sleep(0.05)
        assert not any(map(is_running, others))


def is_running(process: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
