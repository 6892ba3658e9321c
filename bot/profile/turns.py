"""Set-up, settings and self-ratings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.chat.effects import Effects, OpenForm, Say, say
from bot.chat.form import Unclear, read_field
from bot.chat.message import Fields, Option, message, option
from bot.chat.reading import number
from bot.delivery.recurrence import hushes
from bot.plan.phases import phase_spans
from bot.profile import claude_turns, link_turns, words
from bot.profile.fields import FORMS, LIMITS, PROMPTS, SEARCH, SETTINGS, TIMES, values_of, with_values
from bot.profile.model import Profile
from bot.profile.places import country_of
from bot.profile.rules import challenge
from bot.profile.tracks import AREAS
from bot.turn import Turn

__all__ = ["LIMITS", "PROMPTS", "SEARCH", "TIMES"]


async def start(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer start`: the first of two forms."""
    if turn.profile:
        return say(
            words.ALREADY, options=(option("Today", "do", "today"), option("Settings", "do", "settings"))
        )
    kept = {k.removeprefix("set-"): v for k, v in turn.talk.values.items() if k.startswith("set-")}
    return (Say(message(words.WELCOME)), OpenForm(SEARCH, tuple(kept.items())))


async def on_search(turn: Turn, values: Mapping[str, str]) -> Effects:
    """The first form came back: change the profile, or go on with the second form."""
    if turn.profile:
        return await _change(turn, dict(values))
    turn.expect("", **{f"set-{k}": v for k, v in values.items()})
    return (OpenForm(TIMES),)


async def on_times(turn: Turn, values: Mapping[str, str]) -> Effects:
    """The second form came back: the profile is whole."""
    if turn.profile:
        return await _change(turn, dict(values))
    kept = {k.removeprefix("set-"): v for k, v in turn.talk.values.items() if k.startswith("set-")}
    if "track" not in kept:
        turn.expect("", **{f"set-{k}": v for k, v in values.items()})
        return (OpenForm(SEARCH),)
    profile = _new_profile(turn, {**kept, **values})
    await turn.work.people.save_profile(profile)
    turn.profile, turn.rescheduled = profile, True
    turn.rest()
    return _welcome(profile)


def _new_profile(turn: Turn, values: dict[str, str]) -> Profile:
    zone = values["city"]
    blank = Profile(values["track"], date.min, date.max, 0, 0, zone, country=country_of(zone))
    profile = with_values(blank, values)
    turn.profile = profile  # from here on the day is hers, not UTC's
    return replace(profile, starts=turn.today)


def _welcome(profile: Profile) -> Effects:
    heavy = AREAS[profile.track.heavy[0]].lower()
    found = challenge(profile)
    effects = say(
        words.summary(profile, phase_spans(profile.weeks)),
        _hush(profile),
        f"The heaviest area of your track is {heavy}; we warm up with something short. Now?",
        options=(
            option("Start", "begin"),
            option("Show the plan", "do", "plan"),
            option("Tomorrow", "later"),
        ),
    )
    if found is None:
        return effects
    keep = option(f"Keep {words.hours(found.asked)}", "budget", "0")
    take = option(f"Make it {words.hours(found.useful)}", "budget", str(found.useful))
    return (
        *say(words.summary(profile, phase_spans(profile.weeks))),
        *say(words.challenged(found), options=(take, keep)),
    )


def _hush(profile: Profile) -> str:
    """A word for each of her hours that lies in her quiet hours, because then nothing would ever come."""
    review = profile.review_at.at if profile.reviews and profile.review_at else None
    hours = {"morning": profile.morning, "drill": profile.drill_at, "review": review}
    hushed = [which for which, at in hours.items() if at and hushes(profile, at)]
    return "\n".join(words.HUSHED.format(which=which) for which in hushed)


async def on_budget(turn: Turn, about: tuple[str, ...]) -> Effects:
    """The answer to a challenged budget; either is accepted."""
    profile = turn.own
    minutes = int(about[0])
    if minutes:
        profile = replace(profile, weekly_minutes=minutes)
        await turn.work.people.save_profile(profile)
    said = (
        f"{words.hours(profile.weekly_minutes)} it is. "
        if minutes
        else "Your call; I keep an eye on the battery. "
    )
    return say(
        said + "A short first drill now?",
        options=(option("Start", "begin"), option("Rate my areas", "rate"), option("Tomorrow", "later")),
    )


