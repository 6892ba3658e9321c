"""What admins can take down: any post that stands, however old, and a drill that they once approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from conversations.circle_people import Ring, Someone
from conversations.stage import Stage

from bot.circle.group_model import GROUP, GroupDrill

TITLE = "Cold start of a cache"


@pytest.fixture
async def ring(stranger: Stage) -> Ring:
    """Ada is the admin; Bob has a drill of his own, Carl has none."""
    return await (await Ring(stranger).begin()).with_a_drill()


async def test_the_oldest_of_many_posts_is_found_by_going_on_and_can_be_taken_down(ring: Ring):
    people = [ring.bob, ring.carl, *(await ring.with_people("Dora", "Eve", "Fay", "Gil"))]
    for who in people:
        for n in range(3):
            await who.say(f"/pacer win {'canary' if who is ring.bob and n == 0 else 'news'} {n}")
            await who.tap("Without my name")
    seen = [await ring.ada.say("/pacer circle posts")]
    while any(o.label == "Earlier" for o in ring.ada.options()):
        seen.append(await ring.ada.tap("Earlier"))
    assert len(seen) == 3 and "canary" in seen[-1] and "canary" not in "".join(seen[:-1])
    assert "".join(seen).count("news") == 17
    assert "Taken down" in await ring.ada.tap("Take down 2")
    assert "canary" not in await ring.look()


async def test_going_on_from_a_post_that_is_gone_by_then_begins_anew(ring: Ring):
    assert "Nothing older" in await ring.ada.press(f"1:circle:posts:{ring.id}:gone")
    await ring.bob.say("/pacer win canary")
    await ring.bob.tap("Without my name")
    assert "canary" in await ring.ada.press(f"1:circle:posts:{ring.id}:gone")


async def approved(ring: Ring) -> str:
    """Bob's drill can be drawn; its id."""
    await ring.bob.say("/pacer bank share 1")
    await ring.bob.tap("Offer it to Night owls")
    await ring.bob.tap("With my name")
    await ring.ada.say("/pacer circle drills")
    await ring.ada.tap(f"Read {TITLE}")
    await ring.ada.tap("Approve")
    await ring.letters(ring.bob)
    async with ring.on.store.circle(ring.id) as work:
        ((drill, _),) = await work.circles.offers.pool(ring.id)
    return drill.id


async def of_today(ring: Ring, drill_id: str) -> None:
    """It is the drill of the day."""
    async with ring.on.store.circle(ring.id) as work:
        day = ring.on.now.date()
        assert await work.circles.group.begin(ring.id, GroupDrill(day, drill_id))
        await work.circles.want(ring.id, GROUP, day.isoformat())


async def taken_out(ring: Ring, who: Someone, word: str) -> str:
    await who.say("/pacer circle drills")
    await who.tap(f"Read {TITLE}")
    assert "sentences for its author" in await who.tap("Take it out")
    return await who.say(word)


async def test_an_approved_drill_is_taken_out_again_its_author_hears_a_word_and_the_day_says_so(ring: Ring):
    drill_id = await approved(ring)
    await of_today(ring, drill_id)
    assert TITLE in await ring.look()
    assert "Taken out" in await taken_out(ring, ring.ada, "It names a company, please leave that away.")
    shown = await ring.look()
    assert TITLE not in shown and "was taken out again" in shown
    (letter,) = await ring.letters(ring.bob)
    assert "names a company" in letter and "yours as before" in letter and "Ada" not in letter
    async with ring.on.store.circle(ring.id) as work:
        assert await work.circles.offers.pool(ring.id) == []
    assert TITLE not in await ring.carl.say("/pacer circle drills")


async def test_a_drill_that_was_taken_out_and_is_offered_anew_stands_nowhere_before_it_is_approved_again(
    ring: Ring,
):
    drill_id = await approved(ring)
    await of_today(ring, drill_id)
    await taken_out(ring, ring.ada, "skip")
    await ring.bob.say("/pacer bank share 1")
    await ring.bob.tap("Offer it to Night owls")
    assert "waits" in await ring.bob.tap("With my name")
    async with ring.on.store.circle(ring.id) as work:
        await work.circles.renew_drill(ring.id, drill_id)
    assert TITLE not in await ring.look()


async def test_only_admins_take_a_drill_out_and_of_two_the_first_one_counts(ring: Ring):
    drill_id = await approved(ring)
    for step in ("takeout", "takenout"):
        assert "Only admins" in await ring.carl.press(f"1:circle:{step}:{ring.id}:{drill_id}")
    await ring.ada.say("/pacer circle admin Carl")
    for admin in (ring.ada, ring.carl):
        await admin.say("/pacer circle drills")
        await admin.tap(f"Read {TITLE}")
        await admin.tap("Take it out")
    assert "Taken out" in await ring.ada.tap("Without a word")
    assert "decided already" in await ring.carl.say("too late")


async def test_a_word_that_was_meant_for_declining_takes_no_approved_drill_out(ring: Ring):
    await ring.bob.say("/pacer bank share 1")
    await ring.bob.tap("Offer it to Night owls")
    await ring.bob.tap("With my name")
    await ring.ada.say("/pacer circle admin Carl")
    for admin in (ring.ada, ring.carl):
        await admin.say("/pacer circle drills")
        await admin.tap(f"Read {TITLE}")
    await ring.carl.tap("Leave out")
    await ring.ada.tap("Approve")
    assert "decided already" in await ring.carl.say("not for us")
    async with ring.on.store.circle(ring.id) as work:
        assert len(await work.circles.offers.pool(ring.id)) == 1


async def test_of_many_drills_each_can_be_reached(ring: Ring):
    drill_id = await approved(ring)
    async with ring.on.store.work(ring.bob.who) as work:
        offers = work.circles.offers
        drill = await offers.drill(ring.id, drill_id)
        (offer,) = await offers.offered(ring.id)
        assert drill
        for n in range(23):
            later = {"at": offer.at + timedelta(minutes=n + 1), "drill_id": f"own-many{n}"}
            more = replace(offer, **later, title=f"Number {n}")
            assert await offers.offer(more, replace(drill, id=f"own-many{n}"))
    await ring.ada.say("/pacer circle drills")
    found = {o.label for o in ring.ada.options()}
    while any(o.label == "More" for o in ring.ada.options()):
        await ring.ada.tap("More")
        found |= {o.label for o in ring.ada.options()}
    assert {f"Read Number {n}" for n in range(23)} | {f"Read {TITLE}"} <= found
