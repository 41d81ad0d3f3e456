"""A message, a chat, a person as the people of the sandbox see them: the JSON of the desk."""

from datetime import UTC, datetime
from typing import Any

from sandbox import rich
from sandbox.model import Bot, Chat, Json, Message, User
from sandbox.taps import Query
from sandbox.wire import poll_wire
from sandbox.world import World

EXCERPT = 80
QUOTED = 24


def see_message(message: Message, person: User) -> Json:
    """Return the message as this person sees it."""
    chat, body = message.chat, message.body
    return {
        "message_id": message.id,
        "chat": chat.key(),
        "date": message.date,
        "edited_at": message.edited_at,
        "sender": _sender(message),
        "outgoing": message.sender is person,
        "kind": message.kind,
        "text": rich.plain(body["rich_message"]["blocks"]) if message.kind == "rich" else body.get("text"),
        "caption": body.get("caption"),
        "entities": body.get("entities") or body.get("caption_entities") or [],
        **_attachment(message),
        "poll": _poll(message, person),
        "rich": body.get("rich_message"),
        "service": service_sentence(message) if message.kind == "service" else None,
        "buttons": [[_button(wire) for wire in row] for row in (message.markup or {}).get("inline_keyboard", ())],
        "reply_to": _reply(message),
        "forwarded_from": _forwarded_from(message),
        "media_group_id": message.group_id,
        "pinned": message.id in chat.pinned,
        "protected": message.protected,
        "silent": message.silent,
        "ephemeral": message.receiver is not None,
        "effect": message.effect,
        "reactions": _reactions(message, person),
        "spoiler": bool(body.get("has_media_spoiler")),
        "link_preview": not body.get("link_preview_options", {}).get("is_disabled", False),
    }


def _sender(message: Message) -> Json:
    member = message.chat.members.get(message.sender.id)
    tag = (member.custom_title or member.tag) if member is not None else None
    return {
        "user_id": message.sender.id,
        "name": message.sender.first_name,
        "is_bot": message.sender.is_bot,
        "tag": tag,
    }


def _attachment(message: Message) -> Json:
    file = message.file
    shown: Json = {"photo": None, "document": None, "sticker": None}
    if file is None:
        return shown
    base = {"file_id": file.unique_id, "url": f"/sim/files/{file.unique_id}"}
    if file.kind == "photo":
        return {**shown, "photo": {**base, "width": file.width, "height": file.height}}
    if file.kind == "sticker":
        return {**shown, "sticker": {"emoji": file.name}}
    return {**shown, "document": {**base, "name": file.name, "mime": file.mime, "size": len(file.data)}}


def _poll(message: Message, person: User) -> Json | None:
    if message.poll is None:
        return None
    return {**poll_wire(message.poll), "mine": message.poll.votes.get(person.id, [])}


def _button(wire: Json) -> Json:
    url = wire.get("url") or (wire.get("web_app") or wire.get("login_url") or {}).get("url")
    kinds = {
        "disabled": "disabled",
        "callback_data": "callback",
        "url": "url",
        "login_url": "url",
        "web_app": "web_app",
        "copy_text": "copy",
    }
    kind = next((kind for name, kind in kinds.items() if wire.get(name) is not None), None)
    if kind is None:
        kind = "switch" if any(name.startswith("switch") for name in wire) else "other"
    return {
        "label": wire["text"],
        "kind": kind,
        "data": wire.get("callback_data"),
        "url": url,
        "copy": (wire.get("copy_text") or {}).get("text"),
        "style": wire.get("style"),
        "disabled": wire.get("disabled") is not None,
    }


def _reply(message: Message) -> Json | None:
    if message.reply_to is None:
        return None
    origin = message.chat.messages.get(message.reply_to)
    if origin is None:
        return {"message_id": message.reply_to, "name": "", "text": ""}
    quoted = (message.quote or {}).get("text")
    return {"message_id": origin.id, "name": origin.sender.first_name, "text": quoted or excerpt(origin)}


def _forwarded_from(message: Message) -> str | None:
    origin = message.forward_origin
    return str(origin["sender_user"]["first_name"]) if origin else None


def _reactions(message: Message, person: User) -> list[Json]:
    counted: dict[str, Json] = {}
    for user_id, reactions in message.reactions.items():
        for reaction in reactions:
            shown = counted.setdefault(reaction["emoji"], {"emoji": reaction["emoji"], "count": 0, "mine": False})
            shown["count"] += 1
            shown["mine"] = shown["mine"] or user_id == person.id
    return list(counted.values())


def shortened(line: str) -> str:
    """Return a line that is short enough to be quoted within another."""
    return line if len(line) <= QUOTED else f"{line[: QUOTED - 1].rstrip()}…"


