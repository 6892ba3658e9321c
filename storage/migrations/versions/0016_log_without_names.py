"""Circles: to whom admins did something, beside the act; and what counts for the limits of a day.

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Acts so far are about nobody; what was told so far counts for the limits as before."""
    with op.batch_alter_table("circle_act") as act:
        act.add_column(sa.Column("subject", sa.String(32), nullable=True))
        act.create_foreign_key("fk_circle_act_subject", "person", ["subject"], ["id"])
        act.create_index("ix_circle_act_subject", ["subject"])
    op.create_table(
        "told_by_person",
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("notice_id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
    )
    op.create_table(
        "told_in_circle",
        sa.Column("circle_id", sa.String(32), sa.ForeignKey("circle.id"), primary_key=True),
        sa.Column("notice_id", sa.String(32), primary_key=True),
        sa.Column("at", UTCDateTime, nullable=False),
    )
    op.execute(
        "INSERT INTO told_by_person (person_id, notice_id, kind, at) "
        "SELECT person_id, id, MIN(kind), MIN(at) FROM circle_notice GROUP BY person_id, id"
    )
    op.execute(
        "INSERT INTO told_in_circle (circle_id, notice_id, at) SELECT circle_id, id, at FROM circle_notice"
    )


def downgrade() -> None:
    """Take them away; acts stay."""
    for table in ("told_in_circle", "told_by_person"):
        op.drop_table(table)
    with op.batch_alter_table("circle_act") as act:
        act.drop_index("ix_circle_act_subject")
        act.drop_constraint("fk_circle_act_subject", type_="foreignkey")
        act.drop_column("subject")
