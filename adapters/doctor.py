"""`pacer doctor`: what is fine, what is missing, and the step that mends it."""

from __future__ import annotations

import asyncio
import shutil
import stat
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

from adapters.charts.worker import installed
from adapters.claude.prices import unpriced
from adapters.settings import MILLIONTHS_OF_A_CENT, Settings
from bot.delivery.model import State
from bot.feedback.ports import Account
from bot.turn import Unavailable
from storage.engine import is_postgresql
from storage.exclusive import lock_path
from storage.purse import SqlPurse
from storage.reconcile import SqlTimetables
from storage.store import SqlStore

LITTLE_ROOM = 200 * 1024 * 1024
"""Bytes free below which a database is soon in trouble."""
LONG_DUE = timedelta(minutes=2)

TOKEN_CODES = ("auth", "token_", "account_inactive", "401")
"""What stands in a platform's refusal when it is the token that is wrong, and not the way there."""
TOKEN = {
    "slack": "PACER_SLACK_BOT_TOKEN is the one that begins with xoxb-: api.slack.com/apps, your app, OAuth & "
    "Permissions, Bot User OAuth Token.",
    "discord": "PACER_DISCORD_TOKEN: discord.com/developers/applications, your application, Bot, Reset Token.",
}

Open = Callable[[Settings], AbstractAsyncContextManager[SqlStore]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    fine: bool
    what: str
    step: str = ""
    """What to do about it."""

    def __str__(self) -> str:
        mark = "ok  " if self.fine else "look"
        return f"{mark}  {self.what}" + (f"\n      {self.step}" if self.step else "")


async def examine(settings: Settings, opened: Open) -> list[Finding]:
    """Look at everything a running Pacer rests on, in the order in which one would mend it."""
    found = [_python(), _zones(), _room(settings), _key(settings), *_packages(settings)]
    path = lock_path(settings.database_url)
    if path is not None and not path.with_suffix("").exists():
        found.append(Finding(True, "Database: will be made on the first start"))
        return [*found, *await _platforms(settings)]
    try:
        async with opened(settings) as store:
            found += [*await _database(store), *await _claude(settings, store)]
    except Unavailable as fault:
        running = "is running" in str(fault)
        step = "That is as it has to be while it runs; stop it to look inside." if running else ""
        found.append(Finding(running, f"Database: {fault}", step))
        found += await _the_one_that_runs(settings) if running else []
    return [*found, *await _platforms(settings)]


async def _claude(settings: Settings, store: SqlStore) -> list[Finding]:
    """What second opinions have cost today, if there are any to be had."""
    if not settings.anthropic_key:
        return []
    if why := unpriced(settings.claude_model):
        return [Finding(False, "Claude: nobody knows what this model costs", why)]
    spent = await SqlPurse(store.engine).spent(Account("all"), day=datetime.now(UTC).date())
    settled, reserved = (amount / MILLIONTHS_OF_A_CENT for amount in (spent.settled, spent.reserved))
    most = settings.claude_caps[2]
    what = f"Claude: {settings.claude_model}, {settled:.2f} of {most} US cents spent today, {reserved:.2f} reserved"
    return [Finding(True, what)]


async def _the_one_that_runs(settings: Settings) -> list[Finding]:
    """What the running Pacer says of itself, such as a connection that has fallen silent."""
    from adapters.health.probe import healthy

    if settings.health_address is None:
        return []
    host, port = settings.health_address
    fine, said = await asyncio.to_thread(healthy, f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    return [Finding(fine, f"The one that runs: {said}")]


def _python() -> Finding:
    return Finding(True, f"Python {sys.version.split()[0]}")


def _zones() -> Finding:
    count = len(available_timezones())
    step = "" if count > 400 else "Install the package tzdata: pip install tzdata"
    return Finding(count > 400, f"Time zones: {count} known", step)


def _room(settings: Settings) -> Finding:
    folder = settings.home
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    step = "" if free > LITTLE_ROOM else "Free some space on that disk before the database needs it."
    return Finding(free > LITTLE_ROOM, f"Disk: {free // 2**20:,} MB free at {settings.home}", step)


def _key(settings: Settings) -> Finding:
    if settings.secret_key:
        return Finding(True, "Key: from PACER_SECRET_KEY; keep a copy where the database is not")
    if not settings.key_file.exists():
        return Finding(True, f"Key: will be made at {settings.key_file} on the first start")
    mode = stat.S_IMODE(settings.key_file.stat().st_mode)
    if mode & 0o077 and sys.platform != "win32":
        return Finding(
            False, f"Key: {settings.key_file} can be read by others", f"chmod 600 {settings.key_file}"
        )
    return Finding(True, f"Key: {settings.key_file}; keep a copy where the database is not")


def _packages(settings: Settings) -> list[Finding]:
    from importlib.util import find_spec

    wanted = {
        "postgres": ("asyncpg", "dbos") if settings.database_url.startswith("postgresql") else (),
        "slack": _slack_packages(settings),
        "discord": ("discord",) if settings.discord_token else (),
        "circle": ("rustworkx",) if _for_groups(settings) else (),
        "claude": ("anthropic",) if settings.anthropic_key else (),
    }
    missing = {extra for extra, names in wanted.items() if not all(find_spec(n) for n in names)}
    found = [
        Finding(False, f"Packages of the extra `{extra}` are missing", f"pip install -e '.[{extra}]'")
        for extra in sorted(missing)
    ]
    return [*found, *_charts(settings)]


def _for_groups(settings: Settings) -> bool:
    return bool(settings.slack_token or settings.slack_client_id or settings.discord_token)


def _charts(settings: Settings) -> list[Finding]:
    """How charts look on a platform; the terminal shows text anyway."""
    if not _for_groups(settings):
        return []
    if installed():
        return [Finding(True, "Charts: pictures")]
    return [Finding(True, "Charts: bars in text", "Pictures need the extra: pip install -e '.[charts]'")]


def _slack_packages(settings: Settings) -> tuple[str, ...]:
    if not settings.slack_token and not settings.slack_client_id:
        return ()
    hears = settings.slack_app_token or settings.slack_signing_secret
    return ("slack_sdk", "slack_bolt") if hears else ("slack_sdk",)


async def _database(store: SqlStore) -> list[Finding]:
    kind = "PostgreSQL" if is_postgresql(store.engine) else "SQLite"
    counts = await store.outbox.standing()
    now = datetime.now(UTC)
    oldest = await store.outbox.oldest_due()
    late = oldest is not None and now - oldest > LONG_DUE
    newer = await SqlTimetables(store.engine).newer()
    found = [Finding(True, f"Database: {kind} answers and has this program's tables")]
    if not await store.can_read():
        found.append(
            Finding(
                False,
                "Key: it does not open what is stored",
                "Put the PACER_SECRET_KEY or key file back under which this database was written.",
            )
        )
    if late and oldest:
        found.append(
            Finding(
                False,
                f"Schedule: something has been due since {oldest:%Y-%m-%d %H:%M} UTC",
                "Start `pacer run`; what is too late by then is not sent.",
            )
        )
    else:
        found.append(Finding(True, "Schedule: nothing is late"))
    dead, doubt = counts[State.DEAD], counts[State.DOUBT]
    step = "The platform refuses them for good, as with closed direct messages; nothing has to be done here."
    found.append(
        Finding(
            True,
            f"Outbox: {counts[State.READY]} waiting, {doubt} in doubt, {dead} undeliverable",
            step if dead else "",
        )
    )
    if newer:
        found.append(
            Finding(
                False,
                f"{newer} rows were written by a newer Pacer",
                "Upgrade this one: git pull, then make coach.",
            )
        )
    return found


async def _platforms(settings: Settings) -> list[Finding]:
    from adapters.platforms import NO_PLATFORM, platforms

    found = []
    try:
        couriers = platforms(settings)
    except Unavailable:  # told above
        return []
    if not couriers:
        found.append(Finding(True, "Platforms: none is set up; the terminal needs none", NO_PLATFORM))
    for name, courier in couriers.items():
        fine, said = await courier.check()
        at_the_token = any(code in said for code in TOKEN_CODES)
        found.append(Finding(fine, f"{name.capitalize()}: {said}", TOKEN[name] if at_the_token else ""))
        await courier.close()
        if name == "slack" and fine and settings.slack_token:
            found += await _slack_scopes(settings)
    return [*found, *await _slack_ear(settings)]


async def _slack_scopes(settings: Settings) -> list[Finding]:
    from adapters.slack.scopes import SCOPES, granted, missing

    try:
        given = await granted(settings.slack_token or "", settings.slack_api_url)
    except OSError as problem:  # a TimeoutError is one
        return [Finding(False, f"Slack: the scopes could not be read: {type(problem).__name__}")]
    if given is None:
        return [Finding(True, "Slack: it does not tell the scopes of this token")]
    if not (lacking := missing(given)):
        return [Finding(True, "Slack: the token has every scope")]
    why = "; ".join(f"{name} to {SCOPES[name].why}" for name in lacking)
    step = (
        "At api.slack.com/apps, your app, App Manifest: paste deploy/slack/manifest.yaml again, save, and then "
        f"Install App, Reinstall. They are needed: {why}."
    )
    return [Finding(False, f"Slack: the token lacks {', '.join(lacking)}", step)]


async def _slack_ear(settings: Settings) -> list[Finding]:
    """Whether Slack can tell what people say, not only be told."""
    app_token, secret = settings.slack_app_token, settings.slack_signing_secret
    if bool(settings.slack_client_id) != bool(settings.slack_client_secret):
        step = "Set both PACER_SLACK_CLIENT_ID and PACER_SLACK_CLIENT_SECRET, or neither."
        return [Finding(False, "Slack: of client id and client secret one is missing", step)]
    if not settings.slack_token and not settings.slack_client_id:
        step = "Set PACER_SLACK_BOT_TOKEN: api.slack.com/apps, your app, OAuth & Permissions."
        return [Finding(False, "Slack: the bot token is missing", step)] if app_token or secret else []
    if app_token:
        return [await _socket(app_token, settings.slack_api_url)]
    if secret:
        host, port = settings.slack_address
        return [Finding(True, f"Slack: comes over HTTP to {host} port {port}, path /slack/events")]
    step = (
        "Set PACER_SLACK_APP_TOKEN: api.slack.com/apps, your app, Basic Information, App-Level Tokens, "
        "with the scope connections:write."
    )
    return [Finding(False, "Slack: Pacer can speak there, and cannot hear", step)]


async def _socket(app_token: str, api_url: str | None) -> Finding:
    from adapters.slack.scopes import socket_refusal

    try:
        refusal = await socket_refusal(app_token, api_url)
    except OSError as problem:  # a TimeoutError is one
        return Finding(False, f"Slack: the socket could not be tried: {type(problem).__name__}")
    if not refusal:
        return Finding(True, "Slack: the socket opens, so Pacer hears what is said to it")
    step = (
        "PACER_SLACK_APP_TOKEN is the one that begins with xapp-, made under Basic Information, App-Level "
        "Tokens, with the scope connections:write; and Socket Mode has to be on."
    )
    return Finding(False, f"Slack: the socket does not open: {refusal}", step)
