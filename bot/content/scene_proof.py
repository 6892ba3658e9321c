"""Proves what a format adds to a drill against its play: each way of asking reveals its own, each path can be gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from bot.drills.model import Drill
from bot.drills.play.clarify import wanted as facts_of
from bot.drills.play.hearing import Wanted, hits, strength, telling
from bot.drills.play.incident import cause_of
from bot.drills.play.incident import wanted as evidence_of
from bot.drills.play.redirect import turns
from bot.drills.scenes import Clarify, Evidence, Incident, Redirect


def unproven_scene(drill: Drill) -> Iterator[str]:
    """What the play does not bear out, a sentence each; nothing if the scene stands."""
    match drill.scene:
        case Clarify():
            yield from _heard("fact", facts_of(drill))
        case Incident():
            yield from _heard("evidence", evidence_of(drill.scene))
            yield from _path(drill.scene)
            if cause_of(drill) is None:
                yield "rubric: no point with must that is judged by words, so nobody can name the cause in time"
        case Redirect():
            yield from _turn(drill.scene)
            if not turns(drill.scene, drill.answer):
                yield "pivot: the model answer is not heard as a turn, or as holding on"
        case _:
            return


def _heard(name: str, wanted: Sequence[Wanted]) -> Iterator[str]:
    """Each way of asking is heard for its own, and for nothing else as surely."""
    for one in wanted:
        for phrase in one.heard:
            found = hits(phrase, wanted)
            if not telling(phrase) or not found:
                yield f'{name} {one.id}: "{phrase}" has no telling word, so nobody is heard asking it'
            elif found[0].id != one.id:
                yield f'{name} {one.id}: "{phrase}" is heard as {found[0].id}'
            elif rival := next(
                (
                    h
                    for h in found[1:]
                    if _equal(h.strength, found[0].strength) and _equal(h.weight, found[0].weight)
                ),
                None,
            ):
                yield f'{name} {one.id}: "{phrase}" is heard as {rival.id} just as well'


def _equal(one: float, other: float) -> bool:
    return abs(one - other) < 1e-6


def _path(scene: Incident) -> Iterator[str]:
    """The path can be gone in its order, within the budget, and nothing needs itself."""
    known = {e.id: e for e in scene.evidence}
    if len(known) < len(scene.evidence):
        yield "evidence: an id is there twice"
    if circle := _circle(scene.evidence):
        yield f"needs: {' needs '.join(circle)}, so none of them is ever seen"
    seen: set[str] = set()
    for name in scene.path:
        lacking = sorted({*known[name].needs} - seen) if name in known else []
        if lacking:
            yield f"path: {name} needs {', '.join(lacking)} before"
        seen.add(name)
    cost = sum(known[name].minutes for name in dict.fromkeys(scene.path) if name in known)
    if cost > scene.budget:
        yield f"path: costs {cost} minutes, and the budget is {scene.budget}"


def _circle(evidence: Sequence[Evidence]) -> Sequence[str]:
    needs: Mapping[str, Sequence[str]] = {e.id: e.needs for e in evidence}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return ()


def _turn(scene: Redirect) -> Iterator[str]:
    """What shows a turn is heard as one, and what holds on is not."""
    for phrase in scene.pivot:
        if not turns(scene, phrase):
            near = strength(phrase, scene.defend)
            yield f'pivot: "{phrase}" is not heard as a turn' + (" but as holding on" if near else "")
    for phrase in scene.defend:
        if turns(scene, phrase):
            yield f'defend: "{phrase}" is heard as a turn'
        elif strength(phrase, scene.defend) == 0.0:
            yield f'defend: "{phrase}" has no telling word'
