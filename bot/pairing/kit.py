"""The two halves of a mock interview between people: the candidate's sheet and the interviewer's kit.

The candidate's half is built from the task and what is looked at with it, and from nothing else of the drill: not
even its title, which may name the trick.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.markup import flowing
from bot.chat.message import Audience, Block, Heading, Message, Text
from bot.drills.formats import Format
from bot.drills.model import Drill
from bot.drills.scenes import Steps
from bot.pairing import kit_words as words
from bot.pairing.kit_choice import PEER_FORMATS
from bot.pairing.kit_clock import FULL, Clock, clock
from bot.pairing.kit_notes import listed, notes
from bot.pairing.ratings import INTERVIEWING
from bot.profile.tracks import AREAS


@dataclass(frozen=True, slots=True)
class Kit:
    """What each of the two is sent, in private. Whoever interviews has seen the drill from then on."""

    drill_id: str
    clock: Clock
    candidate: tuple[Message, ...]
    interviewer: tuple[Message, ...]
    """The plan, what is kept back, the ending: a message each, so that the second can be scrolled through in the round."""


def kit(drill: Drill, *, minutes: int = FULL) -> Kit:
    """Both halves for a meeting of that length. Raises ValueError for a format that is no conversation, or a bad length."""
    if drill.format not in PEER_FORMATS:
        raise ValueError(f"{drill.format} is not done in a conversation")
    whole = clock(drill, minutes)
    return Kit(drill.id, whole, (_sheet(drill, whole),), _kit(drill, whole))


def _sheet(drill: Drill, whole: Clock) -> Message:
    heading = Heading(words.YOURS.format(area=AREAS[drill.area]), _about(whole))
    shows = (_looked_at(drill),) if _looked_at(drill) else ()
    return _direct(heading, words.HOW[drill.format], flowing(drill.task), *shows, words.CANDIDATE)


def _kit(drill: Drill, whole: Clock) -> tuple[Message, ...]:
    heading = Heading(words.YOU_ASK.format(title=drill.title), f"{AREAS[drill.area]} · {_about(whole)}")
    first = f"**Say first:** “{words.SAY_FIRST.get(drill.format, words.SAY_FIRST_ELSE)}” {words.READ_IT}"
    shows = (_looked_at(drill),) if _looked_at(drill) else ()
    return (
        _direct(heading, first, flowing(drill.task), *shows, _plan(whole), _conduct()),
        _direct(Heading(words.INSIDE), *notes(drill, whole)),
        _direct(
            Heading(words.ENDING),
            words.ASK_AT_THE_END.format(questions=_closing(drill.format)),
            words.FEEDBACK,
            listed(words.INTERVIEWING_NAME, [r.asks for r in INTERVIEWING]),
            words.ANSWER,
            flowing(drill.answer),
        ),
    )


def _about(whole: Clock) -> str:
    return f"{whole.minutes} minutes, {whole.task} of them for the task"


def _plan(whole: Clock) -> str:
    """The clock, a line for each minute at which something happens."""
    lines = [f"**{beat.minute}**  {beat.does}" for beat in whole.beats]
    return "\n".join(("**The clock**", *lines, *((words.REST_IS_YOURS,) if whole.spare else ())))


def _conduct() -> str:
    return listed(words.CONDUCT_NAME, words.CONDUCT)


def _closing(form: Format) -> str:
    return words.CLOSING.get(form, words.CLOSING[Format.DRILL])


def _looked_at(drill: Drill) -> str:
    """What both look at from the start, such as a table or a design on trial."""
    return flowing(drill.scene.shows) if isinstance(drill.scene, Steps) else ""


def _direct(*parts: str | Block) -> Message:
    return Message(tuple(Text(p) if isinstance(p, str) else p for p in parts), Audience.DIRECT)
