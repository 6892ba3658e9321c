"""What a circle did together since its last recap: only what was done, and nobody who did not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from bot.circle.board_turns import THANKS
from bot.circle.group_model import GroupDrill, is_open
from bot.circle.news_model import Week, monday
from bot.circle.pulse_words import told
from bot.circle.work import CircleTurn
from bot.drills.families import FORMAT_NAMES
from bot.drills.model import Listed
from bot.pairing.arranged import Arranged
from bot.pairing.outcomes import people_met

_WEEK = timedelta(weeks=1)
LOOKED_BACK = 4 * _WEEK
"""So late something may still be told: a drill that was revealed after the last recap, a meeting that was answered late."""
SATURDAY = timedelta(days=5)


async def gathered(turn: CircleTurn) -> tuple[Week, Mapping[str, bool]]:
    """What was not told yet; and the ids of those who interviewed somebody, each with whether she is named for it."""
    circle, begins = turn.circle, monday(turn.today)
    kept = await turn.work.circles.recaps.since(circle.id, begins - LOOKED_BACK)
    counted = frozenset(each for week in kept.values() for each in week.counted)
    # A recap without a list is of an older program, and told its week up to its Friday.
    first = max(
        (at + SATURDAY for at, week in kept.items() if not week.counted), default=begins - LOOKED_BACK
    )
    drills = await _drills(turn, first, counted)
    met = await _meetings(turn, first, counted)
    week = Week(
        areas=tuple(dict.fromkeys(drill.area for _, drill in drills)),
        formats=tuple(dict.fromkeys(FORMAT_NAMES[drill.format] for _, drill in drills)),
        drills=len(drills),
        meetings=len(met),
        met=len({person for m in met for person in people_met(m)}),
        people=await turn.work.circles.count(circle.id),
        pairs_on=begins + _WEEK if circle.settings.pairing else None,
        pulse=await _pulse(turn, begins),
        counted=(*(str(given.day) for given, _ in drills), *(m.id for m in met)),
    )
    return week, await _thanked(turn, met)


async def _drills(turn: CircleTurn, first: date, counted: frozenset[str]) -> list[tuple[GroupDrill, Listed]]:
    """Group drills that somebody answered, and whose reveal has come."""
    circle, circles = turn.circle, turn.work.circles
    found: list[tuple[GroupDrill, Listed]] = []
    for given in await circles.group.between(circle.id, first, turn.today):
        if str(given.day) in counted or is_open(given, circle.settings, turn.now):
            continue
        drill = turn.content.bank().drills.get(given.drill_id)
        whole = drill or await circles.offers.drill(circle.id, given.drill_id)
        if whole and await circles.group.count(circle.id, given.day):
            found.append((given, whole))
    return found


async def _meetings(turn: CircleTurn, first: date, counted: frozenset[str]) -> list[Arranged]:
    """Mock interviews that took place, as somebody in them says."""
    arranged = await turn.work.pairs.meetings(turn.circle.id, since=monday(first))
    return [
        m
        for m in arranged
        if m.id not in counted and turn.day_of(m.begins or m.told) >= first and people_met(m)
    ]


async def _thanked(turn: CircleTurn, met: list[Arranged]) -> dict[str, bool]:
    """Whoever interviewed somebody, and did not say that she could not: by name, if she allows it today."""
    seats = [(meeting, meeting.at(part.interviewer)) for meeting in met for part in meeting.parts]
    people = {seat.person for meeting, seat in seats if seat and seat.person in people_met(meeting)}
    members = [await turn.work.circles.member(turn.circle.id, person) for person in sorted(people)]
    return {m.person_id: THANKS in m.opted for m in members if m}


async def _pulse(turn: CircleTurn, begins: date) -> str:
    """What was said of the last whole week, if anything was."""
    pulse = await turn.work.circles.pulses.kept(turn.circle.id, begins - _WEEK)
    return told(pulse.band) if pulse and pulse.band else ""
