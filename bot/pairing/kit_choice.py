"""Which drill two people can do with each other: one that neither has seen, and that fits both."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import blake2s

from bot.drills.formats import Format
from bot.drills.model import Listed

PEER_FORMATS = frozenset(
    {
        Format.DRILL,
        Format.ROUND,
        Format.DESIGN,
        Format.CLARIFY,
        Format.REDIRECT,
        Format.GRILL,
        Format.DIG,
        Format.CASE,
        Format.EXPLAIN,
        Format.INCIDENT,
        Format.LEVELS,
    }
)
"""What two people can do with nothing but a conversation; SQL, a diff or a single card is done better alone."""
NEAR = 1
"""Levels by which a drill may be easier or harder and still fits."""


def choose(
    bank: Sequence[Listed],
    *,
    seen: Sequence[Collection[str]],
    formats: Collection[Format],
    areas: Collection[str],
    level: float,
    minutes: int,
    key: str,
) -> Listed | None:
    """The drill for a meeting; None once everything was seen by somebody of them.

    `seen` holds the ids that each of them did, opened or interviewed somebody with; `formats` and `areas` are what both
    want, empty for anything; `level` is 1-5; `minutes` is what the meeting has for the task. What fits in format comes
    first, then in level, then in area, then what fills the time. `key` tells one pair's week from another's, so
    that not everybody gets the same one; the order of the bank plays no part.
    """
    known = frozenset().union(*seen)
    free = [d for d in bank if d.format in PEER_FORMATS and d.id not in known]

    def rank(drill: Listed) -> tuple[bool, bool, bool, float, int, bytes]:
        far = abs(drill.difficulty - level)
        return (
            bool(formats) and drill.format not in formats,
            far > NEAR,
            bool(areas) and drill.area not in areas,
            far,
            abs(drill.minutes - minutes) // 10,
            blake2s(f"{key}:{drill.id}".encode(), digest_size=8).digest(),
        )

    return min(free, key=rank, default=None)
