"""One person with accounts on several platforms: a code joins them, and one of them gets the letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.chat.choices import recognise
from bot.chat.effects import Effects, say
from bot.chat.form import Unclear
from bot.chat.message import Option, message, option
from bot.chat.saying import listed
from bot.delivery.kinds import JOINED, NOTICES
from bot.profile import words
from bot.profile.codes import MOST_WRONG, digest, read_code, shown
from bot.profile.ports import Linked, Offer
from bot.profile.rules import carried
from bot.turn import Turn


async def link(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer link`: a code; with a code: the account it is said from joins the one that made it."""
    typed = given.get("code", "").strip()
    return await _enter(turn, typed) if typed else await _make(turn)


async def _make(turn: Turn) -> Effects:
    if turn.profile is None:
        return say(words.CODE_FROM_WHERE_SET_UP)
    code = await turn.work.accounts.offer(now=turn.now)
    linked = await turn.work.accounts.linked()
    joined = words.JOINED_SO_FAR.format(names=listed(_names(linked))) if len(linked) > 1 else ""
    return say(words.CODE.format(code=shown(code)), joined)


async def _enter(turn: Turn, typed: str) -> Effects:
    accounts = turn.work.accounts
    if await accounts.wrong_tries(now=turn.now) >= MOST_WRONG:
        raise Unclear(words.TOO_MANY_CODES)
    offer = await accounts.offered(digest(read_code(typed)), now=turn.now)
    if offer is None:
        await accounts.note_wrong(now=turn.now)
        raise Unclear(words.UNKNOWN_CODE)
    await _refuse_unfit(turn, offer)
    if turn.profile is None:
        return await _join(turn, offer)
    here = words.place_name(turn.sender.platform)
    return say(
        words.TWO_PROFILES.format(here=here),
        options=(
            option("Join, and forget what is here", "join", offer.reference),
            option("Leave both as they are", "stay"),
        ),
    )


async def _refuse_unfit(turn: Turn, offer: Offer) -> None:
    if offer.mine:
        raise Unclear(words.OWN_CODE)
    if len(await turn.work.accounts.linked()) > 1:
        raise Unclear(words.LINKED_ELSEWHERE)
    if turn.sender.platform in offer.platforms:
        raise Unclear(words.SAME_PLATFORM.format(place=words.place_name(turn.sender.platform)))


async def on_join(turn: Turn, about: tuple[str, ...]) -> Effects:
    """She wants the other profile, and this account's own forgotten."""
    offer = await turn.work.accounts.offered(about[0] if about else "", now=turn.now)
    if offer is None:
        return say(words.CODE_OVER)
    await _refuse_unfit(turn, offer)
    return await _join(turn, offer)


async def on_stay(turn: Turn, about: tuple[str, ...]) -> Effects:
    """She leaves everything as it is."""
    return say(words.LEFT_AS_IT_IS)


async def _join(turn: Turn, offer: Offer) -> Effects:
    work = turn.work
    left = await work.diary.day(turn.today)
    if not await work.accounts.join(offer, now=turn.now):
        raise Unclear(words.UNKNOWN_CODE)
    turn.profile, turn.talk = await work.people.profile(), await work.talks.talk()
    kept = await work.diary.day(turn.today)
    together = replace(carried(left, kept), day=turn.today)
    await work.diary.save_day(together)
    turn.rescheduled = together.switch is not kept.switch
    linked = await work.accounts.linked()
    await _tell_the_other(turn)
    return say(
        words.JOINED.format(
            names=listed(_names(linked)),
            place=words.place_name(linked[0].sender.platform),
            here=words.place_word(turn.sender.platform),
        )
    )


async def _tell_the_other(turn: Turn) -> None:
    """Whoever said the code now shares everything; the account that letters go to hears of it by itself."""
    here, place = words.place_word(turn.sender.platform), words.place_name(turn.sender.platform)
    await turn.work.timetable.tell(
        JOINED,
        message(words.JOINED_ELSEWHERE.format(place=place, here=here)),
        about=turn.new_id,
        now=turn.now,
        expires=turn.now + (NOTICES[JOINED].keeps or timedelta(days=1)),
    )


async def unlink(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer unlink`: this account is taken off, or the one that is named."""
    linked = await turn.work.accounts.linked()
    if len(linked) == 1:
        return say(words.NOT_LINKED)
    if which := given.get("which", "").strip():
        return await _leave(turn, linked, _place(which, linked))
    here = next(one for one in linked if one.sender == turn.sender)
    if not here.first:
        return await _leave(turn, linked, here.sender.platform)
    others = [one.sender.platform for one in linked if one is not here]
    picks = tuple(option(f"Take {words.place_name(p)} off", "unlink", p) for p in others)
    return say(words.WHICH_OFF, options=(*picks, option("Leave it as it is", "stay")))


async def on_unlink(turn: Turn, about: tuple[str, ...]) -> Effects:
    """One of the other accounts is taken off."""
    linked = await turn.work.accounts.linked()
    platform = about[0] if about else ""
    if len(linked) == 1 or platform not in {one.sender.platform for one in linked}:
        return say(words.NOT_LINKED)
    return await _leave(turn, linked, platform)


async def _leave(turn: Turn, linked: Sequence[Linked], platform: str) -> Effects:
    first = next(one.sender.platform for one in linked if one.first)
    then = first if first != platform else turn.sender.platform
    if then == platform:
        raise Unclear(words.FIRST_STAYS)
    moves = linked[0].sender.platform == platform
    await turn.work.accounts.leave(platform, then=then, now=turn.now)
    place = words.place_name(then)
    return say(
        words.TAKEN_OFF.format(gone=words.place_name(platform)),
        words.LETTERS_GO_TO.format(place=place) if moves else "",
    )


async def where(turn: Turn, typed: str) -> Effects:
    """`/pacer settings where`: on which of her accounts she hears from Pacer."""
    linked = await turn.work.accounts.linked()
    if len(linked) == 1:
        return say(words.ONE_PLACE.format(place=words.place_name(linked[0].sender.platform)))
    if typed:
        return await _prefer(turn, linked, _place(typed, linked))
    return say(words.WHERE.format(place=words.place_name(linked[0].sender.platform)), options=_places(linked))


async def on_place(turn: Turn, about: tuple[str, ...]) -> Effects:
    """The place was picked."""
    linked = await turn.work.accounts.linked()
    platform = about[0] if about else ""
    if platform not in {one.sender.platform for one in linked}:
        return say(words.NOT_LINKED)
    return await _prefer(turn, linked, platform)


async def _prefer(turn: Turn, linked: Sequence[Linked], platform: str) -> Effects:
    if platform != linked[0].sender.platform:
        await turn.work.accounts.prefer(platform)
        turn.rescheduled = turn.rescheduled or turn.work.people.unreachable
    return say(words.LETTERS_GO_TO.format(place=words.place_name(platform)))


def _places(linked: Sequence[Linked]) -> tuple[Option, ...]:
    return tuple(
        option(words.place_name(one.sender.platform), "place", one.sender.platform) for one in linked
    )


def _place(typed: str, linked: Sequence[Linked]) -> str:
    """The platform that was named, by its name as said or its own. Raises Unclear with the names."""
    platforms = [one.sender.platform for one in linked]
    if typed.strip().casefold() in platforms:
        return typed.strip().casefold()
    named = recognise(typed, _places(linked))
    if named is None:
        raise Unclear(words.NO_SUCH_PLACE.format(names=listed(_names(linked))))
    return named.key.rpartition(":")[2]


def _names(linked: Sequence[Linked]) -> list[str]:
    return [words.place_name(one.sender.platform) for one in linked]
