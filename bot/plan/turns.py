"""Today, the week, the phases, and the companies in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.chat.effects import Effects, Say, say
from bot.chat.form import Unclear
from bot.chat.message import Chart, Fields, Option, option
from bot.drills.model import Sitting, Skill, Stage
from bot.drills.skill import level_of
from bot.plan import words
from bot.plan.generate import generate, week_number
from bot.plan.model import DayPlan, Milestone, Plan, WeekPlan
from bot.plan.readiness import company_order, estimates, readiness
from bot.profile.model import Profile
from bot.today.look import Today, look_at_today
from bot.today.present import present_today
from bot.turn import Turn


async def today(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer today`: one day, never a pile."""
    profile = turn.own
    return (Say(await present_today(turn, profile, await look_at_today(turn, profile))),)


async def plan(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer plan [view]`: this week, a week by number, the phases, or the companies."""
    profile, view = turn.own, given.get("view", "week").strip().casefold()
    made = await make_plan(turn, profile)
    number = max(1, week_number(profile, turn.today))
    match view:
        case "week" | "this week":
            return await _this_week(turn, profile, made, number)
        case "phases" | "phase":
            return _phases(profile, made)
        case "companies" | "company":
            return await _companies(turn, profile)
    view = view.removeprefix("week ").strip()
    if not view.isdecimal() or not 1 <= int(view) <= len(made.weeks):
        raise Unclear(words.NO_SUCH_WEEK.format(last=len(made.weeks)))
    if int(view) == number:
        return await _this_week(turn, profile, made, number)
    week = made.weeks[int(view) - 1]
    return say(*_week_blocks(week, len(made.weeks)), options=_views(week, await turn.work.agenda.reached()))


async def on_show(turn: Turn, about: tuple[str, ...]) -> Effects:
    """A button that shows a view of the plan."""
    return await plan(turn, {"view": about[0]})


async def make_plan(turn: Turn, profile: Profile) -> Plan:
    """The plan as of today, from what was done, what is booked and what she can do."""
    skills = await turn.work.practice.skills()
    sittings = await turn.work.practice.sittings(profile.starts)
    return generate(
        profile,
        skills=measured(skills),
        booked=await turn.work.agenda.booked(),
        breaks=await turn.work.agenda.breaks(),
        done=done_by_week(profile, sittings),
        today=turn.today,
    )


def measured(skills: Mapping[str, Skill]) -> dict[str, float]:
    """Estimated skill 0-1 by area."""
    return {area: level_of(skill) for area, skill in skills.items()}


def done_by_week(profile: Profile, sittings: Sequence[Sitting]) -> dict[int, dict[str, int]]:
    """Minutes done by week of the plan and area."""
    done: dict[int, dict[str, int]] = {}
    for sitting in sittings:
        if sitting.minutes and sitting.stage is not Stage.SKIPPED:
            week = done.setdefault(week_number(profile, sitting.day), {})
            week[sitting.area] = week.get(sitting.area, 0) + round(sitting.minutes)
    return done


async def _this_week(turn: Turn, profile: Profile, made: Plan, number: int) -> Effects:
    if number > len(made.weeks):
        return say(words.FINISHED)
    week = made.weeks[number - 1]
    seen = await look_at_today(turn, profile)
    rows = tuple(words.day_row(d, turn.today) for d in _shown_days(seen, profile, turn.today))
    early = (
        words.BEFORE_START.format(day=words.day_name(profile.starts)) if turn.today < profile.starts else ""
    )
    reached = await turn.work.agenda.reached()
    return say(
        early,
        *_week_blocks(week, len(made.weeks)),
        "**The days**",
        Fields(rows),
        words.dropped(made.dropped),
        options=_views(week, reached),
    )


def _shown_days(seen: Today, profile: Profile, today: date) -> list[DayPlan]:
    return [d for d in seen.week if d.day >= min(profile.starts, today)]


def _week_blocks(week: WeekPlan, weeks: int) -> tuple[str | Fields, ...]:
    ends = week.starts + timedelta(days=6)
    when = f"{words.day_name(week.starts)} to {words.day_name(ends)}"
    notes = "\n".join(week.notes)
    return (f"{words.title(week, weeks)}\n{when}", Fields(words.topics(week)), notes, _milestones(week))


def _milestones(week: WeekPlan) -> str:
    lines = [f"– {m.text}" for m in week.milestones]
    return "**By the end of it**\n" + "\n".join(lines) if lines else ""


def _views(week: WeekPlan, reached: frozenset[str]) -> tuple[Option, ...]:
    open_ones: list[Milestone] = [m for m in week.milestones if m.id not in reached]
    ticks = (option("Tick one off", "reach"),) if open_ones else ()
    return (option("Phases", "show", "phases"), option("Next week", "show", str(week.number + 1)), *ticks)


async def on_reach(turn: Turn, about: tuple[str, ...]) -> Effects:
    """Tick a milestone off: which one, and then it is done for good."""
    profile = turn.own
    made = await make_plan(turn, profile)
    known = {m.id: m for w in made.weeks for m in w.milestones}
    if about and about[0] in known:
        await turn.work.agenda.reach(about[0])
        return say(f"Done: {known[about[0]].text}")
    reached = await turn.work.agenda.reached()
    now = max(1, week_number(profile, turn.today))
    open_ones = [m for w in made.weeks if w.number <= now for m in w.milestones if m.id not in reached]
    if not open_ones:
        return say("All of them are done so far.")
    return say("Which one is done?", options=tuple(option(m.text, "reach", m.id) for m in open_ones[:20]))


def _phases(profile: Profile, made: Plan) -> Effects:
    rows = words.phase_rows(made.phases, made.weeks)
    alt = "; ".join(f"{bar.label}: {bar.words}" for bar in rows)
    chart = Chart(f"{profile.track.name}, {profile.weeks} weeks", rows, max(bar.value for bar in rows), alt)
    ends = f"Ready by {words.day_name(profile.target)}."
    return say(chart, ends, words.dropped(made.dropped), options=(option("This week", "show", "week"),))


async def _companies(turn: Turn, profile: Profile) -> Effects:
    companies = await turn.work.agenda.companies()
    if not companies:
        return say(words.NO_COMPANIES)
    known = estimates(profile, measured(await turn.work.practice.skills()))
    order = company_order(companies, readiness(profile.track, known))
    return say("**In this order**", "\n".join(words.company(a) for a in order))
