"""`pacer run` as its host meets it: real processes, a real health port, a real Discord on this machine."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from wire.discord_gateway import DiscordGateway

from adapters.main import opened
from adapters.settings import read
from bot.chat.inbound import Sender
from bot.delivery.timetable import slots_of
from bot.pace.ports import DayEntry
from bot.profile.model import Profile

PACER = [sys.executable, "-m", "adapters.main"]


def environment(home: Path, **more: str) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PACER_")}
    return {**clean, "PACER_HOME": str(home), "PACER_HEALTH_ADDRESS": f"127.0.0.1:{free_port()}", **more}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(settings: dict[str, str], *command: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*PACER, *command], env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=20)


def pacer(settings: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PACER, *command], env=settings, capture_output=True, text=True, timeout=30, check=False
    )


def page(settings: dict[str, str], path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://{settings['PACER_HEALTH_ADDRESS']}{path}", timeout=3) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()
    except OSError:
        return 0, ""


def until(true, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


async def somebody(settings: dict[str, str], account: str) -> None:
    """Somebody on Discord whose morning came a moment ago."""
    now = datetime.now(UTC)
    due = (now - timedelta(minutes=6)).time().replace(second=0, microsecond=0)
    quiet = [(now + timedelta(hours=hours)).time().replace(second=0, microsecond=0) for hours in (10, 11)]
    profile = Profile(
        "sre",
        now.date(),
        now.date() + timedelta(weeks=8),
        360,
        90,
        "UTC",
        morning=due,
        quiet_from=quiet[0],
        quiet_to=quiet[1],
        rest_weekdays=frozenset(),
    )
    async with opened(read(settings)) as store, store.work(Sender("discord", account, "guild")) as work:
        await work.people.save_profile(profile)
        await work.diary.save_day(DayEntry(now.date(), contact=True))
        await work.timetable.keep(slots_of(profile), now=now - timedelta(minutes=10), away=False)


async def test_what_is_due_reaches_her_on_discord_and_the_metrics_count_it(tmp_path: Path):
    async with DiscordGateway() as discord:
        settings = environment(
            tmp_path,
            PACER_DISCORD_TOKEN="token",
            PACER_DISCORD_API_URL=discord.url,
            PACER_DISCORD_GATEWAY_URL=discord.gateway_url,
        )
        await somebody(settings, "4711")
        with running(settings, "run"):
            arrived = await asyncio.to_thread(until, lambda: len(discord.posted) >= 1)
            assert arrived
            said = await asyncio.to_thread(
                until, lambda: 'kind="morning",state="sent"} 1.0' in page(settings, "/metrics")[1]
            )
            assert said
            status, body = await asyncio.to_thread(page, settings, "/readyz")
        assert status == 200, body
        assert set(json.loads(body)["checks"]) == {"database", "tick", "discord", "discord socket"}
        assert len(discord.posted) == 1


def test_a_second_one_on_the_same_file_refuses_and_the_first_goes_on(tmp_path: Path):
    settings = environment(tmp_path)
    with running(settings, "run") as first:
        assert until(lambda: page(settings, "/readyz")[0] == 200)
        for command in (["run"], ["chat", "--script", os.devnull]):
            second = pacer(settings, *command)
            assert second.returncode == 1
            assert f"Another Pacer (process {first.pid}) is running" in second.stderr
            assert "Traceback" not in second.stderr
        assert page(settings, "/livez") == (200, "ok")


def test_it_stops_within_ten_seconds_when_asked_and_lets_go_of_the_file(tmp_path: Path):
    settings = environment(tmp_path)
    with running(settings, "run") as process:
        assert until(lambda: page(settings, "/livez")[0] == 200)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0
        assert time.monotonic() - begun < 10
    done = pacer(settings, "chat", "--script", os.devnull)
    assert done.returncode == 0


def test_without_a_token_it_says_what_to_set_and_where_to_get_it(tmp_path: Path):
    settings = environment(tmp_path)
    with running(settings, "run") as process:
        assert until(lambda: page(settings, "/livez")[0] == 200)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=15)
    assert "PACER_SLACK_BOT_TOKEN" in said
    assert "discord.com/developers" in said


def test_a_wrong_token_shows_in_readyz_and_in_the_doctors_words_and_never_itself(tmp_path: Path):
    settings = environment(
        tmp_path,
        PACER_DISCORD_TOKEN="s3cret",
        PACER_DISCORD_API_URL=f"http://127.0.0.1:{free_port()}/api/v10",
    )
    with running(settings, "run"):
        assert until(lambda: page(settings, "/readyz")[0] == 503)
        assert "s3cret" not in page(settings, "/readyz")[1]
    told = pacer(settings, "doctor")
    assert told.returncode == 1
    assert "look  Discord" in told.stdout
    assert "s3cret" not in told.stdout + told.stderr


def test_the_doctor_is_content_with_a_fresh_home_and_names_an_open_key_file(tmp_path: Path):
    settings = environment(tmp_path)
    assert pacer(settings, "chat", "--script", os.devnull).returncode == 0
    first = pacer(settings, "doctor")
    assert first.returncode == 0, first.stdout
    (tmp_path / "secret.key").chmod(0o644)
    second = pacer(settings, "doctor")
    assert second.returncode == 1
    assert f"chmod 600 {tmp_path / 'secret.key'}" in second.stdout


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PACER_HEALTH_ADDRESS", "nowhere", "PACER_HEALTH_ADDRESS is a host and a port"),
        ("PACER_HEALTH_ADDRESS", "127.0.0.1:99999", "PACER_HEALTH_ADDRESS is a host and a port"),
        ("PACER_SLACK_ADDRESS", "nowhere", "PACER_SLACK_ADDRESS is a host and a port"),
        ("PACER_WORKER_SLOT", "a slot", "PACER_WORKER_SLOT is a short name"),
        ("PACER_DATABASE_URL", "mysql://x/y", "not in mysql"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_in_one_sentence(tmp_path: Path, name, value, said):
    settings = environment(tmp_path) | {name: value}
    done = pacer(settings, "run")
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_health_port_is_named(tmp_path: Path):
    settings = environment(tmp_path / "one")
    with running(settings, "run"):
        assert until(lambda: page(settings, "/livez")[0] == 200)
        other = settings | {"PACER_HOME": str(tmp_path / "two")}
        done = pacer(other, "run")
    assert done.returncode == 1
    assert "Another program listens at" in done.stderr


def test_workers_need_postgresql_and_say_so(tmp_path: Path):
    done = pacer(environment(tmp_path), "worker")
    assert done.returncode == 2
    assert "postgresql+asyncpg://" in done.stderr


async def test_people_from_before_the_timetable_get_one_at_the_start(tmp_path: Path):
    settings = environment(tmp_path)
    profile = Profile("sre", date(2026, 11, 1), date(2027, 2, 1), 360, 90, "Europe/Berlin")
    async with opened(read(settings)) as store, store.work(Sender("slack", "U1", "T1")) as work:
        await work.people.save_profile(profile)
    with running(settings, "run"):
        assert await asyncio.to_thread(until, lambda: page(settings, "/readyz")[0] == 200)
        await asyncio.sleep(1.5)
    async with opened(read(settings)) as store:
        assert await store.outbox.moment(platforms={"slack"}) is not None


async def test_the_doctor_tells_a_wrong_key_from_the_right_one(tmp_path: Path):
    settings = environment(tmp_path)
    await somebody(settings, "1")
    assert "does not open" not in pacer(settings, "doctor").stdout
    other = settings | {"PACER_SECRET_KEY": "0" * 43 + "="}
    told = pacer(other, "doctor")
    assert told.returncode == 1
    assert "does not open what is stored" in told.stdout


def test_a_new_database_is_its_owners_alone(tmp_path: Path):
    assert pacer(environment(tmp_path), "chat", "--script", os.devnull).returncode == 0
    assert (tmp_path / "pacer.db").stat().st_mode & 0o077 == 0


def test_the_doctor_leaves_an_empty_home_empty(tmp_path: Path):
    told = pacer(environment(tmp_path / "home"), "doctor")
    assert told.returncode == 0
    assert "will be made" in told.stdout
    assert not (tmp_path / "home" / "pacer.db").exists()


@pytest.mark.parametrize(
    ("token", "package"), [("DISCORD_TOKEN", "discord"), ("SLACK_BOT_TOKEN", "slack_sdk")]
)
def test_a_missing_extra_is_named_with_the_way_to_it(tmp_path: Path, token: str, package: str):
    settings = environment(tmp_path, **{f"PACER_{token}": "token"})
    without = f"import sys; sys.modules[{package!r}] = None; from adapters.main import main; main(['run'])"
    done = subprocess.run(
        [sys.executable, "-c", without], env=settings, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 1
    assert f"pip install -e '.[{package.split('_')[0]}]'" in done.stderr
    assert "Traceback" not in done.stderr
    assert "nobody caught" not in done.stderr
