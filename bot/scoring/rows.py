"""A rule set as sheets of rows for a spreadsheet, and back, with nothing lost.

Every list of the YAML is a sheet named by its path ("items", "items.acts"); a row names its parents by id in "of …"
columns. Single values stand on the sheet "rules" as key and value. An empty cell is a key left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.scoring.errors import Problem, RuleSetError
from bot.scoring.fitting import fitted
from bot.scoring.reading import Path
from bot.scoring.table import RuleSet

MAIN = "rules"
_NULL = "null"
_OF = "of "
_FIRST = ("id", "label", "kind", "part", "dimension", "full")
_JSON = '["{'
Cells = dict[str, str]


def ruleset_to_rows(rules: RuleSet) -> dict[str, list[list[str]]]:
    """The sheets of a rule set, each with a head row; every cell is text."""
    records: dict[str, list[Cells]] = {}
    main = dict(_cells(rules.model_dump(mode="json", exclude_defaults=True), "", "", {}, records))
    sheets = {MAIN: [["key", "value"], *([key, value] for key, value in main.items())]}
    for name, found in records.items():
        head = sorted(dict.fromkeys(key for record in found for key in record), key=_column)
        sheets[name] = [head, *([record.get(key, "") for key in head] for record in found)]
    return sheets


def _column(key: str) -> int:
    """Parents first, then what a row is known by, then the rest as it came."""
    return 0 if key.startswith(_OF) else _FIRST.index(key) + 1 if key in _FIRST else len(_FIRST) + 1


def _cells(
    value: Mapping[str, Any], path: str, prefix: str, parents: Cells, records: dict[str, list[Cells]]
) -> Iterator[tuple[str, str]]:
    """The columns of one object; objects within get dotted columns, lists of objects their own sheets."""
    for key, inner in value.items():
        here = f"{path}.{key}".lstrip(".")
        if isinstance(inner, dict) and inner:
            yield from _cells(inner, here, f"{prefix}{key}.", parents, records)
        elif isinstance(inner, list) and inner and isinstance(inner[0], dict):
            for one in inner:
                record = dict(parents)
                records.setdefault(here, []).append(record)
                below = parents | ({_OF + here: str(one["id"])} if "id" in one else {})
                record |= dict(_cells(one, here, "", below, records))
        else:
            yield f"{prefix}{key}", _written(inner)


def _written(value: object) -> str:
    if value is None:
        return _NULL
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False) if value in ("", _NULL) or value[0] in _JSON else value
    return json.dumps(value, ensure_ascii=False)


def ruleset_from_rows(sheets: Mapping[str, Sequence[Sequence[object]]], name: str = "spreadsheet") -> RuleSet:
    """The rule set of such sheets; cells may be numbers, dates and truths as a spreadsheet gives them.

    RuleSetError with `problems`, whose `line` is the row and whose `key` is sheet and column.
    """
    document: dict[str, Any] = {}
    lines: dict[Path, int] = {(): 1}
    for number, (key, value) in enumerate(
        ((row[0], row[1]) for row in sheets.get(MAIN, ())[1:] if len(row) > 1), start=2
    ):
        if text := _text(value):
            _put(document, (), str(key), text, lines, number)
    try:
        for sheet in sorted((one for one in sheets if one != MAIN), key=lambda one: (one.count("."), one)):
            _hang(document, sheet, sheets[sheet], lines)
        return fitted(document, lines, name)
    except RuleSetError as error:
        raise RuleSetError(name, tuple(_in_sheet(problem) for problem in error.problems)) from error


def _hang(document: dict[str, Any], sheet: str, rows: Sequence[Sequence[object]], lines: dict[Path, int]) -> None:
    """Append a sheet's rows to the list they belong to, under the parents they name."""
    head = [_text(cell) for cell in rows[0]] if rows else []
    for number, row in enumerate(rows[1:], start=2):
        cells = {key: text for key, cell in zip(head, row, strict=False) if key and (text := _text(cell))}
        if not cells:
            continue
        parent, path = _parent(document, sheet, cells, lines, number)
        last = sheet.rpartition(".")[2]
        listed = parent.setdefault(last, [])
        lines.setdefault((*path, last), 1)
        path = (*path, last, len(listed))
        record: dict[str, Any] = {}
        listed.append(record)
        lines[path] = number
        for key, text in cells.items():
            if not key.startswith(_OF):
                _put(record, path, key, text, lines, number)


def _parent(
    document: dict[str, Any], sheet: str, cells: Cells, lines: dict[Path, int], number: int
) -> tuple[dict[str, Any], Path]:
    """The object whose list the row belongs to: down the sheet's path, by the ids in the "of" columns."""
    here: Any = document
    path: Path = ()
    walked = ""
    for step in sheet.split(".")[:-1]:
        walked = f"{walked}.{step}".lstrip(".")
        here = here.setdefault(step, [] if _OF + walked in cells else {})
        path = (*path, step)
        lines.setdefault(path, 1)
        if isinstance(here, list):
            wanted = cells.get(_OF + walked, "")
            index = next((index for index, one in enumerate(here) if one.get("id") == wanted), None)
            if index is None:
                raise RuleSetError(
                    "", (Problem(number, f"{sheet}.{_OF}{walked}", f"an id of {walked}", wanted or "nothing"),)
                )
            here, path = here[index], (*path, index)
    return here, path


def _put(record: dict[str, Any], path: Path, key: str, text: str, lines: dict[Path, int], number: int) -> None:
    """Set a dotted key, remembering the row."""
    *outer, last = key.split(".")
    for step in outer:
        path = (*path, step)
        lines.setdefault(path, number)
        record = record.setdefault(step, {})
    record[last] = _read(text)
    lines[(*path, last)] = number


def _read(text: str) -> Any:
    if text == _NULL:
        return None
    if text[0] in _JSON:
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _text(cell: object) -> str:
    """A cell as text: whole numbers without a point, truths in small letters, days as 2026-01-31, blanks as nothing."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _in_sheet(problem: Problem) -> Problem:
    """A problem whose key is sheet and column instead of list positions."""
    key = ".".join(step for step in problem.key.split(".") if not step.isdigit())
    return Problem(problem.line, key, problem.expected, problem.found)
