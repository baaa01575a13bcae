"""History: what was known then, who changed what, and each kind of operation taken back whole."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from claims_cli.cli import change, enter, judge, read
from claims_cli.cli.app import app
from claims_cli.store.database import address_of, transaction
from claims_cli.store.integrity import damage_of
from claims_cli.store.models import HISTORY, VERSIONED
from tests.conftest import Done
from tests.store.conftest import asked

if TYPE_CHECKING:
    from collections.abc import Callable


COMMANDS = (change, enter, judge, read)  # importing them registers their commands
FIRST_DAY = 1_730_000_000  # 27 October 2024
DAY = 86_400
CODEBOOK = """
[topics.war]
title = "The war"

[questions.camp]
topic = "war"
text = "How many soldiers are in the camp?"
unit = "soldier"

[questions.barracks]
topic = "war"
text = "How many soldiers are in the barracks?"
unit = "soldier"
part_of = "camp"

[questions.signed]
topic = "war"
text = "Was it signed?"
kind = "fixed"

[actors.ann]
name = "Ann"

[actors.ben]
name = "Ben"
speaks_for = "ann"
aliases = ["Benjamin"]

[actors.cem]
name = "Cem"
offices = [{ name = "the mayor", from = "2020" }]

[actors.paper]
name = "Paper"

[actors.the-paper]
name = "The Paper"
"""
ROWS = [
    {"ref": "a", "question": "camp", "claimant": "Ann", "value": "10000", "as_of": "2024-10-20", "publisher": "Paper", "title": "One"},
    {"ref": "b", "question": "camp", "claimant": "Cem", "value": "3000", "as_of": "2024-10-20", "publisher": "The Paper", "title": "One",
     "relay": "Ben"},
    {"ref": "c", "question": "barracks", "claimant": "Benjamin", "value": ">500", "as_of": "2024-10-20", "publisher": "Paper",
     "title": "Two"},
    {"ref": "d", "question": "signed", "claimant": "Cem", "stance": "denies", "as_of": "2024-10-21", "publisher": "Paper", "title": "Two"},
]  # fmt: skip
LATER_CODEBOOK = CODEBOOK.replace('title = "The war"', 'title = "That war"').replace('name = "Cem"', 'name = "Cem Bey"').replace(
    'offices = [{ name = "the mayor", from = "2020" }]', ""
)  # fmt: skip

Dump = dict[str, list[dict[str, Any]]]


class Log:
    """A database at work: each command runs a day after the one before it, within this process, as there are many."""

    def __init__(self, where: str, folder: Path, patched: pytest.MonkeyPatch) -> None:
        self.where, self.folder, self.patched = where, folder, patched
        self.day = 0

    def run(self, *words: str) -> Done:
        """What a command leaves behind."""
        self.patched.setenv("SOURCE_DATE_EPOCH", str(FIRST_DAY + self.day * DAY))
        self.patched.setattr(sys, "argv", ["claims", *words])
        done = CliRunner().invoke(app, ["--db", self.where, *words])
        return Done(done.stdout, done.stderr, done.exit_code)

    def __call__(self, *words: str, code: int = 0) -> str:
        """Run a command that is to end with a code; gives what it said."""
        self.day += 1
        done = self.run(*words)
        assert done.code == code, done.stderr
        return done.stdout + done.stderr

    def file(self, name: str, text: str) -> str:
        """A file beside the database; gives its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    @property
    def today(self) -> str:
        """The day of the last command."""
        from datetime import UTC, datetime

        return datetime.fromtimestamp(FIRST_DAY + self.day * DAY, UTC).date().isoformat()

    def dump(self) -> Dump:
        """All that is current, without which operation brought it."""
        with transaction(address_of(self.where)) as connection:
            return {
                table.name: [
                    {name: value for name, value in row.items() if name not in {"operation_id", "content_hash"}}
                    for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
                ]
                for table in VERSIONED
            }


