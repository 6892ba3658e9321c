"""Two accounts become one person on every database: she stays in her circles, and nothing of hers counts twice."""

from __future__ import annotations

from datetime import timedelta

from contracts.test_circle_membership_contract import (
    ADA,
    ADA_TOO,
    AT,
    BOB,
    DAY,
    OWLS,
    PROFILE,
    ROOM,
    begins,
    joins,
    leaves,
    letters,
    members,
)

from bot.chat.inbound import Sender
from bot.chat.message import message
from bot.circle.group_model import GroupAnswer, GroupDrill, Share
from bot.circle.model import Deed
from bot.circle.news_model import COMPANY, WIN, Notice
from bot.pairing.arranged import Arranged, Seat, Stage
from bot.profile.codes import digest
from storage.store import SqlStore


async def links(store: SqlStore, kept: Sender, gone: Sender) -> None:
    """What the code's account has stays; the other one says the code."""
    async with store.work(kept) as work:
        code = await work.accounts.offer(now=AT)
    async with store.work(gone) as work:
        offer = await work.accounts.offered(digest(code), now=AT)
        assert offer and await work.accounts.join(offer, now=AT)


async def test_somebody_without_a_plan_stays_in_the_circle_she_joined(store: SqlStore):
    await begins(store, BOB, OWLS, ROOM, "Bob")
    async with store.work(ADA) as work:
        await work.people.save_profile(PROFILE)
    async with store.work(ADA_TOO) as work:
        assert await work.circles.join("c1", work.circles.me, "Ada", now=AT)
    await links(store, ADA, ADA_TOO)
    async with store.work(ADA) as work:
        me = await work.circles.member("c1", work.circles.me)
        assert me and me.name == "Ada" and await work.circles.count("c1") == 2


async def test_an_admin_stays_one_with_what_she_agreed_to_and_nobody_else_becomes_one(store: SqlStore):
    await begins(store, ADA, OWLS, ROOM)
    await joins(store, BOB, "Bob")
    await joins(store, ADA_TOO, "Ada D", minutes=5)
    for who, what in ((ADA, "board"), (ADA_TOO, "thanks")):
        async with store.work(who) as work:
            await work.circles.change_member(
                "c1", work.circles.me, lambda m, what=what: m.opting(what, on=True)
            )
    await links(store, ADA_TOO, ADA)
    found = await members(store)
    assert {name: m.admin for name, m in found.items()} == {"Ada D": True, "Bob": False}
    assert found["Ada D"].opted == {"board", "thanks"} and found["Ada D"].since == AT
    assert await letters(store) == []
    async with store.circle("c1") as work:
        acts = await work.circles.acts("c1", limit=9)
    assert [(a.by, a.deed) for a in acts] == [("Ada D", Deed.LINKED), ("Ada D", Deed.BEGAN)]


def answer(share: Share) -> GroupAnswer:
    return GroupAnswer("canary", (), share=share)


async def test_what_she_shared_moves_along_and_one_person_counts_once(store: SqlStore):
    await begins(store, ADA, OWLS, ROOM)
    bob = await joins(store, BOB, "Bob")
    await joins(store, ADA_TOO, "Ada D", minutes=5)
    tuesday = DAY + timedelta(days=1)
    async with store.circle("c1") as work:
        for day in (DAY, tuesday):
            await work.circles.group.begin("c1", GroupDrill(day, "rate-limiter"))
    for who in (ADA, ADA_TOO):
        async with store.work(who) as work:
            await work.circles.group.keep("c1", DAY, answer(Share.NAMED))
            await work.circles.pulses.opt("c1", DAY)
    async with store.work(ADA) as work:
        circles = work.circles
        await circles.group.keep("c1", tuesday, answer(Share.NAMED))
        win = Notice("c1", "w", WIN, circles.me, "an offer", True, AT)
        call = Notice("c1", "k", COMPANY, circles.me, "a walk", True, AT, AT + timedelta(days=1))
        for notice in (win, call):
            await circles.notices.add(notice)
    async with store.work(ADA_TOO) as work:
        await work.circles.notices.answer("c1", "k", now=AT)
    await links(store, ADA_TOO, ADA)
    async with store.circle("c1") as work:
        me = next(m.person_id for m in await work.circles.members("c1") if m.person_id != bob)
        for day in (DAY, tuesday):
            assert await work.circles.group.count("c1", day) == 1
            assert [s.person_id for s in await work.circles.group.shared("c1", day)] == [me]
        notice = await work.circles.notices.notice("c1", "w")
        assert notice and notice.person_id == me
        assert await work.circles.notices.answers("c1", "k") == [], "her own call"


async def test_a_meeting_and_what_waits_about_it_move_along(store: SqlStore):
    await begins(store, BOB, OWLS, ROOM, "Bob")
    ada = await joins(store, ADA, "Ada")
    async with store.work(ADA_TOO) as work:
        await work.people.save_profile(PROFILE)
    later = AT + timedelta(hours=9)
    async with store.circle("c1") as work:
        bob = (await work.circles.members("c1"))[0].person_id
        seats = (Seat(ada, 0), Seat(bob, 1))
        await work.pairs.keep_meeting(
            Arranged("m1", "c1", DAY, AT, Stage.AGREED, seats, (), 60, begins=later)
        )
        await work.pairs.remind("c1", ada, "meeting", about="m1", at=AT, now=AT, expires=later)
        await work.circles.tell("c1", bob, message("*Ada* is in"), about="in.w1", now=AT, of=ada)
    await links(store, ADA_TOO, ADA)
    async with store.circle("c1") as work:
        meeting = await work.pairs.meeting("m1")
        assert meeting and len(meeting.people) == 2 and ada not in meeting.people
    async with store.work(ADA) as work:
        assert work.circles.me in meeting.people
    (reminder,) = await store.outbox.claim(now=AT, platforms={"discord"}, limit=9)
    assert (reminder.to, reminder.kind, reminder.circle) == (ADA_TOO, "meeting", "c1")
    await leaves(store, ADA)
    assert sorted(state for state, _ in await letters(store)) == ["cancelled", "cancelled"]
