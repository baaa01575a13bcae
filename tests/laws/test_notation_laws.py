"""What holds for the mini-language up to the longest number, whatever the script, the marks and the spaces."""

from __future__ import annotations

from decimal import Decimal, localcontext
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_cli.core.errors import NotUnderstood
from claims_cli.core.notation import figure_text, parse_figure
from claims_cli.core.policy import HOUSE
from claims_cli.core.value import ENDS, MOST_DIGITS, Figure, Hedge, Interval, decimal_text

SPELLINGS = [
    "12000",
    "12,000",
    "1.500",
    "-1,234.5",
    "~12k",
    ">10,000",
    "30+",
    "10-12k",
    "between 10k and 12k",
    "1.2 million",
    "several 300",
    "tens of thousands",
    "0,500",
    "12,5 ألف",
    "أكثر من 10 آلاف",
    "ما لا يقل عن 30",
    "نحو 12 ألف",
    "بين 10 آلاف و12 ألف",
    "30 على الأقل",
    "عشرات الآلاف",
    "مليونان",
]
SCRIPTS = ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"]
MARKS = ["\u0640", *map(chr, range(0x64B, 0x660)), "\u0670", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\ufeff"]
OVERRIDES = [*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]
GAPS = ["\u00a0", "\u202f", "\u2009", " ", "\t", "\n"]


@st.composite
def numbers(draw: st.DrawFn) -> Decimal:
    """A number of up to 30 digits, with the point anywhere among or before them, or zeros after them."""
    digits = draw(st.integers(-(10**MOST_DIGITS) + 1, 10**MOST_DIGITS - 1))
    written = len(str(abs(digits)))
    return Decimal(f"{digits}e{draw(st.integers(-MOST_DIGITS, MOST_DIGITS - written))}")


def figure_of(hedge: Hedge, one: Decimal, other: Decimal) -> Figure:
    """A figure of a hedge from two numbers, of which it takes what it has."""
    low, high = sorted((one, other)) if hedge is Hedge.RANGE else (one, one)
    has_low, has_high = ENDS[hedge]
    return Figure(low if has_low else None, high if has_high else None, hedge)


figures = st.builds(figure_of, st.sampled_from(Hedge), numbers(), numbers())


def meaning(text: str) -> Figure | None:
    """What a text means; ``None`` when it is refused."""
    try:
        return parse_figure(text)
    except NotUnderstood:
        return None


@pytest.mark.parametrize("hedge", Hedge)
@given(one=numbers(), other=numbers())
def test_a_figure_of_any_hedge_reads_back_to_the_last_digit(hedge: Hedge, one: Decimal, other: Decimal) -> None:
    figure = figure_of(hedge, one, other)
    assert parse_figure(figure_text(figure)) == figure


@given(figures)
def test_one_figure_has_one_text(figure: Figure) -> None:
    text = figure_text(figure)
    assert figure_text(parse_figure(text)) == text
    assert "e" not in decimal_text(figure.low or figure.high or Decimal(0)).lower()


@given(figures)
def test_the_callers_precision_changes_no_figure(figure: Figure) -> None:
    with localcontext(prec=3):
        assert parse_figure(figure_text(figure)) == figure


@given(numbers())
def test_a_decimal_has_one_text_however_it_is_held(value: Decimal) -> None:
    text = decimal_text(value)
    assert Decimal(text) == value
    assert decimal_text(Decimal(text)) == text
    assert not ("." in text and text.endswith(("0", ".")))
    assert text != "-0"


@given(figures, figures)
def test_meeting_is_symmetric_and_means_that_a_value_is_shared(one: Figure, other: Figure) -> None:
    first, second = (HOUSE.interval_of(each, counted=True) for each in (one, other))
    assert first.meets(second) is second.meets(first)
    assert first.meets(second) is shares_a_value(first, second)


@given(st.data())
def test_meeting_is_symmetric_for_open_ends_that_touch(data: st.DataObject) -> None:
    ends = st.one_of(st.none(), st.integers(0, 2).map(Decimal))
    drawn: list[Interval] = []
    while len(drawn) < 2:
        low, high = data.draw(ends), data.draw(ends)
        low_open, high_open = data.draw(st.booleans()), data.draw(st.booleans())
        if low is None or high is None or low < high or (low == high and not (low_open or high_open)):
            drawn.append(Interval(low, high, low_open=low_open, high_open=high_open))
    first, second = drawn
    assert first.meets(second) is second.meets(first)
    assert first.meets(second) is shares_a_value(first, second)


def shares_a_value(first: Interval, second: Interval) -> bool:
    """Whether both hold some value: an end, or one between or beyond the ends. The same by looking, with no interval's own arithmetic."""
    ends = sorted({end for one in (first, second) for end in (one.low, one.high) if end is not None})
    with localcontext(prec=100):
        between = [(low + high) / 2 for low, high in pairwise(ends)]
        beyond = [ends[0] - 1, ends[-1] + 1] if ends else [Decimal(0)]
    return any(within(value, first) and within(value, second) for value in [*ends, *between, *beyond])


def within(value: Decimal, interval: Interval) -> bool:
    """Whether an interval holds a value, end by end."""
    above = interval.low is None or value > interval.low or (value == interval.low and not interval.low_open)
    below = interval.high is None or value < interval.high or (value == interval.high and not interval.high_open)
    return above and below


@given(st.sampled_from(SPELLINGS) | figures.map(figure_text), st.sampled_from(SCRIPTS))
def test_the_script_of_the_digits_changes_no_value(text: str, script: str) -> None:
    assert meaning(text.translate(str.maketrans("0123456789", script))) == meaning(text)


@given(st.sampled_from(SPELLINGS), st.lists(st.tuples(st.integers(0, 40), st.sampled_from(MARKS)), max_size=6))
def test_tatweel_harakat_and_bidi_marks_change_no_value(text: str, marks: list[tuple[int, str]]) -> None:
    marked = text
    for at, mark in marks:
        marked = marked[:at] + mark + marked[at:]
    assert meaning(marked) == meaning(text)


@given(st.sampled_from(SPELLINGS), st.text(st.sampled_from(GAPS), max_size=3), st.text(st.sampled_from(GAPS), max_size=3))
def test_spaces_of_any_kind_around_a_value_change_nothing(text: str, before: str, after: str) -> None:
    assert meaning(before + text + after) == meaning(text)


@given(st.sampled_from(SPELLINGS), st.integers(0, 40), st.sampled_from(OVERRIDES))
def test_a_bidi_override_anywhere_is_refused(text: str, at: int, override: str) -> None:
    with pytest.raises(NotUnderstood, match="bidi override"):
        parse_figure(text[:at] + override + text[at:])


@given(st.text(st.sampled_from("0123456789٣,.٬٫، -–+~<>=kmوألفن'_\u00a0\u0640eE"), max_size=24))
def test_whatever_is_understood_reads_back_the_same(text: str) -> None:
    figure = meaning(text)
    assert figure is None or parse_figure(figure_text(figure)) == figure
