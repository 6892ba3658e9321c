"""How far a drill that is played has come: plain values, kept with the sitting, so that any restart goes on here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Piece:
    """Something she typed: in which step, and at which minute of the sitting."""

    text: str
    step: int
    minute: float


@dataclass(frozen=True, slots=True)
class Progress:
    """One play so far. What `step`, `seen` and `notes` mean is each play's own affair."""

    step: int = 0
    """The question, rung or phase she is at, from 0."""
    seen: tuple[str, ...] = ()
    """Ids of what was brought to light, in that order."""
    notes: Mapping[str, str] = field(default_factory=dict)
    spent: int = 0
    """Minutes of the story, such as an incident's, that her moves have cost."""
    pieces: tuple[Piece, ...] = ()
    over: bool = False
    """Whether the play itself has come to its end; what is left is the review."""

    def said(self, step: int | None = None) -> str:
        """Everything she typed, or what she typed in one step."""
        return "\n".join(p.text for p in self.pieces if step is None or p.step == step)

    def heard(self, text: str, minute: float) -> Progress:
        """With one more piece."""
        return replace(self, pieces=(*self.pieces, Piece(text, self.step, minute)))

    def noting(self, **notes: str) -> Progress:
        """With more notes."""
        return replace(self, notes={**self.notes, **notes})

    def seeing(self, *ids: str) -> Progress:
        """With more brought to light."""
        return replace(self, seen=(*self.seen, *(i for i in ids if i not in self.seen)))
