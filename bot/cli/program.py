"""All commands on one page. Nothing heavy is imported until a command is carried out, so that help comes at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.commanding import carry_out, commands
from bot.cli.member import member
from bot.cli.rules import rules
from bot.cli.speaking import marked as _
from bot.cli.speaking import own_name, speaks_chinese, words_of_the_terminal

program = commands(_("Xianfeng: points that a branch can trust, in a chat."))
roster = commands(_("The members: import and update."))
month = commands(_("A month's forms by hand, such as 2026-11."))
quarter = commands(_("A quarter's rating by hand, such as 2026Q4."))
settings = commands(_("Who sees what: the organisation's switches."))
ledger = commands(_("The ledger."))
draw = commands(_("The draw of the review group."))
platform = commands(_("Records of the learning platforms."))
objections = commands(_("Objections and their answers."))
letters = commands(_("Letters that may have arrived or not, held after a restore."))

MonthName = Annotated[str, typer.Argument(metavar="MONTH", help=_("Such as 2026-11."))]
QuarterName = Annotated[str, typer.Argument(metavar="QUARTER", help=_("Such as 2026Q4."))]
Until = Annotated[
    str, typer.Option("--until", metavar='"2026-11-02 18:00"', help=_("In the organisation's time zone."))
]
BranchName = Annotated[str | None, typer.Option("--branch", metavar="NAME", help=_("Only this branch."))]


@program.command("run", help=_("Run the bot until stopped; several at once on PostgreSQL."))
def _run(
    webhook: Annotated[
        bool, typer.Option("--webhook", help=_("Let Telegram bring the updates (WEBHOOK_URL) instead of polling."))
    ] = False,
) -> None:
    carry_out("running.run", webhook, level="INFO")


@program.command("migrate", help=_("Bring the database to the newest schema."))
def _migrate() -> None:
    carry_out("database.bring_up_to_date")


@roster.command("import", help=_("Import or update the roster (Excel or CSV), all or nothing."))
def _roster_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("工号 姓名 支部 党内职务 人员类别 入党日期 状态."))],
    from_on: Annotated[
        str, typer.Option("--from", metavar="2026-11-02", help=_("Changes count from this day (today)."))
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only show what would change."))] = False,
) -> None:
    carry_out("roster.import_roster", file, from_on, dry_run)


@program.command("invites", help=_("Invite who is not bound: a list, and a QR sheet per branch."))
def _invites(
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help=_("Where the files go."))],
    branch: BranchName = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="STAFF_NO", help=_("Only this person (may repeat)."))
    ] = None,
    username: Annotated[
        str, typer.Option("--username", metavar="NAME", help=_("The bot's name, where Telegram cannot be asked."))
    ] = "",
) -> None:
    carry_out("invites.invite", out, branch, only or None, username)


@program.command("unbind", help=_("Loosen a person's Telegram account (a lost phone)."))
def _unbind(
    staff_no: Annotated[str, typer.Argument(metavar="STAFF_NO", help=_("The staff number on the roster."))],
) -> None:
    carry_out("invites.unbind", staff_no)


@month.command("open", help=_("Open the forms before their day; a missed month with --until."))
def _month_open(
    name: MonthName,
    until: Annotated[
        str | None, typer.Option("--until", metavar='"2026-11-06 18:00"', help=_("Until when, for a missed month."))
    ] = None,
) -> None:
    carry_out("periods.open_month", name, until)


@month.command("close", help=_("Close the forms now."))
def _month_close(name: MonthName) -> None:
    carry_out("periods.close_month", name)


@month.command("extend", help=_("Give the forms more time."))
def _month_extend(name: MonthName, until: Until) -> None:
    carry_out("periods.extend_month", name, until)


@quarter.command("open", help=_("Open the rating before its day."))
def _quarter_open(name: QuarterName) -> None:
    carry_out("periods.open_quarter", name)


@quarter.command("close", help=_("End the rating of all branches that are ready, or of one."))
def _quarter_close(name: QuarterName, branch: BranchName = None) -> None:
    carry_out("periods.close_quarter", name, branch)


@quarter.command("extend", help=_("Give the rating more time."))
def _quarter_extend(name: QuarterName, until: Until) -> None:
    carry_out("periods.extend_quarter", name, until)


@quarter.command("move", help=_("Move the dates of a quarter; those concerned are told."))
def _quarter_move(
    name: QuarterName,
    rating: Annotated[str, typer.Option("--rating-due", metavar="2027-01-12", help=_("Last day of the rating."))] = "",
    review: Annotated[str, typer.Option("--review-due", metavar="2027-01-19", help=_("Last day of the review."))] = "",
    publish: Annotated[str, typer.Option("--publish", metavar="2027-01-20", help=_("Day of the publication."))] = "",
) -> None:
    carry_out("calendar.move_quarter", name, rating, review, publish)


@program.command("calendar", help=_("What is coming, and when; or all dates of a quarter."))
def _calendar(
    quarter: Annotated[str | None, typer.Option("--quarter", metavar="QUARTER", help=_("Such as 2026Q4."))] = None,
) -> None:
    carry_out("calendar.show", quarter)


StaffNo = Annotated[str, typer.Argument(metavar="STAFF_NO", help=_("The staff number on the roster."))]
OfficeName = Annotated[
    str,
    typer.Option(
        "--role",
        metavar="OFFICE",
        help=_("secretary, commissioner, committee, organisation, office or discipline; needed if there are several."),
    ),
]


@program.command("delegate", help=_("Let somebody stand in for a person who cannot do it himself."))
def _delegate(
    staff_no: StaffNo,
    to_staff_no: Annotated[str, typer.Argument(metavar="TO_STAFF_NO", help=_("Who stands in."))],
    last: Annotated[str, typer.Option("--to", metavar="2026-12-11", help=_("The last day."))],
    first: Annotated[str, typer.Option("--from", metavar="2026-12-03", help=_("The first day (today)."))] = "",
    role: OfficeName = "",
) -> None:
    carry_out("delegation.give", staff_no, to_staff_no, role, first, last)


@program.command("undelegate", help=_("End that before its last day."))
def _undelegate(staff_no: StaffNo, role: OfficeName = "") -> None:
    carry_out("delegation.end", staff_no, role)


@platform.command("import", help=_("Import a platform's export (Excel or CSV), all or nothing."))
def _platform_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("As it came from the platform."))],
    name: Annotated[str, typer.Option("--platform", metavar="NAME", help=_("dengta, zhiniao or xuexi."))],
    period: Annotated[str, typer.Option("--period", metavar="PERIOD", help=_("Such as 2026-11 or 2026Q4."))],
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="FIELD=HEADING", help=_("Which column holds what (may repeat).")),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only show what would change."))] = False,
) -> None:
    carry_out("platform.import_records", file, name, period, column or [], dry_run)


@platform.command("example", help=_("Made-up exports of all platforms for the people on the roster."))
def _platform_example(
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help=_("Where the files go."))],
    period: Annotated[str, typer.Option("--period", metavar="PERIOD", help=_("Such as 2026-11 or 2026Q4."))],
) -> None:
    carry_out("platform.write_examples", out, period)


@objections.command("export", help=_("Write a quarter's objections and answers into a PDF."))
def _objections_export(
    name: QuarterName,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A new file, such as 2026Q4.pdf."))],
) -> None:
    carry_out("objections.export", name, file)


@settings.command("show", help=_("How each switch stands and what it can be."))
def _settings_show() -> None:
    carry_out("switches.show")


@settings.command("set", help=_("Set one switch."))
def _settings_set(
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("Such as board_names."))],
    value: Annotated[str, typer.Argument(metavar="VALUE", help=_("One of those that “show” names."))],
) -> None:
    carry_out("switches.set_one", name, value)


@ledger.command("verify", help=_("Prove that no entry was changed, and show the head of the chain."))
def _ledger_verify(
    head: Annotated[
        str, typer.Option("--head", metavar="SEQ:HASH", help=_("A head that was published or kept elsewhere."))
    ] = "",
) -> None:
    carry_out("ledger.verify", head)


@ledger.command("export", help=_("Write the ledger, or a part of it, into an Excel file."))
def _ledger_export(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help=_("A new file."))],
    branch: BranchName = None,
    quarter: Annotated[str | None, typer.Option("--quarter", metavar="QUARTER", help=_("Such as 2026Q4."))] = None,
    person: Annotated[str | None, typer.Option("--person", metavar="STAFF_NO", help=_("Only this person."))] = None,
) -> None:
    carry_out("ledger.export", file, branch, quarter, person)


@draw.command("show", help=_("Seed, candidates and lots, as they follow from the ledger."))
def _draw_show(name: QuarterName) -> None:
    carry_out("draw.show", name)


@draw.command("verify", help=_("Recompute the draw from the ledger alone, and compare."))
def _draw_verify(name: QuarterName) -> None:
    carry_out("draw.verify", name)


@program.command("poster", help=_("Posters of the branches on show, for the Party rooms (A3)."))
def _poster(
    name: QuarterName,
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help=_("A new file."))],
    branch: BranchName = None,
) -> None:
    carry_out("papers.print_posters", name, file, branch)


@program.command("bulletin", help=_("The quarter's bulletin for the committee (A4)."))
def _bulletin(
    name: QuarterName, file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help=_("A new file."))]
) -> None:
    carry_out("papers.print_bulletin", name, file)


@program.command("backup", help=_("Save the whole database into one file, while the bot runs."))
def _backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A new file, such as 2026-11-22.zip."))],
) -> None:
    carry_out("backup.make", file)


@program.command("restore", help=_("Put a backup into an empty database; the bot must not run."))
def _restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("What “backup” wrote."))],
    replace: Annotated[bool, typer.Option("--replace", help=_("What the database holds gives way."))] = False,
    moved: Annotated[
        bool, typer.Option("--moved", help=_("The bot stood still since the backup: no letter is held."))
    ] = False,
) -> None:
    carry_out("backup.put_back", file, replace, moved)


LetterKind = Annotated[str, typer.Option("--kind", metavar="KIND", help=_("Only letters of this kind."))]


@letters.command("held", help=_("What is held, by kind."))
def _letters_held() -> None:
    carry_out("backup.held")


@letters.command("release", help=_("They did not arrive: send them now."))
def _letters_release(kind: LetterKind = "") -> None:
    carry_out("backup.release", kind)


@letters.command("drop", help=_("They did arrive: never send them."))
def _letters_drop(kind: LetterKind = "") -> None:
    carry_out("backup.drop", kind)


@program.command("doctor", help=_("Say what is wrong: settings, database, token, fonts, clock."))
def _doctor() -> None:
    carry_out("doctor.examine")


@program.command("demo", help=_("A whole made-up organisation in your browser."))
def _demo(
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help=_("Where the page is; the next free port if it is taken."))
    ] = 8081,
    members: Annotated[int, typer.Option("--members", min=3, help=_("How many people."))] = 253,
    branches: Annotated[int, typer.Option("--branches", min=1, help=_("In how many branches."))] = 24,
    seed: Annotated[int, typer.Option("--seed", help=_("Another number makes other people."))] = 1,
    keep: Annotated[bool, typer.Option("--keep", help=_("Go on where the last demo ended."))] = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help=_("Open the page by itself."))] = True,
) -> None:
    carry_out("demo.play", port, members, branches, seed, keep, browser)


for group, name in (
    (roster, "roster"),
    (member, "member"),
    (month, "month"),
    (quarter, "quarter"),
    (settings, "settings"),
    (ledger, "ledger"),
    (draw, "draw"),
    (platform, "platform"),
    (objections, "objections"),
    (letters, "letters"),
    (rules, "rules"),
):
    program.add_typer(group, name=name)


def main() -> None:
    """Read the command line and carry it out."""
    command = typer.main.get_command(program)
    if speaks_chinese():
        _translate(command)
    command(prog_name=own_name())


def _translate(command: Any) -> None:
    """Put the help of this command and of all below it into the terminal's language."""
    words = words_of_the_terminal()
    for entry in [command, *command.params]:
        if getattr(entry, "help", None):
            entry.help = words.plain(entry.help)
    for inner in getattr(command, "commands", {}).values():
        _translate(inner)
