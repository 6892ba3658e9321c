"""Half a year with the real bank: a drill comes again only when memory asks for it."""

from __future__ import annotations

import pytest
from unit.content.season import season

from bot.content.bank import Bank
from bot.content.bank_files import read_all, shipped_folder
from bot.profile.tracks import TRACKS


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank({d.id: d for d in read_all(shipped_folder())[0]}, {})


@pytest.mark.parametrize("track", ["staff_backend", "pm"])
def test_no_drill_comes_again_before_memory_asks_for_it(bank: Bank, track: str) -> None:
    found = season(bank, TRACKS[track])
    assert found.days > 120
    assert found.too_soon == []
    assert found.new > 90
    assert found.again > 0


def test_the_first_two_months_never_run_dry(bank: Bank) -> None:
    for track in ("data_scientist", "strategy_ops"):
        found = season(bank, TRACKS[track], weeks=8)
        assert found.empty == []
        assert found.filled > 0.8
