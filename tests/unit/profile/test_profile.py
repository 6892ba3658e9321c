"""Tracks, settings, places, and the kind word on a budget."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.form import Unclear
from bot.pace.model import Level
from bot.profile.fields import SETTINGS, read_target, read_track, values_of, with_values
from bot.profile.model import Profile
from bot.profile.places import country, country_of, zone
from bot.profile.rules import challenge
from bot.profile.tracks import AREAS, TRACKS

TODAY = date(2026, 1, 5)
BASE = Profile("sre", TODAY, TODAY + timedelta(weeks=8), 360, 90, "Europe/Berlin", country="DE")
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
profiles = st.builds(
    Profile,
    track_id=st.sampled_from(sorted(TRACKS)),
    starts=st.just(TODAY),
    target=st.dates(TODAY + timedelta(weeks=4), TODAY + timedelta(weeks=26)),
    weekly_minutes=st.integers(1, 80).map(lambda h: h * 60),
    longest_day=st.integers(15, 720),
    zone=st.sampled_from(["Europe/Berlin", "Asia/Kolkata", "America/New_York"]),
    work_hours=st.integers(0, 100).map(float),
    rest_weekdays=st.frozensets(st.integers(0, 6), max_size=6),
    morning=times,
    evening=times,
    quiet_from=st.just(time(22)),
    quiet_to=st.just(time(7)),
    country=st.sampled_from(["", "DE", "IN"]),
    ceiling=st.sampled_from([Level.EASE, Level.STEADY, Level.FULL]),
    checkins=st.booleans(),
    manual_level=st.sampled_from([Level.EASE, Level.STEADY, Level.FULL]),
    rest_nudges=st.booleans(),
)


def test_every_tracks_weights_sum_to_a_hundred_over_known_areas():
    for track in TRACKS.values():
        assert sum(track.weights.values()) == 100
        assert set(track.weights) <= set(AREAS)
        assert track.heavy


@given(profiles)
def test_settings_hold_the_whole_profile(profile):
    assert with_values(profile, values_of(profile)) == profile


@given(profiles)
def test_every_setting_is_read_back_as_it_is_shown(profile):
    for name, value in values_of(profile).items():
        field = SETTINGS[name]
        if name != "target":
            assert field.read(value, TODAY) == value, name


@given(st.sampled_from(sorted(SETTINGS)), st.text(max_size=40))
def test_whatever_is_typed_for_a_setting_is_read_or_answered(name, typed):
    try:
        SETTINGS[name].read(typed, TODAY)
    except Unclear as answer:
        assert str(answer).strip()


@pytest.mark.parametrize(
    ("typed", "weeks"), [("8", 8), ("26 weeks", 26), ("in 4 weeks", 4), ("2026-03-02", 8)]
)
def test_a_target_is_a_day_or_a_number_of_weeks(typed, weeks):
    assert read_target(typed, TODAY) == (TODAY + timedelta(weeks=weeks)).isoformat()


@pytest.mark.parametrize("typed", ["3", "27 weeks", "0", "2020-01-01", "tomorrow", "2030-01-01", "banana"])
def test_a_target_out_of_four_to_26_weeks_is_answered(typed):
    with pytest.raises(Unclear):
        read_target(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "track"),
    [
        ("SRE", "sre"),
        ("staff backend", "staff_backend"),
        ("data scientist", "data_scientist"),
        ("Product manager", "pm"),
    ],
)
def test_a_role_is_found_by_id_or_name(typed, track):
    assert read_track(typed, TODAY) == track


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Berlin", "Europe/Berlin"),
        ("munich", "Europe/Berlin"),
        ("San Francisco", "America/Los_Angeles"),
        ("new york", "America/New_York"),
        ("europe/lisbon", "Europe/Lisbon"),
        ("Bengaluru", "Asia/Kolkata"),
        ("Paris, France", "Europe/Paris"),
        ("UTC", "UTC"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Zürich", "Europe/Zurich"),
        ("São Paulo", "America/Sao_Paulo"),
    ],
)
def test_a_city_or_a_zone_is_found(typed, meant):
    assert zone(typed) == meant


def test_every_iana_zone_is_taken_by_its_name():
    for name in sorted(available_timezones()):
        if "/" in name:
            assert zone(name) == name


@pytest.mark.parametrize("typed", ["🙂", "", "Gotham", "Europe/", "../../etc/passwd", "x" * 30_000])
def test_other_places_are_answered(typed):
    with pytest.raises(Unclear):
        zone(typed)


def test_countries():
    assert country_of("Europe/Berlin") == "DE"
    assert country_of("UTC") == ""
    assert [country(t) for t in ("ie", "Ireland", "UK", "none")] == ["IE", "IE", "GB", ""]
    with pytest.raises(Unclear):
        country("Atlantis")


def test_a_budget_is_challenged_only_where_pacing_would_cut_it():
    assert challenge(BASE) is None
    beside_work = challenge(replace(BASE, weekly_minutes=1200, work_hours=40, longest_day=120))
    assert beside_work and (beside_work.useful, beside_work.why) == (600, "work")
    too_much = challenge(replace(BASE, weekly_minutes=2400, longest_day=240))
    assert too_much and (too_much.useful, too_much.why) == (1440, "ceiling")
    short_days = challenge(replace(BASE, weekly_minutes=900, longest_day=60))
    assert short_days and (short_days.useful, short_days.why) == (360, "days")


def test_weeks_count_the_last_one_begun():
    assert replace(BASE, target=TODAY + timedelta(days=29)).weeks == 5
    assert replace(BASE, target=TODAY).weeks == 4
