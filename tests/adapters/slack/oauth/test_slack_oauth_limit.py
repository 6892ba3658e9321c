"""The install pages, opened too often: a calm page, a bounded memory, and everybody else goes on."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from aiohttp.test_utils import make_mocked_request
from wire.slack_oauth_pacer import Browser, Pacer, link_in
from yarl import URL

from adapters.slack.oauth_limit import MOST, REMEMBERED, SPAN, Visitors, address_of

NOW = datetime(2026, 11, 21, tzinfo=UTC)


async def _open(pacer: Pacer, browser: Browser, page: str, times: int, **how: object) -> tuple[int, str]:
    for _ in range(times):
        found = await browser.open(f"{pacer.url}/slack/{page}", **how)
    return found


@pytest.mark.parametrize("page", ["install", "oauth_redirect?error=access_denied"])
async def test_the_page_after_the_last_allowed_is_calm_and_says_when_to_come_back(pacer, browser, page):
    status, _ = await _open(pacer, browser, page, MOST)
    assert status == HTTPStatus.OK
    status, shown = await _open(pacer, browser, page, 1)
    assert (status, "Nothing is broken" in shown) == (HTTPStatus.TOO_MANY_REQUESTS, True)
    assert 0 < int(browser.headers["Retry-After"]) <= SPAN.total_seconds()
    assert browser.headers["Cache-Control"] == "no-store"
    assert link_in(shown) == URL("/slack/install")


async def test_a_refused_page_keeps_nothing_and_asks_slack_nothing(pacer, slack, browser):
    await _open(pacer, browser, "install", MOST)
    rows = "SELECT count(*) FROM slack_oauth_state"
    assert await pacer.sql(rows) == [(MOST,)]
    await _open(pacer, browser, "install", 5)
    await _open(pacer, browser, "oauth_redirect?code=c&state=s", 5)
    assert await pacer.sql(rows) == [(MOST,)] and slack.counts["access"] == 0


async def test_a_minute_later_the_installation_that_was_begun_goes_on(pacer, browser):
    _, page = await _open(pacer, browser, "install", 1)
    async with Browser() as neighbour:
        await _open(pacer, neighbour, "oauth_redirect", MOST)
    status, _ = await browser.open(link_in(page))
    assert status == HTTPStatus.TOO_MANY_REQUESTS
    pacer.ahead = SPAN
    status, page = await browser.open(link_in(page))
    assert (status, "Pacer is here" in page) == (HTTPStatus.OK, True)


async def test_behind_a_proxy_each_visitor_is_counted_alone(pacer, browser):
    hers, anothers = ({"X-Forwarded-For": f"198.51.100.7, 203.0.113.{n}"} for n in (1, 2))
    status, _ = await _open(pacer, browser, "install", MOST + 1, headers=hers)
    assert status == HTTPStatus.TOO_MANY_REQUESTS
    status, _ = await _open(pacer, browser, "install", 1, headers=anothers)
    assert status == HTTPStatus.OK


@pytest.mark.parametrize(
    ("peer", "told", "counted"),
    [
        ("203.0.113.1", None, "203.0.113.1"),
        ("203.0.113.1", "198.51.100.7", "203.0.113.1"),
        ("127.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        ("172.17.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "<script>", "10.0.0.1"),
        ("2001:db8:1:2:3::4", None, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.1", None, "203.0.113.1"),
        ("", "203.0.113.9", "None"),
    ],
)
def test_nobody_chooses_whom_the_pages_are_counted_for(peer: str, told: str | None, counted: str):
    headers = {"X-Forwarded-For": told} if told else {}
    request = make_mocked_request("GET", "/slack/install", headers=headers).clone(remote=peer)
    # The documentation networks count as private, so only a real public peer shows that its word is not taken.
    if peer == "203.0.113.1" and told:
        request = request.clone(remote="8.8.8.8")
        counted = "8.8.8.8"
    assert address_of(request) == counted


def test_memory_is_bounded_however_many_come():
    visitors = Visitors(lambda: NOW)
    tracemalloc.start()
    for number in range(20 * REMEMBERED):
        visitors.wait(str(number))
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert used < 400 * REMEMBERED and len(visitors._seen) == REMEMBERED


def test_a_clock_that_was_set_back_locks_nobody_out():
    times = [NOW] * (MOST + 1) + [NOW - timedelta(days=1)]
    visitors = Visitors(lambda: times.pop(0))
    assert [visitors.wait("a") for _ in range(MOST + 1)][-1] == SPAN.total_seconds()
    assert visitors.wait("a") == 0
