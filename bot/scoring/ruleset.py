"""Reading rule sets: from any text, and the ones that ship with the product."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from bot.scoring.fitting import fitted
from bot.scoring.reading import read_document
from bot.scoring.table import RuleSet

__all__ = ["RuleSet", "default_ruleset", "load_ruleset", "load_template", "template_names", "template_text"]


@lru_cache(maxsize=4)
def load_ruleset(text: str, name: str = "rule set") -> RuleSet:
    """A rule set from its YAML; RuleSetError with `problems` (line, key, expected, found) if it is none."""
    value, lines = read_document(text, name)
    return fitted(value, lines, name)


def template_names() -> tuple[str, ...]:
    """The rule sets that ship with the product, `default` among them, by name."""
    packaged = files("bot.scoring").joinpath("rulesets").iterdir()
    return tuple(sorted(one.name.removesuffix(".yaml") for one in packaged if one.name.endswith(".yaml")))


def template_text(name: str) -> str:
    """The YAML of a packaged rule set; a KeyError if there is none of that name."""
    if name not in template_names():
        raise KeyError(name)
    return files("bot.scoring").joinpath("rulesets", f"{name}.yaml").read_text(encoding="utf-8")


@cache
def load_template(name: str) -> RuleSet:
    """A packaged rule set; a KeyError if there is none of that name."""
    return load_ruleset(template_text(name), f"{name}.yaml")


def default_ruleset() -> RuleSet:
    """The default table: base 60, vanguard 30, contribution 10, by the month."""
    return load_template("default")
