"""What can go wrong with a database, each as one sentence for the person or the operator."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from bot.turn import Unavailable

__all__ = ["PoolExhausted", "StoreFault", "explain"]


class StoreFault(Unavailable):
    """The database cannot be used now; the message says what happened and what to do."""


_KNOWN = (
    (
        "database is locked",
        "The database is locked by another program. Close that one, or try again in a moment.",
    ),
    ("readonly database", "The database is read-only. Give Pacer write access to the file and its folder."),
    (
        "database or disk is full",
        "The disk is full. Free some space and say it again; what was kept is safe.",
    ),
    (
        "file is not a database",
        "This file is not a Pacer database; it was left as it is. Choose another path.",
    ),
    (
        "file is encrypted or is not",
        "This file is not a Pacer database; it was left as it is. Choose another path.",
    ),
    ("malformed", "The database file is damaged and was left as it is. Restore it from a backup."),
    (
        "unable to open database file",
        "The database file cannot be opened. Check that its folder exists and is yours.",
    ),
    (
        "attempt to write a readonly",
        "The database is read-only. Give Pacer write access to the file and its folder.",
    ),
    (
        "password authentication failed",
        "The database does not take the name or the password in its address. Check both.",
    ),
    ("does not exist", "The database server knows no such database or user. Make it, or check the address."),
    ("too many", "The database has no connection left. Stop a program that uses it, or allow it more."),
    ("queuepool limit", "All connections to the database are busy. It goes on once one is free."),
    ("disk i/o error", "The disk does not answer properly. What was kept before is safe; try again."),
)


def explain(error: DBAPIError | PoolExhausted | OSError) -> StoreFault:
    """The fault behind a driver's error."""
    words = str(getattr(error, "orig", None) or error).lower()
    for mark, sentence in _KNOWN:
        if mark in words:
            return StoreFault(sentence)
    if isinstance(error, OSError) or "connection" in words or "connect" in words:
        return StoreFault(
            "The database does not answer. Check that it runs and that PACER_DATABASE_URL is right."
        )
    return StoreFault("The database refused. Nothing was changed; the log names the kind of error.")
