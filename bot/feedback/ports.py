"""What a second opinion needs from outside: somebody who gives it, the rows that wait for it, and a purse."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.chat.inbound import Sender
from bot.drills.consequence import Stood
from bot.drills.model import Point
from bot.feedback.model import Finding


@dataclass(frozen=True, slots=True)
class Question:
    """All that a second reviewer is shown: nothing about who answered, when, where or in what mood."""

    task: str
    rubric: tuple[Point, ...]
    """The points that rest on words alone."""
    model_answer: str
    answer: str
    """What she typed, as it stands. It is data, whatever it says."""


class Why(StrEnum):
    """Why there is no second opinion."""

    BUSY = "busy"
    LATE = "late"
    REFUSED = "refused"
    NONSENSE = "nonsense"
    SPENT = "spent"
    TOO_LONG = "too long"
    FAULT = "fault"
    """Something at the host's: a key that is not taken, a model that is gone, a request that was not understood."""


@dataclass(frozen=True, slots=True)
class ModelReview:
    """What the second reviewer found: a finding for each point of the question, in its order."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Declined:
    """There is none; the offline review stands."""

    reason: Why


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one question, and what it cost."""

    review: ModelReview | Declined
    cost: int | None
    """Millionths of a US dollar; None if nobody can tell, as when the answer never came."""


Seen = Callable[[tuple[Finding, ...]], None]
"""Told what stands up of a reply so far, each time there is more of it."""


def unseen(_: tuple[Finding, ...]) -> None:
    """Nobody looks."""


class Reviewer(Protocol):
    """Somebody outside who looks at an answer. Never raises for what can go wrong out there, never takes long."""

    @property
    def name(self) -> str:
        """The model."""

    def most(self, question: Question) -> int | None:
        """The most that asking can cost, in millionths of a US dollar; None if it is too long to be asked."""

    async def review(self, question: Question, seen: Seen = unseen) -> Reply:
        """Ask once; `seen` may be told of points while the rest is still coming."""

    async def close(self) -> None:
        """Close what is open."""


class Standing(StrEnum):
    """How far an asked second opinion has come."""

    WAITING = "waiting"
    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """Nothing was sent, or what came back is not told: she changed her mind, or practice rests."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended, kept encrypted beside the sitting it is about."""

    standing: Standing
    findings: tuple[Finding, ...] = ()
    why: Why | None = None
    score: float | None = None
    """What both gradings together come to, 0-1."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A second opinion that waits, claimed under a lease."""

    sitting: str
    to: Sender
    person: str
    """Her id in the purse; it goes nowhere else."""
    tries: int
    """This one included; who holds an older number has been overtaken."""


class Opinions(Protocol):
    """The second opinions of the one person a turn is about."""

    async def ask(self, sitting: str, stood: Stood | None = None, *, now: datetime) -> None:
        """Let one be given about a sitting, once; how memory and skill stood around it is kept until then."""

    async def stood(self, sitting: str) -> Stood | None:
        """How they stood around a sitting that waits for one; None if nobody kept that."""

    async def withdraw(self) -> None:
        """Nothing that waits is sent any more."""

    async def close(self, asked: Asked, outcome: Outcome) -> bool:
        """Keep how it ended; False, and nothing is changed, if it ended before or somebody else is at it."""


class Waiting(Protocol):
    """The second opinions of everybody that nobody has given yet."""

    async def claim(self, *, limit: int) -> Sequence[Asked]:
        """The longest waiting, for ninety seconds."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whose money: one line of the purse on one day."""

    scope: str
    """person, group or all."""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """What stands in one line, in millionths of a US dollar."""

    settled: int = 0
    reserved: int = 0


class Purse(Protocol):
    """What second opinions cost, by UTC day. Amounts are millionths of a US dollar.

    What was reserved and never settled, because a process died, stays reserved until the day is over.
    """

    async def reserve(self, caps: Mapping[Account, int], amount: int, *, day: date) -> bool:
        """Take the amount out of every account, or out of none if one would go over its cap."""

    async def settle(self, accounts: Sequence[Account], reserved: int, cost: int, *, day: date) -> None:
        """Put what it did cost in the place of what was reserved."""

    async def spent(self, account: Account, *, day: date) -> Spent:
        """What one account stands at."""
