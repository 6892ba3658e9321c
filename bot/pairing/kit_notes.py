"""What the interviewer alone is given of a drill: facts, hints, evidence, questions, and what to listen for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.markup import flowing
from bot.drills.formats import Format
from bot.drills.model import Drill, Mistake, Point
from bot.drills.play.incident import shown
from bot.drills.scenes import Clarify, Incident, Redirect, Steps
from bot.pairing import kit_words as words
from bot.pairing.kit_clock import Clock, question_minutes, twist_minutes

PHRASES = 3
"""Phrases that are quoted for what turning or holding on sounds like."""


def notes(drill: Drill, whole: Clock) -> tuple[str, ...]:
    """Paragraphs in the order in which they are needed; empty ones are left out."""
    parts = (*_scene(drill, whole), *_hints(drill), *_listening(drill))
    return tuple(part for part in parts if part)


def listed(name: str, lines: Sequence[str]) -> str:
    """Lines under a name; nothing without lines."""
    return "\n".join((name, *(f"– {line}" for line in lines))) if lines else ""


def _scene(drill: Drill, whole: Clock) -> tuple[str, ...]:
    match drill.scene:
        case Clarify() as scene:
            return _kept_back(drill, scene, whole)
        case Incident() as scene:
            return _evidence(scene)
        case Steps() as scene:
            return _questions(drill, scene, whole)
        case Redirect() as scene:
            return _pushes(drill, scene)
        case _:
            return ()


def _kept_back(drill: Drill, scene: Clarify, whole: Clock) -> tuple[str, ...]:
    points = {p.id: p for p in drill.rubric}
    lines = [f"*{_asked(points[f.id])}*: {flowing(f.tells)}" for f in scene.facts if f.id in points]
    changes = [
        words.TWIST_NOW.format(
            when=words.TWIST_DRAWN if twist.minute is None else words.TWIST_AT.format(minute=minute),
            says=flowing(twist.says),
        )
        for twist, minute in zip(scene.twists, twist_minutes(drill, whole), strict=True)
    ]
    return (listed(words.FACTS_RULE, lines), words.NOTHING, *changes)


def _asked(point: Point) -> str:
    """What a question asks for, as a line to look up."""
    return point.text.removeprefix("Asks ").rstrip(".") + (words.DECIDES if point.must else "")


def _evidence(scene: Incident) -> tuple[str, ...]:
    asked = {e.id: e.heard[0] for e in scene.evidence}
    found = []
    for each in scene.evidence:
        needs = ", ".join(asked[n] for n in each.needs)
        told = words.EVIDENCE_NEEDS.format(needs=needs) if needs else ""
        head = words.EVIDENCE_ASKED.format(asked=", ".join(each.heard[:2]), minutes=each.minutes, needs=told)
        found.append(f"– {head}\n{shown(each)}")
    path = words.EVIDENCE_PATH.format(path=", then ".join(asked[p] for p in scene.path))
    rule = words.EVIDENCE_RULE.format(budget=scene.budget)
    return (rule, *found, words.EVIDENCE_NONE, path)


def _questions(drill: Drill, scene: Steps, whole: Clock) -> tuple[str, ...]:
    parts: list[str] = []
    minutes = question_minutes(drill, whole)
    for number, (step, minute) in enumerate(zip(scene.steps, minutes, strict=True), 1):
        parts.append(words.STEP.format(number=number, minute=minute, asks=flowing(step.asks)))
        parts.append(listed(words.LISTEN_FOR, _points(step.rubric)))
        parts.append(words.STEP_HINT.format(hint=flowing(step.hint)) if step.hint else "")
        parts.append(listed(words.TRAPS, _traps(step.mistakes)))
    return tuple(parts)


def _pushes(drill: Drill, scene: Redirect) -> tuple[str, ...]:
    pushes = [f"{words.PUSH_WHEN[min(n, 2)]}: “{flowing(h)}”" for n, h in enumerate(drill.hints)]
    return (
        listed(words.PUSH_RULE, pushes),
        words.TURNS.format(phrases=_quoted(scene.pivot)),
        words.HOLDS.format(phrases=_quoted(scene.defend)),
    )


def _quoted(phrases: Sequence[str]) -> str:
    return "; ".join(f"“{p}”" for p in phrases[:PHRASES])


def _hints(drill: Drill) -> tuple[str, ...]:
    if drill.format is Format.REDIRECT:
        return ()
    rungs = [f"{words.WHEN_HINT[min(n, 2)]}: “{flowing(h)}”" for n, h in enumerate(drill.hints)]
    return (listed(words.HINT_RULE, rungs),)


def _listening(drill: Drill) -> tuple[str, ...]:
    """The rubric and the traps; a drill in questions has them with each, and a fact counts by being asked for."""
    if isinstance(drill.scene, Steps):
        return ()
    facts = {f.id for f in drill.scene.facts} if isinstance(drill.scene, Clarify) else set()
    left = [p for p in drill.rubric if p.id not in facts]
    return (listed(words.LISTEN_FOR, _points(left)), listed(words.TRAPS, _traps(drill.mistakes)))


def _points(points: Sequence[Point]) -> list[str]:
    return [flowing(p.text) + (words.DECIDES if p.must else "") for p in points]


def _traps(mistakes: Sequence[Mistake]) -> list[str]:
    return [flowing(m.text) for m in mistakes]
