"""Everything that delivers, put together in one process, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from faults.town import Counting, Unlimited

from bot.chat.inbound import CommandGiven, Place, Sender
from bot.chat.message import Message
from bot.coach import Coach
from bot.content.shipped import shipped
from bot.delivery.deliver import Compose, Delivery
from bot.delivery.drain import Drain
from bot.delivery.model import Bucket, Lookup, Outcome, Sent
from bot.delivery.ports import Courier, Limiter
from bot.delivery.post import Post
from storage.store import SqlStore


class Hand:
    """A clock that stands still until somebody moves it."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def __call__(self) -> datetime:
        """The present instant, UTC."""
        return self.at

    def move(self, **span: float) -> None:
        """On, or back."""
        self.at += timedelta(**span)


class Recorder:
    """A courier that keeps what it is given; `outcomes` are how the next sendings end, and then all arrive."""

    platform = "discord"

    def __init__(
        self,
        outcomes: Sequence[Outcome] = (),
        *,
        looked: Sent | Lookup = Lookup.CANNOT_LOOK,
        window: timedelta = timedelta(0),
        moment: Callable[[], Any] = lambda: None,
        bucket: Bucket | None = None,
    ) -> None:
        self.outcomes, self.looked, self.dedup_window = list(outcomes), looked, window
        self.arrived: list[tuple[Any, str, str]] = []
        """When, to which account, under which key."""
        self.words: list[Message] = []
        self._moment, self._bucket = moment, bucket

    def bucket(self, to: Sender) -> Bucket | None:
        """The same for everybody."""
        return self._bucket

    async def send(self, to: Sender, message: Message, *, key: str) -> Outcome:
        """It arrives, whatever is said of it."""
        self.arrived.append((self._moment(), to.account, key))
        self.words.append(message)
        return self.outcomes.pop(0) if self.outcomes else Sent(key)

    async def look_up(self, to: Sender, *, key: str, since: datetime) -> Sent | Lookup:
        """What the history was said to tell."""
        return self.looked

    @property
    def keys(self) -> list[str]:
        """Keys of what arrived, in order."""
        return [key for _, _, key in self.arrived]


class Office:
    """The real post, drain and coach of one process over a store."""

    def __init__(
        self,
        store: SqlStore,
        courier: Courier,
        now: Callable[[], datetime],
        *,
        compose: Compose | None = None,
        limiter: Limiter | None = None,
        window: timedelta = timedelta(0),
    ) -> None:
        self.store, self.now, self.seen = store, now, Counting()
        self.coach = Coach(store, shipped(), now)
        served = frozenset({courier.platform})
        delivery = Delivery(
            compose or self.coach.compose,
            {courier.platform: courier},
            limiter or Unlimited(),
            self.seen,
            now,
        )
        self.post = Post(store.outbox, platforms=served, now=now, observer=self.seen, window=window)
        self.drain = Drain(store.outbox, delivery, platforms=served, now=now)

    async def work(self, *, orphaned: bool = False) -> None:
        """One round of everything a process does again and again."""
        await self.post.tick()
        await self.drain.drain()
        await self.drain.sweep(orphaned=orphaned)
        await self.drain.drain()

    async def hear(self, who: Sender, line: str) -> None:
        """Somebody says something."""
        at = self.now()
        await self.coach.handle(
            CommandGiven(
                sender=who, place=Place("dm"), event_id=f"{who.account}-{line}-{at}", at=at, text=line
            )
        )
