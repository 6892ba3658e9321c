"""Check-in, why, rest, override, pause, and what happens outside practice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.chat.effects import Edit, Effects, say
from bot.chat.form import Unclear
from bot.chat.message import Message, Option, message, option
from bot.chat.reading import number
from bot.pace import words
from bot.pace.load import EVENT_LOAD
from bot.pace.model import Checkin, Event, Reason
from bot.pace.policy import shown
from bot.pace.ports import Switch
from bot.today.ask import BATTERY_WORDS, ask_battery, message_name
from bot.today.look import Today, look_at_today
from bot.today.override import MOST_LENIENT
from bot.today.present import present_today
from bot.turn import Turn

LENIENCY_STEP = 5
_SIZES = {"S": 150.0, "M": 450.0, "L": 1200.0}
_ITEMS = ("mood", "stress", "sleep")
_HURTS = frozenset({Event.REJECT_SCREEN, Event.REJECT_ONSITE, Event.OFFER_LOST})


async def checkin(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer checkin`: the question, or its answer at once."""
    if words_given := given.get("battery"):
        return await _take_battery(turn, words_given)
    return ask_battery(turn)


async def on_battery(turn: Turn, about: tuple[str, ...]) -> Effects:
    """One tap for the battery; the same message becomes today's plan."""
    return await _take_battery(turn, about[0])


async def on_checkin_text(turn: Turn, text: str) -> Effects:
    """A typed answer to the check-in."""
    return await _take_battery(turn, text)


def read_battery(typed: str) -> float:
    """0-100 from a number or one of the five words. Raises Unclear."""
    words_typed = typed.strip().casefold().rstrip("%").strip()
    if words_typed in BATTERY_WORDS:
        return BATTERY_WORDS[words_typed]
    try:
        return number(words_typed, 0, 100, "The battery")
    except Unclear as problem:
        raise Unclear(words.NOT_A_BATTERY) from problem


async def _take_battery(turn: Turn, typed: str) -> Effects:
    try:
        battery = read_battery(typed)
    except Unclear as problem:
        return (*say(str(problem)), *ask_battery(turn))
    await _note(turn, battery=battery)
    turn.rest()
    return await _todays_plan(turn)


async def _todays_plan(turn: Turn) -> Effects:
    profile = turn.own
    today = await look_at_today(turn, profile)
    return (Edit(message_name(turn), await present_today(turn, profile, today)),)


async def _note(turn: Turn, **answers: float | int | None) -> None:
    entry = await turn.work.diary.day(turn.today)
    before = entry.checkin or Checkin()
    await turn.work.diary.save_day(replace(entry, contact=True, checkin=replace(before, **answers)))  # type: ignore[arg-type]


async def on_more(turn: Turn, about: tuple[str, ...]) -> Effects:
    """Mood, stress and sleep, one tap each, every one of them skippable."""
    if len(about) == 2 and about[1] != "skip":
        await _take_item(turn, about[0], about[1])
    following = _ITEMS[_ITEMS.index(about[0]) + 1 :] if about and about[0] in _ITEMS else _ITEMS
    if following:
        return (Edit(message_name(turn), _item_question(following[0])),)
    entry = await turn.work.diary.day(turn.today)
    if entry.checkin is None or entry.checkin.battery is None:
        return ask_battery(turn)
    turn.rest()
    return await _todays_plan(turn)


async def _take_item(turn: Turn, item: str, value: str) -> None:
    match item:
        case "mood":
            await _note(turn, mood=int(number(value, -2, 2, "Mood")))
        case "stress":
            await _note(turn, stress=int(number(value, 0, 4, "Stress")))
        case "sleep":
            await _note(turn, sleep_hours=number(value, 0, 24, "Sleep, in hours,"))


def _item_question(item: str) -> Message:
    labels = {
        "mood": (words.MOOD, (("low", "-2"), ("so-so", "-1"), ("even", "0"), ("good", "1"), ("bright", "2"))),
        "stress": (
            words.STRESS,
            (("none", "0"), ("little", "1"), ("some", "2"), ("much", "3"), ("very much", "4")),
        ),
        "sleep": (
            words.SLEEP,
            (("under 5 h", "4.5"), ("5 h", "5"), ("6 h", "6"), ("7 h", "7"), ("8 h or more", "8")),
        ),
    }
    asked, picks = labels[item]
    answers = tuple(option(label, "more", item, value) for label, value in picks)
    return message(asked, options=(*answers, option("rather not say", "more", item, "skip")))


