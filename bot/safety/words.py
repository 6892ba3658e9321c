"""What Pacer says when somebody is in danger or in distress: fixed words, read by people, never generated.

The first message follows published advice for answering online: ways to reach a person in the first
two sentences, thanks for saying it, somebody who stays; no question, no promise, no diagnosis.
"""

from __future__ import annotations

from bot.safety.model import Helpline

RESUMED = "Good to have you here. We start gently: only today counts, and a few minutes are enough."
FIGURATIVE = "Thank you for telling me. We carry on where we were."


def crisis(line: Helpline) -> str:
    """The fixed answer to a crisis."""
    return (
        f"A human can help you now: {_reach(line)}. "
        f"If you are in danger right now, call **{line.emergency}**.\n\n"
        "Thank you for saying it. What you carry sounds very heavy, and you deserve company with it. "
        "If somebody you trust is near, you can show them this message.\n\n"
        "I'm here, and practice can wait."
    )


def distress(line: Helpline) -> str:
    """The fixed answer to distress: warm, with help offered and practice optional."""
    return (
        "That sounds like a lot, and I am glad you said it. Practice is optional today; "
        "resting is a good use of the day.\n\n"
        f"If you would like to talk to a person: {_reach(line)}. "
        f"If you are in danger, call **{line.emergency}**."
    )


def while_quiet(line: Helpline) -> str:
    """The fixed reply to anything said while practice rests."""
    return (
        f"I'm here, and practice can wait. A human can help you now: {_reach(line)}. "
        f"If you are in danger right now, call **{line.emergency}**.\n\n"
        "When you want practice again, `/pacer back` brings it."
    )


def _reach(line: Helpline) -> str:
    """Every way to reach these people, as part of a sentence."""
    ways = [f"call **{line.call}**"] if line.call else []
    ways += [f"text **{line.text}**"] if line.text else []
    if not ways:
        return f"find somebody to call or text at **{line.web}**"
    more = f"; more ways at {line.web}" if line.web else ""
    return f"{' or '.join(ways)} ({line.name}, {line.hours or 'day and night'}{more})"
