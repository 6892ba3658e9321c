"""Whether an outcome is told in figures and in one's own verbs, and whether it sounds learnt by heart."""

from __future__ import annotations

import re

from bot.feedback.late import Late
from bot.feedback.own_words import own_words, stretches

_SPELLED = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|hundred|a hundred|a thousand|half|a third|a quarter|zero|twice|double|halved)"
_NO_FIGURE = Late(
    r"\b(?:p|v|q|s|l|h)\d+(?:\.\d+)*\b|\bversions? \d[\d.]*|\b(?:in|since|by|of|from|until|during) (?:19|20)\d\d\b|\b(?:19|20)\d\d\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?\b"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}:\d\d\b|\bone of\b|\b[a-z]+ \d+\.\d+(?:\.\d+)+\b|\b(?:day|step|level|tier|phase|team|part) (?:one|two|three|\d+)\b",
    re.IGNORECASE,
)
_FIGURE = Late(
    rf"\bfrom (?:\w+ ){{0,3}}?(?:[\d.,]+|{_SPELLED})\b.{{0,40}}?\bto (?:[\d.,]+|{_SPELLED})"
    r"|[$€£]\s?\d[\d.,]*\s?(?:[kmb]\b|million|billion)?"
    r"|\d[\d.,]*\s?(?:%|percent\b|per cent\b|x\b|×|times\b)"
    r"|\b\d[\d.,]*\s?(?:[a-z]+)\b"
    r"|\bto (?:zero|\d[\d.,]*)\b|\bby (?:half|a third|a quarter|two thirds)\b|\bhalf (?:the|as|of)\b|\bzero \w+"
    rf"|\b{_SPELLED} (?:of \w+ )?(?:\w+ )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|times|percent|customers?|people|users?|teams?|errors?|tickets?|bugs?|incidents?|orders?|requests?|engineers?|dollars|euros)\b"
    r"|\b(?:halved|doubled|tripled|quadrupled|twice as)\b|\b\d[\d.,]*$",
    re.IGNORECASE,
)
VAGUE = Late(
    r"\b(?:(?:improved|increased|reduced|decreased|sped up|boosted|optimi[sz]ed|grew|helped)\b[^.!?]{0,40}?\b(?:a lot|significantly|greatly|dramatically|massively|substantially|considerably|much|hugely)"
    r"|(?:significant(?:ly)?|huge|massive|great|big|dramatic|tremendous) (?:impact|improvement|success|increase|reduction|difference|faster|better)"
    r"|much (?:better|faster|happier)|a lot (?:better|faster|more)|things improved)\b",
    re.IGNORECASE,
)
_INFLUENCED = Late(
    r"\b(?:influenced|supported|helped|assisted|participated|was involved|contributed|advised|was part of|collaborated|facilitated)\b",
    re.IGNORECASE,
)
_BUILT = Late(
    r"\bi (?:\w+ly |then |also )?(?:built|wrote|designed|led|shipped|implemented|created|rewrote|ran|fixed|migrated|launched|decided|automated|introduced|set up|removed|moved)\b",
    re.IGNORECASE,
)
_SCRIPTED = Late(
    r"\b(?:passionate about|results[- ]driven|team player|think outside the box|synerg\w+|leverag(?:e|ed|ing)|spearhead\w*|proven track record|fast[- ]paced|"
    r"go the extra mile|at the end of the day|situation was as follows|the task at hand|the action i took was|the result was that|utili[sz]ed my|"
    r"stakeholder alignment|moved the needle|value[- ]add|best[- ]in[- ]class|wear many hats|hit the ground running)\b",
    re.IGNORECASE,
)
SCRIPTED = 3
"""Stock phrases, or stiff labels of a scheme, from which a story sounds learnt by heart."""
_LABEL = Late(r"(?:^|\n)\s*(?:the )?(?:situation|task|action|result)s?\s*[:.-]", re.IGNORECASE)


def figures(text: str) -> int:
    """Figures that measure something: a number with a unit, a share, a change. Dates, versions and names are none."""
    return len(_FIGURE.findall(_NO_FIGURE.sub(" ", own_words(text))))


def vague(text: str) -> tuple[str, ...]:
    """Words of impact in sentences without a figure, such as "improved a lot"."""
    found = []
    for sentence in stretches(text):
        if not figures(sentence.text):
            found += [m.group() for m in VAGUE.finditer(sentence.text)]
    return tuple(found)


def only_influenced(text: str) -> bool:
    """Whether she says that she helped, and never what she herself built or decided."""
    own = own_words(text)
    return bool(_INFLUENCED.search(own)) and not _BUILT.search(own)


def over_scripted(text: str) -> bool:
    """Whether it sounds learnt by heart: stock phrases, or a scheme's labels read out."""
    own = own_words(text)
    return len(_SCRIPTED.findall(own)) + len(_LABEL.findall(own)) >= SCRIPTED
