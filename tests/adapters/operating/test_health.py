"""What an operator sees of Pacer from outside: alive, ready, open to a scrape."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Mapping

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from adapters.health.metrics import Metrics
from adapters.health.probe import healthy
from adapters.health.server import CannotListen, Check, HealthServer, PortInUse

SECRET = "postgresql://pacer:hunter2@db/pacer"


def value(page: bytes, name: str) -> float:
    """A sample without labels."""
    found = [s for family in text_string_to_metric_families(page.decode()) for s in family.samples]
    return {s.name: s.value for s in found}[name]


async def well() -> tuple[bool, str]:
    return True, "It answers."


async def unwell() -> tuple[bool, str]:
    return False, "The last tick was 90 seconds ago."


async def broken() -> tuple[bool, str]:
    raise ConnectionError(SECRET)


async def silent() -> tuple[bool, str]:
    await asyncio.sleep(60)
    return True, "never said"


class Running:
    """Health ports of this test, and somebody who asks them."""

    def __init__(self, client: aiohttp.ClientSession) -> None:
        self.client, self.servers = client, list[HealthServer]()

    async def serve(self, checks: Mapping[str, Check], patience: float = 0.2) -> HealthServer:
        server = HealthServer("127.0.0.1", 0, checks, Metrics(["drill"]), patience=patience)
        await server.start()
        self.servers.append(server)
        return server

    async def ask(
        self, server: HealthServer, path: str, method: str = "GET"
    ) -> tuple[aiohttp.ClientResponse, bytes]:
        async with self.client.request(method, f"http://127.0.0.1:{server.port}{path}") as answer:
            return answer, await answer.read()


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with aiohttp.ClientSession() as client:
        all_of_them = Running(client)
        yield all_of_them
        for server in all_of_them.servers:
            await server.stop()


# The port


async def test_it_is_alive_as_long_as_the_loop_answers(running):
    server = await running.serve({"database": broken})
    answer, body = await running.ask(server, "/livez")
    assert (answer.status, body) == (200, b"ok")


async def test_it_is_ready_when_every_check_is_well(running):
    server = await running.serve({"database": well, "tick": well})
    answer, _ = await running.ask(server, "/readyz")
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert await answer.json() == {
        "ready": True,
        "checks": {
            "database": {"ok": True, "said": "It answers."},
            "tick": {"ok": True, "said": "It answers."},
        },
    }


async def test_each_check_that_is_not_well_says_so_by_itself_and_without_secrets(running):
    server = await running.serve({"database": broken, "tick": unwell, "slack": silent, "discord": well})
    answer, body = await running.ask(server, "/readyz")
    page = await answer.json()
    assert answer.status == 503
    assert page["ready"] is False
    assert page["checks"] == {
        "database": {"ok": False, "said": "The check could not be made: ConnectionError."},
        "tick": {"ok": False, "said": "The last tick was 90 seconds ago."},
        "slack": {"ok": False, "said": "No answer within 0.2 seconds."},
        "discord": {"ok": True, "said": "It answers."},
    }
    assert b"hunter2" not in body


async def test_checks_are_asked_at_the_same_time(running):
    server = await running.serve(dict.fromkeys("abcdefgh", silent), patience=0.2)
    begun = time.monotonic()
    answer, _ = await running.ask(server, "/readyz")
    assert answer.status == 503
    assert time.monotonic() - begun < 0.8


async def test_a_check_that_does_not_even_stop_is_asked_once_and_not_waited_for(running):
    asked, called_off, free = 0, 0, asyncio.Event()

    async def stuck() -> tuple[bool, str]:
        nonlocal asked, called_off
        asked += 1
        while not free.is_set() and called_off < 3:
            try:
                await free.wait()
            except asyncio.CancelledError:
                called_off += 1
        return True, "At last."

    server = await running.serve({"database": stuck}, patience=0.05)
    for _ in range(3):
        answer, _ = await running.ask(server, "/readyz")
        assert answer.status == 503
    assert (asked, called_off) == (1, 3)
    free.set()
    await asyncio.sleep(0)
    answer, _ = await running.ask(server, "/readyz")
    assert answer.status == 200


async def test_no_checks_mean_ready(running):
    answer, _ = await running.ask(await running.serve({}), "/readyz")
    assert answer.status == 200


async def test_a_scrape_is_prometheus_text(running):
    server = await running.serve({})
    answer, body = await running.ask(server, "/metrics")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    assert value(body, "pacer_due_total") == 0


async def test_a_look_at_the_head_of_a_scrape_does_not_forget_the_stall(running):
    metrics = Metrics([])
    server = HealthServer("127.0.0.1", 0, {}, metrics)
    await server.start()
    running.servers.append(server)
    metrics.stalled(1.5)
    await running.ask(server, "/metrics", "HEAD")
    _, body = await running.ask(server, "/metrics")
    assert value(body, "pacer_loop_stall_seconds") == 1.5


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics"])
async def test_head_works(running, path):
    answer, body = await running.ask(await running.serve({"database": well}), path, "HEAD")
    assert (answer.status, body) == (200, b"")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", "/livez/"), ("GET", "/metrics/../etc"), ("POST", "/livez"), ("DELETE", "/readyz")],
)
async def test_anything_else_is_not_found(running, method, path):
    answer, body = await running.ask(await running.serve({}), path, method)
    assert (answer.status, body) == (404, b"not found")


async def test_a_port_that_is_taken_is_one_calm_sentence(running):
    first = await running.serve({})
    second = HealthServer("127.0.0.1", first.port, {}, Metrics([]))
    with pytest.raises(PortInUse) as told:
        await second.start()
    assert str(told.value) == (
        f"Another program listens at 127.0.0.1:{first.port}. Set PACER_HEALTH_ADDRESS to a free port."
    )
    await first.stop()
    await second.start()
    await second.stop()


@pytest.mark.parametrize(("host", "port"), [("192.0.2.7", 0), ("no..host", 0), ("127.0.0.1", 70000)])
async def test_an_address_of_another_machine_is_one_calm_sentence_too(host, port):
    server = HealthServer(host, port, {}, Metrics([]))
    with pytest.raises(CannotListen, match="PACER_HEALTH_ADDRESS") as told:
        await server.start()
    assert not isinstance(told.value, PortInUse)


async def test_a_stopped_port_is_free_and_stopping_again_does_nothing(running):
    server = await running.serve({"slow": silent}, patience=0.05)
    port = server.port
    await running.ask(server, "/readyz")
    await server.stop()
    await server.stop()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


# The probe


async def probed(address: str) -> tuple[bool, str]:
    return await asyncio.to_thread(healthy, address, 1)


async def test_the_probe_says_ready_past_any_proxy(running, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://192.0.2.7:9")
    server = await running.serve({"database": well})
    for host in ("127.0.0.1", "http://127.0.0.1", "0.0.0.0", "localhost", ""):
        assert await probed(f"{host}:{server.port}") == (True, "Pacer is ready.")


async def test_the_probe_names_what_is_not_well(running):
    server = await running.serve({"database": well, "tick": unwell, "slack": silent}, patience=0.05)
    assert await probed(f"127.0.0.1:{server.port}") == (
        False,
        "Pacer is not ready. tick: The last tick was 90 seconds ago. slack: No answer within 0.05 seconds.",
    )


async def test_the_probe_is_calm_where_nobody_answers(running):
    server = await running.serve({})
    await server.stop()
    assert await probed("127.0.0.1:1") == (
        False,
        "Nothing at 127.0.0.1:1 answers as Pacer does. Check that it runs.",
    )


@pytest.mark.parametrize(
    "address", ["", "8321", "localhost", "host:port", "::1:80", "a b:80", "x:99999", "x:80\n"]
)
def test_the_probe_asks_for_an_address(address):
    ok, said = healthy(address, 1)
    assert not ok
    assert said.startswith("PACER_HEALTH_ADDRESS is a host and a port")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"SSH-2.0-OpenSSH_9.6\r\n", "Nothing at"),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "is not Pacer's health port (status 404)"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", "does not speak as Pacer's"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n" + b"[" * 60000, "does not speak as Pacer's"),
        (b"HTTP/1.1 503 No\r\nContent-Length: 9\r\n\r\noh dear :", "does not speak as Pacer's"),
        (b"HTTP/1.1 503 No\r\nContent-Length: 99\r\n\r\noh", "does not speak as Pacer's"),
        (b"", "Nothing at"),
    ],
)
async def test_the_probe_is_calm_about_strangers(answer, said):
    async def stranger(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(stranger, "127.0.0.1", 0)
    async with server:
        ok, heard = await probed(f"127.0.0.1:{server.sockets[0].getsockname()[1]}")
    assert not ok
    assert said in heard


async def test_the_probe_does_not_wait_for_ever(running):
    server = await running.serve({"slack": silent}, patience=3)
    begun = time.monotonic()
    ok, _ = await asyncio.to_thread(healthy, f"127.0.0.1:{server.port}", 0.2)
    assert not ok
    assert time.monotonic() - begun < 1.5
