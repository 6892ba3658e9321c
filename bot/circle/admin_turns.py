"""What admins do: settings, further channels, further admins, a post that is missing. Each stands in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.chat.effects import Effects, OpenForm, say
from bot.chat.form import Unclear
from bot.chat.inbound import Channel
from bot.chat.message import message, option
from bot.chat.reading import whole
from bot.circle import words
from bot.circle.group_hours import rearranged, widened
from bot.circle.handlers import times_of
from bot.circle.model import WELCOME, Circle, Deed, Settings
from bot.circle.names import alike
from bot.circle.ports import StaleCircle
from bot.circle.pulse_turns import SWITCH, pulse
from bot.circle.settings import FORM, SWITCHES, changed, differences, known, switched
from bot.circle.which import Mine, as_admin, mine, of
from bot.profile.codes import MOST_WRONG, digest, read_code, shown
from bot.turn import Turn


async def settings(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle settings`: a form for admins, a table for everybody else; or one switch."""
    which, value = given.get("name", "").casefold(), given.get("value", "")
    if which and which not in (*SWITCHES, SWITCH):
        raise Unclear(
            "Say `/pacer circle settings` for the form, or name *pairing* or *board* with *on* or *off*; "
            "*pulse* is for yourself alone."
        )
    found = await mine(turn, "settings", *((which, value) if which else ()))
    return await _settings(turn, found, which, value) if isinstance(found, Mine) else found


async def on_settings(turn: Turn, circle_id: str, which: str, value: str) -> Effects:
    """The circle was picked."""
    return await _settings(turn, await of(turn, circle_id), which, value)


async def _settings(turn: Turn, found: Mine, which: str, value: str) -> Effects:
    circle = found.circle
    if which == SWITCH:
        return await pulse(turn, found, value)
    if which and value:
        as_admin(found)
        return await _save(turn, circle, switched(circle.settings, which, value, turn.today))
    if not found.me.admin:
        return say(*words.arranged(circle))
    return (OpenForm(FORM.about(circle.id, str(circle.version)), known(circle.settings)),)


async def on_form(turn: Turn, values: Mapping[str, str]) -> Effects:
    """The form came back, with the circle it is about and the version it was opened on."""
    circle_id, _, version = values["about"].partition(":")
    opened_on = whole(version)
    if opened_on is None:
        raise Unclear(words.OTHER_FORM)
    circle = as_admin(await of(turn, circle_id)).circle
    return await _save(turn, replace(circle, version=opened_on), changed(circle.settings, values))


async def _save(turn: Turn, circle: Circle, wanted: Settings) -> Effects:
    circles = turn.work.circles
    now_kept = await circles.circle(circle.id)
    what = differences(circle.settings, wanted)
    if now_kept and now_kept.version == circle.version and not what:
        return say(words.SAME)
    try:
        await circles.save(replace(circle, settings=wanted))
    except StaleCircle:
        again = (option("Open the form", "circle", "settings", circle.id),)
        return say(words.STALE.format(name=circle.name), *words.arranged(now_kept or circle), options=again)
    await circles.keep_times(circle.id, wanted, times_of(wanted), now=turn.now)
    await circles.note(circle.id, circles.me, Deed.SET, detail=what, now=turn.now)
    await rearranged(circles, circle, wanted, turn.now)
    return say(words.SAVED, *words.arranged(replace(circle, settings=wanted)))


async def bind(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle bind`: a code; with a code, the channel it is said in becomes the circle's."""
    if typed := given.get("code", "").strip():
        return await _enter(turn, typed)
    found = await mine(turn, "bind")
    return await _offer(turn, found) if isinstance(found, Mine) else found


async def on_bind(turn: Turn, circle_id: str) -> Effects:
    """The circle to make a code for was picked."""
    return await _offer(turn, await of(turn, circle_id))


async def _offer(turn: Turn, found: Mine) -> Effects:
    circle = as_admin(found).circle
    code = shown(await turn.work.circles.offer(circle.id, now=turn.now))
    await turn.work.circles.note(circle.id, found.me.person_id, Deed.CODE, now=turn.now)
    return say(words.CODE.format(code=code, name=circle.name))


async def _enter(turn: Turn, typed: str) -> Effects:
    circles, accounts, room = turn.work.circles, turn.work.accounts, turn.place.room
    if room is None:
        raise Unclear(words.BIND_IN_A_CHANNEL)
    if await accounts.wrong_tries(now=turn.now) >= MOST_WRONG:
        raise Unclear(words.TOO_MANY_CODES)
    code = read_code(typed)
    circle_id = await circles.offered(digest(code), now=turn.now)
    circle = await circles.circle(circle_id) if circle_id else None
    if circle is None:
        await accounts.note_wrong(now=turn.now)
        raise Unclear(words.UNKNOWN_CODE)
    await _refuse_elsewhere(turn, circle, room)
    if not await circles.bind(circle.id, room):
        raise Unclear(words.HAS_ONE_OTHER)
    await circles.use_up(circle.id)
    there = words.place_name(room.platform)
    await circles.note(circle.id, circles.me, Deed.BOUND, detail=there, now=turn.now)
    await circles.want(circle.id, WELCOME)
    await widened(circles, circle, turn.now)
    return say(words.BOUND.format(name=circle.name))


async def _refuse_elsewhere(turn: Turn, circle: Circle, room: Channel) -> None:
    """On one platform a circle stays inside one workspace, so that nobody carries it to strangers."""
    there = [b.channel for b in await turn.work.circles.bindings(circle.id)]
    if any(c.platform == room.platform and c.tenant != room.tenant for c in there):
        raise Unclear(words.ELSEWHERE.format(place=words.WORKSPACES.get(room.platform, "place")))


async def admin(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle admin <name>`: somebody becomes an admin beside the others."""
    wanted = given.get("name", "")[:40]
    found = await mine(turn, "admin", wanted)
    return await _admin(turn, found, wanted) if isinstance(found, Mine) else found


async def on_admin(turn: Turn, circle_id: str, wanted: str) -> Effects:
    """The circle was picked; the name came along."""
    return await _admin(turn, await of(turn, circle_id), wanted)


async def _admin(turn: Turn, found: Mine, wanted: str) -> Effects:
    circles, circle = turn.work.circles, as_admin(found).circle
    await circles.hold(circle.id)
    members = await circles.members(circle.id)
    meant = [m for m in members if m.name == wanted] or [m for m in members if alike(m.name) == alike(wanted)]
    if len(meant) != 1:
        raise Unclear(words.NOBODY_OF_THAT_NAME.format(name=circle.name))
    (her,) = meant
    if her.admin:
        raise Unclear(words.ADMIN_ALREADY.format(who=her.name, name=circle.name))
    await circles.change_member(circle.id, her.person_id, lambda m: replace(m, admin=True))
    await circles.note(circle.id, circles.me, Deed.ADMIN, whom=her.person_id, now=turn.now)
    letter = message(words.MADE_ADMIN.format(name=circle.name))
    await circles.tell(circle.id, her.person_id, letter, about=f"admin.{turn.new_id}", now=turn.now)
    return say(words.NOW_ADMIN.format(who=her.name, name=circle.name))


async def on_again(turn: Turn, circle_id: str) -> Effects:
    """An admin has looked: the post that nobody was sure about is missing."""
    circle, circles = as_admin(await of(turn, circle_id)).circle, turn.work.circles
    if not await circles.post_again(circle.id):
        return say(words.NOTHING_IN_DOUBT)
    await circles.note(circle.id, circles.me, Deed.AGAIN, now=turn.now)
    return say(words.POSTED_AGAIN)
