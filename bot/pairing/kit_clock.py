"""The clock of a mock interview between two people: who does what at which minute."""

from __future__ import annotations

from dataclasses import dataclass

from bot.drills.model import Drill
from bot.drills.scenes import Clarify, Steps
from bot.pairing import kit_words as words

FULL, SHORT = 45, 25
"""Minutes of a meeting; the short one is for somebody with a low battery."""
LEAST, MOST = 20, 90
ARRIVING, CLOSING, FEEDBACK = 3, 3, 5
TALKED = 1.5
"""How much longer a drill takes in a conversation than alone; a prior of this project."""


@dataclass(frozen=True, slots=True)
class Beat:
    """What happens from this minute of the meeting on."""

    minute: int
    does: str


@dataclass(frozen=True, slots=True)
class Clock:
    """The minutes of one meeting."""

    minutes: int
    """Of the whole meeting."""
    task: int
    """Minutes that the task gets."""
    beats: tuple[Beat, ...]
    """In their order; the last is the end."""

    @property
    def spare(self) -> int:
        """Minutes that are left when all is done."""
        return self.minutes - self.beats[-1].minute

    def at(self, share: float) -> int:
        """The minute of the meeting at which that share of the task's time is over."""
        return ARRIVING + round(share * self.task)


def clock(drill: Drill, minutes: int) -> Clock:
    """The clock of a meeting of that length. Raises ValueError for one too short or too long to be a meeting."""
    if not LEAST <= minutes <= MOST:
        raise ValueError(f"a meeting takes {LEAST} to {MOST} minutes, not {minutes}")
    task = min(round(TALKED * drill.minutes), minutes - ARRIVING - CLOSING - FEEDBACK)
    bare = Clock(minutes, task, ())
    stop = ARRIVING + task
    beats = [
        Beat(0, words.ARRIVE),
        *_within(drill, bare),
        Beat(stop, words.CLOSE),
        Beat(stop + CLOSING, words.FEEDBACK_AT),
        Beat(stop + CLOSING + FEEDBACK, words.DONE),
    ]
    return Clock(minutes, task, tuple(beats))


def question_minutes(drill: Drill, whole: Clock) -> tuple[int, ...]:
    """The minute at which each question of a drill in questions is asked at the latest."""
    if not isinstance(drill.scene, Steps):
        return ()
    count = len(drill.scene.steps)
    return tuple(whole.at(number / count) for number in range(count))


def twist_minutes(drill: Drill, whole: Clock) -> tuple[int, ...]:
    """The minute by which each change of a clarifying drill has come; those that a design brings come by half time."""
    if not isinstance(drill.scene, Clarify):
        return ()
    shares = [0.5 if t.minute is None else t.minute / drill.minutes for t in drill.scene.twists]
    return tuple(whole.at(min(share, 0.75)) for share in shares)


def _within(drill: Drill, whole: Clock) -> list[Beat]:
    beats = [Beat(whole.at(share), does) for share, does in words.BEATS.get(drill.format, ())]
    beats += [Beat(minute, words.TWIST_BY_NOW) for minute in twist_minutes(drill, whole)]
    asked = question_minutes(drill, whole)
    beats += [Beat(minute, words.QUESTION.format(number=n)) for n, minute in enumerate(asked, 1)]
    return sorted(beats, key=lambda beat: beat.minute)
