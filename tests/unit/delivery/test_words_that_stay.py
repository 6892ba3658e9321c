"""How long words that found the way closed are of use, and for which refusals they are kept at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.inbound import Sender
from bot.delivery.kinds import MESSAGES, NOTICES, is_of_use, words_until
from bot.delivery.model import Letter, Rejected, State
from bot.delivery.outbox import after_sending

MONDAY = date(2026, 11, 16)
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVERYWHERE = [ZoneInfo(name) for name in ("Pacific/Kiritimati", "Etc/GMT+12", "Europe/Berlin", "UTC")]
KINDS = sorted({**MESSAGES, **NOTICES})


def letter(state: State = State.SENDING, **more: object) -> Letter:
    values = {"key": "k", "to": Sender("discord", "1"), "kind": "morning", "day": MONDAY}
    return Letter(**values, due=NOON, expires=NOON + 4 * HOUR, state=state, **more)  # type: ignore[arg-type]


@given(
    st.sampled_from(KINDS),
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    st.integers(0, 23),
    st.integers(0, 60),
    st.sampled_from(EVERYWHERE),
    st.integers(0, 24 * 12),
)
def test_whatever_is_still_of_use_somewhere_is_still_kept(
    said: str, day: date, hour: int, keeps: int, zone: ZoneInfo, later: int
) -> None:
    due = datetime.combine(day, time(hour), zone).astimezone(UTC)
    expires, now = due + timedelta(hours=keeps), due + timedelta(hours=later)
    until = words_until(said, day, expires)
    if is_of_use(said, day, expires, today=now.astimezone(zone).date(), now=now):
        assert until is not None and now < until


@given(st.sampled_from(KINDS), st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_nothing_is_kept_longer_than_a_week_and_a_half(said: str, day: date) -> None:
    until = words_until(said, day, datetime.combine(day, time(23), UTC) + timedelta(hours=36))
    assert until is None or until <= datetime.combine(day, time(12), UTC) + 10 * DAY


@pytest.mark.parametrize(
    ("said", "later", "useful"),
    [
        ("check-in", timedelta(0), True),
        ("check-in", DAY, False),
        ("drill", timedelta(0), True),
        ("drill", DAY, False),
        ("review", 6 * DAY, True),
        ("review", 7 * DAY, False),
        ("silence", timedelta(0), False),
        ("a kind of tomorrow", timedelta(0), False),
    ],
)
def test_a_prompt_is_of_use_on_its_day_and_a_review_in_its_week(
    said: str, later: timedelta, useful: bool
) -> None:
    expires = NOON + 4 * HOUR
    assert is_of_use(said, MONDAY, expires, today=MONDAY + later, now=NOON + later) is useful


def test_a_sundays_review_is_of_use_as_long_as_it_would_have_been_sent() -> None:
    sunday = MONDAY + 6 * DAY
    told = {"day": sunday, "expires": NOON + 6 * DAY + 36 * HOUR}
    assert is_of_use("own review", today=sunday + DAY, now=NOON + 7 * DAY, **told)  # type: ignore[arg-type]
    assert not is_of_use("own review", today=sunday + 2 * DAY, now=NOON + 8 * DAY, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("why", "stay"),
    [
        ("HTTP 403: direct messages are closed", True),
        ("HTTP 403: no server in common", True),
        ("messages_tab_disabled", True),
        ("cannot_dm_bot", True),
        ("HTTP 400: code 50035", False),
        ("HTTP 401: the token is not valid", False),
        ("invalid_blocks", False),
        ("msg_too_long", False),
        ("nothing to say", False),
    ],
)
def test_only_where_the_way_to_her_is_closed_words_stay(why: str, stay: bool) -> None:
    made = after_sending(letter(), Rejected(why), NOON)
    assert (made.state, made.words_stay) == (State.DEAD, stay)


@pytest.mark.parametrize("doubted", [letter(State.DOUBT), letter(resent=True)])
def test_a_letter_that_may_have_arrived_is_not_shown_as_well(doubted: Letter) -> None:
    assert not after_sending(doubted, Rejected("HTTP 403: direct messages are closed"), NOON).words_stay
