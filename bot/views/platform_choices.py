"""What only a person can say of an export: which column holds what, and whom a row means."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.actions.records import ChooseNamesake, OpenField, OpenImport, OpenMapping, SetColumn
from bot.domain.platforms import Field
from bot.sheets.platform_people import Question
from bot.views.platform_facts import ImportCard
from bot.views.platform_names import field_name
from bot.views.platforms import SHOWN, card, heading
from bot.views.view import Button, View, in_columns, one_per_row
from bot.views.words import Words


def mapping(_: Words, facts: ImportCard) -> View:
    """Every field with its column, to be changed by a tap."""
    look = facts.look
    if look is None:
        return card(_, facts)
    columns = facts.file.columns
    text = _("🔧 <b>Which column holds what?</b>\nTap what is not right. I remember it for the next export.")
    buttons = [
        Button(f"{field_name(_, field)} ← {heading(look, columns[field]) if field in columns else '–'}",
               OpenField(facts.file.file_id, field))
        for field in Field
    ]  # fmt: skip
    return View(text, (*one_per_row(buttons), _to_card(_, facts)), private=True)


def column_choice(_: Words, facts: ImportCard, field: str) -> View:
    """All columns of the file with their first value."""
    look = facts.look
    if look is None or field not in set(Field):
        return card(_, facts)
    key = facts.file.file_id
    text = _("Which column holds <b>{field}</b>?", field=field_name(_, Field(field)))
    first = look.samples[0] if look.samples else {}
    buttons = [
        Button(f"{heading(look, column)}（{first.get(column, '–')[:SHOWN]}）", SetColumn(key, field, column))
        for column in look.headings
    ]
    buttons.append(Button(_.plain("None of them"), SetColumn(key, field, 0)))
    return View(text, (*in_columns(buttons, 2), (Button(_.plain("‹ Back"), OpenMapping(key)),)), private=True)


# ── whom a row means ──────────────────────────────────────────────────────────────────────────────────────────────────


def namesakes(_: Words, facts: ImportCard, row: int) -> View:
    """Those whom the row fits; the card again once that is answered."""
    found = next((one for one in facts.look.questions if one.row.row == row), None) if facts.look else None
    if found is None:
        return card(_, facts)
    key = facts.file.file_id
    buttons = [
        Button(f"{one.name} · {one.branch} · {one.staff_no}", ChooseNamesake(key, row, one.member_id))
        for one in found.candidates
    ]
    buttons.append(Button(_.plain("None of them, leave it out"), ChooseNamesake(key, row, 0)))
    return View(_question(_, found), (*one_per_row(buttons), _to_card(_, facts)), private=True)


def _question(_: Words, found: Question) -> Markup:
    unit = found.row.branch or "–"
    return _("❓ Row {row} says <b>{name}</b>, unit: {unit}.\nWhom does it mean?", row=found.row.row,
             name=found.row.name, unit=unit)  # fmt: skip


def _to_card(_: Words, facts: ImportCard) -> tuple[Button, ...]:
    return (Button(_.plain("‹ Back"), OpenImport(facts.file.file_id)),)
