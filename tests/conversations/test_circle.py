"""The circle as people meet it: beginning it in a channel, joining with eyes open, leaving at once, and what goes wrong."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from conversations.stage import Stage, ready, set_up

from adapters.console.inbound import read_line
from adapters.console.render import plain
from bot.chat.effects import Effects, OpenForm
from bot.chat.inbound import Channel, ChoicePicked, FormSent, Place, Sender
from bot.circle.model import Member

ROOM = Channel("slack", "T1", "C1")
OTHER_ROOM = Channel("slack", "T1", "C2")
DIRECT = Place("D1")
HERE = Place("C1", room=ROOM)


class Voice:
    """Somebody at one place, on the stage's store and clock."""

    def __init__(self, on: Stage, account: str, place: Place = HERE, platform: str = "slack") -> None:
        tenant = place.room.tenant if place.room and platform == "slack" else ""
        self.on, self.who, self.place = on, Sender(platform, account, tenant), place
        self.last: Effects = ()

    async def say(self, line: str) -> str:
        """What Pacer answers, as plain text."""
        given = read_line(line, sender=self.who, place=self.place, at=self.on.now)
        self.last = await self.on.coach.handle(given)
        return self.shown()

    async def press(self, key: str) -> str:
        """What a button with this key says, wherever it stands."""
        self.on.now += timedelta(seconds=1)
        event = f"tap-{self.who.account}-{key}-{self.on.now.isoformat()}"
        self.last = await self.on.coach.handle(
            ChoicePicked(sender=self.who, place=self.place, event_id=event, at=self.on.now, key=key)
        )
        return self.shown()

    async def tap(self, label: str) -> str:
        """A tap on the last answer."""
        offered = [o for e in self.last if not isinstance(e, OpenForm) for o in e.message.options]
        return await self.press(next(o.key for o in offered if o.label == label))

    async def fill(self, **changed: str) -> str:
        """The form that is open, sent with what it was filled in with and these changes."""
        return await self.sends([e.form.id for e in self.last if isinstance(e, OpenForm)][-1], **changed)

    async def sends(self, form: str, **changed: str) -> str:
        """A form of this id, as a platform sends it."""
        values = {"zone": "Berlin", "drill": "9:00", "reveal": "18:00", "days": "weekdays", "areas": "all"}
        self.on.now += timedelta(seconds=1)
        event = f"form-{self.who.account}-{self.on.now.isoformat()}"
        self.last = await self.on.coach.handle(
            FormSent(
                sender=self.who,
                place=self.place,
                event_id=event,
                at=self.on.now,
                form=form,
                values=tuple((values | changed).items()),
            )
        )
        return self.shown()

    def shown(self) -> str:
        """The last answer."""
        return "\n".join("\n".join(plain(e.message)) for e in self.last if not isinstance(e, OpenForm))

    async def set_up(self) -> Voice:
        """With a plan of her own."""
        await ready(self.on, self.who)
        return self

    async def joins(self) -> Voice:
        """All the way in."""
        await self.say("/pacer circle join")
        await self.tap("Join")
        return self

    def at(self, room: Channel | None) -> Voice:
        """The same person elsewhere."""
        place = Place(room.channel, room=room, forms=True) if room else DIRECT
        voice = Voice(self.on, self.who.account, place, self.who.platform)
        voice.who = self.who
        return voice


@pytest.fixture
async def ada(stranger: Stage) -> AsyncIterator[Voice]:
    """Somebody who began a circle in a channel."""
    voice = await Voice(stranger, "U1").set_up()
    assert "Night owls begins here" in await voice.say("/pacer circle create Night owls")
    yield voice


@pytest.fixture
async def bob(ada: Voice) -> Voice:
    """Somebody who has joined it."""
    return await (await Voice(ada.on, "U2").set_up()).joins()


async def kept(voice: Voice) -> list[Member]:
    async with voice.on.store.work(voice.who) as work:
        circle = await work.circles.at(ROOM)
        return list(await work.circles.members(circle.id)) if circle else []


async def test_without_a_circle_a_direct_message_says_how_one_begins(stranger: Stage):
    voice = await Voice(stranger, "U1", DIRECT).set_up()
    for command in ("who", "leave", "log", "settings", "name Ada", "bind"):
        assert "A circle is a few people" in await voice.say(f"/pacer circle {command}")
    assert "lives in a channel" in await voice.say("/pacer circle create")
    assert "where the circle lives" in await voice.say("/pacer circle join")


