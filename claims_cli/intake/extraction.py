"""Extraction as it is asked for: one document, or a batch of texts, as rows of candidates, of numbers or of dates."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from claims_cli.core.claim import Wanted
from claims_cli.core.errors import ClaimsError, NotUnderstood
from claims_cli.core.when import parse_when
from claims_cli.extract.language import LanguageUnknown
from claims_cli.extract.pipeline import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from claims_cli.core.claim import Candidate, Source
    from claims_cli.extract.pipeline import Mention


def found_in(reading: Reading, wanted: Wanted) -> list[dict[str, Any]]:
    """What stands in a text, as rows, in the order of the text."""
    rows: dict[Wanted, Callable[[], list[dict[str, Any]]]] = {
        Wanted.CLAIMS: lambda: [candidate_row(candidate) for candidate in reading.candidates()],
        Wanted.NUMBERS: lambda: [number_row(mention) for mention in reading.numbers()],
        Wanted.DATES: lambda: [date_row(mention) for mention in reading.all_dates()],
    }
    return rows[wanted]()


def reading_of(source: Source) -> Reading:
    """The text of a document, ready to be read. Raises NotFound for a language without a pack, NotUnderstood for an unknown one."""
    return Reading(source.text or "", source.language, publication_day(source))


def publication_day(source: Source) -> date | None:
    """The last day on which a document may have been published; ``None`` when it does not say."""
    when = source.published_on
    return None if when is None or when.latest_day is None else date.fromordinal(when.latest_day)


def batch(lines: Iterable[str], wanted: Wanted, name: str) -> Iterator[dict[str, Any]]:
    """One answer for each line of JSON with ``id``, ``text``, ``published`` and ``lang`` (the last two may be null), in order.

    A text in a language that is not known has an ``error`` and no candidates. Raises NotUnderstood, with file and line, for a line that
    is not such an object.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield answer_to(asked_in(line, f"{name}:{number}"), wanted, f"{name}:{number}")


def asked_in(line: str, where: str) -> dict[str, Any]:
    """The object in a line of a batch. Raises NotUnderstood."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(f"not JSON: {error}", where=where, fix='write {"id": …, "text": …, "published": …, "lang": …}') from None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise NotUnderstood("no text", where=where, fix='write {"id": …, "text": …, "published": …, "lang": …}')
    return asked


def answer_to(asked: dict[str, Any], wanted: Wanted, where: str) -> dict[str, Any]:
    """The answer to one line of a batch."""
    published = asked.get("published")
    try:
        day = None if published is None else day_of(str(published))
        reading = Reading(asked["text"], asked.get("lang"), day)
    except LanguageUnknown as error:
        return {"id": asked.get("id"), "lang": None, "candidates": [], "error": error.what}
    except ClaimsError as error:
        raise NotUnderstood(error.what, where=where, fix=error.fix) from None
    return {"id": asked.get("id"), "lang": reading.pack.code, "candidates": found_in(reading, wanted)}


def day_of(text: str) -> date:
    """A publication date, of which the last day counts. Raises NotUnderstood for one without a last day."""
    when = parse_when(text)
    if when.latest_day is None:
        raise NotUnderstood(f"the publication date {text!r} has no end", fix="write a day such as 2024-10-29")
    return date.fromordinal(when.latest_day)


def candidate_row(candidate: Candidate) -> dict[str, Any]:
    """A candidate as it is given out: nothing in it is guessed, and what the text does not say is ``None``."""
    figure = candidate.figure
    return {
        "kind": candidate.kind.value,
        "quote": candidate.quote,
        "start": candidate.start,
        "end": candidate.end,
        "value_text": candidate.value_text,
        "low": figure and figure.low,
        "high": figure and figure.high,
        "hedge": figure and figure.hedge.value,
        "unit": candidate.unit,
        "subject": candidate.subject,
        "place": candidate.place,
        "claimant": candidate.claimant,
        "claimant_text": candidate.claimant_text,
        "relay": " > ".join(candidate.relay) or None,
        "stance": candidate.stance.value,
        "modality": candidate.modality.value,
        "as_of": candidate.as_of and candidate.as_of.text,
        "said_on": candidate.said_on and candidate.said_on.text,
        "sentence_start": candidate.sentence_start,
        "sentence_end": candidate.sentence_end,
        "other": candidate.other,
        "rules": list(candidate.rules),
    }


def number_row(mention: Mention) -> dict[str, Any]:
    """A number as it is given out."""
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.written,
        "value": mention.value,
        "low": mention.value,
        "high": mention.value,
        "rules": list(mention.rules),
    }


def date_row(mention: Mention) -> dict[str, Any]:
    """A date as it is given out; ``to`` is the last day, included, and ``None`` is an open end."""
    when = mention.when
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.written,
        "from": when and when.earliest and when.earliest.isoformat(),
        "to": when and when.latest and when.latest.isoformat(),
        "edtf": when and when.edtf,
        "rules": list(mention.rules),
    }
