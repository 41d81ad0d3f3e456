"""People and groups as a Python API: `await zhang.says(...)`, `await zhang.taps(...)`, `await zhang.sees(...)`."""

import asyncio
import time
from typing import TYPE_CHECKING, Any

from sandbox import acts, groups, tapping, voting
from sandbox.model import Bot, Chat, Message, User
from sandbox.refusals import CannotError
from sandbox.schema import Upload
from sandbox.seen import see_message
from sandbox.sight import Attachment, Seen, Tap, seen_from
from sandbox.transcript import transcript
from sandbox.wire import FULL_RIGHTS
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.box import Sandbox


class Person:
    """Somebody with a phone."""

    def __init__(self, box: "Sandbox", user: User) -> None:
        self._box = box
        self.user = user

    @property
    def user_id(self) -> int:
        return self.user.id

    @property
    def chat_id(self) -> int:
        """Return the private chat's id as bots know it."""
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.first_name

    @property
    def tags(self) -> dict[str, str]:
        return self.user.tags

    def chat(self, to: "Bot | Group | str | int | None" = None) -> Chat:
        """Return the chat with a bot (its username, id or account), with a group, or with the first bot."""
        if isinstance(to, Group):
            return acts.chat_of(self._world, self.user, to.chat_id)
        if isinstance(to, Bot):
            to = to.id
        if isinstance(to, str):
            named = [bot.id for bot in self._world.bots.values() if bot.user.username == to.removeprefix("@")]
            if not named:
                raise CannotError(f"there is no bot @{to}", status=404)
            to = named[0]
        return acts.chat_of(self._world, self.user, to)

    async def says(self, text: str, to: Any = None, *, replies: Any = None, edits_message: Any = None) -> Seen:
        """Send a text, or change one; return when the update is queued."""
        chat = self.chat(to)
        if edits_message is not None:
            message = acts.edit(self._world, self.user, chat, _number(edits_message), text)
        else:
            reply_to = None if replies is None else _number(replies)
            message = acts.say(self._world, self.user, chat, text, reply_to=reply_to)
        return self._see(message)

    async def edits(self, message: Any, text: str, to: Any = None) -> Seen:
        """Change the text of one's own message."""
        return await self.says(text, to, edits_message=message)

    async def sends_photo(self, *pictures: bytes, caption: str = "", album: bool = False, to: Any = None) -> Seen:
        """Send pictures: together as an album, or one after the other; return the first message."""
        uploads = [Upload(f"photo{at}.jpg", "image/jpeg", data) for at, data in enumerate(pictures, 1)]
        chat = self.chat(to)
        if album or len(uploads) == 1:
            return self._see(acts.send_files(self._world, self.user, chat, "photo", uploads, caption=caption)[0])
        sent = [acts.send_files(self._world, self.user, chat, "photo", [one], caption=caption)[0] for one in uploads]
        return self._see(sent[0])

    async def sends_document(
        self, data: bytes, name: str = "file.pdf", *, caption: str = "", mime: str = "", to: Any = None
    ) -> Seen:
        """Send a file."""
        upload = Upload(name, mime, data)
        return self._see(
            acts.send_files(self._world, self.user, self.chat(to), "document", [upload], caption=caption)[0]
        )

    async def sends_sticker(self, emoji: str = "👍", *, to: Any = None) -> Seen:
        """Send a sticker."""
        return self._see(acts.send_sticker(self._world, self.user, self.chat(to), emoji))

    async def forwards(self, message: Any, to: Any = None, *, from_: Any = None) -> Seen:
        """Forward a message of the chat `from_` to the chat `to`."""
        return self._see(acts.forward(self._world, self.user, self.chat(from_), _number(message), self.chat(to)))

    async def taps(
        self,
        label: str | None = None,
        *,
        data: str | bytes | None = None,
        on: Any = None,
        to: Any = None,
        wait: float = 5.0,
    ) -> Tap:
        """Press a button by its label, or send any data from any message; return when the bot has answered.

        A button that is not there yet is waited for, up to `wait` seconds. A key of the reply keyboard is sent as
        text. AssertionError, with the screen, if there is no such button or it is disabled.
        """
        chat = self.chat(to)
        if data is not None:
            text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
            message = acts.find_message(chat, self.user, _number(on)) if on is not None else self._newest_of_bot(chat)
            query = tapping.press(self._world, self._box.api.taps, self.user, message, text, label=label or "")
        else:
            number = None if on is None else _number(on)
            button = await wait_for_button(self.user, chat, label or "", number, wait)
            if button is None and label and tapping.reply_key(self.user, chat, label):
                sent = await self.says(label, to)
                return Tap(sent.message_id, "", True, None)
            if button is None:
                raise AssertionError(f"no button “{label}” on the screen:\n{self.screen(to)}")
            try:
                query = tapping.tap(self._world, self._box.api.taps, self.user, button)
            except CannotError as error:
                raise AssertionError(f"{error.sentence}:\n{self.screen(to)}") from error
        if wait > 0 and query.answer is None:
            await _wait_for(query.done, wait)
        return Tap(query.message.id, query.data, query.answer is not None, query.answer)

    def _newest_of_bot(self, chat: Chat) -> Message:
        for message in reversed(chat.visible_to(self.user)):
            if message.sender.is_bot:
                return message
        raise AssertionError(f"no message of a bot in the chat:\n{transcript(chat, self.user)}")

    async def votes(self, message: Any, *options: int, to: Any = None) -> Seen:
        """Choose in a poll by index."""
        return self._see(voting.vote(self._world, self.user, self.chat(to), _number(message), options))

    async def reacts(self, message: Any, emoji: str | None, to: Any = None) -> Seen:
        """Put a reaction on a message; None takes it away."""
        return self._see(voting.react(self._world, self.user, self.chat(to), _number(message), emoji))

    async def reads(self, to: Any = None) -> None:
        """Look at the chat: nothing in it is unread any more."""
        acts.read(self._world, self.user, self.chat(to))

    async def blocks(self, bot: Any = None) -> None:
        """Block the bot."""
        acts.block(self._world, self.chat(bot))

    async def unblocks(self, bot: Any = None) -> None:
        """Unblock the bot."""
        acts.unblock(self._world, self.chat(bot))

    async def deactivates(self) -> None:
        """Delete the account: bots get 403 from now on."""
        self.user.deactivated = True
        self._world.tell("person", person=self.user)

    async def sees(self, text: str, timeout: float = 3.0, *, to: Any = None) -> None:  # noqa: ASYNC109 - a failure, no cancellation
        """Wait until the newest screen holds the text; AssertionError that prints the screen if it does not."""
        if not await self.watch(text, timeout, to=to):
            raise AssertionError(f"“{text}” is not on the screen:\n{self.screen(to)}")

    async def sees_not(self, text: str, *, to: Any = None) -> None:
        """Make sure that the screen does not hold the text once the bot has come to rest."""
        await self._box.idle()
        if text in self.screen(to):
            raise AssertionError(f"“{text}” is on the screen:\n{self.screen(to)}")

    async def watch(self, text: str, timeout_s: float, *, to: Any = None) -> bool:
        """Return whether the newest screen held the text within the time."""
        deadline = time.monotonic() + timeout_s
        while text not in self.screen(to):
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            await next_change(self.chat(to), left)
        return True

    def screen(self, to: Any = None) -> str:
        """Return the chat as readable text."""
        return transcript(self.chat(to), self.user)

    @property
    def messages(self) -> list[Seen]:
        """Return all messages of the private chat with the first bot."""
        return self.messages_in(None)

    def messages_in(self, to: Any) -> list[Seen]:
        """Return all messages of a chat, the oldest first."""
        return [self._see(message) for message in self.chat(to).visible_to(self.user)]

    @property
    def last(self) -> Seen:
        """Return the newest message of the private chat with the first bot."""
        return self.last_in(None)

    def last_in(self, to: Any) -> Seen:
        """Return the newest message of a chat."""
        newest = self.chat(to).newest_for(self.user)
        if newest is None:
            raise AssertionError(f"the chat is empty:\n{self.screen(to)}")
        return self._see(newest)

    @property
    def _world(self) -> World:
        return self._box.world

    def _see(self, message: Message) -> Seen:
        file = message.file
        attached = Attachment(file.name, file.width, file.height, file.data) if file is not None else None
        is_photo = file is not None and file.kind == "photo"
        return seen_from(
            see_message(message, self.user), attached if is_photo else None, None if is_photo else attached
        )

    def __repr__(self) -> str:
        return f"<Person {self.name} {self.user_id}>"


