"""What the system can do, one verb a file; `UseCases` is the list of them all."""

from __future__ import annotations

from bot.domain.timetable import Timetable
from bot.storage.store import Store
from bot.usecases.answer_item import AnswerItem, AnswerRest
from bot.usecases.awaited import FindAwaited, StopWaiting
from bot.usecases.bind import (
    ConfirmInvite,
    FindMember,
    IssueInvites,
    OpenInvite,
    ReinviteMember,
    SetLanguage,
    UnbindMember,
)
from bot.usecases.bury_update import BuryUpdate
from bot.usecases.due_work import ListComing, ListDue
from bot.usecases.import_roster import ImportRoster
from bot.usecases.open_form import OpenCurrentForm, OpenForm
from bot.usecases.open_month import CloseMonth, ExtendMonth, OpenMonth
from bot.usecases.open_quarter import EscalateRating, ExtendQuarter, OpenQuarter, RemindRaters
from bot.usecases.prove_item import AskNote, DropEvidence, NoteItem
from bot.usecases.reach import AskGroupCode, BindGroup, MoveGroup, NoteReachability
from bot.usecases.read import ReadBranchMonth, ReadForm, ReadPerson
from bot.usecases.release_member import ReleaseMember
from bot.usecases.remind_members import NudgeMembers, RemindMembers, SummariseMonth
from bot.usecases.show_menu import ShowMenu
from bot.usecases.submit_form import ReturnForm, SnoozeForm, SubmitForm, WithdrawForm
from bot.usecases.verify_ledger import VerifyLedger


class UseCases:
    """Everything a person, the clock or the command line can set going, built once over one store."""

    def __init__(self, store: Store, timetable: Timetable, organisation: str) -> None:
        self.organisation = organisation
        self.timetable = timetable
        self.now = store.now

        self.import_roster = ImportRoster(store, timetable)
        self.open_invite = OpenInvite(store)
        self.confirm_invite = ConfirmInvite(store)
        self.issue_invites = IssueInvites(store)
        self.find_member = FindMember(store)
        self.unbind_member = UnbindMember(store)
        self.reinvite_member = ReinviteMember(store)
        self.release_member = ReleaseMember(store)
        self.set_language = SetLanguage(store)

        self.find_awaited = FindAwaited(store)
        self.stop_waiting = StopWaiting(store)

        self.ask_group_code = AskGroupCode(store)
        self.bind_group = BindGroup(store)
        self.move_group = MoveGroup(store)
        self.note_reachability = NoteReachability(store)

        self.show_menu = ShowMenu(store, timetable, organisation)

        self.open_form = OpenForm(store, timetable)
        self.open_current_form = OpenCurrentForm(store, timetable)
        self.answer_item = AnswerItem(store, timetable)
        self.answer_rest = AnswerRest(store, timetable)
        self.ask_note = AskNote(store, timetable)
        self.note_item = NoteItem(store, timetable)
        self.drop_evidence = DropEvidence(store, timetable)
        self.submit_form = SubmitForm(store, timetable)
        self.withdraw_form = WithdrawForm(store, timetable)
        self.return_form = ReturnForm(store, timetable)
        self.snooze_form = SnoozeForm(store, timetable)

        self.list_due = ListDue(store, timetable)
        self.list_coming = ListComing(store, timetable)
        self.open_month = OpenMonth(store, timetable)
        self.extend_month = ExtendMonth(store)
        self.close_month = CloseMonth(store)
        self.remind_members = RemindMembers(store, timetable)
        self.nudge_members = NudgeMembers(store, timetable)
        self.summarise_month = SummariseMonth(store, timetable)
        self.open_quarter = OpenQuarter(store, timetable)
        self.extend_quarter = ExtendQuarter(store)
        self.remind_raters = RemindRaters(store, timetable)
        self.escalate_rating = EscalateRating(store, timetable)

        self.read_person = ReadPerson(store)
        self.read_form = ReadForm(store, timetable)
        self.read_branch_month = ReadBranchMonth(store)

        self.verify_ledger = VerifyLedger(store)
        self.bury_update = BuryUpdate(store)
