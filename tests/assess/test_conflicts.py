"""Conflicts as they are found in a database: what takes part, what a ruling settles, what opens it again."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations, count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims_cli.assess.conflicts import Which, Width, conflicts_found
from claims_cli.assess.ruling import conflict_named, judgement_on, positions_in
from claims_cli.assess.statements import claim_named, rows_on, statements_on
from claims_cli.core.claim import Operation
from claims_cli.core.errors import ClaimsError
from claims_cli.core.policy import PolicyName
from claims_cli.core.relation import conflict_between
from claims_cli.core.ruling import Verdict
from claims_cli.intake.codebook import apply_codebook, read_codebook
from claims_cli.intake.editing import edit_claim
from claims_cli.intake.tables import import_table
from claims_cli.store.database import address_of, transaction
from claims_cli.store.integrity import damage_of
from claims_cli.store.reading import reading
from claims_cli.store.ruling import rule
from claims_cli.store.schema import make_database
from claims_cli.store.undoing import undo

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

OPERATION = Operation(at=datetime(2024, 12, 1, tzinfo=UTC), who="desk", command="claims test", summary="test")
# Parts are asked of a level and of a toll, and stand as long as their wholes do, or longer; the others stand alone.
QUESTIONS = {
    "camp": "level",
    "tents": "level",
    "huts": "fixed",
    "toll": "cumulative",
    "children": "cumulative",
    "length": "fixed",
    "monthly": "flow",
    "signed": "fixed",
}
CODEBOOK = """
[topics.test]
title = "Test"

[questions.camp]
topic = "test"
text = "How many people are in the camp?"
kind = "level"
unit = "person"

[questions.tents]
topic = "test"
text = "How many people in the camp live in tents?"
kind = "level"
unit = "person"
part_of = "camp"

[questions.huts]
topic = "test"
text = "How many people in the camp live in huts?"
kind = "fixed"
unit = "person"
part_of = "camp"

[questions.toll]
topic = "test"
text = "How many people died?"
kind = "cumulative"
unit = "person"

