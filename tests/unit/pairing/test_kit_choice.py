"""Which drill two people are given for their mock interview."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.bank import load
from bot.drills.formats import Format
from bot.drills.model import Listed
from bot.pace.model import Kind
from bot.pairing.kit_choice import NEAR, PEER_FORMATS, choose


@pytest.fixture(scope="module")
def bank() -> Sequence[Listed]:
    return load().listed


def given_to(bank: Sequence[Listed], **more: object) -> Listed | None:
    wanted = {"seen": (), "formats": (), "areas": (), "level": 3, "minutes": 34, "key": "ada+bo:2026-W47"}
    return choose(bank, **{**wanted, **more})  # type: ignore[arg-type]


def test_nobody_is_given_what_either_has_seen(bank: Sequence[Listed]) -> None:
    hers: set[str] = set()
    his: set[str] = set()
    count = sum(d.format in PEER_FORMATS for d in bank)
    for week in range(count):
        found = given_to(bank, seen=(hers, his), key=f"ada+bo:{week}")
        assert found is not None
        assert found.id not in hers | his
        (hers if week % 2 else his).add(found.id)
    assert given_to(bank, seen=(hers, his)) is None


def test_a_wanted_format_comes_as_long_as_there_is_one_and_then_something_else(
    bank: Sequence[Listed],
) -> None:
    seen: set[str] = set()
    formats = []
    for _ in range(6):
        found = given_to(bank, seen=(seen, ()), formats={Format.ROUND})
        assert found is not None
        seen.add(found.id)
        formats.append(found.format)
    rounds = sum(d.format is Format.ROUND for d in bank)
    assert formats[:rounds] == [Format.ROUND] * rounds
    assert formats[rounds:]
    assert all(f in PEER_FORMATS for f in formats)


def test_the_level_fits_where_the_format_has_one_that_does(bank: Sequence[Listed]) -> None:
    for form in (Format.DRILL, Format.CLARIFY, Format.REDIRECT, Format.INCIDENT):
        for level in (2, 3, 4):
            found = given_to(bank, formats={form}, level=level)
            assert found is not None
            assert abs(found.difficulty - level) <= NEAR
            assert found.format is form


def test_areas_that_both_prepare_for_come_first(bank: Sequence[Listed]) -> None:
    for area in ("coding", "system_design", "statistics"):
        found = given_to(bank, areas={area})
        assert found is not None
        assert found.area == area


def test_pairs_of_one_week_and_weeks_of_one_pair_get_different_drills(bank: Sequence[Listed]) -> None:
    assert len({given_to(bank, minutes=20, key=f"pair{n}:W47") for n in range(20)}) > 8
    assert given_to(bank, key="a") == given_to(bank, key="a")


drills = st.builds(
    Listed,
    st.integers(0, 40).map(str),
    st.just("t"),
    st.sampled_from(["coding", "sql"]),
    st.just("x"),
    st.just(Kind.DRILL),
    st.integers(10, 45),
    st.integers(1, 5),
    format=st.sampled_from(Format),
)


@given(
    st.lists(drills, max_size=12, unique_by=lambda d: d.id),
    st.sets(st.integers(0, 40).map(str)),
    st.sets(st.sampled_from(Format)),
    st.integers(1, 5),
    st.integers(0, 99),
)
def test_the_order_of_the_bank_plays_no_part(
    some: list[Listed], seen: set[str], formats: set[Format], level: int, seed: int
) -> None:
    shuffled = random.Random(seed).sample(some, len(some))
    wanted = {"seen": (seen,), "formats": formats, "level": level}
    found = given_to(some, **wanted)
    assert found == given_to(shuffled, **wanted)
    free = [d for d in some if d.id not in seen and d.format in PEER_FORMATS]
    assert (found is None) == (not free)
    if found and any(d.format in formats for d in free):
        assert found.format in formats


def test_what_cannot_be_done_in_a_conversation_is_never_given(bank: Sequence[Listed]) -> None:
    alone = [replace(d, format=Format.SQL) for d in bank[:5]]
    assert given_to(alone) is None
