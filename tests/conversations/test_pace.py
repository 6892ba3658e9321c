"""Check-in, why, rest, events, overrides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conversations.stage import Stage


async def test_one_tap_for_the_battery_gives_the_day(person: Stage):
    assert "How is the battery?" in await person.say("/pacer checkin")
    shown = await person.tap("half")
    assert "Half a battery: a steady day" in shown
    assert "min" in shown
    assert "Your battery is at 50 of 100." in await person.tap("why")


@pytest.mark.parametrize("nonsense", ["banana", "🙂", "101", "-5", "half full", "7" * 400])
async def test_nonsense_for_the_battery_is_answered_calmly(person: Stage, nonsense: str):
    assert "You can say 70, half" in await person.say(f"/pacer checkin {nonsense}")
    assert "steady day" in await person.say("half")


async def test_two_answers_at_once_are_asked_for_one(person: Stage):
    await person.say("/pacer checkin")
    assert "One at a time" in await person.say("half, good")


async def test_mood_stress_and_sleep_can_be_told_or_left_out(person: Stage):
    await person.say("/pacer checkin")
    assert "mood" in await person.tap("more")
    assert "Stress" in await person.tap("rather not say")
    assert "sleep" in await person.tap("much")
    assert "How is the battery?" in await person.tap("under 5 h")
    assert "an easy day" in await person.tap("good")
    assert "4.5 hours" in await person.say("/pacer why")


async def test_a_flat_battery_asks_for_nothing(person: Stage):
    shown = await person.say("/pacer checkin flat")
    assert "nothing to do. It counts." in shown


async def test_rest_counts_and_today_asks_nothing_any_more(person: Stage):
    await person.say("/pacer checkin good")
    assert await person.say("/pacer rest") == "Good. It counts."
    assert "nothing to do" in await person.say("/pacer today")
    assert "You chose to rest" in await person.say("/pacer why")


async def test_practising_on_a_day_of_rest_is_never_refused_and_said_once(person: Stage):
    await person.say("/pacer checkin flat")
    first = await person.say("/pacer drill")
    assert "yours to decide" in first
    assert "judged on" in first
    await person.say("/pacer skip-drill")
    assert "yours to decide" not in await person.say("/pacer drill")


async def test_the_third_override_in_a_week_offers_to_shift_the_thresholds(person: Stage):
    for _ in range(3):
        await person.say("/pacer checkin flat")
        shown = await person.say("/pacer drill")
        await person.say("/pacer skip-drill")
        await person.skip(timedelta(days=1))
    assert "Shift them by 5 points?" in shown


async def test_a_rejection_makes_tomorrow_light(person: Stage):
    await person.say("/pacer checkin good")
    assert "I am sorry" in await person.say("/pacer event reject_onsite")
    assert "Noted" in await person.tap("heavy")
    await person.skip(timedelta(days=1))
    assert "an easy day" in await person.say("/pacer checkin good")
    assert "A no after so much work" in await person.say("/pacer why")


async def test_an_unknown_event_lists_the_known_ones(person: Stage):
    assert "reject_screen" in await person.say("/pacer event alien landing")


async def test_the_inventory_scores_and_says_what_it_changes(person: Stage):
    await person.say("/pacer inventory")
    for _ in range(6):
        shown = await person.tap("often")
    assert "75 of 100" in shown
    assert "no diagnosis" in shown
    await person.say("/pacer checkin full")
    assert "inventory" in await person.say("/pacer why")


async def test_fewer_than_three_answers_make_no_score(person: Stage):
    await person.say("/pacer inventory")
    for label in ("often", "often", "skip", "skip", "skip", "skip"):
        shown = await person.tap(label)
    assert "make no score" in shown


async def test_pause_silences_and_back_starts_again(person: Stage):
    assert "Paused" in await person.say("/pacer pause")
    assert await person.skip(timedelta(days=3)) == ""
    assert "Only today counts" in await person.say("/pacer back") or "only today counts" in person.shown()
    assert "How is the battery?" in await person.skip(timedelta(days=1))


async def test_full_days_come_back_after_two_good_mornings(person: Stage):
    levels = []
    for _ in range(3):
        levels.append(await person.say("/pacer checkin full"))
        await person.skip(timedelta(days=1))
    assert "a full day" not in levels[0]
    assert "a full day" in levels[1]
