"""What reaches Pacer is kept, answered once, and answered after a restart if the process died on the way."""

from __future__ import annotations

import asyncio
import logging

import pytest
from conversations.stage import WHO, Stage

from adapters.console.inbound import read_line
from bot.chat.effects import Effects, OpenForm
from bot.chat.inbound import AnyInbound, CommandGiven, Place
from bot.reception import NeverTaken, Reception
from bot.turn import Answer, Unavailable


class Platform:
    """Where answers arrive, and what stands in their way."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.late: list[Answer] = []
        self.breaks = False
        self.takes_late = True
        self.never = False

    async def speak(self, effects: Effects) -> None:
        if self.breaks:
            raise ConnectionError("somewhere")
        self.said += [str(e) for e in effects]

    async def later(self, answer: Answer) -> bool:
        if self.never:
            raise NeverTaken
        if self.takes_late:
            self.late.append(answer)
        return self.takes_late


@pytest.fixture
def platform() -> Platform:
    return Platform()


def reception(on: Stage, platform: Platform) -> Reception:
    return Reception("console", on.coach, on.store, platform.later)


def line(on: Stage, words: str) -> AnyInbound:
    return read_line(words, sender=WHO, place=on.place, at=on.now)


async def hear(at: Reception, inbound: AnyInbound, platform: Platform) -> None:
    taken = await at.take(inbound)
    assert taken is not None
    await at.begin(taken, platform.speak)


async def test_an_event_is_answered_and_then_forgotten(person: Stage, platform: Platform):
    await hear(reception(person, platform), line(person, "/pacer checkin half"), platform)
    assert "Half a battery" in platform.said[0]
    assert await person.store.undelivered("console") == []
    assert await person.store.unfinished("console") == []


async def test_a_repeated_event_is_not_taken_twice(person: Stage, platform: Platform):
    door, said = reception(person, platform), line(person, "/pacer today")
    await hear(door, said, platform)
    assert await door.take(said) is None


async def test_killed_before_its_turn_it_is_answered_after_the_start_once(person: Stage, platform: Platform):
    await reception(person, platform).take(line(person, "/pacer checkin half"))
    for _ in range(2):
        await reception(Stage(person.store, person.now), platform).resume()
    (answer,) = platform.late
    assert "Half a battery" in str(answer.messages)
    assert answer.sender == WHO


async def test_killed_between_the_turn_and_its_answer_the_answer_still_comes_and_the_turn_is_not_run_again(
    person: Stage, platform: Platform
):
    said = line(person, "/pacer checkin half")
    await person.coach.receive(said)
    await person.coach.run(said, keep_answer=True)
    for _ in range(2):
        await reception(Stage(person.store, person.now), platform).resume()
    assert ["Half a battery" in str(a.messages) for a in platform.late] == [True]


async def test_an_answer_the_platform_did_not_take_is_brought_later(person: Stage, platform: Platform):
    door = reception(person, platform)
    platform.breaks, platform.takes_late = True, False
    await hear(door, line(person, "/pacer today"), platform)
    await door.resume()
    assert platform.late == []
    platform.takes_late = True
    await door.resume()
    await door.resume()
    assert len(platform.late) == 1


async def test_what_the_platform_will_never_take_is_given_up_after_one_try(person: Stage, platform: Platform):
    door = reception(person, platform)
    platform.breaks = platform.never = True
    await hear(door, line(person, "/pacer today"), platform)
    await door.resume()
    platform.never = False
    await door.resume()
    assert platform.late == []
    assert await person.store.undelivered("console") == []


async def test_a_form_that_was_on_its_way_is_asked_question_by_question_after_the_start(
    person: Stage, platform: Platform
):
    opens = CommandGiven(
        sender=WHO, place=Place("x", forms=True), event_id="f1", at=person.now, text="interview add"
    )
    await reception(person, platform).take(opens)
    await reception(person, platform).resume()
    assert "(1 of " in str(platform.late[0].messages)


async def test_a_form_is_opened_where_one_can_be(person: Stage, platform: Platform):
    seen: list[Effects] = []

    async def speak(effects: Effects) -> None:
        seen.append(effects)

    opens = CommandGiven(
        sender=WHO, place=Place("x", forms=True), event_id="f2", at=person.now, text="interview add"
    )
    door = reception(person, platform)
    taken = await door.take(opens)
    assert taken
    await door.begin(taken, speak)
    assert isinstance(seen[0][0], OpenForm)


async def test_a_fault_becomes_an_apology_with_a_reference_and_nothing_of_it_in_the_log(
    person: Stage, platform: Platform, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    async def broken(*_: object, **__: object) -> Effects:
        raise RuntimeError("her own words")

    monkeypatch.setattr(person.coach, "run", broken)
    with caplog.at_level(logging.DEBUG):
        await hear(reception(person, platform), line(person, "something private"), platform)
    assert "Something broke on my side (ref " in platform.said[0]
    assert "her own words" not in caplog.text
    assert "private" not in caplog.text
    assert await person.store.unfinished("console") == []


async def test_while_the_database_is_away_the_event_waits(
    person: Stage, platform: Platform, monkeypatch: pytest.MonkeyPatch
):
    door, run = reception(person, platform), person.coach.run

    async def away(*_: object, **__: object) -> Effects:
        raise Unavailable("The database does not answer.")

    monkeypatch.setattr(person.coach, "run", away)
    await hear(door, line(person, "/pacer checkin half"), platform)
    assert "What you said is kept" in platform.said[0]
    monkeypatch.setattr(person.coach, "run", run)
    await door.resume()
    assert "Half a battery" in str(platform.late[0].messages)


async def test_what_is_under_way_is_not_answered_a_second_time(person: Stage, platform: Platform):
    door, free = reception(person, platform), asyncio.Event()

    async def slow(effects: Effects) -> None:
        await free.wait()
        await platform.speak(effects)

    taken = await door.take(line(person, "/pacer checkin half"))
    assert taken
    task = door.begin(taken, slow)
    await asyncio.sleep(0.05)
    await door.resume()
    free.set()
    await task
    assert len(platform.said) == 1
    assert platform.late == []


async def test_at_the_end_a_slow_answer_is_left_for_the_next_start(person: Stage, platform: Platform):
    door = reception(person, platform)

    async def never(_: Effects) -> None:
        await asyncio.sleep(60)

    taken = await door.take(line(person, "/pacer checkin half"))
    assert taken
    door.begin(taken, never)
    await asyncio.sleep(0.05)
    await door.stop(0.05)
    await reception(person, platform).resume()
    assert len(platform.late) == 1
