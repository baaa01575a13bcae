"""Removals: the smallest sets of claims without which the others agree, found at once, or one that does, where there are many."""

from __future__ import annotations

from itertools import combinations
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_cli.core.relation import conflict_between
from claims_cli.core.removal import MOST_COMPARED, MOST_MEMBERS, MOST_REMOVALS, removals_of
from tests.statements import CUMULATIVE, said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims_cli.core.statement import Statement

VALUES = st.sampled_from(["3", "10", "100", ">50", "~10", "4-9", "20", "1,000", "<5"])
AT_ONCE = 2  # seconds
ELEVEN = [f"{100 * each}" for each in range(1, 12)]


def of_voices(values: Iterable[str]) -> list[Statement]:
    """Figures of one day, each of a voice of its own."""
    return [said(value, "2024-03-05", voice=voice) for voice, value in enumerate(values)]


def agree(claims: Iterable[Statement]) -> bool:
    """Whether no two claims conflict."""
    return not any(conflict_between(one, other) for one, other in combinations(claims, 2))


@given(values=st.lists(VALUES, min_size=2, max_size=7))
def test_the_removals_are_all_the_smallest_sets_in_order(values: list[str]) -> None:
    members = of_voices(values)
    for size in range(len(members)):
        sets = combinations(members, size)
        smallest = [tuple(one.id for one in gone) for gone in sets if agree([one for one in members if one not in gone])]
        if smallest:
            assert removals_of(members) == smallest[:MOST_REMOVALS]
            return


@pytest.mark.parametrize(
    ("values", "sets", "size"),
    [(["1,000"] * 20 + ["2,000"] * 20, 2, 20), ([ELEVEN[at % 11] for at in range(40)], 7, 36), (["1", "2"] + ["3"] * 38, 1, 2)],
)
def test_the_smallest_sets_among_many_are_found_at_once(values: list[str], sets: int, size: int) -> None:
    members = of_voices(values)
    assert len(members) == MOST_MEMBERS
    begin = process_time()
    removals = removals_of(members)
    assert process_time() - begin < AT_ONCE
    assert [len(one) for one in removals] == [size] * sets


@pytest.mark.parametrize("many", [MOST_MEMBERS + 1, MOST_COMPARED + 1, 4000])
def test_of_more_claims_one_set_is_told_at_once(many: int) -> None:
    members = of_voices(ELEVEN[at % 11] for at in range(many))
    begin = process_time()
    (removal,) = removals_of(members)
    assert process_time() - begin < AT_ONCE
    assert agree([one for one in members if one.id not in removal][:MOST_MEMBERS])
    assert len(removal) <= many - many // 11


def test_of_a_toll_the_figures_that_fell_are_left_out_and_not_those_that_rose() -> None:
    rising = [said(f"{100 + day}", f"2024-03-{day:02}", voice=day, **CUMULATIVE) for day in range(1, 29)]
    low = said("50", "2024-03-29", voice=99, **CUMULATIVE)
    assert removals_of([*rising, low]) == [(low.id,)]
