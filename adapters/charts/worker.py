"""Drawing beside the event loop: one thread, because matplotlib is not made for two."""

from __future__ import annotations

import asyncio
import gc
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

from adapters.charts.picture import png
from bot.chat.message import Bar, Chart

_FIRST = Chart("A first picture", (Bar("Mon", 1.0, "so that the next is quick", 0.5, 1.0),), 1.0, "")


def installed() -> bool:
    """Whether pictures can be drawn here; nothing heavy is loaded to find out."""
    return find_spec("matplotlib") is not None


class Drawing:
    """Draws charts, one after the other. It is a `Draw`. The first one loads what drawing needs, 40 MB, in half a second."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts")
        self._begun = False

    async def __call__(self, chart: Chart) -> bytes:
        """A PNG. Raises NotDrawn, ImportError."""
        if not self._begun:
            self._begun = True
            self._thread.submit(_begin)
        return await asyncio.get_running_loop().run_in_executor(self._thread, _drawn, chart)

    def close(self) -> None:
        """Draw nothing more."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def _drawn(chart: Chart) -> bytes:
    """A full collection in this thread would hold up the event loop for longer than all the drawing."""
    _settle()
    collecting = gc.isenabled()
    gc.disable()
    try:
        return png(chart)
    finally:
        if collecting:
            gc.enable()


def _begin() -> None:
    _drawn(_FIRST)
    gc.freeze()  # matplotlib stays: to look through it again and again would hold up the event loop


def _settle() -> None:
    """Give matplotlib a folder of its own to write to, before it is loaded: a home may be read-only."""
    if "MPLCONFIGDIR" not in os.environ and not os.access(Path.home(), os.W_OK):
        os.environ["MPLCONFIGDIR"] = tempfile.mkdtemp(prefix="pacer-charts-")