async def settings(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer settings`: all of them, one form's worth, or one by name and value."""
    profile = turn.own
    name = given.get("name", "").casefold()
    if not name:
        rows = tuple((SETTINGS[k].id, v) for k, v in values_of(profile).items())
        about = Fields((*rows, *_claude(turn), *await _where(turn)))
        return say("**What you told me**", about, options=_groups(turn))
    if name == "where":
        return await link_turns.where(turn, given.get("value", ""))
    if name == "claude":
        return await claude_turns.claude(turn, given.get("value", ""))
    if name == "ratings":
        return await on_rate(turn, ())
    if name not in SETTINGS:
        raise Unclear(words.NOT_A_SETTING.format(names=", ".join((*SETTINGS, "where"))))
    if not given.get("value"):
        form = next(f for f in FORMS.values() if SETTINGS[name] in f.fields)
        return (OpenForm(form, tuple(values_of(profile).items())),)
    return await _change(turn, {name: read_field(SETTINGS[name], given["value"], turn.today)})


async def _where(turn: Turn) -> tuple[tuple[str, str], ...]:
    """Where her letters go, as a row; none while there is but one place."""
    linked = await turn.work.accounts.linked()
    return (("where", words.place_word(linked[0].sender.platform)),) if len(linked) > 1 else ()


def _claude(turn: Turn) -> tuple[tuple[str, str], ...]:
    """Whether Claude looks at her answers, as a row; none where nobody could."""
    return (("claude", "yes" if turn.own.claude else "no"),) if claude_turns.offered(turn) else ()


def _groups(turn: Turn) -> tuple[Option, ...]:
    second = (option("Second opinion", "claude", "ask"),) if claude_turns.offered(turn) else ()
    return (
        option("Role, date, hours", "set", "search"),
        option("City and times", "set", "times"),
        option("Limits", "set", "limits"),
        option("What I send", "set", "prompts"),
        option("Ratings", "rate"),
        *second,
    )


async def on_set(turn: Turn, about: tuple[str, ...]) -> Effects:
    """One group of settings, as a form with what is known."""
    known = tuple(values_of(turn.profile).items()) if turn.profile else ()
    return (OpenForm(FORMS[about[0]], known),)


async def on_changed(turn: Turn, values: Mapping[str, str]) -> Effects:
    """A form that is asked only after set-up came back."""
    return await _change(turn, dict(values))


async def _change(turn: Turn, values: dict[str, str]) -> Effects:
    before = turn.own
    profile = with_values(before, values)
    if "city" in values and before.country == country_of(before.zone) and "country" not in values:
        profile = replace(profile, country=country_of(profile.zone))
    await turn.work.people.save_profile(profile)
    turn.profile, turn.rescheduled = profile, True
    turn.rest()
    found = challenge(profile)
    hushed = _hush(profile) if values.keys() & {"morning", "quiet", "drill", "review"} else ""
    beside = profile.drill_at if "drill" in values else None
    told = words.OWN_DRILL_HOUR.format(at=beside) if beside and not hushed else hushed
    if found and values.keys() & {"hours", "work", "longest", "rest"}:
        take = option(f"Make it {words.hours(found.useful)}", "budget", str(found.useful))
        keep = option(f"Keep {words.hours(found.asked)}", "budget", "0")
        return say(words.CHANGED, words.challenged(found), options=(take, keep))
    return say(words.CHANGED, told, options=(option("Show the plan", "do", "plan"),))


async def on_rate(turn: Turn, about: tuple[str, ...]) -> Effects:
    """Self-ratings, one tap an area; `about` is the area just rated and its value."""
    profile = turn.own
    order = list(profile.track.weights)
    position = 0
    if len(about) == 2 and about[0] in order:
        position = order.index(about[0]) + 1
        if about[1] != "skip":
            value = int(number(about[1], 1, 5, "A rating"))
            profile = replace(profile, ratings={**profile.ratings, about[0]: value})
            await turn.work.people.save_profile(profile)
    if position >= len(order):
        return say(words.RATED, options=(option("Start", "begin"), option("Show the plan", "do", "plan")))
    area = order[position]
    marks = tuple(option(str(n), "rate", area, str(n)) for n in range(1, 6))
    return say(words.RATE.format(area=AREAS[area]), options=(*marks, option("Skip", "rate", area, "skip")))
