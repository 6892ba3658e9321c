"""Which circle a letter is of, and the words of one that could not be brought.

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_CIRCLE = sa.String(32)
_OUTBOX = sa.table(
    "outbox",
    *(sa.column(name, sa.String) for name in ("dedup_key", "subject", "kind", "circle_id")),
    sa.column("due_at", UTCDateTime),
)
_MEETINGS = sa.table("pair_meeting", sa.column("id", sa.String), sa.column("circle_id", sa.String))
_OF_MEETINGS = ("meeting", "after meeting", "peer view")


def upgrade() -> None:
    """Letters that are kept already say it in what they are about; the words of one, by its letter."""
    op.add_column("outbox", sa.Column("circle_id", _CIRCLE, nullable=False, server_default=""))
    bind = op.get_bind()
    meetings = {found.id: found.circle_id for found in bind.execute(sa.select(_MEETINGS))}
    letters = sa.select(_OUTBOX).where(_OUTBOX.c.kind.in_(("circle", *_OF_MEETINGS)))
    circles: dict[tuple[str, Any], str] = {}
    for letter in bind.execute(letters).all():
        named = letter.dedup_key.rpartition(":")[2].partition(".")[0]
        circle_id = named if letter.kind == "circle" else meetings.get(named, "")
        circles[letter.subject, letter.due_at] = circle_id
        one = _OUTBOX.update().where(_OUTBOX.c.dedup_key == letter.dedup_key)
        bind.execute(one.values(circle_id=circle_id))
    words = [dict(row._mapping) for row in bind.execute(sa.select(_undelivered()))]
    op.drop_table("undelivered")
    _make(_undelivered("circle_id"))
    for row in words:
        of_a_circle = row["said"] in ("circle", *_OF_MEETINGS)
        row["circle_id"] = circles.get((row["subject"], row["due_at"]), "") if of_a_circle else ""
    if words:
        bind.execute(_undelivered("circle_id").insert(), words)


def downgrade() -> None:
    """Of each message kind only the newest words are kept again."""
    bind = op.get_bind()
    newest = {
        (row.subject, row.said): {k: v for k, v in row._mapping.items() if k != "circle_id"}
        for row in bind.execute(sa.select(_undelivered("circle_id")).order_by(sa.column("due_at")))
    }
    op.drop_table("undelivered")
    _make(_undelivered())
    if newest:
        bind.execute(_undelivered().insert(), list(newest.values()))
    op.drop_column("outbox", "circle_id")


def _undelivered(*more: str) -> sa.Table:
    return sa.Table(
        "undelivered",
        sa.MetaData(),
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("said", sa.String(32), primary_key=True),
        *(sa.Column(name, _CIRCLE, primary_key=True) for name in more),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("due_at", UTCDateTime, nullable=False),
        sa.Column("expires_at", UTCDateTime, nullable=False),
        sa.Column("until", UTCDateTime, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("shown_in", sa.String(128), nullable=False),
    )


def _make(table: sa.Table) -> None:
    table.create(op.get_bind())
    op.create_index("ix_undelivered_until", "undelivered", ["until"])
