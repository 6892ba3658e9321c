"""Values of speaking aloud: what is kept of one stretch of talk. Its words are not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

LEAST_SECONDS = 30
"""Below it a pace is chance."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was counted in a transcript, each number the least there was: transcripts leave things out."""

    words: int
    """Spoken ones; filled pauses are none."""
    core: int
    """um, uh, er, ah, hmm"""
    discourse: int
    """Possible fillers: like, so, you know, basically."""
    own: int
    """Those of her own list."""

    @property
    def rate(self) -> float:
        """Fillers a hundred words, her own list left out."""
        return 100 * (self.core + self.discourse) / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """One stretch of speaking aloud, as she told it."""

    id: str
    at: datetime
    """When she told it, UTC."""
    day: date
    """On her calendar."""
    label: str
    seconds: int
    real: bool
    """A mock or an interview; else calm practice."""
    asked: int | None = None
    """How often she was asked to repeat; None if she did not count."""
    heard: Heard | None = None
    """None without a transcript."""
    paused: float | None = None
    """Seconds of quiet before a behavioral answer."""

    @property
    def pace(self) -> float | None:
        """Words a minute; None without a transcript, or where it is too short to say."""
        if self.heard is None or not self.heard.words or self.seconds < LEAST_SECONDS:
            return None
        return 60 * self.heard.words / self.seconds
