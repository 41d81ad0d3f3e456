"""A raw caller of the Bot API, and small things to send."""

import io
import json
from typing import Any

import aiohttp
from PIL import Image

TOKEN = "42:TEST"


class Ask:
    """Calls the Bot API as a client without a library would."""

    def __init__(self, url: str, session: aiohttp.ClientSession, token: str = TOKEN) -> None:
        self.url, self.session, self.token = url, session, token

    async def __call__(self, method: str, **params: Any) -> Any:
        """Return the result of a call that is accepted."""
        answer = await self.answer(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def answer(self, method: str, **params: Any) -> dict[str, Any]:
        """Return the whole answer."""
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", json=params) as response:
            return await response.json()

    async def refusal(self, method: str, **params: Any) -> str:
        """Return the description of a call that is refused."""
        answer = await self.answer(method, **params)
        assert not answer["ok"], answer
        return answer["description"]

    async def upload(self, method: str, files: dict[str, bytes], **params: Any) -> dict[str, Any]:
        """Send files as multipart parts; return the whole answer."""
        form = aiohttp.FormData()
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, data in files.items():
            form.add_field(name, data, filename=f"{name}.bin")
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", data=form) as response:
            return await response.json()

    def of(self, token: str) -> "Ask":
        """Return the caller for another bot."""
        return Ask(self.url, self.session, token)


def picture(width: int = 60, height: int = 40, form: str = "PNG") -> bytes:
    """Return a small picture."""
    data = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(data, form)
    return data.getvalue()


def keyboard(*labels: str, **fields: Any) -> dict[str, Any]:
    """Return an inline keyboard of one row; further fields go to every button."""
    return {"inline_keyboard": [[{"text": label, "callback_data": label, **fields} for label in labels]]}
