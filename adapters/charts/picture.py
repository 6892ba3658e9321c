"""A chart as a PNG: bars that lie, one below the other, as wide as a phone, on white in light and dark clients.

Words stand where there is room for them; what the picture says is said by its alt text too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.chat.markup import plain
from bot.chat.message import Bar, Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ACCENT, TRACK, GOOD, INK, FAINT = "#1f6f5c", "#e6ebe9", "#cfe3dc", "#1d1c1d", "#616061"
WIDTH, DOTS = 4.0, 200
"""Inches, and dots an inch: eight hundred across, two for each of a phone's."""
ROW, HEAD, FOOT = 0.52, 0.5, 0.06
"""Inches: a bar with its words, the title above, the edge below."""
THICK = 0.3
"""Of a row."""
CELLS = 10
"""In a full bar, parted like those of the battery elsewhere."""
MOST = 40
"""Bars in one picture; more of them nobody can read on a phone."""
LONGEST_TITLE, LONGEST_LABEL, LONGEST = 38, 20, 44
"""Signs of the title, of a label, and of a label with the words beside it."""
FONT = "DejaVu Sans"
"""It comes with matplotlib, so that a picture is the same on every host."""


class NotDrawn(Exception):
    """The chart is better read as text: it has too many bars, or words in a script that the font does not write."""


def png(chart: Chart) -> bytes:
    """The picture. Raises NotDrawn; to be called in one thread at a time."""
    if not 0 < len(chart.bars) <= MOST or not _can_be_written(chart):
        raise NotDrawn
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = _figure(chart)
    drawn = BytesIO()
    FigureCanvasAgg(figure).print_png(drawn, metadata={"Software": None})  # type: ignore[no-untyped-call]
    figure.clear()  # its circles are broken here, so that no collection has to look for them
    return drawn.getvalue()


def _figure(chart: Chart) -> Figure:
    from matplotlib.figure import Figure

    tall = HEAD + FOOT + ROW * len(chart.bars)
    figure = Figure(figsize=(WIDTH, tall), dpi=DOTS, facecolor="white")
    axes = figure.add_axes((0.04, FOOT / tall, 0.92, ROW * len(chart.bars) / tall))
    axes.set_xlim(0, 1)
    axes.set_ylim(len(chart.bars), 0)
    axes.set_axis_off()
    title = _shown(chart.title, LONGEST_TITLE)
    at = 1 - HEAD / 2 / tall
    figure.text(
        0.04, at, title, size=12, weight="bold", color=INK, va="center", family=FONT, parse_math=False
    )
    labels = _width([_shown(b.label, LONGEST_LABEL) for b in chart.bars])
    for number, bar in enumerate(chart.bars):
        _draw(axes, number, bar, chart.top, labels)
    return figure


def _width(labels: Sequence[str]) -> float:
    """The part of the picture's width that the longest label takes."""
    return min(0.6, 0.03 + 0.0275 * max(len(label) for label in labels))


def _draw(axes: Axes, number: int, bar: Bar, top: float, left: float) -> None:
    """Its label and what it says, and below them the bar, as long as the picture is wide."""
    text: dict[str, Any] = {"family": FONT, "va": "center", "parse_math": False}
    label = _shown(bar.label, LONGEST_LABEL)
    words = _shown(bar.words, max(4, round(LONGEST * (1 - left))))
    axes.text(0, number + 0.27, label, size=10.5, weight="bold", color=INK, **text)
    axes.text(left, number + 0.27, words, size=10, color=FAINT, **text)
    free = bar.rest and bar.value <= 0
    _line(axes, number, 1.0, GOOD if free else TRACK)
    if (share := part(bar.value, top)) > 0:
        _line(axes, number, share, ACCENT)
    edges = [cell / CELLS for cell in range(1, CELLS)]
    axes.vlines(edges, number + 0.7 - THICK, number + 0.7 + THICK, color="white", linewidth=1.4)
    _band(axes, number, bar, top)


def _line(axes: Axes, number: int, share: float, colour: str) -> None:
    axes.barh(number + 0.7, share, height=THICK, color=colour, linewidth=0)


def _band(axes: Axes, number: int, bar: Bar, top: float) -> None:
    """How sure the value is, as a thin line with its two ends."""
    if bar.low is None and bar.high is None:
        return
    ends = [bar.value if end is None else end for end in (bar.low, bar.high)]
    low, high = (part(end, top) for end in sorted(ends))
    middle = number + 0.7
    axes.plot((low, high), (middle, middle), color=INK, linewidth=1)
    for end in (low, high):
        axes.plot((end, end), (middle - 0.1, middle + 0.1), color=INK, linewidth=1)


def part(value: float, top: float) -> float:
    """The share of a full bar, 0 to 1."""
    return max(0.0, min(1.0, value / top)) if top > 0 else 0.0


def _can_be_written(chart: Chart) -> bool:
    """Whether the font has all of its signs, and each stands where it is written."""
    words = {c for b in chart.bars for text in (chart.title, b.label, b.words) for c in _shown(text, 1000)}
    return words <= _signs() and not any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in words)


@cache
def _signs() -> frozenset[str]:
    from matplotlib.font_manager import findfont, get_font

    return frozenset(map(chr, get_font(findfont(FONT, fallback_to_default=False)).get_charmap()))


def _shown(text: str, most: int) -> str:
    """One line without marks and without signs that the font does not have, such as emoji."""
    kept = "".join(c for c in plain(text) if unicodedata.category(c) not in ("So", "Cs", "Co", "Cn", "Cf"))
    line = " ".join(kept.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
