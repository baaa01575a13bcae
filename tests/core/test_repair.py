"""Repairs: whatever went wrong with a claim stands first among the edits that would remove its conflict."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_cli.core.claim import Stance
from claims_cli.core.removal import conflicting_pairs
from claims_cli.core.repair import Repair, Words, repairs_of
from claims_cli.core.slip import Slip
from claims_cli.core.when import parse_when
from tests.statements import CUMULATIVE, FACT, said, standing_together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from claims_cli.core.statement import Statement

SILENT = Words()


def repairs_found(members: Iterable[Statement], beside: Iterable[Statement], words_of: Callable[[Statement], Words]) -> list[Repair]:
    """The repairs of a conflict, where figures of a level are trusted for three days."""
    ours, others = [*members], [*beside]
    return repairs_of(ours, others, words_of, currencies={one.question: 3 for one in (*ours, *others)})


def first_repair(wrong: Statement, *others: Statement, words: Words = SILENT, beside: tuple[Statement, ...] = ()) -> Repair:
    """The first repair of a conflict, where the words are those of the claim that is wrong."""
    return repairs_found([wrong, *others], beside, lambda one: words if one is wrong else SILENT)[0]


@pytest.mark.parametrize(
    ("wrong", "right", "slip", "then"),
    [
        ("12", "12,000", Slip.POWER_OF_TEN, "12,000"),
        ("8,000,000", "8,000", Slip.POWER_OF_TEN, "8,000"),
        ("450", "4,500", Slip.POWER_OF_TEN, "4,500"),
        ("1,278", "1,728", Slip.SWAPPED_DIGITS, "1,728"),
        ("31,000", "13,000", Slip.SWAPPED_DIGITS, "13,000"),
    ],
)
def test_a_slip_in_the_value_stands_first(wrong: str, right: str, slip: Slip, then: str) -> None:
    ours, theirs = said(wrong, "2024-03-05", voice=1), said(right, "2024-03-05", voice=2)
    repairs = [one for one in repairs_found([ours, theirs], [], lambda _: SILENT) if one.claim == ours.id]
    assert (repairs[0].slip, repairs[0].then) == (slip, then)
    assert first_repair(ours, theirs).slip is slip


def test_a_wrong_day_stands_first_where_others_give_the_figure_on_another() -> None:
    wrong, rival = said("3,000", "2024-10-28", voice=1), said("10,000", "2024-10-28", voice=2)
    witness = said("3,000", "2024-10-23", voice=3, claimant="Ministry")
    found = first_repair(wrong, rival, beside=(witness,))
    assert (found.slip, found.then) == (Slip.OTHER_DAY, "23 October 2024")
    assert found.speaks_for == ("Ministry's 3,000 (23 October 2024)",)


def test_a_day_that_the_quote_names_speaks_for_it_and_its_own_against() -> None:
    wrong, rival = said("3,000", "2024-10-28", voice=1), said("10,000", "2024-10-28", voice=2)
    day = parse_when("2024-10-20").earliest_day
    assert day is not None
    found = first_repair(wrong, rival, words=Words(days={day: "on 20 October"}))
    assert (found.slip, found.then, found.speaks_for) == (Slip.OTHER_DAY, "20 October 2024", ("the quote says “on 20 October”",))
    own = first_repair(wrong, rival, words=Words(days={day + 8: "on 28 October"}))
    assert own.slip is not Slip.OTHER_DAY


@pytest.mark.parametrize(
    ("words", "slip"),
    [
        (Words(parts=("of whom",)), Slip.NARROWER_SCOPE),
        (Words(places=("Kursk",)), Slip.NARROWER_SCOPE),
        (Words(hedges=("at least",)), Slip.LOST_HEDGE),
        (Words(forecasts=("soon",)), Slip.FORECAST),
    ],
)
def test_what_the_quote_says_brings_its_edit_to_the_front(words: Words, slip: Slip) -> None:
    wrong, rival = said("8,000", "2024-10-28", voice=1), said("11,000", "2024-10-28", voice=2)
    assert first_repair(wrong, rival, words=words).slip is slip


def test_a_number_in_the_quote_speaks_against_another() -> None:
    wrong, rival = said("12", "2024-03-05", voice=1), said("12,000", "2024-03-05", voice=2)

    def scaled_up(words: Words) -> Repair:
        return next(one for one in repairs_found([wrong, rival], [], lambda _: words) if one.claim == wrong.id)

    plain, quoted = scaled_up(SILENT), scaled_up(Words(figures=(Decimal(12),)))
    assert quoted.cost > plain.cost
    assert quoted.speaks_against == ("the quote has 12",)


def powers_of_ten(wrong: str, rival: str, unit: str = "soldier") -> list[tuple[str, int]]:
    """The powers of ten named for one of two figures of a day, with their costs, in their order."""
    ours, theirs = said(wrong, "2024-03-05", voice=1, unit=unit), said(rival, "2024-03-05", voice=2, unit=unit)
    found = repairs_found([ours, theirs], [], lambda _: SILENT)
    return [(one.then, one.cost) for one in found if one.claim == ours.id and one.slip is Slip.POWER_OF_TEN]


def test_beyond_a_bound_the_smallest_power_of_ten_is_named_after_what_fewer_others_would_do() -> None:
    assert powers_of_ten("1,000", "<50") == [("10", 6)]
    assert powers_of_ten("2,000", ">5,000") == [("20,000", 6)]
    assert powers_of_ten("1,000", "3-500") == [("100", 6)]
    small, bound = said("~1,000", "2024-03-05", voice=1), said("<500", "2024-03-05", voice=2)
    assert repairs_found([small, bound], [], lambda _: SILENT)[0].slip is not Slip.POWER_OF_TEN


def test_a_power_of_ten_that_a_bound_names_to_the_digit_costs_no_more() -> None:
    assert powers_of_ten("12", ">=12,000")[0] == ("12,000", 0)
    assert powers_of_ten("12", "11,000-13,000") == [("12,000", 3)]


def test_a_percentage_is_not_raised_above_a_hundred() -> None:
    assert powers_of_ten("<10", "45", unit="percent") == [("<100", 6)]
    assert powers_of_ten("3", ">200", unit="percent") == []
    assert powers_of_ten("120", "1,200", unit="percent")[0] == ("1,200", 0)
    assert powers_of_ten("3", "300", unit="percent") == [("300", 0)]


def test_of_one_cost_the_edit_that_goes_the_shorter_way_stands_first() -> None:
    ours, theirs = said("9,812", "2024-03-05", voice=1), said("8,900-9,500", "2024-03-05", voice=2)
    values = [one for one in repairs_found([ours, theirs], [], lambda _: SILENT) if one.slip is Slip.SWAPPED_DIGITS]
    assert [one.then for one in values] == ["9,182", "8,912"]
    high, low = said("90", "2024-03-15", voice=1, **CUMULATIVE), said("40", "2024-03-16", voice=2, **CUMULATIVE)
    witnesses = [said("40", day, voice=3, **CUMULATIVE) for day in ("2024-03-03", "2024-03-12")]
    days = [one.then for one in repairs_found([high, low], witnesses, lambda _: SILENT) if one.speaks_for]
    assert days == ["12 March 2024", "3 March 2024"]


def test_a_refusal_to_confirm_that_was_taken_for_a_denial() -> None:
    denial = said(None, "2024-03-05", voice=1, stance=Stance.DENIES, **FACT)
    assertion = said(None, "2024-03-05", voice=2, **FACT)
    assert first_repair(denial, assertion, words=Words(withheld=("declined to confirm",))).slip is Slip.NOT_DENIED


def test_a_figure_that_is_denied_is_no_slip() -> None:
    figure, denial = said("10,000", "2024-03-05", voice=1), said("10,000", "2024-03-05", voice=2, stance=Stance.DENIES)
    found = repairs_found([figure, denial], [], lambda _: SILENT)
    assert not {Slip.POWER_OF_TEN, Slip.SWAPPED_DIGITS} & {one.slip for one in found}
    assert not any("agree" in one.explanation for one in found)


def test_no_day_after_its_publication_is_named() -> None:
    early = said(None, "2025-05-02", voice=1, claimant="Mayor", published="2025-05-02", **FACT)
    denial = said(None, "2025-05-02", voice=2, claimant="Army", published="2025-05-04", stance=Stance.DENIES, until="2025-05-03", **FACT)
    answered = said(None, "2025-05-04", voice=2, claimant="Army", published="2025-05-04", **FACT)
    late = parse_when("2025-05-05").earliest_day or 0
    found = repairs_found([early, denial], [answered], lambda _: Words(days={late: "on 5 May"}))
    assert not [one for one in found if one.claim == early.id and one.slip is Slip.OTHER_DAY]
    assert [one for one in repairs_found([early, denial], [answered], lambda _: SILENT) if one.slip is Slip.OTHER_DAY] != []


def test_a_denial_moved_back_still_stands_until_its_voice_speaks_again() -> None:
    assertion, denial, turned = standing_together(
        [
            said(None, "2025-05-02", voice=1, claimant="Mayor", **FACT),
            said(None, "2025-05-02", voice=2, claimant="Army", stance=Stance.DENIES, **FACT),
            said(None, "2025-05-05", voice=2, claimant="Army", **FACT),
        ]
    )
    days = [one for one in repairs_found([assertion, denial], [turned], lambda _: SILENT) if one.slip is Slip.OTHER_DAY]
    assert [(one.claim, one.then) for one in days] == [(assertion.id, "5 May 2025")]


def test_another_day_does_not_help_where_an_earlier_claim_would_then_stand_against_the_same_rival() -> None:
    before, wrong, rival = standing_together(
        [
            said("3,000", "2024-10-27", voice=1, claimant="Army"),
            said("3,000", "2024-10-28", voice=1, claimant="Army"),
            said("10,000", "2024-10-28", voice=2, claimant="Mayor"),
        ]
    )
    found = repairs_found([wrong, rival], [before], lambda _: SILENT)
    assert not [one for one in found if one.claim == wrong.id and one.slip in {Slip.OTHER_DAY, Slip.FORECAST, Slip.NARROWER_SCOPE}]
    assert {one.slip for one in repairs_found([wrong, rival], [], lambda _: SILENT) if one.claim == wrong.id} >= {
        Slip.OTHER_DAY,
        Slip.FORECAST,
        Slip.NARROWER_SCOPE,
    }


def test_what_is_said_of_a_part_is_no_witness_of_the_whole() -> None:
    wrong, rival = said("3,000", "2024-10-28", voice=1), said("10,000", "2024-10-28", voice=2)
    part = said("3,000", "2024-10-23", voice=3, question="a-part", whole="how-many")
    assert not first_repair(wrong, rival, beside=(part,)).speaks_for


def test_a_toll_that_fell_may_have_been_of_an_earlier_day() -> None:
    high, low = said("90", "2024-03-05", voice=1, **CUMULATIVE), said("40", "2024-03-06", voice=2, **CUMULATIVE)
    witness = said("40", "2024-03-03", voice=3, **CUMULATIVE)
    found = first_repair(low, high, beside=(witness,))
    assert (found.slip, found.then) == (Slip.OTHER_DAY, "3 March 2024")


def fallen(high: str, low: str) -> tuple[Statement, Statement]:
    """Two figures of one voice's toll, of the fifth and the seventh of March, the second one too low."""
    return said(high, "2024-03-05", claimant="Ministry", **CUMULATIVE), said(low, "2024-03-07", claimant="Ministry", **CUMULATIVE)


