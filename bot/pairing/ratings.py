"""What both say about a mock interview afterwards, on the same five rows, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from bot.chat.form import Form, FormField, Unclear


class Side(StrEnum):
    """Who of the two."""

    CANDIDATE = "candidate"
    INTERVIEWER = "interviewer"


class Rate(IntEnum):
    """How far something came across."""

    NOT_YET = 1
    PARTLY = 2
    MOSTLY = 3
    WELL = 4

    @property
    def word(self) -> str:
        """As people read it."""
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is rated: its name, and the question about it."""

    id: str
    name: str
    asks: str


Rates = Mapping[str, Rate]
"""By row id; what somebody could not tell is missing."""

INTERVIEW: tuple[Row, ...] = (
    Row("asked", "asking first", "Was the task understood before it was solved?"),
    Row("thread", "a clear thread", "Was there an order that could be followed?"),
    Row("substance", "substance", "Was it right, and as deep as the task asked?"),
    Row("aloud", "thinking aloud", "Were choices said with their reasons?"),
    Row("close", "checking and closing", "Was it checked, and closed in a sentence?"),
)
"""About the candidate's part."""

INTERVIEWING: tuple[Row, ...] = (
    Row("start", "a clear start", "Was it clear how it would go, and what the task was?"),
    Row("room", "room to think", "Was there silence to think in?"),
    Row("hints", "hints that turn", "Did hints point somewhere, without the answer?"),
    Row("time", "the time", "Was the clock kept, with five minutes left for feedback?"),
    Row("feedback", "feedback", "Was there one thing that landed and one to change, each with an example?"),
)
"""About the interviewer's part."""

CANNOT_TELL = "cannot tell"
_ANSWERS = (*((r.word, r.word) for r in reversed(Rate)), (CANNOT_TELL, CANNOT_TELL))
"""Words and no numbers, so that a typed number counts through what is on show."""
_RATES = {r.word: r for r in Rate}


@dataclass(frozen=True, slots=True)
class Gap:
    """How two views of the same part lie to one another."""

    alike: tuple[Row, ...]
    """Rows that both rated the same."""
    widest: Row | None
    """The row on which they differ most, the first one of several; None if they differ on none."""
    own: Rate | None = None
    """What the reader said on it."""
    partners: Rate | None = None
    """What the partner said on it."""

    @property
    def compared(self) -> bool:
        """Whether there is any row that both rated."""
        return bool(self.alike) or self.widest is not None


def gap(rows: tuple[Row, ...], own: Rates, partners: Rates) -> Gap:
    """Where the two agree and where they differ most, from the side of whoever said `own`."""
    both = [r for r in rows if r.id in own and r.id in partners]
    alike = tuple(r for r in both if own[r.id] == partners[r.id])
    widest = max(both, key=lambda r: abs(own[r.id] - partners[r.id]), default=None)
    if widest is None or widest in alike:
        return Gap(alike, None)
    return Gap(alike, widest, own[widest.id], partners[widest.id])


def form(form_id: str, title: str, rows: tuple[Row, ...]) -> Form:
    """The rows as one form; the same for both sides."""
    return Form(
        form_id,
        title,
        tuple(FormField(r.id, r.asks, _read, options=_ANSWERS, default=CANNOT_TELL) for r in rows),
    )


def rates(values: Mapping[str, str]) -> Rates:
    """What a form brought, without the rows that somebody could not tell."""
    return {name: _RATES[value] for name, value in values.items() if value != CANNOT_TELL}


def _read(typed: str, today: date) -> str:
    words = typed.strip().casefold()
    if words in _RATES or words == CANNOT_TELL:
        return words
    raise Unclear("I did not get that. Say *well*, *mostly*, *partly*, *not yet* or *cannot tell*.")
