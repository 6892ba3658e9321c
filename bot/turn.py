"""One turn: what a handler is given, and what it needs of storage."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from hashlib import blake2s
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from bot.chat.effects import Effects
from bot.chat.form import Unclear
from bot.chat.inbound import AnyInbound, Place, Sender
from bot.chat.message import Message
from bot.chat.talk import Talk
from bot.circle.ports import Circles, CircleWork
from bot.delivery.model import Prompt
from bot.delivery.ports import Timetable
from bot.drills.ports import NoQueries, Practice, Queries
from bot.feedback.ports import Opinions
from bot.glossary.ports import Glossary
from bot.habits.ports import Habits
from bot.own_bank.model import is_own
from bot.own_bank.ports import OwnBank
from bot.pace.ports import Diary
from bot.pairing.ports import Pairs
from bot.plan.ports import Agenda
from bot.privacy.ports import Archive
from bot.profile.model import Profile
from bot.profile.ports import Accounts, People
from bot.speaking.ports import Speaking

if TYPE_CHECKING:
    from bot.content.bank import Bank
    from bot.drills.model import Drill
    from bot.safety.model import Helplines
    from bot.today.look import Today


@dataclass(frozen=True, slots=True)
class Answer:
    """What a turn says, on its way to the place it was asked in. A form cannot be kept: it is opened now or never."""

    sender: Sender
    place: Place
    event_id: str
    messages: tuple[Message, ...]


class Talks(Protocol):
    """The conversation of one person."""

    async def talk(self) -> Talk:
        """Where the conversation stands; a fresh one if there was none."""

    async def save_talk(self, talk: Talk) -> None:
        """Keep it. Raises StaleTalk if it was written since it was read."""


class Work(Protocol):
    """Everything one transaction may read and write, about one person."""

    @property
    def known(self) -> bool:
        """Whether she was known before this transaction."""

    @property
    def people(self) -> People:
        """Her profile."""

    @property
    def accounts(self) -> Accounts:
        """On which platforms she is known."""

    @property
    def diary(self) -> Diary:
        """Her days."""

    @property
    def agenda(self) -> Agenda:
        """What is known ahead."""

    @property
    def practice(self) -> Practice:
        """Sittings, memory, skill."""

    @property
    def habits(self) -> Habits:
        """The habits she works on."""

    @property
    def glossary(self) -> Glossary:
        """Her words of the field."""

    @property
    def own_bank(self) -> OwnBank:
        """The drills she brought."""

    @property
    def speaking(self) -> Speaking:
        """How it went when she spoke aloud."""

    @property
    def talks(self) -> Talks:
        """Her conversation."""

    @property
    def archive(self) -> Archive:
        """All that is kept of her, to be given to her."""

    @property
    def opinions(self) -> Opinions:
        """Second opinions she asked for."""

    @property
    def timetable(self) -> Timetable:
        """When something is due to her, and what waits to be sent."""

    @property
    def circles(self) -> Circles:
        """Her circles, and what they show."""

    @property
    def pairs(self) -> Pairs:
        """Whom she meets for mock interviews."""

    async def finish(self, event_id: str, answer: Answer | None = None) -> None:
        """Mark an inbound event as handled; what it said is forgotten with the same commit.

        An answer is kept in its place until it is `delivered`.
        """


class Unavailable(Exception):
    """What is kept cannot be reached now; the message says why, as a sentence for whoever looks."""


class StaleTalk(Exception):
    """Somebody else moved the conversation on in the meantime; the turn is to be run again."""


class Store(Protocol):
    """Where everything is kept."""

    def work(self, sender: Sender) -> AbstractAsyncContextManager[Work]:
        """One transaction: committed when the block ends well, else nothing of it happened."""

    def circle(self, circle_id: str) -> AbstractAsyncContextManager[CircleWork]:
        """One transaction about a circle, with no person in it."""

    async def receive(self, inbound: AnyInbound) -> bool:
        """Keep an inbound value until its turn is finished; False if its event id is known already."""

    async def give_up(self, event_id: str) -> None:
        """Mark an event whose turn failed, so that it is not tried for ever."""

    async def unfinished(self, platform: str) -> list[AnyInbound]:
        """A platform's inbound values that were kept and whose turn was never finished, oldest first."""

    async def undelivered(self, platform: str) -> list[Answer]:
        """A platform's answers that were kept and never delivered, oldest first."""

    async def delivered(self, event_id: str) -> None:
        """An answer has reached its platform, or never will; it is forgotten."""

    async def last_seen(self, sender: Sender) -> datetime | None:
        """When the sender's newest event was, or the newest letter to her, UTC; None for a stranger."""


@dataclass(frozen=True, slots=True)
class Content:
    """Authored data, each read from disk when it is first needed."""

    bank: Callable[[], Bank]
    helplines: Callable[[], Helplines]


@dataclass(slots=True)
class Turn:
    """The working memory of one turn. `talk` may be replaced; it is saved when the turn ends."""

    work: Work
    content: Content
    sender: Sender
    place: Place
    now: datetime
    """UTC."""
    event_id: str
    profile: Profile | None
    talk: Talk
    queries: Queries = field(default_factory=NoQueries)
    """Where a query of hers can run."""
    reviewer: str = ""
    """The model that gives second opinions; empty where nobody does."""
    rescheduled: bool = False
    """Whether her times, or whether she wants to hear from Pacer at all, changed in this turn."""

    @property
    def zone(self) -> tzinfo:
        """Her zone; UTC before set-up."""
        return ZoneInfo(self.profile.zone if self.profile else "UTC")

    @property
    def local(self) -> datetime:
        """Now, on her clock."""
        return self.now.astimezone(self.zone)

    @property
    def today(self) -> date:
        """Her calendar day."""
        return self.local.date()

    @property
    def new_id(self) -> str:
        """An id for something this turn makes: the same if the turn is run again."""
        return blake2s(self.event_id.encode(), digest_size=6).hexdigest()

    @property
    def own(self) -> Profile:
        """Her profile, where set-up has to be finished. Raises Unclear with the way there."""
        if self.profile is None:
            raise Unclear("Let us set you up first: `/pacer start`.")
        return self.profile

    async def drill(self, drill_id: str) -> Drill | None:
        """A drill of the bank, or one she brought; None if there is none of that id any more."""
        if is_own(drill_id):
            return await self.work.own_bank.drill(drill_id)
        return self.content.bank().drills.get(drill_id)

    def expect(self, step: str, **values: str) -> None:
        """Let the next typed line be read by this step."""
        self.talk = Talk(step, values, self.talk.offered, version=self.talk.version)

    def rest(self) -> None:
        """Nobody waits for the next line any more."""
        self.expect("")

    async def go_back(self) -> None:
        """Something in between is over: the next line belongs to the drill that is open, if one is."""
        sitting = await self.work.practice.current()
        if sitting is not None and sitting.stage == "open":
            self.expect("answer", sitting=sitting.id)
        else:
            self.rest()


CommandHandler = Callable[[Turn, Mapping[str, str]], Awaitable[Effects]]
ChoiceHandler = Callable[[Turn, tuple[str, ...]], Awaitable[Effects]]
FormHandler = Callable[[Turn, Mapping[str, str]], Awaitable[Effects]]
TextHandler = Callable[[Turn, str], Awaitable[Effects]]
TimeHandler = Callable[[Turn, Profile, "Today"], Awaitable[Prompt | None]]
