"""The platforms that the settings name: their couriers and listeners, imported only where they are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from adapters.charts.worker import Drawing, installed
from adapters.claude.prices import unpriced
from adapters.hearing import Listener
from adapters.settings import MILLIONTHS_OF_A_CENT, Settings
from bot.chat.picture import Draw
from bot.coach import Coach
from bot.delivery.ports import Courier
from bot.turn import Unavailable
from storage.store import SqlStore

if TYPE_CHECKING:
    from adapters.slack.oauth import OAuth
    from bot.feedback.second_opinion_work import SecondOpinions

NO_PLATFORM = (
    "For Slack set PACER_SLACK_BOT_TOKEN (api.slack.com/apps, your app, OAuth & Permissions) and PACER_SLACK_APP_TOKEN "
    "(Basic Information, App-Level Tokens); for Discord PACER_DISCORD_TOKEN (discord.com/developers/applications, "
    "your application, Bot). docs/slack.md and docs/discord.md show each step. Then start `pacer run` again."
)


OPINION_SECONDS = 2.0
"""How often somebody looks for second opinions that wait."""


class Platform(Courier, Protocol):
    """A courier with a connection that can be looked at and closed."""

    async def check(self) -> tuple[bool, str]:
        """Whether the platform answers and knows our token, and one sentence about it."""

    async def close(self) -> None:
        """Close what is open."""


def slack_oauth(settings: Settings, store: SqlStore, now: Callable[[], datetime]) -> OAuth | None:
    """Installing in many Slack workspaces, if a client id and secret are set."""
    if not (settings.slack_client_id and settings.slack_client_secret):
        return None
    with needing("slack"):
        from adapters.slack.oauth import open_oauth
    return open_oauth(
        store.installations,
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret,
        address=None,
        api_url=settings.slack_api_url,
        now=now,
    )


def drawing() -> Drawing | None:
    """What draws charts as pictures; None where its packages are missing, and then charts are text."""
    return Drawing() if installed() else None


def platforms(
    settings: Settings, oauth: OAuth | None = None, draw: Draw | None = None
) -> dict[str, Platform]:
    """A courier for each platform that has a token. Raises Unavailable if its packages are missing."""
    found: dict[str, Platform] = {}
    if settings.slack_token or oauth:
        with needing("slack"):
            from adapters.slack.deliver import SlackCourier
        found["slack"] = SlackCourier(
            settings.slack_token,
            settings.slack_api_url,
            tokens=oauth.tokens.token if oauth else None,
            workspaces=oauth.tokens.workspaces if oauth else None,
            draw=draw,
        )
    if settings.discord_token:
        with needing("discord"):
            from adapters.discord.deliver import DiscordCourier
        found["discord"] = DiscordCourier(settings.discord_token, settings.discord_api_url, draw=draw)
    return found


def listeners(
    settings: Settings,
    couriers: Mapping[str, Platform],
    oauth: OAuth | None,
    coach: Coach,
    store: SqlStore,
    now: Callable[[], datetime],
    draw: Draw | None = None,
) -> dict[str, Callable[[], Listener]]:
    """What makes a listener, for each platform that we can hear on. Raises Unavailable if its packages are missing."""
    found: dict[str, Callable[[], Listener]] = {}
    if "slack" in couriers and (settings.slack_app_token or settings.slack_signing_secret):
        with needing("slack"):
            from adapters.slack.app import SlackApp
        found["slack"] = lambda: SlackApp(
            couriers["slack"],
            coach,
            store,
            bot_token=settings.slack_token,
            app_token=settings.slack_app_token,
            signing_secret=settings.slack_signing_secret,
            api_url=settings.slack_api_url,
            address=settings.slack_address,
            oauth=oauth,
            draw=draw,
            now=now,
        )
    if "discord" in couriers:
        with needing("discord"):
            from adapters.discord.app import DiscordApp
        found["discord"] = lambda: DiscordApp(
            couriers["discord"],
            coach,
            store,
            token=settings.discord_token or "",
            api_url=settings.discord_api_url,
            gateway_url=settings.discord_gateway_url,
            now=now,
            draw=draw,
        )
    return found


def second_opinions(
    settings: Settings, store: SqlStore, now: Callable[[], datetime]
) -> SecondOpinions | None:
    """What gives the second opinions that wait, within the caps, if there is a key. Raises Unavailable."""
    if not settings.anthropic_key:
        return None
    if why := unpriced(settings.claude_model):
        raise Unavailable(why)
    with needing("claude"):
        from adapters.claude.reviewer import ClaudeReviewer
    from bot.content.shipped import shipped
    from bot.feedback.second_opinion_work import Caps, SecondOpinions
    from storage.opinions import SqlWaiting
    from storage.purse import SqlPurse

    claude = ClaudeReviewer(
        settings.anthropic_key, model=settings.claude_model, base_url=settings.anthropic_base_url
    )
    caps = Caps(*(cents * MILLIONTHS_OF_A_CENT for cents in settings.claude_caps))
    waiting, purse = SqlWaiting(store.engine), SqlPurse(store.engine)
    return SecondOpinions(store, waiting, purse, claude, caps, shipped(settings.cache), now)


@contextmanager
def needing(extra: str) -> Iterator[None]:
    """Imports that only an extra brings. Raises Unavailable with the way to it."""
    try:
        yield
    except ModuleNotFoundError as absent:
        raise Unavailable(
            f"A package of the extra `{extra}` is missing. Install it: `pip install -e '.[{extra}]'`, "
            "or with its hashes from requirements-run.lock."
        ) from absent
