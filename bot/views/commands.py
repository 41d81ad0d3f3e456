"""Which commands a person is shown, in his language."""

from __future__ import annotations

from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person, Role
from bot.views.words import Words


def commands_for(_: Words, person: Person) -> tuple[tuple[str, str], ...]:
    """Command and description, the most used first; more for those who lead."""
    listed = [
        ("form", _.plain("this month's form")),
        ("score", _.plain("my points")),
        ("why", _.plain("why I have these points")),
        ("board", _.plain("my branch's board")),
        ("portrait", _.plain("my portrait")),
        ("objection", _.plain("objections: mine, and those I answer")),
        ("calendar", _.plain("what is coming, and when")),
    ]
    if person.holds(Role.SECRETARY) or person.holds(Role.COMMISSIONER) or person.holds(Role.COMMITTEE):
        listed.insert(1, ("rate", _.plain("rate the branch's quarter")))
    if person.holds(Role.SECRETARY) or person.holds(Role.COMMISSIONER):
        listed.insert(2, ("desk", _.plain("branch desk: who has handed in, roll, dues")))
    listed += _of_offices(_, person)
    if not may(person, Deed.FORM_BODY, Subject()):
        listed.append(("body", _.plain("how the review group was drawn")))
    listed += [
        ("mydata", _.plain("everything stored about me")),
        ("privacy", _.plain("the notice on personal data")),
        ("language", "中文 / English"),
        ("help", _.plain("help")),
        ("menu", _.plain("front page")),
    ]
    return tuple(listed)


def _of_offices(_: Words, person: Person) -> list[tuple[str, str]]:
    """What only some offices open."""
    listed: list[tuple[str, str]] = []
    if may(person, Deed.SEE_OVERVIEW, Subject()):
        listed.append(("overview", _.plain("all branches side by side")))
    if may(person, Deed.FORM_BODY, Subject()):
        listed.append(("body", _.plain("the quarter's review group and its draw")))
    if person.holds(Role.COMMITTEE) or person.holds(Role.DEPARTMENT) or person.holds(Role.SECRETARY):
        listed.append(("review", _.plain("the branches that I review")))
    if may(person, Deed.IMPORT_RECORDS, Subject()):
        listed.append(("platforms", _.plain("records of the learning platforms")))
    if may(person, Deed.EXPORT_LEDGER, Subject(branch_id=person.branch_id)):
        listed.append(("ledger", _.plain("the ledger as an Excel file")))
    if may(person, Deed.PUBLISH, Subject()):
        listed.append(("publish", _.plain("show a quarter's points: publicity")))
    if person.offices != person.own_offices or may(person, Deed.DELEGATE, Subject.of(person)):
        listed.append(("delegate", _.plain("let somebody stand in for me")))
    if person.holds(Role.ADMIN) or person.holds(Role.COMMITTEE):
        listed.append(("rules", _.plain("the table in force, and a new one")))
    if person.holds(Role.ADMIN):
        listed.append(("member", _.plain("a person's account, by staff number")))
    return listed


def commands_for_strangers(_: Words) -> tuple[tuple[str, str], ...]:
    """What somebody sees who is not bound."""
    return (
        ("start", _.plain("begin with your invite link")),
        ("privacy", _.plain("the notice on personal data")),
    )