def excerpt(message: Message) -> str:
    """Return one line that stands for the message in lists."""
    words = message.body.get("text") or message.body.get("caption")
    if message.kind == "rich":
        words = rich.plain(message.body["rich_message"]["blocks"])
    if message.poll is not None:
        words = message.poll.wire["question"]
    if message.kind == "service":
        words = service_sentence(message)
    if not words and message.file is not None:
        words = message.file.name if message.kind in ("document", "sticker") else ""
    line = " ".join((words or "").split())
    prefix = {"photo": "[photo] ", "document": "[file] ", "poll": "[poll] "}.get(message.kind, "")
    return f"{prefix}{line}"[:EXCERPT].strip()


def service_sentence(message: Message) -> str:
    """Return what a service message tells."""
    body, who = message.body, message.sender.first_name
    if "pinned_message" in body:
        return f"{who} pinned “{shortened(excerpt(body['pinned_message']))}”"
    if "new_chat_members" in body:
        names = ", ".join(user["first_name"] for user in body["new_chat_members"])
        return f"{who} joined the group" if names == who else f"{who} added {names}"
    if "left_chat_member" in body:
        name = body["left_chat_member"]["first_name"]
        return f"{who} left the group" if name == who else f"{who} removed {name}"
    if "new_chat_title" in body:
        return f"{who} named the group “{body['new_chat_title']}”"
    if "migrate_to_chat_id" in body or "migrate_from_chat_id" in body:
        return "The group became a supergroup"
    return f"{who} created the group"


def see_chat(chat: Chat, person: User) -> Json:
    """Return the chat's line in this person's list."""
    last = chat.newest_for(person)
    seen: Json = {
        "key": chat.key(),
        "chat_id": chat.id,
        "kind": chat.kind,
        "title": chat.bot.user.first_name if chat.bot is not None else chat.title,
        "started": chat.started or not chat.private,
        "blocked": chat.blocked,
        "unread": chat.unread.get(person.id, 0),
        "last": last
        and {"message_id": last.id, "date": last.date, "text": excerpt(last), "outgoing": last.sender is person},
    }
    if not chat.private:
        member = chat.members.get(person.id)
        seen["members"] = sum(one.inside for one in chat.members.values())
        seen["inside"] = member is not None and member.inside
        if chat.migrated_to is not None:
            seen["migrated_to"] = chat.migrated_to
    return seen


def see_person(world: World, person: User) -> Json:
    """Return the person with the chats that have something in them."""
    chats = [see_chat(chat, person) for chat in world.chats_of.get(person.id, {}).values()]
    return {
        "user_id": person.id,
        "name": person.first_name,
        "username": person.username,
        "language": person.language,
        "tags": person.tags,
        "start_link": person.start_link,
        "deactivated": person.deactivated,
        "unread": sum(chat["unread"] for chat in chats),
        "chats": chats,
    }


def see_group(chat: Chat) -> Json:
    """Return the group with its members."""
    members = [
        {
            "user_id": member.user.id,
            "name": member.user.first_name,
            "is_bot": member.user.is_bot,
            "status": member.status,
            "tag": member.tag,
            "custom_title": member.custom_title,
            "rights": sorted(name for name, granted in member.rights.items() if granted),
        }
        for member in chat.members.values()
    ]
    seen = {"chat_id": chat.id, "kind": chat.kind, "title": chat.title, "pinned": chat.pinned, "members": members}
    return seen if chat.migrated_to is None else {**seen, "migrated_to": chat.migrated_to}


def see_commands(bot: Bot, chat: Chat, person: User) -> list[Json]:
    """Return the command menu that this person gets in this chat, by Telegram's order of scopes."""
    language = (person.language or "")[:2]
    for scope in _scopes(chat, person):
        for spoken in (language, ""):
            if commands := bot.commands.get((scope, spoken)):
                return commands
    return []


def _scopes(chat: Chat, person: User) -> list[str]:
    if chat.private:
        return [f"chat:{chat.id}", "all_private_chats", "default"]
    member = chat.members.get(person.id)
    admin = member is not None and member.is_admin
    return [
        f"chat_member:{chat.id}:{person.id}",
        *([f"chat_administrators:{chat.id}"] if admin else []),
        f"chat:{chat.id}",
        *(["all_chat_administrators"] if admin else []),
        "all_group_chats",
        "default",
    ]


def see_tap(query: Query) -> Json:
    """Return the tap with who tapped."""
    return {**query.wire(), "person": query.person.id}


def instant(unix: int | None) -> Any:
    """Return Unix seconds as an aware instant."""
    return None if unix is None else datetime.fromtimestamp(unix, UTC)
