"""Reading what she tells of speaking aloud. Each raises Unclear with the one sentence that says what is expected."""

from __future__ import annotations

import re
from datetime import date

from bot.chat.form import Unclear
from bot.chat.pings import ping_in
from bot.chat.reading import number

SHORTEST, LONGEST = 5, 3_600
"""Seconds."""
MOST_ASKED = 20
LONGEST_LABEL = 80
LONGEST_IN_FORM, LONGEST_TRANSCRIPT = 12_000, 60_000
"""Characters: a quarter of an hour, and an hour."""
MOST_FILLERS, MOST_WORDS, LONGEST_FILLER = 20, 6, 60
LONGEST_PAUSE = 60
"""Seconds."""

_MINUTES = "I did not get that. Minutes look like *2:30*, from 0:05 to 60:00."
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?: ?m(?:in(?:utes?)?)?)?", re.ASCII)
_UNITS = re.compile(
    r"(?:(\d{1,3}) ?m(?:in(?:utes?)?)?)?[ ,]*(?:(\d{1,4}) ?s(?:ec(?:onds?)?)?)?", re.ASCII | re.IGNORECASE
)
_PLAIN = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)(?: ?m(?:in(?:utes?)?)?)?", re.ASCII | re.IGNORECASE)
_TIMES = {"never": 0, "none": 0, "no": 0, "once": 1, "twice": 2}
_SETTINGS = {"calm": "calm", "practice": "calm", "real": "real", "mock": "real", "interview": "real"}
_BETWEEN = re.compile(r"[,;\n]+")
_AROUND = '"“”«»`*.!?… '


def read_seconds(typed: str) -> int:
    """Seconds from 2:30, 2.5, 2 min, 150 s or 2m 30s."""
    words = " ".join(typed.split())
    if match := _CLOCK.fullmatch(words):
        seconds = 60 * int(match[1]) + int(match[2])
    elif match := _PLAIN.fullmatch(words):
        seconds = round(60 * float(match[1].replace(",", ".")))
    elif (match := _UNITS.fullmatch(words)) and any(match.groups()):
        seconds = 60 * int(match[1] or 0) + int(match[2] or 0)
    else:
        raise Unclear(_MINUTES)
    if not SHORTEST <= seconds <= LONGEST:
        raise Unclear(_MINUTES)
    return seconds


def as_minutes(seconds: int) -> str:
    """As she reads it: 2:30."""
    return f"{seconds // 60}:{seconds % 60:02}"


def read_minutes(typed: str, today: date) -> str:
    """Minutes and seconds, as 2:30."""
    return as_minutes(read_seconds(typed))


def read_asked(typed: str, today: date) -> str:
    """A whole number from 0 to 20."""
    words = typed.strip().casefold()
    value = float(_TIMES[words]) if words in _TIMES else number(words, 0, MOST_ASKED, "How often")
    if value != int(value):
        raise Unclear(f"I did not get that. How often is a whole number from 0 to {MOST_ASKED}.")
    return str(int(value))


def read_label(typed: str, today: date) -> str:
    """What it was, on one line."""
    label = " ".join(typed.split())
    if not any(c.isalnum() for c in label) or len(label) > LONGEST_LABEL:
        raise Unclear(f"I need a few words for what it was, {LONGEST_LABEL} characters at most.")
    if ping := ping_in(label):
        raise Unclear(f"`{ping}` would notify people; write it without.")
    return label


def read_setting(typed: str, today: date) -> str:
    """calm or real."""
    found = _SETTINGS.get(typed.strip().casefold())
    if found is None:
        raise Unclear("I did not get that. It was *calm* practice, or *real*: a mock or an interview.")
    return found


def read_in_form(typed: str, today: date) -> str:
    """A transcript as a form takes it, in whole."""
    return read_transcript(typed, LONGEST_IN_FORM)


def read_transcript(typed: str, most: int = LONGEST_TRANSCRIPT) -> str:
    """A transcript, in whole; a cut one would give a wrong pace."""
    if len(typed) > most:
        raise Unclear(
            f"That transcript has {len(typed):,} characters, and {most:,} is the most here. "
            "Take one stretch of it with its own minutes, or leave it out; the rest is kept."
        )
    return typed.strip()


def read_fillers(typed: str) -> tuple[str, ...]:
    """Her own list, as it is compared: small letters, once each, in her order; empty for none."""
    if typed.strip().casefold() in ("", "none", "clear"):
        return ()
    folded = typed.casefold().replace("’", "'")
    parts = (" ".join(part.split()).strip(_AROUND) for part in _BETWEEN.split(folded))
    found = tuple(dict.fromkeys(p for p in parts if p))
    if len(found) > MOST_FILLERS:
        raise Unclear(
            f"That is {len(found)} fillers, and a list holds {MOST_FILLERS}. Nothing was changed; one or two to listen for are plenty."
        )
    for phrase in found:
        if ping := ping_in(phrase):
            raise Unclear(f"`{ping}` would notify people; write it without. Nothing was changed.")
        fits = len(phrase.split()) <= MOST_WORDS and len(phrase) <= LONGEST_FILLER
        if not fits or not any(c.isalpha() for c in phrase):
            raise Unclear(
                f"A filler is one to {MOST_WORDS} words, such as *um* or *at the end of the day*, with commas between. "
                "Nothing was changed."
            )
    if not found:
        raise Unclear("I found no words in that. Say them like *um, basically*. Nothing was changed.")
    return found


def read_pause(typed: str) -> float:
    """Seconds of quiet."""
    words = re.sub(r" ?s(?:ec(?:onds?)?)?$", "", typed.strip().casefold())
    return number(words, 0, LONGEST_PAUSE, "A pause in seconds")
