"""``python -m benchmarks NAME…``: times the work and its floor, and prints a line for each size."""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measures import Measure, exponent_between, measured
from benchmarks.works import BENCHMARKS, Benchmark, Desk
from benchmarks.world import FEWEST_CLAIMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMNS = ("work", "claims", "figure s", "floor s", "ratio", "target", "reached", "exponent ≤ 1.15", "MB", "floor")
TO_THE_LEFT = {"work", "floor"}
MOST_RUNS = 7
RUNS_ARE_FEWER = "each is run at most so often, its best time counts; fewer where a run takes long"


def main(words: Sequence[str] | None = None) -> None:
    """Run the benchmarks that the words name."""
    options = parser().parse_args(words)
    with tempfile.TemporaryDirectory(prefix="claims-") as folder:
        desk = Desk(Path(folder), say)
        for name in options.names:
            benchmark = BENCHMARKS[name]
            print(f"{name}: {benchmark.about}")
            for line in table([COLUMNS, *lines(benchmark, desk, options.claims or benchmark.sizes, options.runs)]):
                print(line)
            print(flush=True)


def parser() -> argparse.ArgumentParser:
    """What the words may be."""
    known = argparse.ArgumentParser(prog="python -m benchmarks", description="Seconds for a piece of work, and for its floor.")
    known.add_argument("names", nargs="+", choices=tuple(BENCHMARKS), metavar="NAME", help=f"of {', '.join(BENCHMARKS)}")
    known.add_argument("--claims", nargs="+", type=size, metavar="N", help=f"sizes to run at, from {FEWEST_CLAIMS} on")
    known.add_argument("--runs", type=int, default=MOST_RUNS, metavar="N", help=RUNS_ARE_FEWER)
    return known


def size(text: str) -> int:
    """A number of claims, such as 100000, 100_000 or 1e5."""
    value = int(float(text))
    if value < FEWEST_CLAIMS:
        raise argparse.ArgumentTypeError(f"{text} claims are fewer than {FEWEST_CLAIMS}")
    return value


def say(text: str) -> None:
    """Tell the person what goes on."""
    print(text, file=sys.stderr)


def lines(benchmark: Benchmark, desk: Desk, sizes: Sequence[int], runs: int) -> Iterator[tuple[str, ...]]:
    """The lines of a benchmark: its works, each by size."""
    by_work: dict[str, list[Measure]] = {}
    for claims in sorted(sizes):
        for work in benchmark.works(desk, claims):
            say(f"timing {work.name}, {claims:,} claims")
            by_work.setdefault(work.name, []).append(measured(work, claims, runs=runs))
    for measures in by_work.values():
        yield cells(measures[0], None)
        for smaller, larger in pairwise(measures):
            yield cells(larger, exponent_between(smaller, larger))


def cells(measure: Measure, exponent: float | None) -> tuple[str, ...]:
    """A measure in COLUMNS; ``exponent`` is the growth from the size before, ``None`` at the first."""
    work = measure.work
    reached = None if work.most is None else measure.ratio <= work.most
    return (
        work.name,
        f"{measure.claims:,}",
        f"{measure.figure.seconds:.3f}",
        f"{measure.floor.seconds:.3f}",
        f"{measure.ratio:.1f}",
        "" if work.most is None else f"≤ {work.most:g}",
        {None: "", True: "yes", False: "no"}[reached],
        "" if exponent is None else f"{exponent:z.2f}",
        f"{measure.figure.megabytes:.0f}",
        work.floor_words,
    )


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows with their columns aligned, under the names in the first."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        aligned = (
            cell.ljust(width) if name in TO_THE_LEFT else cell.rjust(width) for name, cell, width in zip(rows[0], row, widths, strict=True)
        )
        yield "  ".join(aligned).rstrip()


if __name__ == "__main__":
    main()
