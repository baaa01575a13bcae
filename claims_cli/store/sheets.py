"""Sheets of claims as columns of rows, and their content addresses: what many claims share is turned into text once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claims_cli.core.folding import fold
from claims_cli.core.once import once_each
from claims_cli.store.hashing import json_text, json_texts, sha
from claims_cli.store.rows import UID_LENGTH, date_columns, figure_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claims_cli.core.claim import Sheet
    from claims_cli.store.recording import KeptActor
    from claims_cli.store.sources import KeptSource

NO_QUOTE = (None,) * 5
QUOTE_COLUMNS = ("quote", "quote_prefix", "quote_suffix", "quote_start", "quote_end")


@dataclass(frozen=True, slots=True)
class Referred:
    """Whom and what the claims of a sheet refer to, as it is kept: for each claim its question's number, and so on."""

    questions: Sequence[int]
    claimants: Sequence[KeptActor]
    sources: Sequence[KeptSource]
    relays: Sequence[Sequence[KeptActor]]


def claim_columns(sheet: Sheet, to: Referred) -> dict[str, Sequence[Any]]:
    """The columns of the rows of some claims, at least one; their numbers and when they are recorded apart."""
    published = [source.published_on for source in sheet.source]
    quotes = zip(*(quote or NO_QUOTE for quote in sheet.quote), strict=True)
    columns: dict[str, Sequence[Any]] = {
        "ref": sheet.ref,
        "question_id": to.questions,
        "claimant_id": [actor.id for actor in to.claimants],
        "source_id": [source.id for source in to.sources],
        **spread(once_each(figure_columns, sheet.figure)),
        "value_text": sheet.value_text,
        "stance": once_each(str, sheet.stance),
        "modality": once_each(str, sheet.modality),
        "basis": sheet.basis,
        "place": sheet.place,
        **spread(once_each(date_columns, sheet.as_of, sheet.said_on, published, sheet.modality)),
        "relay": once_each(lambda actors: " > ".join(actor.name for actor in actors) or None, to.relays),
        **dict(zip(QUOTE_COLUMNS, quotes, strict=True)),
        "review": once_each(str, sheet.review),
        "note": sheet.note,
    }
    return {"uid": claim_uids(sheet.question, to, columns), **columns}


def spread(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Rows of the same columns as columns."""
    return {name: [row[name] for row in rows] for name in rows[0]}


def claim_uids(slugs: Sequence[str], to: Referred, columns: Mapping[str, Sequence[Any]]) -> list[str]:
    """The content addresses of claims: JSON of what each says, with the names of actors as they are kept and the uid of its source."""
    told = {
        name: json_texts(columns[name]) for name in ("value", "stance", "modality", "as_of", "said_on", "quote", "place", "basis", "ref")
    }
    questions = json_texts(slugs)
    claimants = once_each(lambda actor: json_text(fold(actor.name)), to.claimants)
    sources = json_texts([source.uid for source in to.sources])
    relays = once_each(lambda actors: ",".join(json_text(fold(actor.name)) for actor in actors), to.relays)
    texts = (
        f'["claim",[{question},{claimant},{source},{value},{stance},{modality}],[{as_of},{said_on}],{quote},[{relay}],{place},{basis},{ref}]'
        for question, claimant, source, relay, value, stance, modality, as_of, said_on, quote, place, basis, ref in zip(
            questions, claimants, sources, relays, *told.values(), strict=True
        )
    )
    return [sha(text)[:UID_LENGTH] for text in texts]
