"""A stage for conversations: the real coach on real SQLite, a clock that the script moves, the terminal's eyes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet

from adapters.console.deliver import TerminalCourier
from adapters.console.inbound import read_line
from adapters.console.render import plain
from adapters.sql_sandbox.runner import SqlSandbox
from bot.chat.effects import Effects, OpenForm, Say
from bot.chat.inbound import ChoicePicked, Place, Sender
from bot.chat.message import Message
from bot.coach import Coach
from bot.content.shipped import shipped
from bot.delivery.deliver import Delivery
from bot.delivery.drain import Drain
from bot.delivery.limiter import LocalLimiter
from bot.delivery.post import Post, Tally
from bot.profile.model import Profile
from bot.turn import Content
from storage.columns import Sealer
from storage.engine import open_engine
from storage.schema import prepare
from storage.store import SqlStore

WHO = Sender("console", "me")
PLACE = Place("terminal")


class Stage:
    """One person talking to Pacer."""

    def __init__(self, store: SqlStore, start: datetime, content: Content | None = None) -> None:
        self.store, self.now = store, start
        self.coach = Coach(store, content or shipped(), lambda: self.now, SqlSandbox())
        self.last: Effects = ()
        self.place = PLACE
        self.letters: list[str] = []
        couriers = {WHO.platform: TerminalCourier(self._arrived)}
        delivery = Delivery(
            self.coach.compose, couriers, LocalLimiter(lambda: 0.0), Tally(), lambda: self.now
        )
        served = frozenset(couriers)
        self.drain = Drain(store.outbox, delivery, platforms=served, now=lambda: self.now)
        self.post = Post(
            store.outbox,
            platforms=served,
            now=lambda: self.now,
            observer=Tally(),
            window=timedelta(0),
        )

    async def say(self, line: str) -> str:
        """What Pacer answers to a typed line, as the terminal shows it."""
        self.last = await self.coach.handle(read_line(line, sender=WHO, place=self.place, at=self.now))
        return self.shown()

    async def tap(self, label: str) -> str:
        """What Pacer answers to a tap on the option with this label."""
        offered = [o for e in self.last if not isinstance(e, OpenForm) for o in e.message.options]
        option = next(o for o in offered if o.label.casefold() == label.casefold())
        event = f"tap-{option.key}-{self.now.isoformat()}"
        self.last = await self.coach.handle(
            ChoicePicked(sender=WHO, place=self.place, event_id=event, at=self.now, key=option.key)
        )
        self.now += timedelta(seconds=1)
        return self.shown()

    async def skip(self, span: timedelta) -> str:
        """Move the clock through whatever comes due, by the timetable and the outbox; what Pacer said by itself."""
        end, before = self.now + span, len(self.letters)
        while (due := await self.post.next_moment()) and due <= end:
            self.now = max(self.now, due)
            await self.post.tick()
            await self.drain.drain()
        self.now = end
        return "\n".join(self.letters[before:])

    def _arrived(self, letter: Message) -> None:
        self.last = (Say(letter),)
        self.letters.append(self.shown())

    def shown(self) -> str:
        """The last answer as plain text."""
        return "\n".join("\n".join(plain(e.message)) for e in self.last if not isinstance(e, OpenForm))


SET_UP = (
    "/pacer start", "staff backend", "11 weeks", "6", "90", "0", "Berlin", "8:00", "20:00", "sunday", "22:00-7:00",
)  # fmt: skip


@asynccontextmanager
async def stage(
    path: Path, start: str = "2026-01-05T07:00+01:00", content: Content | None = None
) -> AsyncIterator[Stage]:
    """A stage on a fresh database file, with the shipped content if no other is given."""
    engine = open_engine(f"sqlite:///{path / 'pacer.db'}")
    await prepare(engine)
    store = SqlStore(engine, Sealer(MultiFernet([Fernet(Fernet.generate_key())])))
    try:
        yield Stage(store, datetime.fromisoformat(start), content)
    finally:
        await store.close()


async def set_up(on: Stage, **changed: str) -> None:
    """Answer both forms; answers can be changed by their place: `answer_3="8"`."""
    for number, line in enumerate(SET_UP):
        await on.say(changed.get(f"answer_{number}", line))


async def ready(on: Stage, who: Sender) -> None:
    """Somebody set up as those answers would, though without mornings, for tests that are about something else."""
    async with on.store.work(who) as work:
        today = on.now.date()
        target = today + timedelta(weeks=11)
        await work.people.save_profile(Profile("staff_backend", today, target, 360, 90, "Europe/Berlin"))


async def practise(on: Stage, minutes: int, label: str, effort: int = 5, area: str = "") -> None:
    """One drill from card to effort, every point judged alike."""
    await on.say(f"/pacer drill {area}".strip())
    shown = await on.say(f"/pacer done {minutes} {effort}")
    while "Graded by you" not in shown:
        shown = await on.tap(label)
    on.now += timedelta(minutes=minutes)
