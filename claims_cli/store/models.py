"""The tables, as SQLModel classes. Migrations are written by hand; a test holds the two together.

Types are those that a STRICT SQLite table knows, and what PostgreSQL calls the same:

- texts compare byte by byte on both (``COLLATE "C"`` on PostgreSQL), so that both sort alike;
- an exact decimal is kept as its canonical text (``low_exact``), with a double beside it (``low``) to filter and sort by;
- a day is its proleptic Gregorian ordinal (``date.toordinal``); the EDTF text that it came from stands beside it;
- a moment of recording is an ISO 8601 text in UTC, which sorts as it reads.

History is system time. A table holds what is current; a row that is changed or taken away is first copied to ``NAME_history``, with the
operation that closed it. ``operation_id`` is the operation that opened a row, ``content_hash`` what its content was then (null where
another program wrote the row), so that a bit that flips on the disk is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Column, Double, Index, Integer, LargeBinary, Table, Text, text
from sqlalchemy.dialects.sqlite import REAL
from sqlmodel import Field, SQLModel

from claims_cli.store.past import VERSIONED_NAMES

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
NUMBER: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")

Bytes: TypeAlias = bytes  # a column of the name hides the type


class OperationRow(SQLModel, table=True):
    """One command that wrote, so that it can be told and taken back as a whole.

    ``undoes`` is the operation that this one took back. ``digest`` is the sum of what it opened and closed, ``entry`` the hash of its
    own columns and that digest, ``chain`` the hash of the chain before it and its entry (store/ledger.py).
    """

    __tablename__ = "operation"

    id: int | None = Field(default=None, primary_key=True)
    at: str = Field(sa_type=TEXT)
    who: str = Field(sa_type=TEXT)
    command: str = Field(sa_type=TEXT)
    summary: str = Field(sa_type=TEXT)
    undoes: int | None = None
    digest: str | None = Field(default=None, sa_type=TEXT)
    entry: str | None = Field(default=None, sa_type=TEXT)
    chain: str | None = Field(default=None, sa_type=TEXT)


class TopicRow(SQLModel, table=True):
    """A subject that a desk follows."""

    __tablename__ = "topic"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(sa_type=TEXT, unique=True)
    title: str = Field(sa_type=TEXT)
    operation_id: int = Field(foreign_key="operation.id")
    content_hash: str | None = Field(default=None, sa_type=TEXT)


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
    content_hash: str | None = Field(default=None, sa_type=TEXT)


class ActorAliasRow(SQLModel, table=True):
    """A way to write an actor's name; ``folded`` is what names are compared by, and belongs to one actor only."""

    __tablename__ = "actor_alias"

    id: int | None = Field(default=None, primary_key=True)
    actor_id: int = Field(foreign_key="actor.id", index=True)
    name: str = Field(sa_type=TEXT)
    folded: str = Field(sa_type=TEXT, unique=True)
    language: str | None = Field(default=None, sa_type=TEXT)
    operation_id: int = Field(foreign_key="operation.id")
    content_hash: str | None = Field(default=None, sa_type=TEXT)


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
    content_hash: str | None = Field(default=None, sa_type=TEXT)


class QuestionRow(SQLModel, table=True):
    """One thing that claims answer; ``unit`` is null for a yes or no question, ``currency`` is in days.

    ``day_scale`` stretches days so that ``currency`` of them measure a million: one window frame of fixed width then serves all
    questions of ``conflict_view``, whatever their currency. ``words`` has a group of words a line.
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
    content_hash: str | None = Field(default=None, sa_type=TEXT)


class SourceRow(SQLModel, table=True):
    """A document; ``uid`` is the hash of what identifies it, ``text_hash`` the SHA-256 of its text in UTF-8.

    ``encoding`` is what the text was decoded from, by Python's name for it, ``bytes_hash`` the SHA-256 of the bytes that it came in; both
    are null where that is not known. The bytes stand in ``source_original``, unless they are just the text in UTF-8.
    """

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
    encoding: str | None = Field(default=None, sa_type=TEXT)
    bytes_hash: str | None = Field(default=None, sa_type=TEXT)
    operation_id: int = Field(foreign_key="operation.id")
    content_hash: str | None = Field(default=None, sa_type=TEXT)


class SourceTextRow(SQLModel, table=True):
    """The text of a source, never altered; apart from its particulars so that listing sources does not read it."""

    __tablename__ = "source_text"

    source_id: int = Field(primary_key=True, foreign_key="source.id", sa_column_kwargs={"autoincrement": False})
    text: str = Field(sa_type=TEXT)
    operation_id: int = Field(foreign_key="operation.id")
    content_hash: str | None = Field(default=None, sa_type=TEXT)


class SourceOriginalRow(SQLModel, table=True):
    """The bytes that a source's text came in, where they tell more than the text: other encodings, particulars, tags of a page."""

    __tablename__ = "source_original"

    source_id: int = Field(primary_key=True, foreign_key="source.id", sa_column_kwargs={"autoincrement": False})
    bytes: Bytes = Field(sa_type=LargeBinary)
    operation_id: int = Field(foreign_key="operation.id")
    content_hash: str | None = Field(default=None, sa_type=TEXT)


