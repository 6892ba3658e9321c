"""Sittings, memory and skill of one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.drills.model import Card, Rating, Result, Sitting, Skill, Stage
from bot.drills.progress import Progress
from bot.feedback.model import Finding
from bot.pace.model import Kind
from storage.columns import Sealer
from storage.mapping import from_json, to_json
from storage.rows import CardRow, DifficultyRow, SittingRow, SkillRow
from storage.sql import rows_of, upsert

_ENDED = (Stage.DONE.value, Stage.SKIPPED.value)


def _private(sitting: Sitting) -> dict[str, Any]:
    """What she wrote and felt, and what quotes it."""
    return {
        "answer": sitting.answer,
        "effort": sitting.effort,
        "progress": to_json(Progress, sitting.progress),
        "findings": [to_json(Finding, f) for f in sitting.findings],
        "own": sitting.own,
    }


class SqlPractice:
    """The `Practice` port on SQL; answers and efforts are encrypted."""

    def __init__(self, session: AsyncSession, person_id: str, sealer: Sealer) -> None:
        self._session, self._person_id, self._sealer = session, person_id, sealer

    async def current(self) -> Sitting | None:
        """The newest sitting that is neither done nor skipped; None if there is none."""
        rows = await self._session.exec(
            select(SittingRow)
            .where(SittingRow.person_id == self._person_id, col(SittingRow.stage).not_in(_ENDED))
            .order_by(col(SittingRow.started).desc())
            .limit(1)
        )
        row = rows.one_or_none()
        return self._sitting(row) if row else None

    async def sittings(self, since: date) -> Sequence[Sitting]:
        """Sittings from a local day on, oldest first."""
        rows = await self._session.exec(
            select(SittingRow)
            .where(SittingRow.person_id == self._person_id, col(SittingRow.day) >= since)
            .order_by(col(SittingRow.started), col(SittingRow.id))
        )
        return [self._sitting(row) for row in rows]

    async def save_sitting(self, sitting: Sitting) -> None:
        """Keep a sitting, replacing an earlier version of it."""
        await upsert(
            self._session,
            SittingRow,
            ["id"],
            id=sitting.id,
            person_id=self._person_id,
            day=sitting.day,
            stage=sitting.stage.value,
            started=sitting.started,
            drill_id=sitting.drill_id,
            area=sitting.area,
            topic=sitting.topic,
            kind=sitting.kind.value,
            hints=sitting.hints,
            met=" ".join(sitting.met),
            judged=sitting.judged,
            minutes=sitting.minutes,
            sealed=self._sealer.seal(_private(sitting)),
            score=sitting.score,
            rating=int(sitting.rating) if sitting.rating is not None else None,
            seen_solution=sitting.seen_solution,
            expected=sitting.expected,
        )

    def _sitting(self, row: SittingRow) -> Sitting:
        private = self._sealer.open(row.sealed)
        return Sitting(
            id=row.id,
            drill_id=row.drill_id,
            area=row.area,
            topic=row.topic,
            kind=Kind(row.kind),
            day=row.day,
            started=row.started,
            stage=Stage(row.stage),
            hints=row.hints,
            answer=private["answer"],
            met=tuple(row.met.split()),
            judged=row.judged,
            minutes=row.minutes,
            effort=private["effort"],
            score=row.score,
            rating=Rating(row.rating) if row.rating is not None else None,
            seen_solution=row.seen_solution,
            progress=from_json(Progress, private.get("progress", {})),
            findings=tuple(from_json(Finding, f) for f in private.get("findings", ())),
            own=Rating(private["own"]) if private.get("own") else None,
            expected=row.expected,
        )

    async def results(self, since: date) -> Sequence[Result]:
        """What sittings from a local day on scored, oldest first; those without a score are left out."""
        r = SittingRow
        rows = await rows_of(
            self._session,
            select_columns(col(r.drill_id), col(r.area), col(r.day), col(r.score), col(r.expected))
            .where(col(r.person_id) == self._person_id, col(r.day) >= since, col(r.score).is_not(None))
            .order_by(col(r.started), col(r.id)),
        )
        return [Result(*row) for row in rows]

    async def cards(self) -> Mapping[str, Card]:
        """Memory by drill id."""
        rows = await self._session.exec(select(CardRow).where(CardRow.person_id == self._person_id))
        return {
            r.drill_id: Card(r.drill_id, r.stability, r.difficulty, r.due, r.last, r.reps, r.lapses)
            for r in rows
        }

    async def save_card(self, card: Card) -> None:
        """Keep a card, replacing an earlier version of it."""
        await upsert(
            self._session,
            CardRow,
            ["person_id", "drill_id"],
            person_id=self._person_id,
            drill_id=card.drill_id,
            stability=card.stability,
            difficulty=card.difficulty,
            due=card.due,
            last=card.last,
            reps=card.reps,
            lapses=card.lapses,
        )

    async def skills(self) -> Mapping[str, Skill]:
        """Skill by area id; areas without practice are missing."""
        rows = await self._session.exec(select(SkillRow).where(SkillRow.person_id == self._person_id))
        return {r.area: Skill(r.area, r.theta, r.count) for r in rows}

    async def save_skill(self, skill: Skill) -> None:
        """Keep a skill, replacing an earlier version of it."""
        mine = {"person_id": self._person_id, "area": skill.area, "theta": skill.theta, "count": skill.count}
        await upsert(self._session, SkillRow, ["person_id", "area"], **mine)

    async def difficulty_shift(self, drill_id: str) -> float:
        """How far answers have moved a drill's difficulty from its authored one, in logits."""
        rows = await self._session.exec(select(DifficultyRow.shift).where(DifficultyRow.drill_id == drill_id))
        return rows.one_or_none() or 0.0

    async def save_difficulty_shift(self, drill_id: str, shift: float) -> None:
        """Keep a drill's shift."""
        await upsert(self._session, DifficultyRow, ["drill_id"], drill_id=drill_id, shift=shift)
