"""What the desk's routes take and give, and how they refuse what does not fit."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from aiohttp import web
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from sandbox.refusals import CannotError

B = TypeVar("B", bound="Body")

ChatKey = Annotated[int, Field(ge=-(2**53), le=2**53)]
Number = Annotated[int, Field(ge=0, le=2**53)]
Seconds = Annotated[float, Field(ge=0, le=30, allow_inf_nan=False)]


def _encodable(text: str) -> str:
    text.encode()
    return text


Text = Annotated[str, AfterValidator(_encodable)]
Name = Annotated[str, AfterValidator(_encodable), Field(min_length=1, max_length=64)]
Tags = dict[Name, Annotated[Text, Field(max_length=64)]]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NewBot(Body):
    token: Text
    username: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{2,31}$")] | None = None
    name: Name | None = None


class NewPerson(Body):
    name: Name
    language: Annotated[str, Field(pattern=r"^[A-Za-z-]{2,35}$")] = "zh-hans"
    user_id: Annotated[int, Field(ge=1, le=2**52)] | None = None
    username: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{2,31}$")] | None = None
    tags: Tags | None = None
    start_link: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,64}$")] = ""


class ChangedPerson(Body):
    name: Name | None = None
    language: Annotated[str, Field(pattern=r"^[A-Za-z-]{2,35}$")] | None = None
    username: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{2,31}$")] | None = None
    tags: Tags | None = None
    start_link: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,64}$")] | None = None
    deactivated: bool | None = None


class Say(Body):
    text: Text
    chat: ChatKey | None = None
    reply_to: Number | None = None
    edit: Number | None = None


class SendPhotos(Body):
    photos: list[str]
    caption: Text = ""
    chat: ChatKey | None = None
    reply_to: Number | None = None


class SendDocument(Body):
    data: str
    name: Name = "file.pdf"
    mime: Text = ""
    caption: Text = ""
    chat: ChatKey | None = None
    reply_to: Number | None = None


class SendSticker(Body):
    emoji: Name = "👍"
    chat: ChatKey | None = None


class Forward(Body):
    message_id: Number
    from_chat: ChatKey | None = None
    chat: ChatKey | None = None


class Press(Body):
    label: Text | None = None
    data: Text | None = None
    data_base64: str | None = None
    message_id: Number | None = None
    chat: ChatKey | None = None
    wait: Seconds = 5.0


class Vote(Body):
    message_id: Number
    options: list[Number]
    chat: ChatKey | None = None


class React(Body):
    message_id: Number
    emoji: Name | None
    chat: ChatKey | None = None


class WithBot(Body):
    bot: ChatKey | None = None


class Read(Body):
    chat: ChatKey | None = None


class NewGroup(Body):
    title: Annotated[Text, Field(min_length=1, max_length=128)]
    owner: Number
    members: list[Number] = Field(default_factory=list)
    bot_rights: Literal["administrator", "member"] | None = "administrator"
    supergroup: bool = False


class ChangeMember(Body):
    user_id: Number
    action: Literal["join", "leave", "kick", "promote", "demote"]
    by: Number | None = None
    rights: dict[str, bool] | None = None
    tag: Annotated[Text, Field(max_length=16)] | None = None


class NewFault(Body):
    method: Text | None = None
    chat_id: ChatKey | None = None
    contains: Text | None = None
    code: Annotated[int, Field(ge=0, le=599)] = 429
    retry_after: Annotated[int, Field(ge=0, le=86_400)] | None = None
    description: Text | None = None
    times: Annotated[int, Field(ge=0, le=1_000_000)] = 1
    delay: Annotated[float, Field(ge=0, le=600, allow_inf_nan=False)] = 0
    drop: bool = False
    lose_answer: bool = False


class AnyUpdate(Body):
    update: dict[str, Any]
    bot: ChatKey | None = None


class Switch(Body):
    on: bool


class Travel(Body):
    travel_to: Annotated[str, Field(max_length=64)] | None = None
    advance_s: Annotated[float, Field(gt=0, le=400 * 86_400, allow_inf_nan=False)] | None = None
    running: bool | None = None


class Due(Body):
    at: Annotated[str, Field(max_length=64)]
    name: Name
    names: dict[str, Name] = Field(default_factory=dict, max_length=20)
    passing: bool = False


class NewTimeline(Body):
    due: list[Due] | None = None
    url: Text | None = None


class Url(Body):
    url: Text | None


async def body_of(request: web.Request, kind: type[B]) -> B:
    """Return the request's JSON as `kind`; raises `CannotError` that names the field."""
    raw = await request.read()
    try:
        value: Any = json.loads(raw) if raw.strip() else {}
    except (ValueError, RecursionError) as error:
        raise CannotError("the body is not JSON") from error
    return checked(value, kind)


def checked(value: Any, kind: type[B]) -> B:
    """Return the value as `kind`."""
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or None
        raise CannotError(first["msg"], field=field) from error
    except UnicodeEncodeError as error:
        raise CannotError("text must be encodable in UTF-8") from error


def instant_of(text: str, field: str) -> datetime:
    """Return an ISO 8601 text as an aware instant between 1971 and 2200."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise CannotError("not an ISO 8601 instant", field=field) from error
    if instant.tzinfo is None or not 1971 <= instant.year <= 2200:
        raise CannotError("an instant needs its offset, as in 2025-09-25T09:00:00+08:00", field=field)
    return instant


def query_number(request: web.Request, name: str, standard: int, *, least: int = 0, most: int = 2**53) -> int:
    """Return a whole number of the query string."""
    text = request.query.get(name)
    if text is None:
        return standard
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 20 and least <= int(text) <= most):
        raise CannotError(f"a whole number from {least} to {most} is needed", field=name)
    return int(text)


def query_seconds(request: web.Request, name: str, standard: float) -> float:
    """Return seconds (0-30) of the query string."""
    try:
        seconds = float(request.query.get(name, standard))
    except ValueError as error:
        raise CannotError("seconds are needed", field=name) from error
    if not 0 <= seconds <= 30:
        raise CannotError("0 to 30 seconds", field=name)
    return seconds


JsonHandler = Callable[[web.Request], Awaitable[dict[str, Any] | web.StreamResponse]]


def add_route(app: web.Application, verb: str, path: str, handler: JsonHandler) -> None:
    """Register a handler whose dictionary becomes the JSON of the answer."""

    async def answer(request: web.Request) -> web.StreamResponse:
        result = await handler(request)
        return result if isinstance(result, web.StreamResponse) else web.json_response(result)

    app.router.add_route(verb, path, answer)


def path_number(request: web.Request, name: str) -> int:
    """Return a number of the path."""
    text = request.match_info[name]
    if not re_number(text):
        raise CannotError("a number is needed in the path", field=name, status=404)
    return int(text)


def re_number(text: str) -> bool:
    """Tell whether the text is an id: digits, perhaps with a minus."""
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdecimal() and len(digits) < 20
