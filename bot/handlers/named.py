"""What a button names, as a value; what is forged does not exist."""

from __future__ import annotations

from bot.domain.periods import Quarter
from bot.errors import NotFoundError


def quarter_in(text: str) -> Quarter | None:
    """The quarter in a button, None if it names none."""
    try:
        return Quarter.parse(text) if text else None
    except ValueError as error:
        raise NotFoundError from error


def named_quarter(text: str) -> Quarter:
    """The quarter in a button that must name one."""
    quarter = quarter_in(text)
    if quarter is None:
        raise NotFoundError
    return quarter
