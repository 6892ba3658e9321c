"""The tables of circles: who is in one, where it is, what stands in its channels."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import SealedText, UTCDateTime


class CircleRow(SQLModel, table=True):
    """A circle; its name and settings are encrypted."""

    __tablename__ = "circle"

    id: str = Field(primary_key=True, max_length=32)
    version: int = 1
    ended: bool = False
    sealed: str = Field(sa_type=SealedText)
    created_at: datetime = Field(sa_type=UTCDateTime)


class CircleMemberRow(SQLModel, table=True):
    """Somebody in a circle; what she is called there is encrypted."""

    __tablename__ = "circle_member"

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True, max_length=32)
    admin: bool = False
    since: datetime = Field(sa_type=UTCDateTime)
    opted: str = Field(default="", sa_type=Text)
    """What she opted in to, separated by commas."""
    sealed: str = Field(sa_type=SealedText)


class CircleChannelRow(SQLModel, table=True):
    """A channel of a circle; each channel belongs to one at most."""

    __tablename__ = "circle_channel"

    platform: str = Field(primary_key=True, max_length=32)
    tenant: str = Field(primary_key=True, max_length=64)
    channel: str = Field(primary_key=True, max_length=64)
    circle_id: str = Field(foreign_key="circle.id", index=True, max_length=32)
    asleep: str = Field(default="", max_length=64)
    """Why nothing is posted there."""


class CircleActRow(SQLModel, table=True):
    """Something an admin did; what it was is encrypted, and holds no name and no title."""

    __tablename__ = "circle_act"
    # Named, so that a migration can take it away again.
    __table_args__ = (ForeignKeyConstraint(["subject"], ["person.id"], name="fk_circle_act_subject"),)

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    place: int = Field(primary_key=True)
    """In the order of doing."""
    person_id: str = Field(foreign_key="person.id", index=True, max_length=32)
    subject: str | None = Field(default=None, index=True, max_length=32)
    """The person it was done to; nobody once she is forgotten."""
    at: datetime = Field(sa_type=UTCDateTime)
    sealed: str = Field(sa_type=SealedText)


class CircleCodeRow(SQLModel, table=True):
    """A code that binds a further channel, kept only as a hash."""

    __tablename__ = "circle_code"
    __table_args__ = (UniqueConstraint("digest", name="uq_circle_code_digest"),)

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    digest: str = Field(max_length=32)
    expires_at: datetime = Field(sa_type=UTCDateTime)


class CirclePostRow(SQLModel, table=True):
    """Something shown in a channel of a circle, and how far what is shown is what is wanted."""

    __tablename__ = "circle_post"
    __table_args__ = (Index("ix_circle_post_waiting", "waiting", "platform", "not_before"),)

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    kind: str = Field(primary_key=True, max_length=32)
    about: str = Field(primary_key=True, max_length=40)
    platform: str = Field(primary_key=True, max_length=32)
    tenant: str = Field(primary_key=True, max_length=64)
    channel: str = Field(primary_key=True, max_length=64)
    wanted: int = 1
    shown: int = 0
    place: int = 0
    """In the order in which the circle's posts began."""
    waiting: bool = True
    """Whether more is wanted than is shown, so that an index finds it."""
    not_before: datetime = Field(sa_type=UTCDateTime)
    receipt: str = Field(default="", max_length=200)
    edition: int = 1
    claims: int = 0
    tries: int = 0
    doubt: datetime | None = Field(default=None, sa_type=UTCDateTime)
    lease_until: float | None = None
    """Seconds since 1970 on the database's own clock."""
