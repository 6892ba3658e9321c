"""What Pacer says about a profile."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.saying import counted, listed
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

NO_CLAUDE = (
    "There is no second opinion to be had here: whoever hosts me has not set one up. Reviews are by rules."
)
CLAUDE_ASKS = (
    "**A second opinion by Claude** ({model}, by Anthropic) after each drill. It is off unless you say yes.\n"
    "Sent each time: the drill, its points and model answer, and what you typed as your answer, as it stands. "
    "If you wrote a name into it, the name goes along.\n"
    "Never sent: your name or account, this place, check-ins, mood, plan, interviews, notes, other answers.\n"
    "Whoever hosts me pays, up to a limit a day; you pay nothing. It moves no score and no plan. "
    "`/pacer settings claude off` ends it at once. Shall I?"
)
CLAUDE_ON = "Agreed. From the next drill on Claude looks at your answer too, after the rules. `/pacer settings claude off` ends it."
CLAUDE_OFF = "Nothing of yours is sent to Claude. Reviews are by rules."
CLAUDE_IS_ON = "Claude looks at your answers after the rules. `/pacer settings claude off` ends it."

UNREACHABLE = (
    "My last messages did not reach you, so I stopped sending. If you want them, allow direct messages from "
    "this server or app in your privacy settings; I try again from now on."
)
CODE = (
    "`{code}`\nSay `/pacer link {code}` on your account on another platform within ten minutes; it works once. "
    "Keep it to yourself: whoever says it shares all that I know of you."
)
CODE_FROM_WHERE_SET_UP = (
    "A code is made where you are set up: say `/pacer link` there, then `/pacer link` with that code here. "
    "If you are new to me, `/pacer start` sets you up."
)
JOINED_SO_FAR = "Joined so far: {names}."
UNKNOWN_CODE = "I do not know that code; each works once, for ten minutes. `/pacer link` on your other account makes a new one."
CODE_OVER = "That code is over, and nothing is changed. `/pacer link` on your other account makes a new one."
TOO_MANY_CODES = "I do not know the last codes you said. Let an hour pass, then try a new one."
OWN_CODE = "That is your own code. It waits to be said on another account of yours, on another platform."
LINKED_ELSEWHERE = (
    "This account is joined with others already. `/pacer unlink` here takes it off; then say the code again."
)
SAME_PLATFORM = (
    "The code comes from somebody with an account on {place} already, and I join one of each platform. "
    "Nothing is changed."
)
TWO_PROFILES = (
    "You are set up on both accounts, and one person has one profile. If you join, the profile, plan and history of "
    "the account that made the code stay, and everything I know of this account ({here}) is forgotten for good. "
    "Circles are the exception: you stay in all of them, with what you shared there."
)
LEFT_AS_IT_IS = "Nothing is changed."
JOINED = (
    "Joined: {names} are one person to me now, with one plan and one conversation. What I send by myself goes to "
    "{place}; `/pacer settings where {here}` brings it here."
)
JOINED_ELSEWHERE = (
    "An account on {place} was joined with this one just now, with a code from here. It shares all that I know of you. "
    "If that was not you, say `/pacer unlink {here}` here, and it is taken off."
)
NOT_LINKED = "There is no other account joined with this one. `/pacer link` joins one."
WHICH_OFF = "This is your first account, and it keeps everything. Which of the others shall I take off?"
FIRST_STAYS = (
    "This is your first account, and it keeps everything. To take it off, say so on another account."
)
TAKEN_OFF = "{gone} is taken off. Your profile, plan and history stay with the rest."
LETTERS_GO_TO = "What I send by myself goes to {place} now."
WHERE = "What I send by myself goes to {place}. Where do you want it?"
ONE_PLACE = (
    "What I send by myself goes to {place}, the only account I know of you. `/pacer link` joins another."
)
NO_SUCH_PLACE = "I know you on {names}. Say one of these."

_PLACES = {"console": "terminal"}
"""Platforms that people call by another name."""

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


def place_word(platform: str) -> str:
    """A platform as one types it."""
    return _PLACES.get(platform, platform)


def place_name(platform: str) -> str:
    """A platform as one reads it."""
    return place_word(platform).capitalize()


def summary(profile: Profile, phases: Sequence[PhaseSpan]) -> str:
    """The plan in two lines, said right after set-up."""
    parts = [f"{counted(p.weeks)} {_PHASES[p.phase.value]}" for p in phases]
    first = (
        parts[0].replace(" ", " week ", 1) if phases[0].weeks == 1 else parts[0].replace(" ", " weeks ", 1)
    )
    stretch = ", ".join([first.capitalize(), *parts[1:]])
    off = listed([f"{d}s" for d in rest_names(profile)])
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
