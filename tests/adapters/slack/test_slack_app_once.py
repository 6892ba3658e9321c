"""What Slack sends twice, what it limits, and what breaks on the way: every event is answered, and answered once."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from wire.slack_person import Person, labels

from bot.turn import Unavailable
from storage.store import SqlStore


class Flaky(SqlStore):
    """A store that can be away: before events are kept, or before their turns are run."""

    takes, works = True, True

    async def receive(self, inbound):
        """As ever, or not at all."""
        if not self.takes:
            raise Unavailable("away")
        return await super().receive(inbound)

    def work(self, sender):
        """As ever, or not at all."""
        if not self.works:
            raise Unavailable("away")
        return super().work(sender)


@pytest.fixture
def flaky(store: SqlStore) -> Flaky:
    return Flaky(store.engine, store._sealer)


async def test_a_redelivered_message_is_acknowledged_and_handled_once(slack, known):
    payload = known.event_payload("checkin half")
    before = len(known.heard())
    for attempt in range(3):
        assert await slack.send("events_api", payload, attempt=attempt)
    await slack.until(lambda: len(known.heard()) > before)
    await known.write("checkin full")
    await slack.until(lambda: len(known.heard()) > before + 1)
    assert len(known.heard()) == before + 2


async def test_a_click_that_slack_sends_twice_counts_once_and_a_second_click_is_answered(slack, known):
    payload = known.click_payload("Start", slack.said[-1])
    before = len(known.heard())
    for _ in range(2):
        assert await slack.send("interactive", payload)
    await slack.until(lambda: len(known.heard()) > before)
    await known.click("Hint")
    await slack.until(lambda: slack.updated[1:])
    assert len(known.heard()) == before + 2
    await slack.send("interactive", payload | {"trigger_id": slack.trigger()})
    await slack.until(lambda: "You have this one open." in known.heard())


async def test_events_that_cannot_be_kept_are_not_acknowledged_and_come_again(slack, open_app, flaky):
    ada = Person(slack)
    await open_app(store=flaky)
    flaky.takes = False
    payload = ada.event_payload("help")
    assert await slack.send("events_api", payload, seconds=0.3) is None
    flaky.takes = True
    assert await slack.send("events_api", payload, attempt=1) is not None
    (words,) = await slack.until(ada.heard)
    assert "What you can say" in words


async def test_commands_clicks_and_forms_that_cannot_be_kept_are_refused_kindly(slack, open_app, flaky):
    ada = Person(slack)
    await open_app(store=flaky)
    await ada.command("start")
    modal = await slack.until(lambda: slack.modals and slack.modals[0])
    flaky.takes = False
    assert "payload" not in await ada.command("help")
    await slack.until(lambda: any("did not take that" in words for words in ada.heard()))
    ack = await ada.submit(modal, track="SRE / production engineer", target="8", hours="5")
    assert ack["payload"]["response_action"] == "errors"
    assert "did not take that" in str(ack["payload"]["errors"])
    flaky.takes = True
    assert "payload" not in await ada.submit(modal, track="SRE / production engineer", target="8", hours="5")
    await slack.until(lambda: slack.modals[1:])


async def test_an_apology_is_not_taken_for_the_answer(slack, open_app, flaky):
    ada = Person(slack)
    app = await open_app(store=flaky)
    flaky.works = False
    await ada.write("help")
    await slack.until(lambda: any("as soon as they are back" in words for words in ada.heard()))
    flaky.works = True
    for _ in range(2):
        await app.resume()
    assert len(ada.heard()) == 2
    assert "What you can say" in ada.heard()[1]


async def test_what_slack_limits_comes_later_and_once(slack, app, known):
    slack.fail_next(1, "429")
    before = len(known.heard())
    await known.write("today")
    await slack.until(lambda: slack.limited)
    await asyncio.gather(*app._reception._busy.values())
    assert len(known.heard()) == before
    for _ in range(2):
        await app.resume()
    assert len(known.heard()) == before + 1


@pytest.mark.parametrize("how", ["reset", "garbage", "500"])
async def test_an_answer_whose_arrival_is_in_doubt_is_looked_for(slack, app, known, how):
    slack.fail_next(1, how)
    before = len(known.heard())
    await known.write("today")
    await slack.until(lambda: slack.counts["post"] > before)
    await asyncio.gather(*app._reception._busy.values())
    for _ in range(2):
        await app.resume()
    assert len(known.heard()) == before + 1


async def test_in_a_thread_too(slack, app, known):
    slack.fail_next(1, "reset")
    before = len(known.heard())
    await known.write("today", thread_ts="1700.000100")
    await slack.until(lambda: len(known.heard()) > before)
    await asyncio.gather(*app._reception._busy.values())
    for _ in range(2):
        await app.resume()
    assert len(known.heard()) == before + 1


async def test_where_nobody_may_look_it_is_said_after_a_few_tries(slack, app, known):
    slack.scopes = False
    slack.fail_next(1, "429")
    before = len(known.heard())
    await known.write("today")
    await slack.until(lambda: slack.limited)
    await asyncio.gather(*app._reception._busy.values())
    for _ in range(6):
        await app.resume()
    assert len(known.heard()) == before + 1


async def test_a_modal_that_could_not_open_is_told_of(slack, app, ada):
    slack.fail_next(1, "429", place="views.open")
    await ada.command("start")
    await slack.until(lambda: slack.limited)
    await asyncio.gather(*app._reception._busy.values())
    for _ in range(2):
        await app.resume()
    assert len(ada.heard()) == 2
    assert "Say it again, and it opens." in ada.heard()[1]


async def test_stopped_between_keeping_and_answering_the_next_start_answers_once(slack, open_app, store, ada):
    first = await open_app()
    held = asyncio.Event()

    async def never(*_, **__):
        await held.wait()

    first._coach.run = never  # the process is about to die
    await ada.write("help")
    await first.stop(0)
    assert ada.heard() == []
    second = await open_app()
    for _ in range(2):
        await second.resume()
    (words,) = ada.heard()
    assert "What you can say" in words


async def test_killed_between_acknowledging_and_answering_the_next_start_answers_once(
    slack, open_app, ada, tmp_path, key
):
    """A whole process, killed with nothing tidied up."""
    script = Path(__file__).with_name("slack_process.py")
    root = Path(__file__).parents[3]
    paths = os.pathsep.join((str(root), str(root / "tests")))
    process = subprocess.Popen(
        [sys.executable, str(script), slack.url, str(tmp_path), key, slack.token],
        env={**os.environ, "PYTHONPATH": paths},
    )
    try:
        async with asyncio.timeout(30):
            await slack._connected.wait()
        assert await ada.write("help")
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert ada.heard() == []
    slack._connected.clear()
    app = await open_app()
    for _ in range(2):
        await app.resume()
    assert len(ada.heard()) == 1


async def test_a_socket_that_slack_wants_renewed_or_that_breaks_is_opened_anew(slack, app, known):
    for broken in (slack.ask_to_reconnect, slack.drop):
        await broken()
        await slack.connected()
        before = len(known.heard())
        await known.write("today")
        await slack.until(lambda before=before: len(known.heard()) > before)
        assert await app.check() == (True, "Slack's socket is open.")


async def test_a_slack_that_is_away_at_the_start_is_tried_again(slack, open_app, ada, monkeypatch):
    monkeypatch.setattr("adapters.slack.app.CONNECT_SECONDS", 0.1)
    slack.fail_next(2, "500", place="socket")
    app = await open_app()
    assert (await app.check())[0] is False
    await slack.connected()
    await ada.write("help")
    await slack.until(ada.heard)


@pytest.mark.parametrize(
    "changes",
    [
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"bot_id": "B1"},
        {"hidden": True},
        {"user": None},
        {"user": 5},
        {"channel": None},
        {"text": None},
        {"type": "reaction_added"},
        {"channel": "C1", "channel_type": "channel"},
    ],
)
async def test_what_is_no_persons_word_is_acknowledged_and_ignored(slack, app, ada, changes):
    payload = ada.event_payload("help")
    payload["event"] |= changes
    assert await slack.send("events_api", payload)
    await ada.write("help")
    await slack.until(ada.heard)
    assert len(ada.heard()) == 1


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "view_closed", "view": {"callback_id": "form:search"}, "user": {"id": "U11"}},
        {"type": "shortcut", "callback_id": "elsewhere", "user": {"id": "U11"}, "trigger_id": "1"},
        {"type": "message_action", "callback_id": "other", "user": {"id": "U11"}, "trigger_id": "1"},
        {"type": "block_actions", "user": {"id": "U11"}, "actions": [{"action_id": "x", "type": "button"}]},
        {"type": "view_submission", "user": {"id": "U11"}, "view": {"callback_id": "form:search"}},
        {"type": "view_submission", "user": {"id": "U11"}, "view": {"callback_id": "theirs", "id": "V"}},
    ],
)
async def test_interactions_of_another_kind_are_acknowledged_and_ignored(slack, app, ada, payload):
    assert await slack.send("interactive", payload)
    await ada.write("help")
    await slack.until(ada.heard)
    assert len(ada.heard()) == 1


@pytest.mark.parametrize("payload", [{}, {"type": "event_callback", "event": []}, {"type": "block_actions"}])
async def test_what_nobody_can_read_harms_nobody(slack, app, ada, payload):
    await slack.send("events_api", payload, seconds=0.2)
    await ada.write("help")
    await slack.until(ada.heard)


async def test_the_home_tab_is_drawn_when_opened_and_once_for_the_turns_of_a_moment(slack, app, ada):
    await ada.open_home()
    await slack.until(lambda: "U11" in slack.homes)
    assert labels(slack.homes["U11"]) == ["Set me up", "What can I say?"]
    drawn = slack.drawn
    for words in ("help", "help start", "help drill"):
        await ada.write(words)
    await slack.until(lambda: slack.drawn > drawn)
    await asyncio.sleep(0.15)
    assert slack.drawn - drawn < 3
    home = {"blocks": slack.homes["U11"]["blocks"]}
    payload = ada.click_payload("Set me up", home)
    for name in ("channel", "message", "response_url"):
        payload.pop(name)
    await slack.send("interactive", payload | {"container": {"type": "view", "view_id": "V1"}})
    await slack.until(lambda: slack.modals)


async def test_first_words_are_suggested_where_the_workspace_can(slack, app, ada):
    await ada.open_home("messages")
    await slack.until(lambda: slack.prompts)
    slack.assistant = False
    await ada.open_home("messages")
    await ada.write("help")
    await slack.until(ada.heard)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ({"name": "me.mp4", "mimetype": "video/mp4", "size": 10}, "I read text files"),
        ({"name": "big.txt", "mimetype": "text/plain", "size": 200_000}, "I read text files"),
        ({"name": "a.py", "mimetype": "text/plain", "size": 10, "url_private": "http://169.254.1.1/a.py"}, "I could not fetch"),
        ({"name": "a.py", "mimetype": "text/plain", "size": 10, "url_private": "https://slack.com.evil.example/"}, "I could not fetch"),
        ("nonsense", "I read text files"),
    ],
)  # fmt: skip
async def test_files_that_cannot_be_read_are_refused_kindly(slack, app, ada, file, said):
    if isinstance(file, dict):
        file = {"url_private": f"{slack.root}/files/x", **file}
    assert await ada.write("", subtype="file_share", files=[file])
    await slack.until(lambda: any(words.startswith(said) for words in ada.heard()))


async def test_a_sign_in_page_is_not_taken_for_the_file(slack, app, ada):
    slack.mimetype, slack.files["a.md"] = "text/html", b"<html>"
    file = {"name": "a.md", "mimetype": "text/plain", "size": 6, "url_private": f"{slack.root}/files/a.md"}
    await ada.write("help", subtype="file_share", files=[file])
    await slack.until(lambda: len(ada.heard()) == 2)
    assert any(words.startswith("I could not fetch") for words in ada.heard())
    assert any("What you can say" in words for words in ada.heard())


async def test_no_word_of_hers_and_no_token_gets_into_the_log(slack, app, known, caplog):
    caplog.set_level(logging.DEBUG)
    before = len(known.heard())
    await known.write("xylophone zanzibar")
    await slack.until(lambda: len(known.heard()) > before)
    slack.fail_next(1, "500")
    await known.command("xylophone")
    await known.command("company add xylophone good")
    for event in ({"xylophone": 1}, "xylophone", {"type": "xylophone"}):
        await slack.send("events_api", {"type": "event_callback", "event": event}, seconds=0.2)
    await slack.send("events_api", {"type": "xylophone", "user": 5, "view": {"xylophone": 1}}, seconds=0.2)
    await slack.until(lambda: len(known.heard()) > before + 1)
    lines = [r.getMessage() + str(r.exc_text) for r in caplog.records if not r.name.startswith("aiosqlite")]
    assert any("could not be given at once" in line for line in lines)
    for secret in ("xylophone", "xoxb", "xapp"):
        assert secret not in " ".join(lines).lower()
