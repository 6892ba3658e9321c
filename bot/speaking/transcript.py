"""What of a transcript she said herself, and what is counted in it.

Pace counts spoken words only: marks of silence, times, and filled pauses are none, so that somebody who
hesitates is not told to be fast. Fillers are the least there were, since speech recognition drops many
(CrisperWhisper, arXiv 2408.16589).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.feedback.fillers import Fillers, fillers
from bot.feedback.model import Unscorable
from bot.feedback.own_words import WORD, own_words
from bot.feedback.scorable import unscorable

_TIMES = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?[.,]\d{1,3}\b|(?m:^[ \t]*\d{1,2}:\d{2}(?::\d{2})?\b)|-->")
_MARKS = re.compile(
    r"\[[^\[\]\n]{0,40}\]|\((?:[^()\n]{0,20}\b)?(?:pause|silence|laughs?|inaudible|cough)s?\)"
)
_HEADS = re.compile(r"(?m)^(?:WEBVTT\b.*|[ \t]*\d{1,4}[ \t]*)$")
_SPEAKER = re.compile(r"[ \t]*(interviewer|them|q|me|i|you|candidate|a)[ \t]*:[ \t]*", re.IGNORECASE)
_OTHERS = frozenset({"interviewer", "them", "q"})
_HESITATION = re.compile(r"(?:u+[hm]+m*|u+hm+|er(?:m+|r*)|a+h+|hm+|mm+)", re.IGNORECASE)


def hers(text: str) -> str:
    """Her part of a transcript, without times and marks; lines after *Interviewer:* are not hers."""
    kept, mine = [], True
    for line in _HEADS.sub("", _MARKS.sub(" ", _TIMES.sub(" ", text))).splitlines():
        speaker = _SPEAKER.match(line)
        if speaker:
            mine = speaker[1].casefold() not in _OTHERS
        said = line[speaker.end() if speaker else 0 :].strip()
        if mine and said:
            kept.append(said)
    return "\n".join(kept)


def spoken_words(said: str) -> int:
    """Words of her part that carry something; filled pauses are left out."""
    return sum(not _HESITATION.fullmatch(word) for word in WORD.findall(said))


def counted(said: str) -> Fillers:
    """Filled pauses and possible fillers in her part."""
    return fillers(said)


def own_counts(said: str, phrases: Sequence[str]) -> dict[str, int]:
    """How often each of her own fillers comes, as whole words outside quotations and code, most often first.

    A phrase within a longer one of the list counts with the longer one only.
    """
    if not phrases:
        return {}
    by_length = sorted(phrases, key=lambda p: (-len(p), p))
    either = "|".join(r"\s+".join(re.escape(word) for word in p.split()) for p in by_length)
    found: dict[str, int] = {}
    whole = re.compile(rf"(?<!\w)(?<!\w['-])(?:{either})(?!\w|['-]\w)")
    for match in whole.findall(own_words(said).casefold().replace("’", "'")):
        phrase = " ".join(match.split())
        found[phrase] = found.get(phrase, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def in_english(said: str) -> bool:
    """Whether it can be counted: pace and fillers of other languages are different ones."""
    return unscorable(said, (), ()) is not Unscorable.FOREIGN
