"""Which formats lose points, and how much weight that gets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drills.families import Family
from bot.drills.formats import Format
from bot.drills.model import Drill, Result
from bot.pace.model import Kind
from bot.progress.failures import CLEARLY, DRAWN, MOST, SLOPE, clearest, losses, weights

TODAY = date(2026, 11, 2)
STYLES = (Format.CLARIFY, Format.DESIGN, Format.SQL, Format.INCIDENT, Format.CARD)
DRILLS = {
    f.value: Drill(f.value, "", "system_design", "t", Kind.DRILL, 20, 2, "", (), (), "", (), format=f)
    for f in STYLES
}
DRILLS["read"] = Drill("read", "", "system_design", "t", Kind.READ, 20, 2, "", (), (), "", ())


def goes(style: Format | str, score: float, count: int, ago: int = 1) -> list[Result]:
    name = style.value if isinstance(style, Format) else style
    return [Result(name, "system_design", TODAY - timedelta(ago), score)] * count


def test_what_loses_as_much_as_everything_else_has_no_weight() -> None:
    assert weights(goes(Format.SQL, 0.5, 9) + goes(Format.DESIGN, 0.5, 9), DRILLS, TODAY) == {}
    assert weights([], DRILLS, TODAY) == {}


def test_a_format_is_drawn_to_its_family_and_the_family_to_the_whole() -> None:
    told = goes(Format.SQL, 1.0, 4) + goes(Format.INCIDENT, 0.0, 4)
    family = (4 * 1.0 + DRAWN * 0.5) / (4 + DRAWN)
    style = (4 * 1.0 + DRAWN * family) / (4 + DRAWN)
    found = weights(told, DRILLS, TODAY)
    assert found[Family.INCIDENT, Format.INCIDENT] == pytest.approx(1 + SLOPE * (style - 0.5))
    assert not any(about[0] is Family.CODING for about in found)


def test_a_format_never_tried_gets_what_its_family_gets() -> None:
    found = weights(goes(Format.DESIGN, 0.0, 8) + goes(Format.SQL, 1.0, 8), DRILLS, TODAY)
    assert 1 < found[Family.DESIGN, Format.GRILL] < found[Family.DESIGN, Format.DESIGN]


def test_older_goes_count_half_and_after_twelve_weeks_not_at_all() -> None:
    well = goes(Format.SQL, 1.0, 8)
    fresh, older, gone = (
        weights(well + goes(Format.INCIDENT, 0.0, 4, ago), DRILLS, TODAY).get(
            (Family.INCIDENT, Format.INCIDENT), 1.0
        )
        for ago in (27, 28, 84)
    )
    assert fresh > older > gone == 1.0


def test_reading_is_not_judged() -> None:
    assert losses(goes("read", 0.0, 5), DRILLS, TODAY - timedelta(84)) == ()


def test_a_drill_that_the_bank_has_no_more_goes_by_its_area() -> None:
    (found,) = losses(goes("gone", 0.5, 2), DRILLS, TODAY - timedelta(84))
    assert (found.family, found.goes, found.share) == (Family.DESIGN, 2, 0.5)


def test_the_map_shows_families_most_open_first_within_its_span() -> None:
    told = goes(Format.SQL, 0.8, 2) + goes(Format.INCIDENT, 0.25, 2) + goes(Format.CARD, 0.0, 3, ago=60)
    lately = losses(told, DRILLS, TODAY - timedelta(27))
    assert [(found.family, found.goes) for found in lately] == [(Family.INCIDENT, 2), (Family.CODING, 2)]
    assert lately[0].share == 0.75
    assert losses(told, DRILLS, TODAY - timedelta(83))[0].family is Family.FACTS


@pytest.mark.parametrize(("count", "named"), [(2, False), (3, True)])
def test_a_format_is_named_from_three_goes_on(count: int, named: bool) -> None:
    told = goes(Format.INCIDENT, 0.0, count) + goes(Format.SQL, 0.9, 12)
    found = clearest(told, DRILLS, TODAY)
    assert (found is not None) is named
    if found:
        assert (found.format, found.goes, found.share) == (Format.INCIDENT, 3, 1.0)


def test_little_more_than_the_average_is_not_named() -> None:
    told = goes(Format.INCIDENT, 0.5, 10) + goes(Format.SQL, 0.6, 10)
    assert clearest(told, DRILLS, TODAY) is None


def test_what_was_long_ago_is_not_named_though_it_still_weighs() -> None:
    told = goes(Format.INCIDENT, 0.0, 10, ago=40) + goes(Format.SQL, 0.9, 12)
    assert weights(told, DRILLS, TODAY)
    assert clearest(told, DRILLS, TODAY) is None


results = st.lists(
    st.builds(
        Result,
        st.sampled_from([*DRILLS, "gone"]),
        st.sampled_from(["coding", "system_design", "behavioral"]),
        st.integers(0, 120).map(lambda n: TODAY - timedelta(n)),
        st.floats(0, 1),
    ),
    max_size=60,
)


@given(results)
def test_weights_stay_between_one_and_their_most_and_what_is_named_has_one(told: Sequence[Result]) -> None:
    found = weights(told, DRILLS, TODAY)
    assert all(1 < w <= MOST for w in found.values())
    if named := clearest(told, DRILLS, TODAY):
        assert named.format is not None
        assert found[named.family, named.format] >= min(MOST, 1 + SLOPE * CLEARLY) - 1e-9
