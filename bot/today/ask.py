"""The two questions that more than one room asks: the battery, and how hard it was."""

from __future__ import annotations

from bot.chat.effects import Effects, Say, say
from bot.chat.message import Choices, message, option
from bot.drills.model import Sitting
from bot.turn import Turn

BATTERY_WORDS = {"flat": 10, "low": 30, "half": 50, "good": 70, "full": 90}
BATTERY = "How is the battery?"
EFFORT = "How hard was that for your head, 0 to 10?"


def message_name(turn: Turn) -> str:
    """The name under which today's check-in message is edited."""
    return f"checkin-{turn.today}"


def ask_battery(turn: Turn, greeting: str = "") -> Effects:
    """The one question of the morning: five taps, and a way to say more."""
    turn.expect("checkin")
    picks = tuple(option(w, "battery", str(v)) for w, v in BATTERY_WORDS.items())
    asked = f"{greeting} {BATTERY}".strip()
    # A row of its own, so that the five stand side by side.
    more = Choices((option("more", "more"),))
    return (Say(message(asked, Choices(picks), more), name=message_name(turn)),)


def ask_effort(turn: Turn, sitting: Sitting) -> Effects:
    """Exertion of a sitting on the CR-10 scale: 3 moderate, 5 hard, 7 very hard, 10 the most there is."""
    turn.expect("effort", sitting=sitting.id)
    picks = tuple(option(str(n), "effort", sitting.id, str(n)) for n in range(11))
    return say(EFFORT, options=picks)
