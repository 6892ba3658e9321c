"""Installing Pacer in workspaces: the real bolt, a Slack on loopback, and what is kept in between."""

from __future__ import annotations

import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from slack_sdk.oauth.installation_store import Bot, Installation
from wire.slack_oauth_pacer import Browser, Pacer, link_in
from wire.slack_oauth_server import CLIENT_SECRET, Choice
from yarl import URL

from adapters.slack.scopes import SCOPES

# Installing


async def test_from_the_install_page_to_a_kept_token(pacer, slack, browser, caplog):
    caplog.set_level("DEBUG")
    status, page = await browser.install(pacer)
    assert (status, "Pacer is here" in page) == (HTTPStatus.OK, True)
    assert "Pacer is in Guild &lt;b&gt; &amp; friends now." in page
    assert link_in(page) == URL("slack://app?team=T1&id=A1&tab=messages")
    (asked,) = slack.asked
    assert set(asked["scope"].split(",")) == set(SCOPES)
    assert (asked["user_scope"], asked["redirect_uri"]) == ("", f"{pacer.url}/slack/oauth_redirect")
    assert await pacer.oauth.tokens.token("T1") == slack.token_of("T1")
    assert pacer.tokens_in_sight(slack) == []
    for secret in (slack.token_of("T1"), "code-1", asked["state"], CLIENT_SECRET):
        assert secret not in caplog.text


async def test_no_page_may_be_stored_framed_or_named_to_others(pacer, browser):
    await browser.open(f"{pacer.url}/slack/install")
    first = browser.headers
    await browser.open(f"{pacer.url}/slack/oauth_redirect?error=access_denied")
    for headers in (first, browser.headers):
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Content-Type"] == "text/html; charset=utf-8"


async def test_a_look_at_the_link_begins_nothing(pacer, browser):
    async with browser.session.head(f"{pacer.url}/slack/install") as looked:
        assert looked.status == HTTPStatus.METHOD_NOT_ALLOWED


async def test_installing_again_takes_the_place_of_the_first_time(pacer, slack, browser):
    await browser.install(pacer)
    slack.choice = Choice(user="UOTHER")
    await browser.install(pacer)
    assert await pacer.oauth.tokens.token("T1") == slack.token_of("T1")
    assert await pacer.kept.count() == 1


# What can go wrong on the way


async def test_a_link_of_another_browser_is_refused(pacer, slack, browser):
    _, page = await browser.open(f"{pacer.url}/slack/install")
    async with Browser(pacer.url, slack.root) as stranger:
        status, page = await stranger.open(link_in(page))
    assert (status, "not opened by the browser that began" in page) == (HTTPStatus.BAD_REQUEST, True)
    assert await pacer.kept.count() == 0
    assert slack.counts["access"] == 0


async def _begun(pacer: Pacer, browser: Browser) -> str:
    """The state of an installation that was begun."""
    _, page = await browser.open(f"{pacer.url}/slack/install")
    return link_in(page).query["state"]


async def _back(pacer: Pacer, browser: Browser, state: str, **told: str) -> tuple[int, str]:
    """Back from Slack, with the cookie that belongs to a state, as often as one likes."""
    browser.session.cookie_jar.clear()
    address = URL(f"{pacer.url}/slack/oauth_redirect").with_query(state=state, **told)
    return await browser.open(address, headers={"Cookie": f"slack-app-oauth-state={state}"})


async def test_a_state_works_once(pacer, slack, browser):
    state = await _begun(pacer, browser)
    status, page = await _back(pacer, browser, state)
    assert (status, "nothing along" in page) == (HTTPStatus.UNAUTHORIZED, True)  # a code is missing
    assert browser.headers["Set-Cookie"].startswith("slack-app-oauth-state=deleted; expires=Thu, 01 Jan 1970")
    status, page = await _back(pacer, browser, state, code="c")
    assert (status, "used already" in page) == (HTTPStatus.UNAUTHORIZED, True)
    assert slack.counts["access"] == 0


async def test_a_state_that_nobody_gave_out_is_refused(pacer, slack, browser):
    status, page = await _back(pacer, browser, "mine", code="c")
    assert (status, "used already" in page) == (HTTPStatus.UNAUTHORIZED, True)
    assert slack.counts["access"] == 0


async def test_a_state_ends_after_ten_minutes(pacer, browser):
    state = await _begun(pacer, browser)
    pacer.ahead = timedelta(minutes=10)
    status, page = await _back(pacer, browser, state, code="c")
    assert (status, "older than ten minutes" in page) == (HTTPStatus.UNAUTHORIZED, True)


async def test_whoever_says_no_in_slack_reads_a_calm_word_and_nothing_is_kept(pacer, slack, browser):
    slack.choice = Choice(answer="access_denied")
    status, page = await browser.install(pacer)
    assert (status, "that is what you chose in Slack" in page) == (HTTPStatus.OK, True)
    assert link_in(page) == URL("/slack/install")
    assert await pacer.kept.count() == 0


