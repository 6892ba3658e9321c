"""The dashboard: how she stands today, on one page that is drawn anew after each of her turns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.effects import OpenForm
from bot.chat.message import Fields, Message, Option, Text, message, option
from bot.delivery.review_days import Lived, lived, minutes_done
from bot.drills.model import Sitting
from bot.pace.turns import why
from bot.plan.interviews import KINDS, coming
from bot.plan.words import day_name
from bot.profile.model import Profile
from bot.safety.turns import is_quiet, stay_quiet
from bot.today.look import Today, look_at_today
from bot.today.pick import pick
from bot.today.present import lines
from bot.today.words import headline
from bot.turn import Turn

STRANGER = message(
    "**Pacer**\nI hold your interview prep: a plan, one small step a day, and rest that counts.",
    options=(option("Set me up", "do", "start"), option("What can I say?", "do", "help")),
)
AWAY = message("**You are taking a break from me.** Nothing comes until you say `/pacer back`.")
RHYTHM_DAYS = 14
"""Days looked back on for the rhythm; with fewer than three that count, none is shown."""
LEAST = 3


async def dashboard(turn: Turn) -> Message:
    """Today, the level and why, the week, days in rhythm, the next interview, and what can be done now."""
    if await is_quiet(turn):
        return next(e.message for e in await stay_quiet(turn) if not isinstance(e, OpenForm))
    profile = turn.profile
    if profile is None:
        return STRANGER
    today = await look_at_today(turn, profile)
    if today.state.paused:
        return AWAY
    sittings = await turn.work.practice.sittings(turn.today - timedelta(days=RHYTHM_DAYS))
    rows = [_week(today, sittings, turn)]
    rows += [row for row in (await _rhythm(turn, profile, today, sittings), _interview(today, turn)) if row]
    return message(
        await _today(turn, profile, today), await _why(turn), Fields(tuple(rows)), options=_options(today)
    )


async def _today(turn: Turn, profile: Profile, today: Today) -> str:
    checkin = today.entry.checkin
    line = headline(today.decision.level, today.asked, checkin.battery if checkin else None)
    if not today.left:
        return line
    done = f"{today.done} done, {today.left} to go." if today.done else ""
    drills = lines(await pick(turn, profile, today))
    return "\n".join([line, *([done] if done else []), *drills])


async def _why(turn: Turn) -> str:
    said = [e.message for e in await why(turn, {}) if not isinstance(e, OpenForm)]
    return "\n".join(b.text for m in said for b in m.blocks if isinstance(b, Text))


def _week(today: Today, sittings: Sequence[Sitting], turn: Turn) -> tuple[str, str]:
    done = sum(minutes_done(sittings, day.day) for day in today.week if day.day <= turn.today)
    ahead = sum(day.minutes for day in today.week if day.day > turn.today)
    return "This week", f"{done} min done, {today.left + ahead} to go"


async def _rhythm(
    turn: Turn, profile: Profile, today: Today, sittings: Sequence[Sitting]
) -> tuple[str, str] | None:
    first = turn.today - timedelta(days=RHYTHM_DAYS - 1)
    entries = await turn.work.diary.days(first, turn.today)
    days: tuple[Lived, ...] = lived(profile, today, entries, sittings, first, turn.today)
    counted = [d for d in days if d.in_rhythm is not None]
    if len(counted) < LEAST:
        return None
    kept = sum(bool(d.in_rhythm) for d in counted)
    return "Days in rhythm", f"{kept} of the last {len(counted)}; rest counts"


def _interview(today: Today, turn: Turn) -> tuple[str, str] | None:
    ahead = coming(today.booked, turn.today)
    if not ahead:
        return None
    days = (ahead[0].day - turn.today).days
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days, {day_name(ahead[0].day)}")
    return "Next interview", f"{ahead[0].company}, {KINDS[ahead[0].kind].name}, {when}"


def _options(today: Today) -> tuple[Option, ...]:
    checkin = () if today.entry.checkin else (option("Check in", "do", "checkin"),)
    begin = (option("Start", "begin"),) if today.left else ()
    rest = (option("Rest instead", "restnow"),) if today.left else ()
    return (*begin, *checkin, option("This week", "show", "week"), *rest)
