"""Platform records in chat: what was imported, and an export as it would be taken over."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from bot.domain.actions.records import (
    ApplyImport,
    AskRecords,
    ChooseNamesake,
    ChoosePlatform,
    DropImport,
    OpenMapping,
    OpenNamesakes,
    OpenPlatforms,
)
from bot.domain.platforms import Field, FileState, Platform, event_measure
from bot.sheets.grid import column_letters
from bot.views.menu import back_row
from bot.views.platform_facts import ImportCard, ImportLook, PlatformsPage, offered_periods
from bot.views.platform_names import field_name, platform_name, span_name
from bot.views.roster import fault_sentence
from bot.views.terms import instant_name
from bot.views.view import Button, Rows, Style, View, in_columns, one_per_row
from bot.views.words import Words

MOST_FAULTS = 8
MOST_NAMES = 12
MOST_QUESTIONS = 5
SHOWN = 12


def page(_: Words, facts: PlatformsPage) -> View:
    """What was imported of each platform, and the way to import more."""
    lines = [
        _("📥 <b>Platform records</b>"),
        _("They stand beside what members report and show where it differs. They bring no points by themselves."),
        Markup(),
    ]
    for platform in Platform:
        files = facts.of(platform)
        lines.append(_("<b>{platform}</b>", platform=platform_name(_, platform)))
        lines += [
            _("· {period}, imported {at} by {name}", period=span_name(_, file.period),
              at=instant_name(_, file.imported_at, facts.zone),
              name=facts.names.get(file.imported_by or 0) or _.plain("the administrator"))
            for file in files
        ] or [_("· nothing of the last months")]  # fmt: skip
    buttons = [Button(platform_name(_, platform), ChoosePlatform(platform)) for platform in Platform]
    return View(Markup("\n").join(lines), (*one_per_row(buttons), back_row(_)))


def periods(_: Words, facts: PlatformsPage, platform: Platform) -> View:
    """Which month or quarter the export is about."""
    text = _("📥 <b>{platform}</b>\n\nWhich month or quarter is the export about?", platform=platform_name(_, platform))
    known = {file.period for file in facts.of(platform)}
    buttons = [
        Button(("✅ " if period in known else "") + span_name(_, period), AskRecords(platform, str(period)))
        for period in offered_periods(facts.today)
    ]
    return View(text, (*in_columns(buttons, 2), _back(_)))


def asking(_: Words, platform: Platform, period: str) -> View:
    """The next file is the export."""
    text = _(
        "📎 Please send the export of {platform} as a file: Excel (.xlsx) or CSV.\n\n"
        "It needs a column with the staff number or the name, and at least one with what was counted. "
        "You see first what it says; nothing is taken over by sending it.",
        platform=platform_name(_, platform),
    )
    return View(text, ((Button(_.plain("‹ Back"), ChoosePlatform(platform)),),))


def card(_: Words, facts: ImportCard) -> View:
    """An export: how it is read, what stands against it, and what it changes."""
    file, look = facts.file, facts.look
    head = _("📥 <b>{platform} · {period}</b>", platform=platform_name(_, file.platform),
             period=span_name(_, file.period))  # fmt: skip
    lines = [head, _("File: {name}", name=file.name)]
    if look is None:
        return View(Markup("\n").join([*lines, *_settled(_, facts)]), (_back(_),), private=True)
    lines += [Markup(), *_reading(_, facts, look), Markup(), *_outcome(_, look)]
    if look.can_be_applied and facts.scored:
        items = "、".join(facts.scored)
        lines.append(_("⚠️ The table scores by a platform: {items}. This import only checks; the branch records these "
                       "points in its roll.", items=items))  # fmt: skip
    return View(Markup("\n").join(lines), _rows(_, facts, look), private=True)


def _settled(_: Words, facts: ImportCard) -> Iterator[Markup]:
    name, at = facts.by or _.plain("the administrator"), instant_name(_, facts.file.imported_at, facts.zone)
    if facts.file.state is FileState.APPLIED:
        yield _.many("✅ Taken over: {n} member. {name}, {at}", "✅ Taken over: {n} members. {name}, {at}",
                     facts.members, name=name, at=at)  # fmt: skip
    else:
        yield _("A newer export took its place. {name}, {at}", name=name, at=at)


def _reading(_: Words, facts: ImportCard, look: ImportLook) -> Iterator[Markup]:
    """Each field with its column, and the first rows as they are read so."""
    columns = facts.file.columns
    yield _("<b>How it is read</b>")
    for field in Field:
        if field in columns:
            yield Markup("· {} ← {}").format(field_name(_, field), heading(look, columns[field]))
    counted = event_measure(facts.file.platform)
    if Field.DAY in columns and Field(counted.value) not in columns:
        yield _("· {measure}: each row is one", measure=field_name(_, Field(counted.value)))
    for sample in look.samples if columns else ():
        yield Markup("<code>{}</code>").format(
            " | ".join(sample.get(columns[field], "")[:SHOWN] or "–" for field in Field if field in columns)
        )


def _outcome(_: Words, look: ImportLook) -> Iterator[Markup]:
    if not look.is_complete:
        yield _("⚠️ Please say which column holds the person, and which holds something counted: 🔧 Columns.")
    elif look.faults:
        yield _.many("⛔️ {n} fault: nothing can be taken over. Correct the file, or the columns.",
                     "⛔️ {n} faults: nothing can be taken over. Correct the file, or the columns.",
                     len(look.faults))  # fmt: skip
        for fault in look.faults[:MOST_FAULTS]:
            where = fault.address or "–"
            yield Markup("· {} {} {}").format(where, fault.column, fault_sentence(_, fault))
        yield from _more(_, len(look.faults) - MOST_FAULTS)
    elif look.changes_nothing:
        yield _("✅ This very file was imported before. It changes nothing.")
    else:
        yield from _changes(_, look)
    if look.questions:
        yield _.many("❓ {n} row fits several members: please say whom it means.",
                     "❓ {n} rows fit several members: please say whom they mean.", len(look.questions))  # fmt: skip
    if look.unknown and not look.faults:
        yield _.many("👤 {n} row is of nobody on the roster and is left out:",
                     "👤 {n} rows are of nobody on the roster and are left out:", len(look.unknown))  # fmt: skip
        named = [f"{row.address} {row.name or row.staff_no}" for row in look.unknown[:MOST_NAMES]]
        yield Markup.escape("、".join(named))
        yield from _more(_, len(look.unknown) - MOST_NAMES)


def _changes(_: Words, look: ImportLook) -> Iterator[Markup]:
    same = len(look.values) - len(look.added) - len(look.changed)
    yield _.many("📊 {n} member found: {added} new, {changed} changed, {same} as before.",
                 "📊 {n} members found: {added} new, {changed} changed, {same} as before.", len(look.values),
                 added=len(look.added), changed=len(look.changed), same=same)  # fmt: skip
    if look.gone:
        yield _.many("➖ {n} member was recorded before and is not in this file: his record is taken out.",
                     "➖ {n} members were recorded before and are not in this file: their records are taken out.",
                     len(look.gone))  # fmt: skip


def _more(_: Words, rest: int) -> Iterator[Markup]:
    if rest > 0:
        yield _.many("… and {n} more", "… and {n} more", rest)


def _rows(_: Words, facts: ImportCard, look: ImportLook) -> Rows:
    key = facts.file.file_id
    rows: list[tuple[Button, ...]] = []
    if look.can_be_applied:
        label = _.many_plain("✅ Take over ({n} member)", "✅ Take over ({n} members)", len(look.values))
        rows.append((Button(label, ApplyImport(key, look.seal), Style.GO),))
    for question in look.questions[:MOST_QUESTIONS] if not look.faults else ():
        label = _.plain("❓ Row {row}: which {name}?", row=question.row.row, name=question.row.name)
        rows.append((Button(label, OpenNamesakes(key, question.row.row), Style.MAIN),))
    if facts.file.chosen:
        rows.append((Button(_.plain("↺ Choose the persons again"), ChooseNamesake(key, 0, 0)),))
    again = AskRecords(facts.file.platform, str(facts.file.period))
    rows.append((Button(_.plain("🔧 Columns"), OpenMapping(key)), Button(_.plain("📎 Another file"), again)))
    return (*rows, (Button(_.plain("✖️ Drop it"), DropImport(key)),))


def heading(look: ImportLook, column: int) -> str:
    """A column's letter and heading."""
    return f"{column_letters(column)} {look.headings.get(column, '')}".strip()


def _back(_: Words) -> tuple[Button, ...]:
    return (Button(_.plain("‹ Platform records"), OpenPlatforms()),)
