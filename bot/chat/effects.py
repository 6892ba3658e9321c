"""What a turn asks the platform to do: data, never a call."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.form import Form
from bot.chat.message import Block, Message, Option, message


@dataclass(frozen=True, slots=True)
class Say:
    """Send a message. With a `name` it can be edited later under that name."""

    message: Message
    name: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Let the message of that name become this one; where it is gone, send it anew."""

    name: str
    message: Message


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Open a form, its fields filled in with what is known."""

    form: Form
    known: tuple[tuple[str, str], ...] = ()


Effect = Say | Edit | OpenForm
Effects = tuple[Effect, ...]


def say(*parts: str | Block | None, options: tuple[Option, ...] = ()) -> Effects:
    """One message, as a turn's whole answer."""
    return (Say(message(*parts, options=options)),)
