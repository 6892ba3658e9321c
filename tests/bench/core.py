"""Start-up, the pure rules, and a turn. Both sides of a ratio run in one go."""

from __future__ import annotations

import asyncio
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROUNDS = 9
SCRIPT = "/pacer help\n"


def lines() -> Iterator[tuple[str, str]]:
    """What was measured, and the figure with its goal."""
    yield from start_up()
    yield from pure()
    yield from asyncio.run(turns())


def seconds(command: list[str], env: dict[str, str]) -> float:
    """Wall time of a whole process."""
    begun = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    return time.perf_counter() - begun


def start_up() -> list[tuple[str, str]]:
    """Start-up against the time of importing the database libraries, in turn, medians."""
    pacer = [sys.executable, "-m", "adapters.main"]
    with tempfile.TemporaryDirectory() as home:
        script = Path(home) / "script.txt"
        script.write_text(SCRIPT)
        sides = {
            "import sqlmodel, aiosqlite": [sys.executable, "-c", "import sqlmodel, aiosqlite"],
            "pacer chat --script, on a file that exists": [*pacer, "chat", "--script", str(script)],
            "pacer --help": [*pacer, "--help"],
        }
        env = {**os.environ, "PACER_HOME": home}
        times: dict[str, list[float]] = {name: [] for name in sides}
        fresh: list[float] = []
        for number in range(ROUNDS + 1):
            for name, command in sides.items():
                took = seconds(command, env)
                if number:
                    times[name].append(took)
            new_home = {**env, "PACER_HOME": str(Path(home) / f"fresh{number}")}
            fresh.append(seconds(sides["pacer chat --script, on a file that exists"], new_home))
        memory = _peak_memory(sides["pacer chat --script, on a file that exists"], env)
    base = statistics.median(times.pop("import sqlmodel, aiosqlite"))
    rows = [("import sqlmodel, aiosqlite", f"{base * 1000:.0f} ms")]
    times["pacer chat --script, first run of all (makes the database)"] = fresh[1:]
    for name, taken in times.items():
        goal = 0.5 if "help" in name else 1.5
        ratio = statistics.median(a / base for a in taken)
        rows.append((name, f"{statistics.median(taken) * 1000:.0f} ms, ratio {ratio:.2f} (goal {goal})"))
    return [*rows, ("memory of the chat process", f"{memory:.0f} MB (goal 120)")]


def _peak_memory(command: list[str], env: dict[str, str]) -> float:
    probe = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, "
        "stdin=subprocess.DEVNULL, check=True); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    out = subprocess.run(
        [sys.executable, "-c", probe, *command], env=env, capture_output=True, text=True, check=True
    )
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return int(out.stdout) / unit


def timed(work: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each round."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def said(taken: list[float], goal: float) -> str:
    """Median and 99th percentile against a goal, milliseconds."""
    ranked = sorted(taken)
    p99 = ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))]
    return f"median {statistics.median(taken):.2f} ms, p99 {p99:.2f} ms (goal {goal:g} ms)"


def pure() -> list[tuple[str, str]]:
    """A year of pacing, a long plan, a re-plan."""
    from bot.pace.model import Calendar, Checkin, Morning, PaceProfile
    from bot.pace.policy import begin_day, decide, end_day, first_day
    from bot.plan.generate import generate
    from bot.profile.model import Profile

    def year() -> None:
        state, profile, calendar = first_day(date(2026, 1, 5)), PaceProfile(600, 90), Calendar()
        for n in range(365):
            morning = Morning(Checkin(battery=40 + n % 50, mood=n % 3 - 1, stress=n % 4))
            state, decision = decide(begin_day(state, morning), profile, calendar)
            sessions = [(decision.minutes, 5.0)] if decision.minutes else []
            state = end_day(state, calendar, planned=decision.minutes, sessions=sessions)

    start = date(2026, 1, 5)
    profile = Profile("staff_backend", start, start + timedelta(weeks=26), 600, 90, "Europe/Berlin")

    def plan(today: date, done: dict[int, dict[str, int]]) -> None:
        generate(profile, skills={}, booked=(), breaks=(), done=done, today=today)

    missed = {1: {"system_design": 100}}
    return [
        ("pacing a year of days", said(timed(year, 30), 20)),
        ("a 26-week plan", said(timed(lambda: plan(start, {}), 100), 50)),
        (
            "a re-plan after a missed day",
            said(timed(lambda: plan(start + timedelta(days=9), missed), 100), 50),
        ),
        *choice(),
    ]


