"""The table of relations, read as the specification of what conflicts and what does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from claims_cli.core.claim import Kind, Modality, Stance
from claims_cli.core.relation import conflict_between, relation_between
from tests.statements import CUMULATIVE, FACT, FLOW, said, standing_together

if TYPE_CHECKING:
    from claims_cli.core.statement import Statement


def relation(one: Statement, other: Statement) -> tuple[str, bool]:
    found = relation_between(one, other)
    again = relation_between(other, one)
    assert (found.relation, found.conflict, found.explanation) == (again.relation, again.conflict, again.explanation)
    return found.relation.value, found.conflict


def test_disjoint_figures_of_two_claimants_on_one_day_contradict() -> None:
    assert relation(said("10000", "2024-10-28"), said("3000", "2024-10-28", voice=2)) == ("contradicts", True)


def test_the_explanation_names_both_figures_and_the_day() -> None:
    found = relation_between(said("10000", "2024-10-28", claimant="Pentagon"), said("3000", "2024-10-28", voice=2, claimant="Zelensky"))
    assert found.explanation == "Pentagon's 10,000 and Zelensky's 3,000 both describe 28 October 2024 and cannot both be right"


def test_a_claimant_who_changes_the_figure_revises() -> None:
    assert relation(said("3000", "2024-10-23"), said("10000", "2024-10-28")) == ("revises", False)


def test_a_claimant_who_repeats_the_figure_restates() -> None:
    assert relation(said("10000", "2024-10-28"), said("~10000", "2024-10-29")) == ("restates", False)


def test_a_report_that_lost_the_hedge_restates_and_says_so() -> None:
    careful, firm = said("~12,000", "2024-10-28", source=1), said("12,000", "2024-10-28", source=2)
    found = relation_between(careful, firm)
    assert (found.relation, found.conflict) == ("restates", False)
    assert "hedge it differently: ~12,000 and 12,000" in found.explanation
    assert "hedge" not in relation_between(careful, said("12,000", "2024-10-29", source=2)).explanation


def test_the_same_statement_in_another_document_is_an_echo() -> None:
    assert relation(said("10000", "2024-10-28"), said("10000", "2024-10-28", source=2)) == ("echoes", False)


def test_two_figures_reported_from_one_statement_are_a_misreport() -> None:
    assert relation(said("10000", "2024-10-28"), said("12000", "2024-10-28", source=2)) == ("misreports", True)


def test_figures_that_round_to_each_other_corroborate() -> None:
    assert relation(said("10000", "2024-10-28"), said("10200", "2024-10-28", voice=2)) == ("corroborates", False)


def test_two_lower_bounds_never_contradict() -> None:
    assert relation(said(">10000", "2024-10-28"), said(">=3000", "2024-10-28", voice=2)) == ("corroborates", False)


def test_a_lower_bound_contradicts_a_smaller_exact_value() -> None:
    assert relation(said(">10000", "2024-10-28"), said("3000", "2024-10-28", voice=2)) == ("contradicts", True)


def test_levels_more_than_the_currency_apart_only_change() -> None:
    assert relation(said("1500", "2024-10-19"), said("10000", "2024-10-28", voice=2)) == ("changes", False)


def test_levels_within_the_currency_contradict() -> None:
    assert relation(said("3000", "2024-10-28"), said("10000", "2024-10-31", voice=2)) == ("contradicts", True)
    assert relation(said("3000", "2024-10-28"), said("10000", "2024-11-01", voice=2)) == ("changes", False)


def test_a_claim_replaced_by_its_claimant_no_longer_contradicts() -> None:
    replaced = said("3000", "2024-10-28", until="2024-10-28")
    assert relation(replaced, said("10000", "2024-10-29", voice=2)) == ("changes", False)


def test_a_month_is_current_on_no_single_day_but_its_last() -> None:
    assert relation(said("3000", "2024-10"), said("10000", "2024-10-20", voice=2)) == ("changes", False)


def test_a_later_higher_toll_grows_and_a_later_lower_one_falls() -> None:
    assert relation(said("20", "2024-08-14", **CUMULATIVE), said("25", "2024-08-15", voice=2, **CUMULATIVE)) == ("grows", False)
    assert relation(said("39", "2024-08-15", **CUMULATIVE), said("25", "2024-08-16", voice=2, **CUMULATIVE)) == ("falls", True)
    assert relation(said("39", "2024-08-15", **CUMULATIVE), said("25", "2024-08-16", **CUMULATIVE)) == ("falls", True)


def test_a_toll_counted_again_grows_by_less_than_its_rounding() -> None:
    assert relation(said("119", "2024-08-07", **CUMULATIVE), said("120", "2024-08-17", voice=2, **CUMULATIVE)) == ("grows", False)
    assert relation(said("119", "2024-08-07", **CUMULATIVE), said("120", "2024-08-17", **CUMULATIVE)) == ("grows", False)
    assert relation(said("120", "2024-08-07", **CUMULATIVE), said("119", "2024-08-17", voice=2, **CUMULATIVE)) == ("corroborates", False)
    assert relation(said("~119", "2024-08-07", **CUMULATIVE), said("120", "2024-08-17", voice=2, **CUMULATIVE)) == ("corroborates", False)


def test_tolls_of_one_day_grow_when_their_order_is_unknown() -> None:
    assert relation(said("20", "2024-08-14", **CUMULATIVE), said("25", "2024-08-14", voice=2, source=2, **CUMULATIVE)) == ("grows", False)


def test_tolls_of_one_day_side_by_side_in_one_document_contradict() -> None:
    assert relation(said("20", "2024-08-14", **CUMULATIVE), said("25", "2024-08-14", voice=2, **CUMULATIVE)) == ("contradicts", True)


def test_a_lower_toll_of_one_day_published_later_by_another_contradicts() -> None:
    high = said("25", "2024-08-14", published="2024-08-14", **CUMULATIVE)
    low = said("20", "2024-08-14", voice=2, source=2, published="2024-08-15", **CUMULATIVE)
    assert relation(high, low) == ("contradicts", True)


def test_the_hour_of_publication_orders_tolls_of_one_day() -> None:
    high = said("25", "2024-08-14", published="2024-08-14T18:00", **CUMULATIVE)
    low = said("20", "2024-08-14", voice=2, source=2, published="2024-08-14T09:00", **CUMULATIVE)
    assert relation(high, low) == ("grows", False)


def test_tolls_of_one_day_further_apart_than_a_day_explains_contradict() -> None:
    low = said("130", "2024-08-14", published="2024-08-14", **CUMULATIVE)
    assert relation(low, said("340", "2024-08-14", voice=2, source=2, published="2024-08-15", **CUMULATIVE)) == ("contradicts", True)
    assert relation(low, said("340", "2024-08-14", voice=2, source=2, **CUMULATIVE)) == ("contradicts", True)
    assert relation(low, said("160", "2024-08-14", voice=2, source=2, **CUMULATIVE)) == ("grows", False)


def test_hours_of_publication_explain_a_steep_rise_within_a_day() -> None:
    low = said("130", "2024-08-14", published="2024-08-14T09:00", **CUMULATIVE)
    assert relation(low, said("340", "2024-08-14", voice=2, source=2, published="2024-08-14T18:00", **CUMULATIVE)) == ("grows", False)


def test_a_few_more_dead_are_a_rise_however_few_they_were() -> None:
    assert relation(said("2", "2024-08-14", **CUMULATIVE), said("9", "2024-08-14", voice=2, source=2, **CUMULATIVE)) == ("grows", False)


def test_a_floor_above_a_plain_toll_of_the_same_day_contradicts() -> None:
    floor = said(">=22", "2024-08-14", **CUMULATIVE)
    assert relation(floor, said("20", "2024-08-14", voice=2, source=2, **CUMULATIVE)) == ("contradicts", True)


def test_amounts_of_different_periods_are_not_compared() -> None:
    assert relation(said("477", "2024-08", **FLOW), said("459", "2024-09", **FLOW)) == ("incomparable", False)


def test_amounts_of_one_period_contradict() -> None:
    assert relation(said("477", "2024-08", **FLOW), said("459", "2024-08", voice=2, **FLOW)) == ("contradicts", True)


def test_a_forecast_without_a_day_does_not_contradict_an_observation() -> None:
    ahead = said("12000", "2024-10-28", modality=Modality.FORECAST)
    assert relation(ahead, said("3000", "2024-10-28", voice=2)) == ("forecast", False)


@pytest.mark.parametrize(("value", "expected"), [("12000", "meets"), ("3000", "misses")])
def test_an_observation_on_or_after_the_horizon_judges_the_forecast(value: str, expected: str) -> None:
    ahead = said("~12000", "2024-12-01", said_on="2024-10-28", modality=Modality.FORECAST)
    assert relation(ahead, said(value, "2024-12-01", voice=2)) == (expected, False)
    assert relation(ahead, said(value, "2024-11-30", voice=2)) == ("forecast", False)


def test_forecasts_for_one_day_compare_and_for_two_days_do_not() -> None:
    one = said("10000", "2024-12-01", said_on="2024-10-28", modality=Modality.FORECAST)
    assert relation(one, said("15000", "2024-12-01", said_on="2024-10-28", voice=2, modality=Modality.FORECAST)) == ("contradicts", True)
    assert relation(one, said("15000", "2024-12-31", said_on="2024-10-28", voice=2, modality=Modality.FORECAST)) == ("forecast", False)


def test_forecasts_that_name_no_day_compare_when_made_at_about_one_time() -> None:
    one = said("10000", "2024-10-18", modality=Modality.FORECAST)
    assert relation(one, said("12000", "2024-10-19", voice=2, modality=Modality.FORECAST)) == ("contradicts", True)
    assert relation(one, said("10200", "2024-10-19", voice=2, modality=Modality.FORECAST)) == ("corroborates", False)
    assert relation(one, said("12000", "2024-10-28", voice=2, modality=Modality.FORECAST)) == ("forecast", False)
    assert relation(one, said("12000", "2024-10-18", voice=2, said_on="2024-10-17", modality=Modality.FORECAST)) == ("forecast", False)


def test_what_a_toll_is_expected_to_reach_is_revised_and_contradicted_but_does_not_grow() -> None:
    expected: dict[str, Any] = {"modality": Modality.FORECAST, **CUMULATIVE}
    one = said("500", "2024-08-14", **expected)
    assert relation(one, said("900", "2024-08-14", voice=2, source=2, **expected)) == ("contradicts", True)
    assert relation(one, said("300", "2024-08-15", **expected)) == ("revises", False)


def test_a_target_and_a_conditional_are_not_compared_with_observations() -> None:
    for modality in (Modality.TARGET, Modality.CONDITIONAL):
        assert relation(said("10000", "2024-10-28", modality=modality), said("3000", "2024-10-28", voice=2)) == ("incomparable", False)


def test_a_denial_stands_against_an_assertion() -> None:
    assert relation(said(None, "2024-10-16", **FACT), said(None, "2024-10-16", voice=2, stance=Stance.DENIES, **FACT)) == ("denies", True)


def test_a_denial_years_later_still_stands_against_an_assertion_nobody_took_back() -> None:
    assert relation(said(None, "2022-10-16", **FACT), said(None, "2024-10-16", voice=2, stance=Stance.DENIES, **FACT)) == ("denies", True)


def test_a_denial_of_one_figure_does_not_touch_another() -> None:
    denial = said("10000", "2024-10-28", stance=Stance.DENIES)
    assert relation(denial, said("3000", "2024-10-28", voice=2)) == ("corroborates", False)
    assert relation(denial, said(">3000", "2024-10-28", voice=2)) == ("incomparable", False)
    assert relation(denial, said("~10000", "2024-10-28", voice=2)) == ("denies", True)


def test_a_voice_that_could_not_confirm_and_then_confirms_reverses() -> None:
    silent = said(None, "2024-10-21", stance=Stance.UNCONFIRMED, claimant="Rutte", **FACT)
    found = relation_between(silent, said(None, "2024-10-28", claimant="NATO", **FACT))
    assert (found.relation.value, found.conflict) == ("reverses", False)
    assert found.explanation == "Rutte did not confirm it, and NATO, the same voice, asserts it 7 days later"


def test_not_to_confirm_is_not_to_deny() -> None:
    silent = said(None, "2024-10-21", stance=Stance.UNCONFIRMED, **FACT)
    assert relation(silent, said(None, "2024-10-21", voice=2, **FACT)) == ("unconfirmed", False)
    assert relation(silent, said(None, "2024-10-21", voice=2, stance=Stance.DENIES, **FACT)) == ("unconfirmed", False)


def test_a_figure_given_with_reserve_contradicts_what_another_asserts_of_that_day() -> None:
    perhaps = said(">=35", "2024-08-14", stance=Stance.UNCONFIRMED, **CUMULATIVE)
    assert relation(perhaps, said("20", "2024-08-14", voice=2, source=2, **CUMULATIVE)) == ("contradicts", True)
    assert relation(perhaps, said("20", "2024-08-13", voice=2, source=2, **CUMULATIVE)) == ("unconfirmed", False)
    assert relation(perhaps, said("40", "2024-08-14", voice=2, source=2, **CUMULATIVE)) == ("unconfirmed", False)
    assert relation(said("35", "2024-08-14", stance=Stance.UNCONFIRMED), said("20", "2024-08-14", voice=2)) == ("contradicts", True)


def test_a_speaker_may_confirm_less_than_is_given_with_reserve() -> None:
    perhaps = said("35", "2024-08-14", stance=Stance.UNCONFIRMED)
    assert relation(perhaps, said("20", "2024-08-14")) == ("revises", False)


def test_a_toll_neither_rose_nor_fell_from_what_was_given_with_reserve_save_that_a_count_outran_it() -> None:
    perhaps = said("35", "2024-08-14", stance=Stance.UNCONFIRMED, claimant="Firefighters", **CUMULATIVE)
    lower = said("20", "2024-08-15", voice=2, claimant="Prefecture", **CUMULATIVE)
    assert relation(perhaps, lower) == ("unconfirmed", False)
    assert relation(perhaps, said("43", "2024-08-15", voice=2, **CUMULATIVE)) == ("grows", False)
    assert relation_between(perhaps, lower).explanation == (
        "Firefighters' unconfirmed 35 (14 August 2024) is given with reserve:"
        " it neither bears out nor rules out Prefecture's 20 (15 August 2024)"
    )


@pytest.mark.parametrize(("first", "second"), [("Ann", "Ben"), ("Ben", "Ann")])
def test_what_is_asserted_of_the_day_outruns_a_lower_reserve_whatever_the_names(first: str, second: str) -> None:
    perhaps = said("35", "2024-08-14", stance=Stance.UNCONFIRMED, claimant=first, **CUMULATIVE)
    assert relation(perhaps, said("43", "2024-08-14", voice=2, source=2, claimant=second, **CUMULATIVE)) == ("grows", False)


@pytest.mark.parametrize("later", ["20", "43"])
def test_two_reserves_are_no_rise_and_no_fall(later: str) -> None:
    perhaps = said("35", "2024-08-14", stance=Stance.UNCONFIRMED, **CUMULATIVE)
    other = said(later, "2024-08-15", voice=2, stance=Stance.UNCONFIRMED, claimant="Other", **CUMULATIVE)
    assert relation(perhaps, other) == ("unconfirmed", False)
    assert relation_between(perhaps, other).explanation.endswith("are given with reserve: neither bears out nor rules out the other")
    own = said(later, "2024-08-15", stance=Stance.UNCONFIRMED, **CUMULATIVE)
    assert relation(perhaps, own) == ("revises", False)


def test_a_speaker_who_counts_less_than_he_feared_revises() -> None:
    perhaps = said("35", "2024-08-14", stance=Stance.UNCONFIRMED, **CUMULATIVE)
    assert relation(perhaps, said("20", "2024-08-15", **CUMULATIVE)) == ("revises", False)
    assert relation(perhaps, said("43", "2024-08-15", **CUMULATIVE)) == ("grows", False)


def test_what_leaves_nothing_of_what_is_denied_agrees_with_the_denial() -> None:
    denial = said("at least 500", "2024-10-28", claimant="Army", stance=Stance.DENIES)
    assert relation(denial, said("~250", "2024-10-28", voice=2)) == ("corroborates", False)
    assert relation(denial, said("~250", "2024-10-29")) == ("restates", False)
    assert relation(denial, said(">300", "2024-10-28", voice=2)) == ("incomparable", False)
    assert relation(denial, said("600", "2024-10-28", voice=2)) == ("denies", True)
    ceiling = said("at most 500", "2024-10-28", claimant="Army", stance=Stance.DENIES)
    assert relation(ceiling, said("600", "2024-10-28", voice=2)) == ("corroborates", False)
    plain = said("500", "2024-10-28", claimant="Army", stance=Stance.DENIES)
    assert relation(plain, said("600", "2024-10-28", voice=2)) == ("corroborates", False)


def test_the_explanation_does_not_put_apart_what_stood_on_one_day() -> None:
    perhaps = said("35", "2024-08-15", stance=Stance.UNCONFIRMED, claimant="Ann")
    found = relation_between(perhaps, said("20", "2024-08-14", voice=2, claimant="Ben"))
    assert found.explanation == (
        "Ben's 20 (14 August 2024) and Ann's unconfirmed 35 (15 August 2024) exclude each other, but not both are asserted of one day"
    )


def test_a_part_larger_than_its_whole_on_a_common_day_exceeds_it() -> None:
    part = said(">10000", "2024-10-28", question="in-kursk", whole="in-russia")
    assert relation(part, said("3000", "2024-10-28", voice=2, question="in-russia")) == ("exceeds_whole", True)
    assert relation(part, said("12000", "2024-10-28", voice=2, question="in-russia")) == ("incomparable", False)
    assert relation(part, said("3000", "2024-10-18", voice=2, question="in-russia")) == ("incomparable", False)


def test_claims_on_different_questions_are_not_compared() -> None:
    assert relation(said("3000", "2024-10-28", question="one"), said("10000", "2024-10-28", question="other")) == ("incomparable", False)


def test_figures_without_a_date_decide_nothing() -> None:
    assert relation(said("3000", None), said("10000", "2024-10-28", voice=2)) == ("incomparable", False)
    assert relation(said("10000", None), said("10000", "2024-10-28", voice=2)) == ("corroborates", False)


def test_a_rate_behaves_as_a_level() -> None:
    assert relation(said("4", "2024-10-28", kind=Kind.RATE), said("9", "2024-10-28", voice=2, kind=Kind.RATE)) == ("contradicts", True)


def test_a_denial_of_a_figure_does_not_touch_a_bound_that_leaves_others() -> None:
    denial = said("1,000", "2024-10-28", stance=Stance.DENIES)
    assert relation(denial, said("at least 200", "2024-10-28", voice=2)) == ("incomparable", False)
    assert relation(denial, said("1,000", "2024-10-28", voice=2)) == ("denies", True)
    assert relation(denial, said("at most 1,000", "2024-10-28", voice=2)) == ("incomparable", False)
    above = said(">1,000", "2024-10-28", stance=Stance.DENIES)
    assert relation(above, said(">2,000", "2024-10-28", voice=2)) == ("denies", True)
    assert relation(above, said("~1,000", "2024-10-28", voice=2)) == ("incomparable", False)


@pytest.mark.parametrize("floor", ["at least 1,000", ">1,000"])
def test_a_denial_of_a_count_denies_that_so_many_were_counted_so_far(floor: str) -> None:
    denial = said("1,000", "2024-10-28", stance=Stance.DENIES)
    assert relation(denial, said(floor, "2024-10-28", voice=2)) == ("denies", True)
    doubt = said("at least 1,000", "2024-10-28", stance=Stance.DENIES)
    assert relation(doubt, said("at most 1,000", "2024-10-28", voice=2)) == ("incomparable", False)
    assert relation(denial, said("thousands", "2024-10-28", voice=2)) == ("incomparable", False)


@pytest.mark.parametrize("stance", [Stance.DENIES, Stance.UNCONFIRMED])
@pytest.mark.parametrize("value", [None, "100"])
def test_who_denies_or_does_not_confirm_judges_no_forecast(stance: Stance, value: str | None) -> None:
    forecast = said("100", "2024-05-04", said_on="2024-05-01", modality=Modality.FORECAST)
    assert relation(forecast, said(value, "2024-05-04", voice=2, stance=stance)) == ("forecast", False)


def test_an_amount_judges_a_forecast_of_its_own_period_alone() -> None:
    forecast = said("100", "2025-05", said_on="2025-04-20", modality=Modality.FORECAST, **FLOW)
    assert relation(forecast, said("100", "2025-05", voice=2, **FLOW)) == ("meets", False)
    assert relation(forecast, said("100", "2025-06", voice=2, **FLOW)) == ("forecast", False)


def test_denials_of_different_figures_are_no_rise_and_no_fall() -> None:
    first = said("500", "2024-10-28", stance=Stance.DENIES, **CUMULATIVE)
    for value in ("100", "900"):
        for voice in (1, 2):
            assert relation(first, said(value, "2024-10-29", voice=voice, stance=Stance.DENIES, **CUMULATIVE)) == ("incomparable", False)


def test_a_fixed_quantity_does_not_change_between_two_claims() -> None:
    first, _, rival = standing_together(
        [
            said("295", "2014-07-17", kind=Kind.FIXED),
            said("298", "2014-07-18", kind=Kind.FIXED),
            said("310", "2014-07-19", voice=2, claimant="Rival", kind=Kind.FIXED),
        ]
    )
    assert relation(first, rival) == ("contradicts", True)
    assert not conflict_between(first, rival)
    assert relation(said("298", None, kind=Kind.FIXED), said("310", "2014-07-19", voice=2, kind=Kind.FIXED)) == ("contradicts", True)
    perhaps = said("35", "2014-07-18", stance=Stance.UNCONFIRMED, kind=Kind.FIXED)
    assert relation(perhaps, said("20", "2014-07-19", voice=2, kind=Kind.FIXED)) == ("unconfirmed", False)


def test_what_is_denied_of_a_day_was_not_so_on_it_whoever_spoke_again_since() -> None:
    asserted, _, denial, later = standing_together(
        [
            said(None, "2022-11-15", said_on="2022-11-15", claimant="Kyiv", **FACT),
            said(None, "2022-11-15", said_on="2022-11-17", claimant="Kyiv", stance=Stance.UNCONFIRMED, **FACT),
            said(None, "2022-11-15", said_on="2022-11-18", voice=2, claimant="Moscow", stance=Stance.DENIES, **FACT),
            said(None, "2022-12-15", voice=3, stance=Stance.DENIES, **FACT),
        ]
    )
    found = relation_between(denial, asserted)
    assert (found.relation.value, found.conflict, conflict_between(denial, asserted)) == ("denies", True, False)
    assert found.explanation == "Moscow denies what Kyiv asserts, though they never stood on the same day"
    assert relation(later, asserted) == ("changes", False)


def test_who_denies_a_toll_denies_what_was_asserted_before() -> None:
    first, _, denial, before = standing_together(
        [
            said(">=500", "2023-10-17", **CUMULATIVE),
            said("471", "2023-10-18", **CUMULATIVE),
            said(">=500", "2023-10-19", voice=2, stance=Stance.DENIES, **CUMULATIVE),
            said(">=500", "2023-10-16", voice=3, stance=Stance.DENIES, **CUMULATIVE),
        ]
    )
    assert relation(first, denial) == ("denies", True)
    assert relation(replace(before, until=before.day), first) == ("changes", False)
    ceiling, _, denied = standing_together(
        [
            said("<=500", "2023-10-17", **CUMULATIVE),
            said("900", "2023-10-20", **CUMULATIVE),
            said("<=500", "2023-11-20", voice=2, stance=Stance.DENIES, **CUMULATIVE),
        ]
    )
    assert relation(ceiling, denied) == ("changes", False)


def test_rates_are_compared_that_are_measured_over_as_many_months() -> None:
    year = said("2.1", "2022", voice=2, kind=Kind.RATE)
    assert relation(said("4", "2022-10/2022-12", kind=Kind.RATE), year) == ("incomparable", False)
    assert relation(said("1.2", "2022", kind=Kind.RATE), year) == ("contradicts", True)
    assert relation(said("5", "2022-02", kind=Kind.RATE), said("3", "2022-03", voice=2, kind=Kind.RATE)) == ("changes", False)
    assert relation(said("5.25", "2023-08", kind=Kind.RATE), said("5.5", "2023-08-31", voice=2, kind=Kind.RATE)) == ("contradicts", True)
    forecast = said("2", "2022", said_on="2022-01-01", modality=Modality.FORECAST, kind=Kind.RATE)
    assert relation(forecast, said("4", "2022-10/2022-12", voice=2, kind=Kind.RATE)) == ("forecast", False)
    assert relation(forecast, year) == ("meets", False)


def test_a_quarters_rate_is_not_replaced_by_the_years() -> None:
    quarter, _, rival = standing_together(
        [
            said("4", "2022-10/2022-12", said_on="2023-02-01", kind=Kind.RATE),
            said("2.1", "2022", said_on="2023-02-20", kind=Kind.RATE),
            said("3", "2022-10/2022-12", said_on="2023-02-21", voice=2, kind=Kind.RATE),
        ]
    )
    assert relation(quarter, rival) == ("contradicts", True)
    assert conflict_between(quarter, rival)


def test_a_denied_figure_is_told_as_denied() -> None:
    denial = said("46", "2024-10-28", voice=2, claimant="Rebels", stance=Stance.DENIES)
    found = relation_between(said("27", "2024-10-28", claimant="Ministry"), denial)
    assert found.explanation == (
        "Ministry's 27 (28 October 2024) and Rebels' denial of 46 (28 October 2024) can both be right:"
        " what the one asserts leaves nothing of what the other denies"
    )


def test_two_bulletins_of_one_day_are_a_rise_where_their_hours_tell_the_order() -> None:
    morning = said("27", "2025-05-01", published="2025-05-01T10:00Z", **CUMULATIVE)
    evening = said("39", "2025-05-01", published="2025-05-01T19:00Z", source=2, **CUMULATIVE)
    assert relation(morning, evening) == ("grows", False)
    lower = said("20", "2025-05-01", published="2025-05-01T19:00Z", source=2, **CUMULATIVE)
    assert relation(morning, lower) == ("misreports", True)
    assert relation(morning, said("39", "2025-05-01", published="2025-05-01", source=2, **CUMULATIVE)) == ("misreports", True)


def test_the_hour_of_publication_is_compared_across_midnight() -> None:
    higher = said("40", "2024-10-28", published="2024-10-29T01:00+03:00", **CUMULATIVE)
    lower = said("35", "2024-10-28", published="2024-10-28T23:30Z", voice=2, source=2, **CUMULATIVE)
    assert relation(higher, lower) == ("contradicts", True)


def test_what_came_out_in_a_month_came_neither_before_nor_after_a_day_of_it() -> None:
    dated = said("40", "2024-10-10", published="2024-10-15", **CUMULATIVE)
    assert relation(dated, said("35", "2024-10-10", published="2024-10", voice=2, source=2, **CUMULATIVE)) == ("grows", False)


def test_amounts_describe_their_whole_period() -> None:
    one, other = (said(value, "2025-04", voice=voice, claimant=f"V{voice}", **FLOW) for value, voice in (("400", 1), ("300", 2)))
    assert relation_between(one, other).explanation == "V1's 400 and V2's 300 both describe 1 to 30 April 2025 and cannot both be right"


def test_a_figure_given_later_for_the_same_days_tells_how_much_later() -> None:
    first = said("500", "2025-04", said_on="2025-05-05", claimant="Stat", **FLOW)
    then = said("600", "2025-04", said_on="2025-06-05", claimant="Stat", **FLOW)
    assert relation_between(first, then).explanation == "Stat went from 500 to 600, 31 days later and of the same days"
