"""The zip of an XLSX workbook, unpacked with a bound on everything and packed again from what was checked."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from bot.sheets.faults import SheetCode, SheetError
from bot.sheets.limits import MAX_PARTS, MAX_UNPACKED_BYTES, MEBIBYTE

WORKBOOK_PART = "xl/workbook.xml"
_KEPT = (".xml", ".rels")


def unpack(data: bytes) -> dict[str, bytes]:
    """The XML parts of a workbook by name; pictures and macros are left behind, and 64 MB is the most.

    Raises SheetError.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if info.filename.endswith(_KEPT)]
            if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
                raise SheetError(SheetCode.TOO_LARGE_UNPACKED, MAX_UNPACKED_BYTES // MEBIBYTE)
            parts = {info.filename: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise SheetError(SheetCode.BROKEN) from error
    if WORKBOOK_PART not in parts:
        raise SheetError(SheetCode.UNKNOWN_FORMAT)
    return parts


def repack(parts: dict[str, bytes]) -> bytes:
    """A plain zip of just these parts, so that what was checked is what is read."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()
