"""Column types: instants in UTC, encrypted JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from cryptography.fernet import InvalidToken, MultiFernet
from sqlalchemy import DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UnreadableSecret(Exception):
    """Something encrypted cannot be read with the keys at hand."""


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant, stored and returned in UTC. Naive values are refused: SQLite would drop an offset."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; ValueError if the value has no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Back as an aware instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealer:
    """Encrypts and decrypts JSON with the newest of several keys first (Fernet, AES-CBC with HMAC)."""

    def __init__(self, fernet: MultiFernet) -> None:
        self._fernet = fernet

    def seal(self, value: Any) -> str:
        """Ciphertext of a JSON value, as text."""
        return self._fernet.encrypt(json.dumps(value, separators=(",", ":")).encode()).decode()

    def open(self, sealed: str) -> Any:
        """The JSON value. Raises UnreadableSecret if none of the keys fits."""
        try:
            return json.loads(self._fernet.decrypt(sealed.encode()))
        except InvalidToken as wrong:
            raise UnreadableSecret from wrong


SealedText = Text
"""Column type of ciphertext: Fernet makes 100 characters of one byte, so never a short string."""
