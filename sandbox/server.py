"""The routes of the one HTTP server: bots, people, the page; and every error as JSON."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.refusals import CannotError
from sandbox.requests import MAX_REQUEST_BYTES

if TYPE_CHECKING:
    from sandbox.box import Sandbox

STATIC = Path(__file__).parent / "static"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def build(box: "Sandbox") -> web.Application:
    """Return the application that answers bots, people and the page."""
    from sandbox.desk.acting import ActingRoutes
    from sandbox.desk.control import ControlRoutes
    from sandbox.desk.feed import Feed
    from sandbox.desk.gathering import GroupRoutes
    from sandbox.desk.people import PeopleRoutes
    from sandbox.desk.timing import TimeRoutes

    app = web.Application(client_max_size=MAX_REQUEST_BYTES, middlewares=[_as_json])
    app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]+}", box.api.handle)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", box.api.download)
    for routes in (PeopleRoutes, ActingRoutes, GroupRoutes, ControlRoutes, TimeRoutes, Feed):
        routes(box).add_to(app)
    app.router.add_get("/", _page)
    app.router.add_static("/static", STATIC)
    return app


@web.middleware
async def _as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every refusal into a sentence in JSON; do not answer web pages from elsewhere."""
    if not (_local(request.host) and _local(urlsplit(request.headers.get("Origin", "")).netloc or request.host)):
        return _refused(403, "the sandbox answers to this machine only", None)
    try:
        return await handler(request)
    except CannotError as error:
        return _refused(error.status, error.sentence, error.field)
    except web.HTTPRequestEntityTooLarge:
        return _refused(413, "Request Entity Too Large", None)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _refused(error.status, error.reason, None)


def _refused(status: int, sentence: str, field: str | None) -> web.Response:
    body = {"ok": False, "error": sentence, "field": field, "error_code": status, "description": sentence}
    return web.json_response(body, status=status)


def _local(netloc: str) -> bool:
    """Tell whether this host is a name of this machine; other names may belong to a page that wants in."""
    return netloc.rpartition(":")[0] in ("127.0.0.1", "localhost") or netloc in ("127.0.0.1", "localhost")


async def _page(_: web.Request) -> web.StreamResponse:
    index = STATIC / "index.html"
    if not index.exists():
        return web.Response(text="The chat page is not installed; the API works.")
    return web.FileResponse(index)
