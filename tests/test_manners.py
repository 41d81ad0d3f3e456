"""The house keeps its manners: whatever is declared in one room is answered for in the others."""

from __future__ import annotations

import ast
import inspect
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from bot import errors
from bot.domain.actions import ACTIONS
from bot.domain.actions.base import Action
from bot.domain.timetable import Moment
from bot.errors import XianfengError
from bot.handlers import all as conversations
from bot.handlers.errors import card_of
from bot.handlers.registry import COMMANDS, TAPS, TYPED
from bot.jobs.schedule import SCHEDULE
from bot.outbox.letters import LETTERS, MenuChanged

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(path for room in ("bot", "sandbox", "bench") for path in (ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_opens_with_a_sentence_that_names_its_job(path: Path) -> None:
    """A newcomer reads the first line and knows whether he is right here."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    first = docstring.split("\n\n")[0].strip()
    assert first.endswith((".", ":", "。")), f"{path}: {first!r}"


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_every_button_is_answered(action: type[Action]) -> None:
    """An action without a handler would be a button that does nothing."""
    assert conversations.CONVERSATIONS
    assert action in TAPS


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_the_card_of_a_refused_button_can_be_drawn_again(action: type[Action]) -> None:
    """After an error the person sees the card as it really stands."""
    values = [1 if field.type == "int" else "x" for field in fields(action)]  # type: ignore[arg-type]
    card = card_of(action(*values))
    assert card is None or type(card) in TAPS


def test_only_buttons_that_ask_wait_for_a_text() -> None:
    """What is awaited is a button's action, so that leaving the card ends the waiting."""
    assert set(TYPED) <= set(ACTIONS)


def test_every_letter_can_be_rendered() -> None:
    """A letter without words would never leave."""
    from bot.delivery.render import RENDERINGS

    assert set(LETTERS.values()) - set(RENDERINGS) == {MenuChanged}


def test_every_moment_of_the_timetable_has_its_work() -> None:
    """Nothing comes due without somebody who does it."""
    assert set(SCHEDULE) == set(Moment)


def test_the_commands_that_people_are_told_of_exist() -> None:
    """The menus and the help name only what is there."""
    from bot.catalog import load_catalog
    from bot.domain.accounts import Language
    from bot.domain.people import Category, MemberStatus, Office, Person, Role
    from bot.views.commands import commands_for

    everything = frozenset(Office(role) for role in Role if role is not Role.MEMBER)
    person = Person(1, "1", "某", 1, "支部", Category.STAFF, MemberStatus.ACTIVE, everything)
    for words in (load_catalog()[language] for language in Language):
        assert {name for name, _ in commands_for(words, person)} <= set(COMMANDS)


def test_every_error_has_a_sentence_of_its_own() -> None:
    """Every refusal says what to do next, in both languages, and fits a toast."""
    from zoneinfo import ZoneInfo

    from bot.catalog import load_catalog
    from bot.domain.accounts import Language
    from bot.views.errors import refusal

    classes = [one for _, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, XianfengError)]
    for language, words in ((language, load_catalog()[language]) for language in Language):
        fallback = refusal(words, XianfengError(), ZoneInfo("Asia/Shanghai"))
        for one in classes:
            if one is XianfengError or is_dataclass(one):
                continue
            assert refusal(words, one(), ZoneInfo("Asia/Shanghai")) != fallback, (language, one)


def test_no_registry_is_named_in_the_project() -> None:
    """Where packages come from is the machine's own business."""
    requirements = [path.read_text() for path in (ROOT / "requirements").glob("*.txt")]
    assert all("://" not in text and "--index-url" not in text for text in requirements)
    assert all("--hash=sha256:" in text for text in requirements)
