"""Which drill a circle gets on a day: one it never had, in its areas, as long as the week's pulse has it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2s

from bot.drills.formats import ONE_ANSWER
from bot.drills.model import Drill, Listed
from bot.feedback.checks import known

LOOKED_BACK = 12
"""Of so many drills before, areas and formats come round evenly."""


def ranked(
    bank: Sequence[Listed], *, had: Sequence[str], areas: Sequence[str], minutes: int, seed: str
) -> Iterator[Listed]:
    """What could be given, the best first: what comes nearest to the minutes, and what is longer after all else.

    `had` are ids, the oldest first; `areas` may be empty for all. Areas that were not had for longest come first,
    then formats; the rest is chance, the same for the same seed.
    """
    by_id = {d.id: d for d in bank}
    lately = [by_id[d] for d in had[-LOOKED_BACK:] if d in by_id]
    in_area, in_format = Counter(d.area for d in lately), Counter(d.format for d in lately)

    def rank(drill: Listed) -> tuple[bool, int, int, int, str]:
        off = drill.minutes - minutes
        return off > 0, abs(off), in_area[drill.area], in_format[drill.format], _chance(seed, drill.id)

    gone, wanted = frozenset(had), frozenset(areas)
    fits = (
        d for d in bank if d.format in ONE_ANSWER and d.id not in gone and (not wanted or d.area in wanted)
    )
    yield from sorted(fits, key=rank)


def is_fair(drill: Drill) -> bool:
    """Whether rules can judge every point of one typed answer."""
    return all(not p.self_judged and (not p.check or known(p.check)) for p in drill.rubric)


def pick(found: Sequence[str], seed: str) -> str:
    """One of several, by chance that is the same for the same seed."""
    return min(found, key=lambda each: _chance(seed, each))


def _chance(seed: str, name: str) -> str:
    return blake2s(f"{seed}/{name}".encode(), digest_size=8).hexdigest()
