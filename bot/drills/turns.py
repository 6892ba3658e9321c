"""A drill as a conversation: given, played, hinted, answered, put aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.chat.effects import Effects, say
from bot.chat.form import Unclear
from bot.chat.message import option
from bot.drills import words
from bot.drills.asking import card, drill_of, go_on, moved, open_sitting, set_aside, ways
from bot.drills.closing_turns import finish, minute_of
from bot.drills.model import Chosen, Drill, Sitting, Stage
from bot.drills.play.model import Move
from bot.drills.play.table import play_of
from bot.drills.querying import with_result
from bot.own_bank.model import OWN, TOPIC, is_own
from bot.profile.areas import read_area
from bot.today.look import look_at_today
from bot.today.override import count_override
from bot.today.pick import pick
from bot.today.present import present_today
from bot.turn import Turn

LONGEST_ANSWER = 30_000
"""Characters kept of one sitting's answer."""


async def drill(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer drill`: the next one, one of an area, or one she brought; never refused."""
    area = given.get("area", "").strip()
    if area and area.casefold() != OWN:
        area = read_area(turn.own.track, area)
    return await _begin(turn, area=area.casefold())


async def on_begin(turn: Turn, about: tuple[str, ...]) -> Effects:
    """The button *Start* or *Next*."""
    return await _begin(turn)


async def _begin(turn: Turn, *, area: str = "") -> Effects:
    sitting = await turn.work.practice.current()
    if sitting and sitting.stage in (Stage.OPEN, Stage.JUDGING) and not area:
        return await go_on(turn, sitting)
    if sitting:
        await set_aside(turn, sitting)
    profile = turn.own
    today = await look_at_today(turn, profile)
    chosen = await pick(turn, profile, today, area=area)
    said: Effects = ()
    if not chosen:
        chosen = await pick(turn, profile, today, area=area, anyway=True)
        said = await count_override(turn, today) if chosen and today.left < 10 else ()
    if not chosen:
        return say(words.NONE_OF_YOURS if area == OWN else words.NONE_LEFT)
    return (*said, *await _give(turn, chosen[0]))


async def _give(turn: Turn, chosen: Chosen) -> Effects:
    given = await turn.drill(chosen.drill.id)
    if given is None:
        return say(words.OVER)
    sitting = Sitting(
        id=turn.new_id,
        drill_id=given.id,
        area=given.area,
        topic=TOPIC if is_own(given.id) else given.topic,
        kind=chosen.kind,
        day=turn.today,
        started=turn.now,
    )
    await turn.work.practice.save_sitting(sitting)
    turn.expect("answer", sitting=sitting.id)
    return card(sitting, given)


async def on_later(turn: Turn, about: tuple[str, ...]) -> Effects:
    """The button *Later*."""
    turn.rest()
    return say(words.LATER)


async def on_swap(turn: Turn, about: tuple[str, ...]) -> Effects:
    """*Swap one*: which one, and then today without it."""
    profile = turn.own
    today = await look_at_today(turn, profile)
    if not about:
        chosen = await pick(turn, profile, today)
        return say(words.WHICH, options=tuple(option(c.drill.title, "swap", c.drill.id) for c in chosen))
    entry = replace(today.entry, swapped=(*today.entry.swapped, about[0]))
    await turn.work.diary.save_day(entry)
    return say(*(await present_today(turn, profile, replace(today, entry=entry))).blocks)


async def on_answer(turn: Turn, text: str) -> Effects:
    """A typed piece of the answer; every piece is kept, and the play may have something to say to it."""
    sitting = await turn.work.practice.current()
    given = await drill_of(turn, sitting) if sitting else None
    if sitting is None or given is None or sitting.stage is not Stage.OPEN:
        turn.rest()
        return say(words.OVER)
    if text.strip().casefold() in ("done", "i am done", "finished"):
        return await finish(turn, sitting)
    answer = f"{sitting.answer}\n{text}".strip("\n")
    if len(answer) > LONGEST_ANSWER:
        raise Unclear("That is as much as I can keep of one answer. What is there is kept; say *done*.")
    move = play_of(given).hear(given, sitting.progress, text, minute_of(turn, sitting))
    return await _on(turn, replace(sitting, answer=answer), given, await with_result(turn, given, move))


async def on_play(turn: Turn, about: tuple[str, ...]) -> Effects:
    """One of the play's own buttons."""
    sitting = await open_sitting(turn, about)
    given = await drill_of(turn, sitting) if sitting else None
    if sitting is None or given is None or len(about) < 2:
        return say(words.OVER)
    return await _on(turn, sitting, given, play_of(given).pick(given, sitting.progress, about[1]))


async def _on(turn: Turn, sitting: Sitting, given: Drill, move: Move) -> Effects:
    """Keep a move and say it; a play that is over goes to its review at once."""
    sitting = replace(sitting, progress=move.progress, hints=sitting.hints + move.hints)
    await turn.work.practice.save_sitting(sitting)
    if not move.progress.over:
        return moved(sitting, given, move)
    return (*say(*move.says), *await finish(turn, sitting))


async def on_hint(turn: Turn, about: tuple[str, ...]) -> Effects:
    """The next rung of the ladder."""
    sitting = await open_sitting(turn, about)
    given = await drill_of(turn, sitting) if sitting else None
    if sitting is None or given is None:
        return say(words.OVER)
    if sitting.hints >= len(given.hints):
        return say(words.NO_HINT_LEFT, options=ways(sitting, given))
    await turn.work.practice.save_sitting(replace(sitting, hints=sitting.hints + 1))
    return say(words.hint(sitting.hints + 1, given.hints[sitting.hints]), options=ways(sitting, given))


async def on_finish(turn: Turn, about: tuple[str, ...]) -> Effects:
    """The button *Done*."""
    sitting = await open_sitting(turn, about)
    return await finish(turn, sitting) if sitting else say(words.OVER)


async def skip(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer skip-drill`: put the open one aside."""
    sitting = await turn.work.practice.current()
    if sitting is None or sitting.stage is Stage.EFFORT:
        return say(words.NOTHING_OPEN)
    await turn.work.practice.save_sitting(replace(sitting, stage=Stage.SKIPPED, minutes=None))
    turn.rest()
    return say(words.ASIDE, options=(option("Another one", "begin"), option("Enough", "later")))


async def on_aside(turn: Turn, about: tuple[str, ...]) -> Effects:
    """The button *Put aside*."""
    return await skip(turn, {}) if await open_sitting(turn, about) else say(words.OVER)
