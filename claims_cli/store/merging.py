"""Merging what turned out to be one: actors, questions, sources. What referred to the others refers to the one that is kept.

Claims that become the same claim by it are kept once. Everything stays in the history, and the whole can be undone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from claims_cli.core.errors import NotFound, NotUnderstood
from claims_cli.core.folding import fold
from claims_cli.store.database import writing
from claims_cli.store.recording import ACTOR, ALIAS, CLAIM, OFFICE, QUESTION, RELAY, Recorder
from claims_cli.store.revising import kept_claim, kept_source, retract_rows, revise, twin_of
from claims_cli.store.rows import source_uid
from claims_cli.store.ruling import RULING
from claims_cli.store.sources import SOURCE, SOURCE_ORIGINAL, SOURCE_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import RowMapping

    from claims_cli.core.claim import Claim, Operation
    from claims_cli.store.database import Address


@dataclass(slots=True)
class Merged:
    """What a merge did: claims that were changed, and those that had become the same as another and were left out."""

    touched: set[int] = field(default_factory=set)
    duplicates: int = 0

    @property
    def changed(self) -> int:
        """How many claims were changed."""
        return len(self.touched)


def merge_actors(address: Address, operation: Operation, keep: str, others: Sequence[str]) -> Merged:
    """Make several actors one, by slug or name: the kept one takes over names, offices, claims, relays and publications.

    Raises NotFound, NotUnderstood.
    """
    with writing(address, operation) as ledger:
        recorder, merged = Recorder(ledger), Merged()
        kept = actor_meant(recorder, keep)
        for name in others:
            other = actor_meant(recorder, name)
            refuse_itself(kept["id"], other["id"], keep)
            touched = claims_of(recorder, other["id"])
            for table in (ALIAS, OFFICE):
                ledger.change(table, table.c.actor_id == other["id"], actor_id=kept["id"])
            above = None if other["speaks_for_id"] == kept["id"] else other["speaks_for_id"]
            ledger.change(ACTOR, (ACTOR.c.id == kept["id"]) & (ACTOR.c.speaks_for_id == other["id"]), speaks_for_id=above)
            ledger.change(ACTOR, ACTOR.c.speaks_for_id == other["id"], speaks_for_id=kept["id"])
            ledger.change(ACTOR, ACTOR.c.voice_id == other["id"], voice_id=kept["id"])
            forget(recorder)
            touched |= republish(recorder, other["id"], kept["id"], merged)
            renew(recorder, sorted(touched), merged)
            ledger.remove(ACTOR, ACTOR.c.id == other["id"])
            recorder.speak_for([])
        return merged


def actor_meant(recorder: Recorder, name: str) -> RowMapping:
    """The actor of a slug, name or alias. Raises NotFound."""
    meant = or_(ACTOR.c.slug == name, ACTOR.c.id.in_(select(ALIAS.c.actor_id).where(ALIAS.c.folded == fold(name))))
    row = recorder.connection.execute(select(ACTOR).where(meant).order_by(ACTOR.c.slug != name)).mappings().first()
    if row is None:
        raise NotFound(f"there is no actor {name!r}", fix="see: claims actors")
    return row


def claims_of(recorder: Recorder, actor: int) -> set[int]:
    """The numbers of the claims that an actor made or relayed."""
    relayed = select(RELAY.c.claim_id).where(RELAY.c.actor_id == actor)
    meant = or_(CLAIM.c.claimant_id == actor, CLAIM.c.id.in_(relayed))
    return set(recorder.connection.execute(select(CLAIM.c.id).where(meant)).scalars())


def refuse_itself(kept: int, other: int, name: str) -> None:
    """Raise NotUnderstood when something would be merged with itself."""
    if kept == other:
        raise NotUnderstood(f"{name!r} cannot be merged with itself", fix="name another one after it")


def forget(recorder: Recorder) -> None:
    """Look names up anew."""
    recorder.actors.clear()
    recorder.offices.clear()
    recorder.questions.clear()
    recorder.sources.forget()


def republish(recorder: Recorder, other: int, kept: int, merged: Merged) -> set[int]:
    """Let the sources of one publisher be another's, or go by its new name; gives the claims found in them.

    Two that become the same are one afterwards.
    """
    ledger = recorder.ledger
    touched: set[int] = set()
    for number in (
        ledger.connection.execute(select(SOURCE.c.id).where(SOURCE.c.publisher_id == other).order_by(SOURCE.c.id)).scalars().all()
    ):
        touched |= set(ledger.connection.execute(select(CLAIM.c.id).where(CLAIM.c.source_id == number)).scalars())
        ledger.change(SOURCE, SOURCE.c.id == number, publisher_id=kept)
        source = kept_source(ledger.connection, number)
        uid = source_uid(source, publisher=source.publisher)
        twin = ledger.connection.execute(select(SOURCE.c.id).where(SOURCE.c.uid == uid, SOURCE.c.id != number)).scalar()
        if twin is None:
            ledger.change(SOURCE, SOURCE.c.id == number, uid=uid)
        else:
            unite_sources(recorder, twin, number, merged)
    return touched


def renew(recorder: Recorder, numbers: Iterable[int], merged: Merged, **changed: Any) -> None:  # noqa: ANN401  whatever the field holds
    """Bring claims to what they refer to now, with some fields changed; one that has become the same as another is left out."""
    for number in numbers:
        if recorder.connection.execute(select(CLAIM.c.id).where(CLAIM.c.id == number)).first() is None:
            continue  # it was left out before
        claim: Claim = replace(kept_claim(recorder.connection, number), **changed)
        if twin_of(recorder, number, recorder.claim_columns(claim)["uid"]) is not None:
            retract_rows(recorder.ledger, [number])
            merged.duplicates += 1
            merged.touched.discard(number)
        else:
            revise(recorder, number, claim)
            merged.touched.add(number)


def merge_questions(address: Address, operation: Operation, keep: str, others: Sequence[str]) -> Merged:
    """Make several questions one, by slug: the kept one takes over claims, parts and rulings.

    Raises NotFound, and NotUnderstood when they count different things or behave differently over time, or when one is a part of a part of
    another: the question between them would be a part and a whole of the same.
    """
    with writing(address, operation) as ledger:
        recorder, merged = Recorder(ledger), Merged()
        kept = question_meant(recorder, keep)
        for slug in others:
            other = question_meant(recorder, slug)
            refuse_itself(kept["id"], other["id"], keep)
            for what in ("unit", "kind"):
                if kept[what] != other[what]:
                    told = f"{keep} has the {what} {kept[what] or 'none'}, {slug} {other[what] or 'none'}"
                    raise NotUnderstood(f"they cannot be merged: {told}", fix="bring both to one in the codebook, if they are the same")
            for part, whole in ((kept, other), (other, kept)):
                refuse_circle(recorder, part, whole)
            answered(recorder, kept, other, merged)
            above = None if other["part_of_id"] == kept["id"] else other["part_of_id"]
            ledger.change(QUESTION, (QUESTION.c.id == kept["id"]) & (QUESTION.c.part_of_id == other["id"]), part_of_id=above)
            ledger.change(QUESTION, QUESTION.c.part_of_id == other["id"], part_of_id=kept["id"])
            for row in ledger.connection.execute(select(RULING).where(RULING.c.question_id == other["id"])).mappings().all():
                conflict = row["conflict"].replace(f"{slug}@", f"{keep}@", 1)
                ledger.change(RULING, RULING.c.id == row["id"], question_id=kept["id"], conflict=conflict)
            ledger.remove(QUESTION, QUESTION.c.id == other["id"])
        return merged


def refuse_circle(recorder: Recorder, part: RowMapping, whole: RowMapping) -> None:
    """Raise NotUnderstood where a question is a part of another by way of others, which would become parts of themselves."""
    rows = {row["id"]: row for row in recorder.connection.execute(select(QUESTION)).mappings()}
    between: list[str] = []
    above = rows.get(rows[part["id"]]["part_of_id"])
    while above is not None and above["slug"] not in between:
        if above["id"] == whole["id"] and between:
            why = f"{part['slug']} is a part of {between[0]}, and so of {whole['slug']}"
            raise NotUnderstood(
                f"they cannot be merged: {why}", fix=f"merge {between[0]} with one of them first, or change part_of in the codebook"
            )
        between.append(above["slug"])
        above = rows.get(above["part_of_id"])


def question_meant(recorder: Recorder, slug: str) -> RowMapping:
    """The question of a slug. Raises NotFound."""
    row = recorder.connection.execute(select(QUESTION).where(QUESTION.c.slug == slug)).mappings().first()
    if row is None:
        raise NotFound(f"there is no question {slug!r}", fix="see: claims questions")
    return row


def answered(recorder: Recorder, kept: RowMapping, other: RowMapping, merged: Merged) -> None:
    """Let the claims on one question answer another; a place that only their question told is kept with each of them."""
    rows = select(CLAIM.c.id, CLAIM.c.place).where(CLAIM.c.question_id == other["id"]).order_by(CLAIM.c.id)
    for row in recorder.connection.execute(rows).all():
        place = row.place or (other["place"] if other["place"] != kept["place"] else None)
        renew(recorder, [row.id], merged, question=kept["slug"], place=place)


def merge_sources(address: Address, operation: Operation, keep: int, others: Sequence[int]) -> Merged:
    """Make several sources one, by number: the kept one takes over claims, and the text where it has none.

    Raises NotFound, and NotUnderstood when their texts differ: quotes are places in a text.
    """
    with writing(address, operation) as ledger:
        recorder, merged = Recorder(ledger), Merged()
        for other in others:
            refuse_itself(keep, other, str(keep))
            unite_sources(recorder, keep, other, merged)
        return merged


def unite_sources(recorder: Recorder, keep: int, other: int, merged: Merged) -> None:
    """Let one source take another's claims and, where it has none, its text. Raises NotFound, NotUnderstood.

    The kept one is opened anew in any case: where each claim was left out, nothing else would tell a purge what became one with it.
    """
    ledger = recorder.ledger
    kept, gone = kept_source(ledger.connection, keep), kept_source(ledger.connection, other)
    for number, source in ((keep, kept), (other, gone)):
        if source.uid is not None:
            raise NotUnderstood(f"source {number} was purged and cannot be merged", fix="leave it as it is")
    if kept.text is not None and gone.text is not None and kept.text != gone.text:
        raise NotUnderstood(f"the texts of the sources {keep} and {other} differ", fix="keep both: a quote is a place in one text")
    claims = ledger.connection.execute(select(CLAIM.c.id).where(CLAIM.c.source_id == other).order_by(CLAIM.c.id)).scalars().all()
    ledger.remove(SOURCE_ORIGINAL, SOURCE_ORIGINAL.c.source_id == other)
    ledger.remove(SOURCE_TEXT, SOURCE_TEXT.c.source_id == other)
    if kept.text is None and gone.text is not None:
        recorder.sources.give_text(keep, gone)
        ledger.write()
    recorder.sources.forget()
    renew(recorder, claims, merged, source=kept_source(ledger.connection, keep))
    ledger.remove(SOURCE, SOURCE.c.id == other)
    row = ledger.connection.execute(select(SOURCE).where(SOURCE.c.id == keep)).mappings().one()
    ledger.reopen(SOURCE, row, dict(row))
    recorder.sources.forget()
