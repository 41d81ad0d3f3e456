"""Platform records: a department sends an export, looks at how it is read, and takes it over."""

from __future__ import annotations

from bot.domain.actions.records import (
    ApplyImport,
    AskRecords,
    ChooseNamesake,
    ChoosePlatform,
    DropImport,
    OpenField,
    OpenImport,
    OpenMapping,
    OpenNamesakes,
    OpenPlatforms,
    SetColumn,
)
from bot.domain.platforms import Platform
from bot.errors import ExportExpectedError, FileTooLargeError, NotFoundError
from bot.handlers.registry import Context, Typed, on_command, on_tap, on_typed
from bot.sheets.limits import MAX_BYTES, MEBIBYTE
from bot.telegram.codec import pack
from bot.views import platform_choices, platforms
from bot.views.view import Answer


@on_command("platforms")
async def on_platforms_command(_rest: str, context: Context) -> Answer:
    """/platforms."""
    page = await context.do.show_platforms(context.visit)
    return Answer(platforms.page(context.words, page))


@on_tap(OpenPlatforms)
async def on_platforms_opened(_action: OpenPlatforms, context: Context) -> Answer:
    """The page of platforms."""
    return await on_platforms_command("", context)


@on_tap(ChoosePlatform)
async def on_platform_chosen(action: ChoosePlatform, context: Context) -> Answer:
    """One platform: which period?"""
    page = await context.do.show_platforms(context.visit)
    return Answer(platforms.periods(context.words, page, _platform(action.platform)))


@on_tap(AskRecords)
async def on_records_asked(action: AskRecords, context: Context) -> Answer:
    """The next file is the export."""
    await context.do.ask_records(context.visit, action.platform, action.period, pack(action), context.message_id)
    return Answer(platforms.asking(context.words, _platform(action.platform), action.period))


@on_typed(AskRecords)
async def on_records_sent(action: AskRecords, typed: Typed, context: Context) -> Answer:
    """The file came: how it is read and what it would change."""
    attachment = typed.attachment
    if attachment is None or attachment.kind != "document":
        raise ExportExpectedError
    if attachment.size_bytes > MAX_BYTES:
        raise FileTooLargeError(MAX_BYTES // MEBIBYTE)
    content = await context.sender.fetch(attachment.file_id)
    card = await context.do.draft_records(context.visit, action.platform, action.period, content, attachment.name)
    return Answer(platforms.card(context.words, card), new_message=True)


@on_tap(OpenImport)
async def on_import_opened(action: OpenImport, context: Context) -> Answer:
    """One export."""
    card = await context.do.open_import(context.visit, action.file_id)
    return Answer(platforms.card(context.words, card))


@on_tap(OpenMapping)
async def on_mapping_opened(action: OpenMapping, context: Context) -> Answer:
    """Which column holds what."""
    card = await context.do.open_import(context.visit, action.file_id)
    return Answer(platform_choices.mapping(context.words, card))


@on_tap(OpenField)
async def on_field_opened(action: OpenField, context: Context) -> Answer:
    """All columns, one of which holds this field."""
    card = await context.do.open_import(context.visit, action.file_id)
    return Answer(platform_choices.column_choice(context.words, card, action.field))


@on_tap(SetColumn)
async def on_column_chosen(action: SetColumn, context: Context) -> Answer:
    """The column was chosen."""
    card = await context.do.set_column(context.visit, action.file_id, action.field, action.column)
    return Answer(platform_choices.mapping(context.words, card))


@on_tap(OpenNamesakes)
async def on_namesakes_opened(action: OpenNamesakes, context: Context) -> Answer:
    """Whom a row means."""
    card = await context.do.open_import(context.visit, action.file_id)
    return Answer(platform_choices.namesakes(context.words, card, action.row))


@on_tap(ChooseNamesake)
async def on_namesake_chosen(action: ChooseNamesake, context: Context) -> Answer:
    """The row means this one."""
    card = await context.do.choose_namesake(context.visit, action.file_id, action.row, action.member_id)
    return Answer(platforms.card(context.words, card))


@on_tap(ApplyImport)
async def on_import_applied(action: ApplyImport, context: Context) -> Answer:
    """Taken over."""
    card = await context.do.apply_import(context.visit, action.file_id, action.seal)
    return Answer(platforms.card(context.words, card), toast=context.words.plain("Taken over."))


@on_tap(DropImport)
async def on_import_dropped(action: DropImport, context: Context) -> Answer:
    """Not wanted."""
    await context.do.drop_import(context.visit, action.file_id)
    page = await context.do.show_platforms(context.visit)
    return Answer(platforms.page(context.words, page), toast=context.words.plain("Dropped."))


def _platform(name: str) -> Platform:
    try:
        return Platform(name)
    except ValueError as error:
        raise NotFoundError from error
