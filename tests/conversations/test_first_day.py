"""The first day: set-up, the first drill, what it leaves behind."""

from __future__ import annotations

from datetime import timedelta

from conversations.stage import SET_UP, Stage


async def judge_all(on: Stage, label: str) -> str:
    """Judge every point of the rubric with the same label; the answer to the last."""
    shown = on.shown()
    while "Graded by you" not in shown:
        shown = await on.tap(label)
    return shown


async def test_a_stranger_is_told_how_to_start(stranger: Stage):
    assert "/pacer start" in await stranger.say("hello?")
    assert "set you up" in await stranger.say("/pacer plan")


async def test_set_up_takes_two_short_forms_and_ends_with_an_offer(stranger: Stage):
    answers = [await stranger.say(line) for line in SET_UP]
    assert "Which role?" in answers[0]
    assert "(1 of 5)" in answers[5]
    assert "Staff backend engineer, 11 weeks, 6 hours a week" in answers[-1]
    assert "Sundays are off" in answers[-1]
    assert "something short. Now?" in answers[-1]


async def test_nonsense_in_a_form_keeps_what_was_entered_before(stranger: Stage):
    for line in SET_UP[:3]:
        await stranger.say(line)
    for nonsense in ("400", "-1", "banana", "🙂", "6 or 7", "x" * 30_000):
        answer = await stranger.say(nonsense)
        assert "from 1 to 80" in answer or "12,000 characters" in answer
    assert "Your longest day?" in await stranger.say("6")
    assert "Enter keeps 6" in await stranger.say("back")


async def test_a_form_goes_on_where_it_was_after_a_restart(stranger: Stage):
    for line in SET_UP[:4]:
        await stranger.say(line)
    again = Stage(stranger.store, stranger.now)
    assert "Paid work" in await again.say("75m")


async def test_a_form_cancelled_half_way_changes_nothing_and_keeps_what_was_entered(stranger: Stage):
    for line in SET_UP[:4]:
        await stranger.say(line)
    assert "nothing is changed" in await stranger.say("cancel")
    assert "set you up" in await stranger.say("/pacer today")
    assert "Enter keeps Staff backend engineer" in await stranger.say("/pacer start")
    await stranger.say("")
    await stranger.say("")
    assert "Enter keeps 6" in stranger.shown()


async def test_another_command_in_the_middle_of_set_up_loses_nothing(stranger: Stage):
    for line in SET_UP[:8]:
        await stranger.say(line)
    assert "What you can say" in await stranger.say("/pacer help")
    await stranger.say("/pacer start")
    for _ in range(5):
        await stranger.say("")
    for line in SET_UP[6:]:
        await stranger.say(line)
    assert "11 weeks, 6 hours a week" in stranger.shown()


async def test_an_emoji_is_no_time_zone_and_a_past_day_no_target(stranger: Stage):
    await stranger.say("/pacer start")
    await stranger.say("sre")
    assert "in the past" in await stranger.say("2020-01-01")
    assert "4 to 26 weeks" in await stranger.say("3 weeks")
    for line in ("8 weeks", "5", "60", "40"):
        await stranger.say(line)
    assert "I do not know that place" in await stranger.say("🙂")
    assert "When does your morning start?" in await stranger.say("Chicago")


async def test_a_first_drill_from_start_to_log(person: Stage):
    assert "judged on" in await person.tap("Start")
    assert "Hint 1." in await person.tap("Hint")
    assert "Noted" in await person.say("I would ask how exact the limit has to be.")
    person.now += timedelta(minutes=12)
    reviewed = await person.say("done")
    assert "Graded by rules" in reviewed
    assert "It comes back on" in reviewed
    assert "A model answer" in reviewed
    assert "Your own verdict?" in reviewed
    assert "How hard was that" in await person.tap("Hard")
    assert "at 6 of 10" in await person.say("6")


async def test_the_label_counts_on_the_effort_scale_not_the_position(person: Stage):
    await person.say("/pacer drill")
    await person.say("/pacer done 20")
    await judge_all(person, "No")
    assert "Logged: 20 minutes at 7 of 10" in await person.say("7")


async def test_missing_points_are_named_with_the_usual_trap(person: Stage):
    await person.say("/pacer drill")
    await person.say("/pacer done 10")
    verdict = await judge_all(person, "No")
    assert "Missing:" in verdict
    assert "The usual trap:" in verdict
    assert "remembered as again" in verdict


async def test_an_answer_may_be_typed_in_pieces_and_survives_a_restart(person: Stage):
    await person.say("/pacer drill")
    await person.say("first part")
    again = Stage(person.store, person.now)
    await again.say("2 I count requests")
    async with person.store.work(again_sender()) as work:
        sitting = await work.practice.current()
    assert sitting is not None
    assert sitting.answer == "first part\n2 I count requests"


def again_sender():
    from conversations.stage import WHO

    return WHO


async def test_buttons_of_a_closed_drill_answer_kindly(person: Stage):
    await person.say("/pacer drill")
    old = person.last
    await person.say("/pacer skip-drill")
    person.last = old
    assert "closed" in await person.tap("Hint")


async def test_an_area_is_found_by_the_start_of_its_name(person: Stage):
    assert "Behavioral" in await person.say("/pacer drill behav")
    assert "Yours are" in await person.say("/pacer drill underwater basket weaving")
