"""Which of a sentence's dates a figure or statement is about, and on which of them it was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from claims_cli.extract.dates import Sense
from claims_cli.extract.text import SIGN_KIND, WORD_KIND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from claims_cli.extract.dates import DateMention
    from claims_cli.extract.frames import Frame
    from claims_cli.extract.pack import Pack
    from claims_cli.extract.text import Token

Span: TypeAlias = "tuple[int, int]"

NEAR_SAYING = 4  # words around a verb of saying within which a date is that of the saying
NEAR_EVENT = 9  # words between "after" or "since" and the date of what happened: "since the war began in 2011"
NEAR_SUPERLATIVE = 5  # words between a superlative and the date it is compared with: "its highest level since October"
NEAR_ANTECEDENT = 3  # words between a figure and a relative clause that is about it: "500 soldiers, who arrived on Monday"
BREAKS = frozenset(";:.!?\u061b\u061f\u2014\u2013")
BRACKETS = {"(": ")", "[": "]", "\u2014": "\u2014", "\u2013": "\u2013"}
SEMICOLONS = frozenset(";\u061b")
COMMAS = frozenset(",\u060c")
COMPARING = 3  # words before a figure in which the comparison with another may begin: "down from 68"
ANOTHERS_DATE = 1000  # a date that trails another figure comes after every date that does not
OTHER_CLAUSE = 100  # and so, less, does one in another clause
FORESEEING = frozenset({"forecast", "estimate"})  # "this year the city expects": the date before is of what is expected
APPROXIMATE = "~"
NO_YEAR = "XXXX"


@dataclass(frozen=True, slots=True)
class Timed:
    """What a figure or statement is about (EDTF), on which day it was said, and the rule that told; ``None``: the text does not tell."""

    as_of: str | None
    said_on: str | None
    rule: str | None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sentence takes from outside.

    ``published`` is the day on which the text came out; ``before`` what the sentence before, in the same paragraph, is about; ``year`` the
    last year that the text has named. Each is ``None`` where it is not known.
    """

    published: date | None
    before: str | None = None
    year: str | None = None