class ClaimRow(SQLModel, table=True):
    """A claim as it stands now. ``id`` is its number, the same in all its versions; ``recorded_at`` is when this version was recorded.

    ``value`` is the figure in the value mini-language, ``low`` and ``high`` its ends as stated; ``interval_low`` and
    ``interval_high`` what it allows under the house policy, were it a count (null: unbounded). ``day_from`` and ``day`` are the first
    and last day that the claim is about, taken from as_of, else said_on, else the publication; an observed claim is never about a day
    after its publication. ``horizon`` is the last day of the as_of of a forecast that looks past the day it was said. ``relay`` keeps the
    chain as written, ``claim_relay`` who they are.
    """

    __tablename__ = "claim"
    __table_args__ = (
        Index("ix_claim_question", "question_id", "day", "claimant_id", "said_day", "interval_low", "interval_high"),
        Index("ix_claim_ref", "ref", sqlite_where=text("ref IS NOT NULL"), postgresql_where=text("ref IS NOT NULL")),
    )

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    uid: str = Field(sa_type=TEXT, unique=True)
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
    operation_id: int = Field(foreign_key="operation.id")
    content_hash: str | None = Field(default=None, sa_type=TEXT)


class ClaimRelayRow(SQLModel, table=True):
    """One relayer of a claim; ``step`` counts from the originator (0) towards the publisher."""

    __tablename__ = "claim_relay"

    claim_id: int = Field(primary_key=True, foreign_key="claim.id")
    step: int = Field(primary_key=True)
    actor_id: int = Field(foreign_key="actor.id", index=True)
    operation_id: int = Field(foreign_key="operation.id")
    content_hash: str | None = Field(default=None, sa_type=TEXT)


class RulingRow(SQLModel, table=True):
    """An analyst's judgement on a conflict; of several that are current, the latest counts.

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
    operation_id: int = Field(foreign_key="operation.id")
    content_hash: str | None = Field(default=None, sa_type=TEXT)


class RulingClaimRow(SQLModel, table=True):
    """A claim that the ruling judged; a claim that joins the conflict later is not among them and opens it again.

    ``position`` is the number of the position in which it stood, from 0; null where the ruling was made before that was kept.
    """

    __tablename__ = "ruling_claim"

    ruling_id: int = Field(primary_key=True, foreign_key="ruling.id")
    claim_id: int = Field(primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    content_hash: str | None = Field(default=None, sa_type=TEXT)
    position: int | None = None


class PurgeRow(SQLModel, table=True):
    """A tombstone: what one version of a row lost for the protection of a source. ``row_key`` is its key as a JSON array.

    ``content_hash`` is the hash of what stood there before, which the row keeps, too.
    """

    __tablename__ = "purge"

    id: int | None = Field(default=None, primary_key=True)
    table_name: str = Field(sa_type=TEXT)
    row_key: str = Field(sa_type=TEXT)
    row_operation_id: int
    content_hash: str = Field(sa_type=TEXT)
    reason: str = Field(sa_type=TEXT)
    operation_id: int = Field(foreign_key="operation.id")


def history_of(live: Table) -> Table:
    """The table of a live table's closed rows: the same columns, without references, and the operation that closed each."""
    columns: list[Column[object]] = [
        Column(one.name, one.type, primary_key=one.primary_key or one.name == "operation_id", nullable=one.nullable, autoincrement=False)
        for one in live.columns
    ]
    name = f"{live.name}_history"
    indexed = [Index(f"ix_{name}_{one}", one) for one in ("closed_by", "uid") if one == "closed_by" or one in live.columns]
    closed_by: Column[int] = Column("closed_by", Integer, nullable=False)
    return Table(name, live.metadata, *columns, closed_by, *indexed)


VERSIONED: tuple[Table, ...] = tuple(SQLModel.metadata.tables[name] for name in VERSIONED_NAMES)
HISTORY: dict[str, Table] = {live.name: history_of(live) for live in VERSIONED}
