"""Discord as people use it: the real app on simcord's Discord, the real coach, a real database."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from wire.discord_world import SEARCH, TIMES, a_world, callbacks, labels, set_up, set_up_in, text_of

from adapters.discord.speak import numbered
from bot.chat.inbound import Sender
from bot.chat.message import Audience, message


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn is slow sooner, so that the tests need not wait."""
    monkeypatch.setattr("adapters.discord.app.PATIENCE", 0.3)


async def test_set_up_takes_two_forms_and_ends_with_a_first_drill(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        opened = await ann.slash("pacer start")
        assert opened.modal["title"] == "What are you preparing for?"
        between = await ann.submit_modal(opened, SEARCH)
        assert labels(between.response) == ["Fill it in"]
        second = await ann.click(between.response, label="Fill it in")
        assert second.modal["title"] == "When do we talk?"
        await ann.submit_modal(second, TIMES)
        last = ann.dm_channel.last_message
        assert "11 weeks" in text_of(last) and "Start" in labels(last)
        async with world.store.work(Sender("discord", str(ann.id))) as work:
            profile = await work.people.profile()
        assert profile is not None and profile.zone == "Europe/Berlin"


async def test_a_form_that_cannot_be_read_comes_back_with_what_was_typed(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        opened = await ann.slash("pacer start")
        for tried in ("never", "soon"):
            refused = await ann.submit_modal(opened, {**SEARCH, "target": tried, "hours": "7"})
            told = (refused.followups or [refused.response])[-1]
            assert "Say a number of weeks" in text_of(told)
            opened = await ann.click(told, label="Correct it")
            typed = {i["component"]["custom_id"]: i["component"] for i in opened.modal["components"]}
            assert typed["target"]["value"] == tried and typed["hours"]["value"] == "7"
            assert [o["value"] for o in typed["track"]["options"] if o.get("default")] == ["staff_backend"]
        between = await ann.submit_modal(opened, SEARCH)
        assert "When do we talk?" in text_of(between.followups[-1])


async def test_the_way_back_to_a_form_works_after_a_restart(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        between = await ann.submit_modal(await ann.slash("pacer start"), SEARCH)
        await world.restart()
        second = await ann.click(between.response, label="Fill it in")
        assert second.modal["title"] == "When do we talk?"


async def test_a_tap_on_the_battery_lets_the_same_message_become_the_plan(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        await set_up(ann)
        asked = await ann.slash("pacer checkin")
        before = len(ann.dm_channel.history())
        await ann.click(asked.response, label="half")
        history = ann.dm_channel.history()
        assert len(history) == before
        assert "Half a battery" in text_of(history[-1]) and "half" not in labels(history[-1])


async def test_asking_why_leaves_the_plan_and_its_buttons_where_they_are(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        await set_up(ann)
        plan = (await ann.slash("pacer checkin", battery="half")).response
        offered = labels(plan)
        why = await ann.click(plan, label=next(x for x in offered if x.casefold() == "why"))
        assert why.response.id != plan.id
        shown = next(m for m in ann.dm_channel.history() if m.id == plan.id)
        assert labels(shown) == offered or labels(why.response)


async def test_a_drill_is_begun_hinted_at_and_answered_in_direct_messages(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        await set_up(ann)
        card = await ann.slash("pacer drill")
        shown = labels(card.response)
        hinted = await ann.click(card.response, label=next(x for x in shown if "hint" in x.casefold()))
        assert hinted.acknowledged and ann.dm_channel.last_message.id != card.response.id
        shown = next(m for m in ann.dm_channel.history() if m.id == card.response.id)
        assert "-# " in text_of(shown), "what was picked stays to be seen"
        await ann.send_dm("I would ask how much is read and how much is written.")
        sent = [
            r for r in world.env.http_requests if r.path.endswith(f"/channels/{ann.dm_channel.id}/messages")
        ]
        assert re.fullmatch("[a-z2-7]{24}", sent[-1].json["nonce"])
        assert sent[-1].json["enforce_nonce"] is True


async def test_buttons_work_after_a_restart(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        await set_up(ann)
        asked = await ann.slash("pacer checkin")
        await world.restart()
        await ann.click(asked.response, label="full")
        assert "battery" in text_of(ann.dm_channel.last_message).casefold()


async def test_a_button_of_another_version_is_answered_kindly(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        channel = ann.dm_channel
        button = {"type": 2, "style": 1, "label": "Go", "custom_id": "0:go:7"}
        row = {"type": 1, "components": [button]}
        old = world.env.backend.create_message(channel.id, world.app.client.user.id, "old", components=[row])
        shown = next(m for m in channel.history() if m.id == old.id)
        answered = await ann.click(shown, label="Go")
        assert "from another time" in text_of(answered.response)


async def test_in_a_server_only_she_reads_it(tmp_path: Path):
    async with a_world(tmp_path) as world:
        guild = world.env.create_guild()
        channel = guild.create_text_channel("general")
        ann = guild.add_member(world.env.create_user("ann"))
        assert (await ann.slash(channel, "pacer help")).ephemeral
        await set_up_in(ann, channel)
        assert (await ann.slash(channel, "pacer today")).ephemeral
        assert all(m.flags.ephemeral for m in channel.history())


async def test_somebody_elses_button_changes_nothing(tmp_path: Path):
    async with a_world(tmp_path) as world:
        guild = world.env.create_guild()
        channel = guild.create_text_channel("general")
        ann, bob = (guild.add_member(world.env.create_user(name)) for name in ("ann", "bob"))
        await set_up_in(ann, channel)
        world.coach.audience = Audience.HERE
        asked = await ann.slash(channel, "pacer checkin")
        assert not asked.ephemeral
        refused = await bob.click(asked.response, label="half")
        assert refused.ephemeral and "somebody else's" in text_of(refused.response)
        assert await world.store.last_seen(Sender("discord", str(bob.id))) is None


async def test_nothing_that_is_said_pings_anybody(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        await set_up(ann)
        await ann.slash("pacer company add", name="@everyone <@1> <@&2>", stakes="dream")
        await ann.slash("pacer plan", view="companies")
        await ann.send_dm("@everyone")
        bodies = [r.json.get("data", r.json) for r in world.env.http_requests if isinstance(r.json, dict)]
        speaking = [b for b in bodies if b.get("components") and "title" not in b]
        assert speaking and all(b["allowed_mentions"]["parse"] == [] for b in speaking)


async def test_a_slow_turn_is_acknowledged_and_then_answered_in_its_place(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        await set_up(ann)
        world.coach.seconds = 0.4
        shown = await ann.slash("pacer today")
        assert callbacks(world)[-1]["type"] == 5 and not shown.followups
        assert "minutes" in text_of(shown.response)


async def test_a_slow_answer_of_two_messages_fills_its_place_and_goes_on_after_it(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        await set_up(ann)
        world.coach.seconds = 0.4
        shown = await ann.slash("pacer checkin", battery="xyz")
        assert "I did not get that" in text_of(shown.response) and len(shown.followups) == 1
        assert "half" in labels(shown.followups[0])


async def test_a_form_opens_with_all_that_was_given(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        await set_up(ann)
        opened = await ann.slash("pacer interview add", company="Initech", when="Friday")
        typed = {i["component"]["custom_id"]: i["component"].get("value") for i in opened.modal["components"]}
        assert typed["company"] == "Initech" and typed["when"] == "Friday"


async def test_a_form_that_came_too_late_is_offered_by_a_button(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        await set_up(ann)
        world.coach.seconds = 0.4
        late = await ann.slash("pacer interview add", company="Initech", when="Friday")
        assert late.modal is None
        world.coach.seconds = 0
        opened = await ann.click(late.response, label="Fill it in")
        typed = {i["component"]["custom_id"]: i["component"].get("value") for i in opened.modal["components"]}
        assert typed["company"] == "Initech" and typed["when"] == "Friday"


async def test_typing_is_shown_while_an_answer_to_words_takes_its_time(tmp_path: Path):
    async with a_world(tmp_path) as world:
        world.coach.seconds = 0.4
        ann = world.env.create_user("ann")
        await ann.send_dm("today")
        assert [r for r in world.env.http_requests if r.path.endswith("/typing")]
        assert "set you up" in text_of(ann.dm_channel.last_message)


async def test_an_event_that_comes_twice_is_answered_once(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        seen: list[Any] = []
        world.env.backend.subscribers.insert(0, lambda name, data: seen.append((name, data)))
        await ann.slash("pacer help")
        again = next(data for name, data in seen if name == "INTERACTION_CREATE")
        before = len(world.env.http_requests)
        world.env.backend.emit("INTERACTION_CREATE", again)
        await world.env.settle()
        assert len(world.env.http_requests) == before


async def test_nothing_of_a_message_or_a_form_stays_in_memory(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        await set_up(ann)
        await ann.slash("pacer checkin")
        await ann.send_dm("today")
        assert (await ann.slash("pacer interview add")).modal
        kept = world.app.client._connection._view_store
        assert not kept._views and not kept._modals and not world.app.client.cached_messages


def test_an_answer_has_the_same_key_again_and_an_apology_another():
    answer, apology = message("Half a battery."), message("I cannot reach my notes just now.")
    assert list(numbered("discord:1", (answer,))) == list(numbered("discord:1", (answer,)))
    assert next(numbered("discord:1", (answer,)))[0] != next(numbered("discord:1", (apology,)))[0]
