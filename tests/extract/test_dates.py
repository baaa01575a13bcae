"""Dates: each day is found however it is written, and what is relative is counted from the day of publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_cli.extract.dates import dates_of, published_inferred
from claims_cli.extract.pack import pack_of
from claims_cli.extract.pipeline import Reading

DAY = date(2024, 10, 29)  # a Tuesday
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
MONTHS = {
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    "ar": ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
}
LEVANT = ["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"]
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def found(text: str, language: str, published: date | None = None) -> list[str | None]:
    """The dates of a text, as EDTF."""
    return [mention.when.edtf for mention in Reading(text, language, published).all_dates() if mention.when is not None]


@given(day=DAYS)
def test_a_day_is_found_however_english_writes_it(day: date) -> None:
    month = MONTHS["en"][day.month - 1]
    for written in (
        f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"the {day.day} of {month} {day.year}",
        f"{day.day} {month[:3]} {day.year}", day.isoformat(),
    ):  # fmt: skip
        assert found(f"They met on {written}.", "en") == [day.isoformat()], written


@given(day=DAYS)
def test_a_day_is_found_however_arabic_writes_it(day: date) -> None:
    month, other = MONTHS["ar"][day.month - 1], LEVANT[day.month - 1]
    for written in (
        f"{day.day} {month} {day.year}", f"{day.day} {month}/{other} {day.year}", f"{day.day} {other} ({month}) {day.year}",
        f"{day.day} من شهر {month} عام {day.year}", f"{day.day} {other} {day.year}".translate(EASTERN), f"{day.day}/{day.month}/{day.year}",
    ):  # fmt: skip
        assert found(f"التقيا في {written}.", "ar") == [day.isoformat()], written


@given(day=DAYS, published=DAYS)
def test_a_weekday_is_the_last_one_before_the_publication(day: date, published: date) -> None:
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    back = (published.weekday() - day.weekday()) % 7
    assert found(f"They met on {names[day.weekday()]}.", "en", published) == [(published - timedelta(days=back)).isoformat()]


@pytest.mark.parametrize(
    ("text", "language", "edtf"),
    [
        ("It fell yesterday.", "en", ["2024-10-28"]),
        ("It fell two days ago.", "en", ["2024-10-27"]),
        ("It will open tomorrow.", "en", ["2024-10-30"]),
        ("It fell last week.", "en", ["2024-10-21/2024-10-27"]),
        ("It fell last month.", "en", ["2024-09"]),
        ("It fell this year.", "en", ["2024"]),
        ("It opens next year.", "en", ["2025"]),
        ("It fell in March.", "en", ["2024-03"]),
        ("It fell in December.", "en", ["2023-12"]),
        ("It opens next March.", "en", ["2025-03"]),
        ("In the first half of 2023 it fell.", "en", ["2023-01/2023-06"]),
        ("Early October was dry.", "en", ["2024-10-01~/2024-10-10~"]),
        ("From 3 to 9 May 2024 it rained.", "en", ["2024-05-03/2024-05-09"]),
        ("In May and June 2023 it rained.", "en", ["2023-05", "2023-06"]),
        ("It was built in the 1990s.", "en", ["199X"]),
        ("It happened in 1987.", "en", ["1987"]),
        ("سقط أمس.", "ar", ["2024-10-28"]),
        ("سقط أمس الإثنين.", "ar", ["2024-10-28"]),
        ("سقط قبل يومين.", "ar", ["2024-10-27"]),
        ("يفتح غدا.", "ar", ["2024-10-30"]),
        ("سقط الأسبوع الماضي.", "ar", ["2024-10-21/2024-10-27"]),
        ("سقط الشهر الماضي.", "ar", ["2024-09"]),
        ("سقط هذا العام.", "ar", ["2024"]),
        ("يفتح العام المقبل.", "ar", ["2025"]),
        ("سقط في مارس.", "ar", ["2024-03"]),
        ("سقط في مطلع أكتوبر.", "ar", ["2024-10-01~/2024-10-10~"]),
        ("منذ مطلع عام 2022 وهو يهبط.", "ar", ["2022-01-01~/2022-04-30~"]),
        ("سقط يوم الأربعاء الماضي.", "ar", ["2024-10-23"]),
        ("في السابع من نوفمبر 2023.", "ar", ["2023-11-07"]),
        ("في الفترة من 3 إلى 9 مايو 2024.", "ar", ["2024-05-03/2024-05-09"]),
    ],
)
def test_what_is_relative_is_counted_from_the_publication(text: str, language: str, edtf: list[str]) -> None:
    assert found(text, language, DAY) == edtf


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The 3000 soldiers left.", "en"),
        ("May left the building.", "en"),
        ("He weighed 2024 parcels.", "en"),
        ("غادر 2024 جنديا.", "ar"),
        ("بعد الثاني جاء الثالث.", "ar"),
    ],
)
def test_what_is_no_date_is_not_read_as_one(text: str, language: str) -> None:
    assert found(text, language, DAY) == []


def test_nothing_relative_is_guessed_without_a_publication() -> None:
    assert found("It fell yesterday, last week and on Monday.", "en") == []
    assert found("سقط أمس والأسبوع الماضي ويوم الإثنين.", "ar") == []


def test_a_weekday_that_does_not_fit_its_day_is_warned_of() -> None:
    reading = Reading("They met on Monday, 29 October 2024.", "en", None)
    (sentence,) = reading.sentences()
    warnings = [mention.warning for mention in dates_of(sentence.tokens, pack_of("en"), None)]
    assert any(warnings)


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("اليوم الاثنين 21 أكتوبر 2024 قال الوزير.", "ar", date(2024, 10, 21)),
        ("On Monday, 21 October 2024, the minister spoke.", "en", date(2024, 10, 21)),
        ("In 2024 the minister spoke on Monday.", "en", None),
        ("قال الوزير أمس.", "ar", None),
    ],
)
def test_the_publication_is_inferred_only_from_a_full_date_with_its_weekday(text: str, language: str, day: date | None) -> None:
    reading = Reading(text, language, None)
    assert published_inferred(reading.sentences(), reading.pack) == day
