"""The drill of the day in a circle, answers to it, and the pulse.

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _of_a_circle() -> sa.Column[str]:
    return sa.Column("circle_id", sa.String(32), sa.ForeignKey("circle.id"), primary_key=True, nullable=False)


def _of_a_person() -> sa.Column[str]:
    return sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id"), primary_key=True, nullable=False)


def upgrade() -> None:
    """No circle has had a drill yet."""
    op.create_table(
        "circle_drill",
        _of_a_circle(),
        sa.Column("day", sa.Date, primary_key=True, nullable=False),
        sa.Column("drill_id", sa.String(80), nullable=False),
        sa.Column("revealed", sa.Boolean, nullable=False),
    )
    op.create_table(
        "circle_drill_answer",
        _of_a_circle(),
        sa.Column("day", sa.Date, primary_key=True, nullable=False),
        _of_a_person(),
        sa.Column("late", sa.Boolean, primary_key=True, nullable=False),
        sa.Column("share", sa.String(16), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    op.create_index("ix_circle_drill_answer_person_id", "circle_drill_answer", ["person_id"])
    op.create_table(
        "circle_pulse",
        _of_a_circle(),
        sa.Column("monday", sa.Date, primary_key=True, nullable=False),
        sa.Column("band", sa.String(16), nullable=False),
    )
    op.create_table(
        "circle_pulse_yes",
        _of_a_circle(),
        _of_a_person(),
        sa.Column("since", sa.Date, nullable=False),
    )
    op.create_index("ix_circle_pulse_yes_person_id", "circle_pulse_yes", ["person_id"])


def downgrade() -> None:
    """Take them away; posts stand where they are."""
    for table in ("circle_pulse_yes", "circle_pulse", "circle_drill_answer", "circle_drill"):
        op.drop_table(table)
