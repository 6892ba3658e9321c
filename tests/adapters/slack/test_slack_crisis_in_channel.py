"""Words of danger in a Slack channel: no line for others to read, an answer in her direct messages."""

from __future__ import annotations

DANGER = "I want to kill myself tonight"


def in_channel(slack) -> list[str]:
    """What everybody in the channel reads."""
    return [m["text"] for m in slack.said if m["channel"] == "C1"]


async def test_a_mention_is_answered_in_her_direct_messages_and_the_channel_reads_nothing(slack, app, known):
    before = len(known.heard())
    await known.write(f"<@UPACER> {DANGER}", type="app_mention", channel="C1", channel_type="channel")
    await slack.until(lambda: len(known.heard()) > before)
    assert "112" in known.heard()[-1] and in_channel(slack) == []
    assert not any("112" in w["text"] for w in slack.whispers)


async def test_in_a_thread_of_the_channel_it_is_the_same(slack, app, known):
    before = len(known.heard())
    await known.write(f"<@UPACER> {DANGER}", type="app_mention", channel="C1", thread_ts="1.0001")
    await slack.until(lambda: len(known.heard()) > before)
    assert "112" in known.heard()[-1] and in_channel(slack) == []


async def test_a_command_of_a_circle_never_becomes_a_post(slack, app, store, known):
    await known.command("circle create Night owls", channel="C1")
    await slack.until(lambda: any("begins here" in w["text"] for w in slack.whispers))
    for command in ("win", "circle win", "circle company"):
        before = len(known.heard())
        await known.command(f"{command} {DANGER}", channel="C1")
        await slack.until(lambda n=before: len(known.heard()) > n)
        assert "112" in known.heard()[-1] and in_channel(slack) == []
    claimed = await store.posts.claim(now=app._now(), platforms={"slack"}, limit=9)
    assert {post.kind for post in claimed} == {"welcome"}


async def test_a_form_of_a_circle_that_holds_them_is_answered_directly(slack, app, known):
    await known.command("circle create Night owls", channel="C1")
    await slack.until(lambda: any("begins here" in w["text"] for w in slack.whispers))
    opened = len(slack.modals)
    await known.command("circle settings", channel="C1")
    await slack.until(lambda: len(slack.modals) > opened)
    before = len(known.heard())
    await known.submit(slack.modals[-1], areas=DANGER)
    await slack.until(lambda: len(known.heard()) > before)
    assert "112" in known.heard()[-1] and in_channel(slack) == []
