"""A number and its unit stay on one line, on every platform; what is typed with either space means the same."""

from __future__ import annotations

import pytest

from adapters.discord.render import parts as discord_parts
from adapters.slack.render import parts as slack_parts
from bot.chat.choices import recognise, several
from bot.chat.markup import passages, plain
from bot.chat.message import message, option
from bot.chat.reading import duration
from bot.chat.units import NO_BREAK, tied

TEXT = (
    "\u2013 Cache it \u00b7 coding \u00b7 **10 min**, say `/pacer done 10 min`, 100 kB, 10 minutes, min 10 h"
)


def test_a_number_is_tied_to_its_unit_and_to_nothing_else():
    expected = TEXT.replace("10 min**", f"10{NO_BREAK}min**").replace("100 kB", f"100{NO_BREAK}kB")
    expected = expected.replace("10 h", f"10{NO_BREAK}h").replace("done 10 min", f"done 10{NO_BREAK}min")
    assert tied(TEXT) == expected


def test_what_is_to_be_copied_keeps_its_spaces():
    (passage,) = passages(TEXT)
    assert [s.text for s in passage.spans if s.code] == ["/pacer done 10 min"]
    assert [s.text for s in passage.spans if s.bold] == [f"10{NO_BREAK}min"]
    assert NO_BREAK not in "".join(s.text for p in passages("```\n10 min\n```") for s in p.spans)
    assert NO_BREAK not in plain(TEXT)


@pytest.mark.parametrize("parts", [slack_parts, discord_parts])
def test_both_platforms_show_it(parts):
    (part,) = parts(message("It takes 10 min."))
    shown = str(part.blocks) if hasattr(part, "blocks") else str(part.view.to_components())
    assert f"10{NO_BREAK}min" in shown or "10\\xa0min" in shown


@pytest.mark.parametrize("space", [" ", NO_BREAK])
def test_typed_with_either_space_it_is_the_same(space):
    offered = (option("under 5 h", "a"), option(f"6{NO_BREAK}h", "b"))
    assert recognise(f"under 5{space}h", offered) is offered[0]
    assert recognise(f"6{space}h", offered) is offered[1]
    assert several(f"under 5{space}h, 6{space}h", offered) == list(offered)
    assert duration(f"90{space}m").total_seconds() == 5400
