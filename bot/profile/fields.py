"""The questions of set-up and settings, how each answer is read, and how it changes the profile."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time, timedelta

from bot.chat.form import Form, FormField, Unclear
from bot.chat.reading import WEEKDAYS, clock, future_day, number, weekdays
from bot.pace.model import Level
from bot.profile.model import MAX_WEEKS, MIN_WEEKS, Profile, WeeklyTime
from bot.profile.places import country, zone
from bot.profile.tracks import TRACKS

_WEEKS = re.compile(r"^(?:in\s+)?(\d{1,3})\s*(?:w|wk|wks|weeks?)?$", re.I)
LEVELS = tuple((level.word, level.word) for level in (Level.EASE, Level.STEADY, Level.FULL))
YES_NO = (("Yes", "yes"), ("No", "no"))


def read_track(typed: str, today: date) -> str:
    """A track id, from its id or name."""
    words = typed.strip().casefold().replace(" ", "_")
    if words in TRACKS:
        return words
    near = [t.id for t in TRACKS.values() if typed.strip().casefold() in t.name.casefold()]
    if len(near) == 1 and len(typed.strip()) > 1:
        return near[0]
    raise Unclear("I did not get that. Pick one of the roles by its number or name.")


def read_target(typed: str, today: date) -> str:
    """The day to be ready by, from a day or a number of weeks."""
    if match := _WEEKS.match(typed.strip()):
        target = today + timedelta(weeks=int(match[1]))
    else:
        try:
            target = future_day(typed, today)
        except Unclear as problem:
            hint = "Say a number of weeks such as *8*, or a day such as *2026-05-01*."
            raise Unclear(f"{str(problem).split(' A day')[0]} {hint}") from problem
    weeks = -(-(target - today).days // 7)
    if not MIN_WEEKS <= weeks <= MAX_WEEKS:
        raise Unclear(
            f"I plan for {MIN_WEEKS} to {MAX_WEEKS} weeks. Pick a day in that stretch; it can move later."
        )
    return target.isoformat()


def _one_space(typed: str) -> str:
    """Runs of white space made one space, so that no pattern takes long over them."""
    return " ".join(typed.split())


def read_hours(typed: str, today: date) -> str:
    """Hours a week, 1 to 80; the pacing rules cut what is of no use."""
    words = re.sub(r" ?(h|hours?)( ?(a|per) ?week)?$", "", _one_space(typed), flags=re.I)
    return f"{number(words, 1, 80, 'Hours a week'):g}"


def read_longest(typed: str, today: date) -> str:
    """The longest day in minutes, from "90", "90m" or "1.5h"."""
    words = _one_space(typed).casefold()
    if match := re.fullmatch(r"([\d.,]+) ?(?:h|hours?)", words):
        return f"{number(match[1], 0.25, 12, 'The longest day, in hours,') * 60:.0f}"
    words = re.sub(r" ?(m|min|minutes?)$", "", words)
    return f"{number(words, 15, 720, 'The longest day, in minutes,'):.0f}"


def read_work(typed: str, today: date) -> str:
    """Paid work, hours a week."""
    return f"{number(typed, 0, 100, 'Paid work, hours a week,'):g}"


def read_zone(typed: str, today: date) -> str:
    """An IANA zone."""
    return zone(typed)


def read_clock(typed: str, today: date) -> str:
    """A wall time as HH:MM."""
    return clock(typed).strftime("%H:%M")


def read_rest(typed: str, today: date) -> str:
    """Rest weekdays as names; at least one, because nobody recovers without any."""
    days = weekdays(typed)
    return ", ".join(WEEKDAYS[d] for d in sorted(days)) if days else "none"


def read_quiet(typed: str, today: date) -> str:
    """Quiet hours as HH:MM-HH:MM."""
    parts = re.split(r" ?(?:-|–|to|until) ?", _one_space(typed))
    if len(parts) != 2:
        raise Unclear("I did not get that. Quiet hours look like *22:00-7:00*.")
    start, end = clock(parts[0]), clock(parts[1])
    if start == end:
        raise Unclear("Quiet hours need two different times, such as *22:00-7:00*.")
    return f"{start:%H:%M}-{end:%H:%M}"


def read_level(typed: str, today: date) -> str:
    """ease, steady or full."""
    words = typed.strip().casefold()
    if words not in ("ease", "steady", "full"):
        raise Unclear("I did not get that. Say *ease*, *steady* or *full*.")
    return words


def read_yes(typed: str, today: date) -> str:
    """yes or no."""
    words = typed.strip().casefold()
    if words in ("yes", "y", "on", "true"):
        return "yes"
    if words in ("no", "n", "off", "false"):
        return "no"
    raise Unclear("I did not get that. Say *yes* or *no*.")


def read_drill_hour(typed: str, today: date) -> str:
    """HH:MM, or no: the drill then follows the check-in."""
    return "no" if typed.strip().casefold() in ("no", "none", "off") else clock(typed).strftime("%H:%M")


def read_review(typed: str, today: date) -> str:
    """morning, no, or a weekday with a wall time."""
    words = _one_space(typed).strip().casefold()
    if words in ("morning", "yes", "on"):
        return "morning"
    if words in ("no", "none", "off"):
        return "no"
    day, _, at = words.partition(" ")
    try:
        found = sorted(weekdays(day))
        if len(found) == 1:
            return f"{WEEKDAYS[found[0]]} {clock(at.removeprefix('at ')):%H:%M}"
    except Unclear:
        pass
    raise Unclear("I did not get that. Say *morning*, *no*, or a day and an hour such as *Sunday 18:00*.")


def read_country(typed: str, today: date) -> str:
    """A country code, or none."""
    return country(typed) or "none"


SEARCH = Form(
    "search",
    "What are you preparing for?",
    (
        FormField("track", "Which role?", read_track, options=tuple((t.name, t.id) for t in TRACKS.values())),
        FormField("target", "Ready by when?", read_target, "A day, or a number of weeks (4 to 26)."),
        FormField("hours", "Hours a week for this?", read_hours, "Be honest rather than brave."),
        FormField("longest", "Your longest day?", read_longest, "In minutes, or *1.5h*.", default="90"),
        FormField("work", "Paid work, hours a week?", read_work, default="0"),
    ),
)
TIMES = Form(
    "times",
    "When do we talk?",
    (
        FormField("city", "Which city are you in, or near?", read_zone, "Or a zone such as *Europe/Lisbon*."),
        FormField("morning", "When does your morning start?", read_clock, default="08:00"),
        FormField("evening", "And your evening?", read_clock, default="20:00"),
        FormField("rest", "Which day, or days, are off?", read_rest, default="sunday"),
        FormField("quiet", "When am I silent?", read_quiet, default="22:00-07:00"),
    ),
)
LIMITS = Form(
    "limits",
    "How far may I go?",
    (
        FormField("ceiling", "The most a day may ask?", read_level, options=LEVELS),
        FormField("checkins", "Shall I ask for the battery each morning?", read_yes, options=YES_NO),
        FormField("level", "Without check-ins: how much?", read_level, options=LEVELS),
        FormField("country", "Which country's helplines?", read_country, "Its name, or *none*."),
    ),
)
PROMPTS = Form(
    "prompts",
    "What may I send by myself?",
    (
        FormField("nudges", "A word on rest days?", read_yes, options=YES_NO),
        FormField(
            "drill",
            "An own hour for the day's drill?",
            read_drill_hour,
            "*17:30*, or *no*: after the check-in.",
        ),
        FormField(
            "review",
            "When shall I look back at the week?",
            read_review,
            "*morning* (the first of the week), *Sunday 18:00*, or *no*.",
        ),
        FormField("inventories", "Six questions about exhaustion, once a month?", read_yes, options=YES_NO),
        FormField("company", "A word when you have worked alone for long?", read_yes, options=YES_NO),
    ),
)
SETTINGS = {f.id: f for form in (SEARCH, TIMES, LIMITS, PROMPTS) for f in form.fields}
FORMS = {"search": SEARCH, "times": TIMES, "limits": LIMITS, "prompts": PROMPTS}


def values_of(profile: Profile) -> dict[str, str]:
    """The profile as its settings hold it."""
    return {
        "track": profile.track_id,
        "target": profile.target.isoformat(),
        "hours": f"{profile.weekly_minutes / 60:g}",
        "longest": str(profile.longest_day),
        "work": f"{profile.work_hours:g}",
        "city": profile.zone,
        "morning": f"{profile.morning:%H:%M}",
        "evening": f"{profile.evening:%H:%M}",
        "rest": ", ".join(WEEKDAYS[d] for d in sorted(profile.rest_weekdays)) or "none",
        "quiet": f"{profile.quiet_from:%H:%M}-{profile.quiet_to:%H:%M}",
        "ceiling": profile.ceiling.word,
        "checkins": "yes" if profile.checkins else "no",
        "level": profile.manual_level.word,
        "country": profile.country or "none",
        "nudges": "yes" if profile.rest_nudges else "no",
        "drill": f"{profile.drill_at:%H:%M}" if profile.drill_at else "no",
        "review": _review(profile),
        "inventories": "yes" if profile.inventories else "no",
        "company": "yes" if profile.company_nudges else "no",
    }


def _review(profile: Profile) -> str:
    if not profile.reviews:
        return "no"
    own = profile.review_at
    return f"{WEEKDAYS[own.weekday]} {own.at:%H:%M}" if own else "morning"


def _weekly_time(value: str) -> WeeklyTime | None:
    day, _, at = value.partition(" ")
    return WeeklyTime(WEEKDAYS.index(day), time.fromisoformat(at)) if at else None


def with_values(profile: Profile, values: dict[str, str]) -> Profile:
    """The profile after its settings were changed; settings not named stay."""
    v = {**values_of(profile), **values}
    quiet_from, _, quiet_to = v["quiet"].partition("-")
    return replace(
        profile,
        track_id=v["track"],
        target=date.fromisoformat(v["target"]),
        weekly_minutes=round(float(v["hours"]) * 60),
        longest_day=int(v["longest"]),
        work_hours=float(v["work"]),
        zone=v["city"],
        morning=time.fromisoformat(v["morning"]),
        evening=time.fromisoformat(v["evening"]),
        rest_weekdays=weekdays(v["rest"]),
        quiet_from=time.fromisoformat(quiet_from),
        quiet_to=time.fromisoformat(quiet_to),
        ceiling=Level.named(v["ceiling"]),
        checkins=v["checkins"] == "yes",
        manual_level=Level.named(v["level"]),
        rest_nudges=v["nudges"] == "yes",
        drill_at=None if v["drill"] == "no" else time.fromisoformat(v["drill"]),
        reviews=v["review"] != "no",
        review_at=_weekly_time(v["review"]),
        inventories=v["inventories"] == "yes",
        company_nudges=v["company"] == "yes",
        country="" if v["country"] == "none" else v["country"],
    )
