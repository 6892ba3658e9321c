"""Today as one message: the line, the drills, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.message import Choices, Message, Option, message, option
from bot.drills.model import Chosen
from bot.glossary.deck import todays
from bot.profile.model import Profile
from bot.profile.tracks import AREAS
from bot.today import words
from bot.today.look import Today
from bot.today.pick import pick
from bot.turn import Turn

_KINDS = {
    "review": "again",
    "new_topic": "new",
    "short_mock": "short mock",
    "full_mock": "full mock",
    "story_polish": "story",
    "read": "reading",
}


async def present_today(turn: Turn, profile: Profile, today: Today) -> Message:
    """The day's message after a check-in, or whenever she asks."""
    checkin = today.entry.checkin
    battery = checkin.battery if checkin else None
    line = words.headline(today.decision.level, today.asked, battery)
    if today.asked == 0:
        return message(line, options=(option("why", "whynow"),))
    if today.left < min(10, today.asked):
        return message(line, words.DONE_FOR_TODAY)
    chosen = await pick(turn, profile, today)
    cards = len(todays(await turn.work.glossary.held(), turn.today))
    beside = Choices((option("Cards", "do", "glossary cards"),)) if cards else None
    if not chosen:
        nothing = (line, words.NOTHING_FITS, words.cards(cards), beside)
        return message(*nothing, options=(option("why", "whynow"),))
    done = f"{today.done} done, {today.left} to go." if today.done else ""
    asked = [line, done, *lines(chosen), words.cards(cards)]
    return message("\n".join(part for part in asked if part), Choices(_options()), beside)


def lines(chosen: Sequence[Chosen]) -> list[str]:
    """One line a drill."""
    found = []
    for c in chosen:
        kind = _KINDS.get(c.kind.value, "")
        parts = [
            c.drill.title,
            AREAS[c.drill.area].lower(),
            *([kind] if kind else []),
            f"{c.drill.minutes} min",
        ]
        found.append("– " + " · ".join(parts))
    return found


def _options() -> tuple[Option, ...]:
    return (
        option("Start", "begin"),
        option("Swap one", "swap"),
        option("Later", "later"),
        option("Rest instead", "restnow"),
        option("why", "whynow"),
    )
