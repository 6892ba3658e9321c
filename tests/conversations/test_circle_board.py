"""The board of days in rhythm: of those who want it, by name, from three people up, left at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from conversations.circle_people import Ring, Someone
from conversations.stage import Stage


@pytest.fixture
async def ring(stranger: Stage) -> Ring:
    """Ada, Zoe and Bob, known for two weeks, in a circle that keeps a board."""
    made = await Ring(stranger).begin()
    made.people = [made.ada, *await made.with_people("Zoe", "Bob")]
    await made.ada.say("/pacer circle settings board on")
    made.on.now += timedelta(days=15)
    for who in made.people:
        await who.say("/pacer today")
    return made


async def on_it(*people: Someone) -> None:
    for who in people:
        assert "two" not in await who.say("/pacer circle board on")


def lines(shown: str) -> list[str]:
    """The names on the board."""
    return [found[1] for line in shown.splitlines() if (found := re.match(r"(.+) · \d+ of \d+$", line))]


async def test_it_says_first_what_it_shows_and_waits_for_a_tap(ring: Ring):
    before = await ring.ada.say("/pacer circle board")
    assert "days in rhythm" in before and "rest where it did not" in before
    await ring.ada.tap("Not now")
    await on_it(*ring.people[1:])
    assert lines(await ring.look()) == []
    await ring.ada.say("/pacer circle board")
    assert "You are on the board" in await ring.ada.tap("Yes")
    assert len(lines(await ring.look())) == 3


async def test_it_stands_from_three_people_up_in_order_of_names_and_of_nobody_else(ring: Ring):
    (carl,) = await ring.with_people("Carl")
    await on_it(ring.people[1], ring.people[2])
    assert "Days in rhythm" not in await ring.look()
    await on_it(ring.ada)
    shown = await ring.look()
    assert lines(shown) == ["Ada", "Bob", "Zoe"] and "Carl" not in shown
    assert "three days that count" in await carl.say("/pacer circle board on")
    assert "Carl" not in await ring.look()


async def test_it_is_left_at_once_by_a_word_by_leaving_the_circle_and_by_the_switch(ring: Ring):
    await on_it(*ring.people)
    (bob,) = (w for w in ring.people if w.who.account.startswith("V1"))
    await ring.look()
    assert "off the board" in await bob.say("/pacer circle board off")
    shown = await ring.look()
    assert "Bob" not in shown and "rests until 3 people" in shown
    async with ring.on.store.work(bob.who) as work:
        assert (await work.archive.everything())["circle_board"] == []
    await on_it(bob)
    assert lines(await ring.look()) == ["Ada", "Bob", "Zoe"]
    await ring.ada.say("/pacer circle settings board off")
    assert lines(await ring.look()) == []
    assert "keeps no board" in await ring.ada.say("/pacer circle board on")
    await ring.ada.say("/pacer circle settings board on")
    assert len(lines(await ring.look())) == 3
    await bob.say("/pacer circle leave")
    assert "Bob" not in await ring.look()


async def test_rest_counts_and_a_count_is_made_anew_with_the_first_word_of_a_day(ring: Ring):
    await on_it(*ring.people)
    before = await ring.look()
    ring.on.now += timedelta(days=2)
    await ring.ada.say("/pacer rest")
    assert await ring.look() == before, "the day is not over"
    ring.on.now += timedelta(days=1)
    async with ring.on.store.work(ring.ada.who) as work:
        (kept,) = (await work.archive.everything())["circle_board"]
    await ring.ada.say("/pacer today")
    async with ring.on.store.work(ring.ada.who) as work:
        (later,) = (await work.archive.everything())["circle_board"]
    assert later["day"] > kept["day"]


async def test_who_was_not_heard_of_for_a_week_is_not_on_it_and_nothing_says_so(ring: Ring):
    (carl,) = await ring.with_people("Carl")
    ring.on.now += timedelta(days=4)
    await carl.say("/pacer today")
    await on_it(*ring.people, carl)
    assert "Carl" in await ring.look()
    ring.on.now += timedelta(days=8)
    for who in ring.people:
        await who.say("/pacer today")
    await ring.ada.say("/pacer circle name Abe")
    shown = await ring.look()
    assert lines(shown) == ["Abe", "Bob", "Zoe"] and "Carl" not in shown


async def test_who_fell_silent_goes_from_it_by_itself_although_nobody_changes_anything(ring: Ring):
    (carl,) = await ring.with_people("Carl")
    ring.on.now += timedelta(days=4)
    await carl.say("/pacer today")
    await on_it(*ring.people, carl)
    assert "Carl" in await ring.look()
    for _ in range(9):
        await ring.live(timedelta(days=1))
        for who in ring.people:
            await who.say("/pacer today")
    assert lines(await ring.look()) == ["Ada", "Bob", "Zoe"]
    await ring.live(timedelta(days=9))
    shown = await ring.look()
    assert lines(shown) == [] and "rests until 3 people or more are on it" in shown


async def test_switched_off_it_says_that_and_not_how_many_it_waits_for(ring: Ring):
    await on_it(*ring.people)
    await ring.look()
    await ring.ada.say("/pacer circle settings board off")
    shown = await ring.look()
    assert "This circle keeps no board now" in shown and "3 people" not in shown


async def test_nobody_else_can_put_her_there(ring: Ring):
    await on_it(ring.people[1], ring.people[2])
    await ring.people[1].press(f"1:circle:board:{ring.id}:yes")
    assert lines(await ring.look()) == []
