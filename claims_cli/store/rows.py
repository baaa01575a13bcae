"""Rows to values and back: the only place that knows both."""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from claims_cli.core.amount import is_counted
from claims_cli.core.claim import Kind, Modality, Question, Stance
from claims_cli.core.folding import fold
from claims_cli.core.notation import figure_text
from claims_cli.core.policy import HOUSE
from claims_cli.core.statement import Statement
from claims_cli.core.value import LARGEST, Figure, Hedge, Interval, decimal_text
from claims_cli.core.when import parse_when

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import time

    from claims_cli.core.claim import Source
    from claims_cli.core.policy import Policy
    from claims_cli.core.when import When
    from claims_cli.store.reading import Row

UID_LENGTH = 20  # 80 bits: two claims of ten million share one with a chance of about one in ten thousand million
SCALED_CURRENCY = 1_000_000.0
SECONDS_OF_A_DAY = 86_400
# Looked up by word: calling the enum takes five times as long, and a report asks three times for each claim.
KINDS = {one.value: one for one in Kind}
MODALITIES = {one.value: one for one in Modality}
STANCES = {one.value: one for one in Stance}


def decimal_of(text: str | None) -> Decimal | None:
    """A kept decimal; ``None`` stays ``None``."""
    return None if text is None else Decimal(text)


def moment(edtf: str | None) -> When | None:
    """A kept date; ``None`` stays ``None``."""
    return None if edtf is None else parse_when(edtf)


@lru_cache(maxsize=4096)
def figure_from(low: str | None, high: str | None, hedge: str | None) -> Figure | None:
    """The figure of a row; ``None`` when it has none."""
    return None if hedge is None else Figure(decimal_of(low), decimal_of(high), Hedge(hedge))


@lru_cache(maxsize=4096)
def interval_from(figure: Figure | None, policy: Policy, unit: str | None = None) -> Interval | None:
    """What a figure in a unit allows under a policy; ``None`` without one. Of a unit that is not told nothing is taken to be counted."""
    return None if figure is None else policy.interval_of(figure, counted=is_counted(unit))


@lru_cache(maxsize=4096)
def publication_of(text: str | None, day: int | None) -> tuple[int, int | None] | None:
    """What orders publications: the day, and the seconds into it where a time of day is known, both by UTC.

    ``None`` where no day is known, or none for sure: what came out "in October" may have come before the 15th, or after it.
    """
    if text is None or day is None:
        return None
    if len(text) == len("2024-10-28") and text.replace("-", "").isdigit():  # nearly all are a plain day
        return day, None
    when = parse_when(text)
    if when.earliest_day != day:
        return None
    if when.at is None:
        return day, None
    more, seconds = divmod(seconds_of(when.at), SECONDS_OF_A_DAY)
    return day + more, seconds


def seconds_of(at: time) -> int:
    """Seconds since midnight UTC of the written day, fewer than none on the day before; a time without an offset is taken for UTC."""
    offset = at.utcoffset()
    return 3600 * at.hour + 60 * at.minute + at.second - (0 if offset is None else int(offset.total_seconds()))


@cache
def figures_under(policy: Policy) -> Callable[[str | None, str | None, str | None, str | None], tuple[Figure | None, Interval | None]]:
    """What gives the figure of a row and its unit, and what it allows under a policy; of a million claims many give the same."""

    @lru_cache(maxsize=65536)
    def figure_and_interval(
        low: str | None, high: str | None, hedge: str | None, unit: str | None
    ) -> tuple[Figure | None, Interval | None]:
        figure = figure_from(low, high, hedge)
        return figure, interval_from(figure, policy, unit)

    return figure_and_interval


def statement_maker(speakers: Mapping[int, tuple[str, int]], policy: Policy) -> Callable[[tuple[Any, ...], Question], Statement]:
    """What makes the statement of a row of ``disputed.sql``, given its question. Until when it stands is not told yet.

    ``speakers`` has the name and the voice of each actor. Of values that many claims share, such as days, one is kept.
    """
    figure_and_interval = figures_under(policy)
    days: dict[int | None, int | None] = {}
    kept = days.setdefault

    def statement_told(row: tuple[Any, ...], question: Question) -> Statement:
        _, _, number, ref, speaker, source, low, high, hedge, stance, modality, day_from, day, said_day, horizon, out, out_day, outlet = row
        figure, interval = figure_and_interval(low, high, hedge, question.unit)
        claimant, voice = speakers[speaker]
        return Statement(
            number,
            ref,
            question.slug,
            question.part_of,
            question.kind,
            question.unit,
            voice,
            claimant,
            source,
            figure,
            interval,
            STANCES[stance],
            MODALITIES[modality],
            kept(day_from, day_from),
            kept(day, day),
            kept(said_day, said_day),
            None,
            horizon,
            publication_of(out, out_day),
            None if outlet is None else speakers[outlet][1],
        )

    return statement_told


def question_of(row: Row) -> Question:
    """The question of a row of ``asked.sql``."""
    return Question(
        row["slug"], row["topic"], row["text"], KINDS[row["kind"]], row["unit"], part_of=row["part_of"], currency=row["currency"]
    )


