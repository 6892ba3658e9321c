"""A message that becomes another where it stands: the same for every courier that can, and a clear no from one that cannot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from wire.discord_server import DiscordServer
from wire.slack_server import SlackServer

from adapters.console.deliver import TerminalCourier
from adapters.discord.deliver import DiscordCourier
from adapters.slack.deliver import SlackCourier
from bot.chat.inbound import Sender
from bot.chat.message import Chart, Message, message, option
from bot.delivery.model import Doubtful, Limited, Outcome, Refused, Rejected, Sent

FIRST = message("It is being read.", options=(option("Stop", "stop"),))
THEN = message("**Two** of five @everyone <!channel>.")
CHART = Message((Chart("Minutes", (), 1.0, "none yet"),))


class OnSlack:
    """Slack's own courier on a Slack on loopback."""

    place, to, elsewhere = "chat.update", Sender("slack", "U11", "T1"), "DU99:1700000000.000100"

    def __init__(self, server: SlackServer) -> None:
        self.server, self.courier = server, SlackCourier("t", server.url, timeout=0.8)

    def pings(self) -> bool:
        """Whether any text would call somebody."""
        called = ("<!", "<@", "broadcast", "user", "usergroup")
        given = [f"{given['text']} {_types(given['blocks'])}" for _, _, given in self.server.edited]
        return any(call in each for each in given for call in called)


def _types(blocks: Any) -> list[str]:
    """What kinds of blocks and elements there are, at any depth."""
    if isinstance(blocks, list):
        return [kind for each in blocks for kind in _types(each)]
    if not isinstance(blocks, dict):
        return []
    return [str(blocks.get("type")), *(k for each in blocks.values() for k in _types(each))]


class OnDiscord:
    """Discord's own courier on a Discord on loopback."""

    place, to, elsewhere = "edit", Sender("discord", "11"), "711:900000000000000009"

    def __init__(self, server: DiscordServer) -> None:
        self.server, self.courier = server, DiscordCourier("t", server.url, timeout=0.8)

    def pings(self) -> bool:
        """Whether any text would call somebody."""
        return any(body["allowed_mentions"] != {"parse": []} for _, _, body in self.server.edited)


@pytest.fixture(params=[(SlackServer, OnSlack), (DiscordServer, OnDiscord)], ids=["slack", "discord"])
async def there(request: pytest.FixtureRequest) -> AsyncIterator[Any]:
    serving, made = request.param
    async with serving() as server:
        platform = made(server)
        yield platform
        await platform.courier.close()


async def sent(there: Any, words: Message = FIRST) -> str:
    outcome: Outcome = await there.courier.send(there.to, words, key="k")
    assert isinstance(outcome, Sent)
    return outcome.receipt


async def test_the_message_of_the_receipt_becomes_the_other_and_no_second_one_comes(there):
    assert there.courier.changes
    receipt = await sent(there)
    assert await there.courier.change(there.to, receipt, THEN) == Sent(receipt)
    (shown,) = there.server.shown(there.to.account)
    assert shown.replace("*", "").startswith("Two of five") and "Stop" not in shown
    assert len(there.server.posted) == 1 and not there.pings()


async def test_doing_it_again_does_no_harm(there):
    receipt = await sent(there)
    for _ in range(2):
        assert await there.courier.change(there.to, receipt, THEN) == Sent(receipt)
    assert len(there.server.shown(there.to.account)) == 1


@pytest.mark.parametrize("receipt", ["", "printed", "a:b:c", "nowhere:", "../x:1"])
async def test_a_receipt_of_no_message_here_is_rejected(there, receipt):
    assert isinstance(await there.courier.change(there.to, receipt, THEN), Rejected)


async def test_a_message_that_is_gone_is_rejected(there):
    receipt = await sent(there)
    there.server.delete(0)
    assert isinstance(await there.courier.change(there.to, receipt, THEN), Rejected)
    assert isinstance(await there.courier.change(there.to, there.elsewhere, THEN), Rejected)


async def test_what_is_too_long_for_one_message_is_rejected_and_nothing_changes(there):
    receipt = await sent(there)
    long = message("\n\n".join("word " * 300 for _ in range(12)))
    assert isinstance(await there.courier.change(there.to, receipt, long), Rejected)
    assert "being read" in there.server.shown(there.to.account)[0]
    assert there.server.counts[there.place] == 0


async def test_a_picture_is_left_to_its_words(there):
    receipt = await sent(there)
    assert await there.courier.change(there.to, receipt, CHART) == Sent(receipt)
    assert "Minutes" in there.server.shown(there.to.account)[0]


@pytest.mark.parametrize(
    ("how", "ends"), [("429", Limited), ("500", Doubtful), ("reset", Doubtful), ("slow", Doubtful)]
)
async def test_each_fault_has_its_outcome_and_is_tried_once(there, how, ends):
    receipt = await sent(there)
    there.server.fail_next(1, how, place=there.place, delay=1.2, retry_after=3)
    outcome = await there.courier.change(there.to, receipt, THEN)
    assert isinstance(outcome, ends)
    assert not isinstance(outcome, Limited) or outcome.seconds == 3
    assert there.server.counts[there.place] == 1


async def test_where_nobody_answers_it_did_not_leave(there):
    receipt = await sent(there)
    await there.server.__aexit__()
    assert isinstance(await there.courier.change(there.to, receipt, THEN), Doubtful | Refused)
    assert isinstance(await there.courier.change(there.to, receipt, THEN), Refused), (
        "no old connection is left"
    )


async def test_a_terminal_says_that_it_cannot_and_prints_nothing():
    printed: list[Message] = []
    courier = TerminalCourier(printed.append)
    assert not courier.changes
    assert isinstance(await courier.change(Sender("console", "me"), "printed", THEN), Rejected)
    assert printed == []
