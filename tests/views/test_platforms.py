"""The card of an export: what is taken over is said before, and what it cannot do as well."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.catalog import load_catalog
from bot.domain.accounts import Language
from bot.domain.periods import Month
from bot.domain.platforms import Field, FileState, Measure, Platform, PlatformFile
from bot.sheets.faults import Fault, FaultCode
from bot.views.platform_choices import mapping
from bot.views.platform_facts import ImportCard, ImportLook
from bot.views.platforms import MOST_FAULTS, card

EN = load_catalog()[Language.EN]
FILE = PlatformFile(
    1, Platform.ZHINIAO, Month(2026, 10), "a.csv", "0", FileState.DRAFT, 0, {Field.NAME: 1, Field.POINTS: 2}, {}, 7,
    datetime(2026, 11, 1, 4, tzinfo=UTC),
)  # fmt: skip
LOOK = ImportLook({1: "姓名", 2: "积分"}, (), True, 1, (), (), (), {7: {Measure.POINTS: 100}}, {}, None)
CARD = ImportCard(FILE, "冯办公室", 1, (), ZoneInfo("Asia/Shanghai"), LOOK)


def labels(view):
    return [button.label for row in view.rows for button in row]


def test_a_table_that_scores_by_a_platform_is_warned_of_on_the_card():
    """The import only checks, whatever the table says; the card tells so before it is taken over."""
    assert "scores by a platform" not in card(EN, CARD).text
    assert "The table scores by a platform: 学习积分." in card(EN, replace(CARD, scored=("学习积分",))).text


def test_a_settled_export_says_who_and_offers_nothing_more():
    """Taken over or replaced: nothing can be tapped but the way back."""
    applied = replace(CARD, look=None, file=replace(FILE, state=FileState.APPLIED))
    assert "Taken over: 1 member. 冯办公室, 1 Nov 12:00" in card(EN, applied).text
    replaced = replace(CARD, look=None, file=replace(FILE, state=FileState.REPLACED))
    assert "A newer export took its place." in card(EN, replaced).text
    assert labels(card(EN, applied)) == labels(card(EN, replaced)) == labels(mapping(EN, applied))
    assert labels(card(EN, applied)) == ["‹ Platform records"]


def test_many_faults_do_not_fill_the_chat():
    """The first are named, the rest counted; nothing can be taken over."""
    faults = tuple(Fault(row, "积分", f"B{row}", FaultCode.NOT_A_NUMBER, "x") for row in range(2, 600))
    view = card(EN, replace(CARD, look=replace(LOOK, faults=faults)))
    assert view.text.count("x is not a number.") == MOST_FAULTS
    assert f"and {len(faults) - MOST_FAULTS} more" in view.text
    assert not any(label.startswith("✅") for label in labels(view))


def test_names_from_a_file_are_text_and_no_markup():
    """A heading or a name that looks like markup is shown as it stands."""
    look = replace(LOOK, headings={1: "<b>姓名", 2: "积分"}, samples=({1: "<i>张伟", 2: "1"},))
    assert "&lt;b&gt;姓名" in card(EN, replace(CARD, look=look)).text
    assert "<code>&lt;i&gt;张伟 | 1</code>" in card(EN, replace(CARD, look=look)).text


def test_the_seal_changes_with_what_would_be_changed():
    """A card that was seen before somebody else imported is told to be out of date."""
    assert LOOK.seal == replace(LOOK, rows=9).seal
    assert LOOK.seal != replace(LOOK, before={7: {Measure.POINTS: 50}}).seal
    assert LOOK.seal != replace(LOOK, values={8: {Measure.POINTS: 100}}).seal
