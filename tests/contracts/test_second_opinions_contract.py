"""Second opinions that wait, and the purse they are paid from, on every kind of database."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.chat.inbound import Sender
from bot.drills.consequence import Known, Stood
from bot.drills.model import Card, Skill
from bot.feedback.model import Finding, Grader, Verdict
from bot.feedback.ports import Account, Asked, Outcome, Spent, Standing
from storage.accounts import forget
from storage.opinions import SqlWaiting
from storage.purse import SqlPurse
from storage.store import SqlStore

NOW = datetime(2026, 1, 5, 18, tzinfo=UTC)
DAY = date(2026, 1, 5)
ADA, BOB = Sender("slack", "U1", "T1"), Sender("slack", "U2", "T1")
ME, GROUP, ALL = Account("person", "ada"), Account("group", "slack:T1"), Account("all")


async def ask(store: SqlStore, *sittings: str, who: Sender = ADA, at: datetime = NOW) -> None:
    async with store.work(who) as work:
        for sitting in sittings:
            await work.opinions.ask(sitting, now=at)


async def close(store: SqlStore, asked: Asked, outcome: Outcome) -> bool:
    async with store.work(asked.to) as work:
        return await work.opinions.close(asked, outcome)


async def let_leases_run_out(store: SqlStore) -> None:
    async with store.engine.begin() as connection:
        await connection.execute(text("UPDATE second_opinion SET lease_until = 0"))


async def test_what_was_asked_is_claimed_once_the_longest_waiting_first(store):
    waiting = SqlWaiting(store.engine)
    await ask(store, "late", at=NOW + timedelta(minutes=1))
    await ask(store, "early")
    await ask(store, "early")
    (first,) = await waiting.claim(limit=1)
    assert (first.sitting, first.to, first.tries) == ("early", ADA, 1)
    assert [a.sitting for a in await waiting.claim(limit=9)] == ["late"]
    assert await waiting.claim(limit=9) == []


async def test_two_programs_never_claim_the_same(store):
    await ask(store, *(f"s{n}" for n in range(20)))
    claims = await asyncio.gather(*(SqlWaiting(store.engine).claim(limit=3) for _ in range(10)))
    taken = [a.sitting for claim in claims for a in claim]
    assert len(taken) == len(set(taken)) > 3


async def test_somebody_who_died_over_it_is_followed_by_another_and_has_no_word_in_it_any_more(store):
    waiting = SqlWaiting(store.engine)
    await ask(store, "s")
    (dead,) = await waiting.claim(limit=1)
    await let_leases_run_out(store)
    (heir,) = await waiting.claim(limit=1)
    assert heir.tries == 2
    assert not await close(store, dead, Outcome(Standing.GIVEN))
    assert await close(store, heir, Outcome(Standing.GIVEN))
    assert not await close(store, heir, Outcome(Standing.GIVEN))
    await let_leases_run_out(store)
    assert await waiting.claim(limit=1) == []
    await ask(store, "s")
    assert await waiting.claim(limit=1) == []


async def test_withdrawn_nothing_is_claimed_and_nothing_can_be_given(store):
    waiting = SqlWaiting(store.engine)
    await ask(store, "begun")
    (begun,) = await waiting.claim(limit=1)
    await ask(store, "next")
    await ask(store, "hers", who=BOB)
    async with store.work(ADA) as work:
        await work.opinions.withdraw()
    assert not await close(store, begun, Outcome(Standing.GIVEN))
    assert [a.sitting for a in await waiting.claim(limit=9)] == ["hers"]


async def test_how_it_ended_is_kept_encrypted_and_is_in_her_archive(store):
    waiting = SqlWaiting(store.engine)
    await ask(store, "s")
    (asked,) = await waiting.claim(limit=1)
    finding = Finding("p", Verdict.MET, "secret words of hers", Grader.MODEL)
    await close(store, asked, Outcome(Standing.GIVEN, (finding,), score=0.5))
    async with store.engine.connect() as connection:
        rows = (await connection.execute(text("SELECT * FROM second_opinion"))).all()
    assert "secret words" not in repr(rows)
    async with store.work(ADA) as work:
        (kept,) = (await work.archive.everything())["second_opinions"]
    assert kept["findings"][0]["quote"] == "secret words of hers" and kept["state"] == "given"


async def test_forgetting_her_leaves_none_of_it(store):
    await ask(store, "s")
    (asked,) = await SqlWaiting(store.engine).claim(limit=1)
    await SqlPurse(store.engine).reserve({Account("person", asked.person): 100, ALL: 100}, 5, day=DAY)
    async with store.work(ADA) as work:
        await forget(work._session, work._sealer, asked.person, now=NOW)
    async with store.engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM second_opinion"))).scalar() == 0
        left = (await connection.execute(text("SELECT scope FROM spend"))).scalars().all()
    assert left == ["all"]


async def test_reserving_takes_from_every_account_or_from_none(store):
    purse = SqlPurse(store.engine)
    assert await purse.reserve({ME: 100, GROUP: 100, ALL: 100}, 60, day=DAY)
    assert not await purse.reserve({ME: 1000, GROUP: 1000, ALL: 100}, 60, day=DAY)
    assert [await purse.spent(a, day=DAY) for a in (ME, GROUP, ALL)] == [Spent(0, 60)] * 3
    await purse.settle((ME, GROUP, ALL), 60, 7, day=DAY)
    assert [await purse.spent(a, day=DAY) for a in (ME, GROUP, ALL)] == [Spent(7, 0)] * 3
    assert await purse.reserve({ME: 67, GROUP: 67, ALL: 67}, 60, day=DAY)


@pytest.mark.parametrize("tight", ["person", "group", "all"])
async def test_each_cap_holds_by_itself_to_the_last_millionth(store, tight):
    purse = SqlPurse(store.engine)
    caps = {a: 50 if a.scope == tight else 10_000 for a in (ME, GROUP, ALL)}
    assert not await purse.reserve(caps, 51, day=DAY)
    assert await purse.reserve(caps, 50, day=DAY)
    assert not await purse.reserve(caps, 1, day=DAY)


async def test_a_cap_of_nothing_lets_nothing_through(store):
    assert not await SqlPurse(store.engine).reserve({ME: 0, GROUP: 9, ALL: 9}, 1, day=DAY)


async def test_what_was_never_settled_stays_reserved_until_the_day_is_over(store):
    purse = SqlPurse(store.engine)
    assert await purse.reserve({ALL: 100}, 80, day=DAY)
    assert not await purse.reserve({ALL: 100}, 80, day=DAY)
    assert await purse.reserve({ALL: 100}, 80, day=DAY + timedelta(days=1))
    assert await purse.purge(before=DAY + timedelta(days=1)) == 1
    assert await purse.spent(ALL, day=DAY) == Spent()


async def test_fifty_who_ask_at_once_never_go_beyond_any_cap(store):
    """Ten people of two groups, random amounts, random settlements: looked at after every step."""
    chance = random.Random(5)
    purse = SqlPurse(store.engine)
    caps = {"person": 300, "group": 900, "all": 1400}
    over: list[tuple[Account, Spent]] = []
    done = {True: 0, False: 0}

    async def one(number: int, amount: int, cost: int) -> None:
        accounts = (Account("person", f"p{number % 10}"), Account("group", f"g{number % 2}"), ALL)
        taken = await purse.reserve({a: caps[a.scope] for a in accounts}, amount, day=DAY)
        done[taken] += 1
        for account in accounts:
            stands = await purse.spent(account, day=DAY)
            if stands.settled + stands.reserved > caps[account.scope]:
                over.append((account, stands))
        if taken and number % 5:
            await purse.settle(accounts, amount, cost, day=DAY)

    steps = [(n, amount := chance.randint(20, 120), chance.randint(0, amount)) for n in range(50)]
    await asyncio.gather(*(one(*step) for step in steps))
    assert over == []
    assert done[True] > 5 and done[False] > 5
    whole = await purse.spent(ALL, day=DAY)
    parts = [await purse.spent(Account("person", f"p{n}"), day=DAY) for n in range(10)]
    assert whole == Spent(sum(p.settled for p in parts), sum(p.reserved for p in parts))


async def test_how_memory_and_skill_stood_comes_back_to_the_last_digit_while_it_waits_and_only_to_her(store):
    card = Card("d", 1 / 3, 7.1, date(2026, 1, 9), DAY, reps=3, lapses=1)
    before, after = (
        Known(None, Skill("coding", 0.1 + 0.2, 3), -1.7),
        Known(card, Skill("coding", 1e-17, 4), 2 / 7),
    )
    stood = Stood(before, after, 0.85, DAY)
    async with store.work(ADA) as work:
        await work.opinions.ask("s", stood, now=NOW)
        await work.practice.save_card(card)
        await work.practice.save_skill(after.skill)
    async with store.work(BOB) as work:
        assert await work.opinions.stood("s") is None
    (asked,) = await SqlWaiting(store.engine).claim(limit=1)
    async with store.work(ADA) as work:
        assert await work.opinions.stood("s") == stood
        assert (await work.practice.cards())["d"] == card
        assert (await work.practice.skills())["coding"] == after.skill
    await close(store, asked, Outcome(Standing.GIVEN))
    async with store.work(ADA) as work:
        assert await work.opinions.stood("s") is None
