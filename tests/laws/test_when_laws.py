"""What holds for every date, with the ``edtf`` package as a second reader.

Where that package and the standard part, the standard is followed, and these tests leave the package out:

- a winter (24, 28; 30 in the south) is its December alone there; here it runs to the end of February;
- an end that is not known (``2024/``) is ten years away there; here it is as far as an open one;
- ``000X`` begins in the year 0 there; here there is no such year;
- an offset of ``+00:00`` is refused there; the standard writes UTC in either way;
- 29 February is in every year there.

Here, and neither there nor in the standard: a clock without seconds, and a sign on a part of the year (``2024-21~``).
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_cli.core.errors import NotUnderstood
from claims_cli.core.when import PARTS_OF_YEAR, When, parse_when

if TYPE_CHECKING:
    from time import struct_time

SIGNS = ("", "~", "?", "%")
WINTERS = {"24", "28", "30"}
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

signs = st.sampled_from(SIGNS)
years = st.integers(0, 9999).map("{:04}".format)
months = st.integers(0, 13).map("{:02}".format)
days = st.integers(0, 32).map("{:02}".format)
# Dates by their form alone: some have a month 13 or a 30 February, and are refused.
dates = st.one_of(
    years,
    st.builds("{}-{}".format, years, months),
    st.builds("{}-{}-{}".format, years, months, days),
    st.dates().map(date.isoformat),
)
seasons = st.builds("{}-{}".format, years, st.sampled_from(["21", "22", "23", "24"]))
unspecified = st.one_of(
    st.builds(lambda year, told: year[:told].ljust(4, "X"), years, st.integers(1, 3)),
    st.builds("{}-XX".format, years),
    st.builds("{}-XX-XX".format, years),
    st.builds("{}-{}-XX".format, years, months),
)
offsets = st.one_of(
    st.sampled_from(["", "Z", "+14:00", "-00:30"]),
    st.builds("{}{:02}".format, st.sampled_from("+-"), st.integers(1, 13)),
    st.builds("{}{:02}:{:02}".format, st.sampled_from("+-"), st.integers(1, 13), st.integers(0, 59)),
)
moments = st.builds("{}T{:%H:%M:%S}{}".format, st.dates().map(date.isoformat), st.times(), offsets)
ends = st.builds("{}{}".format, st.one_of(dates, seasons), signs)
intervals = st.one_of(
    st.builds("{}/{}".format, ends, ends),
    st.builds("{}/{}".format, ends, st.sampled_from(["", ".."])),
    st.builds("{}/{}".format, st.sampled_from(["", ".."]), ends),
)
levels_0_and_1 = st.one_of(dates, st.builds("{}{}".format, st.one_of(dates, unspecified), signs), seasons, moments, intervals)

signed_months = st.builds("{}{}".format, signs, months)
signed_days = st.builds("{}{}".format, signs, days)
qualified = st.one_of(
    st.builds("{}{}-{}-{}".format, signs, years, signed_months, signed_days),
    st.builds("{}{}-{}-{}".format, years, signs, signed_months, signed_days),
    st.builds("{}-{}{}-{}".format, years, months, signs, days),
)
parts_of_year = st.builds("{}-{}".format, years, st.sampled_from(sorted(PARTS_OF_YEAR)))
masks = st.builds(
    lambda day, hidden: "".join("X" if at in hidden and letter != "-" else letter for at, letter in enumerate(day)),
    st.dates().map(date.isoformat),
    st.sets(st.integers(3, 9)),
)
all_levels = st.one_of(levels_0_and_1, qualified, parts_of_year, masks)
near_misses = st.text("0123456789X-/~?%.T:Z+ xtz\u2013", max_size=24)


def understood(text: str) -> When | None:
    """The date, ``None`` when it is refused."""
    with suppress(NotUnderstood):
        return parse_when(text)
    return None


def told(end: struct_time | float) -> date | None:
    """A day of the second reader; ``None`` for an open end. Years begin with 1: there is no year 0 in a calendar of dates."""
    return None if isinstance(end, float) else date(max(end.tm_year, 1), *end[1:3])


@given(levels_0_and_1)
def test_what_is_accepted_of_levels_0_and_1_is_edtf(text: str) -> None:
    if understood(text) is not None:
        assert edtf.parse_edtf(text, fail_silently=True) is not None


@given(st.one_of(qualified, parts_of_year))
def test_what_is_accepted_of_level_2_is_edtf(text: str) -> None:
    if understood(text) is not None:
        assert edtf.parse_edtf(text, fail_silently=True) is not None


@given(st.one_of(levels_0_and_1, qualified, parts_of_year))
def test_the_days_are_those_of_the_second_reader(text: str) -> None:
    when = understood(text)
    if when is None:
        return
    first, last = (text.split("/") * 2)[:2]
    other = edtf.parse_edtf(text)
    if first != "":
        assert when.earliest == told(other.lower_strict())
    if last != "" and last.rstrip("~?%")[5:] not in WINTERS:
        assert when.latest == told(other.upper_strict())


@given(st.one_of(dates, unspecified), st.sampled_from("~?%"))
def test_the_signs_are_those_of_the_second_reader(text: str, sign: str) -> None:
    when = understood(text + sign)
    if when is None:
        return
    other = edtf.parse_edtf(text + sign)
    both = other.is_uncertain_and_approximate
    assert (when.approximate, when.uncertain) == (other.is_approximate or both, other.is_uncertain or both)


@pytest.mark.parametrize(
    ("text", "latest_there"),
    [("2024-24", date(2024, 12, 31)), ("2024-28", date(2024, 12, 31)), ("2024-30", date(2024, 12, 31)), ("2024/", date(2034, 1, 1))],
)
def test_where_the_second_reader_parts_from_this_one(text: str, latest_there: date) -> None:
    assert told(edtf.parse_edtf(text).upper_strict()) == latest_there
    assert parse_when(text).latest != latest_there


@pytest.mark.parametrize("text", ["2024-10-28T14:00", "2024-10-28T14:00:05+00:00", "2024-21~"])
def test_what_only_this_reader_accepts(text: str) -> None:
    assert edtf.parse_edtf(text, fail_silently=True) is None
    assert parse_when(text).text == text


@pytest.mark.parametrize("text", ["0000", "2023-02-29", "2024-12/2024-10", "../..", "XXXX-07/2024", "2024S2", "Y17000", "[2024]"])
def test_what_only_the_second_reader_accepts_is_refused(text: str) -> None:
    assert understood(text) is None


@given(all_levels, st.sampled_from(["", " ", "\t", "\u200f", "\u061c \u200e"]))
def test_a_date_that_is_written_and_read_is_the_same(text: str, around: str) -> None:
    when = understood(text)
    if when is not None:
        assert when.text == text
        assert parse_when(when.text) == when
        assert parse_when(around + text + around) == when
        assert parse_when(text.translate(ARABIC_DIGITS)) == when


@given(st.one_of(all_levels, near_misses))
def test_no_date_ends_before_it_begins(text: str) -> None:
    when = understood(text)
    if when is not None and when.earliest is not None and when.latest is not None:
        assert when.earliest <= when.latest


@given(st.one_of(all_levels, near_misses))
def test_what_is_refused_is_refused_in_one_line_with_advice(text: str) -> None:
    if understood(text) is None:
        with pytest.raises(NotUnderstood) as error:
            parse_when(text)
        assert error.value.fix
        assert str(error.value).isprintable()


@given(masks)
def test_digits_that_are_not_known_allow_each_day_that_fits(mask: str) -> None:
    when, fits = parse_when(mask), re.compile(mask.replace("X", "[0-9]"))
    first = date(max(1, int(mask[:3]) * 10), 1, 1)
    decade = (first + timedelta(at) for at in range(3653) if first.toordinal() + at <= date.max.toordinal())
    fitting = [day for day in decade if fits.fullmatch(day.isoformat())]
    assert (when.earliest, when.latest) == (fitting[0], fitting[-1])


@given(st.dates(), st.dates())
def test_an_interval_of_two_days_spans_them_in_order_only(one: date, other: date) -> None:
    when = understood(f"{one}/{other}")
    assert (when and (when.earliest, when.latest)) == ((one, other) if one <= other else None)


@given(st.dates())
def test_a_day_is_one_single_day(day: date) -> None:
    when = parse_when(str(day))
    assert (when.earliest, when.latest) == (day, day)
    assert when.earliest_day == when.latest_day == day.toordinal()


@given(
    st.dates(date(1000, 1, 1)),
    st.sampled_from(["%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y %m %d", "%Y\u2013%m\u2013%d", "%Y/%-m/%-d", "%Y - %m - %d"]),
)
def test_a_day_in_another_order_of_signs_is_refused_with_the_day_to_write(day: date, form: str) -> None:
    with pytest.raises(NotUnderstood) as error:
        parse_when(day.strftime(form))
    assert error.value.fix == f"write {day}"


@given(st.dates(date(1000, 1, 1)), st.sampled_from("/.-"))
def test_a_day_before_its_month_is_refused_with_each_day_that_it_can_mean(day: date, between: str) -> None:
    with pytest.raises(NotUnderstood, match="which is the day and which the month") as error:
        parse_when(day.strftime(f"%d{between}%m{between}%Y"))
    assert str(day) in (error.value.fix or "")
