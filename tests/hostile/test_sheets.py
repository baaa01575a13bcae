"""A cell of a report is no formula, however a program splits the file; numbers stay numbers, and what was written comes back."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims_cli.intake.tables import KEPT_FROM_FORMULA
from claims_cli.render.safe import safe_lines
from claims_cli.render.shapes import Cells
from claims_cli.render.to_csv import PLAIN_NUMBER, cell
from tests.hostile.attacks import ATTACKS
from tests.hostile.conftest import Desk, called
from tests.hostile.reading import live_cells

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = st.text(st.sampled_from("a'=+-@;\t\n\r ,\"\u00a0\uff1d\x1b1.")) | st.text()


@given(TEXTS)
@example("a;=1")
@example("'=1")
@example("\n\n=1")
def test_a_cell_is_no_formula_and_without_its_apostrophes_it_is_the_text(text: str) -> None:
    shown = cell(text, Cells.SAFE)
    for delimiter in ",;\t":
        line = io.StringIO()
        csv.writer(line, delimiter="," if delimiter == ";" else delimiter, lineterminator="\n").writerow(["1", shown, "x"])
        assert live_cells(line.getvalue(), delimiter) == []
    assert KEPT_FROM_FORMULA.sub(r"\1\2", shown) == safe_lines(text) or PLAIN_NUMBER.fullmatch(text)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with a claim for each attack in a note, and one of a negative number."""
    found = Desk("a.db", tmp_path)
    row = {"topic": "t", "question": "q", "unit": "degree", "claimant": "Somebody", "as_of": "2024-10-28"}
    notes = [{**row, "value": str(number), "ref": f"r{number}", "note": attack.text} for number, attack in enumerate(ATTACKS, start=1)]
    lines = [*notes, {**row, "value": "-5.5", "ref": "cold"}, {**row, "value": "=1", "ref": "bad"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines[:-1])))
    (tmp_path / "bad.jsonl").write_text(json.dumps(lines[-1]))
    assert found.run("init", "--import", "a.jsonl").code == 0
    return found


def cells_of(path: Path) -> dict[str, dict[str, str]]:
    """The rows of a report by their keys."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["ref"]: row for row in csv.DictReader(file)}


def test_numbers_stay_numbers_and_texts_get_an_apostrophe(desk: Desk) -> None:
    assert desk.run("export", "safe.csv").code == 0
    rows = cells_of(desk.folder / "safe.csv")
    assert (rows["cold"]["value"], rows["cold"]["low"], rows["cold"]["high"]) == ("-5.5", "-5.5", "-5.5")
    kept = {attack.text.strip(): rows[f"r{number}"]["note"] for number, attack in enumerate(ATTACKS, start=1)}
    assert kept["=cmd|'/C calc'!A1"] == "'=cmd|'/C calc'!A1"
    assert kept["\uff0b1\uff0dA1\uff20"] == "'\uff0b1\uff0dA1\uff20"
    assert kept["a;=cmd|'/C calc'!A1;b"] == "a;'=cmd|'/C calc'!A1;b"


def test_raw_gives_each_text_as_it_came(desk: Desk) -> None:
    assert desk.run("export", "raw.csv", "--raw").code == 0
    rows = cells_of(desk.folder / "raw.csv")
    for number, attack in enumerate(ATTACKS, start=1):
        assert rows[f"r{number}"]["note"] == attack.text.strip()


def test_excel_gets_its_mark_and_the_same_cells(desk: Desk) -> None:
    desk.run("export", "safe.csv")
    assert desk.run("export", "excel.csv", "--excel").code == 0
    assert (desk.folder / "excel.csv").read_bytes() == b"\xef\xbb\xbf" + (desk.folder / "safe.csv").read_bytes()


def test_a_report_that_is_imported_elsewhere_gives_the_same_report(desk: Desk) -> None:
    """Given texts without controls, which are shown escaped, an apostrophe that was put is taken off and one that was there stays."""
    desk.run("export", "first.csv")
    assert called("--db", "b.db", "init", "--import", "first.csv", folder=desk.folder).code == 0
    called("--db", "b.db", "export", "second.csv", folder=desk.folder)
    first, second = (cells_of(desk.folder / name) for name in ("first.csv", "second.csv"))
    assert {key: row["note"] for key, row in second.items()} == {key: row["note"] for key, row in first.items()}
    again = json.loads(called("--db", "b.db", "list", "--json", folder=desk.folder).stdout)
    kept = {row["ref"]: row["note"] for row in again}
    for number, attack in enumerate(ATTACKS, start=1):
        if safe_lines(attack.text) == attack.text:
            assert kept[f"r{number}"] == attack.text.strip()
