"""What a purge leaves as it is though it repeats words of the source: it is the desk's own, or serves other sources, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from claims_cli.store.ledger import OPERATION, parts, rows_with
from claims_cli.store.models import HISTORY
from claims_cli.store.recording import ACTOR, ALIAS, CLAIM, OFFICE, QUESTION, RELAY, TOPIC
from claims_cli.store.ruling import RULING
from claims_cli.store.sources import SOURCE, SOURCE_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Table

    from claims_cli.store.echo import Echo

    Heard = tuple[str, str]

# What it is called, its table, the column that names a row, and that of its words.
DESKS_OWN = (
    ("the reason of ruling", RULING, "id", "reason"),
    ("topic", TOPIC, "slug", "title"),
    ("question", QUESTION, "slug", "text"),
)
NAMES = ((ACTOR, "id"), (ALIAS, "actor_id"), (OFFICE, "actor_id"))
TOLD_OF_OPERATIONS = ("command", "summary")
RELAYED = " > "  # between the names of a relay


def left_standing(connection: Connection, echo: Echo, sources: set[int], claims: set[int]) -> Iterator[str]:
    """One line for each kind of thing that still repeats words of some sources and their claims, with all that are of it."""
    heard: dict[str, dict[str, None]] = {}
    for found in (
        heard_in_own(connection, echo),
        heard_in_names(connection, echo, sources, claims),
        heard_in_relays(connection, echo, claims),
        heard_in_operations(connection, echo),
        heard_in_texts(connection, sources),
    ):
        for what, name in found:
            heard.setdefault(what, {})[name] = None
    for what, names in heard.items():
        yield f"{what} {', '.join(names)}"


def versions_of(connection: Connection, table: Table) -> Iterator[dict[str, object]]:
    """Every version of every row of a table, in order of their keys."""
    for kept in (table, HISTORY[table.name]):
        for row in connection.execute(select(kept).order_by(*kept.primary_key.columns)).mappings():
            yield dict(row)


def heard_in_own(connection: Connection, echo: Echo) -> Iterator[Heard]:
    """Rulings, topics and questions."""
    for what, table, name, words in DESKS_OWN:
        for row in versions_of(connection, table):
            if echo.hinted_at_in(str(row[words])):
                yield what, str(row[name])


def heard_in_names(connection: Connection, echo: Echo, sources: set[int], claims: set[int]) -> Iterator[Heard]:
    """Actors with words of the sources in their names. That one is known to other sources, too, betrays nothing."""
    own, others = actors_of(connection, claims), known_to_others(connection, sources)
    slugs = {row["id"]: str(row["slug"]) for row in versions_of(connection, ACTOR)}
    for table, actor in NAMES:
        for row in versions_of(connection, table):
            hears = echo.heard_in if row[actor] in others else echo.hinted_at_in if row[actor] in own else echo.repeated_in
            if hears(str(row["name"])):
                yield "actor", slugs[row[actor]]


def actors_of(connection: Connection, claims: set[int]) -> set[object]:
    """The claimants and relayers of claims, in every version."""
    places = ((CLAIM, "id", "claimant_id"), (RELAY, "claim_id", "actor_id"))
    return {
        row[actor]
        for table, claim, actor in places
        for kept in (table, HISTORY[table.name])
        for row in rows_with(connection, kept, claim, claims)
    }


def known_to_others(connection: Connection, sources: set[int]) -> set[object]:
    """The claimants, relayers and publishers of all other sources."""
    others = [SOURCE.c.id.not_in(some) for some in parts(sources)]
    claims = select(CLAIM.c.id).join(SOURCE, SOURCE.c.id == CLAIM.c.source_id).where(*others)
    asked = (
        select(SOURCE.c.publisher_id).where(*others),
        select(CLAIM.c.claimant_id).where(CLAIM.c.id.in_(claims)),
        select(RELAY.c.actor_id).where(RELAY.c.claim_id.in_(claims)),
    )
    return {number for one in asked for number in connection.execute(one.distinct()).scalars()}


def heard_in_relays(connection: Connection, echo: Echo, claims: set[int]) -> Iterator[Heard]:
    """The relays of the claims themselves, told by the names in them."""
    for kept in (CLAIM, HISTORY["claim"]):
        for row in rows_with(connection, kept, "id", claims):
            if row["relay"] is not None and any(echo.hinted_at_in(name) for name in row["relay"].split(RELAYED)):
                yield "the relay of claim", str(row["id"])


def heard_in_operations(connection: Connection, echo: Echo) -> Iterator[Heard]:
    """Operations that wrote of something else."""
    for row in connection.execute(select(OPERATION).order_by(OPERATION.c.id)).mappings():
        if any(echo.repeated_in(row[name]) for name in TOLD_OF_OPERATIONS):
            yield "the words of operation", str(row["id"])


def heard_in_texts(connection: Connection, sources: set[int]) -> Iterator[Heard]:
    """Other sources that have, or had, the very text of one of these."""
    versions = (SOURCE, HISTORY["source"])
    hashes = {row["text_hash"] for kept in versions for row in rows_with(connection, kept, "id", sources)} - {None}
    same = {row["id"] for kept in versions for row in rows_with(connection, kept, "text_hash", hashes)} - sources
    texts = (row for kept in (SOURCE_TEXT, HISTORY["source_text"]) for row in rows_with(connection, kept, "source_id", same))
    for number in sorted({row["source_id"] for row in texts if row["text"]}):
        yield "the text of source", str(number)
