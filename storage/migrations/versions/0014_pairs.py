"""Pairs: what people asked for, meetings, and who sits in them.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _of(table: str, name: str, *, primary_key: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, sa.String(32), key, primary_key=primary_key, nullable=False)


def upgrade() -> None:
    """Nobody asked yet."""
    op.create_table(
        "pair_wish",
        _of("circle", "circle_id", primary_key=True),
        _of("person", "person_id", primary_key=True),
        sa.Column("week", sa.Date, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    op.create_index("ix_pair_wish_person_id", "pair_wish", ["person_id"])
    op.create_table(
        "pair_meeting",
        sa.Column("id", sa.String(32), primary_key=True),
        _of("circle", "circle_id"),
        sa.Column("week", sa.Date, nullable=False),
        sa.Column("told_at", UTCDateTime, nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    op.create_index("ix_pair_meeting_circle", "pair_meeting", ["circle_id", "week"])
    op.create_table(
        "pair_seat",
        _of("pair_meeting", "meeting_id", primary_key=True),
        _of("person", "person_id", primary_key=True),
        _of("circle", "circle_id"),
        sa.Column("seat", sa.Integer, nullable=False),
        sa.Column("drills", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    op.create_index("ix_pair_seat_person_id", "pair_seat", ["person_id"])
    op.create_index("ix_pair_seat_circle_id", "pair_seat", ["circle_id"])


def downgrade() -> None:
    """Take them away, and the hours at which pairs are made."""
    for table in ("pair_seat", "pair_meeting", "pair_wish"):
        op.drop_table(table)
    op.execute("DELETE FROM schedule WHERE platform = 'circle' AND kind LIKE 'pairs%'")
