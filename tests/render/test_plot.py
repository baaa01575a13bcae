"""Drawings of a trace."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from claims_cli.core.notation import parse_figure
from claims_cli.render.plot import Point, labels_of, plot_of, scale_of, ticks_of

if TYPE_CHECKING:
    from tests.conftest import Golden


def row(value: str, day: str, claimant: str = "Pentagon", modality: str = "observed") -> dict[str, Any]:
    """A row of a trace."""
    figure = parse_figure(value)
    return {
        "day": date.fromisoformat(day).toordinal(),
        "value": value,
        "low": figure.low,
        "high": figure.high,
        "claimant": claimant,
        "modality": modality,
        "stance": "asserts",
    }


ROWS = [
    row("1500", "2024-10-19", "National Intelligence Service"),
    row("~10000", "2024-10-19", "National Intelligence Service", "forecast"),
    row("3000", "2024-10-23"),
    row("10000", "2024-10-28"),
    row("thousands", "2024-10-28", "جو بايدن"),
    row("<=8000", "2024-10-31", "Antony Blinken"),
    row("11-12k", "2024-11-04"),
]


@pytest.mark.parametrize("width", [40, 80])
def test_a_drawing_tells_bounds_ranges_and_forecasts_apart(golden: Golden, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    drawn = plot_of(ROWS, "soldier", io.StringIO())
    assert drawn is not None
    drawing = [line for line in drawn.splitlines() if "┤" in line or "─" in line or "2024-" in line]
    assert max(map(len, drawing)) <= width
    golden(f"plot-{width}.txt", drawn + "\n")


def test_a_stream_without_unicode_gets_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    drawn = plot_of([one for one in ROWS if one["claimant"].isascii()], "soldier", stream)
    assert drawn is not None
    assert drawn.isascii()


def test_figures_of_very_different_size_are_drawn_on_a_logarithmic_scale() -> None:
    drawn = plot_of([row("10", "2024-10-19"), row("100000", "2024-10-20")], "person", io.StringIO())
    assert drawn is not None
    assert "(logarithmic)" in drawn


@pytest.mark.parametrize("rows", [[], ROWS[:1], [{**ROWS[0], "day": None}, ROWS[1]]])
def test_fewer_than_two_figures_make_no_drawing(rows: list[dict[str, Any]]) -> None:
    assert plot_of(rows, "soldier", io.StringIO()) is None


@pytest.mark.parametrize("values", [("5", "5"), ("0", "0"), ("-5", "5"), ("0.001", "0.002"), (str(10**29), "1")])
def test_any_figures_can_be_drawn(values: tuple[str, str]) -> None:
    assert plot_of([row(values[0], "2024-10-19"), row(values[1], "2024-10-19")], None, io.StringIO())


def test_an_attack_in_a_name_is_only_shown() -> None:
    drawn = plot_of([row("5", "2024-10-19", "\x1b[2J"), row("6", "2024-10-20", "\x1b[2J")], None, io.StringIO())
    assert drawn is not None
    assert "\x1b" not in drawn


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-10-19", "2024-10-22", ["2024-10-19", "2024-10-20", "2024-10-21", "2024-10-22"]),
        ("2024-10-01", "2024-10-28", ["2024-10-01", "2024-10-08", "2024-10-15", "2024-10-22"]),
        ("2024-01-15", "2024-05-20", ["2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01"]),
        ("2020-06-01", "2024-05-20", ["2021-01-01", "2022-01-01", "2023-01-01", "2024-01-01"]),
    ],
)
def test_days_under_the_axis_follow_the_calendar(first: str, last: str, expected: list[str]) -> None:
    assert [one.isoformat() for one in ticks_of(date.fromisoformat(first), date.fromisoformat(last), 5)] == expected


def test_decimals_are_drawn() -> None:
    assert plot_of([row("12.5", "2024-10-19"), {**row("13", "2024-10-20"), "low": Decimal("12.9")}], "percent", io.StringIO())


def test_the_axis_tells_small_figures_with_their_decimals() -> None:
    points = [Point(day, Decimal(value), Decimal(value), "IMF", ahead=False) for day, value in ((1, "4.1"), (2, "5.6"))]
    assert set(labels_of(scale_of(points)).values()) >= {"1.5", "3", "4.5"}


def test_claimants_for_whom_no_sign_is_left_are_counted() -> None:
    drawn = plot_of([row("5", "2024-10-19", f"claimant {number}") for number in range(9)], None, io.StringIO())
    assert drawn is not None
    assert drawn.endswith("· 3 others")
