"""Revising: a claim is never overwritten; its current version is closed and another one opened under the same number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy import text as sql

from claims_cli.core.claim import Claim, Modality, Quote, Review, Source, Stance
from claims_cli.core.errors import NotFound, NotUnderstood
from claims_cli.core.naming import claim_meant, number_in
from claims_cli.store.database import writing
from claims_cli.store.purged import uid_when_purged
from claims_cli.store.reading import query_text
from claims_cli.store.recording import ACTOR, CLAIM, QUESTION, RELAY
from claims_cli.store.rows import figure_from, moment, text_hash
from claims_cli.store.sheets import QUOTE_COLUMNS
from claims_cli.store.sources import SOURCE, SOURCE_ORIGINAL, SOURCE_TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, RowMapping

    from claims_cli.core.claim import Operation
    from claims_cli.store.database import Address
    from claims_cli.store.ledger import Ledger
    from claims_cli.store.recording import Recorder


def kept_claim(connection: Connection, number: int) -> Claim:
    """The current version of a claim, with its source and that source's text. Raises NotFound."""
    claimant, publisher = ACTOR.alias("claimant"), ACTOR.alias("publisher")
    asked = (
        select(
            CLAIM, QUESTION.c.slug, claimant.c.name.label("claimant"), SOURCE.c.title, SOURCE.c.url, SOURCE.c.language,
            SOURCE.c.published_on, publisher.c.name.label("publisher"), SOURCE_TEXT.c.text.label("source_text"), SOURCE.c.encoding,
            uid_when_purged(),
        )
        .join(QUESTION, QUESTION.c.id == CLAIM.c.question_id)
        .join(claimant, claimant.c.id == CLAIM.c.claimant_id)
        .join(SOURCE, SOURCE.c.id == CLAIM.c.source_id)
        .outerjoin(publisher, publisher.c.id == SOURCE.c.publisher_id)
        .outerjoin(SOURCE_TEXT, SOURCE_TEXT.c.source_id == SOURCE.c.id)
        .where(CLAIM.c.id == number)
    )  # fmt: skip
    row = connection.execute(asked).mappings().first()
    if row is None:
        raise NotFound(f"there is no claim {number}", fix="see: claims list")
    relay = select(ACTOR.c.name).join(RELAY, RELAY.c.actor_id == ACTOR.c.id).where(RELAY.c.claim_id == number)
    return Claim(
        question=row["slug"],
        claimant=row["claimant"],
        source=source_of(row, row["source_text"]),
        figure=figure_from(row["low_exact"], row["high_exact"], row["hedge"]),
        stance=Stance(row["stance"]),
        modality=Modality(row["modality"]),
        as_of=moment(row["as_of"]),
        said_on=moment(row["said_on"]),
        quote=None if row["quote"] is None else Quote(*(row[name] for name in QUOTE_COLUMNS)),
        value_text=row["value_text"],
        relay=tuple(connection.execute(relay.order_by(RELAY.c.step)).scalars()),
        place=row["place"],
        basis=row["basis"],
        ref=row["ref"],
        note=row["note"],
        review=Review(row["review"]),
    )


def kept_source(connection: Connection, number: int) -> Source:
    """A source as it is kept, with its text and the bytes that this came in. Raises NotFound."""
    asked = (
        select(SOURCE, ACTOR.c.name.label("publisher"), SOURCE_TEXT.c.text, SOURCE_ORIGINAL.c.bytes, uid_when_purged())
        .outerjoin(ACTOR, ACTOR.c.id == SOURCE.c.publisher_id)
        .outerjoin(SOURCE_TEXT, SOURCE_TEXT.c.source_id == SOURCE.c.id)
        .outerjoin(SOURCE_ORIGINAL, SOURCE_ORIGINAL.c.source_id == SOURCE.c.id)
        .where(SOURCE.c.id == number)
    )
    row = connection.execute(asked).mappings().first()
    if row is None:
        raise NotFound(f"there is no source {number}", fix="see: claims sources")
    return source_of(row, row["text"], row["bytes"])


def source_of(row: RowMapping, text: str | None, original: bytes | None = None) -> Source:
    """The source of a row; a purged one has no text and goes by its uid."""
    purged = row["purged_uid"]
    told = (row["publisher"], row["title"], row["url"], row["language"], moment(row["published_on"]))
    return Source(*told, text if purged is None else None, purged, row["encoding"], original)


