"""Review: each decision is kept at once and can be taken back; a claim is never overwritten."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from claims_cli.core.claim import Review
from claims_cli.core.errors import NotFound, NotUnderstood
from claims_cli.core.when import parse_when
from claims_cli.intake.codebook import apply_codebook, read_codebook
from claims_cli.intake.editing import EDITS
from claims_cli.intake.ingest import Told, ingest
from claims_cli.intake.review import Desk
from claims_cli.store.database import address_of
from claims_cli.store.schema import make_database
from tests.conftest import listed
from tests.store.conftest import OPERATION, asked

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

CODEBOOK = """
[topics.camps]
title = "Camps"

[questions.camp-people]
topic = "camps"
text = "How many people are in the camp?"
unit = "person"
words = ["camp", "people"]

[questions.camp-open]
topic = "camps"
text = "Is the camp open?"
"""
TEXT = "The ministry said on Monday that 400 people live in the camp. The mayor said that 300 people live in the camp. It has 12 trucks.\n"


@pytest.fixture
def where(database_url: str, tmp_path: Path) -> str:
    """A database with candidates: two figures of a camp, one that answers no question, and statements."""
    (tmp_path / "book.toml").write_text(CODEBOOK)
    (tmp_path / "a.txt").write_text(TEXT)
    address = address_of(database_url)
    make_database(address)
    apply_codebook(read_codebook(tmp_path / "book.toml"), address, OPERATION)
    ingest([str(tmp_path / "a.txt")], Told(parse_when("2024-10-29")), address, OPERATION, lambda _done, _all: None)
    return database_url


@pytest.fixture
def desk(where: str) -> Desk:
    """A desk whose every decision has the same time."""
    return Desk(address_of(where), lambda: OPERATION)


def number_of(where: str, value: str) -> int:
    """The claim with a value."""
    (row,) = asked(where, f"SELECT id FROM claim WHERE value = '{value}'")  # noqa: S608  our own values
    number: int = row["id"]
    return number


def current(where: str, number: int) -> dict[str, Any]:
    """The current version of a claim."""
    (row,) = asked(where, f"SELECT * FROM claim WHERE id = {number}")  # noqa: S608  our own values
    return row


def test_a_decision_closes_one_version_and_opens_another(where: str, desk: Desk) -> None:
    number = number_of(where, "400")
    before = current(where, number)
    desk.decide(number, Review.ACCEPTED)
    after = current(where, number)
    (former,) = asked(where, f"SELECT * FROM claim_history WHERE id = {number}")  # noqa: S608  our own values
    assert former == before | {"closed_by": after["operation_id"]}
    changed = {"review", "recorded_at", "operation_id", "content_hash"}
    assert after | dict.fromkeys(changed) == before | dict.fromkeys(changed)
    assert [one["review"] for one in (former, after)] == ["candidate", "accepted"]


@pytest.mark.parametrize(
    ("field", "text", "kept"),
    [
        ("value", "~450", "~450"),
        ("stance", "denies", "denies"),
        ("modality", "forecast", "forecast"),
        ("as_of", "2024-10-01", "2024-10-01"),
        ("as_of", "", None),
        ("said_on", "2024-10-20", "2024-10-20"),
        ("place", "north gate", "north gate"),
        ("relay", "A > B", "A > B"),
        ("note", "seen", "seen"),
    ],
)
def test_a_field_is_edited_and_the_edit_taken_back(where: str, field: str, text: str, kept: str | None) -> None:
    desk = Desk(address_of(where), lambda: OPERATION)
    number = number_of(where, "400")
    before = current(where, number)
    desk.edit(number, field, text)
    after = current(where, number)
    assert after[field] == kept
    assert (after["uid"] == before["uid"]) == (field == "note")
    assert desk.undo() == number
    changed = {"recorded_at", "operation_id", "content_hash"}
    assert {**current(where, number), **dict.fromkeys(changed)} == {**before, **dict.fromkeys(changed)}
    assert desk.undo() is None


def test_another_claimant_is_found_or_made(where: str, desk: Desk) -> None:
    number = number_of(where, "400")
    desk.edit(number, "claimant", "The mayor")
    assert current(where, number)["claimant_id"] == current(where, number_of(where, "300"))["claimant_id"]
    desk.edit(number, "claimant", "Somebody else")
    assert desk.card(number).claim.claimant == "Somebody else"


def test_every_field_that_can_be_edited_is_tried() -> None:
    assert set(EDITS) == {"value", "claimant", "stance", "modality", "as_of", "said_on", "place", "relay", "note", "question"}


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("value", "many", "'many' is not a value"),
        ("value", "", "a figure cannot lose its own"),
        ("claimant", "", "a claim has a claimant"),
        ("stance", "perhaps", "is not one of its words"),
        ("as_of", "2024-02-30", "February 2024 has 29 days"),
        ("as_of", "2024-11-09", "cannot stand in a source published on"),
        ("question", "none", "there is no question 'none'"),
        ("question", "camp-open", "camp-open counts nothing, this claim person"),
        ("quote", "other words", "'quote' cannot be edited"),
    ],
)
def test_an_edit_that_means_nothing_changes_nothing(where: str, desk: Desk, field: str, text: str, said: str) -> None:
    number = number_of(where, "400")
    before = current(where, number)
    with pytest.raises(NotUnderstood) as caught:
        desk.edit(number, field, text)
    assert said in str(caught.value)
    assert current(where, number) == before


def test_what_answers_no_question_is_given_one_before_it_is_accepted(where: str, desk: Desk) -> None:
    number = number_of(where, "12")
    with pytest.raises(NotUnderstood, match="it answers no question yet"):
        desk.decide(number, Review.ACCEPTED)
    with pytest.raises(NotUnderstood, match="counts person, this claim truck"):
        desk.edit(number, "question", "camp-people")
    desk.edit(number, "question", "camps/camp-trucks")
    desk.decide(number, Review.ACCEPTED)
    assert current(where, number)["review"] == "accepted"


def test_a_claim_that_is_not_there_is_not_found(desk: Desk) -> None:
    for act in (lambda: desk.card(999), lambda: desk.decide(999, Review.REJECTED), lambda: desk.edit(999, "note", "x")):
        with pytest.raises(NotFound, match="there is no claim 999"):
            act()


def test_the_card_shows_the_quote_in_its_sentence(where: str, desk: Desk) -> None:
    card = desk.card(number_of(where, "300"))
    text, quote = card.claim.source.text, card.claim.quote
    assert text is not None
    assert quote is not None
    assert card.sentence is not None
    assert text[card.sentence[0] : card.sentence[1]] == "The mayor said that 300 people live in the camp."
    assert text[quote.start : quote.end] == quote.exact == "300 people"


def test_a_person_goes_through_the_candidates(run: Run, where: str) -> None:
    keys = "x\na\ns\nu\ne\nvalue=401\na\nr\nq\n"  # the skip leads to the end, from where the acceptance is taken back
    done = run("review", "--question", "camp-people", db=where, stdin=keys)
    assert done.code == 0, done.stderr
    assert "'x' is no key" in done.stderr
    assert done.stderr.splitlines()[-1] == "2 decided"
    assert [(row["value"], row["review"]) for row in listed(run, where, "--question", "camp-people")] == [
        ("401", "accepted"),
        ("300", "rejected"),
    ]


def test_a_person_can_ask_what_the_keys_mean(run: Run, where: str) -> None:
    done = run("review", "--question", "camp-people", db=where, stdin="?\ne\nq\n")
    assert "s  skip it: it waits for the next review" in done.stderr
    assert "fields: question, value, " in done.stderr


def test_a_claim_tells_what_was_changed_in_it(run: Run, where: str) -> None:
    number = str(number_of(where, "400"))
    run("review", "--question", "camp-people", "--max", "400", "--min", "400", db=where, stdin="e\nvalue=401\na\nq\n")
    changes = json.loads(run("show", number, "--json", db=where).stdout)["history"][1:]
    assert [change["changed"] for change in changes] == [{"value": ["400", "401"]}, {"review": ["candidate", "accepted"]}]
    shown = run("show", number, db=where).stdout
    assert "value: 400 → 401" in shown
    assert "review: candidate → accepted" in shown


def test_stopping_loses_nothing_that_was_decided(run: Run, where: str) -> None:
    done = run("review", "--question", "camp-people", db=where, stdin="a\n")
    assert done.stderr.splitlines()[-1] == "1 decided, 1 left"
    assert [row["review"] for row in listed(run, where, "--question", "camp-people")] == ["accepted", "candidate"]
    assert run("review", "--question", "camp-people", db=where, stdin="r\n").stderr.splitlines()[-1] == "1 decided"
    assert run("review", "--question", "camp-people", db=where).stderr == "no candidate waits\n"


def test_a_script_accepts_what_fits_its_filters(run: Run, where: str) -> None:
    assert run("review", "--accept-all", "--claimant", "The mayor", db=where).code == 0
    assert [(row["value"], row["review"]) for row in listed(run, where, "--question", "camp-people")] == [
        ("400", "candidate"),
        ("300", "accepted"),
    ]
    done = run("review", "--accept-all", db=where)
    assert "answer no question yet and stay: claims review --topic unlinked" in done.stderr
    assert {row["review"] for row in listed(run, where, "--topic", "unlinked")} == {"candidate"}


def test_without_a_person_review_asks_nothing(run: Run, where: str) -> None:
    done = run("review", "--no-input", db=where)
    assert (done.code, done.stdout) == (2, "")
    assert "review asks a person" in done.stderr
