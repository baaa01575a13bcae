"""The first schema: topics, questions, actors, sources, claims, rulings, operations, and the views over them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.sqlite import REAL

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER: sa.types.TypeEngine[float] = sa.Double().with_variant(REAL(), "sqlite")
# Comparing with a finite bound refuses NaN and both infinities on PostgreSQL, where NaN sorts above every number.
LARGEST = "1e30"

KINDS = "'level', 'cumulative', 'flow', 'rate', 'fixed'"
HEDGES = "'exact', 'about', 'more_than', 'at_least', 'less_than', 'at_most', 'range', 'vague'"
STANCES = "'asserts', 'denies', 'unconfirmed'"
MODALITIES = "'observed', 'forecast', 'target', 'conditional'"
REVIEWS = "'candidate', 'accepted', 'rejected'"
VERDICTS = "'one_stands', 'both_stand', 'source_in_error', 'cannot_be_settled'"


def finite(column: str) -> str:
    """The condition that a column is null or a finite number."""
    return f"{column} IS NULL OR ({column} >= -{LARGEST} AND {column} <= {LARGEST})"


def table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """Make a table, STRICT on SQLite."""
    op.create_table(name, *parts, sqlite_strict=True)


def identity() -> sa.Column[int]:
    """A number that the database gives out."""
    return sa.Column("id", sa.Integer, primary_key=True)


def operation() -> sa.Column[int]:
    """The operation that wrote the row."""
    return sa.Column("operation_id", sa.Integer, nullable=False)


def refers(table_name: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    """A named reference from one column to another table's id."""
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table_name}_{column}")


