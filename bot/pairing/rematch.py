"""When a meeting falls through: a second matching, once, among those who still want company this week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.pairing.halves import meeting
from bot.pairing.matching import match
from bot.pairing.model import Earlier, Matched, Meeting, Pair, Person, Window, Wish
from bot.pairing.overlap import AN_HOUR, shared, starts, usable


class Reply(StrEnum):
    """What somebody answered to her meeting."""

    YES = "yes"
    NOT_HER_TIMES = "not_her_times"
    """None of the times suits; she would still like to practise."""
    DECLINED = "declined"
    """Not this week."""
    TOO_TIRED = "too_tired"
    """Not this week either; it counts as rest, and costs nothing."""
    SILENT = "silent"
    """No answer by the time it was needed; nothing is held against her."""


AWAY = frozenset({Reply.DECLINED, Reply.TOO_TIRED, Reply.SILENT})
"""They are left in peace this week."""


@dataclass(frozen=True, slots=True)
class Rematched:
    """What stands after the replies."""

    kept: tuple[Meeting, ...]
    """Everybody in them said yes; a trio that one person left goes on as a pair."""
    anew: Matched
    """For those whose meeting fell through and who still want one."""
    resting: frozenset[Person]
    """Who asked to be left in peace, or did not answer. They do not count as left out."""


def rematch(
    matched: Matched,
    replies: Mapping[Person, Reply],
    wishes: Iterable[Wish],
    *,
    week: date,
    window: Window,
    earlier: Iterable[Earlier] = (),
    left_out: frozenset[Person] = frozenset(),
    barred: frozenset[Pair] = frozenset(),
) -> Rematched:
    """Keep what stands and match the rest again, never the same two who were just put together.

    Who is missing in `replies` has not answered. Wishes are those of the first matching, or newer ones; somebody
    without one is left in peace. `window` is what is left of the week; a meeting that was kept has its hours there.
    `barred` are further pairs that this week has seen already.
    """
    by_person = {wish.person: wish for wish in wishes}
    kept: list[Meeting] = []
    free = {a.person for a in matched.alone if replies.get(a.person) not in AWAY}
    for each in matched.meetings:
        said = {person: replies.get(person, Reply.SILENT) for person in each.people}
        agreed = [by_person[p] for p in each.people if said[p] is Reply.YES and p in by_person]
        if len(agreed) >= 2:
            kept.append(each if len(agreed) == len(each.people) else _pair(agreed, window))
        else:
            free |= {wish.person for wish in agreed}
        free |= {p for p, reply in said.items() if reply is Reply.NOT_HER_TIMES}
    free &= by_person.keys()
    anew = match(
        [by_person[p] for p in free],
        week=week,
        window=window,
        earlier=earlier,
        left_out=left_out | {a.person for a in matched.alone},
        barred=barred | _just_together(matched),
    )
    everybody = {p for m in matched.meetings for p in m.people} | {a.person for a in matched.alone}
    standing = {p for m in kept for p in m.people}
    return Rematched(tuple(kept), anew, frozenset(everybody - free - standing))


def _just_together(matched: Matched) -> frozenset[Pair]:
    return frozenset(pair for each in matched.meetings for pair in each.pairs)


def _pair(wishes: list[Wish], window: Window) -> Meeting:
    """The two whom the third left."""
    mask = shared(usable(wish, window) for wish in wishes)
    return meeting(wishes, mask if starts(mask, AN_HOUR) else 0)
