"""Reads a Bot API request, whatever its coding, and types every field by the method's schema."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import aiogram.methods
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile
from aiohttp import web
from aiohttp.multipart import BodyPartReader, MultipartReader

from sandbox.refusals import Refusal, bad_request
from sandbox.schema import Decoder, Files, SchemaError, Upload, arms, decoder, explain

MAX_REQUEST_BYTES = 60 * 1024 * 1024

_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "user_id": "invalid user_id specified",
    "file_id": "file_id not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
}
_TRUE, _FALSE = {"true", "1", "yes"}, {"false", "0", "no", ""}


@dataclass(slots=True)
class Raw:
    """A request before it is understood: fields as they came, and the files."""

    fields: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)


async def read(request: web.Request) -> Raw:
    """Return the fields of query string and body; the body wins."""
    raw = Raw(dict(request.query))
    if not request.body_exists:
        return raw
    kind = request.content_type
    if kind == "multipart/form-data":
        await _read_multipart(request, raw)
        return raw
    body = await request.read()
    if kind == "application/json":
        raw.fields.update(_json_object(body))
    elif kind == "application/x-www-form-urlencoded":
        raw.fields.update(parse_qsl(_utf8(body), keep_blank_values=True))
    elif body:
        raise bad_request(f'unsupported content type "{kind}"')
    return raw


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body) if body else {}
    except (ValueError, RecursionError) as error:
        raise bad_request("can't parse JSON in the request body") from error
    if not isinstance(value, dict):
        raise bad_request("the request body must be a JSON object")
    return value


def _utf8(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error


async def _read_multipart(request: web.Request, raw: Raw) -> None:
    try:
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            await _read_part(part, raw)
    except (ValueError, AssertionError, RuntimeError, LookupError) as error:
        raise bad_request("can't parse the multipart request body") from error


async def _read_part(part: MultipartReader | BodyPartReader, raw: Raw) -> None:
    if not isinstance(part, BodyPartReader) or not part.name:
        raise bad_request("can't parse the multipart request body")
    data = bytes(await part.read(decode=True))
    if part.filename is None:
        raw.fields[part.name] = _utf8(data)
    else:
        raw.files[part.name] = Upload(part.filename, part.headers.get("Content-Type", ""), data)


@cache
def methods_by_name() -> Mapping[str, type[TelegramMethod[Any]]]:
    """Return the models of all methods that aiogram knows, by their name in lower case."""
    found = {}
    for model in vars(aiogram.methods).values():
        if isinstance(model, type) and issubclass(model, TelegramMethod) and model is not TelegramMethod:
            found[model.__api_method__.lower()] = model
    return found


def decode(method: str, raw: Raw) -> dict[str, Any]:
    """Return the call's parameters as plain Python values.

    Raises `Refusal` for fields the method does not have, that do not fit, or that are missing.
    """
    fields, required, takes_files = _top_level(method)
    decoded: dict[str, Any] = {}
    for name, value in raw.fields.items():
        if name not in fields:
            raise bad_request(f'method {method} has no parameter "{name}"')
        if value is not None:
            decoded[name] = _decode_field(fields[name], name, value, raw.files)
    for name, upload in raw.files.items():
        if name in fields and name not in takes_files:
            raise bad_request(f'field "{name}" must not be a file')
        if name in fields:
            decoded[name] = upload
    for name in required:
        if decoded.get(name) in (None, ""):
            raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
    return decoded


def _decode_field(decode_value: Decoder, name: str, value: Any, files: Files) -> Any:
    try:
        return decode_value(value, files)
    except SchemaError as error:
        raise explain(error) from error
    except RecursionError as error:
        raise bad_request(f"can't parse {name}: nested too deeply") from error


@cache
def _top_level(method: str) -> tuple[dict[str, Decoder], list[str], set[str]]:
    """Return the decoders of a method's parameters, which are required, and which may be files."""
    model = methods_by_name()[method.lower()]
    fields = {name: _outer(info.annotation, name) for name, info in model.model_fields.items()}
    required = [name for name, info in model.model_fields.items() if info.is_required()]
    # Telegram looks at the text before it looks at the chat.
    takes_files = {name for name, info in model.model_fields.items() if InputFile in arms(info.annotation)}
    return fields, sorted(required, key=lambda name: name != "text"), takes_files


def _outer(annotation: Any, name: str) -> Decoder:
    """Return the decoder of a parameter: scalars also as text, everything else also as a JSON string."""
    alternatives = arms(annotation)
    if InputFile in alternatives:
        return decoder(annotation, name)
    if alternatives == [bool]:
        return _outer_boolean(name)
    if alternatives == [str] or set(alternatives) == {int, str}:
        return _outer_string(name)
    if alternatives in ([int], [float]):
        return _outer_number(decoder(annotation, name), name, alternatives[0])
    return _outer_json(decoder(annotation, name), name)


def _outer_boolean(name: str) -> Decoder:
    def decode_boolean(value: Any, _: Files) -> bool:
        if isinstance(value, bool):
            return value
        if str(value).lower() in _TRUE | _FALSE:
            return str(value).lower() in _TRUE
        raise SchemaError(f'Field "{name}" must be of type Boolean')

    return decode_boolean


def _outer_string(name: str) -> Decoder:
    def decode_string(value: Any, _: Files) -> str:
        if isinstance(value, bool | dict | list | float):
            raise SchemaError(f'Field "{name}" must be of type String')
        return str(value)

    return decode_string


def _outer_number(inner: Decoder, name: str, kind: type) -> Decoder:
    def decode_number(value: Any, files: Files) -> Any:
        if not isinstance(value, str):
            return inner(value, files)
        try:
            return kind(value)
        except ValueError as error:
            raise SchemaError(f'Field "{name}" must be a valid Number') from error

    return decode_number


def _outer_json(inner: Decoder, name: str) -> Decoder:
    def decode_json(value: Any, files: Files) -> Any:
        if isinstance(value, str):
            if not value.strip():
                return None
            try:
                value = json.loads(value)
            except (ValueError, RecursionError) as error:
                text = "reply keyboard markup" if name == "reply_markup" else name
                raise SchemaError(f"Can't parse {text} JSON object") from error
        return inner(value, files)

    return decode_json


__all__ = ["MAX_REQUEST_BYTES", "Raw", "Refusal", "decode", "methods_by_name", "read"]
