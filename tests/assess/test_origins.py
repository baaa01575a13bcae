"""Origins as they are counted in a database, by what quotes, relays and publishers tell: on both engines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

CODEBOOK = """
[topics.coast]
title = "The coast"

[questions.oil-lost]
topic = "coast"
text = "How many tonnes of oil has the tanker lost?"
kind = "level"
unit = "tonne"

[questions.families-displaced]
topic = "coast"
text = "How many families have left the village?"
kind = "level"
unit = "family"

[actors.reuters]
name = "Reuters"
aliases = ["رويترز"]
"""
SPILL = "The tanker lost 4,000 tonnes of oil before the crew could close the last of the valves"
DAM = "قال المهندس المشرف على السد إن 350 أسرة غادرت القرية ليلاً بعد أن تجاوز منسوب المياه الحد المسموح به"


def row(value: str, claimant: str, publisher: str, **more: str) -> dict[str, str]:
    """A row of an import, of what a paper says on 5 March."""
    usual = {"question": "oil-lost", "as_of": "2024-03-05", "said_on": "2024-03-05", "published_on": "2024-03-05"}
    return usual | {"value": value, "claimant": claimant, "publisher": publisher, "title": f"{publisher} on {value}"} | more


# Two of the four who say 4,000 have it from one text, two papers from the wire; 9,000 and 12,000 are two people's.
ROWS = [
    row("4,000", "Harbour master", "Morning Post", quote=SPILL, ref="master"),
    row("4,000", "Navy", "Evening Post", quote=f"{SPILL}, the navy said", ref="navy", place="the northern reef", published_on="2024-03-06"),
    row("4,000", "Diver", "Evening Post", quote="Divers who went down this morning reckon with 4,000 tonnes of oil or so", ref="diver"),
    row("9,000", "Weekly", "Weekly", relay="Reuters", quote="9,000 tonnes", ref="weekly"),
    row("9,000", "Gazette", "Gazette", quote="9,000 tonnes, Reuters reported", ref="gazette"),
    row("9,000", "Reuters", "Reuters", quote="9,000 tonnes", ref="wire"),
    row("9,000", "Mayor", "Gazette", quote="9,000 tonnes, he told Reuters", ref="mayor"),
    row("~350", "المهندس", "الصباح", question="families-displaced", quote=DAM, ref="engineer", basis="estimate"),
    row("350", "الدفاع المدني", "المساء", question="families-displaced", quote=f"{DAM}، كما ورد", ref="defence", published_on="2024-03-06"),
]


@pytest.fixture
def coast(run: Run, database_url: str, tmp_path: Path) -> str:
    """A database of the rows."""
    codebook, table = tmp_path / "codebook.toml", tmp_path / "rows.jsonl"
    codebook.write_text(CODEBOOK, encoding="utf-8")
    table.write_text("".join(json.dumps(one) + "\n" for one in ROWS), encoding="utf-8")
    done = run("init", "--codebook", str(codebook), "--import", str(table), db=database_url)
    assert done.code == 0, done.stderr
    return database_url


def asked(run: Run, db: str, *words: str) -> Any:  # noqa: ANN401  whatever the command answers
    """What a command answers in JSON."""
    done = run(*words, "--json", db=db)
    assert done.code == 0, done.stderr
    return json.loads(done.stdout)


def test_positions_count_origins_and_not_reports(run: Run, coast: str) -> None:
    (conflict,) = asked(run, coast, "conflicts")
    assert [(one["value"], len(one["claims"]), one["origins"]) for one in conflict["positions"]] == [("4000", 3, 2), ("9000", 4, 2)]
    assert [len(one["claimants"]) for one in conflict["positions"]] == [3, 4]
    shown = run("conflicts", db=coast).stdout
    assert "  4,000  3 reports, 2 origins  Diver, Harbour master, Navy (" in shown
    assert "4,000: 3 reports, 2 origins: Diver, Harbour master, Navy" in run("conflicts", "-f", "md", db=coast).stdout
    assert "3 reports, 2 origins" in run("explain", conflict["id"], db=coast).stdout


def test_a_profile_counts_them_and_says_who_shares_one(run: Run, coast: str) -> None:
    told = asked(run, coast, "reconcile", "-q", "oil-lost", "--on", "2024-03-05")
    assert (told["reports"], told["origins"]) == (7, 4)
    assert [(one["value"], one["reports"], one["origins"], one["of"]) for one in told["ranges"]] == [("4000", 3, 2, 4), ("9000", 4, 2, 4)]
    assert {one["without"] for one in told["leave_one_out"]} == {"Diver", "Mayor", "Harbour master, Navy", "Gazette, Reuters, Weekly"}
    assert "7 reports, 4 origins" in run("reconcile", "-q", "oil-lost", "--on", "2024-03-05", db=coast).stdout


def test_relations_tell_an_echo_from_a_corroboration(run: Run, coast: str, tmp_path: Path) -> None:
    relations = {frozenset((one["a_ref"], one["b_ref"])): one for one in asked(run, coast, "relate", "--question", "oil-lost")}
    same = relations[frozenset(("master", "navy"))]
    assert (same["relation"], same["conflict"]) == ("echoes", False)
    assert {relations[frozenset(("diver", other))]["relation"] for other in ("master", "navy")} == {"corroborates"}
    assert {relations[frozenset(("wire", other))]["relation"] for other in ("weekly", "gazette")} == {"echoes"}
    assert {relations[frozenset(("mayor", other))]["relation"] for other in ("weekly", "gazette", "wire")} == {"corroborates"}
    (alone,) = asked(run, coast, "relate", "navy", "master")
    assert (alone["relation"], alone["explanation"]) == ("echoes", same["explanation"])
    shown = asked(run, coast, "show", "navy")
    assert {one["ref"]: one["explanation"] for one in shown["relations"]}["master"] == same["explanation"]
    traced = {one["ref"]: one["relation"] for one in asked(run, coast, "trace", "-q", "oil-lost", "--no-plot")}
    assert (traced["navy"], traced["diver"], traced["gazette"]) == ("echoes", "corroborates", "echoes")
    assert run("export", "report.json", db=coast).code == 0
    reported = {one["ref"]: one["relation"] for one in json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))}
    assert {ref: relation for ref, relation in reported.items() if ref in traced} == traced


def test_what_is_firmer_in_the_later_report_is_told(run: Run, coast: str) -> None:
    (found,) = asked(run, coast, "relate", "--question", "families-displaced")
    assert (found["relation"], found["conflict"]) == ("echoes", False)
    assert found["explanation"].endswith("it drops “about”; it leaves out what the figure rests on, “estimate”")


def test_along_the_relay_of_one_article_the_hedge_is_lost(run: Run) -> None:
    (found,) = asked(run, str(ROOT / "data.db"), "relate", "ia-zelensky-12000", "ia-intelligence-12000")
    assert found["relation"] == "echoes"
    assert found["explanation"].endswith("it drops “about”")
