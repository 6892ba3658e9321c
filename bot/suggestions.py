"""A few first words to suggest: what is sensible now, each of which does as a typed line what its title says."""

from __future__ import annotations

from dataclasses import dataclass

from bot.drills.model import Stage
from bot.safety.turns import is_quiet
from bot.today.look import Today, look_at_today
from bot.turn import Turn

MOST = 4
"""More than these nobody reads, and Slack shows no more."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one reads, and the line that it says for her."""

    title: str
    line: str


TODAY = Suggestion("What does today ask?", "today")
DRILL = Suggestion("Today's drill", "drill")
BATTERY = Suggestion("How is the battery?", "checkin")
PLAN = Suggestion("This week's plan", "plan")
WHY = Suggestion("Why is today like this?", "why")
HELP = Suggestion("What can I say?", "help")
BACK = Suggestion("I am back", "back")
USUAL = (DRILL, BATTERY, PLAN, WHY)
"""Where nothing is known of her."""
STRANGERS = (Suggestion("Set me up", "start"), HELP)
ANSWERING = (
    Suggestion("A hint, please", "Hint"),
    Suggestion("My answer stands", "Done"),
    Suggestion("Put this one aside", "Put aside"),
)
"""While her words are taken as the answer to a drill, only these are no part of it."""
CHECKING = (
    Suggestion("The battery is good", "good"),
    Suggestion("The battery is half full", "half"),
    Suggestion("The battery is low", "low"),
)
FORM = (Suggestion("Leave these questions", "cancel"),)
EFFORT = (
    Suggestion("That was easy", "2"),
    Suggestion("That was hard", "5"),
    Suggestion("That was very hard", "7"),
)
"""CR-10: 2 is easy, 5 hard, 7 very hard."""


async def suggestions(turn: Turn) -> tuple[Suggestion, ...]:
    """Three or four of them; fewer where less is sensible, and none of practice after words of danger."""
    if await is_quiet(turn):
        return (Suggestion("Who can I talk to?", "help"),)
    profile = turn.profile
    if turn.talk.step == "form":
        return FORM
    if profile is None:
        return STRANGERS
    if asked := _asked(turn):
        return asked
    today = await look_at_today(turn, profile)
    if today.state.paused:
        return (BACK, HELP)
    return await _of_the_day(turn, today)


def _asked(turn: Turn) -> tuple[Suggestion, ...]:
    """Answers to the question that the conversation stands at, because any other line would be read as one."""
    match turn.talk.step:
        case "answer":
            offered = {option.label for option in turn.talk.offered}
            return tuple(s for s in ANSWERING if s.line in offered) or ANSWERING[1:2]
        case "checkin":
            return CHECKING
        case "effort":
            return EFFORT
        case _:
            return ()


async def _of_the_day(turn: Turn, today: Today) -> tuple[Suggestion, ...]:
    sitting = await turn.work.practice.current()
    under_way = sitting is not None and sitting.stage in (Stage.OPEN, Stage.JUDGING)
    begin = Suggestion("On with the open drill", "drill") if under_way else DRILL if today.left else None
    battery = None if today.entry.checkin else BATTERY
    told = (begin or TODAY, battery, PLAN, WHY)
    return tuple(s for s in told if s is not None)[:MOST]
