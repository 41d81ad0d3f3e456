"""A table goes to Excel and back, and becomes YAML, with nothing lost."""

from __future__ import annotations

from datetime import date

import pytest
from xlsxwriter import Workbook

from bot.scoring.errors import RuleSetError
from bot.scoring.rows import ruleset_to_rows
from bot.scoring.ruleset import default_ruleset, load_ruleset, load_template, template_names
from bot.scoring.writing import ruleset_to_yaml
from bot.sheets.faults import SheetCode, SheetError
from bot.sheets.ruleset import is_workbook, ruleset_from_workbook, ruleset_to_workbook

DAY = date(2026, 11, 1)


@pytest.mark.parametrize("name", template_names())
def test_nothing_is_lost_on_the_way_through_excel_or_yaml(name):
    """Every shipped table is the same after a workbook and after YAML."""
    rules = load_template(name)
    workbook = ruleset_to_workbook(rules, DAY)
    assert is_workbook(workbook)
    assert ruleset_from_workbook(workbook, "t.xlsx") == rules
    assert load_ruleset(ruleset_to_yaml(rules)) == rules


def test_numbers_and_truths_typed_in_excel_are_read_exactly(tmp_path):
    """Who edits in Excel types numbers, not texts: 0.1 stays a tenth."""
    path = tmp_path / "typed.xlsx"
    with Workbook(str(path)) as workbook:
        for name, rows in ruleset_to_rows(default_ruleset()).items():
            page = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell in ("true", "false"):
                        page.write_boolean(number, column, cell == "true")
                    elif cell.replace(".", "", 1).isdigit() and cell != "2026.1":
                        page.write_number(number, column, float(cell))
                    elif cell:
                        page.write_string(number, column, cell)
    assert ruleset_from_workbook(path.read_bytes(), "typed.xlsx") == default_ruleset()


def test_a_fault_names_sheet_column_and_row(tmp_path):
    """Who edits in Excel is told where to look."""
    rows = ruleset_to_rows(default_ruleset())
    rows["items.acts"][3][rows["items.acts"][0].index("each")] = "many"
    path = tmp_path / "faulty.xlsx"
    with Workbook(str(path)) as workbook:
        for name, lines in rows.items():
            page = workbook.add_worksheet(name)
            for number, line in enumerate(lines):
                page.write_row(number, 0, line)
    with pytest.raises(RuleSetError) as refused:
        ruleset_from_workbook(path.read_bytes(), "faulty.xlsx")
    assert [(problem.line, problem.key) for problem in refused.value.problems] == [(4, "items.acts.each")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"id: a", SheetCode.UNKNOWN_FORMAT),
        (b"PK\x03\x04 no zip", SheetCode.BROKEN),
        (b"x" * 6_000_000, SheetCode.TOO_LARGE),
    ],
)
def test_what_is_no_workbook_is_refused(content, code):
    """No file brings the reader down."""
    with pytest.raises(SheetError) as refused:
        ruleset_from_workbook(content, "t.xlsx")
    assert refused.value.code is code
