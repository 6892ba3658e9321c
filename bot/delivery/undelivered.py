"""What no letter could bring because the way to her was closed: shown when she gives her next command, once."""

from __future__ import annotations

from bot.chat.effects import Effects, OpenForm, Say
from bot.chat.message import Audience, Message
from bot.delivery.kinds import is_of_use
from bot.delivery.model import Undelivered
from bot.drills.model import Stage
from bot.today.look import Today, look_at_today
from bot.turn import Turn


async def show_undelivered(turn: Turn, answer: Effects) -> tuple[Say, ...]:
    """The words that are still of use beside this answer, for her eyes only; they are in no other answer.

    An answer that opens a form leaves them for the next one: a form lets nothing be said before it.
    """
    profile = turn.profile
    if profile is None or not turn.work.timetable.missed or any(isinstance(e, OpenForm) for e in answer):
        return ()
    kept = await turn.work.timetable.undelivered()
    today = await look_at_today(turn, profile)
    said = {e.message.blocks for e in answer if not isinstance(e, OpenForm)}
    wanted = [
        one
        for one in kept
        if not today.state.paused
        and is_of_use(one.said, one.day, one.expires, today=turn.today, now=turn.now)
        and one.message.blocks not in said
        and not await _is_moot(turn, one, today)
    ]
    await turn.work.timetable.show_undelivered([one.said for one in wanted], event_id=turn.event_id)
    return tuple(Say(Message(one.message.blocks, Audience.ONLY_YOU), one.name) for one in wanted)


async def _is_moot(turn: Turn, one: Undelivered, today: Today) -> bool:
    """Whether she has done meanwhile what it asks for."""
    match one.said:
        case "check-in":
            return today.entry.checkin is not None
        case "drill":
            return today.left < min(10, today.asked) or await turn.work.practice.current() is not None
        case "effort":
            return all(s.effort is not None or s.stage is Stage.SKIPPED for s in today.sittings)
        case _:
            return False