async def why(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer why`: at most three reasons with her own numbers."""
    today = await look_at_today(turn, turn.own)
    if today.entry.rested:
        return say("You chose to rest today. That is reason enough.")
    moved = today.plan.moved
    extra = f"{moved} minutes of today come from earlier this week." if moved else ""
    return say("\n".join(line for line in (words.because(_told(today)), extra) if line))


def _told(today: Today) -> tuple[Reason, ...]:
    """At most three reasons; a readiness that is nothing but the battery is not said twice."""
    checkin = today.entry.checkin
    only_battery = checkin is not None and checkin == Checkin(battery=checkin.battery)
    reasons = today.decision.reasons
    named = {r.id for r in reasons}
    if only_battery and "energy" in named:
        reasons = tuple(r for r in reasons if r.id != "readiness")
    return shown(replace(today.decision, reasons=reasons))


async def on_why(turn: Turn, about: tuple[str, ...]) -> Effects:
    """The button *why*."""
    return await why(turn, {})


async def rest(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer rest`: today asks nothing any more."""
    entry = await turn.work.diary.day(turn.today)
    await turn.work.diary.save_day(replace(entry, contact=True, rested=True))
    turn.rest()
    return say(words.RESTING)


async def on_rest(turn: Turn, about: tuple[str, ...]) -> Effects:
    """The button *Rest instead*."""
    return await rest(turn, {})


async def pause(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer pause`: quiet until she is back."""
    entry = await turn.work.diary.day(turn.today)
    await turn.work.diary.save_day(replace(entry, contact=True, switch=Switch.PAUSED))
    turn.rescheduled = True
    turn.rest()
    return say(words.PAUSED)


async def event(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer event`: what happened, from a list or by name."""
    what = given.get("what", "").strip().casefold().replace(" ", "_")
    if what in {e.value for e in Event}:
        return await on_happened(turn, (what,))
    told = tuple(option(label, "happened", e.value) for e, (label, _) in words.EVENTS.items())
    if what:
        names = ", ".join(f"`{e.value}`" for e in Event)
        raise Unclear(
            f"I did not get that. It can be one of {names}; `/pacer event` alone shows them as a list."
        )
    return say(words.WHAT_HAPPENED, options=told)


async def on_happened(turn: Turn, about: tuple[str, ...]) -> Effects:
    """Note the event; the load of the next days follows, and her word on its weight goes first."""
    happened = Event(about[0])
    entry = await turn.work.diary.day(turn.today)
    await turn.work.diary.save_day(replace(entry, contact=True, events=(*entry.events, happened)))
    _, answer = words.EVENTS[happened]
    if happened in (Event.LIFE_S, Event.LIFE_M, Event.LIFE_L):
        return say(answer)
    sizes = tuple(option(label, "heavy", happened.value, size) for label, size in _weights())
    rest = option("Rest today", "restnow")
    return say(answer, words.HOW_HEAVY, options=(*sizes, rest, *await _company(turn, happened)))


async def _company(turn: Turn, happened: Event) -> tuple[Option, ...]:
    """After a no that hurts: her circle, if she is in one. It hears nothing of this before she asks it herself."""
    if happened not in _HURTS or not await turn.work.circles.mine():
        return ()
    return (option("Ask the circle for company", "do", "circle company"),)


def _weights() -> tuple[tuple[str, str], ...]:
    return (("light", "S"), ("middling", "M"), ("heavy", "L"))


async def on_heavy(turn: Turn, about: tuple[str, ...]) -> Effects:
    """Her own weight takes the place of the usual one."""
    happened, size = Event(about[0]), about[1]
    entry = await turn.work.diary.day(turn.today)
    if happened not in entry.events:
        return say("That was another day; it is counted as it was.")
    difference = _SIZES[size] - EVENT_LOAD[happened]
    others = entry.event_loads[: len(entry.events) - 1]
    await turn.work.diary.save_day(replace(entry, event_loads=(*others, difference)))
    return say(words.WEIGHED)


async def on_leniency(turn: Turn, about: tuple[str, ...]) -> Effects:
    """Her answer to shifted thresholds."""
    profile = turn.own
    if about[0] != "yes":
        return say("They stay as they are.")
    leniency = min(MOST_LENIENT, profile.leniency + LENIENCY_STEP)
    await turn.work.people.save_profile(replace(profile, leniency=leniency))
    return say(f"Shifted: my thresholds are {leniency} points lower for you now.")
