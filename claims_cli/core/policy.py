"""Policies: what a figure allows, as data that can be compared line by line with what a desk has agreed on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from claims_cli.core.value import EXACT, Figure, Hedge, Interval, half_unit_of

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Policy:
    """How wide figures are taken.

    ``about_share`` is the share of a value that "about" allows on either side. ``rounds`` tells whether a plain number may be rounded
    at its last significant digit. ``bounds_are_points`` takes "at least n", "hundreds" and ranges for the number that is safest to count.
    """

    name: str
    about_share: Decimal
    rounds: bool = True
    bounds_are_points: bool = False

    def interval_of(self, figure: Figure, *, counted: bool) -> Interval:  # noqa: PLR0911  a line for each hedge
        """What a figure allows. Upper bounds of what is ``counted`` reach down to nothing, unless they lie below it; others have no end.

        A temperature below 5 may be one below 0.
        """
        low, high = figure.low, figure.high
        if self.bounds_are_points and figure.hedge in BOUNDED:
            return around(low if low is not None else high, NOTHING, rounded=self.rounds, high_open=True)
        match figure.hedge:
            case Hedge.EXACT:
                # A half that is rounded goes up, so the upper end belongs to the next number: 38 and 39 exclude each other.
                return around(low, NOTHING, rounded=self.rounds, high_open=True)
            case Hedge.ABOUT:
                return around(low, self.about_share, rounded=True)
            case Hedge.MORE_THAN:
                return Interval(low, None, low_open=True)
            case Hedge.AT_LEAST | Hedge.VAGUE:
                return Interval(low, None)
            case Hedge.LESS_THAN:
                return Interval(NOTHING if counted and high is not None and high > 0 else None, high, high_open=True)
            case Hedge.AT_MOST:
                return Interval(NOTHING if counted and high is not None and high >= 0 else None, high)
            case Hedge.RANGE:
                return Interval(low, high)


def around(stated: Decimal | None, share: Decimal, *, rounded: bool, high_open: bool = False) -> Interval:
    """The values near a single one: half a unit of its last digit where it may be rounded, or a share of it where that is more."""
    value = stated if stated is not None else NOTHING
    reach = max(half_unit_of(value) if rounded else NOTHING, EXACT.multiply(value.copy_abs(), share))
    return Interval(EXACT.subtract(value, reach), EXACT.add(value, reach), high_open=high_open and bool(reach))


class PolicyName(StrEnum):
    """The policies by name."""

    HOUSE = "house"
    ACLED = "acled"
    STRICT = "strict"


BOUNDED = frozenset({Hedge.MORE_THAN, Hedge.AT_LEAST, Hedge.VAGUE, Hedge.LESS_THAN, Hedge.AT_MOST, Hedge.RANGE})
HOUSE = Policy(name=PolicyName.HOUSE, about_share=Decimal("0.1"))
# Of a vague or disputed report the most conservative number is coded: 12 for "dozens", 100 for "hundreds" (ACLED, FAQ on fatalities,
# 2023). That bounds are taken for their number likewise is our reading of it.
ACLED = Policy(name=PolicyName.ACLED, about_share=NOTHING, bounds_are_points=True)
# Every figure to the letter: a plain number is that number, and "about" is no more than rounding.
STRICT = Policy(name=PolicyName.STRICT, about_share=NOTHING, rounds=False)
POLICIES = {PolicyName(policy.name): policy for policy in (HOUSE, ACLED, STRICT)}
