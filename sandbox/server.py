"""The routes of the one HTTP server."""

from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.requests import MAX_REQUEST_BYTES

if TYPE_CHECKING:
    from sandbox.box import Sandbox

STATIC = Path(__file__).parent / "static"


def build(box: "Sandbox") -> web.Application:
    """Return the application that answers bots, people and the page."""
    app = web.Application(client_max_size=MAX_REQUEST_BYTES)
    app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]+}", box.api.handle)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", box.api.download)
    return app
