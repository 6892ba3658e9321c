"""A member of a circle leaves it, or becomes one person with another account of hers, as the others hear of it."""

from __future__ import annotations

import pytest
from conversations.circle_people import ON_DISCORD, Ring, Someone
from conversations.stage import SET_UP, Stage


@pytest.fixture
async def ring(stranger: Stage) -> Ring:
    found = await Ring(stranger).begin()
    (found.bob,) = await found.with_people("Bob")
    return found


async def code(who: Someone, line: str) -> str:
    return (await who.say(line)).split()[0].strip("`")


async def on_discord(ring: Ring, *, bound: bool = True) -> Someone:
    """Somebody in a channel on Discord that is the circle's."""
    found = Someone(ring.on, "D9", ON_DISCORD)
    if bound:
        for line in SET_UP:
            await found.say(line)
        await found.say(f"/pacer circle bind {await code(ring.ada, '/pacer circle bind')}")
    return found


async def test_the_one_who_began_it_stays_its_admin_when_she_links_her_accounts(ring: Ring):
    other = await on_discord(ring)
    await other.say("/pacer circle join")
    await other.tap("Join")
    await other.say("/pacer circle name Ada D")
    asked = await ring.ada.say(f"/pacer link {await code(other, '/pacer link')}")
    assert "you stay in all of them" in asked
    await ring.ada.tap("Join, and")
    assert "Ada D (admin), Bob." in await ring.bob.say("/pacer circle who")
    log = await ring.bob.say("/pacer circle log")
    assert "Ada D: joined two accounts, one of them an admin's" in log and "Ada D: began the circle" in log
    assert await ring.letters(ring.bob) == []
    assert "Ada D (admin)" in await ring.ada.say("/pacer circle who")


async def test_who_joined_without_a_plan_is_still_in_it_after_linking(ring: Ring):
    await on_discord(ring)
    joined = Someone(ring.on, "D20", ON_DISCORD)
    await joined.say("/pacer circle join")
    await joined.tap("Join")
    await joined.say("/pacer circle name Zoe")
    planned = Someone(ring.on, "U77", None)
    for line in SET_UP:
        await planned.say(line)
    assert "Joined" in await joined.say(f"/pacer link {await code(planned, '/pacer link')}")
    assert "Zoe" in await joined.say("/pacer circle who")
    assert "Zoe" in await planned.say("/pacer circle who")


async def test_that_he_is_in_is_not_told_once_he_has_left(ring: Ring):
    await ring.ada.say("/pacer circle company a walk at six?")
    await ring.ada.tap("Ask them")
    await ring.look()
    (button,) = [
        o.key for m in ring.wall.stands[ring.ada.room].values() for o in m.options if o.label == "I am in"
    ]
    assert "Ada" in await ring.bob.press(button)
    await ring.bob.say("/pacer circle leave")
    assert await ring.letters(ring.ada) == []
