"""The table of speaking aloud."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from storage.columns import SealedText, UTCDateTime


class SpokenRow(SQLModel, table=True):
    """One stretch of speaking aloud: when it was told in clear, what was told and counted encrypted."""

    __tablename__ = "spoken"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    id: str = Field(primary_key=True, max_length=32)
    day: date
    at: datetime = Field(sa_type=UTCDateTime)
    sealed: str = Field(sa_type=SealedText)
