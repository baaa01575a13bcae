"""Support profiles: every range with its origins, two that lie apart never made one, and each voice counted once."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_cli.core.claim import Modality, Stance
from claims_cli.core.profile import counted_by, leave_one_out, majority, median_point, profile_of
from claims_cli.core.statement import bounds
from claims_cli.core.when import parse_when
from tests.statements import CUMULATIVE, FLOW, said

if TYPE_CHECKING:
    from random import Random

    from claims_cli.core.profile import Profile, Range
    from claims_cli.core.statement import Statement

DAY = parse_when("2024-03-05").earliest_day or 0


def supports(*statements: Statement) -> list[tuple[Decimal | None, Decimal | None, int]]:
    """Each range with the number of its origins."""
    return [(one.low, one.high, len(one.origins)) for one in profile_of(statements, DAY).ranges]


def test_two_ranges_that_lie_apart_are_two_maxima_and_it_is_told_who_decides() -> None:
    three = said("3,000", "2024-03-05", voice=1, claimant="A")
    tens = [said("10,000", "2024-03-05", voice=voice, claimant=name) for voice, name in ((2, "B"), (3, "C"))]
    profile = profile_of([three, *tens], DAY)
    assert supports(three, *tens) == [(Decimal(2950), Decimal(3050), 1), (Decimal(9500), Decimal(10500), 2)]
    assert [one.claimants for one in profile.best] == [["B", "C"]]
    assert {one.claimant: one.decides for one in leave_one_out(profile)} == {"A": False, "B": True, "C": True}


def test_five_outlets_that_repeat_one_ministry_are_one_origin() -> None:
    reports = [said("3,000", "2024-03-05", voice=1, source=source) for source in range(5)]
    other = said("9,000", "2024-03-05", voice=2)
    assert supports(*reports, other) == [(Decimal(2950), Decimal(3050), 1), (Decimal(8950), Decimal(9050), 1)]
    assert majority(profile_of([*reports, other], DAY)) is None
    assert median_point(profile_of([*reports, other], DAY)) == 6000


def test_a_bound_supports_every_range_that_it_allows_and_narrows_none() -> None:
    low, high = said("3,000", "2024-03-05", voice=1), said("10,000", "2024-03-05", voice=2)
    floor, ceiling = said(">9,800", "2024-03-05", voice=3), said("<20,000", "2024-03-05", voice=4)
    assert supports(low, high, floor, ceiling) == [(Decimal(2950), Decimal(3050), 2), (Decimal(9500), Decimal(10500), 3)]
    assert supports(floor, ceiling) == [(Decimal(9800), Decimal(20000), 2)]


def test_a_bound_that_fits_no_figure_is_a_range_of_its_own() -> None:
    figure, floor = said("3,000", "2024-03-05", voice=1), said(">10,000", "2024-03-05", voice=2)
    assert supports(figure, floor) == [(Decimal(2950), Decimal(3050), 1), (Decimal(10000), None, 1)]


def test_values_of_a_wide_claim_that_bounds_allow_and_other_figures_exclude_are_a_range_beside() -> None:
    values = ("10,000-12,500", "10,000", ">=12,000", ">=12,000", ">11,900", ">11,900")
    claims = [said(value, "2024-03-05", voice=voice) for voice, value in enumerate(values)]
    assert supports(*claims) == [(Decimal(10000), Decimal(10500), 2), (Decimal(12000), Decimal(12500), 5)]
    assert [sorted(one.origins) for one in profile_of(claims, DAY).best] == [[0, 2, 3, 4, 5]]


def test_what_does_not_stand_is_told_apart() -> None:
    stale = said("1,500", "2024-02-20", voice=1)
    forecast = said("12,000", "2024-03-01", voice=2, modality=Modality.FORECAST)
    denial = said("3,000", "2024-03-05", voice=3, stance=Stance.DENIES)
    current = said("3,000", "2024-03-05", voice=4)
    profile = profile_of([stale, forecast, denial, current], DAY)
    found = (profile.counted, profile.stale, profile.forecasts, profile.denials)
    assert found == ((current,), (stale,), (forecast,), (denial,))


def test_a_floor_of_a_toll_stays_one() -> None:
    floor, later = said(">=40", "2024-03-01", voice=1, **CUMULATIVE), said("55", "2024-03-05", voice=2, **CUMULATIVE)
    assert supports(floor, later) == [(Decimal("54.5"), Decimal("55.5"), 2)]


@pytest.mark.parametrize(
    ("day", "counted", "others"),
    [
        ("2024-10-31", ["day"], ["month", "last week"]),
        ("2024-10-30", ["last week"], ["month", "week"]),
        ("2024-10-24", ["week"], ["month"]),
        ("2024-10-01", ["month"], []),
        ("2024-11-01", [], []),
    ],
)
def test_of_amounts_those_of_the_shortest_period_that_holds_the_day_are_counted(day: str, counted: list[str], others: list[str]) -> None:
    periods = {"month": "2024-10", "last week": "2024-10-25/2024-10-31", "week": "2024-10-24/2024-10-30", "day": "2024-10-31"}
    told = [said("100", when, voice=at, claimant=name, **FLOW) for at, (name, when) in enumerate(periods.items())]
    denied = said("100", "2024-10", stance=Stance.DENIES, **FLOW)
    on = parse_when(day).earliest_day or 0
    profile = profile_of([*told, denied], on)
    assert [[one.claimant for one in some] for some in (profile.counted, profile.other_periods)] == [counted, others]
    assert bool(profile.denials) is day.startswith("2024-10")


VALUES = st.sampled_from(["3", "10", "100", ">50", "~10", "4-9", "20", "1,000", "<5", ">=8", "3-60", ">9", "<20"])
TOLD = st.lists(st.tuples(VALUES, st.integers(1, 7)), max_size=9)


@given(given_values=st.lists(st.tuples(VALUES, st.integers(1, 4)), max_size=7), order=st.randoms())
def test_ranges_are_what_all_their_members_allow_and_the_order_changes_nothing(given_values: list[tuple[str, int]], order: Random) -> None:
    statements = [said(value, "2024-03-05", voice=voice) for value, voice in given_values]
    profile = profile_of(statements, DAY)
    shuffled = list(statements)
    order.shuffle(shuffled)
    assert profile_of(shuffled, DAY).ranges == profile.ranges
    for one in profile.ranges:
        for first, second in combinations(one.members, 2):
            assert bounds(first)[0] <= bounds(second)[1]
    assert {member.id for one in profile.ranges for member in one.members} >= {
        one.id for one in statements if one.figure is not None and one.figure.low is not None and one.figure.high is not None
    }
    assert [one.low or 0 for one in profile.ranges] == sorted(one.low or 0 for one in profile.ranges)
    for one, other in combinations(profile.ranges, 2):
        assert {member.id for member in one.members} != {member.id for member in other.members}


@given(told=TOLD)
def test_the_best_supported_range_has_as_many_origins_as_any_value(told: list[tuple[str, int]]) -> None:
    profile = profile_of([said(value, "2024-03-05", voice=voice) for value, voice in told], DAY)
    ends = sorted({end for one in profile.counted for end, _ in bounds(one) if end.is_finite()})
    points = [*ends, *((low + high) / 2 for low, high in pairwise(ends)), *(end + 1 for end in ends)]
    most = max((len({one.origin for one in profile.counted if one.interval and one.interval.holds(point)}) for point in points), default=0)
    assert [len(one.origins) for one in profile.best[:1]] == [most] * bool(profile.counted)


def meet(one: Range, other: Range) -> bool:
    """Whether two ranges have a value in common."""
    lows = [end for end in (one.low, other.low) if end is not None]
    highs = [end for end in (one.high, other.high) if end is not None]
    return not lows or not highs or max(lows) <= min(highs)


def left_out_one_by_one(profile: Profile) -> dict[int, tuple[tuple[Range, ...], bool]]:
    """What ``leave_one_out`` gives, told the plain way: the profile is made again without each origin."""
    found = {}
    for origin in profile.origins:
        rest = counted_by(profile, [one for one in profile.counted if one.origin != origin]).best
        both = (profile.best, rest), (rest, profile.best)
        same = all(any(meet(first, second) for second in others) for these, others in both for first in these)
        found[origin] = rest, len(rest) != len(profile.best) or not same
    return found


@given(told=TOLD)
def test_what_hangs_on_whom_is_the_same_as_with_the_profile_made_again_without_each(told: list[tuple[str, int]]) -> None:
    profile = profile_of([said(value, "2024-03-05", voice=voice) for value, voice in told], DAY)
    assert {one.origin: (one.best, one.decides) for one in leave_one_out(profile)} == left_out_one_by_one(profile)


def test_what_hangs_on_whom_is_told_of_many_voices_without_making_the_profile_again_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    profile = profile_of([said(f"{10 * voice + 1}", "2024-03-05", voice=voice) for voice in range(100, 400)], DAY)
    monkeypatch.delattr("claims_cli.core.profile.counted_by")
    assert [(len(one.best), one.decides) for one in leave_one_out(profile)] == [(299, True)] * 300
