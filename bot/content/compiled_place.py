"""Where the compiled bank is kept, and when it may be used in the place of the drill files.

A wheel ships one, trusted by the contents of what it was made of. Otherwise it is made at the first start and kept in
a cache folder, trusted by names, sizes and times, which are known sooner. Where neither can be, the files are read.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import mkstemp

from bot.content.bank import Bank, load
from bot.content.compiled import About, Damaged, about, compiled, opened, renamed

log = logging.getLogger(__name__)

SHIPPED = "drills.compiled"
"""Beside the folder of drills, in a wheel only."""
_BOT = Path(__file__).parents[1]
_MAKERS = (
    "content/*.py",
    "drills/formats.py",
    "drills/model.py",
    "drills/scenes.py",
    "pace/model.py",
    "profile/tracks.py",
)
"""What makes drills of files: after a change of it the same files may mean something else."""
TICK = 20_000_000
"""Nanoseconds in which a file can change twice and bear one time."""


def bank(cache: Path | None, *, bot: Path = _BOT) -> Bank:
    """The drills that ship with Pacer, the fastest way that is sure. `bot` is the package, as files. Raises BadDrill."""
    folder = bot / "content" / "drills"
    if not folder.is_dir():
        return load()
    before = About(stand=stand(bot))
    kept = cache / _name(bot) if cache else None
    if kept and (found := _opened(kept, before)):
        return found[0]
    if found := _shipped(bot):
        if kept:
            with suppress(OSError):  # It would only have been a little faster.
                _keep(kept, renamed(found[1], before), bot, before)
        return found[0]
    made = load(folder)
    if kept:
        try:
            _keep(kept, compiled(tuple(made.drills.values()), before), bot, before)
        except OSError as problem:
            why = (problem.strerror or "it fails").lower()
            log.warning("Drills are read slowly at each start: %s cannot be written (%s).", kept.parent, why)
    return made


def for_a_wheel(bot: Path) -> bytes:
    """What a wheel ships. Raises BadDrill."""
    drills = load(bot / "content" / "drills").drills
    return compiled(tuple(drills.values()), About(contents=contents(bot)))


def stand(bot: Path) -> str:
    """Names, sizes and times of all sources, in short."""
    found = blake2b(digest_size=16)
    for name, entry in _sources(bot):
        at = entry.stat()
        found.update(f"{name}\0{at.st_size}\0{at.st_mtime_ns}\n".encode())
    return found.hexdigest()


def contents(bot: Path) -> str:
    """Names and bytes of all sources, in short."""
    found = blake2b(digest_size=16)
    for name, entry in _sources(bot):
        data = Path(entry).read_bytes() if entry.is_file() else b""
        found.update(f"{name}\0{len(data)}\0".encode())
        found.update(data)
    return found.hexdigest()


def _opened(path: Path, wanted: About) -> tuple[Bank, bytes] | None:
    """The bank in a file, if it is there, whole and made of what is wanted."""
    try:
        data = path.read_bytes()
        return (opened(data), data) if about(data) == wanted else None
    except FileNotFoundError:
        return None
    except (OSError, Damaged) as problem:
        why = problem.strerror if isinstance(problem, OSError) else str(problem)
        log.warning("%s is not used: %s.", path, (why or "it cannot be read").lower())
        return None


def _shipped(bot: Path) -> tuple[Bank, bytes] | None:
    """What came with the wheel, if the files beside it are still those it was made of."""
    path = bot / "content" / SHIPPED
    return _opened(path, About(contents=contents(bot))) if path.exists() else None


def _keep(path: Path, data: bytes, bot: Path, before: About) -> None:
    """Put a file in its place whole, unless its sources changed while it was made. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(prefix=f".{path.stem}-", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        newest = max((entry.stat().st_mtime_ns for _, entry in _sources(bot)), default=0)
        settled = newest < fresh.stat().st_mtime_ns - TICK
        if settled and stand(bot) == before.stand:
            fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _sources(bot: Path) -> Iterator[tuple[str, os.DirEntry[str] | Path]]:
    """The drill files and the code that reads them, by name from the package on."""
    for pattern in _MAKERS:
        for path in sorted(bot.glob(pattern)):
            yield path.relative_to(bot).as_posix(), path
    for area in _visible(bot / "content" / "drills"):
        files = _visible(area) if area.is_dir() else [area]
        yield from ((f"{area.name}/{file.name}", file) for file in files)


def _visible(folder: os.PathLike[str]) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted((e for e in entries if e.name[0] not in "._"), key=lambda e: e.name)


def _name(bot: Path) -> str:
    """One file for each place that Pacer is in, so that two of them do not take turns."""
    return f"drills-{blake2b(str(bot).encode(), digest_size=6).hexdigest()}.compiled"
