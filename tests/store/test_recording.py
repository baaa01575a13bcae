"""Recording: a claim is kept once, as it was found; an operation is kept whole or not at all, and is told."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from claims_cli.core.claim import Actor, Alias, Modality, Office, Operation, Quote, Review, Source, Stance
from claims_cli.core.errors import DatabaseUnusable, NotUnderstood, RowsRefused
from claims_cli.core.notation import parse_figure
from claims_cli.core.when import parse_when
from claims_cli.intake.tables import import_table
from claims_cli.store.database import Commitment, address_of
from claims_cli.store.reading import EVERY_ID, reading
from claims_cli.store.recording import Tally
from claims_cli.store.revising import kept_claim, kept_source, revise
from tests.conftest import ROOT, settled_environment
from tests.store.conftest import ARTICLE, CAMP, CLAIM, OPERATION, PAPER, WORDS, asked, recorded, recording, sizes

if TYPE_CHECKING:
    from pathlib import Path

    from claims_cli.core.claim import Claim

NOTHING = dict.fromkeys(
    ("operation", "topic", "actor", "actor_alias", "question", "source", "source_text", "source_original", "claim", "claim_relay"), 0
)
LATER = replace(OPERATION, at=OPERATION.at + timedelta(days=1), who="night desk", command="claims test again", summary="")
CLOSED = "2024-12-02T08:30:00Z"
DYING = """
import os
from tests.store.conftest import CLAIM, recording
with recording(os.environ["WHERE"]) as recorder:
    recorder.connection.exec_driver_sql(os.environ["FIRST"])
    recorder.add_claims([CLAIM])
    os._exit(9)
