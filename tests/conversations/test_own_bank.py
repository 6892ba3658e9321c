"""An own bank: drills from a form and from files, for the person who brought them and nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conversations.stage import SET_UP, Stage, set_up, stage

from adapters.console.inbound import read_line
from adapters.console.render import plain
from bot.chat.effects import OpenForm
from bot.chat.inbound import FormSent, Sender
from bot.content.bank import Bank
from bot.content.shipped import shipped

BOB = Sender("console", "bob")
ROWS = """title,area,task,points,answer
Leader lease,system_design,"How does a leader know that it still leads,
after a long pause?","(3!) Asks the lease before each write | checks the lease again before writing
(2) Uses a fencing token that only grows","It checks the lease again before writing. Every write carries
a fencing token that only grows, so the store refuses an old leader."
Bloom filter,coding,"When is a Bloom filter worth it?","Avoids lookups for absent keys; Accepts false positives","It
avoids lookups for absent keys and accepts false positives."
"""
FILE = """
- id: cold-start
  title: Cold start of a cache
  area: system_design
  topic: caching
  kind: drill
  minutes: 10
  difficulty: 3
  task: The cache is empty after a deployment. What happens, and what do you do?
  rubric:
    - id: herd
      point: Names the thundering herd on the database
      weight: 2
  answer: A thundering herd falls on the database. Warm it before traffic comes.
