"""A Discord in a process of its own, which does as it is told on standard input, a line of JSON each time."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from wire.discord_server import DiscordServer


async def _stand() -> None:
    async with DiscordServer() as server:
        print(server.url, flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            asked = json.loads(line)
            match asked.pop("do"):
                case "storm":
                    server.storm(**asked)
                case "fail":
                    server.fail_next(**asked)
                case "room":
                    server.each_second = asked["each_second"]
            told = {
                "posted": [(at, account, nonce) for at, account, nonce, _ in server.posted],
                "words": sorted({content for _, _, _, content in server.posted}),
                "limited": server.limited,
                "early": len(server.early),
                "repeated": server.repeated,
                "invalid": server.invalid,
                "requests": server.global_requests,
                "posts": server.counts["post"],
            }
            print(json.dumps(told), flush=True)


if __name__ == "__main__":
    asyncio.run(_stand())
