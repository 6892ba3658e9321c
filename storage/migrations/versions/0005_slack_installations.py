"""The Slack workspaces that Pacer is installed in, and installations that were begun.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables, empty."""
    op.create_table(
        "slack_installation",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(128), primary_key=True),
        sa.Column("enterprise", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("expires_at", UTCDateTime, nullable=True),
        sa.Column("installed_at", UTCDateTime, nullable=False),
    )
    op.create_table(
        "slack_oauth_state",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("expires_at", UTCDateTime, nullable=False),
    )
    op.create_index("ix_slack_oauth_state_expires_at", "slack_oauth_state", ["expires_at"])


def downgrade() -> None:
    """Take them away; each workspace has to install Pacer again after an upgrade."""
    op.drop_table("slack_oauth_state")
    op.drop_table("slack_installation")
