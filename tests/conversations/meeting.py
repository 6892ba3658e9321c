"""Several people of one circle on one stage: each says, taps and fills in, and gets her own letters."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from conversations.stage import Stage

from adapters.console.inbound import read_line
from adapters.console.render import plain
from bot.chat.effects import Effects, OpenForm
from bot.chat.inbound import Channel, ChoicePicked, Destination, FormSent, Place, Sender
from bot.chat.message import File, Message
from bot.circle.clock import CircleClock
from bot.circle.handlers import CIRCLE_TIMES, times_of
from bot.circle.model import Circle as Kept
from bot.circle.model import Settings
from bot.coach import Coach
from bot.content.shipped import shipped
from bot.delivery.deliver import Delivery
from bot.delivery.drain import Drain
from bot.delivery.limiter import LocalLimiter
from bot.delivery.model import Lookup, Outcome, Rejected, Sent
from bot.delivery.post import Post, Tally
from bot.pairing.arranged import Arranged
from bot.profile.model import Profile
from bot.profile.tracks import TRACKS

ROOM = Channel("slack", "T1", "C1")
HERE = Place("C1", room=ROOM, forms=True)
DIRECT = Place("D", forms=True)
OWLS = Kept("owls", "Owls", Settings(zone="Europe/Berlin"), 1)
PAIRS = {kind: hour for kind, hour in CIRCLE_TIMES.items() if kind.startswith("pairs")}
"""The hours of pairs alone."""


class Postman:
    """A platform that takes every letter, and remembers whose it is."""

    dedup_window = timedelta(0)
    changes = False

    def __init__(self, platform: str) -> None:
        self.platform = platform
        self.brought: list[tuple[str, Message]] = []

    def bucket(self, to: Destination) -> None:
        return None

    async def send(self, to: Destination, message: Message, *, key: str) -> Outcome:
        assert isinstance(to, Sender)
        self.brought.append((to.account, message))
        return Sent("r")

    async def change(self, to: Destination, receipt: str, message: Message) -> Outcome:
        return Rejected("no")

    async def look_up(self, to: Destination, *, key: str, since: datetime) -> Sent | Lookup:
        return Lookup.CANNOT_LOOK


class Circle:
    """A circle's people on a stage's store and clock.

    They are on Discord, where each hears by herself; on Slack a pair is told in one message.
    """

    def __init__(self, on: Stage, platform: str = "discord") -> None:
        self.on, self.platform = on, platform
        self.postman = Postman(platform)
        self.restart()

    def restart(self) -> None:
        """Another process on the same store."""
        on = self.on
        on.coach = Coach(on.store, shipped(), lambda: on.now)
        self.clock = CircleClock(on.store, on.store.posts, shipped(), lambda: on.now)
        couriers = {self.platform: self.postman}
        delivery = Delivery(on.coach.compose, couriers, LocalLimiter(lambda: 0.0), Tally(), lambda: on.now)
        self.drain = Drain(on.store.outbox, delivery, platforms=frozenset(couriers), now=lambda: on.now)
        self.post = Post(
            on.store.outbox,
            platforms=frozenset(couriers),
            now=lambda: on.now,
            observer=Tally(),
            window=timedelta(0),
        )

    async def until(self, when: str) -> None:
        """Let the clock run through whatever comes due up to an instant."""
        end = datetime.fromisoformat(when)
        while True:
            moments = (await self.post.next_moment(), await self.clock.next_moment())
            due = min((m for m in moments if m is not None), default=end)
            if due > end:
                break
            self.on.now = max(self.on.now, due)
            await self.tick()
        self.on.now = end
        await self.tick()

    async def tick(self) -> None:
        """Whatever is due now."""
        await self.clock.tick()
        await self.post.tick()
        await self.drain.drain()

    async def begins(self, *names: str, zone: str = "Europe/Berlin") -> list[Somebody]:
        """A circle of these, the first its admin. They are set up without mornings, so that only pairs are heard of."""
        people = [Somebody(self, name) for name in names]
        for one in people:
            await self.joins(one, zone)
        return people

    async def joins(self, one: Somebody, zone: str = "Europe/Berlin") -> None:
        """One more member."""
        now = self.on.now
        async with self.on.store.work(one.who) as work:
            today = now.date()
            await work.people.save_profile(
                Profile(next(iter(TRACKS)), today, today + timedelta(weeks=20), 360, 90, zone)
            )
            settings = Settings(zone="Europe/Berlin")
            if await work.circles.circle(OWLS.id) is None:
                assert await work.circles.create(OWLS, ROOM, one.name, now=now)
                await work.circles.keep_times(OWLS.id, settings, times_of(settings, PAIRS), now=now)
            else:
                assert await work.circles.join(OWLS.id, work.circles.me, one.name, now=now)

    async def matched(self, *names: str, **hours: str) -> list[Somebody]:
        """A circle of people who asked in the week before, on Monday after the pairs were made."""
        people = await self.begins(*names)
        for one in people:
            assert "Kept" in await one.asks(**({"hours": hours[one.name]} if one.name in hours else {}))
        await self.until("2026-01-12T09:30+01:00")
        for one in people:
            one.last = ()
        return people

    async def agreed(self, *names: str) -> list[Somebody]:
        """People who meet on Tuesday at six in the evening."""
        people = await self.matched(*names)
        for one in people:
            await one.tap("Tue 13 Jan, 18:00")
        await self.tick()
        for one in people:
            one.last = ()
        return people

    def account(self, name: str) -> Sender:
        """Somebody's, by her name."""
        return Sender("slack", f"U{name}", "T1") if self.platform == "slack" else Sender(self.platform, name)

    async def meetings(self) -> list[Arranged]:
        """What is kept of pairs."""
        async with self.on.store.work(self.account("Ada")) as work:
            return list(await work.pairs.meetings(OWLS.id, since=date(2025, 1, 1)))


