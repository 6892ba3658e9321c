"""The glossary as a conversation: words added, listed, taken out, and asked as cards."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.effects import Effects, say
from bot.chat.form import Unclear
from bot.chat.message import File, message, option
from bot.drills.memory import FACT_RETENTION, review
from bot.drills.model import Rating
from bot.glossary import words
from bot.glossary.deck import MOST, folded, next_day, read_pairs, todays
from bot.glossary.model import Term
from bot.turn import Turn

STEP = "glossary"
RECALLING = "recall"
SHOWN = 20
"""Cards that a list names; the rest is in its file."""


async def add(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer glossary add [term = meaning]`: a card, or many in the next message."""
    if card := given.get("card", ""):
        return await _take_in(turn, card)
    turn.expect(STEP)
    return say(words.HOW)


async def on_cards_text(turn: Turn, text: str) -> Effects:
    """Lines with cards."""
    if text.strip().casefold() in ("cancel", "done", "nothing"):
        await turn.go_back()
        return say(words.LEFT)
    return await _take_in(turn, text)


async def _take_in(turn: Turn, text: str) -> Effects:
    glossary = turn.work.glossary
    there = [t.term for t in await glossary.terms()]
    pairs = read_pairs(text, there, MOST - len(there))
    made = [
        Term(f"{turn.new_id}-{n}", term, meaning, turn.today) for n, (term, meaning) in enumerate(pairs, 1)
    ]
    await glossary.add(made)
    if turn.talk.step == STEP:
        await turn.go_back()
    said = words.added(len(made), len(there) + len(made), made[0].term)
    return say(said, options=(option("Cards", "do", "glossary cards"),))


async def show_list(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer glossary list`: the deck, and all of it as a file once it is long."""
    terms = await turn.work.glossary.terms()
    if not terms:
        return say(words.EMPTY)
    rows = [f"{n}. **{t.term}**: {t.meaning}" for n, t in enumerate(terms[:SHOWN], 1)]
    whole = "".join(f"{t.term} = {t.meaning}\n" for t in terms)
    file = File("glossary.txt", whole, words.AS_A_FILE) if len(terms) > SHOWN else None
    return say(*message(words.listed(rows, len(terms)), file).blocks)


async def remove(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer glossary remove <term>`: by the term or its number in the list."""
    terms, wanted = await turn.work.glossary.terms(), given["term"]
    found = next((t for t in terms if folded(t.term) == folded(wanted)), None)
    if found is None and wanted.isdecimal() and len(wanted) < 5 and 0 < int(wanted) <= len(terms):
        found = terms[int(wanted) - 1]
    if found is None:
        raise Unclear(words.WHICH)
    await turn.work.glossary.remove(found.id)
    return say(words.removed(found.term))


async def cards(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer glossary cards`: today's cards, one after another."""
    deck = await turn.work.glossary.held()
    if not deck:
        return say(words.EMPTY)
    left = todays(deck, turn.today)
    if not left:
        return say(words.none_due(next_day(deck, turn.today)))
    return await _ask(turn, left, at=1, count=len(left))


async def _ask(turn: Turn, left: tuple[str, ...], *, at: int, count: int, again: str = "") -> Effects:
    """The next card that is still there; `again` are ids that came before, a second time."""
    term = None
    while left and term is None:
        term = await turn.work.glossary.term(left[0])
        left = left if term else left[1:]
    if term is None:
        await turn.go_back()
        return say(words.finished(at - 1))
    turn.expect(RECALLING, left=" ".join(left), at=str(at), count=str(count), again=again)
    picks = (option("Show it", "reveal", term.id), option("Enough", "nocards", term.id))
    return say(words.asked(at, count, term.term), options=picks)


async def on_recalled(turn: Turn, text: str) -> Effects:
    """What she recalled, in her words; it is not kept, it only goes before the look."""
    return await _reveal(turn, turn.talk.values.get("left", "").partition(" ")[0])


async def on_reveal(turn: Turn, about: tuple[str, ...]) -> Effects:
    """*Show it*."""
    return await _reveal(turn, about[0])


async def _reveal(turn: Turn, term_id: str) -> Effects:
    term = await turn.work.glossary.term(term_id) if _is_asked(turn, term_id) else None
    if term is None:
        return say(words.OVER)
    picks = tuple(option(r.name.capitalize(), "recalled", term.id, str(int(r))) for r in Rating)
    return say(words.shown(term.term, term.meaning), options=picks)


async def on_graded(turn: Turn, about: tuple[str, ...]) -> Effects:
    """How well it came: memory moves once a day, and what did not come is asked once more at the end."""
    term_id, rating = about[0], Rating(int(about[1]))
    if not _is_asked(turn, term_id):
        return say(words.OVER)
    values = turn.talk.values
    left, again = tuple(values["left"].split())[1:], values["again"]
    at, count = int(values["at"]) + 1, int(values["count"])
    if term_id not in again.split():
        held = next((h for h in await turn.work.glossary.held() if h.id == term_id), None)
        if held is None:
            return await _ask(turn, left, at=at, count=count, again=again)
        await turn.work.glossary.remember(review(held.card, term_id, rating, turn.today, FACT_RETENTION))
        if rating is Rating.AGAIN:
            left, count, again = (*left, term_id), count + 1, f"{again} {term_id}".strip()
    return await _ask(turn, left, at=at, count=count, again=again)


async def on_enough(turn: Turn, about: tuple[str, ...]) -> Effects:
    """*Enough*."""
    if turn.talk.step == RECALLING:
        await turn.go_back()
    return say(words.ENOUGH)


def _is_asked(turn: Turn, term_id: str) -> bool:
    """Whether this card is the one that is asked now."""
    return turn.talk.step == RECALLING and turn.talk.values.get("left", "").partition(" ")[0] == term_id
