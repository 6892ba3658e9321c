"""How much the gate finds, and how often it disturbs for nothing.

The sentences in phrases.csv were written before the patterns met them, then the patterns were tuned on
them; the misses that remain are left in. So the numbers here are a floor against regressions, not a
measure. Its column `round` says when a sentence came: 0 with the first lists, 1 to 3 later. At first
contact, before any tuning on them, the gate called 63 % of the crises of round 1 a crisis, 45 % of
round 2 (picked to be worded as none before) and 65 % of round 3. The first lists alone would have found
63, 40 and 63 %: tuning taught the gate its own sentences and hardly any by others.
"""

from unit.safety.phrases import LABELLED, of

from bot.safety.gate import check
from bot.safety.model import Tier


def test_the_set_is_large_enough_to_mean_something() -> None:
    assert len(of(1)) >= 120
    assert len(of(0)) >= 200


def test_nineteen_of_twenty_crises_are_found_as_crises() -> None:
    found = [text for text in of(1) if check(text).tier is Tier.CRISIS]
    assert len(found) / len(of(1)) >= 0.95


def test_distress_is_answered() -> None:
    answered = [text for text in of(2) if check(text).tier is not Tier.NONE]
    assert len(answered) / len(of(2)) >= 0.95


def test_hardly_any_ordinary_sentence_raises_an_alarm() -> None:
    """They are picked to be hard; of everyday messages it is to be one in five hundred at most."""
    alarms = [text for text in of(0) if check(text).tier is not Tier.NONE]
    assert len(alarms) <= 2, alarms


def test_at_most_one_ordinary_sentence_is_taken_for_a_crisis() -> None:
    alarms = [text for text in of(0) if check(text).tier is Tier.CRISIS]
    assert len(alarms) <= 1, alarms


def test_a_crisis_alarm_is_right_far_more_often_than_three_times_in_ten() -> None:
    raised = [label for text, label in LABELLED if check(text).tier is Tier.CRISIS]
    assert raised.count(1) / len(raised) >= 0.9
