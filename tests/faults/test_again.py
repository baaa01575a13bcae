"""The same thing twice, and files in any order: no new rows, the same conflicts; what is exported comes back the same."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from tests.faults.conftest import counted
from tests.faults.world import CODEBOOK, answers, content, worked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AWKWARD = ["Ben", "=cmd()", "-Paper-", "وزارة الدفاع", 'a "quoted", comma', "@home", "'tis", "+1", "é\u200d", "a\tb", "NaN", "10%"]
ORDERS = (
    ("a.jsonl", "b.csv", "c.txt", "d.md"),
    ("d.md", "c.txt", "b.csv", "a.jsonl"),
    ("c.txt", "a.jsonl", "d.md", "b.csv"),
    ("b.csv", "d.md", "a.jsonl", "c.txt"),
    ("d.md", "b.csv", "c.txt", "a.jsonl"),
)
FILES = {
    "book.toml": CODEBOOK,
    "a.jsonl": '{"question": "camp-people", "value": "400", "claimant": "Ministry", "as_of": "2024-10-28"}\n'
    '{"question": "camp-dead", "value": "12", "claimant": "Ben", "as_of": "2024-10-01"}\n',
    "b.csv": "question,value,claimant,as_of\ncamp-people,~900,Ben,2024-10-28\ncamp-dead,9,Ben,2024-10-20\n",
    "c.txt": "The ministry said on Monday that 400 people live in the camp. Ben said that 1,000 people live in the camp.\n",
    "d.md": "---\ntitle: D\npublisher: The Paper\n"
    "published: 2024-10-29\nlanguage: ar\n---\n\nقالت الوزارة أمس الإثنين إن 500 شخص في المخيم.\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with things to take in, which is where commands are run."""
    for name, written in FILES.items():
        (tmp_path / name).write_text(written, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def taken_in(where: str, name: str) -> None:
    """Take in a file, the candidates of a text accepted."""
    if name.endswith((".jsonl", ".csv")):
        worked("import", name, db=where)
    else:
        worked("ingest", name, "--published", "2024-10-29", "--publisher", "The Paper", "--accept", db=where)


def conflicts(where: str) -> list[Any]:
    """The conflicts of a database, with the contents of claims in place of their numbers."""
    told = answers(where)
    uids = {row["id"]: row["uid"] for row in told["list"]}
    for conflict in told["conflicts"]:
        for position in conflict["positions"]:
            position["claims"] = sorted(uids[number] for number in position["claims"])
            position["claimants"] = sorted(position["claimants"])
            del position["refs"]
        conflict["positions"].sort(key=json.dumps)
    return sorted(told["conflicts"], key=json.dumps)


@pytest.mark.usefixtures("folder")
def test_the_same_files_twice_add_nothing(base: str) -> None:
    worked("codebook", "apply", "book.toml", db=base)
    for name in ORDERS[0]:
        taken_in(base, name)
    before = content(base)
    worked("codebook", "apply", "book.toml", db=base)
    for name in ORDERS[1]:
        taken_in(base, name)
    after = content(base)
    assert {name: rows for name, rows in after.items() if name != "operation"} == {
        name: rows for name, rows in before.items() if name != "operation"
    }


@pytest.fixture
def by_order(folder: Path, fresh: Callable[[], str]) -> list[list[Any]]:
    """The conflicts of the same files taken in in each order."""
    del folder  # it has the files
    found = []
    for order in ORDERS:
        where = fresh()
        worked("codebook", "apply", "book.toml", db=where)
        for name in order:
            taken_in(where, name)
        found.append(conflicts(where))
    return found


def test_files_in_any_order_give_the_same_conflicts(by_order: list[list[Any]]) -> None:
    assert len(by_order[0]) == 2
    facts = [[{name: cell for name, cell in one.items() if name not in {"relation", "explanation"}} for one in found] for found in by_order]
    assert facts == [facts[0]] * len(ORDERS)


def test_files_in_any_order_give_the_same_reasons(by_order: list[list[Any]]) -> None:
    assert by_order == [by_order[0]] * len(ORDERS)


def any_row(chance: random.Random, number: int) -> dict[str, str]:
    """A row with whatever a claim can say."""
    day = f"2024-10-{chance.randint(1, 28):02}"
    row = {
        "topic": "any",
        "question": f"q{number % 7}",
        "unit": "person",
        "claimant": chance.choice(AWKWARD),
        "as_of": day,
        "ref": f"r{number}",
    }
    row["value"] = chance.choice(["{}", "~{}", ">{}", ">={}", "<{}", "<={}", "{}.5", "{}-900000"]).format(chance.randint(1, 99999))
    others = {
        "modality": chance.choice(["observed", "forecast", "target"]),
        "said_on": day,
        "published_on": "2024-11-05",
        "publisher": chance.choice(AWKWARD),
        "title": chance.choice(AWKWARD),
        "relay": " > ".join(chance.sample(AWKWARD, 2)),
        "note": chance.choice(AWKWARD),
        "quote": chance.choice(AWKWARD),
        "place": chance.choice(AWKWARD),
        "url": f"https://example.org/?a={number}&b=#c",
        "review": chance.choice(["accepted", "candidate", "rejected"]),
    }
    return row | {name: told for name, told in others.items() if chance.random() < 0.4}


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
@counted(250, 5000)
def test_whatever_is_exported_comes_back_the_same(fresh: Callable[[], str], folder: Path, count: int, suffix: str) -> None:
    chance = random.Random(count)  # noqa: S311  a fixed seed, so that a failure can be seen again
    rows = [any_row(chance, number) for number in range(count)]
    (folder / "any.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    one, other = fresh(), fresh()
    worked("import", "any.jsonl", db=one)
    worked("export", f"first.{suffix}", db=one)
    worked("import", f"first.{suffix}", db=other)
    worked("export", f"second.{suffix}", db=other)
    assert (folder / f"second.{suffix}").read_text(encoding="utf-8") == (folder / f"first.{suffix}").read_text(encoding="utf-8")
