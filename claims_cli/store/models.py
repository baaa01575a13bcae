"""The tables, as SQLModel classes. Migrations are written by hand; a test holds the two together.

Types are those that a STRICT SQLite table knows, and what PostgreSQL calls the same:

- texts compare byte by byte on both (``COLLATE "C"`` on PostgreSQL), so that both sort alike;
- an exact decimal is kept as its canonical text (``low_exact``), with a double beside it (``low``) to filter and sort by;
- a day is its proleptic Gregorian ordinal (``date.toordinal``); the EDTF text that it came from stands beside it;
- a moment of recording is an ISO 8601 text in UTC, which sorts as it reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Double, Index, Text
from sqlalchemy.dialects.sqlite import REAL
from sqlmodel import Field, SQLModel

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
NUMBER: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")


class OperationRow(SQLModel, table=True):
    """One command that wrote, so that it can be told and taken back as a whole."""

    __tablename__ = "operation"

    id: int | None = Field(default=None, primary_key=True)
    at: str = Field(sa_type=TEXT)
    who: str = Field(sa_type=TEXT)
    command: str = Field(sa_type=TEXT)
    summary: str = Field(sa_type=TEXT)


class TopicRow(SQLModel, table=True):
    """A subject that a desk follows."""

    __tablename__ = "topic"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(sa_type=TEXT, unique=True)
    title: str = Field(sa_type=TEXT)
    operation_id: int = Field(foreign_key="operation.id")


class ActorRow(SQLModel, table=True):
    """A person, office or organisation.

    ``voice_id`` is the last actor of the chain of ``speaks_for_id``, the actor's own id when it speaks for nobody:
    claims of one voice are one claimant's.
    """

    __tablename__ = "actor"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(sa_type=TEXT, unique=True)
    name: str = Field(sa_type=TEXT)
    speaks_for_id: int | None = Field(default=None, foreign_key="actor.id")
    voice_id: int = Field(foreign_key="actor.id")
    operation_id: int = Field(foreign_key="operation.id")


class ActorAliasRow(SQLModel, table=True):
    """A way to write an actor's name; ``folded`` is what names are compared by, and belongs to one actor only."""

    __tablename__ = "actor_alias"

    id: int | None = Field(default=None, primary_key=True)
    actor_id: int = Field(foreign_key="actor.id", index=True)
    name: str = Field(sa_type=TEXT)
    folded: str = Field(sa_type=TEXT, unique=True)
    language: str | None = Field(default=None, sa_type=TEXT)
    operation_id: int = Field(foreign_key="operation.id")


class ActorOfficeRow(SQLModel, table=True):
    """An office that an actor holds for a time; several actors may have held it. ``since`` and ``until`` are EDTF."""

    __tablename__ = "actor_office"

    id: int | None = Field(default=None, primary_key=True)
    actor_id: int = Field(foreign_key="actor.id", index=True)
    name: str = Field(sa_type=TEXT)
    folded: str = Field(sa_type=TEXT, index=True)
    since: str | None = Field(default=None, sa_type=TEXT)
    until: str | None = Field(default=None, sa_type=TEXT)
    operation_id: int = Field(foreign_key="operation.id")


class QuestionRow(SQLModel, table=True):
    """One thing that claims answer; ``unit`` is null for a yes or no question, ``currency`` is in days.

    ``day_scale`` stretches days so that ``currency`` of them measure a million: one window frame of fixed width then serves all
    questions, whatever their currency. ``words`` has a group of words a line.
    """

    __tablename__ = "question"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(sa_type=TEXT, unique=True)
    topic_id: int = Field(foreign_key="topic.id", index=True)
    text: str = Field(sa_type=TEXT)
    kind: str = Field(sa_type=TEXT)
    unit: str | None = Field(default=None, sa_type=TEXT)
    place: str | None = Field(default=None, sa_type=TEXT)
    population: str | None = Field(default=None, sa_type=TEXT)
    part_of_id: int | None = Field(default=None, foreign_key="question.id", index=True)
    words: str | None = Field(default=None, sa_type=TEXT)
    currency: int = Field(default=3)
    day_scale: float = Field(sa_type=NUMBER)
    operation_id: int = Field(foreign_key="operation.id")


class SourceRow(SQLModel, table=True):
    """A document; ``uid`` is the hash of what identifies it, ``text_hash`` the SHA-256 of its text in UTF-8."""

    __tablename__ = "source"

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=TEXT, unique=True)
    publisher_id: int | None = Field(default=None, foreign_key="actor.id")
    title: str | None = Field(default=None, sa_type=TEXT)
    url: str | None = Field(default=None, sa_type=TEXT)
    language: str | None = Field(default=None, sa_type=TEXT)
    published_on: str | None = Field(default=None, sa_type=TEXT)
    published_from: int | None = None
    published_to: int | None = None
    text_hash: str | None = Field(default=None, sa_type=TEXT)
    operation_id: int = Field(foreign_key="operation.id")


