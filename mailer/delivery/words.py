"""Hours, numbers and progress as sentences, in the reader's language."""

from collections import Counter
from datetime import datetime, timedelta
from math import ceil

from flask_babel import format_date, format_decimal, get_locale, ngettext
from flask_babel import gettext as _

from mailer.clock import PARIS, as_said
from mailer.delivery.consequences import Failure
from mailer.delivery.labels import FAILURES, FINAL, RESUME, reason
from mailer.delivery.pace import QUIET_HOURS
from mailer.delivery.readership import Share
from mailer.delivery.reports import Counts
from mailer.delivery.similar import Twin
from mailer.delivery.states import DeliveryState
from mailer.mail.limits import Held, Span
from mailer.mail.sharing import RELAYS

MINUTE = timedelta(minutes=1)
SECONDS_A_MINUTE = 60
# Up to so many, seconds are counted; beyond, the hour says more.
COUNTED_SECONDS = 90


def number(count: int) -> str:
    """A count with its thousands apart: 12 480."""
    return str(format_decimal(count))


def moment(at: datetime) -> str:
    """The day, the hour and its zone: mardi 24 novembre 2026 à 09:00, heure de Paris (UTC+1)."""
    local = at.astimezone(PARIS)
    hours = (local.utcoffset() or timedelta()) // timedelta(hours=1)
    return str(
        _(
            "%(day)s à %(hour)s, heure de Paris (UTC%(offset)s)",
            day=as_said(format_date(local.date(), "full"), local.date(), str(get_locale())),
            hour=f"{local:%H:%M}",
            offset=f"{hours:+d}",
        )
    )


def day(at: datetime) -> str:
    """The day in Paris: 24 novembre 2026."""
    local = at.astimezone(PARIS).date()
    return as_said(format_date(local, "long"), local, str(get_locale()))


def hour(at: datetime) -> str:
    """The hour in Paris, to the second: 14:05:12."""
    return f"{at.astimezone(PARIS):%H:%M:%S}"


def people(count: int) -> str:
    """How many get it: 1 842 abonnés."""
    return str(ngettext("%(count)s abonné", "%(count)s abonnés", count, count=number(count)))


def button(count: int) -> str:
    """The button that sends says to how many."""
    return str(_("Envoyer à %(people)s", people=people(count)))


def progress(counted: Counts, speed: float, left: timedelta | None) -> str:
    """8 214 sur 12 480 · 48 par seconde · environ 4 min · 3 en attente d’un nouvel essai."""
    parts = [_("%(done)s sur %(total)s", done=number(counted.done), total=number(counted.total))]
    if speed:
        parts.append(_pace(speed))
    if left is not None:
        parts.append(_duration(left))
    if deferred := counted.of(DeliveryState.DEFERRED):
        parts.append(
            ngettext(
                "%(count)s en attente d’un nouvel essai",
                "%(count)s en attente d’un nouvel essai",
                deferred,
                count=number(deferred),
            )
        )
    return " · ".join(map(str, parts))


def countdown(starts_at: datetime, at: datetime) -> str:
    """How long the hold still lasts: dans 42 secondes; the hour, when it is further away."""
    left = ceil((starts_at - at).total_seconds())
    if left <= 0:
        return str(_("Départ imminent."))
    if left > COUNTED_SECONDS:
        return str(_("Départ le %(moment)s.", moment=moment(starts_at)))
    return str(ngettext("Départ dans %(num)d seconde.", "Départ dans %(num)d secondes.", left))


def given_up(counted: Counts) -> str:
    """What giving the campaign up prevented, and what it came too late for."""
    left = counted.total - counted.of(DeliveryState.QUEUED, DeliveryState.WITHHELD)
    if not left:
        return str(_("L’envoi est annulé : rien n’est parti."))
    return str(
        ngettext(
            "L’envoi avait commencé : %(count)s lettre était partie ou en chemin. Le reste ne"
            " partira pas.",
            "L’envoi avait commencé : %(count)s lettres étaient parties ou en chemin. Le reste ne"
            " partira pas.",
            left,
            count=number(left),
        )
    )


def _pace(speed: float) -> str:
    if speed < 1:
        return str(_("%(count)s par minute", count=number(ceil(speed * SECONDS_A_MINUTE))))
    return str(_("%(count)s par seconde", count=number(round(speed))))


