"""What the store's tests share: a database with its tables, a claim to keep in it, ways to record and to ask."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from sqlalchemy import text

from claims_cli.core.claim import Claim, Kind, Operation, Question, Quote, Source
from claims_cli.core.notation import parse_figure
from claims_cli.core.when import parse_when
from claims_cli.store.database import Commitment, address_of, transaction, writing
from claims_cli.store.recording import Recorder
from claims_cli.store.schema import make_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims_cli.store.recording import Tally

Rows: TypeAlias = list[dict[str, Any]]

OPERATION = Operation(at=datetime(2024, 12, 1, 8, 30, tzinfo=UTC), who="desk", command="claims test", summary="a test")
ARTICLE = "قال البنتاغون: Some 10,000 soldiers are there.\r\n\tتقريبًا \u200f\U0001f600  "  # marks, direction, line ends, spaces at the end
CAMP = Question("camp", topic="test", text="How many people are in the camp?", kind=Kind.LEVEL, unit="person")
PAPER = Source(publisher="Paper", title="A report", published_on=parse_when("2024-11-02"), text=ARTICLE)
WORDS = "10,000 soldiers"
CLAIM = Claim(
    question="camp",
    claimant="Ann",
    source=PAPER,
    figure=parse_figure("10-12"),
    as_of=parse_when("2024-11-01"),
    said_on=parse_when("2024-11-01"),
    quote=Quote(WORDS, start=ARTICLE.index(WORDS), end=ARTICLE.index(WORDS) + len(WORDS)),
    relay=("Ben",),
)


@pytest.fixture
def base(database_url: str) -> str:
    """A database with its tables and nothing in them."""
    make_database(address_of(database_url))
    return database_url


@contextmanager
def recording(where: str, commitment: Commitment = Commitment.KEEP, operation: Operation = OPERATION) -> Iterator[Recorder]:
    """A recorder in an operation of its own, with the question "camp" at hand."""
    with writing(address_of(where), operation, commitment) as ledger:
        recorder = Recorder(ledger)
        recorder.question(CAMP)
        yield recorder


def recorded(where: str, *claims: Claim, operation: Operation = OPERATION) -> Tally:
    """Keep claims in one operation; gives what came of it."""
    with recording(where, operation=operation) as recorder:
        recorder.add_claims(claims)
        return recorder.tally


def asked(where: str, query: str) -> Rows:
    """The rows of a query, asked past the program."""
    with transaction(address_of(where)) as connection:
        return [dict(row) for row in connection.execute(text(query)).mappings()]


def done(where: str, statement: str, **values: object) -> None:
    """Carry out a statement, past the program."""
    with transaction(address_of(where)) as connection:
        connection.execute(text(statement), values)


def sizes(where: str) -> dict[str, int]:
    """How many rows each table has; the migrations' own table apart."""
    tables = ("operation", "topic", "actor", "actor_alias", "question", "source", "source_text", "source_original", "claim", "claim_relay")
    (row,) = asked(where, "SELECT " + ", ".join(f"(SELECT COUNT(*) FROM {name}) AS {name}" for name in tables))  # noqa: S608  our own names
    return row