def test_a_toll_that_fell_is_no_slip_of_a_figure_that_any_rise_would_settle() -> None:
    found = repairs_found(fallen("1,273", "1,231"), [], lambda _: SILENT)
    assert not {Slip.POWER_OF_TEN, Slip.SWAPPED_DIGITS} & {one.slip for one in found}
    assert {Slip.LOST_HEDGE, Slip.OTHER_DAY, Slip.NARROWER_SCOPE} <= {one.slip for one in found}


@pytest.mark.parametrize(
    ("high", "low", "slip", "now", "then"),
    [
        ("12,100", "13", Slip.POWER_OF_TEN, "13", "13,000"),
        ("121,000", "13,000", Slip.POWER_OF_TEN, "121,000", "12,100"),
        ("1,700", "1,278", Slip.SWAPPED_DIGITS, "1,278", "1,728"),
    ],
)
def test_a_slip_that_lands_among_the_figures_of_its_toll_stands_first(high: str, low: str, slip: Slip, now: str, then: str) -> None:
    first = repairs_found(fallen(high, low), [], lambda _: SILENT)[0]
    assert (first.slip, first.now, first.then) == (slip, now, then)


def test_a_power_of_ten_in_a_toll_or_its_part_is_tried_where_the_part_is_above_the_whole() -> None:
    whole = said("45", "2024-03-05", voice=1, **CUMULATIVE)
    part = said("50", "2024-03-05", voice=2, question="a-part", whole="how-many", **CUMULATIVE)
    found = {(one.claim, one.then) for one in repairs_found([whole, part], [], lambda _: SILENT) if one.slip is Slip.POWER_OF_TEN}
    assert {(whole.id, "450"), (part.id, "5")} <= found


