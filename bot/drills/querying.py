"""Runs the query that a play asks for, and shows the right one once she is done."""

from __future__ import annotations

from bot.chat.markup import FENCE, flowing
from bot.drills.model import Drill
from bot.drills.play.model import Move
from bot.drills.play.sql import ran
from bot.drills.scenes import Query
from bot.turn import Turn


async def with_result(turn: Turn, given: Drill, move: Move) -> Move:
    """The move itself, or what becomes of it once its query has run, beside the right one."""
    if not move.run or not isinstance(given.scene, Query):
        return move
    hers, right = await turn.queries.run(given.scene.database, (move.run, given.scene.query))
    return ran(given, move.progress, hers, right)


def model_answer(given: Drill) -> str:
    """The model answer; a query stands under it if it is not part of it."""
    answer = flowing(given.answer)
    if not isinstance(given.scene, Query) or _bare(given.scene.query) in _bare(given.answer):
        return answer
    return f"{answer}\n\n{FENCE}\n{given.scene.query.strip()}\n{FENCE}"


def _bare(text: str) -> str:
    return "".join(text.casefold().split()).rstrip(";")
