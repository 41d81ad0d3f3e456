"""Collects the messages of the code into the .po files, or checks that both languages have them all.

`python -m tests.messages update` writes; `python -m tests.messages check` ends with 1 and names what is missing.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
KEYWORDS = {"_": None, "plain": None, "many": (1, 2), "many_plain": (1, 2)}
FIELD = re.compile(r"\{(\w+)\}")


def extract() -> Catalog:
    """All messages in the code."""
    catalog = Catalog(project="xianfeng", version="1", charset="utf-8")
    for _file, _line, message, _comments, _context in extract_from_dir(
        str(ROOT / "bot"), [("**.py", "python")], keywords=KEYWORDS
    ):
        catalog.add(message)
    return catalog


def po_path(locale: str) -> Path:
    """Where a language's messages live."""
    return LOCALE / locale / "LC_MESSAGES" / "xianfeng.po"


def load(locale: str) -> Catalog:
    """A language's messages as they are."""
    with po_path(locale).open("rb") as file:
        return read_po(file, locale=locale)


def update() -> None:
    """Bring both .po files in line with the code; translations stay, English is its own translation."""
    template = extract()
    for locale in ("zh_CN", "en"):
        catalog = load(locale)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        for message in catalog:
            # Set where a sentence got its plural: the translation is still that of the sentence.
            message.flags.discard("fuzzy")
        if locale == "en":
            for message in catalog:
                message.string = message.id
        save(catalog, locale)


def save(catalog: Catalog, locale: str) -> None:
    """Write a .po file, sorted and without line numbers, so that changes are easy to read."""
    with po_path(locale).open("wb") as file:
        write_po(file, catalog, width=120, no_location=True, sort_output=True, omit_header=False)


def faults() -> list[str]:
    """What is missing or does not fit in either language."""
    template = extract()
    found = []
    for locale in ("zh_CN", "en"):
        catalog = load(locale)
        for message in template:
            if message.id:
                found += [f"{locale}: {fault}" for fault in _faults_of(catalog, message.id)]
        known = {message.id for message in template}
        found += [f"{locale}: no longer used: {message.id!r}" for message in catalog if message.id not in known]
    return found


def _faults_of(catalog: Catalog, message_id: str | tuple[str, ...]) -> list[str]:
    translated = catalog.get(message_id if isinstance(message_id, str) else message_id[0])
    # A fuzzy translation is left out at run time.
    strings = translated.string if translated and not translated.fuzzy else ""
    if not strings or not all([strings] if isinstance(strings, str) else strings):
        return [f"not translated: {message_id!r}"]
    wanted = set(FIELD.findall(message_id if isinstance(message_id, str) else message_id[1]))
    given = [set(FIELD.findall(text)) for text in ([strings] if isinstance(strings, str) else strings)]
    return [f"other fields than {sorted(wanted)}: {strings!r}" for fields in given if not fields <= wanted]


def main() -> int:
    """Update or check."""
    if sys.argv[1:] == ["update"]:
        update()
        return 0
    found = faults()
    print("\n".join(found) or "All messages exist in both languages.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
