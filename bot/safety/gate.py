"""The first thing that looks at anything a person writes: does it sound like a crisis, or like distress?

English only; see `bot.safety.patterns` for the lists and their limits. The same text always gets the
same verdict. Time grows linearly with the text, because every gap in a pattern is bounded.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from bot.safety.composed_patterns import COMPOSED
from bot.safety.despair_patterns import DESPAIR
from bot.safety.distress_patterns import DISTRESS
from bot.safety.meaning_patterns import MEANINGS
from bot.safety.model import Tier, Verdict
from bot.safety.patterns import DENIED, FORCE, FRAGMENTS, LEET, LOOKALIKES, MASKS, OTHERS, REWRITES
from bot.safety.plan_patterns import PLANS
from bot.safety.wish_patterns import WISHES

_BLANK = re.compile(r"[^\S\n]")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u00b4`\u2032]")
_DISGUISED = re.compile(r"(?<=[a-z])[013457@$!|](?=[a-z])")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_SPACED_OUT = re.compile(r"(?<![a-z0-9])[a-z]([ ._*-])[a-z](?:\1[a-z])+(?![a-z0-9])")
_SPACED_WIDE = re.compile(r"(?<![a-z0-9])[a-z] [a-z](?: +[a-z]){2,}(?![a-z0-9])")
_STOP = re.compile(r"[.!?;:\u2026]+|\n\s*\n")
_PAUSE = re.compile(r"[,\n()\u2013\u2014]|\s-\s")
_WORD = re.compile(r"[a-z0-9*]+|,")


SHORT_RUN = 3
"""So many one-word sentences in a row are read as one."""


def check(text: str) -> Verdict:
    """The gravest tier that any rule finds in the text, with the rule that found it."""
    plain = normalised(text)
    flowing = _marked(plain.replace(" ,", ""))
    # A comma may join two halves of a thought or end one, so for a crisis both readings count.
    halting = _marked(" . ".join(part for part in plain.split(" . ") if "," in part).replace(" ,", " ."))
    for rule, pattern in _crisis():
        if pattern.search(flowing) or pattern.search(halting):
            return Verdict(Tier.CRISIS, rule)
    for rule, pattern in _distress():
        if pattern.search(flowing):
            return Verdict(Tier.DISTRESS, rule)
    return Verdict()


def normalised(text: str) -> str:
    """The text as the patterns expect it, with commas still in it as words of their own.

    The docstring of `bot.safety.patterns` describes the rest.
    """
    plain = f" {_sentences(_letters(text))} . "
    for pattern, spelling in _rewrites():
        plain = pattern.sub(spelling, plain)
    return plain


def _marked(plain: str) -> str:
    """The text with idioms hidden and with denials and other people's crises marked as such."""
    plain = f" {plain} . "
    for mark, pattern in _markers():
        plain = pattern.sub(mark, plain)
    return plain


def _letters(text: str) -> str:
    """Lower case Latin letters, without accents, invisible signs, apostrophes and disguises."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in decomposed if unicodedata.category(c) not in {"Mn", "Cf"})
    plain = _APOSTROPHES.sub("", _BLANK.sub(" ", plain).translate(LOOKALIKES))
    plain = re.sub(r"(?<=[a-z])11(?!\w)", "ll", plain)
    plain = _DISGUISED.sub(lambda m: m.group().translate(LEET), plain)
    plain = _DRAWN_OUT.sub(lambda m: "ll" if m.group(1) == "l" else m.group(1), plain)
    plain = _SPACED_WIDE.sub(lambda m: re.sub(r"(?<! ) (?! )", "", m.group()), plain)
    return _SPACED_OUT.sub(lambda m: m.group().replace(m.group(1), ""), plain)


def _sentences(text: str) -> str:
    """Words with one space between them and " . " between sentences."""
    found = [_WORD.findall(_PAUSE.sub(" , ", part)) for part in _STOP.split(text)]
    spoken = [words for words in found if any(word != "," for word in words)]
    return " . ".join(" ".join(words) for words in _rejoined(spoken))


def _rejoined(sentences: list[list[str]]) -> list[list[str]]:
    """Runs of one-word sentences, as in "I. Want. Out.", made one."""
    joined: list[list[str]] = []
    single: list[list[str]] = []
    for words in [*sentences, []]:
        if len(words) == 1:
            single.append(words)
            continue
        joined += [[word for (word,) in single]] if len(single) >= SHORT_RUN else single
        single = []
        joined += [words] if words else []
    return joined


def _whole(pattern: str) -> re.Pattern[str]:
    """Compile a pattern written as `bot.safety.patterns` describes."""
    lines = (line.strip() for line in pattern.strip().splitlines())
    flat = "".join(line if not line.startswith("| ") else f"|{line[2:]}" for line in lines).removeprefix("|")
    for name, words in FRAGMENTS.items():
        flat = flat.replace(f"<{name}>", f"(?:{words})")
    flat = re.sub(r"@(\d) ?", r"(?:\\w+ ){0,\1}", flat).replace("@.", r"\.")
    return re.compile(rf" (?:{flat})(?!\w)")


@cache  # compiling takes a while, and start-up does not need it
def _rewrites() -> tuple[tuple[re.Pattern[str], str], ...]:
    force = re.compile(rf" (?:{FORCE}|(?<!not )(?<!isnt )just)(?= )")
    return (*((re.compile(rf" (?:{old})(?![\w*])"), f" {new}") for old, new in REWRITES), (force, ""))


@cache
def _markers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return (
        (" _", _whole(MASKS)),
        (" deniedcrisis", _whole(DENIED)),
        (" otherscrisis", _whole(OTHERS)),
    )


@cache
def _crisis() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((rule, _whole(pattern)) for rule, pattern in (WISHES | PLANS | COMPOSED | MEANINGS).items())


@cache
def _distress() -> tuple[tuple[str, re.Pattern[str]], ...]:
    marks = {"denied": "| deniedcrisis", "someone-else": "| otherscrisis"}
    return tuple((rule, _whole(pattern)) for rule, pattern in (marks | DISTRESS | DESPAIR).items())
