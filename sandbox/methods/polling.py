"""How a bot gets its updates: long polling, or a webhook, never both."""

import ipaddress
import re
from urllib.parse import urlsplit

from sandbox.calls import Context, Params, method
from sandbox.model import Json
from sandbox.refusals import Refusal, bad_request
from sandbox.webhooks import Webhook

MAX_SECRET = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]+")


@method("getUpdates")
async def get_updates(ctx: Context, p: Params) -> list[Json]:
    if ctx.webhooks.of(ctx.bot) is not None:
        text = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        raise Refusal(409, f"Conflict: {text}")
    if "allowed_updates" in p:
        ctx.bot.updates.allowed = p["allowed_updates"]
    return await ctx.bot.updates.fetch(p.get("offset") or 0, p.get("limit") or 100, p.get("timeout") or 0)


@method("setWebhook")
def set_webhook(ctx: Context, p: Params) -> bool:
    url = p.get("url") or ""
    if p.get("drop_pending_updates"):
        ctx.bot.updates.clear()
    if not url:
        ctx.webhooks.delete(ctx.bot)
        return True
    _check_loopback(url)
    secret = p.get("secret_token") or ""
    if len(secret) > MAX_SECRET:
        raise bad_request("secret token is too long")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains illegal characters")
    if "allowed_updates" in p:
        ctx.bot.updates.allowed = p["allowed_updates"]
    ctx.bot.updates.interrupt("terminated by setWebhook request")
    connections = min(max(p.get("max_connections") or 40, 1), 100)
    ctx.webhooks.set(ctx.bot, Webhook(url, secret, connections))
    return True


@method("deleteWebhook")
def delete_webhook(ctx: Context, p: Params) -> bool:
    if p.get("drop_pending_updates"):
        ctx.bot.updates.clear()
    ctx.webhooks.delete(ctx.bot)
    return True


@method("getWebhookInfo")
def get_webhook_info(ctx: Context, _: Params) -> Json:
    hook = ctx.webhooks.of(ctx.bot)
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(ctx.bot.updates),
    }
    if hook is not None:
        info["max_connections"] = hook.max_connections
        if hook.last_error_at is not None:
            info |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
    if ctx.bot.updates.allowed:
        info["allowed_updates"] = ctx.bot.updates.allowed
    return info


def _check_loopback(url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback or parts.scheme not in ("http", "https"):
        raise bad_request("bad webhook: the sandbox delivers to loopback addresses only")
