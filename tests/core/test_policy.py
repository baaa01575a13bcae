"""The house policy where figures are long, negative or near nothing; each hedge's interval stands in test_value."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest

from claims_cli.core.notation import parse_figure
from claims_cli.core.policy import ACLED, HOUSE, POLICIES, STRICT, Policy
from claims_cli.core.value import Figure, Hedge, Interval

LONG = "123456789012345678901234567891"  # 30 digits, where the usual decimal context rounds at 28


def allowed(text: str, policy: Policy = HOUSE) -> Interval:
    return policy.interval_of(parse_figure(text), counted=True)


def test_each_policy_is_kept_under_its_own_name() -> None:
    assert [policy.name for policy in POLICIES.values()] == list(POLICIES) == ["house", "acled", "strict"]


@pytest.mark.parametrize(
    ("text", "acled", "strict"),
    [
        ("478", Interval(Decimal("477.5"), Decimal("478.5"), high_open=True), Interval(Decimal(478), Decimal(478))),
        ("~10,000", Interval(Decimal(9500), Decimal(10500)), Interval(Decimal(9500), Decimal(10500))),
        (">10,000", Interval(Decimal(9500), Decimal(10500), high_open=True), Interval(Decimal(10000), None, low_open=True)),
        ("<300", Interval(Decimal(295), Decimal(305), high_open=True), Interval(Decimal(0), Decimal(300), high_open=True)),
        ("20-30", Interval(Decimal("19.5"), Decimal("20.5"), high_open=True), Interval(Decimal(20), Decimal(30))),
        ("thousands", Interval(Decimal(950), Decimal(1050), high_open=True), Interval(Decimal(1000), None)),
    ],
)
def test_other_policies_take_figures_narrower(text: str, acled: Interval, strict: Interval) -> None:
    assert allowed(text, ACLED) == acled
    assert allowed(text, STRICT) == strict


def test_a_policy_is_data_and_another_share_makes_another_about() -> None:
    assert allowed("~100", Policy("narrow", about_share=Decimal("0.05"))) == Interval(Decimal(95), Decimal(105))


@pytest.mark.parametrize("text", ["~0", "~1", "~4", "~0.3", "~12", "~-3"])
def test_about_is_never_narrower_than_rounding(text: str) -> None:
    about, plain = allowed(text), allowed(text.removeprefix("~"))
    assert about.low is not None
    assert about.high is not None
    assert plain.low is not None
    assert plain.high is not None
    assert about.low <= plain.low
    assert about.high >= plain.high


@pytest.mark.parametrize("sign", ["", "-"])
def test_about_is_exact_for_the_longest_number(sign: str) -> None:
    near, far = Decimal("111111110111111111011111111101.9"), Decimal("135802467913580246791358024680.1")
    low, high = (near, far) if sign == "" else (far.copy_negate(), near.copy_negate())
    assert allowed(f"~{sign}{LONG}") == Interval(low, high)


def test_the_callers_precision_changes_nothing() -> None:
    texts = [f"~-{LONG}", LONG, f"-{LONG}", "~0.123456789012345678901234567891", "1234.5-9876.5k", "12345-99k"]
    usual = [allowed(text) for text in texts]
    with localcontext(prec=3):
        assert [allowed(text) for text in texts] == usual


@pytest.mark.parametrize(
    ("text", "low", "high", "high_open"),
    [
        ("<=0", "0", "0", False),
        ("<0", None, "0", True),
        ("<=-5", None, "-5", False),
        ("<5", "0", "5", True),
        ("-5--3", "-5", "-3", False),
    ],
)
def test_an_upper_bound_reaches_down_to_nothing_unless_it_lies_below(text: str, low: str | None, high: str, *, high_open: bool) -> None:
    assert allowed(text) == Interval(None if low is None else Decimal(low), Decimal(high), high_open=high_open)


@pytest.mark.parametrize(("text", "high", "high_open"), [("<5", "5", True), ("<=5", "5", False), ("<=0", "0", False)])
def test_an_upper_bound_of_what_is_measured_has_no_low_end(text: str, high: str, *, high_open: bool) -> None:
    assert HOUSE.interval_of(parse_figure(text), counted=False) == Interval(None, Decimal(high), high_open=high_open)


def test_a_vague_figure_has_its_floor_and_no_ceiling() -> None:
    assert allowed("tens of thousands") == Interval(Decimal(10_000), None)
    assert HOUSE.interval_of(Figure(Decimal(300), None, Hedge.VAGUE), counted=True).holds(Decimal(10**29))


def test_two_lower_bounds_always_meet() -> None:
    assert allowed(">10000").meets(allowed("dozens"))


def test_more_than_a_number_leaves_that_number_out() -> None:
    assert not allowed(">5").meets(allowed("<=5"))
    assert not allowed(">=5").meets(allowed("<5"))
    assert allowed(">=5").meets(allowed("<=5"))
