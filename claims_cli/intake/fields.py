"""The fields of a row, as people and programs write them, made into a claim and what it refers to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from claims_cli.core.claim import Claim, Kind, Modality, Question, Quote, Review, Source, Stance
from claims_cli.core.errors import NotUnderstood
from claims_cli.core.folding import fold, slug_of
from claims_cli.core.notation import parse_figure
from claims_cli.core.value import Figure, Hedge
from claims_cli.core.when import parse_when
from claims_cli.intake.documents import find_quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims_cli.core.when import When

Choice = TypeVar("Choice", bound=StrEnum)

READ = [
    "ref",
    "topic",
    "question",
    "kind",
    "unit",
    "subject",
    "place",
    "population",
    "value",
    "low",
    "high",
    "hedge",
    "stance",
    "modality",
    "basis",
    "claimant",
    "relay",
    "as_of",
    "said_on",
    "published_on",
    "publisher",
    "title",
    "url",
    "language",
    "document",
    "quote",
    "value_text",
    "review",
    "note",
]
# Columns of our own exports that say nothing new on the way back.
PASSED_OVER = ["id", "uid", "recorded_at", "relation", "conflict"]
RELAY_ARROW = ">"
UNKEPT = re.compile("[\x00\ud800-\udfff]")


class FieldError(Exception):
    """A field that means nothing: which one, what is wrong, and what to do."""

    def __init__(self, column: str | None, what: str, fix: str | None = None) -> None:
        """Keep the three; ``column`` is ``None`` when the whole row is meant."""
        super().__init__(what)
        self.column = column
        self.what = what
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Entry:
    """A row understood: the claim, and its question with what the row says of it, for when the question is new.

    ``question`` is ``None`` when the row names a question and says nothing about it.
    """

    claim: Claim
    question: Question | None
    unit: str | None


def choice(fields: Mapping[str, str], column: str, choices: type[Choice], default: Choice) -> Choice:
    """One of a closed set of words."""
    word = fields.get(column)
    if word is None:
        return default
    try:
        return choices(word.strip().lower())
    except ValueError:
        raise FieldError(column, f"{word!r} is not one of its words", f"write one of: {', '.join(choices)}") from None


def moment(fields: Mapping[str, str], column: str) -> When | None:
    """A date; ``None`` when the field is empty."""
    text = fields.get(column)
    if text is None:
        return None
    try:
        return parse_when(text)
    except NotUnderstood as error:
        raise FieldError(column, error.what, error.fix) from None


def stated_figure(fields: Mapping[str, str]) -> Figure | None:
    """The figure, from ``value`` or from ``low``, ``high`` and ``hedge``; ``None`` when the row has none."""
    if "value" in fields:
        try:
            return parse_figure(fields["value"])
        except NotUnderstood as error:
            raise FieldError("value", error.what, error.fix) from None
    low, high = number(fields, "low"), number(fields, "high")
    if low is None and high is None:
        return None
    if low is not None and high is not None:
        usual = Hedge.EXACT if low == high else Hedge.RANGE
    else:
        usual = Hedge.AT_MOST if low is None else Hedge.AT_LEAST
    try:
        return Figure(low, high, choice(fields, "hedge", Hedge, usual))
    except NotUnderstood as error:
        raise FieldError("hedge", error.what, error.fix) from None


def number(fields: Mapping[str, str], column: str) -> Decimal | None:
    """A plain decimal; ``None`` when the field is empty."""
    text = fields.get(column)
    if text is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise FieldError(column, f"{text!r} is not a number", "write digits, with a point for decimals")
    return value


def source_in(fields: Mapping[str, str], document: Source | None) -> Source:
    """The source that a row tells of; a document's own particulars come first."""
    get = fields.get
    told = source_told(get("publisher"), get("title"), get("url"), get("language"), moment(fields, "published_on"))
    if document is None:
        return told
    return Source(
        publisher=document.publisher or told.publisher,
        title=document.title or told.title,
        url=document.url or told.url,
        language=document.language or told.language,
        published_on=document.published_on or told.published_on,
        text=document.text,
        encoding=document.encoding,
        original=document.original,
    )


@lru_cache(maxsize=1024)
def source_told(publisher: str | None, title: str | None, url: str | None, language: str | None, published_on: When | None) -> Source:
    """A source of which only particulars are told; the claims of one document share it."""
    return Source(publisher, title, url, language, published_on)


