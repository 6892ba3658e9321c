"""A circle with a channel on Slack and one on Discord, both servers on loopback, people in each, and a clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from conversations.stage import Stage, ready, stage
from wire.discord_server import DiscordServer
from wire.slack_server import SlackServer

from adapters.console.inbound import read_line
from adapters.console.render import plain
from adapters.discord.deliver import DiscordCourier
from adapters.slack.deliver import SlackCourier
from bot.chat.effects import Effects, OpenForm
from bot.chat.inbound import Channel, ChoicePicked, FormSent, Place, Sender
from bot.circle.clock import CircleClock
from bot.circle.model import WELCOME
from bot.circle.noticeboard import Noticeboard
from bot.coach import Coach
from bot.content.bank import Bank
from bot.content.shipped import shipped
from bot.delivery.limiter import LocalLimiter
from bot.drills.formats import Format
from bot.drills.model import Drill, Mistake, Point
from bot.pace.model import Checkin, Kind
from bot.pace.ports import DayEntry
from bot.turn import Content

ON_SLACK, ON_DISCORD = Channel("slack", "T1", "C1"), Channel("discord", "900", "800")
DRILL = Drill(
    "fresh-cache", "A fresh cache", "system_design", "cache", Kind.DRILL, 10, 2,
    "How would you keep a cache in front of a database fresh?", (),
    (
        Point("ttl", "Entries expire after a time to live", 2, says=("give each entry a time to live",)),
        Point("write", "A write deletes the entry", 2, says=("on every write delete the key from the cache",)),
        Point("stampede", "One request refills while others wait", 1, says=("only one request refills the entry",)),
    ),
    "Give each entry a time to live, delete the key on every write, and let one request refill.",
    (Mistake("Never lets an entry expire", "ttl"),), format=Format.CARD,
)  # fmt: skip
DRILLS = tuple(replace(DRILL, id=f"cache-{n}", title=f"Cache number {n}") for n in range(4))
TTL = "I would give each entry a time to live of one minute, because readers may see old values that long."
WRITE = "On every write I delete the key from the cache, and the next reader puts the new value there."


def content(*drills: Drill) -> Content:
    """These drills and no others."""
    areas = {d.area: tuple(e for e in drills if e.area == d.area) for d in drills}
    return Content(lambda: Bank({d.id: d for d in drills}, areas), shipped().helplines)


class Person:
    """Somebody in one of the channels."""

    def __init__(self, group: Group, account: str, room: Channel | None = ON_SLACK) -> None:
        self.group, self.on = group, group.on
        platform = room.platform if room else "slack"
        self.who = Sender(platform, account, "T1" if platform == "slack" else "")
        self.place = Place(room.channel, room=room, forms=True) if room else Place("D1")
        self.last: Effects = ()

    async def say(self, line: str) -> str:
        """What Pacer answers."""
        self.last = await self.on.coach.handle(
            read_line(line, sender=self.who, place=self.place, at=self.on.now)
        )
        return self.shown()

    async def press(self, key: str) -> str:
        """A button with this key, wherever it stands."""
        self.on.now += timedelta(seconds=1)
        event = f"tap-{self.who.account}-{key}-{self.on.now.isoformat()}"
        self.last = await self.on.coach.handle(
            ChoicePicked(sender=self.who, place=self.place, event_id=event, at=self.on.now, key=key)
        )
        return self.shown()

    async def tap(self, label: str) -> str:
        """A button of the last answer."""
        return await self.press(self.offered()[label])

    def offered(self) -> dict[str, str]:
        """What the last answer offers."""
        offered = (o for e in self.last if not isinstance(e, OpenForm) for o in e.message.options)
        return {o.label: o.key for o in offered}

    async def opens(self, day: date | None = None) -> str:
        """*Answer* under the post of a day."""
        return await self.press(f"1:group:answer:{self.group.circle_id}:{day or self.on.now.date()}")

    async def sends(self, text: str, minutes: str = "") -> str:
        """The form that is open, filled in."""
        form = next(e.form.id for e in self.last if isinstance(e, OpenForm))
        self.on.now += timedelta(seconds=1)
        values = (("answer", text), ("minutes", minutes))
        event = f"form-{self.who.account}-{self.on.now.isoformat()}"
        self.last = await self.on.coach.handle(
            FormSent(
                sender=self.who, place=self.place, event_id=event, at=self.on.now, form=form, values=values
            )
        )
        return self.shown()

    async def answers(self, text: str, share: str = "") -> str:
        """All of it; what she was told at last."""
        await self.opens()
        told = await self.sends(text)
        return await self.tap(f"Share: {share}") if share else told

    async def arranges(self, **changed: str) -> None:
        """The circle's settings, with these changes."""
        await self.say("/pacer circle settings")
        values = {"zone": "Berlin", "drill": "9:00", "reveal": "18:00", "days": "weekdays", "areas": "all"}
        self.on.now += timedelta(seconds=1)
        sent = FormSent(
            sender=self.who,
            place=self.place,
            event_id=f"settings-{self.on.now.isoformat()}",
            at=self.on.now,
            form=next(e.form.id for e in self.last if isinstance(e, OpenForm)),
            values=tuple((values | changed).items()),
        )
        self.last = await self.on.coach.handle(sent)
        assert "Saved" in self.shown(), self.shown()

    def shown(self) -> str:
        """The last answer."""
        return "\n".join("\n".join(plain(e.message)) for e in self.last if not isinstance(e, OpenForm))

    async def set_up(self) -> Person:
        """With a plan of her own."""
        await ready(self.on, self.who)
        return self

    async def joins(self, name: str = "") -> Person:
        """Set up, and in."""
        await self.set_up()
        await self.say("/pacer circle join")
        await self.tap("Join")
        if name:
            await self.say(f"/pacer circle name {name}")
        return self

    async def checked_in(self, monday: date, *batteries: float) -> None:
        """Her batteries, from a Monday on."""
        async with self.on.store.work(self.who) as work:
            for n, battery in enumerate(batteries):
                entry = DayEntry(monday + timedelta(days=n), checkin=Checkin(battery=battery))
                await work.diary.save_day(entry)


