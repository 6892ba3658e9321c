"""Good news and company in a circle: asked first, told after a yes, taken back at a word, never more than is good."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conversations.circle_people import ON_DISCORD, Ring, Someone
from conversations.stage import SET_UP, Stage


@pytest.fixture
async def ring(stranger: Stage) -> Ring:
    return await Ring(stranger).begin()


async def test_good_news_is_asked_about_in_private_and_nothing_is_posted_before_a_yes(ring: Ring):
    asked = await ring.ada.say("/pacer win I got the offer from Acme")
    assert "Tell Night owls?" in asked and "I got the offer from Acme" in asked
    assert "Acme" not in await ring.look()
    assert "stays between us" in await ring.ada.tap("Keep it to myself")
    assert "Acme" not in await ring.look()


@pytest.mark.parametrize(
    ("how", "seen", "unseen"),
    [("With my name", "Good news from Ada", "somebody here"), ("Without my name", "somebody here", "Ada")],
)
async def test_after_a_yes_it_is_posted_once_with_the_name_or_without(
    ring: Ring, how: str, seen: str, unseen: str
):
    await ring.ada.say("/pacer circle win the offer is here")
    asked = ring.ada.last
    assert "in a moment" in await ring.ada.tap(how)
    shown = await ring.look()
    assert seen in shown and unseen not in shown and shown.count("the offer is here") == 1
    ring.ada.last = asked
    assert "told already" in await ring.ada.tap(how)
    assert (await ring.look()).count("the offer is here") == 1


async def test_what_was_told_can_be_taken_back_by_its_button_or_a_word_and_its_words_are_gone(ring: Ring):
    for way in ("button", "word"):
        await ring.ada.say(f"/pacer win canary {way}")
        await ring.ada.tap("With my name")
        assert f"canary {way}" in await ring.look()
        back = ring.ada.tap("Take it back") if way == "button" else ring.ada.say("/pacer win back")
        assert "Taken back" in await back
        assert f"canary {way}" not in await ring.look()
    assert (await ring.look()).count("This was taken back.") == 2
    assert "nothing of yours" in await ring.ada.say("/pacer win back")
    async with ring.on.store.work(ring.ada.who) as work:
        assert "canary" not in repr((await work.archive.everything())["circle_news"])


async def test_what_is_taken_back_before_it_was_posted_never_appears(ring: Ring):
    await ring.look()
    await ring.ada.say("/pacer win quick")
    await ring.ada.tap("With my name")
    await ring.ada.tap("Take it back")
    shown = await ring.look()
    assert "quick" not in shown and "taken back" not in shown


async def test_leaving_empties_her_posts(ring: Ring):
    (bob,) = await ring.with_people("Bob")
    await bob.say("/pacer win canary")
    await bob.tap("With my name")
    assert "Bob" in await ring.look()
    await bob.say("/pacer circle leave")
    shown = await ring.look()
    assert "Bob" not in shown and "canary" not in shown


async def test_an_old_question_posts_nothing(ring: Ring):
    await ring.ada.say("/pacer win canary-one")
    old = ring.ada.last
    await ring.ada.say("/pacer win canary-two")
    ring.ada.last = old
    assert "question is over" in await ring.ada.tap("With my name")
    shown = await ring.look()
    assert "canary" not in shown


async def test_a_rejection_is_never_posted_and_the_answer_to_it_offers_the_circle(ring: Ring):
    await ring.ada.say("/pacer event reject_onsite")
    assert "Ask the circle for company" in [o.label for o in ring.ada.options()]
    before = await ring.look()
    assert "onsite" not in before and "sorry" not in before
    assert "in your name" in await ring.ada.tap("Ask the circle for company")
    assert "Anyone for a walk" not in await ring.look()
    await ring.ada.tap("Anyone for a walk")
    shown = await ring.look()
    assert "Ada asks: Anyone for a walk or a call?" in shown and "onsite" not in shown


async def test_without_a_circle_nothing_about_one_is_offered(stranger: Stage):
    alone = Someone(stranger, "U8", None)
    for line in SET_UP:
        await alone.say(line)
    await alone.say("/pacer event reject_onsite")
    assert all("circle" not in o.label for o in alone.options())
    assert "A circle is a few people" in await alone.say("/pacer win an offer")
    assert "A circle is a few people" in await alone.say("/pacer circle company")


async def called(ring: Ring, line: str = "Anyone for a walk") -> str:
    """Ada asks; the key of the button in the channel."""
    await ring.ada.say("/pacer circle company")
    await ring.ada.tap(line)
    await ring.look()
    posts = [m for m in ring.wall.stands[ring.ada.room].values() if m.options]
    return next(o.key for m in posts for o in m.options if o.label == "I am in")


async def test_who_is_in_is_known_to_her_alone(ring: Ring):
    bob, carl = await ring.with_people("Bob", "Carl")
    await ring.letters(ring.ada)
    key = await called(ring)
    assert "Ada hears that you, Bob, are in" in await bob.press(key)
    assert "knows already" in await bob.press(key)
    (letter,) = await ring.letters(ring.ada)
    assert "Bob* is in" in letter
    shown = await ring.look()
    assert "Bob" not in shown and "in so far" not in shown.casefold()
    assert "In so far: Bob." in await ring.ada.press(key)
    assert "Bob" not in await carl.press(key)


async def test_a_stranger_and_somebody_of_no_circle_are_answered_kindly_and_change_nothing(ring: Ring):
    key = await called(ring)
    for who in (Someone(ring.on, "U9"), Someone(ring.on, "U7")):
        assert "among the members" in await who.press(key)
        assert "It will never know" in await who.tap("Join")
    assert "Nobody so far" in await ring.ada.press(key)


async def test_a_call_closes_after_a_day_by_itself_or_when_she_says_so(ring: Ring):
    (bob,) = await ring.with_people("Bob")
    key = await called(ring)
    await ring.live(timedelta(hours=23))
    assert "I am in" in str(ring.wall.stands) and "walk" in await ring.look()
    await ring.live(timedelta(hours=1, minutes=1))
    shown = await ring.look()
    assert "That is closed now" in shown and "walk" not in shown
    assert "That one is closed" in await bob.press(key)
    await called(ring, "Coffee")
    assert "Closed" in await ring.ada.say("/pacer circle company close")
    assert "Coffee" not in await ring.look()
    assert await ring.on.store.posts.overdue(now=ring.on.now + timedelta(days=9), limit=9) == []


async def test_words_of_her_own_are_shown_to_her_first(ring: Ring):
    asked = await ring.ada.say('/pacer circle company "Anyone for tennis?"')
    assert "Anyone for tennis?" in asked and "tennis" not in await ring.look()
    await ring.ada.tap("Ask them")
    assert "Ada asks: Anyone for tennis?" in await ring.look()


@pytest.mark.parametrize("command", ["win", "circle company"])
@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("@everyone come", "calls nobody"),
        ("hello <!channel>", "calls nobody"),
        ("@\u200beveryone come", "calls nobody"),
        ("<@U123> did it", "calls nobody"),
        ("x" * 301, "300 characters"),
        ("...", "no words"),
    ],
)
async def test_words_that_call_people_or_are_too_many_are_refused(
    ring: Ring, command: str, typed: str, answer: str
):
    assert answer in await ring.ada.say(f"/pacer {command} {typed}")
    assert "come" not in await ring.look()


async def test_hidden_signs_and_styles_do_not_reach_the_channel(ring: Ring):
    await ring.ada.say("/pacer win **big** `code` > quote \u202eRTL\u200b zero\u200bwidth")
    await ring.ada.tap("With my name")
    await ring.look()
    text = str(ring.wall.stands)
    assert "zerowidth" in text and not set("\u202e\u200b") & set(text) and "**big" not in text


async def test_three_wins_and_two_calls_a_day_are_enough_for_one_person_over_all_circles(ring: Ring):
    for n in range(3):
        await ring.ada.say(f"/pacer win number {n}")
        assert "in a moment" in await ring.ada.tap("With my name")
    await ring.ada.say("/pacer win number 3")
    assert "what a day" in await ring.ada.tap("With my name")
    for _ in range(2):
        await called(ring)
    await ring.ada.say("/pacer circle company")
    assert "tomorrow" in await ring.ada.tap("Coffee")
    assert "number 3" not in await ring.look()
    await ring.live(timedelta(hours=24))
    await ring.ada.say("/pacer win number 4")
    assert "in a moment" in await ring.ada.tap("With my name")


async def test_twenty_posts_of_people_a_day_are_enough_for_a_circle(ring: Ring):
    people = await ring.with_people(*(f"N{n}" for n in range(7)))
    told = 0
    for who in people:
        for n in range(3):
            await who.say(f"/pacer win {n}")
            told += "in a moment" in await who.tap("Without my name")
    assert told == 20 and "leave it in peace" in people[-1].shown()


async def test_in_two_circles_she_is_asked_which_and_only_that_one_hears_it(ring: Ring):
    other = Someone(ring.on, "U1", ON_DISCORD)
    other.who = ring.ada.who
    await other.say("/pacer circle create Early birds")
    direct = ring.ada.direct()
    assert "Which one?" in await direct.say("/pacer win canary")
    assert "Tell Early birds?" in await direct.tap("Early birds")
    await direct.tap("Without my name")
    assert "canary" not in await ring.look() and "canary" in await ring.look(ON_DISCORD)


async def test_it_stands_in_every_channel_of_the_circle_and_is_taken_back_in_each(ring: Ring):
    async with ring.on.store.work(ring.ada.who) as work:
        assert await work.circles.bind(ring.id, ON_DISCORD)
    await ring.ada.say("/pacer win canary")
    await ring.ada.tap("With my name")
    assert "canary" in await ring.look() and "canary" in await ring.look(ON_DISCORD)
    await ring.ada.tap("Take it back")
    assert "canary" not in await ring.look() and "canary" not in await ring.look(ON_DISCORD)


async def test_words_of_danger_never_become_good_news_or_a_call(ring: Ring):
    for command in ("win", "circle company"):
        said = await ring.ada.say(f"/pacer {command} I want to kill myself tonight")
        assert "Tell" not in said and "in your name" not in said
        await ring.ada.tap("I was speaking figuratively")
    assert "kill" not in await ring.look()


async def test_an_admin_can_take_a_post_down_and_it_stands_in_the_log_and_its_author_hears_of_it(ring: Ring):
    (bob,) = await ring.with_people("Bob")
    assert "Nothing that members posted" in await ring.ada.say("/pacer circle posts")
    await bob.say("/pacer win canary")
    await bob.tap("Without my name")
    assert "Only admins" in await bob.say("/pacer circle posts")
    listed = await ring.ada.say("/pacer circle posts")
    assert "canary" in listed and "Bob" not in listed
    asked = ring.ada.last
    await ring.look()
    await ring.letters(bob)
    assert "Taken down" in await ring.ada.tap("Take down 1")
    assert "canary" not in await ring.look()
    assert "Ada: took a member's post down" in await bob.say("/pacer circle log")
    (letter,) = await ring.letters(bob)
    assert "took a post of yours down" in letter
    ring.ada.last = asked
    assert "gone already" in await ring.ada.tap("Take down 1")
