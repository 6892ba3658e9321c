"""The weekly review: what seven days were, what they leave open, and what the next seven ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import median

from bot.chat.message import Message
from bot.delivery.review_ahead import Ahead, LeftOut, is_lighter, left_out, look_ahead
from bot.delivery.review_days import DAYS, Lived, Sort, heavier, lived, span
from bot.delivery.review_findings import as_of, judged, most_open, moved_most
from bot.delivery.review_words import Week, review
from bot.drills.model import Drill, Sitting, Skill, Stage
from bot.drills.skill import difficulty_logit, level_of
from bot.plan.generate import generate, week_number
from bot.plan.model import Dropped
from bot.profile.model import Profile
from bot.progress.failures import LOOKED_AT, clearest
from bot.today.known import known_drills
from bot.today.look import Today
from bot.turn import Turn

FIRST_DAYS = 3
"""Days of a plan that ask for no review as long as nothing was done."""


async def weekly_review(turn: Turn, profile: Profile, today: Today) -> Message | None:
    """The seven days up to yesterday, or from noon on up to today; None where silence is kinder.

    Silence is kinder during a pause, after seven days without a word, where nothing was asked or
    done, and in the first days of a plan.
    """
    if today.state.paused:
        return None
    first, last = span(turn.local)
    since = min(profile.starts, first - timedelta(days=DAYS))
    sittings = await turn.work.practice.sittings(since)
    days = lived(profile, today, await turn.work.diary.days(first, last), sittings, first, last)
    if not is_worth_a_word(days):
        return None
    skills = await turn.work.practice.skills()
    week = [s for s in sittings if first <= s.day <= last]
    drills = turn.content.bank().drills
    recent = [s for s in sittings if s.day >= first]
    difficulties = await _difficulties(turn, drills, recent)
    results = await turn.work.practice.results(last - LOOKED_AT)
    then = as_of(recent, last, skills, difficulties)
    return review(
        Week(
            days,
            sum(s.stage in (Stage.EFFORT, Stage.DONE) for s in week),
            _ahead(profile, today, drills, last + timedelta(days=1)),
            heavier(today, sittings, first),
            moved_most(recent, last, skills, difficulties),
            most_open(week, drills),
            _left_out(profile, today, sittings, then, days),
            clearest([r for r in results if r.day <= last], await known_drills(turn), last),
        )
    )


def is_worth_a_word(days: Sequence[Lived]) -> bool:
    """Whether the days give a review something to say."""
    if any(d.done or d.sort is Sort.INTERVIEW for d in days):
        return True
    known = [d for d in days if d.sort is not Sort.BEFORE]
    asked = any(d.asked is None or d.asked for d in known)
    return asked and any(d.spoke for d in known) and len(known) > FIRST_DAYS


def _ahead(profile: Profile, today: Today, drills: Mapping[str, Drill], first: date) -> Ahead:
    usual = [d.minutes for d in drills.values() if d.area in profile.track.weights]
    return look_ahead(
        profile,
        today.booked,
        today.calendar.breaks,
        first,
        drill_minutes=median(usual),
        lighter=is_lighter(today.state, profile, today.done, first),
    )


async def _difficulties(
    turn: Turn, drills: Mapping[str, Drill], sittings: Sequence[Sitting]
) -> dict[str, float]:
    """Difficulty by drill, logits, as answers have moved it by now."""
    known = [drills[i] for i in sorted({s.drill_id for s in judged(sittings)}) if i in drills]
    return {
        d.id: difficulty_logit(d.difficulty) + await turn.work.practice.difficulty_shift(d.id) for d in known
    }


def _left_out(
    profile: Profile,
    today: Today,
    sittings: Sequence[Sitting],
    skills: Mapping[str, Skill],
    days: Sequence[Lived],
) -> tuple[LeftOut, ...]:
    """The plan as it stands after these days, against the plan as it stood before them."""
    areas = {area: level_of(skill) for area, skill in skills.items()}

    def dropped(as_of: date) -> tuple[Dropped, ...]:
        done = _done(profile, [s for s in sittings if s.day < as_of])
        as_of = max(as_of, profile.starts)
        breaks = today.calendar.breaks
        made = generate(profile, skills=areas, booked=today.booked, breaks=breaks, done=done, today=as_of)
        return made.dropped

    return left_out(dropped(days[-1].day + timedelta(days=1)), dropped(days[0].day))


def _done(profile: Profile, sittings: Sequence[Sitting]) -> dict[int, dict[str, int]]:
    """Minutes done by week of the plan and area."""
    found = defaultdict[int, dict[str, int]](dict)
    for sitting in sittings:
        if sitting.minutes and sitting.stage is not Stage.SKIPPED:
            week = found[week_number(profile, sitting.day)]
            week[sitting.area] = week.get(sitting.area, 0) + round(sitting.minutes)
    return found
