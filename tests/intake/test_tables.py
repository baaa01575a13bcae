"""Importing a table: every row is checked, all are kept or none, and what is exported can be imported again."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect

from claims_cli.core.errors import ClaimsError, RowsRefused
from claims_cli.intake.tables import import_table
from claims_cli.store.database import address_of, transaction
from claims_cli.store.reading import reading
from claims_cli.store.schema import make_database
from tests.conftest import ROOT, listed, settled_environment
from tests.store.conftest import OPERATION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Done, Run

COLUMNS = ["topic", "question", "unit", "value", "claimant", "as_of", "publisher", "title", "ref"]
# The rows of a file that are spoilt: which row, which column, what stands there, and what is said of it.
SPOILT = [
    (17, "value", "NaN", "'NaN' is not a value"),
    (500, "as_of", "2024-02-30", "'2024-02-30': February 2024 has 29 days"),
    (1000, "value", "12 or so", "'12 or so' is not a value"),
]


def rows(count: int = 1000) -> list[dict[str, str]]:
    """So many rows, each a claim of its own."""
    return [
        {
            "topic": "camps",
            "question": f"camp-{number % 7}",
            "unit": "person",
            "value": str(1000 + number),
            "claimant": f"Office {number % 13}",
            "as_of": f"2024-{1 + number % 12:02}-{1 + number % 28:02}",
            "publisher": "Paper",
            "title": f"Report {number % 50}",
            "ref": f"row-{number}",
        }
        for number in range(1, count + 1)
    ]


def as_csv(some: list[dict[str, str]]) -> str:
    """A CSV file."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(some)
    return file.getvalue()


def as_tsv(some: list[dict[str, str]]) -> str:
    """A file with tabs between the cells."""
    return "\n".join("\t".join(cells) for cells in [COLUMNS, *([row[name] for name in COLUMNS] for row in some)]) + "\n"


