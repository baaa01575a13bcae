"""The n-th execute, commit, write, fsync or replace fails, n = 1, 2, … until the command succeeds: all of it is there, or none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from claims_cli.store.database import address_of
from tests.faults.failing import CAUSES, Points, failing
from tests.faults.world import CODEBOOK, CONFLICT, ROWS, answers, claims, content, sizes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Done

MOST = 1000
ENGLISH = "The ministry said on Monday that 700 people live in the camp, and Ben Dee said 800 people do.\n"
CHANGES = {
    "import": ("import", "more.jsonl"),
    "ingest": ("ingest", "more.txt", "--published", "2024-11-05", "--publisher", "Gazette"),
    "add": ("add", "~500", "--question", "camp-people", "--claimant", "Dan", "--relay", "Eve > Fay", "--publisher", "Gazette"),
    "review": ("review", "--accept-all"),
    "rule": ("rule", CONFLICT, "--verdict", "both_stand", "--reason", "one counts the guards"),
    "codebook": ("codebook", "apply", "more.toml"),
    "edit": ("edit", "2", "value=~950", "relay=Eve > Fay > Agency"),
    "retract": ("retract", "6", "--reason", "withdrawn"),
    "merge": ("merge", "actors", "ben", "eve"),
    "undo": ("undo",),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the commands take in, which is where they are run."""
    more = [row | {"as_of": "2024-11-06", "claimant": f"{row['claimant']} II", "publisher": "Gazette"} for row in ROWS]
    (tmp_path / "more.jsonl").write_text("".join(json.dumps(row) + "\n" for row in more), encoding="utf-8")
    (tmp_path / "more.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "more.toml").write_text(
        CODEBOOK.replace('"Mayor"', '"Governor"').replace("in the camp?", "in that camp?") + '\n[actors.ben]\nname = "Ben"\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def failed(done: Done, where: str) -> None:
    """Check that a command failed as it should, naming what and why in one line."""
    assert done.code == 5, done
    assert done.stderr.count("\n") == 1, done
    assert address_of(where).shown in done.stderr
    assert any(cause in done.stderr for cause in CAUSES), done.stderr


@pytest.mark.parametrize("words", CHANGES.values(), ids=CHANGES)
def test_a_change_that_fails_at_any_point_is_made_whole_or_not_at_all(copy: Callable[[], str], words: tuple[str, ...]) -> None:
    where = copy()
    before = content(where)
    done = copy()
    assert claims(*words, db=done).code == 0
    after, told = sizes(done), answers(done)
    assert after != {name: len(rows) for name, rows in before.items()}
    for point in range(1, MOST):
        points = Points(point)
        with failing(points):
            result = claims(*words, db=where)
        if not points.reached:
            assert result.code == 0, result
            break
        failed(result, where)
        if content(where) != before:
            assert (sizes(where), answers(where)) == (after, told), point
            where = copy()
    assert point > 10
    assert (sizes(where), answers(where)) == (after, told)


@pytest.mark.parametrize("name", ["report.csv", "report.json", "report.md"])
def test_a_report_that_fails_at_any_point_leaves_the_old_file(copy: Callable[[], str], folder: Path, name: str) -> None:
    where = copy()
    before = content(where)
    report = folder / "out" / name
    report.parent.mkdir()
    report.write_text("old", encoding="utf-8")
    for point in range(1, MOST):
        points = Points(point)
        with failing(points):
            result = claims("export", str(report), "--force", db=where)
        if not points.reached:
            break
        assert (result.code, result.stderr.count("\n")) == (5, 1), result
        assert address_of(where).shown in result.stderr or str(report) in result.stderr
        assert any(cause in result.stderr for cause in CAUSES), result.stderr
        assert report.read_text(encoding="utf-8") == "old"
        assert [one.name for one in report.parent.iterdir()] == [name]
    assert point > 5
    assert result.code == 0
    assert report.read_text(encoding="utf-8") != "old"
    assert content(where) == before
