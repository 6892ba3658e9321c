"""Who serves what: one table each for commands, choices, forms, typed steps and prompts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from bot.chat import filling as fill
from bot.chat.choices import recognise, several
from bot.chat.effects import Effects, OpenForm, say
from bot.chat.form import Form, Unclear
from bot.chat.inbound import (
    AnyInbound,
    ChoicePicked,
    CommandGiven,
    CrisisSeen,
    FormSent,
    TextSaid,
)
from bot.chat.message import Message, option
from bot.circle import admin_turns as circle_admins
from bot.circle import group_turns as group
from bot.circle import offer_turns as circle_offers
from bot.circle.choice_turns import on_circle
from bot.circle.served import CIRCLE_COMMANDS
from bot.circle.settings import FORM as CIRCLE
from bot.commands import BY_NAME, COMMANDS, Command, missing, parse
from bot.delivery import turns as delivery
from bot.delivery.kinds import AFTER_MEETING, MEETING, PEER_VIEW, REMINDERS, SLOTS
from bot.drills import clock_turns as clock
from bot.drills import closing_turns as closing
from bot.drills import turns as drills
from bot.glossary import turns as glossary
from bot.habits import turns as habits
from bot.help import turns as help_room
from bot.own_bank import turns as own_bank
from bot.pace import inventory_turns as inventory
from bot.pace import turns as pace
from bot.pairing import after_turns as after_pair
from bot.pairing import time_turns as pair_times
from bot.pairing import turns as pairing
from bot.pairing.choice_turns import on_pair
from bot.pairing.ratings import Side
from bot.pairing.wishing import FORM as WISH
from bot.plan import calendar_turns as calendar
from bot.plan import turns as plan
from bot.privacy import turns as privacy
from bot.profile import claude_turns as claude
from bot.profile import link_turns as linking
from bot.profile import turns as profile
from bot.progress import turns as progress
from bot.safety import turns as safety
from bot.speaking import turns as speaking
from bot.turn import ChoiceHandler, CommandHandler, FormHandler, TextHandler, TimeHandler, Turn

LONGEST_TEXT = 12_000
"""Characters of one message; an hour's written answer is about half of that."""

LONGEST_FILE = 110_000
"""The same where a file is waited for; platforms hand over text files of up to 100 kB."""

COMMAND_HANDLERS: Mapping[str, CommandHandler] = {
    "start": profile.start,
    "settings": profile.settings,
    "today": plan.today,
    "plan": plan.plan,
    "checkin": pace.checkin,
    "why": pace.why,
    "rest": pace.rest,
    "drill": drills.drill,
    "done": closing.done,
    "skip-drill": drills.skip,
    "progress": progress.progress,
    "habit": habits.habit,
    "speak": speaking.speak,
    "event": pace.event,
    "inventory": inventory.inventory,
    "pause": pace.pause,
    "back": safety.back,
    "interview add": calendar.add_interview,
    "interview list": calendar.list_interviews,
    "interview remove": calendar.remove_interview,
    "break": calendar.plan_break,
    "company add": calendar.add_company,
    "company remove": calendar.remove_company,
    "glossary add": glossary.add,
    "glossary cards": glossary.cards,
    "glossary list": glossary.show_list,
    "glossary remove": glossary.remove,
    "bank add": own_bank.add,
    "bank import": own_bank.import_,
    "bank list": own_bank.show_list,
    "bank share": own_bank.share,
    "bank remove": own_bank.remove,
    "circle pair": pairing.pair,
    **CIRCLE_COMMANDS,
    "link": linking.link,
    "unlink": linking.unlink,
    "export": privacy.export,
    "help": help_room.show,
}

CHOICE_HANDLERS: Mapping[str, ChoiceHandler] = {
    "rate": profile.on_rate,
    "set": profile.on_set,
    "budget": profile.on_budget,
    "join": linking.on_join,
    "stay": linking.on_stay,
    "unlink": linking.on_unlink,
    "place": linking.on_place,
    "claude": claude.on_claude,
    "battery": pace.on_battery,
    "more": pace.on_more,
    "happened": pace.on_happened,
    "heavy": pace.on_heavy,
    "leniency": pace.on_leniency,
    "restnow": pace.on_rest,
    "whynow": pace.on_why,
    "item": inventory.on_item,
    "begin": drills.on_begin,
    "later": drills.on_later,
    "swap": drills.on_swap,
    "hint": drills.on_hint,
    "finish": drills.on_finish,
    "aside": drills.on_aside,
    "play": drills.on_play,
    "clock": clock.on_clock,
    "judge": closing.on_judge,
    "own": closing.on_own,
    "effort": closing.on_effort,
    "progress": progress.on_progress,
    "habit": habits.on_habit,
    "habits": habits.on_habits,
    "speak": speaking.on_speak,
    "show": plan.on_show,
    "reach": plan.on_reach,
    "unbook": calendar.on_unbook,
    "reveal": glossary.on_reveal,
    "recalled": glossary.on_graded,
    "nocards": glossary.on_enough,
    "private": own_bank.on_private,
    "figurative": safety.on_figurative,
    "company": delivery.on_company,
    "circle": on_circle,
    "pair": on_pair,
    "group": group.on_group,
}

