"""A store that says again what the real one said: one turn's reads and writes are recorded, and played from memory."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any

from bot.chat.inbound import AnyInbound, Sender
from bot.turn import Answer, Store

PLAIN = (bool, int, float, str, bytes, date, datetime, tuple, frozenset, type(None))


class Tape:
    """What each call answered, by its name and arguments, and by its name alone for writes that carry an event's id."""

    def __init__(self) -> None:
        self.calls: dict[tuple[str, str], Any] = {}
        self.newest: dict[str, Any] = {}
        self.values: dict[str, Any] = {}


class Recording:
    """A port of the real store, whose answers are kept."""

    def __init__(self, real: object, tape: Tape, path: str = "") -> None:
        self._real, self._tape, self._path = real, tape, path

    def __getattr__(self, name: str) -> Any:
        path, found = f"{self._path}.{name}", getattr(self._real, name)
        if isinstance(found, PLAIN):
            self._tape.values[path] = found
            return found
        if not inspect.iscoroutinefunction(found):
            return Recording(found, self._tape, path)

        async def call(*given: Any, **named: Any) -> Any:
            answer = await found(*given, **named)
            self._tape.calls[path, repr((given, named))] = self._tape.newest[path] = answer
            return answer

        return call


class Playing:
    """The same port without a database."""

    def __init__(self, tape: Tape, path: str = "") -> None:
        self._tape, self._path = tape, path

    def __getattr__(self, name: str) -> Any:
        path, tape = f"{self._path}.{name}", self._tape
        if path in tape.values:
            found: Any = tape.values[path]
        elif path in tape.newest:

            async def found(*given: Any, **named: Any) -> Any:
                asked = (path, repr((given, named)))
                return tape.calls[asked] if asked in tape.calls else tape.newest[path]
        else:
            found = Playing(tape, path)
        setattr(self, name, found)
        return found


class RecordingStore:
    """The real store; `tape` holds what its newest turn was told."""

    def __init__(self, real: Store) -> None:
        self._real, self.tape = real, Tape()

    @asynccontextmanager
    async def work(self, sender: Sender) -> AsyncIterator[Any]:
        """One transaction, recorded from its beginning."""
        self.tape = Tape()
        async with self._real.work(sender) as work:
            yield Recording(work, self.tape)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class PlayingStore:
    """One turn again and again, whoever asks."""

    def __init__(self, tape: Tape) -> None:
        self._work = Playing(tape)

    @asynccontextmanager
    async def work(self, sender: Sender) -> AsyncIterator[Any]:
        """As it was recorded."""
        yield self._work

    async def receive(self, inbound: AnyInbound) -> bool:
        """Everything is new."""
        return True

    async def delivered(self, event_id: str) -> None:
        """Nothing is kept."""

    async def give_up(self, event_id: str) -> None:
        """A turn that fails has no figure."""
        raise AssertionError("the turn failed")

    async def unfinished(self, platform: str) -> list[AnyInbound]:
        """Nothing is left."""
        return []

    async def undelivered(self, platform: str) -> list[Answer]:
        """Nothing is left."""
        return []

    async def last_seen(self, sender: Sender) -> datetime | None:
        """Unknown."""
        return None
