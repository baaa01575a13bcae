"""Offices that actors hold for a time: "the Ukrainian president" is another person in another year."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table of offices; ``since`` and ``until`` are EDTF, null for an end that is not known."""
    op.create_table(
        "actor_office",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("actor_id", sa.Integer, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("folded", TEXT, nullable=False),
        sa.Column("since", TEXT),
        sa.Column("until", TEXT),
        sa.Column("operation_id", sa.Integer, nullable=False),
        sa.CheckConstraint("folded <> ''", name="ck_actor_office_folded"),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_actor_office_actor_id"),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name="fk_actor_office_operation_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_actor_office_actor_id", "actor_office", ["actor_id"])
    op.create_index("ix_actor_office_folded", "actor_office", ["folded"])
