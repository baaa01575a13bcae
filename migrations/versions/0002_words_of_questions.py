"""Words by which a candidate in a text is found to answer a question."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the words of questions, one group a line; null where a question has none."""
    op.add_column("question", sa.Column("words", TEXT))
