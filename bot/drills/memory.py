"""When a drill comes back: FSRS-6 with its default parameters, by the `fsrs` package.

Free Spaced Repetition Scheduler, github.com/open-spaced-repetition. Drills are days apart, so
there are no learning steps; intervals are not fuzzed, so the same history gives the same plan.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from bot.drills.model import Card, Rating

if TYPE_CHECKING:
    import fsrs

USUAL_RETENTION = 0.85
"""Desired chance of recall for drills, of patterns and designs."""
FACT_RETENTION = 0.90
"""The same for single facts, which a card asks for: they are quick to ask."""
MUST_WIN_RETENTION = 0.93
"""The same in areas that an interview tests within `MUST_WIN_DAYS`."""
MUST_WIN_DAYS = 14
LOWEST_RETENTION, HIGHEST_RETENTION = 0.80, 0.95
LONGEST_INTERVAL = 60
"""Days."""

DECAY = -0.1542
"""Exponent of the forgetting curve, the last of the default parameters."""
FACTOR = 0.9 ** (1 / DECAY) - 1
"""Makes stability the days after which the chance of recall is 90 %."""

_PULL_DAYS = 7
_MUST_WIN_PULL = math.exp(-MUST_WIN_DAYS / _PULL_DAYS) - 1e-12


def is_must_win(pull: float) -> bool:
    """Whether an interview is so near that its areas are to be held more firmly."""
    return pull >= _MUST_WIN_PULL


def desired_retention(pull: float, *, ease: bool = False, fact: bool = False) -> float:
    """Chance of recall to aim at.

    `pull` is e^(-days/7) for the next interview that tests the drill's area, 0 for none; `fact` is a
    single fact, as on a card. On easy days nothing is raised, so that fewer drills come due.
    """
    if ease:
        return USUAL_RETENTION
    if is_must_win(pull):
        return MUST_WIN_RETENTION
    return FACT_RETENTION if fact else USUAL_RETENTION


def retrievability(card: Card, day: date) -> float:
    """Chance, 0-1, that the drill is recalled on that day: FSRS-6's power curve over whole days.

    A drill without a card is new, not forgotten: there is nothing to ask here.
    """
    elapsed = max(0, (day - card.last).days)
    return float((1 + FACTOR * elapsed / card.stability) ** DECAY)


def review(card: Card | None, drill_id: str, rating: Rating, day: date, retention: float) -> Card:
    """The card after an answer rated on a local day; None stands for a first answer.

    `retention` is held within 0.80-0.95.
    """
    # fsrs costs start-up time and is needed only when somebody finishes a drill.
    import fsrs

    scheduler = fsrs.Scheduler(
        desired_retention=min(max(retention, LOWEST_RETENTION), HIGHEST_RETENTION),
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_INTERVAL,
        enable_fuzzing=False,
    )
    day = max(day, card.last) if card else day
    found, _ = scheduler.review_card(_theirs(card, day), fsrs.Rating(int(rating)), _noon(day))
    if found.stability is None or found.difficulty is None:
        raise ValueError("a reviewed card has stability and difficulty")
    return Card(
        drill_id,
        found.stability,
        found.difficulty,
        due=found.due.date(),
        last=day,
        reps=card.reps + 1 if card else 1,
        lapses=(card.lapses if card else 0) + (1 if card and rating is Rating.AGAIN else 0),
    )


def _theirs(card: Card | None, day: date) -> fsrs.Card:
    import fsrs

    # An id and a due date are given, else the package asks the clock for them.
    if card is None:
        return fsrs.Card(card_id=1, due=_noon(day))
    return fsrs.Card(
        card_id=1,
        state=fsrs.State.Review,
        stability=card.stability,
        difficulty=card.difficulty,
        due=_noon(card.due),
        last_review=_noon(card.last),
    )


def _noon(day: date) -> datetime:
    """The package counts in UTC; noon keeps local days whole days apart."""
    return datetime.combine(day, time(12), UTC)