def as_jsonl(some: list[dict[str, str]]) -> str:
    """An object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some)


def as_json(some: list[dict[str, str]]) -> str:
    """One array."""
    return json.dumps(some, ensure_ascii=False, indent=1)


WAYS: dict[str, tuple[Callable[[list[dict[str, str]]], str], int]] = {  # and by how many lines a row stands below its number
    "csv": (as_csv, 1),
    "tsv": (as_tsv, 1),
    "jsonl": (as_jsonl, 0),
    "json": (as_json, 0),
}


@pytest.fixture
def desk(run: Run, database_url: str) -> str:
    """A database with nothing in it."""
    assert run("init", db=database_url).code == 0
    return database_url


def imported(done: Done) -> str:
    """The last line of what an import tells."""
    assert done.code == 0, done.stderr
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize("way", WAYS)
def test_three_bad_rows_among_a_thousand_are_named_and_nothing_is_kept(run: Run, desk: str, tmp_path: Path, way: str) -> None:
    written, below = WAYS[way]
    some = rows()
    for number, column, content, _ in SPOILT:
        some[number - 1] |= {column: content}
    path = tmp_path / f"rows.{way}"
    path.write_bytes(written(some).encode())
    done = run("import", path.name, db=desk)
    assert done.code == 3
    assert done.stdout == ""
    told = done.stderr.splitlines()
    assert len(told) == len(SPOILT) + 1
    for line, (number, column, _, reason) in zip(told, SPOILT, strict=False):
        assert line.startswith(f"{path.name}:{number + below}:{column}: {reason}")
    assert told[-1].startswith(f"claims: nothing was imported from {path.name}: 3 problems")
    assert listed(run, desk) == []

    path.write_bytes(written(rows()).encode())
    made = "1 new topic, 7 new questions, 14 new actors, 50 new sources"
    assert imported(run("import", path.name, db=desk)) == f"1000 new claims, 0 known already; {made}"
    assert imported(run("import", path.name, db=desk)).startswith("0 new claims, 1000 known already")
    assert len(listed(run, desk)) == 1000


def test_a_dry_run_says_what_an_import_would_and_keeps_nothing(run: Run, desk: str, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(as_csv(rows(20)))
    told = imported(run("import", "rows.csv", "--dry-run", db=desk))
    assert listed(run, desk) == []
    assert run("topics", "--json", db=desk).stdout.count("camps") == 0
    assert "20 new claims" in told
    assert "20 new claims" in imported(run("import", "rows.csv", db=desk))


@pytest.mark.parametrize(
    "written", [as_csv(rows(3)), "\ufeff" + as_csv(rows(3)), as_csv(rows(3)).replace("\r\n", "\n"), as_csv(rows(3)) + "\r\n\r\n"]
)
def test_line_ends_and_a_byte_order_mark_change_nothing(run: Run, desk: str, tmp_path: Path, written: str) -> None:
    (tmp_path / "rows.csv").write_bytes(written.encode())
    run("import", "rows.csv", db=desk)
    assert [row["title"] for row in listed(run, desk)] == ["Report 1", "Report 2", "Report 3"]


def test_a_line_is_counted_where_a_row_begins_though_cells_span_lines(run: Run, desk: str, tmp_path: Path) -> None:
    some = rows(4)
    some[0] |= {"title": "two\nlines"}
    some[3] |= {"value": "many"}
    (tmp_path / "rows.csv").write_bytes(as_csv(some).encode())
    assert run("import", "rows.csv", db=desk).stderr.startswith("rows.csv:6:value: ")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "the file is empty"),
        ("a.csv", b"topic,sum\nx,1\n", "there is no column 'sum'"),
        ("a.csv", b"topic,valeu\nx,1\n", "did you mean value?"),
        ("a.csv", b"topic,value\nx,1,2\n", "3 cells under 2 columns"),
        ("a.csv", b'topic,value\n"x,1\n', "not a table"),
        ("a.csv", "topic,value\nقوات,1\n".encode("cp1256"), "not UTF-8"),
        ("a.csv", b"topic,value\nx,1\n", "the row does not say what it answers"),
        ("a.csv", b"topic,question,value\nx,y,1\n", "the row does not say whose claim it is"),
        ("a.csv", b"topic,question,value,claimant\nx,y,1,A\n", "has values but no unit"),
        ("a.csv", b"topic,question,unit,value,claimant\nx,y,person,-,A\n", "'-' is not a value"),
        ("a.csv", b"topic,question,claimant\nx,y,A\n", "neither a value nor a stance"),
        ("a.csv", b"topic,question,claimant,stance\nx,y,A,perhaps\n", "'perhaps' is not one of its words"),
        ("a.csv", b"topic,question,claimant,stance,document\nx,y,A,denies,../../etc/passwd\n", "lies outside the folder of the table"),
        ("a.csv", b"topic,question,claimant,stance,document\nx,y,A,denies,none.md\n", "there is no file"),
        ("a.jsonl", b'{"topic": "x"\n', "not JSON"),
        ("a.jsonl", b'{"topic": "x", "value": NaN}\n', "NaN is not a number"),
        ("a.jsonl", b'["x"]\n', "the row is not an object"),
        ("a.jsonl", b'{"topic": {"x": 1}}\n', "is neither text nor a number"),
        ("a.jsonl", b'{"topic": "x", "question": "q", "claimant": "A", "value": 1e999999}\n', "is too large or too small"),
        ("a.jsonl", b"[" * 100_000 + b"\n", "too deeply nested"),
        ("a.jsonl", b'{"topic": "x", "question": "q", "claimant": "A\\u0000", "stance": "denies"}\n', "it holds a NUL"),
        ("a.json", b'{"topic": "x"}', "not an array of rows"),
        ("a.xlsx", b"PK", "is not a table that can be read"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    address = address_of(str(tmp_path / "desk.db"))
    make_database(address)
    with pytest.raises(ClaimsError) as caught:
        import_table(tmp_path / name, address, OPERATION)
    problems = caught.value.problems if isinstance(caught.value, RowsRefused) else (caught.value,)
    assert said in str(problems[0])
    assert caught.value.exit_code == 3
    with reading(address) as reader:
        assert list(reader.claims({})) == []


def test_numbers_of_json_keep_every_digit(run: Run, desk: str, tmp_path: Path) -> None:
    row = '{"topic": "x", "question": "q", "unit": "EUR", "claimant": "A", "value": 0.100000000000000005551115123126}\n'
    (tmp_path / "a.jsonl").write_text(row)
    run("import", "a.jsonl", db=desk)
    assert listed(run, desk)[0]["low"] == "0.100000000000000005551115123126"


def test_a_figure_can_be_told_by_its_ends_and_its_hedge(run: Run, desk: str, tmp_path: Path) -> None:
    told = ["5,5,", "5,7,", "5,,", ",7,", "5,5,about", "5,,more_than"]
    lines = ["topic,question,unit,claimant,low,high,hedge", *(f"t,q,person,A,{ends}" for ends in told)]
    (tmp_path / "a.csv").write_text("\n".join(lines))
    assert imported(run("import", "a.csv", db=desk)).startswith("6 new claims")
    assert [row["value"] for row in listed(run, desk)] == ["5", "5-7", ">=5", "<=7", "~5", ">5"]


@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl"])
def test_an_export_imported_elsewhere_and_exported_again_is_the_same(run: Run, desk: str, tmp_path: Path, suffix: str) -> None:
    awkward = {"claimant": "=cmd()", "publisher": "-Paper-", "title": 'a "quoted", comma\nand line', "ref": "@home", "note": "'tis"}
    some = [*rows(30), rows(1)[0] | awkward, rows(1)[0] | {"value": "أكثر من 10 آلاف", "claimant": "كييف", "ref": "ع-1"}]
    (tmp_path / "rows.jsonl").write_text(as_jsonl(some))
    assert run("import", "rows.jsonl", db=desk).code == 0
    assert run("export", f"first.{suffix}", db=desk).code == 0
    assert run("init", db="other.db").code == 0
    done = run("import", f"first.{suffix}", db="other.db")
    assert imported(done).startswith("32 new claims"), done.stderr
    assert run("export", f"second.{suffix}", db="other.db").code == 0
    left, right = ((tmp_path / f"{name}.{suffix}").read_text() for name in ("first", "second"))
    times = {row["recorded_at"] for db in (desk, "other.db") for row in listed(run, db)}
    for time in times:
        left, right = left.replace(time, "then"), right.replace(time, "then")
    assert left == right


def test_rows_in_which_nothing_stands_are_passed_over(run: Run, desk: str, tmp_path: Path) -> None:
    head, *lines = as_csv(rows(3)).splitlines()
    (tmp_path / "rows.csv").write_text("\n".join([head, *lines[:2], ",,,,,,,,", "  ,,\t,,,,,,", "", lines[2]]))
    assert imported(run("import", "rows.csv", db=desk)).startswith("3 new claims")


def test_two_rows_of_one_batch_that_are_bad_in_different_ways_are_both_named(run: Run, desk: str, tmp_path: Path) -> None:
    some = rows(4)
    some[1] |= {"topic": "", "question": "unheard-of"}
    some[2] |= {"unit": "tent", "question": "camp-1"}
    some[3] |= {"value": "many"}
    (tmp_path / "rows.csv").write_text(as_csv(some))
    told = run("import", "rows.csv", db=desk).stderr.splitlines()
    assert [line.split(" ")[0] for line in told[:3]] == ["rows.csv:3:question:", "rows.csv:4:unit:", "rows.csv:5:value:"]
    assert len(told) == 4


DYING = """
import os
from pathlib import Path
from claims_cli.intake import tables
from claims_cli.store.database import address_of, transaction
from tests.store.conftest import OPERATION
taken, tables.BATCH = [], 10
take = tables.Taking.take
def die(self, batch):
    take(self, batch)
    taken.append(batch)
    if len(taken) == 3:
        self.recorder.connection.exec_driver_sql(os.environ["FIRST"])
        take(self, batch)
        os._exit(9)
tables.Taking.take = die
tables.import_table(Path(os.environ["TABLE"]), address_of(os.environ["WHERE"]), OPERATION)
"""


def test_an_import_that_is_killed_leaves_the_database_as_it_was(run: Run, desk: str, tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    table.write_text(as_csv(rows(100)))
    before = schema(desk)
    spilling = "PRAGMA cache_size = 1" if address_of(desk).path else "SELECT 1"  # so that pages reach the file before the commit
    settings = settled_environment() | {"WHERE": desk, "TABLE": str(table), "FIRST": spilling}
    dying = subprocess.run([sys.executable, "-c", DYING], cwd=ROOT, env=settings, check=False, capture_output=True)
    assert dying.returncode == 9, dying.stderr
    assert schema(desk) == before
    assert listed(run, desk) == []
    assert imported(run("import", "rows.csv", db=desk)).startswith("100 new claims")
    assert schema(desk) == before


def schema(where: str) -> set[tuple[str, str]]:
    """The indexes of claims, with what they are made of."""
    with transaction(address_of(where)) as connection:
        return {(str(one["name"]), str(one["column_names"])) for one in inspect(connection).get_indexes("claim")}
