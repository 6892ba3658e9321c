"""What is logged, in which form, and above all what is not."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import subprocess
import sys
import threading
import warnings
from datetime import UTC, date, datetime

import aiohttp
import pytest
import structlog
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from adapters.logs import OURS, THEIRS, UNSHOWN, configure

SECRET = "§ I cried before the interview, xoxb-12-34"
ours = logging.getLogger("bot.delivery.drain")
theirs = logging.getLogger("slack_sdk.web")


class Log:
    """The lines so far; each reading starts anew."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    def text(self) -> str:
        said = self.stream.getvalue()
        self.stream.seek(0)
        self.stream.truncate()
        return said

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text().splitlines()]

    def line(self) -> dict[str, object]:
        (only,) = self.lines()
        return only


@pytest.fixture(autouse=True)
def as_it_was():
    """Puts the process' logging back, which pytest and other tests use."""
    loggers = [logging.getLogger(), *map(logging.getLogger, (*OURS, *THEIRS))]
    before = [(at, at.handlers[:], at.level, at.propagate) for at in loggers]
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning = hooks
    for at, handlers, level, propagate in before:
        at.handlers[:], at.propagate = handlers, propagate
        at.setLevel(level)


@pytest.fixture
def said() -> Log:
    out = Log()
    configure(json=True, stream=out.stream)
    return out


@pytest.fixture
def shown() -> Log:
    out = Log()
    configure(json=False, stream=out.stream)
    return out


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as broken:
        return broken


def test_our_own_code_is_heard_from_info_on_with_its_fields(said):
    ours.debug("nobody asked")
    ours.info("swept %d of %s", 3, "lease", extra={"letters": 3, "day": date(2026, 11, 21), "odd": [SECRET]})
    line = said.line()
    stamp = datetime.fromisoformat(str(line.pop("timestamp")))
    assert stamp.tzinfo and abs((datetime.now(UTC) - stamp).total_seconds()) < 5
    assert line == {
        "event": "swept 3 of lease",
        "letters": 3,
        "day": "2026-11-21",
        "odd": "list",
        "level": "info",
        "logger": "bot.delivery.drain",
    }


def test_extra_fields_cannot_pose_as_the_fixed_ones(said):
    ours.warning(
        "the truth", extra={"event": "a lie", "level": "info", "logger": "x", "_name": "y", "_logger": "z"}
    )
    line = said.line()
    assert (line["event"], line["level"], line["logger"]) == ("the truth", "warning", "bot.delivery.drain")


def test_libraries_are_heard_from_warning_on_whatever_they_set(said):
    theirs.setLevel(logging.DEBUG)
    logging.getLogger("aiohttp.access").setLevel(logging.DEBUG)
    theirs.info("request sent")
    logging.getLogger("aiohttp.access").info("GET /")
    logging.getLogger("apscheduler.scheduler").info("added job")
    assert said.lines() == []
    theirs.warning("rate limited")
    assert said.line()["event"] == "rate limited"
    theirs.setLevel(logging.NOTSET)
    logging.getLogger("aiohttp.access").setLevel(logging.NOTSET)


def test_of_a_librarys_message_remain_its_fixed_words_and_its_place(said):
    theirs.error('job "%s" failed after %5.1f s', SECRET, 1.5, extra={"body": SECRET})
    line = said.line()
    assert line["event"] == 'job "…" failed after … s'
    assert str(line["at"]).startswith("test_logs.py:")
    assert "body" not in line


@pytest.mark.parametrize("logger", [ours, theirs], ids=["ours", "theirs"])
def test_a_message_built_from_values_is_not_shown_but_its_place_is(said, logger):
    logger.error(f"it failed: {SECRET}")
    logger.error(ValueError(SECRET))
    for line in said.lines():
        assert line["event"] == UNSHOWN
        assert str(line["at"]).startswith("test_logs.py:")


def test_an_exception_is_its_types_and_places(said):
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as broken:
            raise RuntimeError(SECRET) from broken
    except RuntimeError:
        ours.exception("a letter could not be carried")
    line = said.line()
    assert line["event"] == "a letter could not be carried"
    first, cause = str(line["error"]).split(", from ")
    assert first.startswith("RuntimeError at test_logs.py:")
    assert cause.startswith("KeyError at test_logs.py:")


def test_exceptions_in_a_group_are_named(said):
    group = ExceptionGroup(SECRET, [KeyError(SECRET), OSError(SECRET)])
    ours.error("several things failed", exc_info=group)
    assert said.line()["error"] == "ExceptionGroup(KeyError, OSError)"


def test_objects_among_our_arguments_shrink_to_their_types(said):
    ours.error("it failed: %s", ValueError(SECRET), extra={"why": OSError(SECRET)})
    line = said.line()
    assert (line["event"], line["why"]) == ("it failed: ValueError", "OSError")


def test_arguments_that_do_not_fit_cost_the_values_and_not_the_line(capsys):
    said = Log()
    configure(json=True, stream=said.stream)  # here, because pytest listens anew in each phase of a test
    ours.error("%d letters of %s", SECRET)
    assert said.line()["event"] == "… letters of …"
    assert capsys.readouterr().err == ""


