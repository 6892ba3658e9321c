"""What progress says: pictures with their words, and calm lines; nothing is ranked and nothing is red."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.message import Bar, Chart
from bot.drills.families import FORMAT_NAMES, NAMES, PASSIVE
from bot.drills.skill import EARLY
from bot.profile.tracks import AREAS
from bot.progress.failures import Loss
from bot.progress.skills import BANDS, Standing, band, band_middle
from bot.progress.spent import Compared, Spent

NOTHING_YET = "Nothing to show yet. After the first drill there is."
NO_SUCH_WEEKS = "No drill was judged in the last twelve weeks, so there is nothing to map."
HOW = "Out of 10 points of an ordinary drill, with the span in which the truth likely lies."
HOW_IN_BANDS = "In bands: so far my expectations and your scores differ too much for numbers."
ENOUGH_VERDICTS = 5
"""Verdicts of her own below which nothing is concluded from them."""
MOST_TOPICS = 8
SPAN_NAMES = ("last 4 weeks", "4 before", "4 before those")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic that was practised lately: its mean score, 0-1."""

    name: str
    share: float
    drills: int


def skill_chart(found: Sequence[Standing], *, numbers: bool, title: str = "Skill by area") -> Chart:
    """A bar an area with its band; only bands where numbers would say too much."""
    bars = tuple(_numbered(s) if numbers else _banded(s) for s in found)
    listed = "; ".join(f"{AREAS[s.area]} {_said(s, numbers=numbers)}" for s in found)
    return Chart(title, bars, 1.0, f"{title}: {listed}.")


def _numbered(s: Standing) -> Bar:
    span = f"{_tenths(s.low)}–{_tenths(s.high)}"
    words = f"early guess, {span}" if s.early else f"{_tenths(s.share)} of 10 ({span})"
    return Bar(AREAS[s.area], s.share, words, s.low, s.high)


def _banded(s: Standing) -> Bar:
    words = "early guess" if s.early else _bands(s, "–")
    return Bar(AREAS[s.area], band_middle(s.low, s.high), words)


def _said(s: Standing, *, numbers: bool) -> str:
    drills = f"{'an early guess from ' if s.early else ''}{counted(s.drills, 'drill')}"
    if not numbers:
        return f"{_bands(s)}, {drills}"
    return f"about {_tenths(s.share)} of 10, likely {_tenths(s.low)} to {_tenths(s.high)}, {drills}"


def _bands(s: Standing, between: str = " to ") -> str:
    low, high = BANDS[band(s.low)][1], BANDS[band(s.high)][1]
    return low if low == high else f"{low}{between}{high}"


def about_skill(found: Sequence[Standing], areas: Sequence[str], *, numbers: bool) -> str:
    """How the picture is to be read, what is an early guess, and what was not looked at yet."""
    said = [HOW if numbers else HOW_IN_BANDS]
    if any(s.early for s in found):
        said.append(f"Below {EARLY} drills it is an early guess.")
    if absent := [AREAS[a].lower() for a in areas if a not in {s.area for s in found}]:
        said.append(f"Not judged yet: {', '.join(absent)}.")
    return " ".join(said)


def minutes_chart(found: Spent) -> Chart:
    """A bar for each thing she did."""
    bars = tuple(Bar(NAMES[f], float(m), f"{m} min") for f, m in found.by_family.items())
    listed = ", ".join(f"{NAMES[f].lower()} {m}" for f, m in found.by_family.items())
    title = "Minutes, last 12 weeks"
    return Chart(title, bars, max(b.value for b in bars), f"{title}: {listed}.")


def activity(found: Spent) -> Chart:
    """Doing against reading."""
    rows = (("Active", found.active), ("Passive", found.passive))
    bars = tuple(Bar(name, float(m), f"{m} of {found.total} min") for name, m in rows)
    alt = f"{found.active} of {counted(found.total, 'minute')} were active, {found.passive} reading only."
    return Chart("Active and passive", bars, float(found.total), alt)


def about_activity(found: Spent) -> str:
    """What counts as what."""
    if not any(f in PASSIVE for f in found.by_family):
        return "Active is all that you say, write or decide; there was no reading."
    return "Active is all that you say, write or decide, and reading that you defended in your own words."


def verdicts_chart(spans: Sequence[Compared]) -> Chart:
    """How often both agreed, over time."""
    told = [(name, c) for name, c in zip(SPAN_NAMES, spans, strict=False) if c.count]
    bars = tuple(Bar(name, c.same / c.count, f"same on {c.same} of {c.count}") for name, c in told)
    listed = "; ".join(f"{name}: {c.same} the same, {c.higher} higher, {c.lower} lower" for name, c in told)
    return Chart(
        "Your verdict and the rules", bars, 1.0, f"Your verdict against that of the rules, {listed}."
    )


def about_verdicts(c: Compared) -> str:
    """One sentence on whose verdict was higher."""
    if c.count < ENOUGH_VERDICTS:
        return f"You judged {counted(c.count, 'drill')} yourself; from {ENOUGH_VERDICTS} on I say how that compares."
    if c.higher > c.lower:
        return f"You rated yourself higher than the rules on {c.higher} of {c.count}."
    if c.lower > c.higher:
        return f"You rated yourself lower than the rules on {c.lower} of {c.count}."
    return f"You and the rules agree on {c.same} of {c.count}."


def topics_chart(area: str, topics: Sequence[Topic]) -> Chart:
    """A bar a topic, newest first."""
    bars = tuple(
        Bar(t.name, t.share, f"{_tenths(t.share)} of 10, {counted(t.drills, 'drill')}") for t in topics
    )
    listed = ", ".join(f"{t.name} {_tenths(t.share)} of 10" for t in topics)
    return Chart("Topics, last 12 weeks", bars, 1.0, f"Points by topic of {AREAS[area].lower()}: {listed}.")


def memory_line(ready: bool, following: date | None) -> str:
    """When something of an area comes back: never how much, so that it is never a pile."""
    if ready:
        return "Some of this is ready to come back; the days to come bring it in turn."
    if following is None:
        return "Nothing here comes back yet."
    return f"The next one comes back on {following:%a} {following.day} {following:%b}."


def losses_chart(title: str, found: Sequence[Loss]) -> Chart:
    """A bar for each family: the points that did not land."""
    bars = tuple(
        Bar(NAMES[loss.family], loss.share, f"{_tenths(loss.share)} of 10, {counted(loss.goes, 'drill')}")
        for loss in found
    )
    listed = ", ".join(
        f"{NAMES[loss.family].lower()} {_tenths(loss.share)} of 10 over {counted(loss.goes, 'drill')}"
        for loss in found
    )
    return Chart(title, bars, 1.0, f"{title}: {listed}.")


def about_losses(clear: Loss | None) -> str:
    """What clearly loses most, and what follows from it."""
    if clear is None or clear.format is None:
        return "No format stands out clearly, so the choice of drills stays as it is."
    return (
        f"Most of it: *{FORMAT_NAMES[clear.format]}* ({NAMES[clear.family].lower()}), about "
        f"{_tenths(clear.share)} of 10 points over {counted(clear.goes, 'drill')} in four weeks. "
        "Those come a little more often until that changes."
    )


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _tenths(share: float) -> int:
    """Whole points of ten; a half goes up."""
    return int(10 * share + 0.5)
