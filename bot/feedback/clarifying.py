"""What an answer asks before it begins to solve, and where the solution begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.feedback.late import Late
from bot.feedback.own_words import Stretch, stretches

_THING = Late(
    r"\b(?:tables?|caches?|queues?|apis?|load balancers?|databases?|index(?:es)?|replicas?|shards?|partitions?|heaps?|hash(?: ?maps?| tables?)?|dictionar(?:y|ies)|sets?|cdns?|"
    r"kafka|redis|postgres(?:ql)?|mysql|s3|dynamo\w*|cassandra|elasticsearch|rabbitmq|kubernetes|schemas?|token bucket|state machine|two pointers|binary search|breadth.first|"
    r"depth.first|dynamic programming|algorithm|counters?|workers?|servers?|gateway|websockets?|pub.?sub|streams?|brokers?|topics?|bloom filter|consistent hashing|"
    r"microservices?|monolith|leader|primary|followers?|geo index|stack|sliding window|prefix sums?|recursion|trie|union.find|object storage|cron|lock|transactions?|pipelines?|blob stores?|ledgers?|event log|nested loops?|brute force|topological sort|greedy|memoi[sz]ation|rate limiter|message bus|"
    r"bfs|dfs|dijkstra|linked list|min.heap|max.heap|deque|backtracking|quickselect|divide and conquer|bit mask|bitmask|hash ?set|regional deployment|serverless|lambdas?|data lake|inverted index|write.ahead log|reverse proxy)\b",
    re.IGNORECASE,
)
_DOES = Late(
    r"\b(?:i|we)(?:'d| would| will|'ll| can| could)? (?:also |then |just |simply |first )*(?:use|put|begin with|start with|go (?:for|with)|sort|iterate|loop|walk|swap|store|build|add|partition|shard|split|"
    r"design|propose|choose|pick|create|keep|write|do a|return|replicate|cache|draw|scan|traverse|push|send|model|introduce|implement|run|take|need an?|count|check|sweep|slide|track|group|combine|maintain|initiali[sz]e|compute|compare|expose|fan out|copy|recurse|merge|reverse|go through|move|switch|separate|have an?|set up|batch|index|hash|replay) ?\b"
    r"|^(?:(?:so|then|okay|ok|right|first|sure|well|now)[, ]+)*(?:sort|use|store|keep|put|shard|push|build|take|count|create|add|walk|iterate|loop|split|cache|partition|reverse|merge|start with|begin with|treat|hash)\b (?!care|note|it that)"
    r"|^(?:(?:then|so|okay|ok|first|next)[, ]+)*i (?!(?:think|guess|suppose|assume|see|understand|mean|know|want|need|like|am|have|hear|wonder|believe|was|had|would|will|can|could|get|got|asked|don)\b)\w+ (?:it|the|each|every|them|an?|all|both|from|through|by|two)\b"
    r"|\b(?:column|key.value|document|graph|time.series|relational|vector) (?:store|database)s?\b|\b(?:would|could|should) be (?:my|the|a good) (?:first|initial|starting|main|best)\b"
    r"|\blet me (?:draw|start|begin|design|sketch|write|code)\b|\blet's use\b|\bmy (?:design|solution|approach|plan)\b|\bhow about\b",
    re.IGNORECASE,
)
_OURS = Late(
    r"\b(?:how about|what about|would we need|shall we|let's|should (?:we|i) (?:use|put|add|store|cache|shard)|(?:can|could) (?:we|i) (?:use|put|add|store|cache|shard))\b|,\s*(?:right|okay|ok|yes|no)\s*\?",
    re.IGNORECASE,
)
_NOT_ASKED = Late(
    r"\b(?:any questions|make[s]? sense|did i\b|i (?:\w+ )?asked|asked (?:the|him|her|them|my|everyone)|you know what|why would we"
    r"|(?:do|should|would|can|could|shall|must) i (?:even |possibly |best |now |then |go about )?(?:do|make|begin|start|approach|solve|handle|tackle|design|build|store|say|put|explain|get|know|think|mean)|(?:can|could) (?:we|i|one) (?:do|go) (?:\w+ )?(?:better|faster)"
    r"|(?:how|where|why) (?:would|do|can|could|should|might|will|else) (?:we|one) (?:\w+ )?(?:go about|solve|do|approach|build|handle|design|make|scale|tackle|prevent|avoid|fix|mean)|so what|who cares|why (?:not|bother))\b|,\s*(?:okay|ok|shall we)\s*\?",
    re.IGNORECASE,
)
_TELLS = Late(
    r"\b(?:i(?: would|'d)(?: also| first| just| really| still)* (?:like|love|want|need) to(?: also| first| just| quickly)* (?:clarify|confirm|know|ask|understand|check|find out)(?! (?:\w+ )?(?:\w+ )?(?:things?|questions?)\b)|i(?: also| first| just| really| still)* (?:want|need|have) to(?: also| first| just| quickly)* (?:know|clarify|confirm|understand|check|find out|ask)(?! (?:\w+ )?(?:\w+ )?(?:things?|questions?)\b)|"
    r"(?:just|only) to (?:be (?:sure|clear|certain)|make sure|confirm|clarify|check)\b|let me(?: just| quickly| first| also)* (?:confirm|clarify|check|ask)(?! (?:\w+ )?(?:\w+ )?(?:things?|questions?)\b)|(?:please )?(?:tell|clarify|confirm) (?:me )?(?:if|whether|what|how|which|who|when)|i(?: don't|'m not) (?:know|sure|clear)(?: yet)?(?: on| about)? (?:if|whether)|(?:it's|it is) not clear (?:to me )?(?:if|whether|what|how|which)|"
    r"(?:can|may|could|should) (?:i|we) (?:assume|confirm)|i(?:'m| am) wondering|i wonder)\b",
    re.IGNORECASE,
)
_ANOTHER = Late(
    r",?\s+and (?:also )?(?=(?:what|how|which|who|when|where|why|do|does|is|are|can|should|will|must|may) )(?!how much it)",
    re.IGNORECASE,
)
_SUBJECT = (
    r"(?:we|you|they|i|it|he|she|there|this|that(?! (?:we|it|the|they|you|an?|i)\b)|these|those|the|an?|my|our|your|their|its|users?|people|customers?|clients?|all|"
    r"any|every\w*|some\w*|each|both|one|two|most|old|new|duplicates?|data|messages?|items?|events?|numbers?|words?|values?|upper|lower|\w+s)"
)
_BE_OR_DO = r"(?:is|are|do|does|did|can|could|should|shall|will|would|must|may|might|has|have|was|were)"
_OPENS = Late(
    r"(?:^|[,;:—]\s*|\b(?:and|or|so|but|ok|okay|um+|uh+|er|also|then|first|second|next|well|like|now|alright|question|start|ask|know|sure|same letter)\s+)"
    rf"(?P<asked>(?!what \w+s (?:is|was)\b)(?:(?:what|which|how|who|whose|where|when)(?: (?!(?:i|we|you|they|it|the|there|he|she)\b)[\w-]+){{0,3}}? {_BE_OR_DO}|(?<!then )(?<!know ){_BE_OR_DO}) {_SUBJECT}\b)",
    re.IGNORECASE,
)
"""A question that nobody marked as one: the verb stands before its subject at the head of a clause."""
_RUN_ON = Late(
    r"\b(?!(?:to|i|we|you|they|he|she|it|d|ll|would|will|could|can|should|not|t|how|what|which|when|where|why|if|whether|that|who|there|this|what's) )\w+ (?P<asked>(?:can|could|do|does|should|is|are|will) (?:we|i|you|it|they|there|k|n)\b)",
    re.IGNORECASE,
)
_ANSWERED = Late(r"^\W*(?:yes|no|nope|yep|because|probably|simple|easy|simply)\b", re.IGNORECASE)
"""The beginning of an answer that she gives to herself."""
_LATER = Late(r"\b(?:then|ok|okay) i(?:'d| would|'ll| will)\b", re.IGNORECASE)
_WOULD = Late(r"would|will|could|'d|'ll|\b(?:let|my|how)\b", re.IGNORECASE)
_NOW = Late(r"\b(?:then|so|ok|okay|alright|now|first)\W+$", re.IGNORECASE)
_APART = 12
"""Characters between two questions at least."""
_CODE = Late(
    r"^[ \t]*(?:```|def \w+\s*\(|class \w+\s*[:({]|for\b.*[:{]\s*$|while\b.*[:{]\s*$|if\b.*[:{]\s*$|return\b[^.?!]*$|import \w+\s*$|from \w+ import|"
    r"(?:public|private|static|func|function|const|let|var|int|auto)\b.*[;{=]|select\b.*\bfrom\b|create table\b|#include|\w+ = [^.?!]*$|.*[;{}]\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_SMALL_TALK = Late(
    r"^(?:ok(?:ay)?|sure|thanks?|thank you|great|good|right|yes|no|alright|hm+|um+|so|i have (?:some|a few|\w+) questions?|before i (?:start|begin)|"
    r"(?:that(?:'s| is) )?an? (?:good|interesting|great) question|i'd say (?:no|yes)|let me think|first(?: of all)?|some questions)\b[^.]{0,40}[.!]?$",
    re.IGNORECASE,
)
_WAITS = frozenset(["design", "coding"])


@dataclass(frozen=True, slots=True)
class Asked:
    """How many clarifying questions came first, and at which character the solution begins; None if nowhere."""

    questions: int
    solution_at: int | None


def asked(text: str, kind: str = "design") -> Asked:
    """Count what is asked before the first word of a solution. A story or an explanation begins with its first statement."""
    found = _CODE.search(text) if kind in _WAITS else None
    code = found.start() + len(found.group()) - len(found.group().lstrip()) if found else text.find("```")
    questions, sentences = 0, stretches(text)
    for number, sentence in enumerate(sentences):
        if 0 <= code < sentence.start + 1:
            return Asked(questions, code)
        inner, begins = _read(sentence, kind)
        if 0 <= code < sentence.start + len(sentence.text):
            begins = min(code - sentence.start, len(sentence.text) if begins is None else begins)
        answered = number + 1 < len(sentences) and _ANSWERED.match(sentences[number + 1].text)
        questions += 0 if answered else sum(1 for at in inner if begins is None or at < begins)
        if begins is not None:
            return Asked(questions, sentence.start + begins)
    return Asked(questions, code if code >= 0 else None)


def _read(sentence: Stretch, kind: str) -> tuple[list[int], int | None]:
    """Where in a sentence questions stand, and where the solution begins."""
    text = re.sub(r"\s", " ", sentence.text.replace("’", "'"))
    if sentence.asks:
        proposed = _proposal(text)
        return [0] * (_asks(text) if proposed is None else 0), proposed
    if _TELLS.search(text) and not _LATER.search(text):
        return [0] * _asks(text), None
    opened = _opened(text)
    if _SMALL_TALK.match(text) and not (opened or _THING.search(text) or _DOES.search(text)):
        return [], None
    if kind not in _WAITS:
        return opened, None if opened else 0
    end = len(text)
    told = next((m.start() for m in _DOES.finditer(text) if _decides(text, m, opened)), end)
    things = [m.start() for m in _THING.finditer(text) if not opened or m.start() < opened[0]]
    begins = min([told, *things])
    return opened, begins if begins < end else None


def _decides(text: str, does: re.Match[str], opened: list[int]) -> bool:
    """Whether it tells what she would do, and not, within a question, what is done already."""
    if not opened or does.start() < opened[0]:
        return True
    return bool(_WOULD.search(does.group()) or _NOW.search(text[: does.start()]))


def _proposal(text: str) -> int | None:
    """Where a question proposes a part of a solution."""
    found = _OURS.search(text) and (_THING.search(text) or _DOES.search(text))
    return found.start() if found else None


def _opened(text: str) -> list[int]:
    """Where unmarked questions stand in a sentence that ends without a question mark."""
    if _NOT_ASKED.search(text):
        return []
    spans = [m.span("asked") for m in _OPENS.finditer(text)]
    at = {start for start, _ in spans}
    if _spoken(text):
        others = [m.start("asked") for m in _RUN_ON.finditer(text)] + [
            m.start() for m in _TELLS.finditer(text)
        ]
        at |= {o for o in others if not any(start <= o < end for start, end in spans)}
    places: list[int] = []
    for place in sorted(at):
        if not places or place - places[-1] > _APART:
            places.append(place)
    return places


def _spoken(text: str) -> bool:
    """Whether it is speech written down without marks."""
    return not re.search(r"[,.;:]", text) and not text[:1].isupper()


def _asks(text: str) -> int:
    if _NOT_ASKED.search(text):
        return 0
    return 1 + len(_ANOTHER.findall(text)) if text.rstrip(" )]").endswith("?") else 1
