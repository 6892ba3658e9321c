"""What the privacy room needs from storage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class Archive(Protocol):
    """All that is kept of the one person a turn is about."""

    async def everything(self) -> Mapping[str, Any]:
        """Every row of hers, decrypted, as JSON holds it: by section, instants and days in ISO form."""
