"""The words of a glossary with what memory knows of them, and drills that people bring themselves.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has any."""
    op.create_table(
        "glossary",
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("added", sa.Date, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("stability", sa.Float, nullable=True),
        sa.Column("difficulty", sa.Float, nullable=True),
        sa.Column("due", sa.Date, nullable=True),
        sa.Column("last", sa.Date, nullable=True),
        sa.Column("reps", sa.Integer, nullable=False),
        sa.Column("lapses", sa.Integer, nullable=False),
    )
    op.create_table(
        "own_drill",
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("drill_id", sa.String(80), primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("added", sa.Date, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("brief", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("own_drill")
    op.drop_table("glossary")
