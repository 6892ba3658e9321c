"""Settings: what is shown can be typed again, and what is typed is what is kept."""

from __future__ import annotations

from datetime import date, time, timedelta
from time import process_time
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.form import Unclear, read_field
from bot.pace.minutes import day_cap, week_cap
from bot.pace.model import Level
from bot.profile.fields import FORMS, SETTINGS, read_target, values_of, with_values
from bot.profile.model import MAX_WEEKS, MIN_WEEKS, Profile
from bot.profile.places import country_of
from bot.profile.rules import challenge
from bot.profile.tracks import TRACKS

TODAY = date(2026, 1, 5)
ZONES = sorted(z for z in available_timezones() if "/" in z)
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
levels = st.sampled_from([Level.EASE, Level.STEADY, Level.FULL])
profiles = st.builds(
    Profile,
    track_id=st.sampled_from(sorted(TRACKS)),
    starts=st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    target=st.integers(22, 182).map(lambda n: TODAY + timedelta(days=n)),
    weekly_minutes=st.integers(60, 4800),
    longest_day=st.integers(15, 720),
    zone=st.sampled_from(ZONES),
    work_hours=st.integers(0, 200).map(lambda n: n / 2),
    rest_weekdays=st.frozensets(st.integers(0, 6), max_size=6),
    morning=minutes,
    evening=minutes,
    quiet_from=minutes,
    quiet_to=minutes,
    country=st.sampled_from(sorted({country_of(z) for z in ZONES})),
    ratings=st.dictionaries(st.sampled_from(["coding", "sql"]), st.integers(1, 5)),
    ceiling=levels,
    checkins=st.booleans(),
    manual_level=levels,
    leniency=st.integers(-10, 10),
    rest_nudges=st.booleans(),
)
BASE = Profile("sre", TODAY, TODAY + timedelta(weeks=8), 360, 90, "Europe/Berlin", country="DE")


@given(profiles)
def test_settings_hold_the_whole_of_any_profile(profile: Profile) -> None:
    assert with_values(profile, values_of(profile)) == profile
    assert with_values(profile, {}) == profile


@given(profiles)
def test_a_profile_is_rebuilt_from_its_settings_alone(profile: Profile) -> None:
    other = Profile(
        "pm", profile.starts, date.max, 0, 0, "UTC", ratings=profile.ratings, leniency=profile.leniency
    )
    assert with_values(other, values_of(profile)) == profile


@given(profiles)
def test_pressing_enter_through_every_settings_form_changes_nothing(profile: Profile) -> None:
    shown = values_of(profile)
    for name, field in SETTINGS.items():
        if name == "quiet" and profile.quiet_from == profile.quiet_to:
            continue
        again = read_field(field, shown[name], TODAY)
        assert with_values(profile, {name: again}).track_id == profile.track_id
        if name != "hours":
            assert again == shown[name], name
        else:
            assert with_values(profile, {name: again}) == profile


def test_settings_and_forms_name_the_same_things() -> None:
    assert list(SETTINGS) == list(values_of(BASE))
    assert [f.id for f in FORMS.values()] == list(FORMS)


@given(st.sampled_from(sorted(SETTINGS)), profiles, profiles)
def test_changing_one_setting_leaves_the_others_as_they_were(
    name: str, profile: Profile, other: Profile
) -> None:
    changed = values_of(with_values(profile, {name: values_of(other)[name]}))
    assert changed == {**values_of(profile), name: values_of(other)[name]}


@given(st.integers(-40, 400))
def test_a_target_day_is_taken_exactly_within_four_to_26_weeks_begun(ahead: int) -> None:
    meant = TODAY + timedelta(days=ahead)
    if 7 * (MIN_WEEKS - 1) < ahead <= 7 * MAX_WEEKS:
        assert read_target(meant.isoformat(), TODAY) == meant.isoformat()
        assert MIN_WEEKS <= Profile("sre", TODAY, meant, 0, 0, "UTC").weeks <= MAX_WEEKS
    else:
        with pytest.raises(Unclear):
            read_target(meant.isoformat(), TODAY)


@given(st.integers(0, 999), st.sampled_from(["{}", "{} weeks", "in {} weeks", "{}w", "{}wks", " {} WEEK "]))
def test_a_number_is_weeks_and_only_four_to_26_are_taken(weeks: int, way: str) -> None:
    if MIN_WEEKS <= weeks <= MAX_WEEKS:
        assert read_target(way.format(weeks), TODAY) == (TODAY + timedelta(weeks=weeks)).isoformat()
    else:
        with pytest.raises(Unclear, match="4 to 26 weeks"):
            read_target(way.format(weeks), TODAY)


