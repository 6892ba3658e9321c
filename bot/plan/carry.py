"""What becomes of time that was missed: heavy areas move on, light ones give way first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.plan.model import Dropped, Phase
from bot.plan.shares import STEP, added, shares, whole, whole_up

PASSED = "That time went by; the heavier areas come first."
FULL_WEEK = "The days left this week are full; interviews and heavier areas come first."
GAVE_WAY = "It makes room for the heavier areas, which had less time than planned."
NO_ROOM = "The weeks ahead are full; they still hold this area's own minutes."
OVER = "The plan has no days left."


@dataclass(frozen=True, slots=True)
class Draft:
    """A week in the making."""

    number: int
    starts: date
    phase: Phase
    ahead: Mapping[str, int]
    """Minutes by area that are still to come."""
    done: Mapping[str, int] = field(default_factory=dict)
    room: Mapping[str, int] = field(default_factory=dict)
    """Minutes still to come of light areas that may give way."""
    quiet: float = 0.0
    """Share of the minutes on days close before an interview."""

    @property
    def topics(self) -> dict[str, int]:
        """Minutes by area, done and to come."""
        return added((self.done, self.ahead))


@dataclass(frozen=True, slots=True)
class Fitted:
    """What of a week fits into the days left, and what does not, by area."""

    ahead: dict[str, int]
    missed: dict[str, int]


def fit_week(
    planned: Mapping[str, int], done: Mapping[str, int], capacity: int, order: Sequence[Collection[str]]
) -> Fitted:
    """Fill the days left of a week: the areas of the first group, of the next, then all others.

    `capacity` is whole fives. What misses by less than five minutes counts as fitting.
    """
    needs = {a: m - done.get(a, 0) for a, m in planned.items() if m > done.get(a, 0)}
    ahead: dict[str, int] = {}
    for group in (*order, needs):
        asked = {a: float(n) for a, n in needs.items() if a in group and a not in ahead}
        minutes = min(whole_up(sum(asked.values())), capacity)
        ahead |= shares(minutes, asked)
        capacity -= minutes if asked else 0
    missed = {a: whole(n - ahead[a]) for a, n in needs.items()}
    return Fitted(added((ahead,)), {a: m for a, m in missed.items() if m > 0})


def missed_minutes(planned: Iterable[Mapping[str, int]], done: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Minutes by area that past weeks asked above what was done in them, in whole fives."""
    asked, did = added(planned), added(done)
    return {a: whole_up(m - did.get(a, 0)) for a, m in asked.items() if m > did.get(a, 0)}


def place(drafts: Sequence[Draft], debts: Mapping[str, int]) -> tuple[list[Draft], list[Dropped]]:
    """Put missed heavy minutes where light ones can give way, the same share in every week ahead.

    Nothing is piled up: no week grows. What finds no room is returned with the reason.
    """
    rooms = {n: float(sum(d.room.values())) for n, d in enumerate(drafts)}
    total = min(sum(debts.values()), whole(sum(rooms.values())))
    given = shares(total, rooms) if total else {}
    left, moved, gone = dict(debts), [], list[Mapping[str, int]]()
    for number, draft in enumerate(drafts):
        minutes = given.get(number, 0)
        if minutes == 0:
            moved.append(draft)
            continue
        gain = shares(minutes, {a: float(m) for a, m in left.items()})
        loss = shares(minutes, {a: float(m) for a, m in draft.room.items()})
        left = {a: m - gain[a] for a, m in left.items()}
        gone.append(loss)
        after = {a: draft.ahead.get(a, 0) - loss.get(a, 0) for a in draft.ahead}
        room = {a: m - loss[a] for a, m in draft.room.items()}
        moved.append(replace(draft, ahead=added((after, gain)), room=room))
    why = NO_ROOM if any(d.ahead for d in drafts) else OVER
    return moved, [*dropped(added(gone), GAVE_WAY), *dropped(left, why)]


def keep_heavy(drafts: Sequence[Draft], heavy: Sequence[str]) -> list[Draft]:
    """Give each heavy area that the whole plan leaves out five minutes of the week with most to spare."""
    found = list(drafts)
    for area in heavy:
        totals = added(d.topics for d in found)
        if totals.get(area, 0) > 0:
            continue
        spare = [
            (a not in heavy, m, -n, a)
            for n, d in enumerate(found)
            for a, m in d.ahead.items()
            if m >= STEP and (a not in heavy or totals[a] > STEP)
        ]
        if not spare:
            continue
        _, _, negative, donor = max(spare)
        week = found[-negative]
        ahead = added(({**week.ahead, donor: week.ahead[donor] - STEP}, {area: STEP}))
        found[-negative] = replace(week, ahead=ahead)
    return found


def dropped(minutes: Mapping[str, int], why: str) -> list[Dropped]:
    """One entry for each area with minutes, most minutes first."""
    ranked = sorted(minutes.items(), key=lambda p: (-p[1], p[0]))
    return [Dropped(area, m, why) for area, m in ranked if m > 0]
