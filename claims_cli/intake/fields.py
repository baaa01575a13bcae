"""The fields of rows, as people and programs write them, made into claims and what they refer to.

A field is understood by a function of its text alone, which remembers what it gave: the same dates, names and words stand in many
rows. Rows are taken many at a time, field by field, and the order of the fields says which of two mistakes in a row is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache, partial
from itertools import repeat
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from claims_cli.core.claim import Kind, Modality, Question, Quote, Review, Sheet, Source, Stance
from claims_cli.core.errors import NotUnderstood
from claims_cli.core.folding import fold, slug_of
from claims_cli.core.notation import parse_figure
from claims_cli.core.once import once_alike, once_each
from claims_cli.core.value import Figure, Hedge
from claims_cli.core.when import parse_when
from claims_cli.intake.documents import find_quote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from claims_cli.core.when import When

Choice = TypeVar("Choice", bound=StrEnum)
Meaning = TypeVar("Meaning")
# What stands in some rows, by the name of the column; ``None`` where a cell is empty. All are of one length.
Columns: TypeAlias = "Mapping[str, Sequence[str | None]]"

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
REMEMBERED = 16_384  # texts of a field


class FieldError(Exception):
    """A field that means nothing: which one, what is wrong, and what to do."""

    def __init__(self, column: str | None, what: str, fix: str | None = None) -> None:
        """Keep the three; ``column`` is ``None`` when the whole row is meant."""
        super().__init__(what)
        self.column = column
        self.what = what
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Asked:
    """What a row says of its question. ``question`` is ``None`` when it names one and says nothing about it."""

    slug: str
    question: Question | None
    unit: str | None
    place: str | None


def choice(column: str, word: str | None, choices: type[Choice], default: Choice) -> Choice:
    """One of a closed set of words; the default where the field is empty."""
    if word is None:
        return default
    try:
        return choices(word.strip().lower())
    except ValueError:
        raise FieldError(column, f"{word!r} is not one of its words", f"write one of: {', '.join(choices)}") from None


@lru_cache(REMEMBERED)
def stance_told(word: str | None) -> Stance:
    """The stance of a word."""
    return choice("stance", word, Stance, Stance.ASSERTS)


@lru_cache(REMEMBERED)
def modality_told(word: str | None) -> Modality:
    """The modality of a word."""
    return choice("modality", word, Modality, Modality.OBSERVED)


@lru_cache(REMEMBERED)
def review_told(word: str | None) -> Review:
    """The state of review of a word."""
    return choice("review", word, Review, Review.ACCEPTED)


@lru_cache(REMEMBERED)
def moment(column: str, text: str | None) -> When | None:
    """A date; ``None`` when the field is empty."""
    if text is None:
        return None
    try:
        return parse_when(text)
    except NotUnderstood as error:
        raise FieldError(column, error.what, error.fix) from None


FIGURE_COLUMNS = ("value", "low", "high", "hedge")


@lru_cache(REMEMBERED)
def figure_told(value: str | None, low: str | None = None, high: str | None = None, hedge: str | None = None) -> Figure | None:
    """The figure, from ``value`` or from ``low``, ``high`` and ``hedge``; ``None`` when the row has none."""
    if value is not None:
        try:
            return parse_figure(value)
        except NotUnderstood as error:
            raise FieldError("value", error.what, error.fix) from None
    least, most = number("low", low), number("high", high)
    if least is None and most is None:
        return None
    if least is not None and most is not None:
        usual = Hedge.EXACT if least == most else Hedge.RANGE
    else:
        usual = Hedge.AT_MOST if least is None else Hedge.AT_LEAST
    try:
        return Figure(least, most, choice("hedge", hedge, Hedge, usual))
    except NotUnderstood as error:
        raise FieldError("hedge", error.what, error.fix) from None


def number(column: str, text: str | None) -> Decimal | None:
    """A plain decimal; ``None`` when the field is empty."""
    if text is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise FieldError(column, f"{text!r} is not a number", "write digits, with a point for decimals")
    return value


SOURCE_COLUMNS = ("publisher", "title", "url", "language", "published_on")


@lru_cache(REMEMBERED)
def source_told(publisher: str | None, title: str | None, url: str | None, language: str | None, published_on: str | None) -> Source:
    """A source of which only particulars are told; the claims of one document share it."""
    return Source(publisher, title, url, language, moment("published_on", published_on))


def completed(told: Source, document: Source | None) -> Source:
    """The source that a row tells of; a document's own particulars come first."""
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


def quote_in(words: str | None, source: Source) -> Quote | None:
    """The quote, placed in the source's text where that is known."""
    if words is None:
        return None
    if source.text is None:
        return Quote(words)
    try:
        return find_quote(words, source.text)
    except NotUnderstood as error:
        raise FieldError("quote", error.what, error.fix) from None


@lru_cache(REMEMBERED)
def relay_told(text: str | None) -> tuple[str, ...]:
    """Who passed the claim on, from the originator on, out of "A > B"."""
    return () if text is None else tuple(name_in("relay", name) for part in text.split(RELAY_ARROW) if (name := part.strip()))


def name_in(column: str, text: str) -> str:
    """A name, which has letters or digits: it could not be told from others otherwise. Raises FieldError."""
    if not fold(text):
        raise FieldError(column, f"{text!r} is not a name", "write a name with at least one letter or digit")
    return text


