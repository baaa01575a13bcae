"""Days that the words of a date name: a day, a month, part of one, a week ago. Without a publication day relative ones stay open."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

FIRST_YEAR, LAST_YEAR = 1000, 2199
MONTHS = 12
DAYS_OF_WEEK = 7
HALF_YEAR, QUARTER = 6, 3
LONGEST_MONTH = 31


class Direction(StrEnum):
    """On which side of the publication a date without a year, or a weekday, lies."""

    PAST = "past"
    FUTURE = "future"


class Part(StrEnum):
    """A part of a month or year. Beginning, middle and end are thirds, and approximate."""

    BEGIN = "begin"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day that a date may mean, and its EDTF text; ``None`` where that is not known."""

    earliest: date | None = None
    latest: date | None = None
    edtf: str | None = None


OPEN = Days()


def day(year: int, month: int, number: int) -> Days | None:
    """One day; ``None`` when there is no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= MONTHS or not 1 <= number <= monthrange(year, month)[1]:
        return None
    return single(date(year, month, number))


def single(when: date, *, about: bool = False) -> Days:
    """One day; ``about`` marks it as approximate."""
    return Days(when, when, when.isoformat() + ("~" if about else ""))


def month(year: int, number: int) -> Days:
    """A whole month."""
    return Days(date(year, number, 1), date(year, number, monthrange(year, number)[1]), f"{year:04}-{number:02}")


def year(number: int) -> Days:
    """A whole year."""
    return Days(date(number, 1, 1), date(number, MONTHS, LONGEST_MONTH), f"{number:04}")


def decade(first: int) -> Days:
    """Ten years."""
    return Days(date(first, 1, 1), date(first + 9, MONTHS, LONGEST_MONTH), f"{first // 10:03}X")


def interval(first: date, last: date, *, about: bool = False) -> Days:
    """The days from one to another, both included; ``about`` marks them as approximate."""
    mark = "~" if about else ""
    return Days(first, last, f"{first.isoformat()}{mark}/{last.isoformat()}{mark}")


def joined(first: Days, last: Days) -> Days:
    """From the beginning of one to the end of another; open where either is, or where they are the wrong way round."""
    if first.earliest is None or last.latest is None or first.earliest > last.latest:
        return OPEN
    return Days(first.earliest, last.latest, f"{begin_of(first)}/{end_of(last)}")


def week_before(named: Days) -> Days:
    """The same weekday a week before: on a Tuesday, "between Monday and Wednesday" begins eight days ago."""
    return OPEN if named.earliest is None else single(named.earliest - timedelta(days=7))


def begin_of(named: Days) -> str:
    """The text of where some days begin."""
    return (named.edtf or "").split("/", maxsplit=1)[0].replace("~", "") or str(named.earliest)


def end_of(named: Days) -> str:
    """The text of where some days end."""
    return (named.edtf or "").rsplit("/", maxsplit=1)[-1].replace("~", "") or str(named.latest)


def in_year_unknown(month_number: int, number: int | None) -> Days:
    """A month or day of no year that is known: EDTF writes it with an unspecified year."""
    return Days(edtf=f"XXXX-{month_number:02}" + ("" if number is None else f"-{number:02}"))


def year_near(published: date, month_number: int, number: int | None, direction: Direction) -> int:
    """The year in which a month, or a day of it, lies nearest to the publication on the side that is meant."""
    place = (month_number, number or (published.day if month_number == published.month else 1))
    here = (published.month, published.day)
    if direction is Direction.FUTURE:
        return published.year + (place < here)
    return published.year - (place > here)


def thirds(whole: Days, part: Part) -> Days:
    """A part of a month (to the 10th, to the 20th, from the 21st) or of a year (four months each), approximate."""
    if whole.earliest is None or whole.latest is None:
        return OPEN
    first, last = whole.earliest, whole.latest
    if last.year > first.year:
        years = {Part.BEGIN: (0, 3), Part.MIDDLE: (3, 6), Part.END: (6, 9)}[part]
        return interval(date(first.year + years[0], 1, 1), date(first.year + years[1], MONTHS, LONGEST_MONTH), about=True)
    if (last - first).days >= 2 * LONGEST_MONTH:
        bounds = {Part.BEGIN: (1, 4), Part.MIDDLE: (5, 8), Part.END: (9, 12)}[part]
        return interval(date(first.year, bounds[0], 1), month(first.year, bounds[1]).latest or last, about=True)
    if part is Part.END:
        return interval(first.replace(day=21), last, about=True)
    bounds = {Part.BEGIN: (1, 10), Part.MIDDLE: (11, 20)}[part]
    return interval(first.replace(day=bounds[0]), first.replace(day=bounds[1]), about=True)


def months_of(number: int, begin: int, count: int) -> Days:
    """Some months of a year from the month ``begin`` on, as of a half, a quarter, or "the first five months"."""
    last = month(number, min(MONTHS, begin + count - 1))
    return Days(date(number, begin, 1), last.latest, f"{number:04}-{begin:02}/{last.edtf}")


def shifted(published: date | None, count: int, unit: str, *, about: bool = False) -> Days:
    """So many units after the publication (before it: a negative count): the day, the day about which, the month, or the year."""
    if published is None:
        return OPEN
    try:
        if unit in {"day", "week"}:
            return single(published + timedelta(**{f"{unit}s": count}), about=about or unit == "week")
        there = published + relativedelta(**{f"{unit}s": count})  # type: ignore[arg-type]  # the units are its keywords
    except (OverflowError, ValueError):
        return OPEN
    return month(there.year, there.month) if unit == "month" else year(there.year)


def since_then(published: date | None, count: int, unit: str) -> Days:
    """The last so many units up to the publication: "the past three days"."""
    if published is None:
        return OPEN
    steps = {"hour": timedelta(hours=count), "day": timedelta(days=count), "week": timedelta(weeks=count)}
    try:
        first = published - steps[unit] if unit in steps else published - relativedelta(**{f"{unit}s": count})  # type: ignore[arg-type]
    except (OverflowError, ValueError):
        return OPEN
    return interval(first, published)


def around(published: date | None, unit: str, step: int) -> Days:
    """The unit in which the publication lies, or one before (-1) or after it (1): "this week", "last year"."""
    if published is None:
        return OPEN
    if unit == "year":
        return year(published.year + step)
    if unit == "month":
        there = published + relativedelta(months=step)
        return month(there.year, there.month)
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
        return interval(monday, monday + timedelta(days=DAYS_OF_WEEK - 1))
    return single(published + timedelta(days=step))


def weekday(published: date | None, number: int, direction: Direction, *, today: bool) -> Days:
    """The nearest such weekday (1: Monday) on the side that is meant; ``today`` tells whether the day of publication itself may be it."""
    if published is None:
        return OPEN
    if direction is Direction.PAST:
        back = (published.isoweekday() - number) % DAYS_OF_WEEK
        return single(published - timedelta(days=back or (0 if today else DAYS_OF_WEEK)))
    ahead = (number - published.isoweekday()) % DAYS_OF_WEEK
    return single(published + timedelta(days=ahead or DAYS_OF_WEEK))
