"""The benchmarks: for each name, the pieces of work that it times in a world of some size."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.filling import fill, make_empty, write_table
from benchmarks.measures import Program, Work
from benchmarks.world import HOT, QUIET, QUIET_ACTOR, World

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LARGE = (10_000, 100_000)
SMALL = (100,)
FEW = 1_000  # claims among which a filter, or one question, is timed for its floor
ORDINARY = "question-1"  # a rate that some thirty claims give in a world of any size

# Each floor reads its rows one by one, as the program must; so it holds none of them.
READ_ROWS = """
import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
    pass
"""
IMPORT_ROWS = """
import csv, sqlite3, sys
rows = csv.reader(open(sys.argv[2], encoding="utf-8", newline=""))
columns = ", ".join(next(rows))
with sqlite3.connect(sys.argv[1]) as connection:
    connection.execute(f"CREATE TABLE plain ({columns})")
    connection.executemany(f"INSERT INTO plain VALUES ({', '.join('?' * (columns.count(',') + 1))})", rows)
"""
EXPORT_ROWS = """
import csv, sqlite3, sys
csv.writer(sys.stdout).writerows(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]))
"""
ROWS_TO_COMPARE = """
SELECT id, question_id, claimant_id, source_id, low_exact, high_exact, hedge, stance, modality, day_from, day, said_day, horizon
FROM claim
ORDER BY question_id, day
"""
ROWS_TO_TRACE = """
SELECT id, question_id, claimant_id, source_id, low_exact, high_exact, hedge, stance, modality, day_from, day, said_day, horizon
FROM claim
ORDER BY question_id, said_day, day, id
"""
ROWS_TO_EXPORT = "SELECT * FROM claim_view ORDER BY id"


@dataclass(slots=True)
class Desk:
    """The folder where a run works; what is made in it is made once."""

    folder: Path
    say: Callable[[str], None]
    made: set[Path] = field(default_factory=set)

    def database(self, world: World) -> Path:
        """A database that holds a world."""
        return self.once(f"{world.claims}-{world.hot_share}.db", lambda path: fill(path, world))

    def table(self, world: World) -> Path:
        """A CSV that holds a world."""
        return self.once(f"{world.claims}-{world.hot_share}.csv", lambda path: write_table(world, path))

    def empty(self) -> Path:
        """A database without claims."""
        return self.once("empty.db", make_empty)

    def once(self, name: str, make: Callable[[Path], None]) -> Path:
        """A file of the folder, made when it is asked for first."""
        path = self.folder / name
        if path not in self.made:
            self.say(f"making {name}")
            make(path)
            self.made.add(path)
        return path


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark: what it is about, the sizes of its worlds, and what it times in one of them."""

    about: str
    sizes: tuple[int, ...]
    works: Callable[[Desk, int], list[Work]]


def claims(*words: object) -> tuple[str, ...]:
    """A ``claims`` command line."""
    return (sys.executable, "-m", "claims_cli", *map(str, words))


def python(text: str, *words: object) -> tuple[str, ...]:
    """A bare Python that runs a text."""
    return (sys.executable, "-I", "-S", "-c", text, *map(str, words))


def startup(desk: Desk, size: int) -> list[Work]:
    """Short commands against bare Python."""
    database = desk.database(World(size))
    commands = {"--help": 13, "--version": 13, "list": 25, "conflicts": 25}
    bare = Program((sys.executable, "-c", "pass"))
    return [Work(word, Program(claims("--db", database, word)), bare, "python -c pass", most) for word, most in commands.items()]


def import_(desk: Desk, size: int) -> list[Work]:
    """A whole table into a database without claims, each row checked, against the same rows into a plain table."""
    table, into, plain = desk.table(World(size)), desk.folder / "into.db", desk.folder / "plain.db"
    figure = Program(claims("--db", into, "import", table), desk.empty(), into)
    if program := shutil.which("sqlite3"):
        floor = Program((program, str(plain), ".mode csv", f'.import "{table}" plain'), None, plain)
        return [Work("import", figure, floor, "sqlite3 .import", 2.5)]
    return [Work("import", figure, Program(python(IMPORT_ROWS, plain, table), None, plain), "sqlite3 module, executemany", 2.5)]


