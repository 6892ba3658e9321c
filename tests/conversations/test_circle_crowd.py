"""Two thousand people in a circle: everything is served in a moment, and what is said fits one message on every platform."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from conversations.circle_people import ROOM, Ring, Someone
from conversations.stage import Stage as Ground
from unit.pairing.circle_weeks import person

from adapters.discord.render import parts as on_discord
from adapters.slack.render import parts as on_slack
from bot.chat.effects import Effects, OpenForm
from bot.chat.message import Message, message
from bot.circle.group_model import GroupAnswer, Share
from bot.circle.model import MOST_MEMBERS, Circle, Settings
from bot.circle.news_model import Week
from bot.circle.news_words import recap
from bot.circle.work import CircleTurn
from bot.content.shipped import shipped
from bot.feedback.model import Finding, Verdict
from bot.pairing.arranged import Asked, Asking, Met, Stage
from bot.pairing.circle_hours import match_week
from storage.circle_news_rows import CircleRhythmRow
from storage.circle_rows import CircleMemberRow
from storage.rows import PersonRow

MONDAY = date(2026, 1, 12)
NAME = "🦉" * 24 + "a"
"""With four digits behind it as wide as a name may be: 30 signs, most of which platforms count as two."""
ASKED = 60
A_MOMENT = 1.0
"""Seconds of the processor for what somebody says, and for the posts it changes. Measured: 0.01 to 0.4."""
A_WHILE = 4.0
"""The same for what a circle does at its hours. Measured: 0.14 for pairs, 0.25 for a recap, 0.5 for a drill, 0.2 to 0.8 for a reveal."""


@pytest.fixture
async def full(stranger: Ground) -> Ring:
    """Ada, and as many others as a circle takes, less one; all on the board, all thanked by name."""
    ring = await Ring(stranger).begin()
    await ring.ada.say("/pacer circle settings board on")
    now = ring.on.now
    async with ring.on.store.work(ring.ada.who) as work:
        session, sealer = work._session, work._sealer
        crowd = range(MOST_MEMBERS - 2)
        session.add_all(
            PersonRow(id=f"p{n:04}", platform="slack", tenant="T1", account=f"W{n}", created_at=now)
            for n in crowd
        )
        await session.flush()
        count = sealer.seal({"kept": 12, "of": 14})
        for n in crowd:
            both = {"circle_id": ring.id, "person_id": f"p{n:04}"}
            name = sealer.seal({"name": f"{NAME} {n:04}"})
            session.add(CircleMemberRow(**both, since=now, opted="board,pairs,thanks", sealed=name))
            session.add(CircleRhythmRow(**both, day=now.date(), sealed=count))
    return ring


def messages(effects: Effects) -> list[Message]:
    return [e.message for e in effects if not isinstance(e, OpenForm)]


def fits(shown: Message) -> bool:
    """Whether it is one message on both platforms, which alone can be changed in place."""
    return (len(on_slack(shown)), len(on_discord(shown))) == (1, 1)


def standing(ring: Ring) -> list[Message]:
    return list(ring.wall.stands[ROOM].values())


class Watch:
    """How long something took, by the processor's clock, which other work on the machine does not change."""

    def __init__(self, seconds: float) -> None:
        self.most = seconds

    def __enter__(self) -> None:
        self.began = time.process_time()

    def __exit__(self, kind: object, *_: object) -> None:
        took = time.process_time() - self.began
        assert kind or took < self.most, f"{took:.2f} s"


async def test_the_last_place_is_taken_the_next_one_hears_it_kindly_and_a_place_becomes_free(full: Ring):
    last, late = Someone(full.on, "U98"), Someone(full.on, "U99")
    await full.look()
    for who, told in ((last, "Welcome to"), (late, "This circle is full")):
        await who.say("/pacer circle join")
        with Watch(A_MOMENT):
            assert told in await who.tap("Join")
    with Watch(A_MOMENT):
        assert "2,000 people practise together" in await full.look()
    with Watch(A_MOMENT):
        assert "You have left" in await last.say("/pacer circle leave")
    with Watch(A_MOMENT):
        assert "1,999 people" in await full.look()
    await late.say("/pacer circle join")
    assert "Welcome to" in await late.tap("Join")


