"""A stage for conversations: the real coach on real SQLite, a clock that the script moves, the terminal's eyes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet

from adapters.console.inbound import read_line
from adapters.console.render import plain
from bot.chat.effects import Effects, OpenForm
from bot.chat.inbound import ChoicePicked, Place, Sender, TimeCame
from bot.coach import Coach
from bot.content.shipped import shipped
from bot.delivery.recurrence import prompts_between
from storage.columns import Sealer
from storage.engine import open_engine
from storage.schema import prepare
from storage.store import SqlStore

WHO = Sender("console", "me")
PLACE = Place("terminal")


class Stage:
    """One person talking to Pacer."""

    def __init__(self, store: SqlStore, start: datetime) -> None:
        self.store, self.now = store, start
        self.coach = Coach(store, shipped(), lambda: self.now)
        self.last: Effects = ()
        self.place = PLACE

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
        """Move the clock through whatever comes due; what Pacer said by itself."""
        async with self.store.work(WHO) as work:
            profile = await work.people.profile()
        end, said = self.now + span, []
        for prompt in prompts_between(profile, self.now, end) if profile else ():
            self.now = prompt.due
            self.last = await self.coach.handle(
                TimeCame(
                    sender=WHO,
                    place=self.place,
                    event_id=f"time-{prompt.kind}-{prompt.day}",
                    at=prompt.due,
                    kind=prompt.kind,
                )
            )
            said.append(self.shown())
        self.now = end
        return "\n".join(words for words in said if words)

    def shown(self) -> str:
        """The last answer as plain text."""
        return "\n".join("\n".join(plain(e.message)) for e in self.last if not isinstance(e, OpenForm))


SET_UP = (
    "/pacer start", "staff backend", "11 weeks", "6", "90", "0", "Berlin", "8:00", "20:00", "sunday", "22:00-7:00",
)  # fmt: skip


@asynccontextmanager
async def stage(path: Path, start: str = "2026-01-05T07:00+01:00") -> AsyncIterator[Stage]:
    """A stage on a fresh database file."""
    engine = open_engine(f"sqlite:///{path / 'pacer.db'}")
    await prepare(engine)
    store = SqlStore(engine, Sealer(MultiFernet([Fernet(Fernet.generate_key())])))
    try:
        yield Stage(store, datetime.fromisoformat(start))
    finally:
        await store.close()


async def set_up(on: Stage, **changed: str) -> None:
    """Answer both forms; answers can be changed by their place: `answer_3="8"`."""
    for number, line in enumerate(SET_UP):
        await on.say(changed.get(f"answer_{number}", line))
