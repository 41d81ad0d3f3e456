"""Which keyboards Telegram takes."""

import re
from typing import Any

from sandbox.refusals import bad_request

MAX_BUTTONS = 100
MAX_DATA_BYTES = 64
MAX_COPY = 256
STYLES = {"danger", "success", "primary"}

_ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay", "disabled",
)  # fmt: skip
_URL = re.compile(r"(?i)(?:(?P<scheme>[a-z][a-z0-9+.-]*)://?)?(?P<host>[^/\s?#:]+)(?::\d+)?(?:[/?#]\S*)?")
_SCHEMES = {"http", "https", "tg", "ton", "tonsite"}


def split_markup(markup: dict[str, Any] | None) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return (inline keyboard to keep with the message, other keyboard to show), both checked.

    An inline keyboard without buttons is none at all.
    """
    if markup is None:
        return None, None
    if "inline_keyboard" in markup:
        return inline_keyboard(markup), None
    if "keyboard" in markup:
        return None, _reply_keyboard(markup)
    return None, markup


def inline_keyboard(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the checked inline keyboard without empty rows, or None."""
    if markup is None:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            check_button(button)
    return {"inline_keyboard": rows} if rows else None


def check_button(button: dict[str, Any]) -> None:
    """Refuse a button that has no label, no style that exists, or not exactly one valid action."""
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: Text buttons must have non-empty text")
    if button.get("style") is not None and button["style"] not in STYLES:
        raise bad_request("can't parse inline keyboard button: Invalid button style specified")
    used = [name for name in _ACTIONS if button.get(name) not in (None, False)]
    if not used or button.get("callback_data") == "":
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(used) > 1:
        raise bad_request("can't parse inline keyboard button: Exactly one optional field must be used")
    _check_action(button, used[0])


def _check_action(button: dict[str, Any], action: str) -> None:
    value = button[action]
    if action == "callback_data" and len(value.encode("utf-8", "surrogatepass")) > MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url":
        _check_url(value)
    if action == "web_app" and not value["url"].startswith("https://"):
        url = value["url"]
        raise bad_request(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    if action == "copy_text" and not 1 <= len(value["text"]) <= MAX_COPY:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if action in ("pay", "callback_game"):
        raise bad_request("BUTTON_TYPE_INVALID")


def _check_url(url: str) -> None:
    match = _URL.fullmatch(url)
    scheme = (match["scheme"] or "").lower() if match else ""
    if match is None or (not scheme and "." not in match["host"]):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if scheme and scheme not in _SCHEMES:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")


def _reply_keyboard(markup: dict[str, Any]) -> dict[str, Any]:
    rows = [row for row in markup["keyboard"] if row]
    if not rows:
        raise bad_request("reply keyboard must have at least one button")
    if any(not button["text"].strip() for row in rows for button in row):
        raise bad_request("keyboard button text must be non-empty")
    return {**markup, "keyboard": rows}
