"""Further accounts of a person, the codes that join them, and how many wrong ones were said.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; everybody has one account, as before."""
    op.create_table(
        "account",
        sa.Column("platform", sa.String(32), primary_key=True),
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(128), primary_key=True),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("first", sa.Boolean, nullable=False),
        sa.Column("since", UTCDateTime, nullable=False),
        sa.UniqueConstraint("person_id", "platform", name="uq_account_person"),
    )
    op.create_table(
        "link_code",
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("expires_at", UTCDateTime, nullable=False),
        sa.UniqueConstraint("digest", name="uq_link_code_digest"),
    )
    op.create_table(
        "link_try",
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("since", UTCDateTime, nullable=False),
    )


def downgrade() -> None:
    """Take the tables away; a person is known by the account that her letters go to."""
    for table in ("link_try", "link_code", "account"):
        op.drop_table(table)
