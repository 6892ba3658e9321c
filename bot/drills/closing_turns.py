"""The end of a drill: the review, the points left to her, her own verdict, how hard it was, the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.chat.effects import Effects, say
from bot.chat.message import option
from bot.chat.reading import number
from bot.drills import words
from bot.drills.asking import drill_of, go_on, moved, set_aside
from bot.drills.judging import ask_next_point, close_judging, left_to_her, with_judgement
from bot.drills.model import Drill, Rating, Sitting, Stage
from bot.drills.play.table import play_of
from bot.drills.querying import model_answer
from bot.drills.reviewing import reviewed
from bot.feedback.model import Grader, Unscorable
from bot.feedback.second_opinion_asking import ask_second_opinion
from bot.habits.model import HABITS
from bot.habits.noticing import noticed
from bot.today.ask import ask_effort
from bot.today.known import known_drills
from bot.today.look import Today, look_at_today
from bot.turn import Turn

REFUSED = frozenset({Unscorable.COPIED, Unscorable.STUFFED})
"""Nothing of her own was said: there is nothing to judge, not even by herself."""


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
        return await finish(turn, sitting)
    await turn.work.practice.save_sitting(sitting)
    if sitting.stage is Stage.JUDGING:
        return await go_on(turn, sitting)
    return await _log(turn, sitting) if sitting.effort is not None else ask_effort(turn, sitting)


async def finish(turn: Turn, sitting: Sitting) -> Effects:
    """She is done: the play's next question if there is one, else the review."""
    given = await drill_of(turn, sitting)
    if given is None:
        await set_aside(turn, sitting)
        return say(words.OVER)
    goes_on = play_of(given).finish(given, sitting.progress, minute_of(turn, sitting))
    if goes_on is not None:
        sitting = replace(sitting, progress=goes_on.progress, hints=sitting.hints + goes_on.hints)
        await turn.work.practice.save_sitting(sitting)
        turn.expect("answer", sitting=sitting.id)
        return moved(sitting, given, goes_on)
    return await _review(turn, sitting, given)


def minute_of(turn: Turn, sitting: Sitting) -> float:
    """Minutes since the sitting began."""
    return (turn.now - sitting.started).total_seconds() / 60


async def _review(turn: Turn, sitting: Sitting, given: Drill) -> Effects:
    found = reviewed(given, sitting)
    if found.unscorable in REFUSED:
        await turn.work.practice.save_sitting(sitting)
        close = option("Close it without a score", "aside", sitting.id)
        return say(words.NOT_SCORABLE[found.unscorable], options=(close,))
    minutes = sitting.minutes if sitting.minutes is not None else _elapsed(turn, sitting, given)
    sitting = replace(sitting, minutes=minutes, stage=Stage.JUDGING, findings=found.findings)
    await turn.work.practice.save_sitting(sitting)
    said = words.NOT_SCORABLE.get(found.unscorable, "") if found.unscorable else ""
    answer = say(said, "**A model answer**\n" + model_answer(given))
    if left_to_her(sitting, given):
        turn_to = words.YOURS if len(left_to_her(sitting, given)) == len(given.rubric) else words.LEFT_TO_YOU
        return (*answer, *say(turn_to), *ask_next_point(turn, sitting, given))
    return (*await _close(turn, sitting, given), *answer, *_ask_own(turn, sitting))


def _elapsed(turn: Turn, sitting: Sitting, given: Drill) -> float:
    """Minutes by the clock; a drill left open for hours counts as its time box."""
    minutes = round(minute_of(turn, sitting))
    return float(given.minutes if minutes > 3 * given.minutes else max(1, minutes))


async def on_judge(turn: Turn, about: tuple[str, ...]) -> Effects:
    """One point judged; after the last, the verdict and the question of effort."""
    sitting = await turn.work.practice.current()
    if sitting is None or sitting.id != about[0] or sitting.stage is not Stage.JUDGING:
        return say(words.OVER)
    given = await drill_of(turn, sitting)
    if given is None or int(about[1]) != sitting.judged:
        return await go_on(turn, sitting)
    sitting = with_judgement(sitting, given, about[2])
    if left_to_her(sitting, given):
        await turn.work.practice.save_sitting(sitting)
        return ask_next_point(turn, sitting, given)
    verdict = await _close(turn, sitting, given)
    if all(f.by is Grader.SELF for f in sitting.findings):
        return (*verdict, *await _ask_effort(turn, sitting))
    return (*verdict, *_ask_own(turn, sitting))


