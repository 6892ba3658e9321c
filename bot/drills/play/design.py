"""System design on the frame: what she says is followed, and a technology named too early gets one calm word."""

from __future__ import annotations

from bot.chat.saying import listed
from bot.drills.model import Drill
from bot.drills.play.frame import touched, untouched
from bot.drills.play.model import Move
from bot.drills.play.plain import Plain
from bot.drills.progress import Progress
from bot.feedback.technologies import calm_word, named_early

EARLY = "early"
"""The note of the calm word; it is said once."""
LEAST_PARTS = 2
"""Parts from which their order is worth telling."""
BELL_WORDS = (
    "{minute} minutes. Requirements and rough numbers should stand by now.",
    "Half time. Is the whole way of one request drawn? Then go deep where it is hardest.",
    "{minute} minutes. Keep the rest for failures, cost and the closing sentence.",
    "{minute} minutes. Close with the choice, the reason and the risk left; then *done*.",
)


class DesignPlay(Plain):
    """Every piece is kept; the frame is followed and never forced on her."""

    how = (
        "Lead it as you would at the whiteboard: what it has to do, numbers, data, the way through it, what breaks. In as many "
        "messages as you like; the clock is yours to start. *Done* when it stands."
    )

    def hear(self, drill: Drill, so_far: Progress, text: str, minute: float) -> Move:
        """A piece is kept; the first technology that comes before its reason is noticed once."""
        progress = so_far.heard(text, minute)
        if EARLY in so_far.notes:
            return Move(progress)
        named = named_early(progress.said(), given=drill.task)
        if named is None:
            return Move(progress)
        word = calm_word(named)
        return Move(progress.noting(**{EARLY: word}), (word, "Kept. More, or *done*?"))

    def told(self, drill: Drill, so_far: Progress) -> str:
        """Which parts of the frame she touched, in order, which not, and the technology that came too early."""
        said = so_far.said()
        if not said.strip():
            return ""
        went, left = touched(said), untouched(said)
        parts = [f"You went through {listed(went)}." if len(went) >= LEAST_PARTS else ""]
        if went and left:
            parts.append(f"Not touched: {listed(left)}.")
        parts.append(so_far.notes.get(EARLY, ""))
        return " ".join(part for part in parts if part)

    def bells(self, drill: Drill) -> tuple[int, ...]:
        """After a fifth, at half time, near the end, and at the end."""
        whole = drill.minutes
        return (whole // 5, whole // 2, whole * 4 // 5, whole)

    def ring(self, drill: Drill, so_far: Progress, minute: int) -> Move | None:
        """A calm word."""
        bells = self.bells(drill)
        if minute not in bells:
            return None
        return Move(so_far, (BELL_WORDS[bells.index(minute)].format(minute=minute),))
