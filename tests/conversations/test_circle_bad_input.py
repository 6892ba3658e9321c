"""What goes wrong in circles: at once, gone, hidden, renamed, two of them, two platforms, one person, two thousand."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest
from conversations.circle_people import ON_DISCORD, ROOM, Ring, Someone
from conversations.stage import SET_UP, Stage

from bot.chat.inbound import Channel, Destination
from bot.chat.message import Message
from bot.circle.model import Settings
from bot.delivery.model import Outcome, Rejected
from storage.circle_news_rows import CircleRhythmRow
from storage.circle_rows import CircleMemberRow
from storage.rows import PersonRow


@pytest.fixture
async def ring(stranger: Stage) -> Ring:
    return await Ring(stranger).begin()


async def tells(who: Someone, line: str) -> str:
    await who.say(f"/pacer win {line}")
    return await who.tap("With my name")


async def test_two_admins_at_once_both_switches_hold_and_both_stand_in_the_log(ring: Ring):
    (bob,) = await ring.with_people("Bob")
    await ring.ada.say("/pacer circle admin Bob")
    said = await asyncio.gather(
        ring.ada.say("/pacer circle settings board on"), bob.say("/pacer circle settings pairing off")
    )
    refused = [who for who, answer in zip((ring.ada, bob), said, strict=True) if "Saved" not in answer]
    for who in refused:
        assert "nothing of yours was saved" in who.shown()
    log = await bob.say("/pacer circle log")
    assert ("board on" in log) + ("pairing off" in log) == 2 - len(refused)


def shut(ring: Ring, why: str) -> None:
    """From now on the channel takes nothing, for a reason in the platform's words."""

    async def refuse(*given: object, **more: object) -> Outcome:
        return Rejected(why)

    ring.wall.send = ring.wall.change = refuse  # type: ignore[method-assign,assignment]


def let_in(ring: Ring) -> None:
    del ring.wall.send, ring.wall.change


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("channel_not_found", "gone, or hidden"),
        ("is_archived", "archived"),
        ("not_in_channel", "not a member"),
        ("no such channel", "gone, or hidden"),
        ("no access to the channel", "not allowed to write"),
    ],
)
async def test_a_channel_deleted_archived_or_made_private_sleeps_admins_hear_once_and_nothing_is_lost(
    ring: Ring, why: str, told: str
):
    (bob,) = await ring.with_people("Bob")
    await ring.look()
    await ring.letters(ring.ada)
    shut(ring, why)
    assert "in a moment" in await tells(bob, "canary")
    for _ in range(3):
        await ring.look()
    (letter,) = await ring.letters(ring.ada)
    assert told in letter and "Everything is kept" in letter
    assert await ring.letters(bob) == []
    let_in(ring)
    assert "canary" not in await ring.look(), "nobody was heard from there yet"
    await bob.say("/pacer circle who")
    assert "canary" in await ring.look()


async def test_kicked_out_and_invited_again_she_reads_each_thing_once(ring: Ring):
    (bob,) = await ring.with_people("Bob")
    shut(ring, "not_in_channel")
    await tells(bob, "canary-one")
    await ring.look()
    await tells(bob, "canary-two")
    await bob.direct().say("/pacer today")
    let_in(ring)
    await ring.ada.say("/pacer circle who")
    shown = await ring.look()
    assert shown.count("canary-one") == shown.count("canary-two") == shown.count("practise together") == 1


async def test_a_renamed_channel_is_the_same_one(ring: Ring):
    await ring.look()
    renamed = Someone(ring.on, "U1", Channel(ROOM.platform, ROOM.tenant, ROOM.channel))
    assert "Ada (admin)" in await renamed.say("/pacer circle who")
    assert (await ring.look()).count("practise together") == 1


async def test_a_member_of_two_circles_is_asked_which_and_each_knows_its_own(ring: Ring):
    other = Someone(ring.on, "U1", Channel("slack", "T1", "C2"))
    await other.say("/pacer circle create Early birds")
    await other.say("/pacer circle name Grace")
    direct = ring.ada.direct()
    for command in ("company", "board", "thanks on", "drills", "win"):
        assert "Which one?" in await direct.say(f"/pacer circle {command}"), command
    await direct.say("/pacer circle thanks on")
    await direct.tap("Night owls")
    assert "by name in **Night" not in direct.shown() and "Night owls" in direct.shown()
    assert "With your yes" in await other.say("/pacer circle thanks")
    await tells(ring.ada, "canary")
    assert "canary" not in await ring.look(Channel("slack", "T1", "C2"))
    assert "Grace" not in await ring.look()


async def test_one_person_on_both_platforms_is_one_member_with_one_limit_and_one_answer(ring: Ring):
    (bob,) = await ring.with_people("Bob")
    async with ring.on.store.work(ring.ada.who) as work:
        assert await work.circles.bind(ring.id, ON_DISCORD)
    code = (await bob.direct().say("/pacer link")).split("/pacer link ")[1].split()[0].strip("`.")
    there = Someone(ring.on, "77", ON_DISCORD)
    await there.say(f"/pacer link {code}")
    assert "Bob" in await there.say("/pacer circle who")
    for n, voice in enumerate((bob, there, bob)):
        assert "in a moment" in await tells(voice, f"news {n}")
    assert "what a day" in await tells(there, "news 3")
    await ring.ada.say("/pacer circle company")
    await ring.ada.tap("Coffee")
    await ring.letters(ring.ada)
    await ring.look()
    posts = [m for m in ring.wall.stands[ROOM].values() for o in m.options if o.label == "I am in"]
    key = posts[0].options[0].key
    assert "are in" in await bob.press(key)
    assert "knows already" in await there.press(key)
    assert len(await ring.letters(ring.ada)) == 1
    await there.say("/pacer circle leave")
    assert "news" not in await ring.look() and "news" not in await ring.look(ON_DISCORD)


