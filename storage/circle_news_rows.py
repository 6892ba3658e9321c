"""The tables of what people tell and ask in a circle, the drills they offer it, its board, and its weeks."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from storage.columns import SealedText, UTCDateTime


class CircleNoticeRow(SQLModel, table=True):
    """Good news, or a call for company, in a member's name or in nobody's; its words are encrypted."""

    __tablename__ = "circle_notice"

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    id: str = Field(primary_key=True, max_length=32)
    person_id: str = Field(foreign_key="person.id", index=True, max_length=32)
    kind: str = Field(max_length=16)
    at: datetime = Field(sa_type=UTCDateTime)
    until: datetime | None = Field(default=None, sa_type=UTCDateTime, index=True)
    """When an open call ends by itself."""
    named: bool = False
    standing: str = Field(max_length=16)
    sealed: str = Field(sa_type=SealedText)


class ToldByPersonRow(SQLModel, table=True):
    """She told or asked something in some circle: what her limits of a day count, also once she has left it."""

    __tablename__ = "told_by_person"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    notice_id: str = Field(primary_key=True, max_length=32)
    kind: str = Field(max_length=16)
    at: datetime = Field(sa_type=UTCDateTime)


class ToldInCircleRow(SQLModel, table=True):
    """Somebody told or asked something there: what the circle's limit of a day counts, whoever it was."""

    __tablename__ = "told_in_circle"

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    notice_id: str = Field(primary_key=True, max_length=32)
    at: datetime = Field(sa_type=UTCDateTime)


class CircleAnswerRow(SQLModel, table=True):
    """Somebody is in on a call for company."""

    __tablename__ = "circle_answer"

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    notice_id: str = Field(primary_key=True, max_length=32)
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True, max_length=32)
    at: datetime = Field(sa_type=UTCDateTime)


class CircleOfferRow(SQLModel, table=True):
    """A drill that a member offers the circle, as it was then; encrypted."""

    __tablename__ = "circle_offer"

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    drill_id: str = Field(primary_key=True, max_length=80)
    person_id: str = Field(foreign_key="person.id", index=True, max_length=32)
    state: str = Field(max_length=16)
    named: bool = False
    at: datetime = Field(sa_type=UTCDateTime)
    sealed: str = Field(sa_type=SealedText)


class CircleRhythmRow(SQLModel, table=True):
    """The days in rhythm of somebody who wants them on the board; encrypted."""

    __tablename__ = "circle_rhythm"

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True, max_length=32)
    day: date
    """Her calendar day on which it was counted."""
    sealed: str = Field(sa_type=SealedText)


class CircleRecapRow(SQLModel, table=True):
    """What a circle did in a week, counted once; encrypted."""

    __tablename__ = "circle_recap"

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    week: date = Field(primary_key=True)
    """Its Monday."""
    sealed: str = Field(sa_type=SealedText)


class CircleThanksRow(SQLModel, table=True):
    """Somebody interviewed others in a week, and is thanked."""

    __tablename__ = "circle_thanks"

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    week: date = Field(primary_key=True)
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True, max_length=32)
    named: bool = False
    """Whether by her name: she allowed it when the week was told, and did not take that back since."""
