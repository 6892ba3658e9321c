"""Slack's calls over HTTP, to the real bolt app: signed ones are heard once, all others are turned away."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier
from wire.slack_person import Person

from adapters.slack.app import SlackApp

SECRET = "a-signing-secret"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class Caller:
    """Slack's side: signs and calls."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/slack/events"

    async def call(self, body: str | bytes, kind: str = JSON, **headers: str) -> tuple[int, str]:
        """One call; its status and answer. Headers given here take the place of right ones."""
        stamp = headers.get("X_Slack_Request_Timestamp", str(int(time.time())))
        text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=text) or ""
        sent = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        async with (
            aiohttp.ClientSession() as session,
            session.post(
                self.url, data=body, headers={k: v for k, v in sent.items() if v != "absent"}
            ) as answer,
        ):
            return answer.status, await answer.text()

    async def event(self, payload: dict[str, Any]) -> tuple[int, str]:
        """An event."""
        return await self.call(json.dumps(payload))

    async def interaction(self, payload: dict[str, Any]) -> tuple[int, str]:
        """A click or a form."""
        return await self.call(urlencode({"payload": json.dumps(payload)}), FORM)


@pytest.fixture
async def app(open_app) -> SlackApp:
    return await open_app(app_token=None, signing_secret=SECRET, address=("127.0.0.1", 0))


@pytest.fixture
def caller(app) -> Caller:
    return Caller(app.port)


async def test_a_set_up_over_http(slack, caller, ada):
    status, said = await caller.call(urlencode(ada.command_payload("start")), FORM)
    assert (status, said) == (200, "")
    await slack.until(lambda: slack.modals)
    bad = ada.submit_payload(slack.modals[0], track="SRE / production engineer", target="8", hours="none")
    status, said = await caller.interaction(bad)
    assert status == 200
    assert set(json.loads(said)["errors"]) == {"hours"}
    good = ada.submit_payload(slack.modals[0], track="SRE / production engineer", target="8", hours="5")
    assert await caller.interaction(good) == (200, "")
    await slack.until(lambda: slack.modals[1:])
    await caller.interaction(ada.submit_payload(slack.modals[1], city="Oslo"))
    await slack.until(lambda: any("8 weeks" in words for words in ada.heard()))


async def test_a_signed_call_that_is_played_again_is_not_handled_again(slack, caller, ada):
    payload = ada.event_payload("help")
    for _ in range(3):
        assert (await caller.event(payload))[0] == 200
    await slack.until(ada.heard)
    await caller.event(ada.event_payload("help"))
    await slack.until(lambda: ada.heard()[1:])
    assert len(ada.heard()) == 2


async def test_slack_checks_the_address_once(caller):
    status, said = await caller.event({"type": "url_verification", "challenge": "abc"})
    assert status == 200
    assert "abc" in said


@pytest.mark.parametrize("stamp", ["soon", "", "1e9", "-1", "²", "１７００００００００", "9" * 5000])
async def test_a_malformed_timestamp_is_a_bad_call(slack, caller, ada, stamp):
    status, _ = await caller.call(json.dumps(ada.event_payload("help")), X_Slack_Request_Timestamp=stamp)
    assert status == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Slack_Signature": "v0=0000"},
        {"X_Slack_Signature": ""},
        {"X_Slack_Signature": "absent"},
        {"X_Slack_Request_Timestamp": "absent"},
        {"X_Slack_Request_Timestamp": "1"},
        {"X_Slack_Request_Timestamp": str(int(time.time()) - 400)},
    ],
)
async def test_a_call_that_is_not_signed_by_slack_now_is_turned_away(slack, caller, ada, headers):
    status, _ = await caller.call(json.dumps(ada.event_payload("help")), **headers)
    assert status == 401


async def test_a_signature_beyond_ascii_is_a_bad_call(caller):
    assert (await caller.call("{}", X_Slack_Signature="v0=ü"))[0] == 400


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", JSON),
        (b"[]", JSON),
        (b"5", JSON),
        (b'"x"', JSON),
        (b"\xff\xfe", JSON),
        (b"payload=%7B", FORM),
        (b"payload=[]", FORM),
        (b"payload=5", FORM),
        (b"[" * 200_000, JSON),
        (b'{"type": "event_callback", "event": []}', JSON),
        (b'{"type": "event_callback", "event": {"type": 5}}', JSON),
        (b'{"type": "block_actions", "actions": 5}', JSON),
        (b"{}", JSON),
        (b"", JSON),
        (b"hello", "text/plain; charset=nonsense"),
    ],
)
async def test_a_body_that_nobody_can_read_is_never_an_error_of_ours(caller, body, kind):
    status, _ = await caller.call(body, kind)
    assert status in (400, 401, 404)


async def test_a_body_beyond_all_measure_is_refused(caller):
    assert (await caller.call(b"x" * 2_000_000))[0] == 413


async def test_without_a_secret_nobody_is_heard(slack, open_app, ada):
    app = await open_app(signing_secret=None)
    page = web.Application()
    page.add_routes(app.routes())
    runner = web.AppRunner(page)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        caller = Caller(runner.addresses[0][1])
        assert (await caller.event(ada.event_payload("help")))[0] == 404
    finally:
        await runner.cleanup()


async def test_the_answer_to_slack_does_not_wait_for_the_turn(slack, app, caller, ada):
    going_on = asyncio.Event()
    run = app._coach.run

    async def slowly(*given: Any, **more: Any) -> Any:
        await going_on.wait()
        return await run(*given, **more)

    app._coach.run = slowly
    assert (await caller.event(ada.event_payload("help")))[0] == 200
    going_on.set()
    await slack.until(ada.heard)


async def test_it_says_how_slack_reaches_it(app, open_app):
    assert await app.check() == (True, "Slack calls us over HTTP.")
    nowhere = await open_app(app_token=None, signing_secret=None)
    assert await nowhere.check() == (False, "Slack has no way to us: set an app token.")
    await app.stop(0)
    assert await app.check() == (False, "Slack is not listened to.")


async def test_other_people_do_not_wait_for_one_who_is_slow(slack, app, caller):
    many = [Person(slack, f"U{n}") for n in range(20)]
    await asyncio.gather(*(caller.event(person.event_payload("help")) for person in many))
    await slack.until(lambda: all(person.heard() for person in many))
