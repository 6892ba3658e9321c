"""Whatever is typed and tapped, in whatever order, every turn ends in words and nothing breaks."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from conversations.stage import Stage

from bot.chat.effects import OpenForm
from bot.commands import COMMANDS

LINES = (
    *(f"/pacer {c.name}" for c in COMMANDS),
    "half", "2", "7", "0", "banana", "done", "back", "cancel", "", "🙂", "half, good", "70",
    "/pacer checkin 20", "/pacer checkin 95", "/pacer drill coding", "/pacer done 25 6", "/pacer plan 3",
    "/pacer plan phases", "/pacer plan companies", "/pacer interview add Acme onsite in 5 days",
    "/pacer interview add Beta screen tomorrow 9:00", "/pacer break in 3 days in 6 days", "/pacer break none",
    "/pacer settings hours 12", "/pacer settings city Tokyo", "/pacer settings city Los Angeles",
    "/pacer settings checkins no", "/pacer settings checkins yes", "/pacer settings target 20 weeks",
    "/pacer event offer_lost", "/pacer event life_l", "/pacer company add Acme dream", "Acme", "onsite", "friday",
    "I can't take it anymore", "honestly I want to die", "/pacer back", "x" * 13_000, "'", '"', "/", "//", "1:judge:x:0:yes",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
async def test_no_order_of_words_and_taps_breaks_a_turn(person: Stage, seed: int):
    chance = random.Random(seed)
    for _ in range(90):
        offered = [o for e in person.last if not isinstance(e, OpenForm) for o in e.message.options]
        act = chance.random()
        if act < 0.5 and offered:
            await person.tap(chance.choice(offered).label)
        elif act < 0.9:
            await person.say(chance.choice(LINES))
        else:
            await person.skip(timedelta(hours=chance.randint(1, 60)))
        for effect in person.last:
            if not isinstance(effect, OpenForm):
                assert effect.message.blocks
        person.now += timedelta(minutes=chance.randint(0, 30))
