"""What the own bank says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.own_bank.model import MOST

if TYPE_CHECKING:
    from bot.content.sheet import Fault

LONGEST_LIST = 8
"""Faults, or pieces of advice, that are told at once."""
_NOT_EARNED = re.compile(r"the model answer does not earn it.*", re.DOTALL)
NOT_FOUND = "I do not find it in the model answer, so I may miss it in yours too"
HOW = (
    "Send me a file with drills in our direct messages, YAML or CSV, or paste it. docs/drills.md says how one looks. "
    "*cancel* leaves it."
)
LEFT = "Left as it was."
EMPTY = "Your own bank is empty. `/pacer bank add` makes a drill, `/pacer bank import` takes a file of them."
WHICH = "I did not find that drill. Say its name or its number in `/pacer bank list`."
PRIVATE = "It is yours alone again."
OVER = "That drill is not in your bank any more."


def refused(faults: Sequence[Fault]) -> str:
    """Why a file was not taken."""
    rows = [f"– line {f.line}: {f.reason}" if f.line else f"– {f.reason}" for f in faults[:LONGEST_LIST]]
    more = f"\n… and {len(faults) - LONGEST_LIST:,} more." if len(faults) > LONGEST_LIST else ""
    return "Nothing was imported. What I cannot read as it stands:\n" + "\n".join(rows) + more


def not_added(faults: Sequence[Fault]) -> str:
    """Why a form was not taken."""
    rows = "\n".join(f"– {f.reason}" for f in faults[:LONGEST_LIST])
    return f"Not added yet. What I cannot use as it stands:\n{rows}"


def no_room(count: int, there: int) -> str:
    """Too many."""
    return f"Nothing was imported: that would be {there + count} drills, and an own bank holds {MOST}."


def taken_in(titles: Sequence[str], total: int) -> str:
    """After an import."""
    what = f"*{titles[0]}* is" if len(titles) == 1 else f"{len(titles)} drills are"
    return f"{what} in your bank, {total} in all, for you alone. They come like any other, or with `/pacer drill own`."


def advised(advice: Sequence[str], proved: int, count: int) -> str:
    """What the reviewer would trip over."""
    if not advice:
        return ""
    rows = "\n".join(f"– {_NOT_EARNED.sub(NOT_FOUND, a)}" for a in advice[:LONGEST_LIST])
    more = f"\n… and {len(advice) - LONGEST_LIST} more." if len(advice) > LONGEST_LIST else ""
    looked = f" I looked at the first {proved}." if proved < count else ""
    return f"They work as they are. To be judged more surely:{looked}\n{rows}{more}"


def listed(rows: Sequence[str], total: int) -> str:
    """Her bank."""
    more = f"\n… and {total - len(rows)} more." if total > len(rows) else ""
    return f"**Your own bank**, {total} of at most {MOST}\n" + "\n".join(rows) + more


def shared(title: str) -> str:
    """After sharing."""
    return f"*{title}* is marked for your group. Nobody sees it before the group has approved it, and never your answers."


def removed(title: str) -> str:
    """After taking one out."""
    return f"*{title}* is out of your bank. What you wrote on it stays yours."
