"""Everything stored about a person, as readable pages and as a file."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

from markupsafe import Markup

from bot.domain.actions.menu import DownloadMyData, ShowMyData
from bot.views.menu import back_row
from bot.views.pages import page_row, paged
from bot.views.stored_facts import MyData, StoredTable
from bot.views.stored_lines import LINES, TITLES
from bot.views.stored_words import when
from bot.views.terms import instant_name
from bot.views.view import Button, Paper, View
from bot.views.words import Words

LINES_A_BLOCK = 6
_JSON_TEXTS = {"answers", "facts", "body"}
"""Columns that hold JSON as text; where the database keeps a document, it is one already."""


def my_data(_: Words, facts: MyData, page: int = 0) -> View:
    """One page of everything stored."""
    order = list(TITLES)
    tables = sorted(facts.tables, key=lambda table: (table.by_person, order.index(table.name)))
    pages = paged([block for table in tables for block in _blocks(_, facts, table)])
    page = min(max(page, 0), len(pages) - 1)
    heading = [
        _("🔒 <b>Everything stored about {name}</b>", name=facts.person.name),
        correction(_),
    ]
    turn = page_row(page, len(pages), ShowMyData)
    file = (Button(_.plain("⬇️ All of it as a file"), DownloadMyData()),)
    rows = (*((turn,) if turn else ()), file, back_row(_))
    return View(Markup("\n").join([*heading, *pages[page]]), rows, private=True)


def correction(_: Words) -> Markup:
    """How to have something corrected."""
    return _(
        "<i>Is something wrong? Tell your branch's organisation commissioner what it should be; roster entries are "
        "corrected by the administrator. A correction never deletes what was: it is added to it.</i>"
    )


def my_file(_: Words, facts: MyData) -> View:
    """The same as a JSON file, complete."""
    document = {
        "organisation": facts.organisation,
        "person": {"name": facts.person.name, "staff_no": facts.person.staff_no, "branch": facts.person.branch},
        "exported_at": facts.now.isoformat(),
        "about_you": {table.name: _rows(table) for table in facts.tables if not table.by_person},
        "done_by_you": {table.name: _rows(table) for table in facts.tables if table.by_person},
    }
    content = json.dumps(document, ensure_ascii=False, indent=2).encode()
    text = _("Everything stored about you, {at}.", at=instant_name(_, facts.now, facts.zone))
    return View(text + "\n" + correction(_), paper=Paper(content, f"mydata-{facts.person.staff_no}.json"))


def _rows(table: StoredTable) -> list[dict[str, Any]]:
    return [
        {
            name: json.loads(value) if name in _JSON_TEXTS and isinstance(value, str) else value
            for name, value in row.items()
        }
        for row in table.rows
    ]


def _blocks(_: Words, facts: MyData, table: StoredTable) -> list[Markup]:
    """A table's rows in pieces that a page can hold, the first with the table's title."""
    if table.by_person:
        return [_done(_, facts, table)]
    lines = [LINES[table.name](_, facts, row) for row in table.rows]
    lines = [_counted(line, len(list(same))) for line, same in groupby(lines)]
    title = Markup("\n<b>{}</b>").format(TITLES[table.name](_))
    pieces = [lines[start : start + LINES_A_BLOCK] for start in range(0, len(lines), LINES_A_BLOCK)]
    blocks = [Markup("\n").join(Markup("· ") + line for line in piece) for piece in pieces]
    return [title + "\n" + blocks[0], *blocks[1:]]


def _counted(line: Markup, times: int) -> Markup:
    return line if times == 1 else line + f" × {times}"


def _done(_: Words, facts: MyData, table: StoredTable) -> Markup:
    """What the person did to others: how much and when last; the others' data stay with them."""
    instants = [value for row in table.rows for name, value in row.items() if name.endswith("at") and value]
    last = when(_, facts, max(instants, default=None))
    title = TITLES[table.name](_)
    told = _.many(
        "{title}: you acted once, {last}", "{title}: you acted {n} times, last {last}", len(table.rows),
        title=title, last=last,
    )  # fmt: skip
    return Markup("\n") + told
