"""The states of a letter: what follows from how a sending ended. Pure; storage fences every step."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.delivery.gate import Silence, Wait
from bot.delivery.kinds import MESSAGES, SLOTS, InDoubt, rule_of
from bot.delivery.model import (
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
from bot.delivery.recurrence import spread

LEASE = timedelta(seconds=60)
"""Longer than a sending may take, shorter than the shortest time a platform recognises a repeated one."""
MOST_FAULTS = 5
"""How often a letter that cannot be written is tried before it is dead."""
FIRST_RETRY, LONGEST_RETRY = timedelta(seconds=5), timedelta(minutes=10)
DOUBT_RETRY = timedelta(seconds=5)


def back_off(key: str, attempts: int) -> timedelta:
    """How long to wait after that many failures: doubled each time, and half of it spread by the key."""
    longest: timedelta = min(FIRST_RETRY * 2 ** min(attempts, 20), LONGEST_RETRY)
    return longest / 2 + spread(f"{key}#{attempts}", longest / 2)


def change(letter: Letter, state: State, *, attempts: int | None = None, **more: object) -> Change:
    """A change of this letter under its present claim."""
    counted = letter.attempts if attempts is None else attempts
    return Change(
        key=letter.key,
        claims=letter.claims,
        was=letter.state,
        state=state,
        attempts=counted,
        **more,  # type: ignore[arg-type]
    )


def too_late(letter: Letter, now: datetime) -> bool:
    """Whether it is not worth sending any more."""
    return now >= letter.expires


def suspected(letter: Letter) -> bool:
    """Whether its writing may be what ended a sender: it was claimed before and never came to be written."""
    return letter.message is None and letter.attempts > 0


def after_gate(letter: Letter, verdict: Wait | Silence) -> Change:
    """The gate spoke for silence, or for later."""
    if isinstance(verdict, Wait):
        return change(letter, State.READY, not_before=verdict.until, why="quiet hours")
    return change(letter, State.CANCELLED, why=verdict.why)


def after_outage(letter: Letter, now: datetime) -> Change:
    """What is kept could not be reached: nobody's fault, so it does not count."""
    return change(
        letter,
        letter.state if letter.state is State.DOUBT else State.READY,
        not_before=now + back_off(letter.key, 1),
        why="database",
    )


def after_fault(letter: Letter, now: datetime) -> Change:
    """It could not be written; after some tries it never will be."""
    attempts = letter.attempts + 1
    if attempts >= MOST_FAULTS:
        return change(letter, State.DEAD, attempts=attempts, why="cannot be written")
    wait = now + back_off(letter.key, attempts)
    return change(letter, State.READY, attempts=attempts, not_before=wait, why="fault")


def after_sending(letter: Letter, outcome: Outcome, now: datetime) -> Change:
    """The next state after a sending; a letter that was in doubt stays so until somebody knows."""
    waiting = State.DOUBT if letter.state is State.DOUBT else State.READY
    match outcome:
        case Sent(receipt):
            return change(letter, State.SENT, receipt=receipt)
        case Limited(seconds):
            return change(letter, waiting, not_before=now + timedelta(seconds=seconds), why="limited")
        case Refused(why):
            attempts = letter.attempts + 1
            wait = now + back_off(letter.key, attempts)
            return change(letter, waiting, attempts=attempts, not_before=wait, why=why)
        case Rejected(why):
            # One that was in doubt may have arrived, and would be read twice.
            missed = outcome.closed and letter.state is not State.DOUBT and not letter.resent
            return change(letter, State.DEAD, why=why, words_stay=missed)
        case Doubtful(why):
            return change(letter, State.DOUBT, not_before=now + DOUBT_RETRY, why=why)


def after_look(letter: Letter, found: Sent | Lookup, now: datetime) -> Change:
    """A letter in doubt, once the platform's history was asked: known, absent, or left to its kind's policy."""
    if isinstance(found, Sent):
        return change(letter, State.SENT, receipt=found.receipt)
    if found is Lookup.ABSENT:
        return change(letter, State.READY, attempts=letter.attempts + 1, not_before=now, why="absent")
    slot = SLOTS.get(letter.kind)
    rule = rule_of(letter.said) or (MESSAGES[slot.usual] if slot else None)
    if rule is None or rule.in_doubt is InDoubt.DROP or letter.resent:
        return change(letter, State.CANCELLED, why="in doubt")
    return change(letter, State.READY, not_before=now, why="sent once more", resent=True)
