"""Drills that members offer their circle: admins read them, approve them or leave them out, and can take an approved
one out again; every decision stands in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.chat.effects import Effects, say
from bot.chat.form import Unclear
from bot.chat.message import Heading, Message, Option, message, option
from bot.chat.reading import whole
from bot.circle import news_words as words
from bot.circle.lines import read_line
from bot.circle.model import Circle, CircleLetter, Deed
from bot.circle.news_model import Offer, State
from bot.circle.which import Mine, as_admin, mine, of
from bot.delivery.recurrence import held
from bot.drills.model import Drill
from bot.profile.tracks import AREAS
from bot.turn import Turn

STEP = "decline"
"""The next line is a word to the author of a declined drill."""
_NO_WORD = ("skip", "no", "none", "nothing", "-")
_LISTED = 10
"""Drills of one page; each has a button for admins."""
_ORDER = (State.WAITING, State.APPROVED, State.DECLINED)
"""What is to be decided comes first."""


async def on_offer(turn: Turn, circle_id: str, drill_id: str) -> Effects:
    """The circle to offer one of hers to was picked."""
    circle = (await of(turn, circle_id)).circle
    drill = await turn.work.own_bank.drill(drill_id)
    if drill is None:
        return say(words.NOT_HERS)
    ways = (
        option("Without my name", "circle", "offered", circle.id, drill_id, "unnamed"),
        option("With my name", "circle", "offered", circle.id, drill_id, "named"),
        option("Keep it private", "private", drill_id),
    )
    return say(words.OFFER.format(title=drill.title, name=circle.name), options=ways)


async def on_offered(turn: Turn, circle_id: str, drill_id: str, how: str) -> Effects:
    """She said yes: it waits for the admins, who are told."""
    circle = (await of(turn, circle_id)).circle
    circles = turn.work.circles
    drill = await turn.work.own_bank.drill(drill_id)
    if drill is None:
        return say(words.NOT_HERS)
    title = read_line(drill.title)
    known = {o.drill_id: o.state for o in await circles.offers.offered(circle.id)}
    if known.get(drill_id) in (State.WAITING, State.APPROVED):
        return say(words.OFFERED.format(title=title, name=circle.name), options=_private(drill_id))
    made = Offer(circle.id, drill_id, circles.me, title, how == "named", turn.now)
    if not await circles.offers.offer(made, drill):
        raise Unclear(words.OFFERS_FULL.format(name=circle.name))
    await _tell_admins(turn, circle)
    return say(words.OFFERED.format(title=title, name=circle.name), options=_private(drill_id))


def _private(drill_id: str) -> tuple[Option, ...]:
    return (option("Keep it private", "private", drill_id),)


async def _tell_admins(turn: Turn, circle: Circle) -> None:
    """One letter a day of the circle, however often something is offered and taken back."""
    circles = turn.work.circles
    waiting = sum(o.state is State.WAITING for o in await circles.offers.offered(circle.id))
    day = turn.now.astimezone(held(circle.settings.zone)).date()
    letter = message(words.to_read(circle, waiting))
    letters = [
        CircleLetter(member.person_id, letter, f"offers.{day.isoformat()}")
        for member in await circles.members(circle.id)
        if member.admin and member.person_id != circles.me
    ]
    await circles.tell_all(circle.id, letters, now=turn.now)


async def drills(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle drills`: to admins all that was offered; to others what was approved, and their own."""
    found = await mine(turn, "drills")
    return await _drills(turn, found, 0) if isinstance(found, Mine) else found


async def on_drills(turn: Turn, circle_id: str, beyond: str) -> Effects:
    """The circle was picked, or *More*: what comes after so many of them."""
    return await _drills(turn, await of(turn, circle_id), whole(beyond) or 0)


async def _drills(turn: Turn, found: Mine, beyond: int) -> Effects:
    circle, me = found.circle, found.me
    offered = await turn.work.circles.offers.offered(circle.id)
    seen = [o for o in offered if me.admin or o.person_id == me.person_id or o.state is State.APPROVED]
    if not seen:
        return say(words.NO_OFFERS.format(name=circle.name))
    seen.sort(key=lambda o: _ORDER.index(o.state))
    page = seen[beyond : beyond + _LISTED] or seen[:_LISTED]
    read = [o for o in page if me.admin and o.state is not State.DECLINED]
    ways = [option(f"Read {o.title}"[:60], "circle", "read", circle.id, o.drill_id) for o in read]
    if beyond + _LISTED < len(seen):
        ways.append(option("More", "circle", "drills", circle.id, str(beyond + _LISTED)))
    rows = [(o, await _author(turn, o)) for o in page]
    return say(words.offers(circle, rows), options=tuple(ways))


async def _author(turn: Turn, offer: Offer) -> str:
    """Her name in the circle, where she wants it said."""
    member = await turn.work.circles.member(offer.circle_id, offer.person_id) if offer.named else None
    return member.name if member else ""


async def on_read(turn: Turn, circle_id: str, drill_id: str) -> Effects:
    """An admin reads one, answer and all."""
    circle = as_admin(await of(turn, circle_id)).circle
    drill, offer = await _offered(turn, circle, drill_id)
    steps = {
        State.WAITING: (("Approve", "approve"), ("Leave out", "decline")),
        State.APPROVED: (("Take it out", "takeout"),),
        State.DECLINED: (),
    }[offer.state]
    ways = tuple(option(label, "circle", step, circle.id, drill_id) for label, step in steps)
    return say(*_whole(drill, await _author(turn, offer)), options=ways)