def quote_in(fields: Mapping[str, str], source: Source) -> Quote | None:
    """The quote, placed in the source's text where that is known."""
    words = fields.get("quote")
    if words is None:
        return None
    if source.text is None:
        return Quote(words)
    try:
        return find_quote(words, source.text)
    except NotUnderstood as error:
        raise FieldError("quote", error.what, error.fix) from None


def relay_in(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Who passed the claim on, from the originator on, out of "A > B"."""
    if "relay" not in fields:
        return ()
    return tuple(name_in("relay", name) for part in fields["relay"].split(RELAY_ARROW) if (name := part.strip()))


def name_in(column: str, text: str) -> str:
    """A name, which has letters or digits: it could not be told from others otherwise. Raises FieldError."""
    if not fold(text):
        raise FieldError(column, f"{text!r} is not a name", "write a name with at least one letter or digit")
    return text


QUESTION_COLUMNS = ("question", "topic", "unit", "subject", "kind", "place", "population")


def question_in(fields: Mapping[str, str]) -> tuple[str, Question | None]:
    """The slug of the row's question, and the question itself when the row says enough to make it.

    A row names its question by slug or in words, or by topic, subject and unit.
    """
    return question_told(*map(fields.get, QUESTION_COLUMNS))


@lru_cache(maxsize=4096)
def question_told(  # noqa: PLR0913, PLR0917  QUESTION_COLUMNS, in their order
    named: str | None,
    topic: str | None,
    unit: str | None,
    subject: str | None,
    kind: str | None,
    place: str | None,
    population: str | None,
) -> tuple[str, Question | None]:
    """As ``question_in``, of the fields one by one, so that rows on one question share it."""
    if named is None and (topic is None or subject is None):
        raise FieldError("question", "the row does not say what it answers", "give question, or topic and subject (and unit)")
    slug = slug_of(named) if named is not None else slug_of(" ".join(filter(None, (topic, subject, unit))))
    if topic is None:
        return slug, None
    usual = Kind.FIXED if unit is None else Kind.LEVEL
    behaves = usual if kind is None else choice({"kind": kind}, "kind", Kind, usual)
    text = named if named is not None and named != slug else subject or slug
    return slug, Question(slug, slug_of(topic), text, behaves, unit, place=place, population=population)


def entry_from(fields: Mapping[str, str], document: Source | None = None) -> Entry:
    """The claim of a row whose empty fields are left out. Raises FieldError at the first field that means nothing."""
    if UNKEPT.search("".join(fields.values())):
        column = next(column for column, text in fields.items() if UNKEPT.search(text))
        raise FieldError(column, "it holds a NUL or half a character, which no database keeps", "take it out")
    slug, question = question_in(fields)
    figure = stated_figure(fields)
    if figure is None and "stance" not in fields:
        raise FieldError("value", "the row has neither a value nor a stance", "give value, or stance: asserts, denies, unconfirmed")
    source = source_in(fields, document)
    claimant = fields.get("claimant") or source.publisher
    if claimant is None:
        raise FieldError("claimant", "the row does not say whose claim it is", "give claimant, or at least publisher")
    for column in ("claimant", "publisher"):
        if column in fields:
            name_in(column, fields[column])
    modality = choice(fields, "modality", Modality, Modality.OBSERVED)
    as_of = moment(fields, "as_of")
    observed_after_publication(as_of, source, modality)
    claim = Claim(
        question=slug,
        claimant=claimant,
        source=source,
        figure=figure,
        stance=choice(fields, "stance", Stance, Stance.ASSERTS),
        modality=modality,
        as_of=as_of,
        said_on=moment(fields, "said_on"),
        quote=quote_in(fields, source),
        value_text=fields.get("value_text"),
        relay=relay_in(fields),
        place=fields.get("place"),
        basis=fields.get("basis"),
        ref=fields.get("ref"),
        note=fields.get("note"),
        review=choice(fields, "review", Review, Review.ACCEPTED),
    )
    return Entry(claim, question, fields.get("unit"))


def observed_after_publication(as_of: When | None, source: Source, modality: Modality) -> None:
    """Refuse an observation of days that came after its publication."""
    published = source.published_on
    if modality is not Modality.OBSERVED or as_of is None or published is None:
        return
    if as_of.earliest_day is not None and published.latest_day is not None and as_of.earliest_day > published.latest_day:
        fix = "mend the date, or set modality to forecast"
        raise FieldError("as_of", f"an observation of {as_of.text} cannot stand in a source published on {published.text}", fix)
