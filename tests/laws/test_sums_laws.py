"""Laws of what adds up: figures that were true together are no finding, a fall has a cause, and the order of claims changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, combinations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from claims_cli.core.amount import amounts_of, either, is_counted, minus, plus, total
from claims_cli.core.claim import Kind, Question
from claims_cli.core.increments import days_against_tolls
from claims_cli.core.policy import POLICIES
from claims_cli.core.ruling import Cause
from claims_cli.core.sums import Family, disjoint, partitions_of, parts_against_wholes, totals_against_terms
from claims_cli.core.toll import Around, Beside, Fall, PossibleCause, causes_of, falls_among
from claims_cli.core.value import Interval
from tests.statements import CUMULATIVE, FLOW, said, standing_together

if TYPE_CHECKING:
    from random import Random

    from claims_cli.core.policy import Policy
    from claims_cli.core.statement import Statement

START = date(2024, 5, 1)
HEDGES = ("{}", ">={}", "<={}", "~{}")
COUNTS = st.integers(0, 3000)


def on(day: int) -> str:
    """A day after the first."""
    return (START + timedelta(days=day)).isoformat()


def toll(value: str, day: int, **facts: int) -> Statement:
    """A toll of a day."""
    return said(value, on(day), unit="person", voice=facts.get("voice", 1), source=facts.get("source", 1), **CUMULATIVE)


def amount(value: str, first: int, last: int, voice: int = 1) -> Statement:
    """The amount of a run of days."""
    period = on(first) if first == last else f"{on(first)}/{on(last)}"
    return said(value, period, voice=voice, question="a-day", unit="person", **FLOW)


@st.composite
def consistent_series(draw: st.DrawFn) -> tuple[list[Statement], list[Statement]]:
    """Tolls and amounts of days that were all counted right, some hedged, some days told several times or in runs."""
    days = draw(st.lists(COUNTS, min_size=1, max_size=8))
    counts = list(accumulate(days, initial=draw(COUNTS)))
    hedges = st.sampled_from(HEDGES)
    tolls = [
        toll(draw(hedges).format(count), day, voice=draw(st.integers(1, 2))) for day, count in enumerate(counts) if draw(st.booleans())
    ]
    amounts = [amount(draw(hedges).format(count), day, day, draw(st.integers(1, 2))) for day, count in enumerate(days, start=1)]
    for _ in range(draw(st.integers(0, 3))):
        first = draw(st.integers(1, len(days)))
        last = draw(st.integers(first, len(days)))
        amounts.append(amount(draw(hedges).format(sum(days[first - 1 : last])), first, last, draw(st.integers(1, 2))))
    return standing_together(tolls), amounts


@given(consistent_series())
def test_amounts_and_tolls_that_were_counted_right_are_no_finding(series: tuple[list[Statement], list[Statement]]) -> None:
    assert days_against_tolls(*series) == []


@given(
    tolls=st.lists(st.tuples(st.integers(0, 6), COUNTS, st.integers(1, 2)), max_size=6),
    amounts=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2), st.integers(0, 40), st.integers(1, 2)), max_size=10),
    order=st.randoms(),
)
def test_the_order_of_claims_changes_no_finding(
    tolls: list[tuple[int, int, int]], amounts: list[tuple[int, int, int, int]], order: Random
) -> None:
    counts = standing_together([toll(str(value), day, voice=voice) for day, value, voice in tolls])
    days = [amount(str(value), first, first + more, voice) for first, more, value, voice in amounts]
    found = days_against_tolls(counts, days)
    for claims in (counts, days):
        order.shuffle(claims)
    assert days_against_tolls(counts, days) == found
    assert all(not one.added.meets(one.against) for one in found)


SLUGS = ("north", "south", "east")


def family() -> Family:
    """A whole with three parts that share nothing and make it up."""
    parts = tuple(Question(slug, "t", slug, Kind.CUMULATIVE, "person", population=slug) for slug in SLUGS)
    return Family(Question("all", "t", "all", Kind.CUMULATIVE, "person", population="north, south and east"), parts)


@given(
    values=st.tuples(COUNTS, COUNTS, COUNTS),
    hedges=st.tuples(*[st.sampled_from(HEDGES)] * 4),
    known=st.sets(st.sampled_from(SLUGS)),
    missing=COUNTS,
    order=st.randoms(),
)
def test_parts_that_were_counted_right_are_no_finding(
    values: tuple[int, ...], hedges: tuple[str, ...], known: set[str], missing: int, order: Random
) -> None:
    every = dict(zip(SLUGS, values, strict=True))
    whole = sum(values) + (missing if known != set(SLUGS) else 0)
    told = [("all", hedges[3].format(whole)), *((slug, hedge.format(every[slug])) for slug, hedge in zip(SLUGS, hedges, strict=False))]
    claims = {slug: [replace(toll(value, 1), question=slug)] for slug, value in told if slug == "all" or slug in known}
    assert parts_against_wholes(family(), claims, None, partitions_of(family(), claims)) == []
    assert totals_against_terms(family(), claims) == []
    wrong = {**claims, "all": [replace(toll("1", 1, voice=voice), question="all") for voice in (1, 2)]}
    found = parts_against_wholes(family(), wrong)
    order.shuffle(wrong["all"])
    assert parts_against_wholes(family(), wrong) == found


WORDS = st.sampled_from([None, "a", "b", "a b", "a b c", "d"])
PARTS = st.lists(st.tuples(WORDS, WORDS, COUNTS), min_size=1, max_size=7)


@given(parts=PARTS, whole=COUNTS, order=st.randoms())
def test_parts_are_above_the_whole_where_any_that_share_nothing_are_and_another_part_hides_none(
    parts: list[tuple[str | None, str | None, int]], whole: int, order: Random
) -> None:
    questions = [
        Question(f"p{at}", "t", f"p{at}", Kind.CUMULATIVE, "person", place, people, "all") for at, (place, people, _) in enumerate(parts)
    ]
    claims = {one.slug: [replace(toll(str(value), 1), question=one.slug)] for one, (_, _, value) in zip(questions, parts, strict=True)}
    claims["all"] = [replace(toll(str(whole), 1), question="all")]
    floors = {slug: amounts_of(told)[0].low or Decimal(0) for slug, told in claims.items()}

    def found(known: list[Question]) -> Decimal | None:
        above = parts_against_wholes(Family(Question("all", "t", "all", Kind.CUMULATIVE, "person"), tuple(known)), claims)
        return above[0].added.low if above else None

    apart = [
        some
        for count in range(1, len(questions) + 1)
        for some in combinations(questions, count)
        if all(disjoint(one, other) for one, other in combinations(some, 2))
    ]
    most = max(sum((floors[one.slug] for one in some), Decimal(0)) for some in apart)
    ceiling = amounts_of(claims["all"])[0].high
    assert found(questions) == (most if ceiling is not None and most > ceiling else None)
    fewer = found(questions[:-1])
    order.shuffle(questions)
    assert fewer is None or (found(questions) or 0) >= fewer


FIGURES = st.tuples(
    st.integers(0, 9), st.sampled_from(["1", "12", "120", "~120", "121", ">=130", "210", "<90", "1,200"]), st.integers(1, 3)
)


@given(own=st.lists(FIGURES, max_size=7), others=st.lists(FIGURES, max_size=4), order=st.randoms())
def test_each_fall_has_a_cause_and_the_order_of_claims_changes_none(
    own: list[tuple[int, str, int]], others: list[tuple[int, str, int]], order: Random
) -> None:
    claims = standing_together([toll(value, day, voice=voice) for day, value, voice in own])
    beside = [replace(toll(value, day, voice=voice), question="missing") for day, value, voice in others]
    amounts = [amount(value, day, day, voice) for day, value, voice in others]

    def told() -> list[tuple[Fall, list[PossibleCause]]]:
        around = Around(own=claims, parts=beside, flows=amounts, wholes=beside, siblings=beside)
        return [(fall, causes_of(fall, around, lambda _: Beside())) for fall in falls_among(claims)]

    found = told()
    for fall, causes in found:
        assert causes
        assert [one.cause for one in causes] == [Cause.UNEXPLAINED] or Cause.UNEXPLAINED not in {one.cause for one in causes}
        assert all(one.evidence and one.claims for one in causes)
        assert {fall.higher.id, fall.lower.id} <= {one.id for one in claims}
    for every in (claims, beside, amounts):
        order.shuffle(every)
    assert told() == found


WRITTEN = st.sampled_from(
    ["0", "<1", "<=0", ">0", "7", "~5", "12.5", "~12.5", "1,270", "1,200", "3 million", "10-12", "hundreds", "<0.5", ">2.5"]
)


@given(
    values=st.lists(WRITTEN, min_size=1, max_size=4),
    policy=st.sampled_from(list(POLICIES.values())),
    unit=st.sampled_from(["person", "km2", "EUR"]),
)
def test_an_amount_lies_within_what_its_figure_allows_and_holds_the_number_that_is_named(
    values: list[str], policy: Policy, unit: str
) -> None:
    statements = [said(value, "2024-05-01", unit=unit) for value in values]
    statements = [
        replace(one, interval=policy.interval_of(one.figure, counted=is_counted(one.unit))) for one in statements if one.figure is not None
    ]
    for one, allowed in zip(statements, amounts_of(statements), strict=True):
        assert one.interval is not None
        assert one.figure is not None
        for end in (allowed.low, allowed.high):
            assert end is None or one.interval.holds(end) or allowed.low_open or allowed.high_open
        assert one.figure.point is None or allowed.holds(one.figure.point)


ENDS = st.one_of(st.none(), st.integers(-50, 50).map(Decimal))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Closed intervals, some without an end."""
    low, high = draw(ENDS), draw(ENDS)
    return Interval(high, low) if low is not None and high is not None and low > high else Interval(low, high)


@given(one=intervals(), other=intervals(), values=st.tuples(st.integers(-60, 60), st.integers(-60, 60)))
def test_sums_and_differences_hold_what_their_terms_allow(one: Interval, other: Interval, values: tuple[int, int]) -> None:
    first, second = map(Decimal, values)
    if one.holds(first) and other.holds(second):
        assert plus(one, other).holds(first + second)
        assert minus(one, other).holds(first - second)
        assert either([one, other]).holds(first)
        assert total([one, other]) == plus(one, other) == plus(other, one)
