"""The whole timetable on one page: what happens when, and which use case does it.

| moment            | when (days off move to working days)         | what                                     |
|-------------------|----------------------------------------------|------------------------------------------|
| month_opens       | the 25th, 09:00                              | forms begin, each member gets his card   |
| form_t3, form_t1  | 3 days and 1 day before the last day, 17:00  | reminder to those who have not handed in |
| form_last_day     | the last day, 17:00                          | the last reminder                        |
| month_closes      | the end of the last day                      | no more handing in                       |
| month_summary     | the morning after, 09:00                     | summary to each member and branch        |
| rating_opens      | first working day after the 3rd month, 09:00 | branches rate, secretaries are told      |
| rating_t3, t1, t0 | 3 days and 1 day before the 7th, on it 09:00 | reminder to whoever has to rate          |
| rating_overdue    | every working day after it, 09:00            | the same, as late                        |
| rating_escalated  | from the third such day on, 09:00            | also to the Party office                 |
| review_draw_opens | with the rating                              | the draw's seed is announced to leaders  |
| review_t3, t1, t0 | as for the rating, before the 14th           | reminder to whoever has to review        |
| review_overdue    | every working day after it, 09:00            | the same, as late                        |
| review_escalated  | from the third such day on, 09:00            | also to the Party office                 |
| review_body_miss… | every working day while a branch waits       | the committee is asked for the group     |
| publicity_due     | the 15th, 09:00                              | the committee shows what was reviewed    |
| publicity_overdue | every working day after it, 09:00            | the same, as late                        |
| … escalated       | from the third such day on, 09:00            | also to the Party office                 |
| objection_t1, t0  | 1 day before an answer is due, on it 09:00   | reminder to whoever has to answer        |
| objection_overdue | every working day after it, 09:00            | the same, as late                        |
| … escalated       | from the third such day on, 09:00            | also to the Party office                 |
| answer_stands     | the end of the 5th working day after it      | the group can be asked no more           |
| naming_ends       | the end of the day that the branch decided   | names are taken down from the group      |
| publicity_ends    | the end of the 5th working day of publicity  | points without open objection are final  |
| bulletin_due      | the working morning after the last is final  | the bulletin to committee, departments   |
| data_forgotten    | every day, 03:30                             | what was kept for long enough is deleted |
| notice_told       | every day, 09:00                             | a new notice on personal data, if any    |
| work_told         | every working day, 09:00                     | what waits for a person since yesterday  |

The dates themselves are computed in domain/timetable.py; nothing is sent between 21:00 and 08:30.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.domain.periods import Month, Quarter
from bot.domain.timetable import Due, Moment
from bot.usecases import UseCases

Job = Callable[[UseCases, Due], Awaitable[object]]

SCHEDULE: Mapping[Moment, Job] = {
    Moment.MONTH_OPENS: lambda do, due: do.open_month(Month.parse(due.period), due=due),
    Moment.FORM_T3: lambda do, due: do.remind_members(due),
    Moment.FORM_T1: lambda do, due: do.remind_members(due),
    Moment.FORM_LAST_DAY: lambda do, due: do.remind_members(due),
    Moment.MONTH_CLOSES: lambda do, due: do.close_month(Month.parse(due.period), due=due),
    Moment.MONTH_SUMMARY: lambda do, due: do.summarise_month(due),
    Moment.RATING_OPENS: lambda do, due: do.open_quarter(Quarter.parse(due.period), due=due),
    Moment.RATING_T3: lambda do, due: do.remind_raters(due),
    Moment.RATING_T1: lambda do, due: do.remind_raters(due),
    Moment.RATING_T0: lambda do, due: do.remind_raters(due),
    Moment.RATING_OVERDUE: lambda do, due: do.remind_raters(due),
    Moment.RATING_ESCALATED: lambda do, due: do.escalate_rating(due),
    Moment.DRAW_OPENS: lambda do, due: do.announce_draw(due),
    Moment.REVIEW_T3: lambda do, due: do.remind_reviewers(due),
    Moment.REVIEW_T1: lambda do, due: do.remind_reviewers(due),
    Moment.REVIEW_T0: lambda do, due: do.remind_reviewers(due),
    Moment.REVIEW_OVERDUE: lambda do, due: do.remind_reviewers(due),
    Moment.REVIEW_ESCALATED: lambda do, due: do.escalate_review(due),
    Moment.BODY_MISSING: lambda do, due: do.remind_body(due),
    Moment.DATA_FORGOTTEN: lambda do, due: do.forget_old_data(due),
    Moment.NOTICE_TOLD: lambda do, due: do.tell_notice(due),
    Moment.WORK_TOLD: lambda do, due: do.tell_work(due),
    Moment.PUBLICITY_DUE: lambda do, due: do.announce_publication(due),
    Moment.PUBLICITY_OVERDUE: lambda do, due: do.announce_publication(due),
    Moment.PUBLICITY_ESCALATED: lambda do, due: do.escalate_publication(due),
    Moment.OBJECTION_T1: lambda do, due: do.remind_answerers(due),
    Moment.OBJECTION_T0: lambda do, due: do.remind_answerers(due),
    Moment.OBJECTION_OVERDUE: lambda do, due: do.remind_answerers(due),
    Moment.OBJECTION_ESCALATED: lambda do, due: do.escalate_answers(due),
    Moment.ANSWER_STANDS: lambda do, due: do.let_answers_stand(due),
    Moment.NAMING_ENDS: lambda do, due: do.end_namings(due),
    Moment.PUBLICITY_ENDS: lambda do, due: do.finish_publicity(due),
    Moment.BULLETIN_DUE: lambda do, due: do.announce_bulletin(due),
}
