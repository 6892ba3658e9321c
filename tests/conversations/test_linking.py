"""One person on two platforms, as she sees it: one plan, one conversation, letters where she wants them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from conversations.stage import PLACE, Stage
from sqlalchemy import update

from adapters.console.inbound import read_line
from adapters.console.render import plain
from bot.chat.effects import Effects, OpenForm
from bot.chat.inbound import ChoicePicked, Sender
from bot.chat.message import Message
from bot.delivery.deliver import Delivery
from bot.delivery.drain import Drain
from bot.delivery.limiter import LocalLimiter
from bot.delivery.model import Bucket, Lookup, Outcome, Sent
from bot.delivery.post import Post, Tally
from storage.rows import PersonRow, ScheduleRow

SLACK = Sender("slack", "U1", "T1")
OTHER_SLACK = Sender("slack", "U9", "T2")
DISCORD = Sender("discord", "77")
DARK = "honestly I just want to die after that rejection"


class Voice:
    """The same person's other account, on the same store and clock."""

    def __init__(self, stage: Stage, who: Sender) -> None:
        self._stage, self.who = stage, who
        self.last: Effects = ()

    async def say(self, line: str) -> str:
        """What Pacer answers there."""
        given = read_line(line, sender=self.who, place=PLACE, at=self._stage.now)
        self.last = await self._stage.coach.handle(given)
        return shown(self.last)

    async def tap(self, label: str) -> str:
        """What Pacer answers to a tap there."""
        offered = [o for e in self.last if not isinstance(e, OpenForm) for o in e.message.options]
        key = next(o.key for o in offered if o.label == label)
        event = f"tap-{self.who.platform}-{key}-{self._stage.now.isoformat()}"
        self.last = await self._stage.coach.handle(
            ChoicePicked(sender=self.who, place=PLACE, event_id=event, at=self._stage.now, key=key)
        )
        return shown(self.last)


def shown(effects: Effects) -> str:
    return "\n".join("\n".join(plain(e.message)) for e in effects if not isinstance(e, OpenForm))


async def code_from(speaker: Stage | Voice) -> str:
    found = re.search(r"\b\w{4}-\w{4}\b", await speaker.say("/pacer link"))
    assert found
    return found[0]


@pytest.fixture
def slack(person: Stage) -> Voice:
    """An account on another platform that Pacer does not know yet."""
    return Voice(person, SLACK)


@pytest.fixture
async def joined(person: Stage, slack: Voice) -> Voice:
    """That account, joined."""
    await slack.say(f"/pacer link {await code_from(person)}")
    return slack


async def test_a_code_makes_two_accounts_one_person(person: Stage, slack: Voice):
    plan = await person.say("/pacer plan")
    code = await code_from(person)
    answer = await slack.say(f"/pacer link {code.lower().replace('-', ' ')}")
    assert "Terminal and Slack are one person to me now" in answer
    assert await slack.say("/pacer plan") == plan
    await slack.say("/pacer settings hours 8")
    assert "8" in await person.say("/pacer settings hours") or "8 h" in await person.say("/pacer today")
    assert await person.say("/pacer settings") == await slack.say("/pacer settings")


async def test_a_conversation_begun_on_one_goes_on_on_the_other(person: Stage, joined: Voice):
    await person.say("/pacer drill")
    await joined.say("the first half")
    await person.say("the second half")
    async with person.store.work(SLACK) as work:
        sitting = await work.practice.current()
    assert sitting is not None and sitting.answer == "the first half\nthe second half"


async def test_an_account_that_was_talked_to_but_never_set_up_is_simply_joined(person: Stage, slack: Voice):
    assert "set you up" in await slack.say("/pacer today")
    assert "one person" in await slack.say(f"/pacer link {await code_from(person)}")


async def test_a_code_works_once_and_for_ten_minutes(person: Stage, slack: Voice):
    discord = Voice(person, DISCORD)
    code = await code_from(person)
    person.now += timedelta(minutes=9, seconds=59)
    assert "one person" in await slack.say(f"/pacer link {code}")
    assert "I do not know that code" in await discord.say(f"/pacer link {code}")
    late = await code_from(person)
    person.now += timedelta(minutes=10)
    assert "I do not know that code" in await discord.say(f"/pacer link {late}")


