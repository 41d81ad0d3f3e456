"""The words of each language, from the .po files beside the code."""

from __future__ import annotations

import contextlib
import gettext
import io
import os
from collections.abc import Iterable
from pathlib import Path

from bot.domain.accounts import Language
from bot.views.words import DOMAIN, Catalog, Words

LOCALE = Path(__file__).resolve().parent.parent / "locale"
_FOLDERS = {Language.ZH: "zh_CN", Language.EN: "en"}


def load_catalog(languages: Iterable[Language] = Language) -> Catalog:
    """The words of these languages."""
    return {
        language: Words(language, _translations(LOCALE / _FOLDERS[language] / "LC_MESSAGES" / f"{DOMAIN}.po"))
        for language in languages
    }


def _translations(po: Path) -> gettext.NullTranslations:
    """The file's translations, kept compiled beside it: reading the .po itself takes half a second."""
    compiled, written_at_ns = po.with_suffix(".mo"), po.stat().st_mtime_ns
    with contextlib.suppress(OSError):
        if compiled.stat().st_mtime_ns == written_at_ns:
            return gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    content = _compile(po)
    with contextlib.suppress(OSError):
        _keep(compiled, content, written_at_ns)
    return gettext.GNUTranslations(io.BytesIO(content))


def _compile(po: Path) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(po.read_bytes())))
    return compiled.getvalue()


def _keep(compiled: Path, content: bytes, written_at_ns: int) -> None:
    """Put the file there whole, with the time of its source; another process may do the same just now."""
    draft = compiled.with_suffix(f".{os.getpid()}")
    draft.write_bytes(content)
    os.utime(draft, ns=(written_at_ns, written_at_ns))
    draft.replace(compiled)
