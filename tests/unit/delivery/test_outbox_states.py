"""A letter through every way of going wrong: the laws of its states, held by a machine that tries them in any order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.chat.inbound import Sender
from bot.delivery.gate import Silence, Wait
from bot.delivery.kinds import MESSAGES, SLOTS, InDoubt
from bot.delivery.model import (
    FINAL,
    Change,
    Doubtful,
    Letter,
    Limited,
    Lookup,
    Outcome,
    Refused,
    Rejected,
    Sent,
    State,
)
from bot.delivery.outbox import (
    FIRST_RETRY,
    LEASE,
    LONGEST_RETRY,
    MOST_FAULTS,
    after_fault,
    after_gate,
    after_look,
    after_outage,
    after_sending,
    back_off,
    change,
    too_late,
)

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
LETTER = Letter(
    key="team:me:morning:2026-01-05",
    to=Sender("console", "me"),
    kind="morning",
    day=date(2026, 1, 5),
    due=NOW,
    expires=NOW + timedelta(hours=4),
    state=State.SENDING,
    claims=1,
    claimed=NOW,
)
outcomes = st.one_of(
    st.just(Sent("r1")),
    st.floats(0, 900).map(Limited),
    st.just(Refused("dns")),
    st.just(Rejected("closed")),
    st.just(Doubtful("time-out")),
)


class OneLetter(RuleBasedStateMachine):
    """One row of the outbox, and senders of which some wake up long after they lost their lease."""

    @initialize(said=st.sampled_from([*sorted(MESSAGES), "", "praise"]), kind=st.sampled_from(sorted(SLOTS)))
    def written(self, said: str, kind: str) -> None:
        self.row = LETTER._replace(state=State.READY, claims=0, kind=kind, said=said)
        self.now, self.not_before, self.resendings = NOW, NOW, 0
        self.held: list[Letter] = []
        self.ended: Letter | None = None
        self.attempts = 0

    def answer(self, chosen: int, *states: State) -> Letter:
        """One of the claims that have not ended yet; each ends once, however late."""
        waiting = [n for n, letter in enumerate(self.held) if not states or letter.state in states]
        return self.held.pop(waiting[chosen % len(waiting)])

    def apply(self, made: Change) -> bool:
        """What storage does with a change: nothing, if its claim is not the row's."""
        row = self.row
        if made.claims != row.claims or made.was is not row.state:
            return False
        assert made.key == row.key
        if made.resent:
            self.resendings += 1
        self.row = row._replace(state=made.state, attempts=made.attempts, resent=row.resent or made.resent)
        self.not_before = made.not_before or self.not_before
        return True

    @precondition(lambda self: self.row.state in (State.READY, State.DOUBT))
    @rule()
    def claim(self) -> None:
        self.now = max(self.now, self.not_before)
        to = State.SENDING if self.row.state is State.READY else State.DOUBT
        self.row = self.row._replace(state=to, claims=self.row.claims + 1, claimed=self.now)
        self.held.append(self.row)

    @precondition(lambda self: self.held)
    @rule(chosen=st.integers(0, 50), outcome=outcomes)
    def send(self, chosen: int, outcome: Outcome) -> None:
        letter = self.answer(chosen)
        made = after_sending(letter, outcome, self.now)
        if isinstance(outcome, Limited):
            assert made.attempts == letter.attempts
            assert made.not_before == self.now + timedelta(seconds=outcome.seconds)
        assert made.attempts == letter.attempts + isinstance(outcome, Refused)
        assert (made.state is State.SENT) == isinstance(outcome, Sent)
        assert (made.state is State.DEAD) == isinstance(outcome, Rejected)
        if letter.state is State.DOUBT:
            assert made.state is not State.READY
        self.apply(made)

    @precondition(lambda self: any(h.state is State.SENDING for h in self.held))
    @rule(chosen=st.integers(0, 50), hours=st.integers(0, 9))
    def be_held_back(self, chosen: int, hours: int) -> None:
        letter = self.answer(chosen, State.SENDING)
        if hours:
            until = self.now + timedelta(hours=hours)
            made = after_gate(letter, Wait(until))
            assert (made.state, made.not_before) == (State.READY, until)
        else:
            made = after_gate(letter, Silence("away"))
            assert made.state is State.CANCELLED
        assert made.attempts == letter.attempts
        self.apply(made)

    @precondition(lambda self: self.held)
    @rule(chosen=st.integers(0, 50))
    def lose_the_database(self, chosen: int) -> None:
        letter = self.answer(chosen)
        made = after_outage(letter, self.now)
        assert made.attempts == letter.attempts
        assert made.state is (State.DOUBT if letter.state is State.DOUBT else State.READY)
        assert made.not_before is not None
        assert made.not_before > self.now
        self.apply(made)

    @precondition(lambda self: any(h.state is State.SENDING for h in self.held))
    @rule(chosen=st.integers(0, 50))
    def fail_to_be_written(self, chosen: int) -> None:
        letter = self.answer(chosen, State.SENDING)
        made = after_fault(letter, self.now)
        assert made.attempts == letter.attempts + 1
        assert (made.state is State.DEAD) == (made.attempts >= MOST_FAULTS)
        self.apply(made)

    @precondition(lambda self: any(h.state is State.DOUBT for h in self.held))
    @rule(found=st.sampled_from([Sent("r2"), Lookup.ABSENT, Lookup.CANNOT_LOOK]), chosen=st.integers(0, 50))
    def look(self, found: Sent | Lookup, chosen: int) -> None:
        letter = self.answer(chosen, State.DOUBT)
        made = after_look(letter, found, self.now)
        assert made.state is not State.DOUBT
        if found is Lookup.CANNOT_LOOK:
            policy = (MESSAGES.get(letter.said) or MESSAGES[SLOTS[letter.kind].usual]).in_doubt
            again = policy is InDoubt.RESEND and not letter.resent
            assert made.resent == again
            assert made.state is (State.READY if again else State.CANCELLED)
        self.apply(made)

    @precondition(lambda self: self.row.state is State.SENDING)
    @rule(composed=st.booleans())
    def lose_the_lease(self, composed: bool) -> None:
        """As the sweep does it."""
        attempts = self.row.attempts + (not composed)
        lost = State.DOUBT if composed else State.DEAD if attempts >= MOST_FAULTS else State.READY
        self.row = self.row._replace(state=lost, attempts=attempts)
        self.now += LEASE

    @rule(minutes=st.integers(0, 30))
    def let_time_pass(self, minutes: int) -> None:
        """And sweep, as is done now and then."""
        self.now += timedelta(minutes=minutes)
        if self.row.state is State.READY and too_late(self.row, self.now):
            self.row = self.row._replace(state=State.EXPIRED)

    @invariant()
    def failures_are_never_forgotten(self) -> None:
        if hasattr(self, "row"):
            assert self.row.attempts >= self.attempts
            self.attempts = self.row.attempts

    @invariant()
    def what_is_final_stays_as_it_is(self) -> None:
        if hasattr(self, "row"):
            if self.ended:
                assert self.row == self.ended
            elif self.row.state in FINAL:
                self.ended = self.row

    @invariant()
    def a_doubt_nobody_can_resolve_is_sent_again_at_most_once(self) -> None:
        if hasattr(self, "row"):
            policy = MESSAGES.get(self.row.said) or MESSAGES[SLOTS[self.row.kind].usual]
            assert self.resendings <= (policy.in_doubt is InDoubt.RESEND)

    @invariant()
    def nobody_who_waits_waits_longer_than_a_platform_or_her_night_asks(self) -> None:
        if hasattr(self, "row") and self.row.state in (State.READY, State.DOUBT):
            assert self.not_before - self.now <= timedelta(hours=9)


