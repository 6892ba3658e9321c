"""Ending good news or a call for company: it is over, and the post that shows it says so."""

from __future__ import annotations

from bot.circle.news_model import Notice
from bot.circle.ports import Circles


async def end(circles: Circles, notice: Notice, *, taken_back: bool) -> bool:
    """Close it, or take its words away as well; whether it was open until now."""
    ended = await circles.notices.end(notice.circle_id, notice.id, taken_back=taken_back)
    if ended:
        await circles.renew(notice.circle_id, notice.kind, notice.id)
    return ended
