"""Whatever a text holds, every command only shows it: in each format, on both engines, on both streams."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.hostile.attacks import ATTACKS, BY_NAME
from tests.hostile.conftest import EVERY, QUESTION, SECOND, Desk, rows, steering
from tests.hostile.reading import live_cells, live_in_markdown

if TYPE_CHECKING:
    from tests.conftest import Done

MANY = 40
READING = {
    "list": ("list",),
    "list of claimants and quotes": ("list", "--columns", "claimant,quote,title,note", "--plain"),
    "show a figure": ("show", "2"),
    "show a statement": ("show", "1"),
    "conflicts": ("conflicts", "--all"),
    "trace": ("trace", "--topic", "attacked"),
    "trace of statements": ("trace", "--question", SECOND, "--no-plot"),
    "reconcile": ("reconcile", "--question", QUESTION),
    "relate": ("relate", "--question", QUESTION),
    "explain": ("explain", f"{QUESTION}@2024-10-28"),
    "topics": ("topics",),
    "questions": ("questions",),
    "actors": ("actors",),
    "sources": ("sources",),
    "history": ("history",),
    "history of a claim": ("history", "2"),
    "doctor": ("doctor",),
    "extract": ("extract", "articles/0.md", "--explain"),
    "extract a formula": ("extract", f"articles/{[one.name for one in ATTACKS].index('formula with equals')}.md"),
}
FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md")


def test_there_are_many_kinds_of_attack_and_each_has_a_name_of_its_own() -> None:
    assert len(BY_NAME) == len(ATTACKS) >= MANY


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("command", READING)
def test_an_answer_steers_nothing_and_nothing_in_it_is_live(attacked: Desk, command: str, form: str) -> None:
    if attacked.url.startswith("postgresql") and form not in {"table", "json"}:
        return  # what is read is the same on both engines, so how it is written need not be asked twice
    done = attacked.run(*READING[command], "-f", form)
    assert done.code == 0, done.stderr
    assert done.stdout or command == "explain", "a conflict may have no repairs"
    harmless(done)
    if form in {"csv", "tsv"}:
        assert live_cells(done.stdout, "," if form == "csv" else "\t") == []
        assert live_cells(done.stdout, ";") == []
    elif form == "md":
        assert live_in_markdown(done.stdout) == set()
    elif form == "json":
        json.loads(done.stdout)
    elif form == "jsonl":
        assert all(json.loads(line) for line in done.stdout.splitlines())


def harmless(done: Done) -> None:
    """Fail when a command left anything on its streams that steers a terminal."""
    assert steering(done.stdout) == set()
    assert steering(done.stderr) == set()
    assert "Traceback" not in done.stderr


def test_every_attack_is_kept_to_the_letter_and_json_gives_it_back(attacked: Desk) -> None:
    kept = {row["ref"]: row for row in json.loads(attacked.run("list", "--json").stdout) if row["ref"]}
    for row in rows("jsonl"):
        for name in ("ref", "quote", "value_text", "note", "title", "url", "place"):
            assert kept[row["ref"].strip()][name] == row[name].strip()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_a_filter_that_attacks_is_told_in_harmless_words(attacked: Desk, attack: object) -> None:
    text = getattr(attack, "text", "")
    for words in (
        ("list", f"--topic={text}"),
        ("list", f"--claimant={text} nobody", "--json"),
        ("show", "--", text),
        ("explain", "--", text),
    ):
        done = attacked.run(*words)
        assert done.code == 4, done
        assert done.stderr.count("\n") == 1
        harmless(done)


MISTAKES = {
    "a value": ("add", EVERY, "--question", QUESTION),
    "a question": ("add", "5", f"--question={EVERY}", "--claimant", "x"),
    "a date": ("add", "5", "--question", QUESTION, f"--as-of={EVERY}"),
    "a unit": ("add", "5", "--question", QUESTION, "--claimant", "x", f"--unit={EVERY}x"),
    "an order": ("list", f"--sort={EVERY}"),
    "columns": ("list", f"--columns={EVERY}"),
    "a day": ("list", f"--since={EVERY}"),
    "a number": ("list", f"--min={EVERY}"),
    "a format": ("list", f"--format={EVERY}"),
    "a stance": ("list", f"--stance={EVERY}"),
    "a day of conflicts": ("conflicts", f"--on={EVERY}"),
    "two claims": ("relate", "--", EVERY, EVERY),
    "a conflict": ("rule", "--verdict", "both_stand", "--reason", EVERY, "--", EVERY),
    "a question to reconcile": ("reconcile", f"--question={EVERY}"),
    "a document": ("ingest", "--", BY_NAME["clear screen"]),
    "an encoding": ("ingest", "articles", f"--encoding={EVERY}", f"--lang={EVERY}"),
    "a table": ("import", "--", f"{BY_NAME['clear screen']}.csv"),
    "a codebook": ("codebook", "check", "--", BY_NAME["window title"]),
    "a file": ("export", "--", f"{BY_NAME['bell']}.docx"),
    "a language": ("lang", "check", "--", BY_NAME["C1 control sequence"]),
    "a database": ("--db", BY_NAME["colours"], "list"),
    "a command": ("--", EVERY),
}


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("form", ["words", "json"])
def test_an_error_is_told_in_harmless_words(attacked: Desk, mistake: str, form: str) -> None:
    words = MISTAKES[mistake]
    shared = ("--json",) if form == "json" and words[0] in {"list", "conflicts", "relate", "reconcile", "lang"} else ()
    done = attacked.run(*words[:1], *shared, *words[1:])
    assert done.code in {2, 3, 4}, done
    assert done.stdout == ""
    harmless(done)
    if shared:
        assert set(json.loads(done.stderr)) >= {"error", "message", "where", "fix", "exit_code"}


def test_bad_rows_are_told_in_harmless_words(attacked: Desk) -> None:
    bad = [{**row, "as_of": row["quote"]} for row in rows("bad")]
    (attacked.folder / "bad.jsonl").write_text("\n".join(json.dumps(row) for row in bad), encoding="utf-8")
    (attacked.folder / "columns.csv").write_text("question," + ",".join(f'"{one.text}"' for one in ATTACKS if '"' not in one.text))
    for name in ("bad.jsonl", "columns.csv"):
        done = attacked.run("import", name)
        assert done.code == 3
        harmless(done)


def test_a_bad_codebook_is_told_in_harmless_words(attacked: Desk) -> None:
    keys = "\n".join(f"{json.dumps(one.text)} = {json.dumps(one.text)}" for one in ATTACKS if one.aim != "bidi" or one.text.isascii())
    for name, content in {"keys.toml": f"[topics.a]\n{keys}\n", "form.toml": "[topics.a]\ntitle = \x1b[2J\n"}.items():
        (attacked.folder / name).write_text(content.replace("\x7f", "\\u007f"), encoding="utf-8")
        done = attacked.run("codebook", "check", name)
        assert done.code == 3
        harmless(done)


def test_a_review_shows_candidates_and_answers_to_attacks_harmlessly(attacked: Desk) -> None:
    keys = "?\ne\nclaimant=***\ne\n\x1b[2J=\x9b2J\ne\nas_of=\u202e2024\n\x1b\n\u202e\nq\n"
    done = attacked.run("--plain", "review", "--topic", "attacked", stdin=f"{'s' * 1}\n" * 30 + keys)
    assert done.code == 0, done.stderr
    harmless(done)


def test_a_codebook_that_is_written_out_is_harmless_and_says_the_same_when_read_again(attacked: Desk) -> None:
    done = attacked.run("codebook", "export")
    harmless(done)
    (attacked.folder / "again.toml").write_text(done.stdout, encoding="utf-8", newline="")
    assert attacked.run("codebook", "check", "again.toml").code == 0
    assert attacked.run("codebook", "apply", "again.toml").code == 0
    assert attacked.run("codebook", "export").stdout == done.stdout


def test_a_traceback_is_harmless_and_shown_only_where_it_is_asked_for(attacked: Desk) -> None:
    words = ("list", f"--topic={EVERY}")
    assert "Traceback" not in attacked.run(*words).stderr
    done = attacked.run(*words, "--debug")
    assert done.code == 4
    assert "Traceback" in done.stderr
    assert steering(done.stderr) == set()
