"""Reading and keeping what a score moves: memory, skill, and how hard a drill is taken to be."""

from __future__ import annotations

from collections.abc import Mapping

from bot.drills.consequence import Known
from bot.drills.model import Drill
from bot.drills.ports import Practice
from bot.drills.skill import difficulty_logit, prior
from bot.own_bank.model import is_own


async def known(practice: Practice, drill: Drill, ratings: Mapping[str, int]) -> Known:
    """How they are now; before a first drill of its area skill is a guess from her own ratings."""
    card = (await practice.cards()).get(drill.id)
    skill = (await practice.skills()).get(drill.area) or prior(drill.area, ratings.get(drill.area))
    shift = 0.0 if is_own(drill.id) else await practice.difficulty_shift(drill.id)
    return Known(card, skill, difficulty_logit(drill.difficulty) + shift)


async def move(practice: Practice, drill: Drill, was: Known, becomes: Known) -> None:
    """Keep them as they become; the drill's difficulty moves by the difference, since others move it too."""
    if becomes.card is not None:
        await practice.save_card(becomes.card)
    await practice.save_skill(becomes.skill)
    if not is_own(drill.id):  # nobody else does it, so her answers say nothing of the drill beside her skill
        shift = await practice.difficulty_shift(drill.id)
        await practice.save_difficulty_shift(drill.id, shift + becomes.difficulty - was.difficulty)
