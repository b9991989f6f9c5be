"""The four charts of the officer's report: what is drawn, said in one sentence, and tabled."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from mailer.rights import words
from mailer.rights.kinds import Right
from mailer.rights.labels import RIGHTS
from mailer.rights.reporting import figures, queries
from mailer.rights.reporting.figures import Answer
from mailer.web.calendar_spans import (
    DAY,
    month_of,
    months_until,
    weeks_between,
    weeks_until,
)
from mailer.web.charts import Chart, Series, say
from mailer.web.plotting import Column, Value

# How far the charts look: weeks and months back, days ahead.
WEEKS, MONTHS, AHEAD = 26, 12, 30


def all_of(today: date) -> list[Chart]:
    """The charts as things stand on that day."""
    months = months_until(today, MONTHS)
    given = figures.grouped(queries.answers(months[0]), month_of, months)
    return [_received(today), _delays(months, given), _punctuality(months, given), _ahead(today)]


def _received(today: date) -> Chart:
    weeks = weeks_until(today, WEEKS)
    counted = figures.rights_by_week(queries.rights_received(weeks[0]), weeks)
    asked = [right for right in Right if any(each[right] for each in counted)]
    total = sum(sum(each.values()) for each in counted)
    number = ngettext("%(num)s droit demandé", "%(num)s droits demandés", total)
    most = max(sum(each.values()) for each in counted)
    return Chart(
        key="received",
        title=_("Droits demandés, par semaine"),
        told=_(
            "%(number)s en %(weeks)s semaines, au plus %(most)s dans la même.",
            number=number,
            weeks=WEEKS,
            most=most,
        ),
        span=_("Semaine du"),
        series=[Series(list(Right).index(right) + 1, str(RIGHTS[right])) for right in asked],
        columns=_weekly(weeks, ([each[right] or None for right in asked] for each in counted)),
    )


def _delays(months: Sequence[date], given: Sequence[Sequence[Answer]]) -> Chart:
    days = [each.days for month in given for each in month]
    median = figures.median_days(days)
    medians = [figures.median_days([each.days for each in month]) for month in given]
    return Chart(
        key="delays",
        title=_("Jours pour répondre, par mois"),
        told=ngettext(
            "La moitié des réponses de ces %(months)s mois sont parties en %(days)s jour au plus.",
            "La moitié des réponses de ces %(months)s mois sont parties en %(days)s jours au plus.",
            int(median or 0),
            months=MONTHS,
            days=say(median),
        ),
        span=_("Mois de la réponse"),
        series=[Series(1, _("Médiane, en jours"))],
        columns=_monthly(months, medians),
    )


def _punctuality(months: Sequence[date], given: Sequence[Sequence[Answer]]) -> Chart:
    overall = say(figures.in_time([each for month in given for each in month]))
    return Chart(
        key="punctuality",
        title=_("Réponses données à temps, par mois"),
        told=_(
            "Sur ces %(months)s mois, %(share)s %% des réponses sont parties dans leur délai.",
            months=MONTHS,
            share=overall,
        ),
        span=_("Mois de la réponse"),
        series=[Series(1, _("À temps, en pour cent"))],
        columns=_monthly(months, [figures.in_time(month) for month in given]),
    )


def _ahead(today: date) -> Chart:
    last = today + AHEAD * DAY
    weeks = weeks_between(today, last)
    counted = figures.by_week(queries.due_between(today, last), weeks)
    total = sum(counted)
    return Chart(
        key="ahead",
        title=_("Échéances à venir, par semaine"),
        told=ngettext(
            "%(num)s réponse est due d’ici au %(last)s.",
            "%(num)s réponses sont dues d’ici au %(last)s.",
            total,
            last=words.short(last),
        ),
        span=_("Semaine du"),
        series=[Series(1, _("Réponses dues"))],
        columns=_weekly(weeks, ([number or None] for number in counted)),
    )


def _weekly(weeks: Sequence[date], values: Iterable[Sequence[Value]]) -> list[Column]:
    return [
        Column(words.short(week), format_date(week, "d MMM"), tuple(each))
        for week, each in zip(weeks, values, strict=True)
    ]


def _monthly(months: Sequence[date], values: Iterable[Value]) -> list[Column]:
    return [
        Column(format_date(month, "MMMM y"), format_date(month, "MMM"), (value,))
        for month, value in zip(months, values, strict=True)
    ]
