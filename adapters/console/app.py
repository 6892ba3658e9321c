"""The chat in the terminal: reads lines, moves its clock, delivers what came due."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.console.clock import Clock
from adapters.console.deliver import Show, TerminalCourier, deliver
from adapters.console.inbound import read_line
from bot.chat.effects import Effects, Say
from bot.chat.form import Unclear
from bot.chat.inbound import AnyInbound, Channel, Place, Sender
from bot.chat.message import Message, Option, message
from bot.chat.reading import moment
from bot.circle.clock import CircleClock
from bot.circle.noticeboard import Noticeboard
from bot.circle.ports import Posts
from bot.coach import Coach
from bot.delivery.deliver import Delivery
from bot.delivery.drain import Drain
from bot.delivery.limiter import LocalLimiter
from bot.delivery.ports import Outbox
from bot.delivery.post import Post, Tally
from bot.profile.model import Profile
from bot.reception import reference
from bot.turn import Content, Store, Unavailable

ME = Sender("console", "me")
TERMINAL = Place("terminal", room=Channel("console", "", "terminal"))
"""A place of her own that is also a channel, so that a circle can be tried by hand."""
GREETING = "I am Pacer, an interview-prep coach. `/pacer start` sets you up in a minute; `/pacer help` lists the rest."
WELCOME_BACK = "Hello again. `/pacer today` shows the day; `/skip 1d` moves the clock; `/quit` leaves."

Run = Callable[[AnyInbound], Awaitable[Effects]]


class Chat:
    """One person at one terminal."""

    def __init__(
        self,
        coach: Coach,
        store: Store,
        clock: Clock,
        show: Show,
        outbox: Outbox,
        posts: Posts,
        content: Content,
    ) -> None:
        self._coach, self._store, self._clock, self._show = coach, store, clock, show
        self.offered: tuple[Option, ...] = ()
        self._her_zone = ZoneInfo("UTC")
        served = frozenset({ME.platform})
        couriers = {ME.platform: TerminalCourier(self._hand_over)}
        limiter = LocalLimiter(time.monotonic)
        delivery = Delivery(coach.compose, couriers, limiter, Tally(), clock.now)
        self._circles = CircleClock(store, posts, content, clock.now)
        self._board = Noticeboard(store, posts, couriers, limiter, content, clock.now)
        self._drain = Drain(outbox, delivery, platforms=served, now=clock.now)
        self._post = Post(outbox, platforms=served, now=clock.now, observer=Tally(), window=timedelta(0))

    async def open(self) -> None:
        """Finish what an earlier run left, say what came due meanwhile, and greet."""
        seen = await self._store.last_seen(ME)
        if seen and seen > self._clock.now():
            self._clock.move_to(seen)
            self.note(f"(The clock was moved ahead earlier; it is {await self.time()}.)")
        for left in await self._store.unfinished(ME.platform):
            await self._turn(left, self._coach.run)
        if profile := await self._profile():
            await self._coach.reschedule(ME, self._clock.now())
            await self._drain.sweep(orphaned=True)
            await self.deliver_due()
        self._show(message(WELCOME_BACK if profile else GREETING))

    async def line(self, typed: str) -> bool:
        """Handle one line; False when it is time to leave. A fault of the store is told, and the chat goes on."""
        try:
            return await self._line(typed)
        except Unavailable as fault:
            self.note(str(fault))
            return True

    async def _line(self, typed: str) -> bool:
        word, _, rest = typed.strip().partition(" ")
        match word.casefold():
            case "/quit" | "/exit":
                return False
            case "/skip":
                await self._skip(rest)
            case "/time":
                self.note(await self.time())
            case _:
                given = read_line(typed, sender=ME, place=TERMINAL, at=self._clock.now())
                await self._turn(given, self._coach.handle)
                await self._zone()
                await self._board.drain()
        return True

    async def due_now(self) -> None:
        """Deliver what has come due while she was looking at the screen."""
        try:
            await self.deliver_due()
        except Unavailable as fault:
            self.note(str(fault))

    async def deliver_due(self) -> None:
        """Everything whose time has come, through the outbox like on any platform."""
        await self._zone()
        await self._circles.tick()
        await self._post.tick()
        await self._drain.sweep()
        await self._drain.drain()
        await self._board.drain()

    async def time(self) -> str:
        """The local date and time, as a person says it."""
        return _said(self._clock.now(), await self._zone())

    def note(self, text: str) -> None:
        """A line of the terminal itself."""
        self._show(message(text))

    async def _skip(self, typed: str) -> None:
        local = self._clock.now().astimezone(await self._zone())
        try:
            target = moment(typed, local).astimezone(UTC)
        except Unclear as problem:
            self.note(str(problem))
            return
        while (ahead := await self._next_moment()) and ahead <= target:
            self._clock.move_to(ahead)
            await self.deliver_due()
            if await self._next_moment() == ahead:
                break  # what is left is not this program's to deliver
        self._clock.move_to(target)
        self.note(f"It is {await self.time()}.")

    async def _next_moment(self) -> datetime | None:
        """When something is due next, to her or to her circle."""
        both = (await self._post.next_moment(), await self._circles.next_moment())
        return min((at for at in both if at), default=None)

    async def _turn(self, inbound: AnyInbound, run: Run) -> None:
        try:
            effects = await run(inbound)
        except Unavailable as fault:
            self.note(str(fault))
            return
        except (
            Exception
        ) as broken:  # the last door: an apology with a reference, and a log line without content
            self.note(f"Something broke on my side (ref {reference(broken)}). What you said before is saved.")
            await self._store.give_up(inbound.event_id)
            return
        self._deliver(effects)

    def _hand_over(self, letter: Message) -> None:
        self.note(f"— {_said(self._clock.now(), self._her_zone)}")
        self._deliver((Say(letter),))

    def _deliver(self, effects: Effects) -> None:
        self.offered = deliver(effects, self._show) or self.offered

    async def _profile(self) -> Profile | None:
        async with self._store.work(ME) as work:
            return await work.people.profile()

    async def _zone(self) -> ZoneInfo:
        profile = await self._profile()
        self._her_zone = ZoneInfo(profile.zone if profile else "UTC")
        return self._her_zone


def _said(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B}, {local:%H:%M}"


async def play(chat: Chat, lines: Iterable[str], echo: Callable[[str], None] | None = None) -> None:
    """Handle lines until they end or one of them leaves. `<enter>` is an empty answer."""
    for raw in lines:
        typed = raw.rstrip("\r\n")
        if echo:
            echo(typed)
        if not await chat.line("" if typed.strip() == "<enter>" else typed):
            return


IDLE = timedelta(seconds=20)
"""How often an open terminal looks for what came due."""
