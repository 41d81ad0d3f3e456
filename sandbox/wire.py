"""Messages, members and updates as the Bot API words them, for one bot."""

from typing import Any

from sandbox import media
from sandbox.model import Bot, Chat, Json, Member, Message, Poll, User

PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info", "can_invite_users",
    "can_pin_messages", "can_manage_topics",
)  # fmt: skip
ADMIN_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_pin_messages", "can_manage_topics", "can_manage_tags", "can_send_welcome_messages",
)  # fmt: skip
DEFAULT_PERMISSIONS = dict.fromkeys(PERMISSIONS, True) | dict.fromkeys(
    ("can_change_info", "can_pin_messages", "can_manage_topics", "can_edit_tag"), False
)
FULL_RIGHTS = dict.fromkeys(ADMIN_RIGHTS, True)


def message_wire(message: Message, bot: Bot, *, with_reply: bool = True) -> Json:
    """Return the Message object; the message it replies to is included one level deep."""
    chat = message.chat
    wire: Json = {
        "message_id": 0 if message.receiver else message.id,
        "from": message.sender.wire(),
        "chat": chat.wire(),
        "date": message.date,
    }
    _add_sender_tag(wire, message)
    if message.receiver is not None:
        wire |= {"ephemeral_message_id": message.id, "receiver_user": message.receiver.wire()}
    if message.forward_origin is not None:
        wire["forward_origin"] = message.forward_origin
    if with_reply and message.reply_to is not None and (origin := chat.messages.get(message.reply_to)):
        wire["reply_to_message"] = message_wire(origin, bot, with_reply=False)
        if message.quote is not None:
            wire["quote"] = message.quote
    if message.edited_at is not None:
        wire["edit_date"] = message.edited_at
    if message.group_id is not None:
        wire["media_group_id"] = message.group_id
    if message.protected:
        wire["has_protected_content"] = True
    if message.effect is not None:
        wire["effect_id"] = message.effect
    _add_content(wire, message, bot)
    if message.markup is not None and message.sender is bot.user:
        wire["reply_markup"] = message.markup
    return wire


def _add_sender_tag(wire: Json, message: Message) -> None:
    member = message.chat.members.get(message.sender.id)
    if member is not None and member.tag:
        wire["sender_tag"] = member.tag


def _add_content(wire: Json, message: Message, bot: Bot) -> None:
    if message.file is not None:
        wire |= media.wire(bot, message.file)
    if message.poll is not None:
        wire["poll"] = poll_wire(message.poll)
    pinned = message.body.get("pinned_message")
    if isinstance(pinned, Message):
        wire["pinned_message"] = message_wire(pinned, bot, with_reply=False)
    else:
        wire |= message.body


def poll_wire(poll: Poll) -> Json:
    """Return the Poll object with the votes counted."""
    options = [
        {**option, "voter_count": sum(index in chosen for chosen in poll.votes.values())}
        for index, option in enumerate(poll.wire["options"])
    ]
    counted = {"options": options, "total_voter_count": len(poll.votes), "is_closed": poll.closed}
    return {**poll.wire, **counted}


def member_wire(member: Member) -> Json:
    """Return the ChatMember object of the right kind."""
    wire: Json = {"status": member.status, "user": member.user.wire()}
    if member.status == "creator":
        wire["is_anonymous"] = False
    elif member.status == "administrator":
        wire |= {"can_be_edited": False, "is_anonymous": False}
        wire |= {right: member.rights.get(right, False) for right in ADMIN_RIGHTS}
    elif member.status == "restricted":
        wire |= {"is_member": member.rights.get("is_member", True), "until_date": member.until_date}
        wire |= {right: member.rights.get(right, False) for right in PERMISSIONS}
    elif member.status == "kicked":
        wire["until_date"] = member.until_date
    if member.custom_title and member.is_admin:
        wire["custom_title"] = member.custom_title
    if member.tag and member.status in ("member", "restricted"):
        wire["tag"] = member.tag
    return wire


def member_update(chat: Chat, by: User, date: int, old: Json, new: Json) -> Json:
    """Return the ChatMemberUpdated object."""
    return {"chat": chat.wire(), "from": by.wire(), "date": date, "old_chat_member": old, "new_chat_member": new}


def full_chat(chat: Chat, bot: Bot) -> Json:
    """Return the ChatFullInfo object of getChat."""
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    wire = {**chat.wire(), "accent_color_id": chat.id % 7, "max_reaction_count": 11, "accepted_gift_types": gifts}
    if chat.description:
        wire["description"] = chat.description
    if chat.pinned:
        wire["pinned_message"] = message_wire(chat.messages[chat.pinned[-1]], bot, with_reply=False)
    if not chat.private:
        wire["permissions"] = {right: chat.permissions.get(right, False) for right in PERMISSIONS}
    return wire


def own_account(bot: Bot) -> dict[str, Any]:
    """Return the User object of getMe."""
    return {
        **bot.user.wire(),
        "can_join_groups": True,
        "can_read_all_group_messages": bot.reads_all,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
