"""Pairs: a word on company for each week, and how many people were put together in a week.

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_COLUMNS = "circle_id, person_id, week, sealed"


def _of(table: str, name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(32), sa.ForeignKey(f"{table}.id"), primary_key=True, nullable=False)


def _remake(*, by_week: bool) -> None:
    """Tables cannot change what their rows are known by on SQLite, so the rows move to a new one."""
    op.drop_index("ix_pair_wish_person_id", "pair_wish")
    op.rename_table("pair_wish", "pair_wish_before")
    op.create_table(
        "pair_wish",
        _of("circle", "circle_id"),
        _of("person", "person_id"),
        sa.Column("week", sa.Date, primary_key=by_week, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    newer = "n.circle_id = b.circle_id AND n.person_id = b.person_id AND n.week > b.week"
    op.execute(
        f"INSERT INTO pair_wish ({_COLUMNS}) SELECT {_COLUMNS} FROM pair_wish_before AS b "
        f"WHERE NOT EXISTS (SELECT 1 FROM pair_wish_before AS n WHERE {newer})"
    )
    op.drop_table("pair_wish_before")
    op.create_index("ix_pair_wish_person_id", "pair_wish", ["person_id"])


def upgrade() -> None:
    """Everybody's newest word becomes the one on its week; earlier weeks were not counted."""
    _remake(by_week=True)
    op.create_table(
        "pair_week",
        _of("circle", "circle_id"),
        sa.Column("week", sa.Date, primary_key=True, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """The newest word of everybody is left."""
    op.drop_table("pair_week")
    _remake(by_week=False)
