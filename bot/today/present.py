"""Today as one message: the line, the drills, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.message import Message, Option, message, option
from bot.drills.model import Chosen
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
    if not chosen:
        return message(line, words.NOTHING_FITS, options=(option("why", "whynow"),))
    done = f"{today.done} done, {today.left} to go." if today.done else ""
    return message("\n".join([line, *([done] if done else []), *lines(chosen)]), options=_options())


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
