"""The one table of commands: every platform's parser, help, completion and manifest come from it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.form import Unclear
from bot.plan.interviews import KINDS as INTERVIEW_KINDS


@dataclass(frozen=True, slots=True)
class Argument:
    """A command's argument; one with choices also ends the free text before it."""

    name: str
    summary: str
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command under `/pacer`. `opens_form`: a form is the first answer when arguments are missing."""

    name: str
    summary: str
    arguments: tuple[Argument, ...] = ()
    opens_form: bool = False

    @property
    def usage(self) -> str:
        """The command as one types it."""
        parts = [f"<{a.name}>" if a.required else f"[{a.name}]" for a in self.arguments]
        return " ".join(["/pacer", self.name, *parts])


_KINDS = tuple(INTERVIEW_KINDS)

COMMANDS: tuple[Command, ...] = (
    Command("start", "Set up your preparation", opens_form=True),
    Command(
        "settings",
        "See or change what you told me",
        (Argument("name", "which setting"), Argument("value", "its new value")),
    ),
    Command("today", "What today asks"),
    Command(
        "plan",
        "This week, the phases, or a week by number",
        (Argument("view", "week, phases, companies or a week's number"),),
    ),
    Command(
        "checkin", "How is the battery?", (Argument("battery", "0-100, or flat, low, half, good, full"),)
    ),
    Command("why", "Why today asks what it asks"),
    Command("rest", "Take today off; it counts"),
    Command("drill", "Practise now", (Argument("area", "an area, such as coding; or own"),)),
    Command(
        "done", "Finish the drill", (Argument("minutes", "how long it took"), Argument("effort", "0-10"))
    ),
    Command("skip-drill", "Put this drill aside"),
    Command(
        "progress",
        "How it goes: skill, minutes, your own verdicts",
        (Argument("view", "an area, or failures"),),
    ),
    Command(
        "habit",
        "Habits you work on: today with one tap, this week in rhythm",
        (Argument("what", "one you kept today, and a note; or change"),),
    ),
    Command(
        "speak",
        "How speaking aloud went: pace, fillers, asked to repeat",
        (Argument("what", "minutes such as 2:30; or show, fillers um, basically, slow on, off, on"),),
        opens_form=True,
    ),
    Command("event", "Something happened: a rejection, silence, life", (Argument("what", "what it was"),)),
    Command("inventory", "Six questions about exhaustion, once a month if you like"),
    Command("pause", "Nothing from me until you are back"),
    Command("back", "Start again, gently"),
    Command(
        "interview add",
        "Book an interview",
        (
            Argument("company", "who", required=True),
            Argument("kind", "what kind", required=True, choices=_KINDS),
            Argument("when", "day and hour", required=True),
        ),
        opens_form=True,
    ),
    Command("interview list", "Your interviews"),
    Command("interview remove", "Take an interview out", (Argument("which", "its number or company"),)),
    Command(
        "break",
        "Plan days off; nothing is sent on them",
        (
            Argument("from", "first day, or none", required=True),
            Argument("to", "last day"),
        ),
        opens_form=True,
    ),
    Command(
        "company add",
        "A company you aim at",
        (
            Argument("name", "who", required=True),
            Argument("stakes", "how much it matters", required=True, choices=("practice", "good", "dream")),
        ),
        opens_form=True,
    ),
    Command("company remove", "Take a company out", (Argument("name", "who", required=True),)),
    Command(
        "glossary add",
        "A word of your field, as a card that comes back in time",
        (Argument("card", "term = meaning; left out, the next message holds many"),),
    ),
    Command("glossary cards", "The cards that today asks for"),
    Command("glossary list", "Your glossary"),
    Command("glossary remove", "Take a card out", (Argument("term", "its term or number", required=True),)),
    Command("bank add", "A drill of your own, for you alone", opens_form=True),
    Command("bank import", "Drills of your own from a file, YAML or CSV"),
    Command("bank list", "The drills you brought"),
    Command(
        "bank share",
        "Offer one to your group; it stays yours until they approve it",
        (Argument("which", "its name or number", required=True),),
    ),
    Command(
        "bank remove",
        "Take one of your drills out",
        (Argument("which", "its name or number", required=True),),
    ),
    Command(
        "circle create",
        "Begin a circle in this channel: people who practise together",
        (Argument("name", "what it is called"),),
    ),
    Command("circle join", "Join this channel's circle; first you see what it will know of you"),
    Command(
        "circle pair",
        "Somebody for a mock interview next week, and how that stands",
        (Argument("what", "on, off, or not for not this week"),),
    ),
    Command("circle leave", "Leave a circle, at once"),
    Command("circle who", "Who is in it"),
    Command("circle name", "What you are called there", (Argument("name", "your name there"),)),
    Command(
        "circle settings",
        "How the circle is arranged; admins change it",
        (Argument("name", "pairing, board; or pulse, for yourself"), Argument("value", "on or off")),
        opens_form=True,
    ),
    Command(
        "circle bind", "Bind a further channel: get a code, or use it there", (Argument("code", "the code"),)
    ),
    Command(
        "circle admin",
        "Make somebody an admin beside you",
        (Argument("name", "her name there", required=True),),
    ),
    Command("circle log", "What admins did, for every member to read"),
    Command(
        "circle win",
        "Good news: I ask whether the circle is to know",
        (Argument("text", "what it is; or back, to take it back"),),
    ),
    Command(
        "circle company",
        "Ask the circle for a walk or a call",
        (Argument("text", "words of your own; or close"),),
    ),
    Command(
        "circle board",
        "Days in rhythm, of those who want to be shown",
        (Argument("switch", "on or off, for yourself", choices=("on", "off")),),
    ),
    Command(
        "circle thanks",
        "Whether I thank you by name when you interview somebody",
        (Argument("switch", "on or off, for yourself", choices=("on", "off")),),
    ),
    Command("circle drills", "Drills that members offered; admins approve them"),
    Command("circle posts", "What members posted through me lately; admins can take it down"),
    Command(
        "link",
        "Be one person on two platforms: get a code, or use it",
        (Argument("code", "the code, on the account that joins"),),
    ),
    Command(
        "unlink",
        "Take this account off again",
        (Argument("which", "another account, such as slack or discord"),),
    ),
    Command("export", "Everything I keep about you, as a file to your direct messages"),
    Command("help", "What you can say", (Argument("command", "about one command"),)),
)

BY_NAME: Mapping[str, Command] = {c.name: c for c in COMMANDS}

ALIASES: Mapping[str, str] = {"win": "circle win"}
"""Shorter names, for places that have room for them."""


def parse(text: str) -> tuple[Command | None, dict[str, str], str]:
    """The command meant by the words after `/pacer`, its arguments, and the name as typed.

    No command is returned for an unknown name. Raises Unclear if there are more words than arguments.
    """
    words = _words(text)
    if not words:
        return BY_NAME["help"], {}, ""
    for length in (2, 1):
        name = " ".join(words[:length]).casefold()
        if command := BY_NAME.get(ALIASES.get(name, name)):
            return command, assign(command, words[length:]), command.name
    return None, {}, words[0]


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text, comments=False, posix=True)
    except ValueError:  # an open quote, as in "can't"
        return text.split()


def assign(command: Command, words: Sequence[str]) -> dict[str, str]:
    """Words to arguments, left to right: free text ends where the next argument's choice begins, the last takes the rest."""
    given: dict[str, str] = {}
    rest = list(words)
    for position, argument in enumerate(command.arguments):
        following = command.arguments[position + 1 :]
        if not rest:
            break
        if not following:
            taken = len(rest)
        elif following[0].choices:
            folded = [w.casefold() for w in rest]
            taken = next((n for n, w in enumerate(folded) if n and w in following[0].choices), len(rest))
        else:
            taken = 1
        given[argument.name] = " ".join(rest[:taken])
        rest = rest[taken:]
    if rest:
        raise Unclear(f"That is more than I can use. Say `{command.usage}`.")
    return given


def missing(command: Command, given: Mapping[str, str]) -> list[Argument]:
    """Required arguments that were not given."""
    return [a for a in command.arguments if a.required and not given.get(a.name)]
