"""The chart of a letter beside those before it: what was lost, for a thousand letters."""

from collections.abc import Sequence
from statistics import median

from flask_babel import format_date
from flask_babel import gettext as _

from mailer.clock import PARIS
from mailer.delivery.comparisons import Result
from mailer.web.charts import Chart, Series, say
from mailer.web.plotting import Column


def chart(results: Sequence[Result]) -> Chart:
    """The last of the results beside the others; they are the oldest first."""
    return Chart(
        key="beside",
        title=_("À côté de vos lettres d’avant"),
        told=_told(results),
        span=_("Lettre"),
        series=[
            Series(1, _("Non remises")),
            Series(2, _("Désabonnements")),
            Series(3, _("Plaintes")),
        ],
        columns=[_column(each) for each in results],
    )


def _column(result: Result) -> Column:
    day = result.began.astimezone(PARIS).date()
    return Column(
        name=f"{result.subject}, {format_date(day, 'd MMM y')}",
        label=str(format_date(day, "d MMM")),
        values=_rates(result),
    )


def _rates(result: Result) -> tuple[float, float, float]:
    counts = (result.failed, result.departures, result.complaints)
    failed, left, complained = (result.per_thousand(count) for count in counts)
    return failed, left, complained


def _told(results: Sequence[Result]) -> str:
    *before, last = results
    if not before:
        return str(_("C’est la première lettre à cette liste : les suivantes se liront à côté."))
    usual = [median(rates) for rates in zip(*map(_rates, before), strict=True)]
    now_are = [say(rate) for rate in _rates(last)]
    were = [say(rate) for rate in usual]
    return str(
        _(
            "Pour mille lettres : %(failed)s non remises (d’ordinaire %(failed_before)s),"
            " %(left)s désabonnements (%(left_before)s), %(complained)s plaintes"
            " (%(complained_before)s).",
            failed=now_are[0],
            left=now_are[1],
            complained=now_are[2],
            failed_before=were[0],
            left_before=were[1],
            complained_before=were[2],
        )
    )
