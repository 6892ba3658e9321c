"""What stays of a meeting on every database: seats of an older program, and letters about what is over."""

from __future__ import annotations

from datetime import timedelta

from contracts.test_pairs_contract import ADA, AT, BOB, meeting, two
from sqlalchemy import update
from sqlmodel import col, select

from bot.chat.message import message
from bot.delivery.model import State
from bot.pairing.arranged import Met
from storage.pairing_rows import PairSeatRow
from storage.rows import OutboxRow


async def test_what_an_older_program_kept_of_a_seat_is_still_read(store):
    ada, bob = await two(store)
    before = {ada: {"met": "no", "outcome": "declined"}, bob: {"met": "", "outcome": "no_show"}}
    async with store.work(ADA) as work:
        await work.pairs.keep_meeting(meeting(ada, bob))
        for person, old in before.items():
            sealed = work._sealer.seal({"reply": None, "picks": [], "rated": {}, **old})
            hers = col(PairSeatRow.person_id) == person
            await work._session.exec(update(PairSeatRow).where(hers).values(sealed=sealed))
    async with store.circle("c1") as work:
        found = await work.pairs.meeting("m1")
    assert found and [s.met for s in found.seats] == [Met.NO, Met.UNSAID]


async def test_what_waits_about_a_meeting_is_taken_back_from_those_it_is_about_and_nothing_else(store):
    ada, bob = await two(store)
    end = AT + timedelta(hours=9)
    async with store.work(ADA) as work:
        for person in (ada, bob):
            for about in ("pair.m1", "pairkit.m1.2", "pair.m2"):
                await work.circles.tell("c1", person, message("Hm."), about=about, now=AT)
            await work.pairs.remind("c1", person, "meeting", about="m1", at=AT, now=AT, expires=end)
        his = (col(OutboxRow.subject) == bob) & col(OutboxRow.dedup_key).contains("pairkit")
        await work._session.exec(update(OutboxRow).where(his).values(state=State.DOUBT.value))
        await work.pairs.take_back("m1", [bob], now=AT)
        gone = (col(OutboxRow.subject) == bob) & (col(OutboxRow.state) == State.CANCELLED.value)
        over = (await work._session.exec(select(OutboxRow).where(gone))).all()
        assert len(over) == 3 and not any(letter.sealed for letter in over)
    left = await store.outbox.claim(now=AT + timedelta(hours=1), platforms={"slack"}, limit=20)
    to_bob = [each.key for each in left if each.to == BOB]
    assert len(to_bob) == 1 and "pair.m2" in to_bob[0]
    assert len([each for each in left if each.to == ADA]) == 4