def test_a_library_that_brings_a_handler_when_there_is_none_finds_ours(said):
    logger = logging.getLogger("dbos")
    assert logger.handlers
    logger.error("workflow %s failed", SECRET)
    assert len(said.lines()) == 1


def test_a_handler_from_before_does_not_print_beside_ours(capsys):
    logging.getLogger("dbos").addHandler(logging.StreamHandler(sys.stderr))
    logging.getLogger().addHandler(logging.StreamHandler(sys.stderr))
    configure(json=True, stream=io.StringIO())
    logging.getLogger("dbos").error("failed: %s", SECRET)
    ours.error("swept")
    assert capsys.readouterr().err == ""


def test_a_stream_that_is_gone_stops_nobody(capsys):
    out = io.StringIO()
    configure(json=True, stream=out)
    out.close()
    ours.error("nobody hears %s", SECRET)
    assert capsys.readouterr().err == ""


def test_a_person_who_looks_gets_short_lines(shown):
    ours.info("swept", extra={"what": "lost\n\x1b[2Jlease", "letters": 3})
    theirs.error("went wrong", exc_info=raised(ValueError(SECRET)))
    first, second = shown.text().splitlines()
    assert first[8:] == " info     bot.delivery.drain  swept  what=lost\\n\\x1b[2Jlease  letters=3"
    assert "error    slack_sdk.web  went wrong  at=test_logs.py:" in second
    assert "error=ValueError at test_logs.py:" in second


def test_warnings_are_logged_by_type_and_place(said):
    warnings.showwarning(UserWarning(SECRET), UserWarning, "/somewhere/odd.py", 7)
    line = said.line()
    assert (line["event"], line["level"]) == ("a warning, UserWarning at odd.py:7", "warning")


def test_what_nobody_caught_is_logged_without_its_message():
    script = (
        "import threading\nfrom adapters.logs import configure\nconfigure(json=True)\n"
        "def fail(): raise ValueError('xoxb-secret')\n"
        "t = threading.Thread(target=fail); t.start(); t.join()\n"
        "class Odd:\n    def __del__(self): fail()\n"
        "Odd()\nfail()\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "xoxb" not in run.stdout + run.stderr
    lines = [json.loads(line) for line in run.stderr.splitlines()]
    assert [line["level"] for line in lines] == ["error", "error", "critical"]
    assert all("ValueError at " in line["error"] for line in lines)


async def test_a_task_that_nobody_waited_for_keeps_its_words_to_itself(said):
    async def fail() -> None:
        raise ValueError(SECRET)

    task = asyncio.create_task(fail())
    await asyncio.wait({task})
    del task
    (line,) = [line for line in said.lines() if line["logger"] == "asyncio"]
    assert line["event"] == UNSHOWN
    assert "ValueError at test_logs.py:" in str(line["error"])


async def test_a_web_handler_that_breaks_keeps_its_words_to_itself(said):
    async def fail(_: web.Request) -> web.Response:
        raise ValueError(SECRET)

    application = web.Application()
    application.router.add_get("/", fail)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{site.port}/") as answer:
        assert answer.status == 500
    await runner.cleanup()
    raw = said.text()
    assert "§" not in raw
    assert "ValueError at " in raw


def _broken_query(secret: str) -> DBAPIError:
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT :said FROM nowhere"), {"said": secret})
    except DBAPIError as broken:
        return broken
    finally:
        engine.dispose()
    raise AssertionError("there is such a table")


# The sign never stands in our own lines, so that a chance match is none.
@given(st.text(min_size=1).map("§{}".format), st.booleans())
def test_no_text_of_an_exception_a_parameter_or_a_token_reaches_the_log(secret, as_json):
    out = io.StringIO()
    configure(json=as_json, stream=out)
    broken = _broken_query(secret)
    assert secret in str(broken) or repr(secret)[1:-1] in str(broken)
    broken.add_note(secret)
    for name in ("sqlalchemy.pool", "discord.client", "slack_bolt.App", "apscheduler.executors", "urllib3"):
        logger = logging.getLogger(name)
        logger.error("failed with %s", secret, exc_info=broken, stack_info=True)
        logger.error("failed with %(body)s", {"body": secret}, extra={"token": secret})
        logger.error(f"failed with {broken}")
        logger.error(broken)
        logger.warning(secret)
    ours.error("failed with %s", broken, exc_info=ValueError(secret), extra={"why": broken, "all": [secret]})
    ours.error(f"failed with {broken}")
    ours.error("failed with %(body)s", {"body": ValueError(secret)})
    said = out.getvalue()
    assert len(said.splitlines()) == 5 * 5 + 3
    assert "§" not in said and "\\u00a7" not in said
    if as_json:
        assert all(isinstance(json.loads(line), dict) for line in said.splitlines())


def test_a_structlog_event_of_a_library_is_not_shown_either(said):
    theirs_bound = structlog.wrap_logger(
        theirs,
        processors=[structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    theirs_bound.error("failed", body=SECRET)
    line = said.line()
    assert line["event"] == UNSHOWN
    assert "body" not in line
