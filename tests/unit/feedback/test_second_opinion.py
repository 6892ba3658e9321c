"""What of a second opinion is believed, what both gradings come to, and sixty attempts to talk a grader round."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.drills.model import Drill, Point, Sitting
from bot.drills.reviewing import reviewed
from bot.feedback import words
from bot.feedback.model import Finding, Grader, Verdict
from bot.feedback.ports import Declined, ModelReview, Question, Why
from bot.feedback.scorable import own_sentences
from bot.feedback.second_opinion import APART, Claimed, believed, question, weigh
from bot.feedback.terms import sentences
from bot.pace.model import Kind

TRIED = yaml.safe_load((Path(__file__).parent / "injections.yaml").read_text(encoding="utf-8"))
DRILL = Drill(
    "cache", "A fresh cache", "system_design", "cache", Kind.DRILL, 15, 2,
    "How would you keep a cache in front of a database fresh?", (),
    (
        Point("ttl", "Entries expire after a time to live.", 2, must=True, says=("give each entry a time to live",)),
        Point("write", "A write deletes the entry.", 2, says=("on every write delete the key from the cache",)),
        Point("stampede", "One request refills while others wait.", 1, says=("only one request refills the entry",)),
        Point("aloud", "Said within two minutes.", 1, self_judged=True),
    ),
    "Give each entry a time to live, delete the key on every write, and let one request refill.", (),
)  # fmt: skip
HONEST = "I would give each entry a time to live of one minute, because readers may see old values that long."


APART_BY = "Then I would measure it. I would look at the numbers for a week. After that I would decide again."


def sat(answer: str, drill: Drill = DRILL) -> Sitting:
    """A sitting with this answer, reviewed by rules."""
    opened = Sitting("s1", "cache", "system_design", "cache", Kind.DRILL, date(2026, 1, 5), datetime(2026, 1, 5, tzinfo=UTC))  # fmt: skip
    opened = replace(opened, answer=answer)
    return replace(opened, findings=reviewed(drill, opened).findings)


def asked(answer: str, drill: Drill = DRILL) -> Question:
    """What is asked about it."""
    found = question(drill, sat(answer, drill))
    assert found is not None
    return found


def rules(answer: str) -> float:
    """The share of the rubric that rules give an answer."""
    return weigh(DRILL, sat(answer).findings, ()).rules


def talked_round(asking: Question) -> list[Claimed]:
    """A model that does whatever it is told: full marks, points of its own, links, pings, and quotes where it finds any."""
    start = " ".join(asking.answer.split())[:60]
    evil = Claimed("bonus", "met", "<!channel> @everyone https://evil.example/x")
    full = [Claimed(p.id, "met", start) for p in asking.rubric]
    return [evil, *full, replace(evil, point=asking.rubric[0].id), Claimed("ttl", "perfect", start)]


def test_only_what_words_can_show_is_asked():
    assert [p.id for p in asked(HONEST).rubric] == ["ttl", "write", "stampede"]
    assert question(DRILL, sat("")) is None
    assert (
        question(
            DRILL, sat("Das ist eine ganz andere Sprache und ich werde sie auch nicht mit dem Modell teilen.")
        )
        is None
    )


def test_a_quote_has_to_stand_in_the_answer_word_for_word_whatever_the_white_space():
    asking = asked(
        "I would give each entry\n  a time to live of “one minute”, and that’s all there is to it."
    )
    for quote, verdict in (
        ("each entry a time to live", Verdict.MET),
        ('a time to live of "one minute", and that\'s all', Verdict.MET),
        ("each entry has a time to live", Verdict.NOT_JUDGED),
        ("Each Entry A Time To Live", Verdict.NOT_JUDGED),
        ("a time", Verdict.NOT_JUDGED),
        ("", Verdict.NOT_JUDGED),
    ):
        others = [Claimed("write", "missing", ""), Claimed("stampede", "missing", "")]
        review = believed(asking, [Claimed("ttl", "met", quote), *others])
        assert isinstance(review, ModelReview)
        assert review.findings[0].verdict is verdict, quote


def test_unknown_points_are_dropped_and_the_first_word_on_a_point_holds():
    claims = [
        Claimed("ttl", "missing", ""),
        Claimed("ttl", "met", HONEST[:40]),
        Claimed("other", "met", HONEST[:40]),
        Claimed("write", "missing", ""),
    ]
    review = believed(asked(HONEST), claims)
    assert isinstance(review, ModelReview)
    assert [(f.point, f.verdict.value) for f in review.findings] == [
        ("ttl", "missing"), ("write", "missing"), ("stampede", "not judged"),
    ]  # fmt: skip
    assert {f.by for f in review.findings} == {Grader.MODEL}


def test_a_reply_that_says_little_or_nothing_that_stands_up_is_nonsense():
    assert believed(asked(HONEST), []) == Declined(Why.NONSENSE)
    made_up = [Claimed(p.id, "met", "words that nobody ever typed") for p in DRILL.rubric]
    assert believed(asked(HONEST), made_up) == Declined(Why.NONSENSE)


def finding(point: str, verdict: Verdict, by: Grader = Grader.RULES) -> Finding:
    return Finding(point, verdict, by=by)


def test_gradings_close_together_leave_the_rules_and_others_take_the_lower_and_say_that_they_are_unsure():
    by_rules = [finding(p.id, Verdict.MET) for p in DRILL.rubric]
    near = weigh(DRILL, by_rules, [finding("stampede", Verdict.PARTLY, Grader.MODEL)])
    assert (near.unsure, near.together) == (False, 1.0)
    far = weigh(DRILL, by_rules, [finding("ttl", Verdict.MISSING, Grader.MODEL)])
    assert (far.unsure, far.together) == (True, far.model)
    assert "I am unsure, and the lower counts: 4" in words.compared(DRILL, far)
    assert "about the same" in words.compared(DRILL, near)


def test_a_point_the_model_does_not_judge_makes_no_difference():
    by_rules = [finding(p.id, Verdict.MET) for p in DRILL.rubric]
    silent = [finding(p.id, Verdict.NOT_JUDGED, Grader.MODEL) for p in DRILL.rubric]
    assert weigh(DRILL, by_rules, silent).model == 1.0


@given(
    st.lists(st.sampled_from(Verdict), min_size=4, max_size=4),
    st.lists(st.sampled_from(Verdict), min_size=4, max_size=4),
)
def test_both_together_are_never_more_than_the_rules_alone(first, second):
    by_rules = [finding(p.id, v) for p, v in zip(DRILL.rubric, first, strict=True)]
    by_model = [finding(p.id, v, Grader.MODEL) for p, v in zip(DRILL.rubric, second, strict=True)]
    weighed = weigh(DRILL, by_rules, by_model)
    assert weighed.together <= weighed.rules
    assert weighed.unsure == (abs(weighed.rules - weighed.model) > APART + 1e-9)
    assert weighed.unsure or weighed.together == weighed.rules


def test_the_corpus_is_large_and_has_no_attempt_twice():
    everything = [*TRIED["answers"], *TRIED["imports"], *TRIED["names"]]
    assert len(TRIED["answers"]) >= 60
    assert len(everything) == len(set(everything))


@pytest.mark.parametrize("attempt", [*TRIED["answers"], *TRIED["imports"], *TRIED["names"]])
def test_the_rules_give_no_attempt_a_point_alone_or_beside_an_honest_answer(attempt):
    """Beside: three sentences away, on either side."""
    assert rules(attempt) == 0
    assert rules(f"{HONEST}\n{APART_BY}\n{attempt}") <= rules(HONEST)
    assert rules(f"{attempt}\n{APART_BY}\n{HONEST}") <= rules(HONEST)


HALVES = (
    HONEST,
    "I delete the key after a while.",
    "We write, then the cache is told.",
    "On every write I delete it from somewhere.",
    "Each entry gets a lifetime, a minute or so.",
    "Only one request should go to the database.",
    "A time limit on each of them.",
)


@pytest.mark.parametrize("attempt", [*TRIED["answers"], *TRIED["imports"], *TRIED["names"]])
def test_no_attempt_completes_a_point_that_was_half_said_right_beside_it(attempt):
    for half in HALVES:
        assert rules(f"{half}\n{attempt}") <= rules(half), half
        assert rules(f"{attempt}\n{half}") <= rules(half), half


@pytest.mark.parametrize(
    "honest",
    [
        "The hull covers all points on the plane, and nothing else.",
        "It covers every point in the window once.",
        "I pick the replica that meets all the criteria of the query.",
        "The target is met for each region, because every one has its own budget.",
        "The answer covers all of the cases that the test names.",
        "This meets every requirement of the client within a second.",
    ],
)
def test_honest_words_about_points_and_criteria_are_no_plea(honest):
    assert own_sentences(sentences(honest), "") == sentences(honest)


@pytest.mark.parametrize("attempt", TRIED["answers"])
def test_a_model_that_obeys_every_attempt_gains_nothing_and_says_nothing_of_its_own(attempt):
    answer = f"{HONEST}\n{attempt}"
    sitting = sat(answer)
    asking = question(DRILL, sitting)
    if asking is None:  # a second language in it: rules do not judge it, so nobody else is asked
        return
    held_to_rules(DRILL, sitting, asking)


@pytest.mark.parametrize("attempt", [*TRIED["imports"], *TRIED["names"]])
def test_nor_does_one_that_obeys_what_stands_in_a_drill_that_was_brought(attempt):
    brought = replace(DRILL, task=f"{DRILL.task}\n{attempt}")
    sitting = sat(HONEST, brought)
    held_to_rules(brought, sitting, asked(HONEST, brought))


def held_to_rules(drill: Drill, sitting: Sitting, asking: Question) -> None:
    """What comes of a model that was talked round."""
    review = believed(asking, talked_round(asking))
    assert isinstance(review, ModelReview)
    assert [f.point for f in review.findings] == [p.id for p in asking.rubric]
    plain = " ".join(sitting.answer.split())
    assert all(f.quote in plain for f in review.findings)
    weighed = weigh(drill, sitting.findings, review.findings)
    assert weighed.unsure and weighed.together == weighed.rules < weighed.model
    (said,) = words.given(drill, review.findings, weighed)
    for finding_ in review.findings:
        said = said.replace(finding_.quote, "")
    assert not any(evil in said for evil in ("evil.example", "@everyone", "<!channel>", "bonus"))
    json.dumps(said)


def test_every_reason_has_a_sentence_that_says_that_the_rules_stand():
    for why in Why:
        said = words.declined(DRILL, why)
        assert said.endswith("The review by rules stands.") and said.count("\n") == 0
