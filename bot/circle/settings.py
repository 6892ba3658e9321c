"""The settings of a circle: how each is read, shown in the form, and changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time

from bot.chat.form import Form, FormField, Unclear
from bot.chat.reading import WEEKDAYS, weekdays
from bot.circle.model import Settings
from bot.profile.fields import read_clock, read_yes, read_zone
from bot.profile.tracks import AREAS

EVERY_DAY, WORKDAYS = "every day", "weekdays"


def read_areas(typed: str, today: date) -> str:
    """Area ids with commas between, from ids or names; *all* is empty. Raises Unclear."""
    words = typed.strip().casefold()
    if words in ("", "all", "any", "everything"):
        return "all"
    found: list[str] = []
    for part in filter(None, (p.strip() for p in words.replace(";", ",").replace("\n", ",").split(","))):
        near = [a for a, name in AREAS.items() if part in (a, a.replace("_", " "), name.casefold())]
        if len(near) != 1:
            raise Unclear(
                f"I know no area of that name. Some are {', '.join(list(AREAS)[:4])}; *all* takes every one."
            )
        found += [a for a in near if a not in found]
    return ",".join(found) or "all"


def read_weekdays(typed: str, today: date) -> str:
    """Weekdays with a drill, by name. Raises Unclear."""
    if typed.strip().casefold() in (EVERY_DAY, "daily", "all"):
        return ", ".join(WEEKDAYS)
    if typed.strip().casefold() == WORKDAYS:
        return ", ".join(WEEKDAYS[:5])
    names = [word.strip().casefold() for word in typed.split(",")]
    days = frozenset(map(WEEKDAYS.index, names)) if set(names) <= set(WEEKDAYS) else weekdays(typed)
    if not days:
        raise Unclear("I need at least one day, such as *Monday, Wednesday*.")
    return ", ".join(WEEKDAYS[d] for d in sorted(days))


FORM = Form(
    "circle:settings",
    "The circle",
    (
        FormField("zone", "Which city's clock?", read_zone, "A city or a zone such as *Berlin*."),
        FormField("drill", "Hour of the drill?", read_clock, "Such as *9:00*."),
        FormField(
            "reveal",
            "Hour of the reveal?",
            read_clock,
            "Such as *18:00*; an hour before the drill's is on the next day.",
        ),
        FormField("days", "On which days?", read_weekdays, "Such as *weekdays* or *Monday, Thursday*."),
        FormField("areas", "Which areas?", read_areas, "*all*, or some with commas between."),
    ),
)

SWITCHES = ("pairing", "board")
"""Settings that are on or off, changed by `/pacer circle settings pairing off`."""


def days(settings: Settings) -> str:
    """The weekdays with a drill, as one says them and as the form reads them."""
    for words, some in ((EVERY_DAY, range(7)), (WORKDAYS, range(5))):
        if settings.weekdays == frozenset(some):
            return words
    return ", ".join(WEEKDAYS[d].capitalize() for d in sorted(settings.weekdays))


def known(settings: Settings) -> tuple[tuple[str, str], ...]:
    """The form as it stands."""
    return (
        ("zone", settings.zone),
        ("drill", f"{settings.drill_at:%H:%M}"),
        ("reveal", f"{settings.reveal_at:%H:%M}"),
        ("days", days(settings)),
        ("areas", ",".join(settings.areas) or "all"),
    )


def changed(settings: Settings, values: Mapping[str, str]) -> Settings:
    """The settings after a form whose fields were read. Raises Unclear."""
    drill, reveal = time.fromisoformat(values["drill"]), time.fromisoformat(values["reveal"])
    if reveal == drill:
        raise Unclear("Between the drill and its reveal there has to be time to answer. Nothing was changed.")
    areas = () if values["areas"] == "all" else tuple(values["areas"].split(","))
    return replace(
        settings,
        zone=values["zone"],
        drill_at=drill,
        reveal_at=reveal,
        weekdays=frozenset(map(WEEKDAYS.index, values["days"].split(", "))),
        areas=areas,
    )


def switched(settings: Settings, name: str, typed: str, today: date) -> Settings:
    """The settings with one switch turned. Raises Unclear."""
    on = read_yes(typed, today) == "yes"
    return replace(settings, pairing=on) if name == "pairing" else replace(settings, board=on)


def differences(before: Settings, after: Settings) -> str:
    """What changed, as the log says it; empty if nothing did."""
    told = dict(known(after)) | {"pairing": _on(after.pairing), "board": _on(after.board)}
    was = dict(known(before)) | {"pairing": _on(before.pairing), "board": _on(before.board)}
    names = {"zone": "zone", "drill": "hour of the drill", "reveal": "hour of the reveal", "days": "days"}
    return ", ".join(f"{names.get(k, k)} {v}" for k, v in told.items() if was[k] != v)


def _on(switch: bool) -> str:
    return "on" if switch else "off"
