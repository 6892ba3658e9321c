"""Glossaries and own banks on every database: kept encrypted, in order, each person's apart from everybody else's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text

from bot.chat.inbound import Sender
from bot.content.shipped import shipped
from bot.drills.memory import FACT_RETENTION, review
from bot.drills.model import Card, Rating
from bot.glossary.model import Held, Term
from bot.own_bank.bring import brought
from bot.own_bank.model import Entry

ADA, BOB = Sender("slack", "U1", "T1"), Sender("slack", "U2", "T1")
DAY = date(2026, 1, 5)
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)


def terms(*words: str) -> list[Term]:
    """Terms in this order, added today."""
    return [Term(f"x-{word}", word, f"{word} means that", DAY) for word in words]


async def test_a_glossary_stays_in_order_and_remembers(store):
    async with store.work(ADA) as work:
        await work.glossary.add(terms("quorum", "lease"))
    async with store.work(ADA) as work:
        await work.glossary.add(terms("fence"))
        card = review(None, "x-lease", Rating.GOOD, DAY, FACT_RETENTION)
        await work.glossary.remember(card)
    async with store.work(ADA) as work:
        assert [t.term for t in await work.glossary.terms()] == ["quorum", "lease", "fence"]
        assert await work.glossary.held() == [
            Held("x-quorum", 1),
            Held("x-lease", 2, card),
            Held("x-fence", 3),
        ]
        assert await work.glossary.term("x-fence") == terms("fence")[0]
        await work.glossary.remove("x-fence")
        assert await work.glossary.term("x-fence") is None


async def test_nobody_elses_glossary_is_read_or_changed(store):
    async with store.work(ADA) as work:
        await work.glossary.add(terms("quorum"))
    async with store.work(BOB) as work:
        assert await work.glossary.terms() == [] and await work.glossary.held() == []
        assert await work.glossary.term("x-quorum") is None
        await work.glossary.remember(Card("x-quorum", 9.0, 5.0, DAY, DAY))
        await work.glossary.remove("x-quorum")
        await work.glossary.add(terms("quorum"))
    async with store.work(ADA) as work:
        assert await work.glossary.held() == [Held("x-quorum", 1)]


async def test_every_shipped_drill_comes_back_from_an_own_bank_as_it_was(store):
    drills = list(shipped().bank().drills.values())
    made = brought(drills, "abc")
    async with store.work(ADA) as work:
        await work.own_bank.add(made, DAY)
    async with store.work(ADA) as work:
        listed = await work.own_bank.listed()
        assert [d.id for d in listed] == [b.drill.id for b in made]
        for each in made[:: max(1, len(made) // 100)]:
            assert await work.own_bank.drill(each.drill.id) == each.drill


async def test_a_drill_that_leaves_takes_its_card_along(store):
    drill = next(iter(shipped().bank().drills.values()))
    (made,) = brought([drill], "abc")
    async with store.work(ADA) as work:
        await work.own_bank.add([made], DAY)
        await work.own_bank.share(made.drill.id, True)
        await work.practice.save_card(Card(made.drill.id, 3.0, 5.0, DAY + timedelta(days=3), DAY))
        await work.practice.save_card(Card(drill.id, 3.0, 5.0, DAY, DAY))
    async with store.work(ADA) as work:
        (entry,) = await work.own_bank.entries()
        assert isinstance(entry, Entry) and (entry.name, entry.shared, entry.added) == (drill.id, True, DAY)
        await work.own_bank.remove(made.drill.id)
    async with store.work(ADA) as work:
        assert await work.own_bank.entries() == []
        assert set(await work.practice.cards()) == {drill.id}


async def test_words_of_hers_are_unreadable_in_the_tables(store):
    drill = next(iter(shipped().bank().drills.values()))
    async with store.work(ADA) as work:
        await work.glossary.add(terms("quorum"))
        await work.own_bank.add(brought([drill], "abc"), DAY)
    async with store.engine.connect() as connection:
        for table in ("glossary", "own_drill"):
            rows = (await connection.execute(text(f"SELECT * FROM {table}"))).all()
            shown = repr([tuple(row) for row in rows]).replace("x-quorum", "")
            assert rows and "quorum" not in shown and drill.id not in shown and drill.title not in shown