async def test_a_new_code_ends_the_one_before(person: Stage, slack: Voice):
    old, new = await code_from(person), await code_from(person)
    assert "I do not know that code" in await slack.say(f"/pacer link {old}")
    assert "one person" in await slack.say(f"/pacer link {new}")


@pytest.mark.parametrize("typed", ["hello", "1234", "K7QT-4MXCC", "🙂🙂🙂🙂🙂🙂🙂🙂", "AAAA-AAAA", "'"])
async def test_what_cannot_be_a_code_is_answered_kindly_and_not_counted(
    person: Stage, slack: Voice, typed: str
):
    for _ in range(7):
        assert "A code has eight" in await slack.say(f"/pacer link {typed}")
    assert "one person" in await slack.say(f"/pacer link {await code_from(person)}")


async def test_after_five_wrong_codes_even_the_right_one_waits_an_hour(person: Stage, slack: Voice):
    for _ in range(5):
        assert "I do not know that code" in await slack.say("/pacer link CCCC-CCCC")
    assert "Let an hour pass" in await slack.say(f"/pacer link {await code_from(person)}")
    person.now += timedelta(hours=1)
    assert "one person" in await slack.say(f"/pacer link {await code_from(person)}")


async def test_ones_own_code_on_the_same_account_is_refused_and_still_good(person: Stage, slack: Voice):
    code = await code_from(person)
    assert "your own code" in await person.say(f"/pacer link {code}")
    assert "one person" in await slack.say(f"/pacer link {code}")
    again = await code_from(slack)
    assert "your own code" in await person.say(f"/pacer link {again}")


async def test_three_platforms_can_be_one_person_and_the_code_may_come_from_any(person: Stage, joined: Voice):
    discord = Voice(person, DISCORD)
    person.now += timedelta(minutes=1)
    assert "Joined so far: Terminal and Slack" in await joined.say("/pacer link")
    answer = await discord.say(f"/pacer link {await code_from(joined)}")
    assert "Terminal, Slack and Discord are one person" in answer
    assert await discord.say("/pacer plan") == await person.say("/pacer plan")


async def test_a_code_from_another_workspace_of_the_same_platform_joins_nothing(person: Stage, joined: Voice):
    other = Voice(person, OTHER_SLACK)
    code = await code_from(person)
    assert "one of each platform" in await other.say(f"/pacer link {code}")
    assert "set you up" in await other.say("/pacer plan")
    assert "one person" in await Voice(person, DISCORD).say(f"/pacer link {code}")


async def test_a_joined_account_does_not_join_somebody_else(person: Stage, joined: Voice):
    discord = Voice(person, DISCORD)
    for line in (
        "/pacer start",
        "sre",
        "8 weeks",
        "5",
        "60",
        "0",
        "Tokyo",
        "8:00",
        "20:00",
        "sunday",
        "22:00-7:00",
    ):
        await discord.say(line)
    assert "joined with others already" in await joined.say(f"/pacer link {await code_from(discord)}")


async def test_a_code_is_made_where_she_is_set_up(person: Stage, slack: Voice):
    assert "made where you are set up" in await slack.say("/pacer link")


async def begin_elsewhere(voice: Voice) -> None:
    lines = (
        "/pacer start",
        "sre",
        "8 weeks",
        "5",
        "60",
        "0",
        "Tokyo",
        "8:00",
        "20:00",
        "sunday",
        "22:00-7:00",
    )
    for line in lines:
        await voice.say(line)
    await voice.say("/pacer interview add Beta onsite 2026-02-03")


async def test_with_a_profile_of_its_own_she_is_asked_before_anything_is_forgotten(
    person: Stage, slack: Voice
):
    await begin_elsewhere(slack)
    before = await slack.say("/pacer settings")
    asked = await slack.say(f"/pacer link {await code_from(person)}")
    assert "forgotten for good" in asked
    assert "Nothing is changed" in await slack.tap("Leave both as they are")
    assert await slack.say("/pacer settings") == before


async def test_when_she_agrees_the_other_profile_stays_and_this_one_is_gone(person: Stage, slack: Voice):
    await begin_elsewhere(slack)
    await slack.say(f"/pacer link {await code_from(person)}")
    assert "one person" in await slack.tap("Join, and forget what is here")
    assert "Europe/Berlin" in await slack.say("/pacer settings")
    assert "Beta" not in await slack.say("/pacer interview list")
    assert await person.say("/pacer settings") == await slack.say("/pacer settings")


