"""What the evidence supports on a day, as the command shows it; on both engines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.conftest import Run

Row = tuple[str, str, str]  # claimant, value, day
CUMULATIVE = {"kind": "cumulative"}


class Ask(Protocol):
    """Asks for the profile of the question, by more words."""

    def __call__(self, *words: str) -> dict[str, Any]: ...


class Desk(Protocol):
    """Makes the database of claims on one question, each of a document of its own; ``facts`` are the same for all."""

    def __call__(self, rows: Iterable[Row], **facts: str) -> Ask: ...


@pytest.fixture
def desk(run: Run, tmp_path: Path, database_url: str) -> Desk:
    """A database on each engine."""

    def profile(*words: str) -> dict[str, Any]:
        done = run("reconcile", "-q", "q", "--json", *words, db=database_url)
        assert done.code == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def make(rows: Iterable[Row], **facts: str) -> Ask:
        usual = {"topic": "t", "question": "q", "unit": "person", "publisher": "Paper"} | facts
        told = [usual | {"claimant": who, "value": value, "as_of": day, "title": f"{at}"} for at, (who, value, day) in enumerate(rows)]
        (tmp_path / "rows.jsonl").write_text("".join(json.dumps(one) + "\n" for one in told), encoding="utf-8")
        done = run("init", "--import", "rows.jsonl", db=database_url)
        assert done.code == 0, done.stderr
        return profile

    return make


def ranges(profile: dict[str, Any]) -> list[tuple[str, int, list[int]]]:
    """Each range by what it names, with its origins and its claims."""
    return [(one["value"], one["origins"], one["claims"]) for one in profile["ranges"]]


@pytest.mark.parametrize(
    ("rows", "day", "expected"),
    [
        ([("Alpha", "1000", "2024-10-01"), ("Beta", "1200", "2024-10-05")], "2024-10-05", [("1200", 2, [1, 2])]),
        ([("Alpha", "1000", "2024-10-01"), ("Beta", "1200", "2024-10-05")], "2024-10-03", [(">=1000", 1, [1])]),
        ([("Alpha", "1200", "2024-10-01"), ("Beta", "1000", "2024-10-05")], "2024-10-05", [("1000", 1, [2]), (">=1200", 1, [1])]),
        ([("Alpha", ">=2000", "2024-10-01"), ("Alpha", "<=3000", "2024-10-05")], "2024-10-05", [("2000-3000", 1, [1, 2])]),
        ([("Alpha", ">=2000", "2024-10-01"), ("Alpha", "1500", "2024-10-05")], "2024-10-05", [("1500", 1, [2])]),
        ([("Alpha", "1000", "2024-10-01"), ("Alpha", "1200", "2024-10-05")], "2024-10-05", [("1200", 1, [2])]),
        ([("Alpha", "<=3000", "2024-10-01"), ("Beta", "5000", "2024-10-05")], "2024-10-05", [("5000", 1, [2])]),
    ],
)
def test_a_figure_of_a_toll_is_a_floor_of_it_on_later_days(
    desk: Desk, rows: list[Row], day: str, expected: list[tuple[str, int, list[int]]]
) -> None:
    assert ranges(desk(rows, **CUMULATIVE)("--on", day)) == expected


@pytest.mark.parametrize("value", [">=100", "<=100", ">100", "<100"])
def test_a_single_bound_is_told_as_it_was_said_and_as_its_number_where_bounds_are_points(desk: Desk, value: str) -> None:
    ask = desk([("Alpha", value, "2024-10-01")])
    assert ranges(ask()) == [(value, 1, [1])]
    assert ranges(ask("--policy", "acled")) == [("100", 1, [1])]


def test_what_is_measured_may_lie_below_nothing_where_it_is_said_to_be_less_than_something(desk: Desk, run: Run, database_url: str) -> None:
    ask = desk([("Alpha", "-5", "2024-10-01"), ("Beta", "<5", "2024-10-01")], unit="degree")
    assert ranges(ask()) == [("-5", 2, [1, 2])]
    assert run("conflicts", db=database_url).stdout == ""
    (related,) = json.loads(run("relate", "1", "2", "--json", db=database_url).stdout)
    assert related["relation"] == "corroborates"
    assert run("add", f"~{'9' * 30}", "-q", "q", "--claimant", "Gamma", "--as-of", "2024-10-01", db=database_url).code == 0
    assert "contradicts" in run("conflicts", db=database_url).stdout


@pytest.mark.parametrize("voices", [("Alpha", "Beta"), ("Beta", "Alpha")])
def test_simple_rules_answer_nothing_where_figures_of_one_rank_differ_in_whatever_order_they_came(
    desk: Desk, voices: tuple[str, str]
) -> None:
    value = {"Alpha": "1000", "Beta": "3000"}
    rows = [(who, value[who], "2024-10-05") for who in voices for _ in range(3)]
    answers = {"latest": None, "median": "2000", "majority": None, "most_reliable": None}
    assert desk(rows)("--on", "2024-10-05")["simple_answers"] == answers


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("10-20", "15"), [("15", 2)]),
        (("10-20", "15-30"), [("15-20", 2)]),
        (("10000", "~10000"), [("10000", 2)]),
        (("~100000000", "~115000000", "~130000000"), [("103500000-110000000", 2), ("117000000-126500000", 2)]),
        (("10000-12500", "10000", ">=12000", ">=12000", ">11900"), [("10000", 2), ("12000-12500", 4)]),
        (("~10000", "9800", ">10200"), [("9800", 2), ("10200-11000", 2)]),
    ],
)
def test_a_range_is_told_by_what_is_named_of_it_and_by_its_own_ends_where_nothing_is(
    desk: Desk, values: tuple[str, ...], expected: list[tuple[str, int]]
) -> None:
    told = desk([(f"Voice {at}", value, "2024-10-05") for at, value in enumerate(values)])()["ranges"]
    assert [(one["value"], one["origins"]) for one in told] == expected


def test_amounts_of_other_periods_are_named_and_not_counted(desk: Desk, run: Run, database_url: str) -> None:
    profile = desk([("Alpha", "3000", "2024-10"), ("Beta", "100", "2024-10-31")], kind="flow")("--on", "2024-10-31")
    assert (profile["state"], ranges(profile), profile["stale"]) == ("agreed", [("100", 1, [2])], [])
    assert profile["simple_answers"]["median"] == "100"
    assert [(one["claim"], one["as_of"]) for one in profile["other_periods"]] == [(1, "2024-10-01/2024-10-31")]
    shown = run("reconcile", "-q", "q", "--on", "2024-10-31", db=database_url).stdout
    assert "Other periods: Alpha 3,000 (2024-10-01/2024-10-31, #1)\n" in shown


@pytest.fixture
def forecast_desk(run: Run, tmp_path: Path, database_url: str) -> Callable[[Iterable[Row]], dict[str, Any]]:
    """Tells the profile of a question, its day not named, on which Alpha forecast 12,000 for 1 December."""

    def profile(rows: Iterable[Row]) -> dict[str, Any]:
        facts = {"topic": "t", "question": "q", "kind": "fixed", "unit": "person", "publisher": "Paper", "published_on": "2024-12-05"}
        forecast = {"claimant": "Alpha", "value": "12000", "as_of": "2024-12-01", "modality": "forecast", "said_on": "2024-11-01"}
        told = [forecast, *({"claimant": who, "value": value, "as_of": day} for who, value, day in rows)]
        lines = [json.dumps(facts | one | {"title": f"{at}"}) + "\n" for at, one in enumerate(told)]
        (tmp_path / "rows.jsonl").write_text("".join(lines), encoding="utf-8")
        assert run("init", "--import", "rows.jsonl", db=database_url).code == 0
        found: dict[str, Any] = json.loads(run("reconcile", "-q", "q", "--json", db=database_url).stdout)
        return found

    return profile


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("Beta", "12000", "2024-12-01"), ("Gamma", "3000", "2024-12-01")], (0, 0)),
        ([("Gamma", "3000", "2024-12-01"), ("Beta", "12000", "2024-12-01")], (0, 0)),
        ([("Gamma", "3000", "2024-12-02"), ("Beta", "12000", "2024-12-01")], (1, 0)),
        ([("Gamma", "3000", "2024-12-01"), ("Beta", "12000", "2024-12-02")], (0, 1)),
    ],
)
def test_a_forecast_is_neither_met_nor_missed_where_the_figures_of_the_first_day_disagree(
    forecast_desk: Callable[[Iterable[Row]], dict[str, Any]], rows: list[Row], expected: tuple[int, int]
) -> None:
    records = forecast_desk([*rows, ("Alpha", "11000", "2024-11-01")])["records"]
    assert [(one["forecasts_met"], one["forecasts_missed"]) for one in records if one["claimant"] == "Alpha"] == [expected]


@pytest.mark.parametrize(
    ("rows", "day", "claims"),
    [([("Beta", "3000", "2024-10-05")], "2024-10-05", [2]), ([], "2024-12-01", [])],
)
def test_the_day_meant_is_the_last_that_a_figure_was_observed_for(
    forecast_desk: Callable[[Iterable[Row]], dict[str, Any]], rows: list[Row], day: str, claims: list[int]
) -> None:
    profile = forecast_desk(rows)
    assert (profile["on"], [claim for one in profile["ranges"] for claim in one["claims"]]) == (day, claims)
