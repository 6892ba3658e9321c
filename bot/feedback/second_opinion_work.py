"""Second opinions in the background: a row that waits is claimed, paid for, asked about and told, whatever dies between.

No transaction is open while somebody outside thinks. What is sent is read in one, what came back is written in another.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from bot.chat.inbound import Place, Sender
from bot.chat.message import message
from bot.delivery.gate import Speak, judge
from bot.delivery.gate import Standing as GateStanding
from bot.delivery.growing import Growers, Growing
from bot.delivery.kinds import NOTICES, SECOND_OPINION
from bot.delivery.write import standing_of
from bot.drills.model import Drill, Sitting
from bot.drills.moving import known, move
from bot.feedback import words
from bot.feedback.ports import (
    Account,
    Asked,
    Declined,
    ModelReview,
    Outcome,
    Purse,
    Question,
    Reviewer,
    Seen,
    Standing,
    Waiting,
    Why,
    unseen,
)
from bot.feedback.second_opinion import Weighed, question, weigh
from bot.feedback.second_opinion_counts import Counted, counted
from bot.today.look import look_at_today
from bot.turn import Content, Store, Turn, Work

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Questions under way at a time in one process."""
MOST_TRIES = 3
"""How often one is begun; then it is given up, since it may be what ends the process."""
LOOK_BACK = timedelta(days=14)
BEGUN = timedelta(hours=1)
"""How far back a message is looked for that a dead process began."""
Alone = Callable[[Sender], AbstractAsyncContextManager[object]]
"""Holds back the turns of one person."""


