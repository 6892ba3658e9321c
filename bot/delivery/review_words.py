"""What the weekly review says: a picture of seven days, and at most four lines under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.message import Bar, Chart, Message, message
from bot.chat.saying import listed
from bot.delivery.review_ahead import Ahead, LeftOut
from bot.delivery.review_days import Lived, Sort
from bot.delivery.review_findings import Moved, StillOpen
from bot.drills.families import FORMAT_NAMES
from bot.pace.model import Break
from bot.plan.interviews import KINDS
from bot.plan.model import Booked, Phase
from bot.profile.tracks import AREAS
from bot.progress.failures import Loss
from bot.today.ask import BATTERY_WORDS

LONGEST_NAME = 30
LONGEST_POINT = 90
MOST_NAMED = 2
"""Interviews, breaks or areas that a line names."""
COUNTED_DAYS = 3
"""Days below which a rhythm is no rhythm."""
LOW = BATTERY_WORDS["low"]
PHASES = {
    Phase.FOUNDATION: "foundations",
    Phase.BUILD: "building",
    Phase.MOCK: "mocks",
    Phase.TAPER: "winding down",
}
FREE = (Sort.REST, Sort.BREAK, Sort.PAUSED)
"""Days on which nothing was asked."""
PLAN_IS_OVER = "the plan has run its weeks, and nothing is asked."


@dataclass(frozen=True, slots=True)
class Week:
    """Everything that a review says."""

    days: tuple[Lived, ...]
    drills: int
    """Finished."""
    ahead: Ahead
    heavier: bool = False
    """Clearly more strain than the week before."""
    moved: Moved | None = None
    still_open: StillOpen | None = None
    left_out: tuple[LeftOut, ...] = ()
    """By reason, most minutes first."""
    losing: Loss | None = None
    """The format that clearly loses most points."""


def review(week: Week) -> Message:
    """The picture and its lines; what has no evidence has no line."""
    still_open = " ".join(part for part in (_still_open(week.still_open), _losing(week.losing)) if part)
    lines = (_done(week), still_open, _ahead(week.ahead), _left_out(week.left_out))
    return message(picture(week.days), "\n\n".join(line for line in lines if line))


def picture(days: Sequence[Lived]) -> Chart:
    """A bar a day. A full bar is the longest day."""
    bars = tuple(Bar(f"{d.day:%a}", float(d.done), _behind(d), rest=d.sort in FREE) for d in days)
    title = f"Seven days, {day_name(days[0].day)} to {day_name(days[-1].day)}"
    return Chart(title, bars, max(1.0, *(bar.value for bar in bars)), _alt(days))


def day_name(day: date) -> str:
    """A day as people say it: Mon 5 Jan."""
    return f"{day:%a} {day.day} {day:%b}"


def _behind(day: Lived) -> str:
    """The words behind a bar; with the weekday they fit forty columns."""
    battery = "" if day.battery is None else f" · battery {day.battery:.0f}"
    match day.sort:
        case Sort.BEFORE:
            return f"{day.done} min" if day.done else "before the plan"
        case Sort.PAUSED:
            return f"{day.done} min, paused" if day.done else "paused"
        case Sort.BREAK:
            return f"{day.done} min, a break" if day.done else "break"
        case Sort.INTERVIEW:
            return f"interview · {day.done} min" if day.done else "interview"
        case Sort.REST:
            return (f"{day.done} min, a rest day" if day.done else "rest, kept") + battery
        case Sort.STUDY:
            return _studied(day) + battery


def _studied(day: Lived) -> str:
    if not day.spoke and not day.done:
        return "quiet"
    if day.asked is None:
        return f"{day.done} min"
    so_far = " so far" if day.under_way and day.done < day.asked else ""
    return f"{day.done} of {day.asked} min{so_far}"


def _alt(days: Sequence[Lived]) -> str:
    """What the picture says."""
    listed = ", ".join(f"{d.day:%a} {d.done or _without(d)}" for d in days)
    longest = max(d.done for d in days)
    names = [f"{d.day:%A}" for d in days if d.done == longest]
    most = f" {names[0]} was the longest." if longest and len(names) == 1 else ""
    return f"Minutes by day: {listed}.{most}"


def _without(day: Lived) -> str:
    named = {Sort.REST: "rest", Sort.BREAK: "break", Sort.INTERVIEW: "interview", Sort.PAUSED: "paused"}
    return named.get(day.sort, "0")


def _done(week: Week) -> str:
    facts = [_minutes(week.days), _count(week.drills, "drill") if week.drills else "", _rhythm(week.days)]
    said = ", ".join(f for f in facts if f)
    tone = _low(week.days) or ("It was a heavier week than the one before." if week.heavier else "")
    return " ".join(part for part in (f"**Done:** {said}.", tone, _moved(week.moved)) if part)


def _minutes(days: Sequence[Lived]) -> str:
    done = sum(d.done for d in days)
    if any(d.asked is None for d in days):
        return _count(done, "minute")
    asked = sum(d.asked or 0 for d in days)
    return f"{done} of {asked} minutes" if asked else f"{_count(done, 'minute')}, none asked"


def _rhythm(days: Sequence[Lived]) -> str:
    counted = [d for d in days if d.in_rhythm is not None]
    kept = [d for d in counted if d.in_rhythm]
    if len(counted) < COUNTED_DAYS or not kept:
        return ""
    rest = ", rest included" if any(d.sort in (Sort.REST, Sort.BREAK) for d in kept) else ""
    return f"{len(kept)} of {len(counted)} days in rhythm{rest}"


def _low(days: Sequence[Lived]) -> str:
    """The days of a low battery, as a fact; a week that did what it asked needs none."""
    low = [f"{d.day:%A}" for d in days if d.battery is not None and d.battery <= LOW]
    if not low or sum(d.done for d in days) >= sum(d.asked or 0 for d in days):
        return ""
    if len(low) > MOST_NAMED:
        return f"{len(low)} days were low."
    return f"{' and '.join(low)} {'was' if len(low) == 1 else 'were'} low."


def _moved(moved: Moved | None) -> str:
    if moved is None:
        return ""
    trust = (
        "that is an early guess"
        if moved.early
        else "that is more than chance would do"
        if moved.clear
        else "that may still be chance"
    )
    way = "higher" if moved.by > 0 else "lower"
    return f"{AREAS[moved.area]} came out {way} over {_count(moved.drills, 'drill')}; {trust}."


def _still_open(found: StillOpen | None) -> str:
    if found is None:
        return ""
    area = AREAS[found.area]
    if found.point:
        return f"**Still open:** “{_short(found.point, LONGEST_POINT)}” ({area}), {found.missed} of {found.of} times."
    return (
        f"**Still open:** {area}, {found.missed} of {found.of} points over {_count(found.drills, 'drill')}."
    )


def _losing(found: Loss | None) -> str:
    """The format that clearly loses most; the choice of drills follows it."""
    if found is None or found.format is None:
        return ""
    share, name = int(10 * found.share + 0.5), FORMAT_NAMES[found.format]
    return (
        f"By format, most is open in {name}: about {share} of 10 points over "
        f"{_count(found.goes, 'drill')} in four weeks. Those come a little more often."
    )


def _ahead(ahead: Ahead) -> str:
    """What the week to come asks, and what lies in it by name and day."""
    said = [f"**The week ahead:** {_asks(ahead)}"]
    if ahead.lighter:
        said.append("Every fourth week is lighter, and this is one.")
    named = [(b.day, _interview(b)) for b in ahead.interviews[:MOST_NAMED]]
    named += [(b.first, _break(b)) for b in ahead.breaks[:MOST_NAMED]]
    said += [line for _, line in sorted(named)]
    if more := len(ahead.interviews[MOST_NAMED:]):
        said.append(f"{_count(more, 'more interview')} after that.")
    return " ".join(said)


def _asks(ahead: Ahead) -> str:
    if ahead.phase is None:
        return PLAN_IS_OVER
    if not ahead.minutes:
        return "nothing is asked."
    parts = [PHASES[ahead.phase], f"up to {ahead.minutes} minutes"]
    if ahead.drills:
        parts.append(f"about {_count(ahead.drills, 'drill')}")
    if ahead.new:
        parts.append(f"{ahead.new} of them new" if ahead.drills > 1 else "new")
    return ", ".join(parts) + "."


def _interview(booked: Booked) -> str:
    kind = KINDS[booked.kind].name
    return f"{kind[0].upper()}{kind[1:]} at {_short(booked.company, LONGEST_NAME)} on {day_name(booked.day)}."


def _break(planned: Break) -> str:
    if planned.first == planned.last:
        return f"{day_name(planned.first)} off."
    return f"Break from {day_name(planned.first)} to {day_name(planned.last)}."


def _left_out(found: Sequence[LeftOut]) -> str:
    """What gave way and why; a second reason in a few words."""
    if not found:
        return ""
    first, others = found[0], found[1:]
    said = f"**Left out:** {_count(first.minutes, 'minute')} of {_areas(first.areas)}. {first.why}"
    if not others:
        return said
    why = others[0].why
    return f"{said} Another {_count(others[0].minutes, 'minute')}: {why[0].lower()}{why[1:]}"


def _areas(areas: Sequence[str]) -> str:
    names = [AREAS[a] for a in areas[:MOST_NAMED]]
    if more := len(areas) - len(names):
        names.append(f"{more} more")
    return listed(names)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _short(text: str, most: int) -> str:
    """One line of at most so many characters, cut between words where they are short enough."""
    line = " ".join(text.split()).rstrip(".")
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return (cut[:at] if (at := cut.rfind(" ")) > most // 2 else cut).rstrip(" ,;:(") + "…"