FORM_HANDLERS: Mapping[str, tuple[Form, FormHandler]] = {
    form.id: (form, handler)
    for form, handler in (
        (profile.SEARCH, profile.on_search),
        (profile.TIMES, profile.on_times),
        (profile.LIMITS, profile.on_changed),
        (profile.PROMPTS, profile.on_changed),
        (calendar.INTERVIEW, calendar.on_interview),
        (calendar.BREAK, calendar.on_break),
        (calendar.COMPANY, calendar.on_company),
        (own_bank.DRILL, own_bank.on_drill),
        (speaking.SPEAK, speaking.on_spoken),
        (CIRCLE, circle_admins.on_form),
        (WISH, pairing.on_wish),
        (pair_times.HOUR, pair_times.on_hour),
        (after_pair.FORMS[Side.CANDIDATE], after_pair.on_answering),
        (after_pair.FORMS[Side.INTERVIEWER], after_pair.on_asking),
        (group.FORM, group.on_answer),
    )
}

TEXT_HANDLERS: Mapping[str, TextHandler] = {
    "checkin": pace.on_checkin_text,
    "answer": drills.on_answer,
    glossary.STEP: glossary.on_cards_text,
    glossary.RECALLING: glossary.on_recalled,
    own_bank.STEP: own_bank.on_file,
    circle_offers.STEP: circle_offers.on_word,
    speaking.STEP: speaking.on_transcript,
    speaking.PAUSING: speaking.on_pause_text,
    "effort": closing.on_effort_text,
}

TAKES_FILES = frozenset({glossary.STEP, own_bank.STEP, speaking.STEP})
"""Steps that wait for a file."""

TIME_HANDLERS: Mapping[str, TimeHandler] = {
    "morning": delivery.on_morning,
    "drill": delivery.on_drill,
    "evening": delivery.on_evening,
    "review": delivery.on_review,
    "clock": clock.on_bell,
    MEETING: after_pair.on_soon,
    AFTER_MEETING: after_pair.on_after,
    PEER_VIEW: after_pair.on_view,
}

WITHOUT_PROFILE = frozenset(
    {
        "start",
        "help",
        "back",
        "pause",
        "link",
        "unlink",
        "export",
        *CIRCLE_COMMANDS,
    }
)
"""What somebody can say who has no plan of her own; a circle is open to her too."""


async def route(turn: Turn, inbound: AnyInbound) -> Effects:
    """The turn's effects. After a crisis, only the fixed words until she wants practice back."""
    if isinstance(inbound, CrisisSeen):
        return await safety.on_crisis(turn)
    if await safety.is_quiet(turn):
        return await _while_quiet(turn, inbound)
    match inbound:
        case CommandGiven():
            return await _command(turn, inbound.text)
        case ChoicePicked():
            return await _choice(turn, inbound.key)
        case FormSent():
            return await _form(turn, inbound.form, dict(inbound.values))
        case TextSaid():
            return await _text(turn, inbound.text)


async def _while_quiet(turn: Turn, inbound: AnyInbound) -> Effects:
    words = inbound.text.strip().casefold() if isinstance(inbound, CommandGiven) else ""
    if words == "back":
        return await safety.back(turn, {})
    if isinstance(inbound, ChoicePicked) and inbound.key.startswith("1:figurative"):
        return await safety.on_figurative(turn, ())
    if isinstance(inbound, TextSaid):
        meant = recognise(inbound.text, turn.talk.offered)
        if meant is not None and meant.key.startswith("1:figurative"):
            return await safety.on_figurative(turn, ())
    return await safety.stay_quiet(turn)


async def _command(turn: Turn, text: str) -> Effects:
    _refuse_too_long(text)
    command, given, typed = parse(text)
    if command is None:
        return help_room.unknown(typed)
    if turn.profile is None and command.name not in WITHOUT_PROFILE:
        return say("Let us set you up first; it takes a minute.", options=(option("Start", "do", "start"),))
    if turn.talk.step == "form":
        _leave_form(turn)
    if absent := missing(command, given):
        return _ask_for(command, given, absent[0].name)
    return await COMMAND_HANDLERS[command.name](turn, given)


def _ask_for(command: Command, given: Mapping[str, str], absent: str) -> Effects:
    form = next((f for f, _ in FORM_HANDLERS.values() if f.id == command.name.split()[0]), None)
    if form is None or not command.opens_form:
        raise Unclear(f"I need one more word: {absent}. Say `{command.usage}`.")
    return (OpenForm(form, tuple(given.items())),)


