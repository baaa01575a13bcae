"""Dates in a sentence: which words name which days, counted from the day of publication where they are relative."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from claims_cli.extract import days
from claims_cli.extract.date_grammar import DateGrammar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from claims_cli.extract.date_words import Found
    from claims_cli.extract.days import Days
    from claims_cli.extract.pack import Pack
    from claims_cli.extract.text import Sentence, Token

DASHES = frozenset("-\u2013\u2014")


class Sense(StrEnum):
    """What a date, or a stretch of time, is to what is said."""

    POINT = "point"
    SINCE = "since"
    UNTIL = "until"
    WITHIN = "within"
    DURATION = "duration"
    AGE = "age"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the tokens ``first`` to ``last`` of a sentence, both included, and ``start`` to ``end`` of the text.

    ``earliest`` and ``latest`` are the days that the words name, the last one included, and ``edtf`` the same as a text; ``None`` where
    the text does not tell. ``as_of`` is what a claim with this date is about: since a day, it is all the days from then to publication.
    ``warning`` tells of words that do not fit together.
    """

    first: int
    last: int
    start: int
    end: int
    earliest: date | None
    latest: date | None
    edtf: str | None
    as_of: str | None
    sense: Sense
    future: bool = False
    rules: tuple[str, ...] = ()
    warning: str | None = None


def dates_of(tokens: Sequence[Token], pack: Pack, published: date | None) -> list[DateMention]:
    """The dates, durations and ages of a sentence, in order; ``published`` is ``None`` when it is not known."""
    grammar = DateGrammar(tokens, pack, published)
    if not grammar.has_dates:
        return []
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        one = grammar.found_at(at)
        if one is None:
            at += 1
        else:
            found.append(one)
            at = one.last + 1
    return [mention_of(one, tokens, grammar) for one in ranges_joined(years_shared(found, grammar), grammar)]


def years_shared(found: list[Found], grammar: DateGrammar) -> list[Found]:
    """Dates without a year that are listed with one that has it: "in August and September 2023", "3 March to 5 April 2024"."""
    shared = list(found)
    for at in range(len(found) - 2, -1, -1):
        one, following = shared[at], shared[at + 1]
        if one.month is not None and one.year is None and following.year is not None and grammar.link(one.last, following.first):
            known = days.month(following.year, one.month) if one.day is None else days.day(following.year, one.month, one.day)
            if known is not None:
                shared[at] = replace(one, days=known, year=following.year)
    return shared


def ranges_joined(found: list[Found], grammar: DateGrammar) -> list[Found]:
    """Two dates that are the ends of a range, as one: "between 3 and 9 May", "from 2015 to 2018"."""
    settled: list[Found] = []
    for one in found:
        before = settled[-1] if settled else None
        if before is not None and before.sense == one.sense == Sense.POINT and is_range(before, one, grammar):
            whole = days.joined(before.days, one.days)
            if whole is days.OPEN and before.rules == one.rules == ("weekday",):
                whole = days.joined(days.week_before(before.days), one.days)
            if whole is not days.OPEN:
                settled[-1] = replace(before, last=one.last, days=whole, sense=Sense.WITHIN, rules=(*before.rules, *one.rules, "range"))
                continue
        settled.append(one)
    return settled


def is_range(first: Found, second: Found, grammar: DateGrammar) -> bool:
    """Whether the words between two dates, and before the first, make them the ends of a range."""
    link = grammar.link(first.last, second.first)
    if link == "and":
        return grammar.kind_before(first.first) == "between"
    return link == "to" and (grammar.kind_before(first.first) in {"from", "of", "between"} or grammar.tokens[first.last + 1].text in DASHES)


def mention_of(found: Found, tokens: Sequence[Token], grammar: DateGrammar) -> DateMention:
    """A date with the word before it that says since when, or until when."""
    named = found.days
    sense = Sense(found.sense)
    as_of = named.edtf
    if sense is Sense.POINT:
        word = grammar.kind_before(found.first)
        if word == "since":
            sense, as_of = Sense.SINCE, up_to_publication(named, grammar.published)
        elif word in {"until", "by"}:
            sense = Sense.UNTIL
    return DateMention(
        first=found.first, last=found.last, start=tokens[found.first].start, end=tokens[found.last].end,
        earliest=named.earliest, latest=named.latest, edtf=named.edtf, as_of=as_of, sense=sense,
        future=named.earliest is not None and grammar.published is not None and named.earliest > grammar.published,
        rules=tuple(f"{rule}: {words_of(tokens, found)}" for rule in found.rules), warning=found.warning,
    )  # fmt: skip


def up_to_publication(named: Days, published: date | None) -> str | None:
    """All days from a date to the publication, to no end when that is not known; ``None`` for a date that is not known itself."""
    if named.earliest is None or named.edtf is None:
        return None
    begin = named.edtf.split("/", maxsplit=1)[0].removesuffix("~")
    if published is None:
        return f"{begin}/.."
    return f"{begin}/{published.isoformat()}" if named.earliest <= published else named.edtf


def words_of(tokens: Sequence[Token], found: Found) -> str:
    """The words of a date, for the rule that found it."""
    return " ".join(token.text for token in tokens[found.first : found.last + 1])


def published_inferred(sentences: Iterable[Sentence], pack: Pack) -> date | None:
    """The day on which a text came out, told by a weekday that it calls today or gives with a full date; ``None``: it does not say.

    Only a date with day, month and year counts, and only when the text names "today", or a weekday, in the same breath.
    """
    for sentence in sentences:
        grammar = DateGrammar(sentence.tokens, pack, None)
        if not grammar.has_dates:
            continue
        for at in range(len(sentence.tokens)):
            found = grammar.found_at(at)
            if found is not None and found.names_weekday and found.days.earliest is not None and found.days.earliest == found.days.latest:
                return found.days.earliest
    return None
