"""The sweep, held against looking at every two claims."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_cli.core.claim import Kind, Modality, Stance
from claims_cli.core.dispute import denials_of, episodes_of
from claims_cli.core.pair import in_order
from claims_cli.core.policy import POLICIES, Policy
from claims_cli.core.position import positions_of
from claims_cli.core.relation import RULES, Relation, conflict_between, relation_between, rule_for
from claims_cli.core.statement import Statement, bounds, common_day
from claims_cli.core.value import Figure
from tests.statements import said, standing_together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

    from claims_cli.core.dispute import Episode

Found = tuple[int, int | None, set[int]]  # the first and the last day of an episode (``None``: for good), and its claims
VALUES = ["3", "10", ">10", ">=8", "<5", "~10", "4-9", "9", "20", "26", "40", "dozens"]


@st.composite
def histories(draw: st.DrawFn, kind: Kind) -> list[Statement]:
    """A few claims on one question, with voices that speak more than once, and documents that hold more than one claim."""
    made = []
    for _ in range(draw(st.integers(2, 9))):
        day = draw(st.integers(1, 9))
        facts: dict[str, Any] = {
            "voice": draw(st.integers(1, 4)),
            "stance": draw(st.sampled_from([Stance.ASSERTS, Stance.ASSERTS, Stance.ASSERTS, Stance.UNCONFIRMED])),
            "source": draw(st.integers(1, 5)),
            "said_on": f"2024-01-0{max(day, draw(st.integers(1, 9)))}",
            "published": draw(st.sampled_from([None, "2024-01-09", "2024-01-10", "2024-01-10T08:00", "2024-01-10T20:00"])),
        }
        made.append(said(draw(st.sampled_from(VALUES)), f"2024-01-0{day}", kind=kind, **facts))
    return standing_together(made)


def brute_force(statements: list[Statement]) -> set[int]:
    """The numbers of all claims that conflict with another while both stand."""
    pairs = [pair for pair in combinations(statements, 2) if conflict_between(*pair)]
    return {one.id for pair in pairs for one in pair}


def under(policy: Policy, one: Statement) -> Statement:
    """A claim whose figure is taken as a policy takes it."""
    return replace(one, interval=None if one.figure is None else policy.interval_of(one.figure, counted=True))


def swept(statements: list[Statement]) -> set[int]:
    """The numbers of all claims that the sweep finds."""
    return {one.id for episode in episodes_of(statements) for one in episode.members}


@given(histories(Kind.LEVEL))
def test_the_sweep_of_a_level_finds_just_the_claims_that_conflict(statements: list[Statement]) -> None:
    assert swept(statements) == brute_force(statements)


@given(histories(Kind.CUMULATIVE))
def test_the_sweep_of_a_toll_finds_just_the_claims_that_conflict(statements: list[Statement]) -> None:
    assert swept(statements) == brute_force(statements)


@given(histories(Kind.LEVEL), st.sampled_from(list(POLICIES.values())))
def test_the_sweep_finds_them_under_every_policy(statements: list[Statement], policy: Policy) -> None:
    taken = standing_together([under(policy, one) for one in statements])
    assert swept(taken) == brute_force(taken)


@given(histories(Kind.CUMULATIVE), st.sampled_from(list(POLICIES.values())))
def test_the_sweep_of_a_toll_finds_them_under_every_policy(statements: list[Statement], policy: Policy) -> None:
    taken = standing_together([under(policy, one) for one in statements])
    assert swept(taken) == brute_force(taken)


@given(histories(Kind.LEVEL))
def test_a_relation_is_the_same_whichever_claim_is_named_first(statements: list[Statement]) -> None:
    for one, other in combinations(statements, 2):
        assert relation_between(one, other) == relation_between(other, one)


@given(st.sampled_from([Kind.LEVEL, Kind.CUMULATIVE, Kind.FIXED]).flatmap(histories))
def test_what_conflicts_while_both_stand_is_what_conflicts_and_stood_together(statements: list[Statement]) -> None:
    for one, other in combinations(statements, 2):
        stand, conflict = conflict_between(one, other), relation_between(one, other).conflict
        assert conflict or not stand
        assert stand or not conflict or common_day(one, other) is None


@pytest.mark.parametrize("kind", [Kind.LEVEL, Kind.CUMULATIVE])
@given(data=st.data())
def test_a_relation_does_not_hang_on_the_names_of_the_claimants(kind: Kind, data: st.DataObject) -> None:
    statements = data.draw(histories(kind))
    forwards, backwards = ([replace(one, claimant=f"Voice {50 + sign * one.voice}") for one in statements] for sign in (1, -1))
    for pair, renamed in zip(combinations(forwards, 2), combinations(backwards, 2), strict=True):
        found, again = relation_between(*pair), relation_between(*renamed)
        assert (found.relation, found.conflict) == (again.relation, again.conflict)


@given(histories(Kind.FIXED))
def test_the_sweep_of_a_fixed_quantity_finds_just_the_claims_that_conflict(statements: list[Statement]) -> None:
    assert swept(statements) == brute_force(statements)


@st.composite
def accounts(draw: st.DrawFn, kind: Kind) -> list[Statement]:
    """A few claims that assert or deny, with a figure or without, and may stand for some days."""
    made = []
    for _ in range(draw(st.integers(2, 9))):
        day = draw(st.integers(1, 9))
        until = draw(st.sampled_from([None, f"2024-01-{day + draw(st.integers(0, 6)):02}"]))
        value = draw(st.sampled_from([None, None, *VALUES]))
        stance = draw(st.sampled_from([Stance.ASSERTS, Stance.DENIES]))
        made.append(said(value, f"2024-01-0{day}", kind=kind, until=until, voice=draw(st.integers(1, 3)), stance=stance))
    return made


def episodes_by_pairs(statements: list[Statement], on: Callable[[Statement, Statement, int], bool]) -> list[Found]:
    """The episodes, day by day and pair by pair; ``on`` tells whether two claims disagree on a day."""
    days = [one.day for one in statements if one.day is not None]
    last = max([*days, *(one.until for one in statements if one.until is not None)]) + 1  # from then on nothing changes
    found: list[Found] = []
    before = -1
    for day in range(min(days), last + 1):
        members = {one.id for pair in combinations(statements, 2) if on(*pair, day) for one in pair}
        if members and day == before + 1:
            found[-1] = (found[-1][0], day, found[-1][2] | members)
        elif members:
            found.append((day, day, members))
        before = day if members else before
    return [(first, None if end == last else end, members) for first, end, members in found]


def told(episodes: Iterable[Episode]) -> list[Found]:
    """Episodes as ``episodes_by_pairs`` tells them."""
    return [(one.first, one.last, {member.id for member in one.members}) for one in episodes]


def denied_on(one: Statement, other: Statement, day: int) -> bool:
    """Whether one of two claims that stand on a day denies the other."""
    return one.stands_on(day) and other.stands_on(day) and relation_between(one, other).relation is Relation.DENIES


@given(accounts(Kind.FIXED))
def test_the_sweep_of_denials_finds_just_the_days_and_claims_that_every_two_would(statements: list[Statement]) -> None:
    assert told(denials_of(statements)) == episodes_by_pairs(statements, denied_on)


def disputed_on(one: Statement, other: Statement, day: int) -> bool:
    """Whether two figures that stand on a day conflict. What is said with reserve counts for its own day only.

    Of one voice's figures the earlier one need not stand any more: a toll that its own voice takes back has fallen while the later stands.
    """
    if not conflict_between(one, other):
        return False
    if Stance.UNCONFIRMED in {one.stance, other.stance}:
        return day == one.day == other.day
    later = in_order(one, other).later
    return later.stands_on(day) and (one.voice == other.voice or (one.stands_on(day) and other.stands_on(day)))


@given(st.sampled_from([Kind.LEVEL, Kind.FIXED]).flatmap(histories))
def test_the_sweep_finds_just_the_days_and_claims_that_every_two_would(statements: list[Statement]) -> None:
    assert told(episodes_of(statements)) == episodes_by_pairs(statements, disputed_on)


@given(histories(Kind.CUMULATIVE))
def test_on_each_day_of_a_tolls_episode_two_of_its_claims_conflict_and_each_conflict_begins_in_an_episode(
    statements: list[Statement],
) -> None:
    episodes = told(episodes_of(statements))
    after = max([0, *(one.day or 0 for one in statements), *(one.until or 0 for one in statements)]) + 1  # from then on nothing changes
    for first, last, members in episodes:
        own = [pair for pair in combinations(statements, 2) if {one.id for one in pair} <= members]
        for day in range(first, (after if last is None else last) + 1):
            assert any(disputed_on(*pair, day) for pair in own)
    for pair in combinations(statements, 2):
        begin = max(one.day or 0 for one in pair)
        if disputed_on(*pair, begin):
            ids = {one.id for one in pair}
            assert any(first <= begin and (last is None or begin <= last) and ids & members for first, last, members in episodes)


@given(histories(Kind.LEVEL))
def test_all_in_a_position_agree_and_no_fewer_positions_would_do(statements: list[Statement]) -> None:
    positions = positions_of(statements)
    for position in positions:
        for one, other in combinations(position.members, 2):
            assert one.interval is not None
            assert other.interval is not None
            assert one.interval.meets(other.interval)
    ends = [min(bounds(one)[1] for one in position.members) for position in positions]
    starts = [
        max(bounds(one)[0] for one in position.members if bounds(one)[1] == end) for position, end in zip(positions, ends, strict=True)
    ]
    assert all(start > end for end, start in zip(ends, starts[1:], strict=False))


@given(histories(Kind.LEVEL), st.randoms())
def test_the_order_of_the_claims_changes_nothing(statements: list[Statement], random: Random) -> None:
    shuffled = list(statements)
    random.shuffle(shuffled)
    assert episodes_of(shuffled) == episodes_of(statements)


@given(histories(Kind.LEVEL))
def test_a_claim_that_allows_everything_adds_no_conflict(statements: list[Statement]) -> None:
    anything = said(">=0", "2024-01-05", voice=99, source=99)
    assert isinstance(anything.figure, Figure)
    assert anything.modality is Modality.OBSERVED
    assert episodes_of([*statements, anything]) == episodes_of(statements)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Statement, Statement]:
    """Two claims that may have anything to do with each other, on one question or two, one of which may be a part of the other."""
    made = []
    for question, whole in draw(
        st.sampled_from([(("a", None), ("a", None)), (("a", None), ("b", "a")), (("a", "b"), ("a", "b")), (("a", None), ("b", None))])
    ):
        day = draw(st.sampled_from([None, "2024-01-01", "2024-01-02", "2024-01"]))
        facts: dict[str, Any] = {
            "question": question,
            "whole": whole,
            "kind": draw(st.sampled_from(Kind)),
            "voice": draw(st.integers(1, 2)),
            "stance": draw(st.sampled_from(Stance)),
            "modality": draw(st.sampled_from(Modality)),
            "source": draw(st.integers(1, 2)),
            "said_on": draw(st.sampled_from([None, "2024-01-01", "2024-01-02"])),
            "published": draw(st.sampled_from([None, "2024-01-02", "2024-01-02T08:00", "2024-01-03"])),
        }
        made.append(said(draw(st.sampled_from([None, *VALUES])), day, **facts))
    return made[0], made[1]


@given(pairs())
def test_the_outline_of_a_pair_rules_out_only_rules_that_do_not_hold(pair: tuple[Statement, Statement]) -> None:
    ordered = in_order(*pair)
    assert rule_for(ordered) is next(rule for rule in RULES if rule.holds(ordered))
