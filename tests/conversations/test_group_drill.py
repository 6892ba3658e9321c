"""The drill of the day: one post in each channel, private answers, and a reveal of what people chose to share."""

from __future__ import annotations

import pytest
from conversations.group_stage import DRILL, ON_DISCORD, TTL, WRITE, Group, Person, group

from bot.chat.effects import OpenForm
from bot.chat.inbound import Channel

__all__ = ["group"]
MONDAY = "2026-01-05"


@pytest.fixture
async def ada(group: Group) -> Person:
    return group.people["ada"]


@pytest.fixture
async def bob(group: Group) -> Person:
    """Somebody on Discord."""
    return await Person(group, "77", ON_DISCORD).joins("Bob")


async def test_at_the_circles_hour_one_post_comes_to_each_channel_with_the_task_and_the_hour_of_the_reveal(
    group: Group, ada: Person
):
    await group.until(f"{MONDAY}T08:59+01:00")
    assert group.posts() == [[], []]
    await group.until(f"{MONDAY}T09:01+01:00")
    assert [len(shown) for shown in group.posts()] == [1, 1]
    for text in (group.post(), group.posts()[1][0]):
        assert "How would you keep a cache" in text and "10 minutes" in text
        assert "Reveal at 18:00 on Monday, Berlin time." in text
        assert "answer so far" not in text and "Give each entry" not in text
    await group.until(f"{MONDAY}T12:00+01:00")
    assert [len(shown) for shown in group.posts()] == [1, 1]


async def test_answers_are_judged_for_her_alone_and_the_posts_count_them_without_names(
    group: Group, ada: Person, bob: Person
):
    await group.until(f"{MONDAY}T10:00+01:00")
    await ada.opens()
    assert isinstance(ada.last[-1], OpenForm)
    told = await ada.sends(TTL)
    assert 'entries expire after a time to live ("I would give each entry' in told
    assert "Missing" in told and "You alone see this" in told and "Give each entry a time" not in told
    await group.settle()
    for shown in group.posts():
        assert "One answer so far." in shown[0] and "Ada" not in shown[0] and "one minute" not in shown[0]
    await bob.answers(WRITE)
    await group.settle()
    assert all("2 answers" in s[0] or "Two answers so far." in s[0] for s in group.posts())
    assert all(len(shown) == 1 for shown in group.posts()), "in place"


async def test_at_the_reveal_the_post_shows_what_landed_of_those_who_share_and_never_what_was_missing(
    group: Group, ada: Person, bob: Person
):
    eve = await Person(group, "U3").joins("Eve")
    await group.until(f"{MONDAY}T10:00+01:00")
    assert "with your name there: Ada" in await ada.answers(TTL, "with my name")
    assert "without a name" in await bob.answers(WRITE, "without my name")
    await eve.answers("Only one request refills the entry, the canary waits.")
    await group.until(f"{MONDAY}T17:59+01:00")
    assert "one minute" not in group.post()
    await group.until(f"{MONDAY}T18:01+01:00")
    for shown in group.posts():
        (text,) = shown
        assert "What landed" in text and "Ada" in text and "one minute" in text
        assert "Somebody" in text and "delete the key" in text and "Bob" not in text
        assert "canary" not in text and "Eve" not in text
        assert "Missing" not in text and "points" in text and "of 5" not in text
        assert "A model answer" in text and "Give each entry a time to live, delete the key" in text
        assert "To argue about:" in text


async def test_with_fewer_than_two_shared_answers_it_says_the_model_answer_and_a_question_only(
    group: Group, ada: Person
):
    await group.until(f"{MONDAY}T10:00+01:00")
    await ada.answers(TTL, "with my name")
    await group.until(f"{MONDAY}T18:01+01:00")
    text = group.post()
    assert "A model answer" in text and "To argue about" in text
    assert "What landed" not in text and "Ada" not in text and "one minute" not in text


async def test_nothing_is_shared_unless_she_says_so_and_she_can_change_her_mind_until_the_reveal_and_take_it_back_after(
    group: Group, ada: Person, bob: Person
):
    await group.until(f"{MONDAY}T10:00+01:00")
    await bob.answers(WRITE, "with my name")
    await ada.answers(TTL, "with my name")
    assert "stays with you" in await ada.tap("Keep it to myself")
    await ada.tap("Share: without my name")
    kept = ada.offered()
    await group.until(f"{MONDAY}T18:01+01:00")
    assert "Somebody" in group.post() and "one minute" in group.post()
    assert "nothing is added" in await ada.press(kept["Share: with my name"])
    assert "Taken back" in await ada.press(kept["Keep it to myself"])
    await group.settle()
    assert all("one minute" not in shown[0] and "Bob" not in shown[0] for shown in group.posts())


