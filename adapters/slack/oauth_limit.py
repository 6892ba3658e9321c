"""How often one address may open the pages of an installation: each of them costs a row, or a call to Slack."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from aiohttp import web

MOST, SPAN = 20, timedelta(minutes=1)
"""Pages that an address may open in how long: an installation takes two, and a hand that tries again a few more."""
REMEMBERED = 5000
"""Addresses; beyond them the one seen longest ago is forgotten."""
_NETWORK = 64
"""Bits of an address of version 6 that one host's provider gives it; the rest it chooses by itself."""


class Visitors:
    """Counts pages by address, in this process's memory."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._seen: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Count a page for an address; seconds until it may open one again, zero if it may now."""
        now = self._now()
        since, count = self._seen.pop(address, (now, 0))
        if now - since >= SPAN or since > now:
            since, count = now, 0
        self._seen[address] = (since, min(count + 1, MOST + 1))
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return 0 if count < MOST else max(1, round((since + SPAN - now).total_seconds()))


def address_of(request: web.Request) -> str:
    """Who asks. Behind a proxy of our own it is whom the proxy saw last; nobody else's word for it is taken."""
    peer = _read(request.remote or "")
    told = request.headers.getall("X-Forwarded-For", [])
    if peer is not None and (peer.is_loopback or peer.is_private) and told:
        peer = _read(told[-1].rpartition(",")[2].strip()) or peer
    if isinstance(peer, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((peer, _NETWORK), strict=False))
    return str(peer)


def _read(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    inner = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return inner or found
