"""Commands that weigh conflicting claims, on the seeds."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

CONTRADICTION = "dprk-troops-in-russia@2024-10-28"


@pytest.fixture
def seeds(tmp_path: Path) -> str:
    """A copy of the seeds' database."""
    return str(shutil.copy(ROOT / "data.db", tmp_path / "seeds.db"))


def test_a_conflict_is_explained_by_the_day_that_another_claim_speaks_for(run: Run, seeds: str) -> None:
    told = json.loads(run("explain", CONTRADICTION, "--json", db=seeds).stdout)
    first = told["repairs"][0]
    assert (first["claimant"], first["field"], first["then"]) == ("Volodymyr Zelensky", "as_of", "23 October 2024")
    assert first["speaks_for"] == ["Pentagon's 3,000 (23 October 2024)"]
    assert told["removals"] == [[first["claim"]]]
    shown = run("explain", CONTRADICTION, db=seeds).stdout
    assert "If Volodymyr Zelensky's 3,000 described 23 October 2024, the figures would agree" in shown


def test_a_ruling_is_shown_and_kept_when_the_claims_are_imported_again(run: Run, seeds: str) -> None:
    words = ("--verdict", "both_stand", "--reason", "one counts those in training")
    assert run("rule", CONTRADICTION, *words, db=seeds).stderr == f"{CONTRADICTION}: settled (both_stand)\n"
    assert CONTRADICTION not in run("conflicts", db=seeds).stdout
    assert run("import", str(ROOT / "seeds" / "claims.jsonl"), db=seeds).stderr.startswith("0 new claims")
    shown = run("conflicts", "--all", db=seeds).stdout
    assert "both_stand: one counts those in training" in shown


def test_the_profile_of_its_day_and_each_claim_in_it_tell_how_a_conflict_was_ruled_on(run: Run, seeds: str) -> None:
    day = ("--question", "dprk-troops-in-russia", "--on", "2024-10-28")
    assert f"Conflict {CONTRADICTION}: open\n" in run("reconcile", *day, db=seeds).stdout
    words = ("--verdict", "both_stand", "--reason", "one counts those in training")
    assert run("rule", CONTRADICTION, *words, db=seeds, env={"CLAIMS_USER": "Ana"}).code == 0
    told = f"{CONTRADICTION}: settled, ruling by Ana: both_stand: one counts those in training\n"
    assert f"Conflict {told}" in run("reconcile", *day, db=seeds).stdout
    (conflict,) = json.loads(run("reconcile", *day, "--json", db=seeds).stdout)["conflicts"]
    assert (conflict["id"], conflict["ruling"]["verdict"]) == (CONTRADICTION, "both_stand")
    assert json.loads(run("reconcile", *day[:3], "2024-11-08", "--json", db=seeds).stdout)["conflicts"] == []
    for claim, is_in_it in (("19", True), ("24", True), ("15", False)):
        assert (told in run("show", claim, db=seeds).stdout) is is_in_it


def test_a_claim_on_a_part_is_shown_with_the_conflict_on_the_whole(run: Run, tmp_path: Path) -> None:
    codebook = """
        [topics.t]
        title = "T"
        [questions.whole]
        topic = "t"
        text = "How many in all?"
        unit = "soldier"
        [questions.part]
        topic = "t"
        text = "How many here?"
        unit = "soldier"
        part_of = "whole"
    """
    (tmp_path / "c.toml").write_text(codebook, encoding="utf-8")
    rows = [("whole", "3000", "Ann"), ("part", "5000", "Ben")]
    (tmp_path / "a.csv").write_text("question,value,claimant,as_of\n" + "".join(f"{','.join(row)},2024-05-01\n" for row in rows), "utf-8")
    assert run("init", "--codebook", "c.toml", "--import", "a.csv").code == 0
    for claim in "12":
        assert [one["id"] for one in json.loads(run("show", claim, "--json").stdout)["conflicts"]] == ["whole@2024-05-01"]


def test_a_conflict_of_another_policy_is_explained_and_ruled_on_by_that_policy(run: Run, tmp_path: Path) -> None:
    facts = {"topic": "t", "question": "camp", "unit": "person", "publisher": "Paper", "as_of": "2024-03-01", "published_on": "2024-03-02"}
    told = [facts | {"claimant": who, "value": value} for who, value in (("Ann", "~95"), ("Ben", "100"))]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(one) + "\n" for one in told), encoding="utf-8")
    assert run("init", "--import", "a.jsonl").code == 0
    assert run("explain", "camp@2024-03-01").code == 4
    explained = json.loads(run("explain", "camp@2024-03-01", "--policy", "strict", "--json").stdout)
    assert (explained["repairs"][0]["slip"], explained["repairs"][0]["then"]) == ("lost_hedge", "~100")
    ruled = run("rule", "camp@2024-03-01", "--policy", "strict", "--verdict", "both_stand", "--reason", "a rounding")
    assert ruled.stderr == "camp@2024-03-01: settled (both_stand)\n"
    assert run("conflicts", "--policy", "strict", "--json").stdout == "[]\n"


