"""Habits: a week in rhythm, names as they are typed, and what drills show of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.chat.form import Unclear
from bot.drills.formats import Format
from bot.drills.model import Drill, Sitting, Stage
from bot.drills.progress import Progress
from bot.habits.model import HABITS, LONGEST_NOTE, Kept
from bot.habits.noticing import noticed
from bot.habits.rhythm import Mark, read, rows
from bot.pace.model import Kind

MONDAY = date(2026, 11, 2)
DAYS = [MONDAY + timedelta(n) for n in range(5)]


def week(kept: list[int], *, since: int = 0, free: list[int] | None = None, upto: int = 5) -> Any:
    (row,) = rows(
        {"pause": DAYS[since]},
        [Kept("pause", DAYS[n]) for n in kept],
        DAYS[:upto],
        {DAYS[n] for n in free or []},
    )
    return row


def test_there_are_nine() -> None:
    assert len(HABITS) == 9
    assert all(h.id == name for name, h in HABITS.items())


def test_rest_counts_and_an_open_today_does_not_yet() -> None:
    row = week([0], free=[2])
    assert row.marks == (Mark.KEPT, Mark.OPEN, Mark.REST, Mark.OPEN, Mark.OPEN)
    assert row.rhythm == (2, 4)
    assert not row.today


def test_a_rest_day_on_which_it_was_kept_counts_once() -> None:
    assert week([2], free=[2]).rhythm == (1, 4)


def test_days_before_it_was_taken_up_do_not_count() -> None:
    row = week([4], since=3)
    assert row.marks[:3] == (Mark.BEFORE,) * 3
    assert row.rhythm == (1, 2)


def test_on_the_first_day_nothing_is_counted_until_it_is_kept() -> None:
    assert week([], upto=1).rhythm == (0, 0)
    assert week([0], upto=1).rhythm == (1, 1)


def test_a_habit_that_is_known_no_more_is_left_out() -> None:
    assert rows({"juggling": MONDAY}, [], DAYS, ()) == ()


@pytest.mark.parametrize(
    ("typed", "habit", "note"),
    [
        ("pause", "pause", ""),
        ("Explain aloud", "aloud", ""),
        ("explain", "aloud", ""),
        ("explain aloud: the cache one", "aloud", "the cache one"),
        ("aloud the cache one", "aloud", "the cache one"),
        ("take the hint - turned at once", "hints", "turned at once"),
        ("close", "summary", ""),
    ],
)
def test_a_habit_is_read_by_its_name_with_the_note_after_it(typed: str, habit: str, note: str) -> None:
    found, said = read(typed)
    assert (found.id, said) == (habit, note)


@pytest.mark.parametrize("typed", ["", "juggling", "pa", "🙂", ":"])
def test_anything_else_names_the_nine(typed: str) -> None:
    with pytest.raises(Unclear, match="explain aloud, \\*record myself|\\*explain aloud\\*"):
        read(typed)


def test_a_note_has_an_end() -> None:
    assert read("pause " + "x" * LONGEST_NOTE)[1] == "x" * LONGEST_NOTE
    with pytest.raises(Unclear, match="500 characters.*Nothing was changed"):
        read("pause " + "x" * (LONGEST_NOTE + 1))


class TestNoticing:
    """What drills show."""

    def seen(self, style: Format, *, stage: Stage = Stage.DONE, **more: Any) -> dict[str, str]:
        drill = Drill("d", "", "coding", "t", Kind.DRILL, 20, 2, "", (), (), "", (), format=style)
        sitting = Sitting("s", "d", "coding", "t", Kind.DRILL, MONDAY, datetime.now(UTC), stage=stage, **more)
        return noticed([sitting], {"d": drill})

    def test_questions_before_building_in_a_clarify_drill(self) -> None:
        asked = Progress(seen=("load", "budget", "late-one"), notes={"late": "late-one"})
        assert self.seen(Format.CLARIFY, progress=asked) == {"clarify": "asked for 2 things before building"}
        assert self.seen(Format.CLARIFY, progress=Progress(seen=("a",), notes={"late": "a"})) == {}
        assert self.seen(Format.DESIGN, progress=asked) == {}

    def test_a_hint_that_was_taken_in_a_redirect_drill(self) -> None:
        assert "hints" in self.seen(Format.REDIRECT, progress=Progress(notes={"turned": "1"}))
        assert self.seen(Format.REDIRECT, progress=Progress(step=3)) == {}

    def test_a_card_recalled_without_a_hint(self) -> None:
        assert "basics" in self.seen(Format.CARD, score=0.5)
        assert self.seen(Format.CARD, score=0.4) == {}
        assert self.seen(Format.CARD, score=1.0, hints=1) == {}

    def test_a_closing_summary(self) -> None:
        told = "I would cache the feed for most readers. So in short, the cache pays because readers repeat."
        assert self.seen(Format.DRILL, answer=told) == {"summary": "closed with a summary"}
        assert self.seen(Format.DRILL, answer="I would cache the feed.") == {}

    @pytest.mark.parametrize("stage", [Stage.OPEN, Stage.SKIPPED, Stage.JUDGING])
    def test_what_was_not_finished_shows_nothing(self, stage: Stage) -> None:
        assert self.seen(Format.CARD, score=1.0, stage=stage) == {}
