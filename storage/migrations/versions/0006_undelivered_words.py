"""What letters say that found the way to somebody closed.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, empty: what could not be delivered before was forgotten at once."""
    op.create_table(
        "undelivered",
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("said", sa.String(32), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("due_at", UTCDateTime, nullable=False),
        sa.Column("expires_at", UTCDateTime, nullable=False),
        sa.Column("until", UTCDateTime, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("shown_in", sa.String(128), nullable=False),
    )
    op.create_index("ix_undelivered_until", "undelivered", ["until"])


def downgrade() -> None:
    """Take it away; the words in it are forgotten."""
    op.drop_table("undelivered")
