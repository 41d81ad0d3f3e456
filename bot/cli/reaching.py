"""Tries what the network lets this machine do: listen at an address, reach another one."""

from __future__ import annotations

import asyncio
import errno
import socket

from bot.config import host_and_port
from bot.views.doctor_network import Listening

PATIENCE_S = 5
_TROUBLES = {errno.EADDRINUSE: Listening.TAKEN, errno.EACCES: Listening.DENIED}


def try_to_listen(listen: str) -> Listening:
    """Listen there for a moment, as the bot would."""
    host, port = host_and_port(listen)
    if not 0 < port < 2**16:
        return Listening.NO_PORT
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        return _TROUBLES.get(error.errno or 0, Listening.ELSEWHERE)
    return Listening.FREE


async def try_to_reach(host: str, port: int) -> str:
    """Connect and hang up; what went wrong, or nothing."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            _reader, writer = await asyncio.open_connection(host, port)
    except OSError as error:
        return type(error).__name__
    writer.close()
    return ""
