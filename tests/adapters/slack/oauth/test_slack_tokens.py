"""Each workspace's own token: in events and letters, renewed before it ends, forgotten when Pacer is taken out."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.fernet import Fernet, MultiFernet
from wire.slack_oauth_pacer import HELLO, SIGNING, Browser, Pacer, oauth_of
from wire.slack_oauth_server import Choice, SlackOAuthServer

from adapters.slack.app import SlackApp
from adapters.slack.deliver import SlackCourier
from adapters.slack.oauth import NOT_INSTALLED
from bot.chat.inbound import Sender
from bot.coach import Coach
from bot.content.shipped import shipped
from bot.delivery.model import Lookup, Refused, Rejected, Sent
from storage.columns import Sealer
from storage.store import SqlStore

ADA, BEA = Sender("slack", "UADA", "T1"), Sender("slack", "UBEA", "T2")
HOUR = timedelta(hours=1)


# Events and letters


async def test_two_workspaces_get_their_own_token_in_events_and_letters(pacer, slack, browser):
    await browser.install(pacer)
    slack.choice = Choice(team="T2")
    await browser.install(pacer)
    one, two = slack.token_of("T1"), slack.token_of("T2")
    slack.calls.clear()
    await asyncio.gather(pacer.mention("T1"), pacer.mention("T2"))
    assert set(pacer.heard) == {("T1", one), ("T2", two)}
    assert slack.calls == []  # nobody asks Slack about the token before an event
    outcomes = await asyncio.gather(pacer.letter(ADA, "k1"), pacer.letter(BEA, "k2"))
    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    assert {(a, k) for _, a, k, _ in slack.posted} == {("UADA", "k1"), ("UBEA", "k2")}
    assert set(slack.calls) == {("chat.postMessage", one), ("chat.postMessage", two)}
    slack.calls.clear()
    found = await pacer.courier.look_up(BEA, key="k2", since=datetime.now(UTC))
    assert isinstance(found, Sent)
    assert {token for _, token in slack.calls} == {two}


async def test_a_workspace_without_pacer_is_rejected_and_cannot_be_looked_into(pacer, slack):
    assert await pacer.letter(ADA) == Rejected("not installed")
    assert await pacer.letter(Sender("slack", "UADA", "")) == Rejected("not installed")
    assert await pacer.courier.look_up(ADA, key="k", since=datetime.now(UTC)) is Lookup.CANNOT_LOOK
    assert (slack.calls, slack.posted) == ([], [])


async def test_one_token_for_all_serves_where_there_is_none_of_their_own(pacer, slack, browser):
    await browser.install(pacer)
    slack.good["xoxb-for-all"] = "T9"
    courier = SlackCourier("xoxb-for-all", slack.url, tokens=pacer.oauth.tokens.token)
    slack.calls.clear()
    await courier.send(ADA, HELLO, key="k1")
    await courier.send(Sender("slack", "UDOT", "T9"), HELLO, key="k2")
    assert [token for _, token in slack.calls] == [slack.token_of("T1"), "xoxb-for-all"]
    assert await courier.check() == (True, "Slack knows the token.")
    await courier.close()


async def test_the_check_says_in_how_many_workspaces_pacer_is(pacer, slack, browser):
    assert await pacer.courier.check() == (True, "Slack answers; Pacer is installed in no workspace yet.")
    await browser.install(pacer)
    assert await pacer.courier.check() == (True, "Slack answers; Pacer is installed in one workspace.")
    slack.choice = Choice(team="T2")
    await browser.install(pacer)
    assert await pacer.courier.check() == (True, "Slack answers; Pacer is installed in 2 workspaces.")


async def test_an_event_of_an_unknown_workspace_is_answered_kindly_and_not_handled(pacer):
    assert await pacer.mention("T404") == (HTTPStatus.OK, NOT_INSTALLED)
    assert pacer.heard == []


async def test_while_the_database_is_away_an_event_is_not_taken_and_a_letter_waits(pacer, slack, browser):
    await browser.install(pacer)
    await pacer.sql("ALTER TABLE slack_installation RENAME TO away")
    assert (await pacer.mention("T1"))[0] == HTTPStatus.INTERNAL_SERVER_ERROR
    assert await pacer.letter(ADA) == Refused("StoreFault")
    await pacer.sql("ALTER TABLE away RENAME TO slack_installation")
    assert isinstance(await pacer.letter(ADA), Sent)


async def _until(slack: SlackOAuthServer, posted: int) -> None:
    async with asyncio.timeout(5):
        while len(slack.posted) < posted:
            await asyncio.sleep(0.01)


async def test_the_whole_of_pacer_answers_each_workspace_with_its_own_token_until_it_is_taken_out(
    pacer, slack, browser
):
    store = SqlStore(pacer.engine, Sealer(MultiFernet([Fernet(Fernet.generate_key())])))
    app = SlackApp(
        pacer.courier,
        Coach(store, shipped(), pacer.now),
        store,
        bot_token=None,
        app_token=None,
        signing_secret=SIGNING,
        api_url=slack.url,
        now=pacer.now,
        oauth=pacer.oauth,
    )
    await app.start()
    page = web.Application()
    page.add_routes(app.routes())
    async with TestServer(page) as server:
        whole = replace(pacer, url=str(server.make_url("")).rstrip("/"))
        for team in ("T1", "T2"):
            slack.choice = Choice(team=team)
            await browser.install(pacer)
        for who in (ADA, BEA):
            slack.calls.clear()
            before = len(slack.posted)
            assert (await whole.says(who, "help"))[0] == HTTPStatus.OK
            await _until(slack, before + 1)
            assert slack.posted[-1][1] == who.account
            assert {token for _, token in slack.calls} == {slack.token_of(who.tenant)}
        assert (await whole.event("T1", "app_uninstalled"))[0] == HTTPStatus.OK
        assert await pacer.kept.count() == 1
    await app.stop(1)


# Tokens that end


@pytest.fixture
async def rotating(pacer: Pacer, slack: SlackOAuthServer, browser: Browser) -> Pacer:
    """Installed in T1, with a token that ends in twelve hours."""
    slack.rotates = True
    await browser.install(pacer)
    return pacer


async def test_a_token_is_used_as_it_is_until_two_hours_before_its_end(rotating, slack):
    rotating.ahead = timedelta(hours=9, minutes=59)
    await rotating.mention("T1")
    assert slack.renewals == 0


async def test_many_events_and_letters_at_once_renew_a_token_once_and_keep_it(rotating, slack, browser):
    before = slack.token_of("T1")
    rotating.ahead, slack.delay = 11 * HOUR, 0.05
    await asyncio.gather(*(rotating.mention("T1") for _ in range(4)), *(rotating.letter(ADA) for _ in "ab"))
    fresh = slack.token_of("T1")
    assert (slack.renewals, fresh != before) == (1, True)
    assert rotating.heard == [("T1", fresh)] * 4
    assert {token for method, token in slack.calls if method == "chat.postMessage"} == {fresh}
    ((kept,),) = await rotating.sql("SELECT expires_at FROM slack_installation")
    ends = datetime.fromisoformat(kept).replace(tzinfo=UTC)
    assert abs(ends - rotating.now() - 12 * HOUR) < timedelta(minutes=1)
    assert rotating.tokens_in_sight(slack) == []
    rotating.ahead = 22 * HOUR  # and again, with the refresh token that came along
    await rotating.letter(ADA)
    assert (slack.renewals, slack.token_of("T1") != fresh) == (2, True)


async def test_two_doors_over_one_store_renew_a_token_once(slack, rotating):
    rotating.ahead = 11 * HOUR
    another = oauth_of(rotating.kept, slack, rotating.url, rotating.now)
    tokens = await asyncio.gather(rotating.oauth.tokens.token("T1"), another.tokens.token("T1"))
    assert (slack.renewals, set(tokens)) == (1, {slack.token_of("T1")})


async def test_whoever_gives_up_waiting_does_not_lose_the_new_token(rotating, slack):
    rotating.ahead, slack.delay = 11 * HOUR, 0.1
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await rotating.oauth.tokens.token("T1")
    await rotating.oauth.tokens.close()
    assert await rotating.oauth.tokens.token("T1") == slack.token_of("T1")
    assert slack.renewals == 1


@pytest.mark.parametrize("refusal", ["internal_error", "invalid_refresh_token"])
async def test_what_cannot_be_renewed_is_used_until_it_ends(rotating, slack, refusal, caplog):
    rotating.ahead, slack.refusal = 11 * HOUR, refusal
    assert isinstance(await rotating.letter(ADA), Sent)
    assert f"could not be renewed: {refusal}" in caplog.text


@pytest.mark.parametrize(
    ("refusal", "outcome"),
    [
        ("internal_error", Refused("Unavailable")),
        ("invalid_refresh_token", Rejected("not installed")),
    ],
)
async def test_after_the_end_a_passing_fault_waits_and_a_lasting_one_is_as_if_not_installed(
    rotating, slack, refusal, outcome
):
    rotating.ahead, slack.refusal = 13 * HOUR, refusal
    assert await rotating.letter(ADA) == outcome
    status, words = await rotating.mention("T1")
    assert rotating.heard == []
    if isinstance(outcome, Refused):
        assert status == HTTPStatus.INTERNAL_SERVER_ERROR  # Slack brings it again
    else:
        assert (status, words) == (HTTPStatus.OK, NOT_INSTALLED)
    slack.refusal = ""
    assert isinstance(await rotating.letter(ADA), Sent)


@pytest.mark.parametrize("how", ["500", "refuse-before"])
async def test_a_slack_that_is_away_does_not_cost_the_installation(rotating, slack, how):
    rotating.ahead = 13 * HOUR
    slack.fail_next(1, how, place="access")
    assert await rotating.letter(ADA) == Refused("Unavailable")
    assert isinstance(await rotating.letter(ADA), Sent)


async def test_a_token_that_is_being_renewed_while_pacer_is_taken_out_is_not_kept(rotating, slack):
    rotating.ahead, slack.delay = 11 * HOUR, 0.1
    waiting = asyncio.create_task(rotating.oauth.tokens.token("T1"))
    while not slack.counts["access"] > 1:
        await asyncio.sleep(0.005)
    await rotating.event("T1", "app_uninstalled")
    assert await waiting is None
    assert await rotating.kept.count() == 0


# Taken out


async def test_taken_out_of_a_workspace_its_token_is_forgotten_and_the_others_stay(pacer, slack, browser):
    await browser.install(pacer)
    slack.choice = Choice(team="T2")
    await browser.install(pacer)
    slack.revoke("T1")
    assert (await pacer.event("T1", "app_uninstalled"))[0] == HTTPStatus.OK
    assert await pacer.letter(ADA) == Rejected("not installed")
    assert isinstance(await pacer.letter(BEA), Sent)
    assert await pacer.kept.count() == 1


async def test_a_late_word_of_an_earlier_removal_leaves_the_new_installation(pacer, browser):
    await browser.install(pacer)
    status, _ = await pacer.event("T1", "app_uninstalled", at=time.time() - 60)
    assert status == HTTPStatus.OK
    await pacer.event("T1", "tokens_revoked", at=time.time() - 60, tokens={"oauth": [], "bot": ["UBOTT1"]})
    assert await pacer.kept.count() == 1


async def test_a_revoked_token_of_the_bot_is_forgotten(pacer, browser):
    await browser.install(pacer)
    await pacer.event("T1", "tokens_revoked", tokens={"oauth": ["UADMIN"], "bot": ["UBOTT1"]})
    assert await pacer.letter(ADA) == Rejected("not installed")


@pytest.mark.parametrize("tokens", [{"oauth": ["UADMIN"]}, {"oauth": [""]}, {}, None])
async def test_a_revoked_token_of_somebodys_own_leaves_the_bot(pacer, slack, browser, tokens):
    slack.choice = Choice(user_token=True)
    await browser.install(pacer)
    assert (await pacer.kept.find("T1", "UADMIN") or {})["user_token"] == "xoxp-her-own"
    await pacer.event("T1", "tokens_revoked", tokens=tokens)
    assert (await pacer.kept.find("T1", "UADMIN") is None) == (tokens == {"oauth": ["UADMIN"]})
    assert isinstance(await pacer.letter(ADA), Sent)


async def test_a_call_that_slack_did_not_sign_takes_nothing_out(pacer, browser):
    await browser.install(pacer)
    body = {"type": "event_callback", "team_id": "T1", "event": {"type": "app_uninstalled"}}
    async with browser.session.post(f"{pacer.url}/slack/events", json=body) as answer:
        assert answer.status == HTTPStatus.UNAUTHORIZED
    assert await pacer.kept.count() == 1
