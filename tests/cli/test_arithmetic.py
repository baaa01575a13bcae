"""What does not add up, and why a toll may have gone down, as the commands show it; on both engines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

EXAMPLES = ROOT / "docs" / "examples"
DAYS = "12 to 14 May 2024: 30 + 25 + 40 = 95 by days, but Ministry of Health's toll rose by 70 (1,203 → 1,273)"
TOTAL = "14 May 2024: Ministry of Health's 4,593 in all, but 1,273 (dead) + 3,310 (injured) = 4,583 in the same document"


@pytest.fixture
def storm(run: Run, database_url: str) -> str:
    """A database of the storm, on each engine."""
    done = run("init", "--codebook", str(EXAMPLES / "storm.toml"), "--import", str(EXAMPLES / "storm.csv"), db=database_url)
    assert done.code == 0, done.stderr
    return database_url


def reconciled(run: Run, db: str, question: str, day: str, *words: str) -> dict[str, Any]:
    """A profile as JSON."""
    done = run("reconcile", "-q", question, "--on", day, "--json", *words, db=db)
    assert done.code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_days_and_totals_that_do_not_add_up_are_named_beside_the_profile(run: Run, storm: str) -> None:
    days, terms = reconciled(run, storm, "storm-dead", "2024-05-14")["arithmetic"]
    assert days == {
        "finding": "days_and_toll",
        "question": "storm-dead",
        "from": "2024-05-12",
        "to": "2024-05-14",
        "claims": [1, 2, 3, 4, 5],
        "low": 95,
        "high": 95,
        "against_low": 70,
        "against_high": 70,
        "explanation": DAYS,
        "remarks": [],
    }
    assert (terms["finding"], terms["question"], terms["claims"]) == ("total_and_terms", "storm-victims", [7, 5, 6])
    assert terms["explanation"] == TOTAL
    assert f"Does not add up: {DAYS}.\n" in run("reconcile", "-q", "storm-dead", "--on", "2024-05-14", db=storm).stdout


@pytest.mark.parametrize(
    ("question", "day", "expected"),
    [
        ("storm-dead-a-day", "2024-05-14", [DAYS]),  # the days bring the toll with them
        ("storm-dead-a-day", "2024-05-13", []),
        ("storm-dead", "2024-05-12", []),  # the toll up to which the days are added is of two days later
        ("storm-victims", "2024-05-14", [TOTAL]),
        ("storm-injured", "2024-05-16", [TOTAL]),
    ],
)
def test_what_does_not_add_up_is_shown_where_a_question_takes_part(
    run: Run, storm: str, question: str, day: str, expected: list[str]
) -> None:
    assert [one["explanation"] for one in reconciled(run, storm, question, day)["arithmetic"]] == expected


@pytest.mark.parametrize("whole", ["4701", "4700"])
def test_a_round_total_that_a_later_document_adds_up_tells_that_its_parts_make_it_up(
    run: Run, tmp_path: Path, database_url: str, whole: str
) -> None:
    book = (EXAMPLES / "storm.toml").read_text(encoding="utf-8")
    (tmp_path / "book.toml").write_text("\n".join(line for line in book.splitlines() if "lists its parts" not in line), encoding="utf-8")
    rows = [
        *[(14, slug, value) for slug, value in (("victims", "4593"), ("dead", "1273"), ("injured", "3310"))],
        *[(20, slug, value) for slug, value in (("victims", whole), ("dead", str(int(whole) - 3399)), ("injured", "3399"))],
    ]
    told = [
        {
            "question": f"storm-{slug}",
            "value": value,
            "claimant": "Ministry",
            "publisher": "Paper",
            "as_of": f"2024-05-{day}",
            "title": f"{day}",
        }
        for day, slug, value in rows
    ]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in told), encoding="utf-8")
    assert run("init", "--codebook", "book.toml", "--import", "rows.jsonl", db=database_url).code == 0
    (found,) = reconciled(run, database_url, "storm-victims", "2024-05-14")["arithmetic"]
    assert found["explanation"] == TOTAL.replace("Ministry of Health", "Ministry")


def test_a_trace_ends_with_what_does_not_add_up(run: Run, storm: str) -> None:
    one = run("trace", "-q", "storm-dead", "--no-plot", db=storm).stdout
    assert one.endswith(f"Does not add up: {DAYS}.\nDoes not add up: {TOTAL}.\n")
    every = run("trace", "--topic", "storm", "--no-plot", db=storm).stdout
    assert (every.count(DAYS), every.count(TOTAL)) == (1, 1)
    assert "add up" not in run("trace", "-q", "storm-dead", "-f", "csv", db=storm).stdout


def test_a_fall_is_explained_by_words_and_by_numbers_and_ruled_on_by_the_same_codes(run: Run, storm: str) -> None:
    told = json.loads(run("explain", "storm-dead@2024-05-16", "--json", db=storm).stdout)
    (fall,) = told["falls"]
    assert (fall["higher"], fall["lower"]) == (5, 8)
    assert [one["cause"] for one in fall["causes"]] == ["deduplication", "reclassification"]
    assert fall["causes"][0]["evidence"] == ["“counted twice” stands beside Ministry of Health's 1,231 (16 May 2024)"]
    assert fall["causes"][1]["evidence"] == [
        "the drop of 42 is as much as storm-injured rose by, from 3,310 (14 May 2024) to 3,352 (16 May 2024)"
    ]
    shown = run("explain", "storm-dead@2024-05-16", db=storm).stdout
    assert "  1  deduplication\n     + “counted twice” stands beside" in shown
    words = ("--verdict", "both_stand", "--reason", "the bulletin says so", "--cause", fall["causes"][0]["cause"])
    assert run("rule", "storm-dead@2024-05-16", *words, db=storm).code == 0
    assert "both_stand, deduplication" in run("conflicts", "--all", db=storm).stdout


def test_a_drop_is_not_looked_for_among_things_of_another_kind_or_amounts_of_days(run: Run, tmp_path: Path, database_url: str) -> None:
    others = {"storm-houses": ("cumulative", "house"), "storm-injured-a-day": ("flow", "person")}
    book = (EXAMPLES / "storm.toml").read_text(encoding="utf-8")
    for slug, (kind, unit) in others.items():
        book += f'[questions.{slug}]\ntopic = "storm"\ntext = "{slug}"\nkind = "{kind}"\nunit = "{unit}"\npart_of = "storm-victims"\n'
    (tmp_path / "book.toml").write_text(book, encoding="utf-8")
    rows = [("storm-dead", "1273", 14), ("storm-dead", "1231", 16), *((slug, "42", 15) for slug in others)]
    facts = {"claimant": "Ministry", "publisher": "Paper"}
    told = [facts | {"question": slug, "value": value, "as_of": f"2024-05-{day}", "title": f"{day}"} for slug, value, day in rows]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in told), encoding="utf-8")
    assert run("init", "--codebook", "book.toml", "--import", "rows.jsonl", db=database_url).code == 0
    (fall,) = json.loads(run("explain", "storm-dead@2024-05-16", "--json", db=database_url).stdout)["falls"]
    assert [one["cause"] for one in fall["causes"]] == ["unexplained"]


def test_words_around_the_quote_tell_a_cause_in_either_language(run: Run, tmp_path: Path, database_url: str) -> None:
    texts = {
        "en": (
            "1,231 dead",
            f"{'It was a long day. ' * 20}The ministry lowered the toll to 1,231 dead after names had been counted twice.",
        ),
        "ar": ("1315 قتيلا", "خفضت الوزارة الحصيلة إلى 1315 قتيلا بعد حذف أسماء مكررة."),
    }
    rows = []
    for language, (quote, text) in texts.items():
        (tmp_path / f"{language}.md").write_text(f"---\nlanguage: {language}\n---\n\n{text}\n", encoding="utf-8")
        facts = {
            "question": f"dead-{language}",
            "topic": "t",
            "kind": "cumulative",
            "unit": "person",
            "claimant": "Ministry",
            "publisher": "Paper",
        }
        rows.append({**facts, "value": "1400", "as_of": "2024-05-14", "title": "before"})
        value = "".join(letter for letter in quote if letter.isdigit())
        rows.append({**facts, "value": value, "as_of": "2024-05-16", "document": f"{language}.md", "quote": quote})
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = run("init", "--import", "rows.jsonl", db=database_url)
    assert done.code == 0, done.stderr
    for language, said in (("en", "counted twice"), ("ar", "مكررة")):
        told = json.loads(run("explain", f"dead-{language}@2024-05-16", "--json", db=database_url).stdout)
        causes = {one["cause"]: one["evidence"] for one in told["falls"][0]["causes"]}
        assert causes["deduplication"][0].startswith(f"“{said}” stands beside")


def test_the_days_of_a_toll_are_no_bound_of_it_and_no_conflict_with_it(run: Run, storm: str) -> None:
    assert [one["question"] for one in reconciled(run, storm, "storm-dead", "2024-05-14")["derived"]] == ["storm-victims"]
    related = json.loads(run("relate", "2", "1", "--json", db=storm).stdout)[0]
    assert (related["relation"], related["conflict"]) == ("incomparable", False)
    assert related["explanation"] == "one counts what some days add to what the other counts in all"
    conflicts = json.loads(run("conflicts", "--json", db=storm).stdout)
    assert [one["id"] for one in conflicts] == ["storm-dead@2024-05-16"]


@pytest.mark.parametrize(
    ("whole_out", "part_out"),
    [("2024-05-14", "2024-05-15"), ("2024-05-15", "2024-05-14"), ("2024-05-14", "2024-05-14")],
)
def test_a_part_of_a_toll_above_its_whole_on_one_day_is_found_whichever_came_out_first(
    run: Run, tmp_path: Path, database_url: str, whole_out: str, part_out: str
) -> None:
    codebook = (EXAMPLES / "storm.toml").read_text(encoding="utf-8")
    (tmp_path / "book.toml").write_text(codebook, encoding="utf-8")
    rows = [
        {"question": "storm-victims", "value": "45", "claimant": "Army", "published_on": whole_out, "title": "a"},
        {"question": "storm-dead", "value": "50", "claimant": "Ministry", "published_on": part_out, "title": "b"},
    ]
    facts = {"as_of": "2024-05-14", "publisher": "Paper"}
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps({**facts, **row}) + "\n" for row in rows), encoding="utf-8")
    assert run("init", "--codebook", "book.toml", "--import", "rows.jsonl", db=database_url).code == 0
    (related,) = json.loads(run("relate", "1", "2", "--json", db=database_url).stdout)
    assert (related["relation"], related["conflict"]) == ("exceeds_whole", True)
    (found,) = reconciled(run, database_url, "storm-victims", "2024-05-14")["arithmetic"]
    assert found["explanation"] == "14 May 2024: 50 (dead), more than Army's 45 in all: a figure is wrong, or the part is none"


def test_a_policy_widens_what_adds_up(run: Run, tmp_path: Path, database_url: str) -> None:
    rows = ["question,kind,topic,unit,value,claimant,as_of,publisher,title"]
    rows += [f"dead,cumulative,t,person,{value},Army,{day},Paper,{day}" for value, day in (("1200", "2024-05-11"), ("1270", "2024-05-12"))]
    rows.append("a-day,flow,t,person,~75,Army,2024-05-12,Paper,d")
    (tmp_path / "rows.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert run("init", "--import", "rows.csv", db=database_url).code == 0
    assert reconciled(run, database_url, "dead", "2024-05-12", "--policy", "strict")["arithmetic"] == []  # not yet part of the toll
    (tmp_path / "book.toml").write_text(
        '[topics.t]\ntitle = "t"\n[questions.dead]\ntopic = "t"\ntext = "dead"\nkind = "cumulative"\nunit = "person"\n'
        '[questions.a-day]\ntopic = "t"\ntext = "a-day"\nkind = "flow"\nunit = "person"\npart_of = "dead"\n',
        encoding="utf-8",
    )
    assert run("codebook", "apply", "book.toml", db=database_url).code == 0
    assert reconciled(run, database_url, "dead", "2024-05-12")["arithmetic"] == []
    (found,) = reconciled(run, database_url, "dead", "2024-05-12", "--policy", "strict")["arithmetic"]
    assert found["explanation"] == "12 May 2024: ~75 by days, but Army's toll rose by 70 (1,200 → 1,270)"
