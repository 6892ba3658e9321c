"""What Pacer counts of itself, and that nobody can be found in it."""

from __future__ import annotations

import asyncio
import time

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from adapters.health.metrics import LAG_BUCKETS, Metrics
from adapters.health.stall import StallWatch
from bot.delivery.model import State, Ticked


def samples(page: bytes) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    return {
        (s.name, frozenset(s.labels.items())): s.value
        for family in text_string_to_metric_families(page.decode())
        for s in family.samples
    }


def value(page: bytes, name: str, **labels: str) -> float:
    return samples(page)[name, frozenset(labels.items())]


def test_ticks_count_what_was_due_missed_and_parked():
    metrics = Metrics([], reasons=["unknown zone"])
    metrics.ticked(Ticked(due=5, written=4, missed=2, parked=("unknown zone", "Atlantis/Nowhere")))
    metrics.ticked(Ticked(due=1))
    page = metrics.page()
    assert value(page, "pacer_due_total") == 6
    assert value(page, "pacer_missed_total") == 2
    assert value(page, "pacer_skipped_total", reason="unknown zone") == 1
    assert value(page, "pacer_skipped_total", reason="other") == 1


def test_letters_count_by_kind_and_state_and_only_sent_ones_have_a_lag():
    metrics = Metrics(["drill", "nudge"])
    metrics.settled("drill", State.SENT, 7.0)
    metrics.settled("drill", State.SENT, -0.5)
    metrics.settled("drill", State.EXPIRED, 9000.0)
    page = metrics.page()
    assert value(page, "pacer_letters_total", kind="drill", state="sent") == 2
    assert value(page, "pacer_letters_total", kind="drill", state="expired") == 1
    assert value(page, "pacer_letters_total", kind="nudge", state="sent") == 0
    assert value(page, "pacer_lag_seconds_count", kind="drill") == 2
    assert value(page, "pacer_lag_seconds_sum", kind="drill") == 7
    assert value(page, "pacer_lag_seconds_bucket", kind="drill", le="5.0") == 1
    assert value(page, "pacer_lag_seconds_bucket", kind="drill", le="10.0") == 2


def test_lags_are_told_apart_from_a_second_to_four_hours():
    assert (LAG_BUCKETS[0], LAG_BUCKETS[-1]) == (1, 4 * 3600)


def test_letters_that_stand_nowhere_any_more_stand_at_zero():
    metrics = Metrics([])
    metrics.standing({State.READY: 3, State.DEAD: 2})
    metrics.standing({State.DOUBT: 1})
    page = metrics.page()
    standing = {
        state: value(page, "pacer_letters_standing", state=state) for state in ("ready", "dead", "doubt")
    }
    assert standing == {"ready": 0, "dead": 0, "doubt": 1}


def test_the_age_of_the_last_tick_grows_until_the_next():
    moment = 100.0
    metrics = Metrics([], monotonic=lambda: moment)
    moment = 130.0
    assert value(metrics.page(), "pacer_tick_age_seconds") == 30
    metrics.ticked(Ticked())
    moment = 134.0
    assert value(metrics.page(), "pacer_tick_age_seconds") == metrics.tick_age() == 4


def test_the_longest_stall_is_that_since_the_last_scrape():
    metrics = Metrics([])
    for seconds in (0.001, 0.7, 0.2):
        metrics.stalled(seconds)
    assert value(metrics.page(), "pacer_loop_stall_seconds") == 0.7
    page = metrics.page()
    assert value(page, "pacer_loop_stall_seconds") == 0
    assert value(page, "pacer_loop_stall_count") == 3
    assert value(page, "pacer_loop_stall_bucket", le="0.25") == 2


KINDS, REASONS = {"drill", "weekly"}, {"fault"}
ALLOWED = KINDS | REASONS | {"other"} | {s.value for s in State}


@given(st.lists(st.text(), max_size=20))
def test_no_text_from_outside_can_become_a_label(texts):
    metrics = Metrics(KINDS, reasons=REASONS)
    for said in texts:
        metrics.settled(said, State.SENT, 1.0)
        metrics.skipped(said)
        metrics.ticked(Ticked(parked=(said,)))
    labels = {label for _, pairs in samples(metrics.page()) for name, label in pairs if name != "le"}
    assert labels <= ALLOWED
    strange = sum(said not in REASONS for said in texts)
    assert value(metrics.page(), "pacer_skipped_total", reason="other") == 2 * strange


def test_two_countings_do_not_share_a_registry():
    one, other = Metrics([]), Metrics([])
    one.ticked(Ticked(due=1))
    assert value(other.page(), "pacer_due_total") == 0


def test_the_page_does_not_name_the_moments_at_which_counting_began():
    assert b"_created" not in Metrics(["drill"]).page()


# The watch on the event loop


async def test_a_blocked_loop_is_measured():
    metrics = Metrics([])
    watch = StallWatch(metrics.stalled, nap=0.01)
    watch.start()
    await asyncio.sleep(0.03)
    time.sleep(0.15)
    await asyncio.sleep(0.03)
    await watch.stop()
    assert value(metrics.page(), "pacer_loop_stall_seconds") >= 0.12


async def test_a_free_loop_has_no_stall_to_speak_of_and_a_stopped_watch_is_silent():
    seen: list[float] = []
    watch = StallWatch(seen.append, nap=0.01)
    watch.start()
    watch.start()
    await asyncio.sleep(0.1)
    await watch.stop()
    await watch.stop()
    count = len(seen)
    assert 2 <= count <= 11
    assert min(seen) < 0.05
    await asyncio.sleep(0.03)
    assert len(seen) == count
