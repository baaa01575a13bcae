"""In which position each judged claim stood; views that leave out no claim that may conflict, and order undated ones alike everywhere."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

CONFLICT_VIEW = """
CREATE VIEW conflict_view AS
WITH scoped AS (
    SELECT
        c.id, q.slug AS question, q.kind, q.unit, q.day_scale, q.part_of_id, c.question_id, a.name AS claimant, c.value, c.stance,
        c.modality, c.as_of, c.day,
        CASE WHEN c.horizon IS NULL THEN 0 ELSE 1 END AS foretells_a_day,
        CASE WHEN q.kind = 'flow' OR c.modality = 'target' OR c.horizon IS NOT NULL THEN c.day_from ELSE 0 END AS period_from,
        CASE WHEN q.kind = 'flow' OR c.modality = 'target' OR c.horizon IS NOT NULL THEN c.day ELSE 0 END AS period_to,
        CASE WHEN c.stance <> 'denies' THEN c.interval_low END AS floor,
        CASE WHEN c.stance <> 'denies' THEN c.interval_high END AS ceiling
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
        ever AS (PARTITION BY question_id, modality, foretells_a_day, period_from, period_to),
        nearby AS (
            PARTITION BY question_id, modality, foretells_a_day, period_from, period_to ORDER BY day * day_scale
            RANGE BETWEEN 1000000 PRECEDING AND 1000000 FOLLOWING
        ),
        earlier AS (
            PARTITION BY question_id, modality, foretells_a_day, period_from, period_to ORDER BY day
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ),
        later AS (
            PARTITION BY question_id, modality, foretells_a_day, period_from, period_to ORDER BY day
            RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        )
)
SELECT m.id, m.question, m.claimant, m.value, m.stance, m.modality, m.as_of
FROM measured m
LEFT JOIN (
    SELECT p.part_of_id AS whole_id, p.unit, MAX(c.interval_low) AS floor
    FROM claim c
    JOIN question p ON p.id = c.question_id
    WHERE p.part_of_id IS NOT NULL AND p.kind NOT IN ('flow', 'rate')
        AND c.review = 'accepted' AND c.modality = 'observed' AND c.stance = 'asserts' AND c.day IS NOT NULL
    GROUP BY p.part_of_id, p.unit
) part ON part.whole_id = m.question_id AND part.unit = m.unit
LEFT JOIN (
    SELECT q.id, q.unit, MIN(c.interval_high) AS ceiling
    FROM claim c
    JOIN question q ON q.id = c.question_id
    WHERE q.kind IN ('level', 'cumulative', 'fixed')
        AND c.review = 'accepted' AND c.modality = 'observed' AND c.stance = 'asserts' AND c.day IS NOT NULL
    GROUP BY q.id, q.unit
) whole ON whole.id = m.part_of_id AND whole.unit = m.unit
WHERE (m.stance = 'asserts' AND m.denials > 0) OR (m.stance = 'denies' AND m.assertions > 0)
    OR (m.kind = 'cumulative' AND m.modality = 'observed' AND (m.floor >= m.ceiling_later OR m.ceiling <= m.floor_earlier))
    OR (m.kind = 'fixed' AND (m.floor >= m.ceiling_ever OR m.ceiling <= m.floor_ever))
    OR (
        NOT (m.kind = 'fixed' OR (m.kind = 'cumulative' AND m.modality = 'observed'))
        AND (m.floor >= m.ceiling_nearby OR m.ceiling <= m.floor_nearby)
    )
    OR (
        m.stance = 'asserts' AND m.modality = 'observed' AND m.kind NOT IN ('flow', 'rate')
        AND (m.ceiling <= part.floor OR m.floor >= whole.ceiling)
    )
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
WINDOW own AS (
    PARTITION BY c.question_id, a.voice_id, c.modality ORDER BY COALESCE(c.said_day, c.day, 0), COALESCE(c.day, 0), c.id
)
"""


def upgrade() -> None:
    """Add the position, null for claims that were judged before, and make the views anew."""
    for name in ("ruling_claim", "ruling_claim_history"):
        op.add_column(name, sa.Column("position", sa.Integer))
    op.execute("DROP VIEW conflict_view")
    op.execute("DROP VIEW trace_view")
    op.execute(CONFLICT_VIEW)
    op.execute(TRACE_VIEW)
