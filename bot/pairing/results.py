"""What a mock interview with a peer makes of memory, skill and load: a short mock, seen by a peer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import blake2s

from bot.drills.consequence import stands
from bot.drills.memory import desired_retention
from bot.drills.model import Drill, Rating, Sitting
from bot.drills.model import Stage as Sat
from bot.drills.moving import known, move
from bot.drills.rubric import rating
from bot.drills.skill import probability
from bot.feedback.model import Finding, Grader, Verdict
from bot.pace.model import Kind
from bot.pairing.arranged import Arranged, Part
from bot.pairing.proposals import local
from bot.pairing.ratings import Rate, Rates
from bot.turn import Turn

_VERDICTS = {
    Rate.NOT_YET: Verdict.MISSING,
    Rate.PARTLY: Verdict.PARTLY,
    Rate.MOSTLY: Verdict.MET,
    Rate.WELL: Verdict.MET,
}
_OWN = {
    Rate.NOT_YET: Rating.AGAIN,
    Rate.PARTLY: Rating.HARD,
    Rate.MOSTLY: Rating.GOOD,
    Rate.WELL: Rating.EASY,
}


async def practised(turn: Turn, meeting: Arranged, number: int) -> Sitting | None:
    """Her sitting of a part in which she answered, made if there is none; None without a drill or a time."""
    part = meeting.parts[number]
    drill = await turn.drill(part.drill) if part.drill else None
    if drill is None or meeting.begins is None:
        return None
    fresh = _sitting(turn, meeting, part, number, drill)
    there = await turn.work.practice.sittings(fresh.day)
    found = next((s for s in there if s.id == fresh.id), None)
    if found is not None:
        return found
    await _keep(turn, fresh)
    return fresh


def _sitting(turn: Turn, meeting: Arranged, part: Part, number: int, drill: Drill) -> Sitting:
    begins = meeting.begins or turn.now
    about = f"{meeting.id} {number} {turn.work.circles.me}"
    return Sitting(
        id=blake2s(about.encode(), digest_size=6).hexdigest(),
        drill_id=drill.id,
        area=drill.area,
        topic=drill.topic,
        kind=Kind.SHORT_MOCK,
        day=local(begins, turn.own.zone).date(),
        started=begins,
        stage=Sat.DONE,
        minutes=float(part.minutes),
    )


async def _keep(turn: Turn, sitting: Sitting) -> None:
    await turn.work.practice.save_sitting(sitting)
    if sitting.day < turn.today:
        await turn.work.diary.forget_state()


async def told_own(turn: Turn, sitting: Sitting, own: Rates) -> Sitting:
    """With her own view beside the peer's."""
    if own:
        sitting = replace(sitting, own=_OWN[Rate(round(sum(own.values()) / len(own)))])
        await turn.work.practice.save_sitting(sitting)
    return sitting


async def scored(turn: Turn, sitting: Sitting, peers: Mapping[str, Rate]) -> bool:
    """Let what the peer saw move memory and skill, once; whether it did."""
    drill = await turn.drill(sitting.drill_id)
    if drill is None or sitting.score is not None or not peers:
        return False
    score = sum((rate - Rate.NOT_YET) / (Rate.WELL - Rate.NOT_YET) for rate in peers.values()) / len(peers)
    remembered = rating(score, must_failed=False, hints=0, time_ratio=None, seen_solution_first=False)
    before = await known(turn.work.practice, drill, turn.own.ratings)
    aim = desired_retention(0.0)
    stood = stands(before, drill.id, remembered, score, retention=aim, day=turn.today)
    await move(turn.work.practice, drill, stood.before, stood.after)
    findings = tuple(Finding(row, _VERDICTS[rate], by=Grader.PEER) for row, rate in peers.items())
    expected = probability(before.skill.theta, before.difficulty)
    graded = replace(sitting, score=score, rating=remembered, expected=expected, findings=findings)
    await turn.work.practice.save_sitting(graded)
    return True
