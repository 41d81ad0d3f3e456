"""Turns an annotation of aiogram's models into a decoder: values typed by the schema, never by their look."""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from aiogram.client.default import Default
from aiogram.types import InputFile, KeyboardButton, RichTextUnion
from pydantic import BaseModel

from sandbox.refusals import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    mime: str
    data: bytes


Files = Mapping[str, Upload]
Decoder = Callable[[Any, Files], Any]

_NAMES_IN_TELEGRAM = {
    "InlineKeyboardButton": "inline keyboard button",
    "KeyboardButton": "keyboard button",
    "MessageEntity": "MessageEntity",
    "BotCommand": "BotCommand",
    "InputMediaPhoto": "InputMedia",
    "InputMediaDocument": "InputMedia",
}
_LEFT_OUT = (types.NoneType, Default, datetime, timedelta)


class SchemaError(ValueError):
    """A value that does not fit; `inside` names the innermost object that Telegram mentions in such an error."""

    def __init__(self, text: str, inside: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.inside = inside


def explain(error: SchemaError) -> Exception:
    """Return the refusal in Telegram's words."""
    if error.inside:
        return bad_request(f"can't parse {error.inside}: {error.text}")
    return bad_request(error.text[:1].lower() + error.text[1:])


@cache
def decoder(annotation: Any, name: str) -> Decoder:
    """Return the decoder of nested JSON for this annotation; `name` is the field, for the error."""
    if annotation is RichTextUnion:
        return _rich_text
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return decoder(typing.get_args(annotation)[0], name)
    if origin is list:
        return _list_of(decoder(typing.get_args(annotation)[0], name), name)
    if origin is typing.Literal:
        return _literal(typing.get_args(annotation), name)
    if origin is typing.Union or origin is types.UnionType:
        return _union(annotation, name)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _object(annotation)
    return _SCALARS[annotation](name)


def arms(annotation: Any) -> list[Any]:
    """Return the alternatives of a union, without None and what only aiogram's side uses."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return arms(typing.get_args(annotation)[0])
    if origin is typing.Union or origin is types.UnionType:
        return [arm for member in typing.get_args(annotation) for arm in arms(member)]
    return [] if annotation in _LEFT_OUT else [annotation]


def _string(name: str) -> Decoder:
    def decode(value: Any, _: Files) -> str:
        if not isinstance(value, str):
            raise SchemaError(f'Field "{name}" must be of type String')
        return value

    return decode


def _integer(name: str) -> Decoder:
    def decode(value: Any, _: Files) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lstrip("-").isdecimal() and value.isascii():
            return int(value)
        raise SchemaError(f'Field "{name}" must be a valid Number')

    return decode


def _float(name: str) -> Decoder:
    def decode(value: Any, _: Files) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        raise SchemaError(f'Field "{name}" must be of type Number')

    return decode


def _boolean(name: str) -> Decoder:
    def decode(value: Any, _: Files) -> bool:
        if not isinstance(value, bool):
            raise SchemaError(f'Field "{name}" must be of type Boolean')
        return value

    return decode


def _file(name: str) -> Decoder:
    def decode(value: Any, files: Files) -> Upload | str:
        if not isinstance(value, str):
            raise SchemaError(f'Field "{name}" must be of type String')
        if not value.startswith("attach://"):
            return value
        if value[9:] not in files:
            raise SchemaError(f"{name} not found")
        return files[value[9:]]

    return decode


_SCALARS: dict[Any, Callable[[str], Decoder]] = {
    str: _string,
    int: _integer,
    float: _float,
    bool: _boolean,
    InputFile: _file,
}


def _literal(allowed: tuple[Any, ...], name: str) -> Decoder:
    if True in allowed:
        return _boolean(name)
    words = [str(getattr(word, "value", word)) for word in allowed]

    def decode(value: Any, _: Files) -> str:
        if value not in words:
            raise SchemaError(f'Field "{name}" must be one of {", ".join(words)}')
        return str(value)

    return decode


def _list_of(item: Decoder, name: str) -> Decoder:
    def decode(value: Any, files: Files) -> list[Any]:
        if not isinstance(value, list):
            raise SchemaError(f'Field "{name}" must be of type Array')
        return [item(member, files) for member in value]

    return decode


def _object(model: type[BaseModel]) -> Decoder:
    fields: dict[str, Decoder] = {}
    required: list[str] = []
    known = _NAMES_IN_TELEGRAM.get(model.__name__)

    def prepare() -> None:
        for attribute, field in model.model_fields.items():
            name = field.alias or attribute
            annotation: Any = field.annotation
            fields[name] = decoder(annotation, name)
            if field.is_required():
                required.append(name)

    def decode(value: Any, files: Files) -> dict[str, Any]:
        if not fields:
            prepare()  # Not earlier: models contain themselves.
        if isinstance(value, str) and model is KeyboardButton:
            value = {"text": value}  # The Bot API allows a plain string here.
        if not isinstance(value, dict):
            raise SchemaError("Expected an Object", known)
        try:
            return _decode_fields(model.__name__, value, files, fields, required)
        except SchemaError as error:
            error.inside = error.inside or known
            raise

    return decode


def _decode_fields(
    model: str, value: dict[str, Any], files: Files, fields: dict[str, Decoder], required: list[str]
) -> dict[str, Any]:
    for name in required:
        if value.get(name) is None:
            raise SchemaError(f'Can\'t find field "{name}"')
    decoded: dict[str, Any] = {}
    for name, member in value.items():
        decode = fields.get(name)
        if decode is None:
            raise SchemaError(f'{model} has no field "{name}"')
        if member is not None:
            decoded[name] = decode(member, files)
    return decoded


def _union(annotation: Any, name: str) -> Decoder:
    alternatives = arms(annotation)
    if InputFile in alternatives:
        return _file(name)
    models = [arm for arm in alternatives if isinstance(arm, type) and issubclass(arm, BaseModel)]
    if len(alternatives) == 1:
        return decoder(alternatives[0], name)
    if len(models) == len(alternatives):
        return _one_of(models, name)
    if set(alternatives) == {int, str}:
        return _integer_or_string(name)
    if str in alternatives and models:
        return _string_or_object(_one_of(models, name))
    raise TypeError(f"no decoder for {annotation}")


def _integer_or_string(name: str) -> Decoder:
    def decode(value: Any, _: Files) -> int | str:
        if isinstance(value, int | str) and not isinstance(value, bool):
            return value
        raise SchemaError(f'Field "{name}" must be of type Integer or String')

    return decode


def _string_or_object(other: Decoder) -> Decoder:
    def decode(value: Any, files: Files) -> Any:
        return value if isinstance(value, str) else other(value, files)

    return decode


def _one_of(models: list[type[BaseModel]], name: str) -> Decoder:
    choices = [(_marks(model), _object(model)) for model in models]

    def decode(value: Any, files: Files) -> Any:
        if not isinstance(value, dict):
            raise SchemaError("Expected an Object")
        for marks, decode_model in choices:
            if all(key in value and (words is None or value[key] in words) for key, words in marks.items()):
                return decode_model(value, files)
        raise SchemaError(f'Field "{name}" has an unsupported type')

    return decode


def _marks(model: type[BaseModel]) -> dict[str, list[str] | None]:
    """Return what tells this model from its neighbours: its type word, or else the fields it cannot be without."""
    marks: dict[str, list[str] | None] = {}
    for name, field in model.model_fields.items():
        literals = typing.get_args(field.annotation) if typing.get_origin(field.annotation) is typing.Literal else ()
        if literals and True not in literals:
            return {name: [str(getattr(word, "value", word)) for word in literals]}
        if literals or field.is_required():
            marks[name] = None
    return marks


def _rich_text(value: Any, files: Files) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return [_rich_text(member, files) for member in value]
    if isinstance(value, dict):
        return _rich_text_object()(value, files)
    raise SchemaError("RichText must be a String, an Array or an Object")


@cache
def _rich_text_object() -> Decoder:
    alternatives = typing.get_args(getattr(RichTextUnion, "__value__"))  # noqa: B009 - mypy sees a plain union here
    return _one_of([arm for arm in alternatives if isinstance(arm, type) and issubclass(arm, BaseModel)], "text")
