"""Cues: what a quote says that speaks for or against a mistake, in each language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from claims_cli.core.repair import Words
from claims_cli.core.ruling import Cause
from claims_cli.extract.cues import words_in

PUBLISHED = date(2024, 10, 25)


def test_an_english_quote_tells_its_cues() -> None:
    found = words_in("At least 40 soldiers, 12 of them in Boston, will leave on Monday, 28 October.", "en", PUBLISHED)
    assert (found.hedges, found.parts, found.places) == (("At least",), ("of them",), ("Boston",))
    assert found.forecasts == ("will",)
    assert found.figures == (Decimal(40), Decimal(12))
    assert found.days == {date(2024, 10, 28).toordinal(): "Monday, 28 October"}


def test_an_arabic_quote_tells_its_cues() -> None:
    found = words_in("سيصل نحو 40 جندياً، من بينهم 12 ضابطاً، يوم الاثنين 28 أكتوبر.", "ar", PUBLISHED)
    assert (found.hedges, found.parts, found.forecasts) == (("نحو",), ("من بينهم",), ("سيصل",))
    assert found.figures == (Decimal(40), Decimal(12))
    assert list(found.days) == [date(2024, 10, 28).toordinal()]


def test_a_quote_in_a_language_without_a_pack_tells_nothing() -> None:
    assert words_in("Десять человек ушли.", None, None) == Words()


def test_a_quote_in_another_language_that_is_named_tells_nothing() -> None:
    assert words_in("Vingt soldats", "fr", None) == Words()


def test_english_words_tell_why_a_count_went_down() -> None:
    found = words_in("The ministry revised the toll to 1,200: 42 names were duplicates and 3 were double-counted.", "en", PUBLISHED)
    assert found.causes == {Cause.CORRECTION: ("revised",), Cause.DEDUPLICATION: ("duplicates", "double-counted")}
    other = words_in("The count no longer includes the missing; 12 deaths were reclassified.", None, PUBLISHED)
    assert other.causes == {Cause.SCOPE_CHANGE: ("no longer includes",), Cause.RECLASSIFICATION: ("reclassified",)}


def test_arabic_words_tell_why_a_count_went_down() -> None:
    found = words_in("خفضت الوزارة الحصيلة إلى 1200 بعد حذف أسماء مكررة وتصحيح خطأ في العد.", "ar", PUBLISHED)
    assert found.causes == {Cause.DEDUPLICATION: ("مكررة",), Cause.CORRECTION: ("وتصحيح", "خطأ في العد")}
    other = words_in("الحصيلة لا تشمل المفقودين، وأعيد تصنيف 12 وفاة.", None, PUBLISHED)
    assert other.causes == {Cause.SCOPE_CHANGE: ("لا تشمل",), Cause.RECLASSIFICATION: ("وأعيد تصنيف",)}


def test_words_of_another_matter_tell_no_cause() -> None:
    assert words_in("At least 40 people were killed in the storm, the ministry said.", "en", PUBLISHED).causes == {}
