"""Filters, orders and searches are values: none becomes part of a query, and there is no door for queries."""

from __future__ import annotations

import ast
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from claims_cli.cli import enter, extract, judge, read, review, upkeep
from claims_cli.cli.app import app
from claims_cli.core.errors import ClaimsError
from claims_cli.store.database import address_of
from claims_cli.store.reading import reading
from tests.conftest import ROOT
from tests.hostile.attacks import ATTACKS, Aim
from tests.hostile.conftest import Desk, steering

if TYPE_CHECKING:
    from collections.abc import Iterator

REGISTERED = (enter, extract, judge, read, review, upkeep)  # importing them makes their commands known
QUERIES = [attack for attack in ATTACKS if attack.aim is Aim.QUERY]
FILTERS = (
    "topic",
    "question",
    "claimant",
    "source",
    "place",
    "since",
    "until",
    "min",
    "max",
    "search",
    "ref",
    "stance",
    "modality",
    "review",
)
INJECTIONS = [
    *(attack.text for attack in QUERIES),
    "x' UNION SELECT name, 1 FROM sqlite_master --",
    "1; ATTACH DATABASE 'owned.db' AS o; CREATE TABLE o.t (x)",
    "1); COPY claim TO '/tmp/owned'; --",
    "'||pg_sleep(10)||'",
    "\\'; DELETE FROM claim; --",
    "1 OR 1=1",
    "c.id; DROP TABLE claim",
    "\u02bc OR 1=1 --",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_filter_finds_what_it_says_and_changes_nothing(attacked: Desk, text: str) -> None:
    before = counts(attacked)
    for name in FILTERS:
        done = attacked.run("list", f"--{name}={text}", "--columns", "id")
        assert done.code in {0, 2, 3, 4}, done
        assert steering(done.stderr) == set()
        if done.code == 0:
            assert name in {"place", "search", "ref", "claimant", "source"}, "the last two where somebody is called so"
    for words in (("--sort", text), ("--columns", text)):
        assert attacked.run("list", *words).code in {2, 3}
    for command in ("show", "explain"):
        assert attacked.run(command, "--", text).code == 4
    assert counts(attacked) == before
    assert not (attacked.folder / "owned.db").exists()


def counts(desk: Desk) -> str:
    """How many there are of everything."""
    return next(line for line in desk.run("doctor").stdout.splitlines() if line.startswith("database"))


@pytest.mark.parametrize("sign", ["%", "_", "*", "?", "[a]", "%%", "\\"])
def test_signs_of_patterns_stand_for_nothing_in_names_and_keys(attacked: Desk, sign: str) -> None:
    for name in ("ref", "topic", "question", "claimant", "source"):
        done = attacked.run("list", f"--{name}={sign}", "--json")
        assert done.code == 4 or json.loads(done.stdout) == []


def test_a_search_takes_each_word_as_it_stands(attacked: Desk) -> None:
    every = len(json.loads(attacked.run("list", "--json").stdout))
    for words, fewest in (("NEAR(", 1), ("zzzz OR ministry", 0), ("near and not", 0), ("ministry*x", 0)):
        found = json.loads(attacked.run("list", "--json", "--search", words).stdout)
        assert fewest <= len(found) < every


def test_numbers_beyond_those_of_a_database_are_refused_in_words(attacked: Desk) -> None:
    large = "9" * 30
    for words in (("list", "--source", large), ("list", "--limit", large), ("show", large), ("relate", large, "1")):
        done = attacked.run(*words)
        assert done.code in {2, 4}, done
    assert attacked.run("rule", "attacked-question@2024-10-28", "--verdict", "both_stand", "--reason", "x", "--claim", large).code in {3, 4}


BYTES = "\udcff"  # how Python hands over a byte that is no UTF-8


@pytest.mark.parametrize(
    "words",
    [
        *(("list", f"--{name}={BYTES}") for name in ("topic", "question", "claimant", "source", "place", "search", "ref")),
        ("show", BYTES),
        ("relate", BYTES, BYTES),
        ("explain", BYTES),
        ("rule", "attacked-question@2024-10-28", "--verdict", "both_stand", "--reason", BYTES),
        ("add", "5", "--question", "attacked-question", "--note", BYTES),
        ("add", BYTES, "--question", "attacked-question"),
        ("conflicts", "--question", BYTES),
        ("trace", "--topic", BYTES),
    ],
    ids=lambda words: ascii(" ".join(words[:2])),
)
def test_bytes_that_are_no_text_are_refused_in_words(attacked: Desk, words: tuple[str, ...]) -> None:
    done = attacked.run(*words)
    assert done.code == 3, done
    assert "is not UTF-8" in done.stderr


def test_a_file_may_be_named_by_bytes_that_are_no_text(attacked: Desk) -> None:
    (attacked.folder / f"{BYTES}.txt").write_text("The ministry said that 31415 soldiers left.\n")
    done = attacked.run("ingest", f"{BYTES}.txt", "--published", "2024-10-29")
    assert done.code == 0, done.stderr
    found = json.loads(attacked.run("list", "--json", "--search", "31415").stdout)
    assert {row["title"] for row in found} == {"\ufffd"}
    assert attacked.run("ingest", f"{BYTES}.txt", "--published", "2024-10-29").stderr.startswith("0 new claims")
    done = attacked.run("review", "--question", "unlinked-soldier", stdin=f"e\nclaimant={BYTES}\ne\nnote={BYTES}\nu\nq\n")
    assert done.code == 0, done.stderr


def options(group: Any = app, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401  typer does not name what it makes
    """Every command with each of its options and arguments."""
    import typer.main

    command = typer.main.get_command(group) if path == "" else group
    for parameter in command.params:
        yield path, " ".join([parameter.name or "", *parameter.opts])
    for name, inner in getattr(command, "commands", {}).items():
        yield f"{path} {name}", ""
        yield from options(inner, f"{path} {name}")


def test_no_command_takes_a_query() -> None:
    found = list(options())
    assert len(found) > 100
    door = re.compile(r"(?i)\b(sql|query|execute|exec|eval|where|statement|shell|script)\b")
    assert [one for one in found if door.search(" ".join(one))] == []


def test_queries_are_texts_of_the_program() -> None:
    """Given each call that sends SQL, its text is no f-string and no sum of strings, but for the few that name their own constants."""
    allowed = {"PRAGMA {setting}", "PRAGMA busy_timeout={BUSY_MILLISECONDS}", "SELECT pg_advisory_xact_lock({WRITE_LOCK})"}
    # of the names of tables and columns, and a mark for each value (store/inserting.py)
    allowed |= {"{into}{many}", "{into}{one}", "{query} {places(connection, len(some))}"}
    built = set()
    for path in (ROOT / "claims_cli").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"execute", "exec_driver_sql", "executescript"}
            ):
                built |= {
                    ast.unparse(part)[2:-1]
                    for one in node.args[:1]
                    for part in ast.walk(one)
                    if isinstance(part, ast.JoinedStr | ast.BinOp)
                }
    assert {text for text in built - allowed if not re.fullmatch(r"[A-Za-z_ =()]*\{[A-Z_]+\}\)?", text)} == set()


@pytest.mark.parametrize("text", ["DELETE FROM claim", "CREATE TABLE owned (x)", "UPDATE claim SET note = 'owned'", "DROP TABLE claim"])
def test_what_reads_cannot_write(attacked: Desk, text: str) -> None:
    with pytest.raises(ClaimsError), reading(address_of(attacked.url)) as reader:
        list(reader.rows(text, {}))
