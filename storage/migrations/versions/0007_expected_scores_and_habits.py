"""What each answer was expected to score, and habits with the days on which they were kept.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was expected of earlier answers, and nobody has habits."""
    with op.batch_alter_table("sitting") as sitting:
        sitting.add_column(sa.Column("expected", sa.Float, nullable=True))
    op.create_table(
        "habit",
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("habit", sa.String(40), primary_key=True),
        sa.Column("since", sa.Date, nullable=False),
    )
    op.create_table(
        "habit_day",
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("habit", sa.String(40), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("sealed", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("habit_day")
    op.drop_table("habit")
    with op.batch_alter_table("sitting") as sitting:
        sitting.drop_column("expected")
