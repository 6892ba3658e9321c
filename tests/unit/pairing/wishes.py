"""People to match, by hand and by hypothesis."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from bot.drills.formats import Format
from bot.pairing.model import Battery, Earlier, Free, Window, Wish

WEEK = date(2026, 11, 23)
COMING = Window(datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC))
EVENINGS = tuple(Free(day, 18 * 60, 21 * 60) for day in range(5))
WEEKEND = (Free(5, 10 * 60, 14 * 60), Free(6, 10 * 60, 14 * 60))
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Australia/Lord_Howe")


def wish(
    person: str, *, free: tuple[Free, ...] = EVENINGS, zone: str = "Europe/Berlin", **more: object
) -> Wish:
    """Somebody of middling level who is free in the evenings."""
    given: dict[str, object] = {"formats": (), "level": 3, "track": "sre", **more}
    return Wish(person=person, zone=zone, free=free, **given)  # type: ignore[arg-type]


def met(*people: str, weeks_ago: int = 1) -> Earlier:
    """A meeting of some weeks ago."""
    return Earlier(WEEK - timedelta(weeks=weeks_ago), people)


free_hours = st.builds(
    lambda day, start, length: Free(day, start * 15, min(start * 15 + length * 15, 24 * 60)),
    st.integers(0, 6),
    st.integers(0, 92),
    st.integers(4, 40),
)
formats = st.lists(st.sampled_from(Format), max_size=3, unique=True).map(tuple)


def anybody(person: str) -> st.SearchStrategy[Wish]:
    """Any wish of this person."""
    return st.builds(
        Wish,
        person=st.just(person),
        formats=formats,
        level=st.integers(1, 5),
        track=st.sampled_from(("sre", "ml_engineer")),
        zone=st.sampled_from(ZONES),
        free=st.lists(free_hours, max_size=5).map(tuple),
        battery=st.sampled_from(Battery),
        interviews=st.booleans(),
        quiet_from=st.sampled_from((time(22), time(23, 20), time(1))),
        quiet_to=st.sampled_from((time(7), time(6, 40))),
        interview_days=st.frozensets(st.dates(WEEK, WEEK + timedelta(days=8)), max_size=2),
        reliability=st.floats(0, 1),
    )


@st.composite
def circles(draw: st.DrawFn, least: int = 0, most: int = 7) -> list[Wish]:
    """Some people, all different."""
    return [draw(anybody(f"p{n}")) for n in range(draw(st.integers(least, most)))]


@st.composite
def histories(draw: st.DrawFn, people: int = 7) -> list[Earlier]:
    """Some earlier pairs of the same people."""
    names = [f"p{n}" for n in range(people)]
    pairs = st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True)
    weeks = st.integers(1, 20)
    drawn = draw(st.lists(st.tuples(weeks, pairs), max_size=12))
    return [met(*pair, weeks_ago=ago) for ago, pair in drawn]