def lasts(forecast: timedelta) -> str:
    """How long it will take, as far as the last time tells."""
    return str(
        _(
            "Durée prévue : %(duration)s, au rythme du dernier envoi.",
            duration=_duration(forecast),
        )
    )


def calm(until: datetime) -> str:
    """That campaigns wait for the end of the quiet hours."""
    return str(
        _(
            "Ce sont les heures calmes : l’envoi commencera le %(moment)s.",
            moment=moment(until),
        )
    )


def _duration(left: timedelta) -> str:
    if left < MINUTE:
        return str(_("moins d’une minute"))
    return str(ngettext("environ %(num)d min", "environ %(num)d min", round(left / MINUTE)))


def trouble(failure: Failure, detail: str | None) -> tuple[str, str]:
    """What happened, and what to do about it."""
    known = FAILURES[failure]
    cure = str(known.cure) if failure in FINAL else f"{known.cure} {RESUME}"
    return str(known.sentence) % {"detail": detail or "?"}, cure


def held(by: Held) -> str:
    """What holds the sending back, and until when; "" for what lasts less than a minute."""
    if by.span is Span.SECOND:
        return ""
    if by.by == QUIET_HOURS:
        why = _("Ce sont les heures calmes.")
    elif by.by == RELAYS:
        why = _("Aucun relais ne répond.")
    elif by.span is Span.DAY:
        why = _("Le plafond du jour est atteint.")
    else:
        why = _("Le plafond de l’heure est atteint.")
    goes_on = _("L’envoi reprendra de lui-même le %(moment)s.", moment=moment(by.until))
    return f"{why} {goes_on}"


def retry_now(count: int) -> str:
    """The button that waits no longer for those who were deferred."""
    return str(
        ngettext(
            "Réessayer maintenant la lettre remise à plus tard",
            "Réessayer maintenant les %(count)s remises à plus tard",
            count,
            count=number(count),
        )
    )


def send_again(count: int) -> str:
    """The button that serves those whose mail was given up."""
    return str(
        ngettext(
            "Renvoyer à la personne dont le serveur a fait attendre",
            "Renvoyer aux %(count)s personnes dont le serveur a fait attendre",
            count,
            count=number(count),
        )
    )


def repeat(count: int) -> str:
    """The button that risks a second copy rather than none."""
    return str(
        ngettext(
            "Renvoyer à cette personne",
            "Renvoyer à ces %(count)s personnes",
            count,
            count=number(count),
        )
    )


def hastened(count: int) -> str:
    """What the press of that button did."""
    if not count:
        return str(_("Personne n’attendait de nouvel essai."))
    return str(
        ngettext(
            "%(count)s lettre est réessayée maintenant.",
            "%(count)s lettres sont réessayées maintenant.",
            count,
            count=number(count),
        )
    )


def queued(count: int) -> str:
    """How many will be written to once more."""
    if not count:
        return str(_("Il n’y avait plus personne à qui renvoyer la lettre."))
    return str(
        ngettext(
            "La lettre sera renvoyée à %(count)s personne.",
            "La lettre sera renvoyée à %(count)s personnes.",
            count,
            count=number(count),
        )
    )


def twin(of: Twin) -> str:
    """Which campaign would say the same to the same people the same day."""
    return str(
        ngettext(
            "Le même contenu part ou est parti vers « %(list)s » le %(moment)s :"
            " %(count)s des mêmes personnes.",
            "Le même contenu part ou est parti vers « %(list)s » le %(moment)s :"
            " %(count)s des mêmes personnes.",
            of.people,
            list=of.list_name,
            moment=moment(of.leaves_at),
            count=number(of.people),
        )
    )


def share(of: Share) -> str:
    """Of how many of the mails something is known at all: a rate of all readers it is not."""
    return str(
        _(
            "sur %(measured)s lettres mesurées, parmi %(sent)s envoyées (%(percent)s %%)",
            measured=number(of.measured),
            sent=number(of.sent),
            percent=of.percent,
        )
    )


def reasons(counted: Counts) -> list[tuple[str, int]]:
    """Why mails failed and how many for each reason, the most frequent first."""
    found: Counter[str] = Counter()
    for status, count in counted.failures.items():
        found[str(reason(status))] += count
    return found.most_common()
