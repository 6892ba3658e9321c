"""What the detectors of communication signals find, on the labelled snippets and on the worked examples."""

from __future__ import annotations

import pytest
from bench.signals import count, precision_recall, snippets

from bot.feedback.clarifying import asked
from bot.feedback.closing import closing
from bot.feedback.fillers import fillers
from bot.feedback.impact import figures, only_influenced, over_scripted, vague
from bot.feedback.signals import COLUMNS, signal_rows, signals
from bot.feedback.star import story

LEAST = {"tuned": 0.9, "blind": 0.9, "fresh": 0.85}
"""Of the fresh ones a part may have fifteen labels, so that one of them is seven hundredths."""


@pytest.mark.parametrize("split", LEAST)
def test_each_detector_is_right_nine_times_in_ten_on_the_labelled_snippets(split: str):
    for name, tally in count(snippets(split)).items():
        if tally[0] + tally[2]:
            assert min(precision_recall(tally)) >= LEAST[split], name


def test_there_are_two_hundred_snippets_and_sixty_of_them_are_held_out():
    assert len(snippets("tuned")) >= 200
    assert len(snippets("fresh")) >= 60


@pytest.mark.parametrize(
    ("text", "core", "discourse"),
    [
        ("Um, so, I think, like, we should uh use Kafka, right?", 2, 2),
        ("So the cache is stale, so we invalidate it.", 0, 0),
        ("Databases like Postgres kind of work, actually it is a kind of problem I like", 0, 0),
        ("Right, so you turn right at the load balancer. That's the right call.", 0, 1),
    ],
)
def test_the_worked_examples_of_fillers_hold(text: str, core: int, discourse: int):
    heard = fillers(text)
    assert (heard.core, heard.discourse) == (core, discourse)


def test_fillers_have_no_rate_below_eighty_words_and_a_band_above():
    assert fillers("um " * 5).band == ""
    assert fillers("We store every order once. " * 20).band == "fine"
    assert fillers("Um we store every order once. " * 20).band == "many"


def test_questions_count_only_before_the_solution():
    text = "How many users? I would use a queue. Is order important?"
    assert asked(text).questions == 1
    assert asked(text).solution_at == text.index("I would")
    assert asked("How many users?").solution_at is None


def test_a_question_counts_without_its_mark_and_a_rhetorical_one_never():
    spoken = "ok so can the list be empty and do we need the order i would use a stack"
    assert asked(spoken, "coding").questions == 2
    assert asked(spoken, "coding").solution_at == spoken.index("i would")
    assert asked("Where do I even begin? I'd use a queue.").questions == 0
    assert asked("for x in xs:\n    print(x)\nIs that fine?", "coding").questions == 0


def test_one_like_is_counted_once():
    assert fillers("It is, um, like, a tree.").discourse == 1


def test_a_story_told_as_we_has_actions():
    told = story("The site was slow. We rewrote the search and tested it. The site became quick.")
    assert [part.value for _, part in told.parts] == ["S", "A", "R"]


def test_a_cue_with_nothing_of_the_answer_is_no_closing():
    assert not closing("Reads go to the followers. To sum up, bananas.").summary
    assert closing("Reads go to the followers. To sum up, followers serve reads.").summary


def test_impact_is_a_figure_and_no_date_no_version_and_no_name():
    assert figures("Errors fell from 8 % to 1 %.") > 0
    assert figures("In 2023 we moved to version 3.4, one of the releases, and watched p95.") == 0
    assert vague("It improved a lot.") and not vague("It improved a lot, by 40 percent.")
    assert only_influenced("I helped with the migration.") and not only_influenced(
        "I helped, and I built the importer."
    )
    assert over_scripted("Situation: late.\nTask: speed.\nAction: I spoke.\nResult: fine.")


def test_a_row_has_every_signal_and_an_unknown_kind_is_refused():
    assert tuple(signals("design", "")) == COLUMNS
    with pytest.raises(ValueError, match="kind"):
        list(signal_rows([{"kind": "song", "text": "la"}]))
