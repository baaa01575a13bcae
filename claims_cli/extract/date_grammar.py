"""The grammar of dates: each rule reads the words of one form of date from a place on, and says which days they name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from claims_cli.extract import days
from claims_cli.extract.date_units import UnitRules
from claims_cli.extract.date_words import COMMAS, DASHES, POINT, WITHIN, YEAR_DIGITS, Found
from claims_cli.extract.days import Days, Direction, Part
from claims_cli.extract.lexicon import HIDDEN
from claims_cli.extract.text import NUMBER_KIND, WORD_KIND

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EVIDENCE_OF_YEAR = frozenset({"in", "since", "until", "by", "between", "begin", "middle", "end", "half", "quarter", "last", "before", "to"})
BOUNDS = frozenset({"before", "by", "until"})
EVIDENCE_OF_MONTH = EVIDENCE_OF_YEAR | {"of", "unit month", "next", "this"}
WHOLE_DATE = re.compile(r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{1,4})")
SHORT_YEAR = 2  # digits: "25/10/24"
YEARS_AHEAD = 10
UNDATED = 2020
DATE_TOKENS = 5  # "14", "/", "10", "/", "2024"
OPENING, CLOSING = frozenset("("), frozenset(")")


class DateGrammar(UnitRules):
    """The dates of one sentence."""

    def found_at(self, at: int) -> Found | None:
        """The date, duration or age that begins at a token; ``None`` when there is none."""
        token = self.tokens[at]
        if token.kind == NUMBER_KIND:
            return self.first_of(at, NUMBER_RULES)
        if token.kind != WORD_KIND:
            return None
        if at not in self.kinds and at not in self.months and at not in self.weekdays and not self.may_count(at):
            return None
        return self.first_of(at, WORD_RULES)

    def first_of(self, at: int, rules: Sequence[Callable[[DateGrammar, int], Found | None]]) -> Found | None:
        """What the first rule that fits finds."""
        for rule in rules:
            found = rule(self, at)
            if found is not None:
                return found
        return None

    def century_of(self, short: int) -> int:
        """The year that two digits stand for: the last such year that is at most ten years after the publication, or after 2020."""
        latest = (self.published.year if self.published else UNDATED) + YEARS_AHEAD
        return latest - (latest - short) % 100

    def numeric(self, at: int) -> Found | None:
        """Digits alone: 2024-10-29, 29/10/2024, 29.10.2024; the day comes first unless it cannot."""
        last = at
        while last + 1 < min(len(self.tokens), at + DATE_TOKENS) and self.tokens[last].glued_to(self.tokens[last + 1]):
            last += 1
        text = "".join(fold_digits(token.text) for token in self.tokens[at : last + 1])
        match = WHOLE_DATE.match(text)
        if match is None or text[match.end() : match.end() + 1].isdigit():
            return None
        while sum(len(fold_digits(token.text)) for token in self.tokens[at : last + 1]) > match.end():
            last -= 1
        first, second, third = (int(match[name]) for name in "abc")
        if len(match["a"]) == YEAR_DIGITS:
            named = days.day(first, second, third)
        elif len(match["c"]) == YEAR_DIGITS:
            named = days.day(third, second, first) or days.day(third, first, second)
        elif {"/"} == set(re.sub(r"\d", "", match[0])) and len(match["a"]) < YEAR_DIGITS - 1 and len(match["c"]) == SHORT_YEAR:
            year = self.century_of(third)
            named = days.day(year, second, first) or days.day(year, first, second)
        else:
            return None
        if named is None:
            return None
        return Found(at, last, named, ("digits",), year=None if named.earliest is None else named.earliest.year)

    def day_and_month(self, at: int) -> Found | None:
        """As in "8 January 2024", "السابع من نوفمبر", "3-7 May"."""
        begin = self.day_number(at)
        if begin is None:
            return None
        after, number = begin
        until = self.last_of_days(after)
        if until is not None:
            after = until[0]
        place = self.past(after, "of", "unit month", "article word")
        found = self.month_name(place)
        if found is None:
            return None
        end, year = self.year_after(found[0])
        direction = self.direction(at)
        named = self.in_month(found[1], number, year, direction)
        if named is None:
            return None
        if until is not None:
            last = self.in_month(found[1], until[1], year, direction)
            named = named if last is None else days.joined(named, last)
        sense = POINT if until is None else WITHIN
        return Found(at, end - 1, named, ("day and month",), sense, year, found[1], None if until else number)

    def last_of_days(self, at: int) -> tuple[int, int] | None:
        """The last day of "3-7 May", "3 إلى 7 مايو", and the place after it."""
        if not (self.is_sign(at, DASHES) or self.kind_at(at) == "to"):
            return None
        return self.day_number(at + 1)

    def month_and_day(self, at: int) -> Found | None:
        """As in "January 8, 2024", "March 3-7", in languages that write so."""
        found = self.month_name(at) if self.pack.source.dates.month_before_day else None
        if found is None or not self.tokens[at].text[:1].isupper():
            return None
        place = self.past(found[0], "article word")
        begin = self.day_number(place)
        if begin is None or self.counts_something(begin[0]):
            return None
        until = self.day_number(begin[0] + 1) if self.is_sign(begin[0], DASHES) else None
        end, year = self.year_after(begin[0] if until is None else until[0])
        direction = self.direction(at)
        named = self.in_month(found[1], begin[1], year, direction)
        if named is None:
            return None
        if until is not None:
            named = days.joined(named, self.in_month(found[1], until[1], year, direction) or named)
        return Found(at, end - 1, named, ("month and day",), POINT if until is None else WITHIN, year, found[1], begin[1])

    def counts_something(self, at: int) -> bool:
        """Whether a unit stands at a place, so that the number before it counts: "In October 12 people"."""
        return at < len(self.tokens) and self.tokens[at].kind == WORD_KIND and self.pack.units.at(self.tokens, at) is not None

    def month_alone(self, at: int) -> Found | None:
        """A month, with its year where it has one: "يونيو (حزيران) 2024", "last May", "أكتوبر الماضي"."""
        before = self.turned(at)
        place = at if before is None else before[0]
        found = self.month_name(place)
        if found is None:
            return None
        end, year = self.year_after(found[0])
        behind = None if year is not None else self.turned(end)
        if behind is not None:
            end = behind[0]
        turn = (before or behind or (0, ""))[1]
        if not self.is_month(place, certain=year is not None or turn != "" or found[0] - place > 1):
            return None
        direction = Direction.FUTURE if turn == "next" else Direction.PAST if turn in {"last", "this"} else self.direction(at)
        named = self.in_month(found[1], None, year, direction)
        return None if named is None else Found(at, end - 1, named, ("month",), year=year, month=found[1])

    def is_month(self, at: int, *, certain: bool) -> bool:
        """Whether a word is the name of a month here, where it may be another word."""
        token = self.tokens[at]
        if not token.word.has("doubtful month"):
            return True
        if token.text.isascii() and not token.text[:1].isupper():
            return False
        return certain or self.kind_before(at) in EVIDENCE_OF_MONTH or self.kind_before_month(at)

    def kind_before_month(self, at: int) -> bool:
        """Whether a month, or the word "month", stands right before another: "شهري يوليو وآب"."""
        ending = self.ending.get(at)
        return (ending is not None and ending[1] == "unit month") or (at - 1 in self.months and self.reader.bears_join(at))

    def part_of(self, at: int) -> Found | None:
        """As in "early October", "مطلع أكتوبر", "the end of 2024", "late last year"."""
        kind = self.kind_at(at)
        if kind not in set(Part):
            return None
        place = self.after(at)
        if self.is_sign(place, DASHES):
            place += 1
        place = self.past(place, "of", "article word")
        whole = self.month_alone(self.past(place, "unit month")) or self.year_alone(place, certain=True) or self.unit_turned(place)
        if whole is None and kind == Part.END:
            return self.bound_of(at, place)
        if whole is None or whole.last < place or whole.days.edtf is None or self.unit_at(place) in {"week", "day"}:
            return None
        return replace(whole, first=at, days=days.thirds(whole.days, Part(kind)), rules=(f"{kind} of",), month=None)

    def bound_of(self, at: int, place: int) -> Found | None:
        """As in "before the end of the year", "قبل نهاية الشهر": the last day of the unit in which the text came out.

        A year that the sentence has named before is the one that is meant: "said in May 2023 that … before the end of the year".
        """
        unit = self.named_at(place, "unit ")
        if unit not in {"year", "month"} or self.kind_before(at) not in BOUNDS:
            return None
        year = self.year_named_before(at) if unit == "year" else None
        last = (days.around(self.published, unit, 0) if year is None else days.year(year)).latest
        return Found(at, self.after(place) - 1, days.OPEN if last is None else days.single(last), ("end of the present unit",))

    def year_named_before(self, at: int) -> int | None:
        """The year that a date before a place names; ``None``: none does."""
        for place in range(at - 1, -1, -1):
            if (year := self.year_number(place)) is not None and (self.shows_a_year(place) or self.follows_month(place)):
                return year
        return None

    def follows_month(self, at: int) -> bool:
        """Whether the name of a month stands right before a place."""
        return any(begin + length == at for begin, (length, _) in self.months.items())

    def part_of_year(self, at: int) -> Found | None:
        """As in "the first half of 2024", "الربع الأول من 2018", "first quarter of last year"."""
        words = [(place, self.kind_at(place), self.ordinal_at(place)) for place in (at, at + 1)]
        kind = next((kind for _, kind, _ in words if kind in {"half", "quarter"}), None)
        number = next((ordinal for _, _, ordinal in words if ordinal is not None), None)
        if kind is None or number is None:
            return None
        length = days.HALF_YEAR if kind == "half" else days.QUARTER
        if number * length > days.MONTHS:
            return None
        return self.months_in_year(at, at + 2, (number - 1) * length + 1, length)

    def first_months(self, at: int) -> Found | None:
        """As in "the first five months of 2018", "الأشهر الأربعة الأولى من العام"."""
        if self.ordinal_at(at) == 1:
            numeral = self.numeral_at(at + 1)
            if numeral is not None and self.unit_at(numeral.last + 1) == "month":
                return self.months_in_year(at, numeral.last + 2, 1, int(numeral.value))
        if self.unit_at(at) == "month":
            numeral = self.numeral_at(at + 1)
            if numeral is not None and self.ordinal_at(numeral.last + 1) == 1:
                return self.months_in_year(at, numeral.last + 2, 1, int(numeral.value))
        return None

    def months_in_year(self, first: int, at: int, begin: int, count: int) -> Found | None:
        """Some months of the year that follows, of the present one where none is named; ``None`` for more months than a year has."""
        if not 1 <= count <= days.MONTHS:
            return None
        end, year = self.year_after(at)
        place = self.past(at, "of")
        if year is None and place > at and self.unit_at(place) == "year":
            end, year = self.after(place), None if self.published is None else self.published.year
        if year is None:
            return Found(first, at - 1, days.OPEN, ("part of a year",), WITHIN)
        return Found(first, end - 1, days.months_of(year, begin, count), ("part of a year",), WITHIN, year)

    def weekday_first(self, at: int) -> Found | None:
        """A weekday, with the date or relative day beside it: "Monday, January 8, 2024", "يوم الأربعاء الماضي", "Monday evening"."""
        before = self.turned(at)
        place = self.past(at if before is None else before[0], "unit day", "time of day", "article word")
        found = self.weekdays.get(place)
        if found is None or not self.is_weekday(place):
            return None
        end = place + found[0]
        beside = self.date_beside(end)
        if beside is not None:
            named = self.on_weekday(beside, found[1])
            warning = None if fits_weekday(named, found[1]) else "the weekday does not fit the date"
            return replace(beside, first=at, days=named, names_weekday=True, warning=warning)
        behind = self.turned(end)
        end = end if behind is None else behind[0]
        turn = (before or behind or (0, ""))[1]
        direction = Direction.FUTURE if turn == "next" else Direction.PAST if turn == "last" else self.direction(at)
        named = days.weekday(self.published, found[1], direction, today=turn != "last")
        return Found(at, self.past(end, "time of day") - 1, named, ("weekday",))

    def is_weekday(self, at: int) -> bool:
        """Whether a word names one day: not the plural, "Mondays", which names all of them."""
        word, text = self.tokens[at].word, self.tokens[at].text
        if not text.isascii():
            return True
        return (
            text[:1].isupper()
            and word.form in {word.stem, f"{word.stem} s"}
            and (word.form == word.stem or "'" in text or "\u2019" in text)
        )

    def date_beside(self, at: int) -> Found | None:
        """The date that follows a weekday, after a comma, in brackets, or at once."""
        place = at
        if self.is_sign(place, COMMAS) or self.is_sign(place, OPENING):
            place += 1
        bracketed = place > at and self.tokens[at].text == "("
        place = self.past(place, "article word", "in")
        if place >= len(self.tokens):
            return None
        found = self.numeric(place) or self.day_and_month(place) or self.month_and_day(place) or self.relative_day(place)
        if found is not None and bracketed and self.is_sign(found.last + 1, CLOSING):
            return replace(found, last=found.last + 1)
        return found

    def relative_day(self, at: int) -> Found | None:
        """As in "yesterday", "أمس الإثنين", "غدا": a day counted from the publication, with the weekday that may follow it."""
        step = self.named_at(at, "day ")
        if step is None or (self.kind_before(at) == "in" and step == "0"):
            return None
        end = self.after(at)
        if self.ordinal_at(end) is not None and int(step) == 0:
            return None
        named = days.shifted(self.published, int(step), "day")
        place = end + 1 if self.is_sign(end, COMMAS) or self.is_sign(end, OPENING) else end
        found = self.weekdays.get(place)
        if found is None:
            return Found(at, end - 1, named, ("relative day",))
        last = place + found[0] - 1
        last += self.is_sign(end, OPENING) and self.is_sign(last + 1, CLOSING)
        beside = self.date_beside(last + 1)
        if beside is not None and beside.days.earliest is not None:
            named, last = beside.days, beside.last
        warning = None if fits_weekday(named, found[1]) else "the weekday does not fit the day"
        return Found(at, last, named, ("relative day",), names_weekday=True, warning=warning)

    def on_weekday(self, found: Found, weekday: int) -> Days:
        """The days of a date without a year, in the year near the publication in which it is such a weekday."""
        first = found.days.earliest
        if found.year is not None or self.published is None or first is None or fits_weekday(found.days, weekday):
            return found.days
        published = self.published
        near = [days.day(published.year + step, first.month, first.day) for step in (0, -1, 1)]
        fitting = [one for one in near if one is not None and one.earliest is not None and one.earliest.isoweekday() == weekday]
        return min(fitting, key=lambda one: abs((one.earliest or first) - published), default=found.days)

    def year_alone(self, at: int, *, certain: bool = False) -> Found | None:
        """A year that the words before it show to be one: "in 2019", "عام 2019", "since 1953", "(2019)"."""
        place = self.past(at, "unit year", "pair year")
        number = self.year_number(place)
        if number is not None and self.is_decade(place):
            return Found(at, place + 1, days.decade(number), ("decade",), WITHIN)
        if number is not None and self.goes_on_to_next_year(place, number):
            return Found(at, place + 2, days.joined(days.year(number), days.year(number + 1)), ("two years",), WITHIN)
        if number is None or self.counts_something(place + 1):
            return None
        if not certain and place == at and not self.shows_a_year(at):
            return None
        return Found(at, place, days.year(number), ("year",), year=number)

    def goes_on_to_next_year(self, place: int, number: int) -> bool:
        """Whether the last two digits of the next year are written onto a year: "2013-14", "2023/24"."""
        if place + 2 >= len(self.tokens) or self.tokens[place + 2].text != f"{(number + 1) % 100:02}":
            return False
        joint = self.tokens[place + 1]
        glued = self.tokens[place].glued_to(joint) and joint.glued_to(self.tokens[place + 2])
        return glued and (joint.text in DASHES or joint.text == "/")

    def is_decade(self, place: int) -> bool:
        """Whether an ending is glued to a year that makes it ten years: "the 1990s"."""
        after = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        return after is not None and after.text == "s" and self.tokens[place].glued_to(after) and self.tokens[place].text.endswith("0")

    def shows_a_year(self, at: int) -> bool:
        """Whether what stands before four digits makes them a year."""
        if self.is_attribute(at):
            return True
        kind = self.kind_before(at)
        if kind in EVIDENCE_OF_YEAR or (kind or "").startswith("season"):
            if kind == "between" and self.kind_at(at + 1) == "to" and self.year_number(self.after(at + 1)) is not None:
                return True
            return kind not in {"to", "between"} or self.year_number(at - 2) is not None or self.follows_a_year(at)
        if kind in {"of", "from"}:
            link = self.kind_at(at + 1)
            return (link in {"to", "until"} or self.is_sign(at + 1, DASHES)) and self.year_number(self.after(at + 1)) is not None
        bracketed = self.is_sign(at - 1, OPENING) and self.is_sign(at + 1, CLOSING) if at else False
        return bracketed or self.follows_a_year(at)

    def is_attribute(self, at: int) -> bool:
        """Whether four digits stand between an article or possessive and a noun in the singular: "the 2016 election", "its 2022 budget"."""
        if at == 0 or at + 1 >= len(self.tokens) or self.pack.source.language.order != "subject first":
            return False
        before, after = self.tokens[at - 1], self.tokens[at + 1]
        led = before.word.has("determiner") or before.text.endswith(("'s", "\u2019s"))
        single = after.kind == WORD_KIND and (after.word.form == after.word.base or after.text[:1].isupper())
        return led and single and after.word.entry.number is None

    def follows_a_year(self, at: int) -> bool:
        """Whether a year stands right before, joined by a dash, "and", or "to": "2022-2023", "عامي 2022 و2023"."""
        for back in (1, 2, 3):
            last = at - back
            if last >= 0 and self.year_number(last) is not None and (self.link(last, at) or self.is_sign(at - 1, COMMAS)):
                return last == 0 or self.kind_before(last) is not None or self.unit_at(last - 1) == "year" or self.is_sign(at - 1, DASHES)
        return False

    def season(self, at: int) -> Found | None:
        """As in "spring 2023", "صيف عام 2022"."""
        number = self.named_at(at, "season ")
        if number is None:
            return None
        end, year = self.year_after(self.after(at))
        if year is None:
            return None
        first = {"21": (year, 3), "22": (year, 6), "23": (year, 9), "24": (year, 12)}[number]
        begin, last = days.month(*first), days.month(year + (number == "24"), (first[1] + 1) % 12 + 1)
        return Found(at, end - 1, Days(begin.earliest, last.latest, f"{year:04}-{number}"), ("season",), WITHIN, year)

    def hijri(self, at: int) -> Found | None:
        """A day and month of the Hijri calendar: seen, and not turned into days."""
        begin = self.day_number(at)
        place = begin and self.past(begin[0], "of", "unit month")
        if begin is None or place is None or self.kind_at(place) != "hijri":
            return None
        end = self.after(place)
        end += self.year_number(end) is not None
        return Found(at, end - 1, days.OPEN, ("Hijri",), POINT)


NUMBER_RULES = (
    DateGrammar.numeric, DateGrammar.day_and_month, DateGrammar.age, DateGrammar.ago, DateGrammar.last_units, DateGrammar.hijri,
    DateGrammar.year_alone,
)  # fmt: skip
WORD_RULES = (
    DateGrammar.weekday_first, DateGrammar.relative_day, DateGrammar.part_of_year, DateGrammar.first_months, DateGrammar.day_and_month,
    DateGrammar.month_and_day, DateGrammar.month_alone, DateGrammar.part_of, DateGrammar.ago, DateGrammar.last_units,
    DateGrammar.unit_turned, DateGrammar.season, DateGrammar.age, DateGrammar.duration, DateGrammar.year_alone, DateGrammar.hijri,
)  # fmt: skip


def fits_weekday(named: Days, number: int) -> bool:
    """Whether a date is such a weekday (1: Monday); one that is not known fits any."""
    return named.earliest is None or named.earliest != named.latest or named.earliest.isoweekday() == number


def fold_digits(text: str) -> str:
    """The text with ASCII digits and without marks that nobody sees, its signs kept."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in HIDDEN.sub("", text))
