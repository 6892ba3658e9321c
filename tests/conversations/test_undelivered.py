"""What could not be delivered because the way to her is closed: shown at her next command, once, and never sent again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from conversations.stage import WHO, Stage, practise
from sqlalchemy import func, select

from adapters.console.inbound import read_line
from adapters.console.render import plain
from bot.chat.effects import OpenForm
from bot.chat.inbound import Place, Sender, TextSaid
from bot.chat.message import Audience, Message
from bot.delivery.deliver import Delivery
from bot.delivery.drain import Drain
from bot.delivery.limiter import LocalLimiter
from bot.delivery.model import Bucket, Lookup, Outcome, Rejected, Sent
from bot.delivery.post import Tally
from storage.rows import OutboxRow, UndeliveredRow
from storage.settle import GIVE_UP_AFTER
from storage.store import SqlWork

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWER = "No interview"
ONE = "My last message did not reach you"
MANY = "My last messages did not reach you"
CLOSED = Rejected("HTTP 403: direct messages are closed")


class Door:
    """A platform whose direct messages are closed, until it is told otherwise."""

    platform = WHO.platform
    dedup_window = timedelta(0)

    def __init__(self, stage: Stage) -> None:
        self.outcome: Outcome = CLOSED
        self.tried: list[str] = []
        delivery = Delivery(
            stage.coach.compose, {self.platform: self}, LocalLimiter(lambda: 0.0), Tally(), lambda: stage.now
        )
        stage.drain = Drain(
            stage.store.outbox, delivery, platforms=frozenset({self.platform}), now=lambda: stage.now
        )

    def bucket(self, to: Sender) -> Bucket | None:
        return None

    async def send(self, to: Sender, message: Message, *, key: str) -> Outcome:
        self.tried.append(key)
        return self.outcome

    async def look_up(self, to: Sender, *, key: str, since: object) -> Sent | Lookup:
        return Lookup.CANNOT_LOOK


@pytest.fixture
async def door(person: Stage) -> AsyncIterator[Door]:
    yield Door(person)


async def waiting(stage: Stage) -> int:
    """Letters whose words are kept for her, a sweep later."""
    await stage.store.outbox.sweep(now=stage.now, mine=set())
    async with stage.store.engine.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(UndeliveredRow))).scalar_one()


async def words_in_the_outbox(stage: Stage) -> Sequence[Any]:
    async with stage.store.engine.connect() as connection:
        sealed = select(OutboxRow.sealed).where(OutboxRow.sealed.is_not(None))  # type: ignore[union-attr]
        return (await connection.execute(sealed)).all()


async def test_the_mornings_question_is_shown_at_her_next_command_with_buttons_that_work(
    person: Stage, door: Door
):
    await person.skip(2 * HOUR)
    answer = await person.say("/pacer interview list")
    assert answer.startswith(ONE) and "How is the battery?" in answer and ANSWER in answer
    assert answer.index("How is the battery?") < answer.index(ANSWER)
    assert "Half a battery" in await person.tap("half")


async def test_a_typed_number_answers_the_question_that_was_shown(person: Stage, door: Door):
    await person.skip(2 * HOUR)
    await person.say("/pacer interview list")
    assert "battery" in (await person.say("half")).casefold()


async def test_it_is_shown_once_and_its_words_are_forgotten(person: Stage, door: Door):
    await person.skip(2 * HOUR)
    assert await waiting(person) == 1 and not await words_in_the_outbox(person)
    assert ONE in await person.say("/pacer interview list")
    assert await waiting(person) == 0
    assert ONE not in await person.say("/pacer interview list")


async def test_nothing_is_sent_a_second_time(person: Stage, door: Door):
    await person.skip(2 * HOUR)
    door.outcome = Sent("1")
    await person.say("/pacer interview list")
    for _ in range(3):
        await person.store.outbox.sweep(now=person.now, mine=set())
        await person.drain.drain()
    assert len(door.tried) == 1


async def test_yesterdays_question_is_not_shown_and_not_kept(person: Stage, door: Door):
    await person.skip(2 * HOUR)
    person.now += DAY
    assert "did not reach" not in await person.say("/pacer interview list")
    assert await waiting(person) == 0


async def test_words_of_no_use_are_forgotten_even_if_she_never_speaks_again(person: Stage, door: Door):
    await person.skip(2 * HOUR)
    await person.store.outbox.sweep(now=person.now + DAY, mine=set())
    assert await waiting(person) == 1, "in the west it is still the same day"
    await person.store.outbox.sweep(now=person.now + 28 * HOUR, mine=set())
    assert await waiting(person) == 0


async def test_of_each_kind_only_the_newest_waits(person: Stage, door: Door):
    await person.skip(DAY + 2 * HOUR)
    assert len(door.tried) == 2 and await waiting(person) == 1
    answer = await person.say("/pacer interview list")
    assert answer.count("How is the battery?") == 1


async def test_what_she_answered_meanwhile_is_not_asked_again(person: Stage, door: Door):
    await person.skip(2 * HOUR)
    assert "How is the battery?" not in await person.say("/pacer checkin half")
    assert await waiting(person) == 0


async def test_after_three_refusals_the_sentence_says_that_sending_stopped_and_the_newest_is_shown(
    person: Stage, door: Door
):
    while len(door.tried) < GIVE_UP_AFTER:
        await person.skip(HOUR)
    answer = await person.say("/pacer interview list")
    assert answer.startswith(MANY) and answer.count("did not reach") == 1
    assert "did not reach" not in await person.say("/pacer interview list")


@pytest.mark.parametrize(("later", "seen"), [(3 * DAY, True), (7 * DAY, False)])
async def test_a_review_is_worth_a_word_all_week_and_not_in_the_next(
    person: Stage, door: Door, later: timedelta, seen: bool
):
    door.outcome = Sent("1")
    for _ in range(7):
        await person.say("/pacer checkin 70")
        await practise(person, 20, "Yes")
        await person.skip(23 * HOUR + timedelta(minutes=40))
    door.outcome = CLOSED
    await person.skip(2 * HOUR)
    async with person.store.engine.connect() as connection:
        assert (await connection.execute(select(UndeliveredRow.said))).scalars().all() == ["review"]
    person.now += later
    assert (ONE in await person.say("/pacer interview list")) is seen


async def test_her_eyes_only(person: Stage, door: Door):
    await person.skip(2 * HOUR)
    person.place = Place("#everybody", private=False)
    await person.say("/pacer interview list")
    said = [e.message for e in person.last if not isinstance(e, OpenForm)]
    assert len(said) == 3 and all(m.audience is Audience.ONLY_YOU for m in said)


async def test_words_typed_among_others_leave_it_for_her_next_command(person: Stage, door: Door):
    await person.skip(2 * HOUR)
    said = TextSaid(sender=WHO, place=Place("#all", private=False), event_id="t", at=person.now, text="hello")
    assert all("did not reach" not in str(e) for e in await person.coach.handle(said))
    assert ONE in await person.say("/pacer interview list")


async def test_a_form_lets_it_wait_for_the_next_command(person: Stage, door: Door):
    await person.skip(2 * HOUR)
    person.place = Place("terminal", forms=True)
    await person.say("/pacer interview add")
    assert isinstance(person.last[-1], OpenForm) and await waiting(person) == 1
    assert ONE in await person.say("/pacer interview list")


async def test_whoever_asks_for_quiet_sees_nothing_of_it(person: Stage, door: Door):
    await person.skip(2 * HOUR)
    assert "did not reach" not in await person.say("/pacer pause")
    assert await waiting(person) == 0
    await person.say("/pacer back")
    assert "did not reach" not in await person.say("/pacer interview list")


async def test_in_a_crisis_nothing_is_said_of_it(person: Stage, door: Door):
    await person.skip(2 * HOUR)
    assert "did not reach" not in await person.say("honestly I just want to die after that rejection")
    assert "did not reach" not in await person.say("/pacer interview list")


@pytest.mark.parametrize(
    "outcome", [Rejected("HTTP 400: code 50035"), Rejected("invalid_blocks"), Rejected("invalid_auth")]
)
async def test_what_the_platform_refused_for_another_reason_is_not_shown(
    person: Stage, door: Door, outcome: Outcome
):
    door.outcome = outcome
    await person.skip(2 * HOUR)
    assert door.tried and await waiting(person) == 0
    assert "did not reach" not in await person.say("/pacer interview list")


# Kills


async def test_killed_before_the_commit_it_is_shown_the_next_time(
    person: Stage, door: Door, monkeypatch: pytest.MonkeyPatch
):
    await person.skip(2 * HOUR)
    with monkeypatch.context() as dying:
        dying.setattr(SqlWork, "finish", _dies)
        with pytest.raises(RuntimeError):
            await person.say("/pacer interview list")
    assert await waiting(person) == 1
    (left,) = await person.store.unfinished(WHO.platform)
    assert "How is the battery?" in shown(await person.coach.run(left, keep_answer=True))
    assert ONE not in await person.say("/pacer interview list")


async def test_killed_after_the_commit_it_is_in_the_answer_that_is_kept_and_nowhere_else(
    person: Stage, door: Door
):
    await person.skip(2 * HOUR)
    given = read_line("/pacer interview list", sender=WHO, place=person.place, at=person.now)
    taken = await person.coach.receive(given)
    assert taken is not None
    await person.coach.run(taken, keep_answer=True)  # and nobody lives to say it
    (kept,) = await person.store.undelivered(WHO.platform)
    told = "\n".join("\n".join(plain(m)) for m in kept.messages)
    assert told.count("How is the battery?") == 1
    assert ONE not in await person.say("/pacer interview list")
    await person.store.delivered(given.event_id)
    assert await person.store.undelivered(WHO.platform) == []
    assert await waiting(person) == 0


async def test_an_answer_that_never_reached_her_leaves_it_for_her_next_command(person: Stage, door: Door):
    await person.skip(2 * HOUR)
    given = read_line("/pacer interview list", sender=WHO, place=person.place, at=person.now)
    taken = await person.coach.receive(given)
    assert taken is not None
    await person.coach.run(taken, keep_answer=True)
    await person.store.give_up(given.event_id)  # nobody could bring it
    assert "How is the battery?" in await person.say("/pacer interview list")
    assert ONE not in await person.say("/pacer interview list")


async def test_a_command_that_is_answered_long_after_it_was_given_leaves_it_for_the_next(
    person: Stage, door: Door
):
    await person.skip(2 * HOUR)
    given = read_line("/pacer interview list", sender=WHO, place=person.place, at=person.now)
    taken = await person.coach.receive(given)
    assert taken is not None
    person.now += HOUR
    assert ONE not in shown(await person.coach.run(replace(taken, place=replace(taken.place, forms=False))))
    assert ONE in await person.say("/pacer interview list")


async def _dies(*_: object, **__: object) -> None:
    raise RuntimeError


def shown(effects: Any) -> str:
    return "\n".join("\n".join(plain(e.message)) for e in effects)
