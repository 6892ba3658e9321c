"""What the circle needs from outside. Nothing of a member's days, mood, skill or minutes can be read through it."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from datetime import datetime
from typing import Protocol

from bot.chat.inbound import Channel
from bot.chat.message import Message
from bot.circle.group_ports import GroupDrills, Pulses
from bot.circle.model import (
    Act,
    Binding,
    Circle,
    CircleLetter,
    Deed,
    Left,
    Member,
    Post,
    Settings,
    Settled,
    Times,
)
from bot.circle.news_ports import Notices, Offers, Recaps, Rhythms
from bot.delivery.model import Occurrence
from bot.pairing.ports import Pairs


class StaleCircle(Exception):
    """Somebody else changed the circle since it was read; nothing was saved."""


class Circles(Protocol):
    """Circles, inside one transaction. Whatever changes a circle waits for whoever else changes it."""

    @property
    def me(self) -> str:
        """The person the transaction is about; empty where it is about a circle alone."""

    @property
    def notices(self) -> Notices:
        """What people tell and ask there."""

    @property
    def offers(self) -> Offers:
        """Drills that members offer."""

    @property
    def rhythms(self) -> Rhythms:
        """The board of days in rhythm."""

    @property
    def recaps(self) -> Recaps:
        """What was done, by week."""

    @property
    def group(self) -> GroupDrills:
        """The drills of its days, and what members answered."""

    @property
    def pulses(self) -> Pulses:
        """Its weeks' pulse."""

    async def mine(self) -> Sequence[Circle]:
        """The circles she belongs to, the oldest membership first."""

    async def at(self, channel: Channel) -> Circle | None:
        """The circle of a channel."""

    async def circle(self, circle_id: str) -> Circle | None:
        """A circle by its id, also one that has ended; None if there never was one, or it is forgotten."""

    async def create(self, circle: Circle, channel: Channel, name: str, *, now: datetime) -> bool:
        """Begin one in a channel, with her as its admin of that name; False if the channel has one."""

    async def save(self, circle: Circle) -> None:
        """Keep name and settings. Raises StaleCircle if its version is not the one that is kept."""

    async def keep_times(
        self, circle_id: str, settings: Settings, times: Sequence[Times], *, now: datetime
    ) -> None:
        """Let these be the circle's times, and no others; one that did not change keeps its next instant.

        One that is moved to before now is due at once where its day was still to come.
        """

    async def bindings(self, circle_id: str) -> Sequence[Binding]:
        """Its channels."""

    async def bind(self, circle_id: str, channel: Channel) -> bool:
        """Let a channel be one of its; False if it belongs to a circle already."""

    async def sleep(self, channel: Channel, why: str) -> bool:
        """Post nothing there until `wake`; whether it was awake until now."""

    async def wake(self, channel: Channel) -> bool:
        """Something was heard from there, so post again; whether it slept."""

    async def hold(self, circle_id: str) -> None:
        """Let nobody else change the circle until this transaction ends: what is read from here on stays true."""

    async def member(self, circle_id: str, person_id: str) -> Member | None:
        """Somebody as a member, if she is one."""

    async def members(self, circle_id: str) -> Sequence[Member]:
        """All of them, the longest there first."""

    async def count(self, circle_id: str) -> int:
        """How many they are."""

    async def join(self, circle_id: str, person_id: str, name: str, *, now: datetime) -> bool:
        """Make her a member; False if the circle has ended or is full. Joining twice changes nothing."""

    async def leave(self, circle_id: str, person_id: str, *, now: datetime) -> Left:
        """Take her out, with all that the circle keeps of her and every letter of its that waits for her.

        Every post that shows anything of her is composed anew. Where nobody is left the circle ends; where no
        admin is left the longest member becomes one, is told so, and the log says it.
        """

    async def change_member(
        self, circle_id: str, person_id: str, change: Callable[[Member], Member]
    ) -> Member | None:
        """Let a member be what this makes of her name, her opt-ins, and whether she is an admin.

        It is given how she is while nobody else can change the circle. None, and nothing is kept, if
        she is no member any more.
        """

    async def note(
        self,
        circle_id: str,
        person_id: str,
        deed: Deed,
        *,
        now: datetime,
        detail: str = "",
        whom: str = "",
        drill_id: str = "",
    ) -> None:
        """An admin did something, to somebody or with an offered drill; members can read it."""

    async def acts(self, circle_id: str, *, limit: int, before: int | None = None) -> Sequence[Act]:
        """What admins did, the newest first; only what was done before the act of that place, if one is named."""

    async def offer(self, circle_id: str, *, now: datetime) -> str:
        """Make a code that binds a channel, good for ten minutes and once; the one before is good no more."""

    async def offered(self, digest: str, *, now: datetime) -> str | None:
        """The id of the circle behind a code's digest; None if it is used, over, or never was."""

    async def use_up(self, circle_id: str) -> None:
        """Its code is good no more."""

    async def want(self, circle_id: str, kind: str, about: str = "") -> None:
        """Let a post of this kind stand in each of its channels, and be composed anew where it stands already."""

    async def want_in(self, circle_id: str, kind: str, about: str, channel: Channel) -> None:
        """As `want`, in one place alone, which need not be a channel of the circle."""

    async def renew(self, circle_id: str, kind: str, about: str = "") -> None:
        """Let a post be composed anew where it stands, or is to stand; no other channel gets it."""

    async def renew_naming(self, circle_id: str, person_id: str) -> None:
        """Let the posts be composed anew that may say somebody's name."""

    async def renew_arranged(self, circle_id: str) -> None:
        """Let the posts be composed anew that tell how the circle is arranged."""

    async def renew_drill(self, circle_id: str, drill_id: str) -> None:
        """Let the posts of the days be composed anew that had this drill."""

    async def post_again(self, circle_id: str) -> int:
        """Post anew what nobody knows whether it was posted; how many."""

    async def tell(
        self, circle_id: str, person_id: str, message: Message, *, about: str, now: datetime, of: str = ""
    ) -> None:
        """Let a letter to one member leave by itself, once for what it is about, while she is one.

        One that speaks `of` a member, by her id, is taken back when that one leaves.
        """

    async def tell_all(self, circle_id: str, letters: Sequence[CircleLetter], *, now: datetime) -> None:
        """As `tell`, to many members in few statements."""


