"""Positions: the smallest number of groups of claims such that all in a group agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from claims_cli.core.claim import ASSERTS, DENIES
from claims_cli.core.notation import ends_text, figure_text
from claims_cli.core.statement import bounds
from claims_cli.core.value import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims_cli.core.statement import Statement
    from claims_cli.core.value import End

GAP_DIGITS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Position:
    """Claims that all agree with one another.

    ``low`` and ``high`` span their figures as stated, those with two ends where there are any; ``None``: open, or no figures. ``value``
    is that in the value mini-language, with its hedge where they give a single figure; ``None``: no figures, or such as span nothing.
    """

    low: Decimal | None
    high: Decimal | None
    value: str | None
    members: tuple[Statement, ...]

    @property
    def origins(self) -> int:
        """How many independent origins it has: reports of one account count once."""
        return len({one.origin for one in self.members})


def positions_of(members: Sequence[Statement]) -> list[Position]:
    """Positions among figures, lowest first.

    Greedy stabbing by the smallest high end gives the fewest groups that share a point, and intervals on a line that agree two by two
    share one (Helly's theorem in one dimension). Claims of one interval are taken together: many give the same figure.
    """
    alike: dict[int, list[Statement]] = {}
    for one in members:
        alike.setdefault(id(one.interval), []).append(one)
    groups: list[list[Statement]] = []
    point = None
    for same in sorted(alike.values(), key=high_then_low):
        low, high = bounds(same[0])
        if point is None or low > point:
            groups.append([])
            point = high
        groups[-1] += same
    return [position(group) for group in groups]


def high_then_low(same: Sequence[Statement]) -> tuple[End, End]:
    """The order in which claims of one interval each are gone through."""
    low, high = bounds(same[0])
    return high, low


def camps_of(members: Sequence[Statement]) -> list[Position]:
    """Positions where some deny what others assert: the assertions, then the denials."""
    sides = ([one for one in members if one.stance is stance] for stance in (ASSERTS, DENIES))
    return [position(side) for side in sides if side]


def position(group: Iterable[Statement]) -> Position:
    """A group with the span of its figures as stated, members in order of their number.

    What is said of a part spans nothing where the whole itself is spoken of: of that it says only how much it is at least. A side of a
    denial may hold figures that lie apart, such as two bounds with nothing between them: these span no range.
    """
    members = tuple(sorted(group, key=attrgetter("id")))
    on_itself = {
        id(figure): figure
        for one in members
        if (figure := one.figure) is not None and (figure.high is None or one.interval is None or one.interval.high is not None)
    }
    figures = (on_itself or {id(one.figure): one.figure for one in members if one.figure is not None}).values()
    closed = [figure for figure in figures if figure.low is not None and figure.high is not None]
    low = min((figure.low for figure in closed or figures if figure.low is not None), default=None)
    high = max((figure.high for figure in closed or figures if figure.high is not None), default=None)
    if low is not None and high is not None and low > high:
        low = high = None
    value = figure_text(next(iter(figures))) if len(figures) == 1 else ends_text(low, high)
    return Position(low, high, value, members)


def gap_between(positions: Sequence[Position]) -> Decimal | None:
    """How many times the nearest end of the highest position is that of the lowest, to two decimals; ``None`` where that means nothing."""
    if len(positions) <= 1:
        return None
    below, above = positions[0].high, positions[-1].low
    if below is None or above is None or below <= 0:
        return None
    ratio = EXACT.divide(above, below).quantize(GAP_DIGITS, context=EXACT)
    return EXACT.add(ratio.normalize(EXACT), Decimal(0))  # without exponent
