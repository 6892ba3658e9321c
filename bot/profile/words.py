"""What Pacer says about a profile."""

from __future__ import annotations

from collections.abc import Sequence

from bot.plan.model import PhaseSpan
from bot.profile.model import Profile
from bot.profile.rules import Challenge

WELCOME = (
    "I am Pacer. I keep your preparation, ask how the battery is, and pick what fits the day.\n"
    "Two short forms, ten answers, then your first drill. Everything can be changed later."
)
ALREADY = "You are set up. `/pacer settings` changes anything, and the plan follows."
CHANGED = "Changed. The plan follows."
NOT_A_SETTING = "I do not know that setting. These are the ones: {names}."
HUSHED = (
    "Your hour for the {which} lies in your quiet hours, so I stay silent then. "
    "`/pacer settings quiet` changes that."
)
OWN_DRILL_HOUR = "The day's drills come at {at:%H:%M}, beside the morning's question."
RATE = "How sure do you feel in **{area}** today? 1 is new to it, 5 could teach it."
RATED = "Thank you. The plan leans on that now, and on what you show me later."

_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_PHASES = {
    "foundation": "of foundations",
    "build": "of building",
    "mock": "of mocks",
    "taper": "of winding down",
}


def hours(minutes: int) -> str:
    """Minutes as hours, as one says them."""
    value = minutes / 60
    return f"{value:g} hour" + ("" if value == 1 else "s") if minutes % 30 == 0 else f"{minutes} minutes"


def counted(number: int) -> str:
    """A small number as a word."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def summary(profile: Profile, phases: Sequence[PhaseSpan]) -> str:
    """The plan in two lines, said right after set-up."""
    parts = [f"{counted(p.weeks)} {_PHASES[p.phase.value]}" for p in phases]
    first = (
        parts[0].replace(" ", " week ", 1) if phases[0].weeks == 1 else parts[0].replace(" ", " weeks ", 1)
    )
    stretch = ", ".join([first.capitalize(), *parts[1:]])
    off = " and ".join(", ".join(f"{d}s" for d in rest_names(profile)).rsplit(", ", 1))
    rest = f"{off} are off." if off else "No day is off; I still stop you before a seventh in a row."
    return f"**{profile.track.name}, {profile.weeks} weeks, {hours(profile.weekly_minutes)} a week.** {stretch}. {rest}"


def rest_names(profile: Profile) -> list[str]:
    """Rest weekdays by name."""
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    return [names[d] for d in sorted(profile.rest_weekdays)]


def challenged(found: Challenge) -> str:
    """A kind word on a budget that is larger than its use."""
    asked, useful = hours(found.asked), hours(found.useful)
    match found.why:
        case "work":
            return (
                f"One thing: {asked} beside a full week of work. Above about 50 hours in all, more hours add "
                f"tiredness and little skill, so I would plan {useful}."
            )
        case "days":
            return f"One thing: {asked} do not fit into your days as you set them; {useful} do."
        case _:
            return (
                f"One thing: {asked} a week. Past about {useful}, more hours add tiredness and little skill."
            )