def claim_number(connection: Connection, name: str) -> int:
    """The number of the claim that a number or a ref means. Raises NotFound, and NotUnderstood when several claims have that ref."""
    found = connection.execute(sql(query_text("claim_named")), {"id": number_in(name), "ref": name}).scalars()
    meant = claim_meant(name, set(found))
    if meant is None or connection.execute(select(CLAIM.c.id).where(CLAIM.c.id == meant)).first() is None:
        raise NotFound(f"there is no claim {name!r}", fix="see: claims list")
    return meant


def revise(recorder: Recorder, number: int, claim: Claim) -> None:
    """Close the current version of a claim and open this one under the same number.

    Raises NotFound, or NotUnderstood when another claim with this content is kept already.
    """
    ledger = recorder.ledger
    columns: dict[str, Any] = recorder.claim_columns(claim)
    other = twin_of(recorder, number, columns["uid"])
    if other is not None:
        raise NotUnderstood(f"claim {other} says just that already", fix=f"reject this one, or see: claims show {other}")
    former = ledger.connection.execute(select(CLAIM).where(CLAIM.c.id == number)).mappings().first()
    if former is None:
        raise NotFound(f"there is no claim {number}", fix="see: claims list")
    relay = [recorder.actor(name).id for name in claim.relay]
    unchanged = columns | {"recorded_at": former["recorded_at"]}
    ledger.replace(CLAIM, former, {**former, **(unchanged if unchanged.items() <= former.items() else columns)})
    same_relay(recorder, number, relay)


def twin_of(recorder: Recorder, number: int, uid: str) -> int | None:
    """The number of another claim that has this content address already; ``None`` when there is none."""
    found: int | None = recorder.connection.execute(select(CLAIM.c.id).where(CLAIM.c.uid == uid, CLAIM.c.id != number)).scalar()
    return found


def retract(address: Address, operation: Operation, names: Sequence[str]) -> list[int]:
    """Take claims away, by number or ref, in one operation whose summary is the reason; gives their numbers. They stay in the history.

    Raises NotFound, and NotUnderstood when there is no reason, or one claim is named twice.
    """
    if not operation.summary.strip():
        raise NotUnderstood("a retraction has a reason", fix='give --reason "…"')
    with writing(address, operation) as ledger:
        numbers: list[int] = []
        for name in names:
            number = claim_number(ledger.connection, name)
            if number in numbers:
                raise NotUnderstood(f"claim {number} is named twice: {', '.join(names)}", fix="name each claim once")
            numbers.append(number)
        retract_rows(ledger, numbers)
        return numbers


def retract_rows(ledger: Ledger, numbers: Sequence[int]) -> None:
    """Close claims with their relayers."""
    ledger.remove(RELAY, RELAY.c.claim_id.in_(numbers))
    ledger.remove(CLAIM, CLAIM.c.id.in_(numbers))


def same_relay(recorder: Recorder, number: int, relay: Sequence[int]) -> None:
    """Bring the relayers of a claim to these actors, from the originator on."""
    ledger = recorder.ledger
    of_claim = RELAY.c.claim_id == number
    kept = ledger.connection.execute(select(RELAY.c.actor_id).where(of_claim).order_by(RELAY.c.step)).scalars().all()
    for step, actor in enumerate(relay[: len(kept)]):
        ledger.change(RELAY, of_claim & (RELAY.c.step == step), actor_id=actor)
    ledger.remove(RELAY, of_claim & (RELAY.c.step >= len(relay)))
    added = range(len(kept), len(relay))
    ledger.insert(RELAY, {"claim_id": [number] * len(added), "step": added, "actor_id": relay[len(kept) :]})


def reject_undated(recorder: Recorder, text: str, note: str) -> int:
    """Reject the candidates that were taken from this text while its date was not known, with a note; gives how many they were."""
    waiting = (
        select(CLAIM.c.id)
        .join(SOURCE, SOURCE.c.id == CLAIM.c.source_id)
        .where(SOURCE.c.text_hash == text_hash(text), SOURCE.c.published_on.is_(None))
        .where(CLAIM.c.review == Review.CANDIDATE.value)
    )
    numbers = recorder.connection.execute(waiting.order_by(CLAIM.c.id)).scalars().all()
    for number in numbers:
        revise(recorder, number, replace(kept_claim(recorder.connection, number), review=Review.REJECTED, note=note))
    return len(numbers)
