"""The pulse: each opts in for herself, a week is drawn once, and the drill is as long as the week allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from conversations.group_stage import DRILL, Group, Person, content, group

from bot.circle.pulse import Band, Pulse

__all__ = ["group"]
MONDAY = date(2026, 1, 5)
WORDS = {Band.LOW: "low", Band.MIDDLING: "middling", Band.HIGH: "high"}


async def opted(group: Group, *batteries: float) -> list[Person]:
    """People who take part from Monday the 12th on, and what they told in that week."""
    await group.until("2026-01-05T12:00+01:00")
    found = []
    for n, battery in enumerate(batteries):
        one = await Person(group, f"U{10 + n}").joins()
        await one.say("/pacer circle settings pulse on")
        await one.tap("Take part")
        await one.checked_in(date(2026, 1, 12), *([battery] * 4))
        found.append(one)
    return found


async def kept(group: Group, monday: date) -> Pulse | None:
    async with group.on.store.circle(group.circle_id) as work:
        return await work.circles.pulses.kept(group.circle_id, monday)


async def test_taking_part_is_explained_first_begins_with_a_tap_and_ends_at_once(group: Group):
    ada = group.people["ada"]
    assert "do not take part" in await ada.say("/pacer circle settings pulse")
    told = await ada.say("/pacer circle settings pulse on")
    assert "nobody's own week can be worked out" in told
    async with group.on.store.work(ada.who) as work:
        assert await work.circles.pulses.since(group.circle_id) is None
    assert "from the next whole week on" in await ada.tap("Take part")
    async with group.on.store.work(ada.who) as work:
        assert await work.circles.pulses.since(group.circle_id) == MONDAY
    assert "You take part" in await ada.say("/pacer circle settings pulse on")
    await ada.say("/pacer circle settings pulse off")
    async with group.on.store.work(ada.who) as work:
        assert await work.circles.pulses.since(group.circle_id) is None
    assert "Changed" not in ada.shown() and "pulse" not in await ada.say("/pacer circle log")


async def test_members_who_are_no_admins_decide_for_themselves(group: Group):
    bob = await Person(group, "U2").joins()
    assert "one word a week" in await bob.say("/pacer circle settings pulse on")
    assert "take part" in await bob.tap("Take part")


async def test_from_five_people_on_the_week_is_drawn_once_and_shown_as_one_word(group: Group):
    people = await opted(group, 20, 20, 50, 80, 80)
    await group.until("2026-01-19T09:01+01:00")
    pulse = await kept(group, date(2026, 1, 12))
    assert pulse and pulse.band in WORDS
    shown = [text for text in group.posts()[0] if "pulse" in text]
    assert len(shown) == 1 and WORDS[pulse.band] in shown[0]
    assert not any(name in shown[0] for name in ("20", "50", "80")), "nothing of anybody's"
    await people[0].checked_in(date(2026, 1, 12), 100, 100, 100, 100)
    await people[1].say("/pacer circle leave")
    for _ in range(20):
        async with group.on.store.circle(group.circle_id) as work:
            drawn = await work.circles.pulses.weigh(
                group.circle_id, date(2026, 1, 12), today=date(2026, 1, 21)
            )
            assert drawn == pulse
    await group.settle()
    assert [text for text in group.posts()[0] if "pulse" in text] == shown


@pytest.mark.parametrize("missing", ["fourth", "late", "left"])
async def test_below_five_whole_weeks_nothing_is_posted(group: Group, missing: str):
    people = await opted(group, *([20] * (4 if missing == "fourth" else 5)))
    if missing == "late":
        await group.until("2026-01-13T12:00+01:00")
        await people[0].say("/pacer circle settings pulse off")
        await people[0].say("/pacer circle settings pulse on")
        await people[0].tap("Take part")
    if missing == "left":
        await people[0].say("/pacer circle leave")
    await group.until("2026-01-19T09:01+01:00")
    pulse = await kept(group, date(2026, 1, 12))
    assert pulse and pulse.band is None
    assert not any("pulse" in text for shown in group.posts() for text in shown)


async def test_the_drill_is_no_longer_than_the_weeks_band_allows(group: Group, monkeypatch):
    lengths = (5, 10, 15, 25, 45)
    group.having(
        content(
            *(replace(DRILL, id=f"m-{n}-{m}", title=f"M{m}", minutes=m) for m in lengths for n in range(9))
        )
    )
    for week, (band, most) in enumerate(((Band.LOW, 10), (Band.MIDDLING, 15), (Band.HIGH, 25), (None, 15))):
        monday = date(2026, 1, 12 + 7 * week) if week < 3 else date(2026, 2, 2)
        monkeypatch.setattr("storage.group_drills.weigh", lambda m, *_, band=band, **__: Pulse(m, band))
        await group.until(f"{monday}T12:00+01:00")
        shown = next(text for text in reversed(group.posts()[0]) if "Reveal at" in text)
        minutes = int(shown.split(" minutes")[0].rpartition(" ")[2])
        assert minutes <= most
