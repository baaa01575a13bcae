"""A full disk, a folder or file that may not be written: exit code 5, a line that names file and cause, and nothing done by halves."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.faults.offspring import starved, told_by, without_privilege
from tests.faults.world import content, worked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Done

PAGE = 4096
LIMITS = 10
FULL = ("disk I/O error", "database or disk is full", "File too large")


@pytest.fixture
def where(files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A copy of the small world in the folder at hand."""
    monkeypatch.chdir(tmp_path)
    return str(shutil.copyfile(files / "model.db", tmp_path / "desk.db"))


@pytest.fixture
def locked() -> Iterator[Callable[[Path, int], None]]:
    """Takes permissions away until the test is over."""
    taken: list[tuple[Path, int]] = []

    def lock(path: Path, mode: int) -> None:
        taken.append((path, path.stat().st_mode & 0o777))
        path.chmod(mode)

    yield lock
    for path, mode in reversed(taken):
        path.chmod(mode)


def refused(done: Done, *named: str) -> None:
    """Check that a command ended as it should where it may not write or read."""
    assert (done.code, done.stdout, done.stderr.count("\n")) == (5, "", 1), done
    assert [word for word in named if word not in done.stderr] == []


def table(folder: Path) -> str:
    """A table of claims that needs more pages than LIMITS."""
    rows = [{"question": "camp-people", "value": str(row), "claimant": f"Voice {row}", "note": "long " * 50} for row in range(200)]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return "rows.jsonl"


def test_a_disk_that_is_full_takes_all_of_a_change_or_nothing(where: str, tmp_path: Path) -> None:
    before = content(where)
    size = (tmp_path / "desk.db").stat().st_size
    words = ["import", table(tmp_path)]
    for pages in range(LIMITS):
        done = told_by(starved, words, where, size + pages * PAGE)
        refused(done, where)
        assert any(cause in done.stderr for cause in FULL), done.stderr
        assert content(where) == before
    assert worked(*words, db=where) == ""


@pytest.mark.parametrize("name", ["report.csv", "report.json"])
def test_a_disk_that_is_full_leaves_the_old_report(where: str, tmp_path: Path, name: str) -> None:
    report = tmp_path / "out" / name
    report.parent.mkdir()
    worked("export", str(report), db=where)
    whole = report.read_bytes()
    report.write_text("old", encoding="utf-8")
    for part in range(LIMITS):
        refused(told_by(starved, ["export", str(report), "--force"], where, len(whole) * part // LIMITS), str(report), "File too large")
        assert report.read_text(encoding="utf-8") == "old"
        assert list(report.parent.iterdir()) == [report]
    report.unlink()
    refused(told_by(starved, ["export", str(report)], where, 10), str(report), "File too large")
    assert list(report.parent.iterdir()) == []


ADD = ["add", "5", "--question", "camp-people", "--claimant", "Ben"]


def test_a_database_that_may_not_be_written_is_left_and_can_be_read(
    where: str, tmp_path: Path, locked: Callable[[Path, int], None]
) -> None:
    before = content(where)
    locked(tmp_path / "desk.db", 0o400)
    refused(told_by(without_privilege, ADD, where), "desk.db", "permission denied")
    assert told_by(without_privilege, ["list"], where).code == 0
    assert content(where) == before


def test_a_database_in_a_folder_that_may_not_be_written_is_left_and_can_be_read(
    where: str, tmp_path: Path, locked: Callable[[Path, int], None]
) -> None:
    before = content(where)
    (tmp_path / "rows.csv").write_text("question,value,claimant\ncamp-people,5,Ben\n")
    locked(tmp_path, 0o500)
    for words in (ADD, ["import", "rows.csv"], ["review", "--accept-all"]):
        refused(told_by(without_privilege, words, where), "desk.db")
    for words in (["init"], ["export", "report.csv"]):
        refused(told_by(without_privilege, words, str(tmp_path / "new.db") if words == ["init"] else where), "ermission denied")
    assert told_by(without_privilege, ["conflicts"], where).code == 0
    assert content(where) == before
    assert {one.name for one in tmp_path.iterdir()} == {"desk.db", "rows.csv"}


def test_what_may_not_be_read_is_told(where: str, tmp_path: Path, locked: Callable[[Path, int], None]) -> None:
    before = content(where)
    for name in ("rows.csv", "book.toml", "article.txt"):
        (tmp_path / name).write_text("anything", encoding="utf-8")
        locked(tmp_path / name, 0o000)
    for words in (["import", "rows.csv"], ["codebook", "apply", "book.toml"], ["extract", "article.txt"]):
        refused(told_by(without_privilege, words, where), f"cannot read {words[-1]}", "Permission denied")
    assert content(where) == before
    locked(tmp_path / "desk.db", 0o000)
    for words in (["list"], ADD):
        refused(told_by(without_privilege, words, where), "cannot read", "desk.db", "Permission denied")
