"""How it goes: skill, minutes, her own verdicts, and where points did not land."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.chat.effects import Effects, say
from bot.chat.message import Block, Heading, option
from bot.drills.calibration import is_calibrated
from bot.drills.model import Listed, Result, Sitting
from bot.profile.areas import read_area
from bot.profile.tracks import AREAS
from bot.progress import words
from bot.progress.failures import LATELY, LOOKED_AT, clearest, losses
from bot.progress.skills import standings
from bot.progress.spent import compared, compared_over_time, spent
from bot.today.known import known_drills
from bot.turn import Turn

A_YEAR = timedelta(days=366)
FAILURES = ("failures", "failure", "losses", "did not land")


async def progress(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer progress [view]`: everything at a glance, one area, or the failure map."""
    track, view = turn.own.track, given.get("view", "").strip()
    if not view:
        return await _whole(turn)
    return await _failures(turn) if view.casefold() in FAILURES else await _area(turn, read_area(track, view))


async def on_progress(turn: Turn, about: tuple[str, ...]) -> Effects:
    """A button under the card."""
    return await progress(turn, {"view": about[0] if about else ""})


async def _whole(turn: Turn) -> Effects:
    areas = tuple(turn.own.track.weights)
    found = standings(areas, await turn.work.practice.skills())
    sittings = await turn.work.practice.sittings(turn.today - LOOKED_AT + timedelta(days=1))
    if not found and not any(s.minutes for s in sittings):
        return say(words.NOTHING_YET, options=(option("Start", "begin"),))
    blocks: list[str | Block] = [Heading("Progress", turn.own.track.name)]
    if found:
        numbers = await _numbers(turn)
        blocks.append(words.skill_chart(found, numbers=numbers))
        blocks.append(words.about_skill(found, areas, numbers=numbers))
    blocks += _minutes(sittings, await known_drills(turn))
    blocks += _verdicts(turn, sittings)
    ways = tuple(option(AREAS[s.area], "progress", s.area) for s in found)
    return say(*blocks, options=(option("What did not land", "progress", "failures"), *ways))


async def _numbers(turn: Turn) -> bool:
    """Whether the estimates deserve to be shown as numbers."""
    results = await turn.work.practice.results(turn.today - A_YEAR)
    return is_calibrated([(r.expected, r.score) for r in results if r.expected is not None])


def _minutes(sittings: Sequence[Sitting], drills: Mapping[str, Listed]) -> list[str | Block]:
    found = spent(sittings, drills)
    if not found.total:
        return []
    return [words.minutes_chart(found), words.activity(found), words.about_activity(found)]


def _verdicts(turn: Turn, sittings: Sequence[Sitting]) -> list[str | Block]:
    whole = compared(sittings)
    if not whole.count:
        return []
    said = words.about_verdicts(whole)
    if whole.count < words.ENOUGH_VERDICTS:
        return [said]
    return [words.verdicts_chart(compared_over_time(sittings, turn.today)), said]


async def _area(turn: Turn, area: str) -> Effects:
    found = standings((area,), await turn.work.practice.skills())
    if not found:
        return say(
            f"{AREAS[area]} was not judged yet. `/pacer drill {area.replace('_', ' ')}` begins.",
            options=(option("All areas", "progress", ""),),
        )
    numbers = await _numbers(turn)
    since = turn.today - LOOKED_AT + timedelta(days=1)
    sittings = [s for s in await turn.work.practice.sittings(since) if s.area == area]
    topics, drills = _topics(sittings), await known_drills(turn)
    return say(
        Heading(AREAS[area], words.counted(found[0].drills, "drill") + " judged"),
        words.skill_chart(found, numbers=numbers, title="Skill"),
        words.about_skill(found, (area,), numbers=numbers),
        words.topics_chart(area, topics) if topics else None,
        *_minutes(sittings, drills),
        await _memory(turn, drills, area),
        options=(option("What did not land", "progress", "failures"), option("All areas", "progress", "")),
    )


def _topics(sittings: Sequence[Sitting]) -> list[words.Topic]:
    """Newest first."""
    scores = defaultdict[str, list[float]](list)
    for s in reversed(sittings):
        if s.score is not None:
            scores[s.topic].append(s.score)
    found = [words.Topic(t.replace("-", " "), sum(own) / len(own), len(own)) for t, own in scores.items()]
    return found[: words.MOST_TOPICS]


async def _memory(turn: Turn, drills: Mapping[str, Listed], area: str) -> str:
    cards = await turn.work.practice.cards()
    dues = sorted(c.due for c in cards.values() if c.drill_id in drills and drills[c.drill_id].area == area)
    later = [d for d in dues if d > turn.today]
    return words.memory_line(len(later) < len(dues), next(iter(later), None))


async def _failures(turn: Turn) -> Effects:
    drills = await known_drills(turn)
    results: Sequence[Result] = await turn.work.practice.results(turn.today - LOOKED_AT + timedelta(days=1))
    whole = losses(results, drills, turn.today - LOOKED_AT + timedelta(days=1))
    if not whole:
        return say(words.NO_SUCH_WEEKS, options=(option("All areas", "progress", ""),))
    lately = losses(results, drills, turn.today - LATELY + timedelta(days=1))
    return say(
        Heading("What did not land", "by format of the interview"),
        words.losses_chart("Open points, last 4 weeks", lately)
        if lately
        else "Nothing was judged in the last four weeks.",
        words.losses_chart("Open points, last 12 weeks", whole),
        words.about_losses(clearest(results, drills, turn.today)),
        options=(option("All areas", "progress", ""),),
    )
