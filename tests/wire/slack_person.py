"""A person at Slack's client: what she does becomes the payloads that Slack sends for it."""

from __future__ import annotations

import itertools
import time
from typing import Any

from wire.slack_workspace import SlackWorkspace

Json = dict[str, Any]
TEAM = "T1"
BOT = "UPACER"


class Person:
    """One account in the workspace; its direct messages with Pacer are the channel `home`."""

    def __init__(self, slack: SlackWorkspace, account: str = "U11") -> None:
        self.slack, self.account, self.home = slack, account, f"D{account}"
        self._numbers = itertools.count(1)

    async def command(self, text: str, *, channel: str = "", trigger: str | None = None) -> Json | None:
        """Type /pacer and words."""
        return await self.slack.send("slash_commands", self.command_payload(text, channel, trigger))

    def command_payload(self, text: str, channel: str = "", trigger: str | None = None) -> Json:
        """What Slack sends for a slash command."""
        return {
            "command": "/pacer",
            "text": text,
            "user_id": self.account,
            "user_name": "ada",
            "team_id": TEAM,
            "channel_id": channel or self.home,
            "response_url": self.slack.response_url(),
            "trigger_id": self.slack.trigger() if trigger is None else trigger,
            "api_app_id": "A1",
        }

    async def write(self, text: str, **changes: Any) -> Json | None:
        """Write to Pacer directly."""
        return await self.slack.send("events_api", self.event_payload(text, **changes))

    def event_payload(self, text: str, *, event_id: str = "", **changes: Any) -> Json:
        """What Slack sends for a direct message."""
        event = {
            "type": "message",
            "channel_type": "im",
            "channel": self.home,
            "user": self.account,
            "text": text,
            "ts": f"{time.time():.6f}",
            **changes,
        }
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A1",
            "event": event,
            "event_id": event_id or f"Ev{self.account}{next(self._numbers)}",
            "event_time": int(time.time()),
            "authorizations": [{"user_id": BOT, "team_id": TEAM, "is_bot": True}],
        }

    async def click(self, label: str, message: Json | None = None, **changes: Any) -> Json | None:
        """Press a button, or pick from a select, of a message; of the newest with that label if none is named."""
        return await self.slack.send("interactive", self.click_payload(label, message, **changes))

    def click_payload(self, label: str, message: Json | None = None, **changes: Any) -> Json:
        """What Slack sends for a button or a select."""
        on = message or next(m for m in reversed(self.slack.said) if _find(m, label))
        block, element, option = _find(on, label) or ({}, {}, None)
        action: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": "b1"}
        if "block_id" in block:
            action["block_id"] = block["block_id"]
        action |= (
            {"selected_option": option} if option else {"value": element["value"], "text": element["text"]}
        )
        channel = on.get("channel", self.home)
        return {
            "type": "block_actions",
            "user": {"id": self.account, "team_id": TEAM},
            "team": {"id": TEAM},
            "api_app_id": "A1",
            "channel": {"id": channel, "name": "directmessage"},
            "container": {"type": "message", "message_ts": on.get("ts", "1.1"), "channel_id": channel},
            "message": {
                k: v for k, v in on.items() if k in ("ts", "text", "blocks", "metadata", "thread_ts")
            },
            "actions": [action | {"action_ts": f"{time.time():.6f}"}],
            "trigger_id": self.slack.trigger(),
            "response_url": self.slack.response_url(),
            **changes,
        }

    async def submit(self, modal: Json, **answers: str) -> Json | None:
        """Fill in a modal and press Save; fields that are not named keep what stands in them."""
        return await self.slack.send("interactive", self.submit_payload(modal, **answers))

    def submit_payload(self, modal: Json, **answers: str) -> Json:
        """What Slack sends for a modal."""
        inputs = [b for b in modal["blocks"] if b["type"] == "input"]
        values = {
            b["block_id"]: {"value": _entered(b["element"], answers.get(b["block_id"]))} for b in inputs
        }
        view = {k: v for k, v in modal.items() if k != "trigger_id"}
        return {
            "type": "view_submission",
            "user": {"id": self.account, "team_id": TEAM},
            "team": {"id": TEAM},
            "api_app_id": "A1",
            "trigger_id": self.slack.trigger(),
            "view": {**view, "state": {"values": values}},
        }

    async def open_home(self, tab: str = "home") -> Json | None:
        """Look at Pacer's page."""
        payload = self.event_payload("")
        payload["event"] = {
            "type": "app_home_opened",
            "user": self.account,
            "channel": self.home,
            "tab": tab,
        }
        return await self.slack.send("events_api", payload)

    def heard(self) -> list[str]:
        """What Pacer said in her direct messages, as notifications show it."""
        return [m["text"] for m in self.slack.said if m["channel"] == self.home]


def labels(message: Json) -> list[str]:
    """What can be pressed or picked."""
    return [label for _, _, label, _ in _offered(message)]


def _offered(message: Json) -> list[tuple[Json, Json, str, Json | None]]:
    elements = [(b, e) for b in message.get("blocks") or [] if b["type"] == "actions" for e in b["elements"]]
    buttons = [(b, e, e["text"]["text"], None) for b, e in elements if e["type"] == "button"]
    return buttons + [(b, e, o["text"]["text"], o) for b, e in elements for o in e.get("options", [])]


def _find(message: Json, label: str) -> tuple[Json, Json, Json | None] | None:
    return next(((b, e, o) for b, e, text, o in _offered(message) if text == label), None)


def _entered(element: Json, answer: str | None) -> Json:
    if "options" not in element:
        return {"type": element["type"], "value": element.get("initial_value") if answer is None else answer}
    picked = element.get("initial_option")
    if answer is not None:
        picked = next(o for o in element["options"] if answer in (o["text"]["text"], o["value"]))
    return {"type": element["type"], "selected_option": picked}
