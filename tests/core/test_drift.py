"""Drift: what a later report of one statement says more firmly than an earlier one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from claims_cli.core.claim import Modality
from claims_cli.core.drift import drift_between
from claims_cli.core.origin import Provenance
from tests.statements import said

DAY = "2024-03-05"
PLAIN = Provenance()


def drift(first: tuple[str, Provenance], then: tuple[str, Provenance]) -> str | None:
    """What is firmer in a report published on the next day than in the first, both of one voice."""
    facts: dict[str, Any] = {"said_on": DAY}
    one = said(first[0], DAY, source=1, published="2024-03-05", **facts)
    other = said(then[0], DAY, source=2, published="2024-03-06", **facts)
    found = drift_between(one, other, {one.id: first[1], other.id: then[1]})
    assert found == drift_between(other, one, {one.id: first[1], other.id: then[1]})
    return None if found is None else found.split(": ", 1)[1]


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("~12,000", "12,000", "it drops “about”"),
        ("<=12,000", "12,000", "it drops “at most”"),
        ("12,000", ">12,000", "it adds “more than”"),
        ("~12,000", ">=12,000", "it makes “at least” of “about”"),
        ("12,000", "~12,000", None),
        ("12,000", "12,000", None),
        ("~12,000", "13,000", None),
    ],
)
def test_a_hedge_that_is_lost_or_grows_firmer(first: str, then: str, told: str | None) -> None:
    assert drift((first, PLAIN), (then, PLAIN)) == told


def test_a_forecast_that_is_told_as_fact() -> None:
    soon = said("12,000", "2024-04", said_on=DAY, source=1, modality=Modality.FORECAST, published="2024-03-05")
    fact = said("12,000", DAY, said_on=DAY, source=2, published="2024-03-06")
    assert (
        drift_between(soon, fact, {})
        == f"the report of #{fact.id} is firmer than that of #{soon.id}: it states as fact what was a forecast"
    )


def test_what_the_figure_rests_on_is_left_out() -> None:
    estimate, counted = Provenance(basis="estimate"), Provenance(basis="verified names")
    assert drift(("12,000", estimate), ("12,000", PLAIN)) == "it leaves out what the figure rests on, “estimate”"
    assert drift(("12,000", estimate), ("12,000", counted)) == "it rests the figure on “verified names” rather than “estimate”"
    assert drift(("12,000", PLAIN), ("12,000", estimate)) is None


def test_the_place_grows_wider_or_is_another() -> None:
    east, whole = Provenance(place="eastern Russia"), Provenance(place="Russia")
    assert drift(("12,000", east), ("12,000", whole)) == "it says “Russia” for “eastern Russia”"
    assert drift(("12,000", whole), ("12,000", Provenance(place="RUSSIA"))) is None
    assert drift(("12,000", whole), ("12,000", Provenance(place="روسيا"))) is None  # names in two scripts cannot be compared
    assert drift(("12,000", Provenance(place="كورسك")), ("12,000", Provenance(place="روسيا"))) == "it says “روسيا” for “كورسك”"


def test_what_is_said_more_firmly_on_another_day_is_a_statement_of_its_own() -> None:
    one, other = said("~12,000", DAY, said_on=DAY, source=1), said("12,000", DAY, said_on="2024-03-06", source=2)
    assert drift_between(one, other, {}) is None


def test_two_voices_are_held_together_only_where_they_share_an_origin() -> None:
    one, other = said("~12,000", DAY, voice=1, source=1), said("12,000", DAY, voice=2, source=2)
    assert drift_between(one, other, {}) is None
    assert drift_between(replace(one, shared=1), replace(other, shared=1), {}) is not None


def test_along_a_relay_the_one_nearer_to_the_claimant_is_the_earlier() -> None:
    relayed = replace(said("~12,000", DAY, voice=1, source=1, published="2024-03-05"), shared=1)
    relayer = replace(said("12,000", DAY, voice=2, source=2, published="2024-03-06"), shared=1)
    reports = {relayed.id: Provenance(relay=(2,)), relayer.id: PLAIN}
    assert drift_between(relayed, relayer, reports) is None  # what came through him is hedged more, not less
    assert drift_between(replace(relayed, figure=relayer.figure), replace(relayer, figure=relayed.figure), reports) is not None
