"""A circle for somebody who has no plan of her own: everything can be said, and nothing is promised that cannot come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from conversations.circle_people import ROOM, Ring, Someone
from conversations.stage import SET_UP, Stage
from sqlalchemy import select
from sqlmodel import SQLModel

from bot.chat.inbound import Channel, FormSent
from bot.circle.group_choice import is_fair
from bot.circle.group_model import GroupDrill
from bot.circle.served import CIRCLE_COMMANDS
from bot.content.shipped import shipped

ELSEWHERE = Channel("slack", "T1", "C2")
SAID: Mapping[str, tuple[str, ...]] = {
    "circle create": ("", "Early birds"),
    "circle name": ("", "Eve", "Eve (admin)"),
    "circle settings": (
        "",
        "pulse",
        "pulse on",
        "pulse off",
        "board on",
        "pairing off",
        "pulse maybe",
        "moon on",
    ),
    "circle bind": ("", "CCCC-CCCC"),
    "circle admin": ("", "Ada", "Nobody"),
    "circle win": ("", "an offer", "back"),
    "circle company": ("", "a walk", "close"),
    "circle board": ("", "on", "off", "maybe"),
    "circle thanks": ("", "on", "off"),
}
"""Further words after a command."""
LINES = [f"/pacer {name} {more}".strip() for name in CIRCLE_COMMANDS for more in SAID.get(name, ("",))]


@pytest.fixture
async def ring(stranger: Stage) -> Ring:
    made = await Ring(stranger).begin()
    await made.ada.say("/pacer circle settings board on")
    return made


async def eve(ring: Ring, room: Channel | None = ROOM) -> Someone:
    """A member without a plan."""
    here = Someone(ring.on, "U9")
    await here.say("/pacer circle join")
    assert "Welcome" in await here.tap("Join")
    return here if room == ROOM else Someone(ring.on, "U9", room) if room else here.direct()


async def everything(ring: Ring) -> dict[str, list[Any]]:
    """Every row but what a turn itself leaves."""
    own = {"inbox", "talk", "person", "day"}
    async with ring.on.store.engine.connect() as connection:
        return {
            table.name: list((await connection.execute(select(table))).all())
            for table in SQLModel.metadata.sorted_tables
            if table.name not in own
        }


@pytest.mark.parametrize("line", LINES)
async def test_every_command_is_answered_in_the_channel_elsewhere_and_in_direct_messages(
    ring: Ring, line: str
):
    for who in (Someone(ring.on, "U8"), Someone(ring.on, "U7", ELSEWHERE), Someone(ring.on, "U6", None)):
        assert await who.say(line) or who.last, line
    member = await eve(ring)
    for who in (member, member.direct()):
        assert await who.say(line) or who.last, line
        for choice in [o for o in who.options() if o.label not in ("Start",)]:
            assert await who.press(choice.key) or who.last, (line, choice.label)


@pytest.mark.parametrize(
    "line", ["/pacer circle board on", "/pacer circle board", "/pacer circle settings pulse on"]
)
async def test_what_is_counted_from_a_plan_says_so_and_writes_nothing(ring: Ring, line: str):
    member = await eve(ring)
    before = await everything(ring)
    said = await member.say(line)
    assert "/pacer start" in said and "from now on" not in said and "from the next whole week" not in said
    assert await everything(ring) == before


@pytest.mark.parametrize("key", ["board:{id}:yes", "pulse:{id}"])
async def test_a_button_from_before_does_no_more_than_the_words(ring: Ring, key: str):
    member = await eve(ring)
    before = await everything(ring)
    assert "/pacer start" in await member.press(f"1:circle:{key.format(id=ring.id)}")
    assert await everything(ring) == before


async def test_off_is_always_possible(ring: Ring):
    member = await eve(ring)
    assert "not on the board" in await member.say("/pacer circle board off")
    assert "do not take part" in await member.say("/pacer circle settings pulse off")


async def test_her_answer_to_the_drill_of_the_day_is_judged_and_counts_nowhere(ring: Ring):
    member, day = await eve(ring), ring.on.now.date()
    async with ring.on.store.circle(ring.id) as work:
        drill = next(d for d in shipped().bank().drills.values() if is_fair(d))
        assert await work.circles.group.begin(ring.id, GroupDrill(day, drill.id))
    about = f"{ring.id}:{day.isoformat()}"
    form = FormSent(
        sender=member.who,
        place=member.place,
        event_id="answer",
        at=ring.on.now,
        form=f"group:answer:{about}",
        values=(
            ("answer", "I would ask what matters most, then measure before changing anything."),
            ("minutes", ""),
        ),
    )
    member.last = await ring.on.coach.handle(form)
    assert "You alone see this" in member.shown()
    assert all("Count it" not in o.label for o in member.options())
    before = await everything(ring)
    assert "/pacer start" in await member.press(f"1:group:count:{about}")
    assert await everything(ring) == before


async def test_she_begins_a_circle_on_the_clock_of_nowhere_and_is_told_where_to_say_her_city(ring: Ring):
    her = Someone(ring.on, "U9", ELSEWHERE)
    said = await her.say("/pacer circle create Early birds")
    assert "Early birds begins here" in said and "UTC" in said and "/pacer circle settings" in said
    assert "(admin)" in await her.say("/pacer circle who")
    async with ring.on.store.work(her.who) as work:
        (circle,) = await work.circles.mine()
    assert circle.settings.zone == "UTC"


async def test_whoever_has_a_plan_is_told_nothing_of_utc(ring: Ring):
    her = Someone(ring.on, "U9", ELSEWHERE)
    for line in SET_UP:
        await her.say(line)
    assert "UTC" not in await her.say("/pacer circle create Early birds")


async def test_an_admin_without_a_plan_changes_settings_question_by_question_and_reads_drills(ring: Ring):
    member = await eve(ring)
    await member.say("/pacer circle name Eve")
    await ring.ada.say("/pacer circle admin Eve")
    assert "Saved" in await member.say("/pacer circle settings pairing off")
    assert "No drill was offered" in await member.say("/pacer circle drills")
    assert "Nothing that members posted" in await member.say("/pacer circle posts")
    assert "binds a further channel" in await member.say("/pacer circle bind")
