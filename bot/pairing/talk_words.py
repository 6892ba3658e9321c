"""What Pacer says from the question about next week to the two views afterwards; always in private."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.chat.message import Choices, Option, option
from bot.drills.formats import Format
from bot.pairing.arranged import Arranged, Part
from bot.pairing.hours import written
from bot.pairing.kit_choice import PEER_FORMATS
from bot.pairing.model import Wish
from bot.pairing.proposals import Clock, local

FORMATS: Mapping[Format, str] = {
    Format.DRILL: "drill",
    Format.ROUND: "coding round",
    Format.DESIGN: "design",
    Format.CLARIFY: "vague task",
    Format.REDIRECT: "pushback",
    Format.GRILL: "grill",
    Format.DIG: "deep dive",
    Format.CASE: "case",
    Format.EXPLAIN: "explain",
    Format.INCIDENT: "incident",
    Format.LEVELS: "in levels",
}
"""What two people can do with each other, as people say it."""
assert set(FORMATS) == PEER_FORMATS

NO_CIRCLE = (
    "Pairs are made in a circle, and you are in none yet. `/pacer circle join` in its channel brings you in."
)
WHICH = "You are in several circles. Which one?"
NEXT_WEEK = "A mock interview with somebody of **{name}** next week? Pairs are made on Monday."
AS_BEFORE = "Last time you said: {wish}."
ASK, SAME, NOT_NOW, STOP = "Yes, with these hours", "Yes, as last time", "Not this week", "Stop asking me"
NO_PAIRS = "**{name}** makes no pairs at the moment. An admin turns that on with `/pacer circle settings pairing on`."
HOW = (
    "In **{name}** two people meet for a mock interview, in weeks that both want it: each answers, each asks. "
    "I look for somebody who is free when you are, propose three times, and bring each her half. "
    "Your hours and what you say about it stay with me; your partner sees your name there and how to write to you."
)
WANTS = "You asked for somebody in the week of {week}: {wish}."
KEPT = "Kept: {wish}. On Monday I look for somebody, for the week of {week}."
KEPT_NOW = f"{KEPT} Somebody else is free this week already, so you hear from me in a moment."
LET_BE = "Good, not this week. I ask again in a week; `/pacer circle pair off` ends the asking."
OFF = "I do not ask any more. `/pacer circle pair` brings it back whenever you like."
ON = "I ask you each week on the day before, and one tap says no."
WITHDRAWN = "Good. You are out of the coming pairs; what you said is kept for another week."
OTHER_FORM = "That form is from a while ago, so nothing was kept. `/pacer circle pair` opens it anew."
NOT_A_WAY = "I did not get that. Say `/pacer circle pair`, or with *on*, *off* or *not*."

PROPOSED = "This week: a mock interview with **{names}**, {length} minutes."
PROPOSED_AGAIN = "Plans changed on the other side, so here is somebody new: a mock interview with **{names}**, {length} minutes."
GOES_ON = "One of you three is not free after all. You go on as two, you and **{names}**, {length} minutes."
TOGETHER = (
    "{names}, this week: a mock interview together, {length} minutes. Here you can write to each other."
)
APART = "What you pick I tell nobody; a time that suits {everybody} will stand here."
TOGETHER_AT = "{names}: **{time}**."
HALVES_APART = "Each of you has her half, and a file for the calendar, in her own messages from me."
NOT_TOGETHER = "This mock interview does not take place."
PICK = "Pick a time that suits you, or more than one."
ANSWER_BY = "No answer within a day lets the others look for somebody else; nothing is held against you."
NONE, DECLINE, TIRED = "None of these", "Not this week", "Too tired"
ELSEWHERE = (
    "*{name}* is not on {platform} with you, so the circle's channel is the way to write to each other."
)

FOUND = "*{name}* proposes a time. Does it suit you too?"
NOT_AHEAD = "I take a time within the next two weeks. Nothing was changed."
WE_HAVE = "We found a time"
PICKED = "Noted: {time}. I tell you as soon as it suits the others too. Another one that suits helps."
SECOND = "No time suits everybody yet. What *{names}* would take is below; does one of them do for you?"
SECOND_ASKED = "Noted: {time}. That is not what the others picked, so I ask everybody once more."
AGREED_NOW = "{time} it is. The details come in a moment."
CLASH = "You have another mock interview at {time}, so nothing was changed. Another time?"
GONE = "That time does not suit the others any more. Pick another one, or *None of these*."
ENOUGH_HOURS = "Three hours of yours are open. Wait a little for an answer; nothing was changed."
TIME_OVER = "That time has passed. Pick another one, or *None of these*."
LOOKING = "Good to know. I look for somebody who fits better, and you hear from me."
DECLINED = "Thank you for saying so. I let the others know that this week does not suit; nothing more. Next week is a new one."
SETTLED = "That is settled already: {time}. *I cannot make it* under the details changes it."
OVER = "That meeting is over, or another one took its place. `/pacer circle pair` shows where you stand."
OFF_ALREADY = "That meeting is off already, and this week I look for nobody else for you."
DECLINED_TOO = f"Thank you for saying so. {OFF_ALREADY} Next week is a new one."
RESTING_TOO = f"Rest, then. It counts. {OFF_ALREADY}"
SOMEBODY_ELSE = (
    "That one is over, and you are with somebody else by now. If that is too much as well, say so below."
)
BEGUN = "It has begun already. If it did not happen, say so when I ask how it went."

CONFIRMED = "**{time}**, with **{names}**."
MOVED_ON = "It stays at {time}, and you are two now: you and **{names}**."
CANNOT = "I cannot make it"
IN_YOUR_CALENDAR = "For your calendar."
OUT_OF_YOUR_CALENDAR = "Takes the meeting at {time} out of your calendar again."
TITLE = "Mock interview with {names}"
ON_YOUR_OWN = "Drill on my own"
CALLED_OFF = (
    "Your mock interview at {time} does not take place: this week does not suit the other side after all."
)
NOBODY_NOW = "Plans changed on the other side, and nobody else is free this week. Next week begins with you."
NO_OTHER = "Nobody else who asked fits your hours this week. Next week begins with you."
CLOSED = "The mock interview that I proposed this week does not come about. There is nothing you need to do."
IF_SOMEBODY = "If somebody else becomes free this week, I put you together. Until then a drill on your own is one tap away."

SOON = "Coming up, {time}: your mock interview with **{names}**. Your half is above; two minutes with the clock in it are enough."
DID_YOU_MEET = "You and **{names}** had {time}. Did you meet?"
DID_IT_HAPPEN = "You had a mock interview {time}. Did you meet?"
YES, NOT_YET, NO = "Yes", "Not yet", "No"
YES_STAYS = "You told me that you met, and it counts; it stays that way."
WHAT_HAPPENED = "No harm done. What was it? It stays between us."
OFF_TOGETHER, WAITED, MINE = "We called it off", "I waited", "I could not come"
MET_ALONE = "Good that you met. That counts."
MET = "Good that you met. That counts, also as practice. Two minutes while it is fresh: how did it come across? Each of you says so apart."
NO_VIEW = "What you cannot tell, leave at *cannot tell*."
ASK_AGAIN = "Then I ask once more tomorrow."
NOT_MET = "Noted, and nothing more comes of it. Next week is a new one."
SORRY = "I am sorry that you waited. Next week begins with you."
RATE_OWN, RATE_PARTNER = "How you came across", "How {name} came across"
RATE_ASKING, RATE_ASKED = "How you interviewed", "How {name} interviewed"
RATED = "Kept. Once *{name}* has said it too, each of you hears where you differ; until then nobody sees it."
SEEN_BOTH = "You and *{name}*, about {whose}: {told}"
COUNTS = "It counts as a short mock, seen by a peer, and your estimate in {area} moves with it."
ABOUT = {
    (True, True): "your answering",
    (True, False): "your interviewing",
    (False, True): "the answering of *{name}*",
    (False, False): "the interviewing of *{name}*",
}
"""By whether it is the reader's own share, and whether it is the candidate's."""
RATE_WHEN_MET = (
    "That is for a mock interview that took place. If you met, say *Yes* when I ask whether you did."
)
ALREADY = "You have said that already; it stays as you said it."

POST_SOME = "Pairs for mock interviews are on their way this week."
POST = "{people} were put together for mock interviews this week."
POST_MORE = "Who is with whom stays between them. Whoever would like company next week is asked on Sunday:"
ME_TOO = "Ask me too"


def wished(wish: Wish) -> str:
    """A wish in one line."""
    formats = ", ".join(FORMATS[f] for f in wish.formats) or "any format"
    asks = "" if wish.interviews else "; without asking the questions"
    return f"{formats}; level {wish.level}; {written(wish.free)}{asks}"


def time_of(begins: datetime, clock: Clock) -> str:
    """An instant on her own clock: Tue 24 Nov, 18:00; with the place where it is not the one she asked in."""
    wall = local(begins, clock.zone)
    return f"{wall:%a} {wall.day} {wall:%b}, {wall:%H:%M}{clock.place}"


def ways(meeting: Arranged, times: Sequence[datetime], *clocks: Clock) -> tuple[Choices, ...]:
    """What can be answered to proposed times, by readers on these clocks: the times, and below them what else.

    There are few enough of each to be one tap.
    """
    place = {at: n for n, at in enumerate(meeting.times)}
    labels = [" / ".join(time_of(at, clock) for clock in clocks) for at in times]
    keys = [("pair", "time", meeting.id, str(place[at])) for at in times]
    picks = tuple(option(label, *key) for label, key in zip(labels, keys, strict=True))
    other = option(NONE, "pair", "none", meeting.id) if picks else option(WE_HAVE, "pair", "hour", meeting.id)
    rest = Choices((other, *ways_out(meeting, DECLINE)))
    return (Choices(picks), rest) if picks else (rest,)


def ways_out(meeting: Arranged, label: str) -> tuple[Option, ...]:
    """What can be answered at any time before it begins."""
    declines = option(label, "pair", "decline", meeting.id)
    return (declines, option(TIRED, "pair", "tired", meeting.id))


def plan(meeting: Arranged, place: int, names: Mapping[int, str], clock: Clock) -> str:
    """Whose turn is what, from the seat of the reader."""
    begins, lines = meeting.begins, []
    for part in meeting.parts:
        at = f"{local(begins, clock.zone):%H:%M}" if begins else ""
        lines.append(f"{at}  {_turn(part, place, names)}, {part.minutes} minutes".strip())
        begins = begins + meeting.length / len(meeting.parts) if begins else None
    return "\n".join(lines)


def _turn(part: Part, place: int, names: Mapping[int, str]) -> str:
    what = FORMATS.get(part.format, part.format.value)
    if part.candidate == place:
        return f"you answer, *{names.get(part.interviewer, '')}* asks ({what})"
    asks = "you ask" if part.interviewer == place else f"*{names.get(part.interviewer, '')}* asks"
    return f"*{names.get(part.candidate, '')}* answers, {asks} ({what})"
