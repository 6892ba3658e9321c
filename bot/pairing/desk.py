"""Where pairs of one circle are arranged, whoever's transaction it is: a member's, or the circle's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.chat.inbound import Channel, Sender
from bot.chat.message import Block, Contact, Message
from bot.circle.model import Circle, CircleLetter
from bot.circle.ports import Circles
from bot.delivery.recurrence import held, instant
from bot.pairing import talk_words as words
from bot.pairing.arranged import TOGETHER, Arranged, Asked, Asking
from bot.pairing.model import Earlier, Engagement, Pair, Person, Window, Wish
from bot.pairing.ports import Pairs
from bot.pairing.proposals import Clock
from bot.turn import Content

LEAD = timedelta(hours=8)
"""Before this nobody is asked to be anywhere."""
REMEMBERED = timedelta(weeks=26)
"""How far back pairs are known."""
FARTHEST = timedelta(days=14)
"""How far ahead an hour may be that people found themselves."""
TOGETHER_ON = frozenset({"slack"})
"""Platforms on which Pacer can open one message for several people; Discord's bots cannot."""
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
    _words: dict[tuple[Person, date], Asked] | None = None
    _asked: dict[Person, Asked] = field(default_factory=dict)
    _asked_in: defaultdict[Person, set[str]] = field(default_factory=lambda: defaultdict(set))
    _addresses: dict[Person, Sequence[Sender]] = field(default_factory=dict)
    _zones: dict[Person, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The circle's day."""
        return self.now.astimezone(held(self.circle.settings.zone)).date()

    async def tell(
        self, person: Person, message: Message, *, about: str, later: timedelta = timedelta(0)
    ) -> None:
        """Let a letter leave to her, once for what it is about; some seconds later where letters come in an order."""
        await self.circles.tell(self.circle.id, person, message, about=about, now=self.now + later)

    async def tell_all(self, letters: Sequence[CircleLetter]) -> None:
        """As `tell`, to many people at once."""
        await self.circles.tell_all(self.circle.id, letters, now=self.now)

    async def names(self, people: Iterable[Person]) -> list[str]:
        """What they are called in the circle."""
        if not self._names:
            self._names = {m.person_id: m.name for m in await self.circles.members(self.circle.id)}
        return [self._names.get(person, "somebody") for person in people]

    async def _all_asked(self) -> dict[tuple[Person, date], Asked]:
        """Every word by person and week, in order of weeks; read once."""
        if self._words is None:
            self._words = {}
            for each in await self.pairs.all_asked(self.circle.id):
                self._know(each, self._words)
        return self._words

    def _know(self, said: Asked, known: dict[tuple[Person, date], Asked]) -> None:
        known[said.person, said.week] = said
        newest = self._asked.get(said.person)
        if newest is None or newest.week <= said.week:
            self._asked[said.person] = said
        if said.wish:
            self._asked_in[said.person].add(said.wish.zone)

    async def asked(self) -> Mapping[Person, Asked]:
        """Everybody's newest word; it alone says whether she is owed company."""
        await self._all_asked()
        return self._asked

    async def asked_for(self, person: Person, week: date) -> Asked | None:
        """Her word on one week, if she said any."""
        return (await self._all_asked()).get((person, week))

    async def wanting(self, person: Person) -> list[Asked]:
        """Her words on weeks that are not over, where she wants somebody."""
        since, known = monday_of(self.today), await self._all_asked()
        hers = (a for a in known.values() if a.person == person and a.week >= since)
        return [a for a in hers if a.asking is Asking.WANTS]

    async def keep_asked(self, *asked: Asked) -> None:
        """Keep what somebody said, each word for its own week."""
        await self.pairs.keep_asked(self.circle.id, asked)
        known = await self._all_asked()
        for each in asked:
            self._know(each, known)

    async def wishes(self, week: date, *, and_also: Asked | None = None) -> dict[Person, Wish]:
        """What those wish for who want somebody in that week, with the hours in which they meet somebody already.

        A further word stands in the place of what she said about that week.
        """
        wanted = [a for a in (await self._all_asked()).values() if a.week == week]
        wanted += [and_also] if and_also else []
        found = {a.person: a.wish for a in wanted if a.wish is not None and a.asking is Asking.WANTS}
        engaged = await self.engaged(found)
        return {p: replace(w, engaged=tuple(engaged.get(p, ()))) for p, w in found.items()}

    async def engaged(self, people: Iterable[Person]) -> Mapping[Person, Sequence[Engagement]]:
        """When each of these meets somebody from now on, in whichever circle."""
        return await self.pairs.engaged(tuple(people), since=self.now)

    async def clock_of(self, person: Person) -> Clock:
        """The clock on which she reads times: of where she lives now, named while what she asked somewhere else is kept."""
        await self.know((person,))
        await self._all_asked()
        zone = self._zones.get(person) or self.circle.settings.zone
        return Clock(zone, named=not self._asked_in[person] <= {zone})

    async def meetings(self) -> tuple[Arranged, ...]:
        """Those of this week and of the last one, and of weeks before what has no hour yet, or one that is not over."""
        since = monday_of(self.today) - timedelta(days=7)
        found = await self.pairs.meetings(self.circle.id, since=since - FARTHEST)
        return tuple(m for m in found if m.week >= since or (m.live and not m.has_ended(self.now)))

    def farthest(self, week: date) -> datetime:
        """Before when people of a week's meeting have to begin, if they find an hour themselves."""
        return min(self.now, _midnight(week + timedelta(days=7), self.circle)) + FARTHEST

    async def earlier(self) -> Sequence[Earlier]:
        """Every meeting that was arranged in half a year, also those that fell through."""
        return await self.pairs.earlier(self.circle.id, since=self.today - REMEMBERED)

    async def know(self, people: Iterable[Person]) -> None:
        """Read how these are reached and on which clock they live, all at once, before letters name them."""
        if new := set(people) - self._addresses.keys():
            self._addresses |= dict.fromkeys(new, ()) | dict(await self.pairs.addresses(new))
            self._zones |= await self.pairs.zones(new)

    async def keep(self, meeting: Arranged) -> None:
        """Keep a meeting as it stands now; what all of it read together follows."""
        await self.pairs.keep_meeting(meeting)
        await self.circles.renew(self.circle.id, TOGETHER, meeting.id)

    async def together(self, people: Sequence[Person]) -> Channel | None:
        """The accounts by which one message reaches all of these; None if no platform that they share brings people together."""
        await self.know(people)
        homes = [{(a.platform, a.tenant): a.account for a in self._addresses.get(p, ())} for p in people]
        for platform, tenant in sorted(set.intersection(*map(set, homes))) if homes else ():
            if platform in TOGETHER_ON:
                return Channel(platform, tenant, ",".join(home[platform, tenant] for home in homes))
        return None

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