def test_a_figure_that_the_quote_of_a_toll_has_stands_first_however_far_it_lies() -> None:
    high, low = fallen("1,273", "1,231")
    first = first_repair(low, high, words=Words(figures=(Decimal(12_310),)))
    assert (first.slip, first.then) == (Slip.POWER_OF_TEN, "12,310")


def test_a_word_of_a_part_brings_another_scope_of_a_toll_to_the_front() -> None:
    high, low = fallen("1,273", "1,231")
    assert first_repair(low, high, words=Words(parts=("of whom",))).slip is Slip.NARROWER_SCOPE


def test_another_day_is_no_day_of_its_own_where_a_rival_describes_it() -> None:
    high = said("1,273", "2024-03-05", said_on="2024-03-08", published="2024-03-08", claimant="Ministry", **CUMULATIVE)
    low = said("1,231", "2024-03-07", said_on="2024-03-09", published="2024-03-09", claimant="Ministry", **CUMULATIVE)
    days = {one.then: one.explanation for one in repairs_found([high, low], [], lambda _: SILENT) if one.slip is Slip.OTHER_DAY}
    assert days == {
        "8 March 2024": "If Ministry's 1,273 described 8 March 2024, the toll would only have risen",
        "4 March 2024": "If Ministry's 1,231 described 4 March 2024, the toll would only have risen",
    }
    assert low.day is not None
    named = first_repair(high, low, words=Words(days={low.day: "on 7 March"}))
    assert (named.slip, named.then) == (Slip.OTHER_DAY, "7 March 2024")
    assert named.explanation == (
        "If Ministry's 1,273 described 7 March 2024, it would stand beside another figure of that day:"
        " Ministry went from 1,273 to 1,231, a day later and of the same day"
    )


VALUES = st.sampled_from(["3", "10", "100", ">50", "~10", "4-9", "20", "1,000", "<5"])


@given(values=st.lists(VALUES, min_size=2, max_size=6))
def test_every_repair_is_of_a_claim_in_every_pair(values: list[str]) -> None:
    members = [said(value, "2024-03-05", voice=voice) for voice, value in enumerate(values)]
    pairs = conflicting_pairs(members)
    assert all(repair.claim in pair for repair in repairs_found(members, [], lambda _: SILENT) for pair in pairs)
