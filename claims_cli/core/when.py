"""Dates as people know them: EDTF (ISO 8601-2:2019, Annex A; Library of Congress, 4 February 2019), and the days that it can mean.

    when      = date | date "T" clock [offset] | end "/" end
    end       = date | ".." | nothing
    date      = component ["-" component ["-" component]]
    component = [sign] digits [sign]        one sign at most; "X" for a digit that is not known
    sign      = "~" | "?" | "%"             approximate, uncertain, both
    clock     = hour ":" minute [":" second]

Read are levels 0 and 1 for the years 1 to 9999, and of level 2 the qualified components, unspecified digits anywhere and parts of the
year. Wider than the standard: a clock without seconds, and a sign on a part of the year. Left out: lists, significant digits, other years.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, time, timedelta, timezone
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from claims_cli.core.errors import NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
FIX = "write a date such as 2024-10-28, 2024-10, 2024, 2024-10-28/2024-11-03 or 2024-10~"
OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
DIRECTION_MARKS = re.compile("[\u200e\u200f\u061c]")
DIGITS = {ord(digit): str(number) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for number, digit in enumerate(row)}
MONTHS = 12
LONGEST_MONTH = 31
UNKNOWN = "XX"
UNKNOWN_YEAR = "XXXX"
LEAP_YEAR = 2000  # stands for a year that is not known: it has every day that any year has
OPEN_ENDS = frozenset({"", ".."})  # not known, and without end
FARTHEST_OFFSET = timedelta(hours=14)  # Kiritimati
MOST_SHOWN = 60  # characters of a text that an error repeats

# Parts of the year: first month, number of months. The standard gives the seasons no months: meteorological ones are
# taken, northern where it names no hemisphere, and a season over the turn of the year belongs to the year in which it begins.
PARTS_OF_YEAR = {
    "21": (3, 3), "22": (6, 3), "23": (9, 3), "24": (12, 3),  # spring, summer, autumn, winter
    "25": (3, 3), "26": (6, 3), "27": (9, 3), "28": (12, 3),  # the same, northern
    "29": (9, 3), "30": (12, 3), "31": (3, 3), "32": (6, 3),  # the same, southern
    "33": (1, 3), "34": (4, 3), "35": (7, 3), "36": (10, 3),  # quarters
    "37": (1, 4), "38": (5, 4), "39": (9, 4),
    "40": (1, 6), "41": (7, 6),
}  # fmt: skip

Span: TypeAlias = "tuple[date | None, date | None]"


@dataclass(frozen=True, slots=True)
class When:
    """A date that may be imprecise.

    ``text`` is EDTF. ``earliest`` and ``latest`` are the first and the last day that it can mean; ``None``: an open or unknown end, and
    both ``None``: a year that is not known. A sign moves neither: how far "about" reaches, the standard does not say. ``approximate`` is
    ``~`` and ``uncertain`` is ``?``, on any part; ``%`` is both. ``at`` is a time of day, with the offset that the text gives;
    ``None``: none is given. The days are those of the text, where its offset counts. Raises NotUnderstood when it ends before it begins.
    """

    text: str
    earliest: date | None
    latest: date | None
    approximate: bool = False
    uncertain: bool = False
    at: time | None = None

    def __post_init__(self) -> None:
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise NotUnderstood(f"{shown(self.text)} ends before it begins", fix="write the earlier date first")

    @property
    def earliest_day(self) -> int | None:
        """The first day as a proleptic Gregorian ordinal."""
        return None if self.earliest is None else self.earliest.toordinal()

    @property
    def latest_day(self) -> int | None:
        """The last day as a proleptic Gregorian ordinal."""
        return None if self.latest is None else self.latest.toordinal()


@lru_cache(maxsize=4096)
def parse_when(text: str) -> When:
    """The date that an EDTF text means. Spaces around it and direction marks are dropped; Arabic and Persian digits become ASCII.

    Raises NotUnderstood with what is wrong and what to write instead.
    """
    if OVERRIDES.search(text):
        raise NotUnderstood("the date hides the order of its digits (bidi override)", fix="type it again")
    plain = DIRECTION_MARKS.sub("", text).strip().translate(DIGITS)
    if not plain:
        raise NotUnderstood("the date is empty", fix=FIX)
    when = read(plain)
    if when is None:
        raise refusal(plain)
    return when


def read(plain: str) -> When | None:
    """The date of a tidy text; ``None`` when it has the form of none. Raises NotUnderstood when the form is right and the date is not."""
    if "/" in plain:
        return interval(plain)
    if "T" in plain:
        return moment(plain)
    return one_date(plain)


def interval(plain: str) -> When | None:
    """``2024-10-28/2024-11-03``; either end may be left open."""
    first_text, _, last_text = plain.partition("/")
    texts = (first_text, last_text)
    if "T" in plain and all(text in OPEN_ENDS or read(text) for text in texts):
        raise NotUnderstood(f"{shown(plain)}: an interval takes no times of day", fix="write its days alone")
    first, last = (None if text in OPEN_ENDS else one_date(text) for text in texts)
    known = [end for end in (first, last) if end is not None]
    if len(known) < sum(text not in OPEN_ENDS for text in texts):
        return None
    if not known:
        raise NotUnderstood(f"{shown(plain)} has no end that is known", fix=FIX)
    if any(end.earliest is None for end in known):
        raise NotUnderstood(f"{shown(plain)}: an end of an interval needs its year", fix="write the year, or .. where the end is open")
    return When(
        plain,
        None if first is None else first.earliest,
        None if last is None else last.latest,
        approximate=any(end.approximate for end in known),
        uncertain=any(end.uncertain for end in known),
    )


COMPONENT = re.compile("([~?%]?)([0-9X]+)([~?%]?)")


def one_date(plain: str) -> When | None:
    """``2024-10-28``, ``2024-10~``, ``2024-~10-28``, ``202X``."""
    parts = [COMPONENT.fullmatch(part) for part in plain.split("-")]
    if any(part is None or (part[1] and part[3]) for part in parts):
        return None
    masks = [part[2] for part in parts if part is not None]
    days = FORMS.get(tuple(map(len, masks)))
    if days is None:
        return None
    earliest, latest = days(*masks)
    both = "%" in plain
    return When(plain, earliest, latest, approximate=both or "~" in plain, uncertain=both or "?" in plain)


def part_of_year(year: str, part: str) -> Span:
    """A month, or a season, quarter, third or half."""
    if part not in PARTS_OF_YEAR:
        return days_of(year, part)
    if "X" in year:
        raise NotUnderstood(f"{shown(f'{year}-{part}')}: a season needs its year", fix="write the year in full, such as 2024-21")
    start, months = PARTS_OF_YEAR[part]
    turns, last = divmod(start + months - 2, MONTHS)
    end = int(year) + turns
    if end > date.max.year:
        raise NotUnderstood(f"{shown(f'{year}-{part}')} ends after the year 9999", fix="write a year from 0001 to 9999")
    return days_of(year, f"{start:02}")[0], days_of(f"{end:04}", f"{last + 1:02}")[1]


def days_of(year: str, month: str = UNKNOWN, day: str = UNKNOWN) -> Span:
    """The first and the last day that fit the digits that are known; no days when nothing of the year is."""
    years = (LEAP_YEAR,) if year == UNKNOWN_YEAR else fitting(year, date.max.year)
    months, days = fitting(month, MONTHS), fitting(day, LONGEST_MONTH)
    earliest = first_day(years, months, days)
    if earliest is None:
        raise impossible(year, month, day)
    if year == UNKNOWN_YEAR:
        return None, None
    return earliest, first_day(years[::-1], months[::-1], days[::-1])


# Digits, form by form: how many each component has, and what days they mean.
FORMS: dict[tuple[int, ...], Callable[..., Span]] = {
    (4,): days_of,
    (4, 2): part_of_year,
    (4, 2, 2): days_of,
}


@lru_cache(maxsize=512)
def fitting(mask: str, highest: int) -> tuple[int, ...]:
    """The numbers from 1 to ``highest`` that fit digits of which some are not known, in order."""
    numbers = (int("".join(digits)) for digits in product(*("0123456789" if digit == "X" else digit for digit in mask)))
    return tuple(number for number in numbers if 1 <= number <= highest)


def first_day(years: Sequence[int], months: Sequence[int], days: Sequence[int]) -> date | None:
    """The first day, in the order given, that the calendar has."""
    found = (date(year, month, day) for year in years for month in months for day in days if day <= monthrange(year, month)[1])
    return next(found, None)


def impossible(year: str, month: str, day: str) -> NotUnderstood:
    """Why no day fits, and what to write."""
    text = shown("-".join([year, month, day] if day != UNKNOWN else [year, month] if month != UNKNOWN else [year]))
    months = fitting(month, MONTHS)
    if year != UNKNOWN_YEAR and not fitting(year, date.max.year):
        return NotUnderstood(f"{text}: there is no year {year}", fix="write a year from 0001 to 9999")
    if not months:
        swaps = day != UNKNOWN and first_day((LEAP_YEAR,), fitting(day, MONTHS), fitting(month, LONGEST_MONTH)) is not None
        fix = f"write {year}-{day}-{month}, the month before the day" if swaps else "write a month from 01 to 12"
        return NotUnderstood(f"{text}: there is no month {month}", fix=fix)
    if len(months) > 1 or not fitting(day, LONGEST_MONTH):
        return NotUnderstood(f"{text}: no month has a day {day}", fix="write a day from 01 to 31")
    name = MONTH_NAMES[months[0] - 1]
    if year == UNKNOWN_YEAR:
        return NotUnderstood(f"{text}: {name} has {monthrange(LEAP_YEAR, months[0])[1]} days at most", fix=FIX)
    if "X" in year:
        return NotUnderstood(f"{text}: {name} has no day {day} in these years", fix=f"write {year}-{month} when the day is not known")
    return NotUnderstood(f"{text}: {name} {int(year)} has {monthrange(int(year), months[0])[1]} days", fix=FIX)


CLOCK = re.compile(r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?(?P<offset>.*)")
OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>[0-9]{2})(?::(?P<minutes>[0-5][0-9]))?")


def moment(plain: str) -> When | None:
    """``2024-10-28T14:00``, ``2024-10-28T14:00:05Z``, ``2024-10-28T14:00+03:00``."""
    day_text, clock_text = plain.split("T", 1)
    match = CLOCK.fullmatch(clock_text.rstrip("~?%"))
    day = one_date(day_text)
    if match is None or day is None:
        return None
    if clock_text[-1] in "~?%" or not re.fullmatch("[0-9-]{10}", day_text):
        raise NotUnderstood(f"{shown(plain)}: only a whole day without ~, ? and % takes a time of day", fix=f"write {day_text} alone")
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    offset = zone(match["offset"])
    if offset is None and match["offset"]:
        return None
    try:
        return When(plain, day.earliest, day.latest, at=time(hour, minute, second, tzinfo=offset))
    except ValueError:
        fix = "write 00:00 of the next day" if clock_text.startswith("24:00") else "write a time from 00:00:00 to 23:59:59"
        raise NotUnderstood(f"{shown(plain)}: there is no such time of day", fix=fix) from None


def zone(offset: str) -> timezone | None:
    """The offset from UTC, at most 14 hours; ``None`` when the text is none. ISO 8601-1 has no negative zero."""
    if offset == "Z":
        return UTC
    match = OFFSET.fullmatch(offset)
    if match is None or offset in {"-00", "-00:00"}:
        return None
    length = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    return None if length > FARTHEST_OFFSET else timezone(-length if match["sign"] == "-" else length)


# Slips that leave no doubt, in the order in which they are mended. What comes out is only offered: nothing is read by guessing.
SLIPS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("[\u2010-\u2015\u2212]", "-"),
        (r"\b([0-9]{4})[/. ]([0-9]{1,2})[/. ]([0-9]{1,2})\b", r"\1-\2-\3"),
        (r"^([0-9]{4})[/.]([0-9]{1,2})$", r"\1-\2"),
        (r"\b([0-9]{4})([0-9]{2})([0-9]{2})\b", r"\1-\2-\3"),
        (r"^([0-9-]{8,10})(?: ?- ?| to )([0-9-]{8,10})$", r"\1/\2"),
        (r" ?([/-]) ?", r"\1"),
        (r"-([0-9])(?![0-9X])", r"-0\1"),
        (r"([0-9])[ t]+([0-9]{1,2}:)", r"\1T\2"),
        (r"T([0-9]):", r"T0\1:"),
        (r"(:[0-9]{2})[.,][0-9]+", r"\1"),
        (r"(:[0-9]{2}) ?(?:z|UTC|GMT)$", r"\1Z"),
        (r"(:[0-9]{2})([+-][0-9]{2})([0-9]{2})$", r"\1\2:\3"),
        ("x", "X"),
        (r"~\?|\?~", "%"),
        (r"([~?%])\1+", r"\1"),
        (r"^(?:c\.|ca\.?|circa|about|around) ?(.+)$", r"\1~"),
    )
)
AMBIGUOUS = re.compile(r"(?P<one>[0-9]{1,2})[-/. ](?P<other>[0-9]{1,2})[-/. ](?P<year>[0-9]{4}|[0-9]{2})")
REASONS = tuple(
    (re.compile(pattern), why, fix)
    for pattern, why, fix in (
        (r"[^\W\d_]{3,}", "words are not read", FIX),
        (r"^[\[{]", "a list of dates is not kept", "write the first and the last with / between them"),
        (r"/[0-9]{1,2}(?:-[0-9]{1,2})?$", "its end has no year", "write both ends in full, such as 2024-10-28/2024-11-03"),
        (r"^[0-9]{1,2}[-/.][0-9]{1,2}$", "it has no year", "write the year first, such as 2024-10-28, or XXXX-10-28 when it is not known"),
        (r"^(?:Y?-?[0-9]{5,}|Y|-[0-9]+)", "years run from 0001 to 9999", "write the year with four digits"),
        (r"^[0-9]{1,3}(?:-|$)", "its year does not have four digits", "write the year first, with four digits, such as 2024-10-28"),
        (r"[~?%][0-9X]+[~?%]", "a sign stands on both sides", "write one sign, after what is approximate or uncertain"),
        (r"T[0-9]{2}:[0-9]{2}.", "there is no such offset from UTC", "write Z, or an offset of at most 14 hours such as +03:00"),
        (r"T", "it has no time of day after the T", "write a time such as 2024-10-28T14:00 or 2024-10-28T14:00:05+03:00"),
    )
)


def refusal(plain: str) -> NotUnderstood:
    """Why a text has the form of no date, and what to write instead."""
    match = AMBIGUOUS.fullmatch(plain)
    if match:
        orders = [f"{match['year']}-{month:0>2}-{day:0>2}" for day, month in (match.group("one", "other"), match.group("other", "one"))]
        meant = " or ".join(dict.fromkeys(filter(readable, orders))) or "year, month and day, such as 2024-10-28"
        return NotUnderstood(f"{shown(plain)} is ambiguous: it leaves open which is the day and which the month", fix=f"write {meant}")
    mended = plain
    if len(plain) <= MOST_SHOWN:
        for slip, instead in SLIPS:
            mended = slip.sub(instead, mended)
    if mended != plain and readable(mended):
        return NotUnderstood(f"{shown(plain)} is not a date of EDTF", fix=f"write {mended}")
    for pattern, why, fix in REASONS:
        if pattern.search(plain):
            return NotUnderstood(f"{shown(plain)} is not a date: {why}", fix=fix)
    return NotUnderstood(f"{shown(plain)} is not a date", fix=FIX)


def readable(plain: str) -> bool:
    """Whether a tidy text is a date."""
    try:
        return read(plain) is not None
    except NotUnderstood:
        return False


def shown(text: str) -> str:
    """A text as an error repeats it: in quotes, on one line, cut when long."""
    return repr(text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…")