TestOneLetter = OneLetter.TestCase


@given(outcomes, st.integers(0, 12))
def test_a_change_is_always_made_under_the_claim_it_came_from(outcome: Outcome, attempts: int) -> None:
    letter = LETTER._replace(claims=7, attempts=attempts)
    for made in (
        after_sending(letter, outcome, NOW),
        after_fault(letter, NOW),
        after_outage(letter, NOW),
        after_gate(letter, Silence("away")),
        after_look(letter._replace(state=State.DOUBT), Lookup.ABSENT, NOW),
        change(letter, State.EXPIRED),
    ):
        assert (made.key, made.claims) == (letter.key, 7)
        assert made.was in (State.SENDING, State.DOUBT)
        assert made.attempts >= attempts


def test_any_number_of_limits_costs_no_attempt() -> None:
    letter = LETTER
    for n in range(1000):
        made = after_sending(letter, Limited(n % 60), NOW)
        letter = letter._replace(state=State.SENDING, attempts=made.attempts, claims=letter.claims + 1)
    assert letter.attempts == 0


def test_a_letter_that_cannot_be_written_is_tried_five_times() -> None:
    letter = LETTER
    states: list[State] = []
    while not states or states[-1] is State.READY:
        made = after_fault(letter, NOW)
        states.append(made.state)
        letter = letter._replace(attempts=made.attempts)
    assert states == [State.READY] * (MOST_FAULTS - 1) + [State.DEAD]


@pytest.mark.parametrize("kind", sorted(MESSAGES))
def test_a_doubt_is_resolved_by_what_each_kind_declared(kind: str) -> None:
    doubt = LETTER._replace(state=State.DOUBT, said=kind)
    made = after_look(doubt, Lookup.CANNOT_LOOK, NOW)
    if kind in ("drill", "review", "own review"):
        assert (made.state, made.resent) == (State.READY, True)
        assert after_look(doubt._replace(resent=True), Lookup.CANNOT_LOOK, NOW).state is State.CANCELLED
    else:
        assert (made.state, made.resent) == (State.CANCELLED, False)


def test_a_doubt_of_a_kind_this_program_does_not_know_any_more_is_settled() -> None:
    doubt = LETTER._replace(state=State.DOUBT, kind="praise", said="")
    assert after_look(doubt, Lookup.CANNOT_LOOK, NOW).state is State.CANCELLED


@given(st.text(max_size=60), st.integers(0, 10_000))
def test_a_wait_after_failures_is_always_alike_and_bounded(key: str, attempts: int) -> None:
    wait = back_off(key, attempts)
    assert wait == back_off(key, attempts)
    assert FIRST_RETRY / 2 <= wait <= LONGEST_RETRY == timedelta(minutes=10)


def test_waits_grow_on_the_whole_until_they_are_ten_minutes_long() -> None:
    keys = [f"team:person{n}:morning:2026-01-05" for n in range(2000)]
    means = [fmean(back_off(key, n).total_seconds() for key in keys) for n in range(30)]
    growing = [b / a for a, b in pairwise(means)]
    assert all(1.9 < ratio < 2.1 for ratio in growing[:6])
    assert all(ratio > 0.98 for ratio in growing)  # level, but for the spread, once the longest is reached
    assert all(440 < mean < 460 for mean in means[7:])


def test_waits_of_many_letters_do_not_end_together() -> None:
    waits = [back_off(f"person{n}", 3) for n in range(1000)]
    assert len(set(waits)) > 990
    assert max(waits) < 2 * min(waits) + timedelta(seconds=1)


@given(st.integers(-10_000, 10_000))
def test_a_letter_is_too_late_from_the_instant_it_expires(seconds: int) -> None:
    assert too_late(LETTER, LETTER.expires + timedelta(seconds=seconds)) == (seconds >= 0)
