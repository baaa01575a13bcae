"""Policies: what a figure allows, as data that can be compared line by line with what a desk has agreed on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from claims_cli.core.value import EXACT, Figure, Hedge, Interval, half_unit_of

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Policy:
    """How wide figures are taken. ``about_share`` is the share of a value that "about" allows on either side."""

    name: str
    about_share: Decimal

    def interval_of(self, figure: Figure) -> Interval:  # noqa: PLR0911  a line for each hedge
        """What a figure allows. Upper bounds reach down to nothing, as counts do, unless they lie below it."""
        low, high = figure.low, figure.high
        match figure.hedge:
            case Hedge.EXACT:
                # A half that is rounded goes up, so the upper end belongs to the next number: 38 and 39 exclude each other.
                return around(figure, NOTHING, high_open=True)
            case Hedge.ABOUT:
                return around(figure, self.about_share)
            case Hedge.MORE_THAN:
                return Interval(low, None, low_open=True)
            case Hedge.AT_LEAST | Hedge.VAGUE:
                return Interval(low, None)
            case Hedge.LESS_THAN:
                return Interval(NOTHING if high is not None and high > 0 else None, high, high_open=True)
            case Hedge.AT_MOST:
                return Interval(NOTHING if high is not None and high >= 0 else None, high)
            case Hedge.RANGE:
                return Interval(low, high)


def around(figure: Figure, share: Decimal, *, high_open: bool = False) -> Interval:
    """The values near a single one: half a unit of its last digit, or a share of it where that is more."""
    value = figure.low if figure.low is not None else NOTHING
    reach = max(half_unit_of(value), EXACT.multiply(value.copy_abs(), share))
    return Interval(EXACT.subtract(value, reach), EXACT.add(value, reach), high_open=high_open)


HOUSE = Policy(name="house", about_share=Decimal("0.1"))
POLICIES = {policy.name: policy for policy in (HOUSE,)}
