"""Writing a rule set as YAML that reads as written by hand."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import yaml

from bot.scoring.table import RuleSet

_SHORT = 100
_FIRST = ("id", "version", "title", "label", "kind", "part", "dimension", "full")


class _Dumper(yaml.SafeDumper):
    """Writes decimals and shares as a person would."""

    def ignore_aliases(self, data: Any) -> bool:
        """Two equal lists are written twice: anchors are for machines."""
        return True


def _decimal(dumper: _Dumper, value: Decimal) -> yaml.Node:
    plain = value.normalize()
    whole = plain == plain.to_integral_value()
    return dumper.represent_scalar("tag:yaml.org,2002:int" if whole else "tag:yaml.org,2002:float", f"{plain:f}")


_Dumper.add_representer(Decimal, _decimal)
_Dumper.add_representer(Fraction, lambda dumper, value: dumper.represent_str(str(value)))


def ruleset_to_yaml(rules: RuleSet) -> str:
    """The rule set with each short entry on a line, and what is as usual left out; `load_ruleset` reads it back."""
    document = _written(rules.model_dump(exclude_defaults=True))
    sections = []
    for key, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            entries = "\n".join(_entry(one) for one in value)
            sections.append(f"{key}:\n{entries}\n")
        else:
            sections.append(_dump({key: value}, flow=None if isinstance(value, dict) else False))
    return "".join(sections)


def _entry(record: dict[str, Any]) -> str:
    """One entry of a list: on one line if it is short, otherwise a key a line."""
    line = _dump(record, flow=True).rstrip("\n")
    if "\n" not in line and len(line) <= _SHORT:
        return f"  - {line}"
    nests = any(isinstance(value, (dict, list)) for value in record.values())
    first, *rest = _dump(record, flow=None if nests else False).rstrip("\n").split("\n")
    return "\n".join([f"  - {first}", *(f"    {one}" for one in rest)])


def _dump(value: Any, *, flow: bool | None) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=110)


def _written(value: Any) -> Any:
    """Models' values as what YAML has: lists for tuples and sets, plain texts for enumerations."""
    match value:
        case dict():
            first = [key for key in _FIRST if key in value]
            return {key: _written(value[key]) for key in dict.fromkeys([*first, *value])}
        case list() | tuple():
            return [_written(inner) for inner in value]
        case set() | frozenset():
            return sorted(_written(inner) for inner in value)
        case Enum():
            return value.value
        case _:
            return value