async def _close(turn: Turn, sitting: Sitting, given: Drill) -> Effects:
    closed, stood, verdict = await close_judging(turn, turn.own, sitting, given)
    return (*verdict, *await ask_second_opinion(turn, closed, given, stood))


def _ask_own(turn: Turn, sitting: Sitting) -> Effects:
    """Her own verdict, to be set beside that of the rules over time."""
    turn.expect("own", sitting=sitting.id)
    picks = tuple(option(r.name.capitalize(), "own", sitting.id, str(int(r))) for r in Rating)
    return say(words.OWN_VERDICT, options=picks)


async def on_own(turn: Turn, about: tuple[str, ...]) -> Effects:
    """Her own verdict; then how hard it was."""
    sitting = await _ended(turn, about[0])
    if sitting is None:
        return say(words.OVER)
    sitting = replace(sitting, own=Rating(int(about[1])))
    await turn.work.practice.save_sitting(sitting)
    return await _ask_effort(turn, sitting)


async def _ask_effort(turn: Turn, sitting: Sitting) -> Effects:
    if sitting.effort is None:
        return ask_effort(turn, sitting)
    ended = await _ended(turn, sitting.id)
    return await _log(turn, ended or sitting)


async def on_effort(turn: Turn, about: tuple[str, ...]) -> Effects:
    """One tap for the effort."""
    return await _take_effort(turn, about[0], about[1])


async def on_effort_text(turn: Turn, text: str) -> Effects:
    """A typed effort."""
    return await _take_effort(turn, turn.talk.values.get("sitting", ""), text)


async def _take_effort(turn: Turn, sitting_id: str, typed: str) -> Effects:
    effort = number(typed, 0, 10, "Effort")
    sitting = await _ended(turn, sitting_id)
    if sitting is None:
        return say(words.OVER)
    sitting = replace(sitting, effort=effort)
    if sitting.stage in (Stage.OPEN, Stage.JUDGING):
        await turn.work.practice.save_sitting(sitting)
        return await go_on(turn, sitting)
    return await _log(turn, sitting)


async def _ended(turn: Turn, sitting_id: str) -> Sitting | None:
    """A sitting of the last two weeks by its id."""
    lately = await turn.work.practice.sittings(turn.today - timedelta(days=14))
    return next((s for s in lately if s.id == sitting_id), None)


async def _log(turn: Turn, sitting: Sitting) -> Effects:
    await turn.work.practice.save_sitting(replace(sitting, stage=Stage.DONE))
    if sitting.day < turn.today:
        await turn.work.diary.forget_state()
    turn.rest()
    today = await look_at_today(turn, turn.own)
    line = words.logged(sitting.minutes or 0, sitting.effort)
    seen = await _noticed(turn, today)
    counts = tuple(option(f"Count: {HABITS[h].name}", "habit", "done", h) for h in seen)
    shown = "\n".join(words.noticed(HABITS[h], said) for h, said in seen.items())
    if today.left < 10:
        return say(f"{line} That was today's; the rest of the day is yours.", shown, options=counts)
    return say(
        f"{line} {today.left} minutes left, if you like.",
        shown,
        options=(option("Next", "begin"), option("Enough", "later"), *counts),
    )


async def _noticed(turn: Turn, today: Today) -> Mapping[str, str]:
    """Habits she works on that today's drills show and that do not count yet."""
    chosen = await turn.work.habits.chosen()
    if not chosen:
        return {}
    kept = {k.habit for k in await turn.work.habits.kept(turn.today, turn.today)}
    seen = noticed(today.sittings, await known_drills(turn))
    return {h: said for h, said in seen.items() if h in chosen and h not in kept}
