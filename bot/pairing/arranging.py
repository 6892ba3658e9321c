"""Arranging a meeting: times are proposed, one is agreed, the two halves and a calendar file go out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import blake2s

from bot.chat.message import File, Message, message
from bot.chat.saying import listed
from bot.circle.model import CircleLetter
from bot.delivery.kinds import AFTER_MEETING, MEETING, REMINDERS
from bot.drills.model import Drill
from bot.pairing import talk_words as words
from bot.pairing.arranged import TOGETHER, Arranged, Part, Seat, Stage, parts_of
from bot.pairing.calendar_file import Entry, calendar_file
from bot.pairing.desk import Desk
from bot.pairing.kit import kit
from bot.pairing.kit_choice import choose
from bot.pairing.model import Meeting, Person, Wish
from bot.pairing.proposals import local, proposed
from bot.pairing.words import NO_HOUR_IN_COMMON, NONE_LEFT, SIDE_BY_SIDE
from bot.profile.tracks import TRACKS

BEFORE = timedelta(hours=1)
"""How long before it begins somebody is reminded."""
AFTER = timedelta(minutes=15)
WAKING = (7, 22)
"""Hours between which a message to several people may come, on the clock of each."""
SEQUENCES = 30 * 24 * 60
"""Minutes before a meeting from which its calendar files count up."""


async def arrange(
    desk: Desk, found: Sequence[Meeting], week: date, wishes: Mapping[Person, Wish], said: str
) -> None:
    """Keep matched meetings and let everybody in them hear of it; `said` is how the letter begins."""
    meetings = [_arranged(desk, each, week, wishes) for each in found]
    await desk.know(person for meeting in meetings for person in meeting.people)
    await desk.pairs.keep_meetings(meetings)
    apart = [m for m in meetings if not await told_together(desk, m)]
    letters = [
        CircleLetter(person, await proposal(desk, meeting, person, said, meeting.times), f"pair.{meeting.id}")
        for meeting in apart
        for person in meeting.people
    ]
    await desk.tell_all(letters)


async def told_together(desk: Desk, meeting: Arranged) -> bool:
    """Let all of it hear in one message, if there can be one and it is nobody's night: a letter waits until the morning."""
    place = await desk.together(meeting.people)
    clocks = [await desk.clock_of(person) for person in meeting.people]
    if place is None or not all(
        WAKING[0] <= local(desk.now, clock.zone).hour < WAKING[1] for clock in clocks
    ):
        return False
    await desk.circles.want_in(desk.circle.id, TOGETHER, meeting.id, replace(place, channel=f"~{meeting.id}"))
    return True


