"""Polls."""

from typing import Any

from sandbox.calls import Context, Params, method
from sandbox.markup import inline_keyboard
from sandbox.methods.editing import editable
from sandbox.methods.outgoing import post, sent, target
from sandbox.model import Json, Poll
from sandbox.refusals import bad_request
from sandbox.text import formatted
from sandbox.utf16 import utf16_len
from sandbox.wire import poll_wire

MAX_QUESTION = 300
MAX_OPTION = 100
MAX_OPTIONS = 12


@method("sendPoll")
def send_poll(ctx: Context, p: Params) -> Json:
    chat = target(ctx, p)
    ctx.need_permission(chat, "can_send_polls", "not enough rights to send polls to the chat")
    anonymous = p.get("is_anonymous") is not False
    question = formatted(p["question"], p.get("question_parse_mode"), p.get("question_entities"))
    if not question.text:
        raise bad_request("poll question must be non-empty")
    if utf16_len(question.text) > MAX_QUESTION:
        raise bad_request(f"poll question length must not exceed {MAX_QUESTION}")
    wire: Json = {
        "id": str(5_000_000_000_000_000_000 + ctx.world.number()),
        **question.wire("question", "question_entities"),
        "options": _options(ctx, p["options"]),
        "is_anonymous": anonymous,
        "type": p.get("type") or "regular",
        "allows_multiple_answers": bool(p.get("allows_multiple_answers")),
        "allows_revoting": p.get("allows_revoting", p.get("type") != "quiz"),
        "members_only": bool(p.get("members_only")),
        **_quiz(p),
    }
    poll = Poll(wire, anonymous, closed=bool(p.get("is_closed")))
    _set_close(ctx, p, poll)
    message = post(ctx, chat, p, "poll", {}, poll=poll)
    if poll.closes_at is not None:
        ctx.world.open_polls.append(message)
    return sent(ctx, message)


def _options(ctx: Context, given: list[Any]) -> list[Json]:
    if len(given) < 1:
        raise bad_request("poll must have at least one answer option")
    if len(given) > MAX_OPTIONS:
        raise bad_request(f"poll can't have more than {MAX_OPTIONS} options")
    options = []
    for one in given:
        option: Json = {"text": one} if isinstance(one, str) else one
        text = formatted(option["text"], option.get("text_parse_mode"), option.get("text_entities"))
        if not text.text:
            raise bad_request("poll options must be non-empty")
        if utf16_len(text.text) > MAX_OPTION:
            raise bad_request(f"poll options length must not exceed {MAX_OPTION}")
        options.append({"persistent_id": str(ctx.world.number()), **text.wire("text", "text_entities")})
    return options


def _quiz(p: Params) -> Json:
    if p.get("type") not in (None, "regular", "quiz"):
        raise bad_request("unsupported poll type specified")
    if p.get("type") != "quiz":
        return {}
    correct: list[int] = p.get("correct_option_ids") or []
    if p.get("correct_option_id") is not None:
        correct = [p["correct_option_id"]]
    if not correct:
        raise bad_request("correct quiz option list must be non-empty")
    if any(not 0 <= index < len(p["options"]) for index in correct):
        raise bad_request("wrong quiz correct_option_id")
    quiz: Json = {"correct_option_id": correct[0], "correct_option_ids": correct}
    if p.get("explanation"):
        explanation = formatted(p["explanation"], p.get("explanation_parse_mode"), p.get("explanation_entities"))
        if utf16_len(explanation.text) > 200:
            raise bad_request("poll explanation is too long")
        quiz |= explanation.wire("explanation", "explanation_entities")
    return quiz


def _set_close(ctx: Context, p: Params, poll: Poll) -> None:
    if p.get("open_period") is not None and p.get("close_date") is not None:
        raise bad_request("only one of open_period and close_date can be used")
    if p.get("open_period") is not None:
        if not 5 <= p["open_period"] <= 2_628_000:
            raise bad_request("open period is invalid")
        poll.closes_at = ctx.world.unix() + p["open_period"]
        poll.wire |= {"open_period": p["open_period"], "close_date": poll.closes_at}
    elif p.get("close_date") is not None:
        poll.closes_at = p["close_date"]
        poll.wire["close_date"] = poll.closes_at


@method("stopPoll")
def stop_poll(ctx: Context, p: Params) -> Json:
    chat = ctx.writable(p["chat_id"])
    if p["message_id"] not in chat.messages:
        raise bad_request("message with poll to stop not found")
    message = editable(ctx, p)
    if message.poll is None:
        raise bad_request("message is not a poll")
    if message.poll.closed:
        raise bad_request("poll has already been closed")
    message.poll.closed = True
    message.markup = inline_keyboard(p.get("reply_markup"))
    ctx.world.tell("edited", chat, message)
    return poll_wire(message.poll)
