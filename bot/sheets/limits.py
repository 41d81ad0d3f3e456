"""How large a spreadsheet may be, so that no file can exhaust the machine."""

from __future__ import annotations

MEBIBYTE = 1024 * 1024
MAX_BYTES = 5 * MEBIBYTE
MAX_UNPACKED_BYTES = 64 * MEBIBYTE
MAX_PARTS = 1_000
MAX_ROWS = 100_000
MAX_COLUMNS = 64
