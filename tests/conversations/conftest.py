"""A stage for each conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from conversations.second import second
from conversations.stage import Stage, set_up, stage

__all__ = ["second"]


@pytest.fixture
async def stranger(tmp_path: Path) -> AsyncIterator[Stage]:
    """Somebody whom Pacer does not know yet, on a Monday at seven."""
    async with stage(tmp_path) as opened:
        yield opened


@pytest.fixture
async def person(stranger: Stage) -> Stage:
    """Somebody who is set up: staff backend, eleven weeks, six hours a week, Sundays off."""
    await set_up(stranger)
    return stranger
