"""Positions: the smallest number of groups of claims such that all in a group agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from claims_cli.core.claim import Stance
from claims_cli.core.statement import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims_cli.core.statement import Statement

GAP_DIGITS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Position:
    """Claims that all agree with one another.

    ``low`` and ``high`` span their figures as stated, those with two ends where there are any; ``None``: open, or no figures.
    """

    low: Decimal | None
    high: Decimal | None
    members: tuple[Statement, ...]

    @property
    def origins(self) -> int:
        """How many independent origins it has: reports of one account count once."""
        return len({one.origin for one in self.members})


def positions_of(members: Sequence[Statement]) -> list[Position]:
    """Positions among figures, lowest first.

    Greedy stabbing by the smallest high end gives the fewest groups that share a point, and intervals on a line that agree two by two
    share one (Helly's theorem in one dimension).
    """
    groups: list[list[Statement]] = []
    point = None
    for one in sorted(members, key=lambda member: (bounds(member)[1], bounds(member)[0], member.id)):
        low, high = bounds(one)
        if point is None or low > point:
            groups.append([])
            point = high
        groups[-1].append(one)
    return [position(group) for group in groups]


def camps_of(members: Sequence[Statement]) -> list[Position]:
    """Positions where some deny what others assert: the assertions, then the denials."""
    sides = ([one for one in members if one.stance is stance] for stance in (Stance.ASSERTS, Stance.DENIES))
    return [position(side) for side in sides if side]


def position(group: Iterable[Statement]) -> Position:
    """A group with the span of its figures as stated, members in order of their number."""
    members = tuple(sorted(group, key=lambda one: one.id))
    figures = [one.figure for one in members if one.figure is not None]
    closed = [figure for figure in figures if figure.low is not None and figure.high is not None]
    lows = [figure.low for figure in closed or figures if figure.low is not None]
    highs = [figure.high for figure in closed or figures if figure.high is not None]
    low, high = min(lows, default=None), max(highs, default=None)
    return Position(low, high, members)


def gap_between(positions: Sequence[Position]) -> Decimal | None:
    """How many times the nearest end of the highest position is that of the lowest, to two decimals; ``None`` where that means nothing."""
    if len(positions) <= 1:
        return None
    below, above = positions[0].high, positions[-1].low
    if below is None or above is None or below <= 0:
        return None
    with localcontext() as exact:
        exact.prec = 60
        return (above / below).quantize(GAP_DIGITS).normalize() + 0
