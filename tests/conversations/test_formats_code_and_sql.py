"""Code review, SQL, the coding round and system design as conversations, from the card to the verdict."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from conversations.stage import Stage, set_up, stage

from bot.chat.effects import OpenForm
from bot.coach import Coach
from bot.content.bank import Bank
from bot.content.drill_file import drill as read_drill
from bot.content.sheet import Sheet
from bot.content.shipped import shipped
from bot.drills.model import Drill
from bot.drills.play.round import AFTER
from bot.drills.scenes import Query
from bot.turn import Content

DRILLS = files("bot.content").joinpath("drills")
REVIEW = "review-lru-cache"
NEVER = "members-who-never-borrowed"
ROUND = "round-nearest-aid-point"
DESIGN = "vaccine-box-loggers"

RIGHT = "SELECT m.id, m.name FROM member m LEFT JOIN loan l ON l.member_id = m.id WHERE l.id IS NULL"
WHY = "One NULL in the subquery makes NOT IN unknown for everybody. NOT EXISTS only asks for a matching row."


@cache
def _drill(name: str) -> Drill:
    """One drill of those that ship."""
    sheet = Sheet()
    file = next(f for area in DRILLS.iterdir() for f in area.iterdir() if f.name == f"{name}.yaml")
    root = sheet.root(file.read_bytes())
    assert root is not None
    _, found = read_drill(sheet, root)
    assert found is not None and not sheet.faults
    return found


def only(name: str) -> Content:
    """A bank with nothing else in it."""
    drill = replace(_drill(name), area="system_design")
    bank = Bank({name: drill}, {drill.area: (drill,)})
    return Content(bank=lambda: bank, helplines=shipped().helplines)


@asynccontextmanager
async def sitting(path: Path, name: str) -> AsyncIterator[Stage]:
    """A stage on which this drill was just given."""
    async with stage(path, "2026-01-05T09:00+01:00", only(name)) as on:
        await set_up(on)
        await on.say("/pacer drill system design")
        yield on


async def on_with(on: Stage, line: str) -> str:
    on.now += timedelta(minutes=1)
    return await on.say(line)


async def to_the_end(on: Stage) -> str:
    """Everything that is said from *Done* to the verdict."""
    said: list[str] = []
    for _ in range(14):
        labels = {o.label for e in on.last if not isinstance(e, OpenForm) for o in e.message.options}
        said.append(await (on.tap("Partly") if "Partly" in labels else on.say("done")))
        if "Graded by" in said[-1]:
            return "\n".join(said)
    raise AssertionError(f"no verdict: {said[-1]}")


def restarted(on: Stage, name: str) -> Stage:
    """Another process on the same database, that remembers nothing."""
    return Stage(on.store, on.now, only(name))


async def test_a_review_shows_numbered_lines_and_ends_with_what_was_found_and_missed(tmp_path: Path) -> None:
    async with sitting(tmp_path, REVIEW) as on:
        assert "34 +            self._items.popitem()" in on.shown()
        assert "finding 1" in await on_with(on, "34: popitem evicts the newest entry")
        assert "finding 2" in await on_with(on, "line 30, a hit is not recorded as use, so it is FIFO")
        assert "finding 3" in await on_with(on, "28: del changes the dictionary during iteration")
        said = await to_the_end(on)
        assert "Found two of six, line 34 first." in said
        assert "One false alarm: line 28 is fine: Nothing iterates here" in said
        assert "34: popitem evicts the newest entry" in said.split("Landed")[1]
        assert "Missing" in said
        assert "Graded by rules" in said


async def test_findings_can_be_taken_back_and_sorted_also_after_a_restart(tmp_path: Path) -> None:
    async with sitting(tmp_path, REVIEW) as on:
        await on_with(
            on, "15: use time.monotonic instead of time.time\n28: del changes the dictionary during iteration"
        )
        again = restarted(on, REVIEW)
        await on_with(again, "34: popitem removes the newest entry")
        assert "drop" not in await on_with(again, "drop 2")
        shown = await on_with(again, "order 2 1")
        assert shown.index("popitem") < shown.index("monotonic")
        said = await to_the_end(again)
        assert "Found two of six, line 34 first." in said
        assert "false alarm:" not in said


async def test_a_terse_review_is_a_review_and_not_a_list_of_keywords(tmp_path: Path) -> None:
    async with sitting(tmp_path, REVIEW) as on:
        await on_with(
            on,
            "34: popitem removes newest, last=False missing\n30: no move_to_end\n25: falsy values, compare with None",
        )
        assert "Found three of six" in await to_the_end(on)


async def test_a_line_without_a_word_and_numbers_that_are_not_there_are_answered_calmly(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, REVIEW) as on:
        assert "A line alone is no finding" in await on_with(on, "12")
        assert "no findings yet" in await on_with(on, "drop 2")
        await on_with(on, "34: popitem removes the newest entry")
        assert "no finding of that number" in await on_with(on, "drop 9")
        assert "did not get that order" in await on_with(on, "order 1 1")
        assert "nothing to judge" not in await to_the_end(on)


async def test_a_query_runs_shows_what_came_back_and_may_be_mended(tmp_path: Path) -> None:
    async with sitting(tmp_path, NEVER) as on:
        wrong = await on_with(on, "SELECT id, name FROM member WHERE id NOT IN (SELECT member_id FROM loan)")
        assert "Not yet. Two rows are missing." in wrong
        assert "(no rows)" in wrong
        wrong = await on_with(on, "SELECT id, name FROM member")
        assert "Two of your four rows do not belong to the right result." in wrong
        assert "Cleo" in wrong
        wrong = await on_with(on, "select name from member")
        assert "one column, and two are asked for" in wrong
        right = await on_with(on, RIGHT)
        assert "Right: two rows." in right and "Dmitri" in right
        assert "NOT EXISTS" not in right
        await on_with(on, WHY)
        said = await to_the_end(on)
        assert "Your fourth result was right." in said
        assert "Half there: the query returns the right rows" in " ".join(said.split())
        assert "SELECT 1 FROM loan l WHERE l.member_id = m.id" in said


async def test_a_right_query_and_words_in_one_message_are_both_taken_also_by_another_process(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, NEVER) as on:
        await on_with(on, "SELECT id, name FROM member")
        again = restarted(on, NEVER)
        assert "One query so far, not right yet." in await on_with(again, "/pacer drill")
        right = await on_with(again, f"```sql\n{RIGHT};\n```\n{WHY}")
        assert "Right: two rows." in right
        said = await to_the_end(restarted(again, NEVER))
        assert "Your second result was right." in said
        assert "Missing" not in said.split("A model answer")[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("DROP TABLE member;", "Only reading is allowed here"),
        ("ATTACH DATABASE '/tmp/x.db' AS x", "Only reading is allowed here"),
        ("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT count(*) FROM n", "did not end within half a second"),
        ("SELECT 1; SELECT 2", "One query at a time"),
        ("SELECT '" + "x" * 11_000 + "'", "10,000 characters are the most"),
        ("SELECT FROM WHERE", 'SQLite says: near "FROM": syntax error.'),
        ("SELECT TOP 3 id FROM member", "SQLite says"),
        ("SELECT id::text FROM member", "SQLite says"),
    ],
)  # fmt: skip
async def test_a_query_that_cannot_be_run_is_answered_in_a_sentence_and_costs_nothing(
    line: str, said: str, tmp_path: Path
) -> None:
    async with sitting(tmp_path, NEVER) as on:
        assert said in await on_with(on, line)
        await on_with(on, RIGHT)
        assert "Your first result was right." in await to_the_end(on)


async def test_words_alone_leave_the_result_missing(tmp_path: Path) -> None:
    async with sitting(tmp_path, NEVER) as on:
        await on_with(on, WHY)
        said = await to_the_end(on)
        assert "You sent no query." in said
        assert "the query returns the right rows" in said.split("Missing")[1]


async def test_where_queries_cannot_run_she_judges_the_result_herself(tmp_path: Path) -> None:
    async with sitting(tmp_path, NEVER) as on:
        on.coach = Coach(on.store, only(NEVER), lambda: on.now)
        assert "cannot be run here right now" in await on_with(on, RIGHT)
        await on_with(on, WHY)
        assert "Graded by rules and you" in await to_the_end(on)


@pytest.mark.parametrize(
    "name",
    sorted(
        f.name.removesuffix(".yaml")
        for f in DRILLS.joinpath("sql").iterdir()
        if "\nformat: sql" in f.read_text()
    ),
)
async def test_every_shipped_query_and_its_explanation_earn_everything(name: str, tmp_path: Path) -> None:
    async with sitting(tmp_path, name) as on:
        drill = _drill(name)
        assert isinstance(drill.scene, Query)
        assert "Right:" in await on_with(on, drill.scene.query)
        await on_with(on, drill.answer)
        said = await to_the_end(on)
        assert "Missing" not in said.split("Graded by")[0].split("A model answer")[0]


async def test_the_round_asks_three_things_after_the_code_and_tells_how_the_time_went(tmp_path: Path) -> None:
    async with sitting(tmp_path, ROUND) as on:
        parts = _drill(ROUND).answer.split("\n\n")
        assert "Assume what you find sensible" in await on_with(on, "Can people walk across an aid point?")
        for part in parts:
            on.now += timedelta(minutes=3)
            await on.say(part)
        shown = await on_with(on, "done")
        assert "Could it be faster" in shown
        again = restarted(on, ROUND)
        assert "Could it be faster" in await on_with(again, "/pacer drill")
        await on_with(again, "A flat list would halve the memory.")
        assert "Which edges" in await on_with(again, "done")
        assert "another way" in await on_with(again, "done")
        said = await to_the_end(again)
        assert "You asked one thing before coding." in said
        assert "something stood at half time" in said
        assert "Graded by rules" in said


async def test_the_questions_after_the_round_can_be_skipped(tmp_path: Path) -> None:
    async with sitting(tmp_path, ROUND) as on:
        await on_with(on, _drill(ROUND).answer)
        assert AFTER[0].split(".")[0] in await on_with(on, "done")
        said = await on.tap("Skip to the review")
        assert "Which edges" not in said
        assert "Graded by rules" in said + await to_the_end(on) if "Graded" not in said else True


async def test_the_round_rings_its_bells_while_it_is_open(tmp_path: Path) -> None:
    async with sitting(tmp_path, ROUND) as on:
        await on.tap("Start the clock")
        heard = await on.skip(timedelta(minutes=24))
        assert "Eight minutes." in heard and "Is there something that works?" in heard
        await on_with(on, _drill(ROUND).answer)
        await on_with(on, "done")
        assert "45 minutes" not in await on.skip(timedelta(minutes=40))


async def test_a_technology_named_too_early_gets_one_calm_word_once(tmp_path: Path) -> None:
    async with sitting(tmp_path, DESIGN) as on:
        assert "You named Kafka before saying what it has to carry." in await on_with(
            on, "I would put Kafka in front of it."
        )
        assert "before saying" not in await on_with(on, "And Redis beside it.")
        for part in _drill(DESIGN).answer.split("\n\n"):
            await on_with(restarted(on, DESIGN), part)
        said = await to_the_end(on)
        assert "You named Kafka before saying what it has to carry." in said
        assert "You went through " in said and "Not touched: " in said


async def test_requirements_and_numbers_first_and_any_technology_is_fine(tmp_path: Path) -> None:
    async with sitting(tmp_path, DESIGN) as on:
        said = await on_with(
            on, "20,000 boxes write 288 readings a day, so 67 a second. PostgreSQL holds that."
        )
        assert "before saying" not in said


@pytest.mark.parametrize("name", [REVIEW, NEVER, ROUND, DESIGN])
@pytest.mark.parametrize("line", ["x", "?", "x " * 14_000, "```\nx = 1\n```", "Ich würde das alles ganz anders und viel einfacher machen, wenn es nach mir ginge und nicht nach dir", "12 12 12", "***", "SELECT"])  # fmt: skip
async def test_anything_typed_ends_in_a_calm_verdict_or_a_calm_sentence(
    name: str, line: str, tmp_path: Path
) -> None:
    async with sitting(tmp_path, name) as on:
        await on_with(on, line)
        for _ in range(16):
            labels = {o.label for e in on.last if not isinstance(e, OpenForm) for o in e.message.options}
            said = await (on.tap("No") if "No" in labels else on.say("done"))
            if "Graded by" in said or "Close it without a score" in said:
                return
        raise AssertionError(said)


@pytest.mark.parametrize("name", [REVIEW, NEVER, ROUND, DESIGN])
async def test_nothing_typed_at_all_is_judged_by_herself(name: str, tmp_path: Path) -> None:
    async with sitting(tmp_path, name) as on:
        assert "Graded by you" in await to_the_end(on)
