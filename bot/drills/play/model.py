"""What every format's play can do. Plays are pure: drill and progress in, progress and words out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.chat.message import Block
from bot.drills.model import Drill
from bot.drills.progress import Progress
from bot.feedback.model import Verdict


@dataclass(frozen=True, slots=True)
class Pick:
    """A button of a play: its label, and the value that comes back."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Move:
    """What became of something she did: how far it has come now, what Pacer says, what she can tap."""

    progress: Progress
    says: tuple[str | Block, ...] = ()
    """One message; empty where a nod is enough."""
    picks: tuple[Pick, ...] = ()
    hints: int = 0
    """Rungs of the ladder that this took; they count like hints that were asked for."""
    run: str = ""
    """A query of hers that has to run before more can be said."""


class Play(Protocol):
    """How one format is played."""

    how: str
    """One line under the task: what to do."""

    def now(self, drill: Drill, so_far: Progress) -> Move:
        """Where it stands, at the start and whenever she comes back; what it says comes after the task."""

    def hear(self, drill: Drill, so_far: Progress, text: str, minute: float) -> Move:
        """She typed something, at a minute of the sitting."""

    def pick(self, drill: Drill, so_far: Progress, value: str) -> Move:
        """She tapped one of the play's own buttons; an unknown value changes nothing."""

    def finish(self, drill: Drill, so_far: Progress, minute: float) -> Move | None:
        """She says done: what comes next, or None if the review is next."""

    def verdicts(self, drill: Drill, so_far: Progress) -> Mapping[str, Verdict]:
        """The points that were earned or lost on the way, by id."""

    def quotes(self, drill: Drill, so_far: Progress) -> Mapping[str, str]:
        """Her words that such a point rests on, by its id, where there are some."""

    def told(self, drill: Drill, so_far: Progress) -> str:
        """What stood out on the way, in a sentence or two, for the head of the review."""

    def judged(self, drill: Drill, so_far: Progress) -> str | None:
        """The words that the review looks at; None for everything she typed."""

    def bells(self, drill: Drill) -> tuple[int, ...]:
        """Minutes after the start at which the clock has a word, if she starts it; empty where there is no clock."""

    def ring(self, drill: Drill, so_far: Progress, minute: int) -> Move | None:
        """One of those minutes has come; None if nothing is to be said any more."""
