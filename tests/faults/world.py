"""A small world that has some of everything: offices, aliases, relays, texts, candidates, a revision, conflicts, a ruling taken back."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect, text
from typer import testing
from typer.testing import CliRunner

import claims_cli.cli
from claims_cli.cli.app import app
from claims_cli.store.database import address_of, transaction
from tests.conftest import Done

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

for module in pkgutil.iter_modules(claims_cli.cli.__path__):
    importlib.import_module(f"claims_cli.cli.{module.name}")  # importing them registers their commands
# To make all commands with their options anew for each one that is run takes longer than most of them.
testing._get_command = cache(testing._get_command)  # type: ignore[attr-defined]  # noqa: SLF001  there is no other way in

FIXED = {"SOURCE_DATE_EPOCH": "1732060800", "CLAIMS_USER": "desk"}
CONFLICT = "camp-people@2024-10-28"
ANSWERS = (
    ("list",),
    ("conflicts", "--all"),
    ("trace", "--topic", "camps"),
    ("topics",),
    ("questions",),
    ("actors",),
    ("sources",),
)

CODEBOOK = """
[topics.camps]
title = "Camps"

[questions.camp-people]
topic = "camps"
text = "How many people are in the camp?"
kind = "level"
unit = "person"
place = "Hill"
currency = 4
words = ["camp | المخيم", "people | شخص*"]

[questions.camp-children]
topic = "camps"
text = "How many children are in the camp?"
unit = "person"
part_of = "camp-people"

[questions.camp-dead]
topic = "camps"
text = "How many people died in the camp?"
kind = "cumulative"
unit = "person"

[questions.camp-closed]
topic = "camps"
text = "Is the camp closed?"
kind = "fixed"

[actors.ministry]
name = "Ministry"
aliases = { en = ["The ministry"], ar = ["الوزارة"] }

[actors.spokesman]
name = "Ann Singh"
speaks_for = "ministry"
offices = [{ name = "Mayor", from = "2023", to = "2024-12" }]

[actors.paper]
name = "The Paper"
"""

ARTICLE = """---
title: الوزارة تتحدث
publisher: The Paper
published: 2024-10-29
language: ar
url: https://example.org/a
---

قالت الوزارة أمس الإثنين إن 400 شخص في المخيم، وإن 30 شخصاً نُقلوا إلى خيام أخرى.
"""

ROWS: list[dict[str, str]] = [
    {"question": "camp-people", "value": "400", "claimant": "Ministry", "as_of": "2024-10-28", "said_on": "2024-10-28", "ref": "a-400"},
    {"question": "camp-people", "value": "~900", "claimant": "Ben", "as_of": "2024-10-28", "relay": "Eve > Agency", "ref": "ben-900"},
    {"question": "camp-people", "value": ">=420", "claimant": "Mayor", "as_of": "2024-11-03", "said_on": "2024-11-03"},
    {"question": "camp-people", "value": "10-12k", "claimant": "Ministry", "modality": "forecast", "as_of": "2025"},
    {"question": "camp-children", "value": "1200", "claimant": "Ben", "as_of": "2024-10-28", "note": "=more than all"},
    {"question": "camp-dead", "value": "12", "claimant": "Ben", "as_of": "2024-10-01", "said_on": "2024-10-02", "place": "North gate"},
    {
        "question": "camp-dead",
        "value": "9.5",
        "claimant": "Eve",
        "as_of": "2024-10-20",
        "quote": "about nine and a half",
        "ref": "eve-dead",
    },
    {"question": "camp-closed", "stance": "asserts", "claimant": "وزارة أخرى", "as_of": "2024-10-28", "publisher": "The Paper"},
    {"question": "camp-closed", "stance": "denies", "claimant": "Ann Singh", "as_of": "2024-10-29", "url": "https://example.org/b?x=1"},
    {
        "question": "camp-people",
        "value": "5",
        "claimant": "Ben",
        "as_of": "2024-10-27",
        "review": "rejected",
        "note": '\'tis, "quoted"\nline',
    },
]
STEPS: tuple[tuple[str, ...], ...] = (
    ("init", "--codebook", "book.toml"),
    ("import", "rows.jsonl"),
    ("ingest", "article.md"),
    ("review", "--accept-all", "--min", "400"),
    ("rule", CONFLICT, "--verdict", "cannot_be_settled", "--reason", "no list was published"),
    ("rule", CONFLICT, "--verdict", "one_stands", "--reason", "its list was published since", "--claim", "a-400"),
)


@contextmanager
def settled(*words: str) -> Iterator[None]:
    """The clock, the person and the command line as they are told, so that the same words leave the same rows."""
    before, line = dict(os.environ), sys.argv
    os.environ.update(FIXED)
    for name in ("CLAIMS_DB", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        os.environ.pop(name, None)
    sys.argv = ["claims", *words]
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        sys.argv = line


def claims(*words: str, db: str, stdin: str = "") -> Done:
    """A command, in this process. An error that the program does not know is raised here."""
    with settled(*words):
        done = CliRunner().invoke(app, ["--db", db, *words], input=stdin)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.stdout, done.stderr, done.exit_code)


def worked(*words: str, db: str, stdin: str = "") -> str:
    """What a command writes that has to succeed."""
    done = claims(*words, db=db, stdin=stdin)
    assert done.code == 0, (words, done.stderr)
    return done.stdout


def written(folder: Path) -> None:
    """Write the files of the world to a folder."""
    (folder / "book.toml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "article.md").write_text(ARTICLE, encoding="utf-8")
    (folder / "rows.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), encoding="utf-8")


def build(where: str, folder: Path) -> None:
    """Make a database with the whole world in it."""
    written(folder)
    for words in STEPS:
        worked(*(str(folder / word) if word.endswith((".toml", ".jsonl", ".md")) else word for word in words), db=where)


def answers(where: str) -> dict[str, Any]:
    """What the reading commands answer. The numbers of rulings are left out: a server gives none of them twice, even to what failed."""
    told: dict[str, Any] = {words[0]: json.loads(worked(*words, "--json", db=where)) for words in ANSWERS}
    for conflict in told["conflicts"]:
        (conflict["ruling"] or {}).pop("id", None)
    return told | {"codebook": worked("codebook", "export", db=where)}


def content(where: str) -> dict[str, list[str]]:
    """Every row of every table, asked past the program."""
    with transaction(address_of(where)) as connection:
        names = sorted(inspect(connection).get_table_names())
        return {name: sorted(repr(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{name}"'))) for name in names}  # noqa: S608  names as the database gives them


def sizes(where: str) -> dict[str, int]:
    """How many rows each table has."""
    return {name: len(rows) for name, rows in content(where).items()}
