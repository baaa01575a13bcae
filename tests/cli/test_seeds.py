"""What a fact-checker is told on the five seed articles, on both engines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def seeded(run: Run, database_url: str) -> str:
    """A database of the seeds."""
    done = run("init", "--codebook", str(SEEDS / "codebook.toml"), "--import", str(SEEDS / "claims.jsonl"), db=database_url)
    assert done.code == 0, done.stderr
    return database_url


def test_conflicts_are_one_contradiction_and_two_denials(run: Run, seeded: str) -> None:
    found = json.loads(run("conflicts", "--json", db=seeded).stdout)
    told = {one["id"]: (one["relation"], [position["claimants"] for position in one["positions"]]) for one in found}
    assert told == {
        "dprk-troops-in-russia@2024-10-28": ("contradicts", [["Volodymyr Zelensky"], ["Pentagon"]]),
        "dprk-personnel-with-russian-forces@2024-10-16": ("denies", [["Volodymyr Zelensky"], ["Kremlin"]]),
        "dprk-arms-deliveries-to-russia@2024-10-16": (
            "denies",
            [["South Korea and the United States", "United States"], ["North Korea", "Russia"]],
        ),
    }


def test_the_contradiction_names_the_figures_and_their_ratio(run: Run, seeded: str) -> None:
    (found,) = json.loads(run("conflicts", "--question", "dprk-troops-in-russia", "--json", db=seeded).stdout)
    assert [(one["low"], one["high"], one["origins"]) for one in found["positions"]] == [(3000, 3000, 1), (10000, 10000, 1)]
    assert found["gap"] == 3.33
    assert found["explanation"] == "Pentagon's 10,000 and Volodymyr Zelensky's 3,000 both describe 28 October 2024 and cannot both be right"


def test_conflicts_of_a_day_are_those_going_on_then(run: Run, seeded: str) -> None:
    question = ("--question", "dprk-troops-in-russia", "--json")
    assert len(json.loads(run("conflicts", "--on", "2024-10-31", *question, db=seeded).stdout)) == 1
    assert json.loads(run("conflicts", "--on", "2024-11-01", *question, db=seeded).stdout) == []


def test_an_open_conflict_can_end_the_command_with_1(run: Run, seeded: str) -> None:
    assert run("conflicts", "--exit-code", db=seeded).code == 1
    assert run("conflicts", "--topic", "aid", "--exit-code", db=seeded).code == 0


def test_the_list_of_troops_holds_every_figure_with_its_claimant_dates_and_source(run: Run, seeded: str) -> None:
    rows = [row for row in json.loads(run("list", "--topic", "troops", "--json", db=seeded).stdout) if row["value"]]
    assert [(row["value"], row["claimant"], row["as_of"], row["modality"]) for row in rows] == [
        (">10000", "South Korean and US officials", "2024-11-07", "observed"),
        ("thousands", "Joe Biden", "2024-10-28", "observed"),
        ("10000", "Pentagon", "2024-10-28", "observed"),
        ("3000", "Pentagon", "2024-10-23", "observed"),
        ("~12000", "Volodymyr Zelensky", "2024-10-28", "forecast"),
        ("3000", "Volodymyr Zelensky", "2024-10-28", "observed"),
        ("12000", "Ukraine's intelligence services", "2024-10-28", "forecast"),
        ("~10000", "Pentagon", "2024-10-28", "observed"),
        ("~1500", "National Intelligence Service", "2024-10-19", "observed"),
        ("~10000", "National Intelligence Service", "2024-10-19", "forecast"),
    ]
    assert all(row["publisher"] and row["title"] and row["quote"] for row in rows)


def test_the_trace_tells_the_revision_in_absolute_and_relative_terms(run: Run, seeded: str) -> None:
    rows = {row["ref"]: row for row in json.loads(run("trace", "--topic", "troops", "--json", db=seeded).stdout)}
    step = rows["ia-pentagon-10000"]
    assert (step["relation"], step["previous"], step["change"], step["ratio"]) == ("revises", rows["ia-pentagon-3000"]["claim"], 7000, 3.33)
    assert "+7,000 × 3.3 in 5 days" in run("trace", "--topic", "troops", db=seeded).stdout


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ia-pentagon-3000", "ia-pentagon-10000", "revises"),
        ("rfi-rutte-cannot-confirm", "ia-nato-deployed", "reverses"),
        ("rfi-nis-10000", "ia-zelensky-12000", "forecast"),
        ("ia-zelensky-12000", "ia-zelensky-3000", "forecast"),
        ("hurra-kursk-10000", "ia-zelensky-3000", "incomparable"),
        ("ia-afp-october-478", "ia-afp-august-477", "incomparable"),
        ("ia-kristersson-63m", "ia-kristersson-20m", "incomparable"),
    ],
)
def test_what_only_looks_like_a_conflict_is_none(run: Run, seeded: str, one: str, other: str, expected: str) -> None:
    for pair in ((one, other), (other, one)):
        (row,) = json.loads(run("relate", *pair, "--json", db=seeded).stdout)
        assert (row["relation"], row["conflict"]) == (expected, False)


def test_a_question_has_one_relation_for_each_pair(run: Run, seeded: str) -> None:
    lines = run("relate", "--question", "dprk-troops-in-russia", "-f", "jsonl", db=seeded).stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) == 9 * 8 / 2
    assert len({frozenset((row["a_ref"], row["b_ref"])) for row in rows}) == len(rows)
    assert [(row["a_ref"], row["b_ref"]) for row in rows if row["conflict"]] == [
        ("ia-pentagon-10000", "ia-zelensky-3000"),
        ("ia-zelensky-3000", "ia-defense-department-10000"),
    ]


def test_both_engines_give_the_same_bytes(run: Run, database_url: str, tmp_path: Path) -> None:
    clock = {"SOURCE_DATE_EPOCH": "1732060800", "CLAIMS_USER": "seeds"}
    told = ("init", "--codebook", str(SEEDS / "codebook.toml"), "--import", str(SEEDS / "claims.jsonl"))
    file = str(tmp_path / "file.db")
    for where in (file, database_url):
        assert run(*told, db=where, env=clock).code == 0
    for command in (("list",), ("conflicts",), ("trace", "--topic", "troops"), ("relate", "--question", "dprk-troops-in-russia")):
        assert run(*command, "--json", db=file).stdout == run(*command, "--json", db=database_url).stdout


def test_the_database_in_the_repository_is_a_fresh_build(run: Run, tmp_path: Path) -> None:
    fresh = str(tmp_path / "fresh.db")
    clock = {"SOURCE_DATE_EPOCH": "1732060800", "CLAIMS_USER": "seeds"}
    run("init", "--codebook", str(SEEDS / "codebook.toml"), "--import", str(SEEDS / "claims.jsonl"), db=fresh, env=clock)
    kept = str(SEEDS.parent / "data.db")
    for command in (("list",), ("topics",), ("questions",), ("actors",), ("sources",), ("conflicts",)):
        assert run(*command, "--json", db=kept).stdout == run(*command, "--json", db=fresh).stdout


def test_every_quote_stands_in_its_source_where_it_says(run: Run, seeded: str) -> None:
    for row in json.loads(run("list", "--json", db=seeded).stdout):
        shown = json.loads(run("show", row["ref"], "--json", db=seeded).stdout)
        assert shown["quote"] == row["quote"]
        assert shown["quote_end"] - shown["quote_start"] == len(row["quote"])
        break
