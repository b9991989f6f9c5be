"""What came back over time, drawn; and the complaint rates that a provider does not forgive."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time

from flask_babel import format_date, format_decimal, format_percent, ngettext
from flask_babel import gettext as _

from mailer.bounces.mailboxes import GMAIL
from mailer.bounces.reports import Tally
from mailer.clock import PARIS, paris_day
from mailer.web.calendar_spans import week_of, weeks_until
from mailer.web.charts import Chart, Series
from mailer.web.plotting import Column

WEEKS = 12
# Google's rules for senders: stay below the first, never reach the second
# (support.google.com/a/answer/14229414).
WANTED, NEVER = 0.001, 0.003
Weekly = Sequence[tuple[datetime, Tally]]


def since(today: date) -> datetime:
    """When the twelve weeks began."""
    return datetime.combine(weeks_until(today, WEEKS)[0], time(), PARIS)


def share(part: float) -> str:
    """A rate as the reader writes it: 0,12 %."""
    return str(format_percent(part, "#,##0.00 %"))


def day(when: date) -> str:
    """The date in a table: 26 nov. 2026."""
    return str(format_date(when, "medium"))


def all_of(today: date, sent: Weekly) -> list[Chart]:
    """What was accepted, and what came back or was complained of, by the week of sending."""
    weeks = weeks_until(today, WEEKS)
    found = [_total(week, sent) for week in weeks]
    return [_accepted(weeks, found), _came_back(weeks, found)]


def _total(week: date, sent: Weekly) -> Tally:
    theirs = [tally for at, tally in sent if week_of(paris_day(at)) == week]
    return total(theirs)


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    every = list(tallies)
    return Tally(
        "",
        sent=sum(each.sent for each in every),
        dead=sum(each.dead for each in every),
        soft=sum(each.soft for each in every),
        ours=sum(each.ours for each in every),
        complaints=sum(each.complaints for each in every),
    )


def _accepted(weeks: Sequence[date], found: Sequence[Tally]) -> Chart:
    whole = total(found)
    return Chart(
        key="accepted",
        title=_("Lettres acceptées, par semaine d’envoi"),
        told=ngettext(
            "%(count)s lettre est partie en %(weeks)s semaines ; %(share)s ont été acceptées et ne"
            " sont pas revenues.",
            "%(count)s lettres sont parties en %(weeks)s semaines ; %(share)s ont été acceptées et"
            " ne sont pas revenues.",
            whole.sent,
            count=format_decimal(whole.sent),
            weeks=WEEKS,
            share=share(1 - whole.rate),
        ),
        span=_("Semaine du"),
        series=[Series(1, _("Acceptées"))],
        columns=weekly(weeks, ((each.arrived or None,) for each in found)),
    )


def _came_back(weeks: Sequence[date], found: Sequence[Tally]) -> Chart:
    whole = total(found)
    return Chart(
        key="came-back",
        title=_("Ce qui est revenu, par semaine d’envoi"),
        told=_(
            "Adresses mortes : %(dead)s. Boîtes indisponibles : %(soft)s. À cause de nous :"
            " %(ours)s. Plaintes : %(complaints)s.",
            dead=whole.dead,
            soft=whole.soft,
            ours=whole.ours,
            complaints=whole.complaints,
        ),
        span=_("Semaine du"),
        series=[
            Series(8, _("Adresse morte")),
            Series(5, _("Boîte indisponible")),
            Series(2, _("À cause de nous")),
            Series(3, _("Plaintes")),
        ],
        columns=weekly(weeks, map(_parts, found)),
    )


def _parts(each: Tally) -> tuple[int | None, ...]:
    numbers = (each.dead, each.soft, each.ours, each.complaints)
    return tuple(number or None for number in numbers)


def weekly(weeks: Sequence[date], values: Iterable[tuple[int | None, ...]]) -> list[Column]:
    """What is drawn of each week, under its Monday."""
    return [
        Column(day(week), format_date(week, "d MMM"), each)
        for week, each in zip(weeks, values, strict=True)
    ]


def warnings(tallies: Iterable[Tally]) -> Iterator[str]:
    """Where too many complain, one sentence for each provider."""
    for each in tallies:
        yield from warnings_of(each)


def warnings_of(each: Tally) -> Iterator[str]:
    """The same for one; nothing below the first of the rates."""
    if each.complaint_rate >= WANTED:
        yield _warning(each)


def _warning(each: Tally) -> str:
    words = {
        "provider": each.name or _("Adresses effacées depuis"),
        "rate": share(each.complaint_rate),
        "count": each.complaints,
        "gmail": GMAIL,
    }
    if each.complaint_rate >= NEVER:
        return str(
            _(
                "%(provider)s : %(rate)s de plaintes (%(count)s). À 0,30 %% et au-delà, %(gmail)s"
                " écarte les lettres de l’expéditeur, et d’autres fournisseurs aussi. N’envoyez"
                " rien de plus avant d’avoir trouvé pourquoi : une liste ancienne, un rythme qui"
                " a changé, un lien de désabonnement difficile à voir.",
                **words,
            )
        )
    return str(
        _(
            "%(provider)s : %(rate)s de plaintes (%(count)s). %(gmail)s demande de rester sous"
            " 0,10 %%. Écrivez moins souvent, ou seulement à qui vous lit encore.",
            **words,
        )
    )