def statement_of(row: Row, policy: Policy = HOUSE) -> Statement:
    """The statement of a row of ``statements.sql``. Until when it stands is not told yet."""
    figure = figure_from(row["low_exact"], row["high_exact"], row["hedge"])
    return Statement(
        id=row["id"],
        ref=row["ref"],
        question=row["question"],
        whole=row["whole"],
        kind=KINDS[row["kind"]],
        unit=row["unit"],
        voice=row["voice"],
        claimant=row["claimant"],
        source=row["source"],
        figure=figure,
        interval=interval_from(figure, policy, row["unit"]),
        stance=STANCES[row["stance"]],
        modality=MODALITIES[row["modality"]],
        day_from=row["day_from"],
        day=row["day"],
        said_day=row["said_day"],
        until=None,
        horizon=row["horizon"],
        published=publication_of(row["published_on"], row["published_to"]),
        publisher=row["publisher"],
    )


def date_columns(as_of: When | None, said_on: When | None, published: When | None, modality: Modality) -> Mapping[str, Any]:
    """The dates of a claim, and the days that it is compared by: what it is about, when it was said, and how far a forecast looks.

    What is not stated is taken from the next best date: as_of from said_on, said_on from the publication. An observation is never
    about a day after its publication.
    """
    said = said_on or published or as_of
    about = as_of or said
    said_day = None if said is None else said.latest_day
    if said_day is not None and published is not None and published.latest_day is not None:
        said_day = min(said_day, published.latest_day)
    first, last = (None, None) if about is None else (about.earliest_day, about.latest_day)
    if modality is Modality.OBSERVED and last is not None and published is not None and published.latest_day is not None:
        last = min(last, published.latest_day)
    first, last = (last if first is None else first), (first if last is None else last)
    if first is not None and last is not None and first > last:
        first = last
    looks_to = last if modality is Modality.FORECAST and as_of is not None else None  # a date of saying is none that is foretold
    horizon = looks_to if looks_to is not None and said_day is not None and looks_to > said_day else None
    days = {"day_from": first, "day": last, "said_day": said_day, "horizon": horizon}
    return {"as_of": edtf(as_of), "said_on": edtf(said_on), **days}


@lru_cache(maxsize=4096)
def figure_columns(figure: Figure | None) -> Mapping[str, Any]:
    """The columns of a figure; all null without one."""
    if figure is None:
        names = ("value", "low", "high", "low_exact", "high_exact", "hedge", "interval_low", "interval_high")
        return dict.fromkeys(names)
    # Kept as of a count, whatever the unit: an end that lies further in than what is compared names a question too many, never too few.
    interval = HOUSE.interval_of(figure, counted=True)
    return {
        "value": figure_text(figure),
        "low": real(figure.low),
        "high": real(figure.high),
        "low_exact": exact(figure.low),
        "high_exact": exact(figure.high),
        "hedge": figure.hedge.value,
        "interval_low": real(within_reach(interval.low)),
        "interval_high": real(within_reach(interval.high)),
    }


def within_reach(end: Decimal | None) -> Decimal | None:
    """An end of what a figure allows, no further out than a figure can be, as the table demands: a tenth more than the largest one is."""
    return None if end is None else max(LARGEST.copy_negate(), min(LARGEST, end))


def real(value: Decimal | None) -> float | None:
    """The nearest double, to filter and sort by."""
    return None if value is None else float(value)


def exact(value: Decimal | None) -> str | None:
    """The canonical text of a decimal."""
    return None if value is None else decimal_text(value)


def edtf(when: When | None) -> str | None:
    """The EDTF text of a date; ``None`` stays ``None``."""
    return None if when is None else when.text


def text_hash(text: str | None) -> str | None:
    """The SHA-256 of a text in UTF-8, in hexadecimal; ``None`` without a text."""
    import hashlib

    return None if text is None else hashlib.sha256(text.encode("utf-8")).hexdigest()


def bytes_hash(source: Source) -> str | None:
    """The SHA-256 of the bytes that a source's text came in, in hexadecimal; ``None`` where they are not known."""
    if source.original is not None:
        return hash_of_bytes(source.original)
    return None if source.encoding is None else text_hash(source.text)


def hash_of_bytes(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    import hashlib

    return hashlib.sha256(content).hexdigest()


def digest(*parts: object) -> str:
    """A short content address of some values."""
    import hashlib

    return hashlib.sha256(compact()(parts).encode("utf-8")).hexdigest()[:UID_LENGTH]


@cache
def compact() -> Callable[[object], str]:
    """What writes a value as JSON without spaces; bytes as their SHA-256."""
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=hash_of_bytes).encode


def source_uid(source: Source, *, publisher: str | None) -> str:
    """The content address of a source: its particulars, or its text where it has neither title nor URL.

    ``publisher`` is the actor's name as kept, so that any of its aliases leads to the same source.
    """
    if source.uid is not None:
        return source.uid
    told = (publisher and fold(publisher), source.title, source.url, edtf(source.published_on))
    return digest("source", *told) if source.title or source.url else digest("source", *told, text_hash(source.text))
