"""Reactions by the bot."""

from sandbox.calls import Context, Params, method
from sandbox.model import Json
from sandbox.refusals import bad_request

EMOJI = {
    "☃", "⚡", "✍", "❤", "❤\u200d🔥", "🆒", "🌚", "🌭", "🍌", "🍓", "🍾", "🎃", "🎄", "🎅", "🎉", "🏆",
    "🐳", "👀", "👌", "👍", "👎", "👏", "👨\u200d💻", "👻", "👾", "💅", "💊", "💋", "💔", "💘", "💩", "💯",
    "🔥", "🕊", "🖕", "🗿", "😁", "😇", "😈", "😍", "😎", "😐", "😘", "😡", "😢", "😨", "😭", "😱", "😴", "🙈",
    "🙉", "🙊", "🙏", "🤓", "🤔", "🤗", "🤝", "🤡", "🤣", "🤨", "🤩", "🤪", "🤬", "🤮", "🤯", "🤷",
    "🤷\u200d♀", "🤷\u200d♂", "🥰", "🥱", "🥴", "🦄", "🫡",
}  # fmt: skip


@method("setMessageReaction")
def set_message_reaction(ctx: Context, p: Params) -> bool:
    chat = ctx.writable(p["chat_id"])
    message = ctx.message(chat, p["message_id"], "message to react not found")
    reaction: list[Json] = p.get("reaction") or []
    if len(reaction) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(one["type"] != "emoji" or one["emoji"] not in EMOJI for one in reaction) or message.kind == "service":
        raise bad_request("REACTION_INVALID")
    if reaction:
        message.reactions[ctx.bot.id] = reaction
    else:
        message.reactions.pop(ctx.bot.id, None)
    ctx.world.tell("edited", chat, message)
    return True
