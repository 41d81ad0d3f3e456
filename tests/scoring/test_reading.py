"""Reading rule sets: what is wrong is named with line, key, what was expected and what was found."""

from datetime import UTC, date, datetime
from string import ascii_letters

import pytest

from bot.scoring.errors import RuleSetError
from bot.scoring.rows import ruleset_from_rows, ruleset_to_rows
from bot.scoring.ruleset import default_ruleset, load_ruleset, load_template, template_names, template_text
from bot.scoring.schema import ruleset_schema

HEAD = "id: t\nversion: '1'\ntitle: t\n"


def faults(text):
    with pytest.raises(RuleSetError) as refused:
        load_ruleset(text, "t.yaml")
    return [(problem.line, problem.key) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("items", "line", "key"),
    [
        (
            "items:\n  - id: a\n    label: a\n    kind: add\n    acts: [{id: x, label: x, each: many}]",
            8,
            "items.0.acts.0.each",
        ),
        ("items:\n  - id: a\n    label: a\n    kind: odd", 5, "items.0"),
        ("items:\n  - id: a\n    label: a\n    kind: add", 5, "items.0.acts"),
        ("items:\n  - id: a\n    label: a\n    kind: ratio\n    full: 3\n    colour: red", 9, "items.0.colour"),
        ("items:\n  - {id: A-1, label: a, kind: ratio, full: 3}", 5, "items.0.id"),
        ("period: week", 4, "period"),
        ("policies:\n  line: high", 5, "policies.line"),
        ("bands:\n  - {id: b, label: b, at_least: 3, range: [1, 2]}", 5, "bands.0"),
        ("bands:\n  - {id: b, label: b, quota: {share: 2}}", 5, "bands.0.quota.share"),
        ("title: again", 4, ""),
        ("items: [", 4, ""),
    ],
)
def test_a_fault_is_named_by_line_and_key(items, line, key):
    """The person who edits the file is told where to look."""
    assert (line, key) in faults(HEAD + items)


def test_what_was_expected_and_what_was_found():
    """A fault says both, in one line."""
    with pytest.raises(RuleSetError) as refused:
        load_ruleset(f"{HEAD}items:\n  - {{id: a, label: a, kind: ratio, full: 3, colour: red}}", "t.yaml")
    assert str(refused.value) == "t.yaml: line 5: items.0.colour: expected a known key, found colour"
    with pytest.raises(RuleSetError) as refused:
        load_ruleset(f"{HEAD}items:\n  - {{id: a, label: a, kind: ratio}}\n  - {{id: b, label: b}}\nperiod: 3")
    assert [(one.key, one.found) for one in refused.value.problems] == [
        ("items.0.full", "nothing"),
        ("items.1", "nothing"),
        ("period", "3"),
    ]
    with pytest.raises(RuleSetError) as refused:
        load_ruleset(f"{HEAD}items:\n  - {{id: a, label: a, kind: ratio, part: odd, full: 3}}")
    (problem,) = refused.value.problems
    assert (problem.expected, problem.found) == ("a part id, of which there is none", "odd")
    with pytest.raises(RuleSetError) as refused:
        load_ruleset(f"{HEAD}parts: [{{id: base, label: b}}]\nitems: [{{id: base, label: a, kind: ratio, full: 3}}]")
    assert [(one.line, one.key, one.found) for one in refused.value.problems] == [(5, "items.0.id", "base")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("items: [{id: a, label: a, kind: ratio, full: 3, part: odd}]", "a part id"),
        ("items: [{id: a, label: a, kind: ratio, full: 3, dimension: odd}]", "a dimension id"),
        (
            "items: [{id: a, label: a, kind: ratio, full: 3}, {id: a, label: a, kind: ratio, full: 3}]",
            "an id used once",
        ),
        ("items: [{id: a, label: a, kind: add, acts: [{id: x, label: x}, {id: x, label: y}]}]", "an act id used once"),
        (
            "bonus: {items: [{id: a, label: a, kind: add, acts: [{id: x, label: x}, {id: x, label: y}]}]}",
            "an act id used once",
        ),
        ("items: [{id: a, label: a, kind: add, acts: [{id: x, label: x, same_as: b.x}]}]", "item.act"),
        ("items: [{id: a, label: a, kind: multiplier, of: [b], grades: [{id: g, label: g, by: 2}]}]", "an item id"),
        ("groups: [{id: g, label: g, items: [a, b]}]", "an item id"),
        ("classes: [{id: c, label: c, exempt: [a]}]", "an item id"),
        ("classes: [{id: c, label: c, starts: {a: 1}}]", "a part id or total"),
        (
            "items: [{id: a, label: a, kind: tier, when_silent: z, grades: [{id: g, label: g, points: 1}]}]",
            "when_silent",
        ),
        ("items: [{id: a, label: a, kind: shortfall, full: 1, target: 1}]", "either each_missing or steps"),
        (
            "items: [{id: a, label: a, kind: add, acts: [{id: x, label: x, each: 1, range: [1, 2]}]}]",
            "one of each, range",
        ),
        ("items: [{id: a, label: a, kind: add, acts: [{id: x, label: x, range: [3, 2]}]}]", "a range from low to high"),
        ("bands: [{id: b, label: b, range: [3, 2]}]", "an upper limit not below"),
    ],
)
def test_what_does_not_fit_together_is_refused(text, words):
    """Names that lead nowhere and values that contradict each other are faults of the file."""
    with pytest.raises(RuleSetError) as refused:
        load_ruleset(HEAD + text)
    assert any(problem.expected.startswith(words) for problem in refused.value.problems)