async def test_the_question_is_over_once_the_code_is(person: Stage, slack: Voice):
    await begin_elsewhere(slack)
    await slack.say(f"/pacer link {await code_from(person)}")
    person.now += timedelta(minutes=10)
    assert "That code is over" in await slack.tap("Join, and forget what is here")
    assert "Asia/Tokyo" in await slack.say("/pacer settings")


async def test_unlink_takes_the_account_off_and_the_first_keeps_everything(person: Stage, joined: Voice):
    plan = await person.say("/pacer plan")
    assert "Slack is taken off" in await joined.say("/pacer unlink")
    assert "set you up" in await joined.say("/pacer plan")
    assert await person.say("/pacer plan") == plan
    assert "no other account" in await person.say("/pacer unlink")
    assert "no other account" in await joined.say("/pacer unlink")
    assert "one person" in await joined.say(f"/pacer link {await code_from(person)}")


async def test_on_the_first_account_unlink_asks_which_other_to_take_off(person: Stage, joined: Voice):
    assert "keeps everything" in await person.say("/pacer unlink")
    assert "Slack is taken off" in await person.tap("Take Slack off")
    assert "set you up" in await joined.say("/pacer today")
    assert "keeps everything" not in await person.say("/pacer unlink")


async def test_the_first_account_can_be_named_from_another_one_as_when_she_leaves_a_workspace(
    person: Stage, joined: Voice
):
    plan = await joined.say("/pacer plan")
    assert "keeps everything" in await person.say("/pacer unlink terminal")
    answer = await joined.say("/pacer unlink terminal")
    assert "Terminal is taken off" in answer and "goes to Slack now" in answer
    assert "set you up" in await person.say("/pacer plan")
    assert await joined.say("/pacer plan") == plan
    assert "I know you on" not in await joined.say("/pacer unlink nowhere")


async def test_letters_stay_where_they_were_until_she_moves_them(person: Stage, joined: Voice):
    post = Postman(person, "slack")
    assert "Morning" in await person.skip(timedelta(days=1))
    assert await post.carry() == []
    assert "goes to Slack now" in await joined.say("/pacer settings where slack")
    assert "slack" in await person.say("/pacer settings")
    assert await person.skip(timedelta(hours=2)) == ""
    assert [to for to, _ in await post.carry()] == [SLACK]
    assert "goes to Terminal now" in await person.say("/pacer settings where terminal")
    assert "Morning" in await person.skip(timedelta(days=1))
    assert await post.carry() == []


async def test_where_asks_with_a_button_for_each_place(person: Stage, joined: Voice):
    assert "goes to Terminal. Where do you want it?" in await person.say("/pacer settings where")
    assert "goes to Slack now" in await person.tap("Slack")
    assert "I know you on Slack and Terminal" in await person.say("/pacer settings where the moon")


async def test_with_one_account_there_is_one_place(person: Stage):
    assert "the only account I know" in await person.say("/pacer settings where slack")


async def test_quiet_after_a_crisis_holds_on_both_accounts_and_ends_on_either(person: Stage, joined: Voice):
    await joined.say(DARK)
    assert "practice can wait" in await person.say("/pacer drill")
    assert "practice can wait" in await joined.say("/pacer unlink")
    assert "gently" in await person.say("/pacer back")
    assert "minutes" in await joined.say("/pacer today")


async def test_an_account_that_joins_a_person_in_crisis_is_quiet_too(person: Stage, slack: Voice):
    code = await code_from(person)
    await person.say(DARK)
    await slack.say(f"/pacer link {code}")
    assert "practice can wait" in await slack.say("/pacer drill")
    assert "practice can wait" in await person.say("/pacer drill")


async def test_an_account_in_crisis_stays_quiet_whatever_code_it_says(person: Stage, slack: Voice):
    code = await code_from(person)
    await slack.say(DARK)
    assert "practice can wait" in await slack.say(f"/pacer link {code}")
    await begin_elsewhere(slack)
    assert "practice can wait" in await slack.say("/pacer today")


async def test_a_crisis_while_the_question_stands_keeps_the_question_from_being_answered(
    person: Stage, slack: Voice
):
    await begin_elsewhere(slack)
    await slack.say(f"/pacer link {await code_from(person)}")
    asked = slack.last
    await slack.say(DARK)
    slack.last = asked
    assert "practice can wait" in await slack.tap("Join, and forget what is here")
    assert "Europe" in await person.say("/pacer settings")


