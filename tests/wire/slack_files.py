"""A Slack workspace that takes uploads: the three calls of one, and pictures that are ready only after a while."""

from __future__ import annotations

import itertools
import json
from typing import Any

from aiohttp import web
from wire.slack_server import _error
from wire.slack_workspace import Given, SlackWorkspace


class SlackFiles(SlackWorkspace):
    """With files: what was uploaded, and what was shared where."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.uploads: dict[str, dict[str, Any]] = {}
        """By id: name, data, alt, title."""
        self.shares: list[tuple[str, str | None, str]] = []
        """Channel, thread and name of what was shared."""
        self.looks = 1
        """How often somebody has to look until a file is ready."""
        self.may_write = True
        self.never_valid = False
        """Whether a block with a picture is refused although the picture is ready."""
        self._files = itertools.count(1)

    def routes(self) -> list[web.RouteDef]:
        """With the calls of an upload."""
        served = {
            "files.getUploadURLExternal": self._offer,
            "files.completeUploadExternal": self._complete,
            "files.info": self._info,
        }
        methods = [
            web.route(verb, f"/api/{name}", self._method(name, at))
            for name, at in served.items()
            for verb in ("GET", "POST")
        ]
        return [*super().routes(), *methods, web.post("/upload/{id}", self._upload)]

    def _offer(self, given: Given) -> web.Response:
        if not self.may_write:
            return _error("missing_scope", needed="files:write")
        name = f"F{next(self._files):09d}"
        self.uploads[name] = {
            "name": given["filename"],
            "size": int(given["length"]),
            "alt": given.get("alt_txt"),
        }
        return web.json_response({"ok": True, "file_id": name, "upload_url": f"{self.root}/upload/{name}"})

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        data = await request.read()

        async def answer() -> web.Response:
            held = self.uploads[request.match_info["id"]]
            if len(data) != held["size"]:
                return web.Response(status=400, text="another length than was said")
            held["data"] = data
            return web.Response(text=f"OK - {len(data)}")

        return await self.serve(request, "upload", "upload", answer)

    def _complete(self, given: Given) -> web.Response:
        files = json.loads(given["files"]) if isinstance(given["files"], str) else given["files"]
        for each in files:
            held = self.uploads[each["id"]]
            held.update(title=each["title"], left=self.looks)
            if channel := given.get("channel_id"):
                if not channel.startswith(("C", "D")):
                    return _error("channel_not_found")
                self.shares.append((channel, given.get("thread_ts"), held["name"]))
        told = [{"id": each["id"], "title": each["title"], "mimetype": ""} for each in files]
        return web.json_response({"ok": True, "files": told})

    def _info(self, given: Given) -> web.Response:
        held = self.uploads[given["file"]]
        held["left"] -= 1
        kind = "image/png" if held["left"] < 0 else ""
        return web.json_response({"ok": True, "file": {"id": given["file"], "mimetype": kind}})

    def _accept(self, given: Given) -> web.Response:
        return self._refused_picture(given) or super()._accept(given)

    def _update(self, given: Given) -> web.Response:
        return self._refused_picture(given) or super()._update(given)

    def _refused_picture(self, given: Given) -> web.Response | None:
        blocks = given.get("blocks") or []
        shown = [
            b["slack_file"]["id"]
            for b in (json.loads(blocks) if isinstance(blocks, str) else blocks)
            if b["type"] == "image"
        ]
        ready = all(self.uploads.get(f, {}).get("left", 0) < 0 for f in shown)
        return None if not shown or (ready and not self.never_valid) else _error("invalid_blocks")
