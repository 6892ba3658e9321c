"""Reads the findings of a code review, and sets them beside the defects and decoys of a diff."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.drills.play.hearing import Wanted, hits, telling
from bot.drills.scenes import CodeReview, Severity

NEAR = 2
"""Lines beside a defect that still point at it."""
FORGIVEN = 2
"""Findings that nobody authored and that are believed."""
MOST_IN_ONE = 2
"""Defects that one finding can name."""
SURE = 0.7
"""How surely a finding names one more defect, or one less likely than its best."""
CLOSE_CALL = 0.15
LEAST_SAID = 1
"""Telling words of a finding; a line alone is none."""

_SEVERITY = re.compile(r"\b(blockers?|critical|major|minor|nit(?:pick)?s?)\b", re.IGNORECASE)
_NAMED = {"b": Severity.BLOCKER, "c": Severity.BLOCKER, "n": Severity.NIT}
_RANGE = r"(\d{1,3})(?:\s*(?:-|–|—|to|\.\.)\s*(\d{1,3}))?"
_SAID = re.compile(
    rf"\b(?:lines?|ln?\.?|rows?)\s*#?{_RANGE}((?:\s*(?:,|and|&|/)\s*#?\d{{1,3}}\b)*)", re.IGNORECASE
)
_FIRST = re.compile(
    rf"(?:[-*•>]\s*)?[\[(]?#?{_RANGE}((?:\s*(?:,|and|&|/)\s*\d{{1,3}}\b)*)[\])]?(?=\s*[:.–—-]|\s+\S|\s*\Z)"
)
_BARE = re.compile(r"\W*\d+\s+\w")
_ITEM = re.compile(r"\s*(?:[-*•]|\(?\d{1,2}[.)])\s+")
_NUMBERED = re.compile(r"\s*\(?(\d{1,2})[.)]\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """What one finding comes to."""

    defects: tuple[str, ...] = ()
    decoy: int | None = None
    """The number of the decoy it took for a defect."""
    again: bool = False
    """Whether it says what an earlier one said."""

    @property
    def unknown(self) -> bool:
        """Whether nobody authored anything like it."""
        return not self.defects and self.decoy is None and not self.again


def findings_of(text: str) -> tuple[str, ...]:
    """A message as findings: one a line; an indented or fenced line belongs to the one before."""
    found: list[str] = []
    inside = False
    for line in text.splitlines():
        fenced = line.lstrip().startswith("```")
        hangs = inside or fenced or (line[:1].isspace() and not _ITEM.match(line) and bool(line.strip()))
        inside ^= fenced
        if hangs and found:
            found[-1] = f"{found[-1]}\n{line}"
        elif line.strip() and not fenced:
            found.append(line.strip())
    return tuple(_unnumbered(found))


def is_finding(text: str) -> bool:
    """Whether it says anything beside a line and a severity."""
    return telling(_SEVERITY.sub(" ", _without_place(text))) >= LEAST_SAID


def lines_of(text: str) -> tuple[tuple[int, int], ...]:
    """The lines it points at, as ranges; none where it gives none."""
    place = _SAID.search(text) or _FIRST.match(text)
    if not place:
        return ()
    first, last = int(place[1]), int(place[2] or place[1])
    more = [int(n) for n in re.findall(r"\d+", place[3] or "")]
    return ((min(first, last), max(first, last)), *((n, n) for n in more))


def severity_of(text: str) -> Severity | None:
    """How heavy she says it is; None if she does not."""
    found = _SEVERITY.search(text)
    if not found:
        return None
    word = found[1].casefold()
    return _NAMED.get(word[0]) or (Severity.MAJOR if word == "major" else Severity.MINOR)


def placed(scene: CodeReview, findings: Sequence[str]) -> tuple[Found, ...]:
    """What each finding comes to, in their order."""
    result: list[Found] = []
    taken: set[str] = set()
    for text in findings:
        found = _place(scene, text, taken)
        taken |= {*found.defects}
        result.append(found)
    return tuple(result)


def ranked(findings: Sequence[str], *, by_words: bool) -> tuple[int, ...]:
    """The findings' numbers from the worst on: by their severity words, where one without follows the one before it."""
    if not by_words:
        return tuple(range(len(findings)))
    heavy: list[int] = []
    last = int(Severity.BLOCKER)
    for text in findings:
        last = severity_of(text) or last
        heavy.append(last)
    return tuple(sorted(range(len(findings)), key=lambda n: (heavy[n], n)))


def _place(scene: CodeReview, text: str, taken: set[str]) -> Found:
    found = _look(scene, lines_of(text), _without_place(text), taken)
    # "401 will never get better" begins with a figure and not with a line.
    figure = found.unknown and not _SAID.search(text) and _BARE.match(text)
    return _look(scene, (), text, taken) if figure else found


def _look(scene: CodeReview, where: Sequence[tuple[int, int]], words: str, taken: set[str]) -> Found:
    wanted = [Wanted(d.id, d.heard, d.defect) for d in scene.defects if _near(where, d.lines)]
    wanted += [Wanted(f"-{n}", d.heard) for n, d in enumerate(scene.decoys) if _near(where, d.lines)]
    heard = hits(words, wanted)
    if not heard:
        return Found()
    free = [h for h in heard if h.id not in taken and h.strength >= heard[0].strength - CLOSE_CALL]
    best = free[0] if free else heard[0]
    if best.id.startswith("-"):
        return Found(decoy=int(best.id[1:]))
    more = [h.id for h in heard if h is not best and h.weight and h.strength >= SURE and h.id[0] != "-"]
    names = tuple(n for n in (best.id, *more) if n not in taken)[:MOST_IN_ONE]
    return Found(names, again=not names)


def _near(where: Sequence[tuple[int, int]], lines: tuple[int, int]) -> bool:
    return not where or any(first - NEAR <= lines[1] and lines[0] <= last + NEAR for first, last in where)


def _without_place(text: str) -> str:
    if _SAID.search(text):
        return _SAID.sub(" ", text)
    return _FIRST.sub(" ", text, count=1) if _FIRST.match(text) else text


def _unnumbered(lines: list[str]) -> list[str]:
    """Without a list's own numbers, which are no lines of the diff: they count from 1, or stand before a line."""
    numbers = [int(m[1]) if (m := _NUMBERED.match(line)) else 0 for line in lines]
    counts = any(numbers) and [n for n in numbers if n] == [*range(1, sum(map(bool, numbers)) + 1)]
    return [_NUMBERED.sub("", line, count=1) if counts else line for line in lines]
