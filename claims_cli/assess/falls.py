"""Why the toll of a conflict may have gone down: brings the claims that may tell, and what stands beside the figures."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from claims_cli.assess.statements import rows_on, statements_on
from claims_cli.core.claim import Kind
from claims_cli.core.explanation import on_day, whose
from claims_cli.core.repair import Words
from claims_cli.core.toll import Around, Beside, Fall, PossibleCause, causes_of, falls_among
from claims_cli.core.when import parse_when

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from claims_cli.core.policy import Policy
    from claims_cli.core.ruling import Cause
    from claims_cli.core.statement import Statement
    from claims_cli.store.reading import Reader, Row

LETTERS_AROUND = 200  # on either side of a quote: its sentence, and part of the next one
QuoteReader: TypeAlias = "Callable[[str, str | None, date | None], Words]"


def falls_explained(reader: Reader, question: str, members: Sequence[Statement], read: QuoteReader, policy: Policy) -> list[dict[str, Any]]:
    """The falls of a toll among the claims of a conflict, in the order of their days, each with its causes, the likeliest first.

    The figures that they are compared with are as wide as the policy takes them, as those of the members are.
    """
    falls = falls_among(members)
    if not falls:
        return []
    around = claims_around(reader, question, policy)

    @cache
    def beside(claim: int) -> Beside:
        (row,) = reader.query("claim_detail", id=claim)
        passage = next((each["passage"] for each in reader.query("passage", id=claim, letters=LETTERS_AROUND)), row["quote"])
        return Beside(words_beside(row, passage, read), row["place"], row["basis"], dated=row["as_of"] is not None)

    return [shaped(fall, causes_of(fall, around, lambda one: beside(one.id))) for fall in falls]


def claims_around(reader: Reader, question: str, policy: Policy) -> Around:
    """The claims on a question, its parts, its whole and the other parts of that, all of one unit, as wide as a policy takes them."""
    known = {row["slug"]: row for row in reader.query("families")}
    own = known[question]

    def claims_on(slugs: list[str]) -> list[Statement]:
        return [one for slug in slugs for one in statements_on(rows_on(reader, question=slug), policy)]

    alike = {slug: row for slug, row in known.items() if row["unit"] == own["unit"]}
    parts = [slug for slug, row in alike.items() if row["part_of"] == question]
    flows = {slug for slug, row in alike.items() if row["kind"] == Kind.FLOW}
    whole = own["part_of"]
    siblings = [slug for slug, row in alike.items() if whole is not None and row["part_of"] == whole and slug != question]
    return Around(
        own=claims_on([question]),
        parts=claims_on([slug for slug in parts if slug not in flows]),
        flows=claims_on([slug for slug in parts if slug in flows]),
        wholes=claims_on([whole] if whole in alike else []),
        siblings=claims_on([slug for slug in siblings if slug not in flows]),
    )


def words_about(row: Row, read: QuoteReader) -> Words:
    """What the quote of a claim says; nothing without a quote."""
    return Words() if row["quote"] is None else read(row["quote"], row["language"], published_on(row))


def words_beside(row: Row, passage: str | None, read: QuoteReader) -> Words:
    """What the quote of a claim says, with what the passage around it, its note and its source's title say of why a count went down."""
    causes: dict[Cause, tuple[str, ...]] = {}
    for text, language in ((passage, row["language"]), (row["note"], None), (row["title"], None)):
        for cause, said in read(text, language, published_on(row)).causes.items() if text else ():
            causes[cause] = (*causes.get(cause, ()), *said)
    return replace(words_about(row, read), causes=causes)


def published_on(row: Row) -> date | None:
    """The day on which a claim's source came out, by which its quote is read."""
    return None if row["published_on"] is None else parse_when(row["published_on"]).latest


def shaped(fall: Fall, causes: Sequence[PossibleCause]) -> dict[str, Any]:
    """A fall as it is given out."""
    higher, lower = fall.higher, fall.lower
    told = f"{whose(higher)} ({on_day(higher.day)}) to {whose(lower)} ({on_day(lower.day)}), down by {fall.drop_told}"
    return {
        "higher": higher.id,
        "lower": lower.id,
        "explanation": told,
        "causes": [
            {"cause": one.cause.value, "weight": one.weight, "evidence": list(one.evidence), "claims": list(one.claims)} for one in causes
        ],
    }
