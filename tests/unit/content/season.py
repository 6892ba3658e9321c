"""A whole plan lived day by day with the real bank: what is chosen, how it goes by a seeded chance, what memory keeps."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.content.bank import Bank
from bot.drills.choose import choose
from bot.drills.memory import desired_retention, review
from bot.drills.model import Card, Chosen, Listed, Practised, Skill
from bot.drills.rubric import rating
from bot.drills.skill import difficulty_logit, learned, prior, probability
from bot.pace.model import Calendar, Checkin, Kind, Morning
from bot.pace.policy import begin_day, decide, end_day, first_day
from bot.profile.model import Profile
from bot.profile.tracks import Track

STARTS = date(2026, 11, 23)
WEEKLY, LONGEST = 600, 90
"""Ten hours a week and an hour and a half a day, as the measurements of pacing take them."""
MINUTES_ASKED = 10
"""From here on a day asks for something."""


@dataclass(slots=True)
class Season:
    """What came of it."""

    days: int = 0
    """On which something was asked."""
    asked: int = 0
    given: int = 0
    """Minutes."""
    new: int = 0
    again: int = 0
    """Sittings with a drill that had been done before."""
    empty: list[date] = field(default_factory=list)
    """Days that asked for something and found nothing."""
    too_soon: list[tuple[date, str]] = field(default_factory=list)
    """Drills that came again before memory asked for them, or twice on one day."""

    @property
    def filled(self) -> float:
        """Share of the minutes asked for which there was something to do."""
        return self.given / self.asked if self.asked else 1.0


@dataclass(slots=True)
class _Person:
    chance: random.Random
    cards: dict[str, Card] = field(default_factory=dict)
    skills: dict[str, Skill] = field(default_factory=dict)

    def sits(self, drill: Listed, today: date, *, ease: bool) -> None:
        """Do a drill: about as well as skill says, a little better each time."""
        skill = self.skills.get(drill.area) or prior(drill.area, None)
        b = difficulty_logit(drill.difficulty)
        known = 0.15 if drill.id in self.cards else 0.0
        score = probability(skill.theta, b) + known + self.chance.gauss(0.1, 0.15)
        score = min(1.0, max(0.0, score))
        rated = rating(score, False, 0, None, False)
        aim = desired_retention(0.0, ease=ease)
        self.cards[drill.id] = review(self.cards.get(drill.id), drill.id, rated, today, aim)
        self.skills[drill.area], _ = learned(skill, b, score)


def season(bank: Bank, track: Track, *, weeks: int = 26, seed: int = 1) -> Season:
    """A plan of so many weeks for one track."""
    profile = Profile(track.id, STARTS, STARTS + timedelta(weeks=weeks), WEEKLY, LONGEST, "Europe/Berlin")
    drills = [d for d in bank.listed if d.area in track.weights]
    by_id = {d.id: d for d in drills}
    person, found, calendar = _Person(random.Random(seed)), Season(), Calendar()
    state = first_day(STARTS)
    for number in range(weeks * 7):
        today = STARTS + timedelta(days=number)
        battery = min(100, max(0, round(person.chance.gauss(65, 15))))
        state, decision = decide(
            begin_day(state, Morning(Checkin(battery=battery))), profile.pace(), calendar
        )
        history = [_practised(by_id[c.drill_id], c) for c in person.cards.values()]
        chosen = choose(
            drills,
            today=today,
            minutes=decision.minutes,
            kinds=decision.kinds,
            weights=track.weights,
            skills=person.skills,
            cards=person.cards,
            history=sorted(history, key=lambda p: (p.day, p.drill_id)),
            pull={},
            ratings={},
        )
        _count(found, chosen, decision.minutes, person.cards, today)
        for one in chosen:
            person.sits(one.drill, today, ease=Kind.DRILL not in decision.kinds)
        sessions = [(float(one.drill.minutes), 5.0) for one in chosen]
        state = end_day(state, calendar, planned=decision.minutes, sessions=sessions)
    return found


def _practised(drill: Listed, card: Card) -> Practised:
    return Practised(drill.id, drill.area, drill.topic, drill.kind, card.last)


def _count(
    found: Season, chosen: Sequence[Chosen], minutes: int, cards: dict[str, Card], today: date
) -> None:
    if minutes >= MINUTES_ASKED:
        found.days += 1
        found.asked += minutes
        found.given += min(minutes, sum(c.drill.minutes for c in chosen))
        if not chosen:
            found.empty.append(today)
    seen: set[str] = set()
    for one in chosen:
        card = cards.get(one.drill.id)
        found.new += card is None
        found.again += card is not None
        if one.drill.id in seen or (card is not None and card.due > today):
            found.too_soon.append((today, one.drill.id))
        seen.add(one.drill.id)
