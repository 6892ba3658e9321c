"""The figures behind progress: bands of skill, minutes by what was done, her verdicts against the rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.drills.families import Family
from bot.drills.formats import Format
from bot.drills.model import Drill, Rating, Sitting, Skill, Stage
from bot.pace.model import Kind
from bot.progress import words
from bot.progress.skills import band, band_middle, standing, standings
from bot.progress.spent import Compared, compared, compared_over_time, spent

TODAY = date(2026, 11, 2)


def drill(name: str, area: str = "coding", kind: Kind = Kind.DRILL, style: Format = Format.DRILL) -> Drill:
    return Drill(name, name, area, "t", kind, 20, 2, "", (), (), "", (), format=style)


DRILLS = {
    d.id: d
    for d in (
        drill("code"),
        drill("talk", "behavioral"),
        drill("note", kind=Kind.READ),
        drill("outage", style=Format.INCIDENT),
    )
}


def sat(name: str = "code", minutes: float | None = 20, ago: int = 1, **more: Any) -> Sitting:
    given: dict[str, Any] = {"stage": Stage.DONE, **more}
    day = TODAY - timedelta(ago)
    return Sitting(
        f"{name}{ago}", name, "coding", "t", Kind.DRILL, day, datetime.now(UTC), minutes=minutes, **given
    )


class TestSkill:
    """Numbers with their span, or bands."""

    def test_the_span_narrows_with_drills(self) -> None:
        few, many = standing(Skill("coding", 0.0, 6)), standing(Skill("coding", 0.0, 60))
        assert few.low < many.low < many.share == 0.5 < many.high < few.high
        assert (few.low + few.high) == pytest.approx(1.0)

    def test_below_six_it_is_an_early_guess(self) -> None:
        assert standing(Skill("coding", 0.0, 5)).early
        assert not standing(Skill("coding", 0.0, 6)).early
        bar = words.skill_chart([standing(Skill("coding", 0.0, 5))], numbers=True).bars[0]
        assert bar.words.startswith("early guess")

    def test_what_was_never_judged_has_no_bar(self) -> None:
        found = standings(
            ("sql", "coding", "papers"), {"coding": Skill("coding", 1.0, 8), "sql": Skill("sql", 1.0)}
        )
        assert [s.area for s in found] == ["coding"]
        assert "Not judged yet: sql, papers." in words.about_skill(
            found, ("sql", "coding", "papers"), numbers=True
        )

    @pytest.mark.parametrize(
        ("share", "number"), [(0.0, 0), (0.39, 0), (0.4, 1), (0.6, 2), (0.75, 3), (1.0, 3)]
    )
    def test_bands_begin_where_they_say(self, share: float, number: int) -> None:
        assert band(share) == number

    def test_without_calibration_no_number_is_said_or_drawn(self) -> None:
        one, other = standing(Skill("coding", 0.30, 20)), standing(Skill("coding", 0.34, 20))
        charts = [words.skill_chart([s], numbers=False) for s in (one, other)]
        assert charts[0] == charts[1]
        bar = charts[0].bars[0]
        assert bar.words == "growing–solid"
        assert bar.value == band_middle(one.low, one.high)
        assert (bar.low, bar.high) == (None, None)
        assert "of 10" not in charts[0].alt + bar.words

    def test_the_alternative_text_says_what_the_picture_says(self) -> None:
        chart = words.skill_chart([standing(Skill("coding", 0.5, 20))], numbers=True)
        assert chart.bars[0].words == "6 of 10 (5–7)"
        assert chart.alt == "Skill by area: Coding about 6 of 10, likely 5 to 7, 20 drills."


class TestMinutes:
    """What minutes went into."""

    def test_minutes_go_by_what_was_done_and_what_was_put_aside_does_not_count(self) -> None:
        told = [
            sat(),
            sat("talk", 10),
            sat("outage", 25),
            sat("gone", 5),
            sat("code", 30, stage=Stage.SKIPPED),
        ]
        found = spent([*told, sat("code", None)], DRILLS)
        assert found.by_family == {Family.CODING: 25, Family.TALKING: 10, Family.INCIDENT: 25}
        assert list(found.by_family) == [Family.CODING, Family.TALKING, Family.INCIDENT]

    def test_reading_is_passive_until_she_defends_it(self) -> None:
        found = spent([sat("note", 10), sat("note", 15, answer="I would not drop the caches"), sat()], DRILLS)
        assert (found.passive, found.active, found.total) == (10, 35, 45)
        assert words.activity(found).alt == "35 of 45 minutes were active, 10 reading only."


class TestVerdicts:
    """Hers against those of the rules."""

    def told(self, own: Rating, rules: Rating, count: int, ago: int = 1) -> list[Sitting]:
        return [sat(own=own, rating=rules, ago=ago) for _ in range(count)]

    def test_only_drills_with_both_verdicts_are_compared(self) -> None:
        whole = self.told(Rating.GOOD, Rating.HARD, 6) + self.told(Rating.GOOD, Rating.GOOD, 2)
        whole += [*self.told(Rating.AGAIN, Rating.HARD, 1), sat(rating=Rating.GOOD), sat(own=Rating.GOOD)]
        assert compared(whole) == Compared(6, 2, 1)
        assert words.about_verdicts(compared(whole)) == "You rated yourself higher than the rules on 6 of 9."

    @pytest.mark.parametrize(
        ("told", "said"),
        [
            (Compared(1, 2, 4), "You rated yourself lower than the rules on 4 of 7."),
            (Compared(1, 5, 1), "You and the rules agree on 5 of 7."),
            (Compared(4, 0, 0), "You judged 4 drills yourself; from 5 on I say how that compares."),
        ],
    )
    def test_the_sentence_follows_the_counts(self, told: Compared, said: str) -> None:
        assert words.about_verdicts(told) == said

    def test_spans_of_four_weeks_do_not_overlap(self) -> None:
        whole = [
            s for ago in (0, 27, 28, 55, 56, 83, 84) for s in self.told(Rating.GOOD, Rating.GOOD, 1, ago)
        ]
        assert [c.count for c in compared_over_time(whole, TODAY)] == [2, 2, 2]

    def test_a_span_without_verdicts_has_no_bar(self) -> None:
        chart = words.verdicts_chart((Compared(1, 1, 0), Compared(0, 0, 0), Compared(0, 3, 1)))
        assert [b.label for b in chart.bars] == ["last 4 weeks", "4 before those"]
        assert "last 4 weeks: 1 the same, 1 higher, 0 lower" in chart.alt
