"""Suggested first words on Slack: what is sensible now, kept up to date, and a workspace without them is left alone."""

from __future__ import annotations

import asyncio
from datetime import timedelta


def titles(given) -> list[str]:
    return [p["title"] for p in given["prompts"]]


async def test_they_are_the_coachs_and_never_name_a_thread(slack, known):
    await known.open_home("messages")
    (given,) = await slack.until(lambda: slack.prompts)
    assert titles(given)[:2] == ["Today's drill", "How is the battery?"]
    assert given["channel_id"] == known.home
    assert "thread_ts" not in given


async def test_they_follow_what_is_going_on_and_are_not_sent_again_unchanged(slack, known):
    await known.open_home("messages")
    await slack.until(lambda: slack.prompts)
    await known.command("drill")
    await slack.until(lambda: slack.prompts[1:])
    assert titles(slack.prompts[1]) == ["A hint, please", "My answer stands", "Put this one aside"]
    drawn = slack.drawn
    await known.write("I would count first.")
    await slack.until(lambda: slack.drawn > drawn)
    await asyncio.sleep(0.05)
    assert len(slack.prompts) == 2


async def test_who_never_opened_the_conversation_causes_no_call(slack, known):
    drawn = slack.drawn
    await known.command("today")
    await slack.until(lambda: slack.drawn > drawn)
    await asyncio.sleep(0.05)
    assert slack.counts["assistant.threads.setSuggestedPrompts"] == 0


async def test_a_workspace_that_refuses_is_asked_again_a_day_later_and_everything_else_works(
    slack, known, clock
):
    slack.assistant = False
    asked = "assistant.threads.setSuggestedPrompts"
    await known.open_home("messages")
    await slack.until(lambda: slack.counts[asked])
    for _ in range(3):
        await known.open_home("messages")
    before = len(known.heard())
    await known.write("today")
    await slack.until(lambda: len(known.heard()) > before)
    assert slack.counts[asked] == 1
    assert slack.said[-1]["thread_ts"] is None
    clock.at += timedelta(days=1)
    slack.assistant = True
    await known.open_home("messages")
    await slack.until(lambda: slack.prompts)
    assert slack.counts[asked] == 2


async def test_a_slack_that_is_busy_has_not_refused(slack, known):
    slack.fail_next(1, "429", place="assistant.threads.setSuggestedPrompts")
    await known.open_home("messages")
    await slack.until(lambda: slack.limited)
    await asyncio.sleep(0.05)
    await known.open_home("messages")
    await slack.until(lambda: slack.prompts)