@pytest.mark.parametrize("word", ["total", "bonus", "veto"])
def test_words_of_the_engine_are_no_ids(word):
    """An item named like the total, the bonus or the veto would be taken for it."""
    assert faults(f"{HEAD}items: [{{id: {word}, label: a, kind: ratio, full: 3}}]") == [(4, "items.0.id")]


def test_a_misfit_is_named_where_it_stands_however_deep():
    """An id used again in the bonus, and a factor on an item that is not there."""
    ratio = "id: a, label: a, kind: ratio, full: 3"
    assert faults(f"{HEAD}items: [{{{ratio}}}]\nbonus:\n  items:\n    - {{{ratio}}}") == [(7, "bonus.items.0.id")]
    factor = "id: m, label: m, kind: multiplier, of: [b], grades: [{id: g, label: g, by: 2}]"
    assert faults(f"{HEAD}items:\n  - {{{factor}}}") == [(5, "items.0.of")]
    act = "      - {id: x, label: x,\n         same_as: b.x}"
    assert faults(f"{HEAD}items:\n  - id: a\n    label: a\n    kind: add\n    acts:\n{act}") == [
        (10, "items.0.acts.0.same_as")
    ]


def test_several_faults_are_told_together_under_the_name_of_the_file():
    """All faults stand in one sentence, and an empty text is called one."""
    with pytest.raises(RuleSetError) as refused:
        load_ruleset(f"{HEAD}period: week\nyear_starts: ''", "t.yaml")
    assert refused.value.name == "t.yaml"
    told = [str(problem) for problem in refused.value.problems]
    assert str(refused.value) == f"t.yaml: {told[0]}; {told[1]}"
    assert [problem.found for problem in refused.value.problems] == ["week", "an empty text"]


def test_an_endless_document_is_told_what_is_the_most():
    """A document that holds itself is refused with the name of the file and the limits."""
    with pytest.raises(RuleSetError) as refused:
        load_ruleset("a: &a [*a]", "t.yaml")
    (problem,) = refused.value.problems
    assert (refused.value.name, problem.line, problem.found) == ("t.yaml", 1, "more")
    assert problem.expected == "at most 50000 keys, 30 deep"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a",
        "3",
        "a: &a [*a]",
        "? [a]\n: b",
        "\tx",
        "a: !!python/object:os.system {}",
        "x: 1e",
        "items: {a: [" * 90,
    ],
)
def test_anything_else_is_refused_as_a_rule_set(text):
    """No text brings the reader down."""
    with pytest.raises(RuleSetError):
        load_ruleset(text)


