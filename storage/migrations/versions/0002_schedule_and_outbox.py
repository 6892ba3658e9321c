"""The timetable, the outbox, and the buckets of the sending limits.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; prompts that waited in the inbox are due anew from the timetable."""
    _add_schedule()
    _add_outbox()
    op.create_table(
        "bucket",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("free_at", sa.Float, nullable=False),
    )
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("unreachable", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("UPDATE inbox SET state = 'done', payload = NULL WHERE event_id LIKE 'time:%'")


def _add_schedule() -> None:
    op.create_table(
        "schedule",
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(32), primary_key=True),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("platform", sa.String(32), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("minute", sa.Integer, nullable=False),
        sa.Column("weekday", sa.Integer, nullable=True),
        sa.Column("next_due_at", UTCDateTime, nullable=True),
        sa.Column("fault", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("ix_schedule_due", "schedule", ["platform", "next_due_at"])


def _add_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("dedup_key", sa.String(200), primary_key=True),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("platform", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("due_at", UTCDateTime, nullable=False),
        sa.Column("not_before", UTCDateTime, nullable=False),
        sa.Column("expires_at", UTCDateTime, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("claimed_at", UTCDateTime, nullable=True),
        sa.Column("lease_until", sa.Float, nullable=True),
        sa.Column("handed_over", sa.Integer, nullable=True),
        sa.Column("said", sa.String(32), nullable=False),
        sa.Column("sealed", sa.Text, nullable=True),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("resent", sa.Boolean, nullable=False),
        sa.Column("receipt", sa.String(200), nullable=False),
        sa.Column("why", sa.String(64), nullable=False),
        sa.Column("settled_at", UTCDateTime, nullable=True),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "platform", "not_before"])
    op.create_index("ix_outbox_subject", "outbox", ["subject", "settled_at"])


def downgrade() -> None:
    """Take the tables away; the schedule is made anew from the profiles after an upgrade."""
    with op.batch_alter_table("person") as person:
        person.drop_column("unreachable")
    for table in ("bucket", "outbox", "schedule"):
        op.drop_table(table)