@pytest.mark.parametrize("told", ["brand_new_error", "<script>alert(1)</script>", "a\nforged line"])
async def test_what_slack_says_is_shown_to_nobody_and_forges_no_log(pacer, browser, caplog, told):
    caplog.set_level("DEBUG")
    address = URL(f"{pacer.url}/slack/oauth_redirect").with_query(error=told)
    status, page = await browser.open(address)
    assert (status, "Slack did not let Pacer in" in page) == (HTTPStatus.OK, True)
    assert told not in page
    assert "script" not in page
    assert "forged" not in caplog.text


async def test_a_code_that_slack_does_not_know_is_refused_and_not_logged(pacer, browser, caplog):
    state = await _begun(pacer, browser)
    caplog.set_level("DEBUG")
    status, page = await _back(pacer, browser, state, code="made-up")
    assert (status, "did not accept the last step" in page) == (HTTPStatus.UNAUTHORIZED, True)
    assert "made-up" not in caplog.text
    assert await pacer.kept.count() == 0


async def test_a_whole_organisation_is_refused_and_nothing_is_kept(pacer, slack, browser):
    slack.choice = Choice(org_wide=True)
    status, page = await browser.install(pacer)
    assert (status, "one workspace at a time" in page) == (HTTPStatus.BAD_REQUEST, True)
    assert await pacer.kept.count() == 0


@pytest.mark.parametrize("how", ["reset", "500", "garbage"])
async def test_where_slack_does_not_answer_well_the_page_says_that_it_may_be_tried_again(
    pacer, slack, browser, how
):
    slack.fail_next(1, how, place="access")
    status, page = await browser.install(pacer)
    assert "begin again" in page
    assert status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.UNAUTHORIZED)
    assert await pacer.kept.count() == 0
    status, _ = await browser.install(pacer)
    assert status == HTTPStatus.OK


@pytest.mark.parametrize("table", ["slack_oauth_state", "slack_installation"])
async def test_where_nothing_can_be_kept_the_page_says_so(pacer, slack, browser, table):
    await pacer.sql(f"DROP TABLE {table}")
    status, page = await browser.open(f"{pacer.url}/slack/install")
    if status == HTTPStatus.OK:
        status, page = await browser.open(link_in(page))
    assert (status, "could not finish this just now" in page) == (HTTPStatus.SERVICE_UNAVAILABLE, True)


# bolt's own way of asking


def _installation(**more: Any) -> Installation:
    return Installation(
        **{
            "team_id": "T1",
            "user_id": "U1",
            "bot_token": "xoxb-1",
            "bot_id": "B1",
            "bot_user_id": "UB",
            "bot_scopes": "chat:write,commands",
            "installed_at": 1000.5,
            **more,
        }
    )


async def test_bolt_finds_the_newest_bot_with_the_tokens_of_whoever_asks(pacer):
    store = pacer.oauth.flow.settings.installation_store
    where = {"enterprise_id": None, "team_id": "T1"}
    assert await store.async_find_bot(**where) is None
    assert await store.async_find_installation(**where) is None
    await store.async_save(_installation(user_token="xoxp-1", bot_token_expires_at=5000))
    await store.async_save(_installation(user_id="U2", bot_token="xoxb-2", user_token="xoxp-2"))
    newest = await store.async_find_installation(**where)
    first = await store.async_find_installation(**where, user_id="U1")
    assert (newest.user_id, newest.bot_token, newest.user_token) == ("U2", "xoxb-2", "xoxp-2")
    assert (first.user_id, first.bot_token, first.user_token) == ("U1", "xoxb-2", "xoxp-1")
    assert await store.async_find_installation(**where, user_id="U3") is None
    bot = await store.async_find_bot(**where)
    assert (bot.bot_token, bot.bot_scopes, bot.bot_user_id) == ("xoxb-2", ["chat:write", "commands"], "UB")
    assert "xoxp" not in json.dumps(await pacer.kept.find("T1"))
    assert "xoxb" not in json.dumps(await pacer.kept.find("T1", "U1"))


async def test_bolt_can_save_a_bot_alone_and_delete_each_part(pacer):
    store = pacer.oauth.flow.settings.installation_store
    where = {"enterprise_id": "E1", "team_id": "T1"}
    await store.async_save(_installation(user_token="xoxp-1", team_name="Guild"))
    fresh = Bot(**{**_installation().to_bot().to_dict_for_copying(), "bot_token": "xoxb-fresh"})
    await store.async_save_bot(fresh)
    found = await store.async_find_installation(**where)
    assert (found.bot_token, found.user_token, found.installed_at) == ("xoxb-fresh", "xoxp-1", 1000.5)
    await store.async_delete_installation(**where, user_id="U1")
    assert (await store.async_find_bot(**where)).bot_token == "xoxb-fresh"
    await store.async_delete_bot(**where)
    assert await store.async_find_bot(**where) is None
    await store.async_save_bot(fresh)
    assert (await store.async_find_bot(**where)).bot_token == "xoxb-fresh"
    await store.async_delete_all(**where)
    assert await pacer.kept.count() == 0
