"""What counts of what people say about a meeting: for reliability, for company that is owed, for ratings.

Each is believed about herself, whatever the others say: who says that they met has practised and may rate, who says
that she waited came, and is owed company. About somebody else she is believed only while that one has said nothing, and
to her harm only where nobody speaks against it. So contradictions need not be settled, and nobody is accused.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.pairing.arranged import Arranged, Met, Seat, Stage
from bot.pairing.model import Person
from bot.pairing.reliability import Kept, Outcome
from bot.pairing.rematch import AWAY

_OWN_WORD = {
    Met.YES: Outcome.MET,
    Met.WAITED: Outcome.WAITED,
    Met.OFF: Outcome.DECLINED,
    Met.MINE: Outcome.NO_SHOW,
    Met.NO: None,
}
_MISSED = frozenset({Met.WAITED, Met.MINE})
"""What is said where somebody did not come, and nothing else was agreed on."""


def outcome_of(meeting: Arranged, seat: Seat) -> Outcome | None:
    """What became of an agreed meeting for the one on a seat; None where nothing counts."""
    if meeting.begins is None:
        return None
    if seat.reply in AWAY:
        return Outcome.DECLINED
    if meeting.stage is not Stage.AGREED:
        return None
    if seat.met is not Met.UNSAID:
        return _OWN_WORD[seat.met]
    others = {other.met for other in meeting.others(seat.person)} - {Met.UNSAID}
    if Met.YES in others:
        return Outcome.MET
    return Outcome.NO_SHOW if Met.WAITED in others and others <= _MISSED else None


def people_met(meeting: Arranged) -> tuple[Person, ...]:
    """Those who took part, in the order of their seats."""
    return tuple(s.person for s in meeting.seats if outcome_of(meeting, s) is Outcome.MET)


def may_rate(meeting: Arranged, seat: Seat, now: datetime) -> bool:
    """Whether she says that they met."""
    return meeting.stage is Stage.AGREED and meeting.has_begun(now) and seat.met is Met.YES


def history_of(person: Person, meetings: Iterable[Arranged]) -> list[Kept]:
    """How her agreed meetings went."""
    hers = [(m, s) for m in meetings if (s := m.seat_of(person))]
    return [Kept((m.begins or m.told).date(), found) for m, s in hers if (found := outcome_of(m, s))]
