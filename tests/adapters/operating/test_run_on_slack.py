"""`pacer run` as people in a workspace meet it: a real process, a real socket, kills in between."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from wire.slack_person import Person
from wire.slack_socket import APP_TOKEN
from wire.slack_workspace import SlackWorkspace

PACER = [sys.executable, "-m", "adapters.main", "run"]
SEARCH = {"track": "Staff backend engineer", "target": "11 weeks", "hours": "6"}


@asynccontextmanager
async def pacer(home: Path, slack: SlackWorkspace, *words: str) -> AsyncIterator[subprocess.Popen[bytes]]:
    """A process that listens to the workspace; it is ended with the block."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PACER_")}
    settings = {
        **clean,
        "PACER_HOME": str(home),
        "PACER_HEALTH_ADDRESS": "off",
        "PACER_SLACK_BOT_TOKEN": "xoxb-t",
        "PACER_SLACK_APP_TOKEN": APP_TOKEN,
        "PACER_SLACK_API_URL": slack.url,
    }
    before = list(slack.sockets)
    with open(home / "log", "ab") as log:
        process = subprocess.Popen([*PACER, *words], env=settings, stdout=log, stderr=log)
    try:
        await _opened(slack, before)
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


async def _opened(slack: SlackWorkspace, before: list[object]) -> None:
    async with asyncio.timeout(20):
        while all(standing in before for standing in slack.sockets):
            await asyncio.sleep(0.02)


@pytest.fixture
async def slack() -> AsyncIterator[SlackWorkspace]:
    async with SlackWorkspace(token="xoxb-t") as standing:
        yield standing


async def set_up(person: Person) -> None:
    slack = person.slack
    await person.command("start")
    await slack.until(lambda: slack.modals, 10)
    await person.submit(slack.modals[-1], **SEARCH)
    await slack.until(lambda: slack.modals[1:], 10)
    await person.submit(slack.modals[-1], city="Berlin")
    await slack.until(lambda: person.heard()[1:], 10)


async def test_it_hears_answers_and_stops_when_told(slack: SlackWorkspace, tmp_path: Path):
    ada = Person(slack)
    async with pacer(tmp_path, slack) as process:
        await set_up(ada)
        await ada.command("help")
        await slack.until(lambda: ada.heard()[2:], 10)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 10) == 0
    said = (tmp_path / "log").read_text()
    assert "Traceback" not in said
    assert "Staff backend" not in said


async def test_killed_with_its_answers_on_the_way_it_gives_each_after_the_start_once(
    slack: SlackWorkspace, tmp_path: Path
):
    ada = Person(slack)
    async with pacer(tmp_path, slack) as process:
        await set_up(ada)
        known = len(ada.heard())
        questions = [f"wonder {n}" for n in range(8)]
        asked = [asyncio.create_task(ada.write(q, event_id=f"EvK{n}")) for n, q in enumerate(questions)]
        await asyncio.sleep(0.05)
        process.kill()
        await asyncio.gather(*asked, return_exceptions=True)
    async with pacer(tmp_path, slack):
        for n, question in enumerate(questions):  # Slack sends again what was not acknowledged
            await ada.write(question, event_id=f"EvK{n}")
        await slack.until(lambda: len(ada.heard()) >= known + len(questions), 30)
        await asyncio.sleep(0.5)
    assert len(ada.heard()) == known + len(questions)
