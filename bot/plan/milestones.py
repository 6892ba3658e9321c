"""Concrete things to have done, by phase and role; four weeks give the four-week plan."""

from __future__ import annotations

from collections.abc import Mapping

from bot.plan.model import Milestone, Phase, PhaseSpan
from bot.profile.tracks import AREAS, Track

_DESIGN = {
    "system_design": "system design",
    "ml_system_design": "ML system design",
    "distributed_systems": "distributed-systems design",
    "data_engineering": "data-pipeline design",
    "low_level": "kernel or low-level design",
}
"""Areas practised as a design, and what one of them is called."""
_SAID = ("behavioral", "communication")


def phase_milestones(track: Track) -> Mapping[Phase, tuple[Milestone, ...]]:
    """All milestones of a role by phase, in order; ids are the same for every role."""
    first, second = _formats(track)
    coding = first == "coding"
    one, two = _read(first), _read(second)
    timed = "Timed coding" if coding else f"Timed practice in {one}"
    basics = "structures and patterns" if coding else f"the basics, in {one} and in {two}"
    small = (
        f"One small {_DESIGN[second]} a day" if second in _DESIGN else f"One small exercise a day in {two}"
    )
    return {
        Phase.FOUNDATION: (
            Milestone("resume", "Your resume is in order.", ("communication",)),
            Milestone("portfolio", "Your portfolio is in order.", ("communication",)),
            Milestone("basics", f"45 to 60 minutes a day of {basics}.", _pair(first, second, coding)),
        ),
        Phase.BUILD: (
            Milestone("timed", f"{timed} three to four times.", (first,)),
            Milestone("small_design", f"{small}, on a fixed template.", (second,)),
        ),
        Phase.MOCK: (
            Milestone("mock_technical", f"A {one} mock." if coding else f"A mock in {one}.", (first,)),
            Milestone("mock_behavioral", "A behavioral mock.", _SAID),
            *_stories(coding),
        ),
        Phase.TAPER: (
            Milestone(
                "targeting",
                "Company targeting: the keywords of the job description, each with an example of yours.",
                ("communication",),
            ),
            Milestone("domain", "A review of the company's domain.", (second,)),
            Milestone("demo", "A five-minute demo of your work.", ("communication",)),
        ),
    }


def week_milestones(track: Track, spans: tuple[PhaseSpan, ...]) -> dict[int, tuple[Milestone, ...]]:
    """Milestones by the week at whose end they are done, spread evenly over their phase."""
    found: dict[int, tuple[Milestone, ...]] = {}
    by_phase = phase_milestones(track)
    for span in spans:
        items = by_phase[span.phase]
        for number, item in enumerate(items, start=1):
            week = span.first_week - 1 + -(-number * span.weeks // len(items))
            found[week] = (*found.get(week, ()), item)
    return found


def _formats(track: Track) -> tuple[str, str]:
    """The area practised against the clock and the one practised on a template."""
    ranked = [a for a in sorted(track.weights, key=lambda a: -track.weights[a]) if a not in _SAID]
    if "coding" not in ranked:
        return ranked[0], ranked[1]
    designs = [a for a in ranked if a in _DESIGN]
    return "coding", (designs or [a for a in ranked if a != "coding"])[0]


def _pair(first: str, second: str, coding: bool) -> tuple[str, ...]:
    return (first,) if coding else (first, second)


def _stories(coding: bool) -> tuple[Milestone, ...]:
    told = (
        ("story_bug", "a bug you tracked down" if coding else "a problem you tracked down"),
        ("story_win", "a performance win" if coding else "an improvement with a number"),
        ("story_team", "a cross-team effort"),
    )
    return tuple(Milestone(i, f"A 90-second story: {text}.", _SAID) for i, text in told)


def _read(area: str) -> str:
    """An area's name inside a sentence: lower case unless it starts with an abbreviation or a name."""
    name = AREAS[area]
    keeps = name[1].isupper() or name.startswith("Linux")
    return name if keeps else name[0].lower() + name[1:]
