"""A world brought to disk: as a table to import, and straight into the rows of a database.

The rows are those that an import of the table would leave (a test holds the two together), put in several times as fast.
"""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any

from benchmarks.world import AGENCIES, OUTLET, QUIET_ACTOR
from claims_cli.core.claim import Sheet
from claims_cli.core.folding import fold, slug_of
from claims_cli.core.notation import figure_text
from claims_cli.store.database import Address
from claims_cli.store.recording import KeptActor
from claims_cli.store.rows import SCALED_CURRENCY, edtf, source_uid
from claims_cli.store.schema import make_database
from claims_cli.store.sheets import Referred, claim_columns
from claims_cli.store.sources import KeptSource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.world import World
    from claims_cli.core.claim import Claim, Question, Source

BATCH = 10_000
OPERATION = 1
RECORDED_AT = "2025-01-01T00:00:00Z"
COLUMNS = [
    "ref",
    "question",
    "topic",
    "kind",
    "unit",
    "value",
    "stance",
    "modality",
    "claimant",
    "relay",
    "as_of",
    "said_on",
    "published_on",
    "publisher",
    "title",
    "url",
    "language",
    "quote",
]

INSERT_OPERATION = "INSERT INTO operation (id, at, who, command, summary) VALUES (?, ?, 'benchmarks', 'benchmarks', '')"
INSERT_TOPIC = "INSERT INTO topic (id, slug, title, operation_id) VALUES (?, ?, ?, ?)"
INSERT_ACTOR = "INSERT INTO actor (id, slug, name, voice_id, operation_id) VALUES (?1, ?2, ?3, ?1, ?4)"
INSERT_ALIAS = "INSERT INTO actor_alias (actor_id, name, folded, operation_id) VALUES (?, ?, ?, ?)"
INSERT_QUESTION = """
INSERT INTO question (id, slug, topic_id, text, kind, unit, currency, day_scale, operation_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_SOURCE = """
INSERT INTO source (id, uid, publisher_id, title, url, language, published_on, published_from, published_to, operation_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_CLAIM = """
INSERT INTO claim (
    id, uid, ref, question_id, claimant_id, source_id, value, low, high, low_exact, high_exact, hedge,
    interval_low, interval_high, stance, modality, as_of, said_on, day_from, day, said_day, horizon, relay, quote,
    review, recorded_at, operation_id
) VALUES (
    :id, :uid, :ref, :question_id, :claimant_id, :source_id, :value, :low, :high, :low_exact, :high_exact, :hedge,
    :interval_low, :interval_high, :stance, :modality, :as_of, :said_on, :day_from, :day, :said_day, :horizon, :relay, :quote,
    'accepted', :recorded_at, :operation_id
)
"""
INSERT_RELAY = "INSERT INTO claim_relay (claim_id, step, actor_id, operation_id) VALUES (?, ?, ?, 1)"


def make_empty(path: Path) -> None:
    """Make a database without claims."""
    make_database(Address(path, ""))


def write_table(world: World, path: Path) -> None:
    """Write the claims as a CSV that ``claims import`` takes."""
    questions = {one.slug: one for one in world.questions()}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(cells(claim, questions[claim.question]) for claim in world.told())


def cells(claim: Claim, question: Question) -> list[str | None]:
    """A claim as a row of COLUMNS."""
    source = claim.source
    return [
        claim.ref,
        question.slug,
        question.topic,
        question.kind,
        question.unit,
        None if claim.figure is None else figure_text(claim.figure),
        claim.stance,
        claim.modality,
        claim.claimant,
        " > ".join(claim.relay),
        edtf(claim.as_of),
        edtf(claim.said_on),
        edtf(source.published_on),
        source.publisher,
        source.title,
        source.url,
        source.language,
        None if claim.quote is None else claim.quote.exact,
    ]


def fill(path: Path, world: World) -> None:
    """Make a database that holds a world."""
    make_empty(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # nobody would miss it
        with connection:
            Filling(connection, world).run()


class Filling:
    """The putting in of one world, with the numbers that names got."""

    def __init__(self, connection: sqlite3.Connection, world: World) -> None:
        """Take over an open connection to a database without claims."""
        self.connection = connection
        self.world = world
        self.actors: dict[str, int] = {}
        self.questions: dict[str, int] = {}
        self.last: Source | None = None
        self.kept = KeptSource(0, "", None)

    def run(self) -> None:
        """Put everything in."""
        self.connection.execute(INSERT_OPERATION, (OPERATION, RECORDED_AT))
        self.put_actors()
        self.put_questions()
        told = enumerate(self.world.told(), start=1)
        while batch := list(islice(told, BATCH)):
            self.connection.executemany(INSERT_CLAIM, self.rows(batch))
            self.connection.executemany(INSERT_RELAY, self.relays(batch))

    def put_actors(self) -> None:
        """Put in all who claim, publish or pass on."""
        names = [*self.world.actors(), *self.world.publishers(), QUIET_ACTOR, OUTLET, *AGENCIES]
        self.actors = {name: number for number, name in enumerate(names, start=1)}
        self.connection.executemany(INSERT_ACTOR, [(number, slug_of(name), name, OPERATION) for name, number in self.actors.items()])
        self.connection.executemany(INSERT_ALIAS, [(number, name, fold(name), OPERATION) for name, number in self.actors.items()])

    def put_questions(self) -> None:
        """Put in all questions and their topics."""
        asked = self.world.questions()
        topics = {slug: number for number, slug in enumerate(dict.fromkeys(one.topic for one in asked), start=1)}
        self.connection.executemany(INSERT_TOPIC, [(number, slug, slug, OPERATION) for slug, number in topics.items()])
        self.questions = {one.slug: number for number, one in enumerate(asked, start=1)}
        rows = [
            (number, one.slug, topics[one.topic], one.text, one.kind, one.unit, one.currency, SCALED_CURRENCY / one.currency, OPERATION)
            for number, one in enumerate(asked, start=1)
        ]
        self.connection.executemany(INSERT_QUESTION, rows)

    def source(self, source: Source) -> KeptSource:
        """A document as it is kept; claims of one document come one after another."""
        if source is not self.last:
            self.last = source
            self.kept = KeptSource(self.kept.id + 1, source_uid(source, publisher=source.publisher), None)
            published = source.published_on
            days = (None, None) if published is None else (published.earliest_day, published.latest_day)
            told = (source.title, source.url, source.language, edtf(published))
            row = (self.kept.id, self.kept.uid, self.actors[source.publisher or OUTLET], *told, *days, OPERATION)
            self.connection.execute(INSERT_SOURCE, row)
        return self.kept

    def rows(self, batch: list[tuple[int, Claim]]) -> Iterator[dict[str, Any]]:
        """The columns of some claims."""
        claims = [claim for _, claim in batch]
        referred = Referred(
            questions=[self.questions[claim.question] for claim in claims],
            claimants=[KeptActor(self.actors[claim.claimant], claim.claimant) for claim in claims],
            sources=[self.source(claim.source) for claim in claims],
            relays=[[KeptActor(self.actors[name], name) for name in claim.relay] for claim in claims],
        )
        columns = claim_columns(Sheet.of(claims), referred)
        for (number, _), row in zip(batch, zip(*columns.values(), strict=True), strict=True):
            yield {**dict(zip(columns, row, strict=True)), "id": number, "recorded_at": RECORDED_AT, "operation_id": OPERATION}

    def relays(self, batch: list[tuple[int, Claim]]) -> Iterator[tuple[int, int, int]]:
        """Who passed on each claim."""
        for number, claim in batch:
            for step, name in enumerate(claim.relay):
                yield number, step, self.actors[name]
