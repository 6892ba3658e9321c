"""Prompts whose time has come. Each asks itself first whether silence would be kinder."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.effects import Effects, Say, say
from bot.delivery import words
from bot.drills.model import Stage
from bot.plan.model import DayLabel
from bot.profile.model import Profile
from bot.today.ask import ask_battery, ask_effort
from bot.today.look import Today, look_at_today
from bot.today.present import present_today
from bot.turn import Turn

SILENT_DAYS = 3
"""Days without a word after which one gentle line is said, and then nothing more."""


async def on_morning(turn: Turn) -> Effects:
    """The one message of the morning, or none."""
    profile = turn.profile
    if profile is None:
        return ()
    today = await look_at_today(turn, profile)
    if today.state.paused or today.plan.label is DayLabel.BREAK or today.entry.checkin is not None:
        return ()
    if booked := [b for b in today.booked if b.day == turn.today]:
        return say(words.CUE_CARD.format(company=booked[0].company))
    if _was_onsite_yesterday(turn, today):
        return ()
    silent = await _silent_days(turn, today)
    if silent >= SILENT_DAYS:
        return say(words.SILENCE) if silent == SILENT_DAYS else ()
    if today.plan.label is DayLabel.REST_DAY:
        return _rest_nudge(turn, profile)
    if ahead := [b for b in today.calendar.breaks if b.first == turn.today + timedelta(days=1)]:
        back = ahead[0].last + timedelta(days=1)
        return say(words.BEFORE_BREAK.format(back=f"{back:%A} {back.day} {back:%B}"))
    if not profile.checkins:
        return (Say(await present_today(turn, profile, today)),)
    return ask_battery(turn, words.MORNING)


def _rest_nudge(turn: Turn, profile: Profile) -> Effects:
    if not profile.rest_nudges:
        return ()
    return say(words.REST_IDEAS[turn.today.toordinal() // 7 % len(words.REST_IDEAS)])


def _was_onsite_yesterday(turn: Turn, today: Today) -> bool:
    yesterday = turn.today - timedelta(days=1)
    return any(i.day == yesterday and i.kind == "onsite" for i in today.calendar.interviews)


async def _silent_days(turn: Turn, today: Today) -> int:
    """Whole days before today on which she said nothing, at most ten; planned breaks do not count."""
    earliest = turn.today - timedelta(days=10)
    entries = await turn.work.diary.days(earliest, turn.today)
    spoken = {day for day, entry in entries.items() if entry.contact}
    if turn.today in spoken:
        return 0
    silent = 0
    day = turn.today - timedelta(days=1)
    while day >= earliest and day not in spoken:
        silent += not any(b.first <= day <= b.last for b in today.calendar.breaks)
        day -= timedelta(days=1)
    return silent


async def on_evening(turn: Turn) -> Effects:
    """How hard it was, only if something was started today and its effort is not known."""
    if turn.profile is None:
        return ()
    today = await look_at_today(turn, turn.profile)
    open_ended = [s for s in today.sittings if s.effort is None and s.stage is not Stage.SKIPPED]
    if not open_ended or today.state.paused:
        return ()
    return ask_effort(turn, open_ended[-1])
