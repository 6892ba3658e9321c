"""The two halves of a mock interview between people, over the whole bank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from adapters.console.limits import TERMINAL
from adapters.discord.limits import DISCORD
from adapters.slack.limits import SLACK
from bot.chat.fit import fit
from bot.chat.markup import flowing, plain
from bot.chat.message import Audience, Fields, Heading, Message, Text
from bot.content.bank import Bank, load
from bot.drills.formats import Format
from bot.drills.model import Drill
from bot.drills.scenes import Clarify, Incident, Redirect, Steps
from bot.pairing import kit_words
from bot.pairing.kit import Kit, kit
from bot.pairing.kit_choice import PEER_FORMATS
from bot.pairing.kit_clock import FULL, LEAST, MOST, SHORT, clock, question_minutes, twist_minutes
from bot.pairing.ratings import INTERVIEWING


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load()


@pytest.fixture(scope="module")
def kits(bank: Bank) -> list[tuple[Drill, Kit]]:
    return [(d, kit(d)) for d in bank.drills.values() if d.format in PEER_FORMATS]


def read(*messages: Message) -> str:
    """Everything that can be read in messages."""
    parts = []
    for block in (b for m in messages for b in m.blocks):
        parts.append(
            f"{block.heading} {block.about}" if isinstance(block, Heading) else getattr(block, "text", "")
        )
    return "\n".join(parts)


def bare(text: str) -> str:
    """Letters and digits alone, so that no mark or line break hides a sentence."""
    return " ".join(re.findall(r"[a-z0-9]+", plain(text).casefold()))


def sentences(text: str) -> list[str]:
    """Sentences that say something of their own; a few words, such as a number with its unit, are bound to recur."""
    return [s for part in re.split(r"(?<=[.!?])\s+|\n\n", text) if len((s := bare(part)).split()) > 4]


def kept_back(drill: Drill) -> Iterator[str]:
    """What the candidate is not to read: rubric, mistakes, hints, and what the scene holds."""
    yield from (p.text for p in drill.rubric)
    yield from (m.text for m in drill.mistakes)
    yield from drill.hints
    match drill.scene:
        case Clarify(facts, twists):
            yield from (f.tells for f in facts)
            yield from (t.says for t in twists)
        case Steps(steps):
            yield from (s.hint for s in steps)
        case Incident(_, evidence):
            yield from (e.shows for e in evidence)


def spoken(drill: Drill) -> Iterator[str]:
    """The model answer, phrases of it, and later questions. They are about the task, so they may repeat what it says."""
    yield drill.answer
    yield from (says for p in drill.rubric for says in p.says)
    yield from (m.says for m in drill.mistakes)
    match drill.scene:
        case Clarify(facts, _):
            yield from (h for f in facts for h in f.heard)
        case Redirect(pivot, defend):
            yield from (*pivot, *defend)
        case Steps(steps):
            yield from (s.asks for s in steps)
        case Incident(_, evidence):
            yield from (h for e in evidence for h in e.heard)


def statement(drill: Drill) -> str:
    """What an interviewer gives at the start, as authored."""
    shows = drill.scene.shows if isinstance(drill.scene, Steps) else ""
    return f" {bare(drill.task)} {bare(shows)} "


def leaks(drill: Drill, sheet: Message) -> list[str]:
    """Sentences of the interviewer's that stand in the sheet."""
    shown, given = f" {bare(read(sheet))} ", statement(drill)
    found = [s for secret in kept_back(drill) for s in sentences(secret) if f" {s} " in shown]
    said = [s for secret in spoken(drill) for s in sentences(secret) if f" {s} " in shown]
    return found + [s for s in said if f" {s} " not in given]


def test_no_sentence_of_the_interviewers_is_in_any_candidates_half(kits: list[tuple[Drill, Kit]]) -> None:
    assert len(kits) > 300
    found = {d.id: leaked for d, k in kits for m in k.candidate if (leaked := leaks(d, m))}
    assert found == {}


def test_the_look_for_leaks_finds_one_of_each_sort(bank: Bank) -> None:
    for drill in bank.drills.values():
        if drill.format in PEER_FORMATS:
            for secret in (drill.rubric[0].text, *drill.hints[:1], drill.answer):
                told = Message((Text(f"Hello.\n\n{flowing(secret)}"),))
                unsaid = [s for s in sentences(secret) if f" {s} " not in statement(drill)]
                assert not unsaid or leaks(drill, told)


def test_the_candidates_half_holds_the_task_and_not_even_the_title(kits: list[tuple[Drill, Kit]]) -> None:
    for drill, halves in kits:
        shown = read(*halves.candidate)
        assert flowing(drill.task) in shown
        assert drill.title not in shown.replace(flowing(drill.task), "")
        assert drill.id not in shown