"""


def uids(where: str) -> list[str]:
    """The uids of the current claims, by number."""
    return [row["uid"] for row in asked(where, "SELECT uid FROM claim ORDER BY id")]


def listed(where: str) -> list[dict[str, Any]]:
    """The claims as a reader sees them."""
    with reading(address_of(where)) as reader:
        return [dict(row) for row in reader.claims({})]


def test_a_claim_recorded_twice_is_kept_once(base: str) -> None:
    first = recorded(base, CLAIM)
    before = asked(base, "SELECT * FROM claim")
    second = recorded(base, CLAIM, operation=LATER)
    assert (first.new, first.known, second.new, second.known) == (1, 0, 0, 1)
    assert second.made == {}
    assert asked(base, "SELECT * FROM claim") == before
    assert sizes(base) == {**dict.fromkeys(NOTHING, 1), "source_original": 0, "actor": 3, "actor_alias": 3}


def test_a_claim_twice_in_one_operation_is_kept_once(base: str) -> None:
    tally = recorded(base, CLAIM, replace(CLAIM, ref="other"), CLAIM)
    assert (tally.new, tally.known) == (2, 1)
    assert len(set(uids(base))) == 2


def test_a_claims_uid_is_the_same_on_every_engine_and_in_every_release(base: str) -> None:
    recorded(base, CLAIM)
    assert uids(base) == ["eb48fd4457d885e1229c"]


def test_a_claim_told_under_an_actors_other_name_is_the_same_claim(base: str) -> None:
    with recording(base) as recorder:
        recorder.apply_actors(
            [Actor("ann", "Ann", aliases=(Alias("آنّ", "ar"),)), Actor("paper", "Paper", aliases=(Alias("La Gazette", "fr"),))]
        )
    recorded(base, CLAIM)
    again = replace(CLAIM, claimant="أن", source=replace(PAPER, publisher="LA GAZETTE"), relay=("  ben ",))
    assert recorded(base, again).known == 1
    assert len(uids(base)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"claimant": "Cem"},
        {"source": replace(PAPER, title="Another report")},
        {"source": replace(PAPER, publisher="Evening")},
        {"source": replace(PAPER, published_on=parse_when("2024-11-03"))},
        {"figure": parse_figure("10-13")},
        {"figure": parse_figure("~11")},
        {"stance": Stance.UNCONFIRMED},
        {"modality": Modality.FORECAST},
        {"as_of": parse_when("2024-11")},
        {"said_on": parse_when("2024-10-31")},
        {"quote": Quote("other words")},
        {"quote": None},
        {"relay": ()},
        {"relay": ("Ben", "Dan")},
        {"place": "Kursk"},
        {"basis": "satellite images"},
        {"ref": "a-1"},
    ],
)
def test_what_makes_a_claim_another_claim(base: str, change: dict[str, Any]) -> None:
    tally = recorded(base, CLAIM, replace(CLAIM, **change))
    assert (tally.new, tally.known) == (2, 0)


@pytest.mark.parametrize("change", [{"note": "look again"}, {"value_text": "ten or twelve"}, {"review": Review.REJECTED}])
def test_what_is_only_remarked_on_a_claim_leaves_it_the_same(base: str, change: dict[str, Any]) -> None:
    tally = recorded(base, CLAIM, replace(CLAIM, **change))
    assert (tally.new, tally.known) == (1, 1)


def test_the_evidence_is_kept_to_the_letter(base: str) -> None:
    recorded(base, CLAIM)
    (row,) = asked(
        base, "SELECT s.text_hash, x.text, c.* FROM claim c JOIN source s ON s.id = c.source_id JOIN source_text x ON x.source_id = s.id"
    )
    assert row["text"] == ARTICLE
    assert row["text_hash"] == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert row["text"][row["quote_start"] : row["quote_end"]] == row["quote"] == WORDS
    assert (row["value"], row["low_exact"], row["high_exact"], row["hedge"]) == ("10-12", "10", "12", "range")
    assert (row["as_of"], row["day_from"], row["day"]) == ("2024-11-01", 739191, 739191)


def test_a_text_that_was_missing_is_added_once(base: str) -> None:
    recorded(base, replace(CLAIM, source=replace(PAPER, text=None)))
    assert asked(base, "SELECT text_hash FROM source") == [{"text_hash": None}]
    recorded(base, CLAIM)
    recorded(base, replace(CLAIM, ref="another", source=replace(PAPER, text=None)))
    assert [row["text"] for row in asked(base, "SELECT text FROM source_text")] == [ARTICLE]
    assert asked(base, "SELECT text_hash FROM source") == [{"text_hash": hashlib.sha256(ARTICLE.encode()).hexdigest()}]


def test_a_text_that_was_missing_comes_before_a_new_document(base: str) -> None:
    recorded(base, replace(CLAIM, source=replace(PAPER, text=None)))
    recorded(base, CLAIM, replace(CLAIM, source=replace(PAPER, title="Another report")))
    assert asked(base, "SELECT s.title FROM source_text t JOIN source s ON s.id = t.source_id ORDER BY s.id") == [
        {"title": "A report"},
        {"title": "Another report"},
    ]


def test_a_text_that_is_kept_is_never_altered(base: str) -> None:
    recorded(base, CLAIM)
    before = sizes(base)
    with pytest.raises(NotUnderstood, match="another text is kept already for 'A report'"):
        recorded(base, replace(CLAIM, ref="another", source=replace(PAPER, text=ARTICLE.strip())))
    assert [row["text"] for row in asked(base, "SELECT text FROM source_text")] == [ARTICLE]
    assert sizes(base) == before


def test_the_bytes_that_a_text_came_in_are_kept_once_and_make_it_no_other_source(base: str) -> None:
    read = replace(PAPER, encoding="utf-16-le", original=ARTICLE.encode("utf-16-le"))
    recorded(base, replace(CLAIM, source=replace(PAPER, text=None)))
    recorded(base, replace(CLAIM, source=read))
    recorded(base, replace(CLAIM, source=replace(read, encoding="cp1256", original=b"another")), replace(CLAIM, ref="another"))
    kept = {"encoding": "utf-16-le", "bytes_hash": hashlib.sha256(read.original or b"").hexdigest(), "bytes": read.original}
    asked_for = "SELECT s.encoding, s.bytes_hash, o.bytes FROM source s LEFT JOIN source_original o ON o.source_id = s.id"
    assert asked(base, asked_for) == [kept]
    with recording(base) as recorder:
        found = kept_source(recorder.connection, 1)
        assert (found.encoding, found.original) == (read.encoding, read.original)


def test_bytes_that_are_just_the_text_are_known_by_their_hash_alone(base: str) -> None:
    recorded(base, replace(CLAIM, source=replace(PAPER, encoding="utf-8")))
    (row,) = asked(base, "SELECT text_hash, bytes_hash FROM source")
    assert row["text_hash"] == row["bytes_hash"]
    assert sizes(base)["source_original"] == 0


def test_the_same_rules_hold_for_a_text_that_comes_again_within_one_operation(base: str) -> None:
    recorded(base, replace(CLAIM, source=replace(PAPER, text=None)), replace(CLAIM, ref="another"))
    assert [row["text"] for row in asked(base, "SELECT text FROM source_text")] == [ARTICLE]
    with pytest.raises(NotUnderstood, match="another text is kept already for 'A report'"):
        recorded(base, replace(CLAIM, ref="a third"), replace(CLAIM, ref="a fourth", source=replace(PAPER, text=ARTICLE.strip())))


def test_sources_looked_up_together_are_those_found_one_by_one(base: str) -> None:
    told = [replace(PAPER, title=f"Report {number}") for number in range(3)]
    with recording(base) as recorder:
        first = recorder.source(told[1])
    with recording(base) as recorder:
        recorder.sources.look_up(told)
        numbers = [recorder.sources.kept(source).id for source in told]
        recorder.sources.look_up(told)
        assert [recorder.source(source) for source in told] == numbers
    assert numbers[1] == first
    assert [row["id"] for row in asked(base, "SELECT id FROM source ORDER BY id")] == sorted(numbers)


def test_texts_without_title_or_address_are_told_apart_by_their_words(base: str) -> None:
    bare = Source(publisher="Paper", text="One.")
    recorded(base, replace(CLAIM, source=bare, quote=None), replace(CLAIM, source=replace(bare, text="Two."), quote=None))
    assert sorted(row["text"] for row in asked(base, "SELECT text FROM source_text")) == ["One.", "Two."]


def revised(where: str, **changed: Any) -> None:  # noqa: ANN401  whatever the field holds
    """Close the current version of claim 1 and open another with some fields changed."""
    with recording(where, operation=LATER) as recorder:
        revise(recorder, 1, replace(kept_claim(recorder.connection, 1), **changed))


def test_a_new_version_of_a_claim_supersedes_the_former_and_leaves_its_evidence(base: str) -> None:
    recorded(base, CLAIM)
    (former,) = asked(base, "SELECT * FROM claim")
    revised(base, note="seen again", review=Review.REJECTED)
    assert asked(base, "SELECT * FROM claim_history") == [former | {"closed_by": 2}]
    (relayed,) = asked(base, "SELECT claim_id, step FROM claim_relay")
    assert relayed == {"claim_id": 1, "step": 0}
    assert [(row["id"], row["note"], row["review"], row["quote"]) for row in listed(base)] == [(1, "seen again", "rejected", WORDS)]
    assert [row["text"] for row in asked(base, "SELECT text FROM source_text")] == [ARTICLE]


def test_a_revision_that_changes_nothing_leaves_no_trace(base: str) -> None:
    recorded(base, CLAIM)
    revised(base, note=CLAIM.note)
    assert asked(base, "SELECT id FROM claim_history") == []
    assert sizes(base)["operation"] == 1


def test_every_query_reads_current_versions_only(base: str) -> None:
    recorded(base, CLAIM)
    with reading(address_of(base)) as reader:
        everything = reader.scope(topic=None, question=None)
    scopes: dict[str, dict[str, object]] = {
        "counts": {},
        "actors": {},
        "sources": {},
        "topics": {},
        "questions": {"first_topic": everything["first_topic"], "last_topic": everything["last_topic"]},
        "statements": {**everything, "first_voice": 0, "last_voice": EVERY_ID[1]},
        "claim_detail": {"id": 1},
    }

    def answers() -> dict[str, list[dict[str, Any]]]:
        with reading(address_of(base)) as reader:
            return {name: [dict(row) for row in reader.query(name, **scope)] for name, scope in scopes.items()}

    before = answers()
    assert all(before.values())
    revised(base, note="seen again")
    after = answers()
    (detail,) = after["claim_detail"]
    (detail_before,) = before["claim_detail"]
    by_whom = {"recorded_by": LATER.who, "recorded_with": LATER.command}
    assert detail == detail_before | by_whom | {"recorded_at": CLOSED, "note": "seen again"}
    assert after | {"claim_detail": []} == before | {"claim_detail": []}


def test_a_claim_known_in_a_new_version_is_still_the_same_claim(base: str) -> None:
    recorded(base, CLAIM)
    revised(base, note="seen again")
    assert recorded(base, CLAIM).known == 1
    assert [row["note"] for row in listed(base)] == ["seen again"]


def test_a_claim_after_a_superseded_one_has_a_number_of_its_own(base: str) -> None:
    recorded(base, CLAIM)
    revised(base, note="seen again")
    recorded(base, replace(CLAIM, ref="another"))
    assert [row["id"] for row in asked(base, "SELECT id FROM claim ORDER BY id")] == [1, 2]


def test_an_office_is_kept_as_who_held_it_when_it_spoke(base: str) -> None:
    first = Actor("ann", "Ann", offices=(Office("the mayor", parse_when("2020"), parse_when("2022")),))
    second = Actor("cem", "Cem", offices=(Office("the mayor", parse_when("2023")),))
    with recording(base) as recorder:
        recorder.apply_actors([first, second])
    for day in ("2021-05-05", "2024-05-05"):
        recorded(base, replace(CLAIM, claimant="The Mayor", said_on=parse_when(day), as_of=None, source=replace(PAPER, published_on=None)))
    assert [row["claimant"] for row in listed(base)] == ["Ann", "Cem"]


def test_offices_are_brought_to_what_the_codebook_says(base: str) -> None:
    for offices in ((Office("mayor"), Office("judge")), (Office("judge", parse_when("2024")),), ()):
        with recording(base) as recorder:
            recorder.apply_actors([Actor("ann", "Ann", offices=offices)])
        kept = [(row["name"], row["since"]) for row in asked(base, "SELECT name, since FROM actor_office ORDER BY name")]
        assert kept == sorted((office.name, office.since and office.since.text) for office in offices)


def test_a_failure_midway_leaves_nothing(base: str) -> None:
    def failing() -> None:
        with recording(base) as recorder:
            recorder.add_claims([CLAIM])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert sizes(base) == NOTHING


def test_a_claim_that_the_tables_refuse_takes_the_whole_operation_with_it(base: str) -> None:
    recorded(base, CLAIM)
    before = sizes(base)

    def failing() -> None:
        with recording(base) as recorder:
            recorder.add_claims([replace(CLAIM, claimant="Cem", ref="fits")])
            recorder.add_claims([replace(CLAIM, claimant="Dan", quote=Quote(WORDS, start=5, end=5))])

    with pytest.raises(DatabaseUnusable, match="ck_claim_quote"):
        failing()
    assert sizes(base) == before


def test_a_program_that_dies_midway_leaves_nothing(base: str) -> None:
    spilling = "PRAGMA cache_size = 1" if address_of(base).path else "SELECT 1"  # so that pages reach the file before the commit
    dying = subprocess.run(
        [sys.executable, "-c", DYING],
        cwd=ROOT,
        env=settled_environment() | {"WHERE": base, "FIRST": spilling},
        check=False,
        capture_output=True,
    )
    assert dying.returncode == 9, dying.stderr
    assert sizes(base) == NOTHING
    assert recorded(base, CLAIM).new == 1


def test_an_operation_that_is_only_tried_tells_what_it_would_do_and_keeps_nothing(base: str) -> None:
    with recording(base, Commitment.TRY) as recorder:
        recorder.add_claims([CLAIM])
        assert recorder.tally.new == 1
        assert {what: (made.count, made.first) for what, made in recorder.tally.made.items()} == {
            "topic": (1, ["test"]),
            "question": (1, ["camp"]),
            "actor": (3, ["Ann", "Paper", "Ben"]),
            "source": (1, ["A report"]),
        }


def test_of_many_things_that_are_made_the_first_are_named() -> None:
    tally = Tally()
    for number in range(100):
        tally.note("actor", f"Voice {number}")
    assert (tally.made["actor"].count, tally.made["actor"].first) == (100, [f"Voice {number}" for number in range(10)])


def test_an_import_with_a_bad_row_far_down_keeps_none_of_them(base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims_cli.intake.tables.BATCH", 2)
    rows = [{"topic": "t", "question": "q", "unit": "person", "claimant": "Ann", "value": str(value)} for value in (1, 2, 3, 4, 5)]
    table = tmp_path / "rows.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in [*rows, rows[0] | {"value": "NaN"}]), encoding="utf-8")
    with pytest.raises(RowsRefused) as refusal:
        import_table(table, address_of(base), OPERATION)
    assert [problem.line for problem in refusal.value.problems] == [6]
    assert sizes(base) == NOTHING
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert import_table(table, address_of(base), OPERATION).new == 5
    assert [row["value"] for row in listed(base)] == ["1", "2", "3", "4", "5"]
    assert import_table(table, address_of(base), OPERATION).known == 5


def test_an_operation_is_kept_with_who_when_and_what(base: str) -> None:
    recorded(base, CLAIM)
    recorded(base, replace(CLAIM, ref="another"), operation=LATER)
    assert asked(base, "SELECT at, who, command, summary FROM operation ORDER BY id") == [
        {"at": "2024-12-01T08:30:00Z", "who": "desk", "command": "claims test", "summary": "a test"},
        {"at": "2024-12-02T08:30:00Z", "who": "night desk", "command": "claims test again", "summary": ""},
    ]


def test_what_is_written_belongs_to_its_operation(base: str) -> None:
    recorded(base, CLAIM)
    recorded(base, replace(CLAIM, claimant="Cem", source=replace(PAPER, title="Another")), operation=LATER)
    told = "SELECT c.recorded_at, o.at, o.who FROM claim c JOIN operation o ON o.id = c.operation_id ORDER BY c.id"
    assert [tuple(row.values()) for row in asked(base, told)] == [
        ("2024-12-01T08:30:00Z", "2024-12-01T08:30:00Z", "desk"),
        ("2024-12-02T08:30:00Z", "2024-12-02T08:30:00Z", "night desk"),
    ]
    (first, second) = (row["id"] for row in asked(base, "SELECT id FROM operation ORDER BY id"))
    assert {row["name"]: row["operation_id"] for row in asked(base, "SELECT name, operation_id FROM actor")} == {
        "Paper": first,
        "Ann": first,
        "Ben": first,
        "Cem": second,
    }
    assert [row["operation_id"] for row in asked(base, "SELECT operation_id FROM source ORDER BY id")] == [first, second]


def test_words_that_look_like_sql_are_kept_as_words(base: str) -> None:
    operation = Operation(at=datetime(2024, 1, 1, tzinfo=UTC), who="O'Neill", command="add '); DROP TABLE claim; --", summary=":a %s {0}")
    claim = replace(CLAIM, claimant="Robert'); DROP TABLE actor", note="100 % :sure ?")
    recorded(base, claim, operation=operation)
    assert [(row["claimant"], row["note"]) for row in listed(base)] == [("Robert'); DROP TABLE actor", "100 % :sure ?")]
    assert [(row["who"], row["summary"]) for row in asked(base, "SELECT who, summary FROM operation")] == [("O'Neill", ":a %s {0}")]


def test_the_relay_is_kept_from_the_originator_on(base: str) -> None:
    recorded(base, replace(CLAIM, relay=("Officials", "New York Times", "Ben")))
    steps = "SELECT r.step, a.name FROM claim_relay r JOIN actor a ON a.id = r.actor_id ORDER BY r.step"
    assert [tuple(row.values()) for row in asked(base, steps)] == [(0, "Officials"), (1, "New York Times"), (2, "Ben")]
    assert [row["relay"] for row in listed(base)] == ["Officials > New York Times > Ben"]


def test_an_actor_without_letters_is_refused_and_nothing_kept(base: str) -> None:
    with pytest.raises(NotUnderstood, match="is not a name"):
        recorded(base, replace(CLAIM, claimant=" … "))
    assert sizes(base) == NOTHING


def test_actors_who_would_speak_for_themselves_in_a_circle_are_refused_and_nothing_kept(base: str) -> None:
    circle = [Actor("ann", "Ann", speaks_for="ben"), Actor("ben", "Ben", speaks_for="cem"), Actor("cem", "Cem", speaks_for="ann")]
    with pytest.raises(NotUnderstood, match="in a circle"), recording(base) as recorder:
        recorder.apply_actors(circle)
    assert sizes(base) == NOTHING


def test_a_voice_is_the_last_of_those_spoken_for(base: str) -> None:
    with recording(base) as recorder:
        recorder.apply_actors([Actor("ann", "Ann", speaks_for="ben"), Actor("ben", "Ben", speaks_for="cem"), Actor("cem", "Cem")])
    voices = "SELECT a.slug, v.slug AS voice FROM actor a JOIN actor v ON v.id = a.voice_id"
    assert {row["slug"]: row["voice"] for row in asked(base, voices)} == {"ann": "cem", "ben": "cem", "cem": "cem"}
    with recording(base) as recorder:
        recorder.apply_actors([Actor("ben", "Ben")])
    assert {row["slug"]: row["voice"] for row in asked(base, voices)} == {"ann": "ben", "ben": "ben", "cem": "cem"}


def test_a_questions_unit_stays_once_claims_are_counted_in_it(base: str) -> None:
    recorded(base, CLAIM)
    with recording(base) as recorder:
        recorder.apply_questions([replace(CAMP, text="How many live there?", place="Kursk")])
    with pytest.raises(NotUnderstood, match="has claims in person and cannot change to tent"), recording(base) as recorder:
        recorder.apply_questions([replace(CAMP, unit="tent", text="How many tents?")])
    assert asked(base, "SELECT text, unit, place FROM question") == [{"text": "How many live there?", "unit": "person", "place": "Kursk"}]


def test_claims_far_apart_in_time_are_kept_by_the_day(base: str) -> None:
    ends = {"0001-01-01": 1, "9999-12-31": 3652059}
    claims: list[Claim] = [replace(CLAIM, as_of=parse_when(day), said_on=None, source=Source(title=day), quote=None) for day in ends]
    recorded(base, *claims)
    assert {row["as_of"]: row["day"] for row in asked(base, "SELECT as_of, day FROM claim")} == ends
