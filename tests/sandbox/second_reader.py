"""Reads what a sandbox said with two libraries, and finds what either does not understand."""

from collections.abc import Iterator
from functools import cache
from types import GenericAlias, UnionType
from typing import Any, get_args, get_origin

import telegram
from aiogram.types import Update
from pydantic import BaseModel, TypeAdapter

from sandbox import Sandbox
from sandbox.log import Call
from sandbox.requests import methods_by_name

NEWER_THAN_PTB = {
    "can_send_welcome_messages",
    "can_edit_tag",
    "disabled",
    "ephemeral_message_id",
    "members_only",
    "receiver_user",
    "rich_message",
}


def read_back(box: Sandbox) -> int:
    """Decode every accepted call of the outbox in both libraries; return how many there were."""
    accepted = [call for call in box.outbox() if call.ok]
    for call in accepted:
        read_result(call)
    return len(accepted)


def read_result(call: Call) -> None:
    """Decode one result; AssertionError names what is unknown to a library."""
    returning: Any = methods_by_name()[call.method.lower()].__returning__
    ours = reader_of(call.method).validate_python(call.result)
    assert not list(unknown_to_aiogram(ours)), (call.method, call.result)
    theirs = ptb_type(returning)
    if theirs is not None:
        for one in call.result if isinstance(call.result, list) else [call.result]:
            assert_known_to_ptb(theirs.de_json(one, None), call.method)


@cache
def reader_of(method: str) -> TypeAdapter[Any]:
    """Return what reads a method's results with aiogram's types; building one takes longer than reading."""
    return TypeAdapter(methods_by_name()[method.lower()].__returning__)


def read_update(wire: dict[str, Any]) -> None:
    """Decode one update in both libraries."""
    assert not list(unknown_to_aiogram(Update.model_validate(wire))), wire
    assert_known_to_ptb(telegram.Update.de_json(wire, None), "update")


def unknown_to_aiogram(value: Any) -> Iterator[str]:
    """Yield the fields that the models took without knowing them."""
    if isinstance(value, BaseModel):
        yield from value.model_extra or {}
        for name in type(value).model_fields:
            yield from unknown_to_aiogram(getattr(value, name))
    elif isinstance(value, list):
        for member in value:
            yield from unknown_to_aiogram(member)


def assert_known_to_ptb(value: Any, where: str) -> None:
    """Fail if python-telegram-bot put a field aside, unless the field is younger than the library."""
    if isinstance(value, telegram.TelegramObject):
        unknown = {name for name in value.api_kwargs if name not in NEWER_THAN_PTB}
        assert not unknown, (where, type(value).__name__, unknown)
        for name in value.__slots__:
            if not name.startswith("_"):
                assert_known_to_ptb(getattr(value, name), where)
    elif isinstance(value, list | tuple):
        for member in value:
            assert_known_to_ptb(member, where)


def ptb_type(returning: Any) -> Any:
    """Return python-telegram-bot's class for what aiogram says a method returns; None for plain values."""
    if get_origin(returning) is list or isinstance(returning, GenericAlias):
        return ptb_type(get_args(returning)[0])
    if get_origin(returning) is not None or isinstance(returning, UnionType):
        found = [ptb_type(arm) for arm in get_args(returning)]
        named = [one for one in found if one is not None]
        base = named[0].__mro__[1] if len(named) > 1 and named[0].__mro__[1] is not telegram.TelegramObject else None
        return base or (named[0] if named else None)
    return getattr(telegram, returning.__name__, None) if issubclass(returning, BaseModel) else None
