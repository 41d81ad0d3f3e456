"""The log: one line an event on standard error, key=value, without secrets, names or what people wrote."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Callable, Collection
from types import TracebackType
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

MASK = "***"
_ANY_TOKEN = re.compile(r"\d{5,20}(?::|%3A)[A-Za-z0-9_-]{20,}")
_FIRST_KEYS = ["at", "level", "event"]


def configure_logs(level: str = "INFO", secrets: Collection[str] = ()) -> None:
    """Send our own log and that of the libraries to standard error; `secrets` never appear in it."""
    ours: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _tell_where,
        masked(structlog.processors.LogfmtRenderer(key_order=_FIRST_KEYS, drop_missing=True), secrets),
    ]
    threshold = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    structlog.configure(
        processors=ours,
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = _LibraryLog()
    logging.basicConfig(handlers=[handler], level=max(threshold, logging.WARNING), force=True)


def masked(render: Callable[[WrappedLogger, str, EventDict], str], secrets: Collection[str]) -> Processor:
    """Render a line, then take every secret and everything of a token's shape out of it."""
    spellings = {spelling for secret in secrets if secret for spelling in (secret, quote(secret, safe=""))}
    exact = [re.compile(re.escape(spelling)) for spelling in sorted(spellings, key=len, reverse=True)]

    def line(logger: WrappedLogger, method: str, event: EventDict) -> str:
        text = render(logger, method, event)
        for pattern in (*exact, _ANY_TOKEN):
            text = pattern.sub(MASK, text)
        return text

    return line


def _tell_where(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Put an error's kind and place instead of its message, which may quote what somebody wrote."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = _kinds(error)
        event["where"] = _places(error.__traceback__)
    return event


def _kinds(error: BaseException) -> str:
    if isinstance(error, BaseExceptionGroup):
        return "+".join(_kinds(inner) for inner in error.exceptions)
    return f"{type(error).__name__}<{_kinds(error.__cause__)}" if error.__cause__ else type(error).__name__


def _places(trace: TracebackType | None, most: int = 8) -> str:
    frames = traceback.extract_tb(trace)[-most:]
    return " > ".join(f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno}:{frame.name}" for frame in frames)


class _LibraryLog(logging.Handler):
    """Gives a library's record to our log: the sentence as its author wrote it, without what he filled in."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log the record."""
        error = record.exc_info[1] if record.exc_info else None
        structlog.get_logger().log(record.levelno, str(record.msg), library=record.name, exc_info=error)