class Somebody:
    """One of them."""

    def __init__(self, among: Circle, name: str) -> None:
        self.among, self.name = among, name
        self.who = among.account(name)
        self.last: Effects = ()
        self.read = 0

    async def say(self, line: str, place: Place = DIRECT) -> str:
        """What Pacer answers."""
        on = self.among.on
        on.now += timedelta(seconds=1)
        self.last = await on.coach.handle(read_line(line, sender=self.who, place=place, at=on.now))
        return self.shown()

    def shown(self) -> str:
        """The last answer."""
        return "\n".join("\n".join(plain(e.message)) for e in self.last if not isinstance(e, OpenForm))

    async def press(self, key: str) -> str:
        """A button of this key, wherever it stands."""
        on = self.among.on
        on.now += timedelta(seconds=1)
        event = f"tap-{self.name}-{key}-{on.now.isoformat()}"
        picked = ChoicePicked(sender=self.who, place=DIRECT, event_id=event, at=on.now, key=key)
        self.last = await on.coach.handle(picked)
        return self.shown()

    async def tap(self, label: str) -> str:
        """A tap on an option of the last answer, or else of her letters, the newest before the others."""
        offered = [o for e in self.last if not isinstance(e, OpenForm) for o in e.message.options]
        offered += [o for letter in reversed(self.letters()) for o in letter.options]
        return await self.press(next(o.key for o in offered if o.label.startswith(label)))

    def options(self) -> list[str]:
        """Labels of her newest letter that offers any."""
        return [o.label for o in next(m for m in reversed(self.letters()) if m.options).options]

    async def fill(self, **values: str) -> str:
        """The form that was opened last, sent."""
        on = self.among.on
        (opened,) = (e for e in self.last if isinstance(e, OpenForm))
        on.now += timedelta(seconds=1)
        filled = dict(opened.known) | values
        event = f"form-{self.name}-{on.now.isoformat()}"
        sent = FormSent(
            sender=self.who,
            place=DIRECT,
            event_id=event,
            at=on.now,
            form=opened.form.id,
            values=tuple(filled.items()),
        )
        self.last = await on.coach.handle(sent)
        return self.shown()

    def letters(self) -> list[Message]:
        """Every letter she got."""
        return [m for account, m in self.among.postman.brought if account == self.who.account]

    def news(self) -> str:
        """What came since she last looked, as plain text."""
        new = self.letters()[self.read :]
        self.read = len(self.letters())
        return "\n".join("\n".join(plain(m)) for m in new)

    def files(self) -> list[File]:
        """The files of her letters."""
        return [b for m in self.letters() for b in m.blocks if isinstance(b, File)]

    async def asks(self, hours: str = "tue 18-20, thu 18-20, sat 10-14", **values: str) -> str:
        """She asks for somebody next week."""
        await self.say("/pacer circle pair")
        await self.tap("Ask for somebody")
        return await self.fill(hours=hours, **values)

    async def rates(self, label: str, word: str) -> str:
        """She says how something came across, the same in each row."""
        await self.tap(label)
        (opened,) = (e for e in self.last if isinstance(e, OpenForm))
        return await self.fill(**{f.id: word for f in opened.form.fields})
