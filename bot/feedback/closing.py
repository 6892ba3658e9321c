"""How an answer ends: with a summary or the remaining risk, or by trailing off."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.feedback.late import Late
from bot.feedback.own_words import stretches
from bot.feedback.terms import terms

LAST = 2
"""Sentences at the end in which it counts."""
_LONG = 40
"""Words from which speech without full stops is taken to hold more than its last sentence."""
_MAIN = (
    "main|key|biggest|central|core|one|whole|real|essential|chief|principal|primary|most important|big|short"
)
_CUE = Late(
    r"\b(?:(?:sum(?:ming)?(?: (?:it|this|that|all|things|everything))*(?: all)? up|summari[sz](?:e|ing)|recap(?:ping)?|conclud(?:e|ing)|wrap(?:ping)?(?: (?:it|this|that|things|everything))? up|"
    r"boil(?:s|ed|ing)?(?: (?:it|this|that|all|everything))*(?: all)? down|condens(?:e|ing) (?:it|this|that)|round(?:ing)? (?:this |it |things )?off)\b|"
    r"(?:put|putting|say) (?:it |this |that )?(?:briefly|simply|shortly|in (?:short|a nutshell|one|a))|in (?:sum|summary|short|brief|conclusion|essence|a nutshell|total)\b(?! sentences)|in (?:one|a single|a) (?:sentence|line|word|phrase)\b|to (?:conclude|finish|close)\b,?|"
    r"all in all|all told|overall\b|on the whole|by and large|taken together|bottom line|long story short|(?:the )?short version|tl;?dr|(?:the )?(?:gist|upshot|essence|moral)\b|when all is said|at the end of the day|"
    rf"so (?:the |my )(?:{_MAIN})|(?:the|my|our) (?:{_MAIN}) (?:\w+ )?(?:things?|points?|trade-?offs?|take-?aways?|risks?|lesson|ideas?|message|costs?|argument|concern|reason|weakness|strength|price)\b|take-?aways?|"
    r"(?:remaining|biggest|main|open|residual|unresolved) (?:risks?|questions?|issues?|concerns?|points?|weak spots?)\b|what (?:remains|is left|i'd (?:still )?watch)\b|(?:if you|to) (?:only )?(?:remember|take away) (?:one|only|just)|"
    r"what i(?: would)? (?:learned|learnt|took|take|want you to)|the lesson|looking back|my recommendation|i(?: would|'d) recommend|"
    r"(?:if i had|given|with) more time|the point is|in the end,? (?:it|this|that)(?:'s| is| comes| all)|(?:comes|boils) down to|what (?:i|you|we)(?:'d| would| should| want| need)[\w ']{0,20}\b(?:take|remember|keep|stress)\b|so,? (?:what|the) (?:matters|answer)|what (?:matters|counts)\b|that is why|next i(?: would|'d))",
    re.IGNORECASE,
)
_SUMS = Late(
    r"^\W*(?:so,? |and |okay,? |to |let me |if i (?:had|were) to |i(?:'d| would) )*(?:sum(?:ming)? (?:it |this |that |all )*up|summari[sz]|recap|conclud|wrap(?:ping)? (?:it |this |things )?up|in (?:summary|short|brief|conclusion|a nutshell)\b|"
    r"put (?:it |this )?(?:briefly|simply)|boil |all in all|long story short|bottom line|the (?:short version|gist))",
    re.IGNORECASE,
)
_HEDGE = r"(?:(?:basically|pretty much|about|all|kind of|sort of|roughly|more or less|really|just|i think|i guess|probably|mostly)\s*)*"
_TRAILS = Late(
    rf"\bthat(?:'s| is| was| would be|'d be)\s*,?\s*{_HEDGE}(?:it|all|everything|my (?:story|answer|design|solution))\b"
    r"(?:\s*(?:really|i guess|i think|i have|i've got|i can (?:say|think of)|i (?:wanted|had|have) to say|i had|i know|for now|from me|i got|so far|there is(?: to (?:it|say))?|folks|on that|then|for (?:this|that)(?: one)?|yeah|you know))*\s*,?\s*(?:i think|i guess|yeah|so|really)?\s*[.!…]*$"
    r"|\bthat(?:'s| is) (?:basically |pretty much |about )(?:it|all|everything)(?=\s*(?:[,.;!…]|$|and\b|so\b))|\b(?:i'm|i am) done\b|\bthat(?:'s| is) all(?: (?:i|there) (?:have|got|know|can say|had|is|wanted to say)| from me)?(?=\s*(?:[,.;!…]|$))|\bnothing (?:else|more) to (?:say|add)\b"
    r"|\b(?:(?:i )?(?:don't know|not sure|no idea) what (?:else|more) (?:to|i)|so,? yeah\W*$|^(?:and|so)?,? ?yeah\W*$|i(?:'ll| will) (?:leave it|stop) (?:there|here)|(?:that|this) (?:about |pretty much )?(?:covers|sums) (?:it|everything)\W*$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Closing:
    """Whether there is a closing summary in the last two sentences, and whether the answer trails off."""

    summary: bool
    trails_off: bool


def closing(text: str) -> Closing:
    """Look at the end of an answer. A cue alone is no summary: it has to name something the answer spoke of."""
    sentences = [" ".join(s.text.replace("’", "'").split()) for s in stretches(text)]
    said: set[str] = set()
    summary = trails = False
    for number, sentence in enumerate(sentences):
        if number >= len(sentences) - LAST:
            trails = trails or trails_off(sentence)
            summary = summary or (not sentence.endswith("?") and _sums_up(sentence, said))
        said |= _content(sentence)
    return Closing(summary, trails)


def summarises(sentence: str) -> bool:
    """Whether a sentence has the words of a summary, whatever it is about."""
    return bool(_SUMS.search(sentence))


def trails_off(sentence: str) -> bool:
    """Whether a sentence only says that nothing follows."""
    return bool(_TRAILS.search(sentence))


def _sums_up(sentence: str, said: set[str]) -> bool:
    """Whether it has a cue, near its end where it is speech without full stops, and names what was said before."""
    starts = [m.start() for m in re.finditer(r"\S+", sentence)]
    end = starts[-_LONG] if len(starts) > _LONG else 0
    found = _CUE.search(sentence, end)
    if found is None:
        return False
    before = said | _content(sentence[: found.start()]) if found.start() else said
    return bool((_content(sentence[found.start() :]) if end else _content(sentence)) & before)


def _content(sentence: str) -> set[str]:
    return {t.stem for t in terms(sentence) if t.weight == 1.0}
