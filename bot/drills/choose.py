"""Which drills fit today: what fades, what an interview asks for, and where the gap is largest.

A score ranks what the day allows, the best are taken until the minutes are full, and the result is
put into an order to do them in. Confusable patterns are mixed and first exposure is blocked
(Brunmair & Richter 2019, doi 10.1037/bul0000209); the factors are priors of this project.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.drills.families import Round, round_of
from bot.drills.formats import FACTS_ASKED
from bot.drills.memory import desired_retention, is_must_win, retrievability
from bot.drills.model import Card, Chosen, Listed, Practised, Skill
from bot.drills.order import Past, Topic, arranged, orderable, topic_of
from bot.drills.skill import level_of, prior
from bot.pace.model import Kind
from bot.plan.topics import OUTSIDE_WEIGHT, TARGET

GAP, INTERVIEW = 0.6, 0.4
"""What a full gap and an interview today are worth, next to 1 for something forgotten."""
RUN_COST, KIND_COST = 0.3, 0.2
"""Off the score for each drill of the same topic just before, and for a kind practised yesterday."""
OVERDUE_SHARE = 0.6
"""Most of the minutes that may go to what was due before today; a single drill may always."""
LEAST_MINUTES = 10
"""From here on a day that asks for something gets something."""
HARD_START = 3
"""Difficulty from which a first drill is a new topic, and self-rating from which it is not."""
AGAIN_DAYS = 14
"""A drill done without leaving a memory, because it was not rated, may come again after them."""
MOCKS = frozenset({Kind.SHORT_MOCK, Kind.FULL_MOCK})


def choose(
    bank: Sequence[Listed],
    *,
    today: date,
    minutes: int,
    kinds: Collection[Kind],
    weights: Mapping[str, float],
    skills: Mapping[str, Skill],
    cards: Mapping[str, Card],
    history: Sequence[Practised],
    pull: Mapping[str, float],
    ratings: Mapping[str, int],
    only_areas: frozenset[str] | None = None,
    exclude: frozenset[str] = frozenset(),
    losing: Mapping[Round, float] | None = None,
) -> tuple[Chosen, ...]:
    """Today's drills in the order to do them, a warm-up first.

    `weights` are the role's by area, in any unit; `pull` is e^(-days/7) for the next interview that
    tests an area; `ratings` are self-ratings 1-5; `history` is oldest first; with `only_areas`
    (before an interview) nothing else counts; `losing` are factors from 1 on for formats that lose more
    points than others do (`bot/progress/failures.py`). No kind outside `kinds` is chosen. The minutes hold,
    but for a single drill that is longer where nothing shorter is allowed: its `why` is "short".
    """
    practised = {topic_of(p) for p in history} | {topic_of(d) for d in bank if d.id in cards}
    day = _Day(
        today=today,
        kinds=frozenset(kinds),
        areas=_areas(weights, skills, pull, ratings, only_areas, easy=Kind.DRILL not in kinds),
        cards=cards,
        topics=frozenset(practised),
        last_days={p.drill_id: p.day for p in history},
        yesterday=frozenset(p.kind for p in history if p.day == today - timedelta(days=1)),
        losing=losing or {},
    )
    found = (day.candidate(d) for d in bank if d.id not in exclude)
    pool = sorted((c for c in found if c is not None), key=lambda c: (-c.score, c.chosen.drill.id))
    past = Past.of(history, today)
    picked = _filled(pool, minutes, past) or _one(pool, minutes, past)
    return arranged(picked, past)


@dataclass(frozen=True, slots=True)
class _Area:
    """What an area is worth today."""

    percent: float
    gap: float
    pull: float
    aim: float
    """Chance of recall to aim at."""
    fact_aim: float
    """The same for single facts."""
    must_win: bool
    """Whether what is not due yet may come for the sake of an interview."""
    rated_low: bool


def _areas(
    weights: Mapping[str, float],
    skills: Mapping[str, Skill],
    pull: Mapping[str, float],
    ratings: Mapping[str, int],
    only: frozenset[str] | None,
    *,
    easy: bool,
) -> dict[str, _Area]:
    """The areas that count today: those of the role and those that an interview tests."""
    total = sum(weights.values()) or 1.0
    percents = {a: 100 * w / total for a, w in weights.items() if w > 0}
    outside = {a for a, p in pull.items() if p > 0} | (only or frozenset())
    percents = {**dict.fromkeys(sorted(outside), float(OUTSIDE_WEIGHT)), **percents}
    found = {}
    for area, percent in percents.items():
        if only is not None and area not in only:
            continue
        rating, asked = ratings.get(area), pull.get(area, 0.0)
        gap = max(0.0, TARGET - level_of(skills.get(area) or prior(area, rating)))
        found[area] = _Area(
            percent,
            gap,
            asked,
            desired_retention(asked, ease=easy),
            desired_retention(asked, ease=easy, fact=True),
            is_must_win(asked) and not easy,
            rating is None or rating < HARD_START,
        )
    return found


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A drill that the day allows, with its score but for the order."""

    chosen: Chosen
    score: float
    overdue: bool
    topic: Topic
    minutes: int


