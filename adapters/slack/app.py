"""The listening half of Slack: events are kept, acknowledged, and only then answered."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Coroutine, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import inbound
from adapters.slack.deliver import NotInstalled
from adapters.slack.files import FAULTS, fetch
from adapters.slack.forms import errors
from adapters.slack.home import Home
from adapters.slack.inbound import Attached, Back, at, back_of, text_at
from adapters.slack.speak import Speaker, client
from adapters.slack.spot import Spot, spot
from adapters.slack.transport import (
    Acknowledging,
    Socket,
    bolt_app,
    broken,
    dispatched,
    leave,
    once_acknowledged,
    sound,
)
from bot.chat.effects import Effects
from bot.chat.filling import read_all
from bot.chat.inbound import AnyInbound, FormSent, Sender, TextSaid
from bot.chat.message import Message, message
from bot.chat.picture import Draw
from bot.coach import Coach, guard
from bot.delivery.ports import Courier
from bot.reception import Reception
from bot.routing import form_named
from bot.suggestions import Suggestion
from bot.turn import Answer, Store, Unavailable

if TYPE_CHECKING:
    from adapters.slack.oauth import OAuth

PATH = "/slack/events"
CONNECT_SECONDS = 5.0
"""How long a start waits for the socket; after that it goes on trying in the background."""
CLOSE_SECONDS = 2.0
HOME_SECONDS = 1.5
ANY = re.compile("")

NOT_TAKEN = (
    "I cannot reach my notes just now, so I did not take that. Try again in a moment; nothing is lost."
)
NOT_YOURS = "That button is somebody else's, so nothing happened. `/pacer today` shows yours."
NO_FILE = "I read text files of up to 100 kB, and that was something else. Paste the words here instead."
FILE_LOST = "I could not fetch that file from Slack. Send it again, or paste the words here."

Body = Mapping[str, Any]
_log = logging.getLogger(__name__)


class SlackApp:
    """Slack's door: a socket with an app token, HTTP with a signing secret. Only in an event loop."""

    def __init__(
        self,
        courier: Courier,
        coach: Coach,
        store: Store,
        *,
        bot_token: str | None,
        app_token: str | None,
        signing_secret: str | None,
        api_url: str | None,
        now: Callable[[], datetime],
        address: tuple[str, int] | None = None,
        oauth: OAuth | None = None,
        draw: Draw | None = None,
        timeout: float = 10,
        ping_seconds: float = 10,
        home_seconds: float = HOME_SECONDS,
    ) -> None:
        self._courier, self._coach, self._store, self._now = courier, coach, store, now
        self._bot_token, self._app_token, self._secret = bot_token, app_token, signing_secret
        self._api_url, self._address, self._oauth, self._draw = api_url, address, oauth, draw
        self._timeout, self._ping, self._home_seconds = timeout, ping_seconds, home_seconds
        self._reception = Reception("slack", coach, store, self._later)
        self._asides: set[asyncio.Task[None]] = set()
        self._bolt: AsyncApp | None = None
        self._socket: Socket | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._site: web.AppRunner | None = None
        self._slack: AsyncWebClient
        self._speaker: Speaker
        self._home: Home

    async def start(self) -> None:
        """Begin to listen. Where Slack is away, the socket goes on trying. Raises Unavailable without a place for HTTP."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._timeout))
        self._slack = client(self._api_url, self._session)
        self._speaker = Speaker(self._courier, self._slack, self._token, self._now, self._draw)
        self._home = Home(
            self._slack, self._token, self._dashboard, self._home_seconds, self._suggestions, self._now
        )
        self._bolt = self._listeners(bolt_app(self._secret, self._api_url))
        if self._app_token:
            self._socket = Socket(
                self._bolt,
                self._app_token,
                logger=self._slack._logger,
                web_client=self._slack,
                ping_interval=self._ping,
            )
            self._socket.signs()  # from now on it counts, the first hello too
            self._connecting = asyncio.create_task(self._socket.connect_async())  # type: ignore[no-untyped-call]
            await asyncio.wait({self._connecting}, timeout=CONNECT_SECONDS)
        if self._secret and self._address is not None:
            await self._serve(*self._address)

    async def _dashboard(self, sender: Sender) -> Message:
        return await self._coach.dashboard(sender, self._now())

    async def _suggestions(self, sender: Sender) -> tuple[Suggestion, ...]:
        return await self._coach.suggestions(sender, self._now())

    async def _token(self, tenant: str) -> str:
        """The token of a workspace. Raises NotInstalled."""
        own = await self._oauth.tokens.token(tenant) if self._oauth else None
        if not (found := own or self._bot_token):
            raise NotInstalled
        return found

    async def _serve(self, host: str, port: int) -> None:
        """Raises Unavailable where the address cannot be had."""
        page = web.Application()
        page.add_routes(self.routes())
        self._site = web.AppRunner(page, access_log=None, handle_signals=False)
        await self._site.setup()
        try:
            await web.TCPSite(self._site, host, port).start()
        except OSError as taken:
            await self._site.cleanup()
            self._site = None
            raise Unavailable(
                f"{host}:{port} cannot be listened on ({taken.strerror}). Set PACER_SLACK_ADDRESS to another."
            ) from taken

    @property
    def port(self) -> int | None:
        """The port it listens on for Slack's calls."""
        return self._site.addresses[0][1] if self._site else None

    async def stop(self, seconds: float) -> None:
        """Take nothing new; turns under way have that long, and what is not said by then is said next time."""
        if self._connecting:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        if self._socket:
            await self._socket.leave(CLOSE_SECONDS)
        if self._site:
            await self._site.cleanup()
        await self._reception.stop(seconds)
        if self._bolt:
            await asyncio.gather(*self._asides, return_exceptions=True)
            await self._home.stop()
            await self._session.close()
        self._bolt = None

    async def check(self) -> tuple[bool, str]:
        """Whether Slack can reach us, and one sentence about it."""
        if self._bolt is None:
            return False, "Slack is not listened to."
        if self._socket is None:
            ways = bool(self._secret)
            return ways, "Slack calls us over HTTP." if ways else "Slack has no way to us: set an app token."
        if await self._socket.client.is_connected():
            return True, "Slack's socket is open."
        return False, "Slack's socket is closed; it is tried again and again."

    def pulse(self) -> object:
        """Counts what Slack says on the socket and its answers to our pings; None over HTTP alone."""
        if not self._app_token:
            return None
        return self._socket.signs() if self._socket else 0

    async def resume(self) -> None:
        """Answer what was taken and not answered, and bring what could not be said."""
        await self._reception.resume()

    def routes(self) -> list[web.RouteDef]:
        """Where Slack calls, to be mounted beside others."""
        return [web.post(PATH, self.handle), *(self._oauth.routes() if self._oauth else ())]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call from Slack. It is answered before the turn begins."""
        if self._bolt is None or not self._secret:
            return web.Response(status=404)
        if not sound(request):
            return web.Response(status=400, text="That is not a call from Slack.")
        try:
            asked = await to_bolt_request(request)
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
            return web.Response(status=400, text="That is not a call from Slack.")
        async with Acknowledging():
            answer = await to_aiohttp_response(await dispatched(self._bolt, asked))
            await answer.prepare(request)
            await answer.write_eof()
        return answer

    def _listeners(self, bolt: AsyncApp) -> AsyncApp:
        bolt.command(ANY)(self._on_command)
        bolt.action(ANY)(self._on_action)
        bolt.view_submission(ANY)(self._on_view)
        bolt.shortcut(ANY)(self._on_shortcut)
        if self._oauth:
            self._oauth.listen(bolt)
        bolt.event("app_home_opened")(self._on_home)
        bolt.event(ANY)(self._on_event)
        for other in (bolt.view_closed, bolt.options):
            other(ANY)(leave)
        bolt.error(broken)
        return bolt

    async def _on_command(self, body: Body, ack: AsyncAck) -> None:
        await self._interaction(inbound.from_command(body, self._now()), back_of(body), ack)

    async def _on_shortcut(self, body: Body, ack: AsyncAck) -> None:
        await self._interaction(inbound.from_shortcut(body, self._now()), back_of(body), ack)

    async def _on_action(self, body: Body, ack: AsyncAck) -> None:
        back, picked = back_of(body), inbound.from_action(body, self._now(), self._home.agents)
        clicked = back.clicked
        if picked and clicked and clicked.addressee not in ("", picked.sender.account):
            await ack()
            self._aside(spot(picked, Back(back.response_url)), NOT_YOURS)
            return
        await self._interaction(picked, back, ack)

    async def _on_view(self, body: Body, ack: AsyncAck) -> None:
        sent = inbound.from_view(body, self._now())
        try:
            faults = await self._faults(sent) if sent else {}
            if faults:
                await ack(response_action="errors", errors=errors(faults))
                return
            taken = await self._reception.take(sent) if sent else None
        except Unavailable:
            first = next(iter(at(body, "view", "state", "values") or {"": ""}))
            await ack(response_action="errors", errors={first: NOT_TAKEN})
            return
        await ack()
        if taken:
            self._begin(taken, back_of(body))

    async def _faults(self, sent: FormSent) -> dict[str, str]:
        """A sentence for each field that cannot be read. Words that sound like danger are not argued with."""
        found = form_named(sent.form)
        if found is None or guard(sent) is not sent:
            return {}
        return read_all(found.form, dict(sent.values), await self._today(sent.sender))[1]

    async def _today(self, sender: Sender) -> date:
        """Her calendar day; UTC's where she is not set up. Looking makes nobody known."""
        zone = "UTC"
        try:
            async with self._store.work(sender) as work:
                if not work.known:
                    raise _Stranger
                if profile := await work.people.profile():
                    zone = profile.zone
        except _Stranger:
            pass
        return self._now().astimezone(ZoneInfo(zone)).date()

    async def _interaction(self, given: AnyInbound | None, back: Back, ack: AsyncAck) -> None:
        """Keep it, acknowledge it, answer it; what cannot be kept is refused kindly, for nobody sends it again."""
        try:
            taken = await self._reception.take(given) if given else None
        except Unavailable:
            await ack()
            if given:
                self._aside(spot(given, Back(back.response_url)), NOT_TAKEN)
            return
        await ack()
        if taken:
            self._begin(taken, back)

    async def _on_event(self, body: Body) -> BoltResponse | None:
        """A message. What cannot be kept is not acknowledged, so that Slack sends it again."""
        match inbound.from_event(body, self._now(), self._home.agents):
            case TextSaid() as said:
                return await self._event(said)
            case Attached() as sent:
                return await self._with_files(sent)
            case None:
                return None

    async def _event(self, said: TextSaid) -> BoltResponse | None:
        try:
            taken = await self._reception.take(said)
        except Unavailable:
            return BoltResponse(status=503)
        if taken:
            self._begin(taken, Back())
        return None

    async def _with_files(self, sent: Attached) -> BoltResponse | None:
        read: list[str] = []
        try:
            token = await self._token(sent.said.sender.tenant)
            read = await fetch(sent.files, self._session, token, self._api_url or "")
        except (NotInstalled, *FAULTS) as problem:
            _log.warning("a file could not be fetched: %s", type(problem).__name__)
            self._aside(spot(sent.said, Back()), FILE_LOST)
        if sent.left:
            self._aside(spot(sent.said, Back()), NO_FILE)
        words = "\n\n".join(part for part in (sent.said.text, *read) if part.strip())
        return await self._event(inbound.with_text(sent.said, words)) if words else None

    async def _on_home(self, body: Body) -> None:
        sender = inbound.who_opened(body)
        if sender is None:
            return
        if text_at(body, "event", "tab") == "messages":
            self._beside(self._home.suggest(sender, text_at(body, "event", "channel")))
        else:
            self._beside(self._home.draw(sender))

    def _begin(self, taken: AnyInbound, back: Back) -> None:
        """Answer it as soon as Slack has its acknowledgement."""
        to = spot(taken, back)

        async def speak(effects: Effects) -> None:
            await self._speaker.speak(to, effects)

        def start() -> None:
            turn = self._reception.begin(taken, speak)
            turn.add_done_callback(lambda _: self._home.soon(taken.sender) if self._bolt else None)

        once_acknowledged(start)

    async def _later(self, answer: Answer) -> bool:
        return await self._speaker.later(answer)

    def _aside(self, to: Spot, words: str) -> None:
        """Say something that no turn said; nobody repeats it if it is lost."""

        async def tell() -> None:
            try:
                await self._speaker.say(to, message(words), f"{to.event_id}:aside")
            except Exception as problem:  # whatever an SDK raises
                _log.warning("a word aside could not be said: %s", type(problem).__name__)

        self._beside(tell())

    def _beside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)


class _Stranger(Exception):
    """Nobody is known by that account."""
