"""People and groups at the other end of HTTP, with the verbs of those in process."""

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.client import SandboxClient

Json = dict[str, Any]


class DeskError(Exception):
    """The desk said no; `field` names what was wrong, `status` is the HTTP status."""

    def __init__(self, sentence: str, field: str | None, status: int) -> None:
        super().__init__(sentence)
        self.field = field
        self.status = status


@dataclass(frozen=True, slots=True)
class RemoteAnswer:
    """What the bot answered to a tap."""

    text: str
    alert: bool
    url: str


@dataclass(frozen=True, slots=True)
class RemoteTap:
    """What came of a tap; `answer` is None while the bot has not answered."""

    message_id: int
    data: str
    answered: bool
    answer: RemoteAnswer | None


class RemotePerson:
    """Somebody with a phone, at the other end of HTTP."""

    def __init__(self, client: "SandboxClient", user_id: int, name: str) -> None:
        self._client = client
        self.user_id = user_id
        self.chat_id = user_id
        self.name = name

    async def _post(self, verb: str, **body: Any) -> Json:
        return await self._client.call("POST", f"persons/{self.user_id}/{verb}", body)

    async def says(self, text: str, to: Any = None, *, replies: Any = None, edits_message: Any = None) -> Json:
        """Send a text, or change one; return the message."""
        reply_to = None if replies is None else _number(replies)
        edit = None if edits_message is None else _number(edits_message)
        return await self._post("messages", text=text, chat=_key(to), reply_to=reply_to, edit=edit)

    async def edits(self, message: Any, text: str, to: Any = None) -> Json:
        """Change the text of one's own message."""
        return await self.says(text, to, edits_message=message)

    async def sends_photo(self, *pictures: bytes, caption: str = "", album: bool = False, to: Any = None) -> Json:
        """Send pictures: together as an album, or one after the other; return the first message."""
        coded = [base64.b64encode(picture).decode() for picture in pictures]
        batches = [coded] if album else [[one] for one in coded]
        sent = [await self._post("photos", photos=batch, caption=caption, chat=_key(to)) for batch in batches]
        first: Json = sent[0]["messages"][0]
        return first

    async def sends_document(
        self, data: bytes, name: str = "file.pdf", *, caption: str = "", mime: str = "", to: Any = None
    ) -> Json:
        """Send a file."""
        coded = base64.b64encode(data).decode()
        return await self._post("documents", data=coded, name=name, mime=mime, caption=caption, chat=_key(to))

    async def sends_sticker(self, emoji: str = "👍", *, to: Any = None) -> Json:
        """Send a sticker."""
        return await self._post("stickers", emoji=emoji, chat=_key(to))

    async def forwards(self, message: Any, to: Any = None, *, from_: Any = None) -> Json:
        """Forward a message of the chat `from_` to the chat `to`."""
        return await self._post("forwards", message_id=_number(message), from_chat=_key(from_), chat=_key(to))

    async def taps(
        self,
        label: str | None = None,
        *,
        data: str | bytes | None = None,
        on: Any = None,
        to: Any = None,
        wait: float = 5.0,
    ) -> RemoteTap:
        """Press a button by its label, or send any data from any message; return when the bot has answered.

        A button that is not there yet is waited for, up to `wait` seconds.
        """
        body: Json = {"label": label, "chat": _key(to), "wait": wait}
        if data is not None:
            raw = data if isinstance(data, bytes) else data.encode()
            body |= {"data": ""} if not raw else {"data_base64": base64.b64encode(raw).decode()}
            on = on if on is not None else (await self.last(to))["message_id"]
        if on is not None:
            body["message_id"] = _number(on)
        try:
            tap = await self._post("taps", **body)
        except DeskError as error:
            if error.field == "label":
                raise AssertionError(f"{error} “{label}”:\n{await self.screen(to)}") from error
            raise
        answer = RemoteAnswer(**tap["answer"]) if tap["answer"] else None
        return RemoteTap(tap["message_id"], tap["data"], tap["answered"], answer)

    async def votes(self, message: Any, *options: int, to: Any = None) -> Json:
        """Choose in a poll by index."""
        return await self._post("votes", message_id=_number(message), options=list(options), chat=_key(to))

    async def reacts(self, message: Any, emoji: str | None, to: Any = None) -> Json:
        """Put a reaction on a message; None takes it away."""
        return await self._post("reactions", message_id=_number(message), emoji=emoji, chat=_key(to))

    async def reads(self, to: Any = None) -> None:
        """Look at the chat: nothing in it is unread any more."""
        await self._post("read", chat=_key(to))

    async def blocks(self, bot: int | None = None) -> None:
        """Block the bot."""
        await self._post("block", bot=bot)

    async def unblocks(self, bot: int | None = None) -> None:
        """Unblock the bot."""
        await self._post("unblock", bot=bot)

    async def deactivates(self) -> None:
        """Delete the account."""
        await self._client.call("PATCH", f"persons/{self.user_id}", {"deactivated": True})

    async def sees(self, text: str, timeout_s: float = 3.0, *, to: Any = None) -> None:
        """Wait until the newest screen holds the text; AssertionError that prints the screen if it does not."""
        answer = await self._client.call(
            "GET", f"persons/{self.user_id}/sees", text=text, timeout=timeout_s, chat=_key(to)
        )
        if not answer["seen"]:
            raise AssertionError(f"“{text}” is not on the screen:\n{answer['screen']}")

    async def sees_not(self, text: str, *, to: Any = None) -> None:
        """Make sure that the screen does not hold the text once the bot has come to rest."""
        answer = await self._client.call("GET", f"persons/{self.user_id}/sees", text=text, absent="true", chat=_key(to))
        if answer["seen"]:
            raise AssertionError(f"“{text}” is on the screen:\n{answer['screen']}")

    async def screen(self, to: Any = None) -> str:
        """Return the chat as readable text."""
        return str((await self._client.call("GET", f"persons/{self.user_id}/screen", chat=_key(to)))["screen"])

    async def messages(self, to: Any = None, limit: int = 500) -> list[Json]:
        """Return the newest messages of a chat, the oldest first."""
        key = _key(to)
        if key is None:
            key = (await self._client.call("GET", "bots"))["bots"][0]["id"]
        found = await self._client.call("GET", f"persons/{self.user_id}/chats/{key}", limit=limit)
        messages: list[Json] = found["messages"]
        return messages

    async def last(self, to: Any = None) -> Json:
        """Return the newest message of a chat."""
        messages = await self.messages(to, limit=1)
        if not messages:
            raise AssertionError("the chat is empty")
        return messages[-1]


