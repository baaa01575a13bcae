"""What a quote says that speaks for or against a mistake: its hedges, forecasts, other days, parts, places and corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims_cli.core.claim import CandidateKind
from claims_cli.core.errors import NotFound
from claims_cli.core.repair import Words
from claims_cli.extract.clauses import Surroundings
from claims_cli.extract.language import LanguageUnknown
from claims_cli.extract.pipeline import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from claims_cli.core.ruling import Cause
    from claims_cli.extract.text import Sentence


def words_in(quote: str, language: str | None, published: date | None) -> Words:
    """What a quote says; nothing for one in a language that has no pack. ``language`` is ``None`` to tell it by the letters."""
    try:
        reading = Reading(quote, language, published)
    except (LanguageUnknown, NotFound):
        return Words()
    cues = [cue for sentence in reading.sentences() for cue in cues_in(reading, sentence)]
    candidates = [one for one in reading.candidates() if one.kind is CandidateKind.QUANTITY]
    return Words(
        hedges=tuple(said for kind, said in cues if kind == "hedge"),
        forecasts=tuple(said for kind, said in cues if kind == "forecast"),
        withheld=tuple(said for kind, said in cues if kind in {"withhold", "unconfirmed"}),
        parts=tuple(said for kind, said in cues if kind == "part"),
        places=tuple(dict.fromkeys(one.place for one in candidates if one.place)),
        days={
            mention.when.earliest.toordinal(): mention.written.rstrip(".")
            for mention in reading.all_dates()
            if mention.when is not None and mention.when.earliest is not None and mention.when.earliest == mention.when.latest
        },
        figures=tuple(mention.value for mention in reading.numbers() if mention.value is not None),
        causes=causes_in(reading),
    )


def causes_in(reading: Reading) -> dict[Cause, tuple[str, ...]]:
    """The words that tell why a count went down, by the cause that they name."""
    found: dict[Cause, tuple[str, ...]] = {}
    for sentence in reading.sentences():
        tokens = sentence.tokens
        for at, (length, cause) in reading.pack.causes.all_in(tokens).items():
            said = reading.text[tokens[at].start : tokens[at + length - 1].end]
            found[cause] = (*found.get(cause, ()), said)
    return found


def cues_in(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, str]]:
    """The kind and the words of each phrase of a sentence that hedges, looks ahead, withholds, or tells of a part."""
    tokens, pack = sentence.tokens, reading.pack
    around = Surroundings(tokens, pack, set())
    for marker in around.markers:
        yield marker.kind, around.words(marker)
    hedged = ("hedge", (pack.hedges_before, pack.hedges_after, pack.vague))
    for kind, tables in (hedged, ("part", (pack.parts,))):
        at = 0
        while at < len(tokens):
            lengths = [found[0] for table in tables if (found := table.at(tokens, at)) is not None]
            if lengths:
                yield kind, reading.text[tokens[at].start : tokens[at + max(lengths) - 1].end]
            at += max(lengths, default=1)
