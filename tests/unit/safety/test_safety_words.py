"""The fixed words: what they always hold, and what they never say."""

import re

import pytest

from bot.safety import words
from bot.safety.gate import check
from bot.safety.helplines import shipped
from bot.safety.model import Helpline, Tier

LINES = [*shipped().by_country.values(), shipped().default]
SPOKEN = (words.crisis, words.distress, words.while_quiet)
NEVER = (
    "lost|broke|behind|disappoint|give up|last chance|everyone else|only you|must|should|commit|promise|"
    "suicid|kill|pill|rope|bridge|die|depress|disorder|positive|cheer"
)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_a_crisis_is_answered_with_ways_to_reach_somebody_in_the_first_two_sentences(line: Helpline) -> None:
    first_two = words.crisis(line).split("\n\n")[0]
    assert len(re.findall(r"[.?!](?= |$)", first_two)) == 2
    for way in filter(None, (line.call, line.text, line.web, line.emergency)):
        assert way in first_two


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_no_fixed_text_hurts_asks_or_names_a_method(line: Helpline) -> None:
    for text in (*(speak(line) for speak in SPOKEN), words.RESUMED, words.FIGURATIVE):
        said = text.replace(line.web, "").replace(line.name, "")
        assert not re.search(NEVER, said.lower())
        assert "?" not in said


def test_it_thanks_stays_and_lets_practice_wait() -> None:
    said = words.crisis(LINES[0])
    assert "Thank you for saying it" in said
    assert "I'm here, and practice can wait" in said


def test_hours_are_told_when_nobody_answers_at_night() -> None:
    assert "from 10:00 to midnight" in words.crisis(shipped().for_country("IT"))
    assert "day and night" in words.crisis(shipped().for_country("US"))


def test_the_distress_text_leaves_practice_optional() -> None:
    assert "Practice is optional today" in words.distress(LINES[0])


@pytest.mark.parametrize("speak", SPOKEN)
def test_pacers_own_words_raise_no_alarm_when_quoted_back(speak) -> None:  # type: ignore[no-untyped-def]
    assert all(check(speak(line)).tier is Tier.NONE for line in LINES)
