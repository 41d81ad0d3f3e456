"""Text that people typed, made safe to keep and to show."""

from __future__ import annotations

import unicodedata

_BIDI = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}


def clean_text(text: str) -> str:
    """The text without control characters and direction overrides, lines trimmed, at most one empty line in a row."""
    kept = "".join(char for char in text if char == "\n" or (char not in _BIDI and unicodedata.category(char) != "Cc"))
    lines = [line.strip() for line in kept.split("\n")]
    trimmed = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(trimmed).strip()
