"""The tables of pairing: what people asked for, the meetings that were arranged, and who sits in them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from storage.columns import SealedText, UTCDateTime


class PairWishRow(SQLModel, table=True):
    """Somebody's word on company in a week of a circle; her hours and all she wished for are encrypted."""

    __tablename__ = "pair_wish"

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True, max_length=32)
    week: date = Field(primary_key=True)
    sealed: str = Field(sa_type=SealedText)


class PairWeekRow(SQLModel, table=True):
    """How many people were put together in a week of a circle, where they were enough to be counted."""

    __tablename__ = "pair_week"

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    week: date = Field(primary_key=True)
    people: int


class PairMeetingRow(SQLModel, table=True):
    """A meeting that was arranged; its times and what is practised are encrypted, and nobody is named in it."""

    __tablename__ = "pair_meeting"
    __table_args__ = (Index("ix_pair_meeting_circle", "circle_id", "week"),)

    id: str = Field(primary_key=True, max_length=32)
    circle_id: str = Field(foreign_key="circle.id", max_length=32)
    week: date
    told_at: datetime = Field(sa_type=UTCDateTime)
    stage: str = Field(max_length=16)
    sealed: str = Field(sa_type=SealedText)


class PairSeatRow(SQLModel, table=True):
    """Somebody in a meeting; what she answered, whether they met and what she rated is encrypted."""

    __tablename__ = "pair_seat"

    meeting_id: str = Field(primary_key=True, foreign_key="pair_meeting.id", max_length=32)
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True, max_length=32)
    circle_id: str = Field(foreign_key="circle.id", index=True, max_length=32)
    seat: int
    drills: str = Field(default="", sa_type=Text)
    """Ids of drills that she has seen by it, separated by blanks."""
    sealed: str = Field(sa_type=SealedText)