def test_each_kind_of_wrong_target_has_its_own_answer() -> None:
    for typed, said in (
        ("2020-01-01", "in the past"),
        ("2026-02-30", "does not exist"),
        ("banana", "number of weeks"),
        ("3", "4 to 26"),
    ):
        with pytest.raises(Unclear, match=said) as answer:
            read_target(typed, TODAY)
        assert "A day looks" not in str(answer.value)


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("track", "data sci", "data_scientist"), ("track", "1", "staff_backend"), ("track", "SRE", "sre"),
        ("hours", "6", "6"), ("hours", "7,5 hours a week", "7.5"), ("hours", "10h", "10"), ("hours", "1 hour per week", "1"),
        ("longest", "90", "90"), ("longest", "1.5h", "90"), ("longest", "2 hours", "120"), ("longest", "45 min", "45"),
        ("work", "0", "0"), ("work", "-0", "0"), ("work", "37.5", "37.5"),
        ("morning", "7am", "07:00"), ("evening", "20.30", "20:30"),
        ("rest", "sun, sat", "saturday, sunday"), ("rest", "NONE", "none"),
        ("quiet", "22:00-7:00", "22:00-07:00"), ("quiet", "10pm to 6am", "22:00-06:00"), ("quiet", "23 – 8", "23:00-08:00"),
        ("quiet", "22 until 7", "22:00-07:00"),
        ("ceiling", "2", "steady"), ("level", "Ease", "ease"),
        ("checkins", "off", "no"), ("nudges", "Y", "yes"), ("nudges", "2", "no"),
        ("country", "Ireland", "IE"), ("country", "None", "none"),
    ],
)  # fmt: skip
def test_settings_are_read_as_people_say_them(name: str, typed: str, kept: str) -> None:
    assert read_field(SETTINGS[name], typed, TODAY) == kept


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("track", "engineer"), ("track", "wizard"), ("track", "a"), ("hours", "0"), ("hours", "81"), ("hours", "6 or 7"),
        ("longest", "14"), ("longest", "13h"), ("longest", "1..5h"), ("longest", "h"), ("work", "101"), ("work", "-1"),
        ("morning", "25:00"), ("rest", "mon tue wed thu fri sat sun"), ("quiet", "22:00"), ("quiet", "7-7"),
        ("quiet", "1-2-3"), ("quiet", "night"), ("ceiling", "rest"), ("ceiling", "4"), ("checkins", "maybe"),
        ("country", "Atlantis"), ("city", "Gotham"),
    ],
)  # fmt: skip
def test_settings_that_make_no_sense_get_a_sentence(name: str, typed: str) -> None:
    with pytest.raises(Unclear) as answer:
        read_field(SETTINGS[name], typed, TODAY)
    assert str(answer.value).endswith(".")


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize(
    "typed",
    ["🙂", "banana", "‮6", "9" * 30_000, "x" * 30_000, "9" + " " * 30_000 + "x", "\x00", "الأحد"],
    ids=lambda typed: ascii(typed[:8]),
)
def test_odd_words_are_no_setting_and_are_answered_soon(name: str, typed: str) -> None:
    before = process_time()
    with pytest.raises(Unclear) as answer:
        read_field(SETTINGS[name], typed, TODAY)
    assert len(str(answer.value)) < 250
    assert process_time() - before < 2


@given(profiles)
def test_a_challenge_always_offers_less_than_was_asked_and_more_than_nothing(profile: Profile) -> None:
    found = challenge(profile)
    pace = profile.pace()
    study_days = min(7 - len(profile.rest_weekdays), 6)
    fits = profile.weekly_minutes <= min(week_cap(pace), day_cap(pace) * study_days)
    assert (found is None) == fits
    if found:
        assert 0 < found.useful < found.asked == profile.weekly_minutes
        assert found.why in ("work", "ceiling", "days")
        taken = with_values(profile, {"hours": str(found.useful / 60)})
        assert challenge(taken) is None, "what Pacer proposes it does not challenge again"


def test_a_very_short_day_is_still_worth_its_minutes() -> None:
    found = challenge(
        Profile("sre", TODAY, TODAY, 600, 15, "UTC", rest_weekdays=frozenset(range(6)), work_hours=0)
    )
    assert found is not None
    assert (found.useful, found.why) == (15, "days")


@given(profiles)
def test_a_plan_covers_its_target_and_pacing_gets_what_was_set(profile: Profile) -> None:
    assert MIN_WEEKS <= profile.weeks <= MAX_WEEKS
    assert profile.ends - profile.starts == timedelta(weeks=profile.weeks)
    if 28 <= (profile.target - profile.starts).days <= 182:
        assert timedelta(0) <= profile.ends - profile.target < timedelta(weeks=1)
    pace = profile.pace()
    assert (pace.weekly_minutes, pace.day_cap) == (profile.weekly_minutes, profile.longest_day)
    assert (pace.horizon_days, pace.ceiling) == (profile.weeks * 7, profile.ceiling)
    assert (pace.checkins, pace.manual_level, pace.leniency) == (
        profile.checkins, profile.manual_level, profile.leniency,
    )  # fmt: skip


def test_a_new_profile_starts_with_gentle_hours() -> None:
    assert (BASE.morning, BASE.evening) == (time(8), time(20))
    assert (BASE.quiet_from, BASE.quiet_to) == (time(22), time(7))
    assert challenge(BASE) is None
