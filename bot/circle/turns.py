"""Beginning a circle, joining and leaving it, and being called something there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.chat.effects import Effects, say
from bot.chat.form import Unclear
from bot.chat.message import option
from bot.circle import words
from bot.circle.handlers import times_of
from bot.circle.model import MOST_CIRCLES, WELCOME, Circle, Deed, Settings
from bot.circle.names import first_name, is_taken, read_circle_name, read_name
from bot.circle.which import Mine, mine, of
from bot.pairing.desk import Desk
from bot.pairing.rearranging import leave_pairs
from bot.turn import Turn

FIRST_NAME = "The circle"


async def create(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle create [name]`, in the channel where it is to live."""
    room, circles = turn.place.room, turn.work.circles
    if room is None:
        raise Unclear(words.ONLY_IN_A_CHANNEL)
    if there := await circles.at(room):
        raise Unclear(words.HAS_ONE.format(name=there.name))
    await _refuse_too_many(turn)
    typed = given.get("name", "").strip()
    name = read_circle_name(typed, turn.today) if typed else FIRST_NAME
    settings = Settings(zone=turn.profile.zone) if turn.profile else Settings()
    circle = Circle(turn.new_id, name, settings, 1)
    me = first_name(f"{circle.id}{circles.me}", ())
    if not await circles.create(circle, room, me, now=turn.now):
        raise Unclear(words.HAS_ONE_OTHER)
    await circles.keep_times(circle.id, circle.settings, times_of(circle.settings), now=turn.now)
    await circles.note(circle.id, circles.me, Deed.BEGAN, now=turn.now)
    await circles.want(circle.id, WELCOME)
    return say(words.CREATED.format(name=name, me=me), "" if turn.profile else words.ON_UTC)


async def _refuse_too_many(turn: Turn) -> None:
    if len(await turn.work.circles.mine()) >= MOST_CIRCLES:
        raise Unclear(words.ENOUGH)


async def join(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle join`: what the circle will know of her, and one tap."""
    if turn.place.room is None:
        raise Unclear(words.JOIN_IN_A_CHANNEL)
    circle = await turn.work.circles.at(turn.place.room)
    if circle is None:
        raise Unclear(words.NO_CIRCLE_HERE)
    return await on_join(turn, circle.id)


async def on_join(turn: Turn, circle_id: str) -> Effects:
    """*Join* in the channel: the same; nothing has happened yet."""
    circle = await turn.work.circles.circle(circle_id)
    if circle is None or circle.ended:
        raise Unclear(words.OVER)
    if me := await turn.work.circles.member(circle_id, turn.work.circles.me):
        return say(words.IN_ALREADY.format(name=circle.name, me=me.name))
    ways = (option("Join", "circle", "joined", circle_id), option("Not now", "circle", "stay"))
    return say(words.BEFORE_JOINING.format(name=circle.name), options=ways)


async def on_joined(turn: Turn, circle_id: str) -> Effects:
    """She has read it, and joins."""
    circles = turn.work.circles
    circle = await circles.circle(circle_id)
    if circle is None or circle.ended:
        raise Unclear(words.OVER)
    if me := await circles.member(circle_id, circles.me):
        return say(words.IN_ALREADY.format(name=circle.name, me=me.name))
    await _refuse_too_many(turn)
    await circles.hold(circle_id)
    name = first_name(f"{circle_id}{circles.me}", [m.name for m in await circles.members(circle_id)])
    if not await circles.join(circle_id, circles.me, name, now=turn.now):
        raise Unclear(words.FULL)
    await circles.want(circle_id, WELCOME)
    joined = words.JOINED.format(name=circle.name, me=name)
    if turn.profile is None:
        return say(joined, words.NO_PLAN_YET, options=(option("Start", "do", "start"),))
    return say(joined)


async def leave(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle leave`, at once."""
    found = await mine(turn, "leave")
    return await _leave(turn, found) if isinstance(found, Mine) else found


async def on_leave(turn: Turn, circle_id: str) -> Effects:
    """The circle to leave was picked."""
    return await _leave(turn, await of(turn, circle_id))


async def _leave(turn: Turn, found: Mine) -> Effects:
    circles, circle = turn.work.circles, found.circle
    off = await leave_pairs(Desk(turn.work.pairs, circles, circle, turn.content, turn.now), circles.me)
    left = await circles.leave(circle.id, circles.me, now=turn.now)
    return say((words.LEFT_LAST if left.ended else words.LEFT).format(name=circle.name), *off)


async def who(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle who`: names, and who is an admin; nothing else."""
    found = await mine(turn, "who")
    return await _who(turn, found.circle) if isinstance(found, Mine) else found


async def on_who(turn: Turn, circle_id: str) -> Effects:
    """The circle was picked."""
    return await _who(turn, (await of(turn, circle_id)).circle)


async def _who(turn: Turn, circle: Circle) -> Effects:
    return say(words.who(circle, await turn.work.circles.members(circle.id)))


async def name(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle name Ada`: what she is called there."""
    typed = given.get("name", "").strip()
    wanted = read_name(typed, turn.today) if typed else ""
    found = await mine(turn, "name", *((wanted,) if wanted else ()))
    return await _name(turn, found, wanted) if isinstance(found, Mine) else found


async def on_name(turn: Turn, circle_id: str, wanted: str) -> Effects:
    """The circle was picked; the name came along."""
    return await _name(turn, await of(turn, circle_id), read_name(wanted, turn.today) if wanted else "")


async def _name(turn: Turn, found: Mine, wanted: str) -> Effects:
    circles, circle, me = turn.work.circles, found.circle, found.me
    if not wanted:
        return say(words.WHICH_NAME.format(me=me.name, name=circle.name))
    await circles.hold(circle.id)
    others = [m.name for m in await circles.members(circle.id) if m.person_id != me.person_id]
    if is_taken(wanted, others):
        raise Unclear(words.NAME_TAKEN.format(name=circle.name, me=me.name))
    await circles.change_member(circle.id, me.person_id, lambda m: replace(m, name=wanted))
    await circles.renew_naming(circle.id, me.person_id)
    return say(words.CALLED.format(me=wanted, name=circle.name))
