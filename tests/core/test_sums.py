"""What does not add up: days against the rise of a toll, parts against their whole, totals against their terms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from claims_cli.core.claim import Kind, Modality, Question, Stance
from claims_cli.core.increments import days_against_tolls
from claims_cli.core.sums import (
    Family,
    Imbalance,
    Sum,
    disjoint,
    partitions_of,
    parts_against_wholes,
    totals_against_terms,
)
from claims_cli.core.when import parse_when
from tests.statements import CUMULATIVE, FLOW, said, standing_together

if TYPE_CHECKING:
    from claims_cli.core.statement import Statement


def toll(value: str, day: int, *, voice: int = 1) -> Statement:
    """A toll of a day of May."""
    return said(value, f"2024-05-{day:02}", voice=voice, claimant=f"Voice {voice}", unit="person", **CUMULATIVE)


def amount(value: str, days: str, *, voice: int = 1) -> Statement:
    """An amount of a day or a run of days of May: "12", "12-14"."""
    first, _, last = days.partition("-")
    period = f"2024-05-{first}" + (f"/2024-05-{last}" if last else "")
    return said(value, period, voice=voice, claimant=f"Voice {voice}", question="a-day", whole="how-many", unit="person", **FLOW)


def found(tolls: list[Statement], amounts: list[Statement]) -> list[str]:
    """The sentences of what does not add up."""
    return [one.explanation for one in days_against_tolls(tolls, amounts)]


DAYS = [amount("30", "12"), amount("25", "13"), amount("40", "14")]


def test_days_that_come_to_more_than_the_toll_rose_by_are_named_with_their_numbers() -> None:
    assert found([toll("1,200", 11), toll("1,270", 14)], DAYS) == [
        "12 to 14 May 2024: 30 + 25 + 40 = 95 by days, but Voice 1's toll rose by 70 (1,200 → 1,270)"
    ]


def test_round_figures_that_would_allow_it_are_remarked_on() -> None:
    (one,) = days_against_tolls([toll("1,200", 11), toll("1,270", 14)], DAYS)
    assert one.remarks == ("if figures among them are rounded, they may add up",)
    (one,) = days_against_tolls([toll("1,203", 11), toll("1,273", 14)], DAYS)
    assert one.remarks == ()


def test_a_toll_that_leaves_out_its_own_day_is_remarked_on() -> None:
    (one,) = days_against_tolls([toll("1,203", 11), toll("1,278", 14)], [amount("20", "11"), *DAYS])
    assert one.remarks == ("the days from 11 to 13 May 2024 would add up: the toll may leave out its own day",)


@pytest.mark.parametrize(
    ("tolls", "amounts"),
    [
        ([toll("1,203", 11), toll("1,298", 14)], DAYS),
        ([toll("1,203", 11), toll("1,273", 14)], [DAYS[0], DAYS[2]]),  # a day is missing
        ([toll("1,203", 11), toll("1,273", 14, voice=2)], DAYS),  # no one speaker's toll rose
        ([toll("40,000", 11), toll("41,000", 14)], DAYS),  # both are round
        ([toll("<1,203", 11), toll("1,273", 14)], DAYS),
        ([toll("1,203", 11), toll(">=1,230", 14)], DAYS),
        ([toll("1,203", 11), toll("1,273", 14)], [amount(">=30", "12"), amount("<20", "13"), amount("about 30", "14")]),
        ([toll("1,203", 11), toll("1,273", 14)], [*DAYS, amount("5", "14")]),  # one of two figures for a day fits
        ([toll("1,203", 11), toll("1,298", 14)], [amount("95", "12-14")]),
        ([toll("1,203", 11), toll("1,273", 14)], [amount("30", "12-13"), amount("40", "13-14")]),  # no days that follow one another
        ([toll("1,203", 11)], DAYS),
    ],
)
def test_there_is_no_finding_where_some_reading_adds_up_or_a_day_is_not_known(tolls: list[Statement], amounts: list[Statement]) -> None:
    assert found(standing_together(tolls), amounts) == []


def test_of_a_long_sum_the_first_and_the_last_days_are_written_out() -> None:
    days = [amount(str(day), str(day)) for day in range(10, 31)]
    assert found([toll("1,203", 9), toll("1,210", 30)], days) == [
        "10 to 30 May 2024: 10 + 11 + 12 + 13 + 14 + 15 + 16 + 17 + … + 30 = 420 by days, but Voice 1's toll rose by 7 (1,203 → 1,210)"
    ]


def test_longer_periods_fill_the_days_that_are_not_told_apart() -> None:
    assert found([toll("1,203", 11), toll("1,273", 16)], [*DAYS, amount("60", "15-16")]) == [
        "12 to 16 May 2024: 30 + 25 + 40 + 60 = 155 by days, but Voice 1's toll rose by 70 (1,203 → 1,273)"
    ]
    assert found([toll("1,203", 11), toll("1,273", 14)], [*DAYS, amount("70", "12-14")]) == []  # one way of adding up fits


def test_open_ends_count_where_they_leave_no_room() -> None:
    assert found([toll("1,203", 11), toll("<1,250", 14)], DAYS) == [
        "12 to 14 May 2024: 30 + 25 + 40 = 95 by days, but Voice 1's toll rose by ≤46 (1,203 → <1,250)"
    ]
    assert found([toll("1,203", 11), toll("1,273", 14)], [amount(">=80", "12"), amount("5", "13"), amount("5", "14")]) == [
        "12 to 14 May 2024: ≥80 + 5 + 5 = ≥90 by days, but Voice 1's toll rose by 70 (1,203 → 1,273)"
    ]


def test_several_claims_for_a_day_all_have_to_fail() -> None:
    assert found([toll("1,203", 11), toll("1,273", 14)], [*DAYS, amount("38", "14")]) == [
        "12 to 14 May 2024: 30 + 25 + (40 or 38) = 93–95 by days, but Voice 1's toll rose by 70 (1,203 → 1,273)"
    ]


def test_the_speakers_own_days_count_before_those_of_others() -> None:
    others = [amount("15", "12", voice=2), amount("25", "13", voice=2), amount("30", "14", voice=2)]
    tolls = [toll("1,203", 11), toll("1,273", 14)]
    assert found(tolls, others) == []
    assert len(found(tolls, [*others, *DAYS])) == 1
    assert found(tolls, [amount("15", "12"), *others[1:]]) == []


def test_each_shortest_stretch_is_a_finding_of_its_own() -> None:
    tolls = standing_together([toll("1,203", 11), toll("1,233", 12), toll("1,233", 13), toll("1,250", 14)])
    assert found(tolls, DAYS) == [
        "13 May 2024: 25 by days, but Voice 1's toll rose by 0 (1,233 → 1,233)",
        "14 May 2024: 40 by days, but Voice 1's toll rose by 17 (1,233 → 1,250)",
    ]


def test_a_toll_that_fell_is_no_sum_of_days() -> None:
    assert found([toll("1,203", 11), toll("1,190", 14)], DAYS) == [
        "12 to 14 May 2024: 30 + 25 + 40 = 95 by days, but Voice 1's toll fell by 13 (1,203 → 1,190)"
    ]


def test_measures_are_not_whole_numbers() -> None:
    tolls = [said(value, day, unit="km2", **CUMULATIVE) for value, day in (("10", "2024-05-01"), ("18", "2024-05-03"))]
    days = [said(value, day, question="a-day", unit="km2", **FLOW) for value, day in (("3", "2024-05-02"), ("4", "2024-05-03"))]
    assert days_against_tolls(tolls, days) == []


# --- parts and wholes --------------------------------------------------------------------------------------------------------


def part(slug: str, *, place: str | None = None, population: str | None = None) -> Question:
    """A part of all."""
    return Question(slug, "t", slug, Kind.CUMULATIVE, "person", place, population, "all")


def family(population: str | None = None, *parts: Question) -> Family:
    """All, with its parts."""
    return Family(Question("all", "t", "all", Kind.CUMULATIVE, "person", "Land", population), parts)


NORTH, SOUTH = part("north", place="North"), part("south", place="South")
SOLDIERS, OFFICERS = part("soldiers", population="soldiers"), part("officers", population="officers")


def of(question: str, value: str, *, day: int = 5, voice: int = 1, source: int = 1) -> Statement:
    """A toll of a question."""
    whole = None if question == "all" else "all"
    facts: dict[str, Any] = {
        "question": question,
        "whole": whole,
        "voice": voice,
        "source": source,
        "claimant": f"Voice {voice}",
        "unit": "person",
    }
    return said(value, f"2024-05-{day:02}", **facts, **CUMULATIVE)


def by_question(*claims: Statement) -> dict[str, list[Statement]]:
    """Claims by the slug of what they answer."""
    return {slug: [one for one in claims if one.question == slug] for slug in {one.question for one in claims}}


def above(relatives: Family, *claims: Statement, on: int = 5) -> list[str]:
    """The sentences of parts that come to more than their whole."""
    day = parse_when(f"2024-05-{on:02}").earliest_day or 0
    told = by_question(*claims)
    return [one.explanation for one in parts_against_wholes(relatives, told, day, partitions_of(relatives, told))]


def test_parts_that_share_nothing_can_come_to_more_than_the_whole_though_none_of_them_does() -> None:
    assert above(family(None, NORTH, SOUTH), of("all", "100"), of("north", "60"), of("south", "70")) == [
        "5 May 2024: 70 (South) + 60 (North) = 130, more than Voice 1's 100 in all: some are counted twice, or a figure is wrong"
    ]


def test_a_part_that_overlaps_others_does_not_hide_that_those_come_to_more_than_the_whole() -> None:
    claims = [of("all", "100"), of("soldiers", "55"), of("officers", "60")]
    relatives = family(None, SOLDIERS, OFFICERS, part("others"))
    expected = (
        "5 May 2024: 60 (officers) + 55 (soldiers) = 115, more than Voice 1's 100 in all: some are counted twice, or a figure is wrong"
    )
    assert above(relatives, *claims) == above(relatives, *claims, of("others", "61")) == [expected]
    assert above(relatives, *claims, of("others", "116"))[0].startswith("5 May 2024: 116 (others), more than")


@pytest.mark.parametrize(("pairs", "most"), [(2, 3 * 5), (20, 20 * 6)])
def test_of_parts_in_a_chain_of_overlaps_those_are_added_that_come_to_most(pairs: int, most: int) -> None:
    towns = [part(f"town{at}", place=f"t{at}") for at in range(pairs + 1)]
    regions = [part(f"region{at}", place=f"t{at} t{at + 1}") for at in range(pairs)]
    assert not disjoint(towns[1], regions[0])
    assert not disjoint(towns[1], regions[1])
    claims = [of("all", "1"), *(of(one.slug, "5") for one in towns), *(of(one.slug, "6") for one in regions)]
    (found,) = parts_against_wholes(family(None, *towns, *regions), by_question(*claims))
    assert found.added.low == most


def test_a_single_part_above_its_whole_is_found_whichever_was_published_first() -> None:
    assert above(family(None, NORTH), of("all", "45", voice=2), of("north", "50")) == [
        "5 May 2024: 50 (North), more than Voice 2's 45 in all: a figure is wrong, or the part is none"
    ]


@pytest.mark.parametrize(
    "claims",
    [
        [of("all", "130"), of("north", "60"), of("south", "70")],
        [of("all", "100"), of("north", "60")],
        [of("all", ">100"), of("north", "60"), of("south", "70")],
        [of("all", "100"), of("north", "60"), of("south", "<70")],
        [of("all", "100"), of("north", "60"), of("south", "70", day=6)],  # the whole may have grown too
        [of("all", "100"), of("north", "60", voice=2), of("north", "20", voice=3), of("south", "70")],  # another gives less
    ],
)
def test_parts_that_may_fit_are_no_finding(claims: list[Statement]) -> None:
    assert above(family(None, NORTH, SOUTH), *claims, on=6) == []


def test_levels_are_held_together_on_each_day_on_which_they_stand() -> None:
    def level(question: str, value: str, day: int, until: int) -> Statement:
        about, last = (f"2024-05-{each:02}" for each in (day, until))
        return said(value, about, until=last, question=question, whole=None if question == "all" else "all", unit="person")

    claims = by_question(level("all", "100", 1, 4), level("north", "60", 2, 3), level("south", "70", 3, 6), level("south", "30", 2, 2))
    relatives = family(None, NORTH, SOUTH)
    days = [one.first for one in parts_against_wholes(relatives, claims)]
    third = parse_when("2024-05-03").earliest_day or 0
    assert days == [third]
    assert [len(parts_against_wholes(relatives, claims, third + more)) for more in (-1, 0, 1)] == [0, 1, 0]


@pytest.mark.parametrize("days", [(10, 12, 12), (14, 12, 12), (12, 10, 14), (12, 12, 12)])
def test_what_is_fixed_is_held_to_parts_whichever_was_said_first(days: tuple[int, int, int]) -> None:
    told = (("all", "100"), ("north", "80"), ("south", "70"))
    claims = by_question(*(replace(of(slug, value, day=day), kind=Kind.FIXED) for (slug, value), day in zip(told, days, strict=True)))
    (found,) = parts_against_wholes(family(None, NORTH, SOUTH), claims)
    assert found.first == (parse_when(f"2024-05-{max(days):02}").earliest_day or 0)
    assert found.explanation.endswith(
        "80 (North) + 70 (South) = 150, more than Voice 1's 100 in all: some are counted twice, or a figure is wrong"
    )
    assert [len(parts_against_wholes(family(None, NORTH, SOUTH), claims, found.first + more)) for more in (-1, 0, 9)] == [0, 1, 1]


def test_the_speaker_of_the_whole_is_held_to_the_own_parts() -> None:
    claims = [of("all", "100"), of("north", "60"), of("north", "20", voice=2), of("south", "70")]
    assert len(above(family(None, NORTH, SOUTH), *claims)) == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (NORTH, SOUTH, "apart"),
        (SOLDIERS, OFFICERS, "apart"),
        (SOLDIERS, part("x", population="wounded soldiers"), "unknown"),
        (NORTH, part("x", place="North Coast"), "unknown"),
        (NORTH, SOLDIERS, "unknown"),
        (part("x"), part("y"), "unknown"),
    ],
)
def test_parts_share_nothing_when_their_places_or_populations_differ(one: Question, other: Question, expected: str) -> None:
    assert disjoint(one, other) is disjoint(other, one) is (expected == "apart")


def totals(relatives: Family, *claims: Statement) -> list[Imbalance]:
    """What totals do not come to."""
    return totals_against_terms(relatives, by_question(*claims))


EIGHT = [of("all", "8"), of("soldiers", "3"), of("officers", "4")]


@pytest.mark.parametrize("population", ["soldiers and officers", "officers, soldiers", "Officers & soldiers"])
def test_a_total_is_held_to_its_terms_where_its_population_lists_them(population: str) -> None:
    (one,) = totals(family(population, SOLDIERS, OFFICERS), *EIGHT)
    assert one.kind is Sum.TOTAL_AND_TERMS
    assert one.explanation == "5 May 2024: Voice 1's 8 in all, but 3 (soldiers) + 4 (officers) = 7 in the same document"


def test_an_arabic_population_lists_its_parts_with_the_letter_written_onto_them() -> None:
    soldiers, officers = part("soldiers", population="جنود"), part("officers", population="ضباط")
    assert len(totals(family("جنود وضباط", soldiers, officers), *EIGHT)) == 1


def test_a_total_is_held_to_its_terms_where_another_document_adds_them_up() -> None:
    relatives = family(None, SOLDIERS, OFFICERS)
    assert totals(relatives, *EIGHT) == []  # there may be others among the eight
    sum_ = [of("all", "17", source=2, day=6), of("soldiers", "9", source=2, day=6), of("officers", "8", source=2, day=6)]
    assert [one.claims for one in totals(relatives, *EIGHT, *sum_)] == [tuple(one.id for one in EIGHT)]


@pytest.mark.parametrize(
    ("whole", "terms", "is_known"),
    [
        ("4,701", ("1,302", "3,399"), True),
        ("4,700", ("1,301", "3,399"), True),
        ("50", ("20", "30"), True),
        ("50", ("20", "31"), False),  # within rounding, but not the sum
        ("4,700", ("1,302", "3,399"), False),
        ("0", ("0", "0"), False),
    ],
)
def test_a_document_adds_its_parts_up_where_the_numbers_as_they_stand_do(whole: str, terms: tuple[str, str], *, is_known: bool) -> None:
    sum_ = [of("all", whole, day=6), *(of(slug, value, day=6) for slug, value in zip(("soldiers", "officers"), terms, strict=True))]
    assert (frozenset({"soldiers", "officers"}) in partitions_of(family(None, SOLDIERS, OFFICERS), by_question(*sum_))) is is_known


@pytest.mark.parametrize(
    "claims",
    [
        [of("all", "7"), of("soldiers", "3"), of("officers", "4")],
        [of("all", "8"), of("soldiers", "3"), of("officers", "4", source=2)],
        [of("all", "8"), of("soldiers", "3"), of("officers", "4", voice=2)],
        [of("all", "8"), of("soldiers", "3"), of("officers", "4", day=6)],
        [of("all", "8"), of("soldiers", "3"), of("officers", "~4")],
        [of("all", "8"), of("soldiers", "3")],
    ],
)
def test_a_total_is_held_only_to_what_is_said_with_it(claims: list[Statement]) -> None:
    assert totals(family("soldiers and officers", SOLDIERS, OFFICERS), *claims) == []


def test_a_population_that_lists_nothing_is_not_made_up_of_parts() -> None:
    parts = part("wounded", population="wounded"), part("soldiers", population="soldiers")
    claims = [of("all", "8"), of("wounded", "3"), of("soldiers", "4")]
    assert totals(family("wounded soldiers", *parts), *claims) == []


def test_denials_forecasts_and_replaced_figures_add_up_to_nothing() -> None:
    denied = said("1,273", "2024-05-14", unit="person", stance=Stance.DENIES, **CUMULATIVE)
    forecast = said("1,273", "2024-05-14", said_on="2024-05-10", unit="person", modality=Modality.FORECAST, **CUMULATIVE)
    assert found([toll("1,203", 11), denied, forecast], DAYS) == []
