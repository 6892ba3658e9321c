"""Keeping a file that Pacer made: in the current folder, and never in place of another."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from bot.chat.message import File, Message, Text

Keep = Callable[[File], str]
"""Keeps a file and gives back the sentence that says where."""


def keep_here(file: File) -> str:
    """Write it into the current folder, for its owner alone."""
    name = Path(file.name)
    for number in count(1):
        target = name if number == 1 else name.with_stem(f"{name.stem}-{number}")
        try:
            opened = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        except OSError as refused:
            return f"The file {file.told} could not be saved in this folder: {refused.strerror}."
        try:
            with os.fdopen(opened, "wb") as written:
                written.write(file.data)
        except OSError as refused:
            target.unlink(missing_ok=True)
            return f"The file {file.told} could not be saved in this folder: {refused.strerror}."
        return f"Saved: ./{target} ({file.told.rpartition('(')[2]}"
    raise AssertionError("unreachable")


def with_files_kept(message: Message, keep: Keep) -> Message:
    """The message with the place of each file in its stead."""
    blocks = tuple(Text(f"{b.about}\n{keep(b)}") if isinstance(b, File) else b for b in message.blocks)
    return replace(message, blocks=blocks)
