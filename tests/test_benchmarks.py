"""Each benchmark runs and prints its columns. How long anything takes is nobody's business here."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from benchmarks.__main__ import COLUMNS, main
from benchmarks.filling import fill, make_empty, write_table
from benchmarks.measures import Measure, Program, Run, Work, exponent_between, timed
from benchmarks.works import BENCHMARKS
from benchmarks.world import FEWEST_CLAIMS, HOT, QUIET, QUIET_CLAIMS, World

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run as RunClaims

HEADER = [word for name in COLUMNS for word in name.split()]


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_benchmark_prints_a_line_for_each_of_its_works(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([name, "--claims", "200", "--runs", "1"])
    title, header, *lines, empty = capsys.readouterr().out.splitlines()
    assert title.startswith(f"{name}: ")
    assert header.split() == HEADER
    assert lines
    assert all(" 200 " in line for line in lines)
    assert empty == ""


def test_two_sizes_show_the_exponent_between_them(capsys: pytest.CaptureFixture[str]) -> None:
    main(["trace", "--claims", "200", "100", "--runs", "1"])
    _, header, smaller, larger, _ = capsys.readouterr().out.splitlines()
    start, end = header.index("exponent"), header.index("MB") - 2
    assert " 100 " in smaller
    assert not smaller[start:end].strip()
    assert " 200 " in larger
    assert float(larger[start:end]) < 10


def test_the_exponent_is_two_where_ten_times_the_claims_take_a_hundred_times_as_long() -> None:
    work = Work("any", Program(()), Program(()), "nothing", most=None)
    smaller, larger = (Measure(work, claims, Run(seconds, 1), Run(1, 1)) for claims, seconds in ((1_000, 0.5), (10_000, 50)))
    assert exponent_between(smaller, larger) == pytest.approx(2)


def test_a_program_that_fails_stops_the_run() -> None:
    with pytest.raises(RuntimeError, match="false ended with 1"):
        timed(Program(("false",)))


def test_too_few_claims_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["hot", "--claims", str(FEWEST_CLAIMS - 1)])
    assert f"fewer than {FEWEST_CLAIMS}" in capsys.readouterr().err


def test_a_world_is_the_same_each_time() -> None:
    assert list(World(300).told()) == list(World(300).told())


def test_a_world_has_a_hot_question_and_a_quiet_one_of_the_same_size() -> None:
    for world in (World(1_000), World(10_000)):
        asked = [claim.question for claim in world.told()]
        assert len(asked) == world.claims
        assert asked.count(QUIET.slug) == QUIET_CLAIMS
        assert 0.08 < asked.count(HOT.slug) / world.claims < 0.12


def test_filling_a_database_leaves_what_importing_the_table_leaves(run: RunClaims, tmp_path: Path) -> None:
    world = World(200)
    table, imported, filled = tmp_path / "world.csv", tmp_path / "imported.db", tmp_path / "filled.db"
    write_table(world, table)
    make_empty(imported)
    assert run("import", str(table), db=str(imported)).code == 0
    fill(filled, world)
    for command in ("list", "conflicts", "questions", "sources"):
        answers = [run(command, "--csv", db=str(path)).stdout for path in (imported, filled)]
        one, other = ([drop_moment(row) for row in csv.DictReader(StringIO(answer))] for answer in answers)
        assert one == other


def drop_moment(row: dict[str, str]) -> dict[str, str]:
    """A row without when it was recorded."""
    return {name: cell for name, cell in row.items() if name != "recorded_at"}
