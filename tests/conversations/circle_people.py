"""A circle with people in it, its noticeboard and its clock, and what stands in its channels, for conversations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from conversations.stage import Stage, ready
from conversations.test_own_bank import FILE

from adapters.console.inbound import read_line
from adapters.console.render import plain
from bot.chat.effects import Effects, OpenForm
from bot.chat.inbound import Channel, ChoicePicked, Destination, Place, Sender
from bot.chat.message import Message, Option
from bot.circle.clock import CircleClock
from bot.circle.noticeboard import Noticeboard
from bot.content.shipped import shipped
from bot.delivery.model import Bucket, Lookup, Outcome, Sent
from bot.turn import Content

ROOM = Channel("slack", "T1", "C1")
ON_DISCORD = Channel("discord", "900", "7")


class Wall:
    """A courier that remembers what stands in channels, and what people were sent."""

    changes = True
    dedup_window = timedelta(minutes=5)

    def __init__(self) -> None:
        self.stands: dict[Channel, dict[str, Message]] = {}
        self.sent = self.changed = 0

    async def send(self, to: Destination, message: Message, *, key: str) -> Outcome:
        assert isinstance(to, Channel)
        self.sent += 1
        self.stands.setdefault(to, {})[key] = message
        return Sent(key)

    async def change(self, to: Destination, receipt: str, message: Message) -> Outcome:
        assert isinstance(to, Channel)
        self.changed += 1
        self.stands[to][receipt] = message
        return Sent(receipt)

    async def look_up(self, to: Destination, *, key: str, since: datetime) -> Sent | Lookup:
        return Lookup.CANNOT_LOOK

    def bucket(self, to: Destination) -> Bucket | None:
        return None

    async def close(self) -> None:
        """Nothing is open."""


class Free:
    """A limiter that lets everybody pass; how a channel's pace is kept is tested elsewhere."""

    async def reserve(self, bucket: Bucket) -> float:
        return 0.0

    async def hold(self, bucket: Bucket, seconds: float) -> None:
        """Nobody waits."""


class Someone:
    """Somebody at one place, on the stage's store and clock."""

    def __init__(self, on: Stage, account: str, room: Channel | None = ROOM, tenant: str = "T1") -> None:
        platform = room.platform if room else "slack"
        self.on, self.room = on, room
        self.who = Sender(platform, account, tenant if platform == "slack" else "")
        self.place = Place(room.channel, room=room) if room else Place("D1")
        self.last: Effects = ()

    async def say(self, line: str) -> str:
        """What Pacer answers, as plain text."""
        given = read_line(line, sender=self.who, place=self.place, at=self.on.now)
        self.last = await self.on.coach.handle(given)
        self.on.now += timedelta(seconds=1)
        return self.shown()

    async def press(self, key: str) -> str:
        """What a button with this key says, wherever it stands."""
        self.on.now += timedelta(seconds=1)
        event = f"tap-{self.who.account}-{key}-{self.on.now.isoformat()}"
        picked = ChoicePicked(sender=self.who, place=self.place, event_id=event, at=self.on.now, key=key)
        self.last = await self.on.coach.handle(picked)
        return self.shown()

    async def tap(self, label: str) -> str:
        """A tap on the last answer's option that begins so."""
        return await self.press(next(o.key for o in self.options() if o.label.startswith(label)))

    def options(self) -> Sequence[Option]:
        """All that can be picked of the last answer."""
        return [o for e in self.last if not isinstance(e, OpenForm) for o in e.message.options]

    def shown(self) -> str:
        """The last answer."""
        return "\n".join("\n".join(plain(e.message)) for e in self.last if not isinstance(e, OpenForm))

    async def joins(self, name: str) -> Someone:
        """Set up, in, and called so."""
        await ready(self.on, self.who)
        await self.say("/pacer circle join")
        await self.tap("Join")
        await self.say(f"/pacer circle name {name}")
        return self

    def direct(self) -> Someone:
        """The same person in her direct messages."""
        found = Someone(self.on, self.who.account, None, self.who.tenant)
        found.who = self.who
        return found


class Ring:
    """A circle named Night owls, begun by Ada in one channel."""

    def __init__(self, on: Stage, content: Content | None = None) -> None:
        self.on, self.wall = on, Wall()
        couriers = {"slack": self.wall, "discord": self.wall}
        read = content or shipped()
        self.board = Noticeboard(on.store, on.store.posts, couriers, Free(), read, lambda: on.now)
        self.clock = CircleClock(on.store, on.store.posts, read, lambda: on.now)
        self.ada = Someone(on, "U1")
        self.people: list[Someone] = []
        self.bob = self.carl = self.ada
        self.id = ""

    async def begin(self) -> Ring:
        await ready(self.on, self.ada.who)
        await self.ada.say("/pacer circle create Night owls")
        await self.ada.say("/pacer circle name Ada")
        async with self.on.store.work(self.ada.who) as work:
            (circle,) = await work.circles.mine()
            self.id = circle.id
        return self

    async def with_people(self, *names: str) -> list[Someone]:
        """They join, one after the other."""
        first = sum(1 for _ in names)
        return [await Someone(self.on, f"V{n}{first}").joins(name) for n, name in enumerate(names)]

    async def with_a_drill(self) -> Ring:
        """Bob, who has a drill of his own, and Carl, who has none, are in it too."""
        self.bob, self.carl = await self.with_people("Bob", "Carl")
        await self.bob.say("/pacer bank import")
        await self.bob.say(FILE)
        return self

    async def look(self, room: Channel = ROOM) -> str:
        """What stands in a channel now, everything in one text."""
        self.on.now += timedelta(seconds=1)
        await self.board.drain()
        return "\n".join("\n".join(plain(m)) for m in self.wall.stands.get(room, {}).values())

    async def live(self, span: timedelta) -> None:
        """Time goes by, and what is due in circles is done."""
        end = self.on.now + span
        while (due := await self.on.store.posts.moment()) and due <= end:
            self.on.now = max(self.on.now, due)
            await self.clock.tick()
        self.on.now = end

    async def letters(self, who: Someone) -> list[str]:
        """What waits for somebody, as it would be written; each is taken once."""
        found = await self.on.store.outbox.claim(now=self.on.now, platforms={who.who.platform}, limit=50)
        return [str(letter.message) for letter in found if letter.to == who.who]