async def _choice(turn: Turn, key: str) -> Effects:
    version, _, rest = key.partition(":")
    verb, *about = rest.split(":")
    if version != "1" or (verb not in CHOICE_HANDLERS and verb not in ("fill", "do")):
        return say("That button is from another time. `/pacer today` shows where we are.")
    if verb == "fill":
        return await _fill(turn, about[0] if about else "")
    if verb == "do":
        return await _command(turn, about[0])
    if turn.profile is None and verb not in ("begin", "set", "circle", "group", "pair"):
        return say("That is over. `/pacer start` sets you up.")
    return await CHOICE_HANDLERS[verb](turn, tuple(about))


class Named(NamedTuple):
    """A form, who takes what was entered, and which one thing it is about, if it is about one."""

    form: Form
    handler: FormHandler
    about: Mapping[str, str]


def form_named(form_id: str) -> Named | None:
    """A form by its id; behind the id of a form that is about one thing, that thing follows."""
    for base, (form, handler) in FORM_HANDLERS.items():
        if form_id == base:
            return Named(form, handler, {})
        if ":" in base and form_id.startswith(f"{base}:"):
            return Named(replace(form, id=form_id), handler, {"about": form_id.removeprefix(f"{base}:")})
    return None


async def _form(turn: Turn, form_id: str, values: Mapping[str, str]) -> Effects:
    found = form_named(form_id)
    if found is None:
        return say("That form is from another time. `/pacer help` lists what you can say.")
    read, faults = fill.read_all(found.form, values, turn.today)
    if faults:
        return (*say("\n".join(faults.values())), OpenForm(found.form, tuple(values.items())))
    return await found.handler(turn, {**read, **found.about})


async def _text(turn: Turn, text: str) -> Effects:
    _refuse_too_long(text, LONGEST_FILE if turn.talk.step in TAKES_FILES else LONGEST_TEXT)
    if turn.talk.step == "form":
        return await _fill(turn, text)
    if meant := recognise(text, turn.talk.offered):
        return await _choice(turn, meant.key)
    if turn.talk.step != "answer" and several(text, turn.talk.offered):
        raise Unclear("One at a time, please: pick a single one of these.")
    if handler := TEXT_HANDLERS.get(turn.talk.step):
        return await handler(turn, text)
    return await _loose_words(turn, text)


async def _loose_words(turn: Turn, text: str) -> Effects:
    words = text.strip().removeprefix("pacer ").strip()
    command, _, _ = parse(words) if words and len(words) < 80 else (None, {}, "")
    if command is not None:
        return await _command(turn, words)
    return help_room.not_understood(turn)


async def _fill(turn: Turn, typed: str) -> Effects:
    """One answer of a form whose questions are asked one by one."""
    found = form_named(turn.talk.values.get("form", ""))
    if turn.talk.step != "form" or found is None:
        return say("That question is over. `/pacer help` lists what you can say.")
    form = found.form
    state = current_filling(turn)
    word = typed.strip().casefold()
    if word == fill.CANCEL:
        _leave_form(turn)
        return say(
            "Left for now, and nothing is changed. What you entered is kept for when you open it again."
        )
    if word == fill.BACK:
        return _ask_again(turn, form, fill.back(state))
    if meant := recognise(typed, turn.talk.offered):
        typed = meant.key.removeprefix("1:fill:")
    try:
        state = fill.answer(form, state, typed, turn.today)
    except Unclear as problem:
        return _ask_again(turn, form, state, str(problem))
    if not fill.finished(form, state):
        return _ask_again(turn, form, state)
    carried = {
        k: v for k, v in turn.talk.values.items() if not k.startswith("f:") and k not in ("form", "at")
    }
    turn.expect("", **carried)
    read = {f.id: state.values.get(f.id, "") for f in form.fields}
    return await found.handler(turn, {**read, **found.about})


def _leave_form(turn: Turn) -> None:
    """Nobody waits for an answer any more; what was entered stays until the form is opened again."""
    turn.talk = replace(turn.talk, step="", offered=())


def current_filling(turn: Turn) -> fill.Filling:
    """The form under way, read from the conversation."""
    values = turn.talk.values
    entered = {k.removeprefix("f:"): v for k, v in values.items() if k.startswith("f:")}
    return fill.Filling(values["form"], int(values["at"]), entered)


def _ask_again(turn: Turn, form: Form, state: fill.Filling, problem: str = "") -> Effects:
    entered = {f"f:{k}": v for k, v in state.values.items()}
    kept = {k: v for k, v in turn.talk.values.items() if not k.startswith("f:")}
    turn.talk = replace(turn.talk, values={**kept, "at": str(state.at), **entered}, offered=())
    question: Message = fill.ask(form, state, problem)
    return say(*question.blocks)


def _refuse_too_long(text: str, most: int = LONGEST_TEXT) -> None:
    if len(text) > most:
        raise Unclear(
            f"That is more than I can take at once; {most:,} characters is the most. "
            "Send it in parts. What you sent before is kept."
        )


assert set(COMMAND_HANDLERS) == {c.name for c in COMMANDS} == set(BY_NAME)
assert set(TIME_HANDLERS) == {*SLOTS, *REMINDERS}
