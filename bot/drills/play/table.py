"""Which format is played how."""

from __future__ import annotations

from collections.abc import Mapping

from bot.drills.formats import STEPPED, Format
from bot.drills.model import Drill
from bot.drills.play.clarify import ClarifyPlay
from bot.drills.play.code_review import CodeReviewPlay
from bot.drills.play.decode import DecodePlay
from bot.drills.play.design import DesignPlay
from bot.drills.play.incident import IncidentPlay
from bot.drills.play.model import Play
from bot.drills.play.plain import Plain
from bot.drills.play.redirect import RedirectPlay
from bot.drills.play.round import RoundPlay
from bot.drills.play.sql import SqlPlay
from bot.drills.play.stepped import Stepped

PLAYS: Mapping[Format, Play] = {
    **dict.fromkeys((Format.DRILL, Format.CARD, Format.EXPLAIN, Format.REWRITE), Plain()),
    **dict.fromkeys(STEPPED, Stepped()),
    Format.CLARIFY: ClarifyPlay(),
    Format.REDIRECT: RedirectPlay(),
    Format.INCIDENT: IncidentPlay(),
    Format.DECODE: DecodePlay(),
    Format.CODE_REVIEW: CodeReviewPlay(),
    Format.SQL: SqlPlay(),
    Format.ROUND: RoundPlay(),
    Format.DESIGN: DesignPlay(),
}
"""By format."""


def play_of(drill: Drill) -> Play:
    """How a drill is played."""
    return PLAYS[drill.format]
