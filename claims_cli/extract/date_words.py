"""What single words and short runs of words are to dates: months, weekdays, days in words, years, units of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from claims_cli.core.folding import fold
from claims_cli.extract import days
from claims_cli.extract.clauses import is_future_verb
from claims_cli.extract.days import Days, Direction
from claims_cli.extract.lexicon import Part as WordPart
from claims_cli.extract.numerals import Reader
from claims_cli.extract.text import NUMBER_KIND

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from claims_cli.extract.pack import Pack
    from claims_cli.extract.terms import Numeral
    from claims_cli.extract.text import Token

Meaning = TypeVar("Meaning")

YEAR_DIGITS = 4
LAST_DAY = 31
TEN = 10
FUTURE_REACH = 10  # words before a date among which a word of the future makes it lie ahead
COMMAS = frozenset(",\u060c")
DASHES = frozenset("-\u2010\u2013\u2014")
BEFORE_ALIAS = {"(": ")", "/": "", "-": "", "\u2013": ""}
ENDINGS = frozenset({"st", "nd", "rd", "th"})
STARTS = ("day ", "unit ", "units ", "pair ", "begin", "middle", "end", "half", "quarter", "season", "aged", "hijri")
POINT, WITHIN, DURATION, AGE, SINCE = "point", "within", "duration", "age", "since"


@dataclass(frozen=True, slots=True)
class Found:
    """A date in the tokens ``first`` to ``last``. ``year`` is ``None`` when the words do not name it, and so with ``month`` and ``day``."""

    first: int
    last: int
    days: Days
    rules: tuple[str, ...]
    sense: str = POINT
    year: int | None = None
    month: int | None = None
    day: int | None = None
    names_weekday: bool = False
    warning: str | None = None


class DateWords:
    """The words of dates in one sentence, and the parts of a date that they make.

    ``published`` is the day of publication, ``None`` when it is not known.
    """

    def __init__(self, tokens: Sequence[Token], pack: Pack, published: date | None) -> None:
        self.tokens = tokens
        self.pack = pack
        self.published = published
        self.has_dates = self.look_up()
        self.numerals: dict[int, Numeral | None] = {}
        self.reader = Reader(tokens, pack)

    def look_up(self) -> bool:
        """Look up the words of dates; tell whether the sentence can hold any."""
        numbers = any(token.kind == NUMBER_KIND for token in self.tokens)
        self.kinds = self.pack.dating.all_in(self.tokens)
        self.months = self.pack.months.all_in(self.tokens)
        self.weekdays = self.pack.weekdays.all_in(self.tokens)
        self.ending = {at + length: (at, kind) for at, (length, kind) in self.kinds.items()}
        return numbers or bool(self.months or self.weekdays) or any(kind.startswith(STARTS) for _, kind in self.kinds.values())

    def kind_at(self, at: int) -> str | None:
        """What a word is to dates; ``None``: nothing, or the end of the sentence."""
        found = self.kinds.get(at)
        return found and found[1]

    def kind_before(self, at: int) -> str | None:
        """What the words right before a place are to dates, those of no weight left out: "since the", "by day 3"."""
        while at > 0:
            ending = self.ending.get(at)
            if ending is None:
                return None
            if ending[1] not in {"article word", "unit month"}:
                return ending[1]
            at = ending[0]
        return None

    def after(self, at: int) -> int:
        """The place after the words of dates that begin at one."""
        found = self.kinds.get(at)
        return at + (found[0] if found else 1)

    def past(self, at: int, *kinds: str) -> int:
        """The place after words of some kinds, where they stand."""
        while self.kind_at(at) in kinds:
            at = self.after(at)
        return at

    def is_sign(self, at: int, signs: frozenset[str]) -> bool:
        """Whether a sign of some stands at a place."""
        return at < len(self.tokens) and self.tokens[at].text in signs

    def named_at(self, at: int, prefix: str) -> str | None:
        """What follows a prefix in the kind of the word at a place, as "week" in "pair week"."""
        kind = self.kind_at(at)
        return kind.removeprefix(prefix) if kind is not None and kind.startswith(prefix) else None

    def unit_at(self, at: int) -> str | None:
        """The unit of time at a place: hour, day, week, month, year; in the singular or plural."""
        return self.named_at(at, "unit ") or self.named_at(at, "units ")

    def numeral_at(self, at: int) -> Numeral | None:
        """The number that begins at a place; ``None`` where there is none."""
        if at >= len(self.tokens) or not (self.tokens[at].kind == NUMBER_KIND or self.tokens[at].word.entry.number is not None):
            return None
        if at not in self.numerals:
            found = self.reader.numeral_at(at)
            self.numerals[at] = None if found is None or found.floor else found
        return self.numerals[at]

    def may_count(self, at: int) -> bool:
        """Whether a word can begin the number of a day or of units."""
        entry = self.tokens[at].word.entry
        return entry.number is not None or entry.ordinal is not None

    def digits_at(self, at: int) -> int | None:
        """A whole number in digits without separators."""
        if at >= len(self.tokens) or self.tokens[at].kind != NUMBER_KIND:
            return None
        text = fold(self.tokens[at].text)
        return int(text) if text.isascii() and text.isdigit() and len(text) <= YEAR_DIGITS else None

    def ordinal_at(self, at: int) -> int | None:
        """The number of an ordinal: "seventh"."""
        if at >= len(self.tokens):
            return None
        return self.tokens[at].word.entry.ordinal

    def link(self, last: int, first: int) -> str | None:
        """What stands between two dates: "to" for a word or dash of a range, "and" for a mere join; ``None`` for anything else."""
        between = range(last + 1, first)
        if not between:
            return "and" if self.reader.bears_join(first) else None
        if len(between) > 2:  # noqa: PLR2004  "to the"
            return None
        kinds = [self.kind_at(at) for at in between if self.kind_at(at) not in {"article word", "unit day"}]
        if len(between) == 1 and self.tokens[between[0]].text in DASHES:
            return "to"
        if len(kinds) == 1 and self.tokens[between[0]].word.form in self.pack.joins:
            return "and"
        return "to" if kinds in (["to"], ["until"]) else None

    # Parts of a date

    def day_number(self, at: int) -> tuple[int, int] | None:
        """A day of the month in digits or as an ordinal, and the place after it: "7", "7th", "السابع", "الحادي والعشرين"."""
        number = self.digits_at(at)
        if number is not None:
            after = at + 1
            if after < len(self.tokens) and self.tokens[at].glued_to(self.tokens[after]) and self.tokens[after].word.form in ENDINGS:
                after += 1
            return (after, number) if 1 <= number <= LAST_DAY else None
        return self.ordinal_day(at)

    def ordinal_day(self, at: int) -> tuple[int, int] | None:
        """A day of the month in words, and the place after it."""
        number = self.number_of(at, WordPart.TEN)
        if number is not None and number <= LAST_DAY:
            after = at + 2 if self.is_sign(at + 1, DASHES) else at + 1
            ones = self.ordinal_at(after)
            if ones is not None and number + ones <= LAST_DAY:
                return after + 1, int(number + ones)
            return (at + 1, int(number)) if self.tokens[at].word.prefix.endswith("ال") else None
        ones = self.ordinal_at(at)
        if ones is None:
            return None
        if self.number_of(at + 1, WordPart.TEEN_MARK) is not None:
            return at + 2, ones + TEN
        tens = self.number_of(at + 1, WordPart.TEN)
        if tens is not None and self.reader.bears_join(at + 1) and ones + tens <= LAST_DAY:
            return at + 2, int(ones + tens)
        return at + 1, ones

    def number_of(self, at: int, part: WordPart) -> Decimal | None:
        """The value of a number word of one part."""
        number = self.tokens[at].word.entry.number if at < len(self.tokens) else None
        return number.value if number is not None and number.part is part else None

    def month_name(self, at: int) -> tuple[int, int] | None:
        """A month, with its other name in brackets or after a slash, and the place after it."""
        found = self.months.get(at)
        if found is None:
            return None
        after, number = at + found[0], found[1]
        if after < len(self.tokens) and self.tokens[after].text == "." and self.tokens[after - 1].glued_to(self.tokens[after]):
            after += 1
        closing = BEFORE_ALIAS.get(self.tokens[after].text) if after < len(self.tokens) else None
        alias = None if closing is None else self.months.get(after + 1)
        if alias is not None and alias[1] == number:
            end = after + 1 + alias[0]
            if not closing or self.is_sign(end, frozenset(closing)):
                return end + len(closing or ""), number
        return after, number

    def year_number(self, at: int) -> int | None:
        """A year in four digits."""
        number = self.digits_at(at)
        fits = number is not None and len(fold(self.tokens[at].text)) == YEAR_DIGITS and days.FIRST_YEAR <= number <= days.LAST_YEAR
        return number if fits else None

    def direction(self, first: int) -> Direction:
        """Whether what is said around a date lies ahead: a month without a day does so after "by", too."""
        if first in self.months and self.kind_before(first) == "by":
            return Direction.FUTURE
        for at in range(max(0, first - FUTURE_REACH), first):
            if self.kind_at(at) == "future" or is_future_verb(self.tokens[at], self.pack):
                return Direction.FUTURE
        return Direction.PAST

    def turned(self, at: int) -> tuple[int, str] | None:
        """A word that turns a weekday, month or year to the past, the future or the present, and the place after it."""
        kind = self.kind_at(at)
        return (self.after(at), kind) if kind in {"last", "next", "this"} else None

    def in_month(self, number: int, day_number: int | None, named: int | None, direction: Direction) -> Days | None:
        """The days of a month, or of a day in it; ``None`` when there is no such day."""
        if named is None and self.published is None:
            return days.in_year_unknown(number, day_number)
        year = named
        if year is None and self.published is not None:
            year = days.year_near(self.published, number, day_number, direction)
        if year is None:
            return days.OPEN
        return days.month(year, number) if day_number is None else days.day(year, number, day_number)
