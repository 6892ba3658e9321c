"""Free hours as people write them, and what cannot be read as any."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.form import Unclear
from bot.pairing.hours import hours, written
from bot.pairing.model import Free


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("tue 18-20, sat 10-12", "Tue 18:00-20:00, Sat 10:00-12:00"),
        ("tue, thu 18:30-20", "Tue 18:30-20:00, Thu 18:30-20:00"),
        ("Tuesdays from 18 to 20", "Tue 18:00-20:00"),
        ("sat 10-12 and 14-16", "Sat 10:00-12:00, Sat 14:00-16:00"),
        ("mon-wed evenings", "Mon 18:00-22:00, Tue 18:00-22:00, Wed 18:00-22:00"),
        ("sat 10-2pm; sun 6-8pm", "Sat 10:00-14:00, Sun 18:00-20:00"),
        ("weekend after 19", "Sat 19:00-22:00, Sun 19:00-22:00"),
        ("fri 22-1", "Fri 22:00-24:00, Sat 00:00-01:00"),
        ("sun 23-2", "Mon 00:00-02:00, Sun 23:00-24:00"),
        ("mon 10-11, mon 10:30-12", "Mon 10:00-12:00"),
    ],
)
def test_hours_are_read_as_they_are_meant(typed: str, read: str) -> None:
    assert written(hours(typed)) == read


@pytest.mark.parametrize(
    "typed",
    ["", "whenever", "tue 18", "18-20", "tue 25-27", "tue 18-18:30", "tue", "x" * 301, "tue 9-10, wed"],
)
def test_what_is_no_hour_in_one_piece_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Unclear, match="tue 18-20"):
        hours(typed)


@given(st.text(max_size=60) | st.from_regex(r"(mon|tue|sat)[ ,]?\d{0,2}[-:]\d{0,3}(am|pm)?", fullmatch=True))
def test_anything_typed_is_read_or_refused(typed: str) -> None:
    try:
        found = hours(typed)
    except Unclear:
        return
    assert found == tuple(sorted(found))


spans = st.builds(
    lambda day, start, length: Free(day, start * 15, min(start * 15 + 60 + length * 15, 1440)),
    st.integers(0, 6),
    st.integers(0, 90),
    st.integers(0, 20),
)


@given(st.lists(spans, min_size=1, max_size=5))
def test_what_is_written_is_read_back_the_same(found: list[Free]) -> None:
    free = hours(written(found))
    assert hours(written(free)) == free
