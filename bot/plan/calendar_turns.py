"""Interviews, planned breaks and companies: what is known ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time

from bot.chat.effects import Effects, say
from bot.chat.form import Form, FormField, Unclear
from bot.chat.message import Fields, option
from bot.chat.reading import future_day, when
from bot.pace.model import Break
from bot.plan.interviews import KINDS, coming
from bot.plan.model import Booked, Company
from bot.plan.words import day_name
from bot.turn import Turn

STAKES = {"practice": 1, "good": 2, "dream": 3}
LONGEST_BREAK = 60
"""Days."""
LONGEST_NAME = 80


def read_name(typed: str, today: date) -> str:
    """A company's name, on one line."""
    name = " ".join(typed.split())
    if not 0 < len(name) <= LONGEST_NAME or not any(c.isalnum() for c in name):
        raise Unclear(f"I need a name of at most {LONGEST_NAME} characters.")
    return name


def read_kind(typed: str, today: date) -> str:
    """The id of an interview kind."""
    wanted = typed.strip().casefold()
    if wanted not in KINDS:
        raise Unclear(f"I did not get that kind. It can be one of {', '.join(KINDS)}.")
    return wanted


def read_when(typed: str, today: date) -> str:
    """A day from today on, with an hour if one was given, in ISO form."""
    day, at = when(typed, today)
    if day < today:
        raise Unclear("That day is in the past; interviews need a day from today on.")
    if (day - today).days > 400:
        raise Unclear("That is more than a year away; give me a day closer than that.")
    return f"{day.isoformat()} {at:%H:%M}" if at else day.isoformat()


def read_stakes(typed: str, today: date) -> str:
    """practice, good or dream."""
    wanted = typed.strip().casefold()
    if wanted not in STAKES:
        raise Unclear("I did not get that. Stakes are *practice*, *good* or *dream*.")
    return wanted


def read_first(typed: str, today: date) -> str:
    """The first day of a break, or none to plan no break."""
    if typed.strip().casefold() in ("none", "no", "clear"):
        return "none"
    return future_day(typed, today).isoformat()


INTERVIEW = Form(
    "interview",
    "An interview",
    (
        FormField("company", "With whom?", read_name),
        FormField("kind", "What kind?", read_kind, options=tuple((k.name, k.id) for k in KINDS.values())),
        FormField("when", "When?", read_when, "A day, with an hour if you know it, such as *3 Feb 14:00*."),
    ),
)
BREAK = Form(
    "break",
    "A break",
    (
        FormField("from", "First day off?", read_first),
        FormField("to", "Last day off?", lambda typed, today: future_day(typed, today).isoformat()),
    ),
)
COMPANY = Form(
    "company",
    "A company",
    (
        FormField("name", "Which company?", read_name),
        FormField("stakes", "How much does it matter?", read_stakes, options=tuple((s, s) for s in STAKES)),
    ),
)


