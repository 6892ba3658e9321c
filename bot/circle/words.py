"""What Pacer says in and about circles."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.fit import first_of
from bot.chat.inbound import Channel
from bot.chat.message import Fields, Message, message, option
from bot.circle.model import MOST_CIRCLES, MOST_MEMBERS, Circle, Member, Settings
from bot.circle.settings import days
from bot.profile.tracks import AREAS

HOW_IT_BEGINS = (
    "A circle is a few people who practise together in a channel: one drill a day at a common hour, somebody for a "
    "mock interview, never a ranking. Say `/pacer circle create` in the channel where yours is to live; "
    "where one lives already, `/pacer circle join`."
)
ONLY_IN_A_CHANNEL = "A circle lives in a channel. Say `/pacer circle create` there, and it begins."
JOIN_IN_A_CHANNEL = (
    "Joining happens where the circle lives: tap *Join* in its channel, or say `/pacer circle join` there."
)
BIND_IN_A_CHANNEL = "Say that in the channel that is to belong to the circle."
NO_CIRCLE_HERE = "There is no circle in this channel. `/pacer circle create` begins one."
HAS_ONE = (
    "This channel has a circle already: **{name}**. `/pacer circle join` brings you in; nothing was changed."
)
HAS_ONE_OTHER = "This channel belongs to a circle already. Nothing was changed."
OVER = "That circle has come to its end. `/pacer circle create` begins another."
FULL = f"This circle is full: {MOST_MEMBERS:,} people. Another channel can begin one with `/pacer circle create`."
ENOUGH = f"You are in {MOST_CIRCLES} circles, the most I can keep apart. `/pacer circle leave` leaves one."
NOT_IN_IT = "You are not in this circle, so nothing was changed."
NOT_AN_ADMIN = "Only admins of **{name}** change that. `/pacer circle who` shows who they are."
IN_ALREADY = (
    "You are in **{name}** already, as *{me}*. `/pacer circle name` changes what you are called there."
)
CREATED = (
    "**{name}** begins here. A post with *Join* comes into the channel in a moment; I post only in channels I am a "
    "member of, so invite me if it stays away. You are its admin, called *{me}* there: `/pacer circle name Ada` "
    "changes that, `/pacer circle settings` arranges hours and areas."
)
ON_UTC = "Its hours are on UTC, as I do not know your city: `/pacer circle settings` takes it."
BEFORE_JOINING = (
    "**{name}** will know: what you are called there, that you are a member, which things you agree to, and what you "
    "choose to share, piece by piece.\n"
    "It will never know: your battery or mood, your minutes, your level, your interviews and how they ended, or on "
    "which days you did nothing. No admin can look any of that up.\n"
    "Leaving is one command, `/pacer circle leave`, and takes effect at once."
)
JOINED = "Welcome to **{name}**. You are *{me}* there until you say `/pacer circle name` and another one."
NO_PLAN_YET = "If you want a plan of your own as well, `/pacer start` takes a minute. Nobody here sees it."
NOT_NOW = "Good. Nothing was changed, and *Join* stays where it is."
LEFT = "You have left **{name}**. What it kept of you is gone, and nothing of it comes to you any more."
LEFT_LAST = "You were the last one in **{name}**, so it has ended. What it kept is gone."
HEIR = (
    "The last admin of **{name}** has left, and you have been there longest: you are its admin now. "
    "There is nothing you need to do. `/pacer circle admin` can pass it on, `/pacer circle settings` shows what is arranged."
)
MADE_ADMIN = (
    "You are an admin of **{name}** now. What admins do, all members can read in `/pacer circle log`."
)
NOW_ADMIN = "*{who}* is an admin of **{name}** now, and is told so."
ADMIN_ALREADY = "*{who}* is an admin of **{name}** already."
NOBODY_OF_THAT_NAME = "Nobody in **{name}** is called that. `/pacer circle who` lists the names."
WHICH_NAME = "You are *{me}* in **{name}**. `/pacer circle name Ada` changes that."
CALLED = "You are *{me}* in **{name}** from now on."
NAME_TAKEN = "Somebody in **{name}** is called that, or nearly so. Pick another one; yours is still *{me}*."
WHICH = "You are in several circles. Which one?"

STALE = (
    "Somebody else changed **{name}** while your form was open, so nothing of yours was saved. "
    "This is how it stands now; open the form again to go on from there."
)
OTHER_FORM = "That form is from a while ago, so nothing was saved. `/pacer circle settings` opens it anew."
SAVED = "Saved, and noted in `/pacer circle log`."
SAME = "That is how it stands already."

CODE = (
    "`{code}` binds a further channel to **{name}**, on Slack or on Discord. Say `/pacer circle bind {code}` there "
    "within ten minutes; it works once."
)
BOUND = "This channel belongs to **{name}** from now on. A post with *Join* comes in a moment."
UNKNOWN_CODE = "I do not know that code. It may be used, or older than ten minutes; an admin makes a new one with `/pacer circle bind`."
ELSEWHERE = "That code belongs to a circle in another {place}, and a circle stays inside one on each platform. Nothing was changed."
TOO_MANY_CODES = "That were many codes I do not know. Let an hour pass, then try again."
PLATFORMS = {"slack": "Slack", "discord": "Discord", "console": "the terminal"}
WORKSPACES = {"slack": "workspace", "discord": "server"}
NOTHING_IN_DOUBT = "There is nothing that I am unsure about any more."
POSTED_AGAIN = "I post it anew."


def place_name(platform: str) -> str:
    """A platform as one reads it."""
    return PLATFORMS.get(platform, platform.capitalize())


def who(circle: Circle, members: Sequence[Member]) -> str:
    """Names, admins before the others; a very long list is cut."""
    ordered = sorted(members, key=lambda m: not m.admin)
    shown = first_of([f"{m.name} (admin)" if m.admin else m.name for m in ordered])
    rest = len(members) - len(shown)
    more = f", and {rest:,} more" if rest else ""
    return f"**{circle.name}**\n{', '.join(shown)}{more}."


def arranged(circle: Circle) -> tuple[str, Fields]:
    """The settings as they stand."""
    settings = circle.settings
    rows = (
        ("zone", settings.zone),
        ("drill", f"{settings.drill_at:%H:%M}, {days(settings)}"),
        ("reveal", f"{settings.reveal_at:%H:%M}{_next_day(settings)}"),
        ("areas", areas(settings)),
        ("pairs", "on" if settings.pairing else "off"),
        ("board", "on, for those who join it" if settings.board else "off"),
    )
    return f"**{circle.name}**", Fields(rows)


def _next_day(settings: Settings) -> str:
    return ", the day after" if settings.reveal_at <= settings.drill_at else ""


def areas(settings: Settings) -> str:
    """The areas that drills are taken from."""
    return ", ".join(AREAS.get(a, a) for a in settings.areas) or "all"


def asleep(circle: Circle, channel: Channel, why: str) -> Message:
    """To an admin: the channel does not let Pacer in."""
    reason = {
        "is_archived": "it is archived",
        "not_in_channel": "I am not a member of it",
        "no such channel": "it is gone, or hidden from me",
        "channel_not_found": "it is gone, or hidden from me",
    }.get(why.rpartition(": ")[2], "I am not allowed to write there")
    return message(
        f"I cannot post in the channel of **{circle.name}** on {place_name(channel.platform)}: {reason}. "
        "Everything is kept; invite me and say `/pacer circle who` there, and what belongs there appears. "
        "Until then I leave it alone, and you hear of it once."
    )


def in_doubt(circle: Circle, channel: Channel) -> Message:
    """To an admin: nobody can find out whether a post arrived."""
    return message(
        f"The connection went away while I posted in the channel of **{circle.name}** on {place_name(channel.platform)}, "
        "and I cannot look there myself. If the post is missing, one tap posts it; if it is there, leave this.",
        options=(option("It is missing", "circle", "again", circle.id),),
    )
