"""The interactive line: completion from the one table of commands, history in memory only."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.patch_stdout import patch_stdout

from adapters.console.app import IDLE, Chat
from bot.commands import COMMANDS

OWN_WORDS = ("/skip 1d", "/skip tomorrow 8:00", "/time", "/quit")


class Commands(Completer):
    """Completes commands, their choices, and the options offered last."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Everything that begins with what stands before the cursor."""
        typed = document.text_before_cursor
        for candidate, summary in self._candidates(typed):
            if typed and candidate.casefold().startswith(typed.casefold()):
                yield Completion(candidate, start_position=-len(typed), display_meta=summary)

    def _candidates(self, typed: str) -> Iterable[tuple[str, str]]:
        start = "/pacer " if typed.casefold().startswith("/pacer ") else "/"
        for command in COMMANDS:
            yield start + command.name, command.summary
            for argument in command.arguments:
                head = typed.rpartition(" ")[0]
                if argument.choices and head.casefold().startswith(start + command.name):
                    yield from ((f"{head} {choice}", argument.summary) for choice in argument.choices)
        yield from ((word, "") for word in OWN_WORDS)
        yield "/pacer ", "the same commands, spelled out"
        yield from ((option.label, "") for option in self._chat.offered)


async def converse(chat: Chat) -> None:
    """Read lines until she leaves; what comes due meanwhile is said above the line."""
    session: PromptSession[str] = PromptSession(
        "› ", completer=Commands(chat), history=InMemoryHistory(), complete_while_typing=False
    )
    busy = asyncio.Lock()

    async def look_out() -> None:
        while True:
            await asyncio.sleep(IDLE.total_seconds())
            async with busy:
                await chat.due_now()

    with patch_stdout(raw=True):
        watching = asyncio.create_task(look_out())
        try:
            while True:
                typed = await session.prompt_async()
                async with busy:
                    if not await chat.line(typed):
                        return
        except (EOFError, KeyboardInterrupt):
            return
        finally:
            watching.cancel()
