"""Values: figures as they are stated, and the intervals that they allow. All exact decimals."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Context, Decimal
from enum import StrEnum
from typing import TypeAlias

from claims_cli.core.errors import NotUnderstood

MOST_DIGITS = 30
# Twice the digits that a value may have, so that sums and tenths of values stay exact.
EXACT = Context(prec=2 * MOST_DIGITS + 10)
LARGEST = Decimal("9" * MOST_DIGITS)
End: TypeAlias = "tuple[Decimal, int]"
LOWEST: End = (Decimal("-Infinity"), 0)
HIGHEST: End = (Decimal("Infinity"), 0)
SIGNIFICANT = 2  # a plain number is taken to be meant to at least two digits


class Hedge(StrEnum):
    """How firmly a figure is given."""

    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    RANGE = "range"
    VAGUE = "vague"


# Which ends a figure of each hedge states: low, high.
ENDS = {
    Hedge.EXACT: (True, True),
    Hedge.ABOUT: (True, True),
    Hedge.MORE_THAN: (True, False),
    Hedge.AT_LEAST: (True, False),
    Hedge.LESS_THAN: (False, True),
    Hedge.AT_MOST: (False, True),
    Hedge.RANGE: (True, True),
    Hedge.VAGUE: (True, False),
}


def is_kept(value: Decimal) -> bool:
    """Whether a finite value has few enough digits to be kept."""
    _, digits, exponent = value.as_tuple()
    return isinstance(exponent, int) and max(len(digits), len(digits) + exponent, -exponent) <= MOST_DIGITS


def nearest_kept(value: Decimal) -> Decimal:
    """A finite value, towards nothing where it has more digits than can be kept, as what a kept one allows may have."""
    if is_kept(value):
        return value
    whole = len(value.to_integral_value(ROUND_DOWN).as_tuple().digits)
    if whole > MOST_DIGITS:
        return LARGEST.copy_sign(value)
    return value.quantize(Decimal(1).scaleb(whole - MOST_DIGITS), rounding=ROUND_DOWN, context=EXACT)


def checked(value: Decimal) -> Decimal:
    """A value that can be kept; -0 becomes 0. Raises NotUnderstood for NaN, infinity and more than 30 digits."""
    if not value.is_finite():
        raise NotUnderstood(f"{value} is not a number", fix="write digits, for example 12000")
    if not is_kept(value):
        raise NotUnderstood(f"the number has more than {MOST_DIGITS} digits", fix="write a shorter one")
    return value or Decimal(0)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as stated. ``low`` and ``high`` are equal for a single value; ``None`` is an end that is not stated.

    Raises NotUnderstood when the ends do not fit the hedge, lie the wrong way round, or are no numbers that can be kept.
    """

    low: Decimal | None
    high: Decimal | None
    hedge: Hedge

    def __post_init__(self) -> None:
        """Check the ends once; everyone after trusts them."""
        if (self.low is not None, self.high is not None) != ENDS[self.hedge]:
            wanted = {(True, True): "low and high", (True, False): "low alone", (False, True): "high alone"}[ENDS[self.hedge]]
            raise NotUnderstood(f"a figure of hedge {self.hedge} has {wanted}")
        for name in ("low", "high"):
            end = getattr(self, name)
            if end is not None:
                object.__setattr__(self, name, checked(end))
        if self.low is not None and self.high is not None:
            if self.low > self.high:
                raise NotUnderstood(f"{decimal_text(self.low)} is more than {decimal_text(self.high)}", fix="write the smaller end first")
            if self.hedge in {Hedge.EXACT, Hedge.ABOUT} and self.low != self.high:
                raise NotUnderstood(f"a figure of hedge {self.hedge} has one value", fix="use the hedge range for two")

    @property
    def point(self) -> Decimal | None:
        """The one value, hedged or not; ``None`` for bounds, ranges and vague words."""
        return self.low if self.low is not None and self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a figure allows. ``None`` is an end without bound; an open end is itself not allowed.

    ``ends`` are its ends as keys that compare, infinite where unbounded: two intervals lie apart when one's low end is greater than the
    other's high end. An end that is itself excluded counts as a little further in.

    Raises ValueError for an interval without any value: nothing that a person writes leads to one.
    """

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False
    ends: tuple[End, End] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the ends once; everyone after trusts them."""
        low = LOWEST if self.low is None else (self.low, 1 if self.low_open else 0)
        high = HIGHEST if self.high is None else (self.high, -1 if self.high_open else 0)
        object.__setattr__(self, "ends", (low, high))
        if (
            self.low is not None
            and self.high is not None
            and (self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)))
        ):
            raise ValueError(f"no value lies between {self.low} and {self.high}")

    def meets(self, other: Interval) -> bool:
        """Whether some value is allowed by both."""
        return not (self.lies_above(other) or other.lies_above(self))

    def lies_above(self, other: Interval) -> bool:
        """Whether every value of this one is greater than every value of the other."""
        if self.low is None or other.high is None:
            return False
        return self.low > other.high or (self.low == other.high and (self.low_open or other.high_open))

    def lies_within(self, other: Interval) -> bool:
        """Whether every value of this one is allowed by the other."""
        return other.ends[0] <= self.ends[0] and self.ends[1] <= other.ends[1]

    def holds(self, value: Decimal) -> bool:
        """Whether a value is allowed."""
        return self.meets(Interval(value, value))


def half_unit_of(value: Decimal) -> Decimal:
    """Half a unit of the last significant digit of a value, counted with at least two significant digits.

    10,000 gives 500, 478 gives 0.5, 12.5 gives 0.05. A whole number never gives less than 0.5: things are counted in ones.
    (Half the last digit as in Beancount's inferred tolerance and Wikibase's uncertainty; the two digits are ours.)
    """
    _, digits, exponent = value.normalize(EXACT).as_tuple()
    last = exponent if isinstance(exponent, int) else 0
    if len(digits) < SIGNIFICANT:
        last -= SIGNIFICANT - len(digits)
    if value == value.to_integral_value():
        last = max(last, 0)
    return Decimal(5).scaleb(last - 1)


def decimal_text(value: Decimal) -> str:
    """The canonical text of a finite decimal: no exponent, no zeros at the end of a fraction, no minus before 0."""
    text = format(value or Decimal(0), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