[questions.children]
topic = "test"
text = "How many children died?"
kind = "cumulative"
unit = "person"
part_of = "toll"
"""
VALUES = ["3", "10", ">10", ">=8", "<5", "~10", "4-9", "9", "20", "26", "40", "dozens"]


def row(value: str, day: str, claimant: str, **more: str) -> dict[str, str]:
    """A row of an import, of the level "camp" unless told otherwise."""
    usual = {"topic": "test", "question": "camp", "kind": "level", "unit": "person", "published_on": day, "publisher": "Paper"}
    return usual | {"value": value, "as_of": day, "claimant": claimant, "title": f"{claimant} {value} {day}"} | more


def entered(rows: list[dict[str, str]], where: str, folder: Path) -> None:
    """Put rows into a database that stands."""
    table = folder / "rows.jsonl"
    table.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    import_table(table, address_of(where), OPERATION)


def found(
    where: str, *, topic: str | None = None, question: str | None = None, on: str | None = None, which: Which = Which.UNSETTLED
) -> list[dict[str, Any]]:
    """The conflicts of a database."""
    with reading(address_of(where)) as reader:
        return list(conflicts_found(reader, topic=topic, question=question, on=on, which=which))


@pytest.fixture
def base(run: Run, database_url: str, tmp_path: Path) -> str:
    """A database with the questions "camp" and its part "tents"."""
    codebook = tmp_path / "codebook.toml"
    codebook.write_text(CODEBOOK, encoding="utf-8")
    done = run("init", "--codebook", str(codebook), db=database_url)
    assert done.code == 0, done.stderr
    return database_url


def test_claims_of_one_moment_make_one_conflict_with_its_positions(base: str, tmp_path: Path) -> None:
    entered([row("100", "2024-03-01", "Ann"), row("102", "2024-03-02", "Ben"), row("300", "2024-03-02", "Cem")], base, tmp_path)
    (one,) = found(base)
    assert (one["relation"], one["from"], one["to"]) == ("contradicts", "2024-03-02", "2024-03-05")  # a level holds for three days more
    assert [position["claimants"] for position in one["positions"]] == [["Ann", "Ben"], ["Cem"]]
    assert [position["value"] for position in one["positions"]] == ["100-102", "300"]


@pytest.mark.parametrize("sign", ["", "-"])
def test_the_largest_numbers_are_kept_and_compared_with_others(base: str, tmp_path: Path, sign: str) -> None:
    largest = f"~{sign}95{'0' * 28}"
    entered([row(largest, "2024-03-01", "Ann"), row("3000", "2024-03-01", "Ben")], base, tmp_path)
    (conflict,) = found(base)
    assert sorted(len(position["claims"]) for position in conflict["positions"]) == [1, 1]
    assert damage_of(address_of(base)) is None


def test_an_estimate_that_has_run_out_conflicts_with_nothing(base: str, tmp_path: Path) -> None:
    entered([row("100", "2024-03-01", "Ann"), row("300", "2024-03-09", "Ben")], base, tmp_path)
    assert found(base) == []


def test_a_part_larger_than_its_whole_is_reported_on_the_whole(base: str, tmp_path: Path) -> None:
    entered([row(">400", "2024-03-01", "Ann", question="tents"), row("300", "2024-03-01", "Ben")], base, tmp_path)
    (one,) = found(base)
    assert (one["question"], one["relation"]) == ("camp", "exceeds_whole")
    assert {claimant for position in one["positions"] for claimant in position["claimants"]} == {"Ann", "Ben"}


def test_a_whole_larger_than_its_part_takes_no_part_in_the_conflict(base: str, tmp_path: Path) -> None:
    part = row("20", "2024-03-01", "Ben", question="tents")
    entered([row("10", "2024-03-01", "Ann"), row("30", "2024-03-02", "Ann"), part], base, tmp_path)
    (one,) = found(base)
    assert [(position["claimants"], position["value"]) for position in one["positions"]] == [(["Ann"], "10"), (["Ben"], "20")]


def test_a_part_that_stands_longer_than_its_whole_is_held_against_it_while_both_do(base: str, tmp_path: Path) -> None:
    huts = {"question": "huts", "kind": "fixed"}
    entered([row(">400", "2024-03-01", "Ann", **huts), row("300", "2024-05-01", "Ben")], base, tmp_path)
    (one,) = found(base)
    assert (one["question"], one["relation"], one["from"], one["to"]) == ("camp", "exceeds_whole", "2024-05-01", "2024-05-04")


def test_a_part_of_a_toll_exceeds_what_is_said_of_its_own_day_or_later(base: str, tmp_path: Path) -> None:
    toll = {"kind": "cumulative"}
    entered([row("30", "2024-03-01", "Ann", question="toll", **toll)], base, tmp_path)
    entered([row("35", "2024-03-02", "Ben", question="children", **toll)], base, tmp_path)
    assert found(base) == []
    entered([row("34", "2024-03-02", "Cem", question="toll", **toll)], base, tmp_path)
    (one,) = found(base)
    assert (one["question"], one["relation"], one["from"]) == ("toll", "exceeds_whole", "2024-03-02")
    assert [position["claimants"] for position in one["positions"]] == [["Cem"], ["Ben"]]


def test_a_part_beside_a_figure_of_the_whole_does_not_widen_its_position(base: str, tmp_path: Path) -> None:
    wholes = [row("1,500", "2024-03-01", "Ann"), row("10,000", "2024-03-01", "Ben")]
    entered([*wholes, row("2,500", "2024-03-01", "Cem", question="tents")], base, tmp_path)
    (one,) = found(base)
    assert [position["value"] for position in one["positions"]] == ["1500", "10000"]
    assert one["positions"][1]["claimants"] == ["Ben", "Cem"]


def test_a_denial_on_the_whole_denies_nothing_on_a_part(base: str, tmp_path: Path) -> None:
    entered([row("30", "2024-03-01", "Ann", stance="denies"), row("20", "2024-03-01", "Ben", question="tents")], base, tmp_path)
    assert found(base) == []


def test_figures_on_one_side_of_a_denial_may_lie_apart(base: str, tmp_path: Path) -> None:
    bounds = [row(">=8", "2024-03-01", "Ann"), row("<5", "2024-03-01", "Ben")]
    entered([*bounds, row("", "2024-03-01", "Cem", stance="denies")], base, tmp_path)
    told = {one["relation"]: [(position["stance"], position["value"]) for position in one["positions"]] for one in found(base)}
    assert told["denies"] == [("asserts", None), ("denies", None)]
    assert told["contradicts"] == [("asserts", "<5"), ("asserts", ">=8")]


def test_two_reports_of_one_statement_as_assertion_and_denial_are_a_conflict(base: str, tmp_path: Path) -> None:
    signed = {"question": "signed", "kind": "fixed", "unit": "", "said_on": "2024-03-01"}
    reports = [
        row("", "2024-03-01", "Ann", title="Morning", stance="asserts", **signed),
        row("", "2024-03-01", "Ann", title="Noon", stance="denies", **signed),
    ]
    entered(reports, base, tmp_path)
    (one,) = found(base)
    assert one["relation"] == "misreports"


def test_forecasts_of_a_flow_with_and_without_a_day_to_come_are_not_compared(base: str, tmp_path: Path) -> None:
    monthly = {"question": "monthly", "kind": "flow", "modality": "forecast", "as_of": "2024-03"}
    ahead = row("100", "2024-03-01", "Ann", **{**monthly, "published_on": "2024-03-01", "title": "Before"})
    entered([ahead, row("300", "2024-04-02", "Ben", **{**monthly, "published_on": "2024-04-02", "title": "After"})], base, tmp_path)
    assert found(base) == []


def test_a_figure_given_with_reserve_is_reported_beside_what_is_asserted_of_the_day(base: str, tmp_path: Path) -> None:
    perhaps = row("35", "2024-03-01", "Ann", stance="unconfirmed")
    entered([perhaps, row("20", "2024-03-01", "Ben"), row("50", "2024-03-08", "Cem")], base, tmp_path)
    (one,) = found(base)
    assert (one["relation"], one["from"], one["to"]) == ("contradicts", "2024-03-01", "2024-03-01")
    assert [position["claimants"] for position in one["positions"]] == [["Ben"], ["Ann"]]


def test_forecasts_that_name_no_day_conflict_while_both_are_current(base: str, tmp_path: Path) -> None:
    entered([row("100", "2024-03-01", "Ann", modality="forecast"), row("300", "2024-03-02", "Ben", modality="forecast")], base, tmp_path)
    (one,) = found(base)
    assert (one["relation"], one["from"], one["to"]) == ("contradicts", "2024-03-02", "2024-03-04")


def test_a_toll_that_falls_is_reported_and_one_that_rises_is_not(base: str, tmp_path: Path) -> None:
    toll = {"question": "toll", "kind": "cumulative"}
    entered([row("20", "2024-03-01", "Ann", **toll), row("35", "2024-03-02", "Ben", **toll)], base, tmp_path)
    assert found(base) == []
    entered([row("31", "2024-03-03", "Ann", **toll)], base, tmp_path)
    (one,) = found(base)
    assert (one["relation"], one["from"]) == ("falls", "2024-03-03")


def test_one_statement_in_two_readings_is_misreported(base: str, tmp_path: Path) -> None:
    said = {"said_on": "2024-03-01"}
    entered(
        [row("100", "2024-03-01", "Ann", publisher="Morning", **said), row("1000", "2024-03-01", "Ann", publisher="Evening", **said)],
        base,
        tmp_path,
    )
    (one,) = found(base)
    assert one["relation"] == "misreports"


def test_one_voice_that_speaks_of_a_month_and_of_its_last_day_contradicts_nobody(base: str, tmp_path: Path) -> None:
    entered([row("100", "2024-03", "Ann"), row("500", "2024-03-31", "Ann")], base, tmp_path)
    assert found(base) == []


def test_a_conflict_is_asked_for_by_day_topic_and_question(base: str, tmp_path: Path) -> None:
    entered([row("100", "2024-03-01", "Ann"), row("300", "2024-03-02", "Ben")], base, tmp_path)
    assert [len(found(base, on=day)) for day in ("2024-03-01", "2024-03-02", "2024-03-04", "2024-03-05")] == [0, 1, 1, 0]
    assert len(found(base, topic="test")) == len(found(base, question="camp")) == 1
    assert found(base, question="tents") == []


def of_policy(where: str, policy: PolicyName, *, robust: bool = False) -> list[str]:
    """The questions on which a policy finds conflicts."""
    with reading(address_of(where)) as reader:
        return [one["question"] for one in conflicts_found(reader, width=Width(policy, robust=robust))]


def test_a_policy_tells_how_far_figures_may_lie_apart(base: str, tmp_path: Path) -> None:
    length = {"question": "length", "kind": "fixed", "unit": "km"}
    rounded = [row("10,000", "2024-03-01", "Ann"), row("10,200", "2024-03-01", "Ben")]
    bound = [row(">=300", "2024-03-01", "Ann", question="tents"), row("500", "2024-03-01", "Ben", question="tents")]
    apart = [row("100", "2024-03-01", "Ann", **length), row("300", "2024-03-01", "Ben", **length)]
    entered([*rounded, *bound, *apart], base, tmp_path)
    assert of_policy(base, PolicyName.HOUSE) == ["length"]
    assert of_policy(base, PolicyName.STRICT) == ["camp", "length"]
    assert of_policy(base, PolicyName.ACLED) == ["tents", "length"]
    assert of_policy(base, PolicyName.STRICT, robust=True) == ["length"]


def test_by_each_policy_a_claim_stands_as_long_as_it_is_not_taken_back_by_that_policy(base: str, tmp_path: Path) -> None:
    taken_back = row("~11", "2024-03-02", "Ann", stance="denies")  # about 11 may be 10: not to the strict
    entered([row("10", "2024-03-01", "Ann"), taken_back, row("30", "2024-03-02", "Ben")], base, tmp_path)
    assert (of_policy(base, PolicyName.HOUSE), of_policy(base, PolicyName.STRICT)) == ([], ["camp"])
    assert of_policy(base, PolicyName.STRICT, robust=True) == []


def ruled(where: str, name: str, verdict: Verdict, reason: str, *, claim: str | None = None) -> None:
    """Rule on a conflict as it stands."""
    with reading(address_of(where)) as reader:
        conflict = conflict_named(reader, name)
        number = None if claim is None else claim_named(reader, claim)
    judgement = judgement_on(conflict, verdict, reason, claim=number)
    before = conflict["ruling"] and conflict["ruling"]["id"]
    question, positions = conflict["question"], positions_in(conflict)
    rule(address_of(where), OPERATION, judgement, conflict=name, question=question, positions=positions, before=before)


def test_a_ruling_settles_a_conflict_until_a_claim_joins_it(base: str, tmp_path: Path) -> None:
    entered([row("100", "2024-03-01", "Ann"), row("300", "2024-03-01", "Ben")], base, tmp_path)
    (before,) = found(base)
    assert (before["status"], before["ruling"]) == ("open", None)
    ruled(base, before["id"], Verdict.BOTH_STAND, "two camps")
    assert found(base) == []
    (settled,) = found(base, which=Which.ALL)
    assert (settled["status"], settled["ruling"]["verdict"], settled["ruling"]["who"]) == ("settled", "both_stand", "desk")
    entered([row("100", "2024-03-01", "Ann"), row("300", "2024-03-01", "Ben")], base, tmp_path)
    assert found(base) == []
    entered([row("900", "2024-03-02", "Cem")], base, tmp_path)
    (again,) = found(base)
    assert (again["status"], again["ruling"]["verdict"]) == ("reopened", "both_stand")


def test_a_claim_that_makes_a_conflict_begin_earlier_opens_it_again(base: str, tmp_path: Path) -> None:
    entered([row("100", "2024-03-02", "Ann"), row("300", "2024-03-02", "Ben")], base, tmp_path)
    (before,) = found(base)
    ruled(base, before["id"], Verdict.CANNOT_BE_SETTLED, "nobody counted")
    entered([row("900", "2024-03-01", "Cem"), row("5", "2024-03-01", "Dan")], base, tmp_path)
    (again,) = found(base)
    assert again["id"] != before["id"]
    assert (again["status"], again["ruling"]["reason"]) == ("reopened", "nobody counted")
    ruled(base, again["id"], Verdict.BOTH_STAND, "two camps")
    (settled,) = found(base, which=Which.ALL)
    assert (settled["status"], settled["ruling"]["reason"]) == ("settled", "two camps")


def test_a_ruling_on_a_denial_leaves_the_figures_of_one_side_unjudged(base: str, tmp_path: Path) -> None:
    entered([row("100", "2024-03-01", "Ann"), row("", "2024-03-01", "Cem", stance="denies")], base, tmp_path)
    (denial,) = found(base)
    ruled(base, denial["id"], Verdict.CANNOT_BE_SETTLED, "nobody was let in")
    entered([row("300", "2024-03-01", "Ben")], base, tmp_path)
    told = {one["relation"]: one for one in found(base)}
    assert {relation: one["status"] for relation, one in told.items()} == {"contradicts": "open", "denies": "reopened"}
    assert told["contradicts"]["id"] == denial["id"]  # names tell question and day, and go by turns
    ruled(base, told["denies"]["id"], Verdict.BOTH_STAND, "they speak of two days")
    assert [one["relation"] for one in found(base)] == ["contradicts"]
    ruled(base, told["contradicts"]["id"], Verdict.BOTH_STAND, "two camps")
    assert {one["ruling"]["reason"] for one in found(base, which=Which.ALL)} == {"they speak of two days", "two camps"}


def test_a_judged_claim_that_is_edited_opens_the_conflict_again(base: str, tmp_path: Path) -> None:
    entered([row("100", "2024-03-01", "Ann"), row("300", "2024-03-01", "Ben")], base, tmp_path)
    (before,) = found(base)
    ruled(base, before["id"], Verdict.BOTH_STAND, "Ben counts the wounded, too")
    edit_claim(address_of(base), OPERATION, "2", {"note": "read again"})
    assert found(base) == []
    edit_claim(address_of(base), OPERATION, "2", {"value": "30000"})
    (again,) = found(base)
    assert (again["status"], again["ruling"]) == ("open", None)
    undo(address_of(base), OPERATION)
    assert found(base) == []


def test_a_ruling_brought_back_leaves_open_what_was_edited_after_it(base: str, tmp_path: Path) -> None:
    address = address_of(base)
    figures = [row("100", "2024-03-01", "Ann"), row("200", "2024-03-01", "Ben"), row("500", "2024-03-01", "Cem")]
    entered(figures, base, tmp_path)
    ruled(base, "camp@2024-03-01", Verdict.BOTH_STAND, "three camps")
    edit_claim(address, OPERATION, "3", {"value": "900"})
    (reopened,) = found(base)
    ruled(base, "camp@2024-03-01", Verdict.CANNOT_BE_SETTLED, "nobody counted")
    assert found(base) == []
    undo(address, OPERATION)
    assert found(base) == [reopened]
    assert (reopened["status"], reopened["ruling"]["reason"]) == ("reopened", "three camps")
    undo(address, OPERATION)
    assert found(base) == []


def test_a_ruling_made_again_leaves_open_what_was_edited_meanwhile(base: str, tmp_path: Path) -> None:
    address = address_of(base)
    entered([row("100", "2024-03-01", "Ann"), row("200", "2024-03-01", "Ben"), row("500", "2024-03-01", "Cem")], base, tmp_path)
    ruled(base, "camp@2024-03-01", Verdict.BOTH_STAND, "three camps")
    taken_back = undo(address, OPERATION)
    edited, made_again = (replace(OPERATION, at=datetime(2999, 12, day, tzinfo=UTC), who="another") for day in (2, 3))
    edit_claim(address, edited, "2", {"value": "900"})
    undo(address, made_again, taken_back.operation + 1)
    (again,) = found(base)
    assert (again["status"], again["ruling"]["reason"], again["ruling"]["who"]) == ("reopened", "three camps", "desk")
    with reading(address, known_at="2999-12-02T00:00:00Z") as reader:
        assert [(one["status"], one["ruling"]) for one in conflicts_found(reader)] == [("open", None)]
    with reading(address, known_at="2999-12-03T00:00:00Z") as reader:
        assert list(conflicts_found(reader)) == [again]


def test_what_a_ruling_took_for_one_position_is_open_where_a_policy_parts_it(base: str, tmp_path: Path) -> None:
    figures = [row("10,000", "2024-03-01", "Ann"), row("10,200", "2024-03-01", "Ben"), row("12,000", "2024-03-01", "Cem")]
    entered(figures, base, tmp_path)
    (before,) = found(base)
    ruled(base, before["id"], Verdict.BOTH_STAND, "Cem counts the next camp, too")
    with reading(address_of(base)) as reader:
        (strict,) = conflicts_found(reader, width=Width(PolicyName.STRICT))
    assert strict["status"] == "reopened"


def test_a_later_ruling_stands_in_place_of_the_one_before(base: str, tmp_path: Path) -> None:
    entered([row("100", "2024-03-01", "Ann"), {**row("300", "2024-03-01", "Ben"), "ref": "b"}], base, tmp_path)
    (before,) = found(base)
    ruled(base, before["id"], Verdict.CANNOT_BE_SETTLED, "nobody counted")
    ruled(base, before["id"], Verdict.ONE_STANDS, "he counted", claim="b")
    (settled,) = found(base, which=Which.ALL)
    assert (settled["ruling"]["verdict"], settled["ruling"]["claim"]) == ("one_stands", before["positions"][1]["claims"][0])


@pytest.mark.parametrize(
    ("name", "verdict", "claim", "reason", "said"),
    [
        ("camp@2024-03-09", Verdict.BOTH_STAND, None, "so", "there is no conflict 'camp@2024-03-09'; did you mean camp@2024-03-01?"),
        ("camp@2024-03-01", Verdict.ONE_STANDS, None, "so", "the verdict one_stands needs a claim"),
        ("camp@2024-03-01", Verdict.ONE_STANDS, "99", "so", "there is no claim '99'"),
        ("camp@2024-03-01", Verdict.BOTH_STAND, "1", "so", "the verdict both_stand is about no single claim"),
        ("camp@2024-03-01", Verdict.BOTH_STAND, None, "  ", "the ruling gives no reason"),
    ],
)
def test_a_ruling_that_cannot_be_made_is_refused(  # noqa: PLR0913, PLR0917  a case has five parts
    base: str, tmp_path: Path, name: str, verdict: Verdict, claim: str | None, reason: str, said: str
) -> None:
    entered([row("100", "2024-03-01", "Ann"), row("300", "2024-03-01", "Ben")], base, tmp_path)
    with pytest.raises(ClaimsError) as refused:
        ruled(base, name, verdict, reason, claim=claim)
    assert str(refused.value).startswith(said)
    assert found(base)[0]["ruling"] is None


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, str]]:
    """A few claims on several questions of every kind."""
    made = []
    for at in range(draw(st.integers(2, 14))):
        question = draw(st.sampled_from(sorted(QUESTIONS)))
        day = draw(st.integers(1, 9))
        one = row(draw(st.sampled_from(VALUES)), f"2024-01-0{day}", draw(st.sampled_from(["Ann", "Ben", "Cem"])), question=question)
        one |= {"kind": QUESTIONS[question], "title": f"Report {draw(st.integers(1, 4))}", "ref": f"r{at}"}
        one |= {"published_on": draw(st.sampled_from(["2024-01-09", "2024-01-10", "2024-01-10T08:00"])), "said_on": "2024-01-09"}
        one["stance"] = draw(st.sampled_from(["asserts", "asserts", "asserts", "asserts", "unconfirmed", "denies"]))
        one["modality"] = draw(st.sampled_from(["observed", "observed", "observed", "forecast", "target"]))
        if one["modality"] == "forecast":
            one["as_of"] = draw(st.sampled_from([one["as_of"], "2024-01-12", "2024-01-13"]))
        if question == "monthly":
            one["as_of"] = draw(st.sampled_from(["2024-01", "2023-12"]))
        if question == "signed":
            one |= {"value": "", "unit": "", "stance": draw(st.sampled_from(["asserts", "denies", "unconfirmed"]))}
        made.append(one)
    return made


@pytest.fixture(scope="module")
def lasting_base(lasting_database_url: str) -> str:
    """A database with its tables, for all examples of the law."""
    make_database(address_of(lasting_database_url))
    return lasting_database_url


examples = count(1)


def of_example(text: str, number: int) -> str:
    """A codebook, or rows, whose topic and questions are those of one example: all examples share a database."""
    names = "|".join(["test", *QUESTIONS])
    return re.sub(rf"""(?<=[".])({names})(?=["\]])""", rf"\1-{number}", text)


@settings(max_examples=60)
@given(rows=histories())
def test_the_query_and_the_sweep_find_just_the_claims_that_conflict(
    rows: list[dict[str, str]], lasting_base: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    number = next(examples)
    folder = tmp_path_factory.mktemp("rows")
    (folder / "codebook.toml").write_text(of_example(CODEBOOK, number), encoding="utf-8")
    apply_codebook(read_codebook(folder / "codebook.toml"), address_of(lasting_base), OPERATION)
    entered(json.loads(of_example(json.dumps(rows), number)), lasting_base, folder)
    with reading(address_of(lasting_base)) as reader:
        statements = statements_on(rows_on(reader, topic=f"test-{number}"))
        conflicts = list(conflicts_found(reader, topic=f"test-{number}"))
    by_pairs = {one.id for pair in combinations(statements, 2) if conflict_between(*pair) for one in pair}
    assert {claim for one in conflicts for position in one["positions"] for claim in position["claims"]} == by_pairs
    with transaction(address_of(lasting_base)) as connection:
        assert by_pairs <= set(connection.exec_driver_sql("SELECT id FROM conflict_view").scalars())
