"""Methods that send again what is there: copies and forwards."""

from typing import Any

from sandbox.calls import Context, Params, method
from sandbox.methods.outgoing import caption, post, sent, target
from sandbox.model import Chat, Json, Message
from sandbox.refusals import Refusal, bad_request

MAX_AT_ONCE = 100


@method("forwardMessage")
def forward_message(ctx: Context, p: Params) -> Json:
    chat = target(ctx, p)
    origin = _origin(ctx, p, p["message_id"], "forward")
    return sent(ctx, _forward(ctx, chat, p, origin))


@method("forwardMessages")
def forward_messages(ctx: Context, p: Params) -> list[Json]:
    chat = target(ctx, p)
    return [{"message_id": _forward(ctx, chat, p, origin).id} for origin in _origins(ctx, p, "forward")]


@method("copyMessage")
def copy_message(ctx: Context, p: Params) -> Json:
    chat = target(ctx, p)
    origin = _origin(ctx, p, p["message_id"], "copy")
    body = origin.body
    if p.get("caption") is not None and origin.file is not None:
        body = caption(ctx, p)
    return {"message_id": _copy(ctx, chat, p, origin, body).id}


@method("copyMessages")
def copy_messages(ctx: Context, p: Params) -> list[Json]:
    chat = target(ctx, p)
    return [{"message_id": _copy(ctx, chat, p, one, one.body).id} for one in _origins(ctx, p, "copy")]


def _origin(ctx: Context, p: Params, message_id: int, verb: str) -> Message:
    source = ctx.chat(p["from_chat_id"])
    origin = ctx.message(source, message_id, f"message to {verb} not found")
    if origin.protected or origin.kind == "service":
        raise bad_request(f"the message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return origin


def _origins(ctx: Context, p: Params, verb: str) -> list[Message]:
    numbers: list[int] = p["message_ids"]
    if not 1 <= len(numbers) <= MAX_AT_ONCE or numbers != sorted(set(numbers)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    found = []
    for number in numbers:
        try:
            found.append(_origin(ctx, p, number, verb))
        except Refusal:
            continue
    if not found:
        raise bad_request("there are no messages to forward")
    return found


def _forward(ctx: Context, chat: Chat, p: Params, origin: Message) -> Message:
    return post(
        ctx, chat, p, origin.kind, origin.body, file=origin.file, poll=origin.poll, forward_origin=origin_of(origin)
    )


def origin_of(message: Message) -> Json:
    """Return the MessageOrigin object of a forward."""
    if message.forward_origin is not None:
        return message.forward_origin
    return {"type": "user", "sender_user": message.sender.wire(), "date": message.date}


def _copy(ctx: Context, chat: Chat, p: Params, origin: Message, body: dict[str, Any]) -> Message:
    if origin.poll is not None:
        raise bad_request("the message can't be copied")
    return post(ctx, chat, p, origin.kind, body, file=origin.file)
