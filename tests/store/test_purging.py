"""Purging: the words are gone from every row, every answer and the file, nothing brings them back, and the rest still verifies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from claims_cli.core.claim import Actor, Alias, Kind, Question, Source, Topic
from claims_cli.core.errors import NotFound, NotUnderstood
from claims_cli.core.ruling import Judgement, Verdict
from claims_cli.core.when import parse_when
from claims_cli.intake.editing import edit_claim
from claims_cli.store.database import Commitment, address_of
from claims_cli.store.merging import merge_actors, merge_sources
from claims_cli.store.models import HISTORY, VERSIONED
from claims_cli.store.purging import purge
from claims_cli.store.revising import retract
from claims_cli.store.ruling import rule
from claims_cli.store.undoing import undo
from tests.store.conftest import CLAIM, OPERATION, PAPER, asked, recorded, recording
from tests.store.eventful import LEAK, LEAKED, SAID, SAID_NUMBER, TOLD, WORDS, source_of, stock, verified

if TYPE_CHECKING:
    from tests.conftest import Run

TABLES = ["operation", "purge", *(table.name for table in VERSIONED), *(table.name for table in HISTORY.values())]
WHY = "for his safety"
DOCUMENT = f"---\npublisher: Paper\ntitle: A leaked memorandum\nurl: https://kestrel.example/leak\npublished: 2024-11-03\n---\n{LEAKED}"


def purged(where: str) -> int:
    """A database with a purged source; gives its number."""
    number = stock(where)
    purge(address_of(where), replace(OPERATION, command="claims purge"), number, WHY)
    return number


def words_in(where: str) -> set[str]:
    """The words of the source that any row of any table still holds; on SQLite, any byte of the file or beside it."""
    kept = "\n".join(str(row) for table in TABLES for row in asked(where, f"SELECT * FROM {table}"))  # noqa: S608  our own names
    if not where.startswith("postgresql"):
        path = Path(where)
        kept += "".join(one.read_bytes().decode("latin-1") for one in path.parent.glob(f"{path.name}*"))
        assert not path.with_name(f"{path.name}-journal").exists()
    return {word for word in WORDS if word in kept}


def sound(where: str) -> bool:
    """Whether verifying finds nothing."""
    return verified(where)[0] == []


def test_the_words_are_gone_from_every_row_and_from_the_file(base: str) -> None:
    number = stock(base)
    assert words_in(base) == set(WORDS)
    told = purge(address_of(base), replace(OPERATION, command="claims purge"), number, WHY)
    assert words_in(base) == set()
    assert (told.rows, told.operations, told.elsewhere) == ({"source": 1, "source_text": 1, "source_original": 1, "claim": 2}, [2], [])
    assert sound(base)


def test_every_touched_version_keeps_its_hash_and_has_a_tombstone(base: str) -> None:
    number = stock(base)
    hashes = (
        "SELECT id, operation_id, content_hash FROM claim UNION ALL SELECT id, operation_id, content_hash FROM claim_history ORDER BY 1, 2"
    )
    before = asked(base, hashes)
    purge(address_of(base), OPERATION, number, WHY)
    assert asked(base, hashes) == before
    stones = asked(base, "SELECT table_name, row_key, row_operation_id, content_hash, reason FROM purge WHERE table_name = 'claim'")
    expected = [
        {
            "table_name": "claim",
            "row_key": f"[{SAID_NUMBER}]",
            "row_operation_id": row["operation_id"],
            "content_hash": row["content_hash"],
            "reason": WHY,
        }
        for row in before
        if row["id"] == SAID_NUMBER
    ]
    assert sorted(stones, key=str) == sorted(expected, key=str)


def test_no_answer_tells_the_words(run: Run, base: str, tmp_path: Path) -> None:
    number = stock(base)
    claim = str(SAID_NUMBER)
    assert run("purge", str(number), "--reason", WHY, db=base).code == 0
    for words in (
        ("list", "--json"),
        ("list", "--json", "--known-at", "2024-12-01"),
        ("show", claim),
        ("show", claim, "--json", "--known-at", "2024-12-01"),
        ("history",),
        ("history", claim, "--json"),
        ("sources", "--json"),
        ("conflicts",),
        ("export", "--force", "report.csv"),
    ):
        done = run(*words, db=base)
        assert done.code == 0, done.stderr
        answer = done.stdout + done.stderr + ((tmp_path / "report.csv").read_text(encoding="utf-8") if words[0] == "export" else "")
        assert [word for word in WORDS if word in answer] == [], words


def test_the_same_document_is_passed_over_whatever_it_is_called(run: Run, base: str, tmp_path: Path) -> None:
    purged(base)
    (tmp_path / "leak.md").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "other-name.md").write_text(DOCUMENT.replace("A leaked memorandum", "Another title"), encoding="utf-8")
    (tmp_path / "changed.md").write_text(f"{DOCUMENT} and ten more.", encoding="utf-8")
    told = run("ingest", "leak.md", "other-name.md", "changed.md", db=base)
    assert told.code == 0
    assert told.stderr.count("this source was purged, and is passed over") == 3
    table = (
        '{"question": "camp", "value": "7300", "claimant": "Cem", "as_of": "2024-11-01", "document": "leak.md", "quote": "7,300 soldiers"}'
    )
    (tmp_path / "claims.jsonl").write_text(table, encoding="utf-8")
    told = run("import", "claims.jsonl", db=base)
    assert (told.code, told.stderr) == (0, "0 new claims, 0 known already, 1 passed over: their source was purged\n")
    given = ("--publisher", "Paper", "--title", "A leaked memorandum", "--url", "https://kestrel.example/leak", "--published", "2024-11-03")
    told = run("add", "7300", "-q", "camp", "--claimant", "Cem", "--as-of", "2024-11-01", "--quote", "7,300 soldiers", *given, db=base)
    assert "1 passed over: their source was purged" in told.stderr
    assert words_in(base) == set()
    assert sound(base)


def test_the_same_claim_recorded_again_is_passed_over(base: str) -> None:
    purged(base)
    tally = recorded(base, SAID, replace(SAID, quote=None, source=replace(LEAK, text=None)))
    assert (tally.new, tally.purged) == (0, 2)
    assert words_in(base) == set()


def test_a_purge_cannot_be_undone(base: str) -> None:
    purged(base)
    with pytest.raises(NotUnderstood, match="purged what cannot come back"):
        undo(address_of(base), OPERATION)


def test_what_was_done_before_and_after_can_still_be_undone(base: str) -> None:
    number = stock(base)
    address = address_of(base)
    retract(address, OPERATION, ["leak-1"])
    (last,) = asked(base, "SELECT MAX(id) AS id FROM operation")
    purge(address, OPERATION, number, WHY)
    undo(address, OPERATION, last["id"])
    assert sound(base)
    edit_claim(address, OPERATION, str(SAID_NUMBER), {"value": "~8000"})
    undo(address, OPERATION)
    assert sound(base)
    (edited,) = asked(base, "SELECT operation_id AS id FROM claim_history WHERE value LIKE '%7300' ORDER BY operation_id LIMIT 1")
    assert edited["id"] == 2
    assert words_in(base) == set()
    (row,) = asked(base, f"SELECT value, quote FROM claim WHERE id = {SAID_NUMBER}")  # noqa: S608  our own number
    assert row == {"value": "~7400", "quote": None}


def test_what_was_merged_into_the_source_is_purged_with_it(base: str) -> None:
    recorded(base, SAID, operation=TOLD)
    twin = replace(LEAK, title="Kestrel once more", url=None)
    recorded(base, replace(SAID, source=twin, note="Kestrel", ref="leak-2"))
    ids = [row["id"] for row in asked(base, "SELECT id FROM source ORDER BY id")]
    merge_sources(address_of(base), OPERATION, ids[0], ids[1:])
    purge(address_of(base), OPERATION, ids[0], WHY)
    assert words_in(base) == set()
    assert sound(base)


@pytest.mark.parametrize("text", [LEAKED, None])
def test_a_merged_source_of_which_all_was_left_out_is_purged_too(base: str, text: str | None) -> None:
    twin = replace(LEAK, title="Kestrel once more", url=None, text=text, encoding=None, original=None)
    recorded(base, SAID, operation=TOLD)
    recorded(base, replace(SAID, source=twin))
    assert merge_sources(address_of(base), OPERATION, 1, [2]).duplicates == 1
    purge(address_of(base), OPERATION, 1, WHY)
    assert words_in(base) == set()
    undo(address_of(base), OPERATION, 3)
    assert words_in(base) == set()
    assert sound(base)


@pytest.mark.parametrize("text", [LEAKED, None])
def test_the_source_that_another_was_merged_into_is_purged_with_it(base: str, text: str | None) -> None:
    kept = replace(LEAK, title="Kestrel once more", url=None, text=text, encoding=None, original=None)
    recorded(base, SAID, operation=TOLD)
    recorded(base, replace(SAID, source=kept, quote=None, value_text=None))
    merge_sources(address_of(base), OPERATION, 2, [1])
    purge(address_of(base), OPERATION, 1, WHY)
    assert words_in(base) == set()
    assert sound(base)


def test_merged_publishers_leave_their_other_sources_as_they_are(base: str) -> None:
    other = replace(LEAK, title="Another", text="Another text.", encoding=None, original=None)
    recorded(base, SAID, replace(SAID, source=other, quote=None), operation=TOLD)
    recorded(base, *(replace(SAID, source=replace(one, publisher="Other Paper"), quote=None) for one in (LEAK, other)))
    merge_actors(address_of(base), OPERATION, "paper", ["other-paper"])
    purge(address_of(base), OPERATION, 1, WHY)
    blank = "SELECT source_id, text = '' AS blank FROM source_text{} ORDER BY source_id"
    texts = [{row["source_id"]: bool(row["blank"]) for row in asked(base, blank.format(kept))} for kept in ("", "_history")]
    assert texts == [{1: True, 2: False}, {3: True, 4: False}]
    assert sound(base)


@pytest.mark.parametrize("merged", [False, True])
def test_another_source_with_the_same_text_stays_and_is_told(base: str, merged: bool) -> None:  # noqa: FBT001  a parameter of the test
    twin = replace(LEAK, title="Once more", url=None)
    recorded(base, SAID, operation=TOLD)
    recorded(base, replace(SAID, source=twin, claimant="Eve"))
    if merged:
        merge_sources(address_of(base), OPERATION, 1, [2])
        undo(address_of(base), OPERATION)
    assert purge(address_of(base), OPERATION, 1, WHY).elsewhere == ["the text of source 2"]
    assert asked(base, "SELECT text FROM source_text WHERE source_id = 2") == [{"text": LEAKED}]
    assert purge(address_of(base), OPERATION, 2, WHY).elsewhere == []
    assert sound(base)


def test_a_purged_source_is_edited_and_merged_without_becoming_another(base: str) -> None:
    number = purged(base)
    other = replace(LEAK, title="Second", url=None, text=f"{LEAKED} twice")
    recorded(base, replace(SAID, source=other, quote=None, value_text=None, note=None, ref="second"))
    (second,) = asked(base, "SELECT id, source_id FROM claim WHERE ref = 'second'")
    purge(address_of(base), OPERATION, second["source_id"], WHY)
    edit_claim(address_of(base), OPERATION, str(SAID_NUMBER), {"value": "~9000", "claimant": "Eve"})
    merge_actors(address_of(base), OPERATION, "ann", ["eve"])
    merge_actors(address_of(base), OPERATION, "ann", ["paper"])
    found = {row["id"]: row["source_id"] for row in asked(base, "SELECT id, source_id FROM claim")}
    assert (found[SAID_NUMBER], found[second["id"]]) == (number, second["source_id"])
    with pytest.raises(NotUnderstood, match="was purged and cannot be merged"):
        merge_sources(address_of(base), OPERATION, second["source_id"], [number])
    assert words_in(base) == set()
    assert sound(base)


def test_words_put_in_later_are_purged_by_another_purge(base: str) -> None:
    number = purged(base)
    edited = replace(OPERATION, command="claims edit 4 'note=Whistle Kestrel'")
    edit_claim(address_of(base), edited, str(SAID_NUMBER), {"note": "Whistle Kestrel"})
    again = purge(address_of(base), OPERATION, number, WHY)
    assert again.rows == {"claim": 1}
    assert words_in(base) == set()
    assert sound(base)
    assert purge(address_of(base), OPERATION, number, WHY).rows == {}
    assert sound(base)


def test_a_source_without_words_of_its_own_is_known_as_purged(base: str) -> None:
    bare = Source(publisher="Paper", published_on=parse_when("2024-11-05"))
    recorded(base, replace(CLAIM, source=bare, quote=None))
    purge(address_of(base), OPERATION, 1, WHY)
    assert recorded(base, replace(CLAIM, source=bare, quote=None, claimant="Eve")).purged == 1
    assert sound(base)


def test_other_sources_stay_as_they_are(base: str) -> None:
    purged(base)
    rows = asked(base, "SELECT title FROM source WHERE title IS NOT NULL ORDER BY id")
    assert [row["title"] for row in rows] == [PAPER.title, "A bare report"]
    assert [row["text"] for row in asked(base, "SELECT text FROM source_text WHERE text <> ''")] == [PAPER.text]


def test_a_trial_changes_nothing(base: str) -> None:
    number = stock(base)
    before = {table: asked(base, f"SELECT * FROM {table}") for table in TABLES}  # noqa: S608  our own names
    told = purge(address_of(base), OPERATION, number, WHY, Commitment.TRY)
    assert told.rows == {"source": 1, "source_text": 1, "source_original": 1, "claim": 2}
    assert {table: asked(base, f"SELECT * FROM {table}") for table in TABLES} == before  # noqa: S608


@pytest.mark.parametrize(
    ("reason", "said"), [("", "a purge has a reason"), ("it tells of about 7,300 soldiers", "the reason repeats words of the source")]
)
def test_a_reason_is_given_and_tells_nothing(base: str, reason: str, said: str) -> None:
    number = stock(base)
    with pytest.raises(NotUnderstood, match=said):
        purge(address_of(base), replace(OPERATION, command=f"claims purge 1 --reason {reason}"), number, reason)
    assert words_in(base) == set(WORDS)


def test_a_source_that_is_not_there_is_told(base: str) -> None:
    with pytest.raises(NotFound, match="there is no source 9"):
        purge(address_of(base), OPERATION, 9, WHY)


def test_the_command_tells_what_went_and_what_it_cannot_reach(run: Run, base: str) -> None:
    number = str(stock(base))
    tried = run("purge", number, "--reason", WHY, "--dry-run", db=base)
    assert (tried.code, tried.stderr.splitlines()[0]) == (0, "only tried: purged (versions): particulars 1, texts 1, documents 1, claims 2")
    told = run("purge", number, "--reason", WHY, db=base)
    assert told.code == 0
    assert told.stderr.splitlines() == [
        "purged (versions): particulars 1, texts 1, documents 1, claims 2",
        "words taken out of the operations 2",
        "backups, exports and copies made before still have the words: delete them yourself",
    ]
    assert run("purge", number, "--reason", WHY, db=base).stderr == "there was nothing left to purge; the file was written anew\n"
    assert source_of(base) == int(number)


def test_what_rests_on_the_words_beside_the_quote_goes_too(base: str) -> None:
    told = replace(SAID, basis="a leaked memorandum", place="barracks nine", ref="silo-1")
    recorded(base, CLAIM, told, operation=TOLD)
    edit_claim(address_of(base), OPERATION, "silo-1", {"place": "behind the silo"})
    purge(address_of(base), OPERATION, 2, WHY)
    assert asked(base, "SELECT DISTINCT ref, basis, place FROM claim WHERE claimant_id <> 1") == [
        {"ref": None, "basis": None, "place": None}
    ]
    assert words_in(base) == set()
    assert sound(base)


def test_operations_on_other_sources_keep_words_that_are_alike_by_chance(base: str) -> None:
    named = replace(SAID, source=Source(publisher="Paper", title="Reuters"), quote=None, value_text=None, note=None, ref=None)
    recorded(base, named, operation=replace(OPERATION, command="claims add 5 --title Reuters"))
    other = replace(CLAIM, source=Source(publisher="Reuters", title="Another report"), quote=None)
    recorded(base, other, operation=replace(OPERATION, command="claims add 6 --publisher Reuters --title 'Another report'"))
    told = purge(address_of(base), OPERATION, 1, WHY)
    assert (told.operations, told.elsewhere) == ([1], ["the words of operation 2"])
    assert [row["command"] for row in asked(base, "SELECT command FROM operation ORDER BY id")] == [
        "claims add [purged]",
        "claims add 6 --publisher Reuters --title 'Another report'",
        "claims test",
    ]
    assert sound(base)


def test_many_words_of_the_source_are_taken_out_of_any_operation(base: str) -> None:
    number = stock(base)
    recorded(base, replace(CLAIM, claimant="Hal"), operation=replace(OPERATION, command="claims add 5 --note 'had slept in barracks nine'"))
    (last,) = asked(base, "SELECT MAX(id) AS id FROM operation")
    assert last["id"] in purge(address_of(base), OPERATION, number, WHY).operations
    assert words_in(base) == set()


def test_what_still_holds_the_words_is_told(base: str) -> None:
    number = stock(base)
    with recording(base) as recorder:
        recorder.apply_topics([Topic("silo", "told us behind the silo")])
        recorder.apply_questions([Question("nine", "silo", "How many had slept in barracks nine?", Kind.LEVEL, "person")])
        recorder.apply_actors([Actor("hawk", "Hawk", aliases=(Alias("Friend from Whistle Kestrel", "en"),))])
    edit_claim(address_of(base), OPERATION, "leak-1", {"relay": "Whistle Kestrel > Ben"})
    judgement = Judgement(Verdict.BOTH_STAND, "those had slept in barracks nine", None, None)
    rule(address_of(base), OPERATION, judgement, conflict="camp@2024-11-02", question="camp", positions={1: 0, 2: 1}, before=None)
    (ruling,) = asked(base, "SELECT MAX(id) AS id FROM ruling")
    assert purge(address_of(base), OPERATION, number, WHY).elsewhere == [
        f"the reason of ruling {ruling['id']}",
        "topic silo",
        "question nine",
        "actor whistle-kestrel, hawk",
        f"the relay of claim {SAID_NUMBER}",
    ]