@pytest.mark.parametrize(
    ("written", "read"), [("0.1", "0.1"), ("010", "10"), ("-5", "-5"), (".5", "0.5"), ("70.50", "70.50")]
)
def test_numbers_are_read_as_written(written, read):
    """0.1 is a tenth, not the nearest binary number, and 010 is ten."""
    rules = load_ruleset(f"{HEAD}policies: {{line: {written}}}")
    assert str(rules.policies.line) == read


@pytest.mark.parametrize("written", ["true", "false", "3"])
def test_a_truth_or_a_number_is_no_text(written):
    """A label has to be words; what is meant as words is quoted."""
    assert faults(f"{HEAD}dimensions: [{{id: a, label: {written}}}]") == [(4, "dimensions.0.label")]
    assert load_ruleset(f"{HEAD}dimensions: [{{id: a, label: '{written}'}}]").dimensions[0].label == written


@pytest.mark.parametrize("written", ["yes", "on", "1:30", "0x10", ".inf", ".nan", "1e3000000"])
def test_what_only_looks_like_a_number_is_refused(written):
    """No surprises of the YAML of old."""
    assert (4, "policies.line") in faults(f"{HEAD}policies: {{line: {written}}}")


@pytest.mark.parametrize("name", template_names())
def test_templates_load_name_their_source_and_survive_a_spreadsheet(name):
    """Every shipped table loads under its own name, says where it is from and survives a spreadsheet."""
    rules = load_template(name)
    assert rules.id == name
    assert rules.source.refs
    assert rules.source.missing or name == "default"
    assert ruleset_from_rows(ruleset_to_rows(rules)) == rules


def test_a_template_that_is_not_there():
    """Only shipped names can be asked for."""
    with pytest.raises(KeyError):
        template_text("../pyproject")


def test_a_spreadsheet_gives_numbers_dates_and_truths():
    """Cells that the spreadsheet turned into numbers are read as the same rule set."""
    sheets = ruleset_to_rows(default_ruleset())
    typed = {name: [[as_excel_would(cell) for cell in row] for row in rows] for name, rows in sheets.items()}
    assert ruleset_from_rows(typed) == default_ruleset()


def as_excel_would(cell):
    if cell in ("true", "false"):
        return cell == "true"
    if cell == "":
        return None
    return float(cell) if cell.replace(".", "", 1).isdigit() and cell != "2026.1" else cell


def test_a_spreadsheet_reads_like_the_table():
    """Words and numbers stand in their cells as they are; ids, labels and kinds come first."""
    sheets = ruleset_to_rows(default_ruleset())
    assert sheets["items"][0][:6] == ["id", "label", "kind", "part", "dimension", "full"]
    assert sheets["items"][1][:6] == ["meetings", "三会一课", "deduct", "base", "thought", "12"]
    assert sheets["items.acts"][1] == ["meetings", "absent", "无故缺席", "4", ""]
    assert ["policies.line", "70"] in sheets["rules"]


def test_words_stand_in_their_cells_without_quotes():
    """Only a text that would be read as something else is quoted, whatever letter it begins with."""
    labels = [f"{letter}字" for letter in ascii_letters]
    named = ", ".join(f"{{id: d{number}, label: {label}}}" for number, label in enumerate(labels))
    sheets = ruleset_to_rows(load_ruleset(f"{HEAD}dimensions: [{named}]"))
    assert [row[1] for row in sheets["dimensions"][1:]] == labels


