"""Measuring: a piece of work and its floor, run in turn as programs of their own, the best time of each."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]
STOPWATCH = Path(__file__).parent / "stopwatch.py"
ENOUGH = 3.0  # seconds of running after which a figure is taken as it is


@dataclass(frozen=True, slots=True)
class Program:
    """A command line; ``from_file`` is copied to ``to_file`` before each run, ``None``: nothing is."""

    words: tuple[str, ...]
    from_file: Path | None = None
    to_file: Path | None = None

    def prepare(self) -> None:
        """Bring the files to the state from which each run starts."""
        if self.to_file is not None:
            self.to_file.write_bytes(b"" if self.from_file is None else self.from_file.read_bytes())


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work: what is timed, and what the same machine does at least, said in words.

    ``most`` is the ratio to reach; ``None``: none is set.
    """

    name: str
    program: Program
    floor: Program
    floor_words: str
    most: float | None


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: seconds, and megabytes at the most."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Measure:
    """A piece of work as it was measured on so many claims."""

    work: Work
    claims: int
    figure: Run
    floor: Run

    @property
    def ratio(self) -> float:
        """How many times its floor the work takes."""
        return self.figure.seconds / self.floor.seconds


def exponent_between(smaller: Measure, larger: Measure) -> float:
    """The power of the number of claims with which the time grows: 1 is in proportion."""
    return math.log(larger.figure.seconds / smaller.figure.seconds) / math.log(larger.claims / smaller.claims)


def measured(work: Work, claims: int, *, runs: int) -> Measure:
    """The best of some runs, fewer where they take long. Figure and floor take turns, as a machine drifts."""
    pairs: list[tuple[Run, Run]] = []
    spent = 0.0
    while len(pairs) < runs and spent < ENOUGH:
        pairs.append((timed(work.program), timed(work.floor)))
        spent += sum(run.seconds for run in pairs[-1])
    return Measure(work, claims, best([figure for figure, _ in pairs]), best([floor for _, floor in pairs]))


def best(runs: Sequence[Run]) -> Run:
    """The shortest time, and the most memory."""
    return Run(min(run.seconds for run in runs), max(run.megabytes for run in runs))


def timed(program: Program) -> Run:
    """One run, its output thrown away. Raises RuntimeError when the program fails."""
    program.prepare()
    command = [sys.executable, "-I", "-S", str(STOPWATCH), os.devnull, *program.words]
    done = subprocess.run(command, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)  # noqa: S603  our words
    if done.returncode:
        raise RuntimeError(done.stderr)
    seconds, megabytes = map(float, done.stdout.split())
    return Run(seconds, megabytes)


def environment() -> dict[str, str]:
    """This environment without what would change answers, with the program at hand."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CLAIMS_", "PYTHON")) and name != "SOURCE_DATE_EPOCH"}
    return kept | {"PYTHONPATH": str(ROOT)}
