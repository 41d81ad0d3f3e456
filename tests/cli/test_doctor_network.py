"""The doctor looks at the webhook, the listeners and the proxy, and says what to do about each."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator

import pytest

from bot.catalog import load_catalog
from bot.cli.reaching import try_to_listen
from bot.domain.accounts import Language
from bot.views import doctor_network as network
from bot.views.doctor import Verdict
from bot.views.doctor_network import Listening
from sandbox import Sandbox
from tests.cli.conftest import TOKEN, Office

CATALOG = load_catalog()
EN = CATALOG[Language.EN]
SECRET = "a-secret-of-more-than-16"


@pytest.fixture
def taken() -> Iterator[str]:
    """An address at which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def free() -> str:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return f"127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def sound(ready: Office, monkeypatch: pytest.MonkeyPatch, free: str) -> Office:
    """A webhook as it should be; Telegram itself is out of reach, which is another finding."""
    for name, value in {
        "WEBHOOK_URL": "https://bot.example.org/telegram", "WEBHOOK_SECRET": SECRET, "WEBHOOK_LISTEN": free,
        "BOT_PROXY": "http://127.0.0.1:9",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return ready


def test_a_sound_webhook_is_good(sound: Office, free: str) -> None:
    """Address, secret, database and listener have a line each, and the secret is in none."""
    printed = sound.is_refused("doctor")
    for line in (
        "✓ The webhook is at bot.example.org:443",
        "✓ The webhook's secret has 24 characters",
        "✓ With SQLite one process takes",
        f"✓ WEBHOOK_LISTEN: {free} is free",
    ):
        assert line in printed
    assert SECRET not in printed


def test_a_missing_secret_is_bad(sound: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would not start."""
    monkeypatch.setenv("WEBHOOK_SECRET", "")
    assert "✗ WEBHOOK_SECRET is missing\n    → Put one into .env" in sound.is_refused("doctor")


def test_a_secret_without_an_address_is_worth_knowing(sound: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody began to set a webhook up."""
    monkeypatch.setenv("WEBHOOK_URL", "")
    assert "! WEBHOOK_SECRET is set, but WEBHOOK_URL is missing" in sound.is_refused("doctor")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080/telegram", "https://bot.example.org:9000/telegram", "https://127.0.0.1/telegram"]
)
def test_telegram_calls_public_addresses_alone(url: str) -> None:
    """A server of one's own calls any address."""
    assert network.webhook_address(EN, url, official=True).verdict is Verdict.BAD
    assert network.webhook_address(EN, url, official=False).verdict is Verdict.GOOD


def test_both_listeners_cannot_share_a_port(sound: Office, monkeypatch: pytest.MonkeyPatch, free: str) -> None:
    """Each alone would be free."""
    monkeypatch.setenv("METRICS_LISTEN", free)
    assert "✗ WEBHOOK_LISTEN and METRICS_LISTEN are the same" in sound.is_refused("doctor")


def test_figures_for_everybody_are_worth_knowing(sound: Office, monkeypatch: pytest.MonkeyPatch, free: str) -> None:
    """Health and figures are for the monitoring."""
    monkeypatch.setenv("METRICS_LISTEN", free.replace("127.0.0.1", "0.0.0.0"))
    assert "! METRICS_LISTEN: other machines can read" in sound.is_refused("doctor")


def test_what_stands_against_listening_is_told_apart(taken: str, free: str) -> None:
    """Taken, not of this machine, no port, or nothing."""
    assert try_to_listen(taken) is Listening.TAKEN
    assert try_to_listen(free) is Listening.FREE
    assert try_to_listen("192.0.2.1:8080") is Listening.ELSEWHERE
    assert try_to_listen("127.0.0.1:99999") is Listening.NO_PORT


@pytest.mark.parametrize("found", [Listening.DENIED, Listening.ELSEWHERE, Listening.NO_PORT])
@pytest.mark.parametrize("language", list(Language))
def test_an_address_that_cannot_be_had_is_bad(language: Language, found: Listening) -> None:
    """Each with its own advice; a taken one may be the bot itself."""
    finding = network.listener(CATALOG[language], "METRICS_LISTEN", "x:1", found)
    assert finding.verdict is Verdict.BAD
    assert finding.advice
    assert network.listener(CATALOG[language], "METRICS_LISTEN", "x:1", Listening.TAKEN).verdict is Verdict.MIND


def test_a_dead_proxy_is_named_without_its_password(ready: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the one thing to mend: that Telegram cannot be reached either needs no second line."""
    monkeypatch.setenv("BOT_PROXY", "socks5://somebody:in-the-know@127.0.0.1:9")
    printed = ready.is_refused("doctor")
    assert "✗ The proxy 127.0.0.1:9 does not answer" in printed
    assert "in-the-know" not in printed
    assert "api.telegram.org" not in printed


async def test_telegram_is_asked_through_a_socks_proxy(ready: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor takes the same way as the bot."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(2**16):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def socks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _version, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")
        *_, kind = await reader.readexactly(4)
        host = await reader.readexactly(4) if kind == 1 else await reader.readexactly((await reader.readexactly(1))[0])
        port = int.from_bytes(await reader.readexactly(2), "big")
        name = socket.inet_ntoa(host) if kind == 1 else host.decode()
        far_reader, far_writer = await asyncio.open_connection(name, port)
        writer.write(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        await asyncio.gather(carry(reader, far_writer), carry(far_reader, writer))

    async with Sandbox(bots={TOKEN: "sound_bot"}) as box, await asyncio.start_server(socks, "127.0.0.1", 0) as server:
        monkeypatch.setenv("BOT_API_BASE", box.url)
        monkeypatch.setenv("BOT_PROXY", f"socks5://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        printed = await asyncio.to_thread(ready.does, "doctor")
    assert "The token belongs to @sound_bot" in printed
