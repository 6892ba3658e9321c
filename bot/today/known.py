"""The drills she may have practised."""

from __future__ import annotations

from bot.drills.model import Listed
from bot.turn import Turn


async def known_drills(turn: Turn) -> dict[str, Listed]:
    """Drills in short by id: those of the bank and those she brought."""
    return {d.id: d for d in (*turn.content.bank().listed, *await turn.work.own_bank.listed())}
