"""The noticeboard: every post in a circle's channels is made to look as it should, once, and later in place."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.chat.inbound import Channel
from bot.chat.message import Message
from bot.circle import words
from bot.circle.handlers import ADDRESSED, POSTS
from bot.circle.model import Circle, Post, Settled
from bot.circle.ports import CircleWork, Posts
from bot.circle.welcome import OVER
from bot.circle.work import Addressed, CircleTurn, Composer
from bot.delivery.deliver import SEND_SECONDS
from bot.delivery.model import (
    Bucket,
    Doubtful,
    Limited,
    Lookup,
    Outcome,
    Refused,
    Rejected,
    Sent,
)
from bot.delivery.ports import Courier, Limiter
from bot.turn import Content, Store, Unavailable

log = logging.getLogger(__name__)

GAP = 1.0
"""Seconds between two changes in one channel."""
AT_ONCE = 32
LONGEST_WAIT = 10.0
"""Seconds a post waits for its place in a channel before it is given back."""
FIRST_WAIT, MOST_WAIT = 2.0, 300.0
"""Seconds before a failure is tried again: at first, doubled each time, and at most."""
LOOK_AGAIN = timedelta(hours=1)
"""After this a doubt that nobody could resolve is looked at once more."""


class Noticeboard:
    """Claims posts that do not show what is wanted, composes them as of now, and brings them."""

    def __init__(
        self,
        store: Store,
        posts: Posts,
        couriers: Mapping[str, Courier],
        limiter: Limiter,
        content: Content,
        now: Callable[[], datetime],
        composers: Mapping[str, Composer] = POSTS,
        addressed: Mapping[str, Addressed] = ADDRESSED,
    ) -> None:
        self._store, self._posts, self._couriers, self._limiter = store, posts, couriers, limiter
        self._content, self._now, self._composers, self._addressed = content, now, composers, addressed
        self._hands: set[asyncio.Task[None]] = set()

    async def work(self) -> int:
        """To be called often: begin with whatever waits, as far as hands are free; how many."""
        if (room := AT_ONCE - len(self._hands)) <= 0:
            return 0
        found = await self._posts.claim(now=self._now(), platforms=self._couriers.keys(), limit=room)
        for post in found:
            hand = asyncio.create_task(self._bring(post))
            self._hands.add(hand)
            hand.add_done_callback(self._hands.discard)
        return len(found)

    async def drain(self) -> int:
        """Work until nothing waits that could be shown now; how many posts were claimed."""
        count = 0
        while (claimed := await self.work()) or self._hands:
            count += claimed
            if self._hands:
                await asyncio.wait(set(self._hands), return_when=asyncio.FIRST_COMPLETED)
        return count

    async def stop(self, seconds: float) -> None:
        """What is under way has that long; what is not settled by then is looked up after its lease."""
        if self._hands:
            _, late = await asyncio.wait(set(self._hands), timeout=seconds)
            for hand in late:
                hand.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _bring(self, post: Post) -> None:
        try:
            await self._posts.settle(await self._shown(post))
        except Unavailable:
            log.warning("The database cannot be reached; a post waits for its lease to run out")
        except Exception as broken:  # one post must not keep the others from being shown
            log.error("a post could not be shown: %s", type(broken).__name__)
            await self._give_back(post)

    async def _give_back(self, post: Post) -> None:
        try:
            await self._posts.settle(self._later(post, doubt=post.doubt))
        except Unavailable:
            log.warning("The database cannot be reached; a post waits for its lease to run out")

    async def _shown(self, post: Post) -> Settled:
        courier = self._couriers[post.channel.platform]
        if wait := await self._take_place(Bucket(f"post:{_name(post.channel)}", GAP)):
            return self._later(post, wait, doubt=post.doubt)
        if (to := await self._to(post)) is None:
            return Settled(post, await self._wanted(post), post.receipt)
        if post.doubt and courier.changes and not post.receipt:
            found = await self._look(courier, post, to)
            if isinstance(found, Sent):  # it stands there; what it shows is mended under the next claim
                return Settled(post, 0, found.receipt)
            if found is Lookup.CANNOT_LOOK and self._now() - post.doubt >= courier.dedup_window:
                return await self._unresolved(post)
        wanted, message = await self._compose(post)
        if message is None:
            return Settled(post, wanted, post.receipt)
        outcome = await self._send(courier, post, to, message)
        return await self._settled(post, wanted, outcome)

    async def _take_place(self, bucket: Bucket) -> float:
        """Wait for a place in the channel; seconds to come back after if none is near, else zero."""
        wait = await self._limiter.reserve(bucket)
        if wait > LONGEST_WAIT:
            return wait
        await asyncio.sleep(wait)
        return 0.0

    async def _to(self, post: Post) -> Channel | None:
        """Where it goes: its channel, or the people it is addressed to until it stands with them; None for nobody."""
        addressed = self._addressed.get(post.kind)
        if addressed is None or post.receipt:
            return post.channel
        async with self._store.circle(post.circle_id) as work:
            if work.circle is None or work.circle.ended:
                return None
            return await addressed.to(self._turn(work, work.circle), post)

    async def _wanted(self, post: Post) -> int:
        async with self._store.circle(post.circle_id) as work:
            return await work.wanted(post)

    def _turn(self, work: CircleWork, circle: Circle) -> CircleTurn:
        return CircleTurn(work, circle, self._content, self._now())

    async def _look(self, courier: Courier, post: Post, to: Channel) -> Sent | Lookup:
        since = post.doubt or post.claimed
        try:
            async with asyncio.timeout(SEND_SECONDS):
                return await courier.look_up(to, key=post.key, since=since)
        except TimeoutError:
            return Lookup.CANNOT_LOOK

    async def _compose(self, post: Post) -> tuple[int, Message | None]:
        """The number it shows then, and what; read in this order, so that it is never newer than it says."""
        async with self._store.circle(post.circle_id) as work:
            wanted = await work.wanted(post)
            if work.circle is None or work.circle.ended:
                return wanted, OVER if post.receipt else None
            if not (composer := self._composers.get(post.kind)):
                return wanted, None  # a kind of another version
            return wanted, await composer(self._turn(work, work.circle), post)

    async def _send(self, courier: Courier, post: Post, to: Channel, message: Message) -> Outcome:
        bucket = courier.bucket(to)
        if bucket and (wait := await self._take_place(bucket)):
            return Limited(wait)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                if post.receipt and courier.changes:
                    outcome = await courier.change(to, post.receipt, message)
                else:
                    outcome = await courier.send(to, message, key=post.key)
        except TimeoutError:
            return Doubtful("time-out")
        if isinstance(outcome, Limited):
            for each in (bucket, Bucket(f"post:{_name(to)}", GAP)):
                if each:
                    await self._limiter.hold(each, outcome.seconds)
        return outcome

    async def _settled(self, post: Post, wanted: int, outcome: Outcome) -> Settled:
        match outcome:
            case Sent():
                # After a doubt the platform may have taken it for the first one, and show that.
                shown = 0 if post.doubt and not post.receipt else wanted
                return Settled(post, shown, post.receipt or outcome.receipt)
            case Limited():
                return self._later(post, outcome.seconds, doubt=post.doubt, failed=False)
            case Refused():
                return self._later(post, doubt=post.doubt)
            case Doubtful():
                return self._later(post, doubt=None if post.receipt else post.doubt or post.claimed)
            case Rejected():
                return await self._rejected(post, wanted, outcome)

    async def _rejected(self, post: Post, wanted: int, outcome: Rejected) -> Settled:
        log.warning("a post was not taken: %s", outcome.why)
        if outcome.shut and await self._let_sleep(post, outcome.why):
            return self._later(post, 0.0)
        if not await self._refuse(post) and outcome.ours:
            return self._later(post)
        # Somebody took it down, or it cannot be said there: it rests until it is wanted anew.
        return Settled(post, wanted, post.receipt)

    async def _let_sleep(self, post: Post, why: str) -> bool:
        """Post nothing there until it is heard from; admins get one letter a day about it. False if it is none of ours."""
        async with self._store.circle(post.circle_id) as work:
            if work.circle is None or post.channel not in await _channels(work):
                return False
            if await work.circles.sleep(post.channel, why):
                about = f"asleep.{_name(post.channel)}.{self._now():%Y-%m-%d}"
                await self._tell_admins(work, words.asleep(work.circle, post.channel, why), about)
        return True

    async def _refuse(self, post: Post) -> bool:
        """Where it never stood and another way is known, what it says goes that way; whether there is one."""
        addressed = self._addressed.get(post.kind)
        if addressed is None or post.receipt:
            return False
        async with self._store.circle(post.circle_id) as work:
            if work.circle is not None and not work.circle.ended:
                await addressed.refused(self._turn(work, work.circle), post)
        return True

    async def _unresolved(self, post: Post) -> Settled:
        """Nobody can say whether it was posted. A second one would be worse than none, so an admin decides."""
        if await self._refuse(post):
            return Settled(post, await self._wanted(post), post.receipt)
        async with self._store.circle(post.circle_id) as work:
            if work.circle is not None and not work.circle.ended:
                letter = words.in_doubt(work.circle, post.channel)
                await self._tell_admins(work, letter, f"doubt.{_name(post.channel)}.{self._now():%Y-%m-%d}")
        return self._later(post, LOOK_AGAIN.total_seconds(), doubt=post.doubt)

    async def _tell_admins(self, work: CircleWork, letter: Message, about: str) -> None:
        if work.circle is None:
            return
        for member in await work.circles.members(work.circle.id):
            if member.admin:
                await work.tell(member.person_id, letter, about=about, now=self._now())

    def _later(
        self,
        post: Post,
        seconds: float | None = None,
        *,
        doubt: datetime | None = None,
        failed: bool = True,
    ) -> Settled:
        """The same again after a while: as told, or longer with each failure."""
        wait = min(FIRST_WAIT * 2 ** min(post.tries, 10), MOST_WAIT) if seconds is None else seconds
        at = self._now() + timedelta(seconds=wait)
        tries = post.tries + 1 if failed and seconds is None else post.tries
        return Settled(post, post.shown, post.receipt, tries, at, doubt)


async def _channels(work: CircleWork) -> list[Channel]:
    return [b.channel for b in await work.circles.bindings(work.circle.id)] if work.circle else []


def _name(channel: Channel) -> str:
    return f"{channel.platform}:{channel.tenant}:{channel.channel}"
