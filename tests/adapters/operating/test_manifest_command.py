"""`pacer manifest` on the command line, and what the doctor says about a Slack app that was set up by it."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import yaml
from aiohttp import web

from adapters.complaint import MISUSE
from adapters.main import main
from adapters.settings import BadSetting, read
from adapters.slack.scopes import SCOPES

APPLICATION = "1145677788899900011"
BOT, APP = "xoxb-good", "xapp-good"


def pacer(*command: str, without: tuple[str, ...] = (), **given: str) -> subprocess.CompletedProcess[str]:
    """`pacer` in a process of its own, in which some packages are not installed."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PACER_")}
    script = (
        f"import sys; sys.modules.update(dict.fromkeys({list(without)!r})); "
        f"from adapters.main import main; main({list(command)!r})"
    )
    return subprocess.run(
        [sys.executable, "-c", script],
        env={**clean, **given},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def refused(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    """What `pacer` complains of when it ends as a misuse."""
    with pytest.raises(SystemExit) as ended:
        main(command)
    assert ended.value.code == MISUSE
    told = capsys.readouterr()
    assert told.out == ""
    return told.err


# The command


def test_slacks_manifest_is_printed_without_any_extra_and_is_yaml():
    done = pacer("manifest", "slack", without=("slack_sdk", "slack_bolt", "discord"))
    assert (done.returncode, done.stderr) == (0, "")
    told = yaml.safe_load(done.stdout)
    assert told["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in done.stdout


@pytest.mark.parametrize("address", ["https://coach.example.org", "https://coach.example.org/"])
def test_a_public_address_makes_the_manifest_for_http(address):
    told = yaml.safe_load(pacer("manifest", "slack", "--http", address).stdout)
    assert told["settings"]["interactivity"]["request_url"] == "https://coach.example.org/slack/events"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "coach.example.org",
        "http://coach.example.org",
        "https://",
        "https://a:99999999",
        "https://a b",
        "https://[",
        "https://a?x=1",
        "https://me:pw@a",
    ],
)
def test_an_address_that_slack_would_not_take_is_refused_in_one_sentence(capsys, address):
    assert refused(capsys, "manifest", "slack", "--http", address) == (
        "pacer: --http is the public address of your Pacer, such as https://pacer.example.org.\n"
    )


def test_discords_commands_are_printed_as_json():
    (told,) = json.loads(pacer("manifest", "discord").stdout)
    assert told["name"] == "pacer"


def test_without_the_extra_that_makes_them_the_commands_are_refused_with_the_way_to_it():
    done = pacer("manifest", "discord", without=("discord",))
    assert (done.returncode, done.stdout) == (1, "")
    assert "pip install -e '.[discord]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_application_gets_its_two_links_without_any_extra():
    done = pacer(
        "manifest", "discord", "--application", APPLICATION, without=("discord", "slack_sdk", "yaml")
    )
    assert done.returncode == 0
    server, person = done.stdout.splitlines()
    assert f"client_id={APPLICATION}&scope=bot+applications.commands&permissions=" in server
    assert "integration_type=0" in server
    assert person.endswith(f"client_id={APPLICATION}&scope=applications.commands&integration_type=1")


@pytest.mark.parametrize(
    "given", ["", "12", "pacer", "11456777888999000111145", "１１４５６７７７８８８９９９０００１１"]
)
def test_what_is_no_application_id_is_refused_with_the_place_where_it_stands(capsys, given):
    assert "General Information" in refused(capsys, "manifest", "discord", "--application", given)


# The settings


def test_the_settings_of_both_platforms_are_read(tmp_path: Path):
    (tmp_path / "secret").write_text("from a file\n")
    told = read(
        {
            "PACER_HOME": str(tmp_path),
            "PACER_SLACK_APP_TOKEN": APP,
            "PACER_SLACK_SIGNING_SECRET_FILE": str(tmp_path / "secret"),
            "PACER_SLACK_CLIENT_ID": "1.2",
            "PACER_SLACK_CLIENT_SECRET": "hush",
            "PACER_SLACK_ADDRESS": "[::1]:9000",
            "PACER_DISCORD_GATEWAY_URL": "ws://127.0.0.1:1",
        }
    )
    assert told.unknown == ()
    assert (told.slack_app_token, told.slack_signing_secret) == (APP, "from a file")
    assert (told.slack_client_id, told.slack_client_secret) == ("1.2", "hush")
    assert told.slack_address == ("::1", 9000)
    assert told.discord_gateway_url == "ws://127.0.0.1:1"


def test_what_is_left_out_is_not_set_and_the_address_is_on_loopback(tmp_path: Path):
    told = read({"PACER_HOME": str(tmp_path)})
    assert told.slack_address == ("127.0.0.1", 8322)
    assert told.slack_app_token is told.slack_signing_secret is None
    assert told.slack_client_id is told.slack_client_secret is told.discord_gateway_url is None


@pytest.mark.parametrize(
    "address", ["nowhere", "127.0.0.1", ":80", "127.0.0.1:99999", "a:-1", "a:８３", "off"]
)
def test_an_address_that_cannot_be_listened_at_is_named(tmp_path: Path, address):
    with pytest.raises(
        BadSetting, match=r"^PACER_SLACK_ADDRESS is a host and a port such as 127\.0\.0\.1:8322\.$"
    ):
        read({"PACER_HOME": str(tmp_path), "PACER_SLACK_ADDRESS": address})


# The doctor


@asynccontextmanager
async def slack(scopes: str | None, status: int = 200) -> AsyncIterator[str]:
    """A Slack that knows one bot token with these scopes, and one app-level token."""

    def error(code: str) -> web.Response:
        return web.json_response({"ok": False, "error": code}, status=status)

    async def who(request: web.Request) -> web.Response:
        if request.headers["Authorization"] != f"Bearer {BOT}":
            return error("invalid_auth")
        headers = {} if scopes is None else {"x-oauth-scopes": scopes}
        return web.json_response({"ok": True, "user_id": "UPACER", "team_id": "T1"}, headers=headers)

    async def connect(request: web.Request) -> web.Response:
        if request.headers["Authorization"] != f"Bearer {APP}":
            return error("not_allowed_token_type")
        return web.json_response({"ok": True, "url": "wss://nowhere.example"})

    app = web.Application()
    app.add_routes([web.post("/api/auth.test", who), web.post("/api/apps.connections.open", connect)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()


async def doctor(home: Path, url: str, **given: str) -> tuple[int, list[str]]:
    """How the doctor ends, and what it says of Slack, with the step below a line."""
    done = await asyncio.to_thread(
        pacer, "doctor", **{"PACER_HOME": str(home), "PACER_SLACK_API_URL": url, **given}
    )
    assert "Traceback" not in done.stderr
    told = done.stdout.replace("\n      ", " ").splitlines()
    assert not any(token in done.stdout + done.stderr for token in given.values())
    return done.returncode, [line for line in told if "Slack" in line or "Platforms" in line]


ALL = ",".join(sorted(SCOPES))


async def test_a_slack_app_made_from_the_manifest_has_three_good_lines(tmp_path: Path):
    async with slack(ALL) as url:
        code, told = await doctor(tmp_path, url, PACER_SLACK_BOT_TOKEN=BOT, PACER_SLACK_APP_TOKEN=APP)
    assert told == [
        "ok    Slack: Slack knows the token.",
        "ok    Slack: the token has every scope",
        "ok    Slack: the socket opens, so Pacer hears what is said to it",
    ]
    assert code == 0


async def test_the_guide_shows_these_three_lines():
    guide = (Path(__file__).parents[3] / "docs" / "slack.md").read_text()
    for line in ("the token has every scope", "the socket opens, so Pacer hears what is said to it"):
        assert f"ok    Slack: {line}\n" in guide


async def test_a_missing_scope_is_named_with_its_reason_and_the_way_to_it(tmp_path: Path):
    given = ", ".join(s for s in SCOPES if s not in ("im:history", "users:read")) + ",emoji:read"
    async with slack(given) as url:
        code, told = await doctor(tmp_path, url, PACER_SLACK_BOT_TOKEN=BOT, PACER_SLACK_APP_TOKEN=APP)
    assert code == 1
    (line,) = [line for line in told if line.startswith("look")]
    assert "the token lacks im:history, users:read" in line
    assert f"users:read to {SCOPES['users:read'].why}" in line
    assert "Reinstall" in line


async def test_a_slack_that_tells_no_scopes_is_believed(tmp_path: Path):
    async with slack(None) as url:
        code, told = await doctor(tmp_path, url, PACER_SLACK_BOT_TOKEN=BOT, PACER_SLACK_APP_TOKEN=APP)
    assert code == 0
    assert "ok    Slack: it does not tell the scopes of this token" in told


async def test_swapped_tokens_are_told_apart(tmp_path: Path):
    async with slack(ALL) as url:
        code, told = await doctor(tmp_path, url, PACER_SLACK_BOT_TOKEN=APP, PACER_SLACK_APP_TOKEN=BOT)
    assert code == 1
    wrong_bot, wrong_app = told
    assert "invalid_auth" in wrong_bot
    assert "begins with xoxb-" in wrong_bot
    assert "the socket does not open: not_allowed_token_type" in wrong_app
    assert "begins with xapp-" in wrong_app


async def test_a_slack_that_only_hears_pacer_is_named(tmp_path: Path):
    async with slack(ALL) as url:
        code, told = await doctor(tmp_path, url, PACER_SLACK_BOT_TOKEN=BOT)
    assert code == 1
    assert "look  Slack: Pacer can speak there, and cannot hear" in told[-1]
    assert "PACER_SLACK_APP_TOKEN" in told[-1]


async def test_over_http_the_doctor_tells_where_slack_comes_to(tmp_path: Path):
    async with slack(ALL) as url:
        code, told = await doctor(
            tmp_path, url, PACER_SLACK_BOT_TOKEN=BOT, PACER_SLACK_SIGNING_SECRET="hush-hush"
        )
    assert code == 0
    assert told[-1] == "ok    Slack: comes over HTTP to 127.0.0.1 port 8322, path /slack/events"


async def test_an_app_token_alone_asks_for_the_other_one(tmp_path: Path):
    async with slack(ALL) as url:
        code, told = await doctor(tmp_path, url, PACER_SLACK_APP_TOKEN=APP)
    assert code == 1
    assert "PACER_SLACK_BOT_TOKEN" in told[-1]


async def test_half_of_what_several_workspaces_need_is_named(tmp_path: Path):
    async with slack(ALL) as url:
        code, told = await doctor(tmp_path, url, PACER_SLACK_CLIENT_ID="1.2")
    assert code == 1
    assert "PACER_SLACK_CLIENT_SECRET" in told[-1]


async def test_a_slack_that_cannot_be_reached_does_not_blame_the_token(tmp_path: Path):
    async with slack(ALL) as gone:
        url = gone
    code, told = await doctor(tmp_path, url, PACER_SLACK_BOT_TOKEN=BOT, PACER_SLACK_APP_TOKEN=APP)
    assert code == 1
    assert all(line.startswith("look  Slack") for line in told)
    assert "xoxb-" not in told[0]
    assert "the socket could not be tried: ConnectionError" in told[1]
