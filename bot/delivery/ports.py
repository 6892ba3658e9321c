"""What delivery needs from outside: the two tables, the platforms, a limiter, somebody who counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timedelta
from typing import Protocol

from bot.chat.inbound import Destination, Sender
from bot.chat.message import Message
from bot.delivery.model import (
    Bucket,
    Call,
    Change,
    Letter,
    Lookup,
    Outcome,
    Sent,
    Slot,
    State,
    Ticked,
    Undelivered,
)


class Timetable(Protocol):
    """The slots and waiting letters of the one person a turn is about."""

    async def keep(self, slots: Sequence[Slot], *, now: datetime, away: bool) -> None:
        """Let these be her slots, and no others.

        An unchanged slot keeps its next time; a new or changed one is due next after `now`. While
        she is away nothing is due, and letters that wait are cancelled in the same commit.
        """

    async def compose(
        self, letter: Letter, message: Message, *, said: str, name: str, expires: datetime
    ) -> None:
        """Keep what a claimed letter says, encrypted. Raises LostLease if the claim is another's by now."""

    async def tell(
        self, said: str, message: Message, *, about: str, now: datetime, expires: datetime, receipt: str = ""
    ) -> None:
        """Let this leave by itself, once for what it is about; it stays on the platform it is written for.

        With a receipt the message that it names becomes this one, if it can; else this one comes beside it.
        """

    async def remind(self, kind: str, *, about: str, at: datetime, now: datetime, expires: datetime) -> None:
        """Let a letter of this kind come due at an instant, once for what it is about; it is written then.

        What it is about ends its key, behind the kind.
        """

    @property
    def missed(self) -> bool:
        """Whether there are words of hers that no letter could bring."""

    async def undelivered(self) -> Sequence[Undelivered]:
        """Words that found the way to her closed, the newest of each message kind, in the order they were due."""

    async def show_undelivered(self, kinds: Sequence[str], *, event_id: str) -> None:
        """The answer to this event shows these message kinds; what else waited is forgotten.

        They are shown by no other answer, and forgotten soon after this one was delivered. If it is
        given up, they wait for the next.
        """


class LostLease(Exception):
    """Somebody else has claimed the letter in the meantime; whatever was done about it is undone."""


class Outbox(Protocol):
    """The timetable and the letters of everybody. `now` is UTC; leases run on the database's own clock.

    `platforms` limits what is touched to the platforms that the caller can deliver to.
    """

    async def tick(self, *, now: datetime, platforms: Set[str], limit: int, window: timedelta) -> Ticked:
        """Claim up to `limit` due slots, advance them, write their letters: one transaction.

        A slot advances straight to its next time in the future, and only its newest occurrence
        becomes a letter. Letters are spread over the window by a hash of their key. Slots with an
        unknown zone, kind or time are parked with the reason; those of a newer version are left alone.
        """

    async def claim(self, *, now: datetime, platforms: Set[str], limit: int) -> list[Letter]:
        """Claim letters whose time has come, the longest waiting first, under a lease."""

    async def claim_doubts(self, *, now: datetime, platforms: Set[str], limit: int) -> list[Letter]:
        """Take letters in doubt under a lease, to find out; they stay in doubt."""

    async def settle(self, changes: Sequence[Change], *, now: datetime) -> list[bool]:
        """Write next states in one commit; False where the lease was lost and nothing was written."""

    async def sweep(
        self, *, now: datetime, mine: Set[str], platforms: Set[str] | None = None, orphaned: bool = False
    ) -> Mapping[str, int]:
        """Give up leases that ran out, except those in `mine`; expire what is too late.

        All platforms are swept if none are named.

        `orphaned` says that nobody else is alive to hold a lease, so that none has to run out first.

        A letter that was claimed but not composed cannot have left: it is ready again. A composed
        one is in doubt. Returns how many, by what happened to them.
        """

    async def moment(self, *, platforms: Set[str]) -> datetime | None:
        """The next instant at which something is due or waits to be sent, UTC."""

    async def standing(self) -> Mapping[State, int]:
        """How many letters stand in each state that is not final, and how many are dead."""

    async def purge(self, *, before: datetime) -> int:
        """Delete letters and handled inbound events from before an instant; how many."""


class HandedOver(Protocol):
    """Letters on their way to workers in other processes."""

    async def hand_over(self, *, now: datetime, platforms: Set[str], limit: int) -> list[Call]:
        """Letters whose time has come and for which no worker was called yet."""

    async def handed_over(self, letters: Sequence[Call]) -> None:
        """Workers were called for these."""

    async def claim_handed_over(self, key: str, *, claims: int, now: datetime) -> Letter | None:
        """Claim one letter as it was handed over; None if it is not ready any more."""


class Timetables(Protocol):
    """The timetables of everybody, looked after now and then."""

    async def retime(
        self, *, now: datetime, after: tuple[str, str], limit: int
    ) -> tuple[tuple[str, str] | None, int]:
        """Look at rows beyond a subject and kind: where to go on (None at the end), how many were mended.

        Mended is a next time that new zone data moved, and a parked row that can be read again.
        """

    async def unscheduled(self, *, after: str, limit: int) -> Sequence[tuple[str, Sender]]:
        """People beyond an id who are set up and have no slot at all, as after an upgrade, by id."""

    async def newer(self) -> int:
        """Rows that only a newer program understands."""


class Courier(Protocol):
    """Brings letters and posts to one platform. It never retries by itself, and never raises for a failed sending."""

    @property
    def platform(self) -> str:
        """The platform, as in `Sender.platform`."""

    @property
    def dedup_window(self) -> timedelta:
        """How long the platform takes a second sending of the same key for the first; zero if never."""

    @property
    def changes(self) -> bool:
        """Whether a message can become another once it is there."""

    def bucket(self, to: Destination) -> Bucket | None:
        """The bucket that a message there draws from; None where there is no limit."""

    async def send(self, to: Destination, message: Message, *, key: str) -> Outcome:
        """Bring one message; the key lets the platform, or a later look, recognise it."""

    async def change(self, to: Destination, receipt: str, message: Message) -> Outcome:
        """Let the message of this receipt become this one, without a sound and without files.

        Doing it again does no harm. Rejected where that message is gone, or where none can be changed.
        """

    async def look_up(self, to: Destination, *, key: str, since: datetime) -> Sent | Lookup:
        """Whether the platform has a message of this key, sent at or after an instant."""


class Limiter(Protocol):
    """Holds every sender of a bucket, on however many machines, to the bucket's pace."""

    async def reserve(self, bucket: Bucket) -> float:
        """Take the next place; how many seconds from now it is."""

    async def hold(self, bucket: Bucket, seconds: float) -> None:
        """Give out no place for that long: the platform said so."""


class Observer(Protocol):
    """Somebody who counts. Never told who or what."""

    def ticked(self, found: Ticked) -> None:
        """A tick was made."""

    def settled(self, kind: str, state: State, lag: float) -> None:
        """A letter of this kind reached a state, so many seconds after it was due."""

    def skipped(self, reason: str) -> None:
        """Something could not be handled and was passed over."""


class Dispatcher(Protocol):
    """Hands letters whose time has come to those who deliver them."""

    async def dispatch(self) -> int:
        """Hand over what is ready now; how many."""

    async def sweep(self) -> None:
        """Take back what a dead sender held, resolve doubts, expire what is too late."""

    async def purge(self) -> int:
        """Forget what was handed over long ago; how many."""

    async def stop(self, seconds: float) -> None:
        """Take nothing new, and give what is under way that long to finish."""