def _arranged(desk: Desk, found: Meeting, week: date, wishes: Mapping[Person, Wish]) -> Arranged:
    """A matched meeting with the times that are proposed."""
    window = desk.window(week)
    hers = [wishes[person] for person in found.people]
    times = proposed(hers, window, found.length) if window and found.shared else ()
    seats = tuple(Seat(person, place) for place, person in enumerate(found.people))
    return Arranged(
        id=_id(desk, week, found.people),
        circle_id=desk.circle.id,
        week=week,
        told=desk.now,
        stage=Stage.OPEN,
        seats=seats,
        parts=parts_of(found),
        minutes=int(found.length.total_seconds() // 60),
        times=times,
    )


def _id(desk: Desk, week: date, people: Sequence[Person]) -> str:
    about = f"{desk.circle.id} {week} {desk.now.isoformat()} {' '.join(people)}"
    return blake2s(about.encode(), digest_size=8).hexdigest()


async def proposal(
    desk: Desk, meeting: Arranged, reader: Person, said: str, times: Sequence[datetime]
) -> Message:
    """With whom, how to reach her, and times as answers, or what to do without any."""
    others = [s.person for s in meeting.others(reader)]
    names = listed(await desk.names(others))
    without = NONE_LEFT if meeting.times else NO_HOUR_IN_COMMON
    return message(
        said.format(names=names, length=meeting.minutes),
        *await desk.contacts(reader, others),
        "" if meeting.parts else SIDE_BY_SIDE,
        f"{words.PICK} {words.ANSWER_BY}" if times else without,
        *words.ways(meeting, times, await desk.clock_of(reader)),
    )


async def open_times(desk: Desk, meeting: Arranged) -> list[datetime]:
    """The proposed times that are ahead, and at which nobody in it has agreed to meet somebody else meanwhile."""
    engaged = [e for some in (await desk.engaged(meeting.people)).values() for e in some]
    return [
        at
        for at in meeting.times
        if at > desk.now and not any(e.overlaps(at, at + meeting.length) for e in engaged)
    ]


async def settle(desk: Desk, meeting: Arranged) -> Arranged:
    """After somebody picked: a time that suits all is agreed; if all picked and none does, everybody is asked once more."""
    left = await open_times(desk, meeting)
    common = [at for at in meeting.suits_all() if at in left]
    if common:
        return await confirm(desk, meeting, common[0], words.CONFIRMED)
    if meeting.second_round or not all(s.picks for s in meeting.seats):
        return meeting
    meeting = replace(meeting, second_round=True, told=desk.now)
    await desk.keep(meeting)
    asked_now = [(seat, _second(meeting, seat, left)) for seat in meeting.seats]
    for seat, times in asked_now:
        if not times and any(some for _, some in asked_now):
            continue  # it is for the others to answer
        names = listed(await desk.names([s.person for s in meeting.others(seat.person)]))
        ways = words.ways(meeting, times, await desk.clock_of(seat.person))
        asked = message(words.SECOND.format(names=names) if times else NONE_LEFT, *ways)
        await desk.tell(seat.person, asked, about=f"pair2.{meeting.id}")
    return meeting


def _second(meeting: Arranged, seat: Seat, left: Sequence[datetime]) -> list[datetime]:
    """What the others picked and she did not."""
    theirs = {at for other in meeting.others(seat.person) for at in other.picks}
    return [at for at in left if at in theirs and at not in seat.picks]


async def confirm(desk: Desk, meeting: Arranged, begins: datetime, said: str) -> Arranged:
    """It is agreed: everybody gets the details, a calendar file, her half of the kit, and a word an hour before."""
    await desk.pairs.take_back(meeting.id, meeting.people, now=desk.now)
    meeting = await _with_drills(desk, replace(meeting, stage=Stage.AGREED, begins=begins))
    await desk.keep(meeting)
    sheets = _sheets(desk, meeting)
    for seat in meeting.seats:
        details = await _details(desk, meeting, seat, said)
        await desk.tell(seat.person, details, about=f"pairat.{meeting.id}")
        for number, sheet in enumerate(sheets[seat.place], 1):
            about = f"pairkit.{meeting.id}.{number}"
            await desk.tell(seat.person, sheet, about=about, later=timedelta(seconds=number))
        await _remind(desk, meeting, seat, begins)
    return meeting


async def _remind(desk: Desk, meeting: Arranged, seat: Seat, begins: datetime) -> None:
    if begins - BEFORE > desk.now:
        at = begins - BEFORE
        await desk.pairs.remind(
            desk.circle.id, seat.person, MEETING, about=meeting.id, at=at, now=desk.now, expires=begins
        )
    at = begins + meeting.length + AFTER
    await ask_afterwards(desk, meeting, seat.person, at, 1)


async def ask_afterwards(desk: Desk, meeting: Arranged, person: Person, at: datetime, time: int) -> None:
    """Let her be asked whether they met, for the first or the second time."""
    expires = at + (REMINDERS[AFTER_MEETING].keeps or AFTER)
    about = f"{meeting.id}.{time}"
    await desk.pairs.remind(
        desk.circle.id, person, AFTER_MEETING, about=about, at=at, now=desk.now, expires=expires
    )


async def _with_drills(desk: Desk, meeting: Arranged) -> Arranged:
    """A drill for each part that none of them has seen; the same for all where nobody asks."""
    bank = desk.content.bank().listed
    wishes = {p: a.wish for p, a in (await desk.asked()).items()}
    seen = set(await desk.pairs.seen(meeting.people))
    parts: list[Part] = []
    for number, part in enumerate(meeting.parts):
        her = meeting.at(part.candidate)
        wish = wishes.get(her.person) if her else None
        found = choose(
            bank,
            seen=[seen],
            formats=(part.format,),
            areas=desk.circle.settings.areas or (tuple(TRACKS[wish.track].weights) if wish else ()),
            level=wish.level if wish else 3,
            minutes=part.minutes,
            key=f"{meeting.id}:{number}",
        )
        parts.append(replace(part, drill=found.id if found else ""))
        seen |= {found.id} if found else set()
    drills = tuple(p.drill for p in parts if p.drill)
    seats = tuple(replace(s, drills=drills) for s in meeting.seats)
    return replace(meeting, parts=tuple(parts), seats=seats)


def _sheets(desk: Desk, meeting: Arranged) -> dict[int, list[Message]]:
    """By seat: the candidate's sheet for her own part, the interviewer's kit for her partner's."""
    sheets: dict[int, list[Message]] = defaultdict(list)
    for part in meeting.parts:
        drill = drill_of(desk, part)
        if drill is None:
            continue
        both = kit(drill, minutes=part.minutes)
        sheets[part.candidate] += both.candidate
        sheets[part.interviewer] += both.interviewer
    return sheets


def drill_of(desk: Desk, part: Part) -> Drill | None:
    """The drill of a part; None where there is none, or none any more."""
    return desk.content.bank().drills.get(part.drill)


async def _details(desk: Desk, meeting: Arranged, seat: Seat, said: str) -> Message:
    """When, with whom, who begins, and the file for her calendar."""
    clock = await desk.clock_of(seat.person)
    others = [s.person for s in meeting.others(seat.person)]
    names = listed(await desk.names(others))
    of_seat = {
        s.place: name for s, name in zip(meeting.others(seat.person), await desk.names(others), strict=True)
    }
    time = words.time_of(meeting.begins, clock) if meeting.begins else ""
    return message(
        said.format(time=time, names=names),
        *await desk.contacts(seat.person, others),
        words.plan(meeting, seat.place, of_seat, clock) if meeting.parts else SIDE_BY_SIDE,
        calendar(desk, meeting, names, about=words.IN_YOUR_CALENDAR),
        options=words.ways_out(meeting, words.CANNOT),
    )


async def out_of_calendar(desk: Desk, meeting: Arranged, reader: Person) -> File | None:
    """What takes an agreed hour out of her calendar; None if none was agreed on."""
    if meeting.begins is None:
        return None
    time = words.time_of(meeting.begins, await desk.clock_of(reader))
    names = listed(await desk.names(s.person for s in meeting.others(reader))) or "a partner"
    about = words.OUT_OF_YOUR_CALENDAR.format(time=time)
    return calendar(desk, meeting, names, about=about, cancelled=True)


def calendar(
    desk: Desk, meeting: Arranged, names: str, *, about: str, cancelled: bool = False
) -> File | None:
    """The meeting for a calendar, or out of it again."""
    if meeting.begins is None:
        return None
    title = words.TITLE.format(names=names)
    # One entry for each hour of hers, whoever is in it; a later file counts more than one before.
    name = f"{meeting.circle_id}-{meeting.begins:%Y%m%dT%H%M}"
    grows = int((desk.now - meeting.begins).total_seconds() // 60) + SEQUENCES
    entry = Entry(name, meeting.begins, meeting.length, title, sequence=max(grows, int(cancelled)))
    made = calendar_file(entry, written=desk.now, cancelled=cancelled)
    return File("mock-interview-off.ics" if cancelled else "mock-interview.ics", made, about)
