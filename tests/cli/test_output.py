"""Answers in a pipe, in a file, in every format; on wrong streams and under odd settings."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PATIENCE, ROOT, settled_environment

if TYPE_CHECKING:
    from tests.conftest import Run

DATABASE = str(ROOT / "data.db")
COMMANDS = [
    ("list",),
    ("conflicts",),
    ("trace", "--topic", "troops"),
    ("relate", "--question", "dprk-troops-in-russia"),
    ("topics",),
    ("questions",),
    ("actors",),
    ("sources",),
]
LIST_KEYS = (
    "id uid ref topic question value low high hedge unit stance modality claimant relay place as_of said_on published_on publisher "
    "title url quote value_text review recorded_at note"
)
KEYS = {
    "list": LIST_KEYS,
    "conflicts": "id question topic relation from to gap explanation status ruling positions",
    "trace": "claim ref question said_on as_of claimant value low high modality stance relation previous change ratio",
    "relate": "a b a_ref b_ref relation conflict explanation",
}
ATTACK = (
    "\x1b]52;c;cm0=\x07 \x1b[31m=cmd|' /C calc'!A1 \u202e10\u202c <script>alert(1)</script> [x](javascript:y) | `z` \x9b2J \u2066a\u2069"
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_format_has_the_same_rows(run: Run, words: tuple[str, ...]) -> None:
    rows = json.loads(run(*words, "--json", db=DATABASE).stdout)
    assert rows
    assert [json.loads(line) for line in run(*words, "-f", "jsonl", db=DATABASE).stdout.splitlines()] == rows
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        read = list(csv.DictReader(io.StringIO(run(*words, "-f", form, db=DATABASE).stdout), delimiter=delimiter))
        assert len(read) == len(rows)
        assert list(read[0]) == list(rows[0])
    assert run(*words, "-f", "md", db=DATABASE).stdout.count("\n") == len(rows) + 2


@pytest.mark.parametrize("words", COMMANDS[:4], ids=" ".join)
def test_the_keys_are_those_that_programs_rely_on(run: Run, words: tuple[str, ...]) -> None:
    for row in json.loads(run(*words, "--json", db=DATABASE).stdout):
        assert list(row) == KEYS[words[0]].split()


def test_the_positions_of_a_conflict_name_claims_and_keys(run: Run) -> None:
    for conflict in json.loads(run("conflicts", "--json", db=DATABASE).stdout):
        for position in conflict["positions"]:
            assert {"low", "high", "value", "origins", "claimants", "claims", "refs"} <= set(position)


@pytest.mark.parametrize("words", [*COMMANDS, ("show", "16"), ("doctor",)], ids=" ".join)
def test_off_a_terminal_nothing_is_coloured_or_cut(run: Run, words: tuple[str, ...]) -> None:
    shown = run(*words, db=DATABASE, env={"COLUMNS": "20"}).stdout
    assert "\x1b" not in shown
    assert "…" not in shown.replace("  …", "").replace("…\n", "")
    assert shown == run(*words, "--plain", db=DATABASE, env={"COLUMNS": "20", "NO_COLOR": "1"}).stdout


def test_the_locale_changes_no_byte(run: Run) -> None:
    plain = run("list", db=DATABASE)
    # In the C locale Python itself cannot read the path of an editable install that is not ASCII, so there it is not asked.
    locale = {"LC_ALL": "C"} if str(ROOT).isascii() else {"LC_ALL": "C.UTF-8"}
    for env in (locale, {"PYTHONIOENCODING": "cp1252"}, {"TZ": "Pacific/Kiritimati"}, {"COLUMNS": "1"}, {"HOME": "/nowhere"}):
        assert run("list", db=DATABASE, env=env) == plain, env


def piped(words: str, db: str) -> subprocess.CompletedProcess[str]:
    """A command line of the shell, with ``claims`` in it."""
    program = f"'{sys.executable}' -m claims_cli --db '{db}'"
    return subprocess.run(
        ["/bin/bash", "-c", words.replace("claims", program)],
        cwd=ROOT,
        env=settled_environment(),
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=PATIENCE,
    )


def test_a_reader_who_leaves_early_ends_it_quietly() -> None:
    done = piped("claims list | head -1; echo ${PIPESTATUS[0]}", DATABASE)
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


@pytest.mark.parametrize("words", ["list", "conflicts", "trace --topic troops", "list --json"])
def test_a_full_disk_is_told(words: str) -> None:
    done = piped(f"claims {words} > /dev/full", DATABASE)
    assert done.returncode == 5
    assert "No space left on device" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_answer_goes_to_a_file_whose_name_tells_the_format(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    assert run("list", "-o", str(file), db=DATABASE).stdout == ""
    assert file.read_text(encoding="utf-8") == run("list", "--json", db=DATABASE).stdout


def test_a_pipe_is_written_into_and_not_replaced(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as threads:
        read = threads.submit(pipe.read_text, "utf-8")
        done = run("topics", "--csv", "-o", str(pipe), db=DATABASE)
        assert (done.code, done.stderr) == (0, "")
        assert read.result().startswith("slug,title,")
    assert pipe.is_fifo()


def test_a_link_is_replaced_and_not_what_it_leads_to(run: Run, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert run("topics", "-o", str(tmp_path / "link.csv"), "--force", db=DATABASE).code == 0
    assert (tmp_path / "link.csv").read_text("utf-8").startswith("slug,title,")
    assert (tmp_path / "real.csv").read_text("utf-8") == "old"


def test_a_file_that_is_there_is_written_over_only_by_force(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_text("mine")
    assert run("export", str(file), db=DATABASE).code == 5
    assert file.read_text() == "mine"
    assert run("export", "--force", str(file), db=DATABASE).code == 0
    assert file.read_text(encoding="utf-8").startswith("id,uid,ref,topic,question,value")
    assert list(tmp_path.iterdir()) == [file]


def test_the_report_tells_relation_and_conflict(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    run("export", str(file), "--topic", "troops", db=DATABASE)
    rows = {row["ref"]: row for row in csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))}
    assert rows["ia-pentagon-10000"]["relation"] == "revises"
    assert rows["ia-pentagon-10000"]["conflict"] == "dprk-troops-in-russia@2024-10-28"
    assert rows["ia-biden-thousands"]["conflict"] == ""


def test_a_report_comes_back_whole_into_another_database(run: Run, tmp_path: Path) -> None:
    """Given an export, when it is imported elsewhere and exported there, the same rows come out."""
    first, second, other = tmp_path / "first.csv", tmp_path / "second.csv", str(tmp_path / "other.db")
    codebook = str(ROOT / "seeds" / "codebook.toml")
    run("export", str(first), db=DATABASE)
    assert run("init", "--codebook", codebook, "--import", str(first), db=other, env={"SOURCE_DATE_EPOCH": "1732060800"}).code == 0
    run("export", str(second), db=other)
    assert second.read_text(encoding="utf-8") == first.read_text(encoding="utf-8")
    assert run("import", str(first), db=other).stderr.startswith("0 new claims, 82 known already")


@pytest.fixture
def attacked(run: Run, tmp_path: Path) -> str:
    """A database with a text that attacks terminals, spreadsheets and pages in every field that takes one."""
    path, table = str(tmp_path / "attacked.db"), tmp_path / "attack.jsonl"
    row = {"topic": "t", "subject": "s", "unit": "u", "value": "5", "as_of": "2024-10-28", "published_on": "2024-10-29"}
    texts = {name: f"{ATTACK} {name}" for name in ("claimant", "publisher", "title", "quote", "note", "value_text", "place", "ref")}
    other = {**row, "value": "50", "claimant": "=1+1", "publisher": "@B", "quote": "-2+3"}
    table.write_text("\n".join(json.dumps(one) for one in ({**row, **texts}, other)), encoding="utf-8")
    assert run("init", "--import", str(table), db=path).code == 0
    return path


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "jsonl", "md"])
@pytest.mark.parametrize("words", [*COMMANDS[:2], ("trace", "--topic", "t"), ("show", "1"), *COMMANDS[4:]], ids=" ".join)
def test_nothing_that_a_source_says_steers_the_terminal(run: Run, attacked: str, words: tuple[str, ...], form: str) -> None:
    shown = run(*words, "-f", form, db=attacked).stdout
    allowed = {"\n", "\t"} if form == "tsv" else {"\n"}
    assert {letter for letter in shown if ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0} <= allowed
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_json_keeps_what_a_source_says_to_the_letter(run: Run, attacked: str) -> None:
    assert json.loads(run("list", "--json", db=attacked).stdout)[0]["quote"] == f"{ATTACK} quote"


def test_no_cell_of_a_report_is_a_formula(run: Run, attacked: str, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    run("export", str(file), db=attacked)
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
    numbers = [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]
    assert numbers == []
    assert {"'=1+1", "'@B", "'-2+3"} <= {cell for row in rows for cell in row}


def test_markdown_shows_markup_and_runs_none(run: Run, attacked: str) -> None:
    shown = run("list", "-f", "md", db=attacked).stdout
    assert "<script" not in shown
    assert "](" not in shown.replace("\\]\\(", "")


EVERY_COMMAND = (
    "list, show, conflicts, trace, relate, export, topics, questions, actors, sources, init, import, add, codebook, codebook apply, "
    "codebook export, codebook check, db, db upgrade, doctor"
)


@pytest.mark.parametrize("words", ["", *EVERY_COMMAND.split(", ")])
def test_every_help_has_an_example(run: Run, words: str) -> None:
    done = run(*words.split(), "--help")
    assert done.code == 0
    assert "Example: claims" in done.stdout


def test_options_may_stand_before_or_after_the_command(run: Run) -> None:
    assert run("--db", DATABASE, "--plain", "list").stdout == run("list", "--db", DATABASE, "--plain").stdout
    assert run("list", env={"CLAIMS_DB": DATABASE}).stdout == run("list", db=DATABASE).stdout


def test_a_path_with_spaces_and_arabic_works(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "ملفات المكتب 100%"
    folder.mkdir()
    path = str(folder / "قاعدة بيانات?.db")
    assert run("init", db=path).code == 0
    assert run("list", db=path).code == 0
    assert Path(path).exists()