class CircleWork(Protocol):
    """One transaction about a circle, with no person. Nobody else changes the circle meanwhile."""

    @property
    def circle(self) -> Circle | None:
        """As it is now; None if it is not known any more."""

    @property
    def circles(self) -> Circles:
        """Everything of it."""

    @property
    def pairs(self) -> Pairs:
        """Who asked for company, and who meets whom."""

    async def wanted(self, post: Post) -> int:
        """The number that a post is to show; zero if it is gone."""

    async def take(self, kind: str, *, now: datetime) -> Occurrence | None:
        """Move a due time of the circle to its next instant: the newest occurrence, None if it is not due."""

    async def tell(self, person_id: str, message: Message, *, about: str, now: datetime) -> None:
        """Let a letter to one member leave by itself, once for what it is about."""


class Posts(Protocol):
    """The posts and times of all circles. Leases run on the database's own clock."""

    async def claim(self, *, now: datetime, platforms: Set[str], limit: int) -> Sequence[Post]:
        """Take posts that do not show what is wanted under a lease: of each channel that is awake the first one.

        While one is under way no other of its channel is taken. New posts come first, in their order; then changes,
        those of the newest posts first.
        """

    async def settle(self, settled: Settled) -> bool:
        """Write a next state; False where the lease was lost, and nothing was written."""

    async def due(self, *, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
        """Circle and kind of times that have come."""

    async def overdue(self, *, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
        """Circle and id of open calls for company whose time is over."""

    async def moment(self) -> datetime | None:
        """The next instant at which a circle's time comes, or a call for company ends, UTC."""

    async def living(self, *, after: str, limit: int) -> Sequence[str]:
        """Ids of circles beyond one, by id."""

    async def purge(self, *, now: datetime) -> int:
        """Forget circles that have ended, once their posts say so, and what limits count no more; how many rows."""
