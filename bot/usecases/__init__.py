"""What the system can do, one verb a file; `UseCases` is the list of them all."""

from __future__ import annotations

from bot.domain.timetable import Timetable
from bot.storage.store import Store
from bot.usecases.awaited import FindAwaited, StopWaiting
from bot.usecases.bury_update import BuryUpdate
from bot.usecases.calendar.due_work import ListComing, ListDue
from bot.usecases.calendar.move_quarter import MoveQuarter, ProposeMove, ReadDates
from bot.usecases.calendar.show_calendar import ShowCalendar
from bot.usecases.calendar.tell_work import ReadWork, TellWork
from bot.usecases.change_switch import ChangeSwitch, ReadSwitches
from bot.usecases.desk.enter_for_member import EnterForMember
from bot.usecases.desk.open_desk import AskReturn, OpenDesk, OpenMemberForm
from bot.usecases.desk.record_facts import OpenRoll, OpenRollItem, RecordAllPresent, RecordFacts
from bot.usecases.ledger.export_ledger import ExportLedger, OpenLedger
from bot.usecases.ledger.held_letters import DropHeld, HoldLetters, ListHeld, ReleaseHeld
from bot.usecases.ledger.verify_ledger import VerifyLedger
from bot.usecases.months.answer_item import AnswerItem, AnswerRest
from bot.usecases.months.open_form import OpenCurrentForm, OpenForm
from bot.usecases.months.open_month import CloseMonth, ExtendMonth, OpenMonth
from bot.usecases.months.prove_item import AskNote, DropEvidence, NoteItem
from bot.usecases.months.read_branch_month import ReadBranchMonth
from bot.usecases.months.remind_members import NudgeMembers, RemindMembers, SummariseMonth
from bot.usecases.months.return_form import ReturnForm, ReturnRating
from bot.usecases.months.submit_form import SnoozeForm, SubmitForm, WithdrawForm
from bot.usecases.objections.answer_objection import AnswerObjection, OpenAnswering
from bot.usecases.objections.escalate_objection import AcceptAnswer, EscalateObjection, LetAnswersStand
from bot.usecases.objections.file_objection import FileObjection, OpenObjecting
from bot.usecases.objections.remind_answerers import EscalateAnswers, RemindAnswerers
from bot.usecases.objections.show_objections import (
    ExportObjections,
    OpenObjection,
    ReadLateAnswers,
    ReadObjection,
    ShowObjections,
)
from bot.usecases.objections.withdraw_objection import WithdrawObjection
from bot.usecases.people.bind import (
    ConfirmInvite,
    FindMember,
    IssueInvites,
    OpenInvite,
    ReinviteMember,
    SetLanguage,
    UnbindMember,
)
from bot.usecases.people.delegate_office import ChooseStandIn, DelegateOffice, OpenDelegations
from bot.usecases.people.end_delegation import EndDelegation, ReadDelegation
from bot.usecases.people.erase_member import ConfirmErasure, OpenErasure, ProposeErasure, RejectErasure
from bot.usecases.people.forget_old_data import ForgetOldData
from bot.usecases.people.give_notice import AcceptNotice, MeetNotice, TellNotice
from bot.usecases.people.import_roster import ImportRoster
from bot.usecases.people.reach import AskGroupCode, BindGroup, MoveGroup, NoteReachability
from bot.usecases.people.release_member import ReleaseMember
from bot.usecases.people.show_my_data import ShowMyData
from bot.usecases.publicity.announce_bulletin import AnnounceBulletin
from bot.usecases.publicity.name_members import EndNaming, EndNamings, NameMembers, OpenNaming, ReadNames
from bot.usecases.publicity.print_poster import PrintPoster
from bot.usecases.publicity.publish_quarter import FinishPublicity, PublishQuarter
from bot.usecases.publicity.read_bulletin import ReadBulletin
from bot.usecases.publicity.read_results import ReadOverview, ReadResult, ReadStandings
from bot.usecases.publicity.show_publicity import AnnouncePublication, EscalatePublication, ReadPublicity, ShowPublicity
from bot.usecases.publicity.show_results import ShowBoard, ShowOverview, ShowPortrait, ShowScore
from bot.usecases.publicity.show_why import ShowWhy
from bot.usecases.rating.adjust_rating import AdjustRating, DropAdjustments, OpenAdjustment
from bot.usecases.rating.close_branch import CloseBranch
from bot.usecases.rating.open_quarter import EscalateRating, ExtendQuarter, OpenQuarter, RemindRaters
from bot.usecases.rating.rate_member import ApproveAll, ApproveRating, OpenRating, PostponeRating
from bot.usecases.rating.read_rating import ReadLateBranches, ReadQueue
from bot.usecases.rating.record_meeting import OpenMeeting, RecordMeeting
from bot.usecases.rating.show_evidence import ShowEvidence
from bot.usecases.rating.show_queue import ListBranches, ShowQueue
from bot.usecases.read import ReadForm, ReadPerson
from bot.usecases.records.draft_records import (
    AskRecords,
    ChooseNamesake,
    DraftRecords,
    DropImport,
    OpenImport,
    SetColumn,
    ShowPlatforms,
)
from bot.usecases.records.import_records import ApplyImport, ImportByOperator
from bot.usecases.review.announce_draw import AnnounceDraw
from bot.usecases.review.confirm_review import ConfirmReview, DisputeReview
from bot.usecases.review.declare_conflict import AnswerSeat, DeclareConflict, OpenSeat
from bot.usecases.review.draw_branches import DrawBranches, RedrawBranches
from bot.usecases.review.form_body import AssignReviews, NameSeat, OpenBody
from bot.usecases.review.read_reviews import ReadReviews
from bot.usecases.review.remind_reviewers import EscalateReview, RemindBody, RemindReviewers
from bot.usecases.review.send_back_branch import AnswerQuestion, SendBackBranch
from bot.usecases.review.send_delegate import SendDelegate
from bot.usecases.review.show_reviews import OpenReview, ShowReviews
from bot.usecases.review.verify_draw import VerifyDraw
from bot.usecases.rules.adopt_rules import AskRejection, ConfirmProposal, RejectProposal
from bot.usecases.rules.dry_run_rules import DryRunRules
from bot.usecases.rules.propose_rules import AskRules, DraftRules, ProposeByOperator, SubmitProposal, WithdrawProposal
from bot.usecases.rules.show_rules import (
    CountCommittee,
    ListVersions,
    OpenProposal,
    ReadAdoption,
    ReadProposal,
    ReadRules,
    ShowRules,
)
from bot.usecases.show_menu import ShowMenu


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
        self.note_reachability = NoteReachability(store, timetable)

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

        self.open_desk = OpenDesk(store, timetable)
        self.open_member_form = OpenMemberForm(store, timetable)
        self.ask_return = AskReturn(store, timetable)
        self.enter_for_member = EnterForMember(store, timetable)
        self.open_roll = OpenRoll(store, timetable)
        self.open_roll_item = OpenRollItem(store, timetable)
        self.record_facts = RecordFacts(store, timetable)
        self.record_all_present = RecordAllPresent(store, timetable)

        self.show_queue = ShowQueue(store, timetable)
        self.list_branches = ListBranches(store, timetable)
        self.open_rating = OpenRating(store, timetable)
        self.show_evidence = ShowEvidence(store, timetable)
        self.approve_rating = ApproveRating(store, timetable)
        self.postpone_rating = PostponeRating(store, timetable)
        self.approve_all = ApproveAll(store, timetable)
        self.open_adjustment = OpenAdjustment(store, timetable)
        self.adjust_rating = AdjustRating(store, timetable)
        self.drop_adjustments = DropAdjustments(store, timetable)
        self.return_rating = ReturnRating(store, timetable)
        self.open_meeting = OpenMeeting(store, timetable)
        self.record_meeting = RecordMeeting(store, timetable)

        self.list_due = ListDue(store, timetable)
        self.list_coming = ListComing(store, timetable)
        self.open_month = OpenMonth(store, timetable)
        self.extend_month = ExtendMonth(store)
        self.close_month = CloseMonth(store)
        self.remind_members = RemindMembers(store, timetable)
        self.nudge_members = NudgeMembers(store, timetable)
        self.summarise_month = SummariseMonth(store, timetable)
        self.open_quarter = OpenQuarter(store, timetable)
        self.extend_quarter = ExtendQuarter(store, timetable)
        self.remind_raters = RemindRaters(store, timetable)
        self.escalate_rating = EscalateRating(store, timetable)

        self.announce_draw = AnnounceDraw(store, timetable)
        self.open_body = OpenBody(store, timetable)
        self.name_seat = NameSeat(store, timetable)
        self.draw_branches = DrawBranches(store, timetable)
        self.redraw_branches = RedrawBranches(store, timetable)
        self.assign_reviews = AssignReviews(store, timetable)
        self.open_seat = OpenSeat(store)
        self.declare_conflict = DeclareConflict(store, timetable)
        self.answer_seat = AnswerSeat(store, timetable)
        self.send_delegate = SendDelegate(store, timetable)
        self.show_reviews = ShowReviews(store, timetable)
        self.open_review = OpenReview(store, timetable)
        self.confirm_review = ConfirmReview(store, timetable)
        self.dispute_review = DisputeReview(store, timetable)
        self.send_back_branch = SendBackBranch(store, timetable)
        self.answer_question = AnswerQuestion(store, timetable)
        self.remind_reviewers = RemindReviewers(store, timetable)
        self.escalate_review = EscalateReview(store, timetable)
        self.remind_body = RemindBody(store, timetable)
        self.read_reviews = ReadReviews(store, timetable)
        self.verify_draw = VerifyDraw(store)

        self.close_branch = CloseBranch(store, timetable)
        self.publish_quarter = PublishQuarter(store, timetable)
        self.finish_publicity = FinishPublicity(store)
        self.show_publicity = ShowPublicity(store, timetable)
        self.read_publicity = ReadPublicity(store, timetable)
        self.announce_publication = AnnouncePublication(store, timetable)
        self.escalate_publication = EscalatePublication(store, timetable)
        self.open_naming = OpenNaming(store, timetable)
        self.name_members = NameMembers(store, timetable)
        self.end_naming = EndNaming(store, timetable)
        self.end_namings = EndNamings(store)
        self.read_names = ReadNames(store, timetable)

        self.show_objections = ShowObjections(store, timetable)
        self.open_objecting = OpenObjecting(store, timetable)
        self.file_objection = FileObjection(store, timetable)
        self.open_objection = OpenObjection(store, timetable)
        self.withdraw_objection = WithdrawObjection(store, timetable)
        self.open_answering = OpenAnswering(store, timetable)
        self.answer_objection = AnswerObjection(store, timetable)
        self.accept_answer = AcceptAnswer(store, timetable)
        self.escalate_objection = EscalateObjection(store, timetable)
        self.let_answers_stand = LetAnswersStand(store)
        self.remind_answerers = RemindAnswerers(store, timetable)
        self.escalate_answers = EscalateAnswers(store, timetable)
        self.export_objections = ExportObjections(store, timetable)
        self.read_objection = ReadObjection(store, timetable)
        self.read_late_answers = ReadLateAnswers(store)

        self.show_score = ShowScore(store, timetable)
        self.show_why = ShowWhy(store, timetable)
        self.show_board = ShowBoard(store, timetable)
        self.show_portrait = ShowPortrait(store, timetable)
        self.show_overview = ShowOverview(store, timetable, organisation)
        self.show_my_data = ShowMyData(store, timetable, organisation)
        self.read_result = ReadResult(store, timetable)
        self.read_standings = ReadStandings(store, timetable)
        self.read_overview = ReadOverview(store, timetable, organisation)
        self.print_poster = PrintPoster(store, timetable, organisation)
        self.read_bulletin = ReadBulletin(store, timetable, organisation)
        self.announce_bulletin = AnnounceBulletin(store, timetable)
        self.read_switches = ReadSwitches(store)
        self.change_switch = ChangeSwitch(store)

        self.read_queue = ReadQueue(store, timetable)
        self.read_late_branches = ReadLateBranches(store, timetable)
        self.show_rules = ShowRules(store, timetable)
        self.read_rules = ReadRules(store)
        self.ask_rules = AskRules(store)
        self.draft_rules = DraftRules(store, timetable)
        self.submit_proposal = SubmitProposal(store, timetable)
        self.withdraw_proposal = WithdrawProposal(store, timetable)
        self.propose_by_operator = ProposeByOperator(store, timetable)
        self.open_proposal = OpenProposal(store, timetable)
        self.confirm_proposal = ConfirmProposal(store, timetable)
        self.ask_rejection = AskRejection(store, timetable)
        self.reject_proposal = RejectProposal(store, timetable)
        self.read_proposal = ReadProposal(store, timetable)
        self.read_adoption = ReadAdoption(store)
        self.list_versions = ListVersions(store, timetable)
        self.count_committee = CountCommittee(store)
        self.dry_run_rules = DryRunRules(store)

        self.show_platforms = ShowPlatforms(store, timetable)
        self.ask_records = AskRecords(store, timetable)
        self.draft_records = DraftRecords(store, timetable)
        self.open_import = OpenImport(store, timetable)
        self.set_column = SetColumn(store, timetable)
        self.choose_namesake = ChooseNamesake(store, timetable)
        self.apply_import = ApplyImport(store, timetable)
        self.drop_import = DropImport(store)
        self.import_by_operator = ImportByOperator(store, timetable)

        self.read_person = ReadPerson(store)
        self.read_form = ReadForm(store, timetable)
        self.read_branch_month = ReadBranchMonth(store, timetable)

        self.open_delegations = OpenDelegations(store, timetable)
        self.choose_stand_in = ChooseStandIn(store, timetable)
        self.delegate_office = DelegateOffice(store, timetable)
        self.end_delegation = EndDelegation(store, timetable)
        self.read_delegation = ReadDelegation(store, timetable)
        self.show_calendar = ShowCalendar(store, timetable)
        self.propose_move = ProposeMove(store, timetable)
        self.move_quarter = MoveQuarter(store, timetable)
        self.read_dates = ReadDates(store, timetable)
        self.tell_work = TellWork(store, timetable)
        self.read_work = ReadWork(store, timetable)

        self.verify_ledger = VerifyLedger(store)
        self.open_ledger = OpenLedger(store)
        self.export_ledger = ExportLedger(store, timetable, organisation)
        self.hold_letters = HoldLetters(store)
        self.list_held = ListHeld(store)
        self.release_held = ReleaseHeld(store)
        self.drop_held = DropHeld(store)
        self.bury_update = BuryUpdate(store)
        self.forget_old_data = ForgetOldData(store, timetable)
        self.tell_notice = TellNotice(store, timetable)
        self.accept_notice = AcceptNotice(store)
        self.meet_notice = MeetNotice(store)
        self.propose_erasure = ProposeErasure(store, timetable)
        self.open_erasure = OpenErasure(store, timetable)
        self.confirm_erasure = ConfirmErasure(store, timetable)
        self.reject_erasure = RejectErasure(store, timetable)
