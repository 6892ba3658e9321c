"""The glossary: words of the field as cards that come back, in a conversation."""

from __future__ import annotations

from datetime import timedelta

from conversations.stage import WHO, set_up, stage


async def test_a_card_is_asked_shown_rated_and_comes_back_when_it_fades(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        assert "quorum is in your glossary" in await on.say(
            "/pacer glossary add quorum = more than half of the replicas"
        )
        front = await on.say("/pacer glossary cards")
        assert "quorum" in front and "Card 1 of 1" in front and "replicas" not in front
        back = await on.say("the majority, I think")
        assert "more than half of the replicas" in back
        assert "That was one card" in await on.tap("Good")
        assert "The next one comes on" in await on.say("/pacer glossary cards")
        on.now += timedelta(days=4)
        assert "quorum" in await on.say("/pacer glossary cards")


async def test_today_names_two_cards_and_a_tap_begins_them(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        assert "glossary" not in await on.say("/pacer today")
        await on.say("/pacer glossary add")
        assert "2 cards" in await on.say("lease = a lock that ends by itself\nfence = a token that grows")
        assert "Two cards of your glossary" in await on.say("/pacer today")
        assert "lease" in await on.tap("Cards")


async def test_cards_come_in_the_order_of_the_deck_and_what_did_not_come_is_asked_once_more(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        await on.say("/pacer glossary add")
        await on.say("zeta = one\nalpha = two")
        assert "zeta" in await on.say("/pacer glossary cards")
        await on.tap("Show it")
        assert "alpha" in await on.tap("Again")
        await on.tap("Show it")
        assert "zeta" in await on.tap("Easy")
        await on.tap("Show it")
        assert "That was 3 cards" in await on.tap("Again")


async def test_after_the_cards_the_next_line_belongs_to_the_open_drill_again(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        await on.say("/pacer glossary add quorum = the majority")
        await on.say("/pacer drill")
        await on.say("/pacer glossary cards")
        await on.tap("Show it")
        await on.tap("Good")
        await on.say("My answer begins here.")
        async with on.store.work(WHO) as work:
            sitting = await work.practice.current()
        assert sitting is not None and sitting.answer == "My answer begins here."


async def test_a_button_of_a_card_that_is_over_answers_kindly(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        await on.say("/pacer glossary add quorum = the majority")
        await on.say("/pacer glossary cards")
        asked = on.last
        await on.tap("Enough")
        on.last = asked
        assert "That card is over" in await on.tap("Show it")


async def test_the_deck_is_listed_and_a_card_leaves_by_term_or_number(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        assert "empty" in await on.say("/pacer glossary list")
        await on.say("/pacer glossary add")
        await on.say("lease = a lock\nfence = a token")
        assert "1. lease: a lock" in await on.say("/pacer glossary list")
        assert "lease is out" in await on.say("/pacer glossary remove LEASE")
        assert "fence" in await on.say("/pacer glossary remove 1")
        assert "did not find" in await on.say("/pacer glossary remove 1")
        assert "empty" in await on.say("/pacer glossary cards")


async def test_a_long_deck_is_listed_as_a_file_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with stage(tmp_path) as on:
        await set_up(on)
        await on.say("/pacer glossary add")
        await on.say("\n".join(f"word {n} = meaning {n}" for n in range(30)))
        shown = await on.say("/pacer glossary list")
        assert "… and 10 more" in shown and "glossary.txt" in shown


async def test_bad_cards_are_refused_whole_with_their_line(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        assert "A card looks like" in await on.say("/pacer glossary add quorum")
        await on.say("/pacer glossary add lease = a lock")
        assert "in your deck already" in await on.say("/pacer glossary add LEASE = something else")
        assert "would notify people" in await on.say("/pacer glossary add all = hello @everyone")
        await on.say("/pacer glossary add")
        assert "Line 2: that is no card" in await on.say("a = b\nc =\nd = e")
        assert "Line 3: A is in line 1 too" in await on.say("a = b\nc = d\nA = e")
        assert "Nothing was added" in await on.say("a = b\nc = " + "x" * 601)
        many = "\n".join(f"t{n} = m" for n in range(5000))
        assert "5,000 cards, and a deck holds 1,000" in await on.say(many)
        assert "no card in that" in await on.say("   ")
        assert "Left as it was" in await on.say("cancel")
        assert "1 card" in await on.say("/pacer glossary list")
