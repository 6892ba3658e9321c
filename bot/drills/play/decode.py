"""Decode: what is this question testing, and which story would she tell."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2s

from bot.drills.model import Drill
from bot.drills.play.model import Move, Pick
from bot.drills.play.plain import Plain
from bot.drills.progress import Progress
from bot.drills.scenes import Decode, Reading
from bot.feedback.model import Verdict

MOST_TRIES = 2
STORY = "Now in two or three sentences: which kind of story would you tell, and what does it have to show?"
FIRST_READ = "Kept. Before you go on: what is the question testing?"


class DecodePlay(Plain):
    """She picks a reading, is told why it is the one or not, and then says which story fits."""

    how = "Pick what the question tests. Then say in two or three sentences which story you would tell. *Done* when it stands."

    def now(self, drill: Drill, so_far: Progress) -> Move:
        """The readings that are left, or the question of the story."""
        if _settled(drill, so_far):
            return Move(so_far, (STORY,))
        return Move(so_far, picks=_left(drill, so_far))

    def hear(self, drill: Drill, so_far: Progress, text: str, minute: float) -> Move:
        """The story is kept, also before the question was read."""
        progress = so_far.heard(text, minute)
        if _settled(drill, so_far):
            return Move(progress)
        return Move(progress, (FIRST_READ,), _left(drill, so_far))

    def pick(self, drill: Drill, so_far: Progress, value: str) -> Move:
        """One reading; after two wrong ones the right one is told."""
        scene = scene_of(drill)
        picked = next((r for r in scene.readings if mark(drill, r) == value), None)
        if picked is None or _settled(drill, so_far) or value in so_far.seen:
            return self.now(drill, so_far)
        progress = so_far.seeing(value)
        if picked.theme == scene.right:
            return Move(progress, (f"Yes, **{picked.theme}**. {picked.why}", STORY))
        name = "That is the look-alike" if picked.theme == scene.trap else "Not that one"
        said = f"{name}. {picked.why}"
        if not _settled(drill, progress):
            return Move(progress, (said, "Once more?"), _left(drill, progress))
        right = next(r for r in scene.readings if r.theme == scene.right)
        return Move(progress, (said, f"It tests **{right.theme}**. {right.why}", STORY))

    def verdicts(self, drill: Drill, so_far: Progress) -> Mapping[str, Verdict]:
        """Right at once, at the second try, or not. Somebody who did nothing here said it aloud."""
        if not so_far.seen and not so_far.pieces:
            return {}
        tries = _tries_until_right(drill, so_far)
        found = {1: Verdict.MET, 2: Verdict.PARTLY}
        return {"reading": found.get(tries, Verdict.MISSING)}

    def told(self, drill: Drill, so_far: Progress) -> str:
        """How she read it."""
        scene = scene_of(drill)
        if not so_far.seen:
            return ""
        trap = next((mark(drill, r) for r in scene.readings if r.theme == scene.trap), "")
        taken = " The look-alike caught you first." if so_far.seen[0] == trap else ""
        match _tries_until_right(drill, so_far):
            case 1:
                return f"You read it at once: {scene.right}."
            case 2:
                return f"You read it at the second look: {scene.right}.{taken}"
            case _:
                return f"It tests {scene.right}, and that was hard to see.{taken}"


def scene_of(drill: Drill) -> Decode:
    """The readings of a drill that has some."""
    if not isinstance(drill.scene, Decode):
        raise AssertionError(f"{drill.id} has no readings")
    return drill.scene


def mark(drill: Drill, reading: Reading) -> str:
    """What a reading's button carries: the same after a restart, another in every drill, and it tells nothing."""
    return blake2s(f"{drill.id}/{reading.theme}".encode(), digest_size=5).hexdigest()


def _left(drill: Drill, so_far: Progress) -> tuple[Pick, ...]:
    """The readings not picked yet, in an order that is not the author's."""
    picks = [Pick(_capital(r.theme), mark(drill, r)) for r in scene_of(drill).readings]
    return tuple(sorted((p for p in picks if p.value not in so_far.seen), key=lambda p: p.value))


def _settled(drill: Drill, so_far: Progress) -> bool:
    return _tries_until_right(drill, so_far) > 0 or len(so_far.seen) >= MOST_TRIES


def _tries_until_right(drill: Drill, so_far: Progress) -> int:
    """Which try was right, from 1; 0 if none was."""
    scene = scene_of(drill)
    right = next((mark(drill, r) for r in scene.readings if r.theme == scene.right), "")
    return so_far.seen.index(right) + 1 if right in so_far.seen else 0


def _capital(theme: str) -> str:
    return theme[:1].upper() + theme[1:]
