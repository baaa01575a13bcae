"""What holds for every value and every date, whatever the digits."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

import edtf
from hypothesis import given
from hypothesis import strategies as st

from claims_cli.core.errors import NotUnderstood
from claims_cli.core.notation import figure_text, parse_figure
from claims_cli.core.policy import HOUSE
from claims_cli.core.value import ENDS, Figure, Hedge
from claims_cli.core.when import parse_when

if TYPE_CHECKING:
    from decimal import Decimal

INVISIBLE = "\u0640\u064e\u064b\u0651\u200e\u200f\u061c\u200b\u200d"
values = st.decimals(min_value=-(10**20), max_value=10**20, allow_nan=False, allow_infinity=False, places=4)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """A figure of any hedge."""
    hedge = draw(st.sampled_from(Hedge))
    low, high = sorted((draw(values), draw(values)))
    if hedge in {Hedge.EXACT, Hedge.ABOUT}:
        high = low
    if hedge is Hedge.VAGUE:
        low = abs(low)
    has_low, has_high = ENDS[hedge]
    return Figure(low if has_low else None, high if has_high else None, hedge)


@given(figures())
def test_what_is_written_reads_back(figure: Figure) -> None:
    assert parse_figure(figure_text(figure)) == figure


@given(figures(), figures())
def test_meeting_is_mutual(one: Figure, other: Figure) -> None:
    first, second = HOUSE.interval_of(one), HOUSE.interval_of(other)
    assert first.meets(second) == second.meets(first)
    assert first.meets(first)


@given(figures())
def test_a_figure_allows_the_value_that_it_names(figure: Figure) -> None:
    if figure.point is not None:
        assert HOUSE.interval_of(figure).holds(figure.point)


@given(st.sampled_from(["12000", "~12 ألف", "أكثر من 10 آلاف", "10-12k", "١٢٬٠٠٠", "1.2 مليون", "عشرات الآلاف"]), st.data())
def test_marks_that_cannot_be_seen_change_no_value(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    assert parse_figure(text[:at] + data.draw(st.sampled_from(INVISIBLE)) + text[at:]) == parse_figure(text)


@given(st.text(max_size=30))
def test_any_text_is_a_value_or_is_refused(text: str) -> None:
    for understand in (parse_figure, parse_when):
        with suppress(NotUnderstood):
            understand(text)


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_any_decimal_is_a_value_or_is_refused(value: Decimal) -> None:
    try:
        figure = Figure(value, value, Hedge.EXACT)
    except NotUnderstood:
        return
    assert parse_figure(figure_text(figure)) == figure


@st.composite
def written_dates(draw: st.DrawFn) -> str:
    """An EDTF text of levels 0 and 1."""
    day = draw(st.dates(date(1000, 1, 1), date(9990, 1, 1)))
    form = draw(st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]))
    first = day.strftime(form)
    kind = draw(st.sampled_from(["plain", "qualified", "interval", "open", "unspecified"]))
    match kind:
        case "plain":
            return first
        case "qualified":
            return first + draw(st.sampled_from("~?%"))
        case "interval":
            return f"{first}/{(day + timedelta(draw(st.integers(400, 2000)))).strftime(form)}"
        case "open":
            return f"{first}/.."
        case _:
            return draw(st.sampled_from([f"{day:%Y}-XX", f"{day:%Y-%m}-XX", f"{day:%Y}"[:3] + "X", f"{day:%Y}"[:2] + "XX"]))


@given(written_dates())
def test_a_date_means_what_the_standard_says(text: str) -> None:
    when, told = parse_when(text), edtf.parse_edtf(text)
    assert when.text == text
    assert when.earliest == date(*told.lower_strict()[:3])
    if not text.endswith(".."):
        assert when.latest == date(*told.upper_strict()[:3])
        assert when.earliest is not None
        assert when.latest is not None
        assert when.earliest <= when.latest