def export(desk: Desk, size: int) -> list[Work]:
    """All claims to CSV, as they are listed and as a report, against the same rows written by the csv module."""
    database = desk.database(World(size))
    report = desk.folder / "report.csv"
    if program := shutil.which("sqlite3"):
        floor, words = Program((program, "-csv", str(database), ROWS_TO_EXPORT)), "sqlite3 -csv"
    else:
        floor, words = Program(python(EXPORT_ROWS, database, ROWS_TO_EXPORT)), "csv.writer of the rows"
    return [
        Work("list --csv", Program(claims("--db", database, "list", "--csv")), floor, words, 2.2),
        Work("export", Program(claims("--db", database, "export", report, "--force")), floor, words, 2.2),
    ]


def conflicts(desk: Desk, size: int) -> list[Work]:
    """All conflicts among many questions, against reading the same rows in order."""
    database = desk.database(World(size))
    floor = Program(python(READ_ROWS, database, ROWS_TO_COMPARE))
    return [Work("conflicts", Program(claims("--db", database, "conflicts")), floor, "sqlite3 module, same rows", 8)]


def hot(desk: Desk, size: int) -> list[Work]:
    """The conflicts of one question that nearly all claims answer, against reading the same rows in order."""
    database = desk.database(World(size, hot_share=1))
    figure = Program(claims("--db", database, "conflicts", "--question", HOT.slug))
    floor = Program(python(READ_ROWS, database, ROWS_TO_COMPARE))
    return [Work("conflicts, one question", figure, floor, "sqlite3 module, same rows", 12)]


def question(desk: Desk, size: int) -> list[Work]:
    """The conflicts of one ordinary question among many: what is to be computed again when claims on it were added."""
    many, few = desk.database(World(size)), desk.database(World(min(size, FEW)))
    words = ("conflicts", "--question", ORDINARY)
    figure, floor = Program(claims("--db", many, *words)), Program(claims("--db", few, *words))
    return [Work("conflicts --question", figure, floor, f"the same among {min(size, FEW):,}", 1.2)]


def filter_(desk: Desk, size: int) -> list[Work]:
    """The same few claims found among many, against the same command among few."""
    many, few = desk.database(World(size)), desk.database(World(min(size, FEW)))
    filters: list[tuple[tuple[str, ...], float | None]] = [
        (("--question", QUIET.slug), 1.2),
        (("--claimant", QUIET_ACTOR), 1.2),
        (("--source", "1"), 1.2),
        (("--ref", "c0"), None),  # not indexed, and so without a target
    ]
    return [
        Work(
            f"list {words[0]}",
            Program(claims("--db", many, "list", *words)),
            Program(claims("--db", few, "list", *words)),
            f"the same among {min(size, FEW):,}",
            most,
        )
        for words, most in filters
    ]


def trace(desk: Desk, size: int) -> list[Work]:
    """The trace of one question that nearly all claims answer, against reading the same rows in order."""
    database = desk.database(World(size, hot_share=1))
    figure = Program(claims("--db", database, "trace", "--question", HOT.slug, "--csv"))
    return [Work("trace", figure, Program(python(READ_ROWS, database, ROWS_TO_TRACE)), "sqlite3 module, same rows", None)]


# A new benchmark is a line here and a function above that gives its works.
BENCHMARKS = {
    "startup": Benchmark("short commands", SMALL, startup),
    "import": Benchmark("a table into a database", LARGE, import_),
    "export": Benchmark("a database into a table", LARGE, export),
    "conflicts": Benchmark("conflicts on many questions", LARGE, conflicts),
    "hot": Benchmark("conflicts on one question", LARGE, hot),
    "question": Benchmark("conflicts of one question among many", LARGE, question),
    "filter": Benchmark("few claims found among many", LARGE, filter_),
    "trace": Benchmark("how one question's answers moved", LARGE, trace),
}
