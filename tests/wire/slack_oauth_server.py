"""Slack's installing by OAuth on loopback: the page that asks, codes, and tokens that end and are renewed."""

from __future__ import annotations

import asyncio
import base64
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from aiohttp import web
from wire.slack_server import SlackServer

CLIENT_ID, CLIENT_SECRET = "11.22", "client-secret"
HOURS = 3600


@dataclass
class Choice:
    """What the person in front of Slack's page picks."""

    team: str = "T1"
    user: str = "UADMIN"
    answer: str = "allow"
    org_wide: bool = False
    user_token: bool = False


class SlackOAuthServer(SlackServer):
    """Workspaces that Pacer can be installed in; each call needs a token that was given out and is still good."""

    def __init__(self, *, port: int = 0, log: Path | None = None, rotates: bool = False) -> None:
        super().__init__(port=port, log=log)
        self.rotates = rotates
        self.choice = Choice()
        self.asked: list[dict[str, str]] = []
        """What the page was opened with."""
        self.good: dict[str, str] = {}
        """Team by each token that still works."""
        self.calls: list[tuple[str, str]] = []
        """Method and token of every call that was let in."""
        self.renewals = 0
        self.refusal = ""
        """Slack's error code for every renewal."""
        self.delay = 0.0
        self.codes: dict[str, tuple[Choice, str]] = {}
        self._refresh: dict[str, str] = {}
        self._made = itertools.count(1)

    def routes(self) -> list[web.RouteDef]:
        """Also the page, api.test and oauth.v2.access."""
        return [
            *super().routes(),
            web.get("/oauth/v2/authorize", self._ask),
            web.post("/api/oauth.v2.access", self._access),
            web.post("/api/api.test", self._test),
        ]

    def token_of(self, team: str) -> str:
        """The newest token of a workspace."""
        return [token for token, owner in self.good.items() if owner == team][-1]

    def revoke(self, team: str) -> None:
        """Pacer was taken out."""
        self.good = {token: owner for token, owner in self.good.items() if owner != team}

    async def _ask(self, request: web.Request) -> web.StreamResponse:
        asked = dict(request.query)
        self.asked.append(asked)
        if asked.get("client_id") != CLIENT_ID or not asked.get("redirect_uri"):
            return web.Response(status=400, text="Invalid client_id or redirect_uri")
        told = {"state": asked["state"]}
        if self.choice.answer == "allow":
            code = told["code"] = f"code-{next(self._made)}"
            self.codes[code] = (self.choice, asked["redirect_uri"])
        else:
            told["error"] = self.choice.answer
        raise web.HTTPFound(f"{asked['redirect_uri']}?{urlencode(told)}")

    async def _access(self, request: web.Request) -> web.StreamResponse:
        given = dict(parse_qsl(await request.text()))

        async def answer() -> web.Response:
            if self.delay:
                await asyncio.sleep(self.delay)
            return web.json_response(self._answer(given))

        expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {expected}" or "client_secret" in request.query:
            return web.json_response({"ok": False, "error": "bad_client_secret"})
        return await self.serve(request, "access", "access", answer)

    def _answer(self, given: dict[str, str]) -> dict[str, Any]:
        if given.get("grant_type") == "refresh_token":
            return self._renew(given.get("refresh_token", ""))
        choice, address = self.codes.pop(given.get("code", ""), (None, None))
        if choice is None or address != given.get("redirect_uri"):
            return {"ok": False, "error": "invalid_code"}
        told = self._new_token(choice.team)
        where = {"id": choice.team, "name": "Guild <b> & friends"}
        enterprise = {"id": "E1", "name": "Guilds"} if choice.org_wide else None
        told |= {
            "app_id": "A1",
            "bot_user_id": f"UBOT{choice.team}",
            "is_enterprise_install": choice.org_wide,
        }
        told |= {"team": None if choice.org_wide else where, "enterprise": enterprise}
        told["authed_user"] = {"id": choice.user}
        if choice.user_token:
            told["authed_user"] |= {"access_token": "xoxp-her-own", "scope": "users:read"}
        return told

    def _renew(self, refresh: str) -> dict[str, Any]:
        self.renewals += 1
        if self.refusal:
            return {"ok": False, "error": self.refusal}
        team = self._refresh.pop(refresh, None)  # works once
        return self._new_token(team) if team else {"ok": False, "error": "invalid_refresh_token"}

    def _new_token(self, team: str) -> dict[str, Any]:
        number = next(self._made)
        token = f"xoxb-{team}-{number}"
        self.good[token] = team
        told = {"ok": True, "access_token": token, "token_type": "bot", "scope": "chat:write,commands"}
        if self.rotates:
            refresh = f"xoxe-{team}-{number}"
            self._refresh[refresh] = team
            told |= {"refresh_token": refresh, "expires_in": 12 * HOURS}
        return told

    async def _test(self, _: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True})

    async def _who(self, request: web.Request) -> web.StreamResponse:
        if refused := self._refused(request):
            return refused
        team = self.good[request.headers["Authorization"].removeprefix("Bearer ")]
        return web.json_response(
            {"ok": True, "user_id": f"UBOT{team}", "bot_id": f"B{team}", "team_id": team}
        )

    def _refused(self, request: web.Request) -> web.Response | None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.good:
            return web.json_response({"ok": False, "error": "token_revoked" if token else "not_authed"})
        self.calls.append((request.path.removeprefix("/api/"), token))
        return None