class SourceTextRow(SQLModel, table=True):
    """The text of a source, never altered; apart from its particulars so that listing sources does not read it."""

    __tablename__ = "source_text"

    source_id: int = Field(primary_key=True, foreign_key="source.id", sa_column_kwargs={"autoincrement": False})
    text: str = Field(sa_type=TEXT)


class ClaimRow(SQLModel, table=True):
    """One version of a claim. ``id`` is the claim's number, the same in all its versions; the current one has no ``superseded_at``.

    ``value`` is the figure in the value mini-language, ``low`` and ``high`` its ends as stated; ``interval_low`` and
    ``interval_high`` what it allows under the house policy (null: unbounded). ``day_from`` and ``day`` are the first and last day that
    the claim is about, taken from as_of, else said_on, else the publication; an observed claim is never about a day after its
    publication. ``horizon`` is the last day of the as_of of a forecast that looks past the day it was said. ``relay`` keeps the chain as
    written, ``claim_relay`` who they are.
    """

    __tablename__ = "claim"
    __table_args__ = (
        Index("ix_claim_question", "question_id", "day", "claimant_id", "said_day", "interval_low", "interval_high"),
        Index("uq_claim_id", "id", unique=True, sqlite_where="superseded_at IS NULL", postgresql_where="superseded_at IS NULL"),
        Index("uq_claim_uid", "uid", unique=True, sqlite_where="superseded_at IS NULL", postgresql_where="superseded_at IS NULL"),
    )

    version_id: int | None = Field(default=None, primary_key=True)
    id: int
    uid: str = Field(sa_type=TEXT)
    ref: str | None = Field(default=None, sa_type=TEXT)
    question_id: int = Field(foreign_key="question.id")
    claimant_id: int = Field(foreign_key="actor.id", index=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    value: str | None = Field(default=None, sa_type=TEXT)
    low: float | None = Field(default=None, sa_type=NUMBER)
    high: float | None = Field(default=None, sa_type=NUMBER)
    low_exact: str | None = Field(default=None, sa_type=TEXT)
    high_exact: str | None = Field(default=None, sa_type=TEXT)
    hedge: str | None = Field(default=None, sa_type=TEXT)
    interval_low: float | None = Field(default=None, sa_type=NUMBER)
    interval_high: float | None = Field(default=None, sa_type=NUMBER)
    value_text: str | None = Field(default=None, sa_type=TEXT)
    stance: str = Field(sa_type=TEXT)
    modality: str = Field(sa_type=TEXT)
    basis: str | None = Field(default=None, sa_type=TEXT)
    place: str | None = Field(default=None, sa_type=TEXT)
    as_of: str | None = Field(default=None, sa_type=TEXT)
    said_on: str | None = Field(default=None, sa_type=TEXT)
    day_from: int | None = None
    day: int | None = None
    said_day: int | None = None
    horizon: int | None = None
    relay: str | None = Field(default=None, sa_type=TEXT)
    quote: str | None = Field(default=None, sa_type=TEXT)
    quote_prefix: str | None = Field(default=None, sa_type=TEXT)
    quote_suffix: str | None = Field(default=None, sa_type=TEXT)
    quote_start: int | None = None
    quote_end: int | None = None
    review: str = Field(sa_type=TEXT)
    note: str | None = Field(default=None, sa_type=TEXT)
    recorded_at: str = Field(sa_type=TEXT)
    superseded_at: str | None = Field(default=None, sa_type=TEXT)
    operation_id: int = Field(foreign_key="operation.id")


class ClaimRelayRow(SQLModel, table=True):
    """One relayer of a claim; ``step`` counts from the originator (0) towards the publisher."""

    __tablename__ = "claim_relay"

    version_id: int = Field(primary_key=True, foreign_key="claim.version_id")
    step: int = Field(primary_key=True)
    actor_id: int = Field(foreign_key="actor.id", index=True)


class RulingRow(SQLModel, table=True):
    """An analyst's judgement on a conflict; the latest one without ``superseded_at`` counts.

    ``claim_id`` is a claim of the position that stands, or the one whose source is in error.
    """

    __tablename__ = "ruling"

    id: int | None = Field(default=None, primary_key=True)
    conflict: str = Field(sa_type=TEXT, index=True)
    question_id: int = Field(foreign_key="question.id")
    verdict: str = Field(sa_type=TEXT)
    reason: str = Field(sa_type=TEXT)
    claim_id: int | None = None
    cause: str | None = Field(default=None, sa_type=TEXT)
    recorded_at: str = Field(sa_type=TEXT)
    superseded_at: str | None = Field(default=None, sa_type=TEXT)
    operation_id: int = Field(foreign_key="operation.id")


class RulingClaimRow(SQLModel, table=True):
    """A claim that the ruling judged; a claim that joins the conflict later is not among them and opens it again."""

    __tablename__ = "ruling_claim"

    ruling_id: int = Field(primary_key=True, foreign_key="ruling.id")
    claim_id: int = Field(primary_key=True)
