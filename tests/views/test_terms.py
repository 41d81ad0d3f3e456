"""How things are written in each language."""

from __future__ import annotations

import pytest

from bot.catalog import load_catalog
from bot.domain.accounts import Language
from bot.views.terms import listed


@pytest.mark.parametrize(("language", "written"), [(Language.ZH, "张伟、赵敏"), (Language.EN, "张伟, 赵敏")])
def test_a_list_is_written_as_its_language_does(language: Language, written: str) -> None:
    """The enumeration comma is Chinese; English has a comma and a space."""
    assert listed(load_catalog()[language], ["张伟", "赵敏"]) == written
