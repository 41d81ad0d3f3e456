"""The person's front page, the help and the first words with a stranger."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.accounts import Language
from bot.domain.actions.binding import ConfirmBinding, DeclineBinding, ShowGroupCode
from bot.domain.actions.calendar import ShowCalendar
from bot.domain.actions.delegation import OpenDelegations
from bot.domain.actions.desk import OpenDesk
from bot.domain.actions.menu import (
    ChooseLanguage,
    OpenCurrentForm,
    OpenMenu,
    SetLanguage,
    ShowBoard,
    ShowHelp,
    ShowMyData,
    ShowOverview,
    ShowPortrait,
    ShowScore,
    ShowWhy,
)
from bot.domain.actions.objections import OpenObjections
from bot.domain.actions.publicity import OpenPublicity
from bot.domain.actions.rating import OpenQueue
from bot.domain.actions.records import OpenPlatforms
from bot.domain.actions.review import OpenBody, OpenReviews
from bot.domain.actions.rules import OpenRules
from bot.domain.forms import FormState
from bot.domain.people import Office, Person
from bot.views.commands import commands_for
from bot.views.facts import Menu
from bot.views.stored_names import office_name
from bot.views.terms import deadline_name, month_name, points
from bot.views.view import Button, Style, View, in_columns, one_per_row
from bot.views.words import Words


def menu(_: Words, facts: Menu) -> View:
    """What waits for the person, and the way to everything he may see."""
    person = facts.person
    lines = [_("<b>{name}</b> · {branch}", name=person.name, branch=person.branch)]
    if person.offices:
        roles = " · ".join(sorted(_role(_, office) for office in person.offices))
        lines.append(_("<i>{roles}</i>", roles=roles))
    lines += [Markup(), _form_line(_, facts)]
    if facts.waiting_ratings:
        lines.append(
            _.many("🗂 {n} member waits for your rating", "🗂 {n} members wait for your rating", facts.waiting_ratings)
        )
    if facts.waiting_reviews:
        lines.append(
            _.many("🔎 {n} branch waits for your review", "🔎 {n} branches wait for your review", facts.waiting_reviews)
        )
    if facts.answers_waiting:
        lines.append(
            _.many("⚖️ {n} objection waits for your answer", "⚖️ {n} objections wait for your answer",
                   facts.answers_waiting)
        )  # fmt: skip
    return View(Markup("\n").join(lines), _menu_rows(_, facts))


def _role(_: Words, office: Office) -> str:
    name = office_name(_, office)
    return name if office.on_behalf_of is None else _.plain("{role} (standing in)", role=name)


def _form_line(_: Words, facts: Menu) -> Markup:
    form = facts.form
    if form is None:
        return _("No form is open now. The next one opens on the 25th.")
    month = month_name(_, form.month)
    if form.exempt is not None:
        return _("📋 {month}: you are exempt, there is nothing to do", month=month)
    if form.state is FormState.SUBMITTED:
        return _("📋 {month}: handed in, {points} points", month=month, points=points(form.total_centi))
    if form.state is FormState.RETURNED:
        return _("📋 {month}: sent back to you, please look at it again", month=month)
    if not form.takes_answers(facts.now):
        return _("📋 {month}: closed, not handed in", month=month)
    return _("📋 {month}: to be handed in by {day}", month=month, day=deadline_name(_, form.closes_at, facts.zone))


def _menu_rows(_: Words, facts: Menu) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    form = facts.form
    if form is not None:
        waits = form.exempt is None and form.takes_answers(facts.now)
        label = _.plain("📋 Fill in the form") if waits else _.plain("📋 Look at the form")
        rows.append((Button(label, OpenCurrentForm(), Style.MAIN if waits else Style.PLAIN),))
    rows += _office_rows(_, facts)
    if facts.has_results or facts.answers_waiting:
        rows.append((Button(_.plain("⚖️ Objections"), OpenObjections()),))
    rows.append((Button(_.plain("📊 My points"), ShowScore()), Button(_.plain("❓ Why"), ShowWhy())))
    if facts.has_results:
        rows.append((Button(_.plain("🏆 Board"), ShowBoard()), Button(_.plain("🖼 Portrait"), ShowPortrait())))
    beside = [Button(_.plain("📅 Calendar"), ShowCalendar())]
    if facts.delegates:
        beside.append(Button(_.plain("🤝 Delegation"), OpenDelegations()))
    rows.append(tuple(beside))
    if facts.binds_group:
        rows.append((Button(_.plain("👥 Bind the branch group"), ShowGroupCode()),))
    rows.append(
        (
            Button(_.plain("🌐 Language"), ChooseLanguage()),
            Button(_.plain("🔒 My data"), ShowMyData()),
            Button(_.plain("💡 Help"), ShowHelp()),
        )
    )
    return tuple(rows)


def _office_rows(_: Words, facts: Menu) -> list[tuple[Button, ...]]:
    """The rooms that the person's offices open, two in a row: the committee's secretary has eight of them."""
    rooms: list[Button] = []
    if facts.sees_queue:
        rooms.append(Button(_.plain("🗂 Rate the branch"), OpenQueue(), _main_if(facts.waiting_ratings)))
    if facts.sees_desk:
        rooms.append(Button(_.plain("🧾 Branch desk"), OpenDesk()))
    if facts.reviews:
        rooms.append(Button(_.plain("🔎 My reviews"), OpenReviews(), _main_if(facts.waiting_reviews)))
    if facts.forms_body:
        rooms.append(Button(_.plain("🏢 Review group"), OpenBody()))
    if facts.publishes:
        rooms.append(Button(_.plain("📢 Publicity"), OpenPublicity()))
    if facts.sees_overview:
        rooms.append(Button(_.plain("🏛 All branches"), ShowOverview()))
    if facts.imports_records:
        rooms.append(Button(_.plain("📥 Import platform records"), OpenPlatforms()))
    return list(in_columns(rooms, 2))


def _main_if(waiting: int) -> Style:
    return Style.MAIN if waiting else Style.PLAIN


def back_row(_: Words) -> tuple[Button, ...]:
    """The way back to the front page."""
    return (Button(_.plain("‹ Menu"), OpenMenu()),)


def languages(_: Words) -> View:
    """Which language the bot shall speak."""
    buttons = [Button("中文", SetLanguage(Language.ZH)), Button("English", SetLanguage(Language.EN))]
    return View(_("Which language do you prefer?"), (*in_columns(buttons, 2), back_row(_)))


def language_set(_: Words) -> View:
    """The language was chosen."""
    return View(_("From now on I speak English with you."), (back_row(_),))


def is_this_you(_: Words, organisation: str, invite_id: int, person: Person, notice: Markup, whole: Button) -> View:
    """Before anything is bound: branch and name, what is stored in two lines with the way to the whole, and a yes."""
    text = _(
        "<b>{organisation}</b>\n\nAre you <b>{name}</b> of {branch}?\n\n"
        "If you say yes, this account stands for you, and you agree to this notice:\n{notice}",
        organisation=organisation, name=person.name, branch=person.branch, notice=notice,
    )  # fmt: skip
    yes = Button(_.plain("✅ Yes, bind"), ConfirmBinding(invite_id), Style.GO)
    return View(text, one_per_row([yes, Button(_.plain("No, that is not me"), DeclineBinding(invite_id)), whole]))


def not_me(_: Words) -> View:
    """The invite was for somebody else."""
    return View(
        _("Nothing was bound. Please give the link back to your organisation commissioner and ask for your own.")
    )


def help_page(_: Words, person: Person) -> View:
    """What this person can do here."""
    head = _(
        "<b>What I do</b>\n"
        "Once a month you answer a short form; the branch rates it once a quarter; then you see your points, with the "
        "reason of each."
    )
    listed = [Markup("/{} – {}").format(name, sentence) for name, sentence in commands_for(_, person)]
    good_to_know = _(
        "<b>Good to know</b>\n"
        "· Every tap is saved at once; you can stop and go on at any time.\n"
        "· Until the month closes you can take the form back and change it.\n"
        "· Not answering is never a deduction.\n"
        "· Answers and reasons are never shown in a group.\n"
        "· Questions or a wrong entry? Ask your branch's organisation commissioner."
    )
    text = Markup("\n").join([head, Markup(), *listed, Markup(), good_to_know])
    return View(text, ((Button(_.plain("📜 The rules"), OpenRules()), *back_row(_)),))


def apology(_: Words) -> View:
    """Something failed for good; the person can go on."""
    return View(
        _("Something went wrong with your last message. It was kept and will be looked at; please go on with /menu.")
    )
