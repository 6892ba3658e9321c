"""Where somebody lives, typed in any way, and what a role's interviews weigh."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.form import Unclear
from bot.profile.places import CITIES, country, country_of, zone
from bot.profile.tracks import AREAS, HEAVY, TRACKS, Track

ZONES = sorted(z for z in available_timezones() if "/" in z)
LISTED = [z for z in ZONES if country_of(z)]


WAYS: list[Callable[[str], str]] = [
    str,
    str.lower,
    str.upper,
    lambda name: f"  {name} ",
    lambda name: name.replace("_", " "),
]


@given(st.sampled_from(ZONES), st.sampled_from(WAYS))
def test_every_zone_is_taken_in_any_case_with_or_without_underscores(
    name: str, way: Callable[[str], str]
) -> None:
    assert zone(way(name)) == name


def test_every_zone_of_a_country_is_found_by_its_city_alone() -> None:
    wrong = {}
    for name in LISTED:
        city = name.rsplit("/", 1)[1].replace("_", " ")
        if city.casefold() not in CITIES and zone(city) != name:
            wrong[name] = zone(city)
    assert wrong == {}


@given(st.sampled_from(sorted(CITIES)), st.sampled_from(["{}", " {} ", "{}, Somewhere"]))
def test_every_city_of_the_list_leads_to_a_zone_that_exists(city: str, way: str) -> None:
    found = zone(way.format(city.title()))
    assert found == CITIES[city]
    assert ZoneInfo(found).key == found
    assert country_of(found)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Tokyo", "Asia/Tokyo"), ("são paulo", "America/Sao_Paulo"), ("Sao Paulo", "America/Sao_Paulo"), ("Singapore", "Asia/Singapore"),
        ("Nairobi", "Africa/Nairobi"), ("los   angeles", "America/Los_Angeles"), ("Kathmandu", "Asia/Kathmandu"),
        ("Auckland, New Zealand", "Pacific/Auckland"), ("Lord Howe", "Australia/Lord_Howe"), ("Cairo", "Africa/Cairo"),
        ("San Francisco, CA", "America/Los_Angeles"), ("st johns", "America/St_Johns"), ("utc", "UTC"), ("Apia", "Pacific/Apia"),
        ("Zürich", "Europe/Zurich"), ("Zurich", "Europe/Zurich"), ("New_York", "America/New_York"), ("london\t", "Europe/London"),
    ],
)  # fmt: skip
def test_cities_around_the_world(typed: str, meant: str | None) -> None:
    if meant is None:
        with pytest.raises(Unclear, match="I do not know that place"):
            zone(typed)
    else:
        assert zone(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", " ", ",", "/", "🙂", "🗽 New York", "Gotham", "Europe/", "Europe/Gotham", "CET", "GMT+1", "+01:00", "東京", "‮Paris",
     "../../etc/passwd", "x" * 30_000, " " * 30_000 + "x", "9" * 30_000, "\x00"],
    ids=lambda typed: ascii(typed[:12]),
)  # fmt: skip
def test_a_place_that_is_not_known_is_asked_for_again(typed: str) -> None:
    with pytest.raises(Unclear, match="Name a large city near you"):
        zone(typed)


def test_a_word_that_names_zones_of_two_countries_is_not_guessed() -> None:
    assert {"Australia/West", "Brazil/West"} <= available_timezones()
    with pytest.raises(Unclear):
        zone("west")


def test_an_old_name_of_a_city_is_still_a_zone_with_the_same_clock() -> None:
    for old, today in (("Calcutta", "Asia/Kolkata"), ("Saigon", "Asia/Ho_Chi_Minh"), ("Kiev", "Europe/Kyiv")):
        at = datetime(2026, 7, 1, tzinfo=UTC)
        assert at.astimezone(ZoneInfo(zone(old))).utcoffset() == at.astimezone(ZoneInfo(today)).utcoffset()


@given(st.text(max_size=40))
def test_any_words_are_a_zone_that_exists_or_a_sentence(typed: str) -> None:
    try:
        assert zone(typed) in available_timezones()
    except Unclear as answer:
        assert "*Berlin*" in str(answer)


def test_every_zone_of_a_country_has_a_code_that_is_read_back_as_itself() -> None:
    codes = {country_of(name) for name in LISTED}
    assert {"DE", "NO", "IN", "US"} <= codes
    assert {code: country(code) for code in codes} == {code: code for code in codes}


@pytest.mark.parametrize(
    ("typed", "code"),
    [("ie", "IE"), ("IRELAND", "IE"), (" Germany ", "DE"), ("uk", "GB"), ("United Kingdom", "GB"), ("usa", "US"),
     ("United States", "US"), ("Norway", "NO"), ("NO", "NO"), ("no", ""), ("No", ""), ("none", ""), ("other", "")],
)  # fmt: skip
def test_a_country_is_read_by_name_or_code(typed: str, code: str) -> None:
    assert country(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "🇮🇪", "Atlantis", "Irelan", "XX", "x" * 30_000, "‮IE"], ids=lambda t: ascii(t[:8])
)
def test_a_country_that_is_not_known_is_asked_for_again(typed: str) -> None:
    with pytest.raises(Unclear, match="I do not know that country"):
        country(typed)


def test_a_zone_without_a_country_has_an_empty_code() -> None:
    assert [country_of(name) for name in ("UTC", "Etc/GMT+1", "Gotham", "")] == [""] * 4


@pytest.mark.parametrize("track", TRACKS.values(), ids=TRACKS)
def test_a_role_spends_all_its_percent_on_areas_that_have_a_name(track: Track) -> None:
    assert TRACKS[track.id] is track
    assert sum(track.weights.values()) == 100
    assert all(weight > 0 for weight in track.weights.values())
    assert [area for area in track.weights if area not in AREAS] == []


@pytest.mark.parametrize("track", TRACKS.values(), ids=TRACKS)
def test_heavy_areas_are_those_of_fifteen_percent_or_more_heaviest_first(track: Track) -> None:
    weights = [track.weights[area] for area in track.heavy]
    assert weights == sorted((w for w in track.weights.values() if w >= HEAVY), reverse=True)
    assert weights


def test_every_area_is_practised_by_some_role_and_no_two_share_a_name() -> None:
    assert {area for track in TRACKS.values() for area in track.weights} == set(AREAS)
    assert len(set(AREAS.values())) == len(AREAS)
    assert len({track.name for track in TRACKS.values()}) == len(TRACKS)
