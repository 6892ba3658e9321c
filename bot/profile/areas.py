"""Reading an area as people type it."""

from __future__ import annotations

from bot.chat.form import Unclear
from bot.profile.tracks import AREAS, Track


def read_area(track: Track, typed: str) -> str:
    """An area of a track by id, name or the start of its name. Raises Unclear."""
    own = track.weights
    wanted = " ".join(typed.casefold().replace("_", " ").replace("-", " ").split())
    found = [a for a in own if wanted in (a.replace("_", " "), AREAS[a].casefold())]
    found = found or [a for a in own if wanted and AREAS[a].casefold().startswith(wanted)]
    if len(found) != 1:
        names = ", ".join(f"*{AREAS[a].lower()}*" for a in own)
        raise Unclear(f"I did not get that area. Yours are {names}.")
    return found[0]
