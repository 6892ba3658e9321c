"""A week with Pacer, played on a database of its own that is deleted afterwards."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from adapters.console.app import Chat
from adapters.console.clock import Clock
from adapters.console.deliver import show_plain
from adapters.settings import Settings
from bot.coach import Coach
from bot.content.shipped import shipped

START = datetime.fromisoformat("2026-01-05T07:40+01:00")
PAUSE_SECONDS = 0.9

Open = Callable[[Settings], AbstractAsyncContextManager[Any]]


async def play_demo(opened: Open, *, paced: bool) -> None:
    """Play the authored week: `#` lines are commentary, the others are typed."""
    script = (files("adapters.console") / "demo.txt").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="pacer-demo-") as folder:
        home = Path(folder)
        settings = Settings(home, f"sqlite:///{home / 'demo.db'}", None, None)
        clock = Clock(START)
        async with opened(settings) as store:
            content, coach = shipped(), Coach(store, shipped(), clock.now)
            chat = Chat(coach, store, clock, show_plain, store.outbox, store.posts, content)
            for line in script.splitlines():
                if not line.strip():
                    continue
                if line.startswith("#"):
                    print(f"\n~ {line[1:].strip()}\n" if line != "#" else "", flush=True)
                else:
                    print(f"> {line}", flush=True)
                    await chat.line("" if line == "<enter>" else line)
                if paced:
                    await asyncio.sleep(PAUSE_SECONDS)
