"""The real bolt app and its socket against a Slack on loopback, with the real coach on SQLite: a person's days."""

from __future__ import annotations

import pytest
from wire.slack_person import Person, labels

from bot.chat.inbound import Sender

ADA = Sender("slack", "U11", "T1")


def buttons(message) -> list[dict]:
    return [block for block in message["blocks"] if block["type"] == "actions"]


async def opened(slack, form: str) -> dict:
    return await slack.until(
        lambda: next((m for m in slack.modals if m["callback_id"] == f"form:{form}"), None)
    )


async def test_a_whole_set_up_through_two_modals(app, slack, store, ada):
    slack.zones["U11"] = "Europe/Lisbon"
    assert "payload" not in await ada.command("start")
    first = await slack.until(lambda: slack.modals and slack.modals[0])
    assert first["title"]["text"] == "Pacer"
    assert first["blocks"][0]["text"]["text"] == "What are you preparing for?"
    await ada.submit(first, track="Staff backend engineer", target="11 weeks", hours="6")
    second = await slack.until(lambda: slack.modals[1:] and slack.modals[1])
    offered = {b["block_id"]: b["element"].get("initial_value") for b in second["blocks"]}
    assert offered["city"] == "Europe/Lisbon"
    await ada.submit(second, city="Berlin")
    told = await slack.until(lambda: ada.heard()[1:])
    assert told[0].startswith("Staff backend engineer, 11 weeks")
    assert labels(slack.said[-1]) == ["Start", "Show the plan", "Tomorrow"]
    async with store.work(ADA) as work:
        assert (await work.people.profile()).zone == "Europe/Berlin"


async def test_slack_is_answered_before_a_modal_opens(app, slack, ada):
    await ada.command("start")
    await slack.until(lambda: slack.modals)
    await ada.submit(slack.modals[0], track="Staff backend engineer", target="11 weeks", hours="6")
    await slack.until(lambda: slack.modals[1:])
    assert [what for what in slack.order if what in ("ack", "views.open")] == ["ack", "views.open"] * 2


async def test_a_tap_on_the_check_in_makes_the_same_message_todays_plan(slack, known):
    await known.command("checkin")
    asked = await slack.until(lambda: next((m for m in slack.said if "half" in labels(m)), None))
    before = len(slack.said)
    await known.click("half", asked)
    await slack.until(lambda: slack.updated)
    assert "Half a battery" in slack.said[-1]["text"]
    assert slack.updated[0]["ts"] == asked["ts"]
    assert slack.updated[0]["metadata"] == asked["metadata"]  # a letter in doubt can still be found by it
    assert len(slack.said) == before


async def test_a_drill_with_a_hint_a_typed_answer_and_judging(slack, known):
    await known.command("drill")
    card = await slack.until(lambda: next((m for m in slack.said if "Hint" in labels(m)), None))
    await known.click("Hint", card)
    await slack.until(lambda: slack.updated)
    assert buttons(card) == []
    assert card["blocks"][-1] == {
        "type": "context",
        "elements": [{"type": "plain_text", "text": "Hint", "emoji": False}],
    }
    assert labels(slack.said[-1]) == ["Hint", "Done", "Put aside"]
    heard = len(slack.said)
    await known.write("I would ask for the read/write ratio first.")
    await slack.until(lambda: len(slack.said) > heard)
    await known.click("Done", slack.said[-1])
    await slack.until(lambda: any("model answer" in words for words in known.heard()))
    question = await slack.until(lambda: next((m for m in slack.said if "Easy" in labels(m)), None))
    assert question is slack.said[-1]
    assert any("Graded by rules" in words for words in known.heard())


async def test_a_button_that_only_runs_a_command_leaves_the_question_open(slack, known):
    welcome = slack.said[-1]
    await known.click("Show the plan", welcome)
    await slack.until(lambda: slack.said[-1] is not welcome)
    assert slack.updated == []
    assert labels(welcome) == ["Start", "Show the plan", "Tomorrow"]


async def test_a_command_in_a_channel_is_answered_for_her_eyes_only(slack, known):
    before = len(slack.said)
    await known.command("today", channel="C9")
    (whisper,) = await slack.until(lambda: slack.whispers)
    assert whisper["response_type"] == "ephemeral"
    assert not whisper["replace_original"]
    assert len(slack.said) == before


async def test_called_by_name_in_a_channel_pacer_whispers_in_the_thread(slack, known):
    payload = known.event_payload(
        "<@UPACER> today", type="app_mention", channel="C1", thread_ts="1700.000100"
    )
    payload["event"].pop("channel_type")
    await slack.send("events_api", payload)
    (whisper,) = await slack.until(lambda: slack.whispers)
    assert (whisper["channel"], whisper["user"], whisper["thread_ts"]) == ("C1", "U11", "1700.000100")


async def test_where_pacer_is_no_member_the_answer_comes_directly(slack, known):
    payload = known.event_payload("<@UPACER> today", type="app_mention", channel="C2")
    before = len(known.heard())
    await slack.send("events_api", payload)
    await slack.until(lambda: len(known.heard()) > before)
    assert slack.whispers == []


async def test_what_is_asked_in_a_thread_is_answered_in_it(slack, known):
    await known.write("today", thread_ts="1700.000100")
    await slack.until(lambda: slack.said[-1]["thread_ts"] == "1700.000100")
    await known.write("drill", thread_ts="1700.000100")
    card = await slack.until(lambda: "Hint" in labels(slack.said[-1]) and slack.said[-1])
    await known.click("Hint", card)
    await slack.until(lambda: slack.updated)
    assert slack.said[-1]["thread_ts"] == "1700.000100"


