"""A platform that cannot be reached at the start is told about once, tried again, and keeps no other waiting."""

from __future__ import annotations

from adapters.hearing import Ear
from bot.turn import Unavailable


class Platform:
    """A listener whose platform comes back after some tries."""

    tries = 0
    away = 0

    def __init__(self) -> None:
        self.resumed, self.stopped = 0, False

    async def start(self) -> None:
        Platform.tries += 1
        if Platform.tries <= Platform.away:
            raise Unavailable("Discord cannot be reached.")

    async def resume(self) -> None:
        self.resumed += 1

    async def check(self) -> tuple[bool, str]:
        return True, "It hears."

    def pulse(self) -> object:
        return None

    async def stop(self, seconds: float) -> None:
        self.stopped = True


def ear(away: int, warned: list[str]) -> Ear:
    Platform.tries, Platform.away = 0, away
    return Ear(Platform, warned.append)


async def test_what_cannot_be_reached_is_told_once_and_tried_until_it_can():
    warned: list[str] = []
    hearing = ear(2, warned)
    await hearing.start()
    assert await hearing.check() == (False, "Discord cannot be reached.")
    await hearing.keep()
    assert warned == ["Discord cannot be reached."]
    await hearing.keep()
    assert await hearing.check() == (True, "It hears.")


async def test_what_was_left_is_answered_at_the_start_and_now_and_then():
    made: list[Platform] = []

    def make() -> Platform:
        made.append(Platform())
        return made[-1]

    Platform.tries, Platform.away = 0, 0
    hearing = Ear(make, lambda _: None)
    await hearing.start()
    await hearing.keep()
    assert [p.resumed for p in made] == [2]
    await hearing.stop(1)
    assert made[0].stopped


async def test_stopping_what_never_began_is_no_fault():
    hearing = ear(9, [])
    await hearing.start()
    await hearing.stop(1)
    assert not (await hearing.check())[0]
