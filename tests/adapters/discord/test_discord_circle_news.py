"""Buttons and commands of a circle in a Discord channel: each is answered for the presser alone, the one who asked gets a
letter, and the post stays for the others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conversations.circle_people import Free
from wire.discord_world import World, a_world, labels, set_up_in, text_of

from adapters.discord.render import parts
from bot.chat.inbound import Channel, Destination
from bot.chat.message import Message
from bot.circle.noticeboard import Noticeboard
from bot.content.shipped import shipped
from bot.delivery.model import Bucket, Lookup, Outcome, Sent


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn is slow sooner, so that the tests need not wait."""
    monkeypatch.setattr("adapters.discord.app.PATIENCE", 0.3)


class Inside:
    """Brings posts into the simulated server, as the courier brings them to the real one."""

    changes = True
    dedup_window = timedelta(minutes=5)

    def __init__(self, world: World) -> None:
        self.world, self.edits = world, 0

    async def send(self, to: Destination, message: Message, *, key: str) -> Outcome:
        assert isinstance(to, Channel)
        room = self.world.app.client.get_channel(int(to.channel))
        made = await room.send(view=parts(message)[0].view)  # type: ignore[union-attr]
        return Sent(f"{to.channel}:{made.id}")

    async def change(self, to: Destination, receipt: str, message: Message) -> Outcome:
        assert isinstance(to, Channel)
        self.edits += 1
        room = self.world.app.client.get_channel(int(to.channel))
        made = await room.fetch_message(int(receipt.partition(":")[2]))  # type: ignore[union-attr]
        await made.edit(view=parts(message)[0].view)
        return Sent(receipt)

    async def look_up(self, to: Destination, *, key: str, since: datetime) -> Sent | Lookup:
        return Lookup.ABSENT

    def bucket(self, to: Destination) -> Bucket | None:
        return None

    async def close(self) -> None:
        """Nothing is open."""


class Owls:
    """A circle of Ann's in a channel; Eve is in it, and Tom only reads along."""

    def __init__(self, world: World) -> None:
        self.world, self.courier = world, Inside(world)
        guild = world.env.create_guild()
        self.channel = guild.create_text_channel("owls")
        self.ann, self.eve, self.tom = (
            guild.add_member(world.env.create_user(name)) for name in ("ann", "eve", "tom")
        )
        couriers = {"discord": self.courier}
        store = world.store
        self.board = Noticeboard(store, store.posts, couriers, Free(), shipped(), world.now)

    async def begin(self) -> None:
        for one, name in ((self.ann, "Ann"), (self.eve, "Eve")):
            await set_up_in(one, self.channel)
            if one is self.ann:
                await one.slash(self.channel, "pacer circle create", name="Owls")
            else:
                asked = await one.slash(self.channel, "pacer circle join")
                await one.click(asked.response, label="Join")
            await one.slash(self.channel, "pacer circle name", name=name)
        await self.look()

    async def look(self) -> list[Any]:
        """What everybody reads in the channel of Pacer's, once every post is as it should be."""
        self.world.ahead += timedelta(minutes=1)
        await self.board.drain()
        return [m for m in self.channel.history() if m.author.bot and not m.flags.ephemeral]

    async def post(self, label: str) -> Any:
        """The newest post with this button."""
        return next(m for m in await self.look() if label in labels(m))

    async def read(self) -> list[tuple[str, list[str]]]:
        """Words and buttons of all posts."""
        return [(text_of(m), labels(m)) for m in await self.look()]

    async def letters(self) -> dict[str, list[str]]:
        """What waits for people, by their account; each is taken once."""
        found: dict[str, list[str]] = {}
        claimed = await self.world.store.outbox.claim(now=self.world.now(), platforms={"discord"}, limit=50)
        for letter in claimed:
            if letter.to and letter.message:
                found.setdefault(letter.to.account, []).append(str(letter.message))
        return found


@asynccontextmanager
async def owls(folder: Path) -> AsyncIterator[Owls]:
    async with a_world(folder) as world:
        made = Owls(world)
        await made.begin()
        yield made


def told(pressed: Any) -> str:
    """The answer to a tap or a command; it is for the presser alone."""
    shown = (pressed.followups or [pressed.response])[-1]
    assert shown.ephemeral, text_of(shown)
    return text_of(shown)


