"""Plays of clarify, redirect, incident, decode and levels: told only what was asked for, and honest about the way."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.drills.scene_drills import ALL, CLARIFY, DECODE, GRILL, INCIDENT, LEVELS, REDIRECT

from bot.drills.model import Drill
from bot.drills.play.decode import mark, scene_of
from bot.drills.play.model import Move
from bot.drills.play.table import play_of
from bot.drills.progress import Progress
from bot.feedback.model import Verdict
from storage.mapping import from_json, to_json

MET, PARTLY, MISSING = Verdict.MET, Verdict.PARTLY, Verdict.MISSING
DRAWS = "I would store the codes in a table with a cache before it."
SECRETS = ("FACT-", "SHOWN-", "WHY-", "HINT-")


def played(drill: Drill, *lines: str, minute: float = 1.0) -> tuple[Progress, list[str]]:
    """The progress after these lines, and what was said to each."""
    so_far, told = Progress(), []
    for line in lines:
        move = play_of(drill).hear(drill, so_far, line, minute)
        so_far = move.progress
        told.append(words(move))
    return so_far, told


def words(move: Move | None) -> str:
    """What a move says."""
    return "\n".join(str(part) for part in move.says) if move else ""


def verdicts(drill: Drill, so_far: Progress) -> dict[str, Verdict]:
    return dict(play_of(drill).verdicts(drill, so_far))


def told(drill: Drill, so_far: Progress) -> str:
    return play_of(drill).told(drill, so_far)


# clarify


def test_a_question_is_answered_with_its_fact_and_no_other() -> None:
    _, (said,) = played(CLARIFY, "What is the ratio of reads to writes?")
    assert said == "FACT-RATIO ten to one."


def test_two_questions_in_one_message_release_two_facts() -> None:
    _, (said,) = played(CLARIFY, "Do links expire? And may links be guessable?")
    assert "FACT-EXPIRY" in said
    assert "FACT-GUESS" in said
    assert said.count("FACT-") == 2


def test_a_list_of_questions_is_answered_as_far_as_anybody_would() -> None:
    every = "\n".join(f"- {f.heard[0]}?" for f in CLARIFY.scene.facts)
    _, (said,) = played(CLARIFY, every)
    assert said.count("FACT-") == 3
    assert "one by one" in said


@pytest.mark.parametrize("line", ["What colour is the label?", "Can you tell me everything?", "Why?"])
def test_a_question_that_nothing_is_known_about_gets_an_honest_no(line: str) -> None:
    _, (said,) = played(CLARIFY, line)
    assert said == "I have nothing on that. Assume what you find sensible, and say so."


def test_the_twist_comes_once_with_the_first_thing_that_is_drawn_after_a_question() -> None:
    so_far, said = played(CLARIFY, "Do links expire?", DRAWS, "A worker fills the cache.")
    assert ["TWIST-ONE" in line for line in said] == [False, True, False]
    assert "TWIST" not in words(play_of(CLARIFY).hear(CLARIFY, so_far, "And a queue before the worker.", 2))


def test_a_twist_with_a_minute_comes_at_its_bell_or_with_the_next_word_but_not_twice() -> None:
    play, (so_far, _) = play_of(CLARIFY), played(CLARIFY, "Do links expire?")
    assert play.bells(CLARIFY) == (10,)
    rung = play.ring(CLARIFY, so_far, 10)
    assert "TWIST-TWO" in words(rung)
    assert rung is not None
    assert play.ring(CLARIFY, rung.progress, 10) is None
    assert "TWIST-TWO" in words(play.hear(CLARIFY, so_far, "Anything else?", 11.0))
    assert "TWIST-TWO" not in words(play.hear(CLARIFY, rung.progress, "Anything else?", 11.0))


def test_what_did_not_change_yet_changes_when_she_says_done_and_then_it_is_done() -> None:
    play, (so_far, _) = play_of(CLARIFY), played(CLARIFY, "Do links expire?", DRAWS)
    last = play.finish(CLARIFY, so_far, 5)
    assert "TWIST-TWO" in words(last)
    assert last is not None
    assert play.finish(CLARIFY, last.progress, 6) is None


def test_asked_before_counts_whole_asked_later_half_and_never_nothing() -> None:
    so_far, _ = played(CLARIFY, "Do links expire?", DRAWS, "What is the monthly budget?")
    found = verdicts(CLARIFY, so_far)
    assert found == {"ratio": MISSING, "guess": MISSING, "expiry": MET, "offline": MISSING, "budget": PARTLY}


def test_what_is_told_counts_what_was_really_asked() -> None:
    so_far, _ = played(
        CLARIFY, "reads compared with writes?", "Do links expire?", DRAWS, "What is the monthly budget?"
    )
    assert told(CLARIFY, so_far) == (
        "You asked two things before drawing anything, first for the ratio of reads to writes. "
        "One more came after it had begun."
    )
    assert (
        told(CLARIFY, played(CLARIFY, DRAWS)[0])
        == "You asked for nothing that was kept back before drawing anything."
    )


def test_questions_are_no_answer() -> None:
    so_far, _ = played(CLARIFY, "Should I use random codes too long to guess?", DRAWS)
    assert play_of(CLARIFY).judged(CLARIFY, so_far) == DRAWS


# redirect


def test_whoever_turns_by_herself_hears_no_pushback() -> None:
    so_far, (said,) = played(REDIRECT, "All transactions wait for the same row lock, so I take it out.")
    assert "PUSH" not in said
    assert verdicts(REDIRECT, so_far) == {"turn": MET}
    assert told(REDIRECT, so_far) == "You turned by yourself."


def test_the_pushback_gets_plainer_and_counts_as_a_hint_though_it_is_never_called_one() -> None:
    play, so_far, hints = play_of(REDIRECT), Progress(), 0
    for name in ("PUSH-ONE", "PUSH-TWO", "PUSH-THREE"):
        move = play.hear(REDIRECT, so_far, "I would shard the database by campaign over more machines.", 1)
        assert name in words(move)
        assert "hint" not in words(move).casefold()
        so_far, hints = move.progress, hints + move.hints
    assert hints == 3
    again = play.hear(REDIRECT, so_far, "Still a larger machine with more cores.", 1)
    assert again.hints == 0
    assert not again.says


@pytest.mark.parametrize(("held", "verdict"), [(0, MET), (1, MET), (2, PARTLY), (3, PARTLY)])
def test_turning_late_counts_half(held: int, verdict: Verdict) -> None:
    lines = ["I would shard the database by campaign."] * held
    so_far, _ = played(REDIRECT, *lines, "Right, all transactions wait for the same row lock.")
    assert verdicts(REDIRECT, so_far) == {"turn": verdict}


def test_what_is_told_says_how_often_she_held_on_and_when_she_turned() -> None:
    held = "I would shard the database by campaign."
    so_far, _ = played(
        REDIRECT,
        held,
        held,
        "Hm, the counter waits for something there.",
        "I take the counter out of the transaction.",
    )
    assert told(REDIRECT, so_far) == "You held on twice, then turned at the third hint."
    never, _ = played(REDIRECT, held)
    assert (
        told(REDIRECT, never)
        == "You held on once and the interviewer pushed back once, and you did not turn."
    )
    assert verdicts(REDIRECT, never) == {"turn": MISSING}


def test_a_word_that_says_nothing_costs_no_rung() -> None:
    so_far, (said,) = played(REDIRECT, "ok")
    assert so_far.step == 0
    assert "PUSH" not in said


def test_once_she_turned_the_idea_she_gave_up_is_not_judged_any_more() -> None:
    turned = "All transactions wait for the same row lock."
    so_far, _ = played(REDIRECT, "I would shard the database by campaign.", turned)
    assert play_of(REDIRECT).judged(REDIRECT, so_far) == turned


# incident


def test_a_look_shows_its_evidence_as_it_stands_and_costs_its_minutes() -> None:
    so_far, (said,) = played(INCIDENT, "pool usage over time")
    assert "```\n$ pool\nSHOWN-GRAPH  40 of 40\n```" in said
    assert said.endswith("*3 of 20 minutes*")
    assert so_far.spent == 3


def test_a_look_again_is_free_and_a_look_at_nothing_costs_a_minute() -> None:
    so_far, said = played(INCIDENT, "recent deploys", "What changed yesterday?", "look at the coffee machine")
    assert "SHOWN-DEPLOYS" in said[1]
    assert "costs nothing" in said[1]
    assert "Nothing to be seen there." in said[2]
    assert so_far.spent == 6


def test_evidence_that_needs_other_evidence_leads_nowhere_before() -> None:
    line = "which code path holds the connections?"
    _, said = played(INCIDENT, line, "pool usage over time", line)
    assert "SHOWN" not in said[0]
    assert "nowhere yet" in said[0]
    assert "SHOWN-HOLDER" in said[2]


CAUSE = "cause: the customs handler never returns its connection"


def test_the_clock_is_met_by_a_cause_named_within_the_budget() -> None:
    so_far, _ = played(INCIDENT, "pool usage over time", CAUSE)
    assert verdicts(INCIDENT, so_far) == {"clock": MET}


def test_the_clock_is_lost_by_a_cause_named_after_it_or_never() -> None:
    late, said = played(
        INCIDENT,
        "recent deploys",
        "packet loss",
        "pool usage over time",
        "swap",
        "iostat",
        "flames?",
        "printer?",
        "kettle?",
        CAUSE,
    )
    assert sum("it hurts now" in line for line in said) == 1
    assert verdicts(INCIDENT, late) == {"clock": MISSING}
    wrong, _ = played(INCIDENT, "cause: the network")
    assert verdicts(INCIDENT, wrong) == {"clock": MISSING}


def test_a_question_never_names_the_cause_and_a_statement_never_opens_evidence() -> None:
    so_far, _ = played(INCIDENT, "Is it that the customs handler never returns its connection?")
    assert verdicts(INCIDENT, so_far) == {}
    _, (said,) = played(INCIDENT, "cause: packet loss, recent deploys and swap")
    assert "SHOWN" not in said


def test_a_closing_account_is_kept_whole_however_its_lines_break() -> None:
    text = (
        "The pool runs dry every three hours. The customs\nhandler never returns its connection\nwhen a parcel has no number. "
        "I roll it back\nfirst and tell support about it now. Then\nwe add an alert on connections in use."
    )
    so_far, (said,) = played(INCIDENT, text)
    assert "SHOWN" not in said
    assert so_far.spent == 0
    assert verdicts(INCIDENT, so_far) == {"clock": MET}


def test_what_is_told_names_what_was_never_opened() -> None:
    so_far, _ = played(INCIDENT, "pool usage over time", "swap")
    assert told(INCIDENT, so_far) == (
        "You looked at two things in 5 of 20 minutes. Never opened: *which code path holds the connections*."
    )


# decode


def picks(*themes: str) -> tuple[Progress, list[str]]:
    so_far, said = Progress(), []
    for theme in themes:
        value = next(mark(DECODE, r) for r in scene_of(DECODE).readings if r.theme == theme)
        move = play_of(DECODE).pick(DECODE, so_far, value)
        so_far = move.progress
        said.append(words(move))
    return so_far, said


def test_the_readings_are_not_shown_in_the_authors_order_and_always_in_the_same() -> None:
    shown = [p.label.casefold() for p in play_of(DECODE).now(DECODE, Progress()).picks]
    assert shown == [p.label.casefold() for p in play_of(DECODE).now(DECODE, Progress()).picks]
    assert sorted(shown) == sorted(r.theme for r in scene_of(DECODE).readings)
    assert shown != [r.theme for r in scene_of(DECODE).readings]


@pytest.mark.parametrize(
    ("themes", "verdict"),
    [
        (("technical disagreement",), MET),
        (("conflict", "technical disagreement"), PARTLY),
        (("conflict", "failure"), MISSING),
        (("conflict", "failure", "technical disagreement"), MISSING),
    ],
)
def test_reading_it_at_once_counts_whole_and_at_the_second_try_half(
    themes: tuple[str, ...], verdict: Verdict
) -> None:
    so_far, _ = picks(*themes)
    assert verdicts(DECODE, so_far) == {"reading": verdict}


def test_the_look_alike_is_named_as_one_and_after_two_tries_the_right_one_is_told() -> None:
    so_far, said = picks("conflict", "failure")
    assert said[0].startswith("That is the look-alike. WHY-CONFLICT")
    assert "WHY-RIGHT" in said[1]
    assert told(DECODE, so_far).endswith("The look-alike caught you first.")


def test_a_story_typed_before_the_reading_is_kept() -> None:
    so_far, (said,) = played(DECODE, "I would tell of a measurement.")
    assert so_far.said() == "I would tell of a measurement."
    assert "WHY" not in said


# levels


def test_a_level_stays_shut_until_it_stands_or_she_insists() -> None:
    play, (so_far, _) = play_of(LEVELS), played(LEVELS, "I write a linked list for everything.")
    held = play.finish(LEVELS, so_far, 2)
    assert held is not None
    assert "Not yet" in words(held)
    assert not any(p.text.lower().rstrip(".") in words(held).lower() for p in LEVELS.rubric)
    opened = play.finish(LEVELS, held.progress, 3)
    assert "ASK-EXPIRY" in words(opened)
    assert opened is not None
    stands = play.hear(LEVELS, opened.progress, "A heap ordered by expiry gives the next one.", 4).progress
    assert "ASK-TESTS" in words(play.finish(LEVELS, stands, 5))
    assert told(LEVELS, stands) == (
        "You answered 2 of 3 levels, not the third. Level 1 did not stand at the first go."
    )


def test_each_question_has_its_own_hint_once_and_a_button_of_an_earlier_one_does_nothing() -> None:
    play = play_of(GRILL)
    first = play.now(GRILL, Progress())
    assert [p.label for p in first.picks] == ["Hint"]
    taken = play.pick(GRILL, Progress(), first.picks[0].value)
    assert "HINT-STORE" in words(taken)
    assert taken.hints == 1
    assert play.pick(GRILL, taken.progress, first.picks[0].value).hints == 0
    so_far = play.hear(GRILL, taken.progress, "A hashmap keeps the values.", 1).progress
    ahead = play.finish(GRILL, so_far, 2)
    assert ahead is not None
    assert not ahead.picks
    assert "HINT" not in words(play.pick(GRILL, ahead.progress, first.picks[0].value))


def test_a_drill_that_became_shorter_goes_on_at_its_last_question() -> None:
    assert "ASK-TESTS" in words(play_of(GRILL).now(GRILL, Progress(step=7)))


# all of them

lines = st.one_of(
    st.text(max_size=200),
    st.sampled_from(
        ["", "?", "done", "```\nwhile (1) {}\n```", "cause:", "TWIST", "\n\n", "a" * 5000, "Ich weiß es nicht, wirklich.", DRAWS, CAUSE]
    ),
    st.lists(st.sampled_from(["what", "how", "show", "me", "the", "is", "a", "?", "please", "it", "\n"]), max_size=30).map(" ".join),
)  # fmt: skip


@pytest.mark.parametrize("drill", ALL, ids=lambda d: d.id)
@given(texts=st.lists(lines, max_size=6), minutes=st.floats(0, 300))
def test_any_words_at_any_time_break_nothing_and_survive_a_restart(
    drill: Drill, texts: list[str], minutes: float
) -> None:
    play, so_far = play_of(drill), Progress()
    for text in texts:
        so_far = play.hear(drill, so_far, text, minutes).progress
        so_far = play.pick(drill, so_far, text).progress
        if (move := play.finish(drill, so_far, minutes)) is not None:
            so_far = move.progress
        for bell in play.bells(drill):
            if (rung := play.ring(drill, so_far, bell)) is not None:
                so_far = rung.progress
        kept = json.loads(json.dumps(to_json(Progress, so_far)))
        assert from_json(Progress, kept) == so_far
        play.now(drill, so_far)
        play.told(drill, so_far)
        play.judged(drill, so_far)
        assert set(play.verdicts(drill, so_far)) <= {p.id for p in drill.rubric}


def strangers(drill: Drill) -> st.SearchStrategy[str]:
    """Words that have nothing to do with what the drill keeps back."""
    words_ = [
        "giraffe",
        "umbrella",
        "violin",
        "what",
        "how",
        "many",
        "show",
        "me",
        "tell",
        "everything",
        "all",
        "secret",
        "?",
        "please",
        "is",
        "the",
    ]
    return st.lists(st.sampled_from(words_), max_size=40).map(" ".join)


@pytest.mark.parametrize("drill", [CLARIFY, INCIDENT, DECODE, GRILL], ids=lambda d: d.id)
@given(data=st.data())
def test_nothing_is_revealed_that_was_not_asked_for(drill: Drill, data: st.DataObject) -> None:
    texts = data.draw(st.lists(strangers(drill), max_size=5))
    so_far, said = played(drill, *texts)
    shown = "\n".join([*said, words(play_of(drill).now(drill, so_far))])
    assert not [s for s in SECRETS if s in shown]
    assert not so_far.seen
