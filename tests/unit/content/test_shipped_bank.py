"""The drills that ship with Pacer."""

from __future__ import annotations

import time
from collections import Counter

from bot.content.bank import lint, load
from bot.profile.tracks import AREAS


def test_the_shipped_bank_has_no_fault() -> None:
    assert [str(f) for f in lint()] == []


def test_every_area_has_drills_and_every_drill_is_under_its_id() -> None:
    bank = load()
    assert bank.by_area.keys() == AREAS.keys()
    assert all(d.id == key for key, d in bank.drills.items())
    assert sum(map(len, bank.by_area.values())) == len(bank.drills)


def test_titles_tell_drills_apart() -> None:
    titles = Counter(d.title.casefold() for d in load().drills.values())
    assert [t for t, n in titles.items() if n > 1] == []


def test_the_bank_loads_within_a_millisecond_a_drill() -> None:
    """The aim is 150 ms for 150 drills on an idle machine; the best of three leaves out what it waits for."""

    def seconds() -> float:
        start = time.perf_counter()
        load()
        return time.perf_counter() - start

    assert min(seconds() for _ in range(3)) < 0.001 * len(load().drills)
