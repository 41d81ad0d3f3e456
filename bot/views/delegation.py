"""委托: who holds an office for whom, and the steps of giving one away."""

from __future__ import annotations

from datetime import date, timedelta

from markupsafe import Markup

from bot.domain.actions.delegation import (
    AskFirstDay,
    AskGiveOffice,
    AskLastDay,
    AskStandIn,
    EndDelegation,
    GiveOffice,
    OpenDelegations,
)
from bot.domain.actions.menu import OpenMenu
from bot.domain.delegation import BRANCH_ROLES, LONGEST_DAYS, office_code
from bot.domain.typed import number_of_day
from bot.views.delegation_facts import DelegationCard, DelegationDraft, DelegationPage, StandInChoice
from bot.views.menu import back_row
from bot.views.stored_names import office_name
from bot.views.terms import date_name, day_name
from bot.views.view import Button, Rows, Style, View, in_columns, one_per_row
from bot.views.words import Words

PAGE = 24
_DAYS_OFFERED = 8
_LASTS_DAYS = (1, 3, 5, 7, 14, 30, 60)
_MOST_FOUND = 8


def page(_: Words, facts: DelegationPage) -> View:
    """What the visitor gave, what was given to him, and what he can give."""
    lines = [_("🤝 <b>Delegation</b>"), Markup()]
    lines += [_given(_, card) for card in facts.given]
    lines += [_received(_, card) for card in facts.received]
    if not facts.given and not facts.received:
        lines.append(_("Nothing is delegated, by you or to you."))
    if facts.offices:
        lines += [Markup(), _("Away for some days? Give your office to somebody until you are back; you can end it at "
                              "any time.")]  # fmt: skip
    elif not facts.given and not facts.received:
        lines.append(_("You hold no office that could be delegated."))
    rows: list[tuple[Button, ...]] = []
    for card in (*facts.given, *facts.received):
        action = EndDelegation(card.delegation.delegation_id)
        label = _.plain("⏹ End: {name}", name=card.delegate) if card in facts.given else _.plain(
            "⏹ Give back to {name}", name=card.principal)  # fmt: skip
        rows.append((Button(label, action, Style.STOP),))
    rows += one_per_row([
        Button(_.plain("🤝 Delegate: {office}", office=office_name(_, office)), AskStandIn(office_code(office)))
        for office in facts.offices
    ])  # fmt: skip
    return View(Markup("\n").join(lines), (*rows, back_row(_)), private=True)


def _given(_: Words, card: DelegationCard) -> Markup:
    return _("➡️ {office}: <b>{name}</b>, {days}", office=office_name(_, card.delegation.office), name=card.delegate,
             days=_days(_, card))  # fmt: skip


def _received(_: Words, card: DelegationCard) -> Markup:
    return _("⬅️ {office} for <b>{name}</b>, {days}", office=office_name(_, card.delegation.office),
             name=card.principal, days=_days(_, card))  # fmt: skip


def _days(_: Words, card: DelegationCard) -> Markup:
    first, last = day_name(_, card.first_on), day_name(_, card.last_on)
    if card.holds:
        return _("{first} to {last} (now)", first=first, last=last)
    return _("{first} to {last} (not yet)", first=first, last=last)


def stand_in_page(_: Words, facts: StandInChoice, number: int = 0) -> View:
    """Who holds the office meanwhile: the branch's members, or whoever was searched for."""
    office = office_code(facts.office)
    shown = facts.candidates[number * PAGE : (number + 1) * PAGE] if facts.is_branch else facts.candidates[:_MOST_FOUND]
    buttons = [Button(_candidate(facts, index, number), AskFirstDay(office, one.member_id))
               for index, one in enumerate(shown)]  # fmt: skip
    rows: list[tuple[Button, ...]] = list(in_columns(buttons, 2 if facts.is_branch else 1))
    turning = []
    if facts.is_branch and number > 0:
        turning.append(Button("‹", AskStandIn(office, number - 1)))
    if facts.is_branch and len(facts.candidates) > (number + 1) * PAGE:
        turning.append(Button("›", AskStandIn(office, number + 1)))
    if turning:
        rows.append(tuple(turning))
    lines = [_("🤝 <b>{office}</b>: who shall stand in?", office=office_name(_, facts.office)), _asked(_, facts)]
    return View(Markup("\n").join(lines), (*rows, _back(_, OpenDelegations())), private=True)


def _candidate(facts: StandInChoice, index: int, number: int) -> str:
    if facts.is_branch:
        return facts.candidates[number * PAGE + index].name
    return f"{facts.candidates[index].name} · {facts.candidates[index].branch}"


def _asked(_: Words, facts: StandInChoice) -> Markup:
    if facts.is_branch and facts.candidates:
        return _("Only members of your branch who use this bot can be chosen.")
    if facts.is_branch:
        return _("Nobody else of your branch uses this bot yet, so there is nobody to choose.")
    if facts.searched is None:
        return _("Please write the name or the staff number.")
    if not facts.candidates:
        return _("I found nobody called “{text}” who could stand in. Please write another name or a staff number.",
                 text=facts.searched[:40])  # fmt: skip
    return _("Found for “{text}”. Not among them? Write another name or the staff number.", text=facts.searched[:40])


