"""Which posts of a circle change when somebody is called otherwise, leaves, or arranges something: those that show it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from conversations.circle_people import ROOM, Ring, Someone
from conversations.stage import Stage

from adapters.console.render import plain
from bot.circle.group_model import GROUP, GroupAnswer, GroupDrill, Share
from bot.circle.news_model import RECAP, WIN, Notice, Week
from bot.content.shipped import shipped
from bot.feedback.model import Finding, Verdict

FIRST = date(2025, 1, 6)


@pytest.fixture
async def ring(stranger: Stage) -> Ring:
    """A circle of four weeks."""
    return await lived(stranger, 4)


async def lived(stranger: Stage, weeks: int) -> Ring:
    """A circle with a drill on each weekday, of which Ada and Bob shared one a week, and Bob's good news of each week."""
    days = [FIRST + timedelta(days=7 * week + day) for week in range(weeks) for day in range(5)]
    made = await Ring(stranger).begin()
    made.people = await made.with_people("Bob", "Carl")
    bank = shipped().bank()
    drills = [d for d in bank.listed if bank.drills[d.id].rubric][: len(days)]
    async with made.on.store.circle(made.id) as work:
        ids = {m.name: m.person_id for m in await work.circles.members(made.id)}
        for day, drill in zip(days, drills, strict=True):
            await work.circles.group.begin(made.id, GroupDrill(day, drill.id, revealed=True))
            await work.circles.want(made.id, GROUP, day.isoformat())
        for monday in days[::5]:
            await work.circles.recaps.keep(made.id, monday, Week(meetings=1, met=6), {ids["Bob"]: True})
            await work.circles.want(made.id, RECAP, monday.isoformat())
    for who in (made.ada, made.people[0]):
        async with made.on.store.work(who.who) as work:
            for n, (day, drill) in enumerate(zip(days, drills, strict=True)):
                met = (Finding(bank.drills[drill.id].rubric[0].id, Verdict.MET, "said"),)
                share = Share.NAMED if n % 5 == 0 else Share.KEPT
                await work.circles.group.keep(made.id, day, GroupAnswer("mine", met, share=share))
    async with made.on.store.work(made.people[0].who) as work:
        for n, day in enumerate(days[::5]):
            at = made.on.now - timedelta(days=400 - 2 * n)
            made_then = Notice(made.id, f"w{n}", WIN, work.circles.me, f"good {day}", True, at)
            await work.circles.notices.add(made_then)
            await work.circles.want(made.id, WIN, f"w{n}")
    await made.look()
    return made


def standing(ring: Ring) -> list[str]:
    return ["\n".join(plain(message)) for message in ring.wall.stands[ROOM].values()]


async def test_after_a_year_a_new_drill_stands_at_once_however_many_posts_a_rename_changes(stranger: Stage):
    ring = await lived(stranger, 52)
    changed = ring.wall.changed
    await ring.people[0].say("/pacer circle name Robert")
    await ring.board.work()
    await ring.live(timedelta(hours=3))
    sent = ring.wall.sent
    while ring.wall.sent == sent:
        assert await ring.board.work() <= 1, "the others would take places of a channel before it"
        await ring.board.stop(1)
    assert ring.wall.changed - changed <= 1, "what was under way already"
    assert "Reveal at" in standing(ring)[-1]
    await ring.look()
    edits = ring.wall.changed - changed
    assert edits == 3 * 52, "his name stands under a drill, a recap and good news of each week"
    assert not any("Bob" in text for text in standing(ring)) and "Robert" in "".join(standing(ring))


async def test_edits_begin_with_the_newest(ring: Ring):
    await ring.people[0].say("/pacer circle name Robert")
    for _ in range(6):
        await ring.board.work()
        await ring.board.stop(1)
    named = [text for text in standing(ring) if "Robert" in text]
    assert named == [text for text in standing(ring) if "Robert" in text or "Bob" in text][-6:]


async def test_who_leaves_goes_from_every_post_and_posts_that_show_nothing_of_her_are_left_alone(ring: Ring):
    changed = ring.wall.changed
    await ring.people[0].say("/pacer circle leave")
    await ring.look()
    assert not any("Bob" in text or "good 2025" in text for text in standing(ring))
    assert ring.wall.changed - changed == 3 * 4 + 1, "and the number of people"
    changed = ring.wall.changed
    await ring.people[1].say("/pacer circle leave")
    await ring.look()
    assert ring.wall.changed - changed == 1


async def test_a_setting_changes_no_post_that_does_not_tell_it(ring: Ring):
    changed = ring.wall.changed
    await ring.ada.say("/pacer circle settings pairing off")
    await ring.look()
    assert ring.wall.changed == changed


async def test_what_waits_for_a_later_try_is_tried_at_once_when_somebody_leaves(ring: Ring):
    (post,) = [p for p in await claimed(ring, ring.people[0]) if p]
    async with ring.on.store.engine.begin() as connection:
        await connection.exec_driver_sql(
            "UPDATE circle_post SET lease_until = NULL, not_before = '2030-01-01'"
        )
    await ring.people[0].say("/pacer circle leave")
    await ring.look()
    assert post and not any("Bob" in text for text in standing(ring))


async def claimed(ring: Ring, who: Someone) -> list[str]:
    """A post of hers under way."""
    await who.say("/pacer circle name Bobby")
    found = await ring.on.store.posts.claim(now=ring.on.now, platforms={"slack"}, limit=9)
    return [post.about for post in found]
