"""kill -9 at any moment: what was acknowledged is there, nothing is there by halves, and the next command needs no manual step."""

from __future__ import annotations

import json
import random
import shutil
import signal
import sqlite3
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from claims_cli.store.database import address_of
from claims_cli.store.integrity import damage_of
from tests.faults.conftest import counted
from tests.faults.offspring import CONTEXT, PATIENCE, carrying_out, ended, heard, killed_by_a_full_file, started
from tests.faults.world import claims, content, worked

if TYPE_CHECKING:
    from collections.abc import Callable

PUBLISHER = "Gazette"
ROWS = 100  # in one import
SENTENCES = 12  # in one article
OPERATIONS = 25  # in one child, so many that it is always killed before the last
LONGEST = 0.1  # seconds from the first acknowledgement to the kill
KILLS_IN_A_ROW = 10  # of one database
PAGE = 4096


def table(folder: Path, number: int) -> str:
    """A table of claims, all with the number of the table in their ref."""
    path = folder / f"{number}.jsonl"
    rows = [
        {"question": "camp-people", "value": str(row), "claimant": f"Voice {number}-{row % 9}", "relay": "Eve > Agency"}
        | {"publisher": PUBLISHER, "title": str(number)}
        for row in range(ROWS)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def article(folder: Path, number: int) -> str:
    """An article with some claims."""
    path = folder / f"{number}.txt"
    lines = [f"The ministry said on Monday that {number * 100 + line} people live in the camp.\n\n" for line in range(SENTENCES)]
    path.write_text("".join(lines), encoding="utf-8")
    return str(path)


def imports(folder: Path, first: int) -> list[list[str]]:
    """Commands that import tables, from one number on."""
    return [["import", table(folder, number)] for number in range(first, first + OPERATIONS)]


def ingests(folder: Path, first: int) -> list[list[str]]:
    """Commands that take in articles, from one number on."""
    told = ("--published", "2024-11-05", "--publisher", PUBLISHER)
    return [["ingest", article(folder, number), *told] for number in range(first, first + OPERATIONS)]


NEXT = (("list",), ("conflicts",), ("export", "--force", "out.csv"), ("db", "upgrade"), ("doctor",), ("codebook", "export"))
BROUGHT: dict[Callable[[Path, int], list[list[str]]], int] = {
    imports: ROWS,
    ingests: 2 * SENTENCES,
}  # two in a sentence


def brought(where: str) -> list[int]:
    """How many claims each operation of a child brought: read as the program itself reads, first thing after the kill."""
    rows = json.loads(worked("list", "--json", db=where))
    found = Counter(int(row["title"]) for row in rows if row["publisher"] == PUBLISHER)
    assert list(found) == list(range(len(found)))
    return list(found.values())


def sound(where: str) -> None:
    """Check that the file is in order, and that nothing is left beside it."""
    path = address_of(where).path
    if path is None:
        return
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert [one.name for one in path.parent.glob(f"{path.name}-*") if one.stat().st_size] == []


@counted(10, 250)
@pytest.mark.parametrize("commands", BROUGHT)
def test_a_kill_at_a_random_moment_loses_nothing_that_was_acknowledged(
    copy: Callable[[], str], tmp_path: Path, commands: Callable[[Path, int], list[list[str]]], count: int
) -> None:
    chance = random.Random(count)  # noqa: S311  a fixed seed, though the moments depend on the machine
    each = BROUGHT[commands]
    for kill in range(count):
        if kill % KILLS_IN_A_ROW == 0:
            where, kept = copy(), [each] * 0
        lines = commands(tmp_path, len(kept))
        told = killed(lines, where, chance.uniform(0, LONGEST))
        assert {code for _, code, _ in told} == {0}, told
        before, kept = len(kept), brought(where)
        assert len(told) <= len(kept) - before <= len(told) + 1
        assert set(kept) == {each}
        last = len(kept) - before - 1
        assert claims(*lines[last], db=where).stderr.startswith(f"0 new claims, {each} known already")
        assert f"{each} new claims, 0 known already" in claims(*lines[last + 1], db=where).stderr
        kept.append(each)
        sound(where)


def killed(lines: list[list[str]], where: str, seconds: float) -> list[tuple[int, int, str]]:
    """What a child acknowledged that was killed so many seconds after its first acknowledgement."""
    mine, its = CONTEXT.Pipe(duplex=False)
    child = started(carrying_out, lines, where, its)
    its.close()
    assert mine.poll(PATIENCE)
    time.sleep(seconds)
    child.kill()
    assert ended(child) == -signal.SIGKILL
    return heard(mine)


def test_a_kill_amid_the_commit_is_taken_back_by_whatever_command_comes_next(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = content(str(files / "model.db"))
    size = (files / "model.db").stat().st_size
    for halves, words in enumerate(NEXT):
        where = str(shutil.copyfile(files / "model.db", tmp_path / "killed.db"))
        assert ended(started(killed_by_a_full_file, ["import", table(tmp_path, 1)], where, size + halves * PAGE // 2)) == -signal.SIGXFSZ
        journal = Path(f"{where}-journal")
        assert journal.stat().st_size > 0
        worked(*words, db=where)
        assert not journal.exists()
        assert content(where) == before


def test_a_database_whose_making_was_killed_is_made_by_the_next_init(tmp_path: Path) -> None:
    where = str(tmp_path / "new.db")
    kills = 0
    while (how := ended(started(killed_by_a_full_file, ["init"], where, kills * PAGE * 5 // 2))) == -signal.SIGXFSZ:
        kills += 1
        said = claims("list", db=where)
        assert said.code in {4, 7}, said
        assert "init" in said.stderr
    assert how == 0
    assert kills > 10
    sound(where)
    worked("list", db=where)


@counted(10, 250)
def test_a_kill_amid_edits_and_undos_leaves_each_of_them_whole(copy: Callable[[], str], count: int) -> None:
    chance = random.Random(count)  # noqa: S311  the same
    where = copy()
    for kill in range(1, count + 1):
        before, began = len(content(where)["operation"]), value_of(where, 2)
        lines = [["undo"] if step % 3 == 2 else ["edit", "2", f"value={1000 * kill + step}"] for step in range(OPERATIONS)]
        told = killed(lines, where, chance.uniform(0, LONGEST))
        assert {code for _, code, _ in told} == {0}, told
        done = len(content(where)["operation"]) - before
        assert len(told) <= done <= len(told) + 1
        values = [began]
        for step in range(done):
            values.append(values[-2] if step % 3 == 2 else str(1000 * kill + step))
        assert value_of(where, 2) == values[-1]
        assert damage_of(address_of(where)) is None


def value_of(where: str, number: int) -> str:
    """The figure of a claim."""
    found: str = next(row["value"] for row in json.loads(worked("list", "--json", db=where)) if row["id"] == number)
    return found
