"""What the glossary says."""

from __future__ import annotations

from datetime import date

from bot.glossary.deck import LOOKS_LIKE, MOST

HOW = f"Send me cards, one a line or as a text file. {LOOKS_LIKE} *cancel* leaves it."
LEFT = "Left as it was."
EMPTY = "Your glossary is empty. `/pacer glossary add quorum = more than half of the replicas` makes the first card."
OVER = "That card is over. `/pacer glossary cards` shows what is due."
RECALL = "Say it in your own words, aloud or here. Then look."
HOW_WELL = "How well did it come?"
ENOUGH = "Enough for now. The rest keeps."
WHICH = "I did not find that card. Say its term, or its number in `/pacer glossary list`."
AS_A_FILE = "All of them, as a file."


def added(count: int, total: int, first: str) -> str:
    """After adding."""
    what = f"*{first}* is in your glossary" if count == 1 else f"{count} cards are in your glossary"
    return f"{what}, {total:,} of at most {MOST:,} in all. New ones come a few a day."


def removed(term: str) -> str:
    """After taking one out."""
    return f"*{term}* is out of your glossary."


def none_due(day: date | None) -> str:
    """No card today."""
    if day is None:
        return "No card is left for today."
    return f"No card is left for today. The next one comes on {day:%A, %d %B}."


def asked(at: int, count: int, term: str) -> str:
    """A card's front."""
    return f"**{term}**\nCard {at} of {count}. {RECALL}"


def shown(term: str, meaning: str) -> str:
    """A card's back."""
    return f"**{term}**: {meaning}\n{HOW_WELL}"


def finished(count: int) -> str:
    """The end of a round."""
    return (
        f"That was {'one card' if count == 1 else f'{count} cards'}. They come back when they begin to fade."
    )


def listed(rows: list[str], total: int) -> str:
    """The deck."""
    more = f"\n… and {total - len(rows):,} more." if total > len(rows) else ""
    return f"**Your glossary**, {total:,} {'card' if total == 1 else 'cards'}\n" + "\n".join(rows) + more
