"""How a list grew, drawn: arrivals and departures by week, and what is left of them in words."""

from collections.abc import Callable, Sequence

from flask_babel import format_date, format_decimal
from flask_babel import gettext as _

from mailer.subscriptions.growth import WEEKS, Week
from mailer.web.charts import Chart, Series
from mailer.web.plotting import Column


def told(weeks: Sequence[Week]) -> str:
    """The whole in one sentence."""
    came, went = (sum(each) for each in zip(*((w.came, w.went) for w in weeks), strict=True))
    return str(
        _(
            "En %(weeks)s semaines, inscriptions confirmées : %(came)s, départs : %(went)s, soit"
            " %(net)s.",
            weeks=WEEKS,
            came=format_decimal(came),
            went=format_decimal(went),
            net=signed(came - went),
        )
    )


def signed(number: int) -> str:
    """The number with its sign: +12, −3, 0."""
    if number < 0:
        return f"−{format_decimal(-number)}"
    return f"+{format_decimal(number)}" if number else "0"


def all_of(weeks: Sequence[Week]) -> list[Chart]:
    """Arrivals, and departures."""
    return [
        _chart("came", _("Inscriptions confirmées, par semaine"), 1, weeks, lambda w: w.came),
        _chart("went", _("Départs, par semaine"), 8, weeks, lambda w: w.went),
    ]


def _chart(
    key: str, title: str, colour: int, weeks: Sequence[Week], number: Callable[[Week], int]
) -> Chart:
    columns = [
        Column(
            str(format_date(week.monday, "medium")),
            str(format_date(week.monday, "d MMM")),
            (number(week) or None,),
        )
        for week in weeks
    ]
    return Chart(key, title, told(weeks), _("Semaine du"), [Series(colour, title)], columns)
