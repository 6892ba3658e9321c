"""Judging an answer against its rubric, point by point, and what memory and skill make of it."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.effects import Effects, say
from bot.chat.message import option
from bot.drills import words
from bot.drills.memory import desired_retention, review
from bot.drills.model import Drill, Sitting, Stage
from bot.drills.rubric import must_failed, rating, score
from bot.drills.skill import difficulty_logit, learned, prior
from bot.plan.interviews import interview_pull
from bot.profile.model import Profile
from bot.turn import Turn

YES, PARTLY, NO = "yes", "partly", "no"
HALF = "~"
"""Marks a point that was met partly."""


def ask_point(turn: Turn, sitting: Sitting, drill: Drill) -> Effects:
    """The next point of the rubric."""
    turn.expect("judge", sitting=sitting.id)
    at = sitting.judged
    picks = tuple(
        option(label, "judge", sitting.id, str(at), value)
        for label, value in (("Yes", YES), ("Partly", PARTLY), ("No", NO))
    )
    return say(words.question(at + 1, len(drill.rubric), drill.rubric[at]), options=picks)


def with_judgement(sitting: Sitting, drill: Drill, value: str) -> Sitting:
    """The sitting after one more point was judged."""
    point = drill.rubric[sitting.judged].id
    mark = {YES: (point,), PARTLY: (HALF + point,), NO: ()}[value]
    return replace(sitting, judged=sitting.judged + 1, met=(*sitting.met, *mark))


def met_and_partly(sitting: Sitting) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the points met, and of those met partly."""
    partly = frozenset(m.removeprefix(HALF) for m in sitting.met if m.startswith(HALF))
    return frozenset(m for m in sitting.met if not m.startswith(HALF)), partly


async def close_judging(
    turn: Turn, profile: Profile, sitting: Sitting, drill: Drill
) -> tuple[Sitting, Effects]:
    """Score the sitting, move memory and skill, and say what landed."""
    met, partly = met_and_partly(sitting)
    reached = score(drill.rubric, met, partly)
    rated = rating(
        reached,
        must_failed=must_failed(drill.rubric, met, partly),
        hints=sitting.hints,
        time_ratio=(sitting.minutes or drill.minutes) / drill.minutes,
        seen_solution_first=sitting.seen_solution,
    )
    booked = await turn.work.agenda.booked()
    pull = interview_pull(drill.area, booked, turn.today, track=profile.track)
    card = (await turn.work.practice.cards()).get(drill.id)
    card = review(card, drill.id, rated, turn.today, desired_retention(pull))
    await turn.work.practice.save_card(card)
    await _learn(turn, profile, drill, reached)
    sitting = replace(sitting, stage=Stage.EFFORT, score=reached, rating=rated)
    await turn.work.practice.save_sitting(sitting)
    landed = [p for p in drill.rubric if p.id in met]
    half = [p for p in drill.rubric if p.id in partly]
    missing = [p for p in drill.rubric if p.id not in met | partly]
    points = sum(p.weight for p in landed) + sum(p.weight for p in half) / 2
    return sitting, say(words.verdict(drill, landed, half, missing, points, card.due, rated))


async def _learn(turn: Turn, profile: Profile, drill: Drill, reached: float) -> None:
    skills = await turn.work.practice.skills()
    skill = skills.get(drill.area) or prior(drill.area, profile.ratings.get(drill.area))
    shift = await turn.work.practice.difficulty_shift(drill.id)
    authored = difficulty_logit(drill.difficulty)
    skill, difficulty = learned(skill, authored + shift, reached)
    await turn.work.practice.save_skill(skill)
    await turn.work.practice.save_difficulty_shift(drill.id, difficulty - authored)
