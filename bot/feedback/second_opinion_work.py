"""Second opinions in the background: a row that waits is claimed, paid for, asked about and told, whatever dies between.

No transaction is open while somebody outside thinks. What is sent is read in one, what came back is written in another.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.chat.inbound import Place
from bot.chat.message import message
from bot.delivery.kinds import NOTICES, SECOND_OPINION
from bot.drills.model import Drill, Sitting
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
    Standing,
    Waiting,
    Why,
)
from bot.feedback.second_opinion import question, weigh
from bot.today.look import look_at_today
from bot.turn import Content, Store, Turn, Work

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Questions under way at a time in one process."""
MOST_TRIES = 3
"""How often one is begun; then it is given up, since it may be what ends the process."""
LOOK_BACK = timedelta(days=14)


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

    @property
    def name(self) -> str:
        """The model that gives them."""
        return self._reviewer.name

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
        found = await self._ask(asked, asking) if asked.tries <= MOST_TRIES else Declined(Why.FAULT)
        await self._tell(asked, found)

    async def _read(self, asked: Asked) -> Question | None:
        """What is to be sent, if it still may be; else the row is closed."""
        async with self._store.work(asked.to) as work:
            found = await self._about(work, asked)
            if found is None:
                await work.opinions.close(asked, Outcome(Standing.WITHDRAWN))
                return None
            return question(*found)

    async def _about(self, work: Work, asked: Asked) -> tuple[Drill, Sitting] | None:
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
        return None if (await look_at_today(turn, profile)).state.paused else (drill, sitting)

    async def _ask(self, asked: Asked, asking: Question) -> ModelReview | Declined:
        """Reserve, ask, settle. Whoever is stopped in between leaves the reservation, which the day's end clears."""
        most = self._reviewer.most(asking)
        if most is None:
            return Declined(Why.TOO_LONG)
        caps, day = self._caps.of(asked), self._day()
        if not await self._purse.reserve(caps, most, day=day):
            return Declined(Why.SPENT)
        reply = await self._reviewer.review(asking)
        if isinstance(reply.review, Declined):
            log.info("no second opinion", extra={"why": reply.review.reason.value})
        if reply.cost is not None:
            await self._purse.settle(tuple(caps), most, reply.cost, day=day)
        return reply.review

    def _day(self) -> date:
        return self._now().astimezone(UTC).date()

    async def _tell(self, asked: Asked, found: ModelReview | Declined) -> None:
        """Keep how it ended and let the letter leave, in one commit; nothing if she changed her mind meanwhile."""
        async with self._store.work(asked.to) as work:
            about = await self._about(work, asked)
            if about is None:
                await work.opinions.close(asked, Outcome(Standing.WITHDRAWN))
                return
            drill, sitting = about
            if isinstance(found, Declined):
                outcome = Outcome(Standing.DECLINED, why=found.reason)
                said: tuple[str, ...] = (words.declined(drill, found.reason),)
            else:
                weighed = weigh(drill, sitting.findings, found.findings)
                outcome = Outcome(Standing.GIVEN, found.findings, score=weighed.together)
                said = words.given(drill, found.findings, weighed)
            if await work.opinions.close(asked, outcome):
                now = self._now()
                expires = now + (NOTICES[SECOND_OPINION].keeps or timedelta(days=1))
                await work.timetable.tell(
                    SECOND_OPINION, message(*said), about=asked.sitting, now=now, expires=expires
                )
