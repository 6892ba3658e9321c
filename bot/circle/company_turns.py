"""Company: a member asks the circle, in her name, for a walk or a call; who is in is known to her alone."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.effects import Effects, say
from bot.chat.form import Unclear
from bot.chat.message import Message, Option, message, option
from bot.circle import news_words as words
from bot.circle.ending import end
from bot.circle.lines import let_go, read_line, recall, remember
from bot.circle.model import Circle, Member, Post
from bot.circle.news_model import COMPANY, OPEN_FOR, Notice, Standing
from bot.circle.which import Mine, mine, of
from bot.circle.win_turns import refusal
from bot.circle.work import CircleTurn
from bot.today.company import had_company
from bot.turn import Turn

_CLOSE = ("close", "off", "done")
_OWN = "own"


async def company(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle company [words]`: picks what is asked; *close* ends the newest call."""
    typed = given.get("text", "").strip()
    if typed.casefold() in _CLOSE:
        found = await mine(turn, "callover")
        return await _close_newest(turn, found) if isinstance(found, Mine) else found
    name = remember(turn, COMPANY, read_line(typed))
    found = await mine(turn, "company", name)
    return await _offer(turn, found, name) if isinstance(found, Mine) else found


async def on_company(turn: Turn, circle_id: str, name: str) -> Effects:
    """The circle was picked."""
    return await _offer(turn, await of(turn, circle_id), name)


async def _offer(turn: Turn, found: Mine, name: str) -> Effects:
    circle, own = found.circle, recall(turn, COMPANY, name)
    if own is None:
        raise Unclear(words.QUESTION_OVER.format(command="circle company"))
    never = option("Not now", "circle", "stay")
    if own:
        ask = option("Ask them", "circle", "call", circle.id, name, _OWN)
        told = words.OWN_LINE.format(name=circle.name, me=found.me.name, line=own)
        return say(told, options=(ask, never))
    lines = tuple(
        option(line, "circle", "call", circle.id, name, str(n)) for n, line in enumerate(words.LINES)
    )
    return say(words.WHICH_LINE.format(name=circle.name), options=(*lines, never))


async def on_call(turn: Turn, circle_id: str, name: str, which: str) -> Effects:
    """She picked the words: only now anything is kept, and a post wanted."""
    circle = (await of(turn, circle_id)).circle
    notices, me = turn.work.circles.notices, turn.work.circles.me
    there = await notices.notice(circle.id, name)
    if there is not None and there.person_id == me:
        return await _who_is_in(turn, circle, there)
    line = _line(turn, name, which)
    made = Notice(circle.id, name, COMPANY, me, line, True, turn.now, turn.now + OPEN_FOR)
    if refused := refusal(await notices.add(made), COMPANY):
        raise Unclear(refused)
    let_go(turn, COMPANY)
    await turn.work.circles.want(circle.id, COMPANY, name)
    return say(words.ASKING.format(until=words.until(circle, turn.now + OPEN_FOR)), options=_ways(made))


def _line(turn: Turn, name: str, which: str) -> str:
    own = recall(turn, COMPANY, name)
    if own is None or (which == _OWN and not own) or (which != _OWN and which not in ("0", "1", "2")):
        raise Unclear(words.QUESTION_OVER.format(command="circle company"))
    return own if which == _OWN else words.LINES[int(which)]


def _ways(notice: Notice) -> tuple[Option, ...]:
    return (option("Close it", "circle", "close", notice.circle_id, notice.id),)


async def on_in(turn: Turn, circle_id: str, name: str) -> Effects:
    """*I am in*, pressed in the channel by whoever reads it."""
    circles = turn.work.circles
    circle = await circles.circle(circle_id)
    me = await circles.member(circle_id, circles.me) if circle else None
    if circle is None or circle.ended or me is None:
        return say(words.AMONG_MEMBERS, options=(option("Join", "circle", "join", circle_id),))
    notice = await circles.notices.notice(circle_id, name)
    author = await circles.member(circle_id, notice.person_id) if notice else None
    if notice is None or author is None or not notice.is_open(turn.now):
        return say(words.CALL_OVER)
    if author.person_id == me.person_id:
        return await _who_is_in(turn, circle, notice)
    return await _come_in(turn, notice, author, me)


async def _come_in(turn: Turn, notice: Notice, author: Member, me: Member) -> Effects:
    circles = turn.work.circles
    if not await circles.notices.answer(notice.circle_id, notice.id, now=turn.now):
        return say(words.IN_ALREADY.format(who=author.name))
    letter = message(words.SOMEBODY_IS_IN.format(me=me.name, line=notice.text))
    about = f"in.{notice.id}"
    await circles.tell(notice.circle_id, author.person_id, letter, about=about, now=turn.now, of=me.person_id)
    if turn.profile is not None:
        await had_company(turn)
    return say(words.IN.format(who=author.name, me=me.name))


async def _who_is_in(turn: Turn, circle: Circle, notice: Notice) -> Effects:
    """Hers: who answered so far."""
    if not notice.is_open(turn.now):
        return say(words.CALL_OVER)
    circles = turn.work.circles
    answers = await circles.notices.answers(notice.circle_id, notice.id)
    found = [await circles.member(circle.id, person) for person in answers]
    names = ", ".join(f"*{m.name}*" for m in found if m)
    until = words.until(circle, notice.until or turn.now)
    said = words.WHO_IS_IN.format(names=names) if names else words.NOBODY_YET.format(until=until)
    return say(said, options=_ways(notice))


async def on_close(turn: Turn, circle_id: str, name: str) -> Effects:
    """*Close it*."""
    notice = await turn.work.circles.notices.notice(circle_id, name)
    if notice is None or notice.person_id != turn.work.circles.me:
        return say(words.CALL_OVER)
    return await _close(turn, notice)


async def on_call_over(turn: Turn, circle_id: str) -> Effects:
    """The circle was picked."""
    return await _close_newest(turn, await of(turn, circle_id))


async def _close_newest(turn: Turn, found: Mine) -> Effects:
    newest = await turn.work.circles.notices.newest_of_hers(found.circle.id, COMPANY)
    return await _close(turn, newest) if newest else say(words.CALL_OVER)


async def _close(turn: Turn, notice: Notice) -> Effects:
    await end(turn.work.circles, notice, taken_back=False)
    return say(words.CLOSED)


async def asked(turn: CircleTurn, post: Post) -> Message | None:
    """The post: open with its button, or that it is closed; who answered never stands there."""
    circles = turn.work.circles
    notice = await circles.notices.notice(turn.circle.id, post.about)
    author = await circles.member(turn.circle.id, notice.person_id) if notice else None
    if notice is None or author is None or notice.standing is Standing.TAKEN_BACK:
        return message(words.GONE) if post.receipt else None
    if notice.until is None or not notice.is_open(turn.now):
        return message(words.ASKED_AND_OVER.format(who=author.name)) if post.receipt else None
    until = words.until(turn.circle, notice.until)
    return message(
        words.ASKED.format(who=author.name, line=notice.text),
        words.OPEN_UNTIL.format(until=until, who=author.name),
        options=(option("I am in", "circle", "in", turn.circle.id, notice.id),),
    )
