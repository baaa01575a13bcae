"""What a ruling names: the claim that stands or is in error, and the cause of a fall."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

CAUSES = "'correction', 'deduplication', 'reclassification', 'scope_change', 'source_switch', 'lag', 'period_merged', 'typo', 'unexplained'"


def upgrade() -> None:
    """Add both columns, null where a ruling names none."""
    text = 'TEXT COLLATE "C"' if op.get_bind().dialect.name == "postgresql" else "TEXT"
    op.execute("ALTER TABLE ruling ADD COLUMN claim_id INTEGER")
    op.execute(f"ALTER TABLE ruling ADD COLUMN cause {text} CONSTRAINT ck_ruling_cause CHECK (cause IN ({CAUSES}))")
