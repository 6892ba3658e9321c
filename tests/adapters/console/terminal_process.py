"""Running the real `pacer` in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PACER = [sys.executable, "-m", "adapters.main"]
SET_UP = [
    "/pacer start",
    "staff backend",
    "11 weeks",
    "6",
    "90",
    "0",
    "Berlin",
    "8:00",
    "20:00",
    "sunday",
    "22:00-7:00",
]


def environment(home: Path, **extra: str) -> dict[str, str]:
    """The environment of a newcomer: nothing of ours but a data folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PACER_")}
    return {**kept, "PACER_HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **extra}


def pacer(home: Path, *arguments: str, given: str = "", **extra: str) -> subprocess.CompletedProcess[str]:
    """One run of the program, its input and outputs as text."""
    return subprocess.run(
        [*PACER, *arguments],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(home, **extra),
        timeout=60,
        check=False,
    )


def chat(home: Path, *lines: str, at: str = "2026-01-05T07:00+01:00", **extra: str) -> str:
    """What a script of lines prints; the run has to end well."""
    script = home / "script.txt"
    home.mkdir(parents=True, exist_ok=True)
    script.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run = pacer(home, "chat", "--script", str(script), "--at", at, **extra)
    assert run.returncode == 0, run.stderr
    return run.stdout
