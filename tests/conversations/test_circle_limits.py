"""Limits of a circle hold whatever somebody does to get round them: leave and come back, take back and offer again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conversations.circle_people import ON_DISCORD, Ring, Someone
from conversations.stage import SET_UP, Stage
from conversations.test_own_bank import FILE
from sqlalchemy import text


@pytest.fixture
async def ring(stranger: Stage) -> Ring:
    made = await Ring(stranger).begin()
    made.bob, made.carl = await made.with_people("Bob", "Carl")
    return made


async def comes_back(who: Someone) -> None:
    await who.say("/pacer circle leave")
    await who.say("/pacer circle join")
    await who.tap("Join")


async def told(who: Someone, line: str) -> bool:
    await who.say(f"/pacer win {line}")
    return "in a moment" in await who.tap("Without my name")


async def test_leaving_and_coming_back_gives_no_more_good_news_in_a_day(ring: Ring):
    count = 0
    for _ in range(4):
        for n in range(3):
            count += await told(ring.bob, f"news {n}")
        await comes_back(ring.bob)
    assert count == 3 and "what a day" in (await ring.bob.say("/pacer win x"), await ring.bob.tap("With"))[1]
    ring.on.now += timedelta(hours=24)
    assert await told(ring.bob, "the next day")


async def test_leaving_and_coming_back_gives_no_more_calls_for_company_in_a_day(ring: Ring):
    count = 0
    for _ in range(4):
        await ring.bob.say("/pacer circle company")
        count += "in a moment" in await ring.bob.tap("Coffee")
        await comes_back(ring.bob)
    assert count == 2


async def test_joining_another_account_to_hers_gives_no_more_good_news_in_a_day(ring: Ring):
    for n in range(3):
        assert await told(ring.bob, f"news {n}")
    other = Someone(ring.on, "77", ON_DISCORD)
    for line in SET_UP:
        await other.say(line)
    code = (await other.direct().say("/pacer link")).split("/pacer link ")[1].split()[0].strip("`.")
    here = ring.bob.direct()
    await here.say(f"/pacer link {code}")
    while any(o.label.startswith("Join") for o in here.options()):
        await here.tap("Join")
    assert not await told(ring.bob, "news 3") and "what a day" in ring.bob.shown()


async def test_the_circle_counts_what_was_posted_also_by_those_who_left(ring: Ring):
    people = await ring.with_people(*(f"N{n}" for n in range(8)))
    count = 0
    for who in people:
        for n in range(3):
            count += await told(who, str(n))
        await who.say("/pacer circle leave")
    assert count == 20


async def test_of_what_she_told_nothing_stays_in_the_circle_once_she_left_but_that_something_was_told(
    ring: Ring,
):
    assert await told(ring.bob, "canary")
    async with ring.on.store.work(ring.bob.who) as work:
        person = work.circles.me
    await ring.bob.say("/pacer circle leave")
    async with ring.on.store.engine.connect() as connection:
        found = await connection.execute(text("SELECT * FROM told_in_circle"))
        assert person not in repr(found.all())
        found = await connection.execute(text("SELECT * FROM told_by_person"))
        assert ring.id not in repr(found.all())
        assert (await connection.execute(text("SELECT * FROM circle_notice"))).all() == []


async def offers(ring: Ring, who: Someone) -> str:
    await who.say("/pacer bank share 1")
    await who.tap("Offer it to")
    return await who.tap("With my name")


async def with_a_drill(who: Someone) -> None:
    await who.say("/pacer bank import")
    await who.say(FILE)


async def test_offering_taking_back_and_offering_again_sends_admins_one_letter_a_day(ring: Ring):
    await ring.ada.say("/pacer circle admin Carl")
    await with_a_drill(ring.bob)
    for admin in (ring.ada, ring.carl):
        await ring.letters(admin)
    for _ in range(6):
        assert "waits for the admins" in await offers(ring, ring.bob)
        await ring.bob.tap("Keep it private")
    await offers(ring, ring.bob)
    async with ring.on.store.engine.connect() as connection:
        found = await connection.execute(
            text("SELECT subject FROM outbox WHERE dedup_key LIKE '%.offers.%' ORDER BY subject")
        )
        assert len(set(found.scalars())) == 2
    (letter,) = await ring.letters(ring.ada)
    assert "One drill waits" in letter and "Cold start" not in letter


async def test_the_letter_of_the_next_day_says_how_many_wait(ring: Ring):
    for who in (ring.bob, ring.carl):
        await with_a_drill(who)
    await offers(ring, ring.bob)
    await ring.letters(ring.ada)
    ring.on.now += timedelta(days=1)
    await offers(ring, ring.carl)
    (letter,) = await ring.letters(ring.ada)
    assert "Two drills wait" in letter