QUESTION_COLUMNS = ("question", "topic", "unit", "subject", "kind", "place", "population")


@lru_cache(REMEMBERED)
def question_told(  # noqa: PLR0913, PLR0917  QUESTION_COLUMNS, in their order
    named: str | None,
    topic: str | None,
    unit: str | None,
    subject: str | None,
    kind: str | None,
    place: str | None,
    population: str | None,
) -> Asked:
    """The slug of the row's question, and the question itself when the row says enough to make it.

    A row names its question by slug or in words, or by topic, subject and unit.
    """
    if named is None and (topic is None or subject is None):
        raise FieldError("question", "the row does not say what it answers", "give question, or topic and subject (and unit)")
    slug = slug_of(named) if named is not None else slug_of(" ".join(filter(None, (topic, subject, unit))))
    if topic is None:
        return Asked(slug, None, unit, place)
    usual = Kind.FIXED if unit is None else Kind.LEVEL
    behaves = choice("kind", kind, Kind, usual)
    text = named if named is not None and named != slug else subject or slug
    return Asked(slug, Question(slug, slug_of(topic), text, behaves, unit, place=place, population=population), unit, place)


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a table, field by field; a column that the table does not have is empty."""

    columns: Columns
    count: int

    def at(self, places: Sequence[int]) -> Rows:
        """The rows at some places, without the columns that are empty there."""
        chosen = {name: [texts[place] for place in places] for name, texts in self.columns.items()}
        return Rows({name: texts for name, texts in chosen.items() if any(texts)}, len(places))

    def column(self, name: str) -> Sequence[str | None]:
        """What stands in one column."""
        return self.columns[name] if name in self.columns else [None] * self.count

    def told(self, function: Callable[..., Meaning], *names: str) -> list[Meaning]:
        """What a function gives for each row's texts in some columns. A function of one column is not asked when nothing has it."""
        if self.count and not any(name in self.columns for name in names):
            return [function(*repeat(None, len(names)))] * self.count
        return list(map(function, *map(self.column, names)))


def sheet_of(rows: Rows, documents: Callable[[str], Source]) -> tuple[Sheet, list[Asked]]:
    """The claims of some rows, and what each says of its question; ``documents`` gives the document of a name.

    Raises FieldError at the first field that means nothing.
    """
    read = [None if name is None else documents(name) for name in rows.column("document")] if "document" in rows.columns else None
    refuse_unkept(rows.columns)
    asked = rows.told(question_told, *QUESTION_COLUMNS)
    figures = rows.told(figure_told, *FIGURE_COLUMNS)
    if any(figure is None and word is None for figure, word in zip(figures, rows.column("stance"), strict=True)):
        raise FieldError("value", "the row has neither a value nor a stance", "give value, or stance: asserts, denies, unconfirmed")
    sources = rows.told(source_told, *SOURCE_COLUMNS)
    if read is not None:
        sources = once_each(completed, sources, read)
    claimants = all_named([name or source.publisher for name, source in zip(rows.column("claimant"), sources, strict=True)])
    for column in ("claimant", "publisher"):
        once_alike(partial(name_in, column), [text for text in rows.column(column) if text])
    modalities = rows.told(modality_told, "modality")
    as_of = list(map(moment, repeat("as_of"), rows.column("as_of")))
    once_each(observed_after_publication, as_of, [source.published_on for source in sources], modalities)
    sheet = Sheet(
        question=[one.slug for one in asked],
        claimant=claimants,
        source=sources,
        figure=figures,
        stance=rows.told(stance_told, "stance"),
        modality=modalities,
        as_of=as_of,
        said_on=list(map(moment, repeat("said_on"), rows.column("said_on"))),
        quote=list(map(quote_in, rows.column("quote"), sources)),
        value_text=rows.column("value_text"),
        relay=rows.told(relay_told, "relay"),
        place=rows.column("place"),
        basis=rows.column("basis"),
        ref=rows.column("ref"),
        note=rows.column("note"),
        review=rows.told(review_told, "review"),
    )
    return sheet, asked


def refuse_unkept(columns: Columns) -> None:
    """Raise FieldError where a text holds a NUL or half a character."""
    for name, texts in columns.items():
        together = "".join(filter(None, texts))
        if "\0" in together or not encodable(together):
            raise FieldError(name, "it holds a NUL or half a character, which no database keeps", "take it out")


def encodable(text: str) -> bool:
    """Whether a text has only whole characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def all_named(claimants: list[str | None]) -> list[str]:
    """The claimants, each of them told. Raises FieldError."""
    named = [name for name in claimants if name]
    if len(named) < len(claimants):
        raise FieldError("claimant", "the row does not say whose claim it is", "give claimant, or at least publisher")
    return named


def observed_after_publication(as_of: When | None, published: When | None, modality: Modality) -> None:
    """Refuse an observation of days that came after its publication."""
    if modality is not Modality.OBSERVED or as_of is None or published is None:
        return
    if as_of.earliest_day is not None and published.latest_day is not None and as_of.earliest_day > published.latest_day:
        fix = "mend the date, or set modality to forecast"
        raise FieldError("as_of", f"an observation of {as_of.text} cannot stand in a source published on {published.text}", fix)
