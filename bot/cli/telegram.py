"""Asks the Bot API who the bot is, without the weight of the bot itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError

from bot.config import Settings

PATIENCE_S = 10
_AWAY = (aiohttp.ClientError, ProxyError, ProxyConnectionError, ProxyTimeoutError, OSError)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: `username` is empty where the token was refused, `error` tells why nothing came at all."""

    username: str = ""
    server_time: datetime | None = None
    error: str = ""

    @property
    def reached(self) -> bool:
        """Whether anybody answered."""
        return not self.error


async def ask_who_i_am(settings: Settings) -> Reply:
    """Call getMe once."""
    address = f"{settings.bot_api_base}/bot{settings.bot_token.get_secret_value()}/getMe"
    timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, connector=_connector(settings.bot_proxy)) as session,
            session.get(address) as response,
        ):
            body = await response.json(content_type=None)
            username = str(body["result"]["username"]) if response.status == 200 else ""
            return Reply(username, _instant(response.headers.get("Date", "")))
    except (*_AWAY, ValueError, KeyError, TypeError) as error:
        return Reply(error=type(error).__name__)


def _connector(proxy: str) -> aiohttp.BaseConnector | None:
    """The way that the bot itself takes; aiohttp's own knows no SOCKS."""
    return ProxyConnector.from_url(proxy) if proxy else None


def _instant(date_header: str) -> datetime | None:
    try:
        return parsedate_to_datetime(date_header).astimezone(UTC)
    except ValueError:
        return None
