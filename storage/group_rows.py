"""The tables of the drill of the day and of the pulse."""

from __future__ import annotations

from datetime import date

from sqlmodel import Field, SQLModel

from storage.columns import SealedText


class CircleDrillRow(SQLModel, table=True):
    """The drill that a circle has on a day."""

    __tablename__ = "circle_drill"

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    day: date = Field(primary_key=True)
    drill_id: str = Field(max_length=80)
    revealed: bool = False


class CircleDrillAnswerRow(SQLModel, table=True):
    """Somebody's answer to it, encrypted."""

    __tablename__ = "circle_drill_answer"

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    day: date = Field(primary_key=True)
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True, max_length=32)
    late: bool = Field(default=False, primary_key=True)
    """Whether it came after the reveal."""
    share: str = Field(default="kept", max_length=16)
    sealed: str = Field(sa_type=SealedText)


class CirclePulseRow(SQLModel, table=True):
    """What was said of a circle's week, drawn once."""

    __tablename__ = "circle_pulse"

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    monday: date = Field(primary_key=True)
    band: str = Field(default="", max_length=16)
    """Empty if not enough people's weeks counted."""


class CirclePulseYesRow(SQLModel, table=True):
    """Somebody takes part in a circle's pulse."""

    __tablename__ = "circle_pulse_yes"

    circle_id: str = Field(primary_key=True, foreign_key="circle.id", max_length=32)
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True, max_length=32)
    since: date
