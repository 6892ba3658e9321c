"""Proves the drills with a database: the right query runs, always returns the same, and wrong ones do not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bot.drills.model import Drill
from bot.drills.play.sql import RESULT, parted
from bot.drills.scenes import Query
from bot.drills.tables import Refused, Rows, difference

RunQueries = Callable[[str, Sequence[str]], tuple[Rows | Refused, ...]]
"""Runs queries on fresh copies of a database made from a script."""

_CHANGES = re.compile(r"'now'|\bcurrent_(?:date|time|timestamp)\b|\brandom(?:blob)?\s*\(", re.IGNORECASE)
_FENCE = re.compile(r"```[^\n]*\n(.*?)```", re.DOTALL)
_INDENTED = re.compile(r"(?:^(?: {4}|\t).*\n?|^\s*\n)+", re.MULTILINE)


def unproven_query(drill: Drill, run: RunQueries) -> Iterator[str]:
    """What the database does not bear out, a sentence each; nothing for a drill without one."""
    scene = drill.scene
    if not isinstance(scene, Query):
        return
    shown, wrong = _shown(drill.answer), [m for m in drill.mistakes if parted(m.says).query]
    queries = [scene.query, scene.query, *shown, *(parted(m.says).query for m in wrong)]
    right, again, *others = run(scene.database, queries)
    if isinstance(right, Refused) or isinstance(again, Refused):
        why = right.why if isinstance(right, Refused) else again.why if isinstance(again, Refused) else ""
        yield f"query: {why}"
        return
    yield from _itself(scene, right, again)
    for text, result in zip(shown, others, strict=False):
        if isinstance(result, Refused):
            yield f"answer: {result.why} ({_short(text)})"
        elif not difference(result, right, ordered=scene.ordered).none:
            yield f"answer: this returns something else than query: {_short(text)}"
    for mistake, result in zip(wrong, others[len(shown) :], strict=True):
        if mistake.loses != RESULT:
            yield f"mistake: a wrong query loses {RESULT}, not {mistake.loses}: {_short(mistake.says)}"
        if isinstance(result, Rows) and difference(result, right, ordered=scene.ordered).none:
            yield f"mistake: this returns the right rows: {_short(mistake.says)}"
    for mistake in drill.mistakes:
        if mistake.loses == RESULT and mistake not in wrong:
            yield f"mistake: only a query can lose {RESULT}: {_short(mistake.says)}"


def _itself(scene: Query, right: Rows, again: Rows) -> Iterator[str]:
    if not right.rows:
        yield "query: it returns no rows, so an empty result would be right"
    if right != again or _CHANGES.search(scene.query):
        yield "query: what it returns changes with time or chance"
    if parted(scene.query).words or not parted(scene.query).query:
        yield "query: it would not be recognised as a query if somebody typed it"
    if scene.ordered and "order by" not in " ".join(scene.query.casefold().split()):
        yield "query: ordered is set, and it has no ORDER BY"


def _shown(answer: str) -> list[str]:
    """Whole queries that stand in an answer as code; a part of one, such as a CTE's inside, is none."""
    blocks = [m[1] for m in _FENCE.finditer(answer)]
    blocks += [
        "\n".join(line[4:] for line in m[0].split("\n")) for m in _INDENTED.finditer(_FENCE.sub("", answer))
    ]
    return [query for b in blocks if (query := parted(b.strip()).query)]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return f'"{flat}"' if len(flat) <= 90 else f'"{flat[:90].rsplit(" ", 1)[0]} …"'
