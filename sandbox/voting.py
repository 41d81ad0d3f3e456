"""Votes and reactions of people, and polls whose time is over."""

from collections.abc import Sequence

from sandbox.acts import enter, find_message, queue
from sandbox.model import Chat, Message, User
from sandbox.refusals import CannotError
from sandbox.wire import poll_wire
from sandbox.world import World


def vote(world: World, person: User, chat: Chat, message_id: int, options: Sequence[int]) -> Message:
    """Choose in a poll; nothing chosen takes the vote back."""
    message = find_message(chat, person, message_id)
    poll = message.poll
    if poll is None:
        raise CannotError("this message is not a poll", field="message_id", status=409)
    close_if_due(world, message)
    if poll.closed:
        raise CannotError("the poll is closed", field="message_id", status=409)
    chosen = sorted(set(options))
    if any(not 0 <= index < len(poll.wire["options"]) for index in chosen):
        raise CannotError("the poll has no such option", field="options")
    if len(chosen) > 1 and not poll.wire["allows_multiple_answers"]:
        raise CannotError("the poll takes one answer only", field="options")
    if person.id in poll.votes and not poll.wire["allows_revoting"]:
        raise CannotError("the vote cannot be changed", field="options", status=409)
    enter(world, person, chat)
    poll.votes[person.id] = chosen
    if not chosen:
        del poll.votes[person.id]
    world.tell("edited", chat, message)
    _tell_vote(world, person, message, chosen)
    return message


def _tell_vote(world: World, person: User, message: Message, chosen: list[int]) -> None:
    bot = world.bots_by_id(message.sender.id)
    if bot is None or message.poll is None:
        return
    queue(bot, "poll", poll_wire(message.poll), message.chat)
    if not message.poll.anonymous:
        named = [message.poll.wire["options"][index]["persistent_id"] for index in chosen]
        answer = {"poll_id": message.poll.wire["id"], "user": person.wire(), "option_ids": chosen}
        queue(bot, "poll_answer", {**answer, "option_persistent_ids": named}, message.chat)


def close_if_due(world: World, message: Message) -> None:
    """Close a poll whose time is over."""
    poll = message.poll
    if poll is not None and not poll.closed and poll.closes_at is not None and poll.closes_at <= world.unix():
        poll.closed = True
        world.tell("edited", message.chat, message)
        bot = world.bots_by_id(message.sender.id)
        if bot is not None:
            queue(bot, "poll", poll_wire(poll), message.chat)


def close_due_polls(world: World) -> None:
    """Close every poll whose time is over, after the clock was moved."""
    for message in world.open_polls:
        close_if_due(world, message)
    world.open_polls = [message for message in world.open_polls if message.poll and not message.poll.closed]


def react(world: World, person: User, chat: Chat, message_id: int, emoji: str | None) -> Message:
    """Put one reaction on a message, or take it away."""
    message = find_message(chat, person, message_id)
    enter(world, person, chat)
    old = message.reactions.get(person.id, [])
    new = [{"type": "emoji", "emoji": emoji}] if emoji else []
    if new:
        message.reactions[person.id] = new
    else:
        message.reactions.pop(person.id, None)
    world.tell("edited", chat, message)
    payload = {"chat": chat.wire(), "message_id": message.id, "user": person.wire(), "date": world.unix()}
    for bot in world.bots_in(chat):
        if chat.private or chat.members[bot.id].is_admin:
            queue(bot, "message_reaction", {**payload, "old_reaction": old, "new_reaction": new}, chat)
    return message
