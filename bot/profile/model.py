"""What a person told Pacer about herself and her search."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from bot.pace.model import Level, PaceProfile
from bot.profile.tracks import TRACKS, Track

MIN_WEEKS, MAX_WEEKS = 4, 26


@dataclass(frozen=True, slots=True)
class WeeklyTime:
    """A wall time on a weekday, Monday 0."""

    weekday: int
    at: time


@dataclass(frozen=True, slots=True)
class Profile:
    """A finished set-up; every field can be changed later and the plan follows.

    Times are wall times in `zone`; dates are days of that zone.
    """

    track_id: str
    starts: date
    target: date
    """The day she wants to be ready by."""
    weekly_minutes: int
    longest_day: int
    """Minutes."""
    zone: str
    """IANA name, checked."""
    work_hours: float = 0
    """Paid work, hours a week."""
    rest_weekdays: frozenset[int] = frozenset({6})
    """Monday is 0."""
    morning: time = time(8)
    evening: time = time(20)
    quiet_from: time = time(22)
    quiet_to: time = time(7)
    country: str = ""
    """ISO 3166 code of the country whose helplines she sees; empty for the international page."""
    ratings: dict[str, int] = field(default_factory=dict)
    """Self-rating 1-5 by area id; areas not rated are missing."""
    ceiling: Level = Level.FULL
    checkins: bool = True
    manual_level: Level = Level.FULL
    leniency: int = 0
    rest_nudges: bool = True
    drill_at: time | None = None
    """Her own hour for the day's drill; None has it follow the check-in."""
    reviews: bool = True
    review_at: WeeklyTime | None = None
    """Her own hour for the weekly review; None has it come with the first morning of a week."""
    inventories: bool = True
    """Whether six questions about exhaustion are offered once a month."""
    company_nudges: bool = True
    """Whether a word comes after long solo work."""
    claude: bool = False
    """Whether she agreed that her answers are sent to Claude for a second opinion."""
    measures_speech: bool = True
    """Whether pace and fillers are counted when she speaks aloud."""
    told_slow: bool = False
    """Whether she asked to hear of a slow pace too."""
    own_fillers: tuple[str, ...] = ()
    """Words and phrases of hers that are counted, in small letters."""

    @property
    def track(self) -> Track:
        """The role track."""
        return TRACKS[self.track_id]

    @property
    def weeks(self) -> int:
        """Length of the plan, 4 to 26 weeks, the last one begun counts."""
        days = (self.target - self.starts).days
        return min(max(-(-days // 7), MIN_WEEKS), MAX_WEEKS)

    @property
    def ends(self) -> date:
        """The day after the last week of the plan."""
        return self.starts + timedelta(weeks=self.weeks)

    def pace(self) -> PaceProfile:
        """The part that pacing needs."""
        return PaceProfile(
            weekly_minutes=self.weekly_minutes,
            day_cap=self.longest_day,
            paid_work_hours=self.work_hours,
            rest_weekdays=self.rest_weekdays,
            horizon_days=self.weeks * 7,
            ceiling=self.ceiling,
            checkins=self.checkins,
            manual_level=self.manual_level,
            leniency=self.leniency,
        )
