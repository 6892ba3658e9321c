"""What Pacer says by itself, and when it rather does not. Every prompt here came through the timetable and the outbox."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from conversations.stage import WHO, Stage
from conversations.stage import practise as do_drill

DAY = timedelta(days=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


async def live(on: Stage, days: int, *, practise: bool = False, answer: bool = True) -> list[str]:
    """Days from seven to seven on which she answers after the morning's message; what Pacer said on each by itself."""
    said = []
    for _ in range(days):
        morning = await on.skip(timedelta(hours=2))
        if answer:
            await on.say("/pacer checkin 70")
        if practise:
            await do_drill(on, 20, "Yes")
        said.append(
            morning + await on.skip(timedelta(hours=22 if not practise else 21, minutes=40 * practise))
        )
    return said


async def letters(on: Stage) -> int:
    counts = await on.store.outbox.standing()
    return sum(counts.values())


async def test_the_morning_asks_one_question_at_her_hour(person: Stage):
    shown = await person.skip(timedelta(days=1))
    assert shown.count("How is the battery?") == 1


async def test_the_evening_asks_only_if_something_was_started(person: Stage):
    await person.say("/pacer checkin good")
    assert await person.skip(timedelta(hours=14)) == ""
    await person.skip(timedelta(hours=11))
    await person.say("/pacer drill")
    assert "How hard was that" in await person.skip(timedelta(hours=13))


async def test_a_number_answers_the_evenings_question(person: Stage):
    await person.say("/pacer drill")
    await person.skip(timedelta(hours=14))
    assert "did not get" not in await person.say("7")


async def test_after_three_silent_days_one_gentle_line_and_then_quiet(person: Stage):
    mornings = [await person.skip(timedelta(days=1)) for _ in range(21)]
    assert "How is the battery?" in mornings[1]
    assert sum("quiet, and that is fine" in m for m in mornings) == 1
    assert mornings[5:] == [""] * 16


async def test_the_day_off_brings_at_most_one_idea_and_none_if_unwanted(person: Stage):
    await person.skip(timedelta(days=5, hours=2))
    await person.say("hello")
    assert "Rest day." in await person.skip(timedelta(days=1))
    await person.say("/pacer settings nudges no")
    await person.skip(timedelta(days=6))
    await person.say("hello")
    assert await person.skip(timedelta(days=1)) == ""


async def test_a_person_who_opted_out_is_never_asked_for_her_battery(person: Stage):
    await person.say("/pacer settings checkins no")
    shown = await person.skip(timedelta(days=1))
    assert "How is the battery?" not in shown
    assert "minutes" in shown


async def test_a_prompt_comes_once_even_if_its_time_comes_twice(person: Stage):
    shown = await person.skip(timedelta(days=1))
    assert shown
    person.now -= timedelta(days=1)
    assert await person.skip(timedelta(days=1)) == ""


