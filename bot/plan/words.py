"""What Pacer says about the plan. Rows fit forty columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.chat.message import Bar
from bot.plan.model import CompanyAdvice, DayLabel, DayPlan, Dropped, Phase, PhaseSpan, WeekPlan
from bot.profile.tracks import AREAS

PHASES = {
    Phase.FOUNDATION: "foundations",
    Phase.BUILD: "building",
    Phase.MOCK: "mocks",
    Phase.TAPER: "winding down",
}
LABELS = {
    DayLabel.STUDY: "",
    DayLabel.PAST: "",
    DayLabel.REST_DAY: "day off",
    DayLabel.REST: "rest",
    DayLabel.SIX_IN_A_ROW: "rest after six days",
    DayLabel.INTERVIEW: "interview",
    DayLabel.TAPER: "short, interview ahead",
    DayLabel.AFTER_INTERVIEW: "quiet, after the interview",
    DayLabel.BEFORE_BREAK: "lighter, break ahead",
    DayLabel.BREAK: "break",
    DayLabel.AFTER_BREAK: "lighter, back from break",
    DayLabel.DELOAD: "lighter week",
    DayLabel.FULL_WEEK: "the week is full",
    DayLabel.PAUSED: "paused",
}
NO_SUCH_WEEK = (
    "Your plan has weeks 1 to {last}. Say `/pacer plan 2`, `/pacer plan phases` or `/pacer plan companies`."
)
NO_COMPANIES = (
    "No companies yet. `/pacer company add Acme dream` adds one; stakes are practice, good or dream."
)
BEFORE_START = "Your plan starts on {day}."
FINISHED = "The plan has run its weeks. `/pacer settings target 8 weeks` starts a new stretch."


def day_name(day: date) -> str:
    """A day as people say it: Mon 5 Jan."""
    return f"{day:%a} {day.day} {day:%b}"


def day_row(plan: DayPlan, today: date) -> tuple[str, str]:
    """A day of the week at hand. A past day shows what was done, never what was not."""
    name = day_name(plan.day) + (" *" if plan.day == today else "")
    if plan.day < today:
        return name, f"{plan.done} min done" if plan.done else "–"
    label = LABELS[plan.label]
    minutes = f"{plan.minutes} min" if plan.minutes else ""
    moved = f"{plan.moved} moved here" if plan.moved else ""
    done = f"{plan.done} done" if plan.done else ""
    return name, ", ".join(part for part in (minutes, label, moved, done) if part) or "–"


def topics(week: WeekPlan, most: int = 6) -> tuple[tuple[str, str], ...]:
    """A week's areas with their minutes, most first."""
    ranked = sorted(week.topics.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((AREAS[area], f"{minutes} min") for area, minutes in ranked[:most] if minutes)


def title(week: WeekPlan, weeks: int) -> str:
    """A week in one line, with its mix."""
    mix = week.mix
    shares = f"{mix.new} new · {mix.review} review · {mix.mock} mock"
    return f"**Week {week.number} of {weeks}: {PHASES[week.phase]}**, {week.minutes} minutes ({shares})"


def phase_rows(spans: Sequence[PhaseSpan], weeks: Sequence[WeekPlan]) -> tuple[Bar, ...]:
    """A bar a phase: its weeks, and what they hold."""
    rows = []
    for span in spans:
        own = [w for w in weeks if span.first_week <= w.number < span.first_week + span.weeks]
        last = span.first_week + span.weeks - 1
        which = f"week {last}" if span.weeks == 1 else f"weeks {span.first_week}-{last}"
        rows.append(Bar(PHASES[span.phase], float(span.weeks), f"{which}, {sum(w.minutes for w in own)} min"))
    return tuple(rows)


def dropped(items: Iterable[Dropped], most: int = 3) -> str:
    """What found no place, and why."""
    listed = [f"{AREAS[d.area]}: {d.minutes} minutes. {d.why}" for d in items if d.minutes]
    if not listed:
        return ""
    more = f"\n(and {len(listed) - most} more)" if len(listed) > most else ""
    return "**Left out**\n" + "\n".join(listed[:most]) + more


def company(advice: CompanyAdvice) -> str:
    """A company with go or wait."""
    return f"**{advice.company.name}**  {advice.why}"
