"""The stages in order: text to tokens, masks, dates, quantities, frames, candidates. Each can be called alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from claims_cli.core.claim import Candidate, CandidateKind, Modality
from claims_cli.core.folding import fold
from claims_cli.core.value import Figure, Hedge
from claims_cli.core.when import When, parse_when
from claims_cli.extract.clauses import STANCES, Span, Surroundings
from claims_cli.extract.dates import DateMention, Sense, dates_of
from claims_cli.extract.frames import Frame, governing
from claims_cli.extract.language import language_of
from claims_cli.extract.masks import masked_spans, masked_tokens
from claims_cli.extract.names import citation_form, fuller_name
from claims_cli.extract.nouns import NOT_KEPT, Nouns
from claims_cli.extract.pack import Pack, pack_of
from claims_cli.extract.quantities import Assembler, Quantity
from claims_cli.extract.subject_first import SubjectFirst
from claims_cli.extract.text import NUMBER_KIND, SIGN_KIND, WORD_KIND, Sentence, sentences_of, tokens_of
from claims_cli.extract.timing import Setting, Timed, Timing
from claims_cli.extract.verb_first import VerbFirst

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from claims_cli.extract.falsity import Negated
    from claims_cli.extract.text import Token

FRAMERS = {"subject first": SubjectFirst, "verb first": VerbFirst}
LONGEST_LINE = 30  # words and signs after the words that head a line which is no part of the article: "Read also: …"
SHORT_LINE = 2  # the same where no sign follows those words: "Share this page"
HEADING_SIGNS = frozenset({":", "-", "\u2013", "\u2014", "|", "/"})
COMMAS = frozenset(",\u060c")
LONGEST_NAME = 4  # words
LONGEST_OTHER_NAME = 6  # words and brackets
OLDEST = 120  # years
LONGEST_QUALIFIER = 16  # words between a speaker and "that"
SENSES_OF_TIME = frozenset({Sense.POINT, Sense.SINCE, Sense.UNTIL, Sense.WITHIN})
NO_VALUES = SENSES_OF_TIME | {Sense.CLOCK}
WRITTEN_OUT = 1000
SHORTEST_STATEMENT = 3  # words


@dataclass(frozen=True, slots=True)
class Mention:
    """A number or a date found in a text, ``text[start:end] == written``. ``value`` is ``None`` of a date, ``when`` of a number."""

    start: int
    end: int
    written: str
    value: Decimal | None = None
    when: DateMention | None = None
    rules: tuple[str, ...] = ()


class Reading:
    """One text being read: its tokens, and sentence by sentence what stands in it."""

    def __init__(self, text: str, language: Pack | str | None, published: date | None) -> None:
        """``language`` is a pack, the code of one, or ``None`` to tell it by the letters; ``published`` is ``None`` when not known."""
        self.text = text
        self.published = published
        self.pack: Pack = language if isinstance(language, Pack) else pack_of(language or language_of(text))
        self.tokens = tokens_of(text, self.pack.lexicon)
        self.masks = masked_spans(text)

    def sentences(self) -> Iterator[Sentence]:
        """The sentences of the text."""
        return sentences_of(self.tokens, self.pack.abbreviations)

    def body(self) -> Iterator[Sentence]:
        """The sentences of the article itself: lines such as "read also", "share this" and the credit are left out."""
        paragraph, kept = -1, True
        for sentence in self.sentences():
            if sentence.paragraph != paragraph:
                paragraph, kept = sentence.paragraph, self.line_kind(sentence) is None
            if kept:
                yield sentence

    def line_kind(self, sentence: Sentence) -> str | None:
        """What a line is that begins with a sentence: "boilerplate", "credit", or ``None`` for a part of the article."""
        found = self.pack.lines.at(sentence.tokens, 0)
        if found is None:
            return None
        length, kind = found
        rest = sentence.tokens[length:]
        headed = bool(rest) and rest[0].text in HEADING_SIGNS
        if kind == "credit" and not headed:
            return None
        whole = sentence.tokens[0].kind == SIGN_KIND  # "© 2024 The Paper"
        return kind if len(rest) <= (LONGEST_LINE if headed or whole else SHORT_LINE) else None

    def credit(self) -> str | None:
        """Whom the article is taken from, told in a line of its own: "Source: the agency"; ``None``: no line tells it."""
        for sentence in self.sentences():
            if self.line_kind(sentence) == "credit":
                length, _ = self.pack.lines.at(sentence.tokens, 0) or (0, "")
                named = [token for token in sentence.tokens[length + 1 :] if token.kind in {WORD_KIND, NUMBER_KIND}]
                if named:
                    return self.text[named[0].start : named[-1].end]
        return None

    def sentences_before(self, starts: Collection[int]) -> dict[int, str]:
        """For each sentence that begins at one of these offsets, the text of the one before it in its paragraph; empty for a first one."""
        found: dict[int, str] = {}
        before: Sentence | None = None
        for sentence in self.sentences():
            if sentence.start in starts:
                close = before is not None and before.paragraph == sentence.paragraph
                found[sentence.start] = self.text[before.start : before.end] if before is not None and close else ""
            before = sentence
        return found

    def dates(self, sentence: Sentence) -> list[DateMention]:
        """The dates, durations, ages and clock times of a sentence."""
        return dates_of(sentence.tokens, self.pack, self.published)

    def numbers(self) -> Iterator[Mention]:
        """Each number that is a value: no date, no name, no vague word. The first end of "10 to 12 thousand" is 10,000."""
        for sentence in self.sentences():
            mentions = [mention for mention in self.dates(sentence) if mention.sense in NO_VALUES]
            assembler = Assembler(sentence.tokens, self.pack, self.taken(sentence, mentions))
            numerals = list(assembler.numerals(bare_fractions=True))
            for numeral, following in zip_longest(numerals, numerals[1:]):
                if numeral.floor or "dual noun" in numeral.rules:
                    continue
                ranged = None if following is None else assembler.ranged(numeral, following)
                start, end = sentence.tokens[numeral.first].start, sentence.tokens[numeral.last].end
                value = numeral.value if ranged is None else ranged.low
                yield Mention(start, end, self.text[start:end], value=value, rules=numeral.rules)

    def all_dates(self) -> Iterator[Mention]:
        """Each date with days."""
        for sentence in self.sentences():
            for mention in self.dates(sentence):
                if mention.sense in SENSES_OF_TIME and mention.earliest is not None:
                    yield Mention(mention.start, mention.end, self.text[mention.start : mention.end], when=mention, rules=mention.rules)

    def taken(self, sentence: Sentence, mentions: Sequence[DateMention]) -> set[int]:
        """The tokens of a sentence that are not read as quantities."""
        taken = masked_tokens(sentence.tokens, self.pack, self.masks)
        for mention in mentions:
            taken.update(range(mention.first, mention.last + 1))
        return taken

    def candidates(self) -> Iterator[Candidate]:
        """The candidates, in the order of the text."""
        earlier = Earlier(Setting(self.published))
        paragraph = 0
        for sentence in self.body():
            if sentence.paragraph != paragraph:
                earlier.setting, paragraph = replace(earlier.setting, before=None), sentence.paragraph
            reader = SentenceReading(self, sentence, earlier)
            yield from reader.candidates()
            earlier.carried = reader.governing_speaker
            earlier.setting = reader.setting_after()


@dataclass(slots=True)
class Earlier:
    """What a text has told before a sentence.

    ``speakers`` are those so far, each in citation form and as written, the last one last; ``carried`` is whose words the sentence before
    were, for a sentence that goes on comparing; ``said`` is on which day (EDTF) each speaker, in citation form, spoke; ``other_names`` are
    those given in brackets, folded, each with the name before it; ``unit`` is what the last figure counted.
    """

    setting: Setting
    speakers: list[tuple[str, str]] = field(default_factory=list)
    carried: tuple[str, str] | None = None
    said: dict[str, str] = field(default_factory=dict)
    other_names: dict[str, str] = field(default_factory=dict)
    unit: str | None = None


class SentenceReading:
    """One sentence being read; what it tells of speakers is added to what was told earlier."""

    def __init__(self, reading: Reading, sentence: Sentence, earlier: Earlier) -> None:
        self.reading = reading
        self.pack = reading.pack
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.earlier = earlier
        self.governing_speaker: tuple[str, str] | None = None
        self.last_as_of: str | None = None
        self.mentions = reading.dates(sentence)
        self.times = [mention for mention in self.mentions if mention.sense in SENSES_OF_TIME]
        self.dated = {at for mention in self.mentions for at in range(mention.first, mention.last + 1)}

    def candidates(self) -> Iterator[Candidate]:
        """The candidates of the sentence."""
        frames = FRAMERS[self.pack.source.language.order](self.tokens, self.pack, self.dated).frames()
        quantities: list[Quantity] = []
        if self.may_count():
            quantities = Assembler(self.tokens, self.pack, self.reading.taken(self.sentence, self.mentions)).quantities()
        kept = [quantity for quantity in quantities if self.is_kept(quantity)]
        if not kept and not frames:
            return
        around = Surroundings(self.tokens, self.pack, self.dated)
        frames = [around.negations.as_negated(frame) for frame in frames]
        self.timing = Timing(
            self.tokens, self.pack, self.times, [(quantity.first, quantity.last) for quantity in quantities], self.earlier.setting
        )
        found = [self.quantity_candidate(quantity, frames, around) for quantity in kept]
        found += [candidate for frame in frames for candidate in self.statement_candidates(frame, frames, around)]
        yield from sorted(filter(None, found), key=lambda candidate: (candidate.start, candidate.kind))
        self.earlier.speakers += [self.name(frame.speaker) for frame in frames if frame.speaker is not None]

    def may_count(self) -> bool:
        """Whether any token can begin a number."""
        return any(
            token.kind == NUMBER_KIND or token.word.entry.number is not None or token.word.has("dual") or self.is_vague(token)
            for token in self.tokens
        )

    def is_vague(self, token: Token) -> bool:
        """Whether a vague word begins at a token."""
        return any(key in self.pack.vague.first for key in token.word.keys)

    def is_kept(self, quantity: Quantity) -> bool:
        """Whether a fact-checker would keep a quantity: not a duration, not a bare number that nothing says what it counts."""
        unit = quantity.unit.split("/")[0] if quantity.unit else None
        if unit in NOT_KEPT:
            return False
        if self.in_brackets(quantity) and quantity.inherited:
            return False
        if self.tells_an_age(quantity):
            return False
        return unit is not None or quantity.hedge is not Hedge.EXACT or self.counts_something(quantity)

    def in_brackets(self, quantity: Quantity) -> bool:
        """Whether a quantity fills a pair of brackets: a converted sum, an age, a number of a list."""
        before, after = quantity.first - 1, quantity.last + 1
        return before >= 0 and after < len(self.tokens) and self.tokens[before].text == "(" and self.tokens[after].text == ")"

    def tells_an_age(self, quantity: Quantity) -> bool:
        """Whether bare digits between commas after a name tell an age: "Maria Lopez, 34, said"."""
        before, after = quantity.first - 1, quantity.last + 1
        if quantity.number[0] != quantity.number[1] or before < 1 or after >= len(self.tokens) or (quantity.low or 0) > OLDEST:
            return False
        commas = self.tokens[before].text == "," == self.tokens[after].text
        return commas and self.tokens[before - 1].text[:1].isupper()

    def counts_something(self, quantity: Quantity) -> bool:
        """Whether a bare number is a figure all the same: it has a scale, or is written out to the thousands."""
        first = self.tokens[quantity.number[0]]
        return "scale" in quantity.rules or ((quantity.low or 0) >= WRITTEN_OUT and first.kind == NUMBER_KIND)

    def quantity_candidate(self, quantity: Quantity, frames: Sequence[Frame], around: Surroundings) -> Candidate | None:
        """The candidate of a quantity; ``None`` when nothing sure is said of it."""
        span = (quantity.first, quantity.last)
        negated = around.negations.of_figure(span)
        found = self.candidate(CandidateKind.QUANTITY, span, governing(frames, quantity.number[0]), around, negated)
        unit = quantity.unit
        if unit is None and self.counts_those_before(quantity.first):
            unit = self.earlier.unit
        self.earlier.unit = unit or self.earlier.unit
        return found and replace(
            found, figure=Figure(quantity.low, quantity.high, quantity.hedge), unit=unit, other=quantity.other,
            value_text=self.words(quantity.number), rules=(*quantity.rules, *found.rules),
        )  # fmt: skip

    def counts_those_before(self, first: int) -> bool:
        """Whether the words before a figure say "their number": it counts what the figure before it counted."""
        nouns = Nouns(self.tokens, self.pack, set())
        return any(nouns.is_their_number(at) for at in range(first))

    def statement_candidates(self, frame: Frame, frames: Sequence[Frame], around: Surroundings) -> Iterator[Candidate | None]:
        """The candidates of what a frame reports, up to the next frame: one, or one for each clause where only some are negated."""
        first, last = frame.first, frame.last
        if frame.kind == "citing" and len(frames) > 1:
            return
        following = [begin_after(frame, other) for other in frames if other.at > frame.at and not other.trailing]
        if following and not frame.trailing:
            last = around.negations.before_verb(min(last, min(following) - 1))
        told = self.after_qualifier(first, last)
        if frame.kind in STANCES and not frame.trailing:
            span = self.trimmed(frame.at, last)
            denied_again = around.negations.of_clause((told, last)) if told > first else None
            if span is not None:
                yield self.candidate(CandidateKind.STATEMENT, span, frame, around, denied_again)
            return
        told = frame.at if frame.kind == "revise" else told
        span = self.trimmed(first if frame.trailing else told, last)
        for (begin, end), negated in around.negations.pieces(span) if span is not None else ():
            joined = self.tokens[begin].word.has("adding") and begin > first  # "…, but 12 people were hurt"
            if (trimmed := self.trimmed(begin + joined, end)) is not None:
                yield self.candidate(CandidateKind.STATEMENT, trimmed, frame, around, negated)

    def trimmed(self, first: int, last: int) -> Span | None:
        """A statement without the signs, dates and little words at its ends; ``None`` for one that is too short to say anything."""
        while first <= last and not self.begins_statement(first):
            first += 1
        while last >= first and (self.tokens[last].kind not in {WORD_KIND, NUMBER_KIND} or self.tokens[last].word.has("that")):
            last -= 1
        return (first, last) if last - first + 1 >= SHORTEST_STATEMENT else None

    def after_qualifier(self, first: int, last: int) -> int:
        """Where what is said begins after a qualifier, a date or a circumstance: ", head of the agency, that", "on Monday that"."""
        for at in range(first, min(last, first + LONGEST_QUALIFIER)):
            token = self.tokens[at]
            if token.text == ":" and at > first:
                return at + 1
            if token.word.has("that") and not token.word.prefix.startswith(tuple(self.pack.joins)):
                led = at - 1 if at > first and self.tokens[at - 1].word.has("adverbial") else at  # "…, من أن"
                parted = led > first and self.is_aside(led - 1)
                return at + 1 if parted or all(self.is_aside(place) for place in range(first, led)) else first
        return first

    def is_aside(self, at: int) -> bool:
        """Whether a token is a sign, part of a date, or a word of circumstance."""
        return at in self.dated or self.tokens[at].kind == SIGN_KIND or self.tokens[at].word.has("adverbial")

    def begins_statement(self, at: int) -> bool:
        """Whether a statement may begin with a token: not a sign, a date, or the word that introduces it."""
        token = self.tokens[at]
        return token.kind in {WORD_KIND, NUMBER_KIND} and at not in self.dated and not token.word.has("that")

    def candidate(
        self, kind: CandidateKind, span: Span, frame: Frame | None, around: Surroundings, negated: Negated | None
    ) -> Candidate | None:
        """A candidate over some tokens, with what its frame and the words around it say; ``None`` when they say nothing sure."""
        clause = around.clause(span) if kind is CandidateKind.QUANTITY else span
        stance, why_stance = around.stance(frame, span, clause, negated)
        if stance is None:
            return None
        modality, why_modality = around.modality(frame, span if kind is CandidateKind.QUANTITY else (span[0], span[0]), clause)
        claimant = self.speaker_of(frame)
        timed = self.said_again(self.timing.of(span, frame), claimant)
        if modality is Modality.OBSERVED and self.is_to_come(timed.as_of):
            modality, why_modality = Modality.FORECAST, f"a day to come: {timed.as_of}"
        if kind is CandidateKind.QUANTITY and modality is Modality.OBSERVED:
            self.last_as_of = timed.as_of or self.last_as_of
        place = around.place(span, clause)
        start, end = self.tokens[span[0]].start, self.tokens[span[1]].end
        return Candidate(
            kind=kind, quote=self.reading.text[start:end], start=start, end=end,
            sentence_start=self.sentence.start, sentence_end=self.sentence.end,
            place=place and self.words(place), claimant=claimant and claimant[0], claimant_text=claimant and claimant[1],
            relay=() if frame is None or frame.relay is None else (self.name(frame.relay)[0],),
            stance=stance, modality=modality, as_of=when_of(timed.as_of), said_on=when_of(timed.said_on),
            rules=(*filter(None, (why_stance, why_modality, timed.rule)), *(frame.rules if frame is not None else ())),
        )  # fmt: skip

    def is_to_come(self, as_of: str | None) -> bool:
        """Whether a date lies after the publication: nobody has observed what is still to come."""
        about = when_of(as_of)
        published = self.reading.published
        return about is not None and published is not None and about.earliest is not None and about.earliest > published

    def said_again(self, timed: Timed, claimant: tuple[str, str] | None) -> Timed:
        """What is known of a candidate's dates; who spoke on a day that the text has named goes on speaking on that day."""
        if claimant is None:
            return timed
        speaker = self.earlier.other_names.get(fold(claimant[0]), claimant[0])
        if timed.said_on is not None:
            self.earlier.said[speaker] = timed.said_on
            return timed
        before = self.earlier.said.get(speaker)
        if before is None:
            return timed
        return replace(timed, as_of=timed.as_of or before, said_on=before, rule=timed.rule or f"said: {before}, as before")

    def setting_after(self) -> Setting:
        """What the next sentence of the text takes from this one: the dates that it may go on about, and the year named last."""
        single = [mention for mention in self.times if mention.sense is Sense.POINT and mention.earliest is not None]
        before = self.last_as_of or (single[-1].edtf if len(single) == 1 else None)
        if not self.times:
            before = before or self.earlier.setting.before
        years = [mention.edtf[:4] for mention in self.times if mention.edtf is not None and mention.edtf[:4].isdecimal()]
        return replace(self.earlier.setting, before=before, year=years[-1] if years else self.earlier.setting.year)

    def speaker_of(self, frame: Frame | None) -> tuple[str, str] | None:
        """The name of who speaks in a frame; a frame without one goes on for the last speaker, and so does a comparison without a frame."""
        if frame is None:
            goes_on = self.earlier.carried is not None and any(token.word.has("continuing") for token in self.tokens)
            found = self.earlier.carried if goes_on else None
        elif frame.speaker is None:
            found = self.earlier.speakers[-1] if self.earlier.speakers else None
        else:
            found = self.name(frame.speaker)
        self.governing_speaker = self.governing_speaker or found
        return found

    def name(self, span: Span) -> tuple[str, str]:
        """A name in citation form, and as written; a short one is the longer name that was given before it."""
        span = self.name_after_office(span) or span
        written = self.words(span)
        cited = citation_form(written, self.tokens[span[0] : span[1] + 1], self.pack)
        if (other := self.name_in_brackets(span[1] + 1)) is not None:
            self.earlier.other_names[fold(other)] = cited
        return fuller_name(cited, [name for name, _ in self.earlier.speakers], self.pack), written

    def name_after_office(self, span: Span) -> Span | None:
        """The personal name between commas after an office: "the prime minister, Najib Mikati,"; ``None``: none stands there."""
        comma = span[1] + 1
        offices = [token for token in self.tokens[span[0] : span[1] + 1] if token.word.has("office")]
        if not offices or comma >= len(self.tokens) or self.tokens[comma].text not in COMMAS:
            return None
        close = next((at for at in range(comma + 1, len(self.tokens)) if self.tokens[at].text in COMMAS), len(self.tokens))
        named = self.tokens[comma + 1 : close]
        if close == len(self.tokens) or not 1 < len(named) <= LONGEST_NAME:
            return None
        return (comma + 1, close - 1) if all(self.may_be_name(token, at) for at, token in enumerate(named)) else None

    def may_be_name(self, token: Token, at: int) -> bool:
        """Whether a word can be part of a personal name: capitals where the script has them, else a word that no list knows."""
        if token.kind != WORD_KIND or token.word.has("office"):
            return False
        if self.pack.source.language.order == "subject first":
            return token.text[:1].isupper()
        return token.word.entry is self.pack.lexicon.nothing.entry and (at == 0 or not token.word.form.startswith("ال"))

    def name_in_brackets(self, at: int) -> str | None:
        """The other name that stands in brackets after a name: "the ministry (Pentagon)"; ``None``: none does."""
        if at >= len(self.tokens) or self.tokens[at].text != "(":
            return None
        close = next(
            (place for place in range(at + 1, min(len(self.tokens), at + LONGEST_OTHER_NAME)) if self.tokens[place].text == ")"), at
        )
        return self.words((at + 1, close - 1)) if close > at + 1 else None

    def words(self, span: Span) -> str:
        """The text of some tokens."""
        return self.reading.text[self.tokens[span[0]].start : self.tokens[span[1]].end]


def begin_after(frame: Frame, other: Frame) -> int:
    """Where another frame begins after a frame: at its verb, or at a speaker of its own that stands before."""
    own = other.speaker is not None and other.speaker != frame.speaker and other.speaker[0] > frame.at
    return min(other.at, other.speaker[0]) if own and other.speaker is not None else other.at


def when_of(edtf: str | None) -> When | None:
    """A date that may be missing."""
    return None if edtf is None else parse_when(edtf)
