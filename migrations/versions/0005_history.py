"""System time: tables hold what is current, closed rows move to history tables, and the operation log is chained by hashes.

A claim's versions stood in one table before, and of what else was changed only the last state was kept: history of topics, actors,
questions and sources begins here.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.sqlite import REAL

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0005"
down_revision = "0004"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER: sa.types.TypeEngine[float] = sa.Double().with_variant(REAL(), "sqlite")
LARGEST = "1e30"
HEDGES = "'exact', 'about', 'more_than', 'at_least', 'less_than', 'at_most', 'range', 'vague'"
STANCES = "'asserts', 'denies', 'unconfirmed'"
MODALITIES = "'observed', 'forecast', 'target', 'conditional'"
REVIEWS = "'candidate', 'accepted', 'rejected'"
VERDICTS = "'one_stands', 'both_stand', 'source_in_error', 'cannot_be_settled'"
CAUSES = "'correction', 'deduplication', 'reclassification', 'scope_change', 'source_switch', 'lag', 'period_merged', 'typo', 'unexplained'"

VERSIONED = (
    "topic",
    "actor",
    "actor_alias",
    "actor_office",
    "question",
    "source",
    "source_text",
    "source_original",
    "claim",
    "claim_relay",
    "ruling",
    "ruling_claim",
)
KEYS = {
    "source_text": ("source_id",),
    "source_original": ("source_id",),
    "claim_relay": ("claim_id", "step"),
    "ruling_claim": ("ruling_id", "claim_id"),
}
REMADE = ("claim_relay", "ruling_claim", "claim", "ruling")  # those that refer to others first
HASH_LENGTH = 32
DIGEST_BITS = 256


def upgrade() -> None:
    """Part live rows from closed ones, make the history tables, and hash what is there."""
    for view in ("claim_view", "conflict_view", "trace_view"):
        op.execute(f"DROP VIEW {view}")
    for name in ("operation", *VERSIONED):
        if name not in REMADE:
            mark(name)
    for index in ("uq_claim_id", "uq_claim_uid", "ix_claim_question", "ix_claim_claimant_id", "ix_claim_source_id"):
        op.drop_index(index, "claim")
    op.drop_index("ix_claim_relay_actor_id", "claim_relay")
    op.drop_index("ix_ruling_conflict", "ruling")
    for name in REMADE:
        op.rename_table(name, f"{name}_before")
    claims()
    rulings()
    purges()
    for name in VERSIONED:
        history(name)
    move_claims()
    move_rulings()
    for name in REMADE:
        op.drop_table(f"{name}_before")
    for view in (CLAIM_VIEW, CONFLICT_VIEW, TRACE_VIEW):
        op.execute(view)
    seal()


def mark(name: str) -> None:
    """Add what a versioned table or the operation log lacks."""
    text = 'TEXT COLLATE "C"' if op.get_bind().dialect.name == "postgresql" else "TEXT"
    if name == "operation":
        op.execute("ALTER TABLE operation ADD COLUMN undoes INTEGER")
        for column in ("digest", "entry", "chain"):
            op.execute(f"ALTER TABLE operation ADD COLUMN {column} {text}")
        return
    if name == "source_text":
        source_texts()
        return
    if name == "source_original":
        source_originals()
        return
    if name == "source":
        op.execute(f"ALTER TABLE source ADD COLUMN encoding {text}")
        op.execute(f"ALTER TABLE source ADD COLUMN bytes_hash {text} CONSTRAINT ck_source_bytes_hash CHECK (length(bytes_hash) = 64)")
    op.execute(f"ALTER TABLE {name} ADD COLUMN content_hash {text}")


def source_texts() -> None:
    """The texts of sources, each with the operation that its source has."""
    op.rename_table("source_text", "source_text_before")
    table("source_text", sa.Column("source_id", sa.Integer, primary_key=True, autoincrement=False), sa.Column("text", TEXT, nullable=False),
          *opened("source_text"), refers("source_text", "source_id", "source.id"))  # fmt: skip
    op.execute(
        "INSERT INTO source_text (source_id, text, operation_id) "
        "SELECT b.source_id, b.text, s.operation_id FROM source_text_before b JOIN source s ON s.id = b.source_id"
    )
    op.drop_table("source_text_before")


def source_originals() -> None:
    """The bytes that texts came in; of the sources that there are they are not known."""
    table("source_original", sa.Column("source_id", sa.Integer, primary_key=True, autoincrement=False),
          sa.Column("bytes", sa.LargeBinary, nullable=False), *opened("source_original"),
          refers("source_original", "source_id", "source.id"))  # fmt: skip


def finite(column: str) -> str:
    """The condition that a column is null or a finite number."""
    return f"{column} IS NULL OR ({column} >= -{LARGEST} AND {column} <= {LARGEST})"


def table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """Make a table, STRICT on SQLite."""
    op.create_table(name, *parts, sqlite_strict=True)


def refers(table_name: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    """A named reference from one column to another table's id."""
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table_name}_{column}")


