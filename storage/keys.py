"""The key that encrypts what people feel and write: given by the operator, or made on first run."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet

from storage.columns import Sealer
from storage.faults import StoreFault


def sealer(given: str | None, key_file: Path) -> Sealer:
    """A sealer for keys separated by commas (newest first), or for the key file, made if it is missing.

    Raises StoreFault if a key is malformed or the file cannot be read or written.
    """
    words = [k for k in (given or "").split(",") if k.strip()] or [_from_file(key_file)]
    try:
        return Sealer(MultiFernet([Fernet(word.strip()) for word in words]))
    except ValueError as malformed:
        source = "PACER_SECRET_KEY" if given else str(key_file)
        raise StoreFault(
            f"The key in {source} is not usable: 32 bytes in URL-safe base64 are expected. "
            "Put the right key back; nothing was changed."
        ) from malformed


def _from_file(path: Path) -> str:
    try:
        if path.exists():
            return path.read_text().strip()
        path.parent.mkdir(parents=True, exist_ok=True)
        key = Fernet.generate_key().decode()
        # Written whole under another name first, never readable by anybody else: nobody sees half a key.
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(key + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        finally:
            draft.unlink()
    except FileExistsError:
        return path.read_text().strip()
    except OSError as problem:
        raise StoreFault(f"The key file {path} cannot be used: {problem.strerror or problem}.") from problem
    return key
