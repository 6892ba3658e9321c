"""Values of the feedback room: what was looked at, what was found, and who looked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How one point of a rubric landed. Not judged is an answer too."""

    MET = "met"
    PARTLY = "partly"
    MISSING = "missing"
    NOT_JUDGED = "not judged"


class Grader(StrEnum):
    """Who judged a point."""

    RULES = "rules"
    MODEL = "model"
    PEER = "peer"
    SELF = "self"


class Unscorable(StrEnum):
    """Why an answer as a whole cannot be scored."""

    EMPTY = "empty"
    COPIED = "copied"
    STUFFED = "stuffed"
    FOREIGN = "foreign"
    CODE_ONLY = "code only"
    NO_ANSWER = "no answer"
    """She says that she does not know, and nothing else."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One point of a rubric, how it landed, and the words it rests on."""

    point: str
    """Id of the point."""
    verdict: Verdict
    quote: str = ""
    """The answer's own words, as they stand there; empty where nothing was seen."""
    by: Grader = Grader.RULES
    mistake: str = ""
    """The common mistake that was recognised in the quote, if it was one."""
    strength: float = 0.0
    """How much of what was looked for was found, 0-1."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where the quoted sentences stand in the answer, as offsets from and up to."""


@dataclass(frozen=True, slots=True)
class Review:
    """Everything one grader found in one answer, a finding for each point of the rubric in its order."""

    findings: tuple[Finding, ...]
    unscorable: Unscorable | None = None

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        """The findings with that verdict."""
        return tuple(f for f in self.findings if f.verdict is verdict)
