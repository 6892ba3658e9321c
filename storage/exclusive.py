"""One program at a time on a SQLite file: two would both believe that they alone send what is due."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from storage.faults import StoreFault


@contextmanager
def exclusive(url: str) -> Iterator[None]:
    """Hold the file's lock; the system lets go of it when the process ends, however it ends.

    Raises StoreFault while another program holds it. Other databases need no lock.
    """
    try:
        path = lock_path(url)
    except OSError as problem:
        raise StoreFault(f"The folder of the database cannot be made: {problem.strerror}.") from problem
    if path is None:
        yield
        return
    lock = FileLock(path, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout as held:
        raise StoreFault(
            f"Another Pacer{_who(path)} is running on this database. "
            "Stop that one first, or give this one a PACER_HOME of its own."
        ) from held
    except OSError as problem:
        raise StoreFault(f"The lock file {path} cannot be used: {problem.strerror or problem}.") from problem
    try:
        _pid_file(path).write_text(f"{os.getpid()}\n")
        yield
    finally:
        _pid_file(path).unlink(missing_ok=True)
        lock.release()


def lock_path(url: str) -> Path | None:
    """The lock file beside a SQLite file; None for any other database."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None  # opening it explains what is wrong
    name = parsed.database
    if parsed.get_backend_name() != "sqlite" or not name or name.startswith((":memory:", "file:")):
        return None
    path = Path(f"{name}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _pid_file(path: Path) -> Path:
    return path.with_suffix(".pid")


def _who(path: Path) -> str:
    try:
        return f" (process {int(_pid_file(path).read_text())})"
    except (OSError, ValueError):
        return ""
