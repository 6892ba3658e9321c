"""The gate on single sentences: what it must catch, what it must let pass, and where it errs on purpose."""

import pytest

from bot.safety.gate import check
from bot.safety.model import Tier, Verdict


@pytest.mark.parametrize(
    "text",
    [
        "this interview killed me",
        "I want to die of embarrassment",
        "deadline is killing me",
        "kill the process",
        "dead letter queue",
        "I would kill for that offer",
        "pod keeps getting killed",
        "tired today",
        "stressed about the onsite",
        "kill -9 4211",
        "the suicide prevention classifier",
        "a poison pill in the topic",
        "AWS KMS rotates the key",
        "I shot myself in the foot with that schema",
        "ran 5 kms before the mock",
        "I cut myself off halfway through the answer",
        "",
    ],
)
def test_ordinary_talk_passes(text: str) -> None:
    assert check(text) == Verdict(Tier.NONE, "")


@pytest.mark.parametrize(
    "text",
    [
        "honestly I just want to die after that rejection",
        "better off without me",
        "no point in living if…",
        "kms, not joking",
        "I don't want to wake up",
        "I have the pills",
        "jumping off the bridge",
        "goodbye everyone, this is my last message",
    ],
)
def test_a_wish_a_plan_means_or_a_goodbye_is_a_crisis(text: str) -> None:
    assert check(text).tier is Tier.CRISIS


@pytest.mark.parametrize(
    "text",
    [
        "I'm not suicidal, just exhausted",
        "I don't want to die, I am just so low",
        "I can't take it anymore",
        "it all feels hopeless",
        "had a panic attack before the call",
        "my friend is suicidal",
        "my sister told me she doesn't want to live anymore",
    ],
)
def test_distress_denial_and_worry_about_somebody_else_are_the_second_tier(text: str) -> None:
    assert check(text).tier is Tier.DISTRESS


@pytest.mark.parametrize(
    "text",
    [
        "i want to k!ll myself",
        "i want to k*ll myself",
        "su1cide is all I think about",
        "I wanna d1e",
        "i want 2 die",
        "k.m.s tonight",
        "k i l l   m y s e l f",
        "going to k-i-l-l myself",
        "kil myself",
        "I want to dieeeee",
        "I. Want. To. Die.",
        "ki\u200bll my\u200dself",
        "I don\u2019t want to be here anymore",
        "\uff49 \uff57\uff41\uff4e\uff54 \uff54\uff4f \uff44\uff49\uff45",
        "I w\u0430nt to di\u0435",
        "#killmyself",
        "unalive myself",
        "I want\n\nnothing. I want to die",
    ],
)
def test_disguised_and_misspelt_words_are_read(text: str) -> None:
    assert check(text).tier is Tier.CRISIS


@pytest.mark.parametrize(
    "text",
    [
        "The interview killed me and now I really want to kill myself",
        "I want to die of laughter. No. I want to die.",
        "kill the pod, then kill myself",
        "our suicide prevention classifier would flag me, I am suicidal",
        "AWS KMS is down. kms, seriously",
        "I'm not suicidal. I just want to end my life.",
        "my friend is suicidal and so am I, I want to die",
        "I don't want to die but I don't want to live either",
        "I've never wanted to die more than today",
        "I don't want to be here anymore, this interview killed me",
    ],
)
def test_a_figure_of_speech_or_a_denial_hides_only_itself(text: str) -> None:
    assert check(text).tier is Tier.CRISIS


@pytest.mark.parametrize(("text", "tier"), [("end it all with a summary", 0), ("I want to end it all", 1)])
def test_an_idiom_is_excused_only_by_the_words_next_to_it(text: str, tier: int) -> None:
    assert check(text).tier == tier


def test_a_past_that_is_over_still_gets_the_kind_answer() -> None:
    """Deliberate: a false alarm costs one message, a miss may cost a life."""
    assert check("I used to feel suicidal years ago").tier is Tier.CRISIS


def test_other_languages_are_not_read() -> None:
    """A stated limit of the gate, kept visible here."""
    assert check("ich will nicht mehr leben").tier is Tier.NONE


def test_the_rule_that_decided_is_named() -> None:
    assert check("I'm going to kill myself").rule == "kill-myself"
    assert check("I'm not suicidal").rule == "denied"


def test_the_crisis_tier_is_the_gravest() -> None:
    assert sorted(Tier, key=lambda tier: tier.gravity) == [Tier.NONE, Tier.DISTRESS, Tier.CRISIS]