async def test_who_leaves_disappears_from_the_post_and_from_the_count(group: Group, ada: Person, bob: Person):
    eve = await Person(group, "U3").joins("Eve")
    await group.until(f"{MONDAY}T10:00+01:00")
    await ada.answers(TTL, "with my name")
    await bob.answers(WRITE, "with my name")
    await eve.answers("Only one request refills the entry, others wait.", "with my name")
    await group.settle()
    assert "Three answers so far." in group.post()
    await eve.say("/pacer circle leave")
    await group.settle()
    assert "Two answers so far." in group.post()
    await group.until(f"{MONDAY}T18:01+01:00")
    assert "Bob" in group.post() and "Eve" not in group.post()
    await bob.say("/pacer circle leave")
    await group.settle()
    assert all("Bob" not in s[0] and "delete the key from" not in s[0] for s in group.posts())


async def test_answering_twice_replaces_and_what_was_shared_is_asked_anew(
    group: Group, ada: Person, bob: Person
):
    await group.until(f"{MONDAY}T10:00+01:00")
    await bob.answers(WRITE, "with my name")
    await ada.answers(TTL, "with my name")
    await ada.opens()
    (form,) = [e for e in ada.last if isinstance(e, OpenForm)]
    assert dict(form.known)["answer"] == TTL
    assert "takes the place of the one before" in await ada.sends(WRITE)
    await group.settle()
    assert "Two answers so far." in group.post()
    await group.until(f"{MONDAY}T18:01+01:00")
    assert "Ada" not in group.post()


async def test_one_person_on_both_platforms_counts_once(group: Group, ada: Person):
    code = (await ada.say("/pacer link")).partition("/pacer link ")[2][:9]
    other = Person(group, "55", ON_DISCORD)
    await other.say(f"/pacer link {code}")
    if "Join them" in other.offered():
        await other.tap("Join them")
    await group.until(f"{MONDAY}T10:00+01:00")
    await ada.answers(TTL)
    assert "takes the place" in await other.answers(WRITE)
    await group.settle()
    assert "One answer so far." in group.post()


async def test_somebody_who_is_not_in_it_gets_a_kind_word_and_a_way_in(group: Group, ada: Person):
    await group.until(f"{MONDAY}T10:00+01:00")
    stranger = Person(group, "U9")
    assert "you are not in it yet" in await stranger.opens()
    assert "It will never know" in await stranger.tap("Join")
    await stranger.tap("Join")
    assert "Landed" in await stranger.answers(TTL)
    await group.settle()
    assert "One answer so far." in group.post()


async def test_a_form_that_comes_after_the_reveal_is_judged_for_her_alone_and_changes_nothing(
    group: Group, ada: Person, bob: Person
):
    await group.until(f"{MONDAY}T10:00+01:00")
    await bob.answers(WRITE, "with my name")
    await ada.answers(TTL, "with my name")
    await ada.opens()
    await group.until(f"{MONDAY}T18:01+01:00")
    before = group.posts()
    told = await ada.sends("Only one request refills the entry, the others wait for it.")
    assert "after" not in before and "The reveal was before this came" in told and "Landed" in told
    assert "Share: with my name" not in ada.offered()
    await group.settle()
    assert group.posts() == before


async def test_copied_tasks_and_piles_of_keywords_are_not_kept_and_the_form_comes_back(
    group: Group, ada: Person
):
    await group.until(f"{MONDAY}T10:00+01:00")
    await ada.opens()
    assert "nothing was kept" in await ada.sends(DRILL.task)
    (form,) = [e for e in ada.last if isinstance(e, OpenForm)]
    assert dict(form.known)["answer"] == DRILL.task
    await group.settle()
    assert "so far" not in group.post()


async def test_an_answer_without_anything_to_quote_offers_no_sharing(group: Group, ada: Person):
    await group.until(f"{MONDAY}T10:00+01:00")
    told = await ada.answers("I would talk to the team about it first and see what they think of all this.")
    assert "nothing in it yet that I could quote" in told
    assert list(ada.offered()) == ["Count it as today's"]


