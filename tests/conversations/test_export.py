"""Everything that is kept about somebody is hers to have, as a file that she can read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from conversations.stage import PLACE, WHO
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.effects import OpenForm
from bot.chat.message import MOST_IN_A_FILE, Audience, File, Message
from bot.privacy.pack import files
from bot.turn import Answer
from storage.mapping import from_json, to_json


def exported(on) -> dict[str, Any]:
    """What stands in the file of the last answer."""
    messages = [e.message for e in on.last if not isinstance(e, OpenForm)]
    (file,) = [b for m in messages for b in m.blocks if isinstance(b, File)]
    return json.loads(file.content)


async def test_everything_she_said_and_did_stands_in_the_file(person):
    await person.say("/pacer checkin half")
    await person.say("/pacer interview add Acme coding 2026-02-03 14:00")
    await person.say("/pacer company add Initech dream")
    await person.say("/pacer break 2026-03-02 2026-03-06")
    await person.say("/pacer drill coding")
    await person.say("I would hash the URL and store it once.")
    await person.skip(timedelta(hours=25))
    assert "pacer-export.json" in await person.say("/pacer export")
    kept = exported(person)
    assert kept["profile"]["track_id"] == "staff_backend"
    assert [c["day"] for c in kept["check_ins"]] == ["2026-01-05"]
    assert kept["sittings"][0]["answer"] == "I would hash the URL and store it once."
    assert [i["company"] for i in kept["interviews"]] == ["Acme"]
    assert kept["companies"] == [{"name": "Initech", "stakes": 3}]
    assert kept["breaks"] == [{"first": "2026-03-02", "last": "2026-03-06"}]
    assert kept["days"] and kept["times"] and kept["pace"] and kept["conversation"]
    assert "sent" in {letter["state"] for letter in kept["letters"]}
    assert kept["made_at"].startswith("2026-01-06T")
    assert "gAAAA" not in json.dumps(kept)


async def test_a_file_goes_only_to_direct_messages_and_a_channel_hears_that_it_does(person):
    person.place = replace(PLACE, private=False)
    await person.say("/pacer export")
    first, second = (e.message for e in person.last)
    assert first.audience is Audience.DIRECT and any(isinstance(b, File) for b in first.blocks)
    assert not any(isinstance(b, File) for b in second.blocks)
    assert "direct messages" in person.shown()


async def test_somebody_who_never_set_up_may_see_what_is_kept_of_her(stranger):
    await stranger.say("/pacer export")
    assert exported(stranger)["profile"] is None


def test_an_answer_with_a_file_can_wait_until_it_is_delivered():
    message = Message((File("kept.json", "secret words", "Here."),), Audience.DIRECT)
    answer = Answer(WHO, PLACE, "e1", (message,))
    assert from_json(Answer, json.loads(json.dumps(to_json(Answer, answer)))) == answer


def test_a_chart_that_an_older_program_kept_can_still_be_sent():
    old = {
        "blocks": [{"title": "t", "bars": [["Mon", 1.0, "w"]], "top": 1.0, "alt": "a"}],
        "audience": "direct",
    }
    (chart,) = from_json(Message, old).blocks
    assert (chart.bars[0].label, chart.bars[0].value, chart.bars[0].words) == ("Mon", 1.0, "w")


_rows = st.lists(st.dictionaries(st.sampled_from(["a", "b"]), st.text(max_size=30)), max_size=30)
_kept = st.dictionaries(
    st.sampled_from(["days", "cards", "profile", "pace"]),
    st.one_of(_rows, st.none(), st.dictionaries(st.just("x"), st.text(max_size=9))),
)


@given(_kept, st.integers(40, 400))
def test_however_much_there_is_every_row_is_in_one_of_the_files_and_each_can_be_read_alone(kept, most):
    made = files(kept, now=datetime(2026, 1, 5, tzinfo=UTC), most=most)
    read = [json.loads(f.content) for f in made]
    assert len({f.name for f in made}) == len(made)
    for section, value in kept.items():
        parts = [r[section] for r in read if section in r]
        assert (
            ([row for part in parts for row in part] == value)
            if isinstance(value, list)
            else parts == [value]
        )


def test_a_very_long_history_becomes_several_files():
    kept = {"sittings": [{"answer": "ü" * 12_000} for _ in range(120)]}
    made = files(kept, now=datetime(2026, 1, 5, tzinfo=UTC))
    assert len(made) == 3 and all(f.size <= MOST_IN_A_FILE for f in made)
    assert made[0].about == "Here is everything I keep about you, part 1 of 3."
