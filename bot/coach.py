"""The turn: what was said goes through the safety gate, is kept, handled once, and answered.

`receive` is quick and durable, so that a platform can acknowledge; `run` does the turn. Whatever
was received and not run, because the process died, waits in `Store.unfinished` and is run after the
next start.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from bot.chat.effects import Edit, Effect, Effects, OpenForm, Say, say
from bot.chat.filling import Filling, ask
from bot.chat.form import Form, Unclear
from bot.chat.inbound import (
    AnyInbound,
    CommandGiven,
    CrisisSeen,
    FormSent,
    Inbound,
    Place,
    Sender,
    TextSaid,
    TimeCame,
)
from bot.chat.message import Message, Option, message
from bot.chat.talk import Talk
from bot.circle.board_turns import freshen
from bot.dashboard import STRANGER, dashboard
from bot.delivery.gate import Silence, Wait
from bot.delivery.kinds import CIRCLE_NOTICES
from bot.delivery.model import Letter
from bot.delivery.timetable import keep_timetable
from bot.delivery.undelivered import show_undelivered
from bot.delivery.words import NOT_BROUGHT
from bot.delivery.write import write
from bot.drills.ports import NoQueries, Queries
from bot.profile.words import UNREACHABLE
from bot.routing import TIME_HANDLERS, route
from bot.safety.gate import check
from bot.safety.harmless import is_harmless
from bot.safety.model import Tier, Verdict
from bot.safety.turns import is_quiet, on_distress
from bot.suggestions import STRANGERS, Suggestion, suggestions
from bot.turn import Answer, Content, StaleTalk, Store, Turn, Work

log = logging.getLogger(__name__)
T = TypeVar("T")

WAITS = timedelta(minutes=10)
"""How long somebody surely looks at the place a command was given in; later she may never see what is shown there."""
TRIES = 3
"""How often a turn is run anew when somebody else moved the conversation on meanwhile."""


FORM_GONE = message("I was restarted while a form was on its way to you. Say it again, and it opens.")


class Gone(Exception):
    """The person a letter is for has been deleted; nothing of her is made anew."""


class Coach:
    """Pacer's core: inbound values in, effects out."""

    def __init__(
        self,
        store: Store,
        content: Content,
        now: Callable[[], datetime],
        queries: Queries | None = None,
        *,
        reviewer: str = "",
    ) -> None:
        """Without `queries` no query can run, and whoever writes one judges it herself.

        `reviewer` names the model that gives second opinions; without one they are not offered.
        """
        self._store, self._content, self._now = store, content, now
        self._queries, self._reviewer = queries or NoQueries(), reviewer
        self._turns: defaultdict[Sender, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def receive(self, inbound: AnyInbound) -> AnyInbound | None:
        """Keep the value durably; None if the same event came before.

        The gate stands before everything else: words that sound like danger are not even stored.
        """
        guarded = guard(inbound)
        return guarded if await self._store.receive(guarded) else None

    async def handle(self, inbound: AnyInbound) -> Effects:
        """Receive and run in one go; nothing for an event that came before."""
        kept = await self.receive(inbound)
        return await self.run(kept) if kept else ()

    async def run(self, inbound: AnyInbound, *, keep_answer: bool = False) -> Effects:
        """Run a received value's turn; where it fails, nothing half-done is kept.

        With `keep_answer` what it says is kept with the same commit, until the store hears that it is `delivered`.
        """
        async with self._turns[inbound.sender]:
            return await self._again(lambda: self._transaction(inbound, keep_answer))

    async def _again(self, transaction: Callable[[], Awaitable[T]]) -> T:
        for attempt in range(1, TRIES + 1):
            try:
                return await transaction()
            except StaleTalk:
                if attempt == TRIES:
                    raise
        raise AssertionError("unreachable")

    async def _transaction(self, inbound: AnyInbound, keep_answer: bool) -> Effects:
        async with self._store.work(inbound.sender) as work:
            turn = await self._turn(work, inbound)
            before = turn.talk
            first_today = await self._note_contact(turn)
            effects = settle(turn, await self._answer(turn, inbound))
            if first_today and not await is_quiet(turn):
                await freshen(turn)
            if work.people.unreachable or work.timetable.missed:
                effects = await self._with_what_was_missed(turn, inbound, effects)
            if turn.rescheduled or work.people.unreachable:
                await keep_timetable(turn)
            if replace(turn.talk, version=before.version) != before:
                await work.talks.save_talk(turn.talk)
            await work.finish(inbound.event_id, _kept(inbound, effects) if keep_answer else None)
            return effects

    async def _with_what_was_missed(self, turn: Turn, inbound: AnyInbound, effects: Effects) -> Effects:
        """Before the answer: that letters did not reach her and, to a command that waits for it, what they said."""
        if await is_quiet(turn):
            return effects
        stopped = turn.work.people.unreachable
        shown: tuple[Say, ...] = ()
        if isinstance(inbound, CommandGiven) and self._now() - inbound.at < WAITS:
            shown = await show_undelivered(turn, effects)
        if not (stopped or shown):
            return effects
        offered = next((e.message.options for e in reversed(shown) if e.message.options), ())
        if offered and not turn.talk.step and not any(options_of(e) for e in effects):
            turn.talk = replace(turn.talk, offered=offered)
        return (Say(message(UNREACHABLE if stopped else NOT_BROUGHT)), *shown, *effects)

    def alone(self, sender: Sender) -> AbstractAsyncContextManager[object]:
        """Hold back her turns while the block runs."""
        return self._turns[sender]

    async def compose(self, letter: Letter) -> Message | Wait | Silence:
        """What a claimed letter says, kept with it; or the gate's verdict, if it speaks against saying it now.

        A letter that was written before, and is sent anew, only passes the gate again. Raises LostLease.
        """
        if letter.to is None:
            return Silence("nobody")
        to = letter.to
        async with self._turns[to]:
            try:
                return await self._again(lambda: self._compose(letter, to))
            except Gone:
                return Silence("nobody")

    async def dashboard(self, sender: Sender, at: datetime) -> Message:
        """How somebody stands at an instant, for a page that shows it; a stranger stays one."""
        looked = TextSaid(sender=sender, place=Place("", private=True), event_id="", at=at, text="")
        try:
            async with self._turns[sender], self._store.work(sender) as work:
                if not work.known:
                    raise Gone
                return await dashboard(await self._turn(work, looked))
        except Gone:
            return STRANGER

    async def suggestions(self, sender: Sender, at: datetime) -> tuple[Suggestion, ...]:
        """A few first words that are sensible for somebody at an instant; a stranger stays one."""
        looked = TextSaid(sender=sender, place=Place("", private=True), event_id="", at=at, text="")
        try:
            async with self._turns[sender], self._store.work(sender) as work:
                if not work.known:
                    raise Gone
                return await suggestions(await self._turn(work, looked))
        except Gone:
            return STRANGERS

    async def reschedule(self, sender: Sender, at: datetime) -> bool:
        """Let a person's timetable follow her profile, where it was not written yet; whether she has any slot."""
        woken = TimeCame(sender=sender, place=Place(""), event_id="", at=at, kind="")
        async with self._turns[sender], self._store.work(sender) as work:
            return await keep_timetable(await self._turn(work, woken))

    async def _compose(self, letter: Letter, to: Sender) -> Message | Wait | Silence:
        due = TimeCame(
            sender=to,
            place=Place("", private=True),
            event_id=letter.key,
            at=letter.due,
            kind=letter.kind,
        )
        async with self._store.work(to) as work:
            if not work.known:
                raise Gone
            turn = await self._turn(work, due)
            before = turn.talk
            written = await write(turn, letter, TIME_HANDLERS)
            anew = letter.message is None or (letter.kind in CIRCLE_NOTICES and not turn.talk.step)
            if isinstance(written, Message) and anew:
                if written.options:
                    turn.talk = replace(turn.talk, offered=written.options)
                if replace(turn.talk, version=before.version) != before:
                    await work.talks.save_talk(turn.talk)
            return written

    async def _turn(self, work: Work, inbound: Inbound) -> Turn:
        return Turn(
            work=work,
            content=self._content,
            sender=inbound.sender,
            place=inbound.place,
            now=max(inbound.at, self._now()) if isinstance(inbound, TimeCame) else inbound.at,
            event_id=inbound.event_id,
            profile=await work.people.profile(),
            talk=await work.talks.talk(),
            queries=self._queries,
            reviewer=self._reviewer,
        )

    async def _answer(self, turn: Turn, inbound: AnyInbound) -> Effects:
        try:
            effects = await route(turn, inbound)
        except Unclear as problem:
            return say(str(problem))
        if tier_of(inbound) is Tier.DISTRESS:
            return await on_distress(turn) + effects
        return effects

    async def _note_contact(self, turn: Turn) -> bool:
        """She was heard of, and so was the channel she spoke in; whether it is the first time today."""
        if turn.place.room:
            await turn.work.circles.wake(turn.place.room)
        entry = await turn.work.diary.day(turn.today)
        if not entry.contact:
            await turn.work.diary.save_day(replace(entry, contact=True))
        return not entry.contact


def _kept(inbound: AnyInbound, effects: Effects) -> Answer | None:
    """The answer as it can be given after a restart; None if there is nothing to say."""
    messages = tuple(FORM_GONE if isinstance(e, OpenForm) else e.message for e in effects)
    return Answer(inbound.sender, inbound.place, inbound.event_id, messages) if messages else None


def typed(inbound: AnyInbound) -> str:
    """Everything in the value that a person typed herself."""
    match inbound:
        case TextSaid() | CommandGiven():
            return inbound.text
        case FormSent():
            return "\n".join(value for _, value in inbound.values)
        case _:
            return ""


def tier_of(inbound: AnyInbound) -> Tier:
    """What the safety gate says of it."""
    return verdict_on(inbound).tier


def verdict_on(inbound: AnyInbound) -> Verdict:
    """The gate's verdict on everything she typed; lines of nothing but menu words pass by it."""
    text = typed(inbound)
    return Verdict() if is_harmless(text) else check(text)


def guard(inbound: AnyInbound) -> AnyInbound:
    """The value itself, or, if it sounds like danger, one without the words."""
    verdict = verdict_on(inbound)
    if verdict.tier is not Tier.CRISIS:
        return inbound
    return CrisisSeen(
        sender=inbound.sender,
        place=inbound.place,
        event_id=inbound.event_id,
        at=inbound.at,
        rule=verdict.rule,
    )


def options_of(effect: Effect) -> tuple[Option, ...]:
    """What can be picked of it."""
    return () if isinstance(effect, OpenForm) else effect.message.options


def settle(turn: Turn, effects: Effects) -> Effects:
    """Remember what was offered last, and ask a form's questions one by one where none can be opened."""
    settled: list[Say | Edit | OpenForm] = []
    for asked in effects:
        effect = asked
        if isinstance(asked, OpenForm) and not turn.place.forms:
            effect = Say(_first_question(turn, asked.form, dict(asked.known)))
        if not isinstance(effect, OpenForm) and effect.message.options:
            turn.talk = replace(turn.talk, offered=effect.message.options)
        settled.append(effect)
    return tuple(settled)


def _first_question(turn: Turn, form: Form, known: dict[str, str]) -> Message:
    before = turn.talk.values
    left = {k.removeprefix("f:"): v for k, v in before.items() if k.startswith("f:")}
    filling = Filling(form.id, 0, {**(left if before.get("form") == form.id else {}), **known})
    turn.talk = start_filling(turn.talk, filling)
    return ask(form, filling)


def start_filling(talk: Talk, filling: Filling) -> Talk:
    """The conversation with a form under way; what other steps carry along is kept."""
    carried = {k: v for k, v in talk.values.items() if not k.startswith("f:")}
    entered = {f"f:{k}": v for k, v in filling.values.items()}
    values = {**carried, "form": filling.form, "at": str(filling.at), **entered}
    return replace(talk, step="form", values=values, offered=())
