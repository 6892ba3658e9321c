"""Around the meeting itself: a word before it, whether they met, what each saw, and where the two differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.chat.effects import Effects, OpenForm, Say, say
from bot.chat.form import Unclear
from bot.chat.message import Option, message, option
from bot.chat.saying import listed
from bot.delivery.kinds import AFTER_MEETING, MEETING, PEER_VIEW, REMINDERS
from bot.delivery.model import Prompt
from bot.pairing import talk_words as words
from bot.pairing.arranged import Arranged, Met, Part, Seat, Stage, rates_of, view
from bot.pairing.arranging import ask_afterwards
from bot.pairing.desk import Desk
from bot.pairing.outcomes import may_rate
from bot.pairing.rating_words import told
from bot.pairing.ratings import INTERVIEW, INTERVIEWING, Row, Side, form, gap, rates
from bot.pairing.rearranging import owe
from bot.pairing.results import practised, scored, told_own
from bot.pairing.turns import seated, with_seat
from bot.profile.model import Profile
from bot.profile.tracks import AREAS
from bot.today.ask import ask_effort
from bot.today.company import had_company
from bot.today.look import Today
from bot.turn import Turn

TWICE = 2
"""How often it is asked whether they met."""
AGAIN = timedelta(hours=24)
ROWS: Mapping[Side, tuple[Row, ...]] = {Side.CANDIDATE: INTERVIEW, Side.INTERVIEWER: INTERVIEWING}
FORMS = {
    Side.CANDIDATE: form("pair:answering", "The answering", INTERVIEW),
    Side.INTERVIEWER: form("pair:asking", "The interviewing", INTERVIEWING),
}
"""Each id ends with the meeting and the number of the part it is about."""


def about_of(key: str) -> tuple[str, int]:
    """The meeting and the number that a letter's key ends with."""
    meeting_id, _, number = key.rpartition(":")[2].partition(".")
    return meeting_id, int(number) if number.isdecimal() else 0


async def _hers(turn: Turn, meeting_id: str) -> tuple[Desk, Arranged, Seat] | None:
    """A meeting of hers that stands agreed."""
    try:
        desk, meeting, seat = await seated(turn, meeting_id)
    except Unclear:
        return None
    return (desk, meeting, seat) if meeting.stage is Stage.AGREED else None


async def on_soon(turn: Turn, profile: Profile, today: Today) -> Prompt | None:
    """An hour before: a word, if it still stands."""
    found = await _hers(turn, about_of(turn.event_id)[0])
    if found is None or found[1].has_begun(turn.now):
        return None
    said = await _said(found, words.SOON)
    return Prompt(MEETING, message(said, options=words.ways_out(found[1], words.CANNOT)))


async def on_after(turn: Turn, profile: Profile, today: Today) -> Prompt | None:
    """Afterwards: did you meet?"""
    meeting_id, time = about_of(turn.event_id)
    found = await _hers(turn, meeting_id)
    if found is None or found[2].met is not Met.UNSAID:
        return None
    later = ((words.NOT_YET, "later"),) if time < TWICE else ()
    answers = ((words.YES, "yes"), *later, (words.NO, "no"))
    ways = tuple(option(label, "pair", "met", meeting_id, value) for label, value in answers)
    asked = words.DID_YOU_MEET if found[1].others(found[2].person) else words.DID_IT_HAPPEN
    return Prompt(AFTER_MEETING, message(await _said(found, asked), options=ways))


async def _said(found: tuple[Desk, Arranged, Seat], said: str) -> str:
    desk, meeting, seat = found
    names = listed(await desk.names(s.person for s in meeting.others(seat.person)))
    time = words.time_of(meeting.begins, await desk.clock_of(seat.person)) if meeting.begins else ""
    return said.format(names=names, time=time)


