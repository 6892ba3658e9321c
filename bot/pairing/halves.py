"""Whose turn is what in a meeting, and how long it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.drills.formats import Format
from bot.pairing.model import QUARTER, Battery, Half, Meeting, Wish
from bot.pairing.overlap import duration, starts

GENTLE = (Format.EXPLAIN, Format.CLARIFY, Format.REDIRECT)
"""Formats that do a tired person good: talking, a quarter of an hour, no clock to beat."""
UNSAID = Format.CLARIFY
"""For people who named no format."""
Timing = tuple[int, int]
"""Minutes of a half, minutes of the meeting."""
SHORT: Mapping[int, Timing] = {0: (0, 60), 1: (30, 60), 2: (30, 60), 3: (20, 60)}
LONG: Mapping[int, Timing] = {0: (0, 60), 1: (45, 60), 2: (45, 90), 3: (30, 90)}
"""By how many halves there are."""


def meeting(wishes: Sequence[Wish], mask: int) -> Meeting:
    """A pair or a trio with its halves; `mask` is what they all have free, if there is an hour in one piece.

    If one battery is low, all halves are gentle and short, as they also are where no longer piece is free: a meeting
    does not point at anybody.
    """
    together = sorted(wishes, key=lambda wish: wish.person)
    gentle = any(wish.battery == Battery.LOW for wish in together)
    asked = [(wish, _interviewer(wish, together)) for wish in together]
    turns = [(wish, other) for wish, other in asked if other]
    half, whole = _timing(len(turns), mask, gentle)
    halves = tuple(Half(w.person, o.person, _format(w, together, gentle), half) for w, o in turns)
    return Meeting(tuple(w.person for w in together), halves, timedelta(minutes=whole), duration(mask))


def _timing(halves: int, mask: int, gentle: bool) -> Timing:
    quarters = timedelta(minutes=LONG[halves][1]) // QUARTER
    return LONG[halves] if not gentle and starts(mask, quarters) else SHORT[halves]


def _interviewer(candidate: Wish, together: Sequence[Wish]) -> Wish | None:
    """Who asks her: the next in the round who will; in a trio, nobody asks twice while another could."""
    place = together.index(candidate)
    following = [*together[place + 1 :], *together[:place]]
    return next((wish for wish in following if wish.interviews), None)


def _format(candidate: Wish, together: Sequence[Wish], gentle: bool) -> Format:
    """What she practises: her dearest wish that the others share, else her own, else what another would like."""
    others = [wish for wish in together if wish is not candidate]
    own = candidate.formats or tuple(f for wish in others for f in wish.formats)
    with_all = [f for f in own if all(not wish.formats or f in wish.formats for wish in others)]
    wanted = [*with_all, *own]
    if gentle:
        return next((f for f in wanted if f in GENTLE), GENTLE[0])
    return next(iter(wanted), UNSAID)
