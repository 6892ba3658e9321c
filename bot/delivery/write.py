"""Writing a letter: her day is looked at, the slot's handler says what fits, the gate has the last word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.chat.message import Message
from bot.delivery.gate import Silence, Speak, Standing, Wait, judge
from bot.delivery.kinds import Day, expiry, rule_of
from bot.delivery.model import Letter, Occurrence
from bot.delivery.recurrence import quiet_until
from bot.pace.ports import DayEntry, Switch
from bot.plan.model import DayLabel
from bot.profile.model import Profile
from bot.today.look import Today, look_at_today
from bot.turn import TimeHandler, Turn

LOOK_BACK = timedelta(days=14)
"""How far silence is looked for."""


async def write(turn: Turn, letter: Letter, handlers: Mapping[str, TimeHandler]) -> Message | Wait | Silence:
    """What the letter says, kept with it; or the gate's verdict against it. Raises LostLease."""
    if letter.circle and await turn.work.circles.member(letter.circle, turn.work.circles.me) is None:
        return Silence("left")
    profile = turn.profile
    if profile is None:
        return await _without_plan(turn, letter)
    today = await look_at_today(turn, profile)
    standing = await standing_of(turn, profile, today)
    if letter.message is not None:
        verdict = judge(letter.said, standing, letter.expires, again=True)
        return letter.message if isinstance(verdict, Speak) else verdict
    if standing.away:
        return Silence("away")
    handler = handlers.get(letter.kind)  # a notice has none: its words were lost with a key
    prompt = await handler(turn, profile, today) if handler else None
    if prompt is None:
        return Silence("nothing to say")
    rule = rule_of(prompt.kind)
    if rule is None:
        raise AssertionError(f"{prompt.kind} has no rule")
    expires = expiry(rule, Occurrence(letter.due, letter.day), profile.zone)
    verdict = judge(prompt.kind, standing, expires)
    if not isinstance(verdict, Speak):
        return verdict
    await turn.work.timetable.compose(
        letter, prompt.message, said=prompt.kind, name=prompt.name, expires=expires
    )
    if not (rule.asked_for or rule.appointed):
        entry = await turn.work.diary.day(turn.today)
        await turn.work.diary.save_day(replace(entry, said=(*entry.said, prompt.kind)))
    return prompt.message


async def _without_plan(turn: Turn, letter: Letter) -> Message | Silence:
    """A circle tells its news also to a member who has no plan, and so no quiet hours; not while she is away."""
    if not letter.circle or letter.message is None:
        return Silence("no profile")
    days = await turn.work.diary.days(date.min, turn.today)
    switched = [days[day].switch for day in sorted(days) if days[day].switch is not Switch.NONE]
    away = bool(switched) and switched[-1] is not Switch.RESUMED
    return Silence("away") if away else letter.message


async def standing_of(turn: Turn, profile: Profile, today: Today) -> Standing:
    """Everything that speaks for silence, as of now."""
    return Standing(
        away=today.state.paused,
        day=day_of(turn, today),
        silent_days=silent_days(turn.today, today, await lately(turn)),
        said=today.entry.said,
        quiet_until=quiet_until(profile, turn.now),
    )


def day_of(turn: Turn, today: Today) -> Day:
    """What today is to her."""
    if _in_break(turn.today, today):
        return Day.BREAK
    if any(b.day == turn.today for b in today.booked):
        return Day.INTERVIEW
    yesterday = turn.today - timedelta(days=1)
    onsite = any(i.day == yesterday and i.kind == "onsite" for i in today.calendar.interviews)
    if onsite or today.entry.rested:
        return Day.QUIET
    return Day.REST if today.plan.label is DayLabel.REST_DAY else Day.ORDINARY


async def lately(turn: Turn) -> Mapping[date, DayEntry]:
    """What is known of the two weeks before today."""
    return await turn.work.diary.days(turn.today - LOOK_BACK, turn.today - timedelta(days=1))


def silent_days(now: date, today: Today, before: Mapping[date, DayEntry]) -> int:
    """Whole days before today on which she said nothing, two weeks at most; a planned break begins them anew."""
    if today.entry.contact:
        return 0
    spoken = {day for day, entry in before.items() if entry.contact}
    day = now - timedelta(days=1)
    while day >= now - LOOK_BACK and day not in spoken and not _in_break(day, today):
        day -= timedelta(days=1)
    return (now - day).days - 1


def _in_break(day: date, today: Today) -> bool:
    return any(b.first <= day <= b.last for b in today.calendar.breaks)
