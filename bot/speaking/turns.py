"""Speaking aloud as a conversation: a form, what was counted, her own fillers, and how it went over time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.chat.effects import Effects, OpenForm, say
from bot.chat.form import Form, FormField, Unclear
from bot.chat.message import Option, option
from bot.profile.model import Profile
from bot.speaking import measure, words
from bot.speaking import reading as read
from bot.speaking.model import Heard, Spoken
from bot.speaking.transcript import counted, hers, in_english, own_counts, spoken_words
from bot.turn import Turn

STEP, PAUSING = "transcript", "pausing"
BESIDE = 3
"""Earlier ones that a number stands beside."""

SPEAK = Form(
    "speak",
    "Speaking aloud",
    (
        FormField("label", "What was it?", read.read_label, "Such as *the payments story*."),
        FormField("minutes", "How long did you speak?", read.read_minutes, "Such as *2:30*."),
        FormField(
            "setting",
            "Calm or real?",
            read.read_setting,
            options=(("Calm practice", "calm"), ("A mock or an interview", "real")),
        ),
        FormField(
            "asked",
            "How often were you asked to repeat?",
            read.read_asked,
            "0 to 20; empty if you did not count.",
            optional=True,
        ),
        FormField(
            "transcript",
            "A transcript?",
            read.read_in_form,
            "Up to 400 words here; a longer one can follow as a file. It is counted and not kept.",
            optional=True,
            long=True,
        ),
    ),
)


async def speak(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer speak [what]`: the form, also with minutes in it; or show, fillers, slow, off, on."""
    typed = given.get("what", "").strip()
    first, _, rest = typed.partition(" ")
    match first.casefold(), rest.strip().casefold():
        case "", _:
            return (OpenForm(SPEAK),)
        case "show", "":
            return await show(turn)
        case ("on" | "off") as verb, "":
            await _save(turn, replace(turn.own, measures_speech=verb == "on"))
            return say(words.ON if verb == "on" else words.OFF)
        case "slow", ("on" | "off") as wanted:
            await _save(turn, replace(turn.own, told_slow=wanted == "on"))
            return say(words.TOLD_SLOW[wanted == "on"])
        case "fillers", _:
            return await _own_fillers(turn, rest)
    if not typed.lstrip("-+.,:")[:1].isdigit():
        raise Unclear(words.HOW)
    return (OpenForm(SPEAK, (("minutes", read.read_minutes(typed, turn.today)),)),)


async def _save(turn: Turn, profile: Profile) -> None:
    turn.profile = profile
    await turn.work.people.save_profile(profile)


async def _own_fillers(turn: Turn, typed: str) -> Effects:
    before, phrases = turn.own.own_fillers, read.read_fillers(typed)
    await _save(turn, replace(turn.own, own_fillers=phrases))
    return say(words.own_list(phrases, before))


async def on_spoken(turn: Turn, values: Mapping[str, str]) -> Effects:
    """The form. Whatever is wrong with a transcript, the rest is kept."""
    spoken = Spoken(
        id=turn.new_id,
        at=turn.now,
        day=turn.today,
        label=values["label"],
        seconds=read.read_seconds(values["minutes"]),
        real=values["setting"] == "real",
        asked=int(values["asked"]) if values.get("asked") else None,
    )
    return await _told(turn, spoken, values.get("transcript", ""))


async def on_transcript(turn: Turn, text: str) -> Effects:
    """A transcript that follows, for one that was told."""
    spoken = await turn.work.speaking.one(turn.talk.values.get("spoken", ""))
    if spoken is None or text.strip().casefold() in ("cancel", "nothing"):
        turn.rest()
        return say(words.OVER if spoken is None else words.LEFT)
    transcript = read.read_transcript(text)
    if not hers(transcript):
        return say(words.EMPTY)
    turn.rest()
    return await _told(turn, spoken, transcript)


async def _told(turn: Turn, spoken: Spoken, transcript: str) -> Effects:
    """Count, keep, and say it beside her own."""
    own: dict[str, int] = {}
    problem = ""
    if transcript and turn.own.measures_speech:
        # Others have their turn meanwhile: an hour's transcript takes a while.
        heard, own, problem = await asyncio.to_thread(
            heard_in, transcript, spoken.seconds, turn.own.own_fillers
        )
        spoken = replace(spoken, heard=heard)
    elif transcript:
        problem = words.OFF_NOW
    await turn.work.speaking.keep(spoken)
    before = [s for s in await _lately(turn) if s.at < spoken.at and s.id != spoken.id]
    return say("\n".join(line for line in _lines(turn, spoken, own, before, problem) if line),
               options=_options(turn, spoken))  # fmt: skip


