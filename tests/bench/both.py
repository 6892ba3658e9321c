"""`pacer run` with both platforms at once, a real process against servers on this machine: memory, and a socket that breaks."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

from wire.discord_gateway import DiscordGateway
from wire.slack_person import Person
from wire.slack_socket import APP_TOKEN
from wire.slack_workspace import SlackWorkspace

from tests.bench.report import Line
from tests.bench.timing import now

ROOT = Path(__file__).parents[2]
MOST_MEMORY, MOST_SECONDS = 160, 2.0
DROPS, TURNS = 5, 30


@asynccontextmanager
async def pacer(slack: SlackWorkspace, discord: DiscordGateway) -> AsyncIterator[int]:
    """The process's number, once it hears on both."""
    with tempfile.TemporaryDirectory() as home:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PACER_")}
        settings = {
            **clean,
            "PACER_HOME": home,
            "PACER_HEALTH_ADDRESS": "off",
            "PACER_SLACK_BOT_TOKEN": "xoxb-t",
            "PACER_SLACK_APP_TOKEN": APP_TOKEN,
            "PACER_SLACK_API_URL": slack.url,
            "PACER_DISCORD_TOKEN": "t",
            "PACER_DISCORD_API_URL": discord.url,
            "PACER_DISCORD_GATEWAY_URL": discord.gateway_url,
        }
        run = [sys.executable, "-m", "adapters.main", "run"]
        process = subprocess.Popen(
            run, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            await _until(lambda: bool(slack.sockets) and discord.identified > 0)
            yield process.pid
        finally:
            process.kill()
            process.wait()


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():
            await asyncio.sleep(0.005)


def _resident(pid: int) -> float:
    """Megabytes a process holds now."""
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


async def _measure() -> list[Line]:
    async with (
        SlackWorkspace(token="xoxb-t") as slack,
        DiscordGateway(token="t") as discord,
        pacer(slack, discord) as pid,
    ):
        person = Person(slack)
        for _ in range(TURNS):
            await person.command("help")
        await _until(lambda: len(person.heard()) >= TURNS)
        memory = _resident(pid)
        again = [await _reconnected(slack, person) for _ in range(DROPS)]
        resumed = [await _resumed(discord) for _ in range(DROPS)]
    met, back = median(again) < MOST_SECONDS, median(resumed) < MOST_SECONDS
    return [
        Line("memory of `pacer run` with both platforms, after some turns", "", f"{memory:.0f} MB", goal=f"< {MOST_MEMORY} MB", met=memory < MOST_MEMORY),
        Line("Slack's socket broken: a new one stands after", "", f"{median(again):.2f} s", goal=f"< {MOST_SECONDS:g} s", met=met),
        Line("Discord's socket broken: RESUMED, and what was said meanwhile is answered after", "", f"{median(resumed):.2f} s", goal=f"< {MOST_SECONDS:g} s", met=back),
    ]  # fmt: skip


async def _reconnected(slack: SlackWorkspace, person: Person) -> float:
    """Seconds from a broken socket to the next; an event after it is answered."""
    before, heard = list(slack.sockets), len(person.heard())
    begun = now()
    await slack.drop()
    await _until(lambda: any(s not in before and not s.closed for s in slack.sockets))
    took = now() - begun
    await person.command("help")
    await _until(lambda: len(person.heard()) > heard)
    return took


async def _resumed(discord: DiscordGateway) -> float:
    """Seconds from a broken socket to the answer to what was said while there was none."""
    before, answered = discord.resumed, len(discord.callbacks)
    begun = now()
    discord.drop()
    discord.command("5", "help")
    await _until(lambda: discord.resumed > before and len(discord.callbacks) > answered)
    return now() - begun


def lines() -> list[Line]:
    """All of it."""
    return asyncio.run(_measure())
