"""What somebody wishes for a week: the form, and the wish with what her own days say about company."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.chat.form import Form, FormField, Unclear
from bot.chat.reading import number
from bot.drills.formats import Format
from bot.pace.model import Level
from bot.pairing.hours import hours, read_hours, written
from bot.pairing.model import Battery, Wish
from bot.pairing.talk_words import FORMATS
from bot.profile.fields import read_yes
from bot.today.look import look_at_today
from bot.turn import Turn

BASE = "pair:wish"
"""Begins the form's id, which ends with the circle it is about."""
MIDDLE = 3
_BATTERIES = {Level.REST: Battery.LOW, Level.EASE: Battery.LOW, Level.STEADY: Battery.MIDDLING}


def read_formats(typed: str, today: date) -> str:
    """Format ids with commas between, dearest first; *any* for all. Raises Unclear."""
    found: list[str] = []
    for part in (p.strip().casefold() for p in typed.replace(";", ",").replace("\n", ",").split(",")):
        if part in ("", "any", "all", "anything"):
            continue
        near = [f.value for f, name in FORMATS.items() if part in (name, f.value)]
        near = near or [f.value for f, name in FORMATS.items() if part in name]
        if len(near) != 1:
            some = ", ".join(FORMATS.values())
            raise Unclear(f"I did not get that. Say *any*, or some of {some}.")
        found += [f for f in near if f not in found]
    return ",".join(found) or "any"


def read_level(typed: str, today: date) -> str:
    """1 to 5. Raises Unclear."""
    return f"{number(typed, 1, 5, 'Level'):.0f}"


FORM = Form(
    BASE,
    "Company next week",
    (
        FormField(
            "formats", "Which formats?", read_formats, "*any*, or such as *design, case*, dearest first."
        ),
        FormField("level", "How hard, 1 to 5?", read_level, "1 is a warm-up."),
        FormField("hours", "When are you free?", read_hours, "Such as *tue 18-20, sat 10-12*.", long=True),
        FormField(
            "asks",
            "Will you ask the questions too?",
            read_yes,
            "You get all you need for it.",
            options=(("yes", "yes"), ("no", "no")),
            default="yes",
        ),
    ),
)


def known(wish: Wish | None, level: int) -> tuple[tuple[str, str], ...]:
    """The form as she filled it in last, or with a level to begin with."""
    if wish is None:
        return (("formats", "any"), ("level", str(level)))
    return (
        ("formats", ",".join(wish.formats) or "any"),
        ("level", str(wish.level)),
        ("hours", written(wish.free)),
        ("asks", "yes" if wish.interviews else "no"),
    )


def usual_level(turn: Turn) -> int:
    """The level that her own ratings speak for."""
    ratings = turn.own.ratings.values()
    return round(sum(ratings) / len(ratings)) if ratings else MIDDLE


async def wish_of(turn: Turn, values: Mapping[str, str]) -> Wish:
    """Her wish from a form that was read, with zone, quiet hours, interviews and battery as they are now."""
    profile = turn.own
    today = await look_at_today(turn, profile)
    formats = () if values["formats"] == "any" else tuple(map(Format, values["formats"].split(",")))
    return Wish(
        person=turn.work.circles.me,
        formats=formats,
        level=int(values["level"]),
        track=profile.track_id,
        zone=profile.zone,
        free=hours(values["hours"]),
        battery=_BATTERIES.get(today.decision.level, Battery.HIGH),
        interviews=values["asks"] == "yes",
        quiet_from=profile.quiet_from,
        quiet_to=profile.quiet_to,
        interview_days=frozenset(b.day for b in today.booked),
    )
