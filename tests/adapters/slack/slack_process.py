"""A Pacer that keeps and acknowledges, and never comes to answer: python slack_process.py API FOLDER."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from wire.slack_socket import APP_TOKEN

from adapters.slack.app import SlackApp
from adapters.slack.deliver import SlackCourier
from bot.coach import Coach
from bot.content.shipped import shipped
from storage.columns import Sealer
from storage.engine import open_engine
from storage.schema import prepare
from storage.store import SqlStore


class Stuck(Coach):
    """Whose turns never end."""

    async def run(self, *_: Any, **__: Any) -> Any:
        """Nothing, for ever."""
        await asyncio.Event().wait()


async def _stand(api: str, folder: Path, key: bytes, token: str) -> None:
    engine = open_engine(f"sqlite:///{folder / 'pacer.db'}")
    await prepare(engine)
    store = SqlStore(engine, Sealer(MultiFernet([Fernet(key)])))
    app = SlackApp(
        SlackCourier(token, api),
        Stuck(store, shipped(), lambda: datetime.now(UTC)),
        store,
        bot_token=token,
        app_token=APP_TOKEN,
        signing_secret=None,
        api_url=api,
        now=lambda: datetime.now(UTC),
    )
    await app.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_stand(sys.argv[1], Path(sys.argv[2]), sys.argv[3].encode(), sys.argv[4]))
