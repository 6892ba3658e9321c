"""The log of a circle: every act of an admin is in it, back to the first one, and nobody who left is named in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conversations.circle_people import ON_DISCORD, Ring, Someone
from conversations.stage import SET_UP, Stage
from sqlalchemy import text

from bot.chat.inbound import FormSent
from storage.accounts import forget

TITLE = "Cold start of a cache"


@pytest.fixture
async def ring(stranger: Stage) -> Ring:
    """Ada is the admin; Bob has a drill of his own, Carl has none."""
    return await (await Ring(stranger).begin()).with_a_drill()


async def offers(ring: Ring) -> None:
    await ring.bob.say("/pacer bank share 1")
    await ring.bob.tap("Offer it to Night owls")
    await ring.bob.tap("With my name")
    await ring.ada.say("/pacer circle drills")
    await ring.ada.tap(f"Read {TITLE}")


async def approved(ring: Ring) -> None:
    await offers(ring)
    await ring.ada.tap("Approve")


async def left_out(ring: Ring) -> None:
    await offers(ring)
    await ring.ada.tap("Leave out")
    await ring.ada.tap("Without a word")


async def taken_out(ring: Ring) -> None:
    await approved(ring)
    await ring.ada.say("/pacer circle drills")
    await ring.ada.tap(f"Read {TITLE}")
    await ring.ada.tap("Take it out")
    await ring.ada.say("We had that one in another place.")


async def settings_form(ring: Ring) -> None:
    await ring.ada.say("/pacer circle settings")
    values = {"zone": "Berlin", "drill": "10:00", "reveal": "18:00", "days": "weekdays", "areas": "all"}
    form = FormSent(
        sender=ring.ada.who,
        place=ring.ada.place,
        event_id="the-form",
        at=ring.on.now,
        form=f"circle:settings:{ring.id}:1",
        values=tuple(values.items()),
    )
    await ring.on.coach.handle(form)


async def pairing_off(ring: Ring) -> None:
    await ring.ada.say("/pacer circle settings pairing off")


async def board_on(ring: Ring) -> None:
    await ring.ada.say("/pacer circle settings board on")


async def code_made(ring: Ring) -> None:
    await ring.ada.say("/pacer circle bind")


async def channel_bound(ring: Ring) -> None:
    code = (await ring.ada.say("/pacer circle bind")).split()[0].strip("`")
    there = Someone(ring.on, "D9", ON_DISCORD)
    await there.say(f"/pacer circle bind {code}")


async def admin_made(ring: Ring) -> None:
    await ring.ada.say("/pacer circle admin Bob")


async def post_down(ring: Ring) -> None:
    await ring.bob.say("/pacer win canary")
    await ring.bob.tap("Without my name")
    await ring.ada.say("/pacer circle posts")
    await ring.ada.tap("Take down 1")


async def post_again(ring: Ring) -> None:
    async with ring.on.store.engine.begin() as connection:
        await connection.execute(
            text("UPDATE circle_post SET doubt = '2026-01-05 06:00:00.000000' WHERE kind = 'welcome'")
        )
    assert "anew" in await ring.ada.press(f"1:circle:again:{ring.id}")


@pytest.mark.parametrize(
    ("act", "line"),
    [
        (settings_form, "Ada: set hour of the drill 10:00"),
        (pairing_off, "Ada: set pairing off"),
        (board_on, "Ada: set board on"),
        (code_made, "Ada: made a code for a channel"),
        (channel_bound, "somebody with the code: bound a channel on Discord"),
        (admin_made, "Ada: made Bob an admin"),
        (approved, f"Ada: approved the drill {TITLE}"),
        (left_out, f"Ada: left out the drill {TITLE}"),
        (taken_out, f"Ada: took out the drill {TITLE}"),
        (post_down, "Ada: took a member's post down"),
        (post_again, "Ada: had a post that was missing posted again"),
    ],
)
async def test_whatever_an_admin_does_is_a_line_that_every_member_can_read(ring: Ring, act, line: str):
    assert "began the circle" in await ring.carl.say("/pacer circle log")
    assert line not in ring.carl.shown()
    await act(ring)
    assert line in await ring.carl.say("/pacer circle log")


async def test_asking_for_a_missing_post_where_none_is_missing_is_no_act(ring: Ring):
    before = await ring.carl.say("/pacer circle log")
    assert "nothing that I am unsure" in await ring.ada.press(f"1:circle:again:{ring.id}")
    assert await ring.carl.say("/pacer circle log") == before


async def test_of_somebody_who_left_the_log_keeps_neither_her_name_nor_the_title_of_her_drill(ring: Ring):
    await approved(ring)
    await ring.ada.say("/pacer circle admin Bob")
    await ring.bob.say("/pacer circle name Robert")
    assert "made Robert an admin" in await ring.carl.say("/pacer circle log"), "the name she has now"
    await ring.bob.say("/pacer circle leave")
    log = await ring.carl.say("/pacer circle log")
    assert "Bob" not in log and "Robert" not in log and TITLE not in log
    assert "Ada: made somebody who left an admin" in log and "Ada: approved a drill" in log
    async with ring.on.store.circle(ring.id) as work:
        assert all(act.drill == "" for act in await work.circles.acts(ring.id, limit=50))


async def test_a_drill_that_its_author_takes_back_is_not_named_in_the_log_any_more(ring: Ring):
    await approved(ring)
    await ring.bob.say("/pacer bank share 1")
    await ring.bob.tap("Keep it private")
    log = await ring.carl.say("/pacer circle log")
    assert TITLE not in log and "Ada: approved a drill" in log


async def test_what_an_admin_did_about_somebody_stays_when_she_is_forgotten_and_is_in_her_archive_until_then(
    ring: Ring,
):
    await ring.ada.say("/pacer circle admin Bob")
    async with ring.on.store.work(ring.bob.who) as work:
        acts = (await work.archive.everything())["circle_acts"]
        assert [act["what"] for act in acts] == ["made somebody an admin"]
        await forget(work._session, work._sealer, work.circles.me, now=ring.on.now)
    assert "Ada: made somebody who left an admin" in await ring.carl.say("/pacer circle log")


async def test_somebody_with_the_code_who_is_no_member_is_not_said_to_have_left(ring: Ring):
    code = (await ring.ada.say("/pacer circle bind")).split()[0].strip("`")
    stranger = Someone(ring.on, "D9", ON_DISCORD)
    for line in SET_UP:
        await stranger.say(line)
    await stranger.say(f"/pacer circle bind {code}")
    log = await ring.ada.say("/pacer circle log")
    assert "somebody with the code: bound a channel on Discord" in log and "who left" not in log


async def test_the_log_goes_on_page_by_page_to_the_first_act_however_often_a_switch_was_turned(ring: Ring):
    await ring.ada.say("/pacer circle admin Bob")
    for n in range(45):
        await ring.ada.say(f"/pacer circle settings board {'off' if n % 2 else 'on'}")
    await ring.carl.say("/pacer circle log")
    pages = [ring.carl.shown()]
    while ring.carl.options():
        pages.append(await ring.carl.tap("Earlier"))
    assert "made Bob" not in pages[0] and len(pages) == 3
    whole = "\n".join(pages)
    assert whole.count("set board") == 45 and "made Bob an admin" in whole and "began the circle" in pages[-1]


@pytest.mark.parametrize("place", ["", "x", "²", "-1", "9" * 40])
async def test_a_page_that_nobody_offered_is_the_newest_one(ring: Ring, place: str):
    assert "began the circle" in await ring.carl.press(f"1:circle:log:{ring.id}:{place}")


@pytest.mark.parametrize("version", ["²", "9" * 40, "١"])
async def test_a_form_of_an_odd_version_saves_nothing(ring: Ring, version: str):
    form = FormSent(
        sender=ring.ada.who,
        place=ring.ada.place,
        event_id="odd",
        at=ring.on.now + timedelta(seconds=1),
        form=f"circle:settings:{ring.id}:{version}",
        values=(
            ("zone", "Berlin"),
            ("drill", "10:00"),
            ("reveal", "18:00"),
            ("days", "weekdays"),
            ("areas", "all"),
        ),
    )
    ring.ada.last = await ring.on.coach.handle(form)
    assert "nothing was saved" in ring.ada.shown()
    assert "10:00" not in await ring.ada.say("/pacer circle log")
