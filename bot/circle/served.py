"""Who serves which command of circles; the routing takes them from here."""

from __future__ import annotations

from collections.abc import Mapping

from bot.circle import admin_turns as admins
from bot.circle import board_turns as boards
from bot.circle import company_turns as companies
from bot.circle import log_turns as logs
from bot.circle import offer_turns as offers
from bot.circle import post_turns as posts
from bot.circle import turns
from bot.circle import win_turns as wins
from bot.turn import CommandHandler

CIRCLE_COMMANDS: Mapping[str, CommandHandler] = {
    "circle create": turns.create,
    "circle join": turns.join,
    "circle leave": turns.leave,
    "circle who": turns.who,
    "circle name": turns.name,
    "circle settings": admins.settings,
    "circle bind": admins.bind,
    "circle admin": admins.admin,
    "circle log": logs.log,
    "circle win": wins.win,
    "circle company": companies.company,
    "circle board": boards.board,
    "circle thanks": boards.thanks,
    "circle drills": offers.drills,
    "circle posts": posts.posts,
}
