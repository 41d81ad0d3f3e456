"""Reads a paper back: its pages, their size, and the text that a reader could select on it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

MM_A_POINT = 25.4 / 72
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_OPENS = re.compile(rb"\(|(?<!<)<(?!<)")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages(content: bytes) -> int:
    """How many pages there are."""
    (found,) = re.findall(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>", content)
    return int(found)


def size_mm(content: bytes) -> tuple[int, int]:
    """The width and height of the first page."""
    found = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert found is not None
    return round(float(found[1]) * MM_A_POINT), round(float(found[2]) * MM_A_POINT)


def text(content: bytes) -> str:
    """All that is written on it, without blanks, for their width is a matter of layout."""
    letters = dict(_letters(content))
    written = "".join(
        letters.get(int.from_bytes(codes[at : at + 2]), "\ufffd")
        for codes in _codes(content)
        for at in range(0, len(codes), 2)
    )
    return "".join(written.split())


def streams(content: bytes) -> Iterator[bytes]:
    """What is drawn, as the PDF says it."""
    for found in _STREAM.finditer(content):
        try:
            yield zlib.decompress(found[1])
        except zlib.error:
            continue


def _letters(content: bytes) -> Iterator[tuple[int, str]]:
    """What each of the font's codes stands for."""
    for stream in streams(content):
        if b"begincmap" in stream:
            for code, letter in re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", stream):
                yield int(code, 16), bytes.fromhex(letter.decode()).decode("utf-16-be")


def _codes(content: bytes) -> Iterator[bytes]:
    """What is shown, in pairs of bytes: strings between brackets may hold balanced ones, others are in hex."""
    for stream in streams(content):
        if b"BT" in stream and b" Tf" in stream:
            at = 0
            while (found := _OPENS.search(stream, at)) is not None:
                at = found.end()
                if found[0] == b"<":
                    end = stream.index(b">", at)
                    yield bytes.fromhex(stream[at:end].decode())
                else:
                    end = _closing(stream, at)
                    yield _ESCAPE.sub(_unescaped, stream[at:end])
                at = end + 1


def _closing(stream: bytes, at: int) -> int:
    """Where the bracket before `at` is closed."""
    depth = 1
    while True:
        match stream[at : at + 1]:
            case b"\\":
                at += 1
            case b"(":
                depth += 1
            case b")":
                depth -= 1
        if not depth:
            return at
        at += 1


def _unescaped(found: re.Match[bytes]) -> bytes:
    char = found[1]
    return bytes([int(char, 8)]) if char[:1].isdigit() else _NAMED.get(char, char)