async def add_interview(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer interview add <company> <kind> <when>`."""
    read = {f.id: f.read(given[f.id], turn.today) for f in INTERVIEW.fields}
    return await on_interview(turn, read)


async def on_interview(turn: Turn, values: Mapping[str, str]) -> Effects:
    """Book it; the plan follows."""
    day, _, at = values["when"].partition(" ")
    interview = Booked(
        turn.new_id,
        values["company"],
        values["kind"],
        date.fromisoformat(day),
        time.fromisoformat(at) if at else None,
    )
    clash = [b for b in await turn.work.agenda.breaks() if b.first <= interview.day <= b.last]
    await turn.work.agenda.book(interview)
    kind = KINDS[interview.kind]
    lead = "Three days before" if kind.pace_kind == "onsite" else "The day before"
    said = (
        f"Booked: {_line(interview)}. {lead} get shorter and nothing new starts; what it tests moves forward."
    )
    said = said.replace("The day before get", "The day before gets")
    extra = (
        "It lies in your planned break; the break stays, and the day is yours to arrange." if clash else ""
    )
    return say(said, extra)


def _line(interview: Booked) -> str:
    at = f", {interview.at:%H:%M}" if interview.at else ""
    return f"{KINDS[interview.kind].name} at {interview.company}, {day_name(interview.day)}{at}"


async def list_interviews(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer interview list`: those from today on, nearest first."""
    ahead = coming(await turn.work.agenda.booked(), turn.today)
    if not ahead:
        return say("No interviews ahead. `/pacer interview add Acme screen 3 Feb 14:00` books one.")
    rows = tuple((str(n), _line(b)) for n, b in enumerate(ahead, 1))
    return say("**Interviews**", Fields(rows))


async def remove_interview(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer interview remove [which]`: by number or company, or picked from the list."""
    ahead = coming(await turn.work.agenda.booked(), turn.today)
    if not ahead:
        return say("No interviews ahead, so there is nothing to take out.")
    if wanted := given.get("which", "").strip():
        found = _meant(wanted, ahead)
        if len(found) == 1:
            return await on_unbook(turn, (found[0].id,))
        if not found:
            raise Unclear("I find no such interview. `/pacer interview list` shows them with their numbers.")
        ahead = found
    return say("Which one goes?", options=tuple(option(_line(b), "unbook", b.id) for b in ahead[:20]))


def _meant(wanted: str, ahead: Sequence[Booked]) -> list[Booked]:
    if wanted.isdecimal():
        return [ahead[int(wanted) - 1]] if 1 <= int(wanted) <= len(ahead) else []
    return [b for b in ahead if b.company.casefold().startswith(wanted.casefold())]


async def on_unbook(turn: Turn, about: tuple[str, ...]) -> Effects:
    """Take it out; the plan follows."""
    found = [b for b in await turn.work.agenda.booked() if b.id == about[0]]
    if not found:
        return say("That one is out already.")
    await turn.work.agenda.unbook(about[0])
    return say(f"Taken out: {_line(found[0])}. The plan follows.")


async def plan_break(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer break <from> <to>`, or `/pacer break none`."""
    words = [w for w in f"{given['from']} {given.get('to', '')}".split() if w not in ("to", "until", "-")]
    if words and words[0].casefold() in ("none", "no", "clear"):
        return await on_break(turn, {"from": "none", "to": "none"})
    first, last = two_days(words, turn.today)
    return await on_break(turn, {"from": first, "to": last})


def two_days(words: Sequence[str], today: date) -> tuple[str, str]:
    """Two days from today on, each of one or more words. Raises Unclear with what the words lack."""
    problem = Unclear("A break needs its first and last day, such as `/pacer break 5 Feb 9 Feb`.")
    for cut in range(1, len(words)):
        try:
            first, last = " ".join(words[:cut]), " ".join(words[cut:])
            return future_day(first, today).isoformat(), future_day(last, today).isoformat()
        except Unclear as unread:
            problem = unread if "past" in str(unread) else problem
    raise problem


async def on_break(turn: Turn, values: Mapping[str, str]) -> Effects:
    """Keep the break; one that touches another becomes one with it."""
    breaks = list(await turn.work.agenda.breaks())
    if values["from"] == "none":
        await turn.work.agenda.save_breaks([b for b in breaks if b.last < turn.today])
        return say("No break is planned any more.")
    planned = Break(date.fromisoformat(values["from"]), date.fromisoformat(values["to"]))
    days = (planned.last - planned.first).days + 1
    if days < 1:
        raise Unclear("The last day is before the first; a break runs from the first to the last day off.")
    if days > LONGEST_BREAK:
        raise Unclear(
            f"A break has at most {LONGEST_BREAK} days here; for longer, `/pacer pause` fits better."
        )
    touching = [b for b in breaks if b.first <= planned.last and planned.first <= b.last]
    whole = Break(min(b.first for b in [planned, *touching]), max(b.last for b in [planned, *touching]))
    await turn.work.agenda.save_breaks([b for b in breaks if b not in touching] + [whole])
    return say(
        f"Off from {day_name(whole.first)} to {day_name(whole.last)}. The two days before are lighter, "
        "nothing comes while you are away, and the return is gentle."
    )


async def add_company(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer company add <name> <stakes>`."""
    return await on_company(turn, {f.id: f.read(given[f.id], turn.today) for f in COMPANY.fields})


async def on_company(turn: Turn, values: Mapping[str, str]) -> Effects:
    """Keep the company; the order follows the stakes."""
    await turn.work.agenda.save_company(Company(values["name"], STAKES[values["stakes"]]))
    return say(
        f"Noted: {values['name']}, {values['stakes']}.",
        options=(option("Show the order", "show", "companies"),),
    )


async def remove_company(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer company remove <name>`."""
    wanted = given["name"].casefold()
    found = [c for c in await turn.work.agenda.companies() if c.name.casefold() == wanted]
    if not found:
        raise Unclear("I find no such company. `/pacer plan companies` lists them.")
    await turn.work.agenda.remove_company(found[0].name)
    return say(f"Taken out: {found[0].name}.")
