"""Circles on every database: who is in one, leases on posts, hours, forgetting, and what is in an archive."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import text

from bot.chat.inbound import Channel, Sender
from bot.chat.message import message
from bot.circle.model import Binding, Circle, Deed, Settings, Settled, Times
from bot.circle.ports import StaleCircle
from storage.accounts import forget
from storage.circle_rows import CircleActRow
from storage.reconcile import SqlTimetables
from storage.store import SqlStore

ADA, BOB, CARL = (Sender("slack", f"U{n}", "T1") for n in range(3))
ROOM, OTHER = Channel("slack", "T1", "C1"), Channel("discord", "9", "7")
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
OWLS = Circle("c1", "canary-owls", Settings(zone="Europe/Berlin", areas=("coding",)), 1)


async def begun(store: SqlStore) -> None:
    async with store.work(ADA) as work:
        assert await work.circles.create(OWLS, ROOM, "Ada", now=AT)


async def joins(store: SqlStore, who: Sender, name: str, minutes: int = 1) -> bool:
    async with store.work(who) as work:
        return await work.circles.join("c1", work.circles.me, name, now=AT + timedelta(minutes=minutes))


async def forgotten(store: SqlStore, who: Sender) -> None:
    async with store.work(who) as work:
        await forget(work._session, work._sealer, work.circles.me, now=AT)


async def test_what_was_kept_comes_back(store):
    await begun(store)
    assert await joins(store, BOB, "Bob") and await joins(store, BOB, "Robert")
    async with store.work(ADA) as work:
        assert await work.circles.at(ROOM) == OWLS and await work.circles.mine() == [OWLS]
        ada, bob = await work.circles.members("c1")
        assert (ada.name, ada.admin, bob.name, bob.admin) == ("Ada", True, "Bob", False)
        await work.circles.change_member(
            "c1", bob.person_id, lambda m: replace(m, opted=frozenset({"pairs", "board"}))
        )
        assert (await work.circles.member("c1", bob.person_id)).opted == {"pairs", "board"}
        assert await work.circles.count("c1") == 2
        assert not await work.circles.create(replace(OWLS, id="c2"), ROOM, "Ada", now=AT)
        assert await work.circles.circle("c2") is None


async def test_names_and_settings_cannot_be_read_in_the_tables_and_are_in_her_archive(store):
    await begun(store)
    async with store.work(ADA) as work:
        await work.circles.note("c1", work.circles.me, Deed.SET, detail="canary-act", now=AT)
    async with store.engine.connect() as connection:
        for table in ("circle", "circle_member", "circle_act"):
            rows = (await connection.execute(text(f"SELECT * FROM {table}"))).all()
            assert rows and "canary" not in repr(rows) and "Ada" not in repr(rows)
    async with store.work(ADA) as work:
        kept = await work.archive.everything()
        assert kept["circles"][0]["name"] == "Ada" and kept["circle_acts"][0]["detail"] == "canary-act"


async def test_acts_come_back_page_by_page_with_the_names_of_now_and_none_of_those_who_left(store):
    await begun(store)
    await joins(store, BOB, "Bob")
    async with store.work(BOB) as work:
        bob = work.circles.me
    async with store.work(ADA) as work:
        circles, me = work.circles, work.circles.me
        await circles.note("c1", me, Deed.BEGAN, now=AT)
        await circles.note("c1", me, Deed.ADMIN, whom=bob, now=AT)
        await circles.note("c1", bob, Deed.SET, detail="board on", now=AT)
        newest, middle = await circles.acts("c1", limit=2)
        assert (newest.by, newest.deed, newest.detail) == ("Bob", Deed.SET, "board on")
        assert (middle.by, middle.deed, middle.whom) == ("Ada", Deed.ADMIN, "Bob")
        (first,) = await circles.acts("c1", limit=2, before=middle.place)
        assert first.deed is Deed.BEGAN and await circles.acts("c1", limit=2, before=first.place) == []
        await circles.leave("c1", bob, now=AT)
        assert [(act.by, act.whom) for act in await circles.acts("c1", limit=2)] == [("", ""), ("Ada", "")]
    await forgotten(store, BOB)
    async with store.work(ADA) as work:
        assert [act.deed for act in await work.circles.acts("c1", limit=9)] == [Deed.ADMIN, Deed.BEGAN]


@pytest.mark.parametrize(
    ("kept", "deed", "detail"),
    [
        ("began the circle", Deed.BEGAN, ""),
        ("set board on, zone UTC", Deed.SET, "board on, zone UTC"),
        ("made a code for a channel", Deed.CODE, ""),
        ("a channel on Slack was bound with a code", Deed.BOUND, "Slack"),
        ("made Bob an admin", Deed.ADMIN, ""),
        ("approved the drill Cold start", Deed.APPROVED, ""),
        ("left out the drill Cold start", Deed.LEFT_OUT, ""),
        ("took a member's post down", Deed.DOWN, ""),
        ("became admin, as the last one left", Deed.FOLLOWED, ""),
    ],
)
async def test_an_act_that_was_kept_as_a_sentence_is_read_without_the_name_or_title_in_it(
    store, kept: str, deed: Deed, detail: str
):
    await begun(store)
    async with store.work(ADA) as work:
        row = {"circle_id": "c1", "place": 1, "person_id": work.circles.me, "at": AT}
        work._session.add(CircleActRow(**row, sealed=work._sealer.seal({"what": kept})))
        await work._session.flush()
        (act,) = await work.circles.acts("c1", limit=9)
        assert (act.deed, act.detail, act.whom, act.drill, act.by) == (deed, detail, "", "", "Ada")


async def test_of_two_who_save_at_once_one_is_refused(store):
    await begun(store)
    async with store.work(ADA) as work:
        await work.circles.save(replace(OWLS, name="One"))
        with pytest.raises(StaleCircle):
            await work.circles.save(replace(OWLS, name="Two"))
        assert (await work.circles.circle("c1")).name == "One"


async def test_two_who_bind_one_channel_at_once_get_one_circle(store):
    async def create(who: Sender, circle_id: str) -> bool:
        async with store.work(who) as work:
            return await work.circles.create(replace(OWLS, id=circle_id), ROOM, "X", now=AT)

    assert sorted(await asyncio.gather(create(ADA, "a"), create(BOB, "b"))) == [False, True]


async def test_a_full_circle_takes_nobody_more(store, monkeypatch):
    monkeypatch.setattr("storage.circle_members.MOST_MEMBERS", 2)
    await begun(store)
    found = await asyncio.gather(joins(store, BOB, "Bob"), joins(store, CARL, "Carl"))
    assert sorted(found) == [False, True]


async def test_where_the_last_admin_goes_the_longest_member_follows_and_posts_change(store):
    await begun(store)
    await joins(store, CARL, "Carl", 2)
    await joins(store, BOB, "Bob", 1)
    async with store.work(ADA) as work:
        await work.circles.want("c1", "welcome")
    (post,) = await store.posts.claim(now=AT, platforms={"slack"}, limit=9)
    assert await store.posts.settle(Settled(post, 1, "r"))
    async with store.work(ADA) as work:
        left = await work.circles.leave("c1", work.circles.me, now=AT)
        assert left.heir and left.heir.name == "Bob" and not left.ended
        assert (await work.circles.leave("c1", work.circles.me, now=AT)).heir is None
    assert len(await store.posts.claim(now=AT, platforms={"slack"}, limit=9)) == 1


async def test_forgetting_the_last_one_ends_it_and_nothing_is_left(store):
    await begun(store)
    await joins(store, BOB, "Bob")
    async with store.work(ADA) as work:
        await work.circles.note("c1", work.circles.me, Deed.CODE, now=AT)
        await work.circles.offer("c1", now=AT)
        await work.circles.keep_times("c1", OWLS.settings, [Times("x", time(9))], now=AT)
    await forgotten(store, ADA)
    async with store.work(BOB) as work:
        assert [m.admin for m in await work.circles.members("c1")] == [True]
        (act,) = await work.circles.acts("c1", limit=9)
        assert (act.by, act.deed) == ("Bob", Deed.FOLLOWED), "of hers nothing is left"
    await forgotten(store, BOB)
    async with store.circle("c1") as about:
        assert about.circle is not None and about.circle.ended and about.circle.name == ""
    assert await store.posts.purge(now=AT) == 1
    async with store.engine.connect() as connection:
        for table in (
            "circle",
            "circle_member",
            "circle_channel",
            "circle_act",
            "circle_code",
            "circle_post",
            "schedule",
        ):
            assert (await connection.execute(text(f"SELECT * FROM {table}"))).all() == [], table


async def test_a_post_is_claimed_by_one_and_an_older_claim_writes_nothing(store):
    await begun(store)
    async with store.work(ADA) as work:
        await work.circles.want("c1", "welcome")
    claims = await asyncio.gather(
        *(store.posts.claim(now=AT, platforms={"slack"}, limit=9) for _ in range(4))
    )
    (post,) = [p for found in claims for p in found]
    assert post.doubt is None and post.receipt == ""
    async with store.engine.begin() as connection:
        await connection.execute(text("UPDATE circle_post SET lease_until = 1"))
    (again,) = await store.posts.claim(now=AT + timedelta(minutes=2), platforms={"slack"}, limit=9)
    assert again.doubt == AT, "whoever held it may have posted it"
    assert not await store.posts.settle(Settled(post, 1, "old"))
    async with store.work(ADA) as work:
        await work.circles.want("c1", "welcome")
    assert await store.posts.settle(Settled(again, 1, "new"))
    (more,) = await store.posts.claim(now=AT, platforms={"slack"}, limit=9)
    assert more.receipt == "new" and more.doubt is None and more.shown == 1
    assert await store.posts.settle(Settled(more, 2, "new"))
    assert await store.posts.claim(now=AT, platforms={"slack"}, limit=9) == []


async def test_a_sleeping_channel_is_left_out_until_it_wakes(store):
    await begun(store)
    async with store.work(ADA) as work:
        assert await work.circles.bind("c1", OTHER) and not await work.circles.bind("c1", OTHER)
        await work.circles.want("c1", "welcome")
        assert await work.circles.sleep(ROOM, "gone") and not await work.circles.sleep(ROOM, "gone")
        assert await work.circles.bindings("c1") == [Binding(OTHER), Binding(ROOM, "gone")]
    found = await store.posts.claim(now=AT, platforms={"slack", "discord"}, limit=9)
    assert [p.channel for p in found] == [OTHER]
    async with store.work(ADA) as work:
        assert await work.circles.wake(ROOM) and not await work.circles.wake(ROOM)
    found = await store.posts.claim(now=AT, platforms={"slack", "discord"}, limit=9)
    assert [p.channel for p in found] == [ROOM]


async def test_a_code_is_good_once_for_ten_minutes_and_the_newest_alone(store):
    from bot.profile.codes import digest

    await begun(store)
    async with store.work(ADA) as work:
        old, new = await work.circles.offer("c1", now=AT), await work.circles.offer("c1", now=AT)
        assert await work.circles.offered(digest(old), now=AT) is None
        assert await work.circles.offered(digest(new), now=AT + timedelta(minutes=10)) is None
        assert await work.circles.offered(digest(new), now=AT) == "c1"
        await work.circles.use_up("c1")
        assert await work.circles.offered(digest(new), now=AT) is None


async def test_hours_are_due_once_and_stay_where_nothing_changed(store):
    await begun(store)
    times = [Times("drill", time(9)), Times("recap", time(17), 4)]
    async with store.circle("c1") as work:
        await work.circles.keep_times("c1", OWLS.settings, times, now=AT - timedelta(hours=1))
    assert await store.posts.moment() == AT
    assert await store.posts.due(now=AT, limit=9) == [("c1", "drill")]
    async with store.circle("c1") as work:
        await work.circles.keep_times("c1", OWLS.settings, times, now=AT + timedelta(seconds=1))
        found = await work.take("drill", now=AT + timedelta(days=2, hours=1))
        assert found.due == AT + timedelta(days=2)
        assert await work.take("drill", now=AT + timedelta(days=2, hours=1)) is None
        await work.circles.keep_times("c1", OWLS.settings, times[1:], now=AT)
    assert await store.posts.moment() == AT.replace(day=9, hour=16)
    assert await SqlTimetables(store.engine).retime(now=AT, after=("", ""), limit=9) == (None, 0)


async def test_an_hour_that_is_moved_leaves_out_no_day_that_was_still_to_come(store):
    await begun(store)

    async def due_after(hour: int, zone: str = "Europe/Berlin") -> datetime | None:
        async with store.work(ADA) as work:
            times = (Times("bell", time(hour)),)
            await work.circles.keep_times("c1", Settings(zone=zone), times, now=AT)
        return await store.posts.moment()

    assert await due_after(15) == AT.replace(hour=14)
    assert await due_after(8) == AT.replace(hour=7), "one hour ago, so at once"
    assert await due_after(16) == AT.replace(hour=15), "it was not kept yet"
    assert await due_after(17, "Pacific/Auckland") == AT.replace(hour=4)
    async with store.circle("c1") as work:
        found = await work.take("bell", now=AT)
        assert found and found.day == AT.date()
    assert await due_after(20, "Pacific/Auckland") == AT.replace(day=6, hour=7), "that day had its own"


async def test_a_letter_goes_to_members_alone_and_once(store):
    await begun(store)
    async with store.work(BOB) as work:
        stranger = work.circles.me
    async with store.circle("c1") as work:
        (ada,) = await work.circles.members("c1")
        for _ in range(2):
            await work.tell(ada.person_id, message("hello"), about="x", now=AT)
        await work.tell(stranger, message("hello"), about="x", now=AT)
    letters = await store.outbox.claim(now=AT, platforms={"slack"}, limit=9)
    assert [letter.to for letter in letters] == [ADA]
