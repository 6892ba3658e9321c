"""The drill of the day in the channel: before the reveal the task, after it what people shared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.chat.fit import units
from bot.chat.markup import flowing
from bot.chat.message import Message, Option, message, option
from bot.circle import group_words as words
from bot.circle.group_choice import pick
from bot.circle.group_model import GroupDrill, Shared, reveal_at
from bot.circle.model import Circle, Post
from bot.circle.ports import Circles
from bot.circle.work import CircleTurn
from bot.drills.model import Drill
from bot.own_bank.model import is_own
from bot.turn import Content

LEAST_SHARED = 2
"""People whose answers are shown side by side; one alone would stand on a stage."""
MOST_SHARED, MOST_POINTS = 8, 2
"""People whose answers are shown, and points of each."""
LONGEST_TASK, LONGEST_MODEL = 2_600, 2_200
LONGEST = 3_600
"""Units of a post, so that it is one message on every platform: Discord takes 4,000 in all."""


async def drill_of(circles: Circles, content: Content, circle_id: str, given: GroupDrill) -> Drill | None:
    """The drill itself: of the bank, or one that a member offered; None if it is there no more."""
    found = content.bank().drills.get(given.drill_id)
    return found or await circles.offers.approved(circle_id, given.drill_id)


async def group_post(turn: CircleTurn, post: Post) -> Message | None:
    """As it is to look now."""
    circle, circles = turn.circle, turn.work.circles
    given = await circles.group.drill(circle.id, date.fromisoformat(post.about))
    drill = await drill_of(circles, turn.content, circle.id, given) if given else None
    if given is None or drill is None:  # somebody's words may stand there, so it is not left as it is
        return message(words.TAKEN_OUT) if post.receipt else None
    author = await _author(turn, drill)
    if not given.revealed:  # by the mark, not by the clock: what was shown once can never be open again
        count = await circles.group.count(circle.id, given.day)
        return _task(circle, given, drill, count, author)
    return _revealed(circle, given, drill, await _shared(turn, given), author)


async def _author(turn: CircleTurn, drill: Drill) -> str:
    """Who offered it, if she wants to be named; nobody did where it is of the bank."""
    if not is_own(drill.id):
        return ""
    circles, circle_id = turn.work.circles, turn.circle.id
    named = next((who for d, who in await circles.offers.pool(circle_id) if d.id == drill.id), "")
    member = await circles.member(circle_id, named) if named else None
    return member.name if member else ""


def _task(circle: Circle, given: GroupDrill, drill: Drill, count: int, author: str = "") -> Message:
    reveal = words.clock(reveal_at(circle.settings, given.day), circle.settings.zone)
    so_far = " ".join(filter(None, (words.answers(count), f"Reveal at {reveal}.")))
    return message(
        words.card(drill, author),
        words.cut(flowing(drill.task), LONGEST_TASK),
        words.PRIVATE,
        so_far,
        options=(_answer(circle, given, "Answer"),),
    )


def _answer(circle: Circle, given: GroupDrill, label: str) -> Option:
    return option(label, "group", "answer", circle.id, given.day.isoformat())


async def _shared(turn: CircleTurn, given: GroupDrill) -> list[tuple[str, Shared]]:
    """A few of those who share, with the name that is shown, in an order that says nothing of them."""
    circles, circle = turn.work.circles, turn.circle
    found = {s.person_id: s for s in await circles.group.shared(circle.id, given.day) if s.landed}
    if len(found) < LEAST_SHARED:
        return []
    shown: list[tuple[str, Shared]] = []
    while found and len(shown) < MOST_SHARED:
        one = found.pop(pick(list(found), f"{circle.id}/{given.day}"))
        member = await circles.member(circle.id, one.person_id) if one.named else None
        shown.append((f"**{member.name}**" if member else words.SOMEBODY, one))
    return shown


def _revealed(
    circle: Circle, given: GroupDrill, drill: Drill, shared: Sequence[tuple[str, Shared]], author: str = ""
) -> Message:
    question = pick(words.questions(drill), f"{circle.id}/{given.day}")
    asked = words.TO_ARGUE.format(question=question)
    model = f"{words.MODEL_ANSWER}\n{words.cut(flowing(drill.answer), LONGEST_MODEL)}"
    head, task = words.card(drill, author), flowing(drill.task)
    left = LONGEST - sum(map(units, (head.heading, head.about, asked, model)))
    landed = _landed(drill, shared, left)
    left -= units(landed)
    return message(
        head,
        task if units(task) <= left else None,
        landed,
        model,
        asked,
        options=(_answer(circle, given, "Answer for myself"),),
    )


def _landed(drill: Drill, shared: Sequence[tuple[str, Shared]], left: int) -> str:
    """What landed in each, with fewer points of each or of fewer people where there is no room."""
    for most in range(MOST_POINTS, 0, -1):
        lines = [words.landed(drill, who, each.landed, most) for who, each in shared]
        for count in range(len(lines), LEAST_SHARED - 1, -1):
            text = "\n".join((words.SHARED, *(f"– {line}" for line in lines[:count])))
            if units(text) <= left and (most == 1 or count == len(lines)):
                return text
    return ""
