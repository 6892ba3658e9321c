"""`pacer` with other numbers, so that a test need not wait a minute for a lease.

    python tests/workers/pacer_process.py worker bot.delivery.outbox.LEASE=3

A number stands for seconds where the program says so with a timedelta. Whoever imports a name from a
module has to come after it.
"""

from __future__ import annotations

import importlib
import sys
from datetime import timedelta


def change(what: str) -> None:
    """Set one constant of a module."""
    path, _, text = what.partition("=")
    module, _, name = path.rpartition(".")
    owner, number = importlib.import_module(module), float(text)
    known = getattr(owner, name)
    setattr(owner, name, timedelta(seconds=number) if isinstance(known, timedelta) else type(known)(number))


if __name__ == "__main__":
    for asked in sys.argv[2:]:
        change(asked)
    from adapters.main import main

    main([sys.argv[1]])