class Timing:
    """The dates of one sentence beside its figures. ``figures`` are the spans of the figures, in order."""

    def __init__(
        self, tokens: Sequence[Token], pack: Pack, times: Sequence[DateMention], figures: Sequence[Span], setting: Setting
    ) -> None:
        self.tokens = tokens
        self.pack = pack
        self.times = times
        self.figures = figures
        self.setting = setting
        self.kinds = pack.timing.all_in(tokens)

    def of(self, span: Span, frame: Frame | None) -> Timed:
        """The date that a span is about, and the date on which it was said.

        The nearest date that can be the span's comes first; then "now"; then the day on which it was said; then that of the event after
        which it came; then, for a sentence without dates that speaks of the same thing as the one before, that of the one before.
        """
        said, about = None, []
        for mention in self.times:
            if frame is not None and belongs_to_saying(mention, frame, span) and not self.has_figure(frame.at, mention.first, frame):
                said = mention
            elif not (self.compares_since(mention) or self.is_compared_with(mention)) and self.speaks_of(mention, span):
                about.append(mention)
        said_on = None if said is None else self.with_year(said.edtf)
        as_of, rule = self.own_date(span, about) or self.date_told(span, about, said) or (None, None)
        return Timed(as_of, said_on, rule)

    def has_figure(self, begin: int, end: int, frame: Frame) -> bool:
        """Whether a figure stands between the verb of a frame that closes its sentence and a date: "…, it said, against 55 in 2019"."""
        return frame.trailing and any(begin < figure[0] < end for figure in self.figures)

    def own_date(self, span: Span, about: Sequence[DateMention]) -> tuple[str | None, str] | None:
        """The date that stands with a span, and the rule that told; ``None``: none does."""
        plain = [mention for mention in about if self.event_word(mention) is None]
        if (paired := self.paired(span, plain)) is not None:
            return self.with_year(paired.as_of), f"date, in order: {self.words(paired)}"
        if plain:
            nearest = min(plain, key=lambda mention: self.distance(mention, span))
            return self.with_year(self.widened(nearest, plain)), f"date: {self.words(nearest)}"
        if self.setting.published is not None and (now := self.now_near(span)) is not None:
            return self.setting.published.isoformat(), f"now: {now}"
        return None

    def date_told(self, span: Span, about: Sequence[DateMention], said: DateMention | None) -> tuple[str | None, str] | None:
        """The date of a span that has none of its own, and the rule that told; ``None``: the text does not tell."""
        since = next((mention for mention in about if self.event_word(mention) == "since"), None)
        if said is not None and since is None:
            return self.with_year(said.edtf), f"said: {self.words(said)}"
        if about:
            nearest = since or min(about, key=lambda mention: self.distance(mention, span))
            return self.with_year(self.from_event(nearest)), f"{self.event_word(nearest)}: {self.words(nearest)}"
        if self.setting.before is not None and not self.times and self.looks_back():
            return self.setting.before, "date of the sentence before"
        return None

    def speaks_of(self, mention: DateMention, span: Span) -> bool:
        """Whether a date can be that of a span.

        One that follows must stand in the same clause, before any figure that is compared; one that stands before must not be that of a
        compared figure: in "up from 7 in May to 12" May is not the date of 12.
        """
        if mention.first > span[1]:
            return not self.parted(span[1] + 1, mention.first, span) and not self.compared(span[1] + 1, mention.first)
        if mention.last < span[0]:
            if any(self.tokens[at].text in SEMICOLONS for at in range(mention.last + 1, span[0])):
                return False
            trailed = self.trailed_by(mention)
            if trailed is None or self.is_antecedent(mention):
                return True
            if mention.sense is Sense.SINCE and any(self.tokens[at].text in COMMAS for at in self.between(mention.last + 1, span[0])):
                return False
            return not self.parted(mention.last + 1, span[0], span) and not self.compared(trailed[0] - COMPARING, span[0])
        return True

    def compares_since(self, mention: DateMention) -> bool:
        """Whether "since" ends a comparison and tells no beginning: "its highest level since 2021"."""
        if mention.sense is not Sense.SINCE:
            return False
        before = self.tokens[max(0, mention.first - NEAR_SUPERLATIVE) : mention.first]
        return any(token.word.has("superlative") for token in before)

    def is_compared_with(self, mention: DateMention) -> bool:
        """Whether a date is only what a change is measured from: "rose 2.4 percent from a year earlier", "0.4 percent from August"."""
        if mention.sense is not Sense.POINT or self.pack.source.language.order != "subject first":
            return False
        origin = self.pack.between.before(self.tokens, mention.first, 1)
        if origin is None or origin[1] != "from":
            return False
        ended = self.pack.to.at(self.tokens, mention.last + 1) if mention.last + 1 < len(self.tokens) else None
        return ended is None and any(figure[1] < origin[0] and not self.parted(figure[1] + 1, origin[0], figure) for figure in self.figures)

    def trailed_by(self, mention: DateMention) -> Span | None:
        """The figure that a date follows in its clause; ``None``: it leads its clause."""
        for figure in reversed(self.figures):
            if figure[1] < mention.first:
                between = list(self.between(figure[1] + 1, mention.first))
                return None if any(self.parts(at, figure) or self.tokens[at].text in COMMAS for at in between) else figure
        return None

    def is_antecedent(self, mention: DateMention) -> bool:
        """Whether the clause after a date says what happened then: "in 2016, when 66 percent voted"."""
        return self.kind_at(mention.last + 1) == "when" or (
            mention.last + 1 < len(self.tokens)
            and self.tokens[mention.last + 1].text in COMMAS
            and self.kind_at(mention.last + 2) == "when"
        )

    def compared(self, begin: int, end: int) -> bool:
        """Whether words that compare two figures stand between two places, with a figure: "up from 3,000 last week"."""
        if not any(begin <= figure[0] < end for figure in self.figures):
            return False
        return any(self.compares(at) for at in range(max(0, begin), end))

    def compares(self, at: int) -> bool:
        """Whether words that compare two figures begin at a place."""
        found = self.pack.speech.at(self.tokens, at)
        if found is not None and found[1] == "compared":
            return True
        origin = self.pack.between.at(self.tokens, at)  # "fell to 61 from 68", where "from" alone compares
        return origin is not None and origin[1] == "from" and any(figure[0] in {at, at + origin[0]} for figure in self.figures)

    def parted(self, begin: int, end: int, span: Span) -> bool:
        """Whether another clause begins between two places."""
        return any(self.parts(at, span) for at in self.between(begin, end))

    def between(self, begin: int, end: int) -> Iterator[int]:
        """The places from one to another, what stands in brackets left out."""
        at = begin
        while at < end:
            closing = BRACKETS.get(self.tokens[at].text)
            if closing is not None:
                close = next((place for place in range(at + 1, end) if self.tokens[place].text == closing), None)
                if close is not None:
                    at = close + 1
                    continue
            yield at
            at += 1

    def parts(self, at: int, span: Span) -> bool:
        """Whether a token begins another clause than that of a span: a sign, "while", ", which" where it is not about the span."""
        token = self.tokens[at]
        if token.kind == SIGN_KIND:
            return token.text in BREAKS or token.text in BRACKETS or token.text in BRACKETS.values()
        if token.word.has("relative") and at and self.tokens[at - 1].text in COMMAS:
            return at - span[1] > NEAR_ANTECEDENT
        return token.word.has("parting") and at > 0 and not self.leads_date(at)

    def leads_date(self, at: int) -> bool:
        """Whether a word that may begin a clause is a preposition of a date: "before the end of the year"."""
        following = at + 1
        while following < len(self.tokens) and self.tokens[following].word.has("determiner"):
            following += 1
        return any(mention.first == following for mention in self.times)

    def widened(self, nearest: DateMention, plain: Sequence[DateMention]) -> str | None:
        """A date with the one that is listed with it, "on Monday and Tuesday", or that ends it, "since May and until August"."""
        for other in plain:
            first, second = sorted((nearest, other), key=lambda mention: mention.first)
            if (
                first is second
                or first.earliest is None
                or second.latest is None
                or any(first.last < at[0] < second.first for at in self.figures)
            ):
                continue
            ended = first.sense is Sense.SINCE and second.sense is Sense.UNTIL
            if (ended or self.listed(first, second)) and first.earliest <= second.latest:
                begin, end = (str(one.edtf).replace(APPROXIMATE, "") for one in (first, second))
                return f"{begin.split('/', maxsplit=1)[0]}/{end.rsplit('/', maxsplit=1)[-1]}"
        return nearest.as_of

    def paired(self, span: Span, plain: Sequence[DateMention]) -> DateMention | None:
        """The date of a figure in a list of figures as long as a list of dates: "in May and June (5 and 9)"; ``None``: no such lists."""
        dates = [
            mention
            for mention in plain
            if any(self.listed(*sorted((mention, other), key=place_of)) for other in plain if other is not mention)
        ]
        figures = [
            figure for figure in self.figures if any(self.joined(*sorted((figure, other))) for other in self.figures if other != figure)
        ]
        return dates[figures.index(span)] if span in figures and len(dates) == len(figures) else None

    def joined(self, first: Span, second: Span) -> bool:
        """Whether "and" alone stands between two figures."""
        between = self.tokens[first[1] + 1 : second[0]]
        joins = self.pack.joins
        if not between:
            return self.tokens[second[0]].word.prefix[:1] in joins if self.tokens[second[0]].word.prefix else False
        return len(between) == 1 and between[0].text in joins

    def listed(self, first: DateMention, second: DateMention) -> bool:
        """Whether two dates stand side by side, joined by "and" alone."""
        if first.sense is not Sense.POINT or second.sense is not Sense.POINT:
            return False
        between = self.tokens[first.last + 1 : second.first]
        joins = self.pack.joins
        if not between:
            return self.tokens[second.first].word.prefix[:1] in joins if self.tokens[second.first].word.prefix else False
        return len(between) == 1 and between[0].kind == WORD_KIND and between[0].word.form in joins

    def event_word(self, mention: DateMention) -> str | None:
        """Tell "after" or "since" when a date is that of an event to which such a word refers; ``None`` for any other date."""
        if mention.sense is not Sense.POINT:
            return None
        for at in range(mention.first - 1, max(-1, mention.first - 1 - NEAR_EVENT), -1):
            if any(figure[0] <= at <= figure[1] for figure in self.figures) or self.tokens[at].text in BREAKS:
                return None
            kind = self.kind_at(at)
            if kind in {"after", "since"}:
                return kind
        return None

    def from_event(self, mention: DateMention) -> str | None:
        """All days from an event on; a single day that is not named right after "after" is when the rest happened too."""
        if mention.edtf is None or mention.earliest is None:
            return mention.as_of
        word = self.event_word(mention)
        at_once = self.kind_at(mention.first - 1) == word or mention.first - 1 == 0
        if word == "after" and mention.earliest == mention.latest and not at_once:
            return mention.edtf
        begin = mention.edtf.split("/", maxsplit=1)[0]
        published = self.setting.published
        if word == "since" and published is not None and mention.earliest <= published:
            return f"{begin}/{published.isoformat()}"
        return f"{begin}/.."

    def now_near(self, span: Span) -> str | None:
        """The words in the clause of a span that tie it to the day of publication: "so far", "the latest"; ``None``: there are none."""
        for at, (_, kind) in self.kinds.items():
            if kind == "now" and not self.parted(min(at, span[1]), max(at, span[0]), span):
                return self.tokens[at].text
        return None

    def looks_back(self) -> bool:
        """Whether a sentence speaks of what the one before told: it points to it, "that gathering", or names the event, "the crash"."""
        words = [token.word for token in self.tokens if token.kind == WORD_KIND]
        if any(word.has("former") for word in words):
            return False
        return any(word.has("demonstrative") or word.has("backward") or word.has("incident") for word in words)

    def kind_at(self, at: int) -> str | None:
        """The class of the words of time that begin at a place; ``None``: none do."""
        found = self.kinds.get(at)
        return None if found is None else found[1]

    def with_year(self, edtf: str | None) -> str | None:
        """A date whose year is not told, in the year that the text named last."""
        if edtf is None or self.setting.year is None or self.setting.published is not None:
            return edtf
        return edtf.replace(NO_YEAR, self.setting.year)

    def distance(self, mention: DateMention, span: Span) -> int:
        """How far a date is from a span, in tokens; one that follows counts as nearer than one as far before."""
        if mention.first > span[1]:
            return 2 * (mention.first - span[1]) - 1
        if mention.last >= span[0]:
            return 0
        far = 2 * (span[0] - mention.last)
        if self.is_antecedent(mention):
            return far
        if self.trailed_by(mention) is not None:
            return far + ANOTHERS_DATE
        return far + OTHER_CLAUSE if self.parted(mention.last + 1, span[0], span) else far

    def words(self, mention: DateMention) -> str:
        """The words of a date."""
        return " ".join(token.text for token in self.tokens[mention.first : mention.last + 1])


def place_of(mention: DateMention) -> int:
    """Where a date stands."""
    return mention.first


def belongs_to_saying(mention: DateMention, frame: Frame, span: Span) -> bool:
    """Whether a date stands with the verb of saying rather than in what is said."""
    if frame.trailing:
        return mention.first > frame.at
    begin = min(frame.at, frame.speaker[0] if frame.speaker else frame.at)
    if frame.kind in FORESEEING and mention.first < begin:
        return False
    return begin - NEAR_SAYING < mention.first < frame.first + NEAR_SAYING and mention.last < span[0]
