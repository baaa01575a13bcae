"""What ``explain`` names, tried out by the edits themselves; on both engines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run


def known(run: Run, folder: Path, db: str, facts: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """A database with some claims, each in a document of its own unless it says otherwise."""
    (folder / "rows.jsonl").write_text(
        "".join(json.dumps({"title": f"{at}", **facts, **row}) + "\n" for at, row in enumerate(rows)), "utf-8"
    )
    done = run("init", "--import", "rows.jsonl", db=db)
    assert done.code == 0, done.stderr


MAYOR = {"ref": "mayor", "claimant": "Mayor", "stance": "asserts"}
ARMY = {"claimant": "Army"}


@pytest.mark.parametrize("published", ["2025-05-02", None])
def test_every_day_that_explain_names_can_be_entered_and_removes_the_conflict(
    run: Run, tmp_path: Path, database_url: str, published: str | None
) -> None:
    facts = {"question": "bridge", "topic": "t", "publisher": "Paper"}
    rows: list[dict[str, Any]] = [
        {**MAYOR, "as_of": "2025-05-02", "published_on": published},
        {**ARMY, "ref": "army", "stance": "denies", "as_of": "2025-05-02"},
        {**ARMY, "ref": "turned", "stance": "asserts", "as_of": "2025-05-05"},
    ]
    known(run, tmp_path, database_url, facts, rows)
    told = json.loads(run("explain", "bridge@2025-05-02", "--json", db=database_url).stdout)
    days = [(one["ref"], one["then"]) for one in told["repairs"] if one["field"] == "as_of"]
    assert days == ([] if published else [("mayor", "5 May 2025")])
    for ref, day in days:
        assert day == "5 May 2025"
        assert run("edit", ref, "as_of=2025-05-05", db=database_url).code == 0
        assert run("conflicts", "--json", db=database_url).stdout == "[]\n"
        assert run("undo", db=database_url).code == 0


def test_causes_of_a_fall_are_looked_for_under_the_policy_that_finds_it(run: Run, tmp_path: Path, database_url: str) -> None:
    facts = {"question": "dead", "topic": "t", "unit": "person", "kind": "cumulative", "publisher": "Paper"}
    told = (("A", "1200", 10), ("B", "1198", 11), ("B", "1195", 12))
    rows = [{"ref": f"{day}", "claimant": who, "value": value, "as_of": f"2024-10-{day}"} for who, value, day in told]
    known(run, tmp_path, database_url, facts, rows)
    explained = json.loads(run("explain", "dead@2024-10-11", "--policy", "strict", "--json", db=database_url).stdout)
    evidence = [words for fall in explained["falls"] for cause in fall["causes"] for words in cause["evidence"]]
    assert len(explained["falls"]) >= 2
    assert not [words for words in evidence if "within rounding" in words]
    house = json.loads(run("explain", "dead@2024-10-12", "--json", db=database_url).stdout)
    assert house["falls"][0]["causes"][0]["cause"] == "lag"