async def test_in_half_a_year_no_day_brings_two_messages_that_she_did_not_ask_for(person: Stage):
    await person.say("/pacer settings target 26 weeks")
    await person.say("/pacer settings city Africa/Lagos")  # where no clock change moves seven o'clock
    said = await live(person, 26 * 7)
    assert max(len(words.split("How is the battery?")) - 1 for words in said) <= 1
    assert all(words.startswith("Rest day.") for words in said[6::7])
    reviews = [n for n, words in enumerate(said) if "Seven days" in words]
    assert len({n // 7 for n in reviews}) == len(reviews) > 20
    assert 5 <= sum("six questions" in words for words in said) <= 6


async def test_the_week_is_looked_back_at_with_the_first_morning_and_asks_for_the_battery_in_one_message(
    person: Stage,
):
    said = await live(person, 8, practise=True)
    monday = said[7]
    assert "Seven days" in monday
    assert "Done:" in monday
    assert monday.count("How is the battery?") == 1
    assert len([x for x in person.letters if "Seven days" in x]) == 1


async def test_an_own_hour_for_the_review_makes_it_a_message_of_its_own(person: Stage):
    await person.say("/pacer settings review sunday 18:00")
    said = await live(person, 14, practise=True)
    assert "Seven days" in "".join(said)
    assert not any("Seven days" in m and "battery?" in m for m in person.letters)
    sundays = [m for m in person.letters if "Seven days" in m]
    assert len(sundays) == 2


@pytest.mark.parametrize("word", ["no", "off"])
async def test_an_unwanted_review_never_comes(person: Stage, word: str):
    await person.say(f"/pacer settings review {word}")
    assert "Seven days" not in "".join(await live(person, 15, practise=True))


async def test_an_own_hour_for_the_drill_brings_the_days_drills_then(person: Stage):
    await person.say("/pacer settings drill 17:30")
    await person.say("/pacer checkin 70")
    assert await person.skip(timedelta(hours=10)) == ""
    shown = await person.skip(timedelta(hours=1))
    assert "min" in shown
    assert "Start" in shown


async def test_an_own_drill_hour_keeps_still_once_the_days_work_is_done(person: Stage):
    await person.say("/pacer settings drill 17:30")
    await person.say("/pacer rest")
    assert await person.skip(timedelta(hours=12)) == ""


async def test_once_a_month_the_inventory_is_offered_instead_of_the_battery(person: Stage):
    said = await live(person, 34)
    offered = [words for words in said if "six questions" in words]
    assert len(offered) == 1
    assert "Just the battery" in offered[0]
    assert "How is the battery?" not in offered[0]


async def test_the_offer_of_the_inventory_leads_to_it_or_back_to_the_battery(person: Stage):
    for _ in range(40):
        if "six questions" in await person.skip(timedelta(hours=2)):
            break
        await person.say("hello")
        await person.skip(timedelta(hours=22))
    assert "How is the battery?" in await person.tap("Just the battery")


async def test_long_solo_work_brings_one_word_about_company(person: Stage):
    said = await live(person, 40, practise=True)
    asked = [n for n, words in enumerate(said) if "on your own" in words]
    assert asked
    assert all(later - earlier >= 14 for earlier, later in pairwise(asked))


async def test_somebody_who_had_company_is_asked_for_her_battery_and_not_again_for_two_weeks(person: Stage):
    for _ in range(30):
        if "on your own" in await person.skip(timedelta(hours=2)):
            break
        await person.say("/pacer checkin 70")
        await do_drill(person, 20, "Yes")
        await person.skip(timedelta(hours=21, minutes=40))
    shown = await person.tap("I have had company")
    assert "Good to hear." in shown
    assert "How is the battery?" in shown
    await person.skip(timedelta(hours=22))
    assert not any("on your own" in words for words in await live(person, 13, practise=True))


async def test_a_planned_break_is_announced_kept_and_ended_with_a_welcome(person: Stage):
    await person.say("/pacer break thursday friday")
    said = await live(person, 6, answer=False)
    assert "Your break starts tomorrow" in said[2]
    assert said[3] == said[4] == ""
    assert "Welcome back" in said[5]


async def test_an_interview_day_brings_one_card_and_the_day_after_an_onsite_nothing(person: Stage):
    await person.say("/pacer interview add Acme onsite wednesday 10:00")
    said = await live(person, 4, answer=False)
    assert said[2].startswith("Acme today")
    assert said[3] == ""


async def test_somebody_who_asked_to_be_left_alone_hears_nothing_until_she_is_back(person: Stage):
    await person.say("/pacer pause")
    assert await person.skip(timedelta(days=70)) == ""
    assert await letters(person) == 0
    await person.say("/pacer back")
    assert "How is the battery?" in await person.skip(DAY)


async def test_after_a_crisis_nothing_comes_until_she_wants_it_back(person: Stage):
    await person.say("I want to kill myself")
    assert await person.skip(timedelta(days=10)) == ""
    await person.say("/pacer back")
    assert "How is the battery?" in await person.skip(DAY)


async def test_another_hour_on_the_same_day_brings_no_second_message(person: Stage):
    first = await person.skip(timedelta(hours=2))
    assert "How is the battery?" in first
    await person.say("/pacer settings morning 10:00")
    assert await person.skip(timedelta(hours=4)) == ""
    assert "How is the battery?" in await person.skip(timedelta(hours=22))


async def test_a_move_to_another_zone_moves_the_morning(person: Stage):
    await person.skip(timedelta(hours=2))
    await person.say("/pacer settings city New York")
    assert await person.skip(timedelta(hours=5)) == ""
    shown = await person.skip(timedelta(hours=24))
    assert "How is the battery?" in shown
    assert person.now.astimezone().tzinfo is not None


async def test_a_morning_inside_her_quiet_hours_has_no_place_in_the_timetable(person: Stage):
    await person.say("/pacer settings morning 6:00")
    assert await person.skip(timedelta(days=3)) == ""
    await person.say("/pacer settings quiet 22:00-5:30")
    assert "How is the battery?" in await person.skip(DAY)


async def test_what_comes_by_itself_can_be_answered_by_number(person: Stage):
    await person.skip(timedelta(hours=2))
    assert "Half a battery" in await person.say("3")


async def test_a_stranger_has_no_timetable(stranger: Stage):
    await stranger.say("/pacer help")
    assert await stranger.skip(timedelta(days=5)) == ""
    async with stranger.store.work(WHO) as work:
        assert await work.people.profile() is None


async def test_an_own_hour_is_confirmed_and_one_inside_quiet_hours_is_pointed_out(person: Stage):
    assert "come at 17:30" in await person.say("/pacer settings drill 17:30")
    assert "hour for the drill lies in your quiet hours" in await person.say("/pacer settings drill 23:00")
    assert "hour for the review lies" in await person.say("/pacer settings review sunday 23:00")