def test_the_interviewer_has_everything_there_is(kits: list[tuple[Drill, Kit]]) -> None:
    for drill, halves in kits:
        shown = bare(read(*halves.interviewer))
        facts = {f.id for f in drill.scene.facts} if isinstance(drill.scene, Clarify) else set()
        wanted = [p.text for p in drill.rubric if p.id not in facts] + list(drill.hints)
        match drill.scene:
            case Clarify(kept, twists):
                wanted += [f.tells for f in kept] + [t.says for t in twists]
            case Steps(steps):
                wanted += [s.asks for s in steps] + [s.hint for s in steps]
            case Incident(_, evidence):
                wanted += [e.shows for e in evidence]
            case _:
                pass
        missing = [w for w in wanted if bare(w) not in shown]
        assert missing == [], drill.id
        assert bare(drill.answer) in shown
        assert all(bare(rule) in shown for rule in kit_words.CONDUCT)
        assert all(bare(row.asks) in shown for row in INTERVIEWING)


def test_every_peer_format_has_its_words_and_others_are_refused(bank: Bank) -> None:
    assert kit_words.HOW.keys() & kit_words.CLOSING.keys() >= PEER_FORMATS
    card = next(d for d in bank.drills.values() if d.format is Format.CARD)
    with pytest.raises(ValueError, match="not done in a conversation"):
        kit(card)


def test_halves_are_for_one_person_each_and_fit_every_platform(kits: list[tuple[Drill, Kit]]) -> None:
    for drill, halves in kits:
        for message in (*halves.candidate, *halves.interviewer):
            assert message.audience is Audience.DIRECT
            for limits in (TERMINAL, SLACK, DISCORD):
                fitted, _ = fit(message, limits)
                texts = [b.text for b in fitted.blocks if isinstance(b, Text)]
                assert all(0 < len(t) <= limits.text for t in texts), drill.id
                assert bare(read(fitted)) == bare(read(message))


def test_nothing_in_the_halves_needs_a_wide_screen(kits: list[tuple[Drill, Kit]]) -> None:
    for drill, halves in kits:
        for message in (*halves.candidate, *halves.interviewer):
            assert not any(isinstance(b, Fields) for b in message.blocks)
        plan = next(
            b.text for b in halves.interviewer[0].blocks if isinstance(b, Text) and "The clock" in b.text
        )
        assert plan.count("\n") <= 14, drill.id
        assert max(map(len, plan.splitlines())) <= 80


@pytest.mark.parametrize("minutes", [LEAST, SHORT, FULL, 60, MOST])
def test_the_clock_keeps_to_its_minutes_and_always_leaves_five_for_feedback(bank: Bank, minutes: int) -> None:
    for drill in bank.drills.values():
        if drill.format not in PEER_FORMATS:
            continue
        whole = clock(drill, minutes)
        times = [b.minute for b in whole.beats]
        assert times[0] == 0
        assert all(a <= b for a, b in pairwise(times)), drill.id
        assert times[-1] <= minutes
        assert [b.does for b in whole.beats][-2:] == [kit_words.FEEDBACK_AT, kit_words.DONE]
        assert times[-1] - times[-2] == 5
        assert whole.spare == minutes - times[-1]
        for minute in (*question_minutes(drill, whole), *twist_minutes(drill, whole)):
            assert times[0] < minute < times[-3]


@pytest.mark.parametrize("minutes", [0, LEAST - 1, MOST + 1])
def test_a_meeting_that_is_none_is_refused(bank: Bank, minutes: int) -> None:
    drill = next(d for d in bank.drills.values() if d.format is Format.CLARIFY)
    with pytest.raises(ValueError, match="a meeting takes"):
        kit(drill, minutes=minutes)


def test_a_change_is_given_its_minute_and_its_words(bank: Bank) -> None:
    drill = bank.drills["clarify-parcel-links"]
    halves = kit(drill)
    assert any(b.does == kit_words.TWIST_BY_NOW for b in halves.clock.beats)
    assert "As soon as they begin to draw, say: “A depot was offline" in read(*halves.interviewer)
    assert "offline" not in read(*halves.candidate)


def test_pushbacks_are_no_hints_and_come_with_what_turning_sounds_like(bank: Bank) -> None:
    shown = read(*kit(bank.drills["counter-not-more-shards"]).interviewer)
    assert "Push back" in shown
    assert "They turn when you hear something like: “the row lock" in shown
    assert "**Hints**" not in shown


def test_the_words_for_people_ask_for_nothing_by_force() -> None:
    pressing = re.compile(r"\b(must|should|lost|broke|behind|fail(?:ed|ure)?|disappoint\w*)\b", re.I)
    for name, value in vars(kit_words).items():
        if name.isupper():
            texts = (
                [value]
                if isinstance(value, str)
                else list(value.values() if isinstance(value, dict) else value)
            )
            assert not any(pressing.search(t) for t in texts if isinstance(t, str)), name
