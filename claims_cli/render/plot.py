"""Estimates over time, drawn with letters: a mark a claim, legible at 80 columns and in a log file.

A plotting library draws axes of floats; here the marks must tell bounds, ranges and forecasts apart, so the drawing is ours.
"""

from __future__ import annotations

import math
import shutil
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any

from claims_cli.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from typing import TextIO

HEIGHT = 12
WIDEST, NARROWEST = 100, 40
MOST_EXACT = 1000.0  # from here on the axis is told in whole numbers
LOG_FROM = 50  # beyond this ratio small figures would lie on the axis
SEEN, AHEAD = "●■▲◆▼★", "○□△◇▽☆"
SEEN_ASCII, AHEAD_ASCII = "OXAVQS", "oxavqs"
UP, DOWN, BAR = "↑", "↓", "│"


@dataclass(frozen=True, slots=True)
class Point:
    """A figure to draw: its day, its ends (one of them may be ``None``), whose it is, and whether it is a forecast's."""

    day: int
    low: Decimal | None
    high: Decimal | None
    claimant: str
    ahead: bool


@dataclass(frozen=True, slots=True)
class Signs:
    """What to draw with, in Unicode or in ASCII."""

    seen: str
    ahead: str
    up: str
    down: str
    bar: str
    axis: str
    corner: str
    floor: str
    others: str


UNICODE = Signs(SEEN, AHEAD, UP, DOWN, BAR, "┤", "└", "─", "·")
ASCII = Signs(SEEN_ASCII, AHEAD_ASCII, "^", "v", "|", "|", "+", "-", "*")


def points_of(rows: Sequence[Mapping[str, Any]]) -> list[Point]:
    """The rows of a trace that have a day and a figure."""
    return [
        Point(row["day"], row["low"], row["high"], row["claimant"], row["modality"] != "observed")
        for row in rows
        if row["day"] is not None and row["value"] is not None and row["stance"] != "denies"
    ]


def plot_of(rows: Sequence[Mapping[str, Any]], unit: str | None, stream: TextIO) -> str | None:
    """A drawing of a trace; ``None`` with fewer than two figures."""
    points = points_of(rows)
    if len(points) < 2:  # noqa: PLR2004  one point tells no movement
        return None
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
    width = min(WIDEST, max(NARROWEST, shutil.get_terminal_size((80, 24)).columns))
    return drawn(points, unit, UNICODE if encoding.startswith("utf") else ASCII, width)


@dataclass(frozen=True, slots=True)
class Scale:
    """From a number to one of ``steps`` places; ``logarithmic`` where small ones would not be seen otherwise."""

    least: float
    most: float
    steps: int
    logarithmic: bool

    def place(self, value: float) -> int:
        """The place of a number, 0 for the least."""
        low, high, here = (
            (math.log10(one) for one in (self.least, self.most, value)) if self.logarithmic else (self.least, self.most, value)
        )
        return 0 if high == low else round((here - low) / (high - low) * (self.steps - 1))


def scale_of(points: Sequence[Point]) -> Scale:
    """The scale of the figures, from zero on unless they span too much."""
    ends = [float(end) for point in points for end in (point.low, point.high) if end is not None]
    least, most = min(ends), max(ends)
    if least > 0 and most / least > LOG_FROM:
        return Scale(10 ** math.floor(math.log10(least)), 10 ** math.ceil(math.log10(most)), HEIGHT, logarithmic=True)
    highest_open = any(point.high is None and point.low is not None and float(point.low) == most for point in points)
    headroom = 1.1 if highest_open else 1.0  # for the arrow over a lower bound
    return Scale(min(0.0, least), rounded_up(most * headroom), HEIGHT, logarithmic=False)


def labels_of(scale: Scale) -> dict[int, str]:
    """Round numbers for the axis, by place."""
    if scale.logarithmic:
        decades = range(round(math.log10(scale.least)), round(math.log10(scale.most)) + 1)
        values = [10.0**decade for decade in decades]
    else:
        step = rounded_up((scale.most - scale.least) / 4)
        first = math.ceil(scale.least / step) if step else 0
        values = [step * number for number in range(first, first + 6) if step * number <= scale.most] or [scale.least]
    return {scale.place(value): f"{value:,.0f}" if value.is_integer() or value >= MOST_EXACT else f"{value:,.10g}" for value in values}


def rounded_up(value: float) -> float:
    """The next number with one or two plain digits."""
    if value <= 0:
        return 0.0
    unit = 10.0 ** math.floor(math.log10(value))
    return next(step * unit for step in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * unit >= value)


