"""Methods that send: text, pictures, documents, albums, rich messages, and the hint that something is on its way."""

import asyncio
import re
from collections.abc import Callable

from sandbox import media, rich
from sandbox.calls import Context, Params, method
from sandbox.methods.outgoing import caption, check_mentions, post, refuse_what_is_not_here, sent, target
from sandbox.model import File, Json
from sandbox.refusals import Refusal, bad_request
from sandbox.text import message_text

ACTION_LASTS_S = 5.0
MIN_ALBUM, MAX_ALBUM = 2, 10
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note", "cancel",
}  # fmt: skip
_ALBUM_KINDS = {"photo": "visual", "video": "visual", "document": "document", "audio": "audio"}
_URL = re.compile(r"https?://[^\s/?#.]+\.\S+")


@method("sendMessage")
def send_message(ctx: Context, p: Params) -> Json:
    chat = target(ctx, p)
    ctx.need_permission(chat, "can_send_messages", "not enough rights to send text messages to the chat")
    text = check_mentions(ctx, message_text(p["text"], p.get("parse_mode"), p.get("entities")))
    return sent(ctx, post(ctx, chat, p, "text", {**text.wire("text", "entities"), **link_preview(p)}))


def link_preview(p: Params) -> Json:
    """Return the link preview options as a message echoes them."""
    options = p.get("link_preview_options")
    if options is None and p.get("disable_web_page_preview"):
        options = {"is_disabled": True}
    if not options:
        return {}
    if options.get("url") and not _URL.fullmatch(options["url"]):
        raise bad_request("WEBPAGE_URL_INVALID")
    return {"link_preview_options": options}


@method("sendRichMessage")
def send_rich_message(ctx: Context, p: Params) -> Json:
    chat = target(ctx, p)
    ctx.need_permission(chat, "can_send_messages", "not enough rights to send text messages to the chat")
    return sent(ctx, post(ctx, chat, p, "rich", {"rich_message": rich.accept(p["rich_message"])}))


def _send_file(kind: str, permission: str, words: str) -> Callable[[Context, Params], Json]:
    def send(ctx: Context, p: Params) -> Json:
        chat = target(ctx, p)
        ctx.need_permission(chat, permission, f"not enough rights to send {words} to the chat")
        file = media.take(ctx.world, ctx.bot, kind, p[kind])
        return sent(ctx, post(ctx, chat, p, kind, caption(ctx, p) if kind != "sticker" else {}, file=file))

    return send


for _name, _kind, _permission, _words in (
    ("sendPhoto", "photo", "can_send_photos", "photos"),
    ("sendDocument", "document", "can_send_documents", "documents"),
    ("sendVideo", "video", "can_send_videos", "videos"),
    ("sendAudio", "audio", "can_send_audios", "music"),
    ("sendVoice", "voice", "can_send_voice_notes", "voice notes"),
    ("sendAnimation", "animation", "can_send_other_messages", "animations"),
    ("sendSticker", "sticker", "can_send_other_messages", "stickers"),
):
    method(_name)(_send_file(_kind, _permission, _words))


@method("sendMediaGroup")
def send_media_group(ctx: Context, p: Params) -> list[Json]:
    chat = target(ctx, p)
    items: list[Json] = p["media"]
    check_album(items)
    for item in items:
        ctx.need_permission(chat, f"can_send_{item['type']}s", f"not enough rights to send {item['type']}s to the chat")
    # All or nothing: every file and caption is looked at before the first message stands in the chat.
    ready = [(item, _take_item(ctx, item, position), caption(ctx, item)) for position, item in enumerate(items, 1)]
    group_id = str(13_000_000_000_000_000 + ctx.world.number())
    return [
        sent(ctx, post(ctx, chat, p, item["type"], body, file=file, group_id=group_id)) for item, file, body in ready
    ]


def _take_item(ctx: Context, item: Json, position: int) -> File:
    """Return the item's file; what Telegram's servers refuse is reported with the item's position."""
    try:
        return media.take(ctx.world, ctx.bot, item["type"], item["media"])
    except Refusal as refusal:
        error = refusal.description.removeprefix("Bad Request: ")
        if not error.isupper():
            raise
        raise bad_request(f'failed to send message #{position} with the error message "{error}"') from refusal


def check_album(items: list[Json]) -> None:
    """Refuse albums that are too short, too long or mixed."""
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) < MIN_ALBUM:
        raise bad_request("media group must include 2-10 items")
    if len(items) > MAX_ALBUM:
        raise bad_request("too many messages to send as an album")
    kinds = {_ALBUM_KINDS.get(item["type"]) for item in items}
    if None in kinds:
        raise bad_request("type of the media can't be used in the media group")
    if len(kinds) > 1:
        other = "document" if "document" in kinds else "audio"
        raise bad_request(f"{other} can't be mixed with other media types")
    if len({bool(item.get("show_caption_above_media")) for item in items}) > 1:
        raise bad_request("parameter show_caption_above_media must be the same for all messages")


@method("sendChatAction")
def send_chat_action(ctx: Context, p: Params) -> bool:
    refuse_what_is_not_here(p)
    chat = ctx.writable(p["chat_id"])
    if p["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    lasts_s = 0.0 if p["action"] == "cancel" else ACTION_LASTS_S
    chat.action = (p["action"], asyncio.get_running_loop().time() + lasts_s)
    ctx.world.tell("typing", chat, data=p["action"])
    return True
