"""On which days a claim stands, told from all that its voice claims on the question."""

from __future__ import annotations

from claims_cli.core.claim import Kind, Stance
from claims_cli.core.relation import Relation, conflict_between, relation_between
from claims_cli.core.when import parse_when
from tests.statements import CUMULATIVE, FLOW, said, standing_together


def day(text: str) -> int:
    found = parse_when(text).latest_day
    assert found is not None
    return found


def test_who_denies_another_figure_has_not_taken_back_his_own() -> None:
    own, denial, rival = standing_together(
        [
            said("61", "2025-05-01"),
            said("100", "2025-05-02", stance=Stance.DENIES),
            said("30", "2025-05-02", voice=2),
        ]
    )
    assert own.stands_on(day("2025-05-02"))
    assert denial.stands_on(day("2025-05-02"))
    assert conflict_between(own, rival)


def test_what_a_voice_gave_up_for_a_later_account_of_the_day_contradicts_others_and_does_not_stand_against_them_any_more() -> None:
    first, second, rival = standing_together(
        [
            said("~2000000", "2019-06-16", said_on="2019-06-16", claimant="Front"),
            said("2000001", "2019-06-16", said_on="2019-06-17", claimant="Front"),
            said("338000", "2019-06-16", said_on="2019-06-18", voice=2, claimant="Police"),
        ]
    )
    found = relation_between(first, rival)
    assert (found.relation, found.conflict, conflict_between(first, rival)) == (Relation.CONTRADICTS, True, False)
    assert found.explanation == (
        "Front's ~2,000,000 (16 June 2019) and Police's 338,000 (16 June 2019) exclude each other, but a later account followed one of them"
    )
    assert conflict_between(second, rival)


def test_a_toll_given_up_contradicts_others_of_its_day_and_does_not_stand_against_them_any_more() -> None:
    first, _, rival = standing_together(
        [
            said("2000", "2019-06-16", said_on="2019-06-16", **CUMULATIVE),
            said("61", "2019-06-16", said_on="2019-06-17", source=2, **CUMULATIVE),
            said("20", "2019-06-16", said_on="2019-06-18", voice=2, source=3, **CUMULATIVE),
        ]
    )
    found = relation_between(first, rival)
    assert (found.relation, found.conflict, conflict_between(first, rival)) == (Relation.CONTRADICTS, True, False)


def test_an_amount_given_up_contradicts_others_of_its_period_and_does_not_stand_against_them_any_more() -> None:
    first, _, rival = standing_together(
        [
            said("1095", "2013-10", said_on="2013-11-02", **FLOW),
            said("1300", "2013-10", said_on="2013-12-02", **FLOW),
            said("979", "2013-10", said_on="2013-11-01", voice=2, **FLOW),
        ]
    )
    found = relation_between(first, rival)
    assert (found.relation, found.conflict, conflict_between(first, rival)) == (Relation.CONTRADICTS, True, False)
    assert found.explanation.endswith("exclude each other, but a later account followed one of them")


def test_who_denies_his_own_figure_has_taken_it_back() -> None:
    for value in ("61", "~60", None):
        own, _ = standing_together([said("61", "2025-05-01"), said(value, "2025-05-02", stance=Stance.DENIES)])
        assert not own.stands_on(day("2025-05-02"))


def test_who_passes_on_another_figure_with_reserve_keeps_to_his_own() -> None:
    own, _, _ = standing_together(
        [
            said("61", "2025-05-01", **CUMULATIVE),
            said("90", "2025-05-02", stance=Stance.UNCONFIRMED, **CUMULATIVE),
            said("70", "2025-05-04", **CUMULATIVE),
        ]
    )
    assert (own.stands_on(day("2025-05-03")), own.stands_on(day("2025-05-04"))) == (True, False)


def test_a_denial_stands_until_its_voice_speaks_again() -> None:
    denial, _ = standing_together([said("100", "2025-05-02", stance=Stance.DENIES), said("61", "2025-05-03")])
    assert (denial.stands_on(day("2025-05-02")), denial.stands_on(day("2025-05-03"))) == (True, False)


def test_an_amount_stands_on_each_day_of_its_period_and_takes_the_place_of_no_other_period() -> None:
    of_a_day, of_two_days, corrected = standing_together(
        [
            said("200", "2025-05-03", **FLOW),
            said("400", "2025-05-02/2025-05-03", said_on="2025-05-04", **FLOW),
            said("450", "2025-05-02/2025-05-03", said_on="2025-05-05", **FLOW),
        ]
    )
    assert of_a_day.stands_on(day("2025-05-03"))
    assert not of_two_days.stands
    assert [corrected.stands_on(day(f"2025-05-0{number}")) for number in (1, 2, 3, 4)] == [False, True, True, False]


def test_a_toll_that_its_voice_raised_since_still_excludes_a_later_lower_count_beside_the_one_that_stands() -> None:
    first, second, rival = standing_together(
        [
            said("2053", "2023-10-08", claimant="Authority", **CUMULATIVE),
            said("2445", "2023-10-10", claimant="Authority", source=2, **CUMULATIVE),
            said("1294", "2023-10-12", voice=2, source=3, claimant="Agency", **CUMULATIVE),
        ]
    )
    found = relation_between(first, rival)
    assert (found.relation, found.conflict, conflict_between(first, rival)) == (Relation.FALLS, True, False)
    assert found.explanation == (
        "Agency's 1,294 (12 October 2023) lies below Authority's 2,053 (8 October 2023), and a toll does not fall, though Authority gave a"
        " later account before that; a cause is needed (correction, deduplication, scope change, typo …)"
    )
    assert conflict_between(second, rival)


def test_a_rate_of_a_day_is_not_ended_by_that_of_a_year() -> None:
    daily, _, rival = standing_together(
        [
            said("5", "2022-12-30", kind=Kind.RATE),
            said("3", "2022", kind=Kind.RATE),
            said("7", "2022-12-31", voice=2, kind=Kind.RATE),
        ]
    )
    assert conflict_between(daily, rival)
