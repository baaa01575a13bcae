"""Numbers and dates that are none are refused with a reason at every door, and nothing of them is kept."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from claims_cli.core.value import is_kept
from claims_cli.extract.pipeline import Reading
from tests.hostile.conftest import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

VALUES = {
    "NaN": "nan",
    "infinity": "infinity",
    "minus infinity": "-inf",
    "an exponent": "1e400",
    "31 digits": "1" * 31,
    "5,000 digits": "1" * 5000,
    "an override": "10\u202e000",
    "an isolate": "10\u2066000\u2069",
    "a tag": "10\U000e0041000",
    "hexadecimal": "0x10",
    "two points": "1.2.3",
    "a formula": "=1+1",
    "a control": "10\x08000",
}
DATES = {
    "a day that February has not": "2024-02-30",
    "the year 0": "0000-01-01",
    "the year 10000": "10000-01-01",
    "year 10000 by its sign": "Y10000",
    "month 13": "2024-13-01",
    "day 0": "2024-01-00",
    "hour 25": "2024-10-28T25:00",
    "an override": "2024-\u202e10-28",
    "day and month in either order": "03/04/2024",
    "seconds": "1730073600",
    "infinity": "infinity",
    "a word": "yesterday",
}
QUESTION = ("--question", "how-many", "--claimant", "Somebody")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A database with one claim, which waits for review. What is refused is refused before it is asked, so one engine tells."""
    desk = Desk("a.db", tmp_path_factory.mktemp("numbers"))
    row = {"topic": "t", "question": "how-many", "unit": "soldier", "value": "5", "claimant": "Somebody", "review": "candidate"}
    (desk.folder / "one.jsonl").write_text(json.dumps(row))
    assert desk.run("init", "--import", "one.jsonl").code == 0
    return desk


def refused(desk: Desk, *words: str, stdin: str = "") -> None:
    """Fail unless a command is refused as not understood, in words."""
    done = desk.run(*words, stdin=stdin)
    assert done.code == 3, (words, done)
    assert len(done.stderr) > len("claims: ")
    assert "the program itself failed" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("case", VALUES)
def test_a_value_that_is_none_is_refused_at_every_door(desk: Desk, case: str) -> None:
    value = VALUES[case]
    before = desk.run("list", "--json").stdout
    refused(desk, "add", *QUESTION, "--", value)
    for option in ("--min", "--max"):
        refused(desk, "list", f"{option}={value}")
    for column in ("value", "low"):
        row = {"question": "how-many", "claimant": "Somebody", column: value}
        (desk.folder / "bad.jsonl").write_text(json.dumps(row))
        (desk.folder / "bad.csv").write_text(f'question,claimant,{column}\nhow-many,Somebody,"{value}"\n', encoding="utf-8")
        refused(desk, "import", "bad.jsonl")
        refused(desk, "import", "bad.csv")
    assert desk.run("list", "--json").stdout == before


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e400", "1E+31", "1e-31", "1" * 31, "1" * 5000, "1e999999999999999999999"]
)
def test_a_number_of_json_that_is_none_is_refused(desk: Desk, number: str) -> None:
    for name in ("bad.jsonl", "bad.json"):
        row = f'{{"question": "how-many", "claimant": "Somebody", "value": {number}}}'
        (desk.folder / name).write_text(row if name == "bad.jsonl" else f"[{row}]")
        refused(desk, "import", name)


@pytest.mark.parametrize("case", DATES)
def test_a_date_that_is_none_is_refused_at_every_door(desk: Desk, case: str) -> None:
    day = DATES[case]
    before = desk.run("list", "--json").stdout
    for option in ("--as-of", "--said-on", "--published"):
        refused(desk, "add", "5", *QUESTION, f"{option}={day}")
    for option in ("--since", "--until"):
        refused(desk, "list", f"{option}={day}")
    refused(desk, "conflicts", f"--on={day}")
    refused(desk, "reconcile", "--question", "how-many", f"--on={day}")
    for column in ("as_of", "said_on", "published_on"):
        row = {"question": "how-many", "claimant": "Somebody", "value": "5", column: day}
        (desk.folder / "bad.jsonl").write_text(json.dumps(row))
        refused(desk, "import", "bad.jsonl")
    (desk.folder / "a.md").write_text(f"---\npublished: {day}\n---\nThe ministry said that 400 soldiers left.\n", encoding="utf-8")
    refused(desk, "ingest", "a.md")
    refused(desk, "extract", "a.md")
    (desk.folder / "b.txt").write_text("The ministry said that 400 soldiers left.\n")
    refused(desk, "ingest", "b.txt", f"--published={day}")
    office = json.dumps([{"name": "Minister", "from": day}]).replace('":', '" =')
    (desk.folder / "book.toml").write_text(f'[actors.a]\nname = "A"\noffices = {office}\n', encoding="utf-8")
    refused(desk, "codebook", "check", "book.toml")
    assert desk.run("list", "--json").stdout == before