class RemoteGroup:
    """A group chat; after a migration this is the supergroup."""

    def __init__(self, client: "SandboxClient", chat_id: int) -> None:
        self._client = client
        self.chat_id = chat_id

    async def _change(self, whom: int, action: str, **more: Any) -> None:
        await self._client.call("POST", f"groups/{self.chat_id}/members", {"user_id": whom, "action": action, **more})

    async def joins(self, person: RemotePerson, *, tag: str | None = None) -> None:
        """Let a person come in."""
        await self._change(person.user_id, "join", tag=tag)

    async def leaves(self, person: RemotePerson) -> None:
        """Let a person go."""
        await self._change(person.user_id, "leave")

    async def kicks(self, user_id: int) -> None:
        """Put a person or a bot out."""
        await self._change(user_id, "kick")

    async def promotes(self, user_id: int, **rights: bool) -> None:
        """Make a member an administrator: with these rights, or with all."""
        await self._change(user_id, "promote", rights=rights or None)

    async def demotes(self, user_id: int) -> None:
        """Make an administrator an ordinary member."""
        await self._change(user_id, "demote")

    async def migrate(self) -> int:
        """Become a supergroup; return the new id."""
        self.chat_id = (await self._client.call("POST", f"groups/{self.chat_id}/migrate"))["chat_id"]
        return self.chat_id


def _key(to: Any) -> int | None:
    """Return the chat key: of a group, of a bot's id, or nothing for the first bot."""
    if to is None or isinstance(to, int):
        return to
    return int(to.chat_id)


def _number(message: Any) -> int:
    return int(message["message_id"]) if isinstance(message, dict) else int(message)
