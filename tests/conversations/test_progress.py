"""How it goes, as one asks for it: pictures with words, no ranking, and a map that the choice of drills follows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from conversations.stage import WHO, Stage, practise, set_up, stage

from bot.chat.effects import OpenForm
from bot.chat.message import Chart
from bot.content.bank import Bank
from bot.content.shipped import shipped
from bot.drills.formats import FACTS_ASKED, Format
from bot.drills.memory import desired_retention, review
from bot.drills.model import Card, Drill, Rating, Sitting, Skill
from bot.drills.model import Stage as Step
from bot.pace.model import Kind
from bot.turn import Content


def charts(on: Stage) -> list[Chart]:
    """The pictures of the last answer."""
    said = [e.message for e in on.last if not isinstance(e, OpenForm)]
    return [b for m in said for b in m.blocks if isinstance(b, Chart)]


async def keep(on: Stage, *sittings: Sitting, skill: Skill | None = None) -> None:
    async with on.store.work(WHO) as work:
        for sitting in sittings:
            await work.practice.save_sitting(sitting)
        if skill:
            await work.practice.save_skill(skill)


def judged(
    on: Stage, name: str, score: float, *, ago: int = 1, own: Rating | None = None, expected: float | None = None,
    minutes: float = 20, number: int = 0,
) -> Sitting:  # fmt: skip
    when = on.now - timedelta(days=ago)
    return Sitting(
        f"{name}-{ago}-{number}", name, "system_design", "feeds", Kind.DRILL, when.date(), when,
        stage=Step.DONE, minutes=minutes, effort=5, score=score, rating=Rating.HARD, own=own, expected=expected,
    )  # fmt: skip


async def test_before_the_first_drill_there_is_nothing_to_show(person: Stage):
    assert (
        await person.say("/pacer progress")
        == "Nothing to show yet. After the first drill there is.\n  1 Start"
    )
    assert "nothing to map" in await person.say("/pacer progress failures")
    assert "System design was not judged yet" in await person.say("/pacer progress system design")


async def test_a_first_drill_gives_an_early_guess_and_its_minutes(person: Stage):
    await practise(person, 20, "Yes", area="system design")
    shown = await person.say("/pacer progress")
    assert "early guess" in shown
    assert "Below 6 drills it is an early guess." in shown
    assert "Not judged yet: coding, behavioral, computer science depth, communication." in shown
    assert "20 of 20 min" in shown
    for word in ("rank", "best", "worst", "red", "%", "great"):
        assert word not in shown.casefold().split()


async def test_pictures_say_in_words_what_they_show_and_fit_a_phone(person: Stage):
    told = [judged(person, "gone", 0.5, own=Rating.GOOD, ago=n) for n in range(1, 9)]
    await keep(person, *told, skill=Skill("system_design", 0.4, 8))
    await person.say("/pacer progress")
    titles = [c.title for c in charts(person)]
    assert titles == [
        "Skill by area",
        "Minutes, last 12 weeks",
        "Active and passive",
        "Your verdict and the rules",
    ]
    drawn = [*charts(person)]
    for view in ("system design", "failures"):
        await person.say(f"/pacer progress {view}")
        drawn += charts(person)
    assert len(drawn) == 10
    for chart in drawn:
        assert len(chart.alt) > 20
        assert chart.top > 0
        for bar in chart.bars:
            assert bar.label.casefold() in chart.alt.casefold() or bar.label == "Passive"
            assert 0 <= bar.value <= chart.top
            assert len(bar.label) + len(bar.words) <= 42


async def test_her_own_verdict_stands_beside_that_of_the_rules(person: Stage):
    higher = [judged(person, "a", 0.6, own=Rating.GOOD, ago=n) for n in range(1, 7)]
    same = [judged(person, "a", 0.6, own=Rating.HARD, ago=n) for n in range(31, 34)]
    await keep(person, *higher, *same)
    shown = await person.say("/pacer progress")
    assert "You rated yourself higher than the rules on 6 of 9." in shown
    assert "same on 0 of 6" in shown
    assert "same on 3 of 3" in shown


async def test_where_expectations_prove_wrong_there_are_bands_and_no_numbers(person: Stage):
    skill = Skill("system_design", 0.4, 25)
    well = [judged(person, "a", 0.5, expected=0.5, number=n) for n in range(25)]
    await keep(person, *well, skill=skill)
    assert "6 of 10 (5–7)" in await person.say("/pacer progress")
    off = [judged(person, "a", 0.9, expected=0.5, number=n) for n in range(25)]
    await keep(person, *off)
    shown = await person.say("/pacer progress")
    assert "growing–solid" in shown
    assert "In bands" in shown
    assert "(5–7)" not in shown


async def test_what_was_expected_is_kept_with_each_drill(person: Stage):
    await practise(person, 20, "Yes", area="system design")
    async with person.store.work(WHO) as work:
        (result,) = await work.practice.results(person.now.date())
    difficulty = shipped().bank().drills[result.drill_id].difficulty
    assert result.expected == pytest.approx(1 / (1 + 2.718281828 ** (difficulty - 3)), abs=1e-6)


@pytest.mark.parametrize(("battery", "easy"), [("full", False), ("low", True)])
async def test_a_drill_is_held_as_firmly_as_its_format_and_the_day_ask(
    person: Stage, battery: str, easy: bool
):
    await person.say(f"/pacer checkin {battery}")
    await practise(person, 5, "Yes", area="system design")
    async with person.store.work(WHO) as work:
        (card,) = (await work.practice.cards()).values()
        (sitting,) = await work.practice.sittings(person.now.date())
    fact = shipped().bank().drills[card.drill_id].format in FACTS_ASKED
    assert sitting.rating is not None
    aim = desired_retention(0.0, ease=easy, fact=fact)
    assert card == review(None, card.drill_id, sitting.rating, card.last, aim)


async def test_an_area_has_its_topics_and_says_when_something_comes_back(person: Stage):
    await practise(person, 20, "Yes", area="coding")
    shown = await person.say("/pacer progress coding")
    assert shown.startswith("Coding\n1 drill judged")
    assert "Topics, last 12 weeks" in shown
    assert "The next one comes back on" in shown
    person.now += timedelta(days=40)
    shown = await person.say("/pacer progress coding")
    assert "Some of this is ready to come back" in shown
    assert "overdue" not in shown


async def test_an_unknown_view_names_her_areas(person: Stage):
    shown = await person.say("/pacer progress underwater basket weaving")
    assert shown.startswith("I did not get that area. Yours are system design,")


async def test_buttons_lead_to_areas_and_back(person: Stage):
    await practise(person, 20, "Yes", area="coding")
    await person.say("/pacer progress")
    assert "1 drill judged" in await person.tap("Coding")
    assert "by format of the interview" in await person.tap("What did not land")
    assert "Skill by area" in await person.tap("All areas")


def drill(name: str, style: Format, minutes: int = 20) -> Drill:
    return Drill(name, name, "system_design", name, Kind.DRILL, minutes, 2, "", (), (), "", (), format=style)


def small() -> Content:
    """A bank of three: two alike but for their format, and one that was done often."""
    drills = [
        drill("a-plain", Format.DRILL),
        drill("b-grill", Format.GRILL),
        drill("old-grill", Format.GRILL),
    ]
    bank = Bank({d.id: d for d in drills}, {"system_design": tuple(drills)})
    return Content(lambda: bank, shipped().helplines)


async def test_a_format_that_loses_points_is_on_the_map_and_comes_first(tmp_path: Path):
    async with stage(tmp_path, content=small()) as on:
        await set_up(on)
        day = on.now.date()
        async with on.store.work(WHO) as work:
            await work.practice.save_card(Card("old-grill", 50.0, 5.0, day + timedelta(30), day))
        assert "– a-plain" in (await on.say("/pacer today")).split("\n")[1]
        await keep(on, *(judged(on, "old-grill", 0.1, ago=n) for n in range(1, 6)))
        await keep(on, *(judged(on, "gone", 0.9, ago=n) for n in range(1, 8)))
        shown = await on.say("/pacer progress failures")
        assert "grills (design), about 9 of 10 points over 5 drills in four weeks" in shown
        assert "a little more often" in shown
        await on.say("/pacer rest")
        on.now += timedelta(days=1)
        first = [line for line in (await on.say("/pacer today")).split("\n") if line.startswith("–")]
        assert first[0].startswith("– b-grill")


async def test_points_of_long_ago_are_on_the_long_map_only(person: Stage):
    await keep(person, judged(person, "a", 0.2, ago=50), judged(person, "a", 0.4, ago=90))
    shown = await person.say("/pacer progress failures")
    assert "Nothing was judged in the last four weeks." in shown
    assert "8 of 10, 1 drill" in shown