async def test_a_form_opened_from_a_channel_is_answered_there_and_only_for_her(slack, known):
    await known.command("interview add", channel="C9")
    modal = await opened(slack, "interview")
    await known.submit(
        modal, company="Acme", kind=modal["blocks"][1]["element"]["options"][0]["value"], when="in 20 days"
    )
    await slack.until(lambda: slack.whispers)
    assert "Acme" in slack.whispers[0]["text"]
    slack.open_urls = False  # half an hour later
    before = len(known.heard())
    await known.command("interview list", channel="C9")
    await slack.until(lambda: len(known.heard()) > before)


async def test_a_field_that_cannot_be_read_says_so_in_the_modal(app, slack, ada):
    await ada.command("start")
    modal = await slack.until(lambda: slack.modals and slack.modals[0])
    ack = await ada.submit(modal, track="SRE / production engineer", target="yesterday", hours="lots")
    assert ack["payload"]["response_action"] == "errors"
    assert set(ack["payload"]["errors"]) == {"target", "hours"}
    assert ack["payload"]["errors"]["hours"] == "I did not get that. Hours a week is a number from 1 to 80."
    assert "*" not in ack["payload"]["errors"]["target"]
    ack = await ada.submit(modal, track="SRE / production engineer", target="8", hours="5")
    assert "payload" not in ack
    await slack.until(lambda: slack.modals[1:])


async def test_a_modal_sent_twice_is_handled_once(slack, known):
    await known.command("interview add")
    modal = await opened(slack, "interview")
    kind = modal["blocks"][1]["element"]["options"][0]["value"]
    before = len(known.heard())
    for _ in range(2):
        await known.submit(modal, company="Acme", kind=kind, when="in 20 days")
    await slack.until(lambda: len(known.heard()) > before)
    await known.command("interview list")
    await slack.until(lambda: len(known.heard()) > before + 1)
    assert known.heard()[-1].count("Acme") == 1
    assert len(known.heard()) == before + 2


async def test_words_of_danger_in_a_form_are_met_with_care_and_not_with_an_error(slack, known):
    await known.command("interview add")
    modal = await opened(slack, "interview")
    before = len(known.heard())
    ack = await known.submit(modal, company="I want to kill myself", when="whenever")
    assert "payload" not in ack
    await slack.until(lambda: len(known.heard()) > before)
    assert "practice can wait" in known.heard()[-1]


async def test_the_old_button_of_a_finished_form_is_kind(slack, known):
    old = {"ts": "5.5", "channel": "DU11", "text": "x", "blocks": []}
    payload = known.click_payload("Start", slack.said[-1])
    payload["actions"][0] |= {"value": "1:judge:gone:0:yes", "action_id": "1:judge:gone:0:yes"}
    payload["message"] = old
    before = len(known.heard())
    await slack.send("interactive", payload)
    await slack.until(lambda: len(known.heard()) > before)
    assert "closed" in known.heard()[-1]


async def test_somebody_elses_button_says_so_kindly_and_does_nothing(slack, known):
    grace = Person(slack, "U22")
    payload = grace.click_payload("Start", slack.said[-1])
    payload["actions"][0]["block_id"] = "for:U11:0"
    payload |= {"channel": {"id": "C1"}}
    before = len(slack.said)
    await slack.send("interactive", payload)
    (whisper,) = await slack.until(lambda: slack.whispers)
    assert "somebody else" in whisper["text"]
    payload = known.click_payload("Start", slack.said[-1])
    payload["actions"][0]["block_id"] = "for:U11:0"
    await slack.send("interactive", payload)
    await slack.until(lambda: len(slack.said) > before)


async def test_the_shortcut_on_a_message_gives_a_drill(slack, known):
    payload = {
        "type": "message_action",
        "callback_id": "practise",
        "user": {"id": "U11", "team_id": "T1"},
        "team": {"id": "T1"},
        "channel": {"id": "C1"},
        "message": {"text": "anything", "ts": "1.1"},
        "trigger_id": slack.trigger(),
        "response_url": slack.response_url(),
    }
    await slack.send("interactive", payload)
    (whisper,) = await slack.until(lambda: slack.whispers)
    assert "Hint" in labels(whisper)


@pytest.mark.parametrize("words", ["<!channel>", "<!here> <@U22>", "&<script>"])
async def test_nothing_she_writes_can_ping_anybody(slack, known, words):
    await known.command("company add")
    modal = await opened(slack, "company")
    before = len(known.heard())
    await known.submit(modal, name=words, stakes="good")
    await slack.until(lambda: len(known.heard()) > before)
    said = slack.said[-1]
    assert words not in said["text"]
    assert words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in said["text"]
    assert "mrkdwn" not in str(said["blocks"])
    assert {"link_names", "parse"}.isdisjoint(said)


async def test_a_text_file_is_read_as_if_it_had_been_typed(slack, store, known):
    await known.command("drill")
    await slack.until(lambda: "Hint" in labels(slack.said[-1]))
    slack.files["plan.md"] = b"I start with the numbers."
    file = {
        "name": "plan.md",
        "mimetype": "text/plain",
        "size": 25,
        "url_private": f"{slack.root}/files/plan.md",
    }
    before = len(slack.said)
    await known.write("", subtype="file_share", files=[file])
    await slack.until(lambda: len(slack.said) > before)
    assert "text files" not in slack.said[-1]["text"]
    async with store.work(ADA) as work:
        assert (await work.practice.current()).answer == "I start with the numbers."
