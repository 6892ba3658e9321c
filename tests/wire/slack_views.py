"""What Slack refuses in a view. Limits: docs.slack.dev/reference/views and .../block-kit."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Given = dict[str, Any]


def problem_of_view(view: Given) -> str:
    """The first thing that Slack would refuse in a view; empty if it takes it."""
    blocks = view.get("blocks") or []
    if not 1 <= len(blocks) <= 100:
        return "blocks: 1 to 100"
    for block in blocks:
        parsed = Block.parse(block)
        if parsed is None:
            return f"unknown block {block.get('type')}"
        parsed.to_dict()
    if view["type"] == "home":
        return "input in a Home tab" if any(b["type"] == "input" for b in blocks) else ""
    View(**view).to_dict()
    return _problem_of_modal(view, blocks)


def _problem_of_modal(view: Given, blocks: list[Given]) -> str:
    for name in ("title", "submit", "close"):
        if not 1 <= len(view[name]["text"]) <= 24:
            return f"{name}: 1 to 24 characters"
    if len(view["private_metadata"]) > 3000 or len(view["callback_id"]) > 255:
        return "private_metadata or callback_id is too long"
    ids = [b["block_id"] for b in blocks if "block_id" in b]
    if len(set(ids)) < len(ids):
        return "block_id is used twice"
    return next((p for b in blocks if b["type"] == "input" and (p := _problem_of_input(b))), "")


def _problem_of_input(block: Given) -> str:
    element = block["element"]
    if not 1 <= len(block["label"]["text"]) <= 2000:
        return "label: 1 to 2000 characters"
    if element["type"] == "plain_text_input":
        return "initial_value is too long" if len(element.get("initial_value", "")) > 3000 else ""
    options = element["options"]
    most = 10 if element["type"] == "radio_buttons" else 100
    if not 1 <= len(options) <= most:
        return f"options: 1 to {most}"
    if any(not 1 <= len(o["text"]["text"]) <= 75 or len(o["value"]) > 150 for o in options):
        return "an option is too long"
    chosen = element.get("initial_option")
    return "initial_option is no option" if chosen is not None and chosen not in options else ""
