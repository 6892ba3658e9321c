"""The tables. Row classes do not validate and never leave this package."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import SealedText, UTCDateTime


class PersonRow(SQLModel, table=True):
    """Somebody Pacer knows, by an account on a platform."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("platform", "tenant", "account", name="uq_person_account"),)

    id: str = Field(primary_key=True, max_length=32)
    platform: str = Field(max_length=32)
    tenant: str = Field(max_length=64)
    account: str = Field(max_length=128)
    profile: str | None = Field(default=None, sa_type=SealedText)
    created_at: datetime = Field(sa_type=UTCDateTime)
    unreachable: bool = False
    """Her platform refused several letters in a row; nothing is due to her until she speaks."""


class AccountRow(SQLModel, table=True):
    """A further account of a person, beside the one in her row; no account stands in both tables."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("person_id", "platform", name="uq_account_person"),)

    platform: str = Field(primary_key=True, max_length=32)
    tenant: str = Field(primary_key=True, max_length=64)
    account: str = Field(primary_key=True, max_length=128)
    person_id: str = Field(foreign_key="person.id", max_length=32)
    first: bool = False
    """The others were joined to this one; if no row says so, to the one in her row."""
    since: datetime = Field(sa_type=UTCDateTime)


class LinkCodeRow(SQLModel, table=True):
    """A code that joins another account to a person's, kept only as a hash; each person has one at most."""

    __tablename__ = "link_code"
    __table_args__ = (UniqueConstraint("digest", name="uq_link_code_digest"),)

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    digest: str = Field(max_length=32)
    expires_at: datetime = Field(sa_type=UTCDateTime)


class LinkTryRow(SQLModel, table=True):
    """How many wrong codes somebody said since an instant."""

    __tablename__ = "link_try"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    wrong: int
    since: datetime = Field(sa_type=UTCDateTime)


class ScheduleRow(SQLModel, table=True):
    """When a subject is to hear of something: a wall time in a zone, and the instant at which it is due next."""

    __tablename__ = "schedule"
    __table_args__ = (Index("ix_schedule_due", "platform", "next_due_at"),)

    subject: str = Field(primary_key=True, max_length=64)
    """Id of a person, or of a group."""
    kind: str = Field(primary_key=True, max_length=32)
    tenant: str = Field(max_length=64)
    platform: str = Field(max_length=32)
    zone: str = Field(max_length=64)
    minute: int
    weekday: int | None = None
    next_due_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """None while nothing is due: she is away, or the row is parked."""
    fault: str = Field(default="", max_length=32)
    """Why the row is parked."""
    version: int = 1


class OutboxRow(SQLModel, table=True):
    """A message that Pacer means to send by itself, or has sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_state", "state", "platform", "not_before"),
        Index("ix_outbox_subject", "subject"),
    )

    dedup_key: str = Field(primary_key=True, max_length=200)
    tenant: str = Field(max_length=64)
    subject: str = Field(max_length=64)
    platform: str = Field(max_length=32)
    kind: str = Field(max_length=32)
    day: date
    due_at: datetime = Field(sa_type=UTCDateTime)
    not_before: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    state: str = Field(max_length=16)
    attempts: int = 0
    claims: int = 0
    claimed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    lease_until: float | None = None
    """Seconds since 1970 on the database's own clock."""
    handed_over: int | None = None
    """The claim for which a worker was called."""
    said: str = Field(default="", max_length=32)
    sealed: str | None = Field(default=None, sa_type=SealedText)
    """What it says, encrypted; emptied once that is settled."""
    name: str = Field(default="", max_length=64)
    resent: bool = False
    receipt: str = Field(default="", max_length=200)
    why: str = Field(default="", max_length=64)
    circle_id: str = Field(default="", max_length=32)
    """The circle whose members alone get it; empty where it is of none."""
    settled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    version: int = 1


class UndeliveredRow(SQLModel, table=True):
    """What a letter says that found the way to somebody closed, until it is shown or of no use any more."""

    __tablename__ = "undelivered"

    subject: str = Field(primary_key=True, max_length=64)
    said: str = Field(primary_key=True, max_length=32)
    """Only the newest of each message kind is kept, and of a circle's its own newest."""
    circle_id: str = Field(default="", primary_key=True, max_length=32)
    """The circle whose members alone may read it; empty where it is of none."""
    day: date
    due_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    until: datetime = Field(sa_type=UTCDateTime, index=True)
    name: str = Field(default="", max_length=64)
    sealed: str = Field(sa_type=SealedText)
    """Encrypted."""
    shown_in: str = Field(default="", max_length=128)
    """The event whose answer shows it; forgotten once that reached her, free again if it never will."""


class BucketRow(SQLModel, table=True):
    """When the next message of a bucket may leave, for all senders together."""

    __tablename__ = "bucket"

    name: str = Field(primary_key=True, max_length=200)
    free_at: float
    """Seconds since 1970 on the database's own clock."""


class InboxRow(SQLModel, table=True):
    """An inbound event: kept before it is handled, emptied once it is."""

    __tablename__ = "inbox"

    event_id: str = Field(primary_key=True, max_length=128)
    platform: str = Field(max_length=32)
    tenant: str = Field(max_length=64)
    account: str = Field(max_length=128, index=True)
    at: datetime = Field(sa_type=UTCDateTime)
    payload: str | None = Field(default=None, sa_type=SealedText)
    state: str = Field(max_length=16, index=True)