async def test_counting_it_is_one_tap_and_practice_like_any_other(group: Group, ada: Person):
    await group.until(f"{MONDAY}T10:00+01:00")
    await ada.opens()
    await ada.sends(TTL, minutes="12")
    again = ada.offered()["Count it as today's"]
    assert "Counted as today's: 12 minutes." in await ada.tap("Count it as today's")
    assert "Logged: 12 minutes at 4 of 10" in await ada.tap("4")
    assert "counts already" in await ada.press(again)
    async with group.on.store.work(ada.who) as work:
        (sitting,) = await work.practice.sittings(group.on.now.date())
        assert (sitting.minutes, sitting.stage, sitting.answer, sitting.effort) == (12, "done", TTL, 4)
        assert sitting.score == pytest.approx(0.4)
        assert sitting.drill_id in await work.practice.cards()


async def test_without_a_plan_of_her_own_it_cannot_be_counted_and_nothing_is_marked(
    group: Group, ada: Person
):
    eve = Person(group, "U9")
    await eve.say("/pacer circle join")
    await eve.tap("Join")
    await group.until(f"{MONDAY}T10:00+01:00")
    assert "You alone see this" in await eve.answers(TTL)
    assert "Count it as today's" not in eve.offered() and "Share: with my name" in eve.offered()
    count = f"1:group:count:{group.circle_id}:{MONDAY}"
    assert "/pacer start" in await eve.press(count)
    await eve.set_up()
    assert "Counted as today's: 10 minutes." in await eve.press(count)


async def test_a_channel_that_is_bound_later_gets_the_open_drill_and_no_old_one(
    group: Group, ada: Person, bob: Person
):
    await group.until(f"{MONDAY}T10:00+01:00")
    await ada.answers(TTL, "with my name")
    await bob.answers(WRITE, "with my name")
    await group.until("2026-01-06T10:00+01:00")
    group.slack.rooms.add("C2")
    code = (await ada.say("/pacer circle bind")).partition("circle bind ")[2].split()[0]
    there = Person(group, "U1", Channel("slack", "T1", "C2"))
    assert "belongs to Night owls from now on" in await there.say(f"/pacer circle bind {code}")
    await bob.press(f"1:group:share:{group.circle_id}:{MONDAY}:kept")
    await group.settle()
    assert not any("Bob" in text for texts in group.posts() for text in texts)
    welcome, drill = group.slack.shown("C2")
    assert "practise together here" in welcome and "Reveal at 18:00 on Tuesday" in drill


async def test_counting_it_leaves_an_open_drill_open(group: Group, ada: Person):
    await group.until(f"{MONDAY}T10:00+01:00")
    await ada.say("/pacer drill system_design")
    await ada.answers(TTL)
    assert "Counted" in await ada.tap("Count it as today's")
    assert "Noted" in await ada.say("I would give each entry a time to live of an hour.")


async def test_a_quote_that_would_call_people_or_style_the_post_does_neither(
    group: Group, ada: Person, bob: Person
):
    await group.until(f"{MONDAY}T10:00+01:00")
    await ada.answers("@everyone I would give each entry a time to live of a minute.", "with my name")
    await bob.answers("On every **write** I `delete` the key from the cache\n> and more.", "with my name")
    await group.until(f"{MONDAY}T18:01+01:00")
    text = group.post()
    assert "everyone" not in text and "On every write I delete the key" in text


async def test_an_ended_circle_and_a_button_of_another_time_answer_kindly(group: Group, ada: Person):
    await group.until(f"{MONDAY}T10:00+01:00")
    for key in ("1:group:answer", "1:group:answer:c:x", f"1:group:answer:{group.circle_id}:2020-01-01"):
        assert "over" in (await ada.press(key)).casefold() or "come to its end" in ada.shown()
    await ada.say("/pacer circle leave")
    assert "come to its end" in await ada.opens()


async def test_in_the_terminal_the_questions_are_asked_one_by_one(group: Group, ada: Person):
    await group.until(f"{MONDAY}T10:00+01:00")
    direct = Person(group, "U1", None)
    assert "Your answer?" in await direct.opens()
    assert "How many minutes?" in await direct.say(TTL)
    assert "You alone see this" in await direct.say("12 min")


async def test_words_of_danger_in_an_answer_are_kept_nowhere_and_the_post_does_not_change(
    group: Group, ada: Person
):
    await group.until(f"{MONDAY}T10:00+01:00")
    await ada.opens()
    assert "A human can help you now" in await ada.sends("I want to die.")
    await group.settle()
    assert "so far" not in group.post()
