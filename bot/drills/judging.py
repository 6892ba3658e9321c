"""What a finished answer comes to: the rules' review, the points left to her, then score, memory and skill."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.effects import Effects, say
from bot.chat.message import option
from bot.drills import words
from bot.drills.formats import FACTS_ASKED
from bot.drills.memory import desired_retention, review
from bot.drills.model import Drill, Point, Sitting, Stage
from bot.drills.play.table import play_of
from bot.drills.reviewing import came_across, judged_by_herself
from bot.drills.rubric import must_failed, rating, score
from bot.drills.skill import difficulty_logit, learned, prior, probability
from bot.feedback.model import Finding, Verdict
from bot.own_bank.model import is_own
from bot.pace.model import Kind
from bot.plan.interviews import interview_pull
from bot.profile.model import Profile
from bot.today.look import look_at_today
from bot.turn import Turn

TAPS = {"yes": Verdict.MET, "partly": Verdict.PARTLY, "no": Verdict.MISSING}
"""What she taps for a point, and what it means."""
HALF = "~"
"""Marks a point that was met partly."""


def left_to_her(sitting: Sitting, drill: Drill) -> tuple[Point, ...]:
    """The points that rules could not judge and she has not yet."""
    open_ = {f.point for f in sitting.findings if f.verdict is Verdict.NOT_JUDGED}
    return tuple(p for p in drill.rubric if p.id in open_)


def ask_next_point(turn: Turn, sitting: Sitting, drill: Drill) -> Effects:
    """The next point that is left to her."""
    turn.expect("judge", sitting=sitting.id)
    left = left_to_her(sitting, drill)
    at = sitting.judged
    picks = tuple(option(v.capitalize(), "judge", sitting.id, str(at), v) for v in TAPS)
    return say(words.question(at + 1, at + len(left), left[0]), options=picks)


def with_judgement(sitting: Sitting, drill: Drill, value: str) -> Sitting:
    """The sitting after she judged one more point."""
    point = left_to_her(sitting, drill)[0].id
    judged = tuple(judged_by_herself(f, TAPS[value]) if f.point == point else f for f in sitting.findings)
    return replace(sitting, judged=sitting.judged + 1, findings=judged)


async def close_judging(
    turn: Turn, profile: Profile, sitting: Sitting, drill: Drill
) -> tuple[Sitting, Effects]:
    """Score the sitting, move memory and skill, and say what landed."""
    met, partly = _ids(sitting.findings, Verdict.MET), _ids(sitting.findings, Verdict.PARTLY)
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
    ease = Kind.DRILL not in (await look_at_today(turn, profile)).decision.kinds
    aim = desired_retention(pull, ease=ease, fact=drill.format in FACTS_ASKED)
    card = review(card, drill.id, rated, turn.today, aim)
    await turn.work.practice.save_card(card)
    expected = await _learn(turn, profile, drill, reached)
    marks = (*sorted(met), *(f"{HALF}{p}" for p in sorted(partly)))
    sitting = replace(sitting, stage=Stage.EFFORT, score=reached, rating=rated, met=marks)
    sitting = replace(sitting, expected=expected)
    await turn.work.practice.save_sitting(sitting)
    told = play_of(drill).told(drill, sitting.progress)
    manner = came_across(drill, sitting)
    return sitting, say(*words.verdict(drill, sitting, told, manner, card.due, rated))


def met_and_partly(sitting: Sitting) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the points a closed sitting met, and of those it met partly."""
    partly = frozenset(m.removeprefix(HALF) for m in sitting.met if m.startswith(HALF))
    return frozenset(m for m in sitting.met if not m.startswith(HALF)), partly


def _ids(findings: tuple[Finding, ...], verdict: Verdict) -> frozenset[str]:
    return frozenset(f.point for f in findings if f.verdict is verdict)


async def _learn(turn: Turn, profile: Profile, drill: Drill, reached: float) -> float:
    """Move skill and difficulty; what the score was expected to be before."""
    skills = await turn.work.practice.skills()
    skill = skills.get(drill.area) or prior(drill.area, profile.ratings.get(drill.area))
    own = is_own(drill.id)
    shift = 0.0 if own else await turn.work.practice.difficulty_shift(drill.id)
    authored = difficulty_logit(drill.difficulty)
    expected = probability(skill.theta, authored + shift)
    skill, difficulty = learned(skill, authored + shift, reached)
    await turn.work.practice.save_skill(skill)
    if not own:  # nobody else does it, so her answers say nothing of the drill beside her skill
        await turn.work.practice.save_difficulty_shift(drill.id, difficulty - authored)
    return expected
