"""A Pacer that gives second opinions and shows them coming in: python opinion_process.py PLATFORM API CLAUDE FOLDER KEY NOW."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path

from conversations.second import CONTENT, MODEL
from cryptography.fernet import Fernet, MultiFernet
from wire.claude_server import KEY

from adapters.claude.reviewer import ClaudeReviewer
from adapters.discord.deliver import DiscordCourier
from adapters.slack.deliver import SlackCourier
from bot.coach import Coach
from bot.delivery.growing import Growers
from bot.delivery.limiter import LocalLimiter
from bot.feedback.second_opinion_work import Caps, SecondOpinions
from storage.columns import Sealer
from storage.engine import open_engine
from storage.opinions import SqlWaiting
from storage.purse import SqlPurse
from storage.store import SqlStore

COURIERS = {"slack": SlackCourier, "discord": DiscordCourier}


def working(
    store: SqlStore, courier: SlackCourier | DiscordCourier, reviewer: ClaudeReviewer, now: datetime
) -> SecondOpinions:
    """What gives second opinions, beside a coach, with messages that grow."""
    much, at = Caps(10**6, 10**6, 10**6), (lambda: now)
    made = SecondOpinions(
        store, SqlWaiting(store.engine), SqlPurse(store.engine), reviewer, much, CONTENT, at
    )
    limiter = LocalLimiter(asyncio.get_running_loop().time)
    made.join(Coach(store, CONTENT, at, reviewer=MODEL).alone, Growers({courier.platform: courier}, limiter))
    return made


async def _stand(platform: str, api: str, claude: str, folder: Path, key: bytes, now: datetime) -> None:
    store = SqlStore(open_engine(f"sqlite:///{folder / 'pacer.db'}"), Sealer(MultiFernet([Fernet(key)])))
    reviewer = ClaudeReviewer(KEY, model=MODEL, base_url=claude)
    await working(store, COURIERS[platform]("t", api), reviewer, now).work()


if __name__ == "__main__":
    _, *given, folder, key, now = sys.argv
    asyncio.run(_stand(*given, Path(folder), key.encode(), datetime.fromisoformat(now)))
