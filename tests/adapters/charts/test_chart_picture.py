"""Charts as pictures: what is seen in them, and that nobody waits for them."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.charts.picture import ACCENT, DOTS, GOOD, INK, MOST, TRACK, WIDTH, NotDrawn, part, png
from adapters.charts.worker import Drawing, installed
from adapters.doctor import _charts
from adapters.settings import read
from bot.chat.message import Bar, Chart

ROOT = Path(__file__).parents[3]


def colours(chart: Chart) -> dict[str, int]:
    """How many dots of each plain colour are in the picture."""
    from PIL import Image

    image = Image.open(BytesIO(png(chart))).convert("RGB")
    found = image.getcolors(1 << 24) or []
    return {f"#{r:02x}{g:02x}{b:02x}": n for n, (r, g, b) in found}


def chart(*bars: Bar, top: float = 10.0) -> Chart:
    return Chart("Seven days", bars, top, "")


def test_a_picture_is_as_wide_as_two_dots_for_each_of_a_phones():
    from PIL import Image

    image = Image.open(BytesIO(png(chart(Bar("Mon", 5, "5 min")))))
    assert (image.format, image.width) == ("PNG", round(WIDTH * DOTS))


def test_a_longer_bar_has_more_of_the_one_accent_colour():
    half, full = (colours(chart(Bar("Mon", value, "w")))[ACCENT] for value in (5, 10))
    assert 0.45 < half / full < 0.55


def test_a_day_of_rest_is_drawn_as_good_and_not_as_missing():
    rest, nothing = colours(chart(Bar("Sun", 0, "rest", rest=True))), colours(chart(Bar("Sun", 0, "0 min")))
    assert rest.get(GOOD, 0) > 1000 and TRACK not in rest
    assert nothing.get(TRACK, 0) > 1000 and GOOD not in nothing


def test_a_band_is_a_thin_line_over_the_bar():
    plain, banded = (colours(chart(Bar("a", 5, "w", low, high))) for low, high in ((None, None), (3, 8)))
    thin = banded.get(INK, 0) - plain.get(INK, 0)
    assert 0 < thin < banded[ACCENT] / 5


def test_the_same_chart_is_the_same_picture():
    assert png(chart(Bar("Mon", 5, "w"))) == png(chart(Bar("Mon", 5, "w")))


def test_what_cannot_be_read_on_a_phone_is_not_drawn():
    for count in (0, MOST + 1):
        with pytest.raises(NotDrawn):
            png(chart(*[Bar("a", 1, "w")] * count))


_text = st.text(max_size=120)
_number = st.one_of(st.floats(-1e9, 1e9), st.just(float("inf")), st.just(float("nan")))
_bars = st.builds(Bar, _text, _number, _text, st.none() | _number, st.none() | _number, st.booleans())


@pytest.mark.filterwarnings("error")
@settings(max_examples=40, deadline=None)
@given(st.builds(Chart, _text, st.lists(_bars, min_size=1, max_size=4).map(tuple), st.floats(-1, 100), _text))
def test_any_chart_is_drawn_or_left_to_text(drawn):
    with suppress(NotDrawn):
        assert png(drawn).startswith(b"\x89PNG")


@given(_number, st.floats(-1, 100))
def test_a_bar_is_never_longer_than_full_nor_shorter_than_nothing(value, top):
    assert 0 <= part(value, top) <= 1


@pytest.mark.parametrize(
    "words", ["$x^2$ and \\frac{1}{2}", "🙂 rest", "Grüße, ночь", "a\nb", "\ud800", "**bold**"]
)
def test_odd_words_are_drawn_as_words(words):
    assert png(Chart(words, (Bar(words, 1, words),), 1, words)).startswith(b"\x89PNG")


@pytest.mark.parametrize("words", ["休息", "רסט", "يوم"])
def test_words_that_the_font_cannot_write_are_left_to_text(words):
    with pytest.raises(NotDrawn):
        png(Chart("Seven days", (Bar(words, 1, "w"),), 1, ""))


async def test_charts_asked_for_together_are_drawn_one_after_the_other_and_alike():
    drawing = Drawing()
    one = chart(Bar("Mon", 5, "w"))
    pictures = await asyncio.gather(*(drawing(one) for _ in range(4)))
    drawing.close()
    assert set(pictures) == {png(one)}


async def test_what_cannot_be_drawn_is_told_to_whoever_asked():
    drawing = Drawing()
    with pytest.raises(NotDrawn):
        await drawing(chart())
    drawing.close()


def test_nothing_heavy_is_loaded_before_the_first_chart():
    code = (
        "import sys, adapters.charts.worker as w; w.Drawing(); assert w.installed() in (True, False); "
        "assert not {'matplotlib', 'numpy', 'PIL'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_the_doctor_says_how_charts_look_and_how_to_have_pictures(monkeypatch):
    slack, none = read({"PACER_SLACK_BOT_TOKEN": "xoxb-1"}), read({})
    assert installed()
    assert [str(f) for f in _charts(slack)] == ["ok    Charts: pictures"]
    monkeypatch.setattr("adapters.doctor.installed", lambda: False)
    (told,) = _charts(slack)
    assert told.fine and "charts" in told.step and "in text" in told.what
    assert _charts(none) == []
