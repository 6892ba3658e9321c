"""Nine habits, three at most at a time: today is one tap, the week is shown in rhythm."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from bot.chat.effects import Edit, Effects, Say, say
from bot.chat.message import Fields, Heading, Message, message, option
from bot.delivery.review_days import Sort, lived
from bot.habits import words
from bot.habits.model import HABITS, MOST, Habit, Kept
from bot.habits.noticing import noticed
from bot.habits.rhythm import read, rows
from bot.today.known import known_drills
from bot.today.look import look_at_today
from bot.turn import Turn

FREE = (Sort.BREAK, Sort.INTERVIEW, Sort.PAUSED, Sort.BEFORE)


async def habit(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer habit [what]`: this week's rows; with a habit's name and a note, today's."""
    typed = given.get("what", "").strip()
    if typed.casefold() in ("change", "all", "list"):
        return (Say(await _choice(turn), _name(turn)),)
    if not typed:
        return (Say(await _week(turn), _name(turn)),)
    meant, note = read(typed)
    if meant.id not in await turn.work.habits.chosen():
        return say(words.not_hers(meant), options=(option("Take it up", "habit", "take", meant.id),))
    await _keep(turn, meant, note)
    return (Say(await _week(turn), _name(turn)),)


async def on_habit(turn: Turn, about: tuple[str, ...]) -> Effects:
    """A tap: done, undone, taken up, let go, or the list to choose from. The message itself changes."""
    verb, meant = about[0], HABITS.get(about[1]) if len(about) > 1 else None
    if verb == "change" or meant is None:
        return (Edit(_name(turn), await _choice(turn)),)
    chosen = await turn.work.habits.chosen()
    if verb in ("take", "drop"):
        return (Edit(_name(turn), await _taken(turn, verb, meant, chosen)),)
    if meant.id not in chosen:
        return say(words.not_hers(meant), options=(option("Take it up", "habit", "take", meant.id),))
    if verb == "undo":
        await turn.work.habits.take_back(meant.id, turn.today)
    else:
        await _keep(turn, meant, "")
    return (Edit(_name(turn), await _week(turn)),)


async def _taken(turn: Turn, verb: str, meant: Habit, chosen: Collection[str]) -> Message:
    if verb == "drop":
        await turn.work.habits.let_go(meant.id)
    elif meant.id not in chosen and len(chosen) >= MOST:
        return await _choice(turn, words.FULL)
    else:
        await turn.work.habits.take_up(meant.id, turn.today)
    return await _choice(turn)


async def _keep(turn: Turn, meant: Habit, note: str) -> None:
    """Today counts; a note said earlier today stays unless there is a new one."""
    before = await turn.work.habits.kept(turn.today, turn.today)
    kept = next((k.note for k in before if k.habit == meant.id), "")
    await turn.work.habits.keep(Kept(meant.id, turn.today, note or kept))


async def _choice(turn: Turn, first: str = "") -> Message:
    """All nine; those she works on are let go with a tap, others taken up."""
    chosen = await turn.work.habits.chosen()
    picks = [
        option(f"✓ {h.name}", "habit", "drop", h.id)
        if h.id in chosen
        else option(h.name, "habit", "take", h.id)
        for h in HABITS.values()
    ]
    if chosen:
        picks.append(option("This week", "habits"))
    return message(first or None, Heading("Habits"), words.listed(chosen), words.CHOOSE, options=tuple(picks))


async def on_habits(turn: Turn, about: tuple[str, ...]) -> Effects:
    """From the list back to the week."""
    return (Edit(_name(turn), await _week(turn)),)


async def _week(turn: Turn) -> Message:
    chosen = await turn.work.habits.chosen()
    if not chosen:
        return await _choice(turn, words.NONE)
    days = [turn.today - timedelta(days=n) for n in range(turn.today.weekday(), -1, -1)]
    kept = await turn.work.habits.kept(days[0], days[-1])
    shown = rows(chosen, kept, days, await _free(turn, days))
    today = await look_at_today(turn, turn.own)
    seen = noticed(today.sittings, await known_drills(turn))
    left = {r.habit.id for r in shown if not r.today}
    taps = tuple(option(words.tap(r), "habit", "undo" if r.today else "done", r.habit.id) for r in shown)
    return message(
        Heading("Habits", "this week, Monday to today"),
        Fields(tuple(words.week(r) for r in shown)),
        words.LEGEND,
        words.newest_note(kept) or None,
        words.noticed({h: said for h, said in seen.items() if h in left}) or None,
        options=(*taps, option("Change", "habit", "change")),
    )


async def _free(turn: Turn, days: Sequence[date]) -> frozenset[date]:
    """Days that asked for nothing."""
    profile = turn.own
    today = await look_at_today(turn, profile)
    entries = await turn.work.diary.days(days[0], days[-1])
    found = lived(profile, today, entries, (), days[0], days[-1])
    return frozenset(d.day for d in found if d.asked == 0 or d.sort in FREE)


def _name(turn: Turn) -> str:
    """The name under which today's message about habits is edited."""
    return f"habits-{turn.today}"
