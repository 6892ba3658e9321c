"""The archive on every database: no table that knows of people is left out, and nobody else's rows are in it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlmodel import SQLModel

from bot.chat.inbound import CommandGiven, Place, Sender
from bot.chat.message import Audience, File, Message
from bot.drills.model import Card, Sitting, Skill
from bot.pace.model import Kind
from bot.pace.ports import DayEntry
from bot.plan.model import Company
from bot.profile.codes import digest
from bot.turn import Answer
from storage import rows
from storage.archive import BY_ACCOUNT, BY_PERSON, NAMES

ADA, BOB = Sender("slack", "U1", "T1"), Sender("slack", "U2", "T1")
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
DAY = date(2026, 1, 5)
ABOUT_NOBODY = {
    "bucket", "circle", "circle_channel", "circle_code", "circle_drill", "circle_post", "circle_recap", "pair_meeting", "pair_week", "circle_pulse", "difficulty", "slack_oauth_state", "told_in_circle",
}  # fmt: skip
"""Tables with no person's rows: how fast we send, what a circle has in common, how hard drills proved, an
installation begun in a browser."""


def test_every_table_that_knows_of_people_is_read():
    named = {str(row.__tablename__) for row in BY_ACCOUNT}
    for table in SQLModel.metadata.sorted_tables:
        columns = set(table.c.keys())
        pointing = {c.name for c in table.c if any(k.column.table.name == "person" for k in c.foreign_keys)}
        assert pointing <= set(BY_PERSON), f"{table.name}: say in storage/archive.py how its rows are found"
        if columns & set(BY_PERSON):
            continue
        assert ("account" in columns) == (table.name in named), table.name
        assert table.name in named | ABOUT_NOBODY, f"{table.name} is read by nobody: whose rows are they?"


def test_every_section_has_a_name_that_people_read():
    known = {str(t.name) for t in SQLModel.metadata.sorted_tables} - ABOUT_NOBODY
    assert set(NAMES) == known
    assert rows.DayRow.__tablename__ in NAMES


async def test_her_rows_are_there_decrypted_and_nobody_elses(store):
    for who, name in ((ADA, "Acme"), (BOB, "Initech")):
        async with store.work(who) as work:
            await work.diary.save_day(DayEntry(DAY, contact=True, swapped=(name,)))
            await work.agenda.save_company(Company(name, 2))
            await work.practice.save_sitting(
                Sitting(f"s-{name}", "d", "coding", "t", Kind.DRILL, DAY, AT, answer=f"about {name}")
            )
            await work.practice.save_card(Card(f"d-{name}", 3.5, 5.0, DAY, DAY))
            await work.practice.save_skill(Skill("coding", 0.5, 4))
    said = {"place": Place("D1"), "at": AT, "text": "export"}
    await store.receive(CommandGiven(sender=BOB, event_id="b", **said))
    await store.receive(CommandGiven(sender=ADA, event_id="a", **said))
    async with store.work(ADA) as work:
        kept = await work.archive.everything()
    assert kept["person"]["account"] == "U1"
    assert [d["swapped"] for d in kept["days"]] == [["Acme"]]
    assert [(s["answer"], s["started"]) for s in kept["sittings"]] == [("about Acme", AT.isoformat())]
    assert [(c["drill_id"], c["due"]) for c in kept["cards"]] == [("d-Acme", "2026-01-05")]
    assert [(s["area"], s["count"]) for s in kept["skills"]] == [("coding", 4)]
    assert [r["event_id"] for r in kept["received"]] == ["a"]
    assert kept["received"][0]["payload"][1]["text"] == "export"
    assert "Initech" not in repr(kept) and "U2" not in repr(kept)


async def test_a_file_that_waits_to_be_delivered_is_named_and_not_held_once_more(store):
    await store.receive(CommandGiven(sender=ADA, event_id="a", place=Place("D1"), at=AT, text="export"))
    letter = Message((File("pacer-export.json", "long words", "Here."),), Audience.DIRECT)
    async with store.work(ADA) as work:
        await work.finish("a", Answer(ADA, Place("D1"), "a", (letter,)))
    async with store.work(ADA) as work:
        kept = await work.archive.everything()
    assert "long words" not in repr(kept) and "pacer-export.json" in repr(kept["received"])
    (waiting,) = await store.undelivered("slack")
    assert waiting.messages == (letter,)


async def test_what_a_joined_account_said_belongs_to_her_too(store):
    async with store.work(ADA) as work:
        code = await work.accounts.offer(now=AT)
    phone = Sender("discord", "7")
    async with store.work(phone) as work:
        offer = await work.accounts.offered(digest(code), now=AT)
        assert offer is not None and await work.accounts.join(offer, now=AT)
    await store.receive(CommandGiven(sender=phone, event_id="d", place=Place("7"), at=AT, text="why"))
    async with store.work(ADA) as work:
        kept = await work.archive.everything()
    assert [a["platform"] for a in kept["accounts"]] == ["discord"]
    assert [r["event_id"] for r in kept["received"]] == ["d"]
