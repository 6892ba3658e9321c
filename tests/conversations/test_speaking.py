"""Speaking aloud: told in a form, counted beside her own, and never more than she wants counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conversations.stage import WHO, Stage

from bot.chat.effects import OpenForm
from bot.chat.inbound import FormSent, Place

STORY = "We looked at the graph and moved the queue to another host because the old one was full of work. "
"""Twenty words."""
GERMAN = (
    "Wir haben die Warteschlange auf einen anderen Server verschoben und dann war es nicht mehr so langsam. "
)


async def tell(
    on: Stage,
    minutes: str = "2:00",
    words: int = 0,
    *,
    setting: str = "calm",
    asked: str = "",
    text: str = "",
) -> str:
    """One stretch through the whole form; so many words in it, or this text."""
    await on.say(f"/pacer speak {minutes}")
    for line in ("the queue story", "", setting, asked):
        await on.say(line)
    shown = await on.say(text or STORY * (words // 20))
    on.now += timedelta(hours=1)
    return shown


async def test_minutes_and_a_transcript_become_a_pace_and_nothing_like_a_score(person: Stage):
    shown = await tell(person, "2:00", 300, asked="2")
    assert "the queue story: 2:00, calm practice" in shown
    assert "150 words a minute" in shown and "A fine pace." in shown
    assert "at least 0 like um" in shown
    assert "Asked to repeat: twice." in shown
    assert not any(word in shown.casefold() for word in ("score", "confiden", "accent", "points"))


async def test_without_minutes_the_form_asks_for_them(person: Stage):
    assert "What was it?" in await person.say("/pacer speak")
    assert "How long did you speak?" in await person.say("a story")
    assert "from 0:05 to 60:00" in await person.say("ages")
    assert "Calm or real?" in await person.say("2:30")


async def test_without_a_transcript_there_is_no_pace_and_asked_to_repeat_stands_beside_the_last_ones(
    person: Stage,
):
    for asked in ("3", "1", "", "2"):
        await tell(person, asked=asked)
    shown = await tell(person, asked="0")
    assert "words a minute" not in shown and "Fillers" not in shown
    assert "Asked to repeat: never; before that 3, 1, 2." in shown


async def test_a_pace_beyond_her_own_is_told_to_slow_down_although_the_band_is_kept(person: Stage):
    for _ in range(3):
        assert "slow down" not in await tell(person, "2:00", 260)
    shown = await tell(person, "2:00", 340, setting="real")
    assert "170 words a minute; calm, you speak at 130. That is fast; slow down." in shown
    assert "slow down" in await tell(person, "1:00", 200)


async def test_a_slow_pace_is_told_only_to_somebody_who_asked(person: Stage):
    assert "slow" not in await tell(person, "2:00", 160)
    assert "below 100" in await person.say("/pacer speak slow on")
    assert "80 words a minute" in (shown := await tell(person, "2:00", 160)) and "slow side" in shown
    await person.say("/pacer speak slow off")
    assert "slow" not in await tell(person, "2:00", 160)


async def test_under_half_a_minute_there_is_no_pace(person: Stage):
    shown = await tell(person, "0:20", 40)
    assert "Below 30 seconds a pace is chance" in shown and "words a minute" not in shown


async def test_fillers_are_the_least_there_were_and_her_own_list_is_named(person: Stage):
    assert "um, basically, at the end of the day" in await person.say(
        "/pacer speak fillers um, basically, at the end of the day"
    )
    text = STORY * 5 + 'Um, basically it held, and at the end of the day he said "basically no".'
    shown = await tell(person, "1:00", text=text)
    assert "at least 1 like um" in shown
    assert "From your list: at the end of the day 1, basically 1, um 1." in shown
    many = await tell(person, "1:00", text="um, " * 12 + STORY * 5)
    assert "Pick one to drop." in many and "before that" in many


async def test_the_own_list_is_cleared_by_nothing_and_says_what_it_held(person: Stage):
    await person.say("/pacer speak fillers um, basically")
    assert "It held: um, basically." in await person.say("/pacer speak fillers")
    assert "From your list" not in await tell(person, "1:00", text=STORY * 5 + "basically")
    assert "Nothing was changed" in await person.say("/pacer speak fillers one two three four five six seven")


async def test_a_pause_of_three_to_five_seconds_is_praised_and_typed_or_tapped(person: Stage):
    await tell(person)
    assert "How many seconds" in (await person.tap("Behavioral: I paused first")).replace("About how", "How")
    assert "just right" in await person.say("4")
    await tell(person)
    await person.tap("Behavioral: I paused first")
    assert "from 0 to 60" in await person.say("a while")
    assert "Noted: 12 seconds" in await person.say("12 s")
    await tell(person)
    await person.tap("Behavioral: I paused first")
    assert "just right" in await person.tap("3")


async def test_a_transcript_can_follow_after_a_restart(person: Stage):
    await tell(person, "2:00")
    await person.tap("Add a transcript")
    again = Stage(person.store, person.now)
    assert "150 words a minute" in await again.say(STORY * 15)
    assert "150 calm" in await again.say("/pacer speak show")


async def test_a_transcript_that_follows_late_stands_beside_what_was_before_it(person: Stage):
    await tell(person, asked="2")
    told = person.last
    await tell(person, asked="5")
    person.last = told
    await person.tap("Add a transcript")
    assert "Asked to repeat: twice.\n" in await person.say(STORY * 15) + "\n"


async def test_a_number_where_a_transcript_is_waited_for_picks_no_earlier_button(person: Stage):
    await tell(person, asked="2")
    await person.tap("Add a transcript")
    assert "no words of yours" in await person.say("2")
    assert "2 in 1" in await person.say("/pacer speak show")


async def test_the_form_goes_on_after_a_restart(person: Stage):
    await person.say("/pacer speak 2:00")
    await person.say("the queue story")
    again = Stage(person.store, person.now)
    assert "Calm or real?" in await again.say("")


async def test_cancel_leaves_a_waiting_transcript_and_the_numbers_stay(person: Stage):
    await tell(person, asked="2")
    await person.tap("Add a transcript")
    assert "Left as it was" in await person.say("cancel")
    assert "2 in 1" in await person.say("/pacer speak show")


async def test_what_was_told_wrongly_is_taken_back_and_its_buttons_answer_kindly(person: Stage):
    await tell(person, asked="20")
    told = person.last
    assert "Taken back" in await person.tap("Take it back")
    person.last = told
    assert "not here any more" in await person.tap("Add a transcript")
    assert "Nothing told yet" in await person.say("/pacer speak show")


async def test_the_last_twelve_are_shown_with_her_calm_pace_and_weeks_of_being_asked(person: Stage):
    for n in range(14):
        await tell(
            person, "2:00", 240 + 20 * (n % 3), setting="real" if n % 5 == 4 else "calm", asked=str(n % 3)
        )
        person.now += timedelta(days=1)
    shown = await person.say("/pacer speak show")
    assert shown.count("calm\n") + shown.count("real\n") == 12
    assert "Calm, you speak at 130 words a minute" in shown
    assert "Asked to repeat, by week" in shown and "6 in 7" in shown


async def test_off_counts_neither_pace_nor_fillers_and_on_brings_them_back(person: Stage):
    await tell(person, "2:00", 300, asked="1")
    assert "not counted any more" in await person.say("/pacer speak off")
    shown = await tell(person, "2:00", 500, asked="3")
    assert "words a minute" not in shown and "Fillers" not in shown
    assert "I counted neither" in shown and "Asked to repeat: 3 times; before that 1." in shown
    assert "Words a minute" not in await person.say("/pacer speak show")
    await person.say("/pacer speak on")
    assert "150 words a minute" in await tell(person, "2:00", 300)
    assert "150 calm" in await person.say("/pacer speak show")


@pytest.mark.parametrize("typed", ["0:00", "90:00", "-2", "-2:30", "2:99", "99999"])
async def test_minutes_that_cannot_be_open_nothing(person: Stage, typed: str):
    assert "from 0:05 to 60:00" in await person.say(f"/pacer speak {typed}")
    assert person.last and not any(isinstance(e, OpenForm) for e in person.last)


async def test_an_unknown_word_says_what_there_is(person: Stage):
    for typed in ("banana", "show me", "on on", "slow", "🙂"):
        assert "/pacer speak 2:30" in await person.say(f"/pacer speak {typed}")


async def test_bad_answers_in_the_form_are_asked_again_and_nothing_is_lost(person: Stage):
    await person.say("/pacer speak 2:00")
    for line in ("the queue story", "", "calm"):
        await person.say(line)
    for nonsense in ("asked 200 times", "200", "-1", "2.5"):
        assert "from 0 to 20" in await person.say(nonsense)
    await person.say("2")
    assert "12,000 characters" in await person.say("word " * 6_000)
    shown = await person.say("")
    assert "the queue story: 2:00, calm practice" in shown and "Asked to repeat: twice." in shown


async def test_a_long_transcript_in_a_modal_keeps_the_form(person: Stage):
    values = (
        ("label", "a story"),
        ("minutes", "2:00"),
        ("setting", "calm"),
        ("asked", "1"),
        ("transcript", "word " * 6_000),
    )
    place = Place("D1", private=True, forms=True)
    sent = FormSent(sender=WHO, place=place, event_id="f1", at=person.now, form="speak", values=values)
    person.last = await person.coach.handle(sent)
    assert "30,000 characters" in person.shown() or "29,999 characters" in person.shown()
    (form,) = (e for e in person.last if isinstance(e, OpenForm))
    assert dict(form.known) == dict(values)


async def test_another_language_is_not_counted_and_the_rest_is_kept(person: Stage):
    shown = await tell(person, "2:00", asked="2", text=GERMAN * 10)
    assert "I count English only" in shown and "Asked to repeat: twice." in shown
    assert "words a minute" not in shown


async def test_minutes_and_words_that_do_not_belong_together_are_said_and_a_right_transcript_can_follow(
    person: Stage,
):
    shown = await tell(person, "0:40", 500)
    assert "500 words in 0:40 hardly belong together" in shown
    await person.tap("Add a transcript")
    assert "at least" in await person.say(STORY * 5)


async def test_an_empty_transcript_is_asked_for_again(person: Stage):
    await tell(person)
    await person.tap("Add a transcript")
    assert "no words of yours" in await person.say("[silence]")
    assert "no words of yours" in await person.say("Interviewer: what happened then?")
    assert "150 words a minute" in await person.say(STORY * 15)
    shown = await tell(person, asked="1", text="Interviewer: what happened then?")
    assert "no words of yours in the transcript" in shown and "Asked to repeat: once." in shown


async def test_no_word_of_a_transcript_is_kept(person: Stage):
    await tell(person, "2:00", text=STORY * 14 + "canaryword " * 3)
    async with person.store.work(WHO) as work:
        kept = repr(await work.archive.everything())
    assert "the queue story" in kept and "'words': 283" in kept
    assert "canaryword" not in kept and "moved the queue" not in kept


async def test_the_cue_card_has_one_line_with_numbers_if_she_hurried_when_it_counted(person: Stage):
    for _ in range(3):
        await tell(person, "2:00", 280)
    await tell(person, "2:00", 340, setting="real")
    await person.say("/pacer interview add Acme onsite tomorrow 14:00")
    letter = await person.skip(timedelta(days=1))
    assert "Acme today." in letter
    assert "Your last mock or interview ran at 170 words a minute; calm, you speak at 140." in letter


@pytest.mark.parametrize("why", ["not faster", "off", "no calm pace"])
async def test_the_cue_card_has_no_such_line_otherwise(person: Stage, why: str):
    for _ in range(0 if why == "no calm pace" else 3):
        await tell(person, "2:00", 280)
    await tell(person, "2:00", 300 if why == "not faster" else 340, setting="real")
    if why == "off":
        await person.say("/pacer speak off")
    await person.say("/pacer interview add Acme onsite tomorrow 14:00")
    letter = await person.skip(timedelta(days=1))
    assert "Acme today." in letter and "words a minute" not in letter


async def test_a_stranger_is_shown_the_way_in(stranger: Stage):
    assert "set you up" in await stranger.say("/pacer speak 2:30")
