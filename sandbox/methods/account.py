"""Methods about the bot itself: account, names, commands, menu button."""

import re
from collections.abc import Callable

from sandbox.calls import Context, Params, method
from sandbox.model import Json
from sandbox.refusals import bad_request
from sandbox.wire import ADMIN_RIGHTS, own_account

MAX_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_TEXTS = {"Name": ("name", 64), "Description": ("description", 512), "ShortDescription": ("short_description", 120)}


@method("getMe")
def get_me(ctx: Context, _: Params) -> Json:
    return own_account(ctx.bot)


@method("setMyCommands")
def set_my_commands(ctx: Context, p: Params) -> bool:
    key = _scope_key(ctx, p)
    commands: list[Json] = p["commands"]
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command)
    ctx.bot.commands[key] = [{**command, "command": command["command"].removeprefix("/")} for command in commands]
    ctx.world.tell("commands")
    return True


@method("getMyCommands")
def get_my_commands(ctx: Context, p: Params) -> list[Json]:
    return ctx.bot.commands.get(_scope_key(ctx, p), [])


@method("deleteMyCommands")
def delete_my_commands(ctx: Context, p: Params) -> bool:
    ctx.bot.commands.pop(_scope_key(ctx, p), None)
    ctx.world.tell("commands")
    return True


def _check_command(command: Json) -> None:
    if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    description = command["description"].strip()
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > 256:
        raise bad_request("command description length must not exceed 256")


def _scope_key(ctx: Context, p: Params) -> tuple[str, str]:
    """Return the key under which commands of this scope and language are kept."""
    scope = p.get("scope") or {"type": "default"}
    name = str(scope["type"])
    if "chat_id" in scope:
        name += f":{ctx.chat(str(scope['chat_id'])).id}"
    if "user_id" in scope:
        name += f":{scope['user_id']}"
    return name, _language(p)


def _language(p: Params) -> str:
    language: str = p.get("language_code") or ""
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("LANG_CODE_INVALID")
    return language


def _text_setter(field: str, longest: int) -> Callable[[Context, Params], bool]:
    def set_text(ctx: Context, p: Params) -> bool:
        text = (p.get(field) or "").strip()
        if len(text) > longest:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        ctx.bot.texts[field, _language(p)] = text
        if field == "name" and text and not p.get("language_code"):
            ctx.bot.user.first_name = text
        return True

    return set_text


def _text_getter(field: str) -> Callable[[Context, Params], Json]:
    def get_text(ctx: Context, p: Params) -> Json:
        text = ctx.bot.texts.get((field, _language(p))) or ctx.bot.texts.get((field, "")) or ""
        return {field: text or (ctx.bot.user.first_name if field == "name" else "")}

    return get_text


for _method, (_field, _longest) in _TEXTS.items():
    method(f"setMy{_method}")(_text_setter(_field, _longest))
    method(f"getMy{_method}")(_text_getter(_field))


@method("setChatMenuButton")
def set_chat_menu_button(ctx: Context, p: Params) -> bool:
    chat_id = ctx.chat(str(p["chat_id"])).id if p.get("chat_id") is not None else None
    button = p.get("menu_button") or {"type": "default"}
    if button["type"] == "web_app" and not button["web_app"]["url"].startswith("https://"):
        url = button["web_app"]["url"]
        raise bad_request(f"menu button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    ctx.bot.menu_buttons[chat_id] = button
    ctx.world.tell("commands")
    return True


@method("getChatMenuButton")
def get_chat_menu_button(ctx: Context, p: Params) -> Json:
    buttons = ctx.bot.menu_buttons
    own = buttons.get(ctx.chat(str(p["chat_id"])).id) if p.get("chat_id") is not None else None
    return own or buttons.get(None) or {"type": "commands"}


@method("setMyDefaultAdministratorRights")
def set_my_default_rights(ctx: Context, p: Params) -> bool:
    ctx.bot.default_rights = p.get("rights") or {}
    return True


@method("getMyDefaultAdministratorRights")
def get_my_default_rights(ctx: Context, _: Params) -> Json:
    rights = ctx.bot.default_rights
    return {"is_anonymous": False, **{name: bool(rights.get(name, False)) for name in ADMIN_RIGHTS}}
