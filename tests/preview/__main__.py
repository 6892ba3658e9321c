"""Scenes of Pacer as Slack and Discord show them on a phone: pages, and pictures where Chromium is installed.

python -m tests.preview [--pages FOLDER] [--pictures FOLDER]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from preview import circle_scenes, scenes
from preview.page import WIDTH, page
from preview.scene import Scene

from adapters.charts.picture import png
from adapters.discord import render as on_discord
from adapters.slack import render as on_slack
from adapters.slack.attach import Attached
from bot.chat.message import Chart, Message

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-lcd-text",
)  # fmt: skip
TALLEST = 6000
PICTURES = {
    "slack": ("morning", "drill", "plan", "review", "circle-reveal", "pair-together"),
    "discord": ("morning", "drill", "judged", "review", "circle-reveal"),
}
"""Scenes that are worth a picture, by platform; each is a page."""
Json = dict[str, Any]


def bodies(platform: str, message: Message) -> Iterator[Json]:
    """The message's bodies as they go out."""
    drawn = {b: png(b) for b in message.blocks if isinstance(b, Chart)}
    if platform == "slack":
        shown = Attached({chart: _embedded(data) for chart, data in drawn.items()})
        yield from ({"text": p.text, "blocks": p.blocks} for p in on_slack.parts(message, shown))
        return
    for part in on_discord.parts(message, drawn):
        body = json.dumps({"components": part.view.to_components()})
        for file in part.files:
            body = body.replace(f"attachment://{file.filename}", _embedded(file.fp.read()))
        yield json.loads(body)


def _embedded(picture: bytes) -> str:
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def drawn(platform: str, scene: Scene) -> str:
    """A scene as a page."""
    found: list[tuple[str, Json]] = []
    for did, message in scene.said:
        for number, body in enumerate(bodies(platform, message)):
            found.append(("" if number else did, body))
    return page(platform, found)


def photograph(source: Path, target: Path, browser: str) -> None:
    """A picture of a page, as tall as the page is."""
    measured = source.with_suffix(".measure.html")
    script = "<script>document.title='tall='+document.getElementById('all').offsetHeight</script>"
    measured.write_text(source.read_text() + script)
    dom = _chromium(browser, f"--window-size=500,{TALLEST}", "--dump-dom", measured.as_uri())
    tall = re.search(r"tall=(\d+)", dom.split("</title>")[0])
    height = int(tall[1]) if tall else TALLEST
    _chromium(browser, f"--window-size={WIDTH},{height}", f"--screenshot={target}", source.as_uri())
    measured.unlink()


def _chromium(browser: str, *arguments: str) -> str:
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *FLAGS, f"--user-data-dir={profile}", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


async def _all(folder: Path) -> list[Scene]:
    return [*await scenes.play(folder), *await circle_scenes.play(folder)]


def main() -> None:
    """Play, draw, and photograph if asked."""
    parser = argparse.ArgumentParser(description="Pacer's messages as a phone shows them.")
    parser.add_argument("--pages", type=Path, default=Path(tempfile.gettempdir()) / "pacer-preview")
    parser.add_argument("--pictures", type=Path, help="needs Chromium")
    given = parser.parse_args()
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if given.pictures and not browser:
        raise SystemExit("Pictures need Chromium, which is not installed; the pages alone do not.")
    given.pages.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        played = asyncio.run(_all(Path(folder)))
    for platform in ("slack", "discord"):
        for scene in played:
            source = given.pages / f"{platform}-{scene.name}.html"
            source.write_text(drawn(platform, scene))
            print(source)
            if given.pictures and browser and scene.name in PICTURES[platform]:
                given.pictures.mkdir(parents=True, exist_ok=True)
                photograph(source, given.pictures.resolve() / f"{platform}-{scene.name}.png", browser)


if __name__ == "__main__":
    main()
