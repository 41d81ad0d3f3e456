"""What can be wrong with a rule set, with facts, or with what a rule set leaves unsaid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a file: where it stands, what was expected and what was found there."""

    line: int
    key: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.key}: expected {self.expected}, found {self.found}"


class RuleSetError(ValueError):
    """A file is not a rule set or not a fact sheet; `problems` names every fault with its line."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{name}: " + "; ".join(str(problem) for problem in problems))
        self.name = name
        self.problems = problems


class FactError(ValueError):
    """A fact that does not fit its item; `code` and `params` say how, for the words of the views."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(f"{code}: " + ", ".join(f"{name}={value}" for name, value in params.items()))
        self.code = code
        self.params: Mapping[str, str] = MappingProxyType(params)


class RuleSilentError(Exception):
    """The rule set does not say: `question_code` asks the organisation, `policy` is the key that answers."""

    def __init__(self, question_code: str, *, policy: str = "", **params: str) -> None:
        super().__init__(f"{question_code}: " + ", ".join(f"{name}={value}" for name, value in params.items()))
        self.question_code = question_code
        self.policy = policy
        self.params: Mapping[str, str] = MappingProxyType(params)
