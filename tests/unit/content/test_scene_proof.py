"""What a format adds to a drill is proved against its own play before anybody meets it."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from unit.drills.scene_drills import ALL, CLARIFY, INCIDENT, REDIRECT

from bot.content.proof import unproven
from bot.content.scene_proof import unproven_scene
from bot.drills.model import Drill
from bot.drills.scenes import Clarify, Incident, Redirect

TURNED = replace(REDIRECT, answer="All transactions wait for the same row lock.")


def faults(drill: Drill) -> list[str]:
    return list(unproven_scene(drill))


def facts(*heard: tuple[str, ...]) -> Drill:
    scene = cast(Clarify, CLARIFY.scene)
    changed = tuple(replace(f, heard=h) for f, h in zip(scene.facts, heard, strict=False))
    return replace(CLARIFY, scene=replace(scene, facts=(*changed, *scene.facts[len(heard) :])))


def incident(**needs: tuple[str, ...]) -> Incident:
    scene = cast(Incident, INCIDENT.scene)
    return replace(scene, evidence=tuple(replace(e, needs=needs.get(e.id, e.needs)) for e in scene.evidence))


def test_sound_scenes_have_no_fault() -> None:
    assert [faults(d) for d in ALL if d is not REDIRECT] == [[]] * (len(ALL) - 1)
    assert faults(TURNED) == []


def test_a_way_of_asking_that_reveals_another_fact_is_found() -> None:
    assert faults(facts(("do depots lose the network",))) == [
        'fact ratio: "do depots lose the network" is heard as offline just as well',
        'fact offline: "do depots lose the network" is heard as ratio',
    ]


def test_a_way_of_asking_without_a_telling_word_is_found() -> None:
    assert faults(facts(("how is it",))) == [
        'fact ratio: "how is it" has no telling word, so nobody is heard asking it'
    ]


def test_a_path_that_lacks_something_costs_too_much_or_runs_in_a_circle_is_found() -> None:
    scene = cast(Incident, INCIDENT.scene)
    assert faults(replace(INCIDENT, scene=replace(scene, path=("holder", "graph")))) == [
        "path: holder needs graph before"
    ]
    assert faults(replace(INCIDENT, scene=replace(scene, budget=6))) == [
        "path: costs 7 minutes, and the budget is 6"
    ]
    circle = faults(replace(INCIDENT, scene=incident(graph=("holder",))))
    assert any(f.startswith("needs: ") and "none of them is ever seen" in f for f in circle)


def test_an_incident_without_a_cause_to_name_is_found() -> None:
    (fault,) = faults(replace(INCIDENT, rubric=INCIDENT.rubric[:1]))
    assert "nobody can name the cause" in fault


def test_a_turn_that_sounds_like_holding_on_is_found_and_the_other_way_round() -> None:
    scene = cast(Redirect, REDIRECT.scene)
    both = replace(scene, defend=(*scene.defend, "take the counter out of the transaction"))
    assert faults(replace(TURNED, scene=both)) == [
        'defend: "take the counter out of the transaction" is heard as a turn'
    ]
    assert "pivot: the model answer is not heard as a turn, or as holding on" in faults(REDIRECT)


def test_the_proof_of_a_drill_holds_the_proof_of_its_scene() -> None:
    scene = cast(Incident, INCIDENT.scene)
    assert "path: costs 7 minutes, and the budget is 6" in list(
        unproven(replace(INCIDENT, scene=replace(scene, budget=6)))
    )
