"""Two incidents: one without risk, closed weeks ago; one of yesterday, whose clock runs."""

from datetime import datetime, timedelta

from mailer.breaches import operations
from mailer.breaches.kinds import Cause, Data, Nature, People, Risk
from mailer.breaches.models import Breach
from mailer.breaches.operations import Description, Opening
from mailer.demo.people import OFFICER

LONG_AGO = timedelta(weeks=5)
YESTERDAY = timedelta(hours=20)
OUTAGE = "Une coupure de courant a rendu le service indisponible pendant trois heures."
LAPTOP = "Un ordinateur portable a été volé dans un train. Il contenait un export de la lettre."


def load(at: datetime) -> None:
    """Open both; describe, assess and close the first."""
    closed = _open(at - LONG_AGO, OUTAGE, "La supervision a donné l’alerte.")
    operations.describe(closed, _outage(closed), OFFICER)
    operations.close(closed, "Une batterie protège désormais le serveur.", OFFICER, at - LONG_AGO)
    _open(at - YESTERDAY, LAPTOP, "L’agent a prévenu dès son arrivée.")


def _open(at: datetime, circumstances: str, found_how: str) -> Breach:
    return operations.begin(Opening(at, circumstances, found_how), OFFICER, at)


def _outage(breach: Breach) -> Description:
    return Description(
        began_at=breach.aware_at,
        discovered_at=breach.aware_at,
        aware_at=breach.aware_at,
        found_how=breach.found_how,
        circumstances=breach.circumstances,
        cause=Cause.EXTERNAL_ACCIDENT,
        natures=[Nature.AVAILABILITY.value],
        data=[Data.CONTACT.value, Data.CHOICES.value],
        people=[People.SUBSCRIBERS.value],
        persons_count=2000,
        records_count=2000,
        safeguards="Sauvegarde chaque nuit.",
        consequences="Personne n’a pu se désinscrire pendant trois heures.",
        measures_taken="Service rétabli, données vérifiées : rien ne manque.",
        measures_planned="",
        risk=Risk.NONE,
        risk_reason="Trois heures sans accès à une lettre n’ont pas de suite pour les personnes.",
        is_cross_border=False,
        countries="",
        processors="",
    )
