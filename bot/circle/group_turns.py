"""Answering the drill of the day: privately, judged at once, and shared only by whoever wants to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.chat.effects import Effects, OpenForm, say
from bot.chat.form import Form, FormField, Unclear
from bot.chat.message import Option, option
from bot.chat.reading import number
from bot.circle import group_words as words
from bot.circle import words as circle_words
from bot.circle.group_model import GROUP, GroupAnswer, GroupDrill, Share, is_open, landed, reveal_at
from bot.circle.group_post import drill_of
from bot.circle.group_practice import count_as_practice
from bot.circle.model import Circle, Member
from bot.drills.model import Drill
from bot.feedback.checks import decided
from bot.feedback.model import Review, Unscorable
from bot.feedback.review import of_drill
from bot.today.company import had_company
from bot.turn import Turn

LONGEST = 6_000
PREFILLED = 2_900
"""Characters: Slack opens a form with up to 3,000 in a field."""
REFUSED = frozenset({Unscorable.COPIED, Unscorable.STUFFED})


def read_answer(typed: str, today: date) -> str:
    """Her answer as she typed it. Raises Unclear."""
    if len(typed) > LONGEST:
        raise Unclear(f"That is more than I can take here: {LONGEST:,} characters is the most.")
    return typed.strip()


def read_minutes(typed: str, today: date) -> str:
    """Whole minutes. Raises Unclear."""
    return f"{number(typed.removesuffix('minutes').removesuffix('min').strip(), 1, 240, 'Minutes'):.0f}"


FORM = Form(
    "group:answer",
    "The drill of the day",
    (
        FormField("answer", "Your answer?", read_answer, "As you would say it to an interviewer.", long=True),
        FormField("minutes", "How many minutes?", read_minutes, "If you want to tell.", optional=True),
    ),
)


@dataclass(frozen=True, slots=True)
class There:
    """The drill of a day in a circle, and she in it."""

    circle: Circle
    me: Member
    given: GroupDrill
    drill: Drill
    open: bool
    """Whether the reveal has not come yet."""
    planned: bool
    """Whether she has a plan of her own, in which it could count."""

    def key(self, label: str, step: str, *rest: str) -> Option:
        """A button about this day."""
        return option(label, "group", step, self.circle.id, self.given.day.isoformat(), *rest)


async def on_group(turn: Turn, about: tuple[str, ...]) -> Effects:
    """A button of the drill of the day."""
    step, circle_id, day, choice = (*about, "", "", "", "")[:4]
    there = await _there(turn, circle_id, day)
    if not isinstance(there, There):
        return there
    match step:
        case "answer":
            return await _ask(turn, there)
        case "share" if choice in tuple(Share):
            return await _share(turn, there, Share(choice))
        case "count":
            return await _count(turn, there)
        case _:
            return say(words.OVER)


async def _there(turn: Turn, circle_id: str, day: str) -> There | Effects:
    """All that the button is about, held until the commit; or a kind sentence."""
    circles = turn.work.circles
    await circles.group.hold(circle_id)
    circle = await circles.circle(circle_id)
    if circle is None or circle.ended:
        raise Unclear(circle_words.OVER)
    me = await circles.member(circle_id, circles.me)
    if me is None:
        join = (option("Join", "circle", "join", circle_id),)
        return say(words.NOT_A_MEMBER.format(name=circle.name), options=join)
    given = await circles.group.drill(circle_id, _day(day))
    drill = await drill_of(circles, turn.content, circle_id, given) if given else None
    if given is None or drill is None:
        raise Unclear(words.OVER)
    return There(
        circle, me, given, drill, is_open(given, circle.settings, turn.now), turn.profile is not None
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as strange:
        raise Unclear(words.OVER) from strange


async def _ask(turn: Turn, there: There) -> Effects:
    """The form, with what she answered before where it can be shown in it."""
    mine = await _mine(turn, there)
    known: tuple[tuple[str, str], ...] = ()
    if mine and turn.place.forms and len(mine.text) <= PREFILLED:
        known = (("answer", mine.text), ("minutes", str(mine.minutes or "")))
    return (OpenForm(FORM.about(there.circle.id, there.given.day.isoformat()), known),)


async def _mine(turn: Turn, there: There, *, late: bool | None = None) -> GroupAnswer | None:
    late = not there.open if late is None else late
    return await turn.work.circles.group.mine(there.circle.id, there.given.day, late=late)


async def on_answer(turn: Turn, values: Mapping[str, str]) -> Effects:
    """The form came back: judged by rules at once, for her alone."""
    circle_id, _, day = values["about"].partition(":")
    there = await _there(turn, circle_id, day)
    if not isinstance(there, There):
        return there
    text, minutes = values["answer"], values.get("minutes", "")
    review = of_drill(there.drill, text, decided(there.drill.rubric, text))
    if review.unscorable in REFUSED:
        again = OpenForm(FORM.about(circle_id, day), (("answer", text), ("minutes", minutes)))
        return (*say(words.REFUSED[review.unscorable]), again)
    before = await _mine(turn, there)
    answer = GroupAnswer(
        text,
        review.findings,
        int(minutes) if minutes else None,
        late=not there.open,
        counted=bool(before and before.counted),
    )
    await turn.work.circles.group.keep(circle_id, there.given.day, answer)
    if there.open:
        await turn.work.circles.renew(circle_id, GROUP, day)
        await had_company(turn)
    return _judged(there, answer, review, again=before is not None)


def _judged(there: There, answer: GroupAnswer, review: Review, *, again: bool) -> Effects:
    said = [words.verdict(there.drill, review.findings, review.unscorable)]
    if answer.late:
        said.append(words.LATE)
    else:
        said.append(words.AGAIN if again else words.IN_TIME)
        said += [] if landed(answer.findings) else [words.NOTHING_TO_SHOW]
    return say(*said, options=_ways(there, answer))


def _ways(there: There, answer: GroupAnswer) -> tuple[Option, ...]:
    """What she can do with it: share it until the reveal, take it back at any time, count it once."""
    labels = {
        Share.NAMED: "Share: with my name",
        Share.UNNAMED: "Share: without my name",
        Share.KEPT: "Keep it to myself",
    }
    shares = tuple(labels) if there.open and not answer.late and landed(answer.findings) else ()
    found = [
        there.key(labels[s], "share", s.value) for s in shares if s is not answer.share or not there.open
    ]
    if answer.share is not Share.KEPT and not there.open:
        found.append(there.key("Take it back", "share", Share.KEPT.value))
    if there.planned and not answer.counted:
        found.append(there.key("Count it as today's", "count"))
    return tuple(found)


async def _share(turn: Turn, there: There, share: Share) -> Effects:
    """What the circle may see of it; until the reveal anything, after it only less."""
    mine = await _mine(turn, there, late=False)
    if mine is None:
        raise Unclear(words.NOT_YET if there.open else words.TOO_LATE)
    if share is not Share.KEPT and not there.open:
        raise Unclear(words.TOO_LATE)
    if share is not Share.KEPT and not landed(mine.findings):
        raise Unclear(words.NOTHING_TO_SHOW)
    mine = replace(mine, share=share)
    await turn.work.circles.group.keep(there.circle.id, there.given.day, mine)
    await turn.work.circles.renew(there.circle.id, GROUP, there.given.day.isoformat())
    when = words.clock(reveal_at(there.circle.settings, there.given.day), there.circle.settings.zone)
    said = words.SHARES[share.value] if there.open else words.TAKEN_BACK
    return say(said.format(when=when, me=there.me.name), options=_ways(there, mine))


async def _count(turn: Turn, there: There) -> Effects:
    """It becomes practice of hers, like any other: minutes, memory, skill."""
    profile = turn.own
    found = [a for late in (True, False) if (a := await _mine(turn, there, late=late))]
    if not found:
        raise Unclear(words.NOT_YET)
    if any(a.counted for a in found):
        return say(words.COUNTED_ALREADY)
    await turn.work.circles.group.keep(there.circle.id, there.given.day, replace(found[0], counted=True))
    return await count_as_practice(turn, profile, there.drill, found[0])
