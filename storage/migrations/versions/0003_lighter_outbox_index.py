"""A person's letters are few, so their index need not follow each change of state.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index letters by subject alone."""
    _index("subject")


def downgrade() -> None:
    """By subject and the instant they were settled."""
    _index("subject", "settled_at")


def _index(*columns: str) -> None:
    op.drop_index("ix_outbox_subject", "outbox")
    op.create_index("ix_outbox_subject", "outbox", list(columns))
