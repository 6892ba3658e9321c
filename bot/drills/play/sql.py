"""A query against a real database: it runs as often as she likes, and the words explain it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.chat.message import Block
from bot.chat.saying import counted, ordinal
from bot.drills.model import Drill
from bot.drills.play.model import Move
from bot.drills.play.plain import Plain
from bot.drills.progress import Piece, Progress
from bot.drills.scenes import Query
from bot.drills.tables import Refused, Rows, difference, drawn, told
from bot.feedback.model import Verdict

EXPLAINS, QUERIES = 0, 1
"""The steps of a piece."""
RESULT = "result"
"""The point that is earned by the right rows."""
PATIENCE = 3
"""Wrong results up to which a right one counts in full."""

RIGHT = "Right: {rows}. Now say in a few sentences why it works, if you have not, then *done*."
ONCE_MORE = "Change it and send it again, as often as you like."
KEPT = "Kept as part of your explanation."
AWAY = "Queries cannot be run here right now, so you will judge the result yourself. Your words are kept."

_FENCE = re.compile(r"```[ \t]*[A-Za-z0-9]*[ \t]*\n?(.*?)(?:```|\Z)", re.DOTALL)
_WITH = r"with\s+(?:recursive\s+)?[\w\"`\[\]]+\s*(?:\([^)]*\)\s*)?as\s+(?:(?:not\s+)?materialized\s*)?\("
_STATEMENT = re.compile(
    rf"(?:{_WITH}|select\b|values\s*\(|insert\s+(?:or\s+\w+\s+)?into\b|update\s+\S+\s+set\b|delete\s+from\b"
    r"|replace\s+into\b|drop\s+(?:table|view|index|trigger|database|schema)\b|attach\s+(?:database\b|['\"])"
    r"|detach\s+database\b|pragma\s+\w|create\s+(?:temp\s+|temporary\s+|unique\s+|virtual\s+|or\s+replace\s+)*"
    r"(?:table|view|index|trigger|function|database)\b|alter\s+table\b|truncate\s+table\b|merge\s+into\b"
    r"|explain\s+(?:query\s+plan\s+)?(?:select|with)\b|exec\s+\w+|vacuum\s+into\b"
    r"|(?:vacuum|reindex|analyze|begin|commit|rollback|savepoint\s+\w+)(?:\s+transaction)?\s*(?:;|\Z))",
    re.IGNORECASE,
)
_BEGINS = re.compile(rf"^(?:SELECT\b|(?i:select\s+[^\n]*\bfrom\b)|(?i:{_WITH}))", re.MULTILINE)
_SKIPPED = re.compile(r"(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?(?:\*/|\Z))*", re.DOTALL)
_TOKEN = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/|;", re.DOTALL)
_GAP = re.compile(r"\n[ \t]*\n\s*")
_SENTENCE = re.compile(r"[A-Z][a-z']+ ")


@dataclass(frozen=True, slots=True)
class Parts:
    """The query of a message, and what else it says."""

    query: str
    words: str


class SqlPlay(Plain):
    """Each query is run; what stands around it is her explanation."""

    how = (
        "Send your query; it runs on SQLite and you see what comes back, as often as you like. "
        "Explain it in words, in the same message or another. *Done* when both stand."
    )

    def now(self, drill: Drill, so_far: Progress) -> Move:
        """How her queries did so far."""
        if _right_after(so_far) is not None:
            return Move(so_far, ("One of your queries returned the right rows.",))
        wrong = _wrong(so_far)
        tried = f"{counted(wrong).capitalize()} {'query' if wrong == 1 else 'queries'} so far, not right yet."
        return Move(so_far, (tried,) if wrong else ())

    def hear(self, drill: Drill, so_far: Progress, text: str, minute: float) -> Move:
        """A query asks to be run, words are kept."""
        parts = parted(text)
        pieces = so_far.pieces
        if parts.words:
            pieces = (*pieces, Piece(parts.words, EXPLAINS, minute))
        if not parts.query:
            return Move(replace(so_far, pieces=pieces))
        progress = replace(so_far, pieces=(*pieces, Piece(parts.query, QUERIES, minute)))
        return Move(progress, (KEPT,) if parts.words else (), run=parts.query)

    def verdicts(self, drill: Drill, so_far: Progress) -> Mapping[str, Verdict]:
        """Right, right after long trying, or not. Where queries could not be run, or nothing was typed, she judges."""
        wrong = _right_after(so_far)
        if wrong is not None:
            return {RESULT: Verdict.MET if wrong < PATIENCE else Verdict.PARTLY}
        return {} if not so_far.pieces or "away" in so_far.notes else {RESULT: Verdict.MISSING}

    def told(self, drill: Drill, so_far: Progress) -> str:
        """Which query was right."""
        queries = sum(p.step == QUERIES for p in so_far.pieces)
        after = _right_after(so_far)
        if after is not None:
            return (
                "Your first result was right."
                if not after
                else f"Your {ordinal(after + 1)} result was right."
            )
        if not so_far.pieces or "away" in so_far.notes:
            return ""
        if not queries:
            return "You sent no query."
        if queries == 1:
            return "Your query did not return the right rows."
        return f"None of your {counted(queries)} queries returned the right rows."

    def judged(self, drill: Drill, so_far: Progress) -> str | None:
        """The explanation; a query explains nothing."""
        return so_far.said(EXPLAINS) if so_far.pieces else None


def scene_of(drill: Drill) -> Query:
    """The database of a drill that has one."""
    if not isinstance(drill.scene, Query):
        raise AssertionError(f"{drill.id} has no database")
    return drill.scene


def ran(drill: Drill, so_far: Progress, hers: Rows | Refused, right: Rows | Refused) -> Move:
    """A query came back, beside the right one."""
    if isinstance(hers, Refused) and hers.hers:
        return Move(so_far, (hers.why,))
    if isinstance(hers, Refused) or isinstance(right, Refused):
        return Move(so_far.noting(away="yes"), (AWAY,))
    found = difference(hers, right, ordered=scene_of(drill).ordered)
    table: str | Block = drawn(hers)
    if not found.none:
        progress = so_far.noting(wrong=str(_wrong(so_far) + 1))
        return Move(progress, (f"Not yet. {told(found, hers)}", table, ONCE_MORE))
    if _right_after(so_far) is None:
        so_far = so_far.noting(right=str(_wrong(so_far)))
    rows = f"{counted(len(hers.rows))} row{'' if len(hers.rows) == 1 else 's'}"
    return Move(so_far, (RIGHT.format(rows=rows), table))


def parted(text: str) -> Parts:
    """Tell the query of a message from the words around it. Whatever looks like SQL is a query, also where it is refused."""
    fences = [f for f in _FENCE.finditer(text) if _is_statement(f[1])]
    if fences:
        last = fences[-1]
        return Parts(last[1].strip(), f"{text[: last.start()]}{text[last.end() :]}".strip())
    if _is_statement(text):
        return _cut(text)
    if begins := _BEGINS.search(text):
        after = _cut(text[begins.start() :])
        before = text[: begins.start()].strip()
        return Parts(after.query, "\n".join(p for p in (before, after.words) if p))
    return Parts("", text)


def _is_statement(text: str) -> bool:
    begins = _SKIPPED.match(text)
    found = _STATEMENT.match(text, begins.end() if begins else 0)
    if not found:
        return False
    return not (found[0].casefold() == "select" and ";" not in text and _is_prose(text))


def _is_prose(text: str) -> bool:
    """Whether it ends as a sentence does, and a query never."""
    return text.rstrip().endswith((".", "!", "?"))


def _cut(text: str) -> Parts:
    """The first statement and, where that is no second statement, what is said after it."""
    end = next((t.end() for t in _TOKEN.finditer(text) if t[0] == ";"), None)
    if end is None:
        end = _before_prose(text)
    after = text[end:].strip()
    if not after or _is_statement(after) or after.startswith(";"):
        return Parts(text.strip(), "")
    return Parts(text[:end].strip(), after)


def _before_prose(text: str) -> int:
    """Where the paragraphs of sentences at the end begin."""
    end = len(text)
    for gap in reversed([*_GAP.finditer(text)]):
        paragraph = text[gap.end() : end]
        if not (_SENTENCE.match(paragraph) and _is_prose(paragraph)) or _is_statement(paragraph):
            break
        end = gap.start()
    return end


def _wrong(so_far: Progress) -> int:
    return int(so_far.notes.get("wrong", "0"))


def _right_after(so_far: Progress) -> int | None:
    """Wrong results before the first right one; None if there was none."""
    found = so_far.notes.get("right")
    return int(found) if found is not None else None
