"""Folding: spellings of one name meet, different names do not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_cli.core.folding import fold, slug_of

NAMES = st.text(st.characters(categories=("L", "M", "N", "Z", "P", "Cf")), max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("إيران", "ايران"),
        ("القُوّات", "القوات"),
        ("روســـيا", "روسيا"),
        ("بنتاغون\u200f", "بنتاغون"),
        ("٢٠٢٤", "2024"),
        ("Zelenskyy", "ZELENSKYY"),
        ("  South   Korea ", "south\u00a0korea"),
        ("Café", "Cafe\u0301"),
        ("Straße", "STRASSE"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("كييف", "كيف"), ("روته", "روتي"), ("North Korea", "South Korea"), ("علي", "عمر"), ("10", "100")]
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(NAMES)
def test_folding_again_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(NAMES)
def test_folding_does_not_see_how_letters_are_composed(name: str) -> None:
    assert fold(unicodedata.normalize("NFD", name)) == fold(unicodedata.normalize("NFC", name))


@given(NAMES)
def test_a_slug_can_be_typed_and_is_its_own_slug(name: str) -> None:
    slug = slug_of(name)
    assert not any(letter.isspace() for letter in slug)
    assert slug_of(slug) == slug
