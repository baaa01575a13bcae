"""Dates: which days an EDTF text can mean, and what is refused, why, and with which advice."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta, timezone

import pytest

from claims_cli.core.errors import NotUnderstood
from claims_cli.core.when import When, parse_when

YEAR = ("2024-01-01", "2024-12-31")
OCTOBER = ("2024-10-01", "2024-10-31")
THE_28TH = ("2024-10-28", "2024-10-28")
MEANT = {
    # level 0
    "2024": YEAR,
    "2024-10": OCTOBER,
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2023-02": ("2023-02-01", "2023-02-28"),
    "2024-10-28": THE_28TH,
    "0001": ("0001-01-01", "0001-12-31"),
    "9999-12-31": ("9999-12-31", "9999-12-31"),
    "2024-10-28T14:00": THE_28TH,
    "2024-10-28T14:00:05": THE_28TH,
    "2024-10-28T00:30:00+03:00": THE_28TH,
    "2024-10-01/2024-10-27": ("2024-10-01", "2024-10-27"),
    "2024-08/2024-09": ("2024-08-01", "2024-09-30"),
    "2024/2024-03": ("2024-01-01", "2024-03-31"),
    "2024-10-28/2024-10": ("2024-10-28", "2024-10-31"),
    # level 1
    "2024~": YEAR,
    "2024-10?": OCTOBER,
    "2024-10-28%": THE_28TH,
    "2024-11-07/2024-11-10~": ("2024-11-07", "2024-11-10"),
    "2024-10/..": ("2024-10-01", None),
    "../2024": (None, "2024-12-31"),
    "2024-10-28/": ("2024-10-28", None),
    "/2024-10": (None, "2024-10-31"),
    "2024~/..": ("2024-01-01", None),
    "202X": ("2020-01-01", "2029-12-31"),
    "20XX": ("2000-01-01", "2099-12-31"),
    "000X": ("0001-01-01", "0009-12-31"),
    "2024-XX": YEAR,
    "2024-XX-XX": YEAR,
    "2024-10-XX": OCTOBER,
    "2024-21": ("2024-03-01", "2024-05-31"),
    "2024-22": ("2024-06-01", "2024-08-31"),
    "2024-23": ("2024-09-01", "2024-11-30"),
    "2024-24": ("2024-12-01", "2025-02-28"),
    # level 2
    "2024-~10": OCTOBER,
    "2024~-10-28": THE_28TH,
    "?2024-10-~28": THE_28TH,
    "2024-1X": ("2024-10-01", "2024-12-31"),
    "2024-10-2X": ("2024-10-20", "2024-10-29"),
    "2024-XX-31": ("2024-01-31", "2024-12-31"),
    "202X-02-29": ("2020-02-29", "2028-02-29"),
    "2X24": ("2024-01-01", "2924-12-31"),
    "XXXX-07": (None, None),
    "XXXX-02-29": (None, None),
    "XXXX": (None, None),
    "2024-28": ("2024-12-01", "2025-02-28"),
    "2024-30": ("2024-12-01", "2025-02-28"),
    "2024-32": ("2024-06-01", "2024-08-31"),
    "2024-33": ("2024-01-01", "2024-03-31"),
    "2024-36": ("2024-10-01", "2024-12-31"),
    "2024-38": ("2024-05-01", "2024-08-31"),
    "2024-40": ("2024-01-01", "2024-06-30"),
    "2024-41": ("2024-07-01", "2024-12-31"),
}

WRITE_LIKE_THIS = "write a date such as 2024-10-28"
REFUSED = {
    "": ("the date is empty", WRITE_LIKE_THIS),
    " \u200f ": ("the date is empty", WRITE_LIKE_THIS),
    # days that no calendar has
    "2024-02-30": ("'2024-02-30': February 2024 has 29 days", WRITE_LIKE_THIS),
    "2023-02-29": ("'2023-02-29': February 2023 has 28 days", WRITE_LIKE_THIS),
    "2024-02-30T14:00": ("'2024-02-30': February 2024 has 29 days", WRITE_LIKE_THIS),
    "2024-01/2024-02-30": ("'2024-02-30': February 2024 has 29 days", WRITE_LIKE_THIS),
    "XXXX-02-30": ("'XXXX-02-30': February has 29 days at most", WRITE_LIKE_THIS),
    "202X-04-31": ("'202X-04-31': April has no day 31 in these years", "write 202X-04 when the day is not known"),
    "2XX1-02-29": ("'2XX1-02-29': February has no day 29 in these years", "write 2XX1-02 when the day is not known"),
    "2024-10-32": ("'2024-10-32': no month has a day 32", "write a day from 01 to 31"),
    "2024-XX-00": ("'2024-XX-00': no month has a day 00", "write a day from 01 to 31"),
    "2024-13": ("'2024-13': there is no month 13", "write a month from 01 to 12"),
    "2024-00": ("'2024-00': there is no month 00", "write a month from 01 to 12"),
    "2024-28-10": ("'2024-28-10': there is no month 28", "write 2024-10-28, the month before the day"),
    "2024-13-13": ("'2024-13-13': there is no month 13", "write a month from 01 to 12"),
    "2024-00-00": ("'2024-00-00': there is no month 00", "write a month from 01 to 12"),
    "0000": ("'0000': there is no year 0000", "write a year from 0001 to 9999"),
    "10000": ("'10000' is not a date: years run from 0001 to 9999", "write the year with four digits"),
    "-0044": ("'-0044' is not a date: years run from 0001 to 9999", "write the year with four digits"),
    "Y17000": ("'Y17000' is not a date: years run from 0001 to 9999", "write the year with four digits"),
    "9999-24": ("'9999-24' ends after the year 9999", "write a year from 0001 to 9999"),
    "202X-21": ("'202X-21': a season needs its year", "write the year in full, such as 2024-21"),
    # intervals
    "2024-11-10/2024-11-07": ("'2024-11-10/2024-11-07' ends before it begins", "write the earlier date first"),
    "2024-12/2024-10": ("'2024-12/2024-10' ends before it begins", "write the earlier date first"),
    "../..": ("'../..' has no end that is known", WRITE_LIKE_THIS),
    "/": ("'/' has no end that is known", WRITE_LIKE_THIS),
    "XXXX-07/2024": ("'XXXX-07/2024': an end of an interval needs its year", "write the year, or .. where the end is open"),
    "2024-10-28T14:00/..": ("'2024-10-28T14:00/..': an interval takes no times of day", "write its days alone"),
    "2024-10-28/11-03": ("'2024-10-28/11-03' is not a date: its end has no year", "write both ends in full, such as 2024-10-28/2024-11-03"),
    "2024/2025/2026": ("'2024/2025/2026' is not a date", WRITE_LIKE_THIS),
    # times of day
    "2024-10-28T25:00": ("'2024-10-28T25:00': there is no such time of day", "write a time from 00:00:00 to 23:59:59"),
    "2024-10-28T14:00:60": ("'2024-10-28T14:00:60': there is no such time of day", "write a time from 00:00:00 to 23:59:59"),
    "2024-10-28T24:00": ("'2024-10-28T24:00': there is no such time of day", "write 00:00 of the next day"),
    "2024-10-28T14:00~": ("'2024-10-28T14:00~': only a whole day without ~, ? and % takes a time of day", "write 2024-10-28 alone"),
    "2024-10T14:00": ("'2024-10T14:00': only a whole day without ~, ? and % takes a time of day", "write 2024-10 alone"),
    "2024-10-28T14:00+15:00": (
        "'2024-10-28T14:00+15:00' is not a date: there is no such offset from UTC",
        "write Z, or an offset of at most 14 hours such as +03:00",
    ),
    "2024-10-28T": (
        "'2024-10-28T' is not a date: it has no time of day after the T",
        "write a time such as 2024-10-28T14:00 or 2024-10-28T14:00:05+03:00",
    ),
    # day and month
    "28/10/2024": ("'28/10/2024' is ambiguous: it leaves open which is the day and which the month", "write 2024-10-28"),
    "03.04.2024": ("'03.04.2024' is ambiguous: it leaves open which is the day and which the month", "write 2024-04-03 or 2024-03-04"),
    "٢٨/١٠/٢٠٢٤": ("'28/10/2024' is ambiguous: it leaves open which is the day and which the month", "write 2024-10-28"),
    "28/10/24": (
        "'28/10/24' is ambiguous: it leaves open which is the day and which the month",
        "write year, month and day, such as 2024-10-28",
    ),
    "10-28": ("'10-28' is not a date: it has no year", "write the year first, such as 2024-10-28, or XXXX-10-28 when it is not known"),
    # words
    "yesterday": ("'yesterday' is not a date: words are not read", WRITE_LIKE_THIS),
    "أمس": ("'أمس' is not a date: words are not read", WRITE_LIKE_THIS),
    "28 Oct 2024": ("'28 Oct 2024' is not a date: words are not read", WRITE_LIKE_THIS),
    # slips without a doubt
    "2024-1-5": ("'2024-1-5' is not a date of EDTF", "write 2024-01-05"),
    "2024/10/28": ("'2024/10/28' is not a date of EDTF", "write 2024-10-28"),
    "2024/10": ("'2024/10' is not a date of EDTF", "write 2024-10"),
    "20241028": ("'20241028' is not a date of EDTF", "write 2024-10-28"),
    "2024\u201310\u201328": ("'2024\u201310\u201328' is not a date of EDTF", "write 2024-10-28"),
    "2024-10-28 - 2024-11-03": ("'2024-10-28 - 2024-11-03' is not a date of EDTF", "write 2024-10-28/2024-11-03"),
    "2024-10-28 9:30": ("'2024-10-28 9:30' is not a date of EDTF", "write 2024-10-28T09:30"),
    "2024-10-28T14:00:05.250z": ("'2024-10-28T14:00:05.250z' is not a date of EDTF", "write 2024-10-28T14:00:05Z"),
    "2024-10-28T14:00+0300": ("'2024-10-28T14:00+0300' is not a date of EDTF", "write 2024-10-28T14:00+03:00"),
    "2024?~": ("'2024?~' is not a date of EDTF", "write 2024%"),
    "c. 2024": ("'c. 2024' is not a date of EDTF", "write 2024~"),
    "202x": ("'202x' is not a date of EDTF", "write 202X"),
    # the rest
    "2024-~10~": (
        "'2024-~10~' is not a date: a sign stands on both sides",
        "write one sign, after what is approximate or uncertain",
    ),
    "[2024,2025]": ("'[2024,2025]' is not a date: a list of dates is not kept", "write the first and the last with / between them"),
    "(2024)": ("'(2024)' is not a date", WRITE_LIKE_THIS),
    "2024-10-28\n2024": ("'2024-10-28\\n2024' is not a date", WRITE_LIKE_THIS),
    "\uff12\uff10\uff12\uff14": ("'\uff12\uff10\uff12\uff14' is not a date", WRITE_LIKE_THIS),
    "2024-10-28\u202e": ("the date hides the order of its digits (bidi override)", "type it again"),
    "7" * 100_000: (f"'{'7' * 60}…' is not a date: years run from 0001 to 9999", "write the year with four digits"),
}


@pytest.mark.parametrize(("text", "days"), MEANT.items())
def test_a_text_means_its_first_and_its_last_day(text: str, days: tuple[str | None, str | None]) -> None:
    when = parse_when(text)
    assert (when.earliest and when.earliest.isoformat(), when.latest and when.latest.isoformat()) == days
    assert when.text == text


@pytest.mark.parametrize(("text", "reason", "fix"), [(text, *told) for text, told in REFUSED.items()], ids=lambda value: value[:24])
def test_what_is_no_date_is_refused_with_the_reason_and_what_to_write(text: str, reason: str, fix: str) -> None:
    with pytest.raises(NotUnderstood) as error:
        parse_when(text)
    assert error.value.what == reason
    assert (error.value.fix or "").startswith(fix)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", [" 2024-10-28\n", "\u200f2024-10-28\u200e", "٢٠٢٤-١٠-٢٨", "۲۰۲۴-\u061c۱۰-۲۸", "\u00a02024-10-28"])
def test_spaces_direction_marks_and_the_script_of_digits_change_nothing(text: str) -> None:
    assert parse_when(text) == parse_when("2024-10-28")


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2024-10-28", False, False),
        ("2024~", True, False),
        ("2024?", False, True),
        ("2024%", True, True),
        ("2024-~10-28", True, False),
        ("?2024-10-~28", True, True),
        ("2024-11-07/2024-11-10~", True, False),
        ("2024-11-07?/2024-11-10~", True, True),
        ("../2024?", False, True),
    ],
)
def test_signs_are_told_wherever_they_stand(text: str, *, approximate: bool, uncertain: bool) -> None:
    when = parse_when(text)
    assert (when.approximate, when.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2024-10-28", None),
        ("2024-10-28T14:00", time(14)),
        ("2024-10-28T14:00:05", time(14, 0, 5)),
        ("2024-10-28T14:00Z", time(14, tzinfo=UTC)),
        ("2024-10-28T14:00:05+03:00", time(14, 0, 5, tzinfo=timezone(timedelta(hours=3)))),
        ("2024-10-28T14:00-03", time(14, tzinfo=timezone(timedelta(hours=-3)))),
        ("2024-10-28T14:00+05:45", time(14, tzinfo=timezone(timedelta(hours=5, minutes=45)))),
    ],
)
def test_a_time_of_day_keeps_its_offset(text: str, at: time | None) -> None:
    when = parse_when(text)
    assert when.at == at
    assert (when.at and when.at.utcoffset()) == (at and at.utcoffset())


def test_days_are_proleptic_gregorian_ordinals() -> None:
    when = parse_when("2024-10/..")
    assert (when.earliest_day, when.latest_day) == (date(2024, 10, 1).toordinal(), None)


def test_a_date_that_ends_before_it_begins_cannot_be_built() -> None:
    with pytest.raises(NotUnderstood, match="ends before it begins"):
        When("2024", date(2024, 12, 31), date(2024, 1, 1))
