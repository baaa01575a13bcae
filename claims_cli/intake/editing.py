"""Editing: one field of a claim given another value, as a person writes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from claims_cli.core.claim import Claim, Kind, Question
from claims_cli.core.errors import NotUnderstood
from claims_cli.intake.fields import FieldError, figure_told, modality_told, moment, observed_after_publication, relay_told, stance_told
from claims_cli.intake.linking import NO_UNIT
from claims_cli.store.database import writing
from claims_cli.store.recording import Recorder
from claims_cli.store.revising import claim_number, kept_claim, revise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from claims_cli.core.claim import Operation
    from claims_cli.store.database import Address
    from claims_cli.store.recording import KeptQuestion

NEW_QUESTION = "/"  # between the topic and the slug of a question that is to be made


def edit_claim(address: Address, operation: Operation, name: str, changes: Mapping[str, str]) -> tuple[int, bool]:
    """Give fields of a claim other values, in one operation; empty takes one away. Gives its number, and whether that changed anything.

    ``name`` is its number or ref. Raises NotFound, and NotUnderstood for a value that means nothing.
    """
    with writing(address, operation) as ledger:
        recorder = Recorder(ledger)
        number = claim_number(ledger.connection, name)
        claim = kept_claim(ledger.connection, number)
        for field, text in changes.items():
            claim = edited(claim, field, text, recorder)
        revise(recorder, number, claim)
        return number, ledger.wrote


def edited(claim: Claim, field: str, text: str, recorder: Recorder) -> Claim:
    """A claim with one field changed. Raises NotUnderstood."""
    if field not in EDITS:
        raise NotUnderstood(f"{field!r} cannot be edited", fix=f"edit one of: {', '.join(EDITS)}")
    try:
        return EDITS[field](claim, text.strip(), recorder)
    except FieldError as error:
        raise NotUnderstood(error.what, where=error.column, fix=error.fix) from None


def with_value(claim: Claim, text: str, _: Recorder) -> Claim:
    """The claim with another figure. Raises FieldError."""
    if claim.figure is None or not text:
        raise FieldError("value", "a statement has no value, and a figure cannot lose its own", "reject it, and add another claim")
    return replace(claim, figure=figure_told(text))


def with_claimant(claim: Claim, text: str, _: Recorder) -> Claim:
    """The claim of another claimant. Raises FieldError."""
    if not text:
        raise FieldError("claimant", "a claim has a claimant", "write a name")
    return replace(claim, claimant=text)


def with_as_of(claim: Claim, text: str, _: Recorder) -> Claim:
    """The claim about another date. Raises FieldError."""
    as_of = moment("as_of", text or None)
    observed_after_publication(as_of, claim.source.published_on, claim.modality)
    return replace(claim, as_of=as_of)


EDITS: dict[str, Callable[[Claim, str, Recorder], Claim]] = {
    "question": lambda claim, text, recorder: replace(claim, question=question_for(claim, text, recorder).slug),
    "value": with_value,
    "claimant": with_claimant,
    "stance": lambda claim, text, _: replace(claim, stance=stance_told(text or None)),
    "modality": lambda claim, text, _: replace(claim, modality=modality_told(text or None)),
    "as_of": with_as_of,
    "said_on": lambda claim, text, _: replace(claim, said_on=moment("said_on", text or None)),
    "place": lambda claim, text, _: replace(claim, place=text or None),
    "relay": lambda claim, text, _: replace(claim, relay=relay_told(text or None)),
    "note": lambda claim, text, _: replace(claim, note=text or None),
}


def question_for(claim: Claim, text: str, recorder: Recorder) -> KeptQuestion:
    """The question of that slug, or a new one where a topic stands before it. Raises FieldError when its unit is not the claim's."""
    former = recorder.kept_question(claim.question)
    unit = None if former is None else former.unit
    topic, slash, slug = text.partition(NEW_QUESTION)
    if slash and topic and slug:
        kind = Kind.FIXED if claim.figure is None else Kind.LEVEL
        return recorder.question(Question(slug, topic, slug.replace("-", " "), kind, None if claim.figure is None else unit or NO_UNIT))
    kept = recorder.kept_question(text)
    if kept is None:
        raise FieldError("question", f"there is no question {text!r}", "see: claims questions; or write TOPIC/SLUG to make it")
    if (kept.unit is None) != (claim.figure is None) or (unit not in {None, NO_UNIT} and kept.unit != unit):
        raise FieldError(
            "question", f"{kept.slug} counts {kept.unit or 'nothing'}, this claim {unit or 'nothing'}", "name another question"
        )
    return kept
