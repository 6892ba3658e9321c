"""A task and an answer: nothing happens on the way."""

from __future__ import annotations

from collections.abc import Mapping

from bot.drills.model import Drill
from bot.drills.play.model import Move
from bot.drills.progress import Progress
from bot.feedback.model import Verdict


class Plain:
    """The play of all formats that are a question and its answer, and the ground of the others."""

    how = "Type your answer, in as many messages as you like, or say it aloud. *Done* when it stands."

    def now(self, drill: Drill, so_far: Progress) -> Move:
        """The task says it all."""
        return Move(so_far)

    def hear(self, drill: Drill, so_far: Progress, text: str, minute: float) -> Move:
        """Every piece is kept."""
        return Move(so_far.heard(text, minute))

    def pick(self, drill: Drill, so_far: Progress, value: str) -> Move:
        """There is nothing to tap."""
        return Move(so_far)

    def finish(self, drill: Drill, so_far: Progress, minute: float) -> Move | None:
        """The review is next."""
        return None

    def verdicts(self, drill: Drill, so_far: Progress) -> Mapping[str, Verdict]:
        """Nothing is decided on the way."""
        return {}

    def quotes(self, drill: Drill, so_far: Progress) -> Mapping[str, str]:
        """Nothing rests on single words."""
        return {}

    def told(self, drill: Drill, so_far: Progress) -> str:
        """Nothing stood out on the way."""
        return ""

    def judged(self, drill: Drill, so_far: Progress) -> str | None:
        """Everything she typed."""
        return None

    def bells(self, drill: Drill) -> tuple[int, ...]:
        """No clock."""
        return ()

    def ring(self, drill: Drill, so_far: Progress, minute: int) -> Move | None:
        """No clock."""
        return None