def opened(name: str) -> list[sa.schema.SchemaItem]:
    """Which operation opened a row, and the hash of its content."""
    return [
        sa.Column("operation_id", sa.Integer, nullable=False),
        sa.Column("content_hash", TEXT),
        refers(name, "operation_id", "operation.id"),
    ]


def claims() -> None:
    """Claims as they stand, and the relayers of each."""
    table(
        "claim",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("ref", TEXT),
        sa.Column("question_id", sa.Integer, nullable=False),
        sa.Column("claimant_id", sa.Integer, nullable=False),
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("value", TEXT),
        sa.Column("low", NUMBER),
        sa.Column("high", NUMBER),
        sa.Column("low_exact", TEXT),
        sa.Column("high_exact", TEXT),
        sa.Column("hedge", TEXT),
        sa.Column("interval_low", NUMBER),
        sa.Column("interval_high", NUMBER),
        sa.Column("value_text", TEXT),
        sa.Column("stance", TEXT, nullable=False),
        sa.Column("modality", TEXT, nullable=False),
        sa.Column("basis", TEXT),
        sa.Column("place", TEXT),
        sa.Column("as_of", TEXT),
        sa.Column("said_on", TEXT),
        sa.Column("day_from", sa.Integer),
        sa.Column("day", sa.Integer),
        sa.Column("said_day", sa.Integer),
        sa.Column("horizon", sa.Integer),
        sa.Column("relay", TEXT),
        sa.Column("quote", TEXT),
        sa.Column("quote_prefix", TEXT),
        sa.Column("quote_suffix", TEXT),
        sa.Column("quote_start", sa.Integer),
        sa.Column("quote_end", sa.Integer),
        sa.Column("review", TEXT, nullable=False),
        sa.Column("note", TEXT),
        sa.Column("recorded_at", TEXT, nullable=False),
        *opened("claim"),
        sa.UniqueConstraint("uid", name="uq_claim_uid"),
        sa.CheckConstraint(f"hedge IN ({HEDGES})", name="ck_claim_hedge"),
        sa.CheckConstraint(f"stance IN ({STANCES})", name="ck_claim_stance"),
        sa.CheckConstraint(f"modality IN ({MODALITIES})", name="ck_claim_modality"),
        sa.CheckConstraint(f"review IN ({REVIEWS})", name="ck_claim_review"),
        sa.CheckConstraint(finite("low"), name="ck_claim_low_finite"),
        sa.CheckConstraint(finite("high"), name="ck_claim_high_finite"),
        sa.CheckConstraint(finite("interval_low"), name="ck_claim_interval_low_finite"),
        sa.CheckConstraint(finite("interval_high"), name="ck_claim_interval_high_finite"),
        sa.CheckConstraint("low <= high", name="ck_claim_figure"),
        sa.CheckConstraint("interval_low <= interval_high", name="ck_claim_interval"),
        sa.CheckConstraint("(low IS NULL) = (low_exact IS NULL) AND (high IS NULL) = (high_exact IS NULL)", name="ck_claim_exact"),
        sa.CheckConstraint(
            "(hedge IS NULL) = (low IS NULL AND high IS NULL) AND (hedge IS NULL) = (value IS NULL)", name="ck_claim_hedged"
        ),
        sa.CheckConstraint("day_from <= day", name="ck_claim_days"),
        sa.CheckConstraint("(day IS NULL) = (day_from IS NULL)", name="ck_claim_day"),
        sa.CheckConstraint("quote_start < quote_end AND (quote_start IS NULL) = (quote_end IS NULL)", name="ck_claim_quote"),
        refers("claim", "question_id", "question.id"),
        refers("claim", "claimant_id", "actor.id"),
        refers("claim", "source_id", "source.id"),
    )
    op.create_index("ix_claim_question", "claim", ["question_id", "day", "claimant_id", "said_day", "interval_low", "interval_high"])
    named = sa.text("ref IS NOT NULL")
    op.create_index("ix_claim_ref", "claim", ["ref"], sqlite_where=named, postgresql_where=named)
    op.create_index("ix_claim_claimant_id", "claim", ["claimant_id"])
    op.create_index("ix_claim_source_id", "claim", ["source_id"])
    table(
        "claim_relay",
        sa.Column("claim_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("step", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("actor_id", sa.Integer, nullable=False),
        *opened("claim_relay"),
        refers("claim_relay", "claim_id", "claim.id"),
        refers("claim_relay", "actor_id", "actor.id"),
    )
    op.create_index("ix_claim_relay_actor_id", "claim_relay", ["actor_id"])


def rulings() -> None:
    """Judgements as they stand, and the claims that each of them judged."""
    table(
        "ruling",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conflict", TEXT, nullable=False),
        sa.Column("question_id", sa.Integer, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("claim_id", sa.Integer),
        sa.Column("cause", TEXT),
        sa.Column("recorded_at", TEXT, nullable=False),
        *opened("ruling"),
        sa.CheckConstraint(f"verdict IN ({VERDICTS})", name="ck_ruling_verdict"),
        sa.CheckConstraint(f"cause IN ({CAUSES})", name="ck_ruling_cause"),
        sa.CheckConstraint("reason <> ''", name="ck_ruling_reason"),
        refers("ruling", "question_id", "question.id"),
    )
    op.create_index("ix_ruling_conflict", "ruling", ["conflict"])
    table(
        "ruling_claim",
        sa.Column("ruling_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("claim_id", sa.Integer, primary_key=True, autoincrement=False),
        *opened("ruling_claim"),
        refers("ruling_claim", "ruling_id", "ruling.id"),
    )


def purges() -> None:
    """Tombstones of what was taken out for the protection of a source."""
    table(
        "purge",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("table_name", TEXT, nullable=False),
        sa.Column("row_key", TEXT, nullable=False),
        sa.Column("row_operation_id", sa.Integer, nullable=False),
        sa.Column("content_hash", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("operation_id", sa.Integer, nullable=False),
        sa.CheckConstraint("reason <> ''", name="ck_purge_reason"),
        refers("purge", "operation_id", "operation.id"),
    )


def history(name: str) -> None:
    """The table of another's closed rows."""
    keys = KEYS.get(name, ("id",))
    found = sa.inspect(op.get_bind()).get_columns(name)
    text_or_number: dict[bool, sa.types.TypeEngine[Any]] = {True: TEXT, False: NUMBER}
    columns: list[sa.Column[Any]] = [
        sa.Column(
            one["name"],
            one["type"] if isinstance(one["type"], (sa.Integer, sa.LargeBinary)) else text_or_number[isinstance(one["type"], sa.Text)],
            primary_key=one["name"] in keys or one["name"] == "operation_id",
            nullable=one["nullable"],
            autoincrement=False,
        )
        for one in found
    ]
    table(f"{name}_history", *columns, sa.Column("closed_by", sa.Integer, nullable=False))
    op.create_index(f"ix_{name}_history_closed_by", f"{name}_history", ["closed_by"])
    if name in {"source", "claim"}:
        op.create_index(f"ix_{name}_history_uid", f"{name}_history", ["uid"])


CLAIM_COLUMNS = (
    "id, uid, ref, question_id, claimant_id, source_id, value, low, high, low_exact, high_exact, hedge, interval_low, interval_high, "
    "value_text, stance, modality, basis, place, as_of, said_on, day_from, day, said_day, horizon, relay, quote, quote_prefix, "
    "quote_suffix, quote_start, quote_end, review, note, recorded_at, operation_id"
)
# The operation that closed a version is the one that opened the next. Of several versions of one operation only the last one counts.
VERSIONS = """
SELECT v.*, LEAD(v.operation_id) OVER (PARTITION BY v.id ORDER BY v.version_id) AS closed_by FROM claim_before v
"""


def move_claims() -> None:
    """Current versions into the table, closed ones into its history."""
    op.execute(f"INSERT INTO claim ({CLAIM_COLUMNS}) SELECT {CLAIM_COLUMNS} FROM claim_before WHERE superseded_at IS NULL")
    closed = f"FROM ({VERSIONS}) v WHERE v.superseded_at IS NOT NULL AND v.closed_by <> v.operation_id"
    op.execute(f"INSERT INTO claim_history ({CLAIM_COLUMNS}, closed_by) SELECT {CLAIM_COLUMNS}, closed_by {closed}")
    op.execute(
        "INSERT INTO claim_relay (claim_id, step, actor_id, operation_id) SELECT v.id, r.step, r.actor_id, v.operation_id "
        "FROM claim_relay_before r JOIN claim_before v ON v.version_id = r.version_id WHERE v.superseded_at IS NULL"
    )
    op.execute(
        "INSERT INTO claim_relay_history (claim_id, step, actor_id, operation_id, closed_by) "
        f"SELECT v.id, r.step, r.actor_id, v.operation_id, v.closed_by FROM claim_relay_before r JOIN ({VERSIONS}) v "
        "ON v.version_id = r.version_id WHERE v.superseded_at IS NOT NULL AND v.closed_by <> v.operation_id"
    )


RULING_COLUMNS = "id, conflict, question_id, verdict, reason, claim_id, cause, recorded_at, operation_id"
# A ruling was closed by the one that took its place, which was recorded when it ended.
RULINGS = """
SELECT r.*, (
    SELECT MIN(n.operation_id) FROM ruling_before n WHERE n.operation_id > r.operation_id AND n.recorded_at = r.superseded_at
) AS closed_by
FROM ruling_before r
WHERE r.superseded_at IS NOT NULL
"""


def move_rulings() -> None:
    """Standing rulings into the table, closed ones into its history."""
    op.execute(f"INSERT INTO ruling ({RULING_COLUMNS}) SELECT {RULING_COLUMNS} FROM ruling_before WHERE superseded_at IS NULL")
    op.execute(f"INSERT INTO ruling_history ({RULING_COLUMNS}, closed_by) SELECT {RULING_COLUMNS}, closed_by FROM ({RULINGS}) r")
    judged = (
        "INSERT INTO ruling_claim{} SELECT c.ruling_id, c.claim_id, r.operation_id{} "
        "FROM ruling_claim_before c JOIN {} r ON r.id = c.ruling_id"
    )
    op.execute(judged.format(" (ruling_id, claim_id, operation_id)", "", "ruling"))
    op.execute(judged.format("_history (ruling_id, claim_id, operation_id, closed_by)", ", r.closed_by", "ruling_history"))


CLAIM_VIEW = """
CREATE VIEW claim_view AS
SELECT
    c.id, c.uid, c.ref, t.slug AS topic, q.slug AS question, c.value, c.low, c.high, c.hedge, q.unit, c.stance, c.modality,
    a.name AS claimant, c.relay, COALESCE(c.place, q.place) AS place, c.as_of, c.said_on, s.published_on,
    p.name AS publisher, s.title, s.url, c.quote, c.value_text, c.review, c.recorded_at, c.note
FROM claim c
JOIN question q ON q.id = c.question_id
JOIN topic t ON t.id = q.topic_id
JOIN actor a ON a.id = c.claimant_id
JOIN source s ON s.id = c.source_id
LEFT JOIN actor p ON p.id = s.publisher_id
"""

CONFLICT_VIEW = """
CREATE VIEW conflict_view AS
WITH scoped AS (
    SELECT
        c.id, q.slug AS question, q.kind, q.day_scale, c.question_id, a.name AS claimant, c.value, c.interval_low, c.interval_high,
        c.stance, c.modality, c.as_of, c.day,
        CASE WHEN q.kind = 'flow' OR c.modality <> 'observed' THEN c.day_from ELSE 0 END AS period_from,
        CASE WHEN q.kind = 'flow' OR c.modality <> 'observed' THEN c.day ELSE 0 END AS period_to,
        CASE WHEN c.stance = 'asserts' THEN c.interval_low END AS floor,
        CASE WHEN c.stance = 'asserts' THEN c.interval_high END AS ceiling
    FROM claim c
    JOIN question q ON q.id = c.question_id
    JOIN actor a ON a.id = c.claimant_id
    WHERE c.review = 'accepted' AND c.modality <> 'conditional' AND c.day IS NOT NULL
),
measured AS (
    SELECT
        scoped.*,
        MAX(floor) OVER nearby AS floor_nearby, MIN(ceiling) OVER nearby AS ceiling_nearby,
        MAX(floor) OVER earlier AS floor_earlier, MIN(ceiling) OVER later AS ceiling_later,
        MAX(floor) OVER ever AS floor_ever, MIN(ceiling) OVER ever AS ceiling_ever,
        SUM(CASE WHEN stance = 'asserts' THEN 1 ELSE 0 END) OVER ever AS assertions,
        SUM(CASE WHEN stance = 'denies' THEN 1 ELSE 0 END) OVER ever AS denials
    FROM scoped
    WINDOW
        ever AS (PARTITION BY question_id, modality, period_from, period_to),
        nearby AS (
            PARTITION BY question_id, modality, period_from, period_to ORDER BY day * day_scale
            RANGE BETWEEN 1000000 PRECEDING AND 1000000 FOLLOWING
        ),
        earlier AS (
            PARTITION BY question_id, modality, period_from, period_to ORDER BY day
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ),
        later AS (
            PARTITION BY question_id, modality, period_from, period_to ORDER BY day
            RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        )
)
SELECT id, question, claimant, value, stance, modality, as_of
FROM measured
WHERE (stance = 'asserts' AND denials > 0) OR (stance = 'denies' AND assertions > 0)
    OR (kind IN ('level', 'rate', 'flow') AND (floor >= ceiling_nearby OR ceiling <= floor_nearby))
    OR (kind = 'cumulative' AND (floor >= ceiling_later OR ceiling <= floor_earlier))
    OR (kind = 'fixed' AND (floor >= ceiling_ever OR ceiling <= floor_ever))
"""

TRACE_VIEW = """
CREATE VIEW trace_view AS
SELECT
    c.id AS claim, c.ref, q.slug AS question, c.said_on, c.as_of, a.name AS claimant, c.value, c.low, c.high, c.modality, c.stance,
    LAG(c.id) OVER own AS previous,
    CASE WHEN c.low = c.high AND LAG(c.low) OVER own = LAG(c.high) OVER own THEN c.low - LAG(c.low) OVER own END AS change
FROM claim c
JOIN question q ON q.id = c.question_id
JOIN actor a ON a.id = c.claimant_id
WHERE c.review = 'accepted'
WINDOW own AS (PARTITION BY c.question_id, a.voice_id, c.modality ORDER BY c.said_day, c.day, c.id)
"""


def seal() -> None:
    """Hash every row, and chain the operations that there are."""
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT 1 FROM operation LIMIT 1")).first() is None:
        return  # each row belongs to an operation
    metadata = sa.MetaData()
    sums: dict[int, int] = defaultdict(int)
    for name in VERSIONED:
        live = sa.Table(name, metadata, autoload_with=connection)
        closed = sa.Table(f"{name}_history", metadata, autoload_with=connection)
        for kept in (live, closed):
            hash_rows(connection, name, kept, sums)
    chain = ""
    log = sa.Table("operation", metadata, autoload_with=connection)
    for row in connection.execute(sa.select(log).order_by(log.c.id)).mappings().all():
        digest = f"{sums[row['id']] % 2**DIGEST_BITS:064x}"
        entry = sha(written([row["id"], row["at"], row["who"], row["command"], row["summary"], None, digest]))
        chain = sha(chain + entry)
        connection.execute(log.update().where(log.c.id == row["id"]).values(digest=digest, entry=entry, chain=chain))


def hash_rows(connection: sa.Connection, name: str, kept: sa.Table, sums: dict[int, int]) -> None:
    """Hash the rows of a table, and add each to the sum of the operation that opened it, and of the one that closed it."""
    keys = list(kept.primary_key.columns)
    changed = kept.update().where(*(one == sa.bindparam(f"key_{one.name}") for one in keys)).values(content_hash=sa.bindparam("hashed"))
    updates = []
    for row in connection.execute(sa.select(kept)).mappings():
        hashed = hash_of(name, dict(row))
        updates.append({"hashed": hashed, **{f"key_{one.name}": row[one.name] for one in keys}})
        sums[row["operation_id"]] += int(hashed, 16)
        if "closed_by" in row:
            sums[row["closed_by"]] += int(sha("closed" + hashed)[:HASH_LENGTH], 16)
    if updates:
        connection.execute(changed, updates)


def hash_of(name: str, row: Mapping[str, Any]) -> str:
    """The content hash of a row: its table and its columns that hold something, by name, as JSON."""
    told = {
        column: row[column]
        for column in sorted(row)
        if row[column] is not None and column not in {"operation_id", "content_hash", "closed_by"}
    }
    return sha(written([name, told]))[:HASH_LENGTH]


def written(value: object) -> str:
    """A value as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sha(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