async def _offered(turn: Turn, circle: Circle, drill_id: str) -> tuple[Drill, Offer]:
    offers = turn.work.circles.offers
    drill = await offers.drill(circle.id, drill_id)
    offer = next((o for o in await offers.offered(circle.id) if o.drill_id == drill_id), None)
    if drill is None or offer is None:
        raise Unclear(words.OFFER_GONE)
    return drill, offer


def _whole(drill: Drill, who: str) -> tuple[Heading | str, ...]:
    points = "\n".join(f"– {point.text}" for point in drill.rubric)
    return (
        Heading(drill.title, f"{AREAS.get(drill.area, drill.area)} · {drill.minutes} min"),
        f"Offered by *{who}*." if who else "",
        drill.task,
        f"**A good answer**\n{points}",
        f"**A model answer**\n{drill.answer}",
    )


async def on_approve(turn: Turn, circle_id: str, drill_id: str) -> Effects:
    """It can be drawn from now on."""
    circle, circles = as_admin(await of(turn, circle_id)).circle, turn.work.circles
    _, offer = await _offered(turn, circle, drill_id)
    if not await circles.offers.decide(circle.id, drill_id, State.APPROVED, was=State.WAITING):
        return say(words.DECIDED)
    await circles.note(circle.id, circles.me, Deed.APPROVED, drill_id=drill_id, now=turn.now)
    told = words.YOURS_APPROVED.format(title=offer.title, name=circle.name)
    await _tell_author(turn, offer, message(told))
    return say(words.APPROVED.format(title=offer.title, name=circle.name))


async def _tell_author(turn: Turn, offer: Offer, letter: Message) -> None:
    circles = turn.work.circles
    about = f"decided.{turn.new_id}"
    await circles.tell(offer.circle_id, offer.person_id, letter, about=about, now=turn.now)


@dataclass(frozen=True, slots=True)
class _No:
    """How a drill is left out, or taken out again: with a word to its author, or without."""

    was: State
    """What it is until then."""
    step: str
    """The button for doing it without a word."""
    deed: Deed
    said: str
    letter: str


_LEAVE_OUT = _No(State.WAITING, "declined", Deed.LEFT_OUT, words.DECLINED, words.YOURS_DECLINED)
_TAKE_OUT = _No(State.APPROVED, "takenout", Deed.TAKEN_OUT, words.TAKEN_OUT, words.YOURS_TAKEN_OUT)


async def on_decline(turn: Turn, circle_id: str, drill_id: str) -> Effects:
    """*Leave out* one that waits: the next line is a word to its author."""
    return await _ask_word(turn, circle_id, drill_id, _LEAVE_OUT)


async def on_take_out(turn: Turn, circle_id: str, drill_id: str) -> Effects:
    """*Take it out*, which was approved: the same."""
    return await _ask_word(turn, circle_id, drill_id, _TAKE_OUT)


async def _ask_word(turn: Turn, circle_id: str, drill_id: str, no: _No) -> Effects:
    circle = as_admin(await of(turn, circle_id)).circle
    _, offer = await _offered(turn, circle, drill_id)
    if offer.state is not no.was:
        return say(words.DECIDED)
    turn.expect(STEP, circle=circle.id, drill=drill_id, no=no.step)
    return say(words.A_WORD, options=(option("Without a word", "circle", no.step, circle.id, drill_id),))


async def on_declined(turn: Turn, circle_id: str, drill_id: str) -> Effects:
    """Left out without a word."""
    return await _decide(turn, circle_id, drill_id, _LEAVE_OUT, "")


async def on_taken_out(turn: Turn, circle_id: str, drill_id: str) -> Effects:
    """Taken out without a word."""
    return await _decide(turn, circle_id, drill_id, _TAKE_OUT, "")


async def on_word(turn: Turn, text: str) -> Effects:
    """The word."""
    word = "" if text.strip().casefold() in _NO_WORD else read_line(text)
    values = turn.talk.values
    no = _TAKE_OUT if values.get("no") == _TAKE_OUT.step else _LEAVE_OUT
    return await _decide(turn, values.get("circle", ""), values.get("drill", ""), no, word)


async def _decide(turn: Turn, circle_id: str, drill_id: str, no: _No, word: str) -> Effects:
    if turn.talk.step == STEP:
        await turn.go_back()
        turn.talk = replace(turn.talk, offered=())
    circle, circles = as_admin(await of(turn, circle_id)).circle, turn.work.circles
    _, offer = await _offered(turn, circle, drill_id)
    if not await circles.offers.decide(circle.id, drill_id, State.DECLINED, was=no.was):
        return say(words.DECIDED)
    if no.was is State.APPROVED:
        await circles.renew_drill(circle.id, drill_id)
    await circles.note(circle.id, circles.me, no.deed, drill_id=drill_id, now=turn.now)
    told = no.letter.format(title=offer.title, name=circle.name)
    await _tell_author(turn, offer, message(told, words.ITS_WORD.format(word=word) if word else ""))
    return say(no.said)
