"""What an operator is handed says what the program does: deploy/ and docs/operating.md, held against the code."""

from __future__ import annotations

import argparse
import configparser
import copy
import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.engine import make_url

from adapters import settings
from adapters.complaint import MISUSE
from adapters.main import VERSION, _parser
from adapters.service import STOP_SECONDS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
OPERATING = (ROOT / "docs" / "operating.md").read_text()
OPERATORS_OWN = {"pacer.env", ".env"}
FILES = {
    p.relative_to(DEPLOY).as_posix(): p.read_text()
    for p in DEPLOY.rglob("*")
    if p.is_file() and p.name not in OPERATORS_OWN
}
UNITS = [name for name in FILES if name.endswith(".service")]
PORT = int(settings.HEALTH_ADDRESS.rpartition(":")[2])
LONGEST_STOP = 10
"""Seconds that docs/operating.md promises."""


def subcommands(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    return next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction)).choices


COMMANDS = subcommands(_parser())


class Unit(configparser.RawConfigParser):
    """A systemd unit; a name may come more than once."""

    def __init__(self, text: str) -> None:
        super().__init__(strict=False, comment_prefixes=("#",), delimiters=("=",))
        self.lines = [line.partition("=")[::2] for line in text.splitlines() if re.match(r"\w+=", line)]
        self.optionxform = str  # type: ignore[assignment,method-assign]
        self.read_string(text)

    def every(self, name: str) -> list[str]:
        return [value for key, value in self.lines if key == name]

    def one(self, name: str) -> str:
        (value,) = self.every(name)
        return value

    @property
    def environment(self) -> dict[str, str]:
        return dict(e.split("=", 1) for e in self.every("Environment"))


def unit(name: str) -> Unit:
    return Unit(FILES[f"systemd/{name}"])


def compose() -> dict[str, Any]:
    return yaml.safe_load(FILES["compose.yaml"])


def with_postgres() -> dict[str, Any]:
    """Both files as `docker compose -f … -f …` merges them."""
    return merged(compose(), yaml.safe_load(FILES["compose.postgres.yaml"]))


def of_ours() -> list[dict[str, Any]]:
    """The services that run Pacer."""
    return [s for s in with_postgres()["services"].values() if "command" in s]


