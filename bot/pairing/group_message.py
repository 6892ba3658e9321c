"""The message that all of a meeting read, where a platform brings several people into one: the times, then what was agreed.

It stands in place of a proposal to each. What somebody answers in it is told to her alone, as everywhere.
"""

from __future__ import annotations

from bot.chat.inbound import Channel
from bot.chat.message import Message, message
from bot.chat.saying import listed
from bot.circle.model import CircleLetter, Post
from bot.circle.work import CircleTurn
from bot.pairing import talk_words as words
from bot.pairing.arranged import Arranged, Stage
from bot.pairing.arranging import open_times, proposal
from bot.pairing.circle_hours import desk_of
from bot.pairing.desk import Desk
from bot.pairing.proposals import Clock
from bot.pairing.words import NO_HOUR_IN_COMMON, NONE_LEFT, SIDE_BY_SIDE


async def addressed(turn: CircleTurn, post: Post) -> Channel | None:
    """Who it goes to. The post itself keeps no accounts, so that nothing is left of who leaves."""
    desk = desk_of(turn)
    meeting = await desk.pairs.meeting(post.about)
    return await desk.together(meeting.people) if meeting and meeting.live else None


async def shown(turn: CircleTurn, post: Post) -> Message | None:
    """As it is to look now."""
    desk = desk_of(turn)
    meeting = await desk.pairs.meeting(post.about)
    if meeting is None or not meeting.live or len(meeting.people) < 2:
        return message(words.NOT_TOGETHER) if post.receipt else None
    names = listed([f"**{name}**" for name in sorted(await desk.names(meeting.people))])
    if meeting.stage is Stage.AGREED and meeting.begins:
        time = " / ".join(words.time_of(meeting.begins, clock) for clock in await _clocks(desk, meeting))
        ways = () if meeting.has_begun(desk.now) else words.ways_out(meeting, words.CANNOT)
        return message(words.TOGETHER_AT.format(time=time, names=names), words.HALVES_APART, options=ways)
    times = await open_times(desk, meeting)
    everybody = "you both" if len(meeting.people) == 2 else "you all"
    without = NONE_LEFT if meeting.times else NO_HOUR_IN_COMMON
    return message(
        words.TOGETHER.format(names=names, length=meeting.minutes),
        "" if meeting.parts else SIDE_BY_SIDE,
        f"{words.PICK} {words.APART.format(everybody=everybody)}" if times else without,
        *words.ways(meeting, times, *await _clocks(desk, meeting)),
    )


async def refused(turn: CircleTurn, post: Post) -> None:
    """It cannot be said to them together, so each of them is asked by herself."""
    desk = desk_of(turn)
    meeting = await desk.pairs.meeting(post.about)
    if meeting is None or meeting.stage is not Stage.OPEN:
        return
    times = await open_times(desk, meeting)
    letters = [
        CircleLetter(p, await proposal(desk, meeting, p, words.PROPOSED, times), f"pair.{meeting.id}")
        for p in meeting.people
    ]
    await desk.tell_all(letters)


async def _clocks(desk: Desk, meeting: Arranged) -> list[Clock]:
    """Everybody's, named where there are two; three are too many for a button, so it is the circle's."""
    zones = sorted({(await desk.clock_of(person)).zone for person in meeting.people})
    if len(zones) > 2:
        return [Clock(desk.circle.settings.zone, named=True)]
    return [Clock(zone, named=len(zones) > 1) for zone in zones]
