"""Circles: their members, channels, acts of admins, and posts.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _of_a_circle(*, primary_key: bool = False) -> sa.Column[str]:
    circle = sa.ForeignKey("circle.id")
    return sa.Column("circle_id", sa.String(32), circle, primary_key=primary_key, nullable=False)


def _of_a_person(*, primary_key: bool = False) -> sa.Column[str]:
    person = sa.ForeignKey("person.id")
    return sa.Column("person_id", sa.String(32), person, primary_key=primary_key, nullable=False)


def _channel() -> tuple[sa.Column[str], ...]:
    lengths = {"platform": 32, "tenant": 64, "channel": 64}
    return tuple(sa.Column(name, sa.String(length), primary_key=True) for name, length in lengths.items())


def upgrade() -> None:
    """There is no circle yet."""
    op.create_table(
        "circle",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("created_at", UTCDateTime, nullable=False),
    )
    op.create_table(
        "circle_member",
        _of_a_circle(primary_key=True),
        _of_a_person(primary_key=True),
        sa.Column("admin", sa.Boolean, nullable=False),
        sa.Column("since", UTCDateTime, nullable=False),
        sa.Column("opted", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    op.create_index("ix_circle_member_person_id", "circle_member", ["person_id"])
    op.create_table(
        "circle_channel",
        *_channel(),
        _of_a_circle(),
        sa.Column("asleep", sa.String(64), nullable=False),
    )
    op.create_index("ix_circle_channel_circle_id", "circle_channel", ["circle_id"])
    op.create_table(
        "circle_act",
        _of_a_circle(primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        _of_a_person(),
        sa.Column("at", UTCDateTime, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    op.create_index("ix_circle_act_person_id", "circle_act", ["person_id"])
    op.create_table(
        "circle_code",
        _of_a_circle(primary_key=True),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("expires_at", UTCDateTime, nullable=False),
        sa.UniqueConstraint("digest", name="uq_circle_code_digest"),
    )
    _create_posts()


def _create_posts() -> None:
    op.create_table(
        "circle_post",
        _of_a_circle(primary_key=True),
        sa.Column("kind", sa.String(32), primary_key=True),
        sa.Column("about", sa.String(40), primary_key=True),
        *_channel(),
        sa.Column("wanted", sa.Integer, nullable=False),
        sa.Column("shown", sa.Integer, nullable=False),
        sa.Column("waiting", sa.Boolean, nullable=False),
        sa.Column("not_before", UTCDateTime, nullable=False),
        sa.Column("receipt", sa.String(200), nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("doubt", UTCDateTime, nullable=True),
        sa.Column("lease_until", sa.Float, nullable=True),
    )
    columns = ["waiting", "platform", "not_before"]
    op.create_index("ix_circle_post_waiting", "circle_post", columns)


def downgrade() -> None:
    """Take them away; their posts stand where they are."""
    for table in ("circle_post", "circle_code", "circle_act", "circle_channel", "circle_member", "circle"):
        op.drop_table(table)
    op.execute("DELETE FROM schedule WHERE platform = 'circle'")
