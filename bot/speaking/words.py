"""What Pacer says about speaking aloud: numbers beside her own, never a score, nothing about accent or confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.chat.message import Bar, Chart
from bot.feedback.fillers import FINE, LEAST_WORDS, USUAL
from bot.speaking.measure import LAST, LEAST_CALM, Band, Week
from bot.speaking.model import LEAST_SECONDS, Heard, Spoken
from bot.speaking.reading import as_minutes

HOW = (
    "I did not get that. Say `/pacer speak 2:30` after speaking aloud; or `show`, `fillers um, basically`, "
    "`slow on`, `off`, `on`."
)
SEND = "Send me the transcript, as a message or a text file. I count and forget it. *cancel* leaves it."
LEFT = "Left as it was."
OVER = "That one is not here any more. `/pacer speak` tells me of a new one."
EMPTY = "I found no words of yours in that. Send it again, or say *cancel*."
NONE_OF_HERS = "I found no words of yours in the transcript, so no pace and no fillers. The rest is kept."
SECONDS = "About how many seconds of quiet before the answer?"
UNDONE = "Taken back, as if you had not told me."
OFF = "Pace and fillers are not counted any more. Asking to repeat still is, if you tell it. `/pacer speak on` brings them back."
ON = "Pace and fillers are counted again, when there is a transcript."
OFF_NOW = "Pace and fillers are off, so I counted neither. `/pacer speak on` brings them back."
TOLD_SLOW = {
    True: "I also say it when a pace is below 100 words a minute. `/pacer speak slow off` ends that.",
    False: "A slow pace goes without a word.",
}
FOREIGN = (
    "I count English only, and this looks like another language; so no pace and no fillers. The rest is kept."
)
NOTHING = "Nothing told yet. Speak an answer aloud, then say `/pacer speak 2:30`."
BANDS = {
    Band.FAST: "That is fast; slow down.",
    Band.FINE: "A fine pace.",
    Band.SLOW: "That is on the slow side, which you asked to hear.",
    Band.PLAIN: "",
}
SETTINGS = {True: "mock or interview", False: "calm practice"}


def head(spoken: Spoken) -> str:
    """What it was."""
    return f"**{spoken.label}**: {as_minutes(spoken.seconds)}, {SETTINGS[spoken.real]}"


def pace(spoken: Spoken, own: float | None, band: Band) -> str:
    """Words a minute beside her own calm pace."""
    if spoken.pace is None:
        short = spoken.heard is not None and spoken.seconds < LEAST_SECONDS
        return f"Below {LEAST_SECONDS} seconds a pace is chance, so there is none." if short else ""
    beside = (
        f"calm, you speak at {own:.0f}"
        if own is not None
        else f"your own calm pace shows after {LEAST_CALM} calm ones"
    )
    return f"{spoken.pace:.0f} words a minute; {beside}. {BANDS[band]}".strip()


def fillers(heard: Heard | None, own: Mapping[str, int], before: Sequence[Heard]) -> str:
    """At least so many, filled pauses and possible ones apart, and those of her list by name."""
    if heard is None:
        return ""
    said = f"Fillers: at least {heard.core} like *um*, {heard.discourse} possible ones like *you know*."
    if heard.words >= LEAST_WORDS:
        said += f" {_rates(heard, before)}"
    if own:
        said += f" From your list: {', '.join(f'*{phrase}* {count}' for phrase, count in own.items())}."
    return said


def _rates(heard: Heard, before: Sequence[Heard]) -> str:
    earlier = ", ".join(f"{h.rate:.1f}" for h in before if h.words >= LEAST_WORDS)
    beside = f"; before that {earlier}" if earlier else ""
    note = "" if heard.rate > USUAL else ", which is little" if heard.rate <= FINE else ", which is usual"
    pick = " Pick one to drop." if heard.rate > USUAL else ""
    return f"{heard.rate:.1f} in a hundred words{note}{beside}.{pick}"


def asked(spoken: Spoken, before: Sequence[int]) -> str:
    """Asked to repeat, beside the last ones."""
    if spoken.asked is None:
        return ""
    earlier = f"; before that {', '.join(map(str, before))}" if before else ""
    return f"Asked to repeat: {_times(spoken.asked)}{earlier}."


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def paused(seconds: float, *, praised: bool) -> str:
    """A pause before a behavioral answer."""
    if praised:
        return f"{seconds:g} quiet seconds before the answer: that is just right. It sounds like thought, because it is."
    return f"Noted: {seconds:g} seconds before the answer. Three to five serve a behavioral answer best."


def implausible(words: int, seconds: int) -> str:
    """Minutes and transcript that do not belong together."""
    return (
        f"{words:,} {'word' if words == 1 else 'words'} in {as_minutes(seconds)} hardly belong together, so I counted no pace and no fillers. "
        "The rest is kept; a transcript of just this stretch can follow."
    )


def own_list(phrases: Sequence[str], before: Sequence[str]) -> str:
    """Her own list, after a change."""
    if phrases:
        return f"I count these for you in transcripts: {', '.join(f'*{p}*' for p in phrases)}."
    held = f" It held: {', '.join(before)}." if before else ""
    return f"Your own list of fillers is empty.{held} `/pacer speak fillers um, basically` fills it."


def pace_chart(found: Sequence[Spoken]) -> Chart:
    """A bar for each of the newest that have a pace."""
    told = [(s, p) for s in found if (p := s.pace) is not None][-LAST:]
    bars = tuple(
        Bar(f"{s.day.day} {s.day:%b}", p, f"{p:.0f} {'real' if s.real else 'calm'}") for s, p in told
    )
    listed = "; ".join(f"{s.day.day} {s.day:%B} {p:.0f}, {SETTINGS[s.real]}" for s, p in told)
    title = "Words a minute"
    return Chart(title, bars, max(b.value for b in bars), f"{title}: {listed}.")


def own_pace(own: float | None) -> str:
    """Her calm median under the picture."""
    if own is None:
        return f"Your own calm pace shows after {LEAST_CALM} calm ones with a transcript."
    return f"Calm, you speak at {own:.0f} words a minute: the middle of your newest calm ones."


def asked_chart(weeks: Sequence[Week]) -> Chart:
    """Asked to repeat by week, each time she spoke."""
    bars = tuple(
        Bar(f"{w.monday.day} {w.monday:%b}", w.asked / w.times, f"{w.asked} in {w.times}") for w in weeks
    )
    listed = "; ".join(f"week of {w.monday.day} {w.monday:%B} {w.asked} in {w.times}" for w in weeks)
    title = "Asked to repeat, by week"
    return Chart(title, bars, max(1.0, *(b.value for b in bars)), f"{title}: {listed}.")
