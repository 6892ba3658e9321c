"""Printing effects: plain lines into a pipe, rich ones for somebody who looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from adapters.console.limits import TERMINAL
from adapters.console.render import plain, styled
from adapters.console.saving import Keep, keep_here, with_files_kept
from bot.chat.effects import Edit, Effects, Say
from bot.chat.fit import fit
from bot.chat.inbound import Destination
from bot.chat.message import Message, Option
from bot.delivery.model import Bucket, Lookup, Outcome, Rejected, Sent

Show = Callable[[Message], None]


def show_plain(message: Message) -> None:
    """Plain lines and an empty one."""
    print("\n".join(plain(message)) + "\n", flush=True)


def rich_shower() -> Show:
    """Prints styled messages on a rich console, which is made once."""
    from rich.console import Console

    # No file is given, so that each print finds the stdout of the moment: the prompt puts its own there.
    console = Console(highlight=False, soft_wrap=False)

    def show(message: Message) -> None:
        console.print(styled(message))
        console.print()

    return show


class TerminalCourier:
    """Brings letters and posts to the terminal: printed is delivered, and never in doubt while somebody looks."""

    platform = "console"
    dedup_window = timedelta(0)
    changes = False

    def __init__(self, hand_over: Callable[[Message], None]) -> None:
        self._hand_over = hand_over

    def bucket(self, to: Destination) -> Bucket | None:
        """A terminal has no limit."""
        return None

    async def send(self, to: Destination, message: Message, *, key: str) -> Outcome:
        """Print it."""
        self._hand_over(message)
        return Sent("printed")

    async def change(self, to: Destination, receipt: str, message: Message) -> Outcome:
        """What is printed stays as it is."""
        return Rejected("cannot be changed")

    async def look_up(self, to: Destination, *, key: str, since: datetime) -> Sent | Lookup:
        """A terminal keeps no history."""
        return Lookup.CANNOT_LOOK


def deliver(effects: Effects, show: Show, keep: Keep = keep_here) -> tuple[Option, ...]:
    """Print each effect in order; the options offered last. A terminal cannot edit, so an edit is said anew.

    Files are kept where the program stands.
    """
    offered: tuple[Option, ...] = ()
    for effect in effects:
        if isinstance(effect, Say | Edit):
            message, _ = fit(with_files_kept(effect.message, keep), TERMINAL)
            show(message)
            offered = effect.message.options or offered
    return offered