def test_a_divided_question_shows_its_maxima_and_who_decides(run: Run, seeds: str) -> None:
    told = json.loads(run("reconcile", "--question", "dprk-troops-in-russia", "--on", "2024-10-28", "--json", db=seeds).stdout)
    assert (told["reports"], told["origins"], told["state"]) == (4, 3, "divided")
    assert [(one["value"], one["origins"], one["claimants"]) for one in told["ranges"]] == [
        ("3000", 2, ["Joe Biden", "Volodymyr Zelensky"]),
        ("10000", 2, ["Joe Biden", "Pentagon"]),
    ]
    assert told["simple_answers"] == {"latest": None, "median": "6500", "majority": None, "most_reliable": "~10000"}
    shown = run("reconcile", "-q", "dprk-troops-in-russia", "--on", "2024-10-28", db=seeds).stdout
    assert "Two maxima: 2 of 3 support 3,000 and 2 of 3 support 10,000. Do not average them." in shown
    assert "Without Pentagon the widest support would be for 3,000." in shown
    assert "No longer current: National Intelligence Service ~1,500 (2024-10-19, #72)" in shown


def test_what_is_said_of_a_part_is_a_derived_bound_of_the_whole(run: Run, seeds: str) -> None:
    whole = json.loads(run("reconcile", "-q", "dprk-troops-in-russia", "--on", "2024-11-07", "--json", db=seeds).stdout)
    assert [(one["question"], one["value"], one["claimant"]) for one in whole["derived"]] == [
        ("dprk-troops-in-kursk", ">=10000", "South Korean and US officials")
    ]
    assert whole["ranges"] == []
    part = json.loads(run("reconcile", "-q", "dprk-troops-in-kursk", "--on", "2024-10-28", "--json", db=seeds).stdout)
    assert {one["value"] for one in part["derived"]} == {"<=3050", "<=10500", "<=11000"}


@pytest.mark.parametrize(
    "words",
    [
        ("reconcile", "-q", "dprk-troops-in-russia", "--on", "2024-10-28"),
        ("explain", CONTRADICTION),
        ("conflicts", "--robust"),
        ("conflicts", "--policy", "strict"),
    ],
)
def test_both_engines_weigh_alike(run: Run, seeds: str, database_url: str, words: tuple[str, ...]) -> None:
    codebook, claims = (str(ROOT / "seeds" / name) for name in ("codebook.toml", "claims.jsonl"))
    assert run("init", "--codebook", codebook, "--import", claims, db=database_url).code == 0
    assert run(*words, "--json", db=database_url).stdout == run(*words, "--json", db=seeds).stdout != ""


def test_an_edit_that_changes_nothing_says_so_and_is_no_operation(run: Run, seeds: str) -> None:
    before = run("history", "--json", db=seeds).stdout
    assert run("edit", "19", "value=3000", db=seeds).stderr == "claim 19: says so already\n"
    assert run("history", "--json", db=seeds).stdout == before


def test_the_history_of_a_claim_tells_each_field_in_words(run: Run, seeds: str) -> None:
    run("edit", "19", "value=4000", "note=counted again", db=seeds)
    assert "value: 3000 → 4000" in run("history", "19", db=seeds).stdout
    assert "note: – → counted again" in run("history", "19", db=seeds).stdout


def test_a_claim_that_is_not_accepted_is_marked_in_the_list(run: Run, tmp_path: Path) -> None:
    rows = [
        {"question": "camp", "topic": "t", "unit": "person", "publisher": "P", "value": "5", "review": review}
        for review in ("candidate", "accepted")
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(one | {"ref": one["review"]}) + "\n" for one in rows), encoding="utf-8")
    assert run("init", "--import", "a.jsonl").code == 0
    assert [line.split()[1:3] for line in run("list").stdout.splitlines()[1:]] == [["5", "(candidate)"], ["5", "P"]]


def test_a_question_of_yes_or_no_is_not_reconciled(run: Run, seeds: str) -> None:
    done = run("reconcile", "-q", "dprk-arms-deliveries-to-russia", db=seeds)
    assert (done.code, done.stdout) == (3, "")
    assert "is answered yes or no" in done.stderr


def test_a_day_without_claims_is_no_evidence(run: Run, seeds: str) -> None:
    done = run("reconcile", "-q", "dprk-troops-in-russia", "--on", "2024-01-01", db=seeds)
    assert done.stdout.splitlines()[-1] == "No evidence: no figure stands on that day."


def test_a_conflict_that_is_not_there_is_not_found(run: Run, seeds: str) -> None:
    done = run("explain", "dprk-troops-in-russia@2024-10-27", db=seeds)
    assert done.code == 4
    assert f"did you mean {CONTRADICTION}" in done.stderr


def test_a_record_tells_the_forecasts_met_and_missed(run: Run, tmp_path: Path) -> None:
    rows = [
        ("100", "forecast", "2024-03-10", "2024-03-01", "Ann"),
        ("300", "forecast", "2024-03-20", "2024-03-02", "Ann"),
        ("500", "forecast", "2024-12-01", "2024-03-03", "Ann"),
        ("100", "observed", "2024-03-11", "2024-03-11", "Ben"),
        ("120", "observed", "2024-03-21", "2024-03-21", "Ann"),
    ]
    facts = {"topic": "test", "question": "camp", "unit": "person", "publisher": "Paper"}
    table = [
        {
            **facts,
            "value": value,
            "modality": modality,
            "as_of": as_of,
            "said_on": said,
            "published_on": said,
            "claimant": who,
            "title": said,
        }
        for value, modality, as_of, said, who in rows
    ]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in table))
    where = str(tmp_path / "desk.db")
    assert run("init", "--import", str(tmp_path / "rows.jsonl"), db=where).code == 0
    (record,) = json.loads(run("reconcile", "-q", "camp", "--on", "2024-03-21", "--json", db=where).stdout)["records"]
    assert (record["claimant"], record["forecasts_met"], record["forecasts_missed"]) == ("Ann", 1, 1)