def choice() -> list[tuple[str, str]]:
    """Today's drills from 400, with 1,000 cards and a year of history; and the formats' weights before that."""
    from bot.drills.choose import choose
    from bot.drills.formats import Format
    from bot.drills.model import Card, Drill, Practised, Result
    from bot.pace.model import Kind
    from bot.progress.failures import weights

    today, areas, styles = date(2026, 11, 2), ("coding", "sql", "system_design", "behavioral"), tuple(Format)
    kinds = (Kind.DRILL, Kind.DRILL, Kind.READ, Kind.SHORT_MOCK)

    def drill(n: int) -> Drill:
        about = (f"d{n}", f"d{n}", areas[n % 4], f"t{n % 90}", kinds[n % 4], 10 + 5 * (n % 5), 1 + n % 5)
        return Drill(*about, "", (), (), "", (), format=styles[n % len(styles)])

    bank = [drill(n) for n in range(400)]
    cards = {
        f"d{n}": Card(f"d{n}", 5.0, 5.0, today + timedelta(n % 9 - 6), today - timedelta(1 + n % 20))
        for n in range(1000)
    }
    year = [today - timedelta(days=365 - n // 3) for n in range(1095)]
    done = [bank[n * 7 % 400] for n in range(1095)]
    history = [Practised(d.id, d.area, d.topic, d.kind, day) for d, day in zip(done, year, strict=True)]
    results = [
        Result(d.id, d.area, day, n % 11 / 10) for n, (d, day) in enumerate(zip(done, year, strict=True))
    ]
    known = {d.id: d for d in bank}

    def chosen() -> None:
        choose(
            bank,
            today=today,
            minutes=60,
            kinds=tuple(Kind),
            weights=dict.fromkeys(areas, 25.0),
            skills={},
            cards=cards,
            history=history,
            pull={"sql": 0.4},
            ratings={},
            losing=weights(results, known, today),
        )

    return [("today's drills from 400, 1,000 cards, a year of history", said(timed(chosen, 300), 10))]


async def turns() -> list[tuple[str, str]]:
    """A turn's own work, and check-ins on SQLite."""
    from conversations.stage import PLACE, WHO, set_up, stage

    from bot.chat.inbound import TextSaid
    from bot.coach import guard
    from bot.commands import parse
    from bot.help.turns import show

    async def without_database() -> float:
        at = datetime.now(UTC)
        words = TextSaid(
            sender=WHO, place=PLACE, event_id="x", at=at, text="I would keep one bucket a customer, in memory"
        )
        begun = time.perf_counter()
        guard(words)
        _, given, _ = parse("help drill")
        await show(None, given)  # type: ignore[arg-type]
        return (time.perf_counter() - begun) * 1000

    bare = [await without_database() for _ in range(500)]
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder)) as on:
            await set_up(on)
            await on.say("/pacer checkin 50")
            checkins = []
            for n in range(400):
                on.now += timedelta(minutes=1)
                begun = time.perf_counter()
                await on.say(f"/pacer checkin {40 + n % 50}")
                checkins.append((time.perf_counter() - begun) * 1000)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        ("a turn without the database", said(bare, 1)),
        ("a check-in on SQLite, all of it", said(checkins, 10)),
        ("memory of a process with bank, plan and 400 turns", f"{memory:.0f} MB (goal 120)"),
    ]
