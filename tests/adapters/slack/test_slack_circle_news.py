"""News and company in a Slack channel: asked so that only she sees it, posted after a yes, edited in place."""

from __future__ import annotations

import pytest
from wire.slack_person import Person, labels

from bot.circle.noticeboard import Noticeboard
from bot.content.shipped import shipped
from bot.delivery.limiter import LocalLimiter


@pytest.fixture
async def board(slack, app, store, known) -> Noticeboard:
    """A circle in C1, and whoever keeps its posts up to date."""
    seconds = iter(range(0, 10_000, 60))
    limiter = LocalLimiter(lambda: float(next(seconds)))
    made = Noticeboard(store, store.posts, {"slack": app._courier}, limiter, shipped(), app._now)
    await known.command("circle create Night owls", channel="C1")
    await slack.until(lambda: any("begins here" in w["text"] for w in slack.whispers))
    await made.drain()
    return made


def in_channel(slack) -> list[dict]:
    """What everybody reads in the channel, but for the welcome."""
    return [m for m in slack.said if m["channel"] == "C1" and "practise together" not in m["text"]]


async def asked(slack, who, command: str) -> dict:
    """The private question that a command is answered with."""
    before = len(slack.said)
    await who.command(command)
    await slack.until(lambda: any(labels(m) for m in slack.said[before:]))
    return next(m for m in slack.said[before:] if labels(m))


async def test_good_news_is_asked_about_directly_posted_after_a_yes_and_emptied_in_place(slack, known, board):
    question = await asked(slack, known, "win canary <!channel|x> & more")
    assert "canary" in question["text"] and in_channel(slack) == []
    question = await asked(slack, known, "win canary & more")
    before = len(known.heard())
    await known.click("Without my name", question)
    await slack.until(lambda: len(known.heard()) > before)
    await board.drain()
    (post,) = in_channel(slack)
    assert "canary" in str(post["blocks"]) and labels(post) == []
    await known.click("Take it back")
    await slack.until(lambda: any("Taken back" in t for t in known.heard()))
    await board.drain()
    (post,) = in_channel(slack)
    assert "taken back" in str(post["blocks"]) and "canary" not in str(post)


async def test_i_am_in_is_pressed_in_the_channel_and_answered_for_the_presser_alone(slack, known, board):
    question = await asked(slack, known, "circle company")
    await known.click("Coffee and no shop talk, anyone?", question)
    await slack.until(lambda: any("You hear who is in" in t for t in known.heard()))
    await board.drain()
    (post,) = in_channel(slack)
    assert labels(post) == ["I am in"]
    await Person(slack, "U12").click("I am in", post)
    await slack.until(lambda: any("among the members" in w["text"] for w in slack.whispers))
    await known.click("I am in", post)
    await slack.until(lambda: any("Nobody so far" in w["text"] for w in slack.whispers))
    assert labels(in_channel(slack)[0]) == ["I am in"], "the button stays for the others"
