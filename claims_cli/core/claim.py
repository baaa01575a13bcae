"""The values that travel between the rooms: claims and what they refer to, as frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from claims_cli.core.value import Figure
    from claims_cli.core.when import When


class Kind(StrEnum):
    """How the answers to a question behave over time."""

    LEVEL = "level"
    CUMULATIVE = "cumulative"
    FLOW = "flow"
    RATE = "rate"
    FIXED = "fixed"


class Stance(StrEnum):
    """What the claimant does with the statement."""

    ASSERTS = "asserts"
    DENIES = "denies"
    UNCONFIRMED = "unconfirmed"


class Modality(StrEnum):
    """Whether the claim is about what is, or about what is to come."""

    OBSERVED = "observed"
    FORECAST = "forecast"
    TARGET = "target"
    CONDITIONAL = "conditional"


# Members by their own names: before Python 3.12 asking the enum for one takes ten times as long, and rules ask millions of times.
LEVEL, CUMULATIVE, FLOW, RATE, FIXED = Kind
ASSERTS, DENIES, UNCONFIRMED = Stance
OBSERVED, FORECAST, TARGET, CONDITIONAL = Modality


class Review(StrEnum):
    """Whether a person has taken the claim into the record. Only accepted claims are compared."""

    CANDIDATE = "candidate"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that a desk follows."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that claims answer. ``unit`` is ``None`` for a factual (yes or no) question; ``currency`` is in days.

    ``words`` are groups of words by which a text is found to answer it: each group must stand there, in one of its spellings, which are
    set apart by ``|``; a ``*`` stands for any ending.
    """

    slug: str
    topic: str
    text: str
    kind: Kind
    unit: str | None = None
    place: str | None = None
    population: str | None = None
    part_of: str | None = None
    currency: int = 3
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """Another way to write an actor's name; ``language`` is a BCP 47 tag or ``None`` when it does not matter."""

    name: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """An office that an actor holds for a time, by the name under which its holder is cited; ``None``: that end is not known."""

    name: str
    since: When | None = None
    until: When | None = None

    def held_on(self, day: int | None) -> bool:
        """Whether the office is held on a day (a proleptic ordinal); on a day that is not known, only when it never ends."""
        begin = None if self.since is None else self.since.earliest_day
        end = None if self.until is None else self.until.latest_day
        if day is None:
            return end is None
        return (begin is None or begin <= day) and (end is None or day <= end)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, office or organisation. ``speaks_for`` is the slug of the actor whose voice this one is."""

    slug: str
    name: str
    speaks_for: str | None = None
    aliases: tuple[Alias, ...] = ()
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The document in which claims were found.

    ``publisher`` is a name; ``text`` is the decoded text, ``None`` when only its particulars are known. ``uid`` is given where a kept
    source can no longer be told by its particulars, because they were purged. ``encoding`` is what it was decoded from, ``None``: not
    known. ``original`` are the bytes that it came in, where they are not just the text in UTF-8. How a text came makes it no other source.
    """

    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    published_on: When | None = None
    text: str | None = None
    uid: str | None = None
    encoding: str | None = field(default=None, compare=False)
    original: bytes | None = field(default=None, compare=False, repr=False)


class Quote(NamedTuple):
    """The exact words in the source, with what stands around them (W3C Web Annotation: text quote and text position selectors).

    ``start`` and ``end`` are offsets in code points of the source's text; ``None`` when the text is not kept.
    """

    exact: str
    prefix: str | None = None
    suffix: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One actor's answer to a question, as one source reports it.

    ``question`` is a slug; ``claimant`` and ``relay`` are names as written, the relay from the originator towards the publisher.
    ``figure`` is ``None`` for a factual claim; ``ref`` is the caller's own key.
    """

    question: str
    claimant: str
    source: Source
    figure: Figure | None = None
    stance: Stance = Stance.ASSERTS
    modality: Modality = Modality.OBSERVED
    as_of: When | None = None
    said_on: When | None = None
    quote: Quote | None = None
    value_text: str | None = None
    relay: tuple[str, ...] = ()
    place: str | None = None
    basis: str | None = None
    ref: str | None = None
    note: str | None = None
    review: Review = Review.ACCEPTED


@dataclass(frozen=True, slots=True)
class Sheet:
    """Many claims, field by field: the first of each sequence are the first claim's. Fields of many claims are worked with at once."""

    question: Sequence[str]
    claimant: Sequence[str]
    source: Sequence[Source]
    figure: Sequence[Figure | None]
    stance: Sequence[Stance]
    modality: Sequence[Modality]
    as_of: Sequence[When | None]
    said_on: Sequence[When | None]
    quote: Sequence[Quote | None]
    value_text: Sequence[str | None]
    relay: Sequence[tuple[str, ...]]
    place: Sequence[str | None]
    basis: Sequence[str | None]
    ref: Sequence[str | None]
    note: Sequence[str | None]
    review: Sequence[Review]

    @classmethod
    def of(cls, claims: Sequence[Claim]) -> Sheet:
        """The sheet of some claims."""
        return cls(**{one.name: [getattr(claim, one.name) for claim in claims] for one in fields(Claim)})

    def at(self, places: Sequence[int]) -> Sheet:
        """The sheet of the claims at some places."""
        return Sheet(**{one.name: [getattr(self, one.name)[place] for place in places] for one in fields(Claim)})


class Wanted(StrEnum):
    """What to look for in a text."""

    CLAIMS = "claims"
    NUMBERS = "numbers"
    DATES = "dates"


class CandidateKind(StrEnum):
    """What a candidate answers: how many, or whether."""

    QUANTITY = "quantity"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a text says that may become a claim: nothing in it is guessed, and what the text does not say is ``None``.

    ``start`` and ``end`` are offsets in code points of the text given, ``text[start:end] == quote``, and so are those of the sentence.
    ``claimant`` is the name in citation form, ``claimant_text`` as written. ``other`` is the second reading of digits that have two.
    ``rules`` are the names of the rules that fired, with the words that they fired on.
    """

    kind: CandidateKind
    quote: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    figure: Figure | None = None
    value_text: str | None = None
    other: Decimal | None = None
    unit: str | None = None
    subject: str | None = None
    place: str | None = None
    claimant: str | None = None
    claimant_text: str | None = None
    relay: tuple[str, ...] = ()
    stance: Stance = Stance.ASSERTS
    modality: Modality = Modality.OBSERVED
    as_of: When | None = None
    said_on: When | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One command that writes: who ran it, when (UTC), and its words."""

    at: datetime
    who: str
    command: str
    summary: str = field(default="")
