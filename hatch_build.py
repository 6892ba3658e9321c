"""Puts the compiled bank of drills into a wheel, so that no installation has to read hundreds of files first."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BankBuildHook(BuildHookInterface[Any]):
    """Runs in the sources' folder. A broken drill file breaks the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, unless the wheel only points at the sources."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from bot.content.compiled_place import SHIPPED, for_a_wheel
        finally:
            sys.path.remove(self.root)
        self._folder = TemporaryDirectory()
        made = Path(self._folder.name) / SHIPPED
        made.write_bytes(for_a_wheel(Path(self.root) / "bot"))
        build_data["force_include"][str(made)] = f"bot/content/{SHIPPED}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Tidy up."""
        if version != "editable":
            self._folder.cleanup()