def heard_in(transcript: str, seconds: int, own: Sequence[str]) -> tuple[Heard | None, dict[str, int], str]:
    """What was counted, her own fillers by phrase, and a sentence if nothing could be."""
    said = hers(transcript)
    spoken = spoken_words(said)
    if not said:
        return None, {}, words.NONE_OF_HERS
    if not in_english(said):
        return None, {}, words.FOREIGN
    if not measure.belongs(spoken, seconds):
        return None, {}, words.implausible(spoken, seconds)
    found, hers_too = counted(said), own_counts(said, own)
    return Heard(spoken, found.core, found.discourse, sum(hers_too.values())), hers_too, ""


def _lines(
    turn: Turn, spoken: Spoken, own: Mapping[str, int], before: Sequence[Spoken], problem: str
) -> tuple[str, ...]:
    calm = measure.calm_median(before)
    band = measure.band(spoken.pace or 0.0, calm, slow_too=turn.own.told_slow)
    return (
        words.head(spoken),
        words.pace(spoken, calm, band),
        words.fillers(spoken.heard, own, [s.heard for s in before if s.heard][-BESIDE:]),
        words.asked(spoken, [s.asked for s in before if s.asked is not None][-BESIDE:]),
        problem,
    )


def _options(turn: Turn, spoken: Spoken) -> tuple[Option, ...]:
    add = spoken.heard is None and turn.own.measures_speech
    return (
        *((option("Add a transcript", "speak", "add", spoken.id),) if add else ()),
        *((option("Behavioral: I paused first", "speak", "pause", spoken.id),) if spoken.paused is None else ()),
        option("Take it back", "speak", "undo", spoken.id),
    )  # fmt: skip


async def on_speak(turn: Turn, about: tuple[str, ...]) -> Effects:
    """A button under what was told."""
    verb, spoken_id, *more = (*about, "", "")
    spoken = await turn.work.speaking.one(spoken_id)
    if spoken is None:
        return say(words.OVER)
    match verb:
        case "add":
            return _ask_for_transcript(turn, spoken)
        case "pause":
            _expect(turn, PAUSING, spoken)
            picks = tuple(option(str(n), "speak", "paused", spoken.id, str(n)) for n in range(1, 9))
            return say(words.SECONDS, options=picks)
        case "paused":
            return await _paused(turn, spoken, read.read_pause(more[0]))
        case "undo":
            await turn.work.speaking.remove(spoken.id)
            return say(words.UNDONE)
    return say(words.OVER)


def _ask_for_transcript(turn: Turn, spoken: Spoken) -> Effects:
    if not turn.own.measures_speech:
        return say(words.OFF_NOW)
    _expect(turn, STEP, spoken)
    return say(words.SEND)


def _expect(turn: Turn, step: str, spoken: Spoken) -> None:
    """The next line is about this one, and a number in it is no pick of an earlier message."""
    turn.expect(step, spoken=spoken.id)
    turn.talk = replace(turn.talk, offered=())


async def on_pause_text(turn: Turn, text: str) -> Effects:
    """Seconds, typed."""
    spoken = await turn.work.speaking.one(turn.talk.values.get("spoken", ""))
    if spoken is None or text.strip().casefold() == "cancel":
        turn.rest()
        return say(words.OVER if spoken is None else words.LEFT)
    return await _paused(turn, spoken, read.read_pause(text))


async def _paused(turn: Turn, spoken: Spoken, seconds: float) -> Effects:
    await turn.work.speaking.keep(replace(spoken, paused=seconds))
    if turn.talk.step == PAUSING:
        turn.rest()
    return say(words.paused(seconds, praised=measure.praised(seconds)))


async def show(turn: Turn) -> Effects:
    """`/pacer speak show`: the newest paces, and how often she was asked to repeat."""
    found = await _lately(turn)
    paces = turn.own.measures_speech and any(s.pace is not None for s in found)
    weeks = measure.asked_by_week(found)
    if not paces and not weeks:
        return say(words.NOTHING)
    return say(
        words.pace_chart(found) if paces else None,
        words.own_pace(measure.calm_median(found)) if paces else None,
        words.asked_chart(weeks) if weeks else None,
    )


async def _lately(turn: Turn) -> list[Spoken]:
    return measure.in_order(await turn.work.speaking.since(turn.today - measure.LOOKED_AT))