class Group:
    """A group chat; after a migration this is the supergroup."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self.chat = chat

    @property
    def chat_id(self) -> int:
        return self.chat.id

    @property
    def title(self) -> str:
        return self.chat.title

    async def joins(self, person: Person, *, tag: str | None = None) -> None:
        """Let a person come in."""
        groups.join(self._world, self.chat, person.user)
        if tag is not None:
            groups.set_tag(self._world, self.chat, self.chat.members[person.user_id], tag, by=self._owner)

    async def leaves(self, person: Person) -> None:
        """Let a person go."""
        groups.leave(self._world, self.chat, person.user)

    async def kicks(self, whom: "Person | Bot", by: Person | None = None) -> None:
        """Put a person or a bot out."""
        groups.kick(self._world, self.chat, whom.user, by=by.user if by else self._owner)

    async def promotes(self, whom: "Person | Bot", **rights: bool) -> None:
        """Make a member an administrator: with these rights, or with all."""
        granted = (
            {**dict.fromkeys(FULL_RIGHTS, False), "can_manage_chat": True, **rights} if rights else dict(FULL_RIGHTS)
        )
        groups.set_status(self._world, self.chat, whom.user, "administrator", by=self._owner, rights=granted)

    async def demotes(self, whom: "Person | Bot") -> None:
        """Make an administrator an ordinary member."""
        groups.set_status(self._world, self.chat, whom.user, "member", by=self._owner)

    async def adds(self, bot: Bot, *, rights: str = "member") -> None:
        """Add a bot."""
        groups.add_bot(self._world, self.chat, bot, by=self._owner, rights=rights)

    async def migrate(self) -> int:
        """Become a supergroup; return the new id."""
        self.chat = groups.migrate(self._world, self.chat)
        return self.chat.id

    @property
    def _owner(self) -> User:
        return groups.owner_of(self.chat)


async def next_change(chat: Chat, within_s: float) -> None:
    """Return when something changes in the chat, or after `within_s` seconds."""
    changed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    chat.watchers.append(changed)
    timer = asyncio.get_running_loop().call_later(within_s, _release, changed)
    try:
        await changed
    finally:
        timer.cancel()
        if changed in chat.watchers:
            chat.watchers.remove(changed)


async def wait_for_button(
    person: User, chat: Chat, label: str, message_id: int | None, within_s: float
) -> tapping.Button | None:
    """Return the button, at once or when it comes; None if it does not, or if the label is a reply key instead."""
    deadline = time.monotonic() + within_s
    while (button := tapping.find_button(person, chat, label, message_id)) is None:
        left = deadline - time.monotonic()
        if left <= 0 or tapping.reply_key(person, chat, label):
            return None
        await next_change(chat, left)
    return button


def _release(changed: asyncio.Future[None]) -> None:
    if not changed.done():
        changed.set_result(None)


async def _wait_for(event: asyncio.Event, within_s: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), within_s)
    except TimeoutError:
        return


def _number(message: Any) -> int:
    return message if isinstance(message, int) else int(message.message_id)
