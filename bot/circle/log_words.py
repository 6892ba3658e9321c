"""The log of a circle in words: what admins did, by the names of now, and without any for those who left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.circle.model import Act, Circle, Deed
from bot.delivery.recurrence import held

NO_ACTS = "No admin has done anything so far."
WHO_LEFT = "somebody who left"
WITH_THE_CODE = "somebody with the code"
"""A code binds a channel for whoever says it there, member or not."""
_DETAILED: Mapping[Deed, str] = {
    Deed.SET: "set {detail}",
    Deed.BOUND: "bound a channel on {detail}",
    Deed.ADMIN: "made {whom} an admin",
}
_DRILLS: Mapping[Deed, str] = {
    Deed.APPROVED: "approved the drill {drill}",
    Deed.LEFT_OUT: "left out the drill {drill}",
    Deed.TAKEN_OUT: "took out the drill {drill}",
}


def log(circle: Circle, found: Sequence[Act]) -> str:
    """What admins did, the newest first, on the circle's clock."""
    lines = [f"{_when(circle, act.at)} · {_who(act)}: {_what(act)}" for act in found]
    return "\n".join((f"**{circle.name}**", *(lines or (NO_ACTS,))))


def _when(circle: Circle, at: datetime) -> str:
    local = at.astimezone(held(circle.settings.zone))
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


def _who(act: Act) -> str:
    return act.by or (WITH_THE_CODE if act.deed is Deed.BOUND else WHO_LEFT)


def _what(act: Act) -> str:
    """A title is said only while the drill is offered there."""
    if act.drill and act.deed in _DRILLS:
        return _DRILLS[act.deed].format(drill=act.drill)
    said = _DETAILED.get(act.deed, act.deed.value)
    return said.format(detail=act.detail, whom=act.whom or WHO_LEFT)
