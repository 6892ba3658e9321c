"""What each slot becomes when its time has come. The gate judges afterwards; here the fitting words are found."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.effects import Effects, Say, say
from bot.chat.message import Message, Text, message, option
from bot.delivery import words
from bot.delivery.model import Prompt
from bot.delivery.morning import Facts, pick
from bot.delivery.review import weekly_review
from bot.delivery.write import day_of, lately, silent_days
from bot.drills.model import Stage
from bot.profile.model import Profile
from bot.speaking.measure import LOOKED_AT, hurry
from bot.today.ask import BATTERY, ask_battery, ask_effort, message_name
from bot.today.company import had_company
from bot.today.look import Today
from bot.today.present import present_today
from bot.turn import Turn

ASK_CIRCLE = "circle company"
"""The command that asks the people of a circle, in her name."""


async def on_morning(turn: Turn, profile: Profile, today: Today) -> Prompt | None:
    """The one message of the morning, or none."""
    for kind in pick(await _facts(turn, profile, today)):
        if prompt := await _MORNINGS[kind](turn, profile, today):
            return prompt
    return None


async def _facts(turn: Turn, profile: Profile, today: Today) -> Facts:
    tomorrow = turn.today + timedelta(days=1)
    before = await lately(turn)
    return Facts(
        day=turn.today,
        standing=day_of(turn, today),
        profile=profile,
        entry=today.entry,
        state=today.state,
        lately=tuple(before.values()),
        silent_days=silent_days(turn.today, today, before),
        break_tomorrow=any(b.first == tomorrow for b in today.calendar.breaks),
        interviews=tuple(b.day for b in today.booked),
    )


async def _cue_card(turn: Turn, profile: Profile, today: Today) -> Prompt:
    booked = next(b for b in today.booked if b.day == turn.today)
    return Prompt(
        "cue card", message(words.CUE_CARD.format(company=booked.company), await _hurry(turn, profile))
    )


async def _hurry(turn: Turn, profile: Profile) -> str:
    """How much faster she spoke lately when it counted, with the numbers; empty if she did not, or wants no measuring."""
    if not profile.measures_speech:
        return ""
    found = hurry(await turn.work.speaking.since(turn.today - LOOKED_AT))
    if found is None:
        return ""
    what = "mock or interview" if found.times == 1 else f"{found.times} mocks and interviews"
    return words.HURRY.format(what=what, real=found.real, calm=found.calm)


async def _rest(turn: Turn, profile: Profile, today: Today) -> Prompt:
    ideas = words.REST_IDEAS
    return Prompt("rest", message(ideas[turn.today.toordinal() // 7 % len(ideas)]))


async def _silence(turn: Turn, profile: Profile, today: Today) -> Prompt:
    return Prompt("silence", message(words.SILENCE))


async def _before_break(turn: Turn, profile: Profile, today: Today) -> Prompt:
    ahead = next(b for b in today.calendar.breaks if b.first == turn.today + timedelta(days=1))
    back = ahead.last + timedelta(days=1)
    return Prompt("before break", message(words.BEFORE_BREAK.format(back=f"{back:%A} {back.day} {back:%B}")))


async def _review(turn: Turn, profile: Profile, today: Today) -> Prompt | None:
    """The week that was, and the morning's question under it."""
    told = await weekly_review(turn, profile, today)
    if told is None:
        return None
    if not profile.checkins or today.entry.checkin is not None:
        return Prompt("review", told)
    question = _only(ask_battery(turn))
    asked = [Text(BATTERY) if isinstance(b, Text) else b for b in question.message.blocks]
    return Prompt("review", Message((*told.blocks, *asked)))


async def _inventory(turn: Turn, profile: Profile, today: Today) -> Prompt:
    asks = profile.checkins and today.entry.checkin is None
    battery = (option("Just the battery", "do", "checkin"),) if asks else ()
    picks = (option("Yes", "do", "inventory"), *battery, option("Not this month", "company", "no"))
    return Prompt("inventory", message(words.INVENTORY, options=picks))


async def _company(turn: Turn, profile: Profile, today: Today) -> Prompt:
    """A word about company; her circle is one way to it, if she is in one."""
    in_one = await turn.work.circles.mine()
    circle = (option("Ask the circle for company", "do", ASK_CIRCLE),) if in_one else ()
    picks = (
        option("I will", "company", "will"),
        *circle,
        option("I have had company", "company", "had"),
        option("Not now", "company", "no"),
    )
    return Prompt("company", message(words.COMPANY, options=picks))


async def _check_in(turn: Turn, profile: Profile, today: Today) -> Prompt:
    yesterday = turn.today - timedelta(days=1)
    back = any(b.last == yesterday for b in today.calendar.breaks)
    asked = _only(ask_battery(turn, words.BACK if back else words.MORNING))
    return Prompt("check-in", asked.message, asked.name)


async def _day(turn: Turn, profile: Profile, today: Today) -> Prompt:
    return Prompt("day", await present_today(turn, profile, today), message_name(turn))


_MORNINGS = {
    "cue card": _cue_card,
    "rest": _rest,
    "silence": _silence,
    "before break": _before_break,
    "review": _review,
    "inventory": _inventory,
    "company": _company,
    "check-in": _check_in,
    "day": _day,
}


async def on_drill(turn: Turn, profile: Profile, today: Today) -> Prompt | None:
    """The day's drill at her own hour, if the day still asks for something."""
    if today.left < min(10, today.asked) or not today.asked or await turn.work.practice.current():
        return None
    return Prompt("drill", await present_today(turn, profile, today))


async def on_evening(turn: Turn, profile: Profile, today: Today) -> Prompt | None:
    """How hard it was, only if something was started today and its effort is not known."""
    open_ended = [s for s in today.sittings if s.effort is None and s.stage is not Stage.SKIPPED]
    if not open_ended:
        return None
    return Prompt("effort", _only(ask_effort(turn, open_ended[-1])).message)


async def on_review(turn: Turn, profile: Profile, today: Today) -> Prompt | None:
    """The weekly review at an hour of her own."""
    told = await weekly_review(turn, profile, today)
    return Prompt("own review", told) if told else None


def _only(effects: Effects) -> Say:
    """The one message of a question."""
    (asked,) = effects
    if not isinstance(asked, Say):
        raise AssertionError("a question is said")
    return asked


async def on_company(turn: Turn, about: tuple[str, ...]) -> Effects:
    """Her answer to the word about company; then the morning's question, if it was not asked yet."""
    profile, answer = turn.own, about[0] if about else "no"
    if answer == "had":
        await had_company(turn)
    entry = await turn.work.diary.day(turn.today)
    said = words.COMPANY_ANSWERS.get(answer, words.COMPANY_ANSWERS["no"])
    if not profile.checkins or entry.checkin is not None:
        return say(said)
    return ask_battery(turn, said)
