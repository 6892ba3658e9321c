"""What Pacer says about pace. Every reason speaks with the person's own numbers."""

from __future__ import annotations

from collections.abc import Iterable

from bot.pace.model import Event, Reason

NOT_A_BATTERY = "I did not get that. You can say `70`, *half*, or tap one above."
MOOD = "And the mood?"
STRESS = "Stress?"
SLEEP = "How long did you sleep?"
RESTING = "Good. It counts."
PAUSED = "Paused. You hear nothing from me until you say `/pacer back`."
BACK = "Good to have you here. Only today counts."
WHAT_HAPPENED = "What happened?"
EVENTS: dict[Event, tuple[str, str]] = {
    Event.REJECT_APP: (
        "An application was turned down",
        "Noted. One of many, and still a small sting. Today stays as it is.",
    ),
    Event.GHOSTED: ("Somebody went silent", "Noted. Silence is tiring too; it says little about you."),
    Event.REJECT_SCREEN: (
        "A no after a screen",
        "I am sorry. Nothing to do today; I make tomorrow a bit lighter.",
    ),
    Event.REJECT_ONSITE: (
        "A no after an onsite",
        "I am sorry. Onsites take a lot, and a no after one hurts. Nothing to do today; I made tomorrow light.",
    ),
    Event.OFFER_LOST: (
        "An offer fell through",
        "I am sorry. That is a hard one. Nothing to do today; the next days are light.",
    ),
    Event.LIFE_S: ("Life, small", "Noted. I go a little easier on the numbers."),
    Event.LIFE_M: ("Life, middling", "Noted. The next days count that in."),
    Event.LIFE_L: ("Life, large", "Noted. Life comes first; the plan bends around it."),
}
"""What can be told, and the answer to it."""
HOW_HEAVY = "How heavy was it?"
WEIGHED = "Noted. The next days follow."

_REASONS = {
    "ok": "Nothing holds you back today.",
    "manual": "You set the level yourself.",
    "energy": "Your battery is at {battery:.0f} of 100.",
    "readiness": "Battery, mood, stress and sleep together come to {readiness:.0f} of 100.",
    "sleep": "You slept {hours:g} hours.",
    "sleep_run": "{nights:.0f} of your last three nights were under six hours.",
    "trend": "Your five-day trend is {trend:.0f} of 100.",
    "below_usual": "Your last three mornings are below your own usual.",
    "shift": "Your mornings have been lower for a while. Did something change?",
    "stale": "No check-in for {days:.0f} days, so I start gently.",
    "burnout": "Your last inventory came to {score:.0f} of 100.",
    "ramp": "Your last week's load is {ramp:.1f} times your usual.",
    "rejections": "{count:.0f} rejections within a week weigh more than any drill.",
    "rejection": "A no after so much work takes energy.",
    "rejection_s": "A no after a screen takes some energy.",
    "hold": "More would be possible; I wait for two good mornings in a row before I ask for it.",
    "deload": "Every fourth week is lighter: 60 percent of the usual.",
    "deload_skip": "Last week was an easy one already, so this week stays ordinary.",
    "taper": "An interview is close ({days:.0f} days), so the days before it get shorter.",
    "post_interview": "Yesterday was an onsite; today is short.",
    "before_break": "Your break is close; the days before it are lighter.",
    "after_break": "You are just back from a break; the first days are lighter.",
    "break": "You planned this day off.",
    "monotony": "Your last seven days looked much alike; another format would do good.",
    "growth": "Weekly minutes grow by at most 30 percent over your best recent week; the limit is {limit:.0f} now.",
    "interview_day": "Interview today: a warm-up at the most.",
    "rest_day": "It is your day off.",
    "six_in_a_row": "Six days in a row; the seventh is for rest.",
    "paused": "You are paused. `/pacer back` starts again.",
}


def sentence(reason: Reason) -> str:
    """A reason in plain words."""
    return _REASONS[reason.id].format(**dict(reason.numbers)).replace("(1 days)", "(tomorrow)")


def because(reasons: Iterable[Reason]) -> str:
    """A few reasons, a line each."""
    return "\n".join(sentence(r) for r in reasons)