@pytest.fixture
def log(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Log:
    """A database with a codebook, four claims and a conflict; two operations."""
    made = Log(database_url, tmp_path, monkeypatch)
    made("init", "--codebook", made.file("codebook.toml", CODEBOOK))
    made("import", made.file("rows.jsonl", "".join(json.dumps(row) + "\n" for row in ROWS)))
    return made


WRITES: dict[str, Callable[[Log], str]] = {
    "add": lambda log: log("add", "7", "--question", "new", "--topic", "other", "--unit", "tent", "--claimant", "Dora", "--publisher", "P"),
    "import": lambda log: log("import", log.file("more.jsonl", json.dumps({**ROWS[0], "ref": "e", "value": "12k", "claimant": "Eve"}))),
    "ingest": lambda log: log(
        "ingest", log.file("text.md", "---\ntitle: News\npublished: 2024-10-22\n---\nAnn said 9,000 soldiers are in the camp.\n")
    ),
    "codebook": lambda log: log("codebook", "apply", log.file("later.toml", LATER_CODEBOOK)),
    "edit": lambda log: log("edit", "b", "value=~4k", "claimant=Ann", "relay=", "note=seen"),
    "retract": lambda log: log("retract", "b", "--reason", "withdrawn"),
    "rule": lambda log: log("rule", "camp@2024-10-20", "--verdict", "both_stand", "--reason", "other camps"),
    "merge actors": lambda log: log("merge", "actors", "ann", "cem", "ben"),
    "merge publishers": lambda log: log("merge", "actors", "paper", "the-paper"),
    "merge questions": lambda log: log("merge", "questions", "camp", "barracks"),
    "merge sources": lambda log: log("merge", "sources", "1", "2"),
}


@pytest.mark.parametrize("write", WRITES)
def test_undoing_a_write_leaves_what_was_there_before_and_undoing_that_leaves_the_write(log: Log, write: str) -> None:
    before = log.dump()
    WRITES[write](log)
    after = log.dump()
    assert after != before
    log("undo")
    assert log.dump() == before
    number = asked(log.where, "SELECT MAX(id) AS id FROM operation")[0]["id"]
    log("undo", str(number))
    assert log.dump() == after
    log("undo")
    assert log.dump() == before


def test_an_import_of_any_size_is_undone_made_again_and_undone_again(log: Log) -> None:
    before = log.dump()
    rows = [{**ROWS[0], "ref": f"many-{number}", "value": str(number + 1)} for number in range(1500)]
    log("import", log.file("many.jsonl", "".join(json.dumps(row) + "\n" for row in rows)))
    after = log.dump()
    log("undo")
    log("undo", "4")
    assert log.dump() == after
    log("undo")
    assert log.dump() == before


def test_everything_can_be_undone_step_by_step(log: Log) -> None:
    for write in ("add", "edit", "merge publishers", "retract", "merge questions", "ingest"):
        WRITES[write](log)
    past = sum(len(asked(log.where, f"SELECT operation_id FROM {name}_history")) for name in HISTORY)  # noqa: S608  our own names
    for _ in range(8):
        log("undo")
    assert not any(log.dump().values())
    assert log("undo", code=4) == "claims: there is nothing to undo; see: claims history\n"
    grown = sum(len(asked(log.where, f"SELECT operation_id FROM {name}_history")) for name in HISTORY)  # noqa: S608  our own names
    assert grown > past


READINGS = [
    ("list", "--json"),
    ("list", "--claimant", "ann", "--csv"),
    ("show", "b", "--json"),
    ("conflicts", "--all"),
    ("trace", "--question", "camp", "--no-plot"),
    ("reconcile", "--question", "camp", "--on", "2024-10-20"),
    ("relate", "--question", "camp", "--json"),
    ("explain", "camp@2024-10-20"),
    ("topics",),
    ("questions", "--json"),
    ("actors", "--json"),
    ("sources", "--json"),
    ("codebook", "export"),
    ("history",),
    ("history", "b"),
]


def test_what_was_known_on_a_day_is_told_as_it_was_told_that_day(log: Log) -> None:
    log("rule", "camp@2024-10-20", "--verdict", "both_stand", "--reason", "other camps")
    days = {}
    for write in (None, "edit", "codebook", "retract", "undo", "merge publishers", "merge questions"):
        if write == "undo":
            log("undo")
        elif write is not None:
            WRITES[write](log)
        days[log.today] = [(done.stdout, done.code) for done in (log.run(*words) for words in READINGS)]
    assert len({str(told) for told in days.values()}) == len(days)
    for day, told in days.items():
        then = [(done.stdout, done.code) for done in (log.run(*words, "--known-at", day) for words in READINGS)]
        assert then == told, day


def test_before_the_first_operation_nothing_was_known(log: Log) -> None:
    assert log.run("list", "--known-at", "2024-10-01") == Done("", "no claim fits\n", 0)
    assert log.run("show", "a", "--known-at", "2024-10-01").code == 4
    done = log.run("list", "--known-at", "2024-10-01/..")
    assert (done.code, done.stderr.startswith("claims: --known-at '2024-10-01/..' has no end")) == (3, True)


def test_an_undo_is_refused_where_a_later_operation_touched_the_same_claim(log: Log) -> None:
    log("edit", "a", "note=first")
    log("edit", "a", "note=second")
    before = log.dump()
    said = log("undo", "3", code=3)
    assert said.startswith("claims: operation 3 cannot be undone: operation 4 (claims")
    assert said.endswith("touched claim 1 (10000) after it; first: claims undo 4\n")
    assert log.dump() == before


def test_an_undo_is_refused_where_later_claims_refer_to_what_it_would_take(log: Log) -> None:
    WRITES["add"](log)
    log("add", "8", "--question", "new", "--claimant", "Ann", "--publisher", "P")
    said = log("undo", "3", code=3)
    assert "operation 4 (claims" in said
    assert "touched claim 6 (8) after it" in said


def test_an_undo_is_refused_where_a_ruling_rests_on_its_claims(log: Log) -> None:
    WRITES["rule"](log)
    assert "touched ruling claim 1 1 after it; first: claims undo 3" in log("undo", "2", code=3)


def test_an_undo_out_of_order_is_made_where_nothing_rests_on_it(log: Log) -> None:
    log("edit", "a", "note=first")
    log("edit", "b", "note=second")
    log("undo", "3")
    assert [row["note"] for row in asked(log.where, "SELECT note FROM claim ORDER BY id")][:2] == [None, "second"]


def test_what_an_undo_made_again_is_taken_back_before_what_was_done_earlier(log: Log) -> None:
    log("edit", "a", "note=first")
    log("undo")
    log("edit", "b", "note=second")
    log("undo", "4")
    assert "operation 6 (claims" in log("undo")
    assert "operation 5 (claims" in log("undo")
    assert "operation 2 (claims" in log("undo")


def test_what_was_undone_is_not_undone_twice(log: Log) -> None:
    log("undo", "2")
    assert log("undo", "2", code=3) == "claims: operation 2 is undone already, by operation 3; to have it again: claims undo 3\n"
    assert log("undo", "99", code=4) == "claims: there is no operation 99; see: claims history\n"
    assert log("undo", "x", code=2) == "claims: 'x' is not the number of an operation; see: claims history\n"


def test_a_retracted_claim_is_not_brought_back_by_importing_it_again(log: Log) -> None:
    WRITES["retract"](log)
    assert "0 new claims, 4 known already" in log("import", str(log.folder / "rows.jsonl"))
    assert "claim 2 was taken away on" in log("show", "2", code=4)
    assert "withdrawn; see: claims history 2" in log("show", "2", code=4)
    log("undo")
    assert json.loads(log.run("show", "b", "--json").stdout)["value"] == "3000"


def test_an_undone_import_can_be_imported_again(log: Log) -> None:
    log("undo")
    assert "4 new claims, 0 known already" in log("import", str(log.folder / "rows.jsonl"))


CHANGES_OF_CLAIMS: dict[str, Callable[[Log], str]] = {
    "edit": lambda log: log("edit", "b", "note=seen"),
    "retract": WRITES["retract"],
    "merge questions": WRITES["merge questions"],
}


@pytest.mark.parametrize("change", CHANGES_OF_CLAIMS)
def test_an_import_undone_after_a_change_that_was_undone_can_be_imported_again(log: Log, change: str) -> None:
    CHANGES_OF_CLAIMS[change](log)
    log("undo")
    log("undo")
    assert "4 new claims, 0 known already" in log("import", str(log.folder / "rows.jsonl"))


def test_a_retraction_undone_and_made_again_holds_against_an_import(log: Log) -> None:
    WRITES["retract"](log)
    log("undo")
    log("undo", "4")
    assert "0 new claims, 4 known already" in log("import", str(log.folder / "rows.jsonl"))


def test_merged_actors_answer_to_all_their_names_and_their_claims_are_one_voices(log: Log) -> None:
    assert "merged; 3 claims changed" in log("merge", "actors", "ann", "cem", "Benjamin")
    told = {row["ref"]: (row["claimant"], row["relay"]) for row in json.loads(log.run("list", "--json").stdout)}
    assert told == {"a": ("Ann", None), "b": ("Ann", "Ann"), "c": ("Ann", None), "d": ("Ann", None)}
    assert len(json.loads(log.run("list", "--claimant", "Benjamin", "--json").stdout)) == 4
    (ann,) = [row for row in json.loads(log.run("actors", "--json").stdout) if row["slug"] == "ann"]
    assert ann["aliases"] == ["Ben", "Benjamin", "Cem"]
    assert "0 new claims, 4 known already" in log("import", str(log.folder / "rows.jsonl"))


RENAMED = (
    CODEBOOK.replace('name = "Ben"', 'name = "Benjamin Oak"')
    .replace('aliases = ["Benjamin"]', 'aliases = ["Ben", "Benjamin"]')
    .replace('name = "Paper"', 'name = "Papier"\naliases = ["Paper"]')
)


def test_claims_and_sources_of_actors_that_a_codebook_renames_are_known_by_either_name(log: Log) -> None:
    before, then = log.dump(), log.today
    log("codebook", "apply", log.file("renamed.toml", RENAMED))
    told = {row["ref"]: (row["claimant"], row["relay"], row["publisher"]) for row in json.loads(log.run("list", "--json").stdout)}
    assert told == {
        "a": ("Ann", None, "Papier"),
        "b": ("Cem", "Benjamin Oak", "The Paper"),
        "c": ("Benjamin Oak", None, "Papier"),
        "d": ("Cem", None, "Papier"),
    }
    renamed = log.dump()
    assert "0 new claims, 4 known already" in log("import", str(log.folder / "rows.jsonl"))
    rows = "".join(json.dumps(row) + "\n" for row in ROWS).replace('"Benjamin"', '"Benjamin Oak"').replace('"Paper"', '"Papier"')
    assert "0 new claims, 4 known already" in log("import", log.file("new.jsonl", rows))
    assert log.dump() == renamed
    assert damage_of(address_of(log.where)) is None
    log("undo")
    assert log.dump() == before
    assert json.loads(log.run("list", "--json", "--known-at", then).stdout) == json.loads(log.run("list", "--json").stdout)


def test_claims_that_become_the_same_by_a_merge_are_kept_once(log: Log) -> None:
    twin = {**ROWS[0], "claimant": "Annie", "publisher": "The Paper"}
    log("import", log.file("twin.jsonl", json.dumps(twin)))
    log("merge", "actors", "ann", "annie")
    said = log("merge", "actors", "paper", "the-paper")
    assert "1 said the same as another and was left out" in said
    assert len(json.loads(log.run("sources", "--json").stdout)) == 2


def test_a_merge_is_refused_where_the_things_differ(log: Log) -> None:
    assert "they cannot be merged: camp has the unit soldier, signed none" in log("merge", "questions", "camp", "signed", code=3)
    assert "cannot be merged with itself" in log("merge", "actors", "ann", "Ann", code=3)
    assert "there is no actor 'nobody'" in log("merge", "actors", "ann", "nobody", code=4)
    assert "there is no source 99" in log("merge", "sources", "1", "99", code=4)


def test_questions_are_not_merged_past_one_that_lies_between_them(log: Log) -> None:
    nested = '\n[questions.hut]\ntopic = "war"\ntext = "How many are in the hut?"\nunit = "soldier"\npart_of = "barracks"\n'
    log("codebook", "apply", log.file("nested.toml", CODEBOOK + nested))
    before = log.dump()
    for kept, other in (("hut", "camp"), ("camp", "hut")):
        assert "they cannot be merged: hut is a part of barracks, and so of camp" in log("merge", "questions", kept, other, code=3)
    assert log.dump() == before
    log("merge", "questions", "camp", "barracks", "hut")
    assert [row["part_of_id"] for row in log.dump()["question"]] == [None, None]


def test_sources_whose_texts_differ_are_not_merged(log: Log) -> None:
    for name in ("one", "two"):
        log(
            "ingest",
            log.file(f"{name}.md", f"---\ntitle: {name}\npublished: 2024-10-22\n---\nAnn counted 9,000 soldiers in camp {name}.\n"),
        )
    numbers = [str(row["id"]) for row in asked(log.where, "SELECT id FROM source WHERE text_hash IS NOT NULL ORDER BY id")]
    assert "differ" in log("merge", "sources", *numbers, code=3)


def test_a_source_that_takes_over_a_text_takes_over_the_bytes_that_it_came_in(log: Log) -> None:
    path = Path(log.file("text.md", "---\ntitle: News\npublished: 2024-10-22\n---\nAnn said 9,000 soldiers are in the camp.\n"))
    log("ingest", str(path))
    then, before = log.today, log.dump()
    ((number,),) = [tuple(row.values()) for row in asked(log.where, "SELECT source_id FROM source_original")]
    log("merge", "sources", "1", str(number))
    moved = "SELECT s.encoding, o.source_id, o.bytes FROM source s JOIN source_original o ON o.source_id = s.id"
    assert asked(log.where, moved) == [{"encoding": "utf-8", "source_id": 1, "bytes": path.read_bytes()}]
    assert log.run("sources", "--original", "1").stdout == path.read_text(encoding="utf-8")
    assert log.run("sources", "--original", str(number)).code == 4
    assert log.run("sources", "--original", str(number), "--known-at", then).stdout == path.read_text(encoding="utf-8")
    log("undo")
    assert log.dump() == before


def test_the_history_of_a_claim_tells_each_change(log: Log) -> None:
    log("edit", "b", "value=4000")
    log("retract", "b", "--reason", "withdrawn")
    log("undo")
    told = json.loads(log.run("history", "2", "--json").stdout)
    assert [(row["operation"], row["event"]) for row in told] == [(2, "recorded"), (3, "changed"), (4, "taken away"), (5, "restored")]
    assert told[1]["changed"] == {"value": ["3000", "4000"]}


def test_an_operation_that_changes_nothing_leaves_no_trace(log: Log) -> None:
    before = asked(log.where, "SELECT * FROM operation")
    log("import", str(log.folder / "rows.jsonl"))
    log("edit", "a", "value=10000")
    log("codebook", "apply", str(log.folder / "codebook.toml"))
    assert asked(log.where, "SELECT * FROM operation") == before


def test_a_codebook_that_still_parts_merged_actors_is_refused(log: Log) -> None:
    WRITES["merge publishers"](log)
    assert "paper and the-paper are one actor here, by a merge or a name" in log(
        "codebook", "apply", str(log.folder / "codebook.toml"), code=3
    )


def test_a_number_means_the_claim_of_that_number_before_one_of_that_ref(log: Log) -> None:
    rows = [{**ROWS[0], "question": "tents", "topic": "war", "unit": "tent", "value": value} for value in ("10", "30")]
    crossed = [{**row, "claimant": name, "ref": ref} for row, name, ref in zip(rows, ("Ann", "Cem"), ("6", "5"), strict=True)]
    log("import", log.file("crossed.jsonl", "".join(json.dumps(row) + "\n" for row in crossed)))
    assert json.loads(log("show", "6", "--json"))["value"] == "30"
    assert json.loads(log("history", "6", "--json"))[0]["operation"] == 3
    (related,) = json.loads(log("relate", "6", "5", "--json"))
    assert (related["a"], related["b"], related["relation"]) == (6, 5, "contradicts")
    log("rule", "tents@2024-10-20", "--verdict", "one_stands", "--reason", "he counted", "--claim", "6")
    assert asked(log.where, "SELECT claim_id FROM ruling") == [{"claim_id": 6}]
    log("edit", "6", "note=seen")
    assert json.loads(log("show", "6", "--json"))["note"] == "seen"
    log("retract", "6", "--reason", "withdrawn")
    for words in (("show",), ("edit", "note=seen"), ("retract", "--reason", "withdrawn")):
        assert "claim" in log(words[0], "6", *words[1:], code=4)
    assert [one["event"] for one in json.loads(log("history", "6", "--json"))] == ["recorded", "changed", "taken away"]


def test_a_ref_of_several_claims_is_refused_wherever_a_claim_is_named(log: Log) -> None:
    rows = [{**ROWS[0], "ref": "dup", "value": value, "claimant": name} for value, name in (("10", "Dora"), ("30", "Eve"))]
    log("import", log.file("twice.jsonl", "".join(json.dumps(row) + "\n" for row in rows)))
    for words in (
        ("show", "dup"),
        ("history", "dup"),
        ("relate", "dup", "a"),
        ("edit", "dup", "note=seen"),
        ("retract", "dup", "--reason", "withdrawn"),
        ("rule", "camp@2024-10-20", "--verdict", "one_stands", "--reason", "he counted", "--claim", "dup"),
    ):
        assert log(*words, code=3) == "claims: 2 claims have the ref 'dup'; give a number: 5, 6\n", words


def test_a_claim_is_retracted_once_and_for_a_reason(log: Log) -> None:
    before = log.dump()
    assert log("retract", "1", "a", "--reason", "withdrawn", code=3) == "claims: claim 1 is named twice: 1, a; name each claim once\n"
    assert log("retract", "1", "--reason", " ", code=3) == 'claims: a retraction has a reason; give --reason "…"\n'
    assert log.dump() == before


def test_a_claim_has_no_relation_to_itself(log: Log) -> None:
    assert log("relate", "1", "a", code=3) == "claims: 1 and a name one claim, 1; name another claim beside it\n"
