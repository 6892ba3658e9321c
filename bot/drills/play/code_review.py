"""A diff to review: findings, the worst first, beside the defects that are in it and the decoys that only look so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.chat.markup import FENCE
from bot.chat.saying import counted, listed
from bot.drills.model import Drill
from bot.drills.play.findings import (
    FORGIVEN,
    Found,
    findings_of,
    is_finding,
    lines_of,
    placed,
    ranked,
    severity_of,
)
from bot.drills.play.model import Move
from bot.drills.play.plain import Plain
from bot.drills.progress import Piece, Progress
from bot.drills.scenes import CodeReview, Defect, Severity
from bot.feedback.model import Verdict

ORDER, CALM = "order", "calm"
"""The points that are earned by the order of the findings, and by raising no false alarm."""
WIDTH = 70
"""Columns that a line of the diff takes at most, its number among them."""
MOST = 60
"""Findings that are kept."""
LONGEST_SHOWN = 60
"""Characters of a finding in a list."""

NO_FINDING = "A line alone is no finding yet. Say what goes wrong there."
NOTHING_THERE = "There is no finding of that number. You have {count}."
NOT_AN_ORDER = "I did not get that order. Name each of your {count} findings once, such as `order {example}`."
ENOUGH = f"That is as many findings as I keep, {MOST}. Take some back with `drop 2`, or say *done*."
NONE_YET = "You have no findings yet."

_DROP = re.compile(
    r"\s*(?:drop|remove|delete|take back)\s+(?:finding\s+|number\s+|#)?(\d{1,3})\s*\.?\s*", re.I
)
_ORDER = re.compile(r"\s*(?:re-?)?order\s*:?\s*((?:\d{1,3}[\s,>]*)+)\.?\s*", re.I)


class CodeReviewPlay(Plain):
    """Each line she types is a finding; their order is her order of severity."""

    how = (
        "A finding a line, the worst first, such as `12: what goes wrong there`. `drop 2` takes one back, `order 3 1 2` sorts "
        "them; the words blocker, major, minor or nit at a finding sort them too. *Done* when the review stands."
    )

    def now(self, drill: Drill, so_far: Progress) -> Move:
        """The diff with its line numbers, and the findings so far."""
        shown = (numbered(scene_of(drill).diff),)
        return Move(so_far, (*shown, _listed(so_far)) if so_far.pieces else shown)

    def hear(self, drill: Drill, so_far: Progress, text: str, minute: float) -> Move:
        """One or more findings, one taken back, or another order."""
        if dropped := _DROP.fullmatch(text):
            return _drop(so_far, int(dropped[1]))
        if order := _ORDER.fullmatch(text):
            return _sort(so_far, [int(n) for n in re.findall(r"\d+", order[1])])
        kept = _with_severity(findings_of(text))
        found = [line for line in kept if is_finding(line)][: MOST - len(so_far.pieces)]
        if not found:
            return Move(so_far, (ENOUGH if len(so_far.pieces) >= MOST else NO_FINDING,))
        before = len(so_far.pieces)
        pieces = (*so_far.pieces, *(Piece(line, 0, minute) for line in found))
        progress = replace(so_far, pieces=pieces)
        return Move(progress, (_kept(before + 1, before + len(found)),))

    def verdicts(self, drill: Drill, so_far: Progress) -> Mapping[str, Verdict]:
        """Each defect, the order, and no false alarm. Somebody who typed nothing said it aloud."""
        if not so_far.pieces:
            return {}
        scene, found = scene_of(drill), _placed(drill, so_far)
        names = _in_order(so_far, found)
        earned = {d.id: Verdict.MET if d.id in names else Verdict.MISSING for d in scene.defects}
        return {**earned, ORDER: _order(scene, so_far, found), CALM: _calm(found)}

    def quotes(self, drill: Drill, so_far: Progress) -> Mapping[str, str]:
        """The finding that named a defect."""
        found = _placed(drill, so_far)
        return {
            name: " ".join(p.text.split())
            for p, f in zip(so_far.pieces, found, strict=True)
            for name in f.defects
        }

    def told(self, drill: Drill, so_far: Progress) -> str:
        """How many were found, which first, where the others are, and what was no defect."""
        if not so_far.pieces:
            return ""
        scene, found = scene_of(drill), _placed(drill, so_far)
        names = _in_order(so_far, found)
        known = {d.id: d for d in scene.defects}
        first = f", {_where(known[names[0]])} first" if names else ""
        said = f"Found {counted(len(names))} of {counted(len(known))}{first}."
        missed = [_where(d) for d in scene.defects if d.id not in names]
        parts = [said, f"Not seen: {listed(missed)}." if missed else "", _alarms(scene, found)]
        return " ".join(part for part in parts if part)


def scene_of(drill: Drill) -> CodeReview:
    """The diff of a drill that has one."""
    if not isinstance(drill.scene, CodeReview):
        raise AssertionError(f"{drill.id} has no diff")
    return drill.scene


def numbered(diff: str) -> str:
    """The diff in a fence with its line numbers; a line too long for a phone goes on under itself."""
    lines = diff.split("\n")
    gutter = len(str(len(lines)))
    room = WIDTH - gutter - 1
    shown = []
    for number, line in enumerate(lines, 1):
        parts = [line[i : i + room] for i in range(0, len(line), room)] or [""]
        shown.append(f"{number:>{gutter}} {parts[0]}".rstrip())
        shown += [f"{'':>{gutter}} {part}" for part in parts[1:]]
    return "\n".join((FENCE, *shown, FENCE))


def _with_severity(lines: Sequence[str]) -> list[str]:
    """Findings under a heading such as "Blockers:" carry its word."""
    found: list[str] = []
    heading = ""
    for line in lines:
        if not is_finding(line) and not lines_of(line) and (severity := severity_of(line)):
            heading = severity.name.lower()
        else:
            found.append(f"{line} ({heading})" if heading and severity_of(line) is None else line)
    return found


def _drop(so_far: Progress, number: int) -> Move:
    if not so_far.pieces:
        return Move(so_far, (NONE_YET,))
    if not 1 <= number <= len(so_far.pieces):
        return Move(so_far, (NOTHING_THERE.format(count=counted(len(so_far.pieces))),))
    left = tuple(p for n, p in enumerate(so_far.pieces, 1) if n != number)
    progress = replace(so_far, pieces=left)
    return Move(progress, (_listed(progress) if left else NONE_YET,))


def _sort(so_far: Progress, numbers: Sequence[int]) -> Move:
    """The named ones first, in that order; whatever she did not name stays behind them."""
    count = len(so_far.pieces)
    if not count:
        return Move(so_far, (NONE_YET,))
    if len({*numbers}) != len(numbers) or not all(1 <= n <= count for n in numbers):
        example = " ".join(str(n) for n in range(min(count, 4), 0, -1))
        return Move(so_far, (NOT_AN_ORDER.format(count=counted(count), example=example),))
    order = (*numbers, *(n for n in range(1, count + 1) if n not in numbers))
    progress = replace(so_far, pieces=tuple(so_far.pieces[n - 1] for n in order)).noting(order="hers")
    return Move(progress, (_listed(progress),))


def _placed(drill: Drill, so_far: Progress) -> tuple[Found, ...]:
    return placed(scene_of(drill), [p.text for p in so_far.pieces])


def _ranks(so_far: Progress) -> tuple[int, ...]:
    texts = [p.text for p in so_far.pieces]
    worded = "order" not in so_far.notes and any(severity_of(t) for t in texts)
    return ranked(texts, by_words=worded)


def _in_order(so_far: Progress, found: Sequence[Found]) -> list[str]:
    """Ids of the defects she found, from the one she calls the worst on."""
    return [name for n in _ranks(so_far) for name in found[n].defects]


def _order(scene: CodeReview, so_far: Progress, found: Sequence[Found]) -> Verdict:
    """By the pairs in which a lighter one stands before a blocker or a major one. One finding alone has no order."""
    heavy = {d.id: d.severity for d in scene.defects}
    groups = [[heavy[name] for name in found[n].defects] for n in _ranks(so_far) if found[n].defects]
    swaps = sum(
        heavier <= Severity.MAJOR and lighter > heavier
        for at, group in enumerate(groups)
        for later in groups[at + 1 :]
        for lighter in group
        for heavier in later
    )
    count = sum(map(len, groups))
    if not count or swaps > 1:
        return Verdict.MISSING
    return Verdict.PARTLY if swaps or count == 1 else Verdict.MET


def _false(found: Sequence[Found]) -> tuple[list[int], int]:
    """The decoys that were taken for defects, and the findings beyond those that are believed."""
    decoys = sorted({f.decoy for f in found if f.decoy is not None})
    return decoys, max(0, sum(f.unknown for f in found) - FORGIVEN)


def _calm(found: Sequence[Found]) -> Verdict:
    decoys, unknown = _false(found)
    if not any(f.defects for f in found):
        return Verdict.MISSING
    return {0: Verdict.MET, 1: Verdict.PARTLY}.get(len(decoys) + unknown, Verdict.MISSING)


def _alarms(scene: CodeReview, found: Sequence[Found]) -> str:
    decoys, beyond = _false(found)
    unknown = sum(f.unknown for f in found)
    parts = []
    if decoys:
        named = "; ".join(
            f"{_lines(scene.decoys[n].lines)} is fine: {scene.decoys[n].fine.rstrip('.')}" for n in decoys
        )
        parts.append(
            f"{counted(len(decoys)).capitalize()} false alarm{'' if len(decoys) == 1 else 's'}: {named}."
        )
    if unknown:
        them = "it may be right" if unknown == 1 else "they may be right"
        many = (
            f", though {counted(beyond)} count{'s' if beyond == 1 else ''} as false alarm" if beyond else ""
        )
        parts.append(f"{counted(unknown).capitalize()} I do not know; {them}{many}.")
    return " ".join(parts)


def _where(defect: Defect) -> str:
    return _lines(defect.lines)


def _lines(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _kept(first: int, last: int) -> str:
    return f"Kept as finding {first}." if first == last else f"Kept as findings {first} to {last}."


def _listed(so_far: Progress) -> str:
    lines = [f"{n}  {_short(p.text)}" for n, p in enumerate(so_far.pieces, 1)]
    return "\n".join(("Your findings, the worst first:", *lines))


def _short(text: str) -> str:
    flat = " ".join(text.replace(FENCE, " ").split())
    return flat if len(flat) <= LONGEST_SHOWN else flat[: LONGEST_SHOWN - 1].rsplit(" ", 1)[0] + " …"
