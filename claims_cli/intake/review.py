"""Review: candidates accepted, mended or rejected, each decision an operation of its own, so that stopping at any time loses nothing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims_cli.core.claim import Claim, Kind, Modality, Question, Review, Stance
from claims_cli.core.errors import NotUnderstood
from claims_cli.extract.language import LanguageUnknown
from claims_cli.extract.pack import languages
from claims_cli.extract.pipeline import Reading
from claims_cli.intake.fields import FieldError, choice, moment, observed_after_publication, relay_in, stated_figure
from claims_cli.intake.linking import NO_UNIT, UNLINKED
from claims_cli.store.database import transaction, writing
from claims_cli.store.recording import Recorder
from claims_cli.store.revising import kept_claim, revise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from claims_cli.core.claim import Operation
    from claims_cli.store.database import Address
    from claims_cli.store.recording import KeptQuestion

NEW_QUESTION = "/"  # between the topic and the slug of a question that is to be made


@dataclass(frozen=True, slots=True)
class Card:
    """One candidate as it is put to a person: the claim, and where in its text the sentence of its quote begins and ends."""

    number: int
    claim: Claim
    sentence: tuple[int, int] | None


class Desk:
    """Where candidates are decided on. ``operation`` gives a new operation for each decision: who, when, and in which words."""

    def __init__(self, address: Address, operation: Callable[[], Operation]) -> None:
        self.address = address
        self.operation = operation
        self.done: list[tuple[int, Claim]] = []

    def card(self, number: int) -> Card:
        """A candidate, ready to be shown. Raises NotFound."""
        with transaction(self.address) as connection:
            claim = kept_claim(connection, number)
        return Card(number, claim, sentence_around(claim))

    def decide(self, number: int, verdict: Review) -> None:
        """Accept or reject a candidate. Raises NotUnderstood when it answers no question yet and is to be accepted."""
        with self.recording() as recorder:
            claim = kept_claim(recorder.connection, number)
            if verdict is Review.ACCEPTED:
                require_question(recorder.kept_question(claim.question))
            revise(recorder, number, replace(claim, review=verdict))
        self.done.append((number, claim))

    def accept_all(self, numbers: Sequence[int]) -> tuple[int, int]:
        """Accept many at once, in one operation; gives how many were accepted, and how many answer no question and were left."""
        accepted = 0
        with self.recording() as recorder:
            for number in numbers:
                claim = kept_claim(recorder.connection, number)
                kept = recorder.kept_question(claim.question)
                if kept is not None and kept.topic != UNLINKED:
                    revise(recorder, number, replace(claim, review=Review.ACCEPTED))
                    accepted += 1
        return accepted, len(numbers) - accepted

    def edit(self, number: int, field: str, text: str) -> None:
        """Give one field of a candidate another value; empty takes it away. Raises NotUnderstood when it means nothing."""
        if field not in EDITS:
            raise NotUnderstood(f"{field!r} cannot be edited", fix=f"edit one of: {', '.join(EDITS)}")
        try:
            with self.recording() as recorder:
                claim = kept_claim(recorder.connection, number)
                revise(recorder, number, EDITS[field](claim, text.strip(), recorder))
        except FieldError as error:
            raise NotUnderstood(error.what, where=error.column, fix=error.fix) from None
        self.done.append((number, claim))

    @property
    def fields(self) -> list[str]:
        """The fields that can be edited."""
        return list(EDITS)

    def undo(self) -> int | None:
        """Take the last decision or edit back; gives the number of its claim, ``None`` when nothing was done yet."""
        if not self.done:
            return None
        number, before = self.done.pop()
        with self.recording() as recorder:
            revise(recorder, number, before)
        return number

    @contextmanager
    def recording(self) -> Iterator[Recorder]:
        """A recorder in an operation of its own."""
        operation = self.operation()
        with writing(self.address, operation) as ledger:
            yield Recorder(ledger)


def require_question(question: KeptQuestion | None) -> None:
    """Raise NotUnderstood for a claim that answers no question yet: it could be compared with nothing."""
    if question is None or question.topic == UNLINKED:
        raise NotUnderstood("it answers no question yet", fix="give it one: e, then question=SLUG, or question=TOPIC/SLUG for a new one")


def with_value(claim: Claim, text: str, _: Recorder) -> Claim:
    """The claim with another figure. Raises FieldError."""
    if claim.figure is None or not text:
        raise FieldError("value", "a statement has no value, and a figure cannot lose its own", "reject it, and add another claim")
    return replace(claim, figure=stated_figure({"value": text}))


def with_claimant(claim: Claim, text: str, _: Recorder) -> Claim:
    """The claim of another claimant. Raises FieldError."""
    if not text:
        raise FieldError("claimant", "a claim has a claimant", "write a name")
    return replace(claim, claimant=text)


def with_as_of(claim: Claim, text: str, _: Recorder) -> Claim:
    """The claim about another date. Raises FieldError."""
    as_of = moment(given("as_of", text), "as_of")
    observed_after_publication(as_of, claim.source, claim.modality)
    return replace(claim, as_of=as_of)


def given(field: str, text: str) -> dict[str, str]:
    """A field as a row has it: left out when it is empty."""
    return {field: text} if text else {}


EDITS: dict[str, Callable[[Claim, str, Recorder], Claim]] = {
    "question": lambda claim, text, recorder: replace(claim, question=question_for(claim, text, recorder).slug),
    "value": with_value,
    "claimant": with_claimant,
    "stance": lambda claim, text, _: replace(claim, stance=choice(given("stance", text), "stance", Stance, Stance.ASSERTS)),
    "modality": lambda claim, text, _: replace(claim, modality=choice(given("modality", text), "modality", Modality, Modality.OBSERVED)),
    "as_of": with_as_of,
    "said_on": lambda claim, text, _: replace(claim, said_on=moment(given("said_on", text), "said_on")),
    "place": lambda claim, text, _: replace(claim, place=text or None),
    "relay": lambda claim, text, _: replace(claim, relay=relay_in(given("relay", text))),
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


def sentence_around(claim: Claim) -> tuple[int, int] | None:
    """Where the sentence of a claim's quote begins and ends in its source's text; ``None`` when the text is not kept."""
    quote, text = claim.quote, claim.source.text
    if quote is None or text is None or quote.start is None or quote.end is None:
        return None
    language = claim.source.language if claim.source.language in languages() else None
    try:
        sentences = list(Reading(text, language, None).sentences())
    except LanguageUnknown:
        return quote.start, quote.end
    begin = max((one.start for one in sentences if one.start <= quote.start), default=quote.start)
    end = min((one.end for one in sentences if one.end >= quote.end), default=quote.end)
    return begin, end
