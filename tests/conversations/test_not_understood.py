"""Words that make no sense get one calm sentence."""

from __future__ import annotations

import pytest
from conversations.stage import WHO, Stage

from bot.chat.inbound import ChoicePicked, FormSent


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("plna", "plan"), ("chekin", "checkin"), ("setings", "settings"), ("interveiw list", "interview list")],
)
async def test_an_unknown_command_suggests_the_nearest(person: Stage, typed: str, meant: str):
    shown = await person.say(f"/pacer {typed}")
    assert f"/pacer {meant.split()[0]}" in shown
    assert "I do not know" not in await person.tap(person.last[-1].message.options[0].label)


async def test_a_command_like_nothing_known_points_to_help(person: Stage):
    assert "/pacer help" in await person.say("/pacer qqqqqqqq")


async def test_thirty_kilobytes_are_refused_calmly_and_the_answer_so_far_is_kept(person: Stage):
    await person.say("/pacer drill")
    await person.say("kept")
    assert "12,000 characters" in await person.say("x" * 30_000)
    async with person.store.work(WHO) as work:
        assert (await work.practice.current()).answer == "kept"


async def test_too_many_words_are_answered_with_the_usage(person: Stage):
    assert "/pacer why" in await person.say("/pacer why oh why")


@pytest.mark.parametrize(
    "key", ["0:old:1", "1:gone", "nonsense", "1:judge:x:0:yes", "1:effort:x:5", "1:unbook:x", "1:fill:x"]
)
async def test_a_button_of_another_time_answers_kindly(person: Stage, key: str):
    effects = await person.coach.handle(
        ChoicePicked(sender=WHO, place=person.place, event_id=f"k{key}", at=person.now, key=key)
    )
    person.last = effects
    assert person.shown()
    assert "broke" not in person.shown()


async def test_a_form_of_another_time_answers_kindly(person: Stage):
    person.last = await person.coach.handle(
        FormSent(sender=WHO, place=person.place, event_id="f1", at=person.now, form="gone", values=())
    )
    assert "another time" in person.shown()


async def test_the_same_event_is_answered_once(person: Stage):
    from adapters.console.inbound import read_line

    said = read_line("/pacer today", sender=WHO, place=person.place, at=person.now)
    assert await person.coach.handle(said)
    assert await person.coach.handle(said) == ()


async def test_what_was_received_and_not_finished_is_run_after_a_restart(person: Stage):
    from adapters.console.inbound import read_line

    await person.coach.receive(
        read_line("/pacer checkin half", sender=WHO, place=person.place, at=person.now)
    )
    again = Stage(person.store, person.now)
    (left,) = await again.store.unfinished("console")
    again.last = await again.coach.run(left)
    assert "Half a battery" in again.shown()
    assert await again.store.unfinished("console") == []
