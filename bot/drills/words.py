"""What Pacer says around a drill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.chat.markup import flowing
from bot.chat.message import Heading
from bot.chat.saying import going_on
from bot.drills.model import Drill, Point, Rating, Sitting
from bot.feedback.model import Finding, Grader, Unscorable, Verdict
from bot.habits.model import Habit
from bot.profile.tracks import AREAS

NOTED = "Noted. More, or *done*?"
NO_HINT_LEFT = "That was the last hint. The model answer comes after *done*."
NOTHING_OPEN = "Nothing is open right now. `/pacer drill` starts one."
OVER = "That drill is closed. `/pacer drill` starts the next."
ASIDE = "Put aside. It comes back another day."
LATER = "Fine. `/pacer today` has it whenever you like."
NONE_OF_YOURS = "There is none of your own that I can give now. `/pacer bank add` makes one, `/pacer bank import` brings a file."
NONE_LEFT = "I have nothing else that fits. `/pacer drill` with an area, such as `coding`, picks one there."
WHICH = "Which one goes?"
YOURS = "Now yours, point by point."
LEFT_TO_YOU = "The rest is yours to judge."
OWN_VERDICT = "Your own verdict?"
GRADERS = {Grader.RULES: "rules", Grader.MODEL: "Claude", Grader.PEER: "a peer", Grader.SELF: "you"}
NOT_SCORABLE = {
    Unscorable.EMPTY: "Nothing typed, which is fine if you said it aloud. Judge what you said.",
    Unscorable.NO_ANSWER: "Not knowing is a start. Here is how it could go.",
    Unscorable.FOREIGN: "I can only judge English, so this one is yours to judge.",
    Unscorable.CODE_ONLY: "There is only code, and I judge words. So this one is yours to judge.",
    Unscorable.COPIED: "That is the task in its own words, so there is nothing of yours to judge yet. Say it as you would to an interviewer, then *done*.",
    Unscorable.STUFFED: "Those are keywords in a row. Put them into sentences, as you would say them, then *done*.",
}


def card(drill: Drill) -> Heading:
    """A drill as it is given: its name, its time box, and how it is judged."""
    about = f"{AREAS[drill.area]} · {drill.minutes} minutes · judged on {len(drill.rubric)} points"
    return Heading(drill.title, about)


def noticed(habit: Habit, said: str) -> str:
    """A habit of hers that showed; it counts only with a tap."""
    return f"You {said}. With one tap it counts as *{habit.name.lower()}*."


def hint(number: int, text: str) -> str:
    """One rung of the ladder."""
    return f"*Hint {number}.* {flowing(text)}"


def question(number: int, count: int, point: Point) -> str:
    """One point to judge."""
    must = "  (this one decides the round)" if point.must else ""
    return f"{number} of {count}  {point.text}{must}"


def verdict(
    drill: Drill, sitting: Sitting, told: str, manner: Sequence[str], back_on: date, rating: Rating
) -> tuple[str, ...]:
    """What stood out, what landed on which words, what is missing, how it came across, and who judged."""
    by_id = {p.id: p for p in drill.rubric}
    shown = [f"**{told}**"] if told else []
    for name, kind in (
        ("Landed", Verdict.MET),
        ("Half there", Verdict.PARTLY),
        ("Missing", Verdict.MISSING),
        ("Not judged", Verdict.NOT_JUDGED),
    ):
        if found := [f for f in sitting.findings if f.verdict is kind]:
            shown.append(_listed(name, [_line(by_id[f.point], f) for f in found]))
    if trap := _trap(drill, sitting.findings):
        shown.append(f"**The usual trap:** {going_on(trap)}.")
    if manner:
        shown.append(_listed("How it came across", manner))
    shown.append(f"{_graded(drill, sitting)}, remembered as *{rating.name.lower()}*. {_back(back_on)}")
    return ("\n\n".join(shown),)


def _line(point: Point, finding: Finding) -> str:
    """A point with the words it rests on."""
    said = going_on(point.text)
    if finding.mistake:
        return f'{said}. You said: *"{finding.quote}"* {finding.mistake.rstrip(".")}.'
    return f'{said} (*"{finding.quote}"*)' if finding.quote else said


def _trap(drill: Drill, findings: Sequence[Finding]) -> str:
    """A common mistake behind something missing, unless one was recognised and is named already."""
    if any(f.mistake for f in findings):
        return ""
    gone = {f.point for f in findings if f.verdict is Verdict.MISSING}
    return next((m.text for m in drill.mistakes if m.loses in gone), "")


def _graded(drill: Drill, sitting: Sitting) -> str:
    whole = sum(p.weight for p in drill.rubric)
    worth = {p.id: p.weight for p in drill.rubric}
    share = {Verdict.MET: 1.0, Verdict.PARTLY: 0.5}
    points = sum(share.get(f.verdict, 0.0) * worth[f.point] for f in sitting.findings)
    graders = [g for g in Grader if any(f.by is g for f in sitting.findings)]
    names = " and ".join(GRADERS[g] for g in graders)
    return f"Graded by {names}: {points:g} of {whole} points"


def _back(day: date) -> str:
    return f"It comes back on {day:%A} {day.day} {day:%B}."


def _listed(name: str, lines: Sequence[str]) -> str:
    """One line goes on behind the name, several stand under one another."""
    if len(lines) == 1:
        return f"**{name}:** {lines[0]}" + ("" if lines[0].endswith(".") else ".")
    return "\n".join((f"**{name}:**", *(f"– {line}" for line in lines)))


def logged(minutes: float, effort: float | None) -> str:
    """A finished sitting in one line."""
    at = f" at {effort:g} of 10" if effort is not None else ""
    return f"Logged: {minutes:g} minute{'' if minutes == 1 else 's'}{at}."
