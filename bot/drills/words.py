"""What Pacer says around a drill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.chat.markup import flowing
from bot.chat.message import Heading
from bot.drills.model import Drill, Point, Rating
from bot.profile.tracks import AREAS

HOW_TO_ANSWER = "Type your answer, in as many messages as you like, or say it aloud. *Done* when it stands."
NOTED = "Noted. More, or *done*?"
NO_HINT_LEFT = "That was the last hint. The model answer comes after *done*."
NOTHING_OPEN = "Nothing is open right now. `/pacer drill` starts one."
OVER = "That drill is closed. `/pacer drill` starts the next."
ASIDE = "Put aside. It comes back another day."
LATER = "Fine. `/pacer today` has it whenever you like."
NONE_LEFT = "I have nothing else that fits. `/pacer drill` with an area, such as `coding`, picks one there."
WHICH = "Which one goes?"
SPOKEN = "Nothing typed, which is fine if you said it aloud. Judge what you said."


def card(drill: Drill) -> Heading:
    """A drill as it is given: its name, its time box, and how it is judged."""
    about = f"{AREAS[drill.area]} · {drill.minutes} minutes · judged on {len(drill.rubric)} points"
    return Heading(drill.title, about)


def hint(number: int, text: str) -> str:
    """One rung of the ladder."""
    return f"*Hint {number}.* {flowing(text)}"


def question(number: int, count: int, point: Point) -> str:
    """One point to judge."""
    must = "  (this one decides the round)" if point.must else ""
    return f"{number} of {count}  {point.text}{must}"


def verdict(
    drill: Drill,
    landed: Sequence[Point],
    partly: Sequence[Point],
    missing: Sequence[Point],
    points: float,
    back_on: date,
    rating: Rating,
) -> str:
    """What landed and what is missing, with who judged."""
    whole = sum(p.weight for p in drill.rubric)
    lines = [
        _listed(name, found)
        for name, found in (("Landed", landed), ("Half there", partly), ("Missing", missing))
        if found
    ]
    gone = {p.id for p in missing}
    traps = [m.text for m in drill.mistakes if m.loses in gone][:2]
    if traps:
        lines.append("**The usual trap:** " + _lower(traps[0].rstrip(".")) + ".")
    lines.append(
        f"Graded by you: {points:g} of {whole} points, remembered as *{rating.name.lower()}*. "
        f"It comes back on {back_on:%A} {back_on.day} {back_on:%B}."
    )
    return "\n\n".join(lines)


def _listed(name: str, found: Sequence[Point]) -> str:
    """One point goes on in the line, several stand under one another."""
    if len(found) == 1:
        return f"**{name}:** {_lower(found[0].text)}."
    return "\n".join((f"**{name}:**", *(f"– {_lower(p.text)}" for p in found)))


def _lower(text: str) -> str:
    clean = text.rstrip(".")
    return clean[0].lower() + clean[1:] if clean[1:2].islower() else clean


def logged(minutes: float, effort: float | None) -> str:
    """A finished sitting in one line."""
    at = f" at {effort:g} of 10" if effort is not None else ""
    return f"Logged: {minutes:g} minute{'' if minutes == 1 else 's'}{at}."
