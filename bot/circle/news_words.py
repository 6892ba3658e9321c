"""What Pacer says about good news, company, the board, offered drills and the week of a circle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.chat.fit import first_of
from bot.chat.reading import WEEKDAYS
from bot.chat.saying import counted, listed
from bot.circle.model import LEAST_SAID, Circle
from bot.circle.news_model import COMPANY, LEAST_ON_THE_BOARD, WIN, Offer, Rhythm, State, Week
from bot.delivery.recurrence import held
from bot.profile.tracks import AREAS

TELL = "That is good news. Tell **{name}**? It would say:\n> {line}"
WITHOUT_WORDS = "There is good news."
NAMED_NEWS = "**Good news** from *{who}*\n{text}"
UNNAMED_NEWS = "**Good news** from somebody here\n{text}"
KEPT = "Good. It stays between us, and it counts all the same."
TOLD = "It comes into the channel in a moment. You can take it back whenever you like."
TOLD_ALREADY = "That one is told already."
QUESTION_OVER = (
    "That question is over, and nothing was posted. Say `/pacer {command}` again if you still want to."
)
GONE = "*This was taken back.*"
TAKEN_BACK = "Taken back. The post in the channel says no more than that."
NOTHING_TO_TAKE = "There is nothing of yours to take back there."
ENOUGH = {
    WIN: "Three pieces of good news in a day: what a day. The next one can come tomorrow; nothing was posted.",
    COMPANY: "You have asked twice within a day. The circle can be asked again tomorrow; nothing was posted.",
}
ENOUGH_THERE = (
    "The channel had a lot from me today, so I leave it in peace until tomorrow. Nothing was posted; "
    "you can of course write there yourself."
)

LINES = (
    "Anyone for a walk or a call?",
    "Anyone up for practising side by side for half an hour?",
    "Coffee and no shop talk, anyone?",
)
"""What can be asked in her name."""
WHICH_LINE = 'What shall I ask **{name}**, in your name? With words of your own: `/pacer circle company "…"`.'
OWN_LINE = "I would ask **{name}** in your name, *{me}*:\n> {line}"
ASKED = "*{who}* asks: {line}"
OPEN_UNTIL = "Open until {until}. Who taps is seen by {who} alone."
ASKED_AND_OVER = "*{who}* asked for company. That is closed now."
ASKING = "It comes into the channel in a moment, open until {until}. You hear who is in; nobody else does."
CALL_OVER = "That one is closed. `/pacer circle company` asks anew."
CLOSED = "Closed. The post says so in a moment."
NOBODY_YET = "Nobody so far. It is open until {until}."
WHO_IS_IN = "In so far: {names}."
IN = "*{who}* hears that you, *{me}*, are in, and nobody else does. A word in the thread under the post finds you both."
IN_ALREADY = "*{who}* knows already that you are in."
SOMEBODY_IS_IN = "*{me}* is in: “{line}”. A word in the thread under the post finds you both."
AMONG_MEMBERS = "That is a question among the members of this circle. Joining is one tap, and you first see what it will know."

BOARD_BEFORE = (
    "The board of **{name}** shows your days in rhythm, of the last fourteen that count: practice where a day asked for "
    "it, rest where it did not. Names stand in order of the alphabet, and only of those who want it. It is counted when "
    "you first talk to me in a day, up to the evening before. `/pacer circle board off` takes you off at once."
)
BOARD_OFF_THERE = "**{name}** keeps no board. An admin can begin one with `/pacer circle settings board on`."
BOARD_NEEDS_A_PLAN = (
    "The board counts days of a plan of your own, and you have none so far. `/pacer start` takes a minute, and nobody "
    "here sees it."
)
ON_BOARD = "You are on the board of **{name}** from now on. It shows once three people are on it."
ON_BOARD_SOON = "You are on the board of **{name}** once there are three days that count."
ON_BOARD_ALREADY = "You are on the board of **{name}**. `/pacer circle board off` takes you off at once."
OFF_BOARD = "You are off the board of **{name}**, and your count there is gone."
NOT_ON_BOARD = "You are not on the board of **{name}**. `/pacer circle board on` puts you there, if you like."
BOARD = "**Days in rhythm**, rest included\n{rows}\nIn order of names, for those who want it: `/pacer circle board on`."
BOARD_RESTS = f"**Days in rhythm**\nThe board rests until {LEAST_ON_THE_BOARD} people or more are on it."
BOARD_CLOSED = "**Days in rhythm**\nThis circle keeps no board now."

THANKS_BEFORE = "On Fridays I thank those who interviewed others in **{name}**. With your yes I say your name there; else I do not."
THANKS_ON = (
    "If you interview somebody, I thank you by name in **{name}**. `/pacer circle thanks off` ends that."
)
THANKS_OFF = (
    "I thank you in **{name}** without your name from now on, also in weeks that stand there already."
)


POSTS = "**What members posted in {name}**, the newest first. Who wrote it is not shown; taking one down stands in the log."
NO_POSTS = "Nothing that members posted stands in **{name}**."
NO_OLDER_POSTS = "Nothing older stands in **{name}**. `/pacer circle posts` begins with the newest."
DOWN = "Taken down. Its author is told, and it stands in `/pacer circle log`."
DOWN_ALREADY = "That one is gone already."
YOURS_DOWN = "An admin of **{name}** took a post of yours down. What it said is gone; ask them in the channel if you like to know why."


def until(circle: Circle, at: datetime) -> str:
    """An instant as people of the circle say it."""
    local = at.astimezone(held(circle.settings.zone))
    return f"{WEEKDAYS[local.weekday()][:3].capitalize()} {local:%H:%M} ({circle.settings.zone})"


def board(rows: Sequence[tuple[str, Rhythm]]) -> str:
    """The board, by name; a very long one is cut."""
    ordered = sorted(rows, key=lambda row: row[0].casefold())
    told = first_of([f"{name} · {rhythm.kept} of {rhythm.of}" for name, rhythm in ordered])
    more = [f"and {len(ordered) - len(told):,} more"] if len(ordered) > len(told) else []
    return BOARD.format(rows="\n".join((*told, *more)))


def recap(circle: Circle, week: Week, thanked: Sequence[str], others: bool) -> str:
    """The week of a circle. Below five people nothing is counted aloud; who did not is never said."""
    lines = (_practised(week), _met(week), _thanks(thanked, others), _pairs(week), week.pulse)
    return "\n".join((f"**The week of {circle.name}**", *(line for line in lines if line)))


def _practised(week: Week) -> str:
    if not week.drills:
        return ""
    areas, formats = listed([AREAS.get(a, a).lower() for a in week.areas]), listed(week.formats)
    how = f", as {formats}" if formats else ""
    if week.people < LEAST_SAID:
        return f"Practised together: {areas}{how}."
    count = "one group drill" if week.drills == 1 else f"{week.drills} group drills"
    return f"Practised together: {areas}{how}, in {count}."


def _met(week: Week) -> str:
    if not week.meetings:
        return ""
    if week.met < LEAST_SAID:
        return "There was mock interviewing."
    return f"{week.meetings} mock interviews took place."


def _thanks(thanked: Sequence[str], others: bool) -> str:
    ordered = sorted((f"*{name}*" for name in thanked), key=str.casefold)
    names = [*first_of(ordered)]
    if names and (others or len(names) < len(ordered)):
        names.append("to others")
        return f"Thank you to {listed(names)}, who interviewed somebody."
    if others:
        return "Thank you to those who interviewed somebody."
    return f"Thank you to {listed(names)} for interviewing." if names else ""


def _pairs(week: Week) -> str:
    return f"Pairs are made again on {day(week.pairs_on)}." if week.pairs_on else ""


def day(at: date) -> str:
    """A day as people say it."""
    return f"{at:%A} {at.day} {at:%B}"


OFFER = (
    "Offer *{title}* to **{name}**? Its admins read it, answer and all, before anybody else does. Approved, it may be "
    "drawn as the drill of a day, for everybody there. Shall it carry your name?"
)
OFFERED = "*{title}* waits for the admins of **{name}**. You hear what they say, and can take it back until then and after."
OFFER_GONE = "That drill is not offered there any more, so nothing was changed."
NOT_HERS = "That drill is not in your bank any more."
OFFERS_FULL = "Many drills wait for the admins of **{name}** already. Offer yours once they have read some."
NO_OFFERS = "No drill was offered in **{name}** so far. `/pacer bank share` offers one of yours."
DECIDED = "That one is decided already. Nothing was changed."
APPROVED = "*{title}* can be drawn for **{name}** from now on. Its author is told, and it stands in `/pacer circle log`."
YOURS_APPROVED = (
    "Your drill *{title}* was approved in **{name}**: it may come as the drill of a day. Thank you."
)
TAKEN_OUT = (
    "Taken out: it is not drawn any more, and a day that shows it says so. Its author is told kindly, and it stands in "
    "`/pacer circle log`. It can be offered anew."
)
YOURS_TAKEN_OUT = "The admins of **{name}** took your drill *{title}* out again. It is yours as before."
A_WORD = "One or two sentences for its author, or *skip*. She reads them as they are, with nobody's name."
DECLINED = "Declined. It stays its author's own, and she is told kindly."
YOURS_DECLINED = "The admins of **{name}** left your drill *{title}* out for now. It is yours as before."
ITS_WORD = "They say: “{word}”"
BY = "from *{who}*"
_STATES = {State.WAITING: "waits", State.APPROVED: "approved", State.DECLINED: "left out for now"}


def to_read(circle: Circle, waiting: int) -> str:
    """To an admin: how many drills wait."""
    drills = "One drill waits" if waiting == 1 else f"{counted(waiting).capitalize()} drills wait"
    return f"{drills} in **{circle.name}** for an admin to read. `/pacer circle drills` shows what waits."


def offers(circle: Circle, found: Sequence[tuple[Offer, str]]) -> str:
    """Offered drills, each with whose it is where that may be said."""
    rows = [
        f"– {offer.title} · {_STATES[offer.state]}{f' · {BY.format(who=who)}' if who else ''}"
        for offer, who in found
    ]
    return "\n".join((f"**Drills offered in {circle.name}**", *rows))
