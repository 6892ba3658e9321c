"""Which drills fit what is left of today."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.drills.choose import choose
from bot.drills.families import Round
from bot.drills.model import Card, Chosen, Listed, Practised, Skill, Stage
from bot.own_bank.model import OWN
from bot.pace.minutes import KINDS
from bot.pace.model import Kind, Level
from bot.plan.interviews import format_areas, interview_pull
from bot.plan.model import DayLabel
from bot.profile.model import Profile
from bot.progress.failures import LOOKED_AT, weights
from bot.today.known import known_drills
from bot.today.look import Today
from bot.turn import Turn

FIRST_MINUTES = 15
"""Minutes offered to somebody who practises although today asks for nothing."""


async def pick(
    turn: Turn, profile: Profile, today: Today, *, area: str = "", anyway: bool = False
) -> tuple[Chosen, ...]:
    """Today's drills in the order to do them.

    With `anyway` she practises although the day does not ask for it: every kind is allowed and at
    least fifteen minutes are offered. With an area, only its drills count; with OWN, only those she brought.
    """
    brought = await turn.work.own_bank.listed()
    known = brought if area == OWN else (*turn.content.bank().listed, *brought)
    drills = [d for d in known if d.area in profile.track.weights and area in ("", OWN, d.area)]
    kinds: Collection[Kind] = KINDS[Level.FULL] if anyway else today.decision.kinds
    minutes = max(today.left, FIRST_MINUTES) if anyway else today.left
    if area and drills:
        minutes = max(minutes, min(d.minutes for d in drills))
    return _choose(
        turn,
        profile,
        today,
        drills,
        minutes=minutes,
        kinds=kinds,
        cards=await turn.work.practice.cards(),
        skills=await turn.work.practice.skills(),
        losing=await _losing(turn),
    )


async def _losing(turn: Turn) -> Mapping[Round, float]:
    """What formats lost in the last weeks, as factors."""
    results = await turn.work.practice.results(turn.today - LOOKED_AT)
    return weights(results, await known_drills(turn), turn.today)


def _choose(
    turn: Turn,
    profile: Profile,
    today: Today,
    drills: Sequence[Listed],
    *,
    minutes: int,
    kinds: Collection[Kind],
    cards: Mapping[str, Card],
    skills: Mapping[str, Skill],
    losing: Mapping[Round, float],
) -> tuple[Chosen, ...]:
    track = profile.track
    by_id = {d.id: d for d in drills}
    history = [
        Practised(d.id, d.area, d.topic, d.kind, c.last)
        for c in cards.values()
        if (d := by_id.get(c.drill_id))
    ]
    focused = format_areas(today.booked, track, turn.today) if today.plan.label is DayLabel.TAPER else ()
    tried = {s.drill_id for s in today.sittings if s.stage in (Stage.DONE, Stage.SKIPPED, Stage.EFFORT)}
    return choose(
        drills,
        today=turn.today,
        minutes=minutes,
        kinds=kinds,
        weights=track.weights,
        skills=skills,
        cards=cards,
        history=sorted(history, key=lambda p: (p.day, p.drill_id)),
        pull={a: interview_pull(a, today.booked, turn.today, track=track) for a in track.weights},
        ratings=profile.ratings,
        only_areas=frozenset(focused) or None,
        exclude=frozenset(tried | set(today.entry.swapped)),
        losing=losing,
    )
