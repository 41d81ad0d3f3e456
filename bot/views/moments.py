"""What the timetable's moments are called."""

from __future__ import annotations

from bot.domain.periods import Month, Quarter
from bot.domain.timetable import Due, Moment
from bot.views.terms import month_name, quarter_name
from bot.views.words import Words


def moment_name(_: Words, due: Due) -> str:
    """Such as "2026年10月：自评开始"."""
    month = Month.parse(due.period) if "-" in due.period else None
    period = month_name(_, month) if month else quarter_name(_, Quarter.parse(due.period))
    names = {
        Moment.MONTH_OPENS: _.plain("{period}: the forms open", period=period),
        Moment.FORM_T3: _.plain("{period}: reminder, 3 days left", period=period),
        Moment.FORM_T1: _.plain("{period}: reminder, 1 day left", period=period),
        Moment.FORM_LAST_DAY: _.plain("{period}: reminder on the last day", period=period),
        Moment.MONTH_CLOSES: _.plain("{period}: the forms close", period=period),
        Moment.MONTH_SUMMARY: _.plain("{period}: monthly summary", period=period),
        Moment.RATING_OPENS: _.plain("{period}: the branches' rating begins", period=period),
        Moment.RATING_T3: _.plain("{period}: rating, 3 days left", period=period),
        Moment.RATING_T1: _.plain("{period}: rating, 1 day left", period=period),
        Moment.RATING_T0: _.plain("{period}: rating due today", period=period),
        Moment.RATING_OVERDUE: _.plain("{period}: rating overdue", period=period),
        Moment.RATING_ESCALATED: _.plain("{period}: the Party office hears of late branches", period=period),
        Moment.DRAW_OPENS: _.plain("{period}: the draw of the review group is announced", period=period),
        Moment.REVIEW_T3: _.plain("{period}: review, 3 days left", period=period),
        Moment.REVIEW_T1: _.plain("{period}: review, 1 day left", period=period),
        Moment.REVIEW_T0: _.plain("{period}: review due today", period=period),
        Moment.REVIEW_OVERDUE: _.plain("{period}: review overdue", period=period),
        Moment.REVIEW_ESCALATED: _.plain("{period}: the Party office hears of late reviews", period=period),
        Moment.BODY_MISSING: _.plain("{period}: the committee is asked for a review group", period=period),
        Moment.PUBLICITY_DUE: _.plain("{period}: points and ranks are to be shown", period=period),
        Moment.PUBLICITY_OVERDUE: _.plain("{period}: publication overdue", period=period),
        Moment.PUBLICITY_ESCALATED: _.plain("{period}: the Party office hears of the late publication", period=period),
        Moment.OBJECTION_T1: _.plain("{period}: an objection is to be answered tomorrow", period=period),
        Moment.OBJECTION_T0: _.plain("{period}: an objection is to be answered today", period=period),
        Moment.OBJECTION_OVERDUE: _.plain("{period}: the answer to an objection is overdue", period=period),
        Moment.OBJECTION_ESCALATED: _.plain("{period}: the Party office hears of late answers", period=period),
        Moment.ANSWER_STANDS: _.plain("{period}: an answer to an objection stands", period=period),
        Moment.NAMING_ENDS: _.plain("{period}: published names are taken down", period=period),
        Moment.PUBLICITY_ENDS: _.plain("{period}: publicity ends", period=period),
        Moment.BULLETIN_DUE: _.plain("{period}: the bulletin goes to the committee", period=period),
    }
    return names[due.moment]


def morning_name(_: Words) -> str:
    """What every working day begins with."""
    return _.plain("Every working morning: what waits for people")
