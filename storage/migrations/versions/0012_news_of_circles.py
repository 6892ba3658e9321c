"""Circles: what people tell and ask there, drills they offer, the board, and the week.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _circle() -> sa.Column[str]:
    return sa.Column("circle_id", sa.String(32), sa.ForeignKey("circle.id"), primary_key=True)


def _person(*, primary_key: bool = False) -> sa.Column[str]:
    person = sa.ForeignKey("person.id")
    return sa.Column("person_id", sa.String(32), person, primary_key=primary_key, nullable=False)


def upgrade() -> None:
    """Nothing was told so far."""
    op.create_table(
        "circle_notice",
        _circle(),
        sa.Column("id", sa.String(32), primary_key=True),
        _person(),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
        sa.Column("until", UTCDateTime, nullable=True),
        sa.Column("named", sa.Boolean, nullable=False),
        sa.Column("standing", sa.String(16), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    op.create_table(
        "circle_answer",
        _circle(),
        sa.Column("notice_id", sa.String(32), primary_key=True),
        _person(primary_key=True),
        sa.Column("at", UTCDateTime, nullable=False),
    )
    op.create_table(
        "circle_offer",
        _circle(),
        sa.Column("drill_id", sa.String(80), primary_key=True),
        _person(),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("named", sa.Boolean, nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    _create_weeks()
    for table in ("circle_notice", "circle_answer", "circle_offer", "circle_rhythm", "circle_thanks"):
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])
    op.create_index("ix_circle_notice_until", "circle_notice", ["until"])


def _create_weeks() -> None:
    op.create_table(
        "circle_rhythm",
        _circle(),
        _person(primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    op.create_table(
        "circle_recap",
        _circle(),
        sa.Column("week", sa.Date, primary_key=True),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    op.create_table(
        "circle_thanks",
        _circle(),
        sa.Column("week", sa.Date, primary_key=True),
        _person(primary_key=True),
    )


def downgrade() -> None:
    """Take them away; their posts stand where they are."""
    tables = ("recap", "thanks", "rhythm", "offer", "answer", "notice")
    for table in tables:
        op.drop_table(f"circle_{table}")
