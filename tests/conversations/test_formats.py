"""Formats that play as conversations: from the card to the verdict, through a restart, and with words that do not fit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from conversations.stage import Stage, set_up, stage
from unit.drills.scene_drills import ALL, CLARIFY, DECODE, GRILL, INCIDENT, LEVELS, REDIRECT

from bot.chat.effects import OpenForm
from bot.content.bank import Bank
from bot.content.shipped import shipped
from bot.drills.model import Drill
from bot.turn import Content

DRAWS = "I would use random codes too long to guess, in a table with a cache."
ROUTES = {
    CLARIFY.id: ("Do links expire?", DRAWS),
    REDIRECT.id: ("I shard the database by campaign.", "All transactions wait for the same row lock, so random codes too long to guess."),
    INCIDENT.id: ("pool usage over time", "cause: the customs handler never returns its connection, so the pool is dry after a while and all of the others wait for it."),
    DECODE.id: ("Technical disagreement", "A story with a measurement or a prototype before the decision."),
    LEVELS.id: ("A hashmap keeps the values of all keys.",),
    GRILL.id: ("A hashmap keeps the values of all keys.",),
}  # fmt: skip


def only(drill: Drill) -> Content:
    """A bank with nothing else in it."""
    bank = Bank({drill.id: drill}, {drill.area: (drill,)})
    return Content(bank=lambda: bank, helplines=shipped().helplines)


@asynccontextmanager
async def sitting(path: Path, drill: Drill, start: str = "2026-01-05T09:00+01:00") -> AsyncIterator[Stage]:
    """A stage on which this drill was just given."""
    path.mkdir(exist_ok=True)
    async with stage(path, start, only(drill)) as on:
        await set_up(on)
        await on.say("/pacer drill system design")
        yield on


async def on_with(on: Stage, line: str) -> str:
    """A line a minute later."""
    on.now += timedelta(minutes=1)
    return await on.say(line)


async def to_the_end(on: Stage) -> str:
    """Everything that is said from *Done* to the verdict."""
    said: list[str] = []
    for _ in range(12):
        asked = any(
            o.label == "Partly" for e in on.last if not isinstance(e, OpenForm) for o in e.message.options
        )
        said.append(await (on.tap("Partly") if asked else on.say("done")))
        if "Graded by" in said[-1]:
            return "\n".join(said)
    raise AssertionError("no verdict")


def restarted(on: Stage, drill: Drill) -> Stage:
    """Another process on the same database, that remembers nothing."""
    return Stage(on.store, on.now, only(drill))


@pytest.mark.parametrize("drill", ALL, ids=lambda d: d.id)
async def test_a_format_goes_from_its_card_to_a_verdict_with_her_own_words_in_it(
    drill: Drill, tmp_path: Path
) -> None:
    async with sitting(tmp_path, drill) as on:
        assert drill.task[:20] in on.shown()
        for line in ROUTES[drill.id]:
            await on_with(on, line)
        said = await to_the_end(on)
        assert "Graded by rules" in said
        assert any(verdict in said for verdict in ("Landed", "Half there"))
        assert "A model answer" in said


@pytest.mark.parametrize("drill", ALL, ids=lambda d: d.id)
async def test_killed_after_every_line_it_goes_on_where_it_stood(drill: Drill, tmp_path: Path) -> None:
    async with sitting(tmp_path / "a", drill) as through:
        for line in ROUTES[drill.id]:
            await on_with(through, line)
        straight = await to_the_end(through)
    async with sitting(tmp_path / "b", drill) as on:
        for line in ROUTES[drill.id]:
            on = restarted(on, drill)
            await on.say("/pacer drill")
            await on_with(on, line)
        on = restarted(on, drill)
        assert await to_the_end(on) == straight


async def test_after_a_restart_the_card_says_again_what_she_knows(tmp_path: Path) -> None:
    async with sitting(tmp_path, CLARIFY) as on:
        await on.say("Do links expire?")
        back = await restarted(on, CLARIFY).say("/pacer drill")
        assert "FACT-EXPIRY" in back
        assert "FACT-RATIO" not in back


BAD = {
    "one word": "cache",
    "code only": "```python\nfor x in y:\n    print(x)\n```",
    "another language": "Ich würde die Verbindung nach dem Fehler schließen und dann alles neu starten, weil das immer hilft.",
    "markup that pings": "@everyone <!channel> look",
    "nothing but spaces": "   ",
    "as much as fits": "why does it wait " * 700,
    "too much": "x " * 15_000,
}


@pytest.mark.parametrize("drill", [CLARIFY, REDIRECT, INCIDENT, DECODE, LEVELS], ids=lambda d: d.id)
async def test_words_that_do_not_fit_get_a_calm_answer_and_the_drill_goes_on(
    drill: Drill, tmp_path: Path
) -> None:
    async with sitting(tmp_path, drill) as on:
        for name, text in BAD.items():
            assert await on.say(text), name
            assert not [s for s in ("FACT-", "SHOWN-", "WHY-", "HINT-") if s in on.shown()], name
        for line in ROUTES[drill.id]:
            assert "closed" not in await on_with(on, line)
        said = await to_the_end(on)
        assert "Graded by" in said


async def test_thirty_thousand_characters_are_refused_in_one_sentence_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, CLARIFY) as on:
        await on.say("Do links expire?")
        assert "Send it in parts" in await on.say("x " * 15_000)
        assert "FACT-EXPIRY" in await on.say("/pacer drill")


async def test_a_button_of_another_drill_or_another_version_says_that_it_is_over(tmp_path: Path) -> None:
    async with sitting(tmp_path, DECODE) as on:
        offered = [o for e in on.last if not isinstance(e, OpenForm) for o in e.message.options]
        old = next(o for o in offered if o.key.startswith("1:play:"))
        stale = (
            replace(old, label="older", key=old.key.replace("1:play", "0:play")),
            replace(old, label="gone", key="1:play:0123456789ab:ffff"),
            replace(old, label="reading", key=old.key.rsplit(":", 1)[0] + ":ffff"),
            replace(old, label="short", key="1:play"),
        )
        shown = []
        for option in stale:
            given = on.last
            first = given[0]
            assert not isinstance(first, OpenForm)
            kept = on.last
            on.last = (
                replace(
                    first,
                    message=replace(
                        first.message,
                        blocks=(*first.message.blocks, type(first.message.blocks[-1])((option,))),
                    ),
                ),
            )  # type: ignore[call-arg, arg-type]
            shown.append(await on.tap(option.label))
            on.last = kept
        assert "another time" in shown[0]
        assert "closed" in shown[1]
        assert "WHY" not in shown[2]
        assert "closed" in shown[3]


async def test_an_answer_to_yesterdays_drill_belongs_to_it_as_long_as_it_is_open(tmp_path: Path) -> None:
    async with sitting(tmp_path, INCIDENT) as on:
        await on.say("pool usage over time")
        on.now += timedelta(days=1)
        await on.say("cause: the customs handler never returns its connection")
        assert "names the cause in time" in await to_the_end(on)


async def test_after_it_was_put_aside_words_are_not_taken_for_an_answer(tmp_path: Path) -> None:
    async with sitting(tmp_path, INCIDENT) as on:
        await on.tap("Put aside")
        assert "SHOWN" not in await on.say("pool usage over time")


# the clock


async def test_the_clock_is_hers_to_start_and_rings_once_at_its_minute(tmp_path: Path) -> None:
    async with sitting(tmp_path, CLARIFY) as on:
        await on.say("Do links expire?")
        assert "10" in await on.tap("Start the clock")
        assert "TWIST-TWO" not in await on.skip(timedelta(minutes=9))
        assert "TWIST-TWO" in await on.skip(timedelta(minutes=2))
        assert not await on.skip(timedelta(minutes=30))
        assert "TWIST-TWO" not in await on.say("Anything else?")


async def test_without_the_clock_nothing_rings(tmp_path: Path) -> None:
    async with sitting(tmp_path, CLARIFY) as on:
        assert not await on.skip(timedelta(minutes=30))


async def test_the_clock_rings_in_quiet_hours_and_beside_the_days_one_message(tmp_path: Path) -> None:
    async with sitting(tmp_path, CLARIFY, "2026-01-05T23:30+01:00") as on:
        await on.tap("Start the clock")
        assert "TWIST-TWO" in await on.skip(timedelta(minutes=11))
        morning = await on.skip(timedelta(hours=9))
        assert "Morning" in morning


async def test_the_clock_is_silent_once_the_drill_is_over(tmp_path: Path) -> None:
    async with sitting(tmp_path, CLARIFY) as on:
        await on.tap("Start the clock")
        await on.say("/pacer skip-drill")
        assert not await on.skip(timedelta(minutes=30))


async def test_the_clock_survives_a_restart_and_is_started_once(tmp_path: Path) -> None:
    async with sitting(tmp_path, CLARIFY) as on:
        await on.tap("Start the clock")
        again = restarted(on, CLARIFY)
        assert "Start the clock" not in await again.say("/pacer drill")
        assert "TWIST-TWO" in await again.skip(timedelta(minutes=11))


async def test_a_bell_that_nobody_could_bring_for_five_minutes_is_not_brought_any_more(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, CLARIFY) as on:
        await on.tap("Start the clock")
        on.now += timedelta(minutes=16)
        assert not await on.skip(timedelta(minutes=1))
        assert "TWIST-TWO" in await on.say("Do links expire?")


async def test_minutes_count_from_the_clock(tmp_path: Path) -> None:
    async with sitting(tmp_path, CLARIFY) as on:
        on.now += timedelta(minutes=40)
        await on.tap("Start the clock")
        assert "TWIST-TWO" not in await on.say("Do links expire?")


async def test_nothing_rings_for_somebody_who_asked_to_be_left_alone(tmp_path: Path) -> None:
    async with sitting(tmp_path, CLARIFY) as on:
        await on.tap("Start the clock")
        await on.say("/pacer pause")
        assert not await on.skip(timedelta(minutes=30))