class TalkRow(SQLModel, table=True):
    """Where a conversation stands."""

    __tablename__ = "talk"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    sealed: str = Field(sa_type=SealedText)
    version: int


class DayRow(SQLModel, table=True):
    """What is known of a person's day, encrypted."""

    __tablename__ = "day"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    day: date = Field(primary_key=True)
    sealed: str = Field(sa_type=SealedText)


class PaceStateRow(SQLModel, table=True):
    """The newest pacing state of a person, encrypted."""

    __tablename__ = "pace_state"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    sealed: str = Field(sa_type=SealedText)


class InterviewRow(SQLModel, table=True):
    """A booked interview."""

    __tablename__ = "interview"

    id: str = Field(primary_key=True, max_length=32)
    person_id: str = Field(foreign_key="person.id", index=True, max_length=32)
    company: str = Field(max_length=120)
    kind: str = Field(max_length=32)
    day: date
    starts: time | None = None


class BreakRow(SQLModel, table=True):
    """A planned break, both days included."""

    __tablename__ = "planned_break"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    first: date = Field(primary_key=True)
    last: date


class CompanyRow(SQLModel, table=True):
    """A company somebody aims at."""

    __tablename__ = "company"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    name: str = Field(primary_key=True, max_length=120)
    stakes: int


class MilestoneRow(SQLModel, table=True):
    """A milestone that is done."""

    __tablename__ = "milestone"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    milestone: str = Field(primary_key=True, max_length=64)


class SittingRow(SQLModel, table=True):
    """One go at a drill; the answer is encrypted."""

    __tablename__ = "sitting"

    id: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", index=True, max_length=32)
    day: date = Field(index=True)
    stage: str = Field(max_length=16, index=True)
    started: datetime = Field(sa_type=UTCDateTime)
    drill_id: str = Field(max_length=80)
    area: str = Field(max_length=40)
    topic: str = Field(max_length=60)
    kind: str = Field(max_length=20)
    hints: int
    met: str = Field(sa_type=Text)
    judged: int
    minutes: float | None = None
    sealed: str = Field(sa_type=SealedText)
    score: float | None = None
    rating: int | None = None
    seen_solution: bool
    expected: float | None = None
    """What its score was expected to be before she answered."""


class CardRow(SQLModel, table=True):
    """What memory knows of a drill."""

    __tablename__ = "card"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    drill_id: str = Field(primary_key=True, max_length=80)
    stability: float
    difficulty: float
    due: date
    last: date
    reps: int
    lapses: int


class SkillRow(SQLModel, table=True):
    """Estimated ability in an area."""

    __tablename__ = "skill"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    area: str = Field(primary_key=True, max_length=40)
    theta: float
    count: int


class HabitRow(SQLModel, table=True):
    """A habit that somebody works on."""

    __tablename__ = "habit"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    habit: str = Field(primary_key=True, max_length=40)
    since: date


class HabitDayRow(SQLModel, table=True):
    """A day on which a habit was kept; what she noted is encrypted."""

    __tablename__ = "habit_day"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    habit: str = Field(primary_key=True, max_length=40)
    day: date = Field(primary_key=True)
    sealed: str = Field(sa_type=SealedText)


class GlossaryRow(SQLModel, table=True):
    """A word of a glossary, encrypted with its meaning, and what memory knows of it."""

    __tablename__ = "glossary"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    id: str = Field(primary_key=True, max_length=32)
    place: int
    """In the order of adding."""
    added: date
    sealed: str = Field(sa_type=SealedText)
    stability: float | None = None
    """None while it was never asked, like the next three."""
    difficulty: float | None = None
    due: date | None = None
    last: date | None = None
    reps: int = 0
    lapses: int = 0


class OwnDrillRow(SQLModel, table=True):
    """A drill that somebody brought, encrypted: in short, so that choosing opens little, and whole."""

    __tablename__ = "own_drill"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=32)
    drill_id: str = Field(primary_key=True, max_length=80)
    place: int
    """In the order of adding."""
    added: date
    shared: bool = False
    """Offered to her group; nobody sees it for that alone."""
    brief: str = Field(sa_type=SealedText)
    sealed: str = Field(sa_type=SealedText)


class DifficultyRow(SQLModel, table=True):
    """How far everybody's answers have moved a drill's difficulty."""

    __tablename__ = "difficulty"

    drill_id: str = Field(primary_key=True, max_length=80)
    shift: float


class SlackInstallationRow(SQLModel, table=True):
    """What a Slack workspace gave Pacer when it was installed there; the tokens are encrypted."""

    __tablename__ = "slack_installation"

    tenant: str = Field(primary_key=True, max_length=64)
    account: str = Field(primary_key=True, max_length=128)
    """Somebody with a token of her own, or empty for the bot's."""
    enterprise: str = Field(max_length=64)
    sealed: str = Field(sa_type=SealedText)
    scopes: str = Field(sa_type=Text)
    """Separated by commas, as Slack tells them."""
    expires_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When the token ends; None if it does not."""
    installed_at: datetime = Field(sa_type=UTCDateTime)


class SlackStateRow(SQLModel, table=True):
    """An installation that somebody began in a browser; only a hash of what ties it to that browser."""

    __tablename__ = "slack_oauth_state"

    digest: str = Field(primary_key=True, max_length=64)
    expires_at: datetime = Field(sa_type=UTCDateTime, index=True)
