"""What Pacer says about a second opinion."""

from __future__ import annotations

from collections.abc import Sequence

from bot.drills.model import Drill, Point
from bot.feedback.model import Finding, Verdict
from bot.feedback.ports import Why
from bot.feedback.second_opinion import Weighed
from bot.feedback.second_opinion_counts import Counted

COMING = "Claude looks at it too; that comes as a message of its own."
READING = "Claude is reading it too."
STOPPED = "Claude's second opinion was stopped."
_NONE = {
    Why.BUSY: "Claude is overloaded",
    Why.LATE: "Claude did not answer in time",
    Why.REFUSED: "Claude declined to look at this one",
    Why.NONSENSE: "what Claude answered could not be used",
    Why.SPENT: "today's money for Claude is used up",
    Why.TOO_LONG: "the answer is too long to be sent",
    Why.FAULT: "Claude cannot be reached as it is set up here",
}
_ORDER = (
    ("Landed", Verdict.MET),
    ("Half there", Verdict.PARTLY),
    ("Missing", Verdict.MISSING),
    ("Not judged", Verdict.NOT_JUDGED),
)


def declined(drill: Drill, why: Why) -> str:
    """No second opinion, in one sentence."""
    return f"No second opinion on **{drill.title}**: {_NONE[why]}. The review by rules stands."


def reading(drill: Drill, findings: Sequence[Finding], count: int) -> str:
    """A second opinion that is still coming in: what was read so far, of so many points."""
    read = f"**Claude: {len(findings)} of {count} point{'' if count == 1 else 's'} read.**"
    return "\n\n".join((read, *_listed(drill, findings)))


def given(
    drill: Drill, findings: Sequence[Finding], weighed: Weighed, counted: Counted | None = None
) -> tuple[str, ...]:
    """The second opinion: every word of it authored, or quoted from her own answer."""
    title = f"**A second opinion, by Claude: {drill.title}**"
    return ("\n\n".join((title, *_listed(drill, findings), compared(drill, weighed, counted))),)


def _listed(drill: Drill, findings: Sequence[Finding]) -> list[str]:
    by_id = {p.id: p for p in drill.rubric}
    shown = []
    for name, verdict in _ORDER:
        lines = [_line(by_id[f.point], f) for f in findings if f.verdict is verdict]
        if len(lines) == 1:
            shown.append(f"**{name}:** {lines[0]}.")
        elif lines:
            shown.append("\n".join((f"**{name}:**", *(f"– {line}" for line in lines))))
    return shown


def compared(drill: Drill, weighed: Weighed, counted: Counted | None = None) -> str:
    """Both gradings in a few sentences, and what follows."""
    whole = sum(p.weight for p in drill.rubric)
    rules, model = (f"{round(share * whole, 1):g}" for share in (weighed.rules, weighed.model))
    if not weighed.unsure:
        return f"Rules say {rules} of {whole} points, Claude {model}: about the same."
    lower = f"{round(weighed.together * whole, 1):g}"
    said = f"Rules say {rules} of {whole} points, Claude {model}. So far apart I am unsure, and the lower counts: {lower}."
    return f"{said} {_follows(counted)}" if counted else said


def _follows(counted: Counted) -> str:
    if counted.becomes is None or counted.becomes.card is None:
        return "Memory and skill have moved on since, and stay as they are."
    back = counted.becomes.card.due
    return f"It comes back on {back:%A} {back.day} {back:%B}."


def _line(point: Point, finding: Finding) -> str:
    text = point.text.rstrip(".")
    said = text[0].lower() + text[1:] if text[1:2].islower() else text
    return f'{said} (*"{finding.quote}"*)' if finding.quote else said
