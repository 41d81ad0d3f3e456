"""The front page, the language and the help."""

from __future__ import annotations

from bot.domain.accounts import Language
from bot.domain.actions.menu import ChooseLanguage, OpenMenu, SetLanguage, ShowHelp
from bot.handlers.registry import Context, on_command, on_tap
from bot.views import menu
from bot.views.view import Answer


@on_command("menu")
async def on_menu_command(_rest: str, context: Context) -> Answer:
    """/menu."""
    facts = await context.do.show_menu(context.visit)
    return Answer(menu.menu(context.words, facts))


@on_tap(OpenMenu)
async def on_menu(_action: OpenMenu, context: Context) -> Answer:
    """Back to the front page."""
    return await on_menu_command("", context)


@on_command("language")
async def on_language_command(_rest: str, context: Context) -> Answer:
    """/language."""
    await context.do.show_menu(context.visit)
    return Answer(menu.languages(context.words))


@on_tap(ChooseLanguage)
async def on_language_asked(_action: ChooseLanguage, context: Context) -> Answer:
    """The language button."""
    return await on_language_command("", context)


@on_tap(SetLanguage)
async def on_language_chosen(action: SetLanguage, context: Context) -> Answer:
    """One of the languages."""
    language = Language.EN if action.language == Language.EN else Language.ZH
    await context.do.set_language(context.visit, language)
    return Answer(menu.language_set(context.words))


@on_command("help")
async def on_help_command(_rest: str, context: Context) -> Answer:
    """/help."""
    facts = await context.do.show_menu(context.visit)
    return Answer(menu.help_page(context.words, facts.person))


@on_tap(ShowHelp)
async def on_help(_action: ShowHelp, context: Context) -> Answer:
    """The help button."""
    return await on_help_command("", context)
