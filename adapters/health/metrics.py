"""The numbers Pacer keeps about itself, in Prometheus' words; never about whom, never what was said."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Metric, generate_latest

from bot.delivery.model import FINAL, State, Ticked
from bot.delivery.ports import Observer

OTHER = "other"
"""The label of everything that is not in a closed set."""

LAG_BUCKETS = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400)
STALL_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


STANDING = frozenset(State) - FINAL | {State.DEAD}
"""The states whose letters an operator may want to see."""


class Heard(Protocol):
    """A platform's connection, as far as it is shown."""

    @property
    def silence(self) -> float:
        """Seconds since its last sign of life."""

    @property
    def reopened(self) -> int:
        """How often it was opened anew."""


class _Registry(CollectorRegistry):
    """Leaves out the moments at which series were made, which nobody asks for and which double the page."""

    def collect(self) -> Iterator[Metric]:
        for metric in super().collect():
            metric.samples = [s for s in metric.samples if not s.name.endswith("_created")]
            yield metric


class Metrics(Observer):
    """Counts what delivery does, on a registry of its own.

    `ticks` is off for a process that only delivers. Label values come from the sets given here and from `State`; anything else counts under
    "other", so that no person, key or text can become a label. Durations are in seconds.
    """

    def __init__(
        self,
        kinds: Collection[str],
        *,
        reasons: Collection[str] = (),
        ticks: bool = True,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._kinds, self._reasons = frozenset(kinds), frozenset(reasons)
        self._monotonic = monotonic
        self._ticked_at = monotonic()
        self._longest = 0.0
        self._registry = _Registry()
        self._count_delivery(self._registry)
        self._watch_the_process(self._registry, ticks=ticks)

    def _count_delivery(self, registry: CollectorRegistry) -> None:
        self._due = Counter("pacer_due_total", "Slots that came due.", registry=registry)
        self._missed = Counter("pacer_missed_total", "Occurrences nobody was there for.", registry=registry)
        self._letters = Counter(
            "pacer_letters_total", "Letters that reached a state.", ("kind", "state"), registry=registry
        )
        self._skipped = Counter(
            "pacer_skipped_total", "What could not be handled, by reason.", ("reason",), registry=registry
        )
        self._lag = Histogram(
            "pacer_lag_seconds", "From due to sent.", ("kind",), buckets=LAG_BUCKETS, registry=registry
        )
        self._standing = Gauge(
            "pacer_letters_standing", "Letters that stand in a state now.", ("state",), registry=registry
        )
        # A rate over a counter that first appears at 1 misses that 1, so all begin at 0.
        for reason in (*self._reasons, OTHER):
            self._skipped.labels(reason)
        for kind in (*self._kinds, OTHER):
            for state in FINAL:
                self._letters.labels(kind, state.value)

    def _watch_the_process(self, registry: CollectorRegistry, *, ticks: bool) -> None:
        if ticks:
            age = Gauge(
                "pacer_tick_age_seconds", "Since the last tick, or since the start.", registry=registry
            )
            age.set_function(self.tick_age)
        self._silence = Gauge(
            "pacer_connection_silence_seconds",
            "Since a platform's connection gave a sign of life.",
            ("platform",),
            registry=registry,
        )
        self._reopened = Gauge(
            "pacer_connection_reopened",
            "How often a silent connection was opened anew since the start.",
            ("platform",),
            registry=registry,
        )
        self._stall = Gauge(
            "pacer_loop_stall_seconds", "Longest event-loop stall since the last scrape.", registry=registry
        )
        self._stalls = Histogram(
            "pacer_loop_stall",
            "How late the event loop woke a sleeper, in seconds.",
            buckets=STALL_BUCKETS,
            registry=registry,
        )

    def watch(self, ears: Mapping[str, Heard]) -> None:
        """Show how long each platform's connection has been silent, and how often it was opened anew."""
        for name, ear in ears.items():
            self._silence.labels(name).set_function(partial(getattr, ear, "silence"))
            self._reopened.labels(name).set_function(partial(getattr, ear, "reopened"))

    def ticked(self, found: Ticked) -> None:
        """A tick was made; rows it parked count as skipped, by their reason."""
        self._ticked_at = self._monotonic()
        self._due.inc(found.due)
        self._missed.inc(found.missed)
        for reason in found.parked:
            self.skipped(reason)

    def settled(self, kind: str, state: State, lag: float) -> None:
        """A letter of this kind reached a state; the lag is kept of those that were sent."""
        label = _within(self._kinds, kind)
        self._letters.labels(label, state.value).inc()
        if state is State.SENT:
            self._lag.labels(label).observe(max(0.0, lag))

    def skipped(self, reason: str) -> None:
        """Something could not be handled and was passed over."""
        self._skipped.labels(_within(self._reasons, reason)).inc()

    def standing(self, counts: Mapping[State, int]) -> None:
        """How many letters stand where; one that is not named has none."""
        for state in STANDING:
            self._standing.labels(state.value).set(counts.get(state, 0))

    def stalled(self, seconds: float) -> None:
        """The event loop woke somebody so much too late."""
        self._longest = max(self._longest, seconds)
        self._stalls.observe(seconds)

    def tick_age(self) -> float:
        """Seconds since the last tick, or since the start if there was none."""
        return self._monotonic() - self._ticked_at

    def page(self) -> bytes:
        """The text exposition of a scrape; the longest stall starts anew with it."""
        self._stall.set(self._longest)
        self._longest = 0.0
        return generate_latest(self._registry)


def _within(allowed: frozenset[str], label: str) -> str:
    return label if label in allowed else OTHER
