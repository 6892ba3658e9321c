"""The buttons of news, company, the board and offered drills: the circle comes first, then what the step needs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.chat.effects import Effects
from bot.circle import board_turns as boards
from bot.circle import company_turns as company
from bot.circle import offer_turns as offers
from bot.circle import post_turns as posts
from bot.circle import win_turns as wins
from bot.turn import Turn

NEWS: Mapping[str, tuple[int, Callable[..., Awaitable[Effects]]]] = {
    "win": (1, wins.on_win),
    "tell": (2, wins.on_tell),
    "untold": (1, wins.on_untold),
    "untell": (1, wins.on_untell),
    "winback": (0, wins.on_win_back),
    "company": (1, company.on_company),
    "call": (2, company.on_call),
    "in": (1, company.on_in),
    "close": (1, company.on_close),
    "callover": (0, company.on_call_over),
    "posts": (1, posts.on_posts),
    "down": (1, posts.on_down),
    "board": (1, boards.on_board),
    "thanks": (1, boards.on_thanks),
    "offer": (1, offers.on_offer),
    "offered": (2, offers.on_offered),
    "drills": (1, offers.on_drills),
    "read": (1, offers.on_read),
    "approve": (1, offers.on_approve),
    "decline": (1, offers.on_decline),
    "declined": (1, offers.on_declined),
    "takeout": (1, offers.on_take_out),
    "takenout": (1, offers.on_taken_out),
}
"""By step: how many words it needs beyond the circle, and who serves it."""


async def on_news(turn: Turn, step: str, circle_id: str, rest: list[str]) -> Effects:
    """One of these was picked; a key of another version lacks words, which are empty then."""
    count, serve = NEWS[step]
    return await serve(turn, circle_id, *(*rest, *[""] * count)[:count])
