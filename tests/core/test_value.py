"""Figures and the intervals that they allow."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims_cli.core.errors import NotUnderstood
from claims_cli.core.notation import parse_figure
from claims_cli.core.policy import HOUSE, POLICIES, PolicyName
from claims_cli.core.value import Figure, Hedge, Interval, decimal_text, half_unit_of


def allowed(text: str) -> tuple[str | None, str | None, bool, bool]:
    """The interval of a text under the house policy: its ends, and whether each is itself excluded."""
    interval = HOUSE.interval_of(parse_figure(text), counted=True)
    ends = [None if end is None else decimal_text(end) for end in (interval.low, interval.high)]
    return ends[0], ends[1], interval.low_open, interval.high_open


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10,000", "9500", "10500"),
        ("1,500", "1450", "1550"),
        ("478", "477.5", "478.5"),
        ("5", "4.5", "5.5"),
        ("12.5", "12.45", "12.55"),
        ("0.5", "0.495", "0.505"),
        ("120", "115", "125"),
        ("-5", "-5.5", "-4.5"),
        ("123456789012345678901234567890", "123456789012345678901234567885", "123456789012345678901234567895"),
    ],
)
def test_a_plain_number_carries_half_a_unit_of_its_last_digit(text: str, low: str, high: str) -> None:
    assert allowed(text) == (low, high, False, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~12000", ("10800", "13200", False, False)),
        ("~3", ("2.5", "3.5", False, False)),
        (">10000", ("10000", None, True, False)),
        (">=22", ("22", None, False, False)),
        ("<500", ("0", "500", False, True)),
        ("<=8000", ("0", "8000", False, False)),
        ("<-2", (None, "-2", False, True)),
        ("10-12k", ("10000", "12000", False, False)),
        ("thousands", ("1000", None, False, False)),
    ],
)
def test_each_hedge_allows_what_the_house_policy_says(text: str, expected: tuple[str | None, str | None, bool, bool]) -> None:
    assert allowed(text) == expected


def test_two_counts_next_to_each_other_exclude_each_other() -> None:
    one, other = (HOUSE.interval_of(parse_figure(text), counted=True) for text in ("38", "39"))
    assert not one.meets(other)


def test_an_excluded_end_meets_nothing_that_ends_there() -> None:
    above = Interval(Decimal(5), None, low_open=True)
    assert not above.meets(Interval(None, Decimal(5)))
    assert above.meets(Interval(None, Decimal("5.1")))
    assert not above.holds(Decimal(5))


@pytest.mark.parametrize("ends", [(5, 4, False, False), (5, 5, True, False), (5, 5, False, True)])
def test_an_interval_without_values_cannot_be_made(ends: tuple[int, int, bool, bool]) -> None:
    low, high, low_open, high_open = ends
    with pytest.raises(ValueError, match="no value lies between"):
        Interval(Decimal(low), Decimal(high), low_open=low_open, high_open=high_open)


@pytest.mark.parametrize(
    ("low", "high", "hedge"),
    [
        ("NaN", "NaN", Hedge.EXACT),
        ("Infinity", None, Hedge.AT_LEAST),
        ("1e31", "1e31", Hedge.EXACT),
        ("1e-31", "1e-31", Hedge.EXACT),
        ("5", None, Hedge.EXACT),
        (None, "5", Hedge.MORE_THAN),
        ("5", "6", Hedge.ABOUT),
        ("6", "5", Hedge.RANGE),
        (None, None, Hedge.VAGUE),
    ],
)
def test_a_figure_that_makes_no_sense_cannot_be_made(low: str | None, high: str | None, hedge: Hedge) -> None:
    with pytest.raises(NotUnderstood):
        Figure(None if low is None else Decimal(low), None if high is None else Decimal(high), hedge)


def test_minus_zero_is_zero() -> None:
    assert str(Figure(Decimal("-0"), Decimal("-0"), Hedge.EXACT).low) == "0"


def test_a_figure_has_a_point_when_it_names_one_value() -> None:
    assert [parse_figure(text).point for text in ("5", "~5", ">5", "4-5", "thousands")] == [5, 5, None, None, None]


def test_half_units_count_two_digits_at_least() -> None:
    assert [half_unit_of(Decimal(text)) for text in ("10000", "12000", "12300", "7", "0")] == [500, 500, 50, Decimal("0.5"), Decimal("0.5")]


def test_policies_are_found_by_name() -> None:
    assert POLICIES[PolicyName.HOUSE] is HOUSE