def first_day_page(_: Words, facts: DelegationDraft) -> View:
    """From which day on."""
    office = office_code(facts.office)
    days = [facts.today + timedelta(days=after) for after in range(_DAYS_OFFERED)]
    buttons = [
        Button(_.plain("Today") if day == facts.today else day_name(_, day),
               AskLastDay(office, facts.delegate.member_id, number_of_day(day)))
        for day in days
    ]  # fmt: skip
    asked = _("From which day on? Tap, or write it like {example}.", example=day_name(_, facts.today))
    return _step(_, facts, asked, in_columns(buttons, 4), AskStandIn(office))


def last_day_page(_: Words, facts: DelegationDraft, first: date) -> View:
    """Until which day, that day included."""
    office, member_id = office_code(facts.office), facts.delegate.member_id
    lasts = [(days, first + timedelta(days=days - 1)) for days in _LASTS_DAYS]
    buttons = [
        Button(_lasting(_, days, day_name(_, last)),
               AskGiveOffice(office, member_id, number_of_day(first), number_of_day(last)))
        for days, last in lasts
    ]  # fmt: skip
    asked = _(
        "From {first} on. Until which day? Tap, or write the last day like {example}. At most {n} days.",
        first=day_name(_, first), example=day_name(_, lasts[3][1]), n=LONGEST_DAYS,
    )  # fmt: skip
    return _step(_, facts, asked, in_columns(buttons, 2), AskFirstDay(office, member_id))


def _lasting(_: Words, days: int, until: str) -> str:
    return _.many_plain("until {day} ({n} day)", "until {day} ({n} days)", days, day=until)


def confirm_page(_: Words, facts: DelegationDraft, first: date, last: date) -> View:
    """The whole once more, and what it means."""
    office, member_id = office_code(facts.office), facts.delegate.member_id
    lines = [
        _("From {first} to {last}, both days included.", first=date_name(_, first), last=date_name(_, last)),
        Markup(),
        _("Meanwhile {name} decides in your place and gets the messages of your office. Both names stand on what is "
          "decided.", name=facts.delegate.name),
    ]  # fmt: skip
    if facts.office.role in BRANCH_ROLES:
        lines.append(_("Nobody rates himself: neither your own form nor {name}'s is rated by {name}.",
                       name=facts.delegate.name))  # fmt: skip
    days = number_of_day(first), number_of_day(last)
    yes = Button(_.plain("✅ Yes, delegate"), GiveOffice(office, member_id, *days), Style.GO)
    return _step(_, facts, Markup("\n").join(lines), ((yes,),), AskLastDay(office, member_id, days[0]))


def _step(
    _: Words, facts: DelegationDraft, asked: Markup, rows: Rows, back: AskStandIn | AskFirstDay | AskLastDay
) -> View:
    head = _("🤝 <b>{office}</b>: {principal} → {delegate}", office=office_name(_, facts.office),
             principal=facts.principal.name, delegate=facts.delegate.name)  # fmt: skip
    return View(Markup("\n").join([head, asked]), (*rows, _back(_, back)), private=True)


def _back(_: Words, action: OpenDelegations | AskStandIn | AskFirstDay | AskLastDay) -> tuple[Button, ...]:
    return (Button(_.plain("‹ Back"), action),)


def given_letter(_: Words, card: DelegationCard, reader_id: int) -> View | None:
    """To the delegate, or to the principal for whom an admin did it; None once it was ended."""
    if card.delegation.ended_at is not None:
        return None
    values = {
        "office": office_name(_, card.delegation.office), "principal": card.principal, "delegate": card.delegate,
        "first": date_name(_, card.first_on), "last": date_name(_, card.last_on),
    }  # fmt: skip
    if reader_id == card.delegation.delegate_id:
        text = _("🤝 You stand in for {principal} as <b>{office}</b> from {first} to {last}.\nMeanwhile his work comes "
                 "to you; both names stand on what you decide.", **values)  # fmt: skip
    else:
        text = _("🤝 The administrator has let {delegate} stand in for you as <b>{office}</b> from {first} to {last}.\n"
                 "You can end it at any time.", **values)  # fmt: skip
    return View(text, _letter_rows(_), private=True)


def ended_letter(_: Words, card: DelegationCard, reader_id: int) -> View:
    """To the other one of the two."""
    office = office_name(_, card.delegation.office)
    if reader_id == card.delegation.delegate_id:
        text = _(
            "🤝 You do not stand in for {name} as {office} any more. Thank you.", name=card.principal, office=office
        )
    else:
        text = _("🤝 {name} does not stand in for you as {office} any more; its work is yours again.",
                 name=card.delegate, office=office)  # fmt: skip
    return View(text, _letter_rows(_), private=True)


def _letter_rows(_: Words) -> Rows:
    return ((Button(_.plain("🤝 Delegation"), OpenDelegations()), Button(_.plain("‹ Menu"), OpenMenu())),)
