"""What a finished answer comes to: the rules' review, the points left to her, then score, memory and skill."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.effects import Effects, say
from bot.chat.message import option
from bot.drills import words
from bot.drills.consequence import Stood, rated, stands
from bot.drills.formats import FACTS_ASKED
from bot.drills.memory import desired_retention
from bot.drills.model import Drill, Point, Sitting, Stage
from bot.drills.moving import known, move
from bot.drills.play.table import play_of
from bot.drills.reviewing import came_across, judged_by_herself
from bot.drills.rubric import HALF, ids, marks, score
from bot.drills.skill import probability
from bot.feedback.model import Verdict
from bot.pace.model import Kind
from bot.plan.interviews import interview_pull
from bot.profile.model import Profile
from bot.today.look import look_at_today
from bot.turn import Turn

TAPS = {"yes": Verdict.MET, "partly": Verdict.PARTLY, "no": Verdict.MISSING}
"""What she taps for a point, and what it means."""


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
) -> tuple[Sitting, Stood, Effects]:
    """Score the sitting, move memory and skill, and say what landed; how it stood before and stands now."""
    met, partly = ids(sitting.findings, Verdict.MET), ids(sitting.findings, Verdict.PARTLY)
    reached = score(drill.rubric, met, partly)
    rating = rated(drill, sitting, met, partly, reached)
    booked = await turn.work.agenda.booked()
    pull = interview_pull(drill.area, booked, turn.today, track=profile.track)
    ease = Kind.DRILL not in (await look_at_today(turn, profile)).decision.kinds
    aim = desired_retention(pull, ease=ease, fact=drill.format in FACTS_ASKED)
    before = await known(turn.work.practice, drill, profile.ratings)
    stood = stands(before, drill.id, rating, reached, retention=aim, day=turn.today)
    await move(turn.work.practice, drill, stood.before, stood.after)
    expected = probability(before.skill.theta, before.difficulty)
    sitting = replace(sitting, stage=Stage.EFFORT, score=reached, rating=rating, met=marks(met, partly))
    sitting = replace(sitting, expected=expected)
    await turn.work.practice.save_sitting(sitting)
    told = play_of(drill).told(drill, sitting.progress)
    manner = came_across(drill, sitting)
    back_on = stood.after.card.due if stood.after.card else turn.today
    return sitting, stood, say(*words.verdict(drill, sitting, told, manner, back_on, rating))


def met_and_partly(sitting: Sitting) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the points a closed sitting met, and of those it met partly."""
    partly = frozenset(m.removeprefix(HALF) for m in sitting.met if m.startswith(HALF))
    return frozenset(m for m in sitting.met if not m.startswith(HALF)), partly