async def test_i_am_in_is_answered_for_her_alone_the_asker_gets_a_letter_and_the_post_stays(tmp_path: Path):
    async with owls(tmp_path) as there:
        asked = await there.ann.slash(there.channel, "pacer circle company", text="A walk at noon?")
        await there.ann.click(asked.response, label="Ask them")
        post, before = await there.post("I am in"), await there.read()
        assert "Ann asks: A walk at noon?" in text_of(post).replace("*", "")
        await there.letters()

        pressed = await there.eve.click(post, label="I am in")
        assert "hears that you, Eve, are in" in told(pressed).replace("*", "")
        letters = await there.letters()
        assert list(letters) == [str(there.ann.id)]
        assert "Eve" in letters[str(there.ann.id)][0] and "A walk at noon?" in letters[str(there.ann.id)][0]
        assert await there.read() == before and there.courier.edits == 0

        assert "knows already" in told(await there.eve.click(post, label="I am in"))
        assert "In so far: Eve." in told(await there.ann.click(post, label="I am in")).replace("*", "")
        assert await there.letters() == {} and await there.read() == before


async def test_whoever_is_no_member_is_asked_to_join_first_and_nobody_hears_of_it(tmp_path: Path):
    async with owls(tmp_path) as there:
        asked = await there.ann.slash(there.channel, "pacer circle company", text="A walk at noon?")
        await there.ann.click(asked.response, label="Ask them")
        post, before = await there.post("I am in"), await there.read()
        await there.letters()
        pressed = await there.tom.click(post, label="I am in")
        assert "among the members" in told(pressed)
        shown = (pressed.followups or [pressed.response])[-1]
        assert labels(shown) == ["Join"]
        read_first = await there.tom.click(shown, label="Join")
        assert "It will never know" in told(read_first)
        assert await there.letters() == {} and await there.read() == before


async def test_join_on_the_post_shows_what_will_be_known_to_the_presser_alone_and_the_button_stays(
    tmp_path: Path,
):
    async with owls(tmp_path) as there:
        post = await there.post("Join")
        asked = await there.tom.click(post, label="Join")
        assert "It will never know" in told(asked)
        before = await there.read()
        shown = (asked.followups or [asked.response])[-1]
        assert "Welcome to Owls" in told(await there.tom.click(shown, label="Join")).replace("*", "")
        assert "already" in told(await there.tom.click(post, label="Join"))
        assert "already" in told(await there.eve.click(post, label="Join"))
        assert await there.read() == before, "of so few nobody is counted, and nobody is named"


@pytest.mark.parametrize(
    ("command", "switched", "says"),
    [
        ("pacer circle thanks", "on", "I thank you by name"),
        ("pacer circle thanks", "off", "without your name"),
        ("pacer circle board", "on", "on the board of"),
        ("pacer circle board", "off", "not on the board"),
    ],
)
async def test_board_and_thanks_are_answered_for_her_alone_and_post_nothing(
    tmp_path: Path, command: str, switched: str, says: str
):
    async with owls(tmp_path) as there:
        await there.ann.slash(there.channel, "pacer circle settings", name="board", value="on")
        before = await there.read()
        assert says in told(await there.eve.slash(there.channel, command, switch=switched))
        assert "You are not in this circle" in told(
            await there.tom.slash(there.channel, command, switch=switched)
        )
        assert await there.read() == before and await there.letters() == {}


async def test_what_the_board_shows_is_read_first_and_a_tap_puts_her_on_it(tmp_path: Path):
    async with owls(tmp_path) as there:
        await there.ann.slash(there.channel, "pacer circle settings", name="board", value="on")
        for command, says in (("board", "on the board of"), ("thanks", "I thank you by name")):
            asked = await there.eve.slash(there.channel, f"pacer circle {command}")
            assert "Not now" in labels(asked.response) and asked.response.ephemeral
            assert says in told(await there.eve.click(asked.response, label="Yes"))
            again = await there.eve.slash(there.channel, f"pacer circle {command}")
            assert labels(again.response) == ["Take me off"] and again.response.ephemeral
        assert all("Eve" not in text for text, _ in await there.read())
