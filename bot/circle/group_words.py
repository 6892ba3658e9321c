"""What Pacer says about the drill of the day: in the channel, and to whoever answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.chat.markup import flowing
from bot.chat.message import Heading
from bot.chat.pings import ping_in
from bot.chat.saying import counted, going_on
from bot.delivery.recurrence import held
from bot.drills.formats import Format
from bot.drills.model import Drill
from bot.feedback.model import Finding, Unscorable, Verdict
from bot.profile.tracks import AREAS

PRIVATE = (
    "What you answer stays with you; at the reveal each shares hers, with her name or without, or not at all."
)
NOT_A_MEMBER = "The drill of the day belongs to **{name}**, and you are not in it yet. Joining takes one tap; first you see what the circle will know of you."
OVER = "That drill is over, and nothing was kept of it. The next one comes at the circle's hour."
LATE = "The reveal was before this came, so it is for you alone: the post stays as it is."
IN_TIME = (
    "You alone see this. The circle sees that there is one more answer, and nothing of it unless you say so."
)
AGAIN = "This one takes the place of the one before, and is kept to yourself until you say otherwise."
NOTHING_TO_SHOW = (
    "There is nothing in it yet that I could quote at the reveal, so it stays with you. You can answer again."
)
NOT_YET = "Answer first; then you choose what the circle sees."
SHARES = {
    "named": "At {when} the circle sees what landed in it, with your name there: *{me}*, if somebody else shares too. Until then you can change your mind.",
    "unnamed": "At {when} the circle sees what landed in it, without a name, if somebody else shares too. Until then you can change your mind.",
    "kept": "It stays with you.",
}
TAKEN_BACK = "Taken back: the post does not show it any more."
TOO_LATE = (
    "The reveal is over, so nothing is added to it any more. What you shared can be taken back at any time."
)
TAKEN_OUT = "The drill of this day was taken out again."
COUNTED = "Counted as today's: {minutes} minutes."
COUNTED_ALREADY = "It counts already."
REFUSED = {
    Unscorable.COPIED: "That is the task in its own words, so nothing was kept. Say it as you would to an interviewer.",
    Unscorable.STUFFED: "Those are keywords in a row, so nothing was kept. Put them into sentences, as you would say them.",
}
"""Nothing of her own was said."""
NOT_JUDGED = {
    Unscorable.EMPTY: "I find no words in it that I can judge.",
    Unscorable.NO_ANSWER: "Not knowing is a start. At the reveal you see how it could go.",
    Unscorable.FOREIGN: "I can only judge English, so this one I cannot judge.",
    Unscorable.CODE_ONLY: "There is only code, and I judge words, so this one I cannot judge.",
}
USED_UP = (
    "**{name}** has had every drill of its areas that fits one answer, so no drill came today. "
    "`/pacer circle settings` takes more areas; *all* takes every one."
)
MODEL_ANSWER = "**A model answer**"
SHARED = "**What landed**"
SOMEBODY = "Somebody"
TO_ARGUE = "**To argue about:** {question}"

_QUESTIONS: Mapping[Format, tuple[str, ...]] = {
    Format.CARD: (
        "When would you not do it that way?",
        "Which sentence of it would you say first, if you had only one?",
        "What would you ask back, before answering this?",
        "Where have you seen this go wrong?",
    ),
    Format.DRILL: (
        "Which assumption in it would you check first?",
        "What changes if everything is ten times as large?",
        "Which part would you leave out, if you had five minutes?",
        "Where would you and the model answer part ways?",
        "How would you know a month later that it was right?",
    ),
    Format.EXPLAIN: (
        "Who would not understand it yet, and at which word?",
        "What would you leave out for somebody in a hurry?",
        "Which example would you take from your own work?",
        "How does it end, if they interrupt you after two sentences?",
    ),
    Format.REWRITE: (
        "Which word would you still take out?",
        "What does the reader do after reading it?",
        "What would you say instead, if you knew the reader well?",
        "Which version would you answer sooner, and why?",
    ),
}
_TRAP = "A usual trap here: *{trap}*. What would you say to somebody who falls into it?"
LONGEST_QUOTE = 120
"""Characters of one quote in the channel."""


def card(drill: Drill, author: str = "") -> Heading:
    """The drill as it stands in the channel."""
    points = f"judged on {len(drill.rubric)} points"
    about = [AREAS.get(drill.area, drill.area), f"{drill.minutes} minutes", points]
    return Heading(drill.title, " · ".join([*about, *([f"by {author}"] if author else [])]))


def answers(count: int) -> str:
    """How many there are, from the first one on."""
    if not count:
        return ""
    return f"{counted(count).capitalize()} answer{'' if count == 1 else 's'} so far."


def clock(at: datetime, zone: str) -> str:
    """An instant on the circle's clock."""
    local = at.astimezone(held(zone))
    city = zone.rpartition("/")[2].replace("_", " ")
    return f"{local:%H:%M} on {local:%A}, {city} time"


def questions(drill: Drill) -> tuple[str, ...]:
    """What one could argue about after this drill: the one thing that was written for it, else what fits its format."""
    if drill.follow_up:
        return (drill.follow_up,)
    general = _QUESTIONS.get(drill.format, _QUESTIONS[Format.DRILL])
    traps = (_TRAP.format(trap=going_on(flowing(m.text))) for m in drill.mistakes)
    return (*general, *traps)


def landed(drill: Drill, who: str, found: Sequence[Finding], most: int) -> str:
    """What was good in one answer, in its own words."""
    texts = {p.id: p.text for p in drill.rubric}
    shown = [_point(texts[f.point], f) for f in sorted(found, key=lambda f: not f.quote) if f.point in texts]
    return f"{who}: {'; '.join(shown[:most])}." if shown else ""


def _point(text: str, finding: Finding) -> str:
    said, point = quoted(finding.quote), going_on(flowing(text))
    return f'{point} (*"{said}"*)' if said else point


def quoted(words: str) -> str:
    """Somebody's words on one line, without signs that style the rest of a message; nothing if they call people."""
    if ping_in(words):
        return ""
    bare = " ".join("".join(c for c in words if c not in "*_`~|<>[]#").split())
    return cut(bare, LONGEST_QUOTE)


def cut(text: str, most: int) -> str:
    """The text, or its beginning up to a word's end."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def verdict(drill: Drill, findings: Sequence[Finding], why: Unscorable | None) -> str:
    """To her alone: what landed on which of her words, and what is missing."""
    if why is not None:
        return NOT_JUDGED.get(why, "")
    texts = {p.id: p.text for p in drill.rubric}
    named = (("Landed", Verdict.MET), ("Half there", Verdict.PARTLY), ("Missing", Verdict.MISSING))
    groups = []
    for name, kind in (*named, ("Not judged", Verdict.NOT_JUDGED)):
        lines = [_line(texts[f.point], f) for f in findings if f.verdict is kind]
        if lines:
            groups.append(
                f"**{name}:** {lines[0]}."
                if len(lines) == 1
                else "\n".join((f"**{name}:**", *(f"– {line}" for line in lines)))
            )
    return "\n\n".join((f"**{drill.title}**", *groups))


def _line(text: str, finding: Finding) -> str:
    point = going_on(flowing(text))
    if finding.mistake:
        return f'{point}. You said: *"{finding.quote}"* {finding.mistake.rstrip(".")}'
    return f'{point} (*"{finding.quote}"*)' if finding.quote else point
