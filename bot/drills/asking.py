"""How an open drill stands before her: its card, where its play is, and what she can tap."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.effects import Effects, Say, say
from bot.chat.markup import flowing
from bot.chat.message import Option, message, option
from bot.drills import words
from bot.drills.formats import Format
from bot.drills.judging import ask_next_point
from bot.drills.model import Drill, Sitting, Stage
from bot.drills.play.model import Move, Pick
from bot.drills.play.table import play_of
from bot.turn import Turn

CLOCK = "clock"
"""The note that says when she started the clock."""


async def drill_of(turn: Turn, sitting: Sitting) -> Drill | None:
    """The drill of a sitting, of the bank or her own; None if it is there no more."""
    return await turn.drill(sitting.drill_id)


async def open_sitting(turn: Turn, about: tuple[str, ...]) -> Sitting | None:
    """The open sitting that a button belongs to; None if it is over."""
    sitting = await turn.work.practice.current()
    if sitting is None or sitting.stage is not Stage.OPEN or (about and sitting.id != about[0]):
        return None
    return sitting


def card(sitting: Sitting, given: Drill) -> Effects:
    """The drill as it is given, and where its play stands."""
    play = play_of(given)
    stands = play.now(given, sitting.progress)
    blocks = message(
        words.card(given),
        flowing(given.task),
        *stands.says,
        play.how,
        options=ways(sitting, given, stands.picks),
    )
    return (Say(replace(blocks, topic=sitting.id)),)


def moved(sitting: Sitting, given: Drill, move: Move) -> Effects:
    """What a move says, with the ways on."""
    said = move.says or (words.NOTED,)
    return say(*said, options=ways(sitting, given, move.picks))


def ways(sitting: Sitting, given: Drill, picks: tuple[Pick, ...] = ()) -> tuple[Option, ...]:
    """What she can tap: the play's own buttons, then what every drill has."""
    about = sitting.id
    found = [option(p.label, "play", about, p.value) for p in picks]
    if play_of(given).bells(given) and CLOCK not in sitting.progress.notes:
        found.append(option("Start the clock", "clock", about))
    if given.hints and given.format is not Format.REDIRECT:
        found.append(option("Hint", "hint", about))
    return (*found, option("Done", "finish", about), option("Put aside", "aside", about))


async def go_on(turn: Turn, sitting: Sitting) -> Effects:
    """Back to what is open: the card, or the point that waits to be judged."""
    given = await drill_of(turn, sitting)
    if given is None:
        await set_aside(turn, sitting)
        return say(words.OVER)
    if sitting.stage is Stage.JUDGING:
        return ask_next_point(turn, sitting, given)
    turn.expect("answer", sitting=sitting.id)
    return (*say("You have this one open."), *card(sitting, given))


async def set_aside(turn: Turn, sitting: Sitting) -> None:
    """Close what was open: a judged one is done without an effort, any other is skipped."""
    stage = Stage.DONE if sitting.stage is Stage.EFFORT else Stage.SKIPPED
    await turn.work.practice.save_sitting(replace(sitting, stage=stage))