async def test_joining_says_first_what_is_known_and_never_known_and_waits_for_a_tap(ada: Voice):
    bob = await Voice(ada.on, "U2").set_up()
    before = await bob.say("/pacer circle join")
    assert "It will never know" in before and "mood" in before and len(await kept(ada)) == 1
    await bob.tap("Not now")
    assert len(await kept(ada)) == 1
    await bob.say("/pacer circle join")
    assert "Welcome to Night owls" in await bob.tap("Join")
    assert "in Night owls already" in await bob.say("/pacer circle join")
    assert len(await kept(ada)) == 2


async def test_somebody_unknown_joins_as_anybody_does_and_is_told_of_a_plan_of_her_own(ada: Voice):
    async with ada.on.store.work(ada.who) as work:
        circle = await work.circles.at(ROOM)
    assert circle is not None
    stranger = Voice(ada.on, "U9")
    assert "It will never know" in await stranger.press(f"1:circle:join:{circle.id}")
    assert len(await kept(ada)) == 1
    joined = await stranger.tap("Join")
    assert "Welcome to Night owls" in joined and "/pacer start" in joined
    assert "You are Eve" in await stranger.say("/pacer circle name Eve")
    assert "Eve" in await ada.say("/pacer circle who")
    assert "set you up first" in await stranger.say("/pacer circle pair")
    assert "have left" in await stranger.say("/pacer circle leave")
    assert len(await kept(ada)) == 1


async def test_who_lists_chosen_names_and_admins_and_nothing_else(ada: Voice, bob: Voice):
    await ada.say("/pacer circle name Ada")
    assert "You are Bob in Night owls" in await bob.say("/pacer circle name Bob")
    assert await bob.say("/pacer circle who") == "Night owls\nAda (admin), Bob."
    assert await bob.at(None).say("/pacer circle who") == "Night owls\nAda (admin), Bob."


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("@everyone", "holds no @"),
        ("<!channel>", "cannot call people"),
        ("\u200b‮", "one to 30 characters"),
        ("x" * 31, "one to 30 characters"),
        ("**loud**", "made of letters"),
        ("a`b", "made of letters"),
        ("A\u200bda", "Somebody in Night owls is called that"),
        ("ＡＤＡ", "Somebody in Night owls is called that"),
    ],
)
async def test_a_name_that_pings_hides_or_copies_is_refused_and_nothing_changes(
    ada: Voice, bob: Voice, typed: str, answer: str
):
    await ada.say("/pacer circle name Ada")
    before = await kept(ada)
    async with bob.on.store.work(bob.who) as work:
        circle = await work.circles.at(ROOM)
    assert circle and answer in await bob.press(f"1:circle:name:{circle.id}:{typed}")
    assert await kept(ada) == before


async def test_names_of_other_scripts_stand(ada: Voice):
    for name in ("राम", "Zoë", "李小龙", "O'Neil", "Ada 🦉"):
        assert f"You are {name} in" in await ada.say(f'/pacer circle name "{name}"')


async def test_a_channel_has_one_circle(ada: Voice):
    bob = await Voice(ada.on, "U2").set_up()
    assert "has a circle already" in await bob.say("/pacer circle create Mine")
    assert len(await kept(ada)) == 1


async def test_leaving_is_one_command_and_the_longest_member_becomes_admin_and_is_told(
    ada: Voice, bob: Voice
):
    carl = await (await Voice(ada.on, "U3").set_up()).joins()
    await bob.say("/pacer circle name Bob")
    assert "You have left Night owls" in await ada.say("/pacer circle leave")
    assert "You are not in this circle" in await ada.say("/pacer circle leave")
    assert "Bob (admin)" in await carl.say("/pacer circle who")
    assert "became admin, as the last one left" in await carl.say("/pacer circle log")
    letters = await ada.on.store.outbox.claim(now=ada.on.now, platforms={"slack"}, limit=9)
    assert [(letter.to, letter.kind) for letter in letters] == [(bob.who, "circle")]
    written = await ada.on.coach.compose(letters[0])
    assert "you are its admin now" in str(written)


async def test_who_leaves_gets_no_letter_of_the_circle_that_was_on_its_way(ada: Voice, bob: Voice):
    await bob.say("/pacer circle name Bob")
    await ada.say("/pacer circle admin Bob")
    await bob.say("/pacer circle leave")
    assert await ada.on.store.outbox.claim(now=ada.on.now, platforms={"slack"}, limit=9) == []


async def test_the_last_one_ends_it_and_the_channel_is_free_again(ada: Voice):
    assert "so it has ended" in await ada.say("/pacer circle leave")
    assert "begins here" in await ada.say("/pacer circle create Again")