async def test_a_circle_of_one_works_and_shows_no_number_and_no_empty_board(ring: Ring):
    await ring.ada.say("/pacer circle settings board on")
    ring.on.now += timedelta(days=5)
    assert "once three people" in await ring.ada.say("/pacer circle board on")
    assert "in a moment" in await tells(ring.ada, "canary")
    shown = await ring.look()
    assert "A few people" in shown and "Days in rhythm" not in shown and "canary" in shown
    assert "has ended" in await ring.ada.say("/pacer circle leave")
    shown = await ring.look()
    assert "canary" not in shown and shown.count("has come to its end") == 2


async def crowd(ring: Ring, count: int) -> None:
    """So many more members, all on the board."""
    now = ring.on.now
    async with ring.on.store.work(ring.ada.who) as work:
        session, sealer = work._session, work._sealer
        for n in range(count):
            session.add(PersonRow(id=f"p{n}", platform="slack", tenant="T1", account=f"W{n}", created_at=now))
        await session.flush()
        count_sealed, name = sealer.seal({"kept": 9, "of": 12}), sealer.seal({"name": "Somebody"})
        for n in range(count):
            both = {"circle_id": ring.id, "person_id": f"p{n}"}
            session.add(CircleMemberRow(**both, since=now, opted="board", sealed=name))
            session.add(CircleRhythmRow(**both, day=now.date(), sealed=count_sealed))


async def test_two_thousand_members_are_served_and_the_next_one_is_told_kindly(ring: Ring):
    await ring.ada.say("/pacer circle settings board on")
    await crowd(ring, 1_999)
    late = Someone(ring.on, "U99")
    for line in SET_UP:
        await late.say(line)
    await late.say("/pacer circle join")
    assert "This circle is full" in await late.tap("Join")
    async with ring.on.store.work(ring.ada.who) as work:
        await work.circles.want(ring.id, "board")
    began = time.monotonic()
    assert "in a moment" in await tells(ring.ada, "canary")
    shown = await ring.look()
    assert time.monotonic() - began < 5
    assert "2,000 people practise together" in shown and "canary" in shown
    rows = shown.count("9 of 12")
    assert rows > 60 and f"and {1_999 - rows:,} more" in shown


@pytest.mark.parametrize("step", ["untell", "close"])
async def test_somebody_pressing_another_ones_button_changes_nothing(ring: Ring, step: str):
    (bob,) = await ring.with_people("Bob")
    if step == "untell":
        await tells(ring.ada, "canary")
        made = ring.ada.options()[0].key
    else:
        await ring.ada.say("/pacer circle company canary")
        await ring.ada.tap("Ask them")
        made = ring.ada.options()[0].key
    assert step in made
    before = await ring.look()
    answer = await bob.press(made)
    assert "nothing of yours" in answer or "closed" in answer
    assert await ring.look() == before and "canary" in before


async def test_buttons_of_another_version_or_with_nothing_behind_them_are_kind(ring: Ring):
    for key in (
        "tell", "tell::", f"tell:{ring.id}", f"tell:{ring.id}:gone:named", f"call:{ring.id}:gone:7", "in:gone:gone",
        f"in:{ring.id}:gone", f"close:{ring.id}", f"board:{ring.id}:maybe", f"thanks:{ring.id}", f"read:{ring.id}:x",
        f"approve:{ring.id}", f"declined:{ring.id}:x", f"offered:{ring.id}", "winback:gone", f"callover:{ring.id}",
    ):  # fmt: skip
        assert await ring.ada.press(f"1:circle:{key}"), key
    assert (await ring.look()).count("\n") < 6


async def test_a_name_that_is_changed_changes_in_every_post_and_never_pings(ring: Ring):
    await tells(ring.ada, "canary")
    assert "from Ada" in await ring.look()
    assert "holds no @" in await ring.ada.say("/pacer circle name @here")
    await ring.ada.say("/pacer circle name Abe")
    shown = await ring.look()
    assert "from Abe" in shown and "Ada" not in shown


def test_a_board_is_off_until_somebody_turns_it_on():
    assert not Settings().board


async def test_a_post_that_cannot_be_said_does_not_keep_the_next_one_waiting(ring: Ring):
    send = ring.wall.send

    async def picky(to: Destination, message: Message, *, key: str) -> Outcome:
        return Rejected("too odd") if "canary-one" in str(message) else await send(to, message, key=key)

    ring.wall.send = picky  # type: ignore[method-assign]
    await tells(ring.ada, "canary-one")
    await tells(ring.ada, "canary-two")
    shown = await ring.look()
    assert "canary-two" in shown and "canary-one" not in shown
