"""The words of one language: translation, with every inserted value escaped."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from bot.domain.accounts import Language

DOMAIN = "xianfeng"


class Words:
    """Says English sentences in one language; called as `_("… {name} …", name=…)`."""

    def __init__(self, language: Language, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def __call__(self, sentence: str, **values: Any) -> Markup:
        """The sentence as markup; inserted values are escaped unless they are markup themselves."""
        return Markup(self._translations.gettext(sentence)).format(**values)

    def plain(self, sentence: str, **values: Any) -> str:
        """The sentence as plain text, for labels and toasts."""
        return self._translations.gettext(sentence).format(**values)

    def many(self, one: str, more: str, n: int, **values: Any) -> Markup:
        """The sentence for this number, as markup; `{n}` is the number."""
        return Markup(self._translations.ngettext(one, more, n)).format(n=n, **values)

    def many_plain(self, one: str, more: str, n: int, **values: Any) -> str:
        """The sentence for this number, as plain text."""
        return self._translations.ngettext(one, more, n).format(n=n, **values)


Catalog = Mapping[Language, Words]
