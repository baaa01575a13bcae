"""Untrusted text is shown, and does nothing."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_cli.render.safe import safe, safe_lines
from claims_cli.render.shapes import Cells
from claims_cli.render.to_csv import cell
from claims_cli.render.to_json import text_of
from claims_cli.render.to_markdown import inert

DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(st.text())
def test_no_character_is_left_that_steers_or_hides(text: str) -> None:
    for letter in safe(text):
        assert unicodedata.category(letter) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(letter) not in DIRECTIONS
    assert set(safe_lines(text)) & {chr(code) for code in (*range(32), *range(127, 160))} <= {"\n", "\t"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\u001b[31mred"),
        ("10\u202e000", "10\\u202e000"),
        ("a\U000e0041", "a\\U000e0041"),
        ("\x9b2J", "\\u009b2J"),
        ("line\nline", "line\\u000aline"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200fنص\u200e", "\u200fنص\u200e"),
        ("مُشكَّل ـ", "مُشكَّل ـ"),
    ],
)
def test_harm_is_shown_as_an_escape_and_writing_stays(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(
    st.recursive(st.none() | st.booleans() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_json_says_the_same_with_harm_escaped(value: object) -> None:
    told = text_of(value)
    assert json.loads(told) == value
    assert safe(told) == told


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    shown = cell(text, Cells.SAFE)
    assert (
        not shown.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
        or shown.lstrip("-").replace(".", "").isdecimal()
    )


@pytest.mark.parametrize("text", ["=1+1", "+1 234", "-2+3", "@SUM(A1)", " =1", "\uff1d1", "-", "-5x", "\t=1"])
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert cell(text, Cells.SAFE).startswith("'")
    assert cell(text, Cells.RAW) == text


@pytest.mark.parametrize("text", ["-5", "-12.5", "12000", ">10000", "~12000", "10000-12000", "2024-10-28"])
def test_numbers_and_figures_stay_as_they_are(text: str) -> None:
    assert cell(text, Cells.SAFE) == text


@given(st.text())
def test_markdown_is_inert(text: str) -> None:
    shown = inert(text)
    assert "<" not in shown
    assert "://" not in shown
    assert all(shown[at - 1] == "\\" for at, letter in enumerate(shown) if letter in "`*_[]()|")
