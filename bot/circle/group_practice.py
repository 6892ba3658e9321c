"""The drill of the day as practice of her own, once she takes it so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.chat.effects import Effects, say
from bot.circle import group_words as words
from bot.circle.group_model import GroupAnswer, is_judged
from bot.drills.judging import close_judging
from bot.drills.model import Drill, Sitting, Stage
from bot.profile.model import Profile
from bot.today.ask import ask_effort
from bot.turn import Turn


async def count_as_practice(turn: Turn, profile: Profile, drill: Drill, answer: GroupAnswer) -> Effects:
    """A sitting of today, with the minutes she told or the drill's; memory and skill move where rules judged it all.

    Nothing that she has open is closed by it, and no second opinion is asked.
    """
    minutes = answer.minutes or drill.minutes
    underway = await turn.work.practice.current()
    sitting = Sitting(
        id=turn.new_id,
        drill_id=drill.id,
        area=drill.area,
        topic=drill.topic,
        kind=drill.kind,
        day=turn.today,
        started=turn.now - timedelta(minutes=minutes),
        stage=Stage.DONE,
        answer=answer.text,
        minutes=float(minutes),
        findings=answer.findings,
    )
    await turn.work.practice.save_sitting(sitting)
    if is_judged(answer.findings):
        closed, _, _ = await close_judging(turn, profile, sitting, drill)
        sitting = replace(closed, stage=Stage.DONE)
        await turn.work.practice.save_sitting(sitting)
    said = say(words.COUNTED.format(minutes=minutes))
    return said if underway else (*said, *ask_effort(turn, sitting))
