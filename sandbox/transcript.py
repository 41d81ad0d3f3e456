"""A chat as readable text, as a person sees it: what tests wait for and failures print."""

from sandbox.model import Chat, Json, User
from sandbox.seen import see_message

NEWEST = 30


def transcript(chat: Chat, person: User) -> str:
    """Return the newest messages, the keyboard below them and the last toast."""
    messages = chat.visible_to(person, NEWEST)
    title = chat.title if chat.bot is None else f"@{chat.bot.user.username}"
    lines = [f"── {person.first_name} ↔ {title} " + "─" * 20]
    if chat.blocked:
        lines.append("(the bot is blocked)")
    for message in messages:
        lines.extend(_message_lines(see_message(message, person)))
    keyboard = chat.keyboards.get(person.id, {}).get("keyboard")
    if keyboard:
        lines.append("⌨ " + " / ".join(" ".join(f"[{key['text']}]" for key in row) for row in keyboard))
    toast = chat.toasts.get(person.id)
    if toast is not None and toast[0]:
        lines.append(f"{'‼' if toast[1] else '›'} {toast[0]}")
    return "\n".join(lines)


def _message_lines(message: Json) -> list[str]:
    if message["kind"] == "service":
        return [f"   · {message['service']} ·"]
    words = message["text"] or message["caption"] or ""
    head = f"{message['sender']['name']}{_tag(message)}: {_what(message)}{words}".rstrip()
    lines = [head.replace("\n", "\n    ") + _marks(message)]
    if message["reply_to"]:
        lines.insert(0, f"  ↩ {message['reply_to']['name']}: {message['reply_to']['text']}")
    lines.extend("    " + " ".join(_button(button) for button in row) for row in message["buttons"])
    return lines


def _tag(message: Json) -> str:
    tag = message["sender"]["tag"]
    return f" ({tag})" if tag else ""


def _what(message: Json) -> str:
    if message["photo"]:
        return f"[photo {message['photo']['width']}×{message['photo']['height']}] "
    if message["document"]:
        return f"[{message['kind']} {message['document']['name']}] "
    if message["sticker"]:
        return f"[sticker {message['sticker']['emoji']}] "
    if message["poll"]:
        options = " ".join(f"({option['text']}: {option['voter_count']})" for option in message["poll"]["options"])
        return f"[poll] {message['poll']['question']} {options}{' closed' if message['poll']['is_closed'] else ''} "
    return ""


def _button(button: Json) -> str:
    if button["disabled"]:
        return f"[~{button['label']}~]"
    return f"[{button['label']}{' ↗' if button['url'] else ''}]"


def _marks(message: Json) -> str:
    marks = [
        "edited" if message["edited_at"] else "",
        "pinned" if message["pinned"] else "",
        "only for you" if message["ephemeral"] else "",
        f"from {message['forwarded_from']}" if message["forwarded_from"] else "",
        " ".join(reaction["emoji"] for reaction in message["reactions"]),
    ]
    told = " · ".join(mark for mark in marks if mark)
    return f"  ({told})" if told else ""
