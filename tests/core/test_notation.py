"""The value mini-language: what each spelling means, and what is refused and why."""

from __future__ import annotations

import pytest

from claims_cli.core.errors import NotUnderstood
from claims_cli.core.notation import figure_for_people, figure_text, parse_figure

MEANT = {
    "12000": [
        "12000",
        "12,000",
        "12 000",
        "12_000",
        "12\u00a0000",
        "12\u202f000",
        "12k",
        "12 k",
        "12.0k",
        "١٢٬٠٠٠",
        "۱۲۰۰۰",
        "12 ألف",
        "12 ألفاً",
    ],
    "10000": ["10 آلاف", "10 الاف", "10 ا\u0653لاف", "10 آلافٍ", "1ـ0 آلاف", "\u200f10 آلاف"],
    "~12000": [
        "~12k",
        "≈12,000",
        "about 12k",
        "around 12000",
        "roughly 12 thousand",
        "some 12k",
        "نحو 12 ألف",
        "حوالي 12000",
        "قرابة 12 ألفا",
    ],
    ">10000": [">10,000", "> 10k", "more than 10,000", "over 10k", "أكثر من 10 آلاف", "ما يزيد على 10 آلاف", "تجاوز 10 آلاف"],
    ">=30": [">=30", "≥30", "at least 30", "no fewer than 30", "30+", "30 or more", "ما لا يقل عن 30", "30 على الأقل"],
    "<500": ["<500", "less than 500", "fewer than 500", "under 500", "أقل من 500"],
    "<=8000": ["<=8k", "≤8000", "up to 8,000", "at most 8000", "لا يتجاوز 8 آلاف", "ما يصل إلى 8000", "حتى 8000"],
    "10000-12000": [
        "10-12k",
        "10,000-12,000",
        "10k–12k",
        "between 10k and 12k",
        "10 to 12 thousand",
        "بين 10 آلاف و12 ألف",
        "ما بين 10 و12 ألفاً",
        "10-12 ألف",
    ],
    "500-1000": ["500-1000", "500 to 1k"],
    "1000-2000": ["بين ألف وألفين", "1-2 ألف"],
    "thousands": ["thousands", "آلاف"],
    "tens of thousands": ["tens of thousands", "عشرات الآلاف"],
    "hundreds of thousands": ["hundreds of thousands", "مئات الآلاف"],
    "millions": ["millions", "ملايين"],
    "dozens": ["dozens"],
    "1200000": ["1.2m", "1.2 million", "1.2 مليون", "1,2 مليون", "1200k"],
    "1000000": ["1m", "مليون", "million"],
    "2000": ["ألفان", "ألفين", "2k"],
    "3000000000": ["3bn", "3 مليارات", "3 billion"],
    "12.5": ["12.5", "12.50", "١٢٫٥"],
    "-5": ["-5", "\u22125"],
    "-123456789012345678901234567890": ["-123456789012345678901234567890"],
    "0.000000000000000000000000000001": ["0.000000000000000000000000000001"],
    "500000": ["0,500 million", "0.5m"],
    "1234000": ["1.234 million"],
    "0": ["0", "-0", "0.0"],
    "-5--3": ["-5--3"],
    "several 300": ["several 300"],
}
REFUSED = {
    "": "the value is empty",
    "NaN": "is no number",
    "inf": "is no number",
    "Infinity": "is no number",
    "1e400": "does not belong in it",
    "1e5": "does not belong in it",
    "9" * 31: "more than 30 digits",
    "1.500": "can be 1500 or 1.5",
    "١.٥٠٠": "can be 1500 or 1.5",
    "12,50": "decimal or a slip",
    "2,00": "write 2.00 or 200",
    "0,500": "write 0.500 or 500",
    "12'": "not grouped by threes",
    "007,000": "not grouped by threes",
    "12,00,000": "not grouped by threes",
    "1,0000": "not grouped by threes",
    "12000-10000": "is more than",
    "12-10k": "scale of the second or not",
    "10\u202e000": "hides the order",
    "12 dogs": "'dogs' does not belong",
    "twelve": "is no number",
    "--5": "a number is missing",
    "> ": "a number is missing",
    "10-": "a number is missing",
    "between 10": "the second end is missing",
    "10 and 12": "'and' does not belong",
    "أغسطس": "is no number",
    "5 و6": "'و' does not belong",
    "~10-12k": "a range takes no hedge",
    "12 over": "'over' does not belong",
    "more than آلاف": "has no digits before it",
    "k": "has no digits before it",
    "ألفا": "write 1000 or 2000",
    "9" * 30 + "k": "more than 30 digits",
    "1 " * 200: "more than 200 letters",
    "100%": "'%' does not belong",
    "=1+1": "does not belong",
}


@pytest.mark.parametrize(("text", "written"), [(text, written) for text, spellings in MEANT.items() for written in spellings])
def test_a_spelling_means_its_figure(text: str, written: str) -> None:
    assert figure_text(parse_figure(written)) == text


@pytest.mark.parametrize("text", MEANT)
def test_the_canonical_text_means_itself(text: str) -> None:
    assert figure_text(parse_figure(text)) == text


@pytest.mark.parametrize(("text", "why"), REFUSED.items())
def test_what_has_no_single_meaning_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(NotUnderstood) as error:
        parse_figure(text)
    assert why in str(error.value)
    assert error.value.fix


def test_a_fraction_of_three_digits_is_written_so_that_it_reads_back() -> None:
    assert figure_text(parse_figure("1.1250")) == "1.1250"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("~12000", "~12,000"),
        ("10-12k", "10,000–12,000"),
        (">=30", "≥30"),
        ("<=8000", "≤8,000"),
        ("thousands", "thousands"),
        ("12.5", "12.5"),
    ],
)
def test_people_see_separators(text: str, shown: str) -> None:
    assert figure_for_people(parse_figure(text)) == shown