"""


async def bob(on: Stage, *lines: str) -> str:
    """What somebody else is answered to her last line, on the same database."""
    shown = ""
    for line in lines:
        effects = await on.coach.handle(read_line(line, sender=BOB, place=on.place, at=on.now))
        shown = "\n".join("\n".join(plain(e.message)) for e in effects if not isinstance(e, OpenForm))
    return shown


async def test_a_form_makes_a_drill_that_is_played_like_any_other(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        assert "What is it called?" in await on.say("/pacer bank add")
        await on.say("Leader lease")
        assert "I did not get that area" in await on.say("cooking")
        await on.say("system design")
        await on.say("How does a leader know that it still leads?")
        await on.say("Checks the lease before each write; Uses a fencing token")
        assert "Leader lease is in your bank" in await on.say(
            "It checks the lease before each write and uses a fencing token."
        )
        assert "How does a leader know" in await on.say("/pacer drill own")
        await on.say("It checks the lease before each write.")
        verdict = await on.say("done")
        assert "Missing: uses a fencing token" in verdict and "A model answer" in verdict


async def test_a_form_that_a_platform_sends_whole_keeps_what_was_typed(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        on.place = replace(on.place, forms=True)
        await on.say("/pacer bank add")
        (opened,) = on.last
        assert isinstance(opened, OpenForm)
        assert [f.id for f in opened.form.fields if f.long] == ["task", "points", "answer"]
        typed = {
            "title": "Lease",
            "area": "coding",
            "task": "Say it to @everyone",
            "points": "One\nTwo",
            "answer": "One two.",
        }
        sent = FormSent(
            sender=Sender("console", "me"), place=on.place, event_id="f", at=on.now, form="bank",
            values=tuple(typed.items()),
        )  # fmt: skip
        on.last = await on.coach.handle(sent)
        assert "@everyone would notify people" in on.shown()
        assert dict(on.last[-1].known) == typed


async def test_a_csv_file_is_taken_whole_and_advice_is_no_refusal(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        assert "YAML or CSV" in await on.say("/pacer bank import")
        said = await on.say(ROWS)
        assert "2 drills are in your bank, 2 in all, for you alone" in said
        shown = await on.say("/pacer bank list")
        assert "1. Leader lease · system design · 15 min" in shown and "bloom-filter" in shown
        assert "out of your bank" in await on.say("/pacer bank remove bloom-filter")
        assert "did not find" in await on.say("/pacer bank remove bloom-filter")


async def test_a_yaml_file_whose_answer_earns_nothing_is_taken_with_advice(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        await on.say("/pacer bank import")
        said = await on.say(FILE.replace("A thundering herd falls on the database. ", ""))
        assert "Cold start of a cache is in your bank" in said
        assert "They work as they are" in said and "I do not find it in the model answer" in said
        assert "Cold start" in await on.say("/pacer drill own")


async def test_a_faulty_file_imports_nothing_and_names_its_lines(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        await on.say("/pacer bank import")
        broken = FILE + FILE.replace("cold-start", "Cold Start").replace("weight: 2", "weight: 9").lstrip(
            "\n"
        )
        said = await on.say(broken)
        assert "Nothing was imported" in said
        assert "line 15: id: Cold Start is not small letters" in said and "line 26: weight: 9" in said
        assert "empty" in await on.say("/pacer bank list")
        await on.say("/pacer bank import")
        assert "line 15: id: cold-start is already in line 2" in await on.say(FILE + FILE.lstrip("\n"))
        assert "is in your bank" in await on.say(FILE)
        await on.say("/pacer bank import")
        assert "line 2: id: cold-start is already in your bank" in await on.say(FILE)
        assert "nested too deeply" in await on.say("[" * 100_000)
        assert "no known area" in await on.say(ROWS.replace("coding", "cooking"))
        assert "Left as it was" in await on.say("cancel")


async def test_a_text_of_120_kilobytes_is_refused_in_a_sentence(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        await on.say("/pacer bank import")
        assert "110,000 characters is the most" in await on.say("x" * 120_000)


async def test_nobody_else_sees_gets_or_touches_her_drills(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        await bob(on, *SET_UP)
        await on.say("/pacer bank import")
        await on.say(FILE)
        assert "Cold start" in await on.say("/pacer drill own")
        await on.say("A thundering herd falls on the database.")
        assert "empty" in await bob(on, "/pacer bank list")
        assert "none of your own" in await bob(on, "/pacer drill own")
        assert "did not find" in await bob(on, "/pacer bank remove cold-start")
        assert "did not find" in await bob(on, "/pacer bank share 1")
        async with on.store.work(Sender("console", "me")) as work:
            (entry,) = await work.own_bank.entries()
        async with on.store.work(BOB) as work:
            assert await work.own_bank.drill(entry.drill.id) is None
            await work.own_bank.remove(entry.drill.id)
            await work.own_bank.share(entry.drill.id, True)
            kept = await work.archive.everything()
        assert "herd" not in repr(kept) and kept["own_drills"] == []
        async with on.store.work(Sender("console", "me")) as work:
            assert (await work.own_bank.entries()) == [entry]
            (exported,) = (await work.archive.everything())["own_drills"]
        assert exported["name"] == "cold-start" and "herd" in exported["drill"]["answer"]
        assert "cold" not in entry.drill.id


async def test_sharing_is_a_flag_that_shows_her_drill_to_nobody_and_can_be_taken_back(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        await bob(on, *SET_UP)
        await on.say("/pacer bank import")
        await on.say(FILE)
        assert "Nobody sees it before the group has approved it" in await on.say(
            "/pacer bank share cold-start"
        )
        asked = on.last
        assert "marked for your group" in await on.say("/pacer bank list")
        assert "none of your own" in await bob(on, "/pacer drill own")
        on.last = asked
        assert "yours alone again" in await on.tap("Keep it private")
        assert "marked" not in await on.say("/pacer bank list")


async def test_nothing_of_a_brought_drill_lies_in_the_database_in_clear(tmp_path):
    async with stage(tmp_path) as on:
        await set_up(on)
        await on.say("/pacer bank import")
        await on.say(FILE)
        await on.say("/pacer glossary add quorum = more than half of the replicas")
        await on.say("/pacer drill own")
        await on.say("done")
    data = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    for word in (b"cold-start", b"Cold start", b"caching", b"thundering", b"quorum", b"replicas"):
        assert word not in data


async def test_brought_drills_join_the_choice_of_the_day(tmp_path):
    content = replace(shipped(), bank=lambda: Bank({}, {}))
    async with stage(tmp_path, content=content) as on:
        await set_up(on)
        await on.say("/pacer bank import")
        await on.say(FILE.replace("difficulty: 3", "difficulty: 2"))
        assert "Cold start of a cache" in await on.say("/pacer today")


@pytest.mark.parametrize("removed", [True, False])
async def test_a_drill_taken_out_while_it_is_open_is_over_kindly(tmp_path, removed):
    async with stage(tmp_path) as on:
        await set_up(on)
        await on.say("/pacer bank import")
        await on.say(FILE)
        await on.say("/pacer drill own")
        if removed:
            await on.say("/pacer bank remove 1")
        said = await on.say("a herd falls on the database")
        assert ("That drill is closed" in said) is removed
