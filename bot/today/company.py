"""Being with people, as the day remembers it: for whichever room learns that she was."""

from __future__ import annotations

from dataclasses import replace

from bot.turn import Turn


async def had_company(turn: Turn) -> None:
    """Note that she was with people today: she said so, met somebody for a mock, or took part in her circle.

    It is all that the word about company asks for; with whom, and for how long, is not kept.
    """
    entry = await turn.work.diary.day(turn.today)
    if not entry.company:
        await turn.work.diary.save_day(replace(entry, company=True))
