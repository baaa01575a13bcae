"""Frames: who says what in a sentence, and over which words the saying reaches.

A frame has a speaker and a scope. Where the speaker stands is the language's: before the verb in a language that puts the subject first
(``Officials said that …``, ``…, officials said``, ``…, said the mayor``), after it in one that puts the verb first (``قالت الوزارة إن …``).
Phrases such as "according to" and "نقلا عن" make frames in the same way in both.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims_cli.extract.text import NUMBER_KIND, SIGN_KIND, WORD_KIND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims_cli.extract.pack import Pack
    from claims_cli.extract.text import Token

LONGEST_SPEAKER = 16  # words
LONGEST_QUALIFIER = 9  # words between commas after a name: ", head of the agency,"
NEAR = 4  # words within which what follows a verb tells that its content came before it
OPENING = frozenset('"\u201c\u00ab\u201e')
CLOSING = frozenset('"\u201d\u00bb')
COMMAS = frozenset(",\u060c")
BREAKS = frozenset(";:\u061b\u2014\u2013()[]")
ENDS = frozenset(".!?\u061f\u2026")

WITHIN_NAMES = frozenset({"in", "for", "at", "في", "من"})  # prepositions that may stand inside a name: "مصادر في الشرطة"
DEFINITE = ("ال", "لل")
MADE_BY = frozenset({"by"})
WRITTEN_BY = frozenset({"by", "from", "of", "صادره", "عن", "من"})  # between a document and whose it is


@dataclass(frozen=True, slots=True)
class Frame:
    """Who says, with which kind of verb, over which tokens of the sentence (``first`` to ``last``, both included).

    ``speaker`` is a span of tokens, ``None`` for a pronoun or no subject at all: the last speaker goes on. ``relay`` is a span too.
    ``at`` is the token of the verb or phrase. ``trailing`` marks a frame that stands after what it reports, ``denied`` one whose verb is
    negated, so that it denies what follows: "does not expect that".
    """

    kind: str
    at: int
    first: int
    last: int
    speaker: tuple[int, int] | None
    relay: tuple[int, int] | None = None
    trailing: bool = False
    denied: bool = False
    rules: tuple[str, ...] = ()

    def covers(self, at: int) -> bool:
        """Whether a token lies in what is said."""
        return self.first <= at <= self.last


class Framer(ABC):
    """Finds the frames of one sentence. ``dated`` are tokens of dates, which are no part of a name."""

    def __init__(self, tokens: Sequence[Token], pack: Pack, dated: set[int]) -> None:
        self.tokens = tokens
        self.pack = pack
        self.dated = dated
        self.end = len(tokens)

    @abstractmethod
    def verb_frame(self, at: int) -> Frame | None:
        """The frame of a verb of saying; ``None`` when it says nothing here."""

    @abstractmethod
    def revision_frame(self, at: int) -> Frame | None:
        """The frame of a verb with which somebody revises a count; ``None`` when it has another object."""

    @abstractmethod
    def teller(self, at: int) -> tuple[int, int] | None:
        """Who stands with the verb of "according to what the ministry said", "وفق ما أفادت الوزارة"; ``None``: no such clause."""

    @abstractmethod
    def owner_of_figures(self, first: int, last: int) -> tuple[int, int] | None:
        """Who made the figures that a name begins with, told by a clause after them; ``None``: no such clause."""

    @abstractmethod
    def made_by(self, first: int, last: int) -> int:
        """Where the name of its maker begins in a name that holds a document further on, else where the name begins."""

    @abstractmethod
    def ends_name_here(self, place: int) -> bool:
        """Whether a word within a name ends it by the grammar of the language."""

    def cited_after(self, at: int) -> tuple[int, int] | None:  # noqa: ARG002 - a language may have such a clause
        """Whom a verb of relaying quotes in a clause of its own: "quoted the ministry as saying"; ``None``: no such clause."""
        return None

    def frames(self) -> list[Frame]:
        """The frames, in the order of their verbs."""
        found: list[Frame] = []
        skip = 0
        for at, token in enumerate(self.tokens):
            if token.kind != WORD_KIND or at < skip:
                continue
            frame = self.phrase_frame(at)
            definite = token.word.prefix.endswith(DEFINITE) and token.word.entry.verb != "noun"  # "الكشف" is a noun, "كشف" a verb
            if frame is None and token.word.entry.verb is not None and not definite and at not in self.dated:
                frame = self.verb_frame(at)
            if frame is None and (token.word.has("revising") or token.word.has("revising own")) and at not in self.dated:
                frame = self.revision_frame(at)
            if frame is not None:
                found.append(frame)
                if frame.speaker is not None and frame.speaker[0] > at:
                    skip = frame.speaker[0]
        return with_speakers(found)

    # Phrases: "according to X", "نقلا عن X"

    def phrase_frame(self, at: int) -> Frame | None:
        """The frame of a phrase that begins at a token."""
        found = self.pack.speech.at(self.tokens, at)
        if found is None or found[1] not in {"according", "citing"}:
            return None
        length, kind = found
        if kind == "citing" and self.tokens[at].word.entry.verb == "relay" and self.cited_after(at) is not None:
            return None  # "quoted the minister as saying" has a frame of its own, with who quoted
        begin = at + length
        while begin < self.end and (begin in self.dated or self.tokens[begin].word.has("resumptive")):
            begin += 1
        if kind == "citing" and begin < self.end and self.tokens[begin].word.form in MADE_BY:  # "the ministry, quoted by the agency,"
            return None
        speaker = self.teller(begin) or self.name_from(begin)
        if speaker is None:
            return None
        first, last = self.reach_of_phrase(at, speaker[1])
        if speaker[0] == speaker[1] and self.tokens[speaker[0]].word.has("personal"):
            return Frame(kind, at, first, last, None, trailing=first < at, rules=(kind,))
        return Frame(kind, at, first, last, speaker, trailing=first < at, rules=(kind,))

    def reach_of_phrase(self, at: int, after: int) -> tuple[int, int]:
        """Over which tokens "according to X" reaches: what follows when it opens its clause, else what stands before."""
        opens = at == 0 or (at == 1 and self.tokens[0].kind != WORD_KIND)
        if opens:
            return after + 1, self.end - 1
        after = self.bracket_after(after)
        rest = [at for at in range(after + 1, self.end) if self.tokens[at].kind != SIGN_KIND and at not in self.dated]
        return (0, self.end - 1) if rest else (0, at - 1)

    def bracket_after(self, last: int) -> int:
        """The end of the brackets that follow a name, with another name in them: "the ministry (Pentagon)"; ``last`` when none do."""
        if last + 1 < self.end and self.tokens[last + 1].text == "(":
            return next((place for place in range(last + 2, min(self.end, last + 2 + NEAR)) if self.tokens[place].text == ")"), last)
        return last

    # Names

    def name_from(self, at: int) -> tuple[int, int] | None:
        """The name that begins at a token: up to a comma, a verb, a word that ends it; ``None`` when nothing of a name is there."""
        while at < self.end and (self.tokens[at].text in OPENING or self.tokens[at].text == ":"):
            at += 1
        last, place = at - 1, at
        while place < min(self.end, at + LONGEST_SPEAKER):
            token = self.tokens[place]
            if self.ends_name(place, at):
                break
            if token.kind in {WORD_KIND, NUMBER_KIND}:
                last = place
            place += 1
        last = self.unwrapped_end(at, last)
        if last < at:
            return None
        return self.owner_of_figures(at, last) or (self.unwrapped(at, last), last)

    def is_count(self, at: int) -> bool:
        """Whether a word stands for a count: "toll", "estimate", "حصيلة"."""
        word = self.tokens[at].word
        return word.has("toll") or word.has("count") or word.has("owner of figures")

    def only_figures(self, first: int, last: int) -> bool:
        """Whether a name is no more than the word for some figures, whose owner a relative clause may name: "أرقام كشف عنها …"."""
        return all(
            token.word.has("owner of figures") or self.is_adjective(first + step)
            for step, token in enumerate(self.tokens[first : last + 1])
        )

    def ends_name(self, place: int, begin: int) -> bool:
        """Whether a name that begins at ``begin`` ends before a token."""
        token = self.tokens[place]
        if token.kind == SIGN_KIND:
            glued = token.text in "-'\u2019./&" and place + 1 < self.end and token.glued_to(self.tokens[place + 1])
            return not (glued or token.text in OPENING or token.text in CLOSING)
        word = token.word
        if place in self.dated or (place > begin and (word.has("that") or word.has("relative"))):
            return True
        if place > begin and (
            (word.entry.verb is not None and not self.is_noun(place)) or (word.has("adverbial") and not self.inside_name(place))
        ):
            return True
        return self.ends_name_here(place) and place > begin

    def is_noun(self, place: int) -> bool:
        """Whether a word that could be a verb of saying stands where a noun does: after "of" or an article."""
        before = self.tokens[place - 1].word if place else None
        return before is not None and (before.has("of") or before.has("article") or before.form in {"the", "its", "their"})

    def inside_name(self, place: int) -> bool:
        """Whether a preposition stands within a name: "the ministry in Kyiv", "مصادر في الشرطة"; at most one does."""
        word = self.tokens[place].word.form
        if word not in WITHIN_NAMES or place + 1 >= self.end or place + 1 in self.dated:
            return False
        following = self.tokens[place + 1]
        named = following.text[:1].isupper() or not following.text.isascii()
        return named and not following.word.has("occasion") and not following.word.has("that")

    def unwrapped(self, first: int, last: int) -> int:
        """Where the name begins that owns a document: "a report by the ministry" is the ministry's, "تقديرات الشرطة" the police's."""
        if not self.tokens[first].word.has("owner of figures"):
            return self.made_by(first, last)
        begin = first + 1
        while begin <= last and (
            self.tokens[begin].word.form in WRITTEN_BY
            or self.tokens[begin].word.has("owner of figures")
            or (begin < last and self.tokens[begin + 1].word.form in MADE_BY)  # "figures released by"
        ):
            begin += 1
        return begin if begin <= last and self.tokens[begin].kind == WORD_KIND and not self.is_adjective(begin) else first

    def is_adjective(self, place: int) -> bool:
        """Whether a word only tells what kind of figures they are: "أرقام رسمية"."""
        return self.tokens[place].word.has("of figures")

    def unwrapped_end(self, first: int, last: int) -> int:
        """Where a name ends, a possessive document at its end left out: "the ministry's figures" is the ministry."""
        for place in range(last, first, -1):
            if not self.tokens[place].word.has("owner of figures"):
                continue
            owner = place - 1
            while owner > first and self.tokens[owner].word.has("of figures"):
                owner -= 1
            if self.tokens[owner].text in {"'", "\u2019"} and owner > first:
                return owner - 1
            if self.tokens[owner].text.endswith(("'s", "\u2019s")):
                return owner
        return last


def governing(frames: Sequence[Frame], at: int) -> Frame | None:
    """The frame that tells whose words a token is: the innermost that precedes it, else one that follows; ``None``: nobody's."""
    leading = [frame for frame in frames if frame.covers(at) and not frame.trailing]
    trailing = [frame for frame in frames if frame.covers(at) and frame.trailing]
    if leading:
        nearest = max(leading, key=lambda frame: frame.at)
        if nearest.kind in {"forecast", "estimate"}:
            nearest = next((frame for frame in trailing if frame.kind == "according"), nearest)
    elif trailing:
        nearest = min(trailing, key=lambda frame: abs(frame.at - at))
    else:
        return None
    cited = next((frame for frame in frames if frame.kind == "citing" and frame is not nearest), None)
    if cited is not None and nearest.speaker is not None:
        return replace(nearest, speaker=cited.speaker, relay=nearest.speaker, rules=(*nearest.rules, "citing"))
    return nearest


def with_speakers(frames: Sequence[Frame]) -> list[Frame]:
    """The frames of a sentence, one without a speaker given that of the frame before it in the sentence, or of the one that closes it."""
    settled: list[Frame] = []
    closing = next((frame.speaker for frame in reversed(frames) if frame.trailing and frame.speaker is not None), None)
    for frame in frames:
        before = next((earlier.speaker for earlier in reversed(settled) if earlier.speaker is not None), closing)
        settled.append(frame if frame.speaker is not None or before is None else replace(frame, speaker=before))
    return settled