def upgrade() -> None:
    """Make every table, index and view."""
    table(
        "operation",
        identity(),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("command", TEXT, nullable=False),
        sa.Column("summary", TEXT, nullable=False),
    )
    table(
        "topic",
        identity(),
        sa.Column("slug", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        operation(),
        sa.UniqueConstraint("slug", name="uq_topic_slug"),
        sa.CheckConstraint("slug <> ''", name="ck_topic_slug"),
        refers("topic", "operation_id", "operation.id"),
    )
    actors()
    questions()
    sources()
    claims()
    rulings()
    views()


def actors() -> None:
    """Actors and the ways to write their names."""
    table(
        "actor",
        identity(),
        sa.Column("slug", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("speaks_for_id", sa.Integer),
        sa.Column("voice_id", sa.Integer, nullable=False),
        operation(),
        sa.UniqueConstraint("slug", name="uq_actor_slug"),
        sa.CheckConstraint("slug <> '' AND name <> ''", name="ck_actor_name"),
        sa.CheckConstraint("speaks_for_id IS NULL OR speaks_for_id <> id", name="ck_actor_speaks_for"),
        refers("actor", "speaks_for_id", "actor.id"),
        refers("actor", "voice_id", "actor.id"),
        refers("actor", "operation_id", "operation.id"),
    )
    table(
        "actor_alias",
        identity(),
        sa.Column("actor_id", sa.Integer, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("folded", TEXT, nullable=False),
        sa.Column("language", TEXT),
        operation(),
        sa.UniqueConstraint("folded", name="uq_actor_alias_folded"),
        sa.CheckConstraint("folded <> ''", name="ck_actor_alias_folded"),
        refers("actor_alias", "actor_id", "actor.id"),
        refers("actor_alias", "operation_id", "operation.id"),
    )
    op.create_index("ix_actor_alias_actor_id", "actor_alias", ["actor_id"])


def questions() -> None:
    """Questions, with the whole that a question is part of."""
    table(
        "question",
        identity(),
        sa.Column("slug", TEXT, nullable=False),
        sa.Column("topic_id", sa.Integer, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("unit", TEXT),
        sa.Column("place", TEXT),
        sa.Column("population", TEXT),
        sa.Column("part_of_id", sa.Integer),
        sa.Column("currency", sa.Integer, nullable=False),
        sa.Column("day_scale", NUMBER, nullable=False),
        operation(),
        sa.UniqueConstraint("slug", name="uq_question_slug"),
        sa.CheckConstraint("slug <> ''", name="ck_question_slug"),
        sa.CheckConstraint(f"kind IN ({KINDS})", name="ck_question_kind"),
        sa.CheckConstraint("unit <> ''", name="ck_question_unit"),
        sa.CheckConstraint("currency >= 0 AND currency <= 36525", name="ck_question_currency"),
        sa.CheckConstraint("part_of_id IS NULL OR part_of_id <> id", name="ck_question_part_of"),
        refers("question", "topic_id", "topic.id"),
        refers("question", "part_of_id", "question.id"),
        refers("question", "operation_id", "operation.id"),
    )
    op.create_index("ix_question_topic_id", "question", ["topic_id"])
    op.create_index("ix_question_part_of_id", "question", ["part_of_id"])


def sources() -> None:
    """Documents, their texts in a table of their own."""
    table(
        "source",
        identity(),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("publisher_id", sa.Integer),
        sa.Column("title", TEXT),
        sa.Column("url", TEXT),
        sa.Column("language", TEXT),
        sa.Column("published_on", TEXT),
        sa.Column("published_from", sa.Integer),
        sa.Column("published_to", sa.Integer),
        sa.Column("text_hash", TEXT),
        operation(),
        sa.UniqueConstraint("uid", name="uq_source_uid"),
        sa.CheckConstraint("published_from <= published_to", name="ck_source_published"),
        sa.CheckConstraint("length(text_hash) = 64", name="ck_source_text_hash"),
        refers("source", "publisher_id", "actor.id"),
        refers("source", "operation_id", "operation.id"),
    )
    table(
        "source_text",
        sa.Column("source_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text", TEXT, nullable=False),
        refers("source_text", "source_id", "source.id"),
    )


def claims() -> None:
    """Versions of claims, and the relayers of each."""
    table(
        "claim",
        sa.Column("version_id", sa.Integer, primary_key=True),
        sa.Column("id", sa.Integer, nullable=False),
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
        sa.Column("superseded_at", TEXT),
        operation(),
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
        sa.CheckConstraint("superseded_at >= recorded_at", name="ck_claim_superseded"),
        refers("claim", "question_id", "question.id"),
        refers("claim", "claimant_id", "actor.id"),
        refers("claim", "source_id", "source.id"),
        refers("claim", "operation_id", "operation.id"),
    )
    current = sa.text("superseded_at IS NULL")
    op.create_index("uq_claim_id", "claim", ["id"], unique=True, sqlite_where=current, postgresql_where=current)
    op.create_index("uq_claim_uid", "claim", ["uid"], unique=True, sqlite_where=current, postgresql_where=current)
    op.create_index("ix_claim_question", "claim", ["question_id", "day", "claimant_id", "said_day", "interval_low", "interval_high"])
    op.create_index("ix_claim_claimant_id", "claim", ["claimant_id"])
    op.create_index("ix_claim_source_id", "claim", ["source_id"])
    table(
        "claim_relay",
        sa.Column("version_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("step", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("actor_id", sa.Integer, nullable=False),
        refers("claim_relay", "version_id", "claim.version_id"),
        refers("claim_relay", "actor_id", "actor.id"),
    )
    op.create_index("ix_claim_relay_actor_id", "claim_relay", ["actor_id"])


def rulings() -> None:
    """Judgements, and the claims that each of them judged."""
    table(
        "ruling",
        identity(),
        sa.Column("conflict", TEXT, nullable=False),
        sa.Column("question_id", sa.Integer, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("superseded_at", TEXT),
        operation(),
        sa.CheckConstraint(f"verdict IN ({VERDICTS})", name="ck_ruling_verdict"),
        sa.CheckConstraint("reason <> ''", name="ck_ruling_reason"),
        sa.CheckConstraint("superseded_at >= recorded_at", name="ck_ruling_superseded"),
        refers("ruling", "question_id", "question.id"),
        refers("ruling", "operation_id", "operation.id"),
    )
    op.create_index("ix_ruling_conflict", "ruling", ["conflict"])
    table(
        "ruling_claim",
        sa.Column("ruling_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("claim_id", sa.Integer, primary_key=True, autoincrement=False),
        refers("ruling_claim", "ruling_id", "ruling.id"),
    )


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
WHERE c.superseded_at IS NULL
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
    WHERE c.superseded_at IS NULL AND c.review = 'accepted' AND c.modality <> 'conditional' AND c.day IS NOT NULL
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
WHERE c.superseded_at IS NULL AND c.review = 'accepted'
WINDOW own AS (PARTITION BY c.question_id, a.voice_id, c.modality ORDER BY c.said_day, c.day, c.id)
"""


def views() -> None:
    """Views for those who read the database with other programs.

    ``conflict_view`` gives the claims that may conflict, by dates and figures alone; ``claims conflicts`` decides over them.
    """
    op.execute(CLAIM_VIEW)
    op.execute(CONFLICT_VIEW)
    op.execute(TRACE_VIEW)
