"""Second opinions that were asked for, and what they cost.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables, empty: nobody has agreed to any yet."""
    op.create_table(
        "second_opinion",
        sa.Column("sitting_id", sa.String(64), primary_key=True),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("asked_at", UTCDateTime, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("lease_until", sa.Float, nullable=True),
        sa.Column("sealed", sa.Text, nullable=True),
    )
    op.create_index("ix_second_opinion_waiting", "second_opinion", ["state", "asked_at"])
    op.create_index("ix_second_opinion_person_id", "second_opinion", ["person_id"])
    op.create_table(
        "spend",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("scope", sa.String(16), primary_key=True),
        sa.Column("subject", sa.String(128), primary_key=True),
        sa.Column("reserved", sa.BigInteger, nullable=False),
        sa.Column("settled", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    """Take them away; what waits is not given, and what was spent is forgotten."""
    op.drop_table("spend")
    op.drop_table("second_opinion")
