"""The drills that ship with Pacer."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.content.bank import Bank, load
from bot.content.bank_lint import COVERAGE, LEAST, LEAST_OF_FORMAT, WANTED, lint
from bot.drills.formats import Format
from bot.profile.tracks import AREAS, TRACKS


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load()


def test_the_shipped_bank_has_no_fault() -> None:
    assert [str(f) for f in lint()] == []


def test_every_area_has_drills_and_every_drill_is_under_its_id(bank: Bank) -> None:
    assert bank.by_area.keys() == AREAS.keys()
    assert all(d.id == key for key, d in bank.drills.items())
    assert sum(map(len, bank.by_area.values())) == len(bank.drills)


def test_titles_tell_drills_apart(bank: Bank) -> None:
    titles = Counter(d.title.casefold() for d in bank.drills.values())
    assert [t for t, n in titles.items() if n > 1] == []


def test_there_are_enough_in_all_and_of_each_format_that_has_to_come_again(bank: Bank) -> None:
    formats = Counter(d.format for d in bank.drills.values())
    assert (LEAST, LEAST_OF_FORMAT, COVERAGE) == (400, 12, 25)
    assert len(bank.drills) >= LEAST
    assert {f: formats[f] for f in WANTED if formats[f] < LEAST_OF_FORMAT} == {}
    assert formats.keys() == set(Format)


def test_every_heavy_area_of_every_track_has_enough(bank: Bank) -> None:
    heavy = {a for t in TRACKS.values() for a in t.heavy}
    assert {a: len(bank.by_area.get(a, ())) for a in heavy if len(bank.by_area.get(a, ())) < COVERAGE} == {}