def test_a_spreadsheet_may_give_a_day_as_a_moment():
    """A date cell that comes with a time of day is the same day."""
    sheets = ruleset_to_rows(load_ruleset(f"{HEAD}effective_from: 2026-01-31"))
    moments = [
        ["effective_from", datetime(2026, 1, 31, 8, 30, tzinfo=UTC)] if row[0] == "effective_from" else row
        for row in sheets["rules"]
    ]
    assert ruleset_from_rows({"rules": moments}).effective_from == date(2026, 1, 31)


def test_awkward_texts_survive_a_spreadsheet():
    """A label like null, a quote or a bracket comes back as it was."""
    rules = load_ruleset(
        'id: t\nversion: "null"\ntitle: ""\ndimensions: [{id: a, label: "[x]"}, {id: b, label: \'"\'}]\n'
    )
    assert ruleset_from_rows(ruleset_to_rows(rules)) == rules
    listed = ruleset_to_rows(load_ruleset(f"{HEAD}source: {{notes: [说明]}}\ndimensions: [{{id: a, label: '[甲]'}}]"))
    assert ["source.notes", '["说明"]'] in listed["rules"]
    assert listed["dimensions"][1] == ["a", '"[甲]"']


def test_blank_rows_and_columns_of_a_spreadsheet_are_nothing():
    """A remark beside the table and an empty row below it change nothing."""
    sheets = ruleset_to_rows(default_ruleset())
    noted = {
        name: [[*row, None, "", *(["remark"] if number else [""])] for number, row in enumerate(rows)]
        for name, rows in sheets.items()
    }
    for rows in noted.values():
        rows += [[], ["remark"] if rows is noted["rules"] else [None, ""]]
    assert ruleset_from_rows(noted) == default_ruleset()


def test_a_fault_in_a_spreadsheet_names_sheet_row_and_column():
    """The person who edited the spreadsheet is told the row."""
    sheets = ruleset_to_rows(default_ruleset())
    column = sheets["items.acts"][0].index("each")
    sheets["items.acts"][3][column] = "viel"
    with pytest.raises(RuleSetError) as refused:
        ruleset_from_rows(sheets)
    assert [(problem.line, problem.key) for problem in refused.value.problems] == [(4, "items.acts.each")]
    sheets["rules"][4][1] = "sometime"
    with pytest.raises(RuleSetError) as refused:
        ruleset_from_rows(sheets)
    assert (5, sheets["rules"][4][0]) in [(problem.line, problem.key) for problem in refused.value.problems]
    sheets["items.acts"][2][0] = "odd"
    with pytest.raises(RuleSetError) as refused:
        ruleset_from_rows(sheets)
    assert [(problem.line, problem.key) for problem in refused.value.problems] == [(3, "items.acts.of items")]


def test_a_fault_in_a_sheet_within_a_sheet_names_its_path():
    """An unknown column of the bonus items is named as theirs, though the bonus has no row of its own."""
    head = [["key", "value"], ["id", "t"], ["version", "1"], ["title", "t"]]
    prize = [["id", "label", "kind", "full", "colour"], ["prize", "p", "ratio", "3", "red"]]
    with pytest.raises(RuleSetError) as refused:
        ruleset_from_rows({"rules": head, "bonus.items": prize})
    assert [(problem.line, problem.key) for problem in refused.value.problems] == [(2, "bonus.items.colour")]
    with pytest.raises(RuleSetError) as refused:
        ruleset_from_rows({"rules": [*head, ["policies.rounding.step", "viel"]]})
    assert [(problem.line, problem.key) for problem in refused.value.problems] == [(5, "policies.rounding.step")]


def test_the_schema_knows_every_kind():
    """An editor can complete every kind of item."""
    schema = ruleset_schema()
    kinds = {
        "Deduct",
        "Add",
        "Tier",
        "Shortfall",
        "Ratio",
        "PerUnit",
        "Range",
        "Multiplier",
        "Either",
        "Review",
        "Carry",
    }
    assert kinds <= set(schema["$defs"])
