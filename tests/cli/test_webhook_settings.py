"""The settings of a webhook: what is missing or wrong is told before anything runs."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Office

GOOD = {"WEBHOOK_URL": "https://bot.example.org/telegram", "WEBHOOK_SECRET": "a-secret-of-more-than-16"}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"WEBHOOK_SECRET": ""}, "WEBHOOK_SECRET is missing"),
        ({"WEBHOOK_URL": ""}, "WEBHOOK_URL is missing"),
        ({"WEBHOOK_SECRET": "short"}, "WEBHOOK_SECRET needs 16 to 256"),
        ({"WEBHOOK_SECRET": "with spaces and 密 in it"}, "WEBHOOK_SECRET needs 16 to 256"),
        ({"WEBHOOK_URL": "http://bot.example.org/telegram"}, "WEBHOOK_URL needs a full address"),
        ({"WEBHOOK_LISTEN": "8080"}, "need host and port"),
        ({"METRICS_LISTEN": "everywhere"}, "need host and port"),
        ({"WEBHOOK_CONNECTIONS": "0"}, "WEBHOOK_CONNECTIONS"),
    ],
)
def test_without_a_good_webhook_it_does_not_start(
    ready: Office, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], sentence: str
) -> None:
    """One sentence, exit code 1, and no secret in it."""
    for name, value in {**GOOD, **changed}.items():
        monkeypatch.setenv(name, value)
    said = ready.is_refused("run", "--webhook")
    assert sentence in said
    assert len(said.splitlines()) == 1
    assert not any(value in said for value in changed.values() if value and "WEBHOOK_SECRET" in changed)
