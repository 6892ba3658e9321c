"""Which drill a circle gets, when it is revealed, and what may stand in the channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.fit import units
from bot.circle import group_words as words
from bot.circle.group_choice import is_fair, pick, ranked
from bot.circle.group_model import GroupDrill, Shared, is_open, reveal_at
from bot.circle.group_post import LONGEST, _revealed
from bot.circle.model import Circle, Settings
from bot.circle.pulse import Band, minutes
from bot.content.shipped import shipped
from bot.drills.formats import ONE_ANSWER
from bot.feedback.model import Finding, Verdict
from bot.feedback.review import of_drill

LISTED = shipped().bank().listed
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC", "Asia/Kolkata")
HOURS = st.times(min_value=time(0), max_value=time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0))


def first(**given: object) -> object:
    asked = {"had": (), "areas": (), "minutes": 15, "seed": "c/2026-01-05", **given}
    return next(ranked(LISTED, **asked), None)  # type: ignore[arg-type]


def test_half_a_year_brings_no_drill_twice_and_goes_round_areas_and_formats():
    had: list[str] = []
    for day in range(130):
        had.append(first(had=had, seed=f"c/{day}").id)
    chosen = {d.id: d for d in LISTED if d.id in had}
    assert len(chosen) == 130 and {d.format for d in chosen.values()} == ONE_ANSWER
    lengths = [chosen[h].minutes for h in had]
    assert lengths == sorted(lengths, reverse=True) and lengths[:40] == [15] * 40, "the nearest to 15 first"
    areas = [chosen[h].area for h in had]
    seen = [len(set(areas[n : n + 10])) for n in range(0, 130, 10)]
    assert min(seen[:4] + seen[-3:]) >= 9 and min(seen) >= 5, "a length that runs out has fewer areas left"


def test_in_a_low_week_it_is_as_short_as_is_said_and_in_a_high_one_as_long():
    for band in Band:
        had: list[str] = []
        for day in range(20):
            found = first(had=had, minutes=minutes(band), seed=f"c/{day}")
            assert found.minutes == minutes(band)
            had.append(found.id)


def test_areas_are_kept_and_what_is_longer_comes_only_when_nothing_else_is_left():
    had: list[str] = []
    while found := first(had=had, areas=("system_design",), minutes=10):
        assert found.area == "system_design"
        had.append(found.id)
    lengths = [next(d.minutes for d in LISTED if d.id == h) for h in had]
    off = [(m > 10, abs(m - 10)) for m in lengths]
    assert off == sorted(off) and len(had) >= 8


def test_the_same_seed_chooses_the_same_and_others_choose_others():
    assert first() == first()
    assert len({first(seed=str(n)).id for n in range(20)}) > 5
    assert pick(["a", "b", "c"], "s") == pick(["c", "a", "b"], "s")


@given(HOURS, HOURS, st.sampled_from(ZONES), st.dates(date(2011, 1, 1), date(2030, 12, 31)))
def test_a_reveal_always_comes_after_its_drill_and_within_about_a_day(drill, reveal, zone, day):
    settings = Settings(zone=zone, drill_at=drill, reveal_at=reveal)
    begins = reveal_at(replace(settings, drill_at=time(0), reveal_at=drill), day) if drill > time(0) else None
    ends = reveal_at(settings, day)
    if begins is not None:
        assert begins < ends or abs(ends - begins) < timedelta(hours=25)
        assert ends - begins < timedelta(hours=51)
    given_ = GroupDrill(day, "d")
    assert is_open(given_, settings, ends - timedelta(seconds=1)) and not is_open(given_, settings, ends)
    assert not is_open(replace(given_, revealed=True), settings, ends - timedelta(hours=1))


def test_a_reveal_hour_before_the_drills_is_on_the_next_day():
    settings = Settings(zone="Europe/Berlin", drill_at=time(17), reveal_at=time(9))
    assert reveal_at(settings, date(2026, 3, 28)) == datetime(2026, 3, 29, 7, tzinfo=UTC)


def test_every_drill_that_may_come_fits_one_message_at_its_reveal_with_answers_of_many():
    circle, bank = Circle("c", "Owls", Settings(), 1), shipped().bank()
    for drill in (bank.drills[d.id] for d in LISTED if d.format in ONE_ANSWER):
        if not is_fair(drill):
            continue
        landed = tuple(Finding(p.id, Verdict.MET, "long words " * 22) for p in drill.rubric)
        shared = [("**A name of thirty characters, yes**", Shared(str(n), True, landed)) for n in range(8)]
        shown = _revealed(circle, GroupDrill(date(2026, 1, 5), drill.id), drill, shared)
        texts = [getattr(b, "text", "") or getattr(b, "heading", "") for b in shown.blocks]
        assert sum(map(units, texts)) <= LONGEST + 200 < 4000
        assert texts[1:] and any(words.SHARED in t and t.count("\n") >= 2 for t in texts), drill.id


def test_the_reviewer_can_judge_whatever_may_come():
    bank = shipped().bank()
    for drill in [bank.drills[d.id] for d in LISTED if d.format in ONE_ANSWER][::9]:
        if is_fair(drill):
            assert all(f.verdict is Verdict.MET for f in of_drill(drill, drill.answer).findings if f.quote)


def test_quotes_are_one_line_without_marks_and_call_nobody():
    assert words.quoted("a *b* `c`\n> d | e") == "a b c d e"
    assert words.quoted("hello <!channel> there") == "" == words.quoted("@everyone look")
    assert len(words.quoted("word " * 100)) <= words.LONGEST_QUOTE + 2


def test_numbers_of_answers_read_as_words():
    assert [words.answers(n) for n in (0, 1, 2, 13)] == [
        "", "One answer so far.", "Two answers so far.", "13 answers so far.",
    ]  # fmt: skip
