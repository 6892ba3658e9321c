"""Afterwards: whether they met, as each of them says it, what comes of it, and what can be rated."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from conversations.meeting import OWLS, Circle, Somebody
from conversations.stage import Stage

from bot.chat.effects import OpenForm
from bot.pairing.outcomes import outcome_of
from bot.pairing.reliability import Outcome

AFTERWARDS = "2026-01-13T20:00+01:00"


@pytest.fixture
async def owls(stranger: Stage) -> Circle:
    stranger.now += timedelta(days=1)
    return Circle(stranger)


async def is_owed(one: Somebody) -> bool:
    async with one.among.on.store.work(one.who) as work:
        return any(a.owed for a in await work.pairs.all_asked(OWLS.id) if a.person == work.circles.me)


async def mocks(one: Somebody) -> int:
    """How many mock interviews count as her practice."""
    async with one.among.on.store.work(one.who) as work:
        return len([s for s in await work.practice.sittings(date(2026, 1, 1)) if s.kind == "short_mock"])


async def outcomes(owls: Circle, *people: Somebody) -> list[Outcome | None]:
    """What counts of the only meeting, in the order of these."""
    (meeting,) = await owls.meetings()
    found = []
    for one in people:
        async with owls.on.store.work(one.who) as work:
            seat = meeting.seat_of(work.circles.me)
        assert seat
        found.append(outcome_of(meeting, seat))
    return found


async def says(one: Somebody, answer: str) -> str:
    """Whether they met, with the button of any letter, however old."""
    meeting = next(m for m in await one.among.meetings() if m.begins)
    return await one.press(f"1:pair:met:{meeting.id}:{answer}")


async def test_a_yes_stays_whatever_old_buttons_say_afterwards(owls: Circle):
    ada, bob = await owls.agreed("Ada", "Bob")
    await owls.until(AFTERWARDS)
    await says(ada, "yes")
    for answer in ("no", "waited", "mine", "off", "later"):
        said = await says(ada, answer)
        assert "it stays that way" in said and not [e for e in ada.last if "I waited" in str(e)]
    assert await mocks(ada) == 1 and not await is_owed(ada)
    assert await outcomes(owls, ada, bob) == [Outcome.MET, Outcome.MET]


async def test_a_no_may_become_a_yes_and_takes_back_what_came_of_it(owls: Circle):
    ada, bob = await owls.agreed("Ada", "Bob")
    await owls.until(AFTERWARDS)
    await says(ada, "waited")
    assert await is_owed(ada) and await outcomes(owls, ada, bob) == [Outcome.WAITED, Outcome.NO_SHOW]
    assert "That counts" in await says(ada, "yes")
    assert not await is_owed(ada) and await outcomes(owls, ada, bob) == [Outcome.MET, Outcome.MET]
    assert await mocks(ada) == 1 and await mocks(bob) == 0


@pytest.mark.parametrize("later", [0, 1])
@pytest.mark.parametrize(
    ("hers", "his", "counts", "owed"),
    [
        ("yes", "no", [Outcome.MET, None], [False, False]),
        ("yes", "mine", [Outcome.MET, Outcome.NO_SHOW], [False, False]),
        ("yes", "waited", [Outcome.MET, Outcome.WAITED], [False, True]),
        ("waited", "waited", [Outcome.WAITED, Outcome.WAITED], [True, True]),
        ("waited", "off", [Outcome.WAITED, Outcome.DECLINED], [True, False]),
        ("waited", "no", [Outcome.WAITED, None], [True, False]),
        ("waited", "mine", [Outcome.WAITED, Outcome.NO_SHOW], [True, False]),
        ("off", "off", [Outcome.DECLINED, Outcome.DECLINED], [False, False]),
        ("mine", "mine", [Outcome.NO_SHOW, Outcome.NO_SHOW], [False, False]),
    ],
)
async def test_each_is_believed_about_herself_and_nobody_is_accused(
    owls: Circle, hers: str, his: str, counts: list[Outcome | None], owed: list[bool], later: int
):
    ada, bob = await owls.agreed("Ada", "Bob")
    await owls.until(AFTERWARDS)
    said = [(ada, hers), (bob, his)]
    for one, answer in (said[1 - later], said[later]):
        assert "it stays" not in await says(one, answer)
    assert await outcomes(owls, ada, bob) == counts
    assert [await is_owed(ada), await is_owed(bob)] == owed
    assert [await mocks(ada), await mocks(bob)] == [int(hers == "yes"), int(his == "yes")]


async def test_no_without_a_reason_is_an_answer_and_is_not_asked_for_again(owls: Circle):
    ada, _bob = await owls.agreed("Ada", "Bob")
    await owls.until(AFTERWARDS)
    await says(ada, "later")
    assert "No harm done" in await says(ada, "no")
    ada.news()
    await owls.until("2026-01-15T12:00+01:00")
    assert "Did you meet" not in ada.news()


async def test_a_made_up_answer_changes_nothing(owls: Circle):
    ada, bob = await owls.agreed("Ada", "Bob")
    await owls.until(AFTERWARDS)
    assert "That meeting is over" in await says(ada, "never")
    assert await outcomes(owls, ada, bob) == [None, None]


@pytest.mark.parametrize("why", ["declined", "ahead", "not met", "unsaid"])
async def test_what_did_not_take_place_cannot_be_rated_with_an_old_or_made_up_button(owls: Circle, why: str):
    ada, bob = await owls.agreed("Ada", "Bob")
    (meeting,) = await owls.meetings()
    if why == "declined":
        await bob.press(f"1:pair:decline:{meeting.id}")
    if why in ("not met", "unsaid"):
        await owls.until(AFTERWARDS)
    if why == "not met":
        await says(ada, "off")
    said = await ada.press(f"1:pair:rate:{meeting.id}:0:candidate")
    assert "took place" in said and not [e for e in ada.last if isinstance(e, OpenForm)]
    assert await mocks(ada) == 0


async def test_a_form_that_stayed_open_while_it_was_called_off_rates_nothing(owls: Circle):
    ada, bob = await owls.agreed("Ada", "Bob")
    await owls.until(AFTERWARDS)
    await says(ada, "yes")
    await ada.tap("How Bob came across")
    (opened,) = (e for e in ada.last if isinstance(e, OpenForm))
    bob.last = (opened,)
    assert "took place" in await bob.fill(**{f.id: "well" for f in opened.form.fields})
    assert await mocks(bob) == 0
