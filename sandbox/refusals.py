"""How the sandbox says no: as Telegram does to bots, and in plain sentences to people."""

from typing import Any


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault of ours
    """A Bot API call that is answered with `ok: false`."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """Return the body of the answer as the Bot API words it."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(text: str, **parameters: Any) -> Refusal:
    """Return a 400 with Telegram's prefix."""
    return Refusal(400, f"Bad Request: {text}", **parameters)


def forbidden(text: str) -> Refusal:
    """Return a 403 with Telegram's prefix."""
    return Refusal(403, f"Forbidden: {text}")


class CannotError(Exception):
    """What a person of the sandbox, or the desk, asked for cannot be done."""

    def __init__(self, sentence: str, *, field: str | None = None, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.status = status
