"""YAML with exact decimals and line numbers, checked against a model; every fault names its line and key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.scoring.errors import Problem, RuleSetError

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]
_MOST_KEYS = 50_000
_DEEPEST = 30


class _Loader(yaml.SafeLoader):
    """Safe YAML whose fractions are decimals as written and whose doubled keys are faults.

    Only true and false are truths and only plain digits numbers, as in YAML 1.2: `on` is a key here, and 010 is ten.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"doubled or odd key {key.value}", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


_TAG = "tag:yaml.org,2002:"
_PLAIN = {
    f"{_TAG}bool": (r"true|false", "tf"),
    f"{_TAG}int": (r"[-+]?[0-9]+", "-+0123456789"),
    f"{_TAG}float": (r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)", "-+.0123456789"),
}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _PLAIN]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _tag, (_pattern, _first) in _PLAIN.items():
    _Loader.add_implicit_resolver(_tag, re.compile(f"^(?:{_pattern})$"), list(_first))
for _tag in (f"{_TAG}int", f"{_TAG}float"):
    _Loader.add_constructor(_tag, _decimal)


def read_document(text: str, name: str) -> tuple[Any, Mapping[Path, int]]:
    """The plain value of one YAML document and the line of each key, from 1; RuleSetError if it is not YAML."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise RuleSetError(name, (Problem(1, "", "a YAML mapping", "nothing"),))
        value = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RuleSetError(name, (Problem(line, "", "valid YAML", error.problem or "something else"),)) from error
    except (yaml.YAMLError, ValueError, ArithmeticError, RecursionError) as error:
        raise RuleSetError(name, (Problem(1, "", "valid YAML", str(error).splitlines()[0]),)) from error
    finally:
        loader.dispose()
    return value, _lines(node, name)


def check(model: type[M], value: Any, lines: Mapping[Path, int], name: str) -> M:
    """The value as a model; RuleSetError with every fault that pydantic finds."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        faults = error.errors()
        within = {fault["loc"][:end] for fault in faults for end in range(len(fault["loc"]))}
        follow_on = ("too_short",)  # a list whose entries are at fault counts as empty
        told = [fault for fault in faults if fault["type"] not in follow_on or fault["loc"] not in within]
        problems = (_problem(dict(one), lines) for one in told)
        raise RuleSetError(name, tuple(sorted(problems, key=lambda problem: problem.line))) from error


def _lines(root: yaml.Node, name: str) -> dict[Path, int]:
    """The line of every key and list entry, aliases followed; RuleSetError if they make the document endless."""
    found: dict[Path, int] = {}
    waiting: list[tuple[Path, yaml.Node, int]] = [((), root, root.start_mark.line + 1)]
    while waiting:
        path, node, line = waiting.pop()
        found[path] = line
        if len(found) > _MOST_KEYS or len(path) > _DEEPEST:
            raise RuleSetError(name, (Problem(line, "", f"at most {_MOST_KEYS} keys, {_DEEPEST} deep", "more"),))
        if isinstance(node, yaml.MappingNode):
            waiting += [((*path, str(key.value)), value, key.start_mark.line + 1) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            entries = enumerate(node.value)
            waiting += [((*path, number), value, value.start_mark.line + 1) for number, value in entries]
    return found


def _problem(error: dict[str, Any], lines: Mapping[Path, int]) -> Problem:
    path: Path = ()
    for step in error["loc"]:  # pydantic also names the union's branch, which is no key of the file
        longer = (*path, step)
        if longer in lines or (step == error["loc"][-1] and error["type"] == "missing"):
            path = longer
    near = path if path in lines else path[:-1]
    found = error["input"]
    shown = type(found).__name__ if isinstance(found, (dict, list, tuple)) else str(found) or "an empty text"
    if error["type"] in ("missing", "union_tag_not_found"):
        shown = "nothing"
    key = ".".join(str(step) for step in path)
    if error["type"] == "extra_forbidden":
        return Problem(lines.get(near, 1), key, "a known key", str(error["loc"][-1]))
    return Problem(lines.get(near, 1), key, error["msg"].removeprefix("Value error, "), shown)