def merged(under: Any, over: Any) -> Any:
    if isinstance(under, dict) and isinstance(over, dict):
        return {
            k: merged(under[k], over[k]) if k in under and k in over else over.get(k, under.get(k))
            for k in {**under, **over}
        }
    return copy.deepcopy(over)


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions and what follows each, continued lines joined."""
    joined = re.sub(r"\\\n\s*", "", FILES["Dockerfile"])
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def runtime(instruction: str) -> list[str]:
    """What an instruction says in the last stage, which is the image."""
    said = instructions()
    start = max(n for n, (name, _) in enumerate(said) if name == "FROM")
    return [rest for name, rest in said[start:] if name == instruction]


def image_environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for rest in runtime("ENV") for pair in shlex.split(rest))


# Settings


@pytest.mark.parametrize("name", [*FILES, "operating.md"])
def test_no_file_names_a_setting_that_does_not_exist(name):
    text = OPERATING if name == "operating.md" else FILES[name]
    known = {*settings.KNOWN, *(f"{n}_FILE" for n in settings.KNOWN)}
    assert set(re.findall(r"PACER_[A-Z_]*[A-Z]", text)) <= known


def test_every_setting_is_in_the_example_and_in_the_table():
    offered = re.findall(r"^#(PACER_\w+)=", FILES["env.example"], re.M)
    assert sorted(offered) == sorted(settings.KNOWN)
    assert sorted(re.findall(r"^\| `(PACER_\w+)` \|", OPERATING, re.M)) == sorted(settings.KNOWN)


def test_the_example_as_it_is_sets_nothing_and_with_all_of_it_taken_is_read():
    lines = FILES["env.example"].splitlines()
    assert all(not line or line.startswith("#") for line in lines)
    taken = dict(line[1:].split("=", 1) for line in lines if re.match(r"#PACER_\w+=", line))
    read = settings.read(taken)
    assert read.unknown == ()
    assert read.health_address == ("127.0.0.1", PORT)
    assert read.slack_address == ("127.0.0.1", int(settings.SLACK_ADDRESS.rpartition(":")[2]))
    assert read.slack_address[1] != PORT


def test_no_file_holds_a_secret():
    token = r"xox[a-z]-\w+"
    login = r"://[^/\s:@]+:[^/\s@]+@"
    value = r"(?:TOKEN|SECRET|SECRET_KEY|PASSWORD)(?:=|: )(?!\$\{|…)[^\s#|`]+"
    for name, text in FILES.items():
        assert not re.search(f"{token}|{login}|{value}", text), name


def test_what_the_operator_fills_in_stays_out_of_the_repository():
    assert set(FILES[".gitignore"].splitlines()[1:]) == OPERATORS_OWN
    assert compose()["services"]["pacer"]["env_file"] == [{"path": "pacer.env", "required": False}]


# Commands, ports, folders


def test_every_command_shown_exists_with_its_options():
    shown = re.findall(r"(?:^|[ /])pacer ((?:[a-z]+)(?: --[a-z-]+| \S+)*)$", fenced(OPERATING), re.M)
    assert len(shown) >= 10
    for line in shown:
        words = [w for w in shlex.split(line) if w != "pacer"]
        assert words[0] in COMMANDS, line
        options = {s for a in COMMANDS[words[0]]._actions for s in a.option_strings}
        assert {w for w in words if w.startswith("--")} <= options, line


def fenced(page: str) -> str:
    return "\n".join(re.findall(r"^ *```\w+\n(.*?)^ *```", page, re.M | re.S))


def test_every_process_that_is_started_is_a_command_of_pacer():
    started = {name: unit(name.removeprefix("systemd/")).one("ExecStart").split()[-1] for name in UNITS}
    assert started == {"systemd/pacer.service": "run", "systemd/pacer-worker@.service": "worker"}
    (before,) = unit("pacer.service").every("ExecStartPre")
    assert runtime("ENTRYPOINT") == ['["pacer"]']
    services = [s["command"][0] for s in of_ours()]
    command = json.loads(runtime("CMD")[0])
    assert {*started.values(), before.split()[-1], *services, *command} <= set(COMMANDS)
    (check,) = runtime("HEALTHCHECK")
    program, probe = json.loads(check.partition("CMD ")[2])
    assert (program, probe in COMMANDS) == ("pacer", True)


def test_the_port_is_the_programs_own_everywhere():
    assert runtime("EXPOSE") == [str(PORT)]
    assert image_environment()["PACER_HEALTH_ADDRESS"] == f"0.0.0.0:{PORT}"
    for service in of_ours():
        assert service["environment"]["PACER_HEALTH_ADDRESS"] == f"0.0.0.0:{PORT}"
    assert compose()["services"]["pacer"]["ports"] == [f"127.0.0.1:{PORT}:{PORT}"]
    run, workers = yaml.safe_load(FILES["prometheus.yml"])["scrape_configs"][0]["static_configs"]
    assert run == {"targets": [f"127.0.0.1:{PORT}"], "labels": {"role": "run"}}
    addresses = [
        unit("pacer-worker@.service").environment["PACER_HEALTH_ADDRESS"].replace("%i", n) for n in "12"
    ]
    assert workers == {"targets": addresses, "labels": {"role": "worker"}}


def test_worker_units_get_a_slot_and_a_port_each_that_the_program_accepts():
    environment = unit("pacer-worker@.service").environment
    for n in "123456789":
        own = {k: v.replace("%i", n) for k, v in environment.items() if not k.endswith("_FILE")}
        read = settings.read(own)
        assert read.worker_slot == f"worker-{n}"
        assert read.health_address not in (None, ("127.0.0.1", PORT))


def test_the_data_folder_is_where_the_volume_or_the_state_directory_is():
    home = image_environment()["PACER_HOME"]
    assert runtime("VOLUME") == [home]
    for service in of_ours():
        assert service["environment"]["PACER_HOME"] == home
        assert service["volumes"] == [f"pacer-data:{home}"]
    for name in UNITS:
        one = unit(name.removeprefix("systemd/"))
        assert one.environment["PACER_HOME"] == f"%S/{one.one('StateDirectory')}" == "%S/pacer"
    assert "/var/lib/pacer" in OPERATING


# The image


def test_images_are_pinned_to_an_exact_version():
    images = [rest.split()[0] for name, rest in instructions() if name == "FROM"]
    images += [s["image"] for s in with_postgres()["services"].values()]
    for image in images:
        assert re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?(-[a-z-]+)?", image), image
    ours = {i for i in images if i.startswith("pacer:")}
    assert ours == {f"pacer:{VERSION}"}
    assert len({i for i in images if i.startswith("python:3.")}) == 1
    assert f'image.version="{VERSION}"' in FILES["Dockerfile"]


def test_the_image_installs_hashed_packages_that_make_lock_makes():
    installs = [rest for name, rest in instructions() if name == "RUN" and "pip install" in rest]
    assert len(installs) == 2
    (lock,) = re.findall(r"--require-hashes -r (\S+)", installs[0])
    assert "--no-deps --no-build-isolation" in installs[1]
    assert f"--output-file {lock}" in (ROOT / "Makefile").read_text()
    assert lock in OPERATING


def test_what_the_image_copies_exists_and_is_not_ignored():
    sources = [
        w
        for name, rest in instructions()
        if name == "COPY" and "--from" not in rest
        for w in rest.split()[:-1]
    ]
    rules = [line for line in FILES["Dockerfile.dockerignore"].splitlines() if line[:1] not in ("", "#")]
    assert rules[0] == "*"
    for source in sources:
        name = source.removeprefix("./")
        assert (ROOT / name).exists(), f"{name} is missing; if it is a lock, say make lock"
        assert f"!{name}" in rules
    later = rules[max(n for n, r in enumerate(rules) if r.startswith("!")) + 1 :]
    for secret in ("secret.key", "bot/pacer.db", "bot/__pycache__"):
        assert any(fnmatch(secret, r.removeprefix("**/")) or fnmatch(secret, r) for r in later)


def test_the_image_runs_as_nobody_in_particular():
    assert runtime("USER") == ["10001:10001"]
    assert [n for n, _ in instructions()][-1] == "CMD"
    assert "--uid 10001" in runtime("RUN")[0]
    assert runtime("STOPSIGNAL") == ["SIGTERM"]


# Compose


def test_the_plain_file_is_one_service_on_a_volume():
    assert list(compose()["services"]) == ["pacer"]
    assert compose()["services"]["pacer"]["command"] == ["run"]
    assert compose()["volumes"] == {"pacer-data": {}}


def test_the_overlay_makes_one_run_and_two_workers_on_one_postgresql():
    services = with_postgres()["services"]
    counts: dict[str, int] = {}
    for service in of_ours():
        role = service["command"][0]
        counts[role] = counts.get(role, 0) + service.get("deploy", {}).get("replicas", 1)
        url = make_url(service["environment"]["PACER_DATABASE_URL"])
        assert (url.drivername, url.host, url.password) == ("postgresql+asyncpg", "postgres", None)
        server = services["postgres"]["environment"]
        assert (url.username, url.database) == (server["POSTGRES_USER"], server["POSTGRES_DB"])
        assert service["environment"]["PGPASSWORD"] == server["POSTGRES_PASSWORD"]
        assert "PACER_WORKER_SLOT" not in service["environment"]
    assert counts == {"run": 1, "worker": 2}
    assert services["pacer"]["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert services["worker"]["depends_on"]["pacer"]["condition"] == "service_healthy"
    assert services["postgres"]["healthcheck"]["test"][1] == "pg_isready"
    assert "ports" not in services["worker"]  # two replicas cannot share one
    assert "ports" not in services["postgres"]


@pytest.mark.parametrize("name", ["pacer", "worker"])
def test_containers_can_write_nowhere_but_to_their_volume(name):
    service = with_postgres()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["init"] is True


# Stopping


def test_everything_gives_pacer_the_time_it_needs_to_stop():
    assert STOP_SECONDS < LONGEST_STOP
    for name in UNITS:
        one = unit(name.removeprefix("systemd/"))
        assert int(one.one("TimeoutStopSec")) >= LONGEST_STOP
        assert (one.one("KillSignal"), one.one("Restart")) == ("SIGTERM", "always")
        assert one.one("RestartPreventExitStatus") == str(MISUSE)
    for service in with_postgres()["services"].values():
        assert int(service["stop_grace_period"].removesuffix("s")) >= LONGEST_STOP


# systemd


@pytest.mark.parametrize("name", UNITS)
def test_units_are_hardened_and_take_every_secret_as_a_credential(name):
    one = unit(name.removeprefix("systemd/"))
    assert one.one("User") == "pacer"
    assert (one.one("NoNewPrivileges"), one.one("ProtectSystem")) == ("yes", "strict")
    assert one.one("CapabilityBoundingSet") == ""
    credentials = {c.split(":")[0]: c.split(":")[1] for c in one.every("LoadCredential")}
    files = {k: v for k, v in one.environment.items() if k.endswith("_FILE")}
    assert sorted(files.values()) == sorted(f"%d/{credential}" for credential in credentials)
    made = re.search(r"sudo touch ([a-z -]+)\)", OPERATING)
    assert made
    ready = {f"/etc/pacer/credentials/{n}" for n in made[1].split()}
    assert set(credentials.values()) <= ready
    if name == "systemd/pacer.service":
        assert set(credentials.values()) == ready
        assert {f"{n}_FILE" for n in settings.KNOWN if re.search(r"TOKEN|SECRET", n)} <= set(files)


def test_a_worker_is_given_no_secret_that_only_listening_needs():
    worker = set(unit("pacer-worker@.service").environment)
    assert not worker & {f"PACER_SLACK_{n}_FILE" for n in ("APP_TOKEN", "SIGNING_SECRET", "CLIENT_SECRET")}


@pytest.mark.parametrize("name", UNITS)
def test_a_credential_that_is_an_empty_file_counts_as_not_set(name, tmp_path):
    environment = unit(name.removeprefix("systemd/")).environment
    files = {k: v.replace("%d", str(tmp_path)) for k, v in environment.items() if k.endswith("_FILE")}
    for path in files.values():
        Path(path).touch()
    read = settings.read({"PACER_HOME": str(tmp_path), **files})
    assert not (read.secret_key or read.slack_token or read.discord_token)
    assert not (read.slack_app_token or read.slack_signing_secret or read.slack_client_secret)
    assert read.database_url == f"sqlite:///{tmp_path / 'pacer.db'}"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    for name in UNITS:
        instance = Path(name).name.replace("@.", "@1.")
        text = FILES[name].replace("/opt/pacer/.venv/bin/pacer", shutil.which("true") or "/bin/true")
        (tmp_path / instance).write_text(text)
    found = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(map(str, tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    ours = [line for line in found.stderr.splitlines() if "pacer" in line]
    assert (found.returncode, ours) == (0, [])


# Links


def test_links_and_paths_of_the_pages_exist():
    for folder, text in ((ROOT / "docs", OPERATING), (DEPLOY, FILES["README.md"])):
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert (folder / target).exists(), target
    named = set(re.findall(r"^\| (`.+?`) \|", FILES["README.md"], re.M))
    listed = {f for cell in named for f in re.findall(r"`([^`]+)`", cell)}
    assert listed == set(FILES) - {"README.md", ".gitignore"}
    for path in re.findall(r"\b(deploy/[\w./@-]+\w)", OPERATING):
        assert (ROOT / path).exists() or Path(path).name in OPERATORS_OWN, path
