"""Dates as people know them: EDTF text (ISO 8601-2:2019, Library of Congress) with the earliest and latest day that it can mean."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from claims_cli.core.errors import NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Callable

MONTH_NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
FIX = "write a date such as 2024-10-28, 2024-10, 2024, 2024-10-28/2024-11-03 or 2024-10~"
DIRECTION_MARKS = re.compile("[\u200e\u200f\u061c]")
DIGITS = {ord(digit): str(number) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for number, digit in enumerate(row)}
DECEMBER = 12
# Sub-year groupings of ISO 8601-2: first month and number of months. Seasons without a hemisphere are taken for northern ones, winter
# at the end of the year.
SUBYEARS = {
    **{code: (3 * (code - 21) + 3, 3) for code in (21, 22, 23, 24)},
    **{code: (3 * (code - 25) + 3, 3) for code in (25, 26, 27, 28)},
    **{code: (3 * ((code - 29 + 2) % 4) + 3, 3) for code in (29, 30, 31, 32)},
    **{code: (3 * (code - 33) + 1, 3) for code in (33, 34, 35, 36)},
    **{code: (4 * (code - 37) + 1, 4) for code in (37, 38, 39)},
    **{code: (6 * (code - 40) + 1, 6) for code in (40, 41)},
}


@dataclass(frozen=True, slots=True)
class When:
    """A date that may be imprecise.

    ``text`` is EDTF. ``earliest`` and ``latest`` are the first and last day that it can mean; ``None``: an open end, or a year that is not
    known. ``at`` is a time of day; with an offset where the text gives one. ``approximate`` and ``uncertain`` are its ``~`` and ``?``.
    """

    text: str
    earliest: date | None
    latest: date | None
    approximate: bool = False
    uncertain: bool = False
    at: time | None = None

    @property
    def earliest_day(self) -> int | None:
        """The first day as a proleptic Gregorian ordinal."""
        return None if self.earliest is None else self.earliest.toordinal()

    @property
    def latest_day(self) -> int | None:
        """The last day as a proleptic Gregorian ordinal."""
        return None if self.latest is None else self.latest.toordinal()

    @property
    def precise(self) -> bool:
        """Whether it means one single day."""
        return self.earliest is not None and self.earliest == self.latest


def parse_when(text: str) -> When:
    """The date that an EDTF text means. Raises NotUnderstood with what is wrong and what to write."""
    plain = DIRECTION_MARKS.sub("", text).strip().translate(DIGITS)
    if not plain:
        raise NotUnderstood("the date is empty", fix=FIX)
    if plain.count("/") > 1 or re.fullmatch(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}", plain):
        raise NotUnderstood(f"{text!r} leaves open which is the day and which the month", fix=FIX)
    if "/" not in plain:
        return one_date(plain, text)
    first, last = plain.split("/")
    return between(
        plain, text, None if first in {"", ".."} else one_date(first, text), None if last in {"", ".."} else one_date(last, text)
    )


def between(plain: str, text: str, first: When | None, last: When | None) -> When:
    """The interval of two dates; ``None`` is an open end."""
    ends = [end for end in (first, last) if end is not None]
    if not ends:
        raise NotUnderstood(f"{text!r} has no end that is known", fix=FIX)
    earliest = None if first is None else first.earliest
    latest = None if last is None else last.latest
    if earliest is not None and latest is not None and earliest > latest:
        raise NotUnderstood(f"{text!r} ends before it begins", fix="write the earlier date first")
    approximate, uncertain = any(end.approximate for end in ends), any(end.uncertain for end in ends)
    return When(plain, earliest, latest, approximate, uncertain)


def one_date(plain: str, text: str) -> When:
    """A date without an interval."""
    bare = re.sub(r"[~?%]", "", plain)
    misplaced = re.search(r"[~?%](?![-~?%]|\d|X|$)", plain) is not None
    approximate, uncertain = any(sign in plain for sign in "~%"), any(sign in plain for sign in "?%")
    for form, read in FORMS:
        match = form.fullmatch(bare)
        if match and not misplaced:
            earliest, latest, at = read(match, text)
            return When(plain, earliest, latest, approximate, uncertain, at)
    raise NotUnderstood(f"{text!r} is not a date", fix=FIX)


Meaning = tuple[date | None, date | None, time | None]


def year_of(digits: str, text: str) -> int:
    """A year from 1 to 9999."""
    year = int(digits)
    if year == 0:
        raise NotUnderstood(f"{text!r}: there is no year 0", fix="write a year from 0001 to 9999")
    return year


def month_of(digits: str, text: str) -> int:
    """A month from 1 to 12."""
    month = int(digits)
    if not 1 <= month <= DECEMBER:
        raise NotUnderstood(f"{text!r}: there is no month {digits}", fix="write a month from 01 to 12")
    return month


def day_of(year: int, month: int, digits: str, text: str) -> date:
    """A day that its month has."""
    day, last = int(digits), monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NotUnderstood(f"{text!r}: {MONTH_NAMES[month - 1]} {year} has {last} days", fix=FIX)
    return date(year, month, day)


def a_day(match: re.Match[str], text: str) -> Meaning:
    """2024-10-28, with a time of day or without."""
    year = year_of(match["year"], text)
    day = day_of(year, month_of(match["month"], text), match["day"], text)
    if match["time"] is None:
        return day, day, None
    try:
        return day, day, time.fromisoformat(match["time"])
    except ValueError:
        raise NotUnderstood(f"{text!r}: there is no such time of day", fix="write a time such as 14:00 or 14:00:05Z") from None


def a_month(match: re.Match[str], text: str) -> Meaning:
    """2024-10, or a season or quarter such as 2024-33."""
    year, code = year_of(match["year"], text), int(match["month"])
    if code in SUBYEARS:
        start, months = SUBYEARS[code]
        last_year, last_month = divmod(start + months - 2, DECEMBER)
        if year + last_year > date.max.year:
            raise NotUnderstood(f"{text!r} ends after the year 9999", fix=FIX)
        return date(year, start, 1), end_of_month(year + last_year, last_month + 1), None
    month = month_of(match["month"], text)
    return date(year, month, 1), end_of_month(year, month), None


def end_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def years(match: re.Match[str], text: str) -> Meaning:
    """2024, 202X, 20XX, 2XXX; a year that is not known at all has no days."""
    digits = match["year"]
    if digits == "XXXX":
        return None, None, None
    first, last = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    if last == 0:
        raise NotUnderstood(f"{text!r}: there is no year 0", fix="write a year from 0001 to 9999")
    return date(max(first, 1), 1, 1), date(last, DECEMBER, 31), None


def a_month_not_told(match: re.Match[str], text: str) -> Meaning:
    """2024-XX and 2024-XX-XX: some month; 2024-XX-15: that day of some month."""
    year = year_of(match["year"], text)
    if match["day"] in {None, "XX"}:
        return date(year, 1, 1), date(year, DECEMBER, 31), None
    if not 1 <= int(match["day"]) <= 31:  # noqa: PLR2004  days of the longest month
        raise NotUnderstood(f"{text!r}: no month has a day {match['day']}", fix=FIX)
    return date(year, 1, min(int(match["day"]), 31)), date(year, DECEMBER, int(match["day"])), None


def a_day_not_told(match: re.Match[str], text: str) -> Meaning:
    """2024-10-XX: some day of the month."""
    year, month = year_of(match["year"], text), month_of(match["month"], text)
    return date(year, month, 1), end_of_month(year, month), None


def a_year_not_told(match: re.Match[str], text: str) -> Meaning:
    """XXXX-07 and XXXX-07-04: of an unknown year."""
    month = month_of(match["month"], text)
    if match["day"] is not None:
        day_of(2000, month, match["day"], text)  # a leap year: 29 February exists in some years
    return None, None, None


TIME = r"(?:T(?P<time>\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?))?"
FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Meaning]], ...] = (
    (re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}}){TIME}"), a_day),
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})"), a_month),
    (re.compile(r"(?P<year>\d{4}|\d{3}X|\d{2}XX|\dXXX|XXXX)"), years),
    (re.compile(r"(?P<year>\d{4})-XX(?:-(?P<day>\d{2}|XX))?"), a_month_not_told),
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-XX"), a_day_not_told),
    (re.compile(r"XXXX-(?P<month>\d{2})(?:-(?P<day>\d{2}))?"), a_year_not_told),
)
