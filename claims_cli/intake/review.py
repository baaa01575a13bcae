"""Review: candidates accepted, mended or rejected, each decision an operation of its own, so that stopping at any time loses nothing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims_cli.core.claim import Claim, Review
from claims_cli.core.errors import NotUnderstood
from claims_cli.extract.language import LanguageUnknown
from claims_cli.extract.pack import languages
from claims_cli.extract.pipeline import Reading
from claims_cli.intake.editing import EDITS, edited
from claims_cli.intake.linking import UNLINKED
from claims_cli.store.database import transaction, writing
from claims_cli.store.recording import Recorder
from claims_cli.store.revising import kept_claim, revise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from claims_cli.core.claim import Operation
    from claims_cli.store.database import Address
    from claims_cli.store.recording import KeptQuestion


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
        with self.recording() as recorder:
            claim = kept_claim(recorder.connection, number)
            revise(recorder, number, edited(claim, field, text, recorder))
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
