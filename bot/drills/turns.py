"""A drill as a conversation: given, hinted, answered, judged point by point, logged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.chat.effects import Effects, say
from bot.chat.form import Unclear
from bot.chat.markup import flowing
from bot.chat.message import Option, option
from bot.chat.reading import number
from bot.drills import words
from bot.drills.judging import ask_point, close_judging, with_judgement
from bot.drills.model import Chosen, Drill, Sitting, Stage
from bot.profile.tracks import AREAS
from bot.today.ask import ask_effort
from bot.today.look import look_at_today
from bot.today.override import count_override
from bot.today.pick import pick
from bot.today.present import present_today
from bot.turn import Turn

LONGEST_ANSWER = 30_000
"""Characters kept of one sitting's answer."""


async def drill(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer drill`: the next one, or one of an area; never refused."""
    area = read_area(turn, given["area"]) if given.get("area") else ""
    return await _begin(turn, area=area)


def read_area(turn: Turn, typed: str) -> str:
    """An area of her track by id or the start of its name. Raises Unclear."""
    own = turn.own.track.weights
    wanted = typed.strip().casefold().replace("_", " ").replace("-", " ")
    found = [a for a in own if wanted in (a.replace("_", " "), AREAS[a].casefold())]
    found = found or [a for a in own if wanted and AREAS[a].casefold().startswith(wanted)]
    if len(found) != 1:
        names = ", ".join(f"*{AREAS[a].lower()}*" for a in own)
        raise Unclear(f"I did not get that area. Yours are {names}.")
    return found[0]


async def on_begin(turn: Turn, about: tuple[str, ...]) -> Effects:
    """The button *Start* or *Next*."""
    return await _begin(turn)


async def _begin(turn: Turn, *, area: str = "") -> Effects:
    sitting = await turn.work.practice.current()
    if sitting and sitting.stage in (Stage.OPEN, Stage.JUDGING) and not area:
        return await _continue(turn, sitting)
    if sitting:
        await _set_aside(turn, sitting)
    profile = turn.own
    today = await look_at_today(turn, profile)
    chosen = await pick(turn, profile, today, area=area)
    said: Effects = ()
    if not chosen:
        chosen = await pick(turn, profile, today, area=area, anyway=True)
        said = await count_override(turn, today) if chosen and today.left < 10 else ()
    if not chosen:
        return say(words.NONE_LEFT)
    return (*said, *await _give(turn, chosen[0]))


async def _set_aside(turn: Turn, sitting: Sitting) -> None:
    """Close what was open: a judged one is done without an effort, any other is skipped."""
    stage = Stage.DONE if sitting.stage is Stage.EFFORT else Stage.SKIPPED
    await turn.work.practice.save_sitting(replace(sitting, stage=stage))


async def _give(turn: Turn, chosen: Chosen) -> Effects:
    given = chosen.drill
    sitting = Sitting(
        id=turn.new_id,
        drill_id=given.id,
        area=given.area,
        topic=given.topic,
        kind=chosen.kind,
        day=turn.today,
        started=turn.now,
    )
    await turn.work.practice.save_sitting(sitting)
    turn.expect("answer", sitting=sitting.id)
    return _card(sitting, given)


def _card(sitting: Sitting, given: Drill) -> Effects:
    return say(words.card(given), flowing(given.task), words.HOW_TO_ANSWER, options=_ways(sitting))


def _ways(sitting: Sitting) -> tuple[Option, ...]:
    about = sitting.id
    return (
        option("Hint", "hint", about),
        option("Done", "finish", about),
        option("Put aside", "aside", about),
    )


async def _continue(turn: Turn, sitting: Sitting) -> Effects:
    given = _drill_of(turn, sitting)
    if given is None:
        await _set_aside(turn, sitting)
        return say(words.OVER)
    if sitting.stage is Stage.JUDGING:
        return ask_point(turn, sitting, given)
    turn.expect("answer", sitting=sitting.id)
    return (*say("You have this one open."), *_card(sitting, given))


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
    """A typed piece of the answer; every piece is kept."""
    sitting = await turn.work.practice.current()
    if sitting is None or sitting.stage is not Stage.OPEN:
        turn.rest()
        return say(words.OVER)
    if text.strip().casefold() in ("done", "i am done", "finished"):
        return await _finish(turn, sitting)
    answer = f"{sitting.answer}\n{text}".strip("\n")
    if len(answer) > LONGEST_ANSWER:
        raise Unclear("That is as much as I can keep of one answer. What is there is kept; say *done*.")
    await turn.work.practice.save_sitting(replace(sitting, answer=answer))
    return say(words.NOTED, options=_ways(sitting))


async def on_hint(turn: Turn, about: tuple[str, ...]) -> Effects:
    """The next rung of the ladder."""
    sitting = await _open(turn, about)
    given = _drill_of(turn, sitting) if sitting else None
    if sitting is None or given is None:
        return say(words.OVER)
    if sitting.hints >= len(given.hints):
        return say(words.NO_HINT_LEFT, options=_ways(sitting))
    await turn.work.practice.save_sitting(replace(sitting, hints=sitting.hints + 1))
    return say(words.hint(sitting.hints + 1, given.hints[sitting.hints]), options=_ways(sitting))


async def on_finish(turn: Turn, about: tuple[str, ...]) -> Effects:
    """The button *Done*."""
    sitting = await _open(turn, about)
    return await _finish(turn, sitting) if sitting else say(words.OVER)


async def done(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer done [minutes] [effort]`: finish the answer, or tell how long and how hard it was."""
    minutes = number(given["minutes"], 1, 600, "Minutes") if given.get("minutes") else None
    effort = number(given["effort"], 0, 10, "Effort") if given.get("effort") else None
    sitting = await turn.work.practice.current()
    if sitting is None:
        return say(words.NOTHING_OPEN)
    sitting = replace(
        sitting,
        minutes=sitting.minutes if minutes is None else minutes,
        effort=sitting.effort if effort is None else effort,
    )
    if sitting.stage is Stage.OPEN:
        return await _finish(turn, sitting)
    await turn.work.practice.save_sitting(sitting)
    if sitting.stage is Stage.JUDGING:
        return await _continue(turn, sitting)
    return await _log(turn, sitting) if sitting.effort is not None else ask_effort(turn, sitting)


async def _finish(turn: Turn, sitting: Sitting) -> Effects:
    given = _drill_of(turn, sitting)
    if given is None:
        await _set_aside(turn, sitting)
        return say(words.OVER)
    minutes = sitting.minutes if sitting.minutes is not None else _elapsed(turn, sitting, given)
    sitting = replace(sitting, minutes=minutes, stage=Stage.JUDGING)
    await turn.work.practice.save_sitting(sitting)
    spoken = "" if sitting.answer else words.SPOKEN
    told = say(spoken, "**A model answer**\n" + flowing(given.answer), "Now yours, point by point.")
    return (*told, *ask_point(turn, sitting, given))


def _elapsed(turn: Turn, sitting: Sitting, given: Drill) -> float:
    """Minutes by the clock; a drill left open for hours counts as its time box."""
    minutes = round((turn.now - sitting.started).total_seconds() / 60)
    return float(given.minutes if minutes > 3 * given.minutes else max(1, minutes))


async def on_judge(turn: Turn, about: tuple[str, ...]) -> Effects:
    """One point judged; after the last, the verdict and the question of effort."""
    sitting = await turn.work.practice.current()
    if sitting is None or sitting.id != about[0] or sitting.stage is not Stage.JUDGING:
        return say(words.OVER)
    given = _drill_of(turn, sitting)
    if given is None or int(about[1]) != sitting.judged:
        return await _continue(turn, sitting)
    sitting = with_judgement(sitting, given, about[2])
    if sitting.judged < len(given.rubric):
        await turn.work.practice.save_sitting(sitting)
        return ask_point(turn, sitting, given)
    sitting, verdict = await close_judging(turn, turn.own, sitting, given)
    if sitting.effort is not None:
        return (*verdict, *await _log(turn, sitting))
    return (*verdict, *ask_effort(turn, sitting))


async def on_effort(turn: Turn, about: tuple[str, ...]) -> Effects:
    """One tap for the effort."""
    return await _take_effort(turn, about[0], about[1])


async def on_effort_text(turn: Turn, text: str) -> Effects:
    """A typed effort."""
    return await _take_effort(turn, turn.talk.values.get("sitting", ""), text)


async def _take_effort(turn: Turn, sitting_id: str, typed: str) -> Effects:
    effort = number(typed, 0, 10, "Effort")
    sitting = next((s for s in await _recent(turn) if s.id == sitting_id), None)
    if sitting is None:
        return say(words.OVER)
    sitting = replace(sitting, effort=effort)
    if sitting.stage in (Stage.OPEN, Stage.JUDGING):
        await turn.work.practice.save_sitting(sitting)
        return await _continue(turn, sitting)
    return await _log(turn, sitting)


async def _recent(turn: Turn) -> list[Sitting]:
    return list(await turn.work.practice.sittings(turn.today - timedelta(days=14)))


async def _log(turn: Turn, sitting: Sitting) -> Effects:
    await turn.work.practice.save_sitting(replace(sitting, stage=Stage.DONE))
    if sitting.day < turn.today:
        await turn.work.diary.forget_state()
    turn.rest()
    today = await look_at_today(turn, turn.own)
    line = words.logged(sitting.minutes or 0, sitting.effort)
    if today.left < 10:
        return say(f"{line} That was today's; the rest of the day is yours.")
    return say(
        f"{line} {today.left} minutes left, if you like.",
        options=(option("Next", "begin"), option("Enough", "later")),
    )


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
    return await skip(turn, {}) if await _open(turn, about) else say(words.OVER)


async def _open(turn: Turn, about: tuple[str, ...]) -> Sitting | None:
    """The open sitting that a button belongs to; None if it is over."""
    sitting = await turn.work.practice.current()
    if sitting is None or sitting.stage is not Stage.OPEN or (about and sitting.id != about[0]):
        return None
    return sitting


def _drill_of(turn: Turn, sitting: Sitting) -> Drill | None:
    return turn.content.bank().drills.get(sitting.drill_id)