def test_the_smallest_and_the_largest_number_are_compared_and_traced_to_the_last_digit(run: Run, tmp_path: Path, database_url: str) -> None:
    smallest, largest = f"0.{'0' * 29}1", "9" * 30
    usual = {"topic": "t", "question": "q", "unit": "tonne", "as_of": "2024-10-28", "publisher": "Paper"}
    told = [usual | {"value": value, "claimant": who} for who, value in (("Ann", smallest), ("Ben", largest))]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(one) + "\n" for one in told), encoding="utf-8")
    assert run("init", "--import", "rows.jsonl", db=database_url).code == 0
    (conflict,) = json.loads(run("conflicts", "--json", db=database_url).stdout, parse_int=str)
    assert conflict["gap"] == largest + "0" * 30
    (_, step) = json.loads(run("trace", "-q", "q", "--json", db=database_url).stdout, parse_int=str)
    assert step["change"] == f"{'9' * 29}8.{'9' * 30}"
    answers = json.loads(run("reconcile", "-q", "q", "--json", db=database_url).stdout)["simple_answers"]
    assert (answers["latest"], answers["median"]) == (None, f"4{'9' * 29}")
    assert f"+{'999,' * 9}998.{'9' * 30} × " in run("trace", "-q", "q", "--no-plot", db=database_url).stdout


def test_an_edit_in_review_takes_no_value_and_no_date_that_is_none(desk: Desk) -> None:
    before = desk.run("list", "--json").stdout
    fields = [*(("value", value) for value in VALUES.values()), *((name, day) for name in ("as_of", "said_on") for day in DATES.values())]
    keys = "".join(f"e\n{field}={text}\n" for field, text in fields)
    done = desk.run("review", stdin=f"{keys}q\n")
    assert done.code == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "0 decided, 1 left"
    assert desk.run("list", "--json").stdout == before


def test_a_date_that_leaves_open_which_is_the_month_is_asked_back_with_both_readings(desk: Desk) -> None:
    assert "write 2024-04-03 or 2024-03-04" in desk.run("list", "--since", "03/04/2024").stderr


HIDDEN = {
    "an override": "10\u202e000",
    "an override after the comma": "10,\u202e000",
    "an override before the comma": "10\u202e,000",
    "a late override": "10,000\u202e5",
    "an override to the right": "10\u202d000",
    "a tag": "10\U000e0041000",
    "a backspace": "10\x08\x0899",
    "a delete": "10\x7f00",
    "a control sequence": "10\x1b[2D99",
    "a soft hyphen": "10\u00ad000",
    "a word joiner": "10\u2060000",
    "a digit shape": "10\u206e000",
    "an annotation": "10\ufff9000",
    "a stroke": "1\u03380000",
    "Arabic digits and an override": "١٠\u202e٠٠٠",
}


@pytest.mark.parametrize("case", HIDDEN)
def test_digits_that_hide_something_are_no_number_of_a_text(case: str) -> None:
    reading = Reading(f"The ministry said that {HIDDEN[case]} soldiers and 400 officers arrived.", "en", date(2024, 10, 29))
    assert [str(mention.value) for mention in reading.numbers()] == ["400"]


@pytest.mark.parametrize(
    "written", ["10,000", "\u202b10,000\u202c", "\u206710,000\u2069", "\u200f10,000\u200e", "1\u200f0,000", "\u202a10,000\u202c"]
)
def test_marks_around_a_number_and_marks_that_move_nothing_leave_it_as_it_is(written: str) -> None:
    reading = Reading(f"The ministry said that {written} soldiers arrived.", "en", date(2024, 10, 29))
    assert [str(mention.value) for mention in reading.numbers()] == ["10000"]


def test_joiners_stay_in_words() -> None:
    text = "قالت الوزارة إن می\u200cخواهم 400 جندي وصلوا."
    assert Reading(text, "ar", None).text == text


@pytest.mark.parametrize("text", ["nan people", "1e400 people", f"{'9' * 40} people", "infinity people", "9^999999 people"])
def test_a_text_gives_no_number_that_cannot_be_kept(text: str) -> None:
    found = [mention.value for mention in Reading(f"It said {text} came.", "en", None).numbers()]
    assert [value for value in found if value is None or not is_kept(value)] == []


@pytest.mark.parametrize("text", ["2024-02-30", "0000-01-01", "10000-01-01", "30 February 2024", "32 May 2024", "2024-13-01"])
def test_a_text_gives_no_day_that_the_calendar_has_not(text: str) -> None:
    days = [mention.when for mention in Reading(f"It fell on {text}.", "en", date(2024, 10, 29)).all_dates() if mention.when]
    assert [one for one in days if one.earliest is not None and one.earliest == one.latest] == []