class Group:
    """The circle, its channels, and whoever keeps its hours and posts."""

    def __init__(self, on: Stage, slack: SlackServer, discord: DiscordServer) -> None:
        self.on, self.slack, self.discord, self.circle_id = on, slack, discord, ""
        self.couriers: dict[str, Any] = {
            "slack": SlackCourier("t", slack.url, timeout=1),
            "discord": DiscordCourier("t", discord.url, timeout=1),
        }
        self.people: dict[str, Person] = {}
        self.having(content(*DRILLS))

    def having(self, found: Content) -> None:
        """The bank is this, from here on."""
        self.on.coach = Coach(self.on.store, found, lambda: self.on.now)
        moments = count(0, 60)  # whoever asks comes a minute later, so that no test waits
        limiter = LocalLimiter(lambda: float(next(moments)))
        store = self.on.store
        self.board = Noticeboard(store, store.posts, self.couriers, limiter, found, lambda: self.on.now)
        self.clock = CircleClock(store, store.posts, found, lambda: self.on.now)

    async def began(self) -> Person:
        """Ada begins it on Slack, and binds a channel on Discord."""
        ada = await Person(self, "U1").set_up()
        await ada.say("/pacer circle create Night owls")
        await ada.say("/pacer circle name Ada")
        async with self.on.store.work(ada.who) as work:
            (circle,) = await work.circles.mine()
            await work.circles.bind(circle.id, ON_DISCORD)
            await work.circles.want(circle.id, WELCOME)
        self.circle_id = circle.id
        await self.settle()
        return ada

    async def until(self, when: str) -> None:
        """The clock moves to an instant in Berlin, whatever is due is done, and every post is shown."""
        end = datetime.fromisoformat(when).astimezone(UTC)
        while (due := await self.clock.next_moment()) and due <= end:
            self.on.now = max(self.on.now, due)
            await self.clock.tick()
        self.on.now = end
        await self.settle()

    async def settle(self) -> None:
        """Every post is shown as it is wanted."""
        self.on.now += timedelta(seconds=30)
        await self.board.drain()

    def posts(self) -> list[list[str]]:
        """What stands in both channels of the drills, without the welcome."""
        stand = (self.slack.shown("C1"), self.discord.shown("800"))
        return [[text for text in shown if "practise together here" not in text] for shown in stand]

    def post(self) -> str:
        """The newest one on Slack; the other channel shows one, too."""
        on_slack, on_discord = self.posts()
        assert len(on_slack) == len(on_discord)
        return on_slack[-1]


@pytest.fixture
async def group(tmp_path: Path) -> AsyncIterator[Group]:
    """A circle on a Monday at seven in Berlin, with nobody but its first admin."""
    async with AsyncExitStack() as standing:
        on = await standing.enter_async_context(stage(tmp_path))
        slack = await standing.enter_async_context(SlackServer())
        discord = await standing.enter_async_context(DiscordServer())
        slack.rooms.add("C1")
        discord.open_room("800")
        made = Group(on, slack, discord)
        made.people["ada"] = await made.began()
        yield made
        for courier in made.couriers.values():
            await courier.close()