async def on_met(turn: Turn, meeting_id: str, answer: str) -> Effects:
    """Yes, not yet, or no; and after a no, what it was. A yes stays, as what came of it does."""
    desk, meeting, seat = await seated(turn, meeting_id)
    if meeting.stage is not Stage.AGREED or not meeting.has_begun(turn.now):
        return say(words.OVER)
    if answer == "yes":
        return await _met(turn, desk, meeting, seat)
    if seat.met is Met.YES:
        return say(words.YES_STAYS)
    match answer:
        case "later":
            await _keep(desk, meeting, seat, Met.UNSAID)
            await ask_afterwards(desk, meeting, seat.person, turn.now + AGAIN, TWICE)
            return say(words.ASK_AGAIN)
        case "no":
            await _keep(desk, meeting, seat, seat.met or Met.NO)
            reasons = ((Met.OFF, words.OFF_TOGETHER), (Met.WAITED, words.WAITED), (Met.MINE, words.MINE))
            ways = tuple(option(label, "pair", "met", meeting.id, met.value) for met, label in reasons)
            return say(words.WHAT_HAPPENED, options=ways)
        case Met.OFF | Met.WAITED | Met.MINE:
            await _keep(desk, meeting, seat, Met(answer))
            return say(words.SORRY if answer == Met.WAITED else words.NOT_MET)
        case _:
            return say(words.OVER)


async def _keep(desk: Desk, meeting: Arranged, seat: Seat, met: Met) -> tuple[Arranged, Seat]:
    """What she says by now, in private; who waited is owed company, and who takes that back is not any more."""
    if Met.WAITED in (seat.met, met):
        await owe(desk, [seat.person], owed=met is Met.WAITED)
    seat = replace(seat, met=met)
    meeting = with_seat(meeting, seat)
    await desk.keep(meeting)
    return meeting, seat


async def _met(turn: Turn, desk: Desk, meeting: Arranged, seat: Seat) -> Effects:
    if seat.met is not Met.YES:
        meeting, seat = await _keep(desk, meeting, seat, Met.YES)
        await had_company(turn)
        for number, part in enumerate(meeting.parts):
            if part.candidate == seat.place:
                await practised(turn, meeting, number)
    ways = await _to_rate(desk, meeting, seat)
    return say(words.MET, words.NO_VIEW, options=ways) if ways else say(words.MET_ALONE)


async def _to_rate(desk: Desk, meeting: Arranged, seat: Seat) -> tuple[Option, ...]:
    """What she has not said yet: the answering of each part she was in, then the interviewing."""
    ways: list[Option] = []
    for side in (Side.CANDIDATE, Side.INTERVIEWER):
        for number, part in enumerate(meeting.parts):
            if seat.place in (part.candidate, part.interviewer) and view(number, side) not in seat.rated:
                label = await _label(desk, meeting, seat, part, side)
                ways.append(option(label, "pair", "rate", meeting.id, str(number), side.value))
    return tuple(ways)


async def _label(desk: Desk, meeting: Arranged, seat: Seat, part: Part, side: Side) -> str:
    whose = part.candidate if side is Side.CANDIDATE else part.interviewer
    if whose == seat.place:
        return words.RATE_OWN if side is Side.CANDIDATE else words.RATE_ASKING
    said = words.RATE_PARTNER if side is Side.CANDIDATE else words.RATE_ASKED
    other = meeting.at(whose)
    (name,) = await desk.names([other.person]) if other else ["they"]
    return said.format(name=name)


async def _rateable(turn: Turn, meeting_id: str, digits: str) -> tuple[Desk, Arranged, Seat, int]:
    """A part of a meeting that took place, in which she was. Raises Unclear, kindly, for any other."""
    desk, meeting, seat = await seated(turn, meeting_id)
    number = int(digits) if digits.isdecimal() else len(meeting.parts)
    part = meeting.parts[number] if number < len(meeting.parts) else None
    if part is None or seat.place not in (part.candidate, part.interviewer):
        raise Unclear(words.OVER)
    if not may_rate(meeting, seat, turn.now):
        raise Unclear(words.RATE_WHEN_MET)
    return desk, meeting, seat, number


async def on_rate(turn: Turn, meeting_id: str, number: str, side: str) -> Effects:
    """She wants to say how something came across: five rows."""
    if side not in [s.value for s in Side]:
        raise Unclear(words.OVER)
    desk, meeting, seat, place = await _rateable(turn, meeting_id, number)
    about = Side(side)
    if view(place, about) in seat.rated:
        return say(words.ALREADY)
    asked = FORMS[about]
    title = await _label(desk, meeting, seat, meeting.parts[place], about)
    return (OpenForm(replace(asked, id=f"{asked.id}:{meeting_id}.{place}", title=title[:45])),)


async def on_answering(turn: Turn, values: Mapping[str, str]) -> Effects:
    """The rows about the answering came back."""
    return await _rated(turn, values, Side.CANDIDATE)


