"""Automatic letters in plain words: when they leave, what became of each period."""

from datetime import date, datetime, timedelta

from babel import Locale
from babel.lists import format_list
from flask_babel import format_date, format_decimal, get_locale, gettext, ngettext
from flask_babel import lazy_gettext as _

from mailer.clock import PARIS, as_said
from mailer.newsletters.digest_models import DigestRun
from mailer.newsletters.digest_states import RunState, Why
from mailer.newsletters.periods import EVERY_DAY, LAST_DAY, Rhythm, Timetable, following
from mailer.subscriptions.pausing import Frequency

WHY = {
    Why.CHOSEN: _("Vous avez choisi de relire chaque lettre avant son départ."),
    Why.CHANGED: _(
        "Le modèle ou l’horaire a changé depuis que l’envoi a été mis en marche. Remettez-le en"
        " marche pour que les suivantes partent seules."
    ),
    Why.CLOSED: _(
        "La personne qui a mis l’envoi en marche n’envoie plus ici. Une autre doit le remettre en"
        " marche."
    ),
    Why.BLOCKED: _("Il y a quelque chose à corriger avant qu’elle puisse partir."),
    Why.MANY: _("Une seconde personne doit approuver une lettre à tant de destinataires."),
    Why.TAKEN_BACK: _("Quelqu’un a repris la lettre avant son départ."),
    Why.ELECTION: _("Une élection approche : une personne doit la relire avant son départ."),
}

# The words of a state, and its look in app.css.
STATES = {
    RunState.CLAIMED: (_("En composition"), "due"),
    RunState.EMPTY: (_("Rien de nouveau, pas envoyé"), ""),
    RunState.COMPOSED: (_("En composition"), "due"),
    RunState.DRAFTED: (_("Brouillon à relire"), "late"),
    RunState.APPROVED: (_("Sur le départ"), "due"),
    RunState.SCHEDULED: (_("Sur le départ"), "due"),
    RunState.SENT: (_("Parti"), "done"),
    RunState.CANCELLED: (_("Annulé avant son départ"), ""),
}

MODES = {
    Frequency.EACH: _("Pour qui veut chaque lettre"),
    Frequency.WEEKLY: _("Pour qui veut une lettre par semaine"),
    Frequency.MONTHLY: _("Pour qui veut une lettre par mois"),
}


def rhythm(timetable: Timetable) -> str:
    """When it leaves, over and over: Chaque lundi à 09:00."""
    hour = f"{timetable.hour:%H:%M}"
    match timetable.rhythm:
        case Rhythm.DAILY if timetable.weekdays == EVERY_DAY:
            return str(gettext("Chaque jour à %(hour)s", hour=hour))
        case Rhythm.MONTHLY if timetable.day == LAST_DAY:
            return str(gettext("Le dernier jour de chaque mois à %(hour)s", hour=hour))
        case Rhythm.MONTHLY:
            return str(
                gettext("Le %(day)s de chaque mois à %(hour)s", day=timetable.day, hour=hour)
            )
    days = format_list([weekday(each) for each in timetable.weekdays], locale=_locale())
    return str(gettext("Chaque %(days)s à %(hour)s", days=days, hour=hour))


def zoned(timetable: Timetable, at: datetime) -> str:
    """The same with the zone of the next one: …, heure de Paris (UTC+1)."""
    local = following(timetable, at).at.astimezone(PARIS)
    hours = (local.utcoffset() or timedelta()) // timedelta(hours=1)
    offset = f"{hours:+d}"
    return f"{rhythm(timetable)}{gettext(', heure de Paris (UTC%(offset)s)', offset=offset)}"


def moment(at: datetime) -> str:
    """The day and the hour in Paris: lundi 30 novembre 2026 à 09:00."""
    local = at.astimezone(PARIS)
    said = as_said(format_date(local.date(), "full"), local.date(), str(get_locale()))
    return str(gettext("%(day)s à %(hour)s", day=said, hour=f"{local:%H:%M}"))


def day(given: date) -> str:
    """The day in full: 23 novembre 2026."""
    return as_said(format_date(given, "long"), given, str(get_locale()))


def weekday(number: int) -> str:
    """The name of the day; Monday is 0."""
    return str(_locale().days["format"]["wide"][number])


def people(count: int) -> str:
    """How many: 1 842 personnes."""
    if not count:
        return str(gettext("personne pour l’instant"))
    shown = format_decimal(count)
    return str(ngettext("%(count)s personne", "%(count)s personnes", count, count=shown))


def outcome(run: DigestRun) -> str:
    """What became of a period, in a line."""
    words = str(STATES[run.state][0])
    if not run.articles:
        return words
    count = ngettext("%(num)d article", "%(num)d articles", run.articles)
    return f"{words} · {count}"


def _locale() -> Locale:
    return get_locale() or Locale("fr")
