"""Circles that live for half a year, with people who are away, tired and free at odd hours, by a seeded chance."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

from unit.pairing.circle_floor import Directed, fewest_repeats

from bot.drills.formats import Format
from bot.pairing.matching import match
from bot.pairing.model import Battery, Earlier, Free, Matched, Pair, Window, Wish
from bot.pairing.overlap import AN_HOUR, shared, starts, usable

FIRST = date(2027, 1, 4)
WEEKS = 26
"""From January on, so that clocks change in them, on different Sundays on both sides of the Atlantic."""
ZONES = (
    ("Europe/Berlin",) * 5 + ("Europe/London",) * 3 + ("America/New_York",) * 2 + ("Asia/Kolkata",)
)  # most people share an evening; some do not
TRACKS = ("staff_backend", "ml_engineer", "sre")
FORMATS = (Format.ROUND, Format.DESIGN, Format.CASE, Format.EXPLAIN, Format.CLARIFY, Format.INCIDENT)
AWAY, TIGHT, WILL_NOT_ASK = 0.15, 0.15, 0.1
"""Shares: of weeks somebody skips, of people with hardly any free hour, of people who only answer."""


@dataclass(slots=True)
class Lived:
    """What came of the weeks."""

    people: int
    meetings: int = 0
    trios: int = 0
    contacts: int = 0
    """Pairs that met, a trio being three."""
    repeats: int = 0
    floor: int = 0
    """Repetitions that nobody could have avoided, see `circle_floor`."""
    alone: int = 0
    twice_alone: int = 0
    """Left out although she was left out when she asked before, and somebody else asked."""
    no_hour: int = 0
    """Meetings without an hour in common."""
    hours: float = 0
    """Mean that two have in common, over pairs that met."""
    both_low: int = 0
    seconds: float = 0
    matched: list[Matched] = field(default_factory=list)

    @property
    def above(self) -> float:
        """Repetitions above what could not be avoided, as a share of all pairs that met."""
        return max(self.repeats - self.floor, 0) / max(self.contacts, 1)


def window(week: date) -> Window:
    """Monday to Monday, UTC."""
    begins = datetime(week.year, week.month, week.day, tzinfo=UTC)
    return Window(begins, begins + timedelta(days=7))


def person(chance: random.Random, number: int, tight: float = TIGHT) -> Wish:
    """Somebody with evenings and parts of weekends; the tight have one short evening and two hours at a weekend."""
    short = chance.random() < tight
    evenings = chance.sample(range(5), 1 if short else chance.randint(2, 5))
    weekend = chance.sample((5, 6), 1 if short else chance.randint(1, 2))
    free = [
        _free(chance, day, (1050, 1080, 1110, 1140), (90, 120) if short else (120, 180, 240))
        for day in evenings
    ]
    free += [
        _free(chance, day, (540, 600, 660, 780), (120,) if short else (180, 240, 360, 480)) for day in weekend
    ]
    return Wish(
        f"p{number:04}",
        tuple(chance.sample(FORMATS, chance.randint(0, 3))),
        chance.randint(1, 5),
        chance.choice(TRACKS),
        chance.choice(ZONES),
        tuple(free),
        interviews=chance.random() >= WILL_NOT_ASK,
    )


def _free(chance: random.Random, day: int, starts: Sequence[int], lengths: Sequence[int]) -> Free:
    start = chance.choice(starts)
    return Free(day, start, min(start + chance.choice(lengths), 22 * 60))


def live(people: int, seed: int, *, weeks: int = WEEKS, tight: float = TIGHT) -> Lived:
    """All weeks of one circle."""
    chance = random.Random(seed)
    circle = [person(chance, n, tight) for n in range(people)]
    lived, earlier = Lived(people), list[Earlier]()
    met, could = Counter[str](), Counter[Directed]()
    owed, seen = frozenset[str](), set[Pair]()
    for number in range(weeks):
        week = FIRST + timedelta(weeks=number)
        wishes = [_this_week(wish, chance) for wish in circle if chance.random() >= AWAY]
        found = match(wishes, week=week, window=window(week), earlier=earlier, left_out=owed)
        _counted(lived, found, wishes, owed, seen)
        _possible(wishes, found, week, could)
        for each in found.meetings:
            earlier.append(Earlier(week, each.people))
            met.update(p for pair in each.pairs for p in pair)
        asked = {wish.person for wish in wishes}
        owed = (owed - asked) | found.left_out
    lived.floor = fewest_repeats(met, could, seen)
    lived.hours = lived.hours / max(lived.meetings, 1)
    return lived


def _this_week(wish: Wish, chance: random.Random) -> Wish:

    return replace(wish, battery=chance.choices(list(Battery), (2, 5, 3))[0])


def _counted(lived: Lived, found: Matched, wishes: list[Wish], owed: frozenset[str], seen: set[Pair]) -> None:
    low = {wish.person for wish in wishes if wish.battery == Battery.LOW}
    lived.matched.append(found)
    lived.alone += len(found.alone)
    lived.twice_alone += len(found.left_out & owed) if len(wishes) > 1 else 0
    for each in found.meetings:
        lived.meetings += 1
        lived.trios += len(each.people) == 3
        lived.no_hour += each.shared < timedelta(hours=1)
        lived.hours += each.shared / timedelta(hours=1)
        lived.both_low += len(each.people) == 2 and set(each.people) <= low
        for pair in each.pairs:
            lived.contacts += 1
            lived.repeats += pair in seen
            seen.add(pair)


def _possible(wishes: list[Wish], found: Matched, week: date, could: Counter[Directed]) -> None:
    """Count the week for each two who could have met in it, or did."""
    masks = {wish.person: usable(wish, window(week)) for wish in wishes}
    met = {pair for each in found.meetings for pair in each.pairs}
    for a, b in combinations(wishes, 2):
        hour = starts(shared((masks[a.person], masks[b.person])), AN_HOUR)
        if (hour and (a.interviews or b.interviews)) or frozenset((a.person, b.person)) in met:
            could[a.person, b.person] += 1
            could[b.person, a.person] += 1
