"""What a circle did together in the week of a day: only what was done, and nobody who did not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.circle.news_model import Week, monday
from bot.circle.pulse_words import told
from bot.circle.work import CircleTurn
from bot.drills.families import FORMAT_NAMES
from bot.drills.model import Listed
from bot.pairing.arranged import Arranged

_WEEK = timedelta(days=7)
_MET = "yes"


async def gathered(turn: CircleTurn) -> tuple[Week, Sequence[str]]:
    """The week up to now, and the ids of those who interviewed somebody."""
    circle, begins = turn.circle, monday(turn.today)
    drills = await _drills(turn, begins)
    met = await _meetings(turn, begins)
    week = Week(
        areas=tuple(dict.fromkeys(d.area for d in drills)),
        formats=tuple(dict.fromkeys(FORMAT_NAMES[d.format] for d in drills)),
        drills=len(drills),
        meetings=len(met),
        met=len({person for m in met for person in m.people}),
        people=await turn.work.circles.count(circle.id),
        pairs_on=begins + _WEEK if circle.settings.pairing else None,
        pulse=await _pulse(turn, begins),
    )
    return week, sorted({person for m in met for person in _interviewers(m)})


async def _drills(turn: CircleTurn, begins: date) -> list[Listed]:
    """Group drills that somebody answered."""
    circles = turn.work.circles
    found: list[Listed] = []
    for day in (begins + timedelta(days=n) for n in range(7)):
        given = await circles.group.drill(turn.circle.id, day)
        if given is None or not await circles.group.count(turn.circle.id, day):
            continue
        drill = turn.content.bank().drills.get(given.drill_id)
        whole = drill or await circles.offers.drill(turn.circle.id, given.drill_id)
        if whole:
            found.append(whole)
    return found


async def _meetings(turn: CircleTurn, begins: date) -> list[Arranged]:
    """Mock interviews of the week that took place, as somebody in them says."""
    arranged = await turn.work.pairs.meetings(turn.circle.id, since=begins)
    return [m for m in arranged if m.week == begins and any(s.met == _MET for s in m.seats)]


def _interviewers(meeting: Arranged) -> list[str]:
    seats = [meeting.at(part.interviewer) for part in meeting.parts]
    return [seat.person for seat in seats if seat]


async def _pulse(turn: CircleTurn, begins: date) -> str:
    """What was said of the last whole week, if anything was."""
    pulse = await turn.work.circles.pulses.kept(turn.circle.id, begins - _WEEK)
    return told(pulse.band) if pulse and pulse.band else ""
