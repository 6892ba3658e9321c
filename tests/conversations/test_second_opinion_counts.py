"""Where Claude's grading is clearly lower it counts: from the answer to progress, and to the day the drill comes back."""

from __future__ import annotations

from datetime import date

import pytest
from conversations.second import ANSWER, DRILL, Second
from conversations.stage import WHO
from wire.claude_server import all_met, all_missing

from bot.drills.memory import USUAL_RETENTION, review
from bot.drills.model import Card, Rating, Sitting, Skill
from bot.drills.skill import difficulty_logit, learned, prior

FULL = (
    f"{ANSWER}\nOn every write I delete the key from the cache, so that nobody reads what was there before it.\n"
    "Only one request refills the entry, and the others wait for what it brings."
)


async def stands(second: Second) -> tuple[Sitting, Card, Skill, float]:
    """The newest sitting, and memory, skill and difficulty of its drill."""
    async with second.on.store.work(WHO) as work:
        sitting = (await work.practice.sittings(date(2026, 1, 1)))[-1]
        card = (await work.practice.cards())[sitting.drill_id]
        skill = (await work.practice.skills())[sitting.area]
        return sitting, card, skill, await work.practice.difficulty_shift(sitting.drill_id)


async def test_the_lower_score_counts_for_the_sitting_memory_skill_and_progress(second):
    await second.agree()
    await second.drill(FULL)
    sitting, card, skill, shift = await stands(second)
    assert sitting.score == 1 and sitting.rating is not Rating.AGAIN
    at_first = await second.on.say("/pacer progress system design")
    second.server.grade = all_missing
    letter = await second.letter()
    assert "unsure, and the lower counts: 0." in letter
    lower, sooner, less, harder = await stands(second)
    assert (lower.score, lower.rating, lower.met) == (0, Rating.AGAIN, ())
    assert sooner.due < card.due and (sooner.reps, sooner.last) == (card.reps, card.last)
    assert f"It comes back on {sooner.due:%A} {sooner.due.day} {sooner.due:%B}." in letter
    assert less.theta < skill.theta and less.count == skill.count == 1
    assert harder > shift
    assert await second.on.say("/pacer progress system design") != at_first
    assert (lower.findings, lower.answer, lower.expected) == (
        sitting.findings,
        sitting.answer,
        sitting.expected,
    )


async def test_it_ends_where_it_had_ended_if_the_rules_had_said_so(second):
    """Made anew from what was before the sitting, not taken back from what was after it."""
    await second.agree()
    await second.drill(FULL)
    second.server.grade = all_missing
    await second.letter()
    _, card, skill, shift = await stands(second)
    assert card == review(None, DRILL.id, Rating.AGAIN, second.on.now.date(), USUAL_RETENTION)
    expected, difficulty = learned(prior(DRILL.area, None), difficulty_logit(DRILL.difficulty), 0.0)
    assert skill == expected
    assert shift == pytest.approx(difficulty - difficulty_logit(DRILL.difficulty))


@pytest.mark.parametrize("grade", [all_met, None], ids=["higher", "about the same"])
async def test_a_higher_grading_and_one_about_the_same_move_nothing(second, grade):
    await second.agree()
    await second.drill()
    before = await stands(second)
    second.server.grade = grade or (
        lambda ids, answer: {
            "points": [
                {
                    "id": i,
                    "verdict": "met" if i == "ttl" else "missing",
                    "quote": answer[:40] if i == "ttl" else "",
                }
                for i in ids
            ]
        }
    )
    letter = await second.letter()
    assert (
        "about the same" if grade is None else "the lower counts: 2."
    ) in letter and "comes back" not in letter
    assert await stands(second) == before


@pytest.mark.parametrize("touched", ["card", "skill"])
async def test_where_something_came_after_only_the_sitting_and_the_letter_say_so(second, touched):
    await second.agree()
    await second.drill(FULL)
    _, card, skill, shift = await stands(second)
    async with second.on.store.work(WHO) as work:
        if touched == "card":
            card = Card(DRILL.id, 9.0, 5.0, date(2026, 2, 1), date(2026, 1, 5), reps=2)
            await work.practice.save_card(card)
        else:
            skill = Skill("system_design", 0.7, 2)
            await work.practice.save_skill(skill)
    second.server.grade = all_missing
    letter = await second.letter()
    assert "the lower counts: 0." in letter and "stay as they are" in letter and "comes back" not in letter
    lower, *rest = await stands(second)
    assert (lower.score, lower.rating) == (0, Rating.AGAIN)
    assert rest == [card, skill, shift]


async def test_what_she_told_in_the_meantime_stays(second):
    await second.agree()
    await second.drill(FULL)
    await second.on.tap("Good")
    await second.on.say("7")
    second.server.grade = all_missing
    await second.letter()
    sitting, *_ = await stands(second)
    assert (sitting.own, sitting.effort, sitting.stage.value, sitting.score) == (Rating.GOOD, 7, "done", 0)


async def test_what_is_kept_for_it_is_encrypted_and_gone_once_she_says_off(second):
    await second.agree()
    await second.drill(FULL)
    async with second.on.store.engine.connect() as connection:
        (kept,) = (await connection.exec_driver_sql("SELECT sealed FROM second_opinion")).all()
    assert kept[0] and "theta" not in kept[0] and "stability" not in kept[0]
    await second.on.say("/pacer settings claude off")
    async with second.on.store.engine.connect() as connection:
        (gone,) = (await connection.exec_driver_sql("SELECT sealed FROM second_opinion")).all()
    assert gone[0] is None


async def test_one_that_was_asked_before_anybody_kept_how_it_stood_lowers_the_sitting_alone(second):
    await second.agree()
    await second.drill(FULL)
    before = await stands(second)
    async with second.on.store.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE second_opinion SET sealed = NULL")
    second.server.grade = all_missing
    assert "the lower counts: 0." in await second.letter()
    lower, *rest = await stands(second)
    assert lower.score == 0 and rest == list(before[1:])