@dataclass(frozen=True, slots=True)
class _Day:
    """What decides whether a drill may be chosen, as which kind, and what it is worth."""

    today: date
    kinds: frozenset[Kind]
    areas: Mapping[str, _Area]
    cards: Mapping[str, Card]
    topics: frozenset[Topic]
    """Topics practised before."""
    last_days: Mapping[str, date]
    yesterday: frozenset[Kind]
    losing: Mapping[Round, float]

    def candidate(self, drill: Listed) -> _Candidate | None:
        """None if the drill is not for this person, not due or of a kind that the day does not allow."""
        area, card = self.areas.get(drill.area), self.cards.get(drill.id)
        if area is None:
            return None
        kind = self._first_kind(drill, area) if card is None else _kind_again(drill)
        if kind not in self.kinds:
            return None
        if card is None:
            return self._scored(drill, kind, area, 0.0, _why_new(area)) if self._fresh(drill) else None
        recall = retrievability(card, self.today)
        aim = area.fact_aim if drill.format in FACTS_ASKED else area.aim
        if card.due > self.today and (recall >= aim or not area.must_win):
            return None
        faded = max(0.0, aim - recall) / aim
        why = "due" if card.due <= self.today else "interview"
        return self._scored(drill, kind, area, faded, why, overdue=card.due < self.today)

    def _scored(
        self, drill: Listed, kind: Kind, area: _Area, faded: float, why: str, *, overdue: bool = False
    ) -> _Candidate:
        worth = area.percent * (faded + GAP * area.gap + INTERVIEW * area.pull) / math.sqrt(drill.minutes)
        if self.losing:
            worth *= self.losing.get(round_of(drill), 1.0)
        cost = KIND_COST if kind in self.yesterday else 0.0
        return _Candidate(Chosen(drill, kind, why), worth - cost, overdue, topic_of(drill), drill.minutes)

    def _fresh(self, drill: Listed) -> bool:
        last = self.last_days.get(drill.id)
        return last is None or (self.today - last).days > AGAIN_DAYS

    def _first_kind(self, drill: Listed, area: _Area) -> Kind:
        hard = drill.difficulty >= HARD_START and area.rated_low and topic_of(drill) not in self.topics
        return Kind.NEW_TOPIC if hard and drill.kind is not Kind.FULL_MOCK else drill.kind


def _kind_again(drill: Listed) -> Kind:
    """A mock stays a mock: under the clock it weighs as much the second time."""
    return drill.kind if drill.kind in MOCKS else Kind.REVIEW


def _why_new(area: _Area) -> str:
    return "interview" if INTERVIEW * area.pull > GAP * area.gap else "gap"


@dataclass(slots=True)
class _Fill:
    """The drills taken so far and the room they leave."""

    left: float
    overdue_left: float
    past: Past
    """What was done before today."""
    now: Past
    """The same with the drills taken so far, in the order of taking."""
    taken: list[_Candidate] = field(default_factory=list)
    topics: Counter[Topic] = field(default_factory=Counter)

    def fits(self, c: _Candidate) -> bool:
        """Whether it can be added and the rules of the day still hold."""
        backlog = c.overdue and c.minutes > self.overdue_left and any(t.overdue for t in self.taken)
        return (
            c.minutes <= self.left
            and not backlog
            and orderable({**self.topics, c.topic: self.topics[c.topic] + 1}, self.past)
        )

    def score(self, c: _Candidate) -> float:
        """The score after the cost of a run; the first two drills of a topic cost nothing."""
        same = c.topic == self.now.last and self.now.count(c.topic) > 1
        return c.score - (RUN_COST * self.now.run if same else 0.0)

    def add(self, c: _Candidate) -> None:
        """Take it."""
        self.left -= c.minutes
        self.overdue_left -= c.minutes if c.overdue else 0
        self.now = self.now.then(c.topic)
        self.topics[c.topic] += 1
        self.taken.append(c)


def _filled(pool: Sequence[_Candidate], minutes: int, past: Past) -> list[Chosen]:
    """The best of the pool, which is sorted by score and id, until no more fits."""
    fill, open_ = _Fill(minutes, OVERDUE_SHARE * minutes, past, past), list(pool)
    while best := _next(open_, fill):
        fill.add(best)
        open_.remove(best)
    return [c.chosen for c in fill.taken]


def _next(pool: Sequence[_Candidate], fill: _Fill) -> _Candidate | None:
    """The second drill of a topic just begun if there is one, else the best by score and id."""
    if fill.now.just_begun:
        partners = (c for c in pool if c.topic == fill.now.last and fill.fits(c))
        if partner := next(partners, None):
            return partner
    best: _Candidate | None = None
    for c in (c for c in pool if fill.fits(c)):
        if best is not None and c.score < fill.score(best):
            break
        if best is None or _rank(c, fill) < _rank(best, fill):
            best = c
    return best


def _rank(c: _Candidate, fill: _Fill) -> tuple[float, str]:
    return -fill.score(c), c.chosen.drill.id


def _one(pool: Sequence[_Candidate], minutes: int, past: Past) -> list[Chosen]:
    """Where nothing could be taken: one drill within the minutes although its topic repeats, else the
    shortest, marked short."""
    if minutes < LEAST_MINUTES or not pool:
        return []

    def rank(c: _Candidate) -> tuple[bool, bool, int, float, str]:
        third = not orderable({c.topic: 1}, past)
        return c.minutes > minutes, third, c.minutes, -c.score, c.chosen.drill.id

    best = min(pool, key=rank)
    return [replace(best.chosen, why="short") if best.minutes > minutes else best.chosen]
