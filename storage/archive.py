"""Everything that is kept of one person, read from every table that knows of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.columns import Sealer
from storage.rows import AccountRow, InboxRow, PersonRow, SlackInstallationRow

NAMES = {
    "account": "accounts",
    "card": "cards",
    "circle_act": "circle_acts",
    "circle_answer": "circle_answers",
    "circle_drill_answer": "circle_answers_to_drills",
    "circle_member": "circles",
    "circle_pulse_yes": "circle_pulses",
    "circle_notice": "circle_news",
    "circle_offer": "circle_offers",
    "circle_rhythm": "circle_board",
    "circle_thanks": "circle_thanks",
    "company": "companies",
    "day": "days",
    "glossary": "glossary",
    "habit": "habits",
    "habit_day": "habit_days",
    "inbox": "received",
    "interview": "interviews",
    "link_code": "link_code",
    "link_try": "link_tries",
    "milestone": "milestones",
    "outbox": "letters",
    "own_drill": "own_drills",
    "pace_state": "pace",
    "pair_seat": "mock_interviews",
    "pair_wish": "pair_wishes",
    "person": "person",
    "planned_break": "breaks",
    "schedule": "times",
    "second_opinion": "second_opinions",
    "sitting": "sittings",
    "skill": "skills",
    "spend": "spent",
    "slack_installation": "slack_installations",
    "spoken": "spoken",
    "talk": "conversation",
    "told_by_person": "circle_news_counted",
    "undelivered": "not_delivered",
}
"""What a table is called in the archive; another goes by its own name."""
BY_PERSON = ("person_id", "subject")
"""Columns that hold a person's id."""
BY_ACCOUNT = (PersonRow, AccountRow, InboxRow, SlackInstallationRow)
"""Tables that name an account; those with a person's id are read by that."""
ALONE = ("conversation", "pace", "link_code", "link_tries")
"""Sections with a single row."""
_SEALED = ("sealed", "profile", "payload")
_LEFT_OUT = {"id", "person_id", "subject", "digest", "version", "place", "brief"}
"""Our own numbers of things, the hash of a code, and what is there once more in whole."""


class SqlArchive:
    """The `Archive` port on SQL."""

    def __init__(self, session: AsyncSession, person: PersonRow, sealer: Sealer) -> None:
        self._session, self._person, self._sealer = session, person, sealer

    async def everything(self) -> Mapping[str, Any]:
        """Every row of hers, decrypted, as JSON holds it: by section, instants and days in ISO form."""
        person = self._read(self._person.model_dump())
        found: dict[str, Any] = {"person": person, "profile": person.pop("profile", None)}
        for table in SQLModel.metadata.sorted_tables:
            hers = [table.c[name] == self._person.id for name in BY_PERSON if name in table.c]
            if hers:
                found[NAMES.get(table.name, table.name)] = await self._rows(table, or_(*hers))
        accounts = [person, *found["accounts"]]
        for row in (InboxRow, SlackInstallationRow):
            table = SQLModel.metadata.tables[str(row.__tablename__)]
            found[NAMES[table.name]] = await self._rows(table, _at(table, accounts))
        for name in ALONE:
            found[name] = next(iter(found[name]), None)
        return {**found, "check_ins": _check_ins(found["days"])}

    async def _rows(self, table: Table, hers: ColumnElement[bool]) -> list[dict[str, Any]]:
        # In the order in which it happened, where the table knows one.
        order = [table.c[n] for n in ("day", "started", "at", "due_at", "since", "asked_at") if n in table.c]
        connection = await self._session.connection()
        rows = await connection.execute(select(table).where(hers).order_by(*order, *table.primary_key))
        secret = table.name == SlackInstallationRow.__tablename__
        return [self._read({k: v for k, v in row.items() if not (secret and k == "sealed")})
                for row in rows.mappings()]  # fmt: skip

    def _read(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row as people read it; what is encrypted stands opened among the rest."""
        read: dict[str, Any] = {}
        for name, value in row.items():
            if name in _LEFT_OUT:
                continue
            if name not in _SEALED or value is None:
                read[name] = _plain(value)
                continue
            opened = _without_files(self._sealer.open(value))
            if name == "sealed" and isinstance(opened, dict) and "blocks" not in opened:
                read |= {k: v for k, v in opened.items() if k not in _LEFT_OUT}
            else:
                read["words" if name == "sealed" else name] = opened
        return read


def _at(table: Table, accounts: Sequence[Mapping[str, Any]]) -> ColumnElement[bool]:
    """Rows of any of her accounts."""
    names = [name for name in ("platform", "tenant", "account") if name in table.c]
    wanted = accounts if "platform" in names else [a for a in accounts if a["platform"] == "slack"]
    either = [and_(*(table.c[name] == one[name] for name in names)) for one in wanted]
    return or_(False, *either)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def _without_files(value: Any) -> Any:
    """Without what stands in a file that waits to be delivered: an archive would hold the one before it."""
    if isinstance(value, list):
        return [_without_files(each) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"name", "content", "about"}:
        return {"name": value["name"], "about": value["about"]}
    return {key: _without_files(each) for key, each in value.items()}


def _check_ins(days: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How she said she was, by day; taken out of the days, so that it stands in one place."""
    found = [{"day": day["day"], **told} for day in days if (told := day.get("checkin"))]
    for day in days:
        day.pop("checkin", None)
    return found
