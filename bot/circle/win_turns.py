"""Good news: asked about in private, told to the circle after a yes, with her name or without, and taken back at a word."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.effects import Effects, say
from bot.chat.form import Unclear
from bot.chat.message import Message, Option, message, option
from bot.circle import news_words as words
from bot.circle.ending import end
from bot.circle.lines import let_go, read_line, recall, remember
from bot.circle.model import Post
from bot.circle.news_model import WIN, Added, Notice, Standing
from bot.circle.which import Mine, mine, of
from bot.circle.work import CircleTurn
from bot.turn import Turn

_BACK = ("back", "take back", "undo")


async def win(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer win [text]`: asks whether the circle is to know; *back* takes the newest one back."""
    typed = given.get("text", "").strip()
    if typed.casefold() in _BACK:
        found = await mine(turn, "winback")
        return await _take_newest(turn, found) if isinstance(found, Mine) else found
    name = remember(turn, WIN, read_line(typed))
    found = await mine(turn, "win", name)
    return await _ask(turn, found, name) if isinstance(found, Mine) else found


async def on_win(turn: Turn, circle_id: str, name: str) -> Effects:
    """The circle was picked."""
    return await _ask(turn, await of(turn, circle_id), name)


async def _ask(turn: Turn, found: Mine, name: str) -> Effects:
    line = _line(turn, name)
    circle = found.circle
    ways = (
        option(f"With my name, {found.me.name}", "circle", "tell", circle.id, name, "named"),
        option("Without my name", "circle", "tell", circle.id, name, "unnamed"),
        option("Keep it to myself", "circle", "untold", circle.id, name),
    )
    return say(words.TELL.format(name=circle.name, line=line or words.WITHOUT_WORDS), options=ways)


def _line(turn: Turn, name: str) -> str:
    line = recall(turn, WIN, name)
    if line is None:
        raise Unclear(words.QUESTION_OVER.format(command="circle win"))
    return line


async def on_untold(turn: Turn, circle_id: str, name: str) -> Effects:
    """She keeps it."""
    if recall(turn, WIN, name) is not None:
        let_go(turn, WIN)
    return say(words.KEPT)


async def on_tell(turn: Turn, circle_id: str, name: str, how: str) -> Effects:
    """She said yes: only now it is kept, and a post wanted."""
    circle = (await of(turn, circle_id)).circle
    notices = turn.work.circles.notices
    there = await notices.notice(circle.id, name)
    if there is not None and there.person_id == turn.work.circles.me:
        return say(words.TOLD_ALREADY, options=_take_back(there))
    made = Notice(circle.id, name, WIN, turn.work.circles.me, _line(turn, name), how == "named", turn.now)
    if refused := refusal(await notices.add(made), WIN):
        raise Unclear(refused)
    let_go(turn, WIN)
    await turn.work.circles.want(circle.id, WIN, name)
    return say(words.TOLD, options=_take_back(made))


def refusal(added: Added, kind: str) -> str:
    """Why a notice was not taken; empty if it was."""
    match added:
        case Added.ENOUGH_OF_HERS:
            return words.ENOUGH[kind]
        case Added.ENOUGH_THERE:
            return words.ENOUGH_THERE
        case _:
            return ""


def _take_back(notice: Notice) -> tuple[Option, ...]:
    if notice.standing is not Standing.OPEN:
        return ()
    return (option("Take it back", "circle", "untell", notice.circle_id, notice.id),)


async def on_untell(turn: Turn, circle_id: str, name: str) -> Effects:
    """*Take it back*: the post says no more than that."""
    notice = await turn.work.circles.notices.notice(circle_id, name)
    if notice is None or notice.person_id != turn.work.circles.me:
        return say(words.NOTHING_TO_TAKE)
    return await _undo(turn, notice)


async def on_win_back(turn: Turn, circle_id: str) -> Effects:
    """The circle was picked."""
    return await _take_newest(turn, await of(turn, circle_id))


async def _take_newest(turn: Turn, found: Mine) -> Effects:
    newest = await turn.work.circles.notices.newest_of_hers(found.circle.id, WIN)
    return await _undo(turn, newest) if newest else say(words.NOTHING_TO_TAKE)


async def _undo(turn: Turn, notice: Notice) -> Effects:
    await end(turn.work.circles, notice, taken_back=True)
    return say(words.TAKEN_BACK)


async def told(turn: CircleTurn, post: Post) -> Message | None:
    """The post: as it is now, or that it was taken back; what was taken back in time never appears."""
    circles = turn.work.circles
    notice = await circles.notices.notice(turn.circle.id, post.about)
    member = await circles.member(turn.circle.id, notice.person_id) if notice else None
    if notice is None or member is None or notice.standing is Standing.TAKEN_BACK:
        return message(words.GONE) if post.receipt else None
    text = f"> {notice.text or words.WITHOUT_WORDS}"
    if notice.named:
        return message(words.NAMED_NEWS.format(who=member.name, text=text))
    return message(words.UNNAMED_NEWS.format(text=text))
