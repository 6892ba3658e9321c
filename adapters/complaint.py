"""What ends a command of `pacer`."""

from __future__ import annotations

FAULT, MISUSE = 1, 2
"""Exit codes: a fault of the surroundings, a misuse."""


class Complaint(Exception):
    """What the operator has to know, as one sentence; the exit code says whose turn it is."""

    def __init__(self, sentence: str, code: int = MISUSE) -> None:
        super().__init__(sentence)
        self.code = code
