"""What Pacer logs: one line an event, and never a word that a person wrote, a parameter or a token.

A log line holds only text that stands in the code. Messages that were built from values (f-strings,
`log.error(exception)`) are not shown; `at` says which line of code spoke. Our own code may pass
numbers, dates and short texts as arguments or `extra`, any other object shrinks to its type; the
arguments of libraries are dropped. Of an exception remain the types and the places it went through.
"""

from __future__ import annotations

import logging
import math
import re
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import PurePath
from traceback import walk_tb
from types import TracebackType
from typing import TextIO

from structlog.processors import JSONRenderer, TimeStamper
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import EventDict, WrappedLogger

log = logging.getLogger(__name__)

OURS = ("bot", "adapters", "storage")
THEIRS = (
    "aiohttp", "anthropic", "apscheduler", "asyncio", "dbos", "discord", "httpcore2", "httpx2", "slack_bolt", "slack_sdk",
    "sqlalchemy",
)  # fmt: skip
"""Libraries that may bring handlers of their own, which would show what this module leaves out."""
UNSHOWN = "(a message built from values; not shown)"

_FIXED = ("timestamp", "level", "logger", "event")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_CONVERSION = re.compile(r"%(?:\(\w+\))?[#0\- +]*[\d*]*(?:\.[\d*]+)?[a-zA-Z]")
_NEWEST_PLACES = 8


def configure(*, json: bool, stream: TextIO | None = None) -> None:
    """Log to a stream (standard error if left out): JSON lines, or short lines for somebody who looks.

    Our own code from INFO on, libraries from WARNING on, whatever level they set themselves.
    Exceptions that nobody caught, and warnings, go the same way. Meant to be called once, at the start.
    """
    handler = _Lines(stream or sys.stderr)
    handler.setFormatter(_formatter(json=json))
    handler.addFilter(_worth_a_line)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    for name in THEIRS:
        theirs = logging.getLogger(name)
        # A library that finds no handler on its logger may bring one; this one is already there.
        theirs.handlers[:], theirs.propagate = [handler], False
        theirs.setLevel(logging.WARNING)
    sys.excepthook, threading.excepthook, sys.unraisablehook = _stopped, _thread_stopped, _ignored
    warnings.showwarning = _warned


class _Lines(logging.StreamHandler[TextIO]):
    """Writes lines; one that the stream does not take is lost, since there is nowhere else to say so."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Leave it: the standard library would print the message and its arguments."""


def _worth_a_line(record: logging.LogRecord) -> bool:
    return record.levelno >= (logging.INFO if _is_ours(record.name) else logging.WARNING)


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] in OURS


class _Clean(ProcessorFormatter):
    """Formats a copy of the record that holds nothing but what may be shown."""

    def format(self, record: logging.LogRecord) -> str:
        """One line. Runs within the call that logs, which is how it knows the code behind the message."""
        return super().format(_cleaned(record))


def _formatter(*, json: bool) -> ProcessorFormatter:
    stamp = TimeStamper(fmt="iso", utc=True)
    return _Clean(
        foreign_pre_chain=[ExtraAdder(), add_log_level, add_logger_name, stamp],
        processors=[ProcessorFormatter.remove_processors_meta, JSONRenderer() if json else _short_line],
    )


def _cleaned(record: logging.LogRecord) -> logging.LogRecord:
    ours = _is_ours(record.name)
    template = _template(record)
    clean = {k: v for k, v in vars(record).items() if k in _STANDARD} | (_extra(record) if ours else {})
    clean |= {"exc_info": None, "exc_text": None, "stack_info": None, "args": ()}
    clean["msg"] = _said(record, template) if ours else _blanked(template)
    if not ours or template is None:
        clean["at"] = f"{record.filename}:{record.lineno}"
    if record.exc_info and isinstance(record.exc_info[1], BaseException):
        clean["error"] = told(record.exc_info[1])
    return logging.makeLogRecord(clean)


def _template(record: logging.LogRecord) -> str | None:
    """The message before formatting, if it is a constant of the code that logs it; else None."""
    frame = sys._getframe() if isinstance(record.msg, str) else None
    while frame:
        code = frame.f_code
        if code.co_filename == record.pathname and frame.f_lineno == record.lineno:
            return record.msg if record.msg in code.co_consts else None
        frame = frame.f_back
    return None


def _extra(record: logging.LogRecord) -> dict[str, object]:
    taken = _STANDARD.union(_FIXED)
    return {k: _shown(v) for k, v in vars(record).items() if k not in taken and not k.startswith("_")}


def _said(record: logging.LogRecord, template: str | None) -> str:
    """What our own code says, with its arguments."""
    if template is None or not record.args:
        return UNSHOWN if template is None else template
    try:
        if isinstance(record.args, Mapping):
            return template % {k: _shown(v) for k, v in record.args.items()}
        return template % tuple(map(_shown, record.args))
    except (TypeError, ValueError, KeyError):  # the arguments do not fit, and still there is something to say
        return _blanked(template)


def _shown(value: object) -> str | int | float | None:
    """A plain value as it is; of anything else, which may hold what somebody wrote, only its type."""
    match value:
        case float() if not math.isfinite(value):
            return str(value)
        case str() | int() | float() | None:
            return value
        case date() | timedelta() | PurePath():
            return str(value)
        case _:
            return _type_name(value)


def _blanked(template: str | None) -> str:
    return UNSHOWN if template is None else _CONVERSION.sub("…", template)


def told(error: BaseException) -> str:
    """An exception and what led to it, as types and `file:line` places, the first cause last."""
    return ", from ".join(f"{_type_name(e)}{_places(e.__traceback__)}" for e in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        if current.__cause__ is None and not current.__suppress_context__:
            current = current.__context__
        else:
            current = current.__cause__


def _type_name(value: object) -> str:
    name = type(value).__name__
    if isinstance(value, BaseExceptionGroup):
        return f"{name}({', '.join(_type_name(e) for e in value.exceptions)})"
    return name


def _places(trace: TracebackType | None) -> str:
    places = [f"{PurePath(f.f_code.co_filename).name}:{line}" for f, line in walk_tb(trace)]
    return f" at {' > '.join(places[-_NEWEST_PLACES:])}" if places else ""


def _short_line(_: WrappedLogger, __: str, event: EventDict) -> str:
    """`08:00:01 warning  storage.engine  what happened  key=value`, control characters escaped."""
    time, level, logger, said = (str(event[k]) for k in _FIXED)
    rest = "".join(f"  {k}={v}" for k, v in event.items() if k not in _FIXED)
    line = f"{time[11:19]} {level:<8} {logger}  {said}{rest}"
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)


def _stopped(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        log.critical("Pacer stopped on an error that nobody caught", exc_info=(kind, error, trace))


def _thread_stopped(what: threading.ExceptHookArgs) -> None:
    if what.exc_value is not None and not isinstance(what.exc_value, SystemExit):
        log.error("a thread stopped on an error", exc_info=what.exc_value)


def _ignored(what: sys.UnraisableHookArgs) -> None:
    if what.exc_value is not None:
        log.error("an error came up where none can be raised", exc_info=what.exc_value)


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Stands in for `warnings.showwarning`; the message is left out."""
    log.warning("a warning, %s at %s:%s", category.__name__, PurePath(filename).name, lineno)
