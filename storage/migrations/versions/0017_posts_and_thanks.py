"""Posts in the order in which they began, and thanks by name by the word of their own week.

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Posts so far are the oldest. Whose yes was there in which earlier week is not known, so nobody is named."""
    with op.batch_alter_table("circle_post") as post:
        post.add_column(sa.Column("place", sa.Integer, nullable=False, server_default="0"))
    with op.batch_alter_table("circle_thanks") as thanks:
        thanks.add_column(sa.Column("named", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take both away, and the hour at which the board is looked at."""
    with op.batch_alter_table("circle_thanks") as thanks:
        thanks.drop_column("named")
    with op.batch_alter_table("circle_post") as post:
        post.drop_column("place")
    op.execute("DELETE FROM schedule WHERE platform = 'circle' AND kind = 'board'")
