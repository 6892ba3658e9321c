"""What Pacer says about a second opinion."""

from __future__ import annotations

from collections.abc import Sequence

from bot.drills.model import Drill, Point
from bot.feedback.model import Finding, Verdict
from bot.feedback.ports import Why
from bot.feedback.second_opinion import Weighed

COMING = "Claude looks at it too; that comes as a message of its own."
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


def given(drill: Drill, findings: Sequence[Finding], weighed: Weighed) -> tuple[str, ...]:
    """The second opinion: every word of it authored, or quoted from her own answer."""
    by_id = {p.id: p for p in drill.rubric}
    shown = [f"**A second opinion, by Claude: {drill.title}**"]
    for name, verdict in _ORDER:
        lines = [_line(by_id[f.point], f) for f in findings if f.verdict is verdict]
        if len(lines) == 1:
            shown.append(f"**{name}:** {lines[0]}.")
        elif lines:
            shown.append("\n".join((f"**{name}:**", *(f"– {line}" for line in lines))))
    return ("\n\n".join((*shown, compared(drill, weighed))),)


def compared(drill: Drill, weighed: Weighed) -> str:
    """Both gradings in a sentence or two."""
    whole = sum(p.weight for p in drill.rubric)
    rules, model = (f"{round(share * whole, 1):g}" for share in (weighed.rules, weighed.model))
    if weighed.unsure:
        lower = f"{round(weighed.together * whole, 1):g}"
        return f"Rules say {rules} of {whole} points, Claude {model}. That is too far apart to be sure; take the lower, {lower}."
    return f"Rules say {rules} of {whole} points, Claude {model}: about the same."


def _line(point: Point, finding: Finding) -> str:
    text = point.text.rstrip(".")
    said = text[0].lower() + text[1:] if text[1:2].islower() else text
    return f'{said} (*"{finding.quote}"*)' if finding.quote else said
