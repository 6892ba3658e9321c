"""What is said of a week's pulse in the circle."""

from __future__ import annotations

from bot.circle.pulse import Band, minutes

NOT_ENOUGH = "The week's pulse: not enough check-ins to say. I look for group drills of about {minutes} minutes, as ever."
BANDS = {
    Band.LOW: "The week's pulse: *low*. I look for short group drills now, of about {minutes} minutes.",
    Band.MIDDLING: "The week's pulse: *middling*. I look for group drills of about {minutes} minutes.",
    Band.HIGH: "The week's pulse: *high*. I look for longer group drills now, of about {minutes} minutes.",
}
"""What is looked for, and no promise: a circle may have had all of that length."""
HOW = (
    "The pulse is one word a week about all of us: low, middling or high. It is made from the batteries of those who "
    "said yes to it, from five people up, with chance mixed in on purpose: in a small circle it is now and then off "
    "by one, and nobody's own week can be worked out from it. Nothing else of a check-in ever leaves your direct "
    "message. You can stop taking part in any week."
)
"""What she reads before she says yes to it."""
IN = (
    "You take part in the pulse of **{name}** from the next whole week on. "
    "`/pacer circle settings pulse off` ends it at once."
)
IN_IT = "You take part in the pulse of **{name}**. `/pacer circle settings pulse off` ends it at once."
NOT_IN_IT = "You do not take part in the pulse of **{name}**. `/pacer circle settings pulse on` changes that."
NEEDS_A_PLAN = (
    "The pulse is made of check-ins, and those belong to a plan of your own, which you do not have so far. "
    "`/pacer start` takes a minute, and nobody here sees it."
)
OUT = "You do not take part in the pulse of **{name}**. Weeks that were weighed stay as they are; none of yours is in a later one."


def told(band: Band | None) -> str:
    """The pulse in one or two sentences."""
    return (BANDS[band] if band else NOT_ENOUGH).format(minutes=minutes(band))
