"""The people of a sandbox in another process: the same verbs, over HTTP. Needs aiohttp only."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import aiohttp

from sandbox.remote import DeskError, RemoteGroup, RemotePerson

Json = dict[str, Any]


class SandboxClient:
    """`async with SandboxClient(url) as client:` and then `zhang = await client.person("张伟")`."""

    def __init__(self, url: str, *, connections: int = 500) -> None:
        self.url = url.rstrip("/")
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=self._connections))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def call(self, verb: str, path: str, body: Json | None = None, **query: Any) -> Json:
        """Ask the desk; raises `DeskError` when it says no."""
        if self._session is None:
            raise RuntimeError("use the client with `async with`")
        asked = {name: str(value) for name, value in query.items() if value is not None}
        async with self._session.request(verb, f"{self.url}/sim/{path}", json=body, params=asked) as response:
            answer: Json = await response.json()
        if response.status >= 400:
            raise DeskError(answer["error"], answer["field"], response.status)
        return answer

    async def person(
        self,
        name: str,
        *,
        language: str = "zh-hans",
        user_id: int | None = None,
        tags: Mapping[str, str] | None = None,
        start_link: str = "",
    ) -> RemotePerson:
        """Return the person of this name or id, made if new."""
        body = {"name": name, "language": language, "user_id": user_id, "start_link": start_link}
        made = await self.call("POST", "persons", {**body, "tags": dict(tags) if tags is not None else None})
        return RemotePerson(self, made["user_id"], made["name"])

    async def group(
        self,
        title: str,
        *,
        owner: RemotePerson,
        members: Iterable[RemotePerson] = (),
        bot_rights: str | None = "administrator",
        supergroup: bool = False,
    ) -> RemoteGroup:
        """Make a group with the first bot in it."""
        body = {"title": title, "owner": owner.user_id, "members": [one.user_id for one in members]}
        made = await self.call("POST", "groups", {**body, "bot_rights": bot_rights, "supergroup": supergroup})
        return RemoteGroup(self, made["chat_id"])

    async def bot(self, token: str, username: str | None = None, name: str | None = None) -> Json:
        """Make a bot known."""
        return await self.call("POST", "bots", {"token": token, "username": username, "name": name})

    async def outbox(self, since: int = 0, **only: Any) -> list[Json]:
        """Return all calls after `since`, page by page."""
        calls: list[Json] = []
        while True:
            page = await self.call("GET", "outbox", since=since, **only)
            calls.extend(page["calls"])
            if not page["calls"]:
                return calls
            since = page["next"]

    async def deliver(self, update: Json, bot: int | None = None) -> int:
        """Hand a bot any update: forged, broken, or one it has had before."""
        return int((await self.call("POST", "updates", {"update": update, "bot": bot}))["update_id"])

    async def fault(self, **what: Any) -> None:
        """Let the next matching calls go wrong; the fields are those of `Sandbox.fault`."""
        await self.call("POST", "faults", what)

    async def limits(self, on: bool = True) -> None:
        """Switch Telegram's sending limits."""
        await self.call("POST", "limits", {"on": on})

    async def reset(self) -> None:
        """Forget everything but the bots."""
        await self.call("POST", "reset")

    async def idle(self, timeout_s: float = 5.0) -> bool:
        """Wait until all updates were confirmed and no call is under way."""
        return bool((await self.call("GET", "idle", timeout=timeout_s))["idle"])

    async def clock(self) -> Json:
        """Return the time and what is due."""
        return await self.call("GET", "clock")

    async def travel(self, to: "datetime | str") -> Json:
        """Go to an instant, or to the `"next"` due moment."""
        return await self.call("POST", "clock", {"travel_to": to if isinstance(to, str) else to.isoformat()})

    async def download(self, path: str) -> bytes:
        """Return a file by the `url` of a photo or document."""
        if self._session is None:
            raise RuntimeError("use the client with `async with`")
        async with self._session.get(f"{self.url}{path}") as response:
            response.raise_for_status()
            return await response.read()