async def on_asking(turn: Turn, values: Mapping[str, str]) -> Effects:
    """The rows about the interviewing came back."""
    return await _rated(turn, values, Side.INTERVIEWER)


async def _rated(turn: Turn, values: Mapping[str, str], about: Side) -> Effects:
    meeting_id, _, digits = values.get("about", "").partition(".")
    desk, meeting, seat, number = await _rateable(turn, meeting_id, digits)
    if view(number, about) in seat.rated:
        return say(words.ALREADY)
    own = rates({name: value for name, value in values.items() if name != "about"})
    rated = {**seat.rated, view(number, about): {row: int(rate) for row, rate in own.items()}}
    seat = replace(seat, rated=rated)
    meeting = with_seat(meeting, seat)
    await desk.keep(meeting)
    shown = await _heard(turn, desk, meeting, seat, number, about)
    rest = await _to_rate(desk, meeting, seat)
    if meeting.parts[number].candidate == seat.place and about is Side.CANDIDATE:
        return await _with_effort(turn, meeting, seat, number, shown, rest)
    return (Say(message(*shown, options=rest)),)


async def _with_effort(
    turn: Turn, meeting: Arranged, seat: Seat, number: int, shown: Sequence[str], rest: tuple[Option, ...]
) -> Effects:
    """Her own part: her view stands beside the peer's, and how hard it was is asked as after any drill."""
    said = (Say(message(*shown, options=rest)),)
    sitting = await practised(turn, meeting, number)
    if sitting is None:
        return said
    sitting = await told_own(turn, sitting, rates_of(seat, number, Side.CANDIDATE) or {})
    return said if sitting.effort is not None else (*said, *ask_effort(turn, sitting))


async def _heard(
    turn: Turn, desk: Desk, meeting: Arranged, seat: Seat, number: int, about: Side
) -> tuple[str, ...]:
    """What she is told at once; the other one gets a letter, if both have said it now."""
    other = _partner(meeting, meeting.parts[number], seat)
    if other is None:
        return (words.MET_ALONE,)
    if rates_of(other, number, about) is None:
        (name,) = await desk.names([other.person])
        return (words.RATED.format(name=name),)
    keeps = REMINDERS[PEER_VIEW].keeps or AGAIN
    code = f"{meeting.id}.{number}{'1' if about is Side.CANDIDATE else '0'}"
    await desk.pairs.remind(
        desk.circle.id,
        other.person,
        PEER_VIEW,
        about=code,
        at=turn.now,
        now=turn.now,
        expires=turn.now + keeps,
    )
    return await _difference(turn, desk, meeting, seat, number, about)


def _partner(meeting: Arranged, part: Part, seat: Seat) -> Seat | None:
    return meeting.at(part.interviewer if part.candidate == seat.place else part.candidate)


async def on_view(turn: Turn, profile: Profile, today: Today) -> Prompt | None:
    """Both have said it: where the two differ, and for whoever answered what it makes of her estimate."""
    meeting_id, code = about_of(turn.event_id)
    number, about = code // 10, Side.CANDIDATE if code % 10 else Side.INTERVIEWER
    found = await _hers(turn, meeting_id)
    if found is None:
        return None
    desk, meeting, seat = found
    said = await _difference(turn, desk, meeting, seat, number, about)
    return Prompt(PEER_VIEW, message(*said)) if said else None


async def _difference(
    turn: Turn, desk: Desk, meeting: Arranged, seat: Seat, number: int, about: Side
) -> tuple[str, ...]:
    """Both views of one share in a part, from hers; a peer's view of her answering also counts as practice."""
    part = meeting.parts[number]
    other = _partner(meeting, part, seat)
    own = rates_of(seat, number, about)
    theirs = rates_of(other, number, about) if other else None
    if other is None or own is None or theirs is None:
        return ()
    side = Side.CANDIDATE if part.candidate == seat.place else Side.INTERVIEWER
    (name,) = await desk.names([other.person])
    whose = words.ABOUT[side is about, about is Side.CANDIDATE].format(name=name)
    seen = words.SEEN_BOTH.format(
        name=name, whose=whose, told=told(side, about, gap(ROWS[about], own, theirs))
    )
    if side is not Side.CANDIDATE or about is not Side.CANDIDATE:
        return (seen,)
    sitting = await practised(turn, meeting, number)
    counts = sitting is not None and await scored(turn, sitting, theirs)
    return (seen, words.COUNTS.format(area=AREAS[sitting.area])) if sitting and counts else (seen,)
