"""Judging many texts at once."""

import pytest

from bot.safety.batch import judge_rows


def test_each_row_keeps_its_fields_and_gains_a_tier_and_a_rule() -> None:
    rows = [{"id": "a", "text": "I want to die"}, {"id": "b", "text": "kill the process"}]
    assert list(judge_rows(rows)) == [
        {"id": "a", "text": "I want to die", "tier": "1", "rule": "wish-die"},
        {"id": "b", "text": "kill the process", "tier": "0", "rule": ""},
    ]


def test_an_empty_text_is_a_text() -> None:
    assert next(judge_rows([{"text": ""}]))["tier"] == "0"


def test_a_row_without_text_is_refused_with_its_number() -> None:
    judged = judge_rows([{"text": "hopeless case of nerves"}, {"words": "hello"}])
    next(judged)
    with pytest.raises(ValueError, match="Row 2 has no `text`"):
        next(judged)
