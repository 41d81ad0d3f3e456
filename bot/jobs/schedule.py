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
| publicity_ends    | the end of the 5th working day of publicity  | points without open objection are final  |
| data_forgotten    | every day, 03:30                             | what was kept for long enough is deleted |
| notice_told       | every day, 09:00                             | a new notice on personal data, if any    |

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
    Moment.DATA_FORGOTTEN: lambda do, due: do.forget_old_data(due),
    Moment.NOTICE_TOLD: lambda do, due: do.tell_notice(due),
    Moment.PUBLICITY_ENDS: lambda do, due: do.finish_publicity(due),
}