def drawn(points: Sequence[Point], unit: str | None, signs: Signs, width: int) -> str:
    """The drawing: axes, marks, days, and a legend of the marks."""
    scale = scale_of(points)
    labels = labels_of(scale)
    margin = max(map(len, labels.values())) + 1
    inner = width - margin - 3
    days = Scale(min(point.day for point in points), max(point.day for point in points), inner, logarithmic=False)
    grid = [[" "] * (inner + 1) for _ in range(HEIGHT)]
    claimants = list(dict.fromkeys(point.claimant for point in points))
    for point in points:
        sign = sign_of(claimants.index(point.claimant), point, signs)
        mark(grid, point, column=days.place(point.day), scale=scale, sign=sign, signs=signs)
    lines = [f"{safe(unit or '')}{' (logarithmic)' if scale.logarithmic else ''}".rjust(margin)] if unit or scale.logarithmic else []
    lines.extend(f"{labels.get(place, ''):>{margin}} {signs.axis}{''.join(grid[place])}".rstrip() for place in reversed(range(HEIGHT)))
    lines.append(" " * (margin + 1) + signs.corner + signs.floor * (inner + 1))
    lines.append(" " * (margin + 2) + days_told(days, inner))
    lines.extend(legend(points, claimants, signs))
    return "\n".join(lines)


def mark(grid: list[list[str]], point: Point, *, column: int, scale: Scale, sign: str, signs: Signs) -> None:  # noqa: PLR0913  what is drawn, where
    """Draw one figure: its sign at its value, an arrow on the side where it is open, a bar between two ends.

    A mark that would cover another moves right by one.
    """
    ends = [scale.place(float(end)) for end in (point.low, point.high) if end is not None]
    while column < len(grid[0]) - 1 and any(grid[end][column] not in {" ", sign} for end in ends):
        column += 1
    for end in range(min(ends), max(ends) + 1):
        grid[end][column] = signs.bar
    for end in ends:
        grid[end][column] = sign
    if point.high is None and ends[0] + 1 < HEIGHT and grid[ends[0] + 1][column] == " ":
        grid[ends[0] + 1][column] = signs.up
    if point.low is None and ends[0] > 0 and grid[ends[0] - 1][column] == " ":
        grid[ends[0] - 1][column] = signs.down


# Steps between the days under the axis, the shortest first: frequency of dateutil's rrule, and how many of it.
STEPS = (
    ("DAILY", 1),
    ("DAILY", 2),
    ("WEEKLY", 1),
    ("WEEKLY", 2),
    ("MONTHLY", 1),
    ("MONTHLY", 3),
    ("YEARLY", 1),
    ("YEARLY", 5),
    ("YEARLY", 25),
)
TICK = 13  # cells that a day takes under the axis


def ticks_of(first: date, last: date, most: int) -> list[date]:
    """At most so many days at even steps of the calendar: months and years begin with their first day, else steps with the first day."""
    from dateutil import rrule

    begin, end = datetime.combine(first, time()), datetime.combine(last, time())
    for name, interval in STEPS:
        frequency = getattr(rrule, name)
        month = 1 if name == "YEARLY" else None
        day = 1 if name in {"MONTHLY", "YEARLY"} else None
        found = rrule.rrule(frequency, dtstart=begin, until=end, interval=interval, bymonth=month, bymonthday=day)
        ticks = [one.date() for one in islice(found, most + 1)]
        if 1 < len(ticks) <= most:
            return ticks
    return [first, last]


def days_told(days: Scale, inner: int) -> str:
    """A few days under the axis, none over another."""
    line = [" "] * (inner + TICK)
    free = 0
    for tick in ticks_of(date.fromordinal(round(days.least)), date.fromordinal(round(days.most)), max(2, inner // TICK)):
        told = tick.isoformat()
        at = max(0, min(days.place(tick.toordinal()), inner + 1 - len(told)))
        if at >= free:
            line[at : at + len(told)] = told
            free = at + len(told) + 1
    return "".join(line).rstrip()


def sign_of(number: int, point: Point, signs: Signs) -> str:
    """The sign of the claimant of a number; those for whom no sign is left share one."""
    own = signs.ahead if point.ahead else signs.seen
    return own[number] if number < len(own) else signs.others


def legend(points: Sequence[Point], claimants: Sequence[str], signs: Signs) -> list[str]:
    """Whose the marks are; forecasts have hollow ones."""
    lines = []
    for seen, ahead, claimant in zip(signs.seen, signs.ahead, claimants, strict=False):
        kinds = {point.ahead for point in points if point.claimant == claimant}
        told = [seen] if False in kinds else []
        told += [f"{ahead} (forecast)"] if True in kinds else []
        lines.append(f"  {' '.join(told)} {safe(claimant)}")
    if len(claimants) > len(signs.seen):
        lines.append(f"  {signs.others} {len(claimants) - len(signs.seen)} others")
    if any(point.high is None for point in points):
        lines.append(f"  {signs.up} at least so many")
    if any(point.low is None for point in points):
        lines.append(f"  {signs.down} at most so many")
    return lines
