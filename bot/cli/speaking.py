"""The language of the command line: Chinese where LANG says so, else English, from the same catalog as the chat."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.views.words import Words

COMMAND = "xianfeng"
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def marked(sentence: str) -> str:
    """Mark a sentence of the help for translation, which happens only when it is shown."""
    return sentence


def speaks_chinese(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the first of the usual variables that is set asks for Chinese."""
    first = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return first.lower().startswith("zh")


def own_name(called: str | None = None) -> str:
    """How this very program is called from here: the command where it is found, else its path, else by `python -m`."""
    path = sys.argv[0] if called is None else called
    if Path(path).parts[-2:] == ("bot", "__main__.py"):
        return "python -m bot"
    return path if Path(path).name == COMMAND and shutil.which(COMMAND) is None else COMMAND


def words_of_the_terminal() -> Words:
    """The words to speak in; loaded only when something is to be said."""
    from bot.catalog import load_catalog
    from bot.domain.accounts import Language

    language = Language.ZH if speaks_chinese() else Language.EN
    return load_catalog([language])[language]
