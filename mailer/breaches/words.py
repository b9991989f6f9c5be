"""Hours left, instants and signs as sentences, in the reader's language."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from mailer.breaches.kinds import Detector
from mailer.clock import PARIS
from mailer.rights.words import day, moment

__all__ = ["day", "instant", "left", "moment", "sign", "typed"]


def left(time: timedelta) -> str:
    """How long is left, or by how much it is over: Il reste 12 h 30."""
    minutes = int(abs(time).total_seconds() // 60)
    length = f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02d}"
    if time < timedelta(0):
        return str(_("Dépassé de %(time)s", time=length))
    return str(_("Il reste %(time)s", time=length))


def instant(at: datetime) -> str:
    """The day and the hour in Paris in full: lundi 30 mars 2026 à 19:30, heure de Paris."""
    local = at.astimezone(PARIS)
    when = day(local.date())
    return str(_("%(day)s à %(hour)s, heure de Paris", day=when, hour=f"{local:%H:%M}"))


def typed(at: datetime | None) -> str:
    """The instant as a field of the authority's form takes it: 30/03/2026 19:30."""
    return f"{at.astimezone(PARIS):%d/%m/%Y %H:%M}" if at else ""


def sign(detector: Detector, facts: Mapping[str, int | str]) -> str:
    """What a detector found, in one sentence."""
    match detector:
        case Detector.LEDGER:
            return str(_("Le registre des consentements n’est plus entier : vérifiez-le."))
        case Detector.SIGN_INS:
            number = int(facts["failures"])
            return str(
                ngettext(
                    "%(num)s connexion au bureau a échoué en une heure.",
                    "%(num)s connexions au bureau ont échoué en une heure.",
                    number,
                )
            )
        case Detector.EXPORT:
            number = int(facts["rows"])
            return str(
                ngettext(
                    "%(num)s adresse a été exportée en un fichier.",
                    "%(num)s adresses ont été exportées en un fichier.",
                    number,
                )
            )