async def test_a_day_of_distress_stays_easy_after_joining(person: Stage, slack: Voice):
    await slack.say("I feel completely hopeless about this search")
    await person.say("/pacer checkin full")
    await slack.say(f"/pacer link {await code_from(person)}")
    assert "easy day" in await person.say("/pacer today")


async def test_closed_direct_messages_are_mentioned_once_before_the_answer(person: Stage):
    async with person.store.engine.begin() as connection:
        await connection.execute(update(PersonRow).values(unreachable=True))
    answer = await person.say("/pacer today")
    assert answer.startswith("My last messages did not reach you")
    assert "minutes" in answer
    assert "did not reach" not in await person.say("/pacer today")


async def test_whoever_cannot_be_reached_in_one_place_moves_her_letters_to_the_other(
    person: Stage, joined: Voice
):
    async with person.store.engine.begin() as connection:
        await connection.execute(update(PersonRow).values(unreachable=True))
        await connection.execute(update(ScheduleRow).values(next_due_at=None, fault="unreachable"))
    answer = await joined.say("/pacer settings where slack")
    assert "did not reach" in answer and "goes to Slack now" in answer
    post = Postman(person, "slack")
    person.now += timedelta(hours=2)
    assert [to for to, _ in await post.carry()] == [SLACK]


async def test_in_a_crisis_nothing_is_said_of_closed_direct_messages(person: Stage):
    async with person.store.engine.begin() as connection:
        await connection.execute(update(PersonRow).values(unreachable=True))
    assert "did not reach" not in await person.say(DARK)


async def test_the_account_that_made_the_code_hears_of_it_and_can_undo_it_there(person: Stage, joined: Voice):
    told = await person.skip(timedelta(minutes=1))
    assert "An account on Slack was joined with this one" in told and "/pacer unlink slack" in told
    assert await person.skip(timedelta(minutes=30)) == ""
    assert "Slack is taken off" in await person.say("/pacer unlink slack")
    assert "set you up" in await joined.say("/pacer plan")


async def test_the_word_about_a_joined_account_comes_also_where_letters_went_before(
    person: Stage, joined: Voice
):
    await joined.say("/pacer settings where slack")
    assert await Postman(person, "slack").carry() == []
    assert "An account on Slack was joined" in await person.skip(timedelta(minutes=1))


async def test_the_word_about_a_joined_account_waits_out_her_quiet_hours(person: Stage, slack: Voice):
    person.now += timedelta(hours=16)  # eleven at night
    await slack.say(f"/pacer link {await code_from(person)}")
    assert await person.skip(timedelta(hours=7)) == ""
    assert "An account on Slack was joined" in await person.skip(timedelta(hours=2))


async def test_a_code_that_joined_nothing_is_told_to_nobody(person: Stage, slack: Voice):
    await slack.say("/pacer link CCCC-CCCC")
    await code_from(person)
    assert await person.skip(timedelta(minutes=30)) == ""


class Postman:
    """Delivers on another platform and remembers to whom."""

    dedup_window = timedelta(0)

    def __init__(self, stage: Stage, platform: str) -> None:
        self.platform = platform
        self._sent: list[tuple[Sender, Message]] = []
        delivery = Delivery(
            stage.coach.compose,
            {platform: self},
            LocalLimiter(lambda: 0.0),
            Tally(),
            lambda: stage.now,
        )
        served = frozenset({platform})
        self._post = Post(
            stage.store.outbox,
            platforms=served,
            now=lambda: stage.now,
            observer=Tally(),
            window=timedelta(0),
        )
        self._drain = Drain(stage.store.outbox, delivery, platforms=served, now=lambda: stage.now)

    def bucket(self, to: Sender) -> Bucket | None:
        return None

    async def send(self, to: Sender, message: Message, *, key: str) -> Outcome:
        self._sent.append((to, message))
        return Sent(key)

    async def look_up(self, to: Sender, *, key: str, since: object) -> Sent | Lookup:
        return Lookup.CANNOT_LOOK

    async def carry(self) -> list[tuple[Sender, Message]]:
        """What left for this platform just now."""
        before = len(self._sent)
        await self._post.tick()
        await self._drain.drain()
        return self._sent[before:]
