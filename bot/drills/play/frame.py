"""The frame of a system design: its parts, and which of them somebody's words touch."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PARTS: Mapping[str, str] = {
    "requirements": r"requirements?|functional|use cases?|user stor(?:y|ies)|scope|out of scope|clarify|must be able"
    r"|(?:users?|customers?|they|people|clients?|sellers?|buyers?|drivers?|riders?|admins?|nurses?|teachers?) (?:can|must|need|want|should)",
    "qualities": r"non-?functional|latency|availab(?:le|ility)|consisten(?:t|cy)|durab(?:le|ility)|reliab(?:le|ility)|sla|slo|p9[59]"
    r"|freshness|security|privacy|compliance|accessib\w+|throughput|within \d+ (?:ms|milliseconds|seconds)|scal(?:e|es|able|ability)",
    "numbers": r"estimat\w+|back of the envelope|qps|rps|tps|per (?:second|minute|hour|day)|a (?:second|day|month|year)\b"
    r"|(?:kilo|mega|giga|tera|peta)bytes?|bytes|\d+(?:[.,]\d+)*\s?(?:kb|mb|gb|tb|pb)|(?:million|billion)s?|dau",
    "data model": r"data model|schema|entit(?:y|ies)|tables?|columns?|primary key|partition key|foreign key|index(?:es)?|records?|rows?"
    r"|documents?|key[- ]value|access patterns?",
    "components": r"components?|services?|gateway|load balancer|workers?|queue|cache|client|server|api|high[- ]level|architecture|pipeline"
    r"|stream|replicas?|shards?|database",
    "deep dive": r"deep dive|in detail|in depth|zoom in|hot (?:key|spot|partition)s?|algorithm|idempoten\w+|exactly once|ordering|deduplicat\w+"
    r"|race condition|lock(?:s|ing)?|concurren\w+|sequence numbers?|consistent hashing|back-?pressure",
    "trade-offs": r"trade-?offs?|instead of|rather than|alternative\w*|on the other hand|at the cost of|in exchange|i (?:would )?(?:choose|chose|prefer|pick)"
    r"|pros and cons|versus|the price (?:is|of)",
    "failures": r"fail(?:s|ed|ure|ures|over|ing)?|crash(?:es|ed)?|outages?|goes down|is down|retr(?:y|ies)|time-?outs?|circuit breaker|dead letter"
    r"|degrad\w+|recover\w*|backups?|split brain|data loss|unreachable",
    "monitoring": r"monitor\w*|metrics?|alert\w*|dashboards?|trac(?:es|ing)|logs|logging|observab\w+|on-?call|error budget|burn rate",
    "cost": r"costs?|budget|cheap\w*|expensive|dollars?|euros?|\$\s?\d|price of|pay for",
    "rollout": r"roll(?:s|ed)?[- ]?out|canary|feature flags?|migrat\w+|pilot|shadow|dual[- ]writ\w+|gradual\w*|phased?|launch\w*|back-?fill\w*",
}
PARTS: tuple[str, ...] = tuple(_PARTS)
"""In the order in which a round usually goes through them."""
_LOOKS = {
    name: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE) for name, words in _PARTS.items()
}


def touched(text: str) -> tuple[str, ...]:
    """The parts that a text touches, in the order in which it comes to them."""
    found = [(m.start(), name) for name, look in _LOOKS.items() if (m := look.search(text))]
    return tuple(name for _, name in sorted(found))


def untouched(text: str) -> tuple[str, ...]:
    """The parts that a text never comes to, in the frame's order."""
    return tuple(name for name, look in _LOOKS.items() if not look.search(text))
