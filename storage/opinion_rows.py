"""The tables of second opinions and of what they cost."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from storage.columns import SealedText, UTCDateTime


class SecondOpinionRow(SQLModel, table=True):
    """A second opinion that somebody agreed to, about one sitting, and how it ended."""

    __tablename__ = "second_opinion"
    __table_args__ = (Index("ix_second_opinion_waiting", "state", "asked_at"),)

    sitting_id: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", index=True, max_length=32)
    asked_at: datetime = Field(sa_type=UTCDateTime)
    state: str = Field(max_length=16)
    tries: int = 0
    """How often it was claimed; whoever holds an older number has been overtaken."""
    lease_until: float | None = None
    """Seconds since 1970 on the database's own clock."""
    sealed: str | None = Field(default=None, sa_type=SealedText)
    """Encrypted: while it waits, how memory and skill stood around the sitting; then how it ended."""


class SpendRow(SQLModel, table=True):
    """What second opinions cost on one UTC day: of a person, of a group, of everybody. Millionths of a US dollar."""

    __tablename__ = "spend"

    day: date = Field(primary_key=True)
    scope: str = Field(primary_key=True, max_length=16)
    subject: str = Field(primary_key=True, max_length=128)
    """Id of a person, platform and workspace of a group, or empty for everybody."""
    reserved: int = Field(default=0, sa_type=BigInteger)
    settled: int = Field(default=0, sa_type=BigInteger)