def _beside(_: Sender) -> AbstractAsyncContextManager[object]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that a UTC day may cost, in millionths of a US dollar."""

    person: int
    group: int
    day: int

    def of(self, asked: Asked) -> Mapping[Account, int]:
        """The cap of each account that one question is paid from."""
        group = f"{asked.to.platform}:{asked.to.tenant}"
        return {
            Account("person", asked.person): self.person,
            Account("group", group): self.group,
            Account("all"): self.day,
        }


class _Asking(NamedTuple):
    """What is to be sent, and whether it may be watched coming in: not in her quiet hours."""

    question: Question
    drill: Drill
    shown: bool


class SecondOpinions:
    """Gives the second opinions that wait."""

    def __init__(
        self,
        store: Store,
        waiting: Waiting,
        purse: Purse,
        reviewer: Reviewer,
        caps: Caps,
        content: Content,
        now: Callable[[], datetime],
    ) -> None:
        self._store, self._waiting, self._purse = store, waiting, purse
        self._reviewer, self._caps, self._content, self._now = reviewer, caps, content, now
        self._growers: Growers | None = None
        self._alone: Alone = _beside

    @property
    def name(self) -> str:
        """The model that gives them."""
        return self._reviewer.name

    def join(self, alone: Alone, growers: Growers | None = None) -> None:
        """Work beside a coach: nothing is written while a turn of hers runs, and what comes in is shown by `growers`."""
        self._alone, self._growers = alone, growers

    async def close(self) -> None:
        """Close what is open."""
        await self._reviewer.close()

    async def work(self) -> int:
        """Look after what waits, a few at a time; how many there were."""
        claimed = await self._waiting.claim(limit=AT_ONCE)
        ended = await asyncio.gather(*map(self._one, claimed), return_exceptions=True)
        for wrong in ended:
            if isinstance(wrong, BaseException):  # its lease runs out, and it is tried again
                log.error("a second opinion failed: %s", type(wrong).__name__)
        return len(claimed)

    async def _one(self, asked: Asked) -> None:
        asking = await self._read(asked)
        if asking is None:
            return
        async with self._growing(asked, asking) as growing:
            fault = Declined(Why.FAULT)
            found = await self._ask(asked, asking, growing) if asked.tries <= MOST_TRIES else fault
        if not await self._tell(asked, found, growing.receipt if growing else "") and growing:
            await growing.leave(message(words.STOPPED))

    @asynccontextmanager
    async def _growing(self, asked: Asked, asking: _Asking) -> AsyncIterator[Growing | None]:
        """A message that shows what comes in, where it may. One that a dead process began goes on."""
        if self._growers is None or not asking.shown:
            yield None
            return
        since = self._now() - BEGUN if asked.tries > 1 else None
        key = f"{asked.person}:{SECOND_OPINION}:{asked.sitting}:coming"
        async with self._growers.growing(asked.to, key=key, since=since) as growing:
            yield growing

    async def _read(self, asked: Asked) -> _Asking | None:
        """What is to be sent, if it still may be; else the row is closed."""
        async with self._store.work(asked.to) as work:
            found = await self._about(work, asked)
            if found is None:
                await work.opinions.close(asked, Outcome(Standing.WITHDRAWN))
                return None
            turn, drill, sitting, standing = found
            asks = question(drill, sitting)
            if asks is None:
                raise AssertionError("there is something to be asked")
            verdict = judge(SECOND_OPINION, standing, turn.now, again=True)
            return _Asking(asks, drill, isinstance(verdict, Speak))

    async def _about(self, work: Work, asked: Asked) -> tuple[Turn, Drill, Sitting, GateStanding] | None:
        """The drill and the sitting, as long as she wants it and practice does not rest."""
        profile = await work.people.profile()
        if profile is None or not profile.claude:
            return None
        turn = Turn(
            work=work,
            content=self._content,
            sender=asked.to,
            place=Place("", private=True),
            now=self._now(),
            event_id=f"second-opinion:{asked.sitting}",
            profile=profile,
            talk=await work.talks.talk(),
        )
        lately = await work.practice.sittings(turn.today - LOOK_BACK)
        sitting = next((s for s in lately if s.id == asked.sitting), None)
        drill = await turn.drill(sitting.drill_id) if sitting else None
        if sitting is None or drill is None or question(drill, sitting) is None:
            return None
        standing = await standing_of(turn, profile, await look_at_today(turn, profile))
        return None if standing.away else (turn, drill, sitting, standing)

    async def _ask(self, asked: Asked, asking: _Asking, growing: Growing | None) -> ModelReview | Declined:
        """Reserve, ask, settle. Whoever is stopped in between leaves the reservation, which the day's end clears."""
        most = self._reviewer.most(asking.question)
        if most is None:
            return Declined(Why.TOO_LONG)
        caps, day = self._caps.of(asked), self._day()
        if not await self._purse.reserve(caps, most, day=day):
            return Declined(Why.SPENT)
        reply = await self._reviewer.review(asking.question, _shower(asking, growing))
        if isinstance(reply.review, Declined):
            log.info("no second opinion", extra={"why": reply.review.reason.value})
        if reply.cost is not None:
            await self._purse.settle(tuple(caps), most, reply.cost, day=day)
        return reply.review

    def _day(self) -> date:
        return self._now().astimezone(UTC).date()

    async def _tell(self, asked: Asked, found: ModelReview | Declined, receipt: str) -> bool:
        """Keep how it ended, what follows, and the letter, in one commit; nothing if she changed her mind meanwhile.

        Whether it was told. The message of the receipt becomes the letter.
        """
        async with self._alone(asked.to), self._store.work(asked.to) as work:
            about = await self._about(work, asked)
            if about is None:
                await work.opinions.close(asked, Outcome(Standing.WITHDRAWN))
                return False
            turn, drill, sitting, _ = about
            lower = None
            if isinstance(found, Declined):
                outcome = Outcome(Standing.DECLINED, why=found.reason)
                said: tuple[str, ...] = (words.declined(drill, found.reason),)
            else:
                weighed = weigh(drill, sitting.findings, found.findings)
                outcome = Outcome(Standing.GIVEN, found.findings, score=weighed.together)
                lower = await _lower(turn, drill, sitting, found, weighed)
                said = words.given(drill, found.findings, weighed, lower)
            if not await work.opinions.close(asked, outcome):
                return True  # somebody else told it
            if lower is not None:
                await _keep(turn, drill, lower)
            now = self._now()
            expires = now + (NOTICES[SECOND_OPINION].keeps or timedelta(days=1))
            await work.timetable.tell(
                SECOND_OPINION, message(*said), about=asked.sitting, now=now, expires=expires, receipt=receipt
            )
            return True


async def _lower(
    turn: Turn, drill: Drill, sitting: Sitting, found: ModelReview, weighed: Weighed
) -> Counted | None:
    """What the lower grading changes, if it counts."""
    now = await known(turn.work.practice, drill, turn.own.ratings)
    stood = await turn.work.opinions.stood(sitting.id)
    return counted(drill, sitting, found.findings, weighed, stood, now)


async def _keep(turn: Turn, drill: Drill, lower: Counted) -> None:
    await turn.work.practice.save_sitting(lower.sitting)
    if lower.was is not None and lower.becomes is not None:
        await move(turn.work.practice, drill, lower.was, lower.becomes)


def _shower(asking: _Asking, growing: Growing | None) -> Seen:
    """Shows what was read, from its beginning on."""
    if growing is None:
        return unseen
    growing.show(message(words.READING))
    count = len(asking.question.rubric)
    return lambda findings: growing.show(message(words.reading(asking.drill, findings, count)))
