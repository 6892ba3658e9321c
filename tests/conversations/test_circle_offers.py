"""Drills that members offer their circle: nobody sees one before an admin approved it, and all can read who decided."""

from __future__ import annotations

import pytest
from conversations.circle_people import Ring, Someone
from conversations.stage import Stage

from bot.circle.news_model import State

TITLE = "Cold start of a cache"


@pytest.fixture
async def ring(stranger: Stage) -> Ring:
    """Ada is the admin; Bob has a drill of his own, Carl has none."""
    made = await (await Ring(stranger).begin()).with_a_drill()
    await made.letters(made.ada)
    return made


async def offered(ring: Ring, how: str = "Without my name") -> str:
    """Bob offers it."""
    await ring.bob.say("/pacer bank share 1")
    assert "answer and all" in await ring.bob.tap("Offer it to Night owls")
    return await ring.bob.tap(how)


async def pool(ring: Ring) -> list[tuple[str, str]]:
    async with ring.on.store.circle(ring.id) as work:
        return [(drill.title, who) for drill, who in await work.circles.offers.pool(ring.id)]


async def test_it_waits_admins_are_told_and_nobody_else_sees_it(ring: Ring):
    assert "waits for the admins" in await offered(ring)
    (letter,) = await ring.letters(ring.ada)
    assert "One drill waits" in letter and "Bob" not in letter
    assert "No drill was offered" in await ring.carl.say("/pacer circle drills")
    assert "waits" in await ring.bob.say("/pacer circle drills")
    assert await pool(ring) == []
    assert "Cold start" not in await ring.look()


async def test_an_admin_reads_it_whole_approves_it_and_the_author_is_told(ring: Ring):
    await offered(ring)
    await ring.letters(ring.ada)
    assert "Cold start of a cache · waits" in await ring.ada.say("/pacer circle drills")
    read = await ring.ada.tap("Read Cold start")
    assert "A model answer" in read and "Bob" not in read
    assert "can be drawn" in await ring.ada.tap("Approve")
    assert await pool(ring) == [(TITLE, "")]
    (letter,) = await ring.letters(ring.bob)
    assert "was approved" in letter
    assert "Ada: approved the drill Cold start of a cache" in await ring.carl.say("/pacer circle log")
    assert "Cold start of a cache · approved" in await ring.carl.say("/pacer circle drills")
    assert not ring.carl.options()


async def test_a_name_comes_along_only_where_it_is_wanted(ring: Ring):
    await offered(ring, "With my name")
    await ring.ada.say("/pacer circle drills")
    assert "Offered by Bob" in await ring.ada.tap("Read Cold start")
    await ring.ada.tap("Approve")
    ((_, who),) = await pool(ring)
    assert who and "from Bob" in await ring.carl.say("/pacer circle drills")


async def declined(ring: Ring, word: str) -> str:
    await offered(ring)
    await ring.letters(ring.ada)
    await ring.ada.say("/pacer circle drills")
    await ring.ada.tap("Read Cold start")
    assert "sentences for its author" in await ring.ada.tap("Leave out")
    return await ring.ada.say(word)


async def test_a_declined_one_stays_private_with_a_word_to_its_author(ring: Ring):
    assert "Declined" in await declined(ring, "We had that one last week, @ Ada")
    (letter,) = await ring.letters(ring.bob)
    assert "as before" in letter and "last week" in letter and "Ada:" not in letter
    assert await pool(ring) == [] and "Cold start" not in await ring.carl.say("/pacer circle drills")
    assert "Cold start" in await ring.bob.say("/pacer bank list")
    assert "left out the drill Cold start" in await ring.carl.say("/pacer circle log")


async def test_without_a_word_and_with_one_that_calls_people(ring: Ring):
    assert "calls nobody" in await declined(ring, "@everyone look")
    assert "Declined" in await ring.ada.say("skip")
    (letter,) = await ring.letters(ring.bob)
    assert "They say" not in letter
    assert "waits for the admins" in await offered(ring), "it can be offered anew"


async def test_of_two_admins_who_decide_the_first_one_counts(ring: Ring):
    await ring.ada.say("/pacer circle admin Carl")
    await offered(ring)
    for admin in (ring.ada, ring.carl):
        await admin.say("/pacer circle drills")
        await admin.tap("Read Cold start")
    assert "can be drawn" in await ring.ada.tap("Approve")
    assert "decided already" in await ring.carl.tap("Leave out")
    assert await pool(ring) == [(TITLE, "")]


async def test_a_member_cannot_approve_with_an_admins_button(ring: Ring):
    await offered(ring)
    async with ring.on.store.circle(ring.id) as work:
        (offer,) = await work.circles.offers.offered(ring.id)
    for step in ("read", "approve", "decline", "declined"):
        assert "Only admins" in await ring.carl.press(f"1:circle:{step}:{ring.id}:{offer.drill_id}")
    stranger = Someone(ring.on, "U9")
    assert "not in this circle" in await stranger.press(f"1:circle:approve:{ring.id}:{offer.drill_id}")
    assert await pool(ring) == []


@pytest.mark.parametrize("way", ["private", "remove", "leave"])
async def test_its_author_takes_it_back_whenever_she_likes(ring: Ring, way: str):
    await offered(ring)
    await ring.ada.say("/pacer circle drills")
    read = ring.ada
    await read.tap("Read Cold start")
    asked = read.last
    await read.tap("Approve")
    match way:
        case "private":
            await ring.bob.say("/pacer bank share 1")
            await ring.bob.tap("Keep it private")
        case "remove":
            await ring.bob.say("/pacer bank remove 1")
        case _:
            await ring.bob.say("/pacer circle leave")
    assert await pool(ring) == []
    read.last = asked
    assert "not offered there any more" in await read.tap("Approve")


async def test_offering_another_ones_drill_or_one_that_is_gone_changes_nothing(ring: Ring):
    async with ring.on.store.work(ring.bob.who) as work:
        (entry,) = await work.own_bank.entries()
    for step in (f"offer:{ring.id}:{entry.drill.id}", f"offered:{ring.id}:{entry.drill.id}:named"):
        assert "not in your bank" in await ring.carl.press(f"1:circle:{step}")
    async with ring.on.store.circle(ring.id) as work:
        assert await work.circles.offers.offered(ring.id) == []
        assert not await work.circles.offers.decide(
            ring.id, entry.drill.id, State.APPROVED, was=State.WAITING
        )
