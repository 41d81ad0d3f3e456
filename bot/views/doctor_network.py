"""What the doctor finds where the bot meets the network: the webhook, the listeners, the proxy."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit

from bot.views.doctor import Finding, Verdict, bad, good
from bot.views.words import Words

PORTS = (443, 80, 88, 8443)
"""The only ones that Telegram calls (Bot API, setWebhook)."""
HERE = ("127.0.0.1", "localhost", "::1")


class Listening(StrEnum):
    """What stands against listening at an address."""

    FREE = "free"
    TAKEN = "taken"
    DENIED = "denied"
    ELSEWHERE = "elsewhere"
    NO_PORT = "no_port"


def polling(_: Words, *, has_secret: bool) -> Finding:
    """No webhook is set up; a secret alone does nothing."""
    if not has_secret:
        return good(_.plain("No webhook is set up: the bot polls Telegram"))
    return Finding(
        Verdict.MIND,
        _.plain("WEBHOOK_SECRET is set, but WEBHOOK_URL is missing"),
        _.plain("Set WEBHOOK_URL to run with --webhook; polling needs neither."),
    )


def webhook_address(_: Words, url: str, *, official: bool) -> Finding:
    """Whether Telegram's own server calls this address; another server of the Bot API calls any."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if official and (parts.scheme != "https" or port not in PORTS or host in HERE):
        return bad(
            _.plain("Telegram does not call the webhook at {host}:{port}", host=host, port=port),
            _.plain("WEBHOOK_URL needs https, a public name, and port 443, 80, 88 or 8443."),
        )
    return good(_.plain("The webhook is at {host}:{port}", host=host, port=port))


def webhook_secret(_: Words, secret: str) -> Finding:
    """Whether there is one; its length and characters were looked at when the settings were read."""
    if not secret:
        return bad(
            _.plain("WEBHOOK_SECRET is missing"), _.plain("Put one into .env, such as from openssl rand -hex 32.")
        )
    return good(_.plain("The webhook's secret has {n} characters, all of which Telegram takes", n=len(secret)))


def webhook_database(_: Words, *, shared: bool) -> Finding:
    """How many processes may take the webhook's calls."""
    if shared:
        return good(_.plain("Several processes can share the webhook's calls"))
    return good(_.plain("With SQLite one process takes the webhook's calls; several need PostgreSQL"))


def listener(_: Words, name: str, listen: str, found: Listening) -> Finding:
    """Whether the setting `name` has an address at which the bot can listen."""
    named = {"name": name, "listen": listen}
    match found:
        case Listening.FREE:
            return good(_.plain("{name}: {listen} is free", **named))
        case Listening.TAKEN:
            return Finding(
                Verdict.MIND,
                _.plain("{name}: somebody listens at {listen} already", **named),
                _.plain("All is well if that is the running bot; if not, choose another port."),
            )
        case Listening.DENIED:
            advice = _.plain("Choose a port above 1023, or let the service have this one.")
        case Listening.ELSEWHERE:
            advice = _.plain("Take an address of this machine, such as 127.0.0.1.")
        case Listening.NO_PORT:
            advice = _.plain("Take a port from 1 to 65535.")
    return bad(_.plain("{name}: the bot cannot listen at {listen}", **named), advice)


def same_listener(_: Words) -> Finding:
    """Both listeners would want the same port."""
    return bad(_.plain("WEBHOOK_LISTEN and METRICS_LISTEN are the same"), _.plain("Give each its own port."))


def open_figures(_: Words, listen: str) -> Finding:
    """Health and figures are nobody else's business."""
    return Finding(
        Verdict.MIND,
        _.plain("METRICS_LISTEN: other machines can read health and figures at {listen}", listen=listen),
        _.plain("Listen at 127.0.0.1, or let only your monitoring through."),
    )


def proxy(_: Words, address: str, error: str) -> Finding:
    """Whether the proxy to Telegram can be reached; `address` without its password."""
    if error:
        return bad(
            _.plain("The proxy {address} does not answer ({error})", address=address, error=error),
            _.plain("Check BOT_PROXY, and that the proxy runs."),
        )
    return good(_.plain("The proxy {address} answers", address=address))