async def test_of_two_admins_with_the_form_open_the_later_is_told_and_changes_nothing(ada: Voice, bob: Voice):
    await bob.say("/pacer circle name Bob")
    await ada.say("/pacer circle admin Bob")
    one, two = ada.at(ROOM), bob.at(ROOM)
    for voice in (one, two):
        await voice.say("/pacer circle settings")
        assert isinstance(voice.last[-1], OpenForm)
    assert "Saved" in await one.fill(drill="10:00")
    answer = await two.fill(drill="11:00")
    assert "nothing of yours was saved" in answer and "10:00" in answer
    assert "Saved" not in answer and "10:00" in await two.at(None).say("/pacer circle log")
    await two.tap("Open the form")
    assert "Saved" in await two.fill(drill="11:00")


async def test_the_form_is_about_the_circle_it_was_opened_for_whatever_was_said_meanwhile(ada: Voice):
    here = ada.at(ROOM)
    await here.say("/pacer circle settings")
    opened = here.last
    await here.at(None).say("/pacer today")
    here.last = opened
    assert "Saved" in await here.fill(drill="10:00")


@pytest.mark.parametrize("about", ["", ":1", "nobody:1", "nobody", "nobody:x"])
async def test_a_form_of_no_known_circle_saves_nothing(ada: Voice, about: str):
    said = await ada.sends(f"circle:settings:{about}", drill="10:00")
    assert "Saved" not in said and said


async def test_a_reveal_before_the_drill_is_on_the_next_day_and_one_at_the_same_hour_is_refused(ada: Voice):
    here = ada.at(ROOM)
    await here.say("/pacer circle settings")
    assert "18:00, the day after" in await here.fill(drill="19:00")
    await here.say("/pacer circle settings")
    assert "there has to be time to answer" in await here.fill(drill="18:00")


async def test_members_see_the_settings_and_only_admins_change_them(ada: Voice, bob: Voice):
    assert "reveal" in await bob.say("/pacer circle settings") and not isinstance(bob.last[-1], OpenForm)
    for command in ("settings pairing off", "bind", "admin Ada"):
        assert "Only admins of Night owls" in await bob.say(f"/pacer circle {command}")
    assert "Saved" in await ada.say("/pacer circle settings pairing off")
    assert "That is how it stands" in await ada.say("/pacer circle settings pairing off")


async def test_in_two_circles_a_direct_message_asks_which(ada: Voice):
    await ada.at(OTHER_ROOM).say("/pacer circle create Early birds")
    direct = ada.at(None)
    assert "Which one?" in await direct.say("/pacer circle name Ada")
    assert "You are Ada in Early birds" in await direct.tap("Early birds")
    assert "Which one?" in await direct.say("/pacer circle leave")
    assert "You have left Night owls" in await direct.tap("Night owls") or "has ended" in direct.shown()


async def code_of(voice: Voice) -> str:
    found = re.search(r"\b\w{4}-\w{4}\b", await voice.say("/pacer circle bind"))
    assert found
    return found[0]


async def test_a_code_binds_a_second_channel_once_and_for_ten_minutes(ada: Voice):
    on_discord = Place("said/7", room=Channel("discord", "900", "7"))
    other = await Voice(ada.on, "77", on_discord, "discord").set_up()
    late = await code_of(ada)
    ada.on.now += timedelta(minutes=10)
    assert "I do not know that code" in await other.say(f"/pacer circle bind {late}")
    code = await code_of(ada)
    assert "belongs to Night owls from now on" in await other.say(f"/pacer circle bind {code}")
    assert "I do not know that code" in await other.say(f"/pacer circle bind {code}")
    assert "bound a channel on Discord" in await ada.say("/pacer circle log")
    assert "It will never know" in await other.say("/pacer circle join")


async def test_another_workspaces_code_and_a_bound_channel_are_refused(ada: Voice):
    code = await code_of(ada)
    far = await Voice(ada.on, "U7", Place("C9", room=Channel("slack", "T2", "C9"))).set_up()
    assert "another workspace" in await far.say(f"/pacer circle bind {code}")
    assert "belongs to a circle already" in await ada.say(f"/pacer circle bind {code}")
    assert "Say that in the channel" in await ada.at(None).say(f"/pacer circle bind {code}")
    assert "belongs to Night owls from now on" in await ada.at(OTHER_ROOM).say(f"/pacer circle bind {code}")


async def test_five_wrong_codes_are_enough_for_an_hour(ada: Voice):
    for _ in range(5):
        assert "I do not know that code" in await ada.say("/pacer circle bind CCCC-CCCC")
    assert "Let an hour pass" in await ada.say(f"/pacer circle bind {await code_of(ada)}")


async def test_in_the_terminal_it_can_be_tried_by_hand(stranger: Stage):
    stranger.place = Place("terminal", room=Channel("console", "", "terminal"))
    await set_up(stranger)
    assert "begins here" in await stranger.say("/pacer circle create")
    assert "(admin)" in await stranger.say("/pacer circle who")