async def test_who_says_names_and_how_many_more_there_are(full: Ring):
    with Watch(A_MOMENT):
        shown = await full.ada.say("/pacer circle who")
    listed = shown.count(NAME)
    assert "Ada (admin)" in shown and listed >= 30
    assert f"and {MOST_MEMBERS - 2 - listed:,} more" in shown


async def test_who_is_one_message_on_every_platform(full: Ring):
    await full.ada.say("/pacer circle who")
    (told,) = messages(full.ada.last)
    assert fits(told)


async def test_a_new_name_is_served_in_a_moment(full: Ring):
    await full.ada.say("/pacer circle company canary")
    await full.ada.tap("Ask them")
    assert "Ada asks: canary" in await full.look()
    with Watch(A_MOMENT):
        assert "Abe" in await full.ada.say("/pacer circle name Abe")
    with Watch(A_MOMENT):
        shown = await full.look()
    assert "Abe asks: canary" in shown and "Ada" not in shown


async def test_the_board_is_one_message_with_the_widest_names_as_else_it_cannot_be_changed(full: Ring):
    async with full.on.store.circle(full.id) as work:
        await work.circles.want(full.id, "board")
    with Watch(A_MOMENT):
        shown = await full.look()
    rows = shown.count("12 of 14")
    assert rows >= 20 and f"and {MOST_MEMBERS - 2 - rows:,} more" in shown
    assert all(fits(post) for post in standing(full))


def test_a_recap_that_thanks_many_is_one_message():
    week = Week(("coding",), ("drills",), 5, 100, 200, MOST_MEMBERS, MONDAY)
    thanked = [f"{NAME} {n:04}" for n in range(200)]
    assert fits(message(recap(Circle("c", "Night owls", Settings(), 1), week, thanked, others=True)))


async def test_the_drill_of_the_day_and_its_reveal_with_answers_of_everybody(full: Ring):
    with Watch(A_WHILE):
        await full.live(timedelta(hours=3))
        shown = await full.look()
    assert "Reveal at 18:00" in shown
    day = full.on.now.date()
    async with full.on.store.circle(full.id) as work:
        given = await work.circles.group.drill(full.id, day)
        assert given is not None
        drill, group = shipped().bank().drills[given.drill_id], work.circles.group
        findings = tuple(Finding(p.id, Verdict.MET, "as I would say it, " * 8) for p in drill.rubric)
        for n in range(MOST_MEMBERS - 2):
            group._me = f"p{n:04}"  # type: ignore[attr-defined]
            await group.keep(full.id, day, GroupAnswer("canary", findings, share=Share.NAMED))
        await work.circles.want(full.id, "group", day.isoformat())
    with Watch(A_WHILE):
        assert f"{MOST_MEMBERS - 2:,} answers so far" in await full.look()
    with Watch(A_WHILE):
        await full.live(timedelta(hours=9))
        shown = await full.look()
    assert "What landed" in shown and "A model answer" in shown and "canary" not in shown
    assert all(fits(post) for post in standing(full))


async def test_pairs_among_sixty_who_asked_and_the_weeks_recap_with_thanks_to_all_of_them(full: Ring):
    chance = random.Random(60)
    wishes = [replace(person(chance, n), person=f"p{n:04}") for n in range(ASKED)]
    now = datetime.fromisoformat("2026-01-12T09:00+01:00")
    async with full.on.store.circle(full.id) as work:
        assert work.circle is not None
        await work.pairs.keep_asked(full.id, [Asked(w.person, MONDAY, Asking.WANTS, w) for w in wishes])
        with Watch(A_WHILE):
            await match_week(CircleTurn(work, work.circle, shipped(), now))
        meetings = await work.pairs.meetings(full.id, since=MONDAY)
        assert sum(len(m.people) for m in meetings if m.live) >= ASKED - 1
        for meeting in meetings:
            seats = tuple(replace(seat, met=Met.YES) for seat in meeting.seats)
            met = replace(meeting, seats=seats, stage=Stage.AGREED, begins=now + timedelta(days=1))
            await work.pairs.keep_meeting(met)
    full.on.now = now
    assert f"{ASKED} people were put together" in await full.look()
    full.on.now += timedelta(days=4, hours=8)  # Friday, 17:00: of the hours since then only the newest count
    with Watch(A_WHILE):
        await full.live(timedelta(hours=2))
        shown = await full.look()
    assert "The week of Night owls" in shown and "Thank you to" in shown
    assert all(fits(post) for post in standing(full))
