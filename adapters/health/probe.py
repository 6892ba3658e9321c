"""`pacer healthcheck`: one look at a running Pacer, for containers that want an exit code."""

from __future__ import annotations

import json
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}
"""Addresses that one listens at but cannot call, and whom to call instead."""
ENOUGH = 64 * 1024
"""Bytes of an answer that are read."""


def healthy(address: str, timeout: float = 3) -> tuple[bool, str]:
    """Whether the Pacer whose health port is at `host:port` is ready, and one sentence about it."""
    try:
        url = _url(address)
    except ValueError:
        return False, f"PACER_HEALTH_ADDRESS is a host and a port such as 127.0.0.1:8321, not {address!r}."
    opener = build_opener(ProxyHandler({}))  # a proxy would ask another machine
    try:
        with opener.open(url, timeout=timeout) as answer:
            return _read(answer.read(ENOUGH))
    except HTTPError as refused:
        with refused:
            return _refusal(refused, address)
    except (OSError, HTTPException, ValueError):  # the last: a host that is no name
        return False, f"Nothing at {address} answers as Pacer does. Check that it runs."


def _url(address: str) -> str:
    """The page to ask for. Raises ValueError for what is no address."""
    parts = urlsplit(address if "://" in address else f"//{address}")
    if parts.port is None or any(c.isspace() or not c.isprintable() for c in address):
        raise ValueError
    host = EVERYWHERE.get(parts.hostname or "", parts.hostname or "")
    return f"http://[{host}]:{parts.port}/readyz" if ":" in host else f"http://{host}:{parts.port}/readyz"


def _refusal(refused: HTTPError, address: str) -> tuple[bool, str]:
    if refused.code != 503:
        return False, f"What answers at {address} is not Pacer's health port (status {refused.code})."
    try:
        return _read(refused.read(ENOUGH))
    except (OSError, HTTPException):
        return False, "Pacer is not ready, and its answer broke off."


def _read(body: bytes) -> tuple[bool, str]:
    try:
        page = json.loads(body)
        ready = page["ready"] is True
        unwell = [f"{name}: {check['said']}" for name, check in page["checks"].items() if not check["ok"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False, "What answered does not speak as Pacer's health port does."
    return (True, "Pacer is ready.") if ready else (False, " ".join(["Pacer is not ready.", *unwell]))
