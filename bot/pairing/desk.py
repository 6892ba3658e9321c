"""Where pairs of one circle are arranged, whoever's transaction it is: a member's, or the circle's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.chat.inbound import Sender
from bot.chat.message import Block, Contact, Message
from bot.circle.model import Circle
from bot.circle.ports import Circles
from bot.delivery.recurrence import held, instant
from bot.pairing import talk_words as words
from bot.pairing.arranged import Arranged, Asked, Asking
from bot.pairing.model import Earlier, Pair, Person, Window, Wish
from bot.pairing.ports import Pairs
from bot.turn import Content

LEAD = timedelta(hours=8)
"""Before this nobody is asked to be anywhere."""
REMEMBERED = timedelta(weeks=26)
"""How far back pairs are known."""
PLATFORMS = {"slack": "Slack", "discord": "Discord"}


@dataclass(slots=True)
class Desk:
    """One transaction's view of a circle's pairs. `hold` was called, so that nobody else moves them."""

    pairs: Pairs
    circles: Circles
    circle: Circle
    content: Content
    now: datetime
    """UTC."""
    _names: dict[Person, str] = field(default_factory=dict)
    _asked: dict[Person, Asked] = field(default_factory=dict)
    _addresses: dict[Person, Sequence[Sender]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The circle's day."""
        return self.now.astimezone(held(self.circle.settings.zone)).date()

    async def tell(
        self, person: Person, message: Message, *, about: str, later: timedelta = timedelta(0)
    ) -> None:
        """Let a letter leave to her, once for what it is about; some seconds later where letters come in an order."""
        await self.circles.tell(self.circle.id, person, message, about=about, now=self.now + later)

    async def names(self, people: Iterable[Person]) -> list[str]:
        """What they are called in the circle."""
        if not self._names:
            self._names = {m.person_id: m.name for m in await self.circles.members(self.circle.id)}
        return [self._names.get(person, "somebody") for person in people]

    async def asked(self) -> Mapping[Person, Asked]:
        """Everybody's newest word, read once."""
        if not self._asked:
            self._asked = {a.person: a for a in await self.pairs.all_asked(self.circle.id)}
        return self._asked

    async def keep_asked(self, asked: Asked) -> None:
        """Keep somebody's word."""
        await self.pairs.keep_asked(self.circle.id, asked)
        if self._asked:
            self._asked[asked.person] = asked

    async def wishes(self, week: date) -> dict[Person, Wish]:
        """What those wish for who want somebody in that week."""
        everybody = await self.asked()
        return {
            a.person: a.wish
            for a in everybody.values()
            if a.wish is not None and a.week == week and a.asking is Asking.WANTS
        }

    async def zone_of(self, person: Person) -> str:
        """Her zone, as she asked with it."""
        found = (await self.asked()).get(person)
        return found.wish.zone if found and found.wish else self.circle.settings.zone

    async def meetings(self) -> tuple[Arranged, ...]:
        """Those of this week and of the last one."""
        since = monday_of(self.today) - timedelta(days=7)
        return tuple(await self.pairs.meetings(self.circle.id, since=since))

    async def earlier(self) -> Sequence[Earlier]:
        """Every meeting that was arranged in half a year, also those that fell through."""
        return await self.pairs.earlier(self.circle.id, since=self.today - REMEMBERED)

    async def know(self, people: Iterable[Person]) -> None:
        """Read how these are reached, all at once, before letters name them."""
        if new := set(people) - self._addresses.keys():
            self._addresses |= await self.pairs.addresses(new)

    async def contacts(self, reader: Person, others: Sequence[Person]) -> list[Block | str]:
        """How she reaches the others: an account on her own platform, or what to do without."""
        await self.know((reader, *others))
        found = self._addresses
        own = found[reader][0] if found.get(reader) else None
        lines: list[Block | str] = []
        for person, name in zip(others, await self.names(others), strict=True):
            there = [
                one
                for one in found.get(person, ())
                if own and (one.platform, one.tenant) == (own.platform, own.tenant)
            ]
            if there:
                lines.append(Contact(name, there[0]))
            elif own is not None:
                platform = PLATFORMS.get(own.platform, own.platform)
                lines.append(words.ELSEWHERE.format(name=name, platform=platform))
        return lines

    def window(self, week: date) -> Window | None:
        """What is left of a week; None if it is over."""
        begins = max(self.now + LEAD, _midnight(week, self.circle))
        ends = _midnight(week + timedelta(days=7), self.circle)
        return Window(begins, ends) if ends - begins >= timedelta(hours=1) else None


def _midnight(day: date, circle: Circle) -> datetime:
    found = instant(day, time(0), circle.settings.zone)
    # A day that a zone skipped altogether begins with the next one.
    return found or _midnight(day + timedelta(days=1), circle)


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def pairs_in(earlier: Iterable[Earlier], week: date) -> frozenset[Pair]:
    """Who was together in that week already."""
    return frozenset(pair for one in earlier if one.week == week for pair in one.pairs)
